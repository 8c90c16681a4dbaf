"""The heartbeat, on a real scheduler: it only posts, one beat at a time, none after the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gigdesk.background.clock import Clock
from gigdesk.background.desk import Desk
from gigdesk.domain.topics import Changed, Topic


@pytest.fixture
def desk(qapp: object) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def test_it_beats_at_once_and_again_on_the_pool(desk: Desk, qtbot: QtBot) -> None:
    beats: list[str] = []
    clock = Clock(desk, lambda: beats.append(threading.current_thread().name), seconds=0.05)
    clock.start()
    qtbot.waitUntil(lambda: len(beats) >= 4)
    clock.stop()
    assert {name.rpartition("_")[0] for name in beats} == {"desk-pool"}


def test_what_a_beat_changed_is_announced(desk: Desk, qtbot: QtBot) -> None:
    clock = Clock(desk, lambda: Changed([], Topic.ROUTINES), seconds=30)
    with qtbot.waitSignal(desk.changed) as told:
        clock.start()
    clock.stop()
    assert told.args == [Topic.ROUTINES]


def test_a_long_beat_is_never_joined_by_a_second(desk: Desk, qtbot: QtBot) -> None:
    inside, most, begun = [0], [0], [0]
    release = threading.Event()

    def beat() -> None:
        begun[0] += 1
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        release.wait(0.3)
        inside[0] -= 1

    clock = Clock(desk, beat, seconds=0.02)
    clock.start()
    for _ in range(50):
        clock.now()
    qtbot.waitUntil(lambda: begun[0] >= 2)
    release.set()
    clock.stop()
    assert most == [1]


@pytest.mark.allow_log
def test_a_beat_that_failed_is_followed_by_the_next(desk: Desk, qtbot: QtBot) -> None:
    beats: list[int] = []
    desk.failed.connect(lambda _error: None)

    def beat() -> None:
        beats.append(1)
        raise KeyError("a bug")

    clock = Clock(desk, beat, seconds=0.05)
    clock.start()
    qtbot.waitUntil(lambda: len(beats) >= 3)
    clock.stop()


def test_after_the_end_nothing_beats(desk: Desk, qtbot: QtBot) -> None:
    beats: list[int] = []
    clock = Clock(desk, lambda: beats.append(1), seconds=0.02)
    clock.start()
    qtbot.waitUntil(lambda: len(beats) >= 2)
    clock.stop()
    desk.close()
    count = len(beats)
    assert [thread.name for thread in threading.enumerate() if "APScheduler" in thread.name] == []
    assert len(beats) == count


def test_a_clock_that_never_started_stops_too(desk: Desk) -> None:
    Clock(desk, lambda: None).stop()
