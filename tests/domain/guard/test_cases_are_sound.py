"""The set that judges the fact guard is itself in order: whole, unambiguous, broad enough."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).with_name("cases.json").read_text("utf-8")
CASES: list[dict[str, Any]] = json.loads(SOURCE)
KINDS = ("money", "date", "iban", "email", "link")
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl")
KEYS = {"id", "language", "records", "mail", "draft", "today", "expect"}
RECORDS = {"client", "amounts", "dates", "ibans", "emails", "links"}


def is_whole_iban(text: str) -> bool:
    """Whether the check digits of an IBAN without blanks are right."""
    turned = text[4:] + text[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def test_a_case_says_everything_and_nothing_else() -> None:
    for case in CASES:
        assert set(case) - {"group"} == KEYS, case["id"]
        assert case.get("group", "stretch") == "stretch", case["id"]
        assert (case.get("group") == "stretch") == case["id"].startswith("stretch-"), case["id"]
        assert set(case["records"]) == RECORDS, case["id"]
        assert set(case["records"]["client"]) == {"name", "mail", "address"}, case["id"]
        kind, language, trick = case["id"].split("-", 2)
        assert kind in (*KINDS, "mixed", "stretch"), case["id"]
        assert language == case["language"], case["id"]
        assert trick, case["id"]
        assert case["mail"].strip(), case["id"]
        date.fromisoformat(case["today"])


def test_records_are_written_the_one_way() -> None:
    for case in CASES:
        records = case["records"]
        for amount, currency in records["amounts"]:
            assert re.fullmatch(r"-?\d+\.\d{2}", amount), case["id"]
            assert re.fullmatch(r"[A-Z]{3}", currency), case["id"]
        for day in records["dates"]:
            assert date.fromisoformat(day).isoformat() == day, case["id"]
        assert all(is_whole_iban(iban) for iban in records["ibans"]), case["id"]
        for address in (*records["emails"], records["client"]["mail"]):
            assert re.fullmatch(r"[a-z.]+@[a-z-]+\.example", address), case["id"]
        for link in records["links"]:
            assert re.fullmatch(r"https://[\w.-]+\.example(/[\w/]+)?", link), case["id"]


def test_every_mark_is_found_in_its_draft_in_order() -> None:
    for case in CASES:
        at = 0
        for mark in case["expect"]:
            assert set(mark) == {"kind", "text"}, case["id"]
            assert mark["kind"] in KINDS, case["id"]
            assert mark["text"], case["id"]
            assert mark["text"] == mark["text"].strip(), case["id"]
            at = case["draft"].index(mark["text"], at) + len(mark["text"])


def test_no_marked_account_or_address_is_a_known_one() -> None:
    for case in CASES:
        records = case["records"]
        known = {*records["ibans"], *records["emails"], records["client"]["mail"]}
        for mark in case["expect"]:
            if mark["kind"] == "iban":
                assert re.sub(r"[\s-]", "", mark["text"]).upper() not in known, case["id"]
            if mark["kind"] == "email":
                assert mark["text"].casefold() not in known, case["id"]


def test_a_case_named_for_one_kind_marks_that_kind() -> None:
    for case in CASES:
        kind = case["id"].split("-")[0]
        marked = {mark["kind"] for mark in case["expect"]}
        if kind in KINDS and marked:
            assert kind in marked, case["id"]


def test_every_host_is_invented() -> None:
    for case in CASES:
        for mark in case["expect"]:
            if mark["kind"] in ("email", "link"):
                assert "example" in mark["text"] or "192.0.2." in mark["text"]


def test_no_two_cases_are_the_same() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    told = Counter(
        json.dumps([case["draft"], case["mail"], case["records"], case["today"]]) for case in CASES
    )
    assert [text for text, times in told.items() if times > 1] == []


def test_what_cannot_be_seen_is_written_as_an_escape() -> None:
    hidden = [
        sign
        for sign in SOURCE
        if sign not in " \n" and unicodedata.category(sign) in ("Cf", "Cc", "Zs", "Zl", "Zp", "Mn")
    ]
    foreign = [
        sign
        for sign in SOURCE
        if not sign.isascii()
        and unicodedata.category(sign) in ("Lu", "Ll", "Nd")
        and not unicodedata.name(sign).startswith("LATIN")
    ]
    assert hidden + foreign == []


def test_the_set_is_large_and_nearly_half_of_it_is_clean() -> None:
    clean = sum(not case["expect"] for case in CASES)
    assert len(CASES) >= 220
    assert 0.40 <= clean / len(CASES) <= 0.50


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_marked_often_and_in_every_language(kind: str) -> None:
    marks = Counter(
        case["language"] for case in CASES for mark in case["expect"] if mark["kind"] == kind
    )
    assert sum(marks.values()) >= 30
    assert [language for language in LANGUAGES if marks[language] < 2] == []
    calm = {
        case["language"] for case in CASES if case["id"].startswith(kind) and not case["expect"]
    }
    assert calm == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_clean_drafts_and_wrong_ones(language: str) -> None:
    told = [bool(case["expect"]) for case in CASES if case["language"] == language]
    assert len(told) >= 30
    assert min(told.count(True), told.count(False)) >= 12


def test_some_drafts_hold_several_findings() -> None:
    assert sum(len(case["expect"]) > 1 for case in CASES) >= 12
    assert any(len({mark["kind"] for mark in case["expect"]}) == len(KINDS) for case in CASES)


def test_some_marks_cross_a_line_or_stand_at_the_edge_of_the_draft() -> None:
    marks = [(mark["text"], case["draft"]) for case in CASES for mark in case["expect"]]
    assert sum("\n" in text for text, _ in marks) >= 5
    assert sum(draft.startswith(text) for text, draft in marks) >= 5
    assert sum(draft.endswith(text) for text, draft in marks) >= 5
    assert sum(f"({text})" in draft for text, draft in marks) >= 5
