"""The command line as others script it: every command, its fields, its exits, and no waiting."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.bills import PROFILE, bill
from tests.conftest import KEY, PASSPHRASE
from tests.models import tiny

pytestmark = pytest.mark.slow

GIGDESK = str(Path(sys.executable).with_name("gigdesk"))
NOW = "2026-11-23T09:30:00+01:00"
MAIL = {"id", "thread", "from", "to", "subject", "date", "label", "label_why", "unread",
        "attachments"}  # fmt: skip
CLIENT = {"id", "name", "email", "country", "language", "zone", "currency", "terms_days"}
INVOICE = {"id", "kind", "number", "client", "status", "issue_date", "due_date", "currency",
           "gross", "open"}  # fmt: skip
SHOWN = INVOICE | {"lines", "totals", "taxes", "payments"}
PROPOSAL = {"id", "kind", "title", "why", "created", "state"}
FILE = {"file", "bytes"}
TASK = {"name", "next", "last", "outcome"}
MODEL = {"name", "file", "bytes", "sha256", "state", "reason"}
LEAD = {"id", "source", "title", "url", "pay", "score", "band", "hidden_by", "flags", "state"}
SETTING = {"key", "value", "default", "words"}
TOTALS = {"net", "tax", "gross", "due"}
EVENTS = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//EN\r
BEGIN:VEVENT\r
UID:weekly@test\r
DTSTAMP:20261120T080000Z\r
DTSTART;TZID=Europe/Berlin:20261123T140000\r
DTEND;TZID=Europe/Berlin:20261123T150000\r
RRULE:FREQ=WEEKLY;COUNT=3\r
SUMMARY:Weekly\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:off@test\r
DTSTAMP:20261120T080000Z\r
DTSTART;VALUE=DATE:20261124\r
DTEND;VALUE=DATE:20261126\r
SUMMARY:Days off\r
END:VEVENT\r
END:VCALENDAR\r
"""
LEADS = """title,text,url,pay,skills,client,posted
Python developer,"Django and Qt, 80 EUR an hour",https://jobs.example/1,80 EUR/hour,Python,Acme,2026-11-20
"""


@dataclass
class Said:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one document."""
        return json.loads(self.out)


class Shell:
    """A terminal that is none: a pipe, as scripts have it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.desk = folder, folder / "desk"
        words = self.file("words", PASSPHRASE)
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "TZ": "Europe/Berlin",
            "LC_ALL": "C.UTF-8", "GIGDESK_PASSPHRASE_FILE": words, "GIGDESK_HOME": str(self.desk),
        }  # fmt: skip

    def file(self, name: str, content: object) -> str:
        """A file beside the desk."""
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return str(path)

    def run(self, *words: str, now: str | None = NOW, **env: str) -> Said:
        """Run it. A command that waits for an answer never ends, and fails here."""
        clock = ["--now", now] if now else []
        done = subprocess.run(
            [GIGDESK, *clock, *words], env={**self.env, **env}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr)

    def json(self, *words: str, **env: str) -> Any:
        """What a command that must go well answers."""
        said = self.run(*words, "--json", **env)
        assert said.code == 0, (words, said.err)
        assert "Traceback" not in said.err
        return said.json


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(tmp_path_factory.mktemp("contract"))


@pytest.fixture
def fresh(tmp_path: Path) -> Shell:
    """A desk of a test's own."""
    return Shell(tmp_path)


def has(found: Any, *fields: set[str]) -> Any:
    """Whether an object, or each of a list that is not empty, has these fields; the (first) one."""
    rows = found if isinstance(found, list) else [found]
    assert rows
    for row in rows:
        assert set().union(*fields) <= set(row), row
    return rows[0]


def is_money(words: str) -> bool:
    whole, _, part = words.partition(".")
    return whole.lstrip("-").isdigit() and len(part) == 2


def test_a_year_of_a_business(shell: Shell) -> None:
    """The whole contract on one desk, in the order of a person's first day."""
    settings = shell.json("settings", "get")
    has(settings, SETTING)
    assert has(shell.json("settings", "set", "terms_days", "21"), SETTING)["value"] == "21"
    assert shell.json("settings", "get", "terms_days")[0]["value"] == "21"
    assert (
        shell.json("profile", "import", shell.file("me.json", PROFILE))["trade"]
        == (PROFILE["trade"])
    )


def test_mails(shell: Shell) -> None:
    letter = (
        "Message-ID: <1@x.example>\nFrom: Jonas Brückner <jonas@x.example>\n"
        "To: Erika <erika@muster.example>\nSubject: Question about the cover\n"
        "Date: Mon, 23 Nov 2026 08:15:00 +0100\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        "Can you send it by Friday?\n--b\nContent-Type: text/csv\n"
        "Content-Disposition: attachment; filename=a.csv\n\na,b\n--b--\n"
    )
    shell.json("profile", "import", shell.file("me.json", PROFILE))
    broken = shell.file("broken.eml", "\0\0\0 no mail at all\n" * 20)
    done = shell.json("mail", "import", shell.file("1.eml", letter), broken)
    has(done, {"imported", "duplicates", "unreadable", "seconds"})
    has(done["unreadable"], {"source", "reason"})
    assert shell.json("mail", "import", str(shell.folder / "1.eml"))["duplicates"] == 1
    has(shell.json("mail", "list", "--limit", "5"), MAIL)
    first = has(shell.json("mail", "search", "cover"), MAIL)
    assert datetime.fromisoformat(first["date"]).utcoffset() is not None
    assert has(shell.json("mail", "search", "from:jonas", "cover"), MAIL)["id"] == first["id"]
    assert shell.json("mail", "search", "from:nobody") == []
    shown = has(shell.json("mail", "show", str(first["id"])), MAIL, {"text", "html", "warnings"})
    has(shown["attachments"], {"name", "type", "bytes"})
    draft = shell.json("mail", "draft", str(first["id"]), "--tone", "warm")
    has(draft, {"text", "by", "proposal", "blocked", "findings"})
    assert draft["by"] == "template"
    today = shell.json("today")
    has(today, {"date", "zone", "agenda", "money", "leads"})
    assert today["date"] == "2026-11-23"
    assert has(today["proposals"], PROPOSAL - {"state"})["id"] == draft["proposal"]
    approved = has(shell.json("approve", str(draft["proposal"])), PROPOSAL)
    assert approved["state"] == "approved"
    item = has(shell.json("outbox"), {"id", "kind", "to", "subject", "state", "due", "words"})
    assert (item["to"], item["state"]) == ("jonas@x.example", "waiting")
    again = shell.run("decline", str(draft["proposal"]), "--json")
    assert (again.code, set(again.json)) == (1, {"error"})


def test_declining(shell: Shell) -> None:
    shell.json("mail", "import", shell.file("2.eml", "From: a@x.example\nSubject: Two\n\nCan you?"))
    found = shell.json("mail", "search", "subject:Two")[0]["id"]
    draft = shell.json("mail", "draft", str(found))["proposal"]
    assert has(shell.json("decline", str(draft)), PROPOSAL)["state"] == "declined"


def test_invoices(shell: Shell) -> None:
    shell.json("profile", "import", shell.file("me.json", PROFILE))
    table = shell.file("clients.csv", "name,email,country\nBrückner,j@b.example,DE\n")
    assert has(shell.json("client", "import", table), CLIENT)["name"] == "Brückner"
    has(shell.json("client", "list"), CLIENT)
    assert has(shell.json("client", "show", "Brückner"), CLIENT)["email"] == "j@b.example"
    made = shell.json("invoice", "new", shell.file("bill.json", bill()))
    has(made, {"id", "kind", "status", "totals"})
    assert (made["status"], made["kind"]) == ("draft", "invoice")
    assert all(is_money(made["totals"][name]) for name in TOTALS)
    issued = shell.json("invoice", "issue", str(made["id"]))
    has(issued, {"id", "number", "status", "totals"})
    has(issued["taxes"], {"category", "rate", "base", "tax"})
    assert issued["status"] == "issued"
    number = issued["number"]
    has(shell.json("invoice", "list"), INVOICE)
    assert has(shell.json("invoice", "show", number), SHOWN)["id"] == made["id"]
    for command in (("pdf", number), ("xml", str(made["id"]), "--format", "factur-x")):
        target = shell.folder / f"out.{command[0]}"
        wrote = shell.json("invoice", *command, "-o", str(target))
        has(wrote, FILE, {"valid", "findings"})
        assert wrote["bytes"] == target.stat().st_size
    paid = shell.json("invoice", "pay", number, "--amount", "100.00", "--date", "2026-11-23")
    assert has(paid, SHOWN)["payments"] == [{"amount": "100.00", "date": "2026-11-23"}]
    money = shell.json("today")["money"]
    has(money["owed"], {"amount", "currency"})
    assert isinstance(money["overdue"], list)


def test_the_calendar(shell: Shell) -> None:
    done = shell.json("calendar", "import", shell.file("in.ics", EVENTS), "--zone", "Europe/Berlin")
    has(done, {"imported", "updated", "skipped", "needs_zone"})
    found = shell.json("calendar", "list", "--from", "2026-11-23", "--to", "2026-12-31")
    has(found, {"uid", "title", "start", "end", "all_day", "zone", "calendar"})
    assert len(found) == 4, "the series is expanded"
    days = next(each for each in found if each["all_day"])
    assert (days["start"], days["end"]) == ("2026-11-24", "2026-11-26"), "the end is exclusive"
    target = shell.folder / "out.ics"
    assert shell.json("calendar", "export", "-o", str(target)) == {
        "file": str(target), "events": 2, "needs_zone": 0,
    }  # fmt: skip


def test_leads(shell: Shell) -> None:
    mine = {"skills": [{"name": "Python", "years": 8}],
            "rates": [{"unit": "hour", "floor": "60", "target": "90", "currency": "EUR"}]}  # fmt: skip
    shell.json("profile", "import", shell.file("skills.json", {**PROFILE, **mine}))
    done = shell.json("leads", "import", shell.file("leads.csv", LEADS), "--source", "mine")
    has(done, {"new", "updated", "reposts", "rejected"})
    lead = has(shell.json("leads", "list"), LEAD)
    has(lead["pay"], {"low", "high", "unit", "currency"})
    why = shell.json("leads", "why", str(lead["id"]))
    has(why, {"score", "parts", "missing", "would_change"})
    has(why["parts"], {"name", "points", "words"})
    assert sum(part["points"] for part in why["parts"]) == why["score"]


def test_models(shell: Shell) -> None:
    assert isinstance(shell.json("model", "list"), list)
    path = tiny.random(shell.folder / "tiny.gguf")
    name = has(shell.json("model", "add", str(path)), MODEL)["name"]
    has(shell.json("model", "list"), MODEL)
    assert has(shell.json("model", "use", name), MODEL)["state"]
    has(shell.json("model", "speed"), {"prompt_tps", "generate_tps", "load_s"})
    has(shell.json("model", "remove", name), MODEL)
    assert path.exists(), "the person's file stays"


def test_routines_and_the_ledger(shell: Shell) -> None:
    assert {each["name"] for each in shell.json("routines")} == {
        "morning-digest", "overdue-check", "daily-backup",
    }  # fmt: skip
    ran = has(shell.json("run", "daily-backup"), TASK)
    assert ran["outcome"].startswith("Backed up")
    assert datetime.fromisoformat(ran["next"]) > datetime.fromisoformat(ran["last"])
    assert shell.json("network") == []


def test_the_ledger_is_shown(fresh: Shell) -> None:
    import socket

    from gigdesk.gateways.net import Gate
    from gigdesk.store.desk_db import DeskDb
    from gigdesk.store.header import read_header
    from gigdesk.store.ledger import LedgerStore

    fresh.json("settings", "get")
    header = read_header(fresh.desk / "desk.json")
    assert header is not None
    key = header.unwrap("passphrase", PASSPHRASE.encode())
    assert key is not None
    assert key != KEY
    db = DeskDb.open(fresh.desk / "desk.db", key)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        gate = Gate(LedgerStore(db), lambda: datetime.fromisoformat(NOW))
        with gate.connect("127.0.0.1", port, "mail", "Fetch new mail") as talk:
            talk.sendall(b"hello")
            # While it is open its row is there for others to read.
            assert has(fresh.json("network"), {"at", "host", "port", "why"})["port"] == port
    db.close()
    entry = has(fresh.json("network"), {"at", "host", "port", "why", "sent", "received"})
    assert (entry["host"], entry["why"], entry["sent"]) == ("127.0.0.1", "Fetch new mail", 5)


def test_backup_and_restore(fresh: Shell) -> None:
    fresh.json("settings", "set", "terms_days", "21")
    eml = fresh.file("1.eml", "From: a@x.example\nSubject: Kept\n\nText")
    fresh.json("mail", "import", eml)
    recovery = str(fresh.folder / "recovery")
    has(fresh.json("recovery-key", "-o", recovery), FILE)
    kept = fresh.folder / "desk.gigdesk"
    wrote = has(fresh.json("backup", str(kept)), FILE)
    assert wrote["bytes"] == kept.stat().st_size
    assert kept.stat().st_mode & 0o777 == 0o600
    # By the passphrase, into a new folder.
    there = {"GIGDESK_HOME": str(fresh.folder / "there")}
    has(fresh.json("restore", str(kept), **there), FILE)
    assert fresh.json("settings", "get", "terms_days", **there)[0]["value"] == "21"
    assert fresh.json("mail", "search", "Kept", **there)[0]["subject"] == "Kept"
    assert fresh.json("mail", "show", "1", **there)["text"].strip() == "Text"
    # By the recovery key, where the passphrase is another one from now on.
    new = fresh.file("new words", "other words to remember")
    elsewhere = {"GIGDESK_HOME": str(fresh.folder / "elsewhere"), "GIGDESK_PASSPHRASE_FILE": new}
    refused = fresh.run("restore", str(kept), "--json", **elsewhere)
    assert refused.code == 1
    fresh.json("restore", str(kept), "--recovery-key-file", recovery, **elsewhere)
    assert fresh.json("settings", "get", "terms_days", **elsewhere)[0]["value"] == "21"
    # Over a desk that is there: it is moved aside, not lost.
    fresh.json("settings", "set", "terms_days", "7")
    assert fresh.json("restore", str(kept))["aside"]
    assert fresh.json("settings", "get", "terms_days")[0]["value"] == "21"
    assert len(list(fresh.desk.glob("before-restore-*/desk.db"))) == 1
    # What is no backup changes nothing.
    bad = fresh.file("bad", "x" * 10_000)
    assert fresh.run("restore", bad, "--json").json["error"]["title"]
    torn = fresh.folder / "torn"
    torn.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    assert fresh.run("restore", str(torn)).code == 1
    assert fresh.json("settings", "get", "terms_days")[0]["value"] == "21"


def test_a_backup_brings_nothing_but_a_desk(fresh: Shell) -> None:
    fresh.json("settings", "set", "terms_days", "21")
    kept, evil = fresh.folder / "kept", fresh.folder / "evil"
    fresh.json("backup", str(kept))
    with tarfile.open(kept) as good, tarfile.open(evil, "w") as bad:
        for member in good:
            member.mode, member.uid = 0o4777, 0
            bad.addfile(member, good.extractfile(member))
        name = "a" * 64
        for path in (
            "../outside",
            "/tmp/outside",
            "more",
            f"blobs/../{name}",
            f"blobs/aa/../{name}",
        ):
            told = tarfile.TarInfo(path)
            told.size = 4
            bad.addfile(told, io.BytesIO(b"evil"))
        link = tarfile.TarInfo("desk.db-wal")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        bad.addfile(link)
    there = {"GIGDESK_HOME": str(fresh.folder / "there")}
    fresh.json("restore", str(evil), **there)
    assert fresh.json("settings", "get", "terms_days", **there)[0]["value"] == "21"
    place = fresh.folder / "there"
    assert [
        path for path in place.rglob("*") if path.is_symlink() or path.name in {"more", name}
    ] == []
    assert not (fresh.folder / "outside").exists()
    modes = {path.name: path.stat().st_mode & 0o7777 for path in place.glob("desk.*")}
    assert set(modes.values()) == {0o600}, modes


def test_a_restore_beside_a_desk_that_keeps_running_starts_a_new_series(fresh: Shell) -> None:
    fresh.json("profile", "import", fresh.file("me.json", PROFILE))
    made = fresh.json("invoice", "new", fresh.file("bill.json", bill()))["id"]
    first = fresh.json("invoice", "issue", str(made))["number"]
    kept = str(fresh.folder / "kept")
    fresh.json("backup", kept)
    there = {"GIGDESK_HOME": str(fresh.folder / "there")}
    fresh.json("restore", kept, "--keeps-running", **there)
    numbers = set()
    for env in ({}, there):
        made = fresh.json("invoice", "new", fresh.file("bill.json", bill()), **env)["id"]
        numbers.add(fresh.json("invoice", "issue", str(made), **env)["number"])
    assert len(numbers | {first}) == 3


def test_the_doctor(fresh: Shell) -> None:
    well = fresh.json("doctor")
    has(well, {"ok", "checks"})
    has(well["checks"], {"name", "ok", "words", "advice"})
    assert well["ok"] is True
    assert not (fresh.desk / "desk.db").exists(), "looking makes no desk"
    fresh.json("settings", "get")
    assert fresh.json("doctor")["ok"] is True
    database = fresh.desk / "desk.db"
    data = bytearray(database.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = bytes(4096)
    for rest in fresh.desk.glob("desk.db-*"):
        rest.unlink()
    database.write_bytes(data)
    ill = fresh.json("doctor")
    assert ill["ok"] is False
    assert next(each for each in ill["checks"] if not each["ok"])["advice"]


def test_the_sample(fresh: Shell) -> None:
    counts = has(fresh.json("sample", "--seed", "3"), {"clients", "messages", "invoices", "leads",
                                                       "events"})  # fmt: skip
    assert counts["clients"] == 12
    again = fresh.run("sample", "--json")
    assert (again.code, set(again.json["error"])) == (1, {"title", "advice"})


# --- how it says no ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "command",
    [
        ("mail", "show", "999"), ("mail", "draft", "999"), ("invoice", "show", "2099-001"),
        ("invoice", "new", "/nowhere.json"), ("invoice", "issue", "999"), ("client", "show", "Nobody"),
        ("approve", "999"), ("decline", "999"), ("run", "nothing"), ("settings", "get", "nothing"),
        ("settings", "set", "terms_days", "many"), ("calendar", "import", "/nowhere.ics"),
        ("leads", "why", "999"), ("leads", "import", "/nowhere.csv"), ("model", "use", "nothing"),
        ("model", "add", "/nowhere.gguf"), ("backup", "/nowhere/x"), ("restore", "/nowhere"),
        ("profile", "import", "/nowhere.json"), ("client", "import", "/nowhere.csv"),
        ("recovery-key", "-o", "/nowhere/x"), ("passphrase", "--new-file", "/nowhere"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_trouble_is_one_sentence_and_one_document(shell: Shell, command: tuple[str, ...]) -> None:
    said = shell.run(*command, "--json")
    assert said.code == 1, said.out
    error = said.json["error"]
    assert set(error) == {"title", "advice"}
    assert said.err.startswith(error["title"])
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [
        ("nothing",), ("mail",), ("mail", "nothing"), ("mail", "show"), ("mail", "show", "one"),
        ("invoice", "pay", "1"), ("approve",), ("calendar", "list", "--from", "tomorrow"),
        ("today", "--nothing"), ("leads", "mark", "1", "nothing"), ("sample", "--scale", "0"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_two(shell: Shell, command: tuple[str, ...]) -> None:
    said = shell.run(*command)
    assert (said.code, said.out) == (2, "")
    assert "Traceback" not in said.err
    assert "gigdesk --help" in said.err


def test_a_command_whose_feature_is_not_there_is_absent(shell: Shell) -> None:
    for command in ("bank", "export"):
        assert shell.run(command, "list").code == 2


def test_a_clock_without_an_offset_is_no_instant(shell: Shell) -> None:
    assert shell.run("--now", "2026-11-23T09:30:00", "today", now=None).code == 2
    assert shell.run("today", "--now", "yesterday", now=None).code == 2
    # Nor for the window.
    seen = {"QT_QPA_PLATFORM": "offscreen"}
    assert shell.run("--now", "2026-11-23T09:30:00", now=None, **seen).code == 2


def test_the_options_stand_before_or_behind(fresh: Shell) -> None:
    there = fresh.folder / "mail"  # a folder named as a command is
    for words in (("--home", str(there), "today"), ("today", "--home", str(there))):
        assert fresh.json(*words)["date"] == "2026-11-23"
    said = subprocess.run(
        [GIGDESK, "--home", "mail", "--json", "today", "--now", NOW], env=fresh.env,
        cwd=fresh.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert (there / "desk.db").exists()
    assert not fresh.desk.exists(), "--home goes before GIGDESK_HOME"


def test_the_clock_of_a_command_is_the_one_it_was_given(fresh: Shell) -> None:
    assert (
        fresh.run("--json", "today", now="2027-03-01T12:00:00+00:00").json["date"] == "2027-03-01"
    )
    # 23:30 in UTC is the next day in the person's zone.
    late = fresh.run("--json", "today", now="2026-11-23T23:30:00+00:00").json
    assert (late["date"], late["zone"]) == ("2026-11-24", "Europe/Berlin")


def test_without_json_people_read_lines(fresh: Shell) -> None:
    fresh.json("sample")
    for command in (("today",), ("invoice", "list"), ("mail", "list"), ("routines",), ("doctor",)):
        said = fresh.run(*command)
        assert said.code == 0
        assert said.out.strip()
        assert not said.out.startswith(("{", "["))


def test_a_reader_that_goes_away_is_no_trouble(fresh: Shell) -> None:
    letters = "".join(
        f"From x\nMessage-ID: <{at}@x>\nFrom: a@x.example\nSubject: {at}\n\nHello\n\n"
        for at in range(400)
    )
    fresh.json("mail", "import", fresh.file("many.mbox", letters))
    done = subprocess.run(
        ["bash", "-c", f"{GIGDESK} mail list --limit 400 --json | head -c 1"],
        env=fresh.env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""


def test_no_command_takes_a_secret_as_an_argument(shell: Shell) -> None:
    for command in (("recovery-key", "--help"), ("passphrase", "--help"), ("restore", "--help")):
        words = shell.run(*command).out
        assert "--passphrase " not in words
        assert "--key " not in words
        assert "file" in words
