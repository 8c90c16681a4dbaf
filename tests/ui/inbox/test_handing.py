"""What a mail holds for the other rooms, under it as cards: nothing leaves or is kept by a look."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from gigdesk.domain.calendar.events import NewEvent
from gigdesk.domain.calendar.invitations import Choice
from gigdesk.domain.leads.records import Wanted
from gigdesk.domain.records import Ref
from gigdesk.ui.tabs.inbox.billed import BillCard, BillForm
from gigdesk.ui.tabs.inbox.handing import Handing
from gigdesk.ui.tabs.inbox.invited import InvitationCard, TimeDialog
from gigdesk.ui.tabs.inbox.newcomer import NewcomerForm
from tests.letters import receive
from tests.services.handoff.mails import ME, event, invite, with_file
from tests.services.handoff.papers import OTHER_IBAN, cii, pdf
from tests.ui.inbox.conftest import Filled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from gigdesk.services.office import Office
    from gigdesk.ui.tabs.inbox.tab import InboxPage


def profile(office: Office) -> None:
    office.profile.update({"name": "Nino Beridze", "email": ME, "language": "en"})
    office.settings.set("zone", "Europe/Berlin")


def cards(page: InboxPage, qtbot: QtBot) -> Handing:
    handing = page._reading.below.handing
    qtbot.waitUntil(lambda: bool(handing._found), timeout=30_000)
    return handing


def words(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if not each.isHidden())


def press(widget: QWidget, name: str) -> None:
    (button,) = [b for b in widget.findChildren(QAbstractButton) if b.accessibleName() == name]
    button.click()


def test_an_invitation_is_answered_here_in_two_steps(filled: Filled, qtbot: QtBot) -> None:
    def fill(office: Office) -> None:
        profile(office)
        start = datetime(2026, 12, 3, 21)  # noqa: DTZ001
        office.calendar.add(NewEvent("Dinner", start, start.replace(hour=23), "Europe/Berlin"))
        invite(office, event())

    page = filled(fill)
    handing = cards(page, qtbot)
    (card,) = handing._cards
    assert isinstance(card, InvitationCard)
    said = words(card)
    assert "21:00–22:00 (Berlin)" in said
    assert "15:00–16:00 (New York)" in said
    assert [
        b.accessibleName()
        for b in card.findChildren(QAbstractButton)
        if "Dinner" in b.accessibleName()
    ]
    assert page.office.proposals.waiting() == [], "a look proposes nothing"
    press(card, "Accept")
    qtbot.waitUntil(lambda: bool(page.office.proposals.waiting()), timeout=20_000)
    qtbot.waitUntil(lambda: handing._cards[0].standing.waiting is not None, timeout=20_000)  # type: ignore[union-attr]
    assert page.office.proposals.outbox() == []
    assert page.office.calendar.count() == 1
    assert "Prepared, not sent" in words(handing._cards[0])
    with qtbot.waitSignal(page.done):
        press(handing._cards[0], "Approve")
    assert [each.to for each in page.office.proposals.outbox()] == ["jonas@brueckner.example"]
    assert page.office.calendar.count() == 2
    qtbot.waitUntil(lambda: "You accepted." in words(handing._cards[0]), timeout=20_000)


def test_another_time_is_asked_for_in_a_dialog_by_both_clocks(filled: Filled, qtbot: QtBot) -> None:
    page = filled(profile, lambda office: invite(office, event()))
    handing = cards(page, qtbot)
    handing._other_time()
    qtbot.waitUntil(lambda: bool(page.window().findChildren(TimeDialog)), timeout=20_000)
    (dialog,) = page.window().findChildren(TimeDialog)
    start, end = dialog.span()
    assert (start.hour, (end - start).seconds) == (14, 3600), "free, and past eight in New York"
    assert "08:00–09:00 (New York)" in words(dialog)
    dialog._on_yes()
    qtbot.waitUntil(lambda: bool(page.office.proposals.waiting()), timeout=20_000)
    (proposal,) = page.office.proposals.waiting()
    assert proposal.payload["files"][0]["method"] == "COUNTER"


def test_keys_answer_the_newest_invitation(filled: Filled, qtbot: QtBot) -> None:
    page = filled(profile, lambda office: invite(office, event()))
    handing = cards(page, qtbot)
    commands = {each.key: each for each in page.commands() if each.key}
    assert commands["Y"].when()
    commands["N"].call()
    qtbot.waitUntil(lambda: bool(page.office.proposals.waiting()), timeout=20_000)
    assert page.office.proposals.waiting()[0].payload["answer"] == Choice.DECLINE.value
    assert handing._cards


def test_a_bill_is_kept_from_its_card_and_stands_in_the_list(filled: Filled, qtbot: QtBot) -> None:
    page = filled(profile, lambda office: with_file(office, cii(), "bill.xml", "application/xml"))
    handing = cards(page, qtbot)
    (card,) = handing._cards
    assert isinstance(card, BillCard)
    assert "€119.00" in words(card)
    assert "DE02 1203 0000 0000 2020 51" in words(card)
    press(card, "Keep as an expense")
    qtbot.waitUntil(lambda: handing._cards[0].bill.waiting is not None, timeout=20_000)  # type: ignore[union-attr]
    assert page.office.handoff.bills.all() == []
    with qtbot.waitSignal(page.done):
        press(handing._cards[0], "Approve")
    (bill,) = page.office.handoff.bills.all()
    qtbot.waitUntil(lambda: "kept since" in words(handing._cards[0]), timeout=20_000)
    with qtbot.waitSignal(page.wanted) as opened:
        press(handing, "Hostbird GmbH 2026-17")
    assert opened.args == [Ref("expense", bill.id, "Hostbird GmbH 2026-17")]


def test_another_account_is_said_in_red(filled: Filled, qtbot: QtBot) -> None:
    def fill(office: Office) -> None:
        profile(office)
        first = with_file(office, cii(), "a.xml", "application/xml")
        standing = office.handoff.bills.of(office.inbox.mail(first))[0]
        office.proposals.approve(office.handoff.bills.propose(first, standing).value.id)
        with_file(office, cii("2026-18", iban=OTHER_IBAN), "b.xml", "application/xml")

    page = filled(fill)
    newest = max(line.id for line in page.office.inbox.lines())
    page.open(Ref("mail", newest))
    handing = page._reading.below.handing
    qtbot.waitUntil(
        lambda: bool(handing._cards) and handing._mails[-1].id == newest and bool(handing._found),
        timeout=30_000,
    )
    red = [
        each.text()
        for each in handing._cards[0].findChildren(QLabel)
        if each.property("ink") == "bad"
    ]
    assert any("GB29 … 6819 instead of DE02 … 2051" in each for each in red)


def test_what_is_missing_is_written_in_the_form(filled: Filled, qtbot: QtBot) -> None:
    def fill(office: Office) -> None:
        profile(office)
        with_file(office, pdf("Total due 119.00 EUR"), "bill.pdf", "application/pdf")

    page = filled(fill)
    handing = cards(page, qtbot)
    (card,) = handing._cards
    assert "Not named: number" in words(card)
    handing._keep_bill()
    (form,) = page.window().findChildren(BillForm)
    form.keep()
    qtbot.waitUntil(lambda: "needs its number" in words(form), timeout=20_000)
    form._fields["number"].setText("77")
    with qtbot.waitSignal(form.changed, timeout=20_000):
        form.keep()
    (proposal,) = page.office.proposals.waiting()
    assert "77" in proposal.about


def test_a_lead_is_made_once_and_leads_back(filled: Filled, qtbot: QtBot) -> None:
    page = filled(
        profile,
        lambda office: receive(office, "Hello, we need a logo. Budget 2000 EUR.",
                               subject="A logo", sender="Ada <ada@x.example>"),
    )  # fmt: skip
    handing = cards(page, qtbot)
    with qtbot.waitSignal(page.done, timeout=20_000) as done:
        handing.make_lead()
    (lead,) = page.office.leads.page(Wanted())
    assert lead.title == "A logo"
    qtbot.waitUntil(lambda: any(each.made for _, each in handing._found), timeout=20_000)
    with qtbot.waitSignal(page.wanted) as opened:
        press(handing, "A logo")
    assert opened.args == [Ref("lead", lead.id, "A logo")]
    page.office.writer.use(lambda call: call())
    done.args[0].undo()
    assert page.office.leads.page(Wanted()) == []


@pytest.mark.parametrize("every", [True, False])
def test_a_client_is_made_in_a_form_that_marks_its_guesses(
    filled: Filled, qtbot: QtBot, every: bool
) -> None:
    text = "Hallo Nino,\n\nwir suchen jemanden für unsere Seite, haben Sie Zeit?\n-- \nAda Lee\nLee GmbH\n+49 30 123456"
    page = filled(profile, lambda office: receive(office, text, sender="Ada Lee <ada@lee.de>"))
    handing = cards(page, qtbot)
    handing.make_client()
    qtbot.waitUntil(lambda: bool(page.window().findChildren(NewcomerForm)))
    (form,) = page.window().findChildren(NewcomerForm)
    assert {name: field.edit.text() for name, field in form.fields.items()} == {
        "name": "Lee GmbH", "contact": "Ada Lee", "email": "ada@lee.de", "phone": "+49 30 123456",
        "country": "DE", "zone": "Europe/Berlin", "language": "de",
    }  # fmt: skip
    assert form.fields["zone"].why.accessibleName().startswith("Guessed. ")
    assert not form.fields["zone"].why.isHidden()
    qtbot.keyClicks(form.fields["contact"].edit, " Smith")
    assert form.fields["contact"].why.isHidden()
    if every:
        form.confirm_all()
    with qtbot.waitSignal(form.changed):
        form.keep()
    (client,) = page.office.clients.all()
    assert (client.name, client.contact) == ("Lee GmbH", "Ada Lee Smith")
    open_ = {each.field for each in page.office.handoff.newcomers.guesses(client.id)}
    assert open_ == (set() if every else {"name", "phone", "country", "zone", "language"})
    if not every:
        qtbot.waitUntil(
            lambda: "5 things about Lee GmbH are guessed" in words(handing), timeout=20_000
        )
        handing.make_client()
        qtbot.waitUntil(
            lambda: any(f._newcomer.known for f in page.window().findChildren(NewcomerForm))
        )
        again = next(f for f in page.window().findChildren(NewcomerForm) if f._newcomer.known)
        again.confirm_all()
        with qtbot.waitSignal(again.changed):
            again.keep()
        assert page.office.handoff.newcomers.guesses(client.id) == ()


def test_an_unanswered_look_shows_nothing_and_every_button_has_its_name(
    filled: Filled, qtbot: QtBot
) -> None:
    page = filled(
        profile, lambda office: receive(office, "News", sender="News <no-reply@x.example>")
    )
    handing = cards(page, qtbot)
    assert handing.isHidden()
    assert all(b.accessibleName() for b in handing.findChildren(QAbstractButton))
    assert all(
        b.focusPolicy() & Qt.FocusPolicy.TabFocus for b in handing.findChildren(QAbstractButton)
    )
