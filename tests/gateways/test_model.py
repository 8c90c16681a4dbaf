"""The model's process from this side: it streams, stops, dies and rests, and the app stays well."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from typing import TYPE_CHECKING

import psutil
import pytest

from gigdesk.domain.errors import NotFound, Trouble, Unreadable
from gigdesk.domain.models import Crashed
from gigdesk.domain.prompts import Finished, Never, Part, Progress, Prompt, Wrote
from gigdesk.gateways.model import LocalModel
from tests.models import tiny

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gigdesk.domain.prompts import Step, Stop

pytestmark = pytest.mark.model

ASK = (Part("You answer mails.", trusted=True, role="system"), Part("Hello there."))
SLOW = tiny.Shape(width=512, inner=1024, layers=4)


@pytest.fixture
def model(tmp_path: Path) -> Iterator[LocalModel]:
    local = LocalModel(tmp_path / "models")
    yield local
    local.rest()


def _steps(
    model: LocalModel, path: Path, prompt: Prompt, stop: Stop | None = None
) -> Iterator[Step]:
    return model.stream(model.fingerprint(path, Never()), path, prompt, stop or Never())


def _text(steps: list[Step]) -> str:
    return "".join(step.text for step in steps if isinstance(step, Wrote))


def _child() -> psutil.Process:
    (child,) = (c for c in multiprocessing.active_children() if c.name == "gigdesk-model")
    return psutil.Process(child.pid)


def test_it_streams_what_the_model_says(model: LocalModel, tmp_path: Path) -> None:
    path = tiny.recite(tmp_path / "say.gguf", "Hello Jonas, thank you for your mail of today.")

    steps = list(_steps(model, path, Prompt(ASK)))

    assert _text(steps) == "Hello Jonas, thank you for your mail of today."
    assert steps[0] == Progress("loading")
    assert sum(isinstance(step, Wrote) for step in steps) > 3
    assert isinstance(steps[-1], Finished)
    assert model.state().power == "ready"


def test_two_files_one_after_the_other(model: LocalModel, tmp_path: Path) -> None:
    first = tiny.recite(tmp_path / "a.gguf", "The first one.")
    second = tiny.recite(tmp_path / "b.gguf", "The second one.")

    said = [_text(list(_steps(model, path, Prompt(ASK)))) for path in (first, second, first)]

    assert said == ["The first one.", "The second one.", "The first one."]


def test_the_child_is_polite_and_writes_to_no_console(
    model: LocalModel, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    list(_steps(model, tiny.random(tmp_path / "r.gguf"), Prompt(ASK, 3)))

    assert _child().nice() >= psutil.Process().nice()
    assert _child().nice() == 10
    assert capfd.readouterr() == ("", "")
    assert (tmp_path / "models" / "model.log").exists()


def test_stopped_while_writing_it_stays_usable(model: LocalModel, tmp_path: Path) -> None:
    path, stop = tiny.random(tmp_path / "r.gguf", SLOW), threading.Event()
    steps = []
    for step in _steps(model, path, Prompt(ASK, 1500), stop):
        steps.append(step)
        if isinstance(step, Wrote):
            stop.set()
    child = _child().pid

    assert steps[-1] == Finished("stopped")
    assert len(steps) < 20
    assert _text(list(_steps(model, path, Prompt(ASK, 5))))
    assert _child().pid == child


def test_stopped_while_reading_it_stays_usable(model: LocalModel, tmp_path: Path) -> None:
    path, stop = tiny.random(tmp_path / "r.gguf", SLOW), threading.Event()
    long = Prompt((*ASK, Part("words and words " * 300)), 20)
    steps = []
    for step in _steps(model, path, long, stop):
        steps.append(step)
        if isinstance(step, Progress) and step.phase == "reading":
            stop.set()

    assert steps[-1] == Finished("stopped")
    assert not _text(steps)
    assert _text(list(_steps(model, path, Prompt(ASK, 5))))


def test_leaving_the_iterator_stops_the_model(model: LocalModel, tmp_path: Path) -> None:
    path = tiny.random(tmp_path / "r.gguf", SLOW)
    stream = _steps(model, path, Prompt(ASK, 1500))
    assert any(isinstance(step, Wrote) for step in stream)
    stream.close()

    assert _text(list(_steps(model, path, Prompt(ASK, 5))))


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs POSIX signals")
def test_a_child_that_hangs_is_ended(model: LocalModel, tmp_path: Path) -> None:
    path, stop = tiny.random(tmp_path / "r.gguf", SLOW), threading.Event()
    steps = []
    for step in _steps(model, path, Prompt(ASK, 1500), stop):
        steps.append(step)
        if isinstance(step, Wrote) and not stop.is_set():
            hanging = _child()
            hanging.suspend()
            stop.set()

    assert steps[-1] == Finished("stopped")
    assert not hanging.is_running()
    assert _text(list(_steps(model, path, Prompt(ASK, 5))))


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGILL])
def test_a_crash_is_trouble_and_nothing_is_loaded_again_by_itself(
    model: LocalModel, tmp_path: Path, how: signal.Signals
) -> None:
    path = tiny.random(tmp_path / "r.gguf", SLOW)
    stream = _steps(model, path, Prompt(ASK, 1500))
    assert any(isinstance(step, Wrote) for step in stream)
    os.kill(_child().pid, how)
    with pytest.raises(Crashed) as caught:
        list(stream)

    assert "unharmed" in caught.value.advice
    assert model.state().power == "resting"
    assert multiprocessing.active_children() == []
    assert _text(list(_steps(model, path, Prompt(ASK, 5))))


def test_it_rests_by_itself_and_wakes(tmp_path: Path) -> None:
    model = LocalModel(tmp_path / "models", idle_seconds=0.05)
    path = tiny.recite(tmp_path / "say.gguf", "Awake again.")
    for _ in range(2):
        assert _text(list(_steps(model, path, Prompt(ASK)))) == "Awake again."
        for child in multiprocessing.active_children():
            child.join(20)
        assert model.state().power == "resting"


def test_one_answer_at_a_time(model: LocalModel, tmp_path: Path) -> None:
    path = tiny.recite(tmp_path / "say.gguf", "One by one.")
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.append(_text(list(_steps(model, path, Prompt(ASK))))))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert said == ["One by one."] * 3


def test_waiting_for_another_window_can_be_stopped(model: LocalModel, tmp_path: Path) -> None:
    path = tiny.random(tmp_path / "r.gguf", SLOW)
    other = LocalModel(tmp_path / "models")
    busy = _steps(model, path, Prompt(ASK, 1500))
    assert any(isinstance(step, Wrote) for step in busy)
    stop = threading.Event()
    stop.set()

    assert list(_steps(other, path, Prompt(ASK, 5), stop)) == [Finished("stopped")]
    busy.close()
    assert _text(list(_steps(other, path, Prompt(ASK, 5))))
    other.rest()


def test_damaged_files_never_reach_llama_or_harm_nobody(model: LocalModel, tmp_path: Path) -> None:
    whole = tiny.random(tmp_path / "whole.gguf").read_bytes()
    outcomes = {}
    for kind, content in tiny.damaged(whole).items():
        path = tmp_path / "broken.gguf"
        path.write_bytes(content)
        try:
            list(_steps(model, path, Prompt(ASK, 3)))
            outcomes[kind] = "spoke"
        except Unreadable as reason:
            outcomes[kind] = reason.title

    # Flipped weights load and talk nonsense: only the hash, checked by the service, finds them.
    assert [kind for kind, outcome in outcomes.items() if outcome == "spoke"] == ["flipped"]


def test_a_file_llama_refuses_is_trouble(model: LocalModel, tmp_path: Path) -> None:
    whole = tiny.random(tmp_path / "whole.gguf").read_bytes()
    path = tmp_path / "odd.gguf"
    path.write_bytes(whole.replace(b"blk.0.attn_q.weight", b"blk.0.attn_Q.weight"))

    with pytest.raises(Trouble, match="cannot be loaded"):
        list(_steps(model, path, Prompt(ASK, 3)))
    assert model.state().power == "resting"


def test_a_model_larger_than_the_memory_is_refused(model: LocalModel, tmp_path: Path) -> None:
    path = tiny.random(tmp_path / "r.gguf")
    file = model.fingerprint(path, Never())
    huge = type(file)(file.path, psutil.virtual_memory().total * 2, file.modified, file.sha256)

    with pytest.raises(Trouble, match="too little memory"):
        list(model.stream(huge, path, Prompt(ASK, 3), Never()))
    assert multiprocessing.active_children() == []


def test_files_that_are_not_there(model: LocalModel, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        model.inspect(tmp_path / "none.gguf")
    with pytest.raises(NotFound):
        model.fingerprint(tmp_path, Never())


def test_size_and_time_say_whether_a_file_changed(model: LocalModel, tmp_path: Path) -> None:
    path = tiny.random(tmp_path / "r.gguf")
    file = model.fingerprint(path, Never())
    assert model.unchanged(file, path)

    path.write_bytes(path.read_bytes() + b"\0")
    assert not model.unchanged(file, path)
