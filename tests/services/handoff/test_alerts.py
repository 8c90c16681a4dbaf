"""Leads out of mails: one per link with its title, else the mail itself; once, with a way back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.errors import Refused
from gigdesk.domain.leads.records import Lead, Wanted
from tests.letters import receive, receive_raw

if TYPE_CHECKING:
    from pathlib import Path

    from gigdesk.services.office import Office

TWO = (
    '<table><tr><td><a href="https://www.linkedin.com/comm/jobs/view/401?trk=x">Senior Python '
    'Developer</a></td></tr><tr><td>ACME · remote</td></tr><tr><td>€80 per hour</td></tr>'
    '<tr><td><a href="https://www.linkedin.com/comm/jobs/view/402?trk=x">Django Contractor</a></td>'
    '</tr><tr><td>Foo Ltd</td></tr><tr><td><a href="https://www.linkedin.com/jobs/search">See all '
    'jobs</a></td></tr><tr><td>You are receiving this. <a href="https://x.example/job/u">Unsubscribe'
    "</a></td></tr></table>"
)  # fmt: skip


def leads(office: Office) -> list[Lead]:
    return sorted(office.leads.page(Wanted()), key=lambda each: each.id)


def test_each_link_with_a_title_is_one_lead(desk: Office) -> None:
    mail = receive(desk, "Jobs", html=TWO, subject="2 new jobs",
                   sender="LinkedIn <jobalerts-noreply@linkedin.com>")  # fmt: skip
    assert desk.handoff.alerts.is_alert(desk.inbox.mail(mail))
    done = desk.handoff.alerts.take(mail)
    first, second = leads(desk)
    assert (first.title, first.source) == ("Senior Python Developer", "LinkedIn")
    assert first.url.startswith("https://www.linkedin.com/comm/jobs/view/401")
    assert "ACME" in first.text
    assert "Django" not in first.text
    assert (first.offers[0].low, first.offers[0].unit, first.offers[0].currency) == (
        Decimal(80), "hour", "EUR",
    )  # fmt: skip
    assert (second.title, "receiving" in second.text) == ("Django Contractor", False)
    assert done.words == "2 leads made"
    assert [(each.kind, each.id) for each in desk.handoff.made_of(mail)] == [
        ("lead", first.id), ("lead", second.id),
    ]  # fmt: skip
    back = desk.handoff.mail_of("lead", first.id)
    assert back is not None
    assert back.id == mail
    with pytest.raises(Refused, match="already"):
        desk.handoff.alerts.take(mail)
    assert done.undo is not None
    done.undo()
    assert leads(desk) == []
    assert desk.handoff.made_of(mail) == ()
    assert desk.handoff.alerts.take(mail).value.new == 2


def test_the_same_posting_in_another_alert_is_not_made_twice(desk: Office) -> None:
    for number in (1, 2):
        mail = receive(desk, "Jobs", html=TWO, subject=f"jobs {number}",
                       sender="LinkedIn <jobalerts-noreply@linkedin.com>")  # fmt: skip
        done = desk.handoff.alerts.take(mail)
    assert len(leads(desk)) == 2
    assert done.words == "0 leads made, 2 were here already"
    assert len(desk.handoff.made_of(mail)) == 2
    assert done.undo is not None
    done.undo()
    assert len(leads(desk)) == 2, "they came with the first alert"


def test_a_button_takes_the_heading_above_it(desk: Office) -> None:
    markup = (
        "<p>Hi Nino,</p><h2>Build a configurator</h2><p>Fixed-price: $1,500</p><p>In React.</p>"
        '<a href="https://www.upwork.com/jobs/Build_~01abcdef1234567890?utm_source=email">View job</a>'
        '<a href="https://www.upwork.com/ab/notification-settings">Unsubscribe</a>'
    )
    mail = receive(desk, "Jobs", html=markup, sender="Upwork <donotreply@upwork.com>")
    desk.handoff.alerts.take(mail)
    (lead,) = leads(desk)
    assert (lead.title, lead.source) == ("Build a configurator", "Upwork")
    assert lead.text == "Fixed-price: $1,500\nIn React."


def test_a_plain_mail_is_one_lead(desk: Office) -> None:
    mail = receive(desk, "Hello,\n\nwe need a new logo. Budget: 2000 EUR.\n\nAda",
                   subject="Fwd: AW: A new logo", sender="Ada Lee <ada@x.example>")  # fmt: skip
    done = desk.handoff.alerts.take(mail)
    (lead,) = leads(desk)
    assert (lead.title, lead.client, lead.url) == ("A new logo", "Ada Lee", "")
    assert lead.offers[0].low == Decimal(2000)
    assert done.opens is not None
    assert done.opens.id == lead.id


def test_hostile_links_and_endless_lists_do_no_harm(desk: Office) -> None:
    markup = "".join(
        f'<p><a href="https://board.example/jobs/{at}">Position number {at} &lt;b&gt;</a></p>'
        for at in range(500)
    )
    markup += '<a href="javascript:alert(1)//jobs/view/1">Click me for a job</a>'
    markup += '<a href="https://user:pw@board.example/jobs/9999">Secret position here</a>'
    mail = receive(desk, "Jobs", html=markup, sender="Board <x@board.example>")
    desk.handoff.alerts.take(mail)
    found = leads(desk)
    assert len(found) == 60
    assert all(each.url.startswith("https://board.example/jobs/") for each in found)


def test_a_mail_without_words_makes_nothing(desk: Office) -> None:
    mail = receive_raw(desk, b"From: a@x.example\nSubject:\nMessage-ID: <e@x.example>\n\n\n")
    with pytest.raises(Refused):
        desk.handoff.alerts.take(mail)


@pytest.mark.shared_data
def test_recorded_alerts(desk: Office, shared: Path) -> None:
    mail = receive_raw(desk, (shared / "leads/feeds/upwork_alert_hourly.eml").read_bytes())
    desk.handoff.alerts.take(mail)
    (lead,) = leads(desk)
    assert (lead.title, lead.source) == ("Client success lead", "Upwork")
    (offer,) = lead.offers
    assert (offer.low, offer.high, offer.unit) == (Decimal("15.00"), Decimal("30.00"), "hour")
