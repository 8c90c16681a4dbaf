"""The words that carry a token, byte for byte as the standards' own examples have them."""

from __future__ import annotations

from gigdesk.domain.sasl import oauthbearer, xoauth2


def test_the_older_form() -> None:
    assert xoauth2("test@contoso.example", "EwBA") == (
        "user=test@contoso.example\x01auth=Bearer EwBA\x01\x01"
    )


def test_the_standards_form_escapes_what_would_end_the_name() -> None:
    assert oauthbearer("user@example.com", "vF9d") == (
        "n,a=user@example.com,\x01auth=Bearer vF9d\x01\x01"
    )
    assert oauthbearer("a,b=c", "t").startswith("n,a=a=2Cb=3Dc,\x01")
