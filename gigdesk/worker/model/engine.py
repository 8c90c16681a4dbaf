"""One loaded model: counts, reads and writes tokens. Lives in the child process only.

llama.cpp is not safe to use from two threads: all of this runs on the child's main thread.
"""

from __future__ import annotations

import codecs
import ctypes
import re
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import llama_cpp

from gigdesk.domain.errors import Trouble
from gigdesk.domain.prompts import Ending, Finished, LeftOut, Progress, Prompt, Wrote
from gigdesk.domain.words import t
from gigdesk.worker.model.template import Segment, segments
from gigdesk.worker.model.thoughts import MARKS, Thoughts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gigdesk.domain.prompts import Part, Step

# How many tokens are read between two looks at the flag and two words about progress.
BATCH = 256
_MARKED = llama_cpp.LLAMA_TOKEN_ATTR_CONTROL | llama_cpp.LLAMA_TOKEN_ATTR_USER_DEFINED
_ABORT = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p)


class Stopped(Exception):
    """The flag was raised while the prompt was read."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A prompt as tokens, and the parts that did not fit."""

    ids: list[int]
    left_out: tuple[str, ...]


class Engine:
    """A model in memory."""

    def __init__(self, path: str, context: int, threads: int) -> None:
        started = time.perf_counter()
        self._llm = llama_cpp.Llama(
            path,
            n_ctx=context,
            n_batch=min(BATCH, context),
            n_threads=threads,
            n_threads_batch=threads,
            use_mmap=True,
            verbose=False,
        )
        self._model = self._llm._model
        self._vocab = self._model.vocab
        self._bos = self._llm.token_bos()
        raw = llama_cpp.llama_model_chat_template(self._llm.model, None)
        self._template = raw.decode("utf-8", "replace") if raw else None
        self._marked = {i: self._text(i) for i in range(self._llm.n_vocab()) if self._is_marked(i)}
        self.context = self._llm.n_ctx()
        self.load_seconds = time.perf_counter() - started

    def write(self, prompt: Prompt, stop: Callable[[], bool]) -> Iterator[Step]:
        """Read the prompt, then write the answer, piece by piece. Raises Trouble when it does not
        fit; nothing is ever cut off unseen."""
        plan = self.plan(prompt)
        if plan.left_out:
            yield LeftOut(plan.left_out)
        started = time.perf_counter()
        try:
            yield from self._read(plan.ids, stop)
        except Stopped:
            yield Finished("stopped", len(plan.ids))
            return
        read = time.perf_counter()
        written, ending = 0, "done"
        for text, count, end in self._answer(plan.ids, prompt, stop):
            written, ending = count, end
            if text:
                yield Wrote(text)
        yield Finished(
            _ending(ending),
            len(plan.ids),
            written,
            read - started,
            time.perf_counter() - read,
            self.load_seconds,
        )

    def plan(self, prompt: Prompt) -> Plan:
        """The prompt as tokens. Spare parts are left out, last first, until it fits."""
        parts = list(prompt.parts)
        left_out: list[str] = []
        while True:
            ids = self._ids(parts)
            room = self.context - prompt.answer_tokens
            if len(ids) <= room:
                return Plan(ids, tuple(left_out))
            spare = next((part for part in reversed(parts) if part.spare), None)
            if spare is None:
                raise Trouble(
                    t("This is too long for the model"),
                    t(
                        "It has {n} tokens, the model reads {room}. Choose a model with a longer"
                        " context, or answer from a template.",
                        n=len(ids),
                        room=max(room, 0),
                    ),
                )
            parts.remove(spare)
            left_out.append(spare.name)

    def _ids(self, parts: list[Part]) -> list[int]:
        bos, eos = self._text(self._bos), self._text(self._llm.token_eos())
        ids: list[int] = []
        for segment in segments(self._template, parts, bos, eos):
            ids += self.tokens(segment)
        if self._model.add_bos_token() and ids[:1] != [self._bos]:
            ids.insert(0, self._bos)
        return ids

    def tokens(self, segment: Segment) -> list[int]:
        """One segment as tokens; untrusted text never gives a control token."""
        if segment.trusted:
            return self._tokenize(segment.text, special=True)
        return self._harmless(segment.text)

    def _harmless(self, text: str) -> list[int]:
        """llama.cpp still matches user-defined tokens such as a thinking mark in plain text: the
        text is cut within such words, so that they read the same and control nothing."""
        marks: set[str] = set()
        while True:
            ids = [i for piece in _cut(text, marks) for i in self._tokenize(piece, special=False)]
            strange = {self._marked[i] for i in ids if i in self._marked}
            strange = {mark for mark in strange if len(mark) > 1 and mark.strip()}
            if strange <= marks:
                return [i for i in ids if self._marked.get(i) not in strange]
            marks |= strange

    def _read(self, ids: list[int], stop: Callable[[], bool]) -> Iterator[Progress]:
        """Take the prompt in; what is the same as last time need not be read again."""
        llm = self._llm
        same = 0
        for known, wanted in zip(llm.input_ids[: llm.n_tokens].tolist(), ids[:-1], strict=False):
            if known != wanted:
                break
            same += 1
        if same and llm._ctx.kv_cache_seq_rm(-1, same, -1):
            llm.n_tokens = same
        else:
            llm.reset()  # type: ignore[no-untyped-call]
        callback = _ABORT(lambda _data: stop())
        llama_cpp.llama_set_abort_callback(llm.ctx, callback, None)
        try:
            for start in range(llm.n_tokens, len(ids), BATCH):
                self._eval(ids[start : start + BATCH], stop)
                yield Progress("reading", min(1.0, (start + BATCH) / len(ids)))
        finally:
            # While writing, the flag is looked at between tokens, which costs nothing.
            llama_cpp.llama_set_abort_callback(llm.ctx, _ABORT(), None)

    def _eval(self, ids: list[int], stop: Callable[[], bool]) -> None:
        try:
            if not stop():
                self._llm.eval(ids)
                return
        except RuntimeError:
            if not stop():
                raise
        self._llm.reset()  # type: ignore[no-untyped-call]
        raise Stopped

    def _answer(
        self, ids: list[int], prompt: Prompt, stop: Callable[[], bool]
    ) -> Iterator[tuple[str, int, str]]:
        """Text, how many tokens so far, and how it would end here."""
        opened = self._tokenize("<think>", special=True)
        thinking = len(opened) == 1 and opened[0] in ids[-2:]
        thoughts, letters = Thoughts(thinking), codecs.getincrementaldecoder("utf-8")("replace")
        self._llm.set_seed(prompt.seed)
        count = 0
        for token in self._llm.generate(
            ids, temp=prompt.temperature, top_k=40, top_p=0.95, repeat_penalty=1.05
        ):
            if llama_cpp.llama_vocab_is_eog(self._vocab, token):
                break
            count += 1
            text = thoughts.feed(letters.decode(self._piece(token)))
            if stop():
                yield text, count, "stopped"
                return
            if count >= prompt.answer_tokens:
                yield text, count, "length"
                return
            yield text, count, "done"
        yield thoughts.feed(letters.decode(b"", final=True)) + thoughts.rest(), count, "done"

    def _piece(self, token: int) -> bytes:
        marked = self._marked.get(token)
        if marked is not None and self._model.token_get_attr(token) & (
            llama_cpp.LLAMA_TOKEN_ATTR_CONTROL
        ):
            return marked.encode() if marked in MARKS else b""
        size = 64
        while True:
            buffer = ctypes.create_string_buffer(size)
            length = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, size, 0, True)
            if length >= 0:
                return buffer.raw[:length]
            size = -length

    def _tokenize(self, text: str, *, special: bool) -> list[int]:
        raw = text.encode("utf-8", "replace")
        return list(self._llm.tokenize(raw, add_bos=False, special=special))

    def _text(self, token: int) -> str:
        if token < 0:
            return ""
        raw: bytes = llama_cpp.llama_vocab_get_text(self._vocab, token)
        return raw.decode("utf-8", "replace")

    def _is_marked(self, token: int) -> bool:
        attributes: int = llama_cpp.llama_vocab_get_attr(self._vocab, token)
        return bool(attributes & _MARKED)


def _cut(text: str, marks: set[str]) -> list[str]:
    """The text in pieces, cut after the first letter of every mark in it."""
    if not marks:
        return [text]
    begins = re.finditer(f"(?={'|'.join(map(re.escape, marks))})", text)
    cuts = [0, *(found.start() + 1 for found in begins), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if start < end]


def _ending(word: str) -> Ending:
    endings: dict[str, Ending] = {"length": "length", "stopped": "stopped"}
    return endings.get(word, "done")
