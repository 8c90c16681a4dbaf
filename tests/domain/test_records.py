"""Pointers to records, as they are kept and told."""

from __future__ import annotations

import json

import pytest

from gigdesk.domain.records import Ref


@pytest.mark.parametrize("ref", [Ref("mail", 7, "Hello"), Ref("event", 3, "Weekly", 1_795_512_600)])
def test_a_pointer_comes_back_as_it_was_kept(ref: Ref) -> None:
    assert Ref.from_json(json.loads(json.dumps(ref.as_json()))) == ref


def test_what_is_no_turn_says_none() -> None:
    assert Ref("mail", 7).as_json() == {"kind": "mail", "id": 7, "label": ""}
