"""Without a network everything works, and nothing even tries to reach one.

The commands run in a network namespace without a route. The kernel counts there what any process
sends or fails to send for want of a route, whatever library asked; beside it an audit hook in every
Python process writes down each attempt; and the desk's own ledger says what it knows.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.whole.session import GIGDESK, Desktop, unshare, until
from tests.whole.test_day import EVENT, INVOICE, NOW, PROFILE, letter

pytestmark = pytest.mark.slow

# In the namespace: runs commands one after the other, then reads the kernel's counters.
DRIVER = """
import json, subprocess, sys
from pathlib import Path

answers = []
for command in json.loads(sys.argv[1]):
    done = subprocess.run(command, capture_output=True, text=True, timeout=200)
    answers.append([done.returncode, done.stdout, done.stderr])
counters = {}
lines = [line.split() for line in Path("/proc/net/snmp").read_text().splitlines()]
for names, values in zip(lines[::2], lines[1::2]):
    counters.update({names[0] + name: int(value) for name, value in zip(names[1:], values[1:])})
for line in Path("/proc/net/snmp6").read_text().splitlines():
    name, value = line.split()
    counters[name] = int(value)
print(json.dumps([answers, counters]))
"""
# What tells of a try to reach somebody, by name or by address, sent or not.
TRIES = (
    "Ip:OutRequests", "Ip:OutNoRoutes", "Tcp:ActiveOpens", "Udp:OutDatagrams",
    "Ip6OutRequests", "Ip6OutNoRoutes",
)  # fmt: skip
# Python starts with it in every process, children of ours included.
WITNESS = """
import os, sys

def hook(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        if args[0].family not in (2, 10):
            return
    elif not (event.startswith("socket.get") and event.endswith(("info", "byname", "byaddr"))):
        return
    with open(os.environ["WITNESS"], "a") as trace:
        trace.write(f"{event} {args[1:]}\\n")

if "WITNESS" in os.environ:
    sys.addaudithook(hook)
"""


class Island:
    """A machine without a network, and who watches it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trace = folder / "trace"
        site = folder / "site"
        site.mkdir()
        (site / "sitecustomize.py").write_text(WITNESS)
        passphrase = folder / "words"
        passphrase.write_text("correct horse battery staple")
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "TZ": "Europe/Berlin",
            "LC_ALL": "C.UTF-8", "PYTHONPATH": str(site), "WITNESS": str(self.trace),
            "GIGDESK_PASSPHRASE_FILE": str(passphrase), "GIGDESK_HOME": str(folder / "desk"),
            "QT_QPA_PLATFORM": "offscreen",
        }  # fmt: skip
        driver = folder / "driver.py"
        driver.write_text(DRIVER)
        self._driver = str(driver)

    def file(self, name: str, content: object) -> str:
        """A file of the person's."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    def run(self, *commands: list[str]) -> tuple[list[tuple[int, str, str]], dict[str, int]]:
        """Run these one after the other; what each said, and what the kernel counted."""
        done = subprocess.run(
            [*unshare("n"), sys.executable, self._driver, json.dumps(commands)],
            env=self.env, capture_output=True, text=True, timeout=280, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        answers, counters = json.loads(done.stdout)
        return [(code, out, err) for code, out, err in answers], counters

    def seen(self) -> list[str]:
        """What the audit hooks wrote down."""
        return self.trace.read_text().splitlines() if self.trace.exists() else []


@pytest.fixture
def island(tmp_path: Path) -> Island:
    tried = subprocess.run([*unshare("n"), "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"this kernel gives no network namespace: {tried.stderr.strip()}")
    return Island(tmp_path)


def tries(counters: dict[str, int]) -> dict[str, int]:
    return {name: counters[name] for name in TRIES if counters[name]}


ATTEMPT = """
import socket
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    try:
        socket.socket(socket.AF_INET, kind).connect(("192.0.2.1", 80))
    except OSError:
        pass
"""


def test_an_attempt_would_be_seen(island: Island) -> None:
    _, counters = island.run([sys.executable, "-c", ATTEMPT])
    assert tries(counters)
    assert len(island.seen()) == 2


def test_everything_works_and_nothing_connects(island: Island) -> None:
    folder = island.folder
    with (folder / "leads.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [
                ["title", "text", "url", "pay", "skills", "client", "posted"],
                ["Python developer", "Django and Qt, remote", "https://jobs.example/1",
                 "80 EUR/hour", "Python", "Acme", "2026-11-20"],
            ]
        )  # fmt: skip
    spy = b"<img src='http://tracker.example/pixel.png'><link rel=stylesheet href='//x.example/a'>"
    html = letter(3, "With pictures", "").replace(b"text/plain", b"text/html") + spy
    mails = [
        island.file("1.eml", letter(1, "Question about the cover", "Can you send it by Friday?")),
        island.file("2.eml", html),
    ]
    steps = [
        ("profile", "import", island.file("me.json", PROFILE)),
        ("mail", "import", *mails),
        ("mail", "search", "cover"),
        ("mail", "show", "2"),
        ("mail", "draft", "1"),
        ("today",),
        ("approve", "1"),
        ("invoice", "new", island.file("invoice.json", INVOICE)),
        ("invoice", "issue", "1"),
        ("invoice", "pdf", "2026-001", "-o", str(folder / "invoice.pdf")),
        ("invoice", "xml", "2026-001", "--format", "factur-x", "-o", str(folder / "invoice.xml")),
        ("calendar", "import", island.file("kick-off.ics", EVENT.encode())),
        ("calendar", "export", "-o", str(folder / "out.ics")),
        ("leads", "import", str(folder / "leads.csv")),
        ("leads", "list"),
        ("run", "morning-digest"),
        ("run", "overdue-check"),
        ("run", "daily-backup"),
        ("doctor",),
        ("network",),
    ]
    answers, counters = island.run(*[[GIGDESK, "--now", NOW, *step, "--json"] for step in steps])
    said: dict[str, Any] = {}
    for step, (code, output, errors) in zip(steps, answers, strict=True):
        assert code == 0, (step, errors)
        said[" ".join(step[:2])] = json.loads(output)
    assert said["mail import"]["imported"] == 2
    assert len(said["mail search"]) == 1
    assert said["mail draft"]["by"] == "template"
    assert (folder / "invoice.pdf").read_bytes().startswith(b"%PDF")
    assert said["invoice pdf"]["valid"] is True
    assert said["calendar export"]["events"] == 1
    assert said["leads import"]["new"] == 1
    assert said["doctor"]["ok"] is True
    assert said["network"] == []
    assert island.seen() == []
    assert tries(counters) == {}


def test_the_sample_desk_is_made_without_a_network(island: Island) -> None:
    answers, counters = island.run(
        [GIGDESK, "--now", NOW, "sample", "--json"],
        [GIGDESK, "--now", NOW, "today", "--json"],
        [GIGDESK, "--now", NOW, "network", "--json"],
    )
    assert [code for code, _, _ in answers] == [0, 0, 0], answers
    counts = json.loads(answers[0][1])
    assert counts["messages"] == 400
    assert json.loads(answers[2][1]) == []
    assert island.seen() == []
    assert tries(counters) == {}


@pytest.mark.window
def test_the_window_connects_to_nothing(island: Island, desktop: Desktop) -> None:
    desktop.env |= {name: island.env[name] for name in ("PYTHONPATH", "WITNESS")}
    home = desktop.folder / "desk"
    app = desktop.start(*unshare("n"), GIGDESK, "--home", str(home), "--now", NOW)
    desktop.front(desktop.titled("Today", "GigDesk"))
    mail = island.file("spy.eml", letter(1, "With pictures", "").replace(b"plain", b"html")
                       + b"<p>Hello</p><img src='http://192.0.2.1/pixel.png'>")  # fmt: skip
    done = desktop.gigdesk("--home", str(home), "mail", "import", mail)
    assert done.returncode == 0, done.stderr
    for key, name in enumerate(("Inbox", "Leads", "Calendar", "Invoices", "Inbox")):
        desktop.keys(f"ctrl+{(2, 3, 4, 5, 2)[key]}")
        desktop.titled(name)
    desktop.titled("With pictures")
    counters = Path(f"/proc/{app.pid}/net/snmp").read_text()
    counted = {}
    lines = [line.split() for line in counters.splitlines()]
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        counted |= {names[0] + n: int(v) for n, v in zip(names[1:], values[1:], strict=True)}
    assert {name: counted[name] for name in TRIES if counted.get(name)} == {}
    desktop.keys("ctrl+q")
    assert app.wait(20) == 0
    assert island.seen() == []
    ledger = until(lambda: desktop.gigdesk("--home", str(home), "network", "--json"), "the ledger")
    assert json.loads(ledger.stdout) == []
