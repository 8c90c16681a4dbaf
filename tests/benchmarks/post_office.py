"""Mails from the disk to searchable, and finding them: beside notmuch and mu on the same Maildir.

Both stem and keep positions, our table does not; both also index attachments' names only.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.figures import Figure
from tests.benchmarks.ground import PASSPHRASE

if TYPE_CHECKING:
    from tests.benchmarks.ground import Ground

ASKED = (
    "invoice", "berlin tbilisi", "from:person7", "subject:budget", '"launch colour"', "zzz",
    "payment account transfer", "after:2026-01-01 before:2026-02-01 logo", "from:client12 scope",
    "has:attachment", "typef", "quarter figures report",
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
    begun = time.perf_counter()
    done = ground.command(ground.folder / "ten", "mail", "import", str(maildir))
    ours = count / (time.perf_counter() - begun)
    assert done["imported"] == count, done
    others = {"notmuch": _notmuch(ground, maildir), "mu": _mu(ground, maildir)}
    found = [
        Figure("mails imported a second", ours, "/s", count / took, name, "more")
        for name, took in others.items()
        if took
    ]
    return found or [Figure("mails imported a second", ours, "/s", aim="1000 or more")]


def _notmuch(ground: Ground, maildir: Path) -> float | None:
    if shutil.which("notmuch") is None:
        return None
    config = ground.folder / "notmuch-config"
    config.write_text(
        f"[database]\npath={maildir}\n[user]\nname=Me\nprimary_email=me@desk.example\n"
    )
    return _timed(["notmuch", "new", "--quiet"], {**ground.env, "NOTMUCH_CONFIG": str(config)})


def _mu(ground: Ground, maildir: Path) -> float | None:
    if shutil.which("mu") is None:
        return None
    home = f"--muhome={ground.folder / 'mu'}"
    subprocess.run(["mu", "init", home, f"--maildir={maildir}"], check=True, capture_output=True)
    return _timed(["mu", "index", home, "--quiet"], ground.env)


def _timed(command: list[str], env: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return time.perf_counter() - begun


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
        Figure(f"search at {size}, p95", cuts[18], "ms", aim="50 or less at 100k"),
    ]
