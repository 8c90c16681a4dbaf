"""Reads the header of a GGUF file with every length checked, before llama.cpp may touch the file.

Files from outside may be cut short, renamed web pages, or made to crash a loader. Whatever does not
add up raises `Damaged` with the reason; only hashing finds flipped bits in the weights.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gigdesk.domain.prompts import Header
from gigdesk.domain.words import t

HEADER_MOST = 48 << 20
KEYS_MOST = 4096
TENSORS_MOST = 65_536
NAME_MOST = 256
STRING_MOST = 4 << 20
ITEMS_MOST = 4 << 20

# GGUF value types: how `struct` reads each number.
_NUMBERS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_STRING, _ARRAY = 8, 9
_INT32S = {4, 5}

# Tensor types: how many values a block holds, and its bytes.
_BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34),
    9: (32, 36), 10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210),
    15: (256, 292), 30: (1, 2),
}  # fmt: skip


class Damaged(Exception):
    """Why a file is no whole model. The words are fit to show."""


@dataclass
class _Reader:
    data: bytes
    size: int
    at: int = 0

    def take(self, form: str) -> Any:
        """One number."""
        width = struct.calcsize("<" + form)
        self.need(width)
        value = struct.unpack_from("<" + form, self.data, self.at)[0]
        self.at += width
        return value

    def text(self, most: int) -> str:
        """A string with its length before it."""
        length = self.take("Q")
        if length > most:
            raise Damaged(t("a text in it is longer than any model's"))
        self.need(length)
        raw = self.data[self.at : self.at + length]
        self.at += length
        return raw.decode("utf-8", "replace")

    def need(self, width: int) -> None:
        """There must be this much left."""
        if width > self.size - self.at:
            raise Damaged(t("the file is cut short"))
        if width > len(self.data) - self.at:
            raise Damaged(t("its table of contents is longer than any model's"))


@dataclass
class _Keys:
    values: dict[str, Any] = field(default_factory=dict)

    def number(self, name: str, default: int = 0) -> int:
        value = self.values.get(f"{self.values['general.architecture']}.{name}", default)
        if isinstance(value, list):
            value = max((item for item in value if isinstance(item, int)), default=0)
        return value if isinstance(value, int) and 0 <= value < 1 << 40 else 0


def read_header(path: Path) -> Header:
    """What the file says of itself. Raises Damaged with the reason, OSError when unreadable."""
    with path.open("rb") as file:
        # Read, not mapped: a mapped file that is cut short meanwhile would end this process.
        reader = _Reader(file.read(HEADER_MOST), path.stat().st_size)
    if reader.data[:4] != b"GGUF":
        raise Damaged(_what_else(reader.data))
    reader.at = 4
    if reader.take("I") not in {2, 3}:
        raise Damaged(t("it is of a GGUF version this app does not know"))
    return _header(reader)


def _header(reader: _Reader) -> Header:
    tensors, count = reader.take("Q"), reader.take("Q")
    if count > KEYS_MOST or not 0 < tensors <= TENSORS_MOST:
        raise Damaged(t("its table of contents makes no sense"))
    keys = _Keys()
    for _ in range(count):
        name = reader.text(NAME_MOST)
        if not name:
            raise Damaged(t("a value in it has no name"))
        keys.values[name] = _value(reader, reader.take("I"))
    header = _described(keys)
    _check_tensors(reader, tensors, keys.values.get("general.alignment", 32), header)
    return header


def _value(reader: _Reader, kind: int) -> Any:
    if kind in _NUMBERS:
        return reader.take(_NUMBERS[kind])
    if kind == _STRING:
        return reader.text(STRING_MOST)
    if kind == _ARRAY:
        return _array(reader)
    raise Damaged(t("a value in it is of an unknown kind"))


def _array(reader: _Reader) -> list[Any] | tuple[int, int]:
    """Short arrays of numbers as a list; of the others, which kind and how many."""
    kind, count = reader.take("I"), reader.take("Q")
    if count > ITEMS_MOST:
        raise Damaged(t("a list in it is longer than any model's"))
    if kind in _NUMBERS:
        reader.need(count * struct.calcsize("<" + _NUMBERS[kind]))
        if count <= 1024:
            return [reader.take(_NUMBERS[kind]) for _ in range(count)]
        reader.at += count * struct.calcsize("<" + _NUMBERS[kind])
    elif kind == _STRING:
        for _ in range(count):
            length = reader.take("Q")
            reader.need(length)
            reader.at += length
    else:
        raise Damaged(t("a list in it is of an unknown kind"))
    return kind, count


def _described(keys: _Keys) -> Header:
    architecture = keys.values.get("general.architecture")
    if not isinstance(architecture, str) or not architecture:
        raise Damaged(t("it does not say what kind of model it is"))
    header = Header(
        architecture=architecture,
        context=keys.number("context_length"),
        name=str(keys.values.get("general.name", "")),
        layers=keys.number("block_count"),
        width=keys.number("embedding_length"),
        heads=keys.number("attention.head_count"),
        heads_kv=keys.number("attention.head_count_kv", keys.number("attention.head_count")),
        key_length=keys.number("attention.key_length"),
        value_length=keys.number("attention.value_length"),
        has_template=isinstance(keys.values.get("tokenizer.chat_template"), str),
    )
    if not (header.context and header.layers and header.width and header.heads):
        raise Damaged(t("it lacks the numbers that describe a language model"))
    kinds = keys.values.get("tokenizer.ggml.token_type")
    if isinstance(kinds, tuple) and kinds[0] not in _INT32S:
        raise Damaged(t("its vocabulary is of an unknown kind"))
    if "tokenizer.ggml.tokens" not in keys.values:
        raise Damaged(t("it has no vocabulary"))
    return header


def _check_tensors(reader: _Reader, count: int, alignment: object, header: Header) -> None:
    ends, widths = [], {}
    for _ in range(count):
        name = reader.text(NAME_MOST)
        dimensions = reader.take("I")
        if not 0 < dimensions <= 4:
            raise Damaged(t("a tensor in it has no shape"))
        shape = [reader.take("Q") for _ in range(dimensions)]
        kind, offset = reader.take("I"), reader.take("Q")
        ends.append(offset + _bytes(shape, kind))
        widths[name] = shape[0]
    if not isinstance(alignment, int) or not 0 < alignment <= 1 << 16:
        raise Damaged(t("its table of contents makes no sense"))
    begin = -(-reader.at // alignment) * alignment
    if begin + max(ends) > reader.size:
        raise Damaged(t("the file is cut short"))
    if widths.get("token_embd.weight", header.width) != header.width:
        raise Damaged(t("its parts do not fit each other"))


def _bytes(shape: list[int], kind: int) -> int:
    values = 1
    for side in shape:
        values *= side
    if not 0 < values < 1 << 48:
        raise Damaged(t("a tensor in it has no shape"))
    per_block, block = _BLOCKS.get(kind, (256, 1))
    return -(-values // per_block) * block


def _what_else(start: bytes) -> str:
    if not start:
        return t("the file is empty")
    if start[:64].lstrip()[:1] == b"<":
        return t("it is a web page, not a model: the download went wrong")
    return t("it is no GGUF file")
