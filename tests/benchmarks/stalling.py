"""The longest time the window did not answer, while 10,000 mails come in and a model drafts.

A timer on the UI thread should fire every 5 ms; the longest gap between two of its beats is the
stall. The baseline is the same window at rest for as long.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.benchmarks.figures import Figure
from tests.benchmarks.ground import ROOT, display
from tests.models import tiny

if TYPE_CHECKING:
    from tests.benchmarks.ground import Ground


def measure(ground: Ground) -> list[Figure]:
    """Stalls in a real window under Xvfb."""
    home = ground.folder / "stall"
    model = tiny.random(
        ground.folder / "busy.gguf", tiny.Shape(width=512, inner=1024, layers=4, context=4096)
    )
    ground.command(home, "sample")
    ground.command(home, "model", "add", str(model))
    ground.command(home, "model", "use", model.stem)
    with display() as where:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.probes.busy", str(home), str(ground.maildir)],
            env={**ground.env, "DISPLAY": where}, cwd=ROOT, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    return [
        Figure(
            "longest stall, importing and drafting", found["busy"], "ms", found["rest"],
            "the window at rest", "under 100 ms",
        ),
        Figure("stalls at p99.9", found["p999"], "ms", aim="under 16 ms"),
        Figure("drafts written meanwhile", found["drafts"], ""),
    ]  # fmt: skip
