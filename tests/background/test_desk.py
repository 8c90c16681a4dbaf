"""The bridge: answers on the UI thread, changes announced once, clicks before long work."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
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
