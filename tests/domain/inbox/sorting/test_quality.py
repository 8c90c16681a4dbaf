"""How good sorting is, on mails somebody else wrote and labelled: it may not get worse."""

from __future__ import annotations

import pytest

from tests.benchmarks.labelling import (
    LANGUAGES,
    Case,
    cases,
    false_alarms,
    macro_f1,
    missed_accounts,
)


@pytest.fixture(scope="module")
def found() -> list[Case]:
    return list(cases())


def of(found: list[Case], language: str) -> list[Case]:
    return [each for each in found if each.language == language]


def test_the_set_is_whole(found: list[Case]) -> None:
    assert len(found) >= 400
    assert all(len(of(found, language)) >= 60 for language in LANGUAGES[:-1])


def test_labels_are_mostly_right(found: list[Case]) -> None:
    assert macro_f1(found) >= 0.84
    assert macro_f1([each for each in found if each.held]) >= 0.77


@pytest.mark.parametrize("language", LANGUAGES[:-1])
def test_in_each_language(found: list[Case], language: str) -> None:
    assert macro_f1(of(found, language)) >= 0.78


def test_no_changed_bank_details_are_missed(found: list[Case]) -> None:
    assert sum("bank-details" in each.signs for each in found) >= 20
    assert missed_accounts(found) == []


def test_frauds_are_found_and_honest_mails_left_alone(found: list[Case]) -> None:
    frauds = [each for each in found if each.label == "suspicious"]
    assert sum(each.got == "suspicious" for each in frauds) >= 0.84 * len(frauds)
    assert len(false_alarms(found)) <= 2


def test_every_judgement_has_its_reasons(found: list[Case]) -> None:
    assert all(each.why for each in found)
