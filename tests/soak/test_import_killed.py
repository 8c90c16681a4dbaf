"""Bringing mails in, killed at random instants while another process writes: none lost, none doubled.

`make test` kills 50 times, `make soak` as often as GIGDESK_SOAK says. Each kill is a SIGKILL of a
process of its own, whose reading child must not outlive it.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import pytest

from tests.benchmarks.post import mails
from tests.soak import importing
from tests.soak.issuing import opened

KILLS = int(os.environ.get("GIGDESK_SOAK", "50"))
MAILS = 2000
# From the first batch a process kept until it is killed, at most.
LONGEST_SECONDS = 0.25


@pytest.fixture
def box(tmp_path: Path) -> Path:
    path = tmp_path / "box.mbox"
    with path.open("wb") as file:
        for at, mail in enumerate(mails(MAILS, seed=5)):
            # Some have no id of their own, some cannot be read at all.
            if at % 97 == 0:
                mail = mail.replace(b"Message-ID", b"X-Was-ID")
            if at % 211 == 0:
                mail = b"no header %d\n" % at
            file.write(b"From a@x.example Mon Nov  2 10:00:00 2026\n" + mail + b"\n")
    return path


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_killed_while_importing(tmp_path: Path, box: Path) -> None:
    chance = random.Random(20261124)
    home = tmp_path / "desk"
    opened(home).close()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.soak.importing"])
    stop = context.Event()
    beside = context.Process(target=importing.write_on, args=(home, stop))
    beside.start()
    for at in range(KILLS):
        killed_once(context, home, box, chance)
        look(home, whole=at % 10 == 0)
    look(home, whole=True)
    stop.set()
    beside.join(timeout=60)
    assert beside.exitcode == 0, "the process that was left alone went on to the end"
    office = opened(home)
    try:
        steps = office.inbox.import_paths([box])
        while True:
            try:
                next(steps)
            except StopIteration as end:
                report = end.value
                break
        conn = office.inbox._shelf._db.read().conn
        assert report.imported + report.duplicates == MAILS
        assert office.inbox.total() == MAILS
        (different,) = conn.execute("SELECT count(DISTINCT digest) FROM messages").fetchone()
        assert different == MAILS
        (indexed,) = conn.execute("SELECT count(*) FROM mail_words").fetchone()
        assert indexed == MAILS
        assert {each.id for each in office.inbox.search("invoice", 5)}
        kept = {office.inbox.raw(row[0]) for row in conn.execute("SELECT id FROM messages")}
        assert len(kept) == MAILS, "every mail has its own original bytes"
    finally:
        office.close()


def killed_once(
    context: multiprocessing.context.ForkServerContext,
    home: Path,
    box: Path,
    chance: random.Random,
) -> None:
    """One process imports and is killed at a random instant; its reading child goes with it."""
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=importing.import_on, args=(home, box, theirs))
    child.start()
    theirs.close()
    ours.recv()
    child.join(timeout=chance.uniform(0, LONGEST_SECONDS))
    assert child.pid is not None
    family = psutil.Process(child.pid).children(recursive=True)
    os.kill(child.pid, signal.SIGKILL)
    child.join(timeout=30)
    assert child.exitcode == -signal.SIGKILL
    list(heard(ours))
    pause = threading.Event()
    end = time.monotonic() + 30
    while any(lives(each) for each in family):
        assert time.monotonic() < end, "a child outlived its parent"
        pause.wait(0.01)


def lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def heard(ours: Connection) -> Iterator[int]:
    try:
        while ours.poll():
            yield ours.recv()
    except (EOFError, OSError):
        pass
    ours.close()


def look(home: Path, *, whole: bool) -> None:
    """The desk opens (and is whole, which takes longer to see), and no mail stands there without its
    thread, words and bytes."""
    office = opened(home)
    try:
        db = office.inbox._shelf._db
        assert not whole or db.check() == []
        conn = db.read().conn
        for table in ("mail_bodies", "mail_words"):
            (rows,) = conn.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert rows == office.inbox.total(), table
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        blobs = {row[0] for row in conn.execute("SELECT DISTINCT raw_blob FROM messages")}
        assert all(office.inbox._room.blobs._path(name).exists() for name in blobs if name)
    finally:
        office.close()
