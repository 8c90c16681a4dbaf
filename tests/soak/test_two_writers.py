"""The window and the command line write at once: both see what the other did, nothing is lost.

The window's side is a real office on the bridge, watching; the other side is the `gigdesk` command,
a new process each round, started while the window writes. 50 rounds, or as many as GIGDESK_SOAK says.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gigdesk.background.desk import Desk
from gigdesk.domain.topics import Topic
from gigdesk.services.office import Office
from tests.bills import PROFILE, bill
from tests.conftest import NOW, PASSPHRASE

ROUNDS = int(os.environ.get("GIGDESK_SOAK", "50"))
GIGDESK = str(Path(sys.executable).with_name("gigdesk"))


class Shell:
    """Somebody at a terminal, on the same desk."""

    def __init__(self, home: Path, folder: Path) -> None:
        words = folder / "words"
        words.write_text(PASSPHRASE)
        self._env = {**os.environ, "GIGDESK_PASSPHRASE_FILE": str(words)}
        self._options = ["--home", str(home), "--now", NOW.isoformat(), "--json"]
        self.folder = folder

    def begin(self, *command: str) -> subprocess.Popen[str]:
        """Start a command."""
        return subprocess.Popen(
            [GIGDESK, *self._options, *command], env=self._env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ended(self, process: subprocess.Popen[str]) -> Any:
        """Its answer."""
        output, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
        return json.loads(output)

    def letter(self, name: str) -> Path:
        """A mail in a file."""
        path = self.folder / f"{name}.eml"
        path.write_text(
            f"Message-ID: <{name}@x.example>\nFrom: a@x.example\nTo: b@x.example\n"
            f"Subject: {name}\nDate: Mon, 23 Nov 2026 08:00:00 +0000\n\nHello\n"
        )
        return path


class Seat:
    """Somebody at the window: the bridge, and what it announced."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self.office, self.qtbot, self.desk = office, qtbot, Desk()
        self.announced: list[Topic] = []
        self.failures: list[Exception] = []
        self.numbers: list[str] = []
        self.drafts: list[int] = []
        office.writer.use(self.desk.write)
        self.desk.changed.connect(self.announced.append)
        self.desk.failed.connect(self.failures.append)
        self.desk.watch(office.changes)

    def wait(self, call: Callable[[], object]) -> None:
        """Until this is true."""
        self.qtbot.waitUntil(lambda: bool(call()), timeout=30_000)

    def told_of(self, topic: Topic) -> bool:
        """Whether the window was told to look again at this."""
        return any(topics & topic for topics in self.announced)

    def issue(self) -> None:
        """A draft, and its number."""
        drafted = self.desk.do(partial(self.office.invoices.new, bill()))
        self.wait(drafted.done)
        issued = self.desk.do(
            partial(self.office.invoices.issue, drafted.result().value.invoice.id)
        )
        self.wait(issued.done)
        self.numbers.append(str(issued.result().value.invoice.number))

    def leave_a_draft(self) -> int:
        """A draft for the other to find."""
        drafted = self.desk.do(partial(self.office.invoices.new, bill()))
        self.wait(drafted.done)
        self.drafts.append(drafted.result().value.invoice.id)
        return self.drafts[-1]

    def bring_in(self, path: Path) -> None:
        """An import, on the pool."""
        done = self.desk.fetch(partial(self.office.inbox.import_paths, [path]))
        self.wait(done.done)
        assert done.result().imported == 1


@pytest.fixture
def seat(office: Office, qtbot: QtBot) -> Iterator[Seat]:
    made = Seat(office, qtbot)
    office.profile.update(PROFILE)
    office.keys.set_passphrase(PASSPHRASE)  # the command line's way in
    yield made
    made.desk.close()
    assert made.failures == []


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_window_and_command_line_write_at_once(seat: Seat, tmp_path: Path) -> None:
    shell = Shell(seat.office.home, tmp_path)
    theirs: list[str] = []
    for at in range(ROUNDS):
        (_mail, _number, _client)[at % 3](seat, shell, at, theirs)
    # Nothing is lost, nothing came twice, and the numbers have no gap.
    subjects = [each.subject for each in seat.office.inbox.lines("", 10 * ROUNDS)]
    brought = [each for at in range(0, ROUNDS, 3) for each in (f"here-{at}", f"there-{at}")]
    assert sorted(subjects) == sorted(brought)
    numbers = sorted(seat.numbers + theirs)
    assert numbers == [f"2026-{at + 1:03}" for at in range(len(numbers))]
    assert {str(each.number) for each in seat.office.invoices.page() if each.number} == set(numbers)
    clients = {each.name for each in seat.office.clients.all()}
    assert {f"Client {at}" for at in range(2, ROUNDS, 3)} <= clients
    assert shell.ended(shell.begin("doctor"))["ok"] is True


def _mail(seat: Seat, shell: Shell, at: int, _theirs: list[str]) -> None:
    """The other brings in a mail; so does the window, and issues an invoice."""
    there, here = shell.letter(f"there-{at}"), shell.letter(f"here-{at}")
    process = shell.begin("mail", "import", str(there))
    seat.bring_in(here)
    seat.issue()
    assert shell.ended(process)["imported"] == 1
    _sees(seat, lambda: any(m.subject == f"there-{at}" for m in seat.office.inbox.lines("", 9)))


def _number(seat: Seat, shell: Shell, _at: int, theirs: list[str]) -> None:
    """The other issues the draft that the window just wrote."""
    draft = seat.leave_a_draft()
    process = shell.begin("invoice", "issue", str(draft))
    seat.issue()
    seat.issue()
    answer = shell.ended(process)
    theirs.append(answer["number"])
    _sees(seat, lambda: seat.office.invoices.show(draft).invoice.number == answer["number"])


def _client(seat: Seat, shell: Shell, at: int, _theirs: list[str]) -> None:
    """The other brings in a client, the window a setting."""
    table = shell.folder / "clients.csv"
    table.write_text(f"name,email,country\nClient {at},c{at}@x.example,DE\n")
    process = shell.begin("client", "import", str(table))
    changed = seat.desk.do(partial(seat.office.settings.set, "terms_days", str(at % 300)))
    seat.wait(changed.done)
    shell.ended(process)
    _sees(seat, lambda: any(c.name == f"Client {at}" for c in seat.office.clients.all()))
    kept = shell.ended(shell.begin("settings", "get", "terms_days"))
    assert kept[0]["value"] == str(at % 300)


def _sees(seat: Seat, look: Callable[[], bool]) -> None:
    """The window reads what the other wrote, on its own reading thread."""
    seen = seat.desk.ask(look)
    seat.wait(seen.done)
    assert seen.result()


@pytest.mark.slow
def test_the_window_is_told_what_the_command_line_did(seat: Seat, tmp_path: Path) -> None:
    shell = Shell(seat.office.home, tmp_path)
    seat.wait(lambda: seat.desk._seen)
    commands = (
        (Topic.INBOX, ("mail", "import", str(shell.letter("hello")))),
        (Topic.SETTINGS, ("settings", "set", "terms_days", "9")),
        (Topic.ROUTINES, ("run", "morning-digest")),
    )
    for topic, command in commands:
        seat.announced.clear()
        shell.ended(shell.begin(*command))
        seat.wait(partial(seat.told_of, topic))
