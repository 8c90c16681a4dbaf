"""Builds tiny but true GGUF files in a moment: reciting, random and damaged ones, from nothing.

They run through all of llama.cpp: its loader, tokenizer, sampler and a chat template. The reciting
one has empty attention and feed-forward blocks, which leaves a bigram model: the output row of each
piece points at the embedding of the piece before it, so that decoding says one text and stops.
Nothing here says anything about the quality of a real model.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import gguf
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
CONTROLS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
THINKING = ("<think>", "</think>")

_NORMAL, _CONTROL = int(gguf.TokenType.NORMAL), int(gguf.TokenType.CONTROL)
_USER = int(gguf.TokenType.USER_DEFINED)
_SENTENCES = (
    "The invoice is open and due next week. Thank you for the reply, I will look at the numbers"
    " today and come back with a plan for the website. Could we talk about the scope on Monday?"
    " The first part of the work is done and the second begins when the texts are here. With best"
    " wishes and many thanks for the quick answer about the offer and the hours."
)


@dataclass(frozen=True)
class Vocabulary:
    """Pieces of a byte-level BPE with the merges that make them."""

    pieces: list[str]
    types: list[int]
    merges: list[str]

    def __len__(self) -> int:
        return len(self.pieces)

    def id(self, piece: str) -> int:
        return self.pieces.index(piece)


def letters() -> dict[int, str]:
    """The visible letter GPT-2's vocabulary writes for each byte."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {
        byte: chr(256 + place) for place, byte in enumerate(hidden)
    }


_LETTERS = letters()


def spelled(text: str) -> str:
    """The text as the vocabulary writes it."""
    return "".join(_LETTERS[byte] for byte in text.encode())


def vocabulary(extra: list[str] | None = None, merges_wanted: int = 200) -> Vocabulary:
    """Bytes, the commonest pairs of a few sentences, the pieces asked for, the control tokens."""
    pieces = [_LETTERS[byte] for byte in range(256)]
    words = [[*spelled(word)] for word in re.findall(r" ?[A-Za-z]+|[^A-Za-z]", _SENTENCES)]
    merges: list[str] = []
    while len(merges) < merges_wanted:
        pairs = Counter(pair for word in words for pair in pairwise(word))
        if not pairs:
            break
        left, right = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(f"{left} {right}")
        pieces.append(left + right)
        words = [_merged(word, left, right) for word in words]
    pieces += [spelled(piece) for piece in extra or ()]
    types = [_NORMAL] * len(pieces)
    return Vocabulary(
        [*pieces, *THINKING, *CONTROLS],
        types + [_USER] * len(THINKING) + [_CONTROL] * len(CONTROLS),
        merges,
    )


def _merged(word: list[str], left: str, right: str) -> list[str]:
    out: list[str] = []
    for letter in word:
        if out and out[-1] == left and letter == right:
            out[-1] = left + right
        else:
            out.append(letter)
    return out


def pieces_of(text: str, longest: int = 24) -> list[str]:
    """The text cut, where it can at words, into pieces none of which comes twice."""
    known = set(vocabulary().pieces)
    seen: set[str] = set()
    out: list[str] = []
    start = 0
    while start < len(text):
        ends = [end for end in range(start + 1, min(len(text), start + longest) + 1)
                if len(text[start:end].encode()) <= longest]  # fmt: skip
        at_words = [end for end in ends if end == len(text) or text[end].isspace()]
        taken = {end for end in ends
                 if text[start:end] in seen or spelled(text[start:end]) in known}  # fmt: skip
        end = next((end for end in [*at_words, *reversed(ends)] if end not in taken), 0)
        if not end:
            raise ValueError(f"cannot cut {text[start : start + 30]!r} into a piece of its own")
        seen.add(text[start:end])
        out.append(text[start:end])
        start = end
    return out


@dataclass(frozen=True)
class Shape:
    """How big a model is."""

    width: int = 128
    inner: int = 256
    layers: int = 2
    heads: int = 4
    context: int = 2048


def recite(
    path: Path, text: str, template: str | None = CHATML, shape: Shape | None = None
) -> Path:
    """A model that answers every prompt ending in a new line with this text, and stops."""
    shape = shape or Shape(layers=1)
    pieces = pieces_of(text)
    words = vocabulary(pieces)
    rng = np.random.default_rng(7)
    inward = rng.standard_normal((len(words), shape.width)).astype(np.float32)
    inward /= np.linalg.norm(inward, axis=1, keepdims=True)
    outward = np.zeros_like(inward)
    chain = [words.id(spelled("\n")), *(words.id(spelled(piece)) for piece in pieces)]
    for before, after in zip(chain, [*chain[1:], words.id("<|im_end|>")], strict=True):
        outward[after] += 2 * inward[before]
    return _write(path, words, shape, inward, outward, scale=0.0, template=template)


def random(path: Path, shape: Shape | None = None, template: str | None = CHATML) -> Path:
    """A model of random weights, which never chooses to stop; as big as asked for."""
    shape = shape or Shape()
    words = vocabulary()
    rng = np.random.default_rng(11)
    inward = rng.standard_normal((len(words), shape.width), dtype=np.float32)
    outward = rng.standard_normal((len(words), shape.width), dtype=np.float32) * 0.02
    outward[-len(CONTROLS) - len(THINKING) :] = 0
    return _write(path, words, shape, inward, outward, scale=1.0, template=template)


def damaged(whole: bytes) -> dict[str, bytes]:
    """Broken files of many kinds, by what is wrong with them; `flipped` still loads."""

    def number(key: bytes, value: int) -> bytes:
        at = whole.index(key) + len(key) + 4
        return whole[:at] + struct.pack("<I", value) + whole[at + 4 :]

    def text(value: bytes) -> bytes:
        return struct.pack("<Q", len(value)) + value

    head = b"GGUF" + struct.pack("<I", 3)
    kinds = b"tokenizer.ggml.token_type"
    at_kinds = whole.index(kinds) + len(kinds) + 4
    arch = text(b"general.architecture") + struct.pack("<I", 8) + text(b"llama")
    return {
        "empty": b"",
        "a web page": b"<!doctype html><title>Not found</title>" * 40,
        "cut in half": whole[: len(whole) // 2],
        "only a header": whole[:64],
        "version of the future": whole[:4] + struct.pack("<I", 99) + whole[8:],
        "more keys than bytes": whole[:16] + struct.pack("<Q", 1 << 60) + whole[24:],
        "more tensors than bytes": whole[:8] + struct.pack("<Q", 1 << 60) + whole[16:],
        "no heads": number(b"llama.attention.head_count", 0),
        "a width that does not fit": number(b"llama.embedding_length", 7),
        "a key without a name": head + struct.pack("<QQQII", 1, 1, 0, 4, 1),
        "a tensor of nothing": (
            head + struct.pack("<QQ", 1, 1) + arch + text(b"token_embd.weight")
            + struct.pack("<IQQIQ", 2, 0, 4, 0, 0) + bytes(64)
        ),
        "an array of another kind": whole[:at_kinds] + struct.pack("<I", 0) + whole[at_kinds + 4 :],
        "flipped": whole[:-4096] + bytes(255 - byte for byte in whole[-4096:]),
    }  # fmt: skip


def _write(
    path: Path,
    words: Vocabulary,
    shape: Shape,
    inward: NDArray[np.float32],
    outward: NDArray[np.float32],
    *,
    scale: float,
    template: str | None,
) -> Path:
    writer = gguf.GGUFWriter(str(path), "llama")
    _describe(writer, words, shape, template)
    _add(writer, "token_embd", inward)
    _add(writer, "output_norm", np.ones(shape.width), np.float32)
    _add(writer, "output", outward)
    drawn: dict[tuple[int, int], NDArray[np.float16]] = {}
    rng = np.random.default_rng(5)
    wide, inner = shape.width, shape.inner
    sizes = {
        "attn_q": (wide, wide), "attn_k": (wide, wide), "attn_v": (wide, wide),
        "attn_output": (wide, wide), "ffn_gate": (inner, wide), "ffn_up": (inner, wide),
        "ffn_down": (wide, inner),
    }  # fmt: skip
    for layer in range(shape.layers):
        for norm in ("attn_norm", "ffn_norm"):
            _add(writer, f"blk.{layer}.{norm}", np.ones(wide), np.float32)
        for name, size in sizes.items():
            if size not in drawn:
                weights = rng.standard_normal(size, dtype=np.float32) * (scale / size[1] ** 0.5)
                drawn[size] = weights.astype(np.float16)
            _add(writer, f"blk.{layer}.{name}", drawn[size])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _describe(
    writer: gguf.GGUFWriter, words: Vocabulary, shape: Shape, template: str | None
) -> None:
    writer.add_name("A model for tests")
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.inner)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_vocab_size(len(words))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(words.pieces)
    writer.add_token_types(words.types)
    writer.add_token_merges(words.merges)
    writer.add_bos_token_id(words.id("<|endoftext|>"))
    writer.add_eos_token_id(words.id("<|im_end|>"))
    writer.add_add_bos_token(False)
    if template is not None:
        writer.add_chat_template(template)


def _add(writer: gguf.GGUFWriter, name: str, values: NDArray, kind: type = np.float16) -> None:
    writer.add_tensor(f"{name}.weight", values.astype(kind, copy=False))
