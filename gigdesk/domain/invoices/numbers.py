"""Invoice numbers: a pattern such as `{year}-{n:03}`, one gapless series per year or month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from gigdesk.domain.errors import Refused
from gigdesk.domain.words import t

DEFAULT_PATTERN = "{year}-{n:03}"
_TOKEN = re.compile(r"\{(year|yy|month|n)(?::0?(\d{1,2}))?\}")


@dataclass(frozen=True, slots=True)
class SeriesEnd:
    """The last number given in a series: its counter and its document's date."""

    counter: int = 0
    day: date | None = None


def check_pattern(pattern: str) -> None:
    """Raises Refused when numbers cannot be made of this pattern."""
    found = [match.group(1) for match in _TOKEN.finditer(pattern)]
    rest = _TOKEN.sub("", pattern)
    if found.count("n") != 1 or "{" in rest or "}" in rest or len(pattern) > 40:
        raise Refused(
            t("“{pattern}” makes no invoice numbers", pattern=pattern),
            t(
                "Use {{n}} once, and {{year}}, {{yy}} or {{month}}: {example}.",
                example="{year}-{n:03}",
            ),
        )
    if "month" in found and not {"year", "yy"} & set(found):
        raise Refused(
            t("“{pattern}” would give the same number every year", pattern=pattern),
            t("Add {{year}} to it."),
        )


def series_of(pattern: str, day: date) -> str:
    """The name of the series this day's documents are counted in; padding is no part of it."""
    return _filled(pattern, day, None)


def number_of(pattern: str, day: date, counter: int) -> str:
    """The number of the document with this place in its series."""
    return _filled(pattern, day, counter)


def _filled(pattern: str, day: date, counter: int | None) -> str:
    def fill(match: re.Match[str]) -> str:
        name, width = match.group(1), int(match.group(2) or 0)
        if name == "n":
            return "{n}" if counter is None else f"{counter:0{width}d}"
        return {"year": f"{day.year:04}", "yy": f"{day.year % 100:02}", "month": f"{day.month:02}"}[
            name
        ]

    return _TOKEN.sub(fill, pattern)
