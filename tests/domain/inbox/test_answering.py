"""Answers begin right: to whom, in which conversation, with what below."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mailparser_reply import EmailReplyParser

from gigdesk.domain.inbox.answering import (
    Beginning,
    body_of,
    chain_of,
    forward_of,
    quoted,
    reply_to,
    wrote_line,
)
from gigdesk.domain.inbox.mails import Address, Label, Mail, MailId, ThreadId
from gigdesk.domain.inbox.writing import valid_id

BERLIN = timezone(timedelta(hours=1))
MINE = {"nino@studio.example", "n@beridze.example"}
ADA, BOB = Address("Ada", "ada@x.example"), Address("Bob", "bob@y.example")
ME = Address("Nino", "Nino@studio.example")


def mail(**fields: object) -> Mail:
    made = Mail(
        MailId(7), ThreadId(1), "q1@x.example", ADA, (ME,), (), (), "Icons",
        datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC),
        "Hi Nino,\n\nare 24 pixels enough?\n> earlier", "", "", (), (), Label(), False, False,
        False, False, "",
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def reply(each: Mail, *, everyone: bool = False) -> Beginning:
    return reply_to(each, MINE, "en", BERLIN, everyone=everyone)


def test_a_reply_goes_to_the_sender_in_the_same_conversation() -> None:
    made = reply(mail(references=("q0@x.example", "bad id", "q1@x.example")))
    assert (made.kind, made.to, made.cc, made.subject) == ("reply", (ADA,), (), "Re: Icons")
    assert made.in_reply_to == "<q1@x.example>"
    assert made.references == ("<q0@x.example>", "<q1@x.example>")
    assert made.quoted == (
        "On 23 November 2026 at 09:00, Ada <ada@x.example> wrote:\n"
        "> Hi Nino,\n>\n> are 24 pixels enough?\n>> earlier\n"
    )
    assert made.warnings == ()


def test_everyone_gets_it_but_oneself_and_each_once() -> None:
    each = mail(
        to=(ME, BOB, Address("", "N@BERIDZE.example")),
        cc=(Address("Bob again", "BOB@y.example"), Address("C", "c@z.example"), ADA),
    )
    made = reply(each, everyone=True)
    assert made.kind == "reply all"
    assert made.to == (ADA,)
    assert [a.email for a in made.cc] == ["bob@y.example", "c@z.example"]
    assert reply(each).cc == ()


def test_it_goes_where_the_sender_asks_and_says_so() -> None:
    listed = mail(
        reply_to=(Address("List", "list@l.example"),), to=(Address("", "list@l.example"),)
    )
    made = reply(listed, everyone=True)
    assert [each.email for each in made.to] == ["list@l.example"]
    assert made.cc == ()
    assert "list@l.example" in made.warnings[0]
    assert reply(mail(reply_to=(ADA,))).warnings == ()
    assert "Nobody reads" in reply(mail(sender=Address("", "no-reply@x.example"))).warnings[0]


def test_ones_own_mail_is_followed_up_where_it_went() -> None:
    own = mail(mine=True, sender=ME, to=(ADA, BOB), cc=(Address("C", "c@z.example"), ME))
    assert reply(own).to == (ADA, BOB)
    assert [each.email for each in reply(own, everyone=True).cc] == ["c@z.example"]


def test_a_note_to_oneself_can_be_answered() -> None:
    assert reply(mail(mine=True, sender=ME, to=(ME,))).to == (ME,)


def test_a_subject_keeps_one_mark() -> None:
    assert reply(mail(subject="RE: Icons")).subject == "RE: Icons"
    assert forward_of(mail(subject="Fwd: Icons"), "en", BERLIN).subject == "Fwd: Icons"
    assert forward_of(mail(subject="x\r\nBcc: y"), "en", BERLIN).subject == "Fwd: x Bcc: y"


def test_a_forward_tells_whose_words_they_are() -> None:
    made = forward_of(mail(cc=(BOB,)), "de", BERLIN)
    assert made.to == ()
    assert made.in_reply_to == ""
    assert made.quoted.startswith(
        "---------- Weitergeleitete Nachricht ----------\n"
        "Von: Ada <ada@x.example>\nDatum: 23. November 2026, 09:00\nBetreff: Icons\n"
        "An: Nino <Nino@studio.example>\nKopie: Bob <bob@y.example>\n\nHi Nino,"
    )


@pytest.mark.parametrize("language", ["en", "de", "fr", "it"])
def test_what_is_quoted_is_known_as_quoted_by_others(language: str) -> None:
    begun = reply_to(mail(), MINE, language, BERLIN)
    body = "Yes, they are." + body_of(begun, "")
    read = EmailReplyParser(languages=[language]).read(body)
    assert read.latest_reply is not None
    assert "Yes, they are." in read.latest_reply
    assert "24 pixels" not in read.latest_reply
    assert wrote_line(mail(), language, BERLIN).endswith(":")


def test_the_signature_stands_between_the_words_and_the_quote() -> None:
    body = body_of(reply(mail()), "Nino Beridze\nStudio")
    assert body.startswith("\n\n-- \nNino Beridze\nStudio\n\nOn 23 Nov")
    assert body_of(Beginning("new"), "") == "\n"


@given(st.text(max_size=400))
def test_every_quoted_line_has_its_mark(text: str) -> None:
    assert all(line.startswith(">") for line in quoted(text).rstrip("\n").split("\n"))


def test_a_long_mail_is_quoted_in_part() -> None:
    long = quoted("line\n" * 10_000)
    assert long.count("\n") <= 1502
    assert long.endswith("> […]\n")


@given(st.lists(st.text(max_size=30), max_size=80), st.text(max_size=30))
def test_a_chain_holds_ids_only_and_ends_with_the_answered(ids: list[str], own: str) -> None:
    replied, chain = chain_of(mail(message_id=own, references=tuple(ids)))
    assert len(chain) <= 40
    assert all(valid_id(each) == each for each in chain)
    assert len(set(chain)) == len(chain)
    assert chain[-1:] == ((replied,) if replied else chain[-1:])
