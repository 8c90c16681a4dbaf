"""Domains made to look like a known one, and honest ones beside them."""

from __future__ import annotations

import pytest

from gigdesk.domain.inbox.sorting.lookalikes import looks_like, mixed_scripts, owner_of

KNOWN = "orchard-press.example"


@pytest.mark.parametrize(
    "host",
    [
        "orchardpress.example", "0rchard-press.example", "orchard-pres.example",
        "orchrad-press.example", "orchard-press.test", "orchard-press-billing.example",
        "orchard-press.example.login.test", "orchard-press-example.test", "0rchardpress.test",
        "xn--rchard-press-e3h.example",
    ],
)  # fmt: skip
def test_made_to_look_like_it(host: str) -> None:
    assert looks_like(host, KNOWN)


@pytest.mark.parametrize(
    "host",
    [
        KNOWN, f"mail.{KNOWN}", "press.example", "orchard.example", "apple-press.example",
        "church-press.example", "example.com", "",
    ],
)  # fmt: skip
def test_honest(host: str) -> None:
    assert not looks_like(host, KNOWN)


def test_short_names_look_like_many_and_are_left_alone() -> None:
    assert not looks_like("abd.example", "abc.example")


def test_mixed_alphabets() -> None:
    assert mixed_scripts("p\u0430ypal.example")  # a Cyrillic a
    assert not mixed_scripts("пошта.example")
    assert not mixed_scripts("café.example")


def test_who_owns_a_host() -> None:
    assert owner_of("a.b.shop.co.uk") == "shop.co.uk"
    assert owner_of("mail.shop.example") == "shop.example"
