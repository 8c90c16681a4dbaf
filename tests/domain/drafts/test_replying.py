"""To whom an answer goes: the sender alone, whatever the mail tries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gigdesk.domain.drafts.replying import envelope_of, first_name, one_line
from gigdesk.domain.errors import Refused
from gigdesk.domain.inbox.mails import Address, Note
from tests.domain.drafts.test_reading import MAIL


def test_an_answer_goes_to_the_sender_in_its_thread() -> None:
    mail = replace(MAIL, message_id="3@x.example", references=("<1@x.example>", "2@x.example"))
    envelope = envelope_of(mail, "nino@b.example")
    assert (envelope.to, envelope.subject) == ("jonas@x.example", "Re: A subject")
    assert envelope.in_reply_to == "<3@x.example>"
    assert envelope.references == ("<1@x.example>", "<2@x.example>", "<3@x.example>")
    assert envelope_of(replace(mail, subject="RE: Again"), "").subject == "RE: Again"


def test_a_reply_to_elsewhere_is_told_and_not_followed() -> None:
    mail = replace(
        MAIL, reply_to=(Address("", "boss@evil.example"), Address("", "jonas@x.example"))
    )
    envelope = envelope_of(mail, "")
    assert envelope.to == "jonas@x.example"
    assert len(envelope.warnings) == 1
    assert "boss@evil.example" in envelope.warnings[0]


@pytest.mark.parametrize(
    "hostile",
    ["Hello\r\nBcc: all@evil.example", "a\nb", "x\u2028To: y", "x\u0085y", "x\x00y", "x\u202ey"],
)
def test_nothing_in_a_mail_can_make_a_header(hostile: str) -> None:
    mail = replace(MAIL, subject=hostile, message_id=f"<{hostile}@x>", references=(hostile,))
    envelope = envelope_of(mail, f"nino@b.example{hostile}")
    for value in (envelope.to, envelope.subject, envelope.sender, envelope.in_reply_to,
                  *envelope.references):  # fmt: skip
        assert value == one_line(value)
        assert value.isprintable()


@pytest.mark.parametrize("address", ["", "a b@x.example", "a@x\r\nBcc: b@y", "<a@x>", "a@x,b@y"])
def test_no_answer_to_what_is_no_address(address: str) -> None:
    with pytest.raises(Refused):
        envelope_of(replace(MAIL, sender=Address("Jonas", address)), "")


def test_no_answer_where_nobody_reads_or_to_oneself() -> None:
    for mail in (
        replace(MAIL, sender=Address("", "no-reply@x.example")),
        replace(MAIL, mine=True),
        replace(MAIL, broken=Note("empty")),
    ):
        with pytest.raises(Refused):
            envelope_of(mail, "")


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Jonas Brückner", "Jonas"),
        ("Brückner, Jonas", "Jonas"),
        ("Dr. Ada Okafor", "Ada"),
        ("Jean-Luc d’Arc", "Jean-Luc"),
        ("Acme GmbH", ""),
        ("billing", ""),
        ("jonas@x.example", ""),
        ("Pay 500 € now", ""),
        ("Click https://evil.example now", ""),
        ("", ""),
    ],
)
def test_who_is_greeted(shown: str, name: str) -> None:
    assert first_name(shown) == name
