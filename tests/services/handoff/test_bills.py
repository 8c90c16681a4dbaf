"""Bills: proposed with where each field stood, kept on one's word, never twice, accounts compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.errors import Refused
from gigdesk.domain.expenses.records import BillStanding, number_key, supplier_key
from tests.services.handoff.mails import with_file
from tests.services.handoff.papers import IBAN, LINES, OTHER_IBAN, cii, pdf, ubl

if TYPE_CHECKING:
    from gigdesk.services.office import Office


def only(office: Office, mail: int) -> BillStanding:
    (found,) = office.handoff.bills.of(office.inbox.mail(mail))
    return found


def kept(office: Office, data: bytes, name: str = "bill.xml", kind: str = "application/xml") -> int:
    mail = with_file(office, data, name, kind)
    proposal = office.handoff.bills.propose(mail, only(office, mail)).value
    assert office.proposals.approve(proposal.id).value.item is None
    return mail


def test_it_is_proposed_with_its_sources_and_kept_on_ones_word(desk: Office) -> None:
    mail = with_file(desk, cii(), "bill.xml", "application/xml")
    proposal = desk.handoff.bills.propose(mail, only(desk, mail)).value
    assert desk.handoff.bills.all() == [], "nothing by itself"
    assert (proposal.kind, proposal.about) == ("expense", "2026-17, €119.00")
    assert "Total: 119.00  ← GrandTotalAmount: 119.00" in proposal.draft
    done = desk.proposals.approve(proposal.id)
    assert desk.proposals.outbox() == [], "nothing leaves"
    (bill,) = desk.handoff.bills.all()
    assert (bill.supplier, bill.number, bill.currency) == ("Hostbird GmbH", "2026-17", "EUR")
    assert (bill.net, bill.tax, bill.gross) == (
        Decimal("100.00"),
        Decimal("19.00"),
        Decimal("119.00"),
    )
    assert (bill.issued, bill.due) == (date(2026, 11, 12), date(2026, 11, 26))
    assert (bill.iban, bill.mail, bill.sources["iban"]) == (IBAN, mail, f"IBANID: {IBAN}")
    assert desk.handoff.bills.file(bill.id) == ("bill.xml", cii())
    assert [each.kind for each in desk.handoff.made_of(mail)] == ["expense"]
    assert desk.handoff.mail_of("expense", bill.id) is not None
    assert done.undo is not None
    done.undo()
    assert desk.handoff.bills.all() == []
    assert desk.handoff.made_of(mail) == ()
    assert desk.proposals.get(proposal.id).state == "waiting"


def test_the_same_bill_is_refused_kindly(desk: Office) -> None:
    kept(desk, cii())
    again = with_file(desk, ubl(" 2026-17", "HOSTBIRD GmbH."), "other.xml", "text/xml")
    standing = only(desk, again)
    assert standing.double is not None
    with pytest.raises(Refused, match="kept already"):
        desk.handoff.bills.propose(again, standing)
    other = with_file(desk, cii("2026-18"), "b.xml", "application/xml")
    first = desk.handoff.bills.propose(other, only(desk, other)).value
    desk.proposals.approve(first.id)
    assert len(desk.handoff.bills.all()) == 2


def test_two_proposals_of_one_bill_are_one(desk: Office) -> None:
    one = with_file(desk, cii(), "a.xml", "application/xml")
    two = with_file(desk, ubl(), "b.xml", "application/xml")
    first = desk.handoff.bills.propose(one, only(desk, one)).value
    second = desk.handoff.bills.propose(two, only(desk, two)).value
    assert first.id == second.id
    assert only(desk, one).waiting is not None


def test_another_account_than_before_is_told(desk: Office) -> None:
    kept(desk, cii())
    mail = with_file(desk, cii("2026-18", iban=OTHER_IBAN), "b.xml", "application/xml")
    standing = only(desk, mail)
    assert (standing.other_iban, standing.earlier) == (IBAN, 1)
    proposal = desk.handoff.bills.propose(mail, standing).value
    assert "GB29 … 6819 instead of DE02 … 2051" in proposal.why
    renamed = with_file(
        desk, cii("2026-19", "Other name Ltd", OTHER_IBAN), "c.xml", "application/xml"
    )
    assert only(desk, renamed).other_iban == IBAN, "known by its VAT id"
    same = with_file(desk, cii("2026-20"), "d.xml", "application/xml")
    assert only(desk, same).other_iban == ""


def test_a_page_beside_its_xml_is_one_bill(desk: Office) -> None:
    from email.message import EmailMessage

    from tests.letters import receive_raw

    message = EmailMessage()
    message["From"], message["To"] = "Hostbird <b@host.example>", "nino@beridze.example"
    message["Subject"], message["Message-ID"] = "Bill", "<both@host.example>"
    message.set_content("Attached.")
    message.add_attachment(pdf(*LINES), maintype="application", subtype="pdf", filename="a.pdf")
    message.add_attachment(cii(), maintype="application", subtype="xml", filename="a.xml")
    assert only(desk, receive_raw(desk, message.as_bytes())).read.structured


def test_a_page_gives_what_it_says_and_the_sender_as_such(desk: Office) -> None:
    mail = with_file(desk, pdf(*LINES), "bill.pdf", "application/pdf")
    read = only(desk, mail).read
    assert (read.get("supplier"), read.get("gross"), read.structured) == (
        "Hostbird",
        "119.00",
        False,
    )
    assert "bill@host.example" in read.fields["supplier"].words
    letter = with_file(desk, pdf("Dear Nino,", "thank you."), "letter.pdf", "application/pdf")
    assert desk.handoff.bills.of(desk.inbox.mail(letter)) == []


def test_what_is_missing_is_written_in_and_marked_as_ones_own(desk: Office) -> None:
    mail = with_file(desk, pdf("Total due 119.00 EUR"), "bill.pdf", "application/pdf")
    standing = only(desk, mail)
    assert standing.read.missing == ("number",)
    with pytest.raises(Refused, match="number"):
        desk.handoff.bills.propose(mail, standing)
    for wrong in ({"number": "1", "gross": "12,00"}, {"number": "1", "due": "soon"},
                  {"number": "1", "iban": "DE12"}, {"number": "1", "currency": "XYZ"}):  # fmt: skip
        with pytest.raises(Refused):
            desk.handoff.bills.propose(mail, standing, wrong)
    proposal = desk.handoff.bills.propose(
        mail, standing, {"number": "77", "due": "2026-12-01"}
    ).value
    desk.proposals.approve(proposal.id)
    (bill,) = desk.handoff.bills.all()
    assert (bill.number, bill.due, bill.sources["number"]) == (
        "77", date(2026, 12, 1), "You wrote it.",
    )  # fmt: skip


def test_taking_one_out_can_be_undone(desk: Office) -> None:
    mail = kept(desk, cii())
    (bill,) = desk.handoff.bills.all()
    done = desk.handoff.bills.discard(bill.id)
    assert desk.handoff.bills.all() == []
    assert done.undo is not None
    done.undo()
    (again,) = desk.handoff.bills.all()
    assert replace(again, id=bill.id) == bill
    assert desk.handoff.made_of(mail)


def test_its_words_are_not_edited_as_a_text(desk: Office) -> None:
    mail = with_file(desk, cii(), "bill.xml", "application/xml")
    proposal = desk.handoff.bills.propose(mail, only(desk, mail)).value
    with pytest.raises(Refused):
        desk.proposals.rewrite(proposal.id, "Total: 1.00", proposal.version)


def test_its_file_outlives_a_sweep(desk: Office) -> None:
    from gigdesk.store.blob_rows import live_blobs

    mail = with_file(desk, cii(), "bill.xml", "application/xml")
    proposal = desk.handoff.bills.propose(mail, only(desk, mail)).value
    blob = proposal.payload["files"][0]["blob"]
    assert blob in live_blobs(desk.handoff._room.db)
    desk.proposals.approve(proposal.id)
    assert blob in live_blobs(desk.handoff._room.db)


def test_what_one_sent_oneself_is_no_bill_one_got(desk: Office) -> None:
    mail = with_file(desk, cii(), "a.xml", "application/xml", sender="Nino <nino@beridze.example>")
    assert not desk.handoff.bills.concerns(desk.inbox.mail(mail))


def test_keys_of_suppliers_and_numbers() -> None:
    assert supplier_key("Hostbird GmbH") == supplier_key("HOSTBIRD, GmbH & Co. KG") == "hostbird"
    assert supplier_key("AG") == "ag"
    assert supplier_key("Hostbird GmbH") != supplier_key("Hostbirds GmbH")
    assert number_key("RE 2026-1") == number_key("re2026-1")
