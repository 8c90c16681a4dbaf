"""What a model thinks aloud is not said, however it is cut into pieces."""

from __future__ import annotations

import pytest

from gigdesk.worker.model.thoughts import Thoughts


def _said(text: str, size: int, thinking: bool = False) -> str:
    thoughts = Thoughts(thinking)
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    return "".join(thoughts.feed(piece) for piece in pieces) + thoughts.rest()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_thoughts_are_left_out(size: int) -> None:
    assert _said("<think>hm, hm</think>Dear <b> Jo <think>x</think>!", size) == "Dear <b> Jo !"


@pytest.mark.parametrize("size", [1, 5, 100])
def test_a_prompt_that_opened_the_thinking(size: int) -> None:
    assert _said("well, well</think>Hello", size, thinking=True) == "Hello"


def test_what_only_looks_like_a_mark_is_said() -> None:
    assert _said("a < b <thin", 1) == "a < b <thin"


def test_a_thought_without_end_says_nothing() -> None:
    assert _said("<think>for ever", 4) == ""
