"""Issuing, killed at random instants while another process issues too: no gap, no double, no loss.

`make test` kills 50 times, `make soak` as often as GIGDESK_SOAK says. Every kill is a SIGKILL of a
process of its own, forked from a server that has loaded everything, so fifty take well under a
minute. After each the desk is opened anew and looked at from outside.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.soak import issuing

KILLS = int(os.environ.get("GIGDESK_SOAK", "50"))
# From the first number a process gave until it is killed, at most: some three invoices.
LONGEST_SECONDS = 0.15


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_killed_while_issuing(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    home = tmp_path / "desk"
    issuing.prepared(home)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.soak.issuing"])
    stop = context.Event()
    ours, theirs = context.Pipe(duplex=False)
    other = context.Process(target=issuing.write_on, args=(home, stop, theirs))
    other.start()
    theirs.close()
    said: list[str] = []
    seen: set[str] = set()
    for _ in range(KILLS):
        said += killed_once(context, home, chance)
        seen |= look(home, seen)
    stop.set()
    other.join(timeout=60)
    assert other.exitcode == 0, "the process that was left alone went on to the end"
    said += heard(ours)
    look(home, set())
    numbers = numbers_of(home)
    # What a process was told it had issued is there; killed before it could say so, it may be too.
    assert set(said) <= set(numbers)
    assert len(said) == len(set(said)), "no number was given to two"
    assert len(numbers) >= KILLS


def killed_once(
    context: multiprocessing.context.ForkServerContext, home: Path, chance: random.Random
) -> list[str]:
    """One process issues and is killed at a random instant; the numbers it told of."""
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=issuing.issue_on, args=(home, theirs))
    child.start()
    theirs.close()
    told = [ours.recv()]
    if chance.random() < 0.85:  # else it is killed at its very first invoice
        told.append(ours.recv())
    child.join(timeout=chance.uniform(0, LONGEST_SECONDS))
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join(timeout=30)
    assert child.exitcode == -signal.SIGKILL
    return [number for number in told + heard(ours) if number != issuing.OPEN]


def heard(ours: Connection) -> list[str]:
    found = []
    try:
        while ours.poll():
            found.append(ours.recv())
    except (EOFError, OSError):
        pass
    ours.close()
    return found


def look(home: Path, seen: set[str]) -> set[str]:
    """The desk opens, is whole, and each invoice that was not looked at yet has its documents."""
    office = issuing.opened(home)
    try:
        bureau = office.invoices._bureau
        assert bureau.db.check() == []
        fresh = [each for each in office.invoices.page() if each.number and each.number not in seen]
        for each in fresh:
            sheet = office.invoices.show(each.id)
            assert sheet.pdf
            assert sheet.xml
            for blob, sha256 in ((sheet.pdf, sheet.pdf_sha256), (sheet.xml, sheet.xml_sha256)):
                assert hashlib.sha256(bureau.blobs.get(blob)).hexdigest() == sha256
            paid = sum(payment.amount for payment in sheet.payments)
            assert paid == sheet.invoice.paid
    finally:
        office.close()
    numbers_of(home)
    return {str(each.number) for each in fresh}


def numbers_of(home: Path) -> list[str]:
    office = issuing.opened(home)
    try:
        counters = sorted(int(number.rpartition("-")[2]) for number in office.invoices.numbers())
        numbers = office.invoices.numbers()
    finally:
        office.close()
    assert counters == list(range(1, len(counters) + 1)), "a gap or a double"
    return numbers
