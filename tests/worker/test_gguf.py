"""Headers of model files: what is whole is described, what is not is named."""

from __future__ import annotations

import contextlib
import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigdesk.worker.model.gguf import Damaged, read_header
from tests.models import tiny

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return tiny.random(tmp_path_factory.mktemp("gguf") / "whole.gguf").read_bytes()


def test_a_whole_file_describes_itself(tmp_path: Path) -> None:
    header = read_header(tiny.random(tmp_path / "a.gguf", tiny.Shape(layers=3, context=1024)))

    assert (header.architecture, header.context, header.layers) == ("llama", 1024, 3)
    assert (header.width, header.heads, header.heads_kv) == (128, 4, 4)
    assert header.has_template
    assert header.memory(1000) == 2 * 2 * 128 * 3 * 1000


def test_a_really_trained_model(shared: Path) -> None:
    header = read_header(shared / "models" / "stories260K.gguf")

    assert (header.architecture, header.context, header.heads, header.heads_kv) == (
        "llama",
        512,
        8,
        4,
    )


def test_every_kind_of_damage_is_named(tmp_path: Path, whole: bytes) -> None:
    reasons = {}
    for kind, content in tiny.damaged(whole).items():
        path = tmp_path / "broken.gguf"
        path.write_bytes(content)
        if kind == "flipped":
            assert read_header(path).layers == 2
            continue
        with pytest.raises(Damaged) as caught:
            read_header(path)
        reasons[kind] = str(caught.value)

    assert reasons["a web page"].startswith("it is a web page")
    assert reasons["empty"] == "the file is empty"
    assert reasons["cut in half"] == reasons["only a header"] == "the file is cut short"
    assert all(reasons.values())


def test_weights_cut_by_one_byte(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "short.gguf"
    path.write_bytes(whole[:-1])

    with pytest.raises(Damaged, match="cut short"):
        read_header(path)


@settings(max_examples=300, deadline=None)
@given(at=st.integers(4, 20_000), value=st.integers(0, 2**64 - 1))
def test_any_number_overwritten_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, at: int, value: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "overwritten.gguf"
    path.write_bytes(whole[:at] + struct.pack("<Q", value) + whole[at + 8 :])
    with contextlib.suppress(Damaged):
        assert read_header(path).layers > 0
