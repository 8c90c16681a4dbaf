"""The bridge: answers on the UI thread, changes announced once, clicks before long work."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from gigdesk.background.desk import Desk
from gigdesk.domain.errors import Trouble
from gigdesk.domain.topics import Changed, Topic
from gigdesk.services.office import Changes


@pytest.fixture
def desk(qapp: object) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def test_answers_land_on_the_ui_thread(desk: Desk, qtbot: QtBot) -> None:
    seen: list[tuple[str, bool]] = []
    for lane in (desk.ask, desk.fetch):
        lane(
            lambda: threading.current_thread().name,
            then=lambda name: seen.append(
                (name, threading.current_thread() is threading.main_thread())
            ),
        )
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert {name.split("_")[0] for name, _ in seen} == {"desk-reading", "desk-pool"}
    assert all(landed for _, landed in seen)


def test_a_change_is_announced_once(desk: Desk, qtbot: QtBot) -> None:
    told: list[Topic] = []
    desk.changed.connect(told.append)
    answers: list[Changed[int]] = []
    desk.do(lambda: Changed(7, Topic.INVOICES | Topic.CLIENTS), then=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert told == [Topic.INVOICES | Topic.CLIENTS]
    assert answers[0].value == 7


def test_trouble_goes_to_whoever_asked_or_to_all(desk: Desk, qtbot: QtBot) -> None:
    mine: list[Exception] = []

    def trouble() -> Changed[None]:
        raise Trouble("No", "Later")

    desk.do(trouble, failed=mine.append)
    qtbot.waitUntil(lambda: bool(mine))
    with qtbot.waitSignal(desk.failed) as caught:
        desk.do(trouble)
    assert isinstance(caught.args[0], Trouble)


@pytest.mark.allow_log
def test_a_bug_is_logged_and_told(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.failed) as caught:
        desk.ask(lambda: 1 / 0)
    assert isinstance(caught.args[0], ZeroDivisionError)


def test_pieces_land_as_they_come_then_the_answer(desk: Desk, qtbot: QtBot) -> None:
    seen: list[object] = []

    def stream() -> Iterator[str]:
        yield "a"
        yield "b"
        return "whole"

    desk.fetch(stream, piece=seen.append, then=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == ["a", "b", "whole"]


def test_a_click_goes_before_what_long_work_writes(desk: Desk, qtbot: QtBot) -> None:
    order: list[str] = []
    gate, busy = threading.Event(), threading.Event()

    def hold() -> Changed[None]:
        busy.set()
        gate.wait(5)
        return Changed(None, Topic.NONE)

    desk.do(hold)
    assert busy.wait(5)
    written = desk.fetch(
        lambda: [desk.write(lambda at=at: order.append(f"long {at}")) for at in range(2)]
    )
    qtbot.waitUntil(lambda: desk._writing._jobs.qsize() == 1)
    clicked = desk.do(lambda: Changed(order.append("click"), Topic.NONE))
    gate.set()
    qtbot.waitUntil(lambda: written.done() and clicked.done())
    assert order[0] == "click"


def test_what_long_work_wrote_is_announced(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.changed) as told:
        desk.fetch(lambda: desk.write(lambda: Changed(1, Topic.INBOX)))
    assert told.args == [Topic.INBOX]


def test_changes_of_another_process_are_announced(desk: Desk, qtbot: QtBot) -> None:
    version, counters = [1], {Topic.INBOX: 1, Topic.LEADS: 4}
    looked = threading.Event()

    def look() -> int:
        looked.set()
        return version[0]

    desk.watch(Changes(look, lambda: dict(counters)))
    qtbot.waitUntil(looked.is_set)
    qtbot.waitUntil(lambda: bool(desk._seen))
    with qtbot.waitSignal(desk.changed) as told:
        counters[Topic.LEADS] = 5
        version[0] = 2
    assert told.args == [Topic.LEADS]


def test_a_kept_connection_is_stopped_at_the_end(qapp: object) -> None:
    desk, stop, ended = Desk(), threading.Event(), threading.Event()

    def listen() -> None:
        stop.wait(10)
        ended.set()

    desk.keep(listen, stop=stop.set)
    desk.close()
    assert ended.is_set()


def test_trouble_that_was_caught_troubles_nobody_else(desk: Desk, qtbot: QtBot) -> None:
    mine: list[Exception] = []
    everyones: list[Exception] = []
    desk.failed.connect(everyones.append)

    def trouble() -> Changed[None]:
        raise Trouble("No", "Later")

    for lane in (desk.ask, desk.do, desk.fetch):
        lane(trouble, failed=mine.append)
    qtbot.waitUntil(lambda: len(mine) == 3)
    assert everyones == []


def test_a_failed_call_does_not_stop_its_lane(desk: Desk, qtbot: QtBot) -> None:
    failed: list[Exception] = []
    answers: list[object] = []

    def trouble() -> Changed[None]:
        raise Trouble("No", "Later")

    for lane in (desk.ask, desk.do, desk.fetch):
        lane(trouble, failed=failed.append)
        lane(lambda: Changed(1, Topic.NONE), then=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert len(failed) == 3


def test_trouble_in_the_middle_of_pieces_comes_after_them(desk: Desk, qtbot: QtBot) -> None:
    seen: list[object] = []

    def stream() -> Iterator[str]:
        yield "a"
        raise Trouble("Torn", "What was read is kept.")

    desk.fetch(stream, piece=seen.append, failed=lambda error: seen.append(str(error)))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["a", "Torn. What was read is kept."]


def test_what_long_work_cannot_write_is_its_own_failure(desk: Desk, qtbot: QtBot) -> None:
    seen: list[Exception] = []

    def trouble() -> None:
        raise Trouble("The disk is full", "")

    desk.fetch(lambda: desk.write(trouble), failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], Trouble)


def test_leaving_while_busy_finishes_the_change_and_stops_the_long_work(qapp: object) -> None:
    desk = Desk()
    order: list[str] = []
    begun, gate = threading.Event(), threading.Event()

    def change() -> Changed[None]:
        begun.set()
        gate.wait(5)
        order.append("changed")
        return Changed(None, Topic.NONE)

    def endless() -> Iterator[int]:
        try:
            at = 0
            while True:
                at += 1
                desk.write(lambda: order.append("written"))
                yield at
        finally:
            order.append("stopped")

    desk.fetch(endless)
    desk.do(change)
    waiting = desk.do(lambda: Changed(order.append("waited for its turn"), Topic.NONE))
    assert begun.wait(5)
    threading.Timer(0.05, gate.set).start()
    desk.close()
    assert "changed" in order
    assert "stopped" in order
    assert waiting.done()
    assert "waited for its turn" in order


def test_what_lands_after_leaving_lands_nowhere(qapp: object, qtbot: QtBot) -> None:
    desk = Desk()
    landed: list[object] = []
    answered = desk.ask(lambda: 1, then=landed.append)
    desk.close()
    assert answered.done()
    told: list[int] = []
    other = Desk()
    other.ask(lambda: 2, then=told.append)
    qtbot.waitUntil(lambda: bool(told))
    other.close()
    assert landed == []


def test_twenty_thousand_emits_take_no_reference(desk: Desk) -> None:
    # PySide6 6.12.0 loses one of None at each on Python 3.11 and aborts the process after some.
    class Bell(QObject):
        rung = Signal(int)
        told = Signal(object)

    bell, heard = Bell(), [0, 0]

    def on_rung(number: int) -> None:
        heard[0] += number

    def on_told(thing: object) -> None:
        heard[1] += thing is None

    bell.rung.connect(on_rung)
    bell.told.connect(on_told)
    # What 3.12 calls immortal has no count that says anything.
    before = sys.getrefcount(None)
    for at in range(20_000):
        bell.rung.emit(at)
        bell.told.emit(None)
    assert heard == [sum(range(20_000)), 20_000]
    if sys.version_info < (3, 12):
        assert abs(sys.getrefcount(None) - before) < 1000


def test_the_library_of_the_window_is_one_that_holds(qapp: object) -> None:
    import PySide6

    assert PySide6.__version_info__[:2] < (6, 12)


def test_what_still_looks_at_a_desk_that_was_left_asks_for_nothing(qtbot: QtBot) -> None:
    desk = Desk()
    desk.close()
    begun: list[int] = []
    assert desk.fetch(lambda: begun.append(1)).cancelled()
    assert begun == []


def test_what_was_taken_down_meanwhile_is_not_told(desk: Desk, qtbot: QtBot) -> None:
    class Teller(QObject):
        def take(self, answer: object) -> None:
            raise AssertionError(answer)

    teller = Teller()
    landed: list[object] = []
    desk.ask(lambda: 1, then=teller.take)
    desk.ask(lambda: 2, then=partial(teller.take))
    shiboken6.delete(teller)
    desk.ask(lambda: 3, then=landed.append)
    qtbot.waitUntil(lambda: landed == [3])
