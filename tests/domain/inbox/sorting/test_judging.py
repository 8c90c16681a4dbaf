"""Single rules of sorting: what makes a mail suspicious, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gigdesk.domain.inbox.labels import Known, why_words
from gigdesk.domain.inbox.lessons import Lessons
from gigdesk.domain.inbox.mails import Address, Attachment, Label, Note, ParsedMail
from gigdesk.domain.inbox.sorting.judging import judged, label_of
from gigdesk.domain.inbox.warnings import SIGNS, sign_words

ME = Address("Nino Beridze", "nino@beridze.example")
KNOWN = Known(
    mine=frozenset({ME.email}),
    clients={"ada@orchard-press.example": "Orchard Press"},
    domains={"orchard-press.example": "Orchard Press"},
    people={"ada moore": "Orchard Press"},
    accounts={"Orchard Press": {"DE89370400440532013000": datetime(2026, 1, 1, tzinfo=UTC)}},
    own_hosts=frozenset({"beridze.example"}),
    hosts=frozenset({"orchard-press.example", "beridze.example"}),
    numbers={"2026-001": "2026-001"},
)
STRANGER = Address("Somebody Else", "s@elsewhere.example")
CLIENT = Address("Ada Moore", "ada@orchard-press.example")


def mail(text: str, sender: Address = STRANGER, **more: object) -> ParsedMail:
    plain = ParsedMail(
        key=b"", sender=sender, to=(ME,), text=text, date=datetime(2026, 11, 20, tzinfo=UTC)
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def file(name: str) -> Attachment:
    return Attachment(1, name, "application/octet-stream", 10)


def codes(label: Label) -> set[str]:
    return {each.code for each in label.reasons}


def test_one_letter_beside_a_clients_domain() -> None:
    label = label_of(mail("Hello", Address("Ada", "ada@orchard-pres.example")), KNOWN)
    assert (label.code, codes(label)) == ("suspicious", {"look-alike"})


def test_a_clients_name_that_asks_for_cards() -> None:
    text = "I am in a meeting. Buy four gift cards quickly and send me the codes."
    label = label_of(mail(text, Address("Ada Moore", "ada.moore@quickpost.example")), KNOWN)
    assert label.code == "suspicious"
    assert {"known name", "fraud"} <= codes(label)


def test_a_clients_name_at_home_is_no_fraud() -> None:
    text = "Our system is down, so I write from home. The proofs look fine."
    label = label_of(mail(text, Address("Ada Moore", "ada.moore@home.example")), KNOWN)
    assert (label.code, codes(label)) == ("client", {"client name"})


@pytest.mark.parametrize("name", ["bill.pdf.exe", "contract.js", "order.iso", "form.pdf.html"])
def test_files_that_do_harm(name: str) -> None:
    for sender in (STRANGER, CLIENT):
        label = label_of(mail("See the file.", sender, attachments=(file(name),)), KNOWN)
        assert label.code == "suspicious", sender


@pytest.mark.parametrize("name", ["photos.zip", "text.docx", "site.html", "logo.svg"])
def test_files_that_alone_prove_nothing(name: str) -> None:
    label = label_of(mail("Here they are.", attachments=(file(name),)), KNOWN)
    assert label.code != "suspicious"


def test_pressure_alone_proves_nothing() -> None:
    label = label_of(mail("URGENT! Immediately! Last notice, within 24 hours!"), KNOWN)
    assert label.code != "suspicious"


def test_answers_elsewhere_are_usual_for_lists() -> None:
    reply = (Address("", "other@somewhere.example"),)
    lists = mail("Bitcoin news", bulk=True, list_id="news", reply_to=reply)
    assert label_of(lists, KNOWN).code == "newsletter"


def test_a_link_that_says_another_place() -> None:
    markup = '<p><a href="http://q.release.example/x">beridze.example/quarantine</a></p>'
    label = label_of(mail("Five messages are held.", html=markup), KNOWN)
    assert label.code == "suspicious"
    assert "link elsewhere" in codes(label)


def test_a_counter_of_clicks_is_no_fraud() -> None:
    markup = '<p><a href="https://click.counter.example/1">elsewhere.example</a></p>'
    label = label_of(mail("Our news", html=markup, bulk=True, unsubscribe=True), KNOWN)
    assert label.code == "newsletter"


def test_ones_own_domain_forged() -> None:
    forged = mail(
        "Sign in with your e-mail password, your mailbox is full.",
        Address("Mail help", "postmaster@beridze.example"),
        signs=(Note("failed", "DMARC"),),
    )
    label = label_of(forged, KNOWN)
    assert label.code == "suspicious"
    assert "own domain" in codes(label)


def test_the_account_of_a_client_in_another_mans_mail() -> None:
    changed = "We changed banks. New account: GB82 WEST 1234 5698 7654 32"
    assert codes(label_of(mail(changed, CLIENT), KNOWN)) >= {"account"}
    assert codes(label_of(mail(changed), KNOWN)) >= {"account words"}
    usual = mail("Usual account: DE89 3704 0044 0532 0130 00", CLIENT)
    assert label_of(usual, KNOWN).code != "suspicious"


def test_an_account_quoted_by_a_client_counts_as_well() -> None:
    quoted = mail("See below.\n\n> Pay to GB82 WEST 1234 5698 7654 32", CLIENT)
    assert label_of(quoted, KNOWN).code == "suspicious"


def test_lessons_weigh_but_never_against_a_warning() -> None:
    lessons = Lessons({"client": 9}, {}, {"s@elsewhere.example": {"client": 9}})
    taught = replace(KNOWN, lessons=lessons)
    assert label_of(mail("The garden."), taught).code == "client"
    fraud = mail("The garden.", attachments=(file("bill.pdf.exe"),))
    assert label_of(fraud, taught).code == "suspicious"


def test_signs_that_did_not_suffice_are_told_too() -> None:
    found = judged(mail("Here.", attachments=(file("site.html"),)), KNOWN)
    assert [each.note.code for each in found.signs] == ["risky file"]


def test_a_report_and_an_automatic_answer_are_notifications() -> None:
    for sign in (Note("report"), Note("auto", "auto-replied")):
        label = label_of(mail("Meeting at 5 pm about the invoice?", signs=(sign,)), KNOWN)
        assert label.code == "notification"


def test_the_form_on_ones_own_site_brings_leads() -> None:
    form = mail(
        "Name: X\nMessage: hello",
        Address("Website", "website@beridze.example"),
        reply_to=(Address("", "x@visitor.example"),),
        automatic=True,
    )
    assert codes(label_of(form, KNOWN)) == {"form"}


def test_ones_own_mails_are_not_sorted_but_by_records() -> None:
    assert label_of(mail("hello", ME), KNOWN) == Label()
    assert label_of(mail("About 2026-001.", ME), KNOWN).code == "invoice"


def test_every_sign_has_its_sentence() -> None:
    for code in SIGNS:
        several = code in {"account", "account words", "look-alike", "known name", "link elsewhere"}
        said = sign_words(Note(code, "a\tb\tc" if several else "a"))
        assert len(said) > 10
        assert "\t" not in said
    assert "\t" not in why_words(Label("suspicious", (Note("account", "a\tb\tc"),)))
