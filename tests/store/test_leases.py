"""What one process holds nobody else takes, until it is given back or its holder is gone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gigdesk.domain.errors import Refused
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.leases import LeaseStore, held, process_holder


def test_a_lease_is_held_by_one(db: DeskDb) -> None:
    leases = LeaseStore(db)
    assert leases.take("model", "window")
    assert leases.take("model", "window"), "its holder renews it"
    assert not leases.take("model", "command")
    assert leases.take("outbox", "command"), "another name is another lease"
    leases.give_back("model", "command")
    assert not leases.take("model", "command"), "only its holder gives it back"
    leases.give_back("model", "window")
    assert leases.take("model", "command")


def test_the_lease_of_a_process_that_is_gone_expires(db: DeskDb) -> None:
    gone = LeaseStore(db, seconds=-1)
    assert gone.take("model", "killed")
    assert LeaseStore(db).take("model", "next")


def broken_work(leases: LeaseStore) -> None:
    with held(leases, "model", "a", Refused("busy")) as renew:
        renew()
        assert not leases.take("model", "b")
        raise ValueError("broke")


def test_held_gives_it_back_whatever_happens(db: DeskDb) -> None:
    leases = LeaseStore(db)
    with pytest.raises(ValueError, match="broke"):
        broken_work(leases)
    assert leases.take("model", "b")
    with pytest.raises(Refused), held(leases, "model", "a", Refused("busy")):
        pass


def test_renewing_keeps_it(db: DeskDb) -> None:
    with held(LeaseStore(db, seconds=-1), "model", "a", Refused("busy")) as renew:
        assert LeaseStore(db).take("model", "b")
        LeaseStore(db).give_back("model", "b")
        renew()
        held_again = db.read().conn.execute("SELECT holder FROM leases").fetchall()
    assert held_again == [("a",)]


def test_the_lease_of_a_named_process_is_free_as_soon_as_it_is_gone(db: DeskDb) -> None:
    leases = LeaseStore(db, seconds=900)
    ended = subprocess.run(
        [sys.executable, "-c", "from gigdesk.store.leases import process_holder as p; print(p())"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert leases.take("outbox", ended)
    here = process_holder()
    assert leases.take("outbox", here), "its process has ended"
    assert not leases.take("outbox", process_holder()), "this one lives"
    leases.give_back("outbox", here)
    pid, started, rest = here.removeprefix("process:").split(":")
    reused = f"process:{pid}:{started}9:{rest}"
    assert leases.take("outbox", reused)
    assert leases.take("outbox", here), "the number is that of another process by now"
