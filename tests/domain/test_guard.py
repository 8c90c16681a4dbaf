"""The fact guard against the set that judges it, which was written before its rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gigdesk.domain.drafts.guard import Records, findings

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "guard" / "cases.json").read_text("utf-8")
)
JUDGED = [case for case in CASES if case.get("group") != "stretch"]


def judged(case: Mapping[str, Any]) -> list[tuple[str, str]]:
    known, client = case["records"], case["records"]["client"]
    records = Records(
        today=date.fromisoformat(case["today"]),
        amounts=frozenset((Decimal(amount), code) for amount, code in known["amounts"]),
        dates=frozenset(map(date.fromisoformat, known["dates"])),
        ibans=frozenset(known["ibans"]),
        emails=frozenset([*known["emails"], client["mail"]]),
        links=frozenset(known["links"]),
        texts=(case["mail"], client["name"], client["address"]),
    )
    found = findings(case["draft"], records)
    for each in found:
        assert case["draft"][each.start : each.end] == each.text
    return [(each.kind, each.text) for each in found]


@pytest.mark.parametrize("case", JUDGED, ids=lambda case: case["id"])
def test_what_stands_nowhere_is_marked_and_nothing_else(case: Mapping[str, Any]) -> None:
    assert judged(case) == [(each["kind"], each["text"]) for each in case["expect"]]
