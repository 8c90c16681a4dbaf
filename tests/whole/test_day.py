"""One day in a real window: display, bus, keyring, notifications and a tray, driven by keys.

Nothing of the product is opened for it: what is seen is the windows' titles, the screen, the
notification service, and what the command line says beside the open window.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import psutil
import pypdfium2
import pytest

from tests.whole.session import GIGDESK, Desktop, until

pytestmark = [pytest.mark.slow, pytest.mark.window]

QUESTION = "Question about the cover"
MOVING = 0.0005
NOW = "2026-11-23T10:00:00+01:00"
PROFILE = {
    "name": "Nino Beridze", "trade": "Beridze Studio", "email": "nino@studio.example",
    "address": ["Hauptstr. 1"], "postcode": "10115", "city": "Berlin", "country": "DE",
    "zone": "Europe/Berlin", "language": "en", "currency": "EUR", "vat_id": "DE136695976",
    "bank": {"holder": "Nino Beridze", "iban": "DE02120300000000202051", "bic": "BYLADEM1001"},
}  # fmt: skip
INVOICE = {
    "client": {"name": "Brückner Verlag", "email": "jonas@brueckner.example", "country": "DE",
               "vat_id": "DE123456788", "address": ["Ring 2"], "postcode": "80331",
               "city": "München", "language": "en", "zone": "Europe/Berlin"},
    "kind": "invoice", "currency": "EUR", "prices": "net",
    "issue_date": "2026-10-01", "due_date": "2026-10-15",
    "service_period": ["2026-09-01", "2026-09-30"],
    "lines": [{"text": "Cover design", "quantity": "8", "unit": "HUR", "price": "95.00",
               "tax": {"category": "S", "rate": "19"}}],
}  # fmt: skip
EVENT = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//EN\r
BEGIN:VEVENT\r
UID:kick-off@test\r
DTSTAMP:20261120T080000Z\r
DTSTART;TZID=Europe/Berlin:20261124T140000\r
DTEND;TZID=Europe/Berlin:20261124T150000\r
SUMMARY:Kick-off with Jonas\r
END:VEVENT\r
END:VCALENDAR\r
"""


def letter(number: int, subject: str, text: str, sender: str = "jonas@brueckner.example") -> bytes:
    """A mail as a program would have sent it."""
    return (
        f"Message-ID: <{number}@brueckner.example>\nFrom: Jonas Brückner <{sender}>\n"
        f"To: Nino Beridze <nino@studio.example>\nSubject: {subject}\n"
        f"Date: Mon, 23 Nov 2026 0{number % 9}:15:00 +0100\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


class Day:
    """The window of one desk, and the command line beside it."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self.home = desktop.folder / "desk"
        self._options = ("--home", str(self.home), "--now", NOW)
        self.app = self.begin()

    def begin(self) -> subprocess.Popen[bytes]:
        """Start GigDesk with its window."""
        return self.desktop.start(GIGDESK, *self._options)

    def say(self, *words: str) -> Any:
        """A command that must go well, beside the open window; its JSON."""
        done = self.desktop.gigdesk(*self._options, *words, "--json")
        assert done.returncode == 0, (words, done.stderr)
        return json.loads(done.stdout)

    def file(self, name: str, content: object) -> Path:
        """A file of the person's."""
        path = self.desktop.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    def press(self, *keys: str, then: tuple[str, ...]) -> str:
        """Press keys in the window and wait for the title they lead to; the window."""
        self.desktop.keys(*keys)
        return self.desktop.titled(*then)

    def find(self, words: str, then: tuple[str, ...]) -> str:
        """Find something with the palette and open it: type until it is there, then Enter."""
        before = self.desktop.picture()
        self.desktop.keys("ctrl+k")
        until(lambda: self.desktop.picture().differs(before) > 0.01, "the palette")
        self.desktop.type(words)
        return self.settled_then("Return", then)

    def settled_then(self, key: str, then: tuple[str, ...]) -> str:
        """Wait until the screen stands still, press a key, wait for the title."""
        self.settled()
        return self.press(key, then=then)

    def settled(self) -> None:
        """Wait until the screen stands still, but for a cursor and the line of a toast."""
        last = [self.desktop.picture()]
        still = [0]

        def same() -> bool:
            now = self.desktop.picture()
            still[0] = still[0] + 1 if now.differs(last[0]) < MOVING else 0
            last[0] = now
            return still[0] >= 4

        until(same, "a screen that stands still")

    def save_as(self, path: Path) -> None:
        """Name the file in the dialog that just opened, and wait until it is there."""
        self.desktop.front(self.desktop.titled("Save"))
        self._named(path)
        until(path.exists, f"{path.name} written")
        self.settled()

    def bring_in(self, path: Path) -> None:
        """Name a folder in the dialog of the Inbox, the third of what can be brought in."""
        self.desktop.keys("ctrl+o")
        self.settled()
        self.desktop.keys("Down", "Down", "Return")
        self.desktop.front(self.desktop.titled("mails"))
        self._named(path)

    def _named(self, path: Path) -> None:
        self.settled()
        self.desktop.keys("ctrl+a")
        self.desktop.type(str(path))
        self.settled()
        self.desktop.keys("Return")

    def children(self) -> list[psutil.Process]:
        """Every process the app started."""
        return psutil.Process(self.app.pid).children(recursive=True)

    def ended(self) -> int:
        """Wait for the end; the exit code. Nothing it started is left."""
        code = self.app.wait(30)
        home = str(self.desktop.home)
        until(
            lambda: not any(_belongs(each, home) for each in psutil.process_iter()),
            "the end of what it started",
            patience=5,
        )
        return code


def _belongs(process: psutil.Process, home: str) -> bool:
    """Whether this is one of ours: of Python, in the test's own session, and no part of the bench."""
    try:
        words = process.cmdline()
        ours = bool(words) and "python" in words[0] and not words[-1].endswith("prompter.py")
        return ours and process.environ().get("HOME") == home
    except psutil.Error:
        return False


@pytest.fixture
def day(desktop: Desktop) -> Day:
    """The desk of a first run, its window open."""
    made = Day(desktop)
    window = desktop.titled("Today", "GigDesk")
    desktop.front(window)
    return made


def test_a_day(day: Day) -> None:
    assert day.desktop.picture().colours() > 50, "the window is blank"
    # Who the person is, said beside the open window.
    day.say("profile", "import", str(day.file("me.json", PROFILE)))
    _mail_comes_in(day)
    _a_reply_is_drafted_and_approved(day)
    _an_invoice_is_issued_and_printed(day)
    _the_calendar_goes_out(day)
    _a_notification_leads_to_its_record(day)
    # Nothing left the machine.
    assert day.say("network") == []
    for process in [psutil.Process(day.app.pid), *day.children()]:
        assert all(len(word) < 200 for word in process.cmdline())
    # The person leaves; at the next start all is where it was.
    day.desktop.keys("ctrl+q")
    assert day.ended() == 0
    day.app = day.begin()
    day.desktop.titled("Invoices", "2026-001")


def _mail_comes_in(day: Day) -> None:
    mails = day.file("mails/1.eml", letter(1, QUESTION, "Hello Nino,\n\ncan you send the cover by "
                                           "Friday?\n\nJonas")).parent  # fmt: skip
    day.file("mails/2.eml", letter(2, "Lunch", "Shall we have lunch on Tuesday?"))
    day.file("mails/3.eml", b"\xff\xfe no mail at all")
    day.press("ctrl+2", then=("Inbox",))
    day.bring_in(mails)
    until(lambda: len(day.say("mail", "list")) >= 2, "the mails that were brought in")
    # What another process brings in appears in the open window.
    day.say("mail", "import", str(day.file("late.eml", letter(4, "The late one", "Hello"))))
    day.find("The late one", then=("Inbox", "The late one"))


def _a_reply_is_drafted_and_approved(day: Day) -> None:
    """By a template, for there is no model; it waits on Today, and leaves the person's hands there."""
    desktop = day.desktop
    day.find(QUESTION, then=("Inbox", QUESTION))
    desktop.keys("r")
    proposals = until(lambda: day.say("today")["proposals"], "the draft")
    assert [each["kind"] for each in proposals] == ["reply"]
    assert "Jonas" in proposals[0]["draft"]
    assert day.say("outbox") == []
    until(lambda: "1 to approve" in desktop.tray_menu(), "the count in the tray")
    day.press("ctrl+1", then=("Today",))
    day.settled()
    desktop.keys("a")
    sent = until(lambda: day.say("outbox"), "what was approved")
    assert [(each["to"], each["state"]) for each in sent] == [
        ("jonas@brueckner.example", "waiting")
    ]
    until(lambda: "Nothing to approve" in desktop.tray_menu(), "the count in the tray")


def _an_invoice_is_issued_and_printed(day: Day) -> None:
    made = day.say("invoice", "new", str(day.file("invoice.json", INVOICE)))
    day.press("ctrl+5", then=("Invoices", "draft"))
    day.settled()
    day.press("a", then=("Invoices", "2026-001"))
    shown = day.say("invoice", "show", "2026-001")
    assert (shown["id"], shown["gross"], shown["open"]) == (made["id"], "904.40", "904.40")
    printed = day.desktop.home / "invoice.pdf"
    day.desktop.keys("s")
    day.save_as(printed)
    document = pypdfium2.PdfDocument(printed)
    try:
        words = document[0].get_textpage().get_text_range()
        picture = document[0].render(scale=1)
    finally:
        document.close()
    assert "2026-001" in words
    assert "904,40" in words
    assert len(set(bytes(picture.buffer)[::97])) > 20, "the page is blank"


def _the_calendar_goes_out(day: Day) -> None:
    day.say("calendar", "import", str(day.file("kick-off.ics", EVENT.encode())))
    day.press("ctrl+4", then=("Calendar",))
    written = day.desktop.home / "calendar.ics"
    day.find("Save the calendar as a file", then=("Save",))
    day.save_as(written)
    content = written.read_bytes()
    assert b"SUMMARY:Kick-off with Jonas" in content
    assert b"BEGIN:VTIMEZONE" in content


def _a_notification_leads_to_its_record(day: Day) -> None:
    desktop = day.desktop
    day.press("ctrl+1", then=("Today",))
    day.say("run", "overdue-check")
    until(desktop.popups, "the notification on the screen")
    desktop.click_popup()
    desktop.titled("Invoices", "2026-001")
    assert "2026-001 is late" in until(desktop.notified, "the history of notifications")


def test_a_second_start_raises_the_first(day: Day) -> None:
    desktop = day.desktop
    window = desktop.titled("Today", "GigDesk")
    desktop.run("xdotool", "windowminimize", "--sync", window)
    until(lambda: window not in desktop.windows(), "the window put down")
    second = day.begin()
    assert second.wait(30) == 0
    until(lambda: desktop.active().endswith("GigDesk"), "the first window in front")
    assert day.app.poll() is None


def test_closing_lives_on_in_the_tray(day: Day) -> None:
    desktop = day.desktop
    window = desktop.titled("Today", "GigDesk")
    until(desktop.tray_item, "the icon in the tray")
    until(lambda: "Nothing to approve" in desktop.tray_menu(), "its menu")
    desktop.run("wmctrl", "-i", "-c", window)
    desktop.gone("Today", "GigDesk")
    assert day.app.poll() is None
    desktop.choose_in_tray("Open GigDesk")
    desktop.titled("Today", "GigDesk")
    desktop.choose_in_tray("Quit")
    assert day.ended() == 0
    until(lambda: not desktop.tray_item(), "an empty tray")


def test_without_a_tray_closing_is_leaving(plain_desktop: Desktop) -> None:
    plain_desktop.keyring()
    day = Day(plain_desktop)
    plain_desktop.run("wmctrl", "-i", "-c", plain_desktop.titled("Today", "GigDesk"))
    assert day.ended() == 0


def test_the_system_may_end_it_in_the_middle_of_an_import(day: Day) -> None:
    mails = b"".join(
        b"From MAILER Mon Nov 23 10:00:00 2026\n" + letter(at, f"Mail {at}", "Hello\n" * 40) + b"\n"
        for at in range(3000)
    )
    day.press("ctrl+2", then=("Inbox",))
    day.bring_in(day.file("box/many.mbox", mails).parent)
    until(lambda: len(day.say("mail", "list", "--limit", "1")) == 1, "the first mails")
    home = str(day.desktop.home)
    assert any(_belongs(each, home) for each in day.children()), "a child reads the mails"
    day.app.terminate()
    assert day.ended() == 0
    # The desk opens again, and the rest can still be brought in: none lost, none twice.
    done = day.say("mail", "import", str(day.desktop.home / "box"))
    assert done["imported"] + done["duplicates"] == 3000
    found = day.say("mail", "list", "--limit", "5000")
    assert len({each["subject"] for each in found}) == len(found) == 3000


def test_a_locked_keyring_is_said_and_waited_for(day: Day) -> None:
    desktop = day.desktop
    day.say("settings", "set", "terms_days", "33")
    desktop.keys("ctrl+q")
    assert day.ended() == 0
    desktop.lock_keyring()
    day.app = day.begin()
    window = until(
        lambda: next((w for w, title in desktop.windows().items() if title == "GigDesk"), ""),
        "the small window that says so",
    )
    day.settled()
    assert desktop.picture().colours() > 20
    # The person unlocks it elsewhere and says so here: the same desk opens.
    desktop.unlock_keyring()
    desktop.front(window)
    desktop.keys("Return")
    desktop.titled("Today", "GigDesk")
    assert day.say("settings", "get", "terms_days")[0]["value"] == "33"


def test_a_prompt_of_the_keyring_is_pointed_at(day: Day) -> None:
    desktop = day.desktop
    desktop.keys("ctrl+q")
    assert day.ended() == 0
    desktop.prompter()
    desktop.lock_keyring()
    day.app = day.begin()
    # It waits for the keyring, and is alive meanwhile: it says so and can be left.
    window = desktop.titled("GigDesk")
    day.settled()
    desktop.run("wmctrl", "-i", "-c", window)
    assert day.ended() == 0


def test_without_a_keyring_the_window_asks_for_a_passphrase(plain_desktop: Desktop) -> None:
    day = Day(plain_desktop)
    desktop = plain_desktop

    def answer(*words: str) -> None:
        desktop.front(
            until(
                lambda: next((w for w, name in desktop.windows().items() if name == "GigDesk"), ""),
                "the question",
            )
        )
        day.settled()
        for at, word in enumerate(words):
            if at:
                desktop.keys("Tab")
            desktop.type(word)
        desktop.keys("Return")

    answer("sesame street", "sesame street")
    desktop.front(desktop.titled("Today", "GigDesk"))
    desktop.keys("ctrl+q")
    assert day.ended() == 0
    day.app = day.begin()
    answer("not this one")
    day.settled()
    answer("sesame street")
    desktop.titled("Today", "GigDesk")
