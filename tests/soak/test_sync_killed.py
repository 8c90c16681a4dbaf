"""Fetching, killed at random instants, while mails come and are put away: none lost, none doubled.

`make test` kills 20 times, `make soak` as often as GIGDESK_SOAK says, a tenth of it at least.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from pathlib import Path

import pytest

from tests.dovecot import running
from tests.services.sync.conftest import letter
from tests.soak import syncing
from tests.soak.issuing import opened
from tests.soak.test_import_killed import heard, look

KILLS = max(20, int(os.environ.get("GIGDESK_SOAK", "0")) // 10)
FIRST = 600


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_killed_while_fetching(tmp_path: Path) -> None:
    chance = random.Random(20261125)
    home = tmp_path / "desk"
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.soak.syncing"])
    with running() as server, server.elsewhere("anna") as other:
        for at in range(FIRST):
            name = f"{1_700_000_000 + at}.M{at}.x:2,"
            (server.maildir("anna") / "cur" / name).write_bytes(letter(at))
        server.given("anna")
        office = opened(home)
        office.accounts.add(server.account("anna"), "test")
        office.close()
        number, away = FIRST, set[str]()
        for _ in range(KILLS):
            _killed_once(context, home, chance)
            look(home, whole=False)
            for _ in range(chance.randrange(40)):
                other.put(letter(number))
                number += 1
            away |= _put_away(home, chance)
        office = opened(home)
        try:
            for _ in range(2):
                for _ in office.sync.sync():
                    pass
            assert office.inbox.total() == number
            assert office.sync.waits() == 0
            assert other.ids("Archive") == sorted(f"<{each}@post.example>" for each in away)
            assert len(other.ids()) == number - len(away)
            places = office.inbox._shelf._db.read().conn.execute(
                "SELECT count(*), count(DISTINCT message) FROM mail_places"
            ).fetchone()  # fmt: skip
            assert places == (number, number)
        finally:
            office.close()
        look(home, whole=True)


def _put_away(home: Path, chance: random.Random) -> set[str]:
    """The person puts a few away, with no network."""
    office = opened(home)
    try:
        done = set()
        lines = office.inbox.lines(limit=100)
        for line in chance.sample(lines, min(3, len(lines))):
            if not office.inbox.thread(line.thread)[0].put_away:
                office.inbox.put_away(line.thread)
                done.add(line.subject.removeprefix("Letter "))
        return done
    finally:
        office.close()


def _killed_once(context: multiprocessing.context.ForkServerContext, home: Path, chance: random.Random) -> None:  # fmt: skip
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=syncing.sync_on, args=(home, theirs))
    child.start()
    theirs.close()
    ours.recv()
    child.join(timeout=chance.uniform(0, 0.6))
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join(timeout=30)
    assert child.exitcode == -signal.SIGKILL
    list(heard(ours))
