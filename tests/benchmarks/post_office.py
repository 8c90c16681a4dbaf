"""Mails from the disk to searchable, and finding them: beside notmuch and mu on the same Maildir.

Both stem, our table does not; all three keep positions and index attachments' names only. CPU is
user and system of all processes: the figure that stays the same when the machine does other work.
"""

from __future__ import annotations

import contextlib
import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.figures import Figure
from tests.benchmarks.ground import PASSPHRASE

if TYPE_CHECKING:
    from tests.benchmarks.ground import Ground

ASKED = (
    "invoice", "berlin tbilisi", "from:person7", "subject:budget", '"launch colour"', "zzz",
    "payment account transfer", "after:2026-01-01 before:2026-02-01 logo", "from:client12 scope",
    "has:attachment", "typef", "quarter figures report", "b", "from:p", "subject:bu",
)  # fmt: skip
_EACH = 8


def measure(ground: Ground) -> list[Figure]:
    """Import and search."""
    figures = _importing(ground)
    small = ground.folder / "ten"
    figures += _searching(ground, small, "10k")
    figures += _searching(ground, ground.big, "100k")
    return figures


def _importing(ground: Ground) -> list[Figure]:
    maildir = ground.maildir
    count = sum(1 for _ in (maildir / "cur").iterdir())
    with _spending() as ours:
        done = ground.command(ground.folder / "ten", "mail", "import", str(maildir))
    assert done["imported"] == count, done
    found = []
    for name, index in {"notmuch": _notmuch, "mu": _mu}.items():
        theirs = index(ground, maildir)
        if theirs is not None:
            found += [
                Figure("mails imported a second", count / ours.seconds, "/s",
                       count / theirs.seconds, name, "more"),
                Figure("CPU while importing", ours.cpu, "s", theirs.cpu, name),
            ]  # fmt: skip
    return found or [
        Figure("mails imported a second", count / ours.seconds, "/s", aim="1000 or more"),
        Figure("CPU while importing", ours.cpu, "s"),
    ]


def _notmuch(ground: Ground, maildir: Path) -> _Spent | None:
    if shutil.which("notmuch") is None:
        return None
    config = ground.folder / "notmuch-config"
    config.write_text(
        f"[database]\npath={maildir}\n[user]\nname=Me\nprimary_email=me@desk.example\n"
    )
    return _run(["notmuch", "new", "--quiet"], {**ground.env, "NOTMUCH_CONFIG": str(config)})


def _mu(ground: Ground, maildir: Path) -> _Spent | None:
    if shutil.which("mu") is None:
        return None
    home = f"--muhome={ground.folder / 'mu'}"
    subprocess.run(["mu", "init", home, f"--maildir={maildir}"], check=True, capture_output=True)
    return _run(["mu", "index", home, "--quiet"], ground.env)


def _run(command: list[str], env: dict[str, str]) -> _Spent:
    with _spending() as spent:
        subprocess.run(command, env=env, check=True, capture_output=True)
    return spent


@dataclass
class _Spent:
    """What child processes took: on the clock, and of the CPU."""

    seconds: float = 0.0
    cpu: float = 0.0


@contextlib.contextmanager
def _spending() -> Iterator[_Spent]:
    spent = _Spent()
    begun, before = time.perf_counter(), _cpu()
    yield spent
    spent.seconds, spent.cpu = time.perf_counter() - begun, _cpu() - before


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _searching(ground: Ground, home: Path, size: str) -> list[Figure]:
    """Searches in the open desk, as the window makes them: 50 hits, newest first."""
    from gigdesk.app import open_office

    del ground
    office = open_office(home, ask=lambda _question: PASSPHRASE)
    try:
        took = []
        for _ in range(_EACH):
            for asked in ASKED:
                begun = time.perf_counter()
                office.inbox.search(asked, 50, typing=True)
                took.append((time.perf_counter() - begun) * 1000)
    finally:
        office.close()
    cuts = statistics.quantiles(took, n=20)
    return [
        Figure(f"search at {size}, p50", statistics.median(took), "ms"),
        Figure(f"search at {size}, p95", cuts[18], "ms", aim="20 or less at 100k"),
    ]
