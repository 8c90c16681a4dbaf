"""Files that may be bills: read in a child that is kept, and killed when one takes too long."""

from __future__ import annotations

import os
import signal
import time
from datetime import date
from typing import Any

import pytest

from gigdesk.domain.errors import Unreadable
from gigdesk.gateways.bill_files import BillReader
from gigdesk.worker.bill_reader.child import READY
from tests.services.handoff.papers import cii, pdf

TODAY = date(2026, 11, 24)


def sleeps(pipe: Any) -> None:
    """A child that never answers."""
    pipe.recv()
    pipe.send(READY)
    time.sleep(600)


def dies(pipe: Any) -> None:
    """A child that is killed by what it reads."""
    pipe.recv()
    pipe.send(READY)
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_bill_is_read_and_other_files_are_none() -> None:
    reader = BillReader()
    bill = reader.read("a.xml", cii(), TODAY)
    assert bill is not None
    assert bill.get("gross") == "119.00"
    first = reader._spare
    assert first is not None
    assert reader.read("a.xml", b"<note>hello</note>", TODAY) is None
    assert reader.read("a.pdf", b"\x89PNG", TODAY) is None
    with pytest.raises(Unreadable):
        reader.read("a.pdf", b"%PDF-1.7 no more", TODAY)
    assert reader._spare is first, "one child for all of them"
    first.kill()
    again = reader.read("a.xml", cii(), TODAY)
    assert again == bill, "one that is gone is replaced"
    assert reader._spare is not None
    reader._spare.kill()


def test_one_that_takes_too_long_or_dies_costs_itself() -> None:
    with pytest.raises(Unreadable, match="too long"):
        BillReader(0.05, sleeps).read("a.pdf", pdf("x"), TODAY)
    with pytest.raises(Unreadable, match="stops"):
        BillReader(5.0, dies).read("a.pdf", pdf("x"), TODAY)
