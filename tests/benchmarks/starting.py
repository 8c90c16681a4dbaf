"""From the start of the process to a window that can be used, and what it then holds in memory.

The baseline is a bare PySide6 QMainWindow, shown and painted, in the same run on the same display.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import psutil

from tests.benchmarks.figures import Figure, median_of
from tests.benchmarks.ground import ROOT, display

if TYPE_CHECKING:
    from tests.benchmarks.ground import Ground

RUNS, REST_SECONDS = 7, 6.0


def measure(ground: Ground) -> list[Figure]:
    """Start and memory on the big desk."""
    home = str(ground.big)
    with display() as where:
        env = {**ground.env, "DISPLAY": where}
        bare = ["-m", "tests.benchmarks.probes.bare"]
        ours = ["-m", "tests.benchmarks.probes.desk", home]
        runs = 3 if ground.small else RUNS
        base = median_of(lambda: _started(bare, env), runs)
        mine = median_of(lambda: _started(ours, env), runs)
        again = median_of(lambda: _started(bare, env), runs)
        memory = _memory(ours, env)
        little = _memory(bare, env)
    floor = min(base, again)
    return [
        Figure("start to a usable window", mine, "s", floor, "bare QMainWindow", "2.0 or less"),
        Figure("memory at rest (PSS)", memory, "MB", little, "bare QMainWindow", "135 MB (Vorta)"),
    ]


def _started(arguments: Sequence[str], env: dict[str, str]) -> float:
    """Seconds until the process says that it is painted; it is ended then."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], env=env, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        took = time.perf_counter() - begun
        process.terminate()
        process.stdout.read()
    assert said.strip() == b"painted", said
    return took


def _memory(arguments: Sequence[str], env: dict[str, str]) -> float:
    """Megabytes of the process and its children, some seconds after its window stood."""
    with subprocess.Popen(
        [sys.executable, *arguments], env=env, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(REST_SECONDS)
        family = [psutil.Process(process.pid)]
        family += family[0].children(recursive=True)
        held = sum(each.memory_full_info().pss for each in family) / 1e6
        process.terminate()
        process.stdout.read()
    return held
