"""Tokens a second through the app, against llama-cpp-python alone in this process.

On a file of random weights that is large enough to need 10 ms a token or more, as a real one does.
"""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.ground import PASSPHRASE
from tests.models import tiny

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.ground import Ground

TOKENS, RUNS = 160, 5
_ASK = "Write to the client about the invoice that is due next week. " * 4


def measure(ground: Ground) -> list[Figure]:
    """The app's stream and the bare one, turn about, so that both meet the same machine."""
    wide = 512 if ground.small else 1536
    shape = tiny.Shape(width=wide, inner=4 * wide, layers=10, heads=12 if wide == 1536 else 8)
    path = tiny.random(ground.folder / "large.gguf", shape)
    ours, bare = _pair(ground, path)
    return [
        Figure(
            "tokens a second", ours, "/s", bare, "llama-cpp-python in process", "0.97 or better"
        ),
        Figure("milliseconds a token, bare", 1000 / bare, "ms", aim="10 or more"),
    ]


def _pair(ground: Ground, path: Path) -> tuple[float, float]:
    from gigdesk.app import open_office

    office = open_office(ground.folder / "speak", ask=lambda _question: PASSPHRASE)
    try:
        office.model.add(path)
        office.model.use(path.stem)
        ours: list[float] = []
        bare: list[float] = []
        for run in range(RUNS + 1):
            mine = _ours(office, run)
            office.model.rest()
            theirs = _bare(path, run)
            if run:
                ours.append(mine)
                bare.append(theirs)
    finally:
        office.close()
    return statistics.median(ours), statistics.median(bare)


def _ours(office: Any, run: int) -> float:
    from gigdesk.domain.prompts import Finished, Never, Part, Prompt

    prompt = Prompt((Part(f"{run} {_ASK}"),), answer_tokens=TOKENS)
    for step in office.model.stream(prompt, Never()):
        if isinstance(step, Finished):
            return step.answer_tokens / step.answer_seconds
    raise AssertionError("the stream did not finish")


def _bare(path: Path, run: int) -> float:
    import time

    from llama_cpp import Llama

    from gigdesk.gateways.model import _threads

    count = _threads()
    llama = Llama(
        str(path), n_ctx=2048, n_threads=count, n_threads_batch=count, verbose=False, seed=1
    )
    llama.eval(llama.tokenize(f"{run} {_ASK}".encode()))
    begun, token = time.perf_counter(), llama.sample(temp=0.2)
    for _ in range(TOKENS - 1):
        llama.eval([token])
        token = llama.sample(temp=0.2)
    took = time.perf_counter() - begun
    llama.close()
    return TOKENS / took
