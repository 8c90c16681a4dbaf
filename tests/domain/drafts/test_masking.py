"""Examples of how one writes: whole sentences, without a fact or a name in them."""

from __future__ import annotations

from datetime import date

import pytest

from gigdesk.domain.drafts.blanks import blanks_in
from gigdesk.domain.drafts.masking import EXAMPLE_MOST, example_of, masked

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "I saw Quentin on 3 March 2026.", "I saw [name] on [date]."),
        ("en", "It is 4,711.00 € for 12 pages.", "It is [amount] for [number] pages."),
        ("en", "Pay to DE02120300000000202051 please.", "Pay to [account] please."),
        ("en", "Ask q@zebra.example or see https://zebra.example/x now.",
         "Ask [address] or see [link] now."),
        ("en", "That is 2026-038, said ZEBRA.", "That is [number], said [name]."),
        ("de", "gestern war Frau Schmidt hier", "gestern war [name] hier"),
        ("de", "ich sah Anna Schmidt im Garten", "ich sah [name] im Garten"),
        ("de", "die Datei liegt bei Brückner", "die Datei liegt bei [name]"),
    ],
)  # fmt: skip
def test_facts_and_names_become_places(language: str, text: str, said: str) -> None:
    assert masked(text, language, ["Brückner GmbH"], TODAY) == said


def test_a_name_that_is_known_is_one_at_the_beginning_too() -> None:
    said = masked("Quentin is here. The plan is not.", "en", ["Quentin The Great"], TODAY)
    assert said == "[name] is here. The plan is not."


def test_a_copied_place_is_a_blank_that_blocks() -> None:
    said = masked("I saw Quentin on 3 March 2026.", "en", [], TODAY)
    assert [each.text for each in blanks_in(said)] == ["[name]", "[date]"]


def test_an_example_is_short_and_made_of_whole_sentences() -> None:
    said = example_of("This is one sentence. " * 60, "en", [], TODAY)
    assert len(said) < EXAMPLE_MOST
    assert said.endswith("one sentence.")
    assert example_of("word " * 500, "en", [], TODAY) == ""
