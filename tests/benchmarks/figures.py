"""One measured figure beside its baseline of the same run, and the table of them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, ours and the baseline's; `aim` says what ratio or value we want."""

    what: str
    ours: float
    unit: str
    baseline: float | None = None
    than: str = ""
    aim: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over the baseline's."""
        return self.ours / self.baseline if self.baseline else None


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines for a terminal."""
    rows = [("what", "ours", "baseline", "ratio", "aim", "baseline is")]
    rows += [
        (
            each.what,
            f"{each.ours:,.4g} {each.unit}",
            "" if each.baseline is None else f"{each.baseline:,.4g} {each.unit}",
            "" if each.ratio is None else f"{each.ratio:.2f}",
            each.aim,
            each.than,
        )
        for each in figures
    ]
    wide = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip()
        for row in rows
    )


def median_of(call: Callable[[], float], times: int) -> float:
    """The median of several runs, after one that does not count."""
    call()
    return statistics.median(call() for _ in range(times))
