"""`gigdesk sample`: what it answers, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from gigdesk.app import open_office
from gigdesk.cli.main import run
from gigdesk.domain.errors import Refused
from gigdesk.services.office import Office
from gigdesk.services.sample.filling import Amounts, Filled, Step, fill, is_empty
from gigdesk.services.sample.mark import is_sample, is_whole
from tests.conftest import NOW, PASSPHRASE


class Way:
    """The command line's way into a desk that a passphrase opens."""

    def __init__(self, home: Path | None, now: datetime | None) -> None:
        self._home, self._now = home, now

    def open(self) -> Office:
        assert self._home is not None
        moment = self._now or NOW
        return open_office(self._home, lambda _question: PASSPHRASE, lambda: moment)


def command(home: Path, *words: str) -> int:
    return run(["--home", str(home), "--now", NOW.isoformat(), *words], Way)  # type: ignore[arg-type]


@pytest.mark.slow
def test_it_fills_and_counts_and_will_not_do_it_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(tmp_path / "desk", "sample", "--seed", "3", "--json") == 0
    counted = json.loads(capsys.readouterr().out)
    assert counted == {
        "clients": 12, "messages": 400, "invoices": 90, "leads": 60, "events": 80,
    }  # fmt: skip
    assert command(tmp_path / "desk", "sample", "--json") == 1
    said = capsys.readouterr()
    assert "holds records already" in json.loads(said.out)["error"]["title"]
    assert "Nothing was changed" in said.err


@pytest.mark.parametrize("scale", ["0", "-1", "two", "1001", "1.5"])
def test_a_scale_that_makes_no_sense(tmp_path: Path, scale: str) -> None:
    assert command(tmp_path / "desk", "sample", "--scale", scale) == 2
    assert not (tmp_path / "desk").exists()


def test_a_desk_with_records_is_refused_and_stays_as_it_is(office: Office) -> None:
    office.clients.found_or_made({"name": "Somebody real"})
    with pytest.raises(Refused, match="holds records already"):
        next(fill(office))
    assert [each.name for each in office.clients.all()] == ["Somebody real"]
    assert office.inbox.total() == office.invoices.count() == office.calendar.count() == 0
    assert not is_sample(office)


def test_a_new_desk_is_empty_and_no_sample(office: Office) -> None:
    assert is_empty(office)
    assert not is_sample(office)
    assert not is_whole(office)


def test_scale_multiplies_what_is_promised() -> None:
    assert Amounts().times(3) == Amounts(1200, 270, 180, 240)


def test_a_small_one_has_exactly_what_was_asked(office: Office) -> None:
    filling = fill(office, 5, Amounts(messages=40, invoices=8, leads=10, events=22))
    ends: list[Filled] = []

    def walked() -> Iterator[Step]:
        ends.append((yield from filling))

    steps = list(walked())
    assert ends == [Filled(12, 40, 8, 10, 22)]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == 80
    assert office.now() == NOW, "the clock goes on"
