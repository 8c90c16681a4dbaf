"""Bank accounts in mails: found however they are written, shown without their middle."""

from __future__ import annotations

import pytest

from gigdesk.domain.inbox.wording.accounts import accounts_in, masked, plain

IBAN = "DE89370400440532013000"


@pytest.mark.parametrize(
    "text",
    [
        "to DE89370400440532013000 please",
        "IBAN: DE89 3704 0044 0532 0130 00.",
        "de89 3704 0044 0532 0130 00",
        "DE89-3704-0044-0532-0130-00",
        "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000",
        "DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX",
        "DE\u200b89 3704 0044 0532\u200b 0130 00",
        "> DE89 3704 0044 0532 0130 00",
    ],
)
def test_found_however_it_is_written(text: str) -> None:
    assert accounts_in(text) == (IBAN,)


@pytest.mark.parametrize(
    "text",
    [
        "DE88 3704 0044 0532 0130 00",  # its check number is wrong
        "order DE89370400440532",
        "ticket AB12 CDEF 3456",
        "ZZ89 3704 0044 0532 0130 00",
        "",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert accounts_in(text) == ()


def test_several_each_once() -> None:
    text = f"{IBAN}, GB82 WEST 1234 5698 7654 32 and again {IBAN}"
    assert accounts_in(text) == (IBAN, "GB82WEST12345698765432")


def test_shown_without_its_middle() -> None:
    assert masked(plain("DE89 3704 0044 0532 0130 00")) == "DE89 … 3000"


def test_endless_text_is_read_in_time() -> None:
    assert accounts_in("DE89 3704 " * 50_000) == ()
