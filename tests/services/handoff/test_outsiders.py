"""Everybody's mails looked at for what they hand on: nothing crashes, nothing is made, nothing leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from gigdesk.services.office import Office


@pytest.mark.slow
@pytest.mark.shared_data
def test_every_mail_of_others_is_looked_at(desk: Office, shared: Path) -> None:
    list(desk.inbox.import_paths([shared / "mail"]))
    mails = [desk.inbox.mail(line.id) for line in desk.inbox.lines(limit=10_000)]
    assert len(mails) > 400
    invited, guessed = 0, 0
    for mail in mails:
        handed = desk.handoff.look(mail)
        invited += len(handed.invitations)
        guessed += bool(handed.newcomer.guesses)
        if mail.broken is None:
            desk.handoff.alerts.postings(mail)
    assert invited >= 2
    assert guessed > 300
    assert desk.proposals.waiting() == []
    assert desk.proposals.outbox() == []
    assert (desk.calendar.count(), desk.clients.all(), desk.handoff.bills.all()) == (0, [], [])


@pytest.mark.slow
@pytest.mark.shared_data
def test_every_calendar_of_others_may_come_by_mail(desk: Office, shared: Path) -> None:
    from gigdesk.domain.calendar.invitations import Choice
    from gigdesk.domain.errors import Trouble
    from tests.services.handoff.mails import with_file

    files = sorted((shared / "ics").rglob("*.ics"))
    assert len(files) > 200
    prepared = 0
    for file in files:
        data = file.read_bytes()
        if len(data) > 200_000:
            continue
        mail = with_file(desk, data, "invite.ics", "text/calendar")
        for standing in desk.handoff.invitations.of(desk.inbox.mail(mail)):
            if standing.answerable:
                try:
                    proposal = desk.handoff.invitations.answer(mail, standing, Choice.ACCEPT).value
                    desk.proposals.approve(proposal.id)
                    prepared += 1
                except Trouble:
                    continue
    assert prepared > 10
    data, count = desk.calendar.export()
    assert 5 < count <= prepared
    assert data.startswith(b"BEGIN:VCALENDAR")
