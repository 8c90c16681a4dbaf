"""An invitation from one desk to another over a real server, and its answer back to the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from gigdesk.app import door_of, office_on
from gigdesk.domain.calendar.events import Attendee, NewEvent
from gigdesk.domain.calendar.invitations import Choice, Method, with_answer
from tests.certificates import Authority
from tests.conftest import NOW
from tests.letters import receive_raw
from tests.pocket import Pocket
from tests.services.handoff.mails import calendar, invite
from tests.services.sending.desk import with_account
from tests.smtp_servers import LOGIN, Post, Temper, serving_mail

if TYPE_CHECKING:
    from pathlib import Path

    from gigdesk.services.office import Office

HOST = "jonas@brueckner.example"
DAY = date(2026, 12, 3)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Office]:
    """The desk of who invites, with an event that the other was asked to."""
    door = door_of(tmp_path / "host", lambda _question: None, Pocket(tmp_path / "host.key"))
    opened = office_on(door.open(), lambda: NOW)
    opened.profile.update({"name": "Jonas Brückner", "email": HOST})
    opened.settings.set("zone", "Europe/Berlin")
    start = datetime(2026, 12, 3, 10)  # noqa: DTZ001
    row = opened.calendar.add(
        NewEvent("Kick-off", start, start.replace(hour=11), "Europe/Berlin")
    ).value
    guest = Attendee(LOGIN, "Nino", "needs-action")
    kept = opened.handoff.invitations._before(opened.calendar.event(row))
    assert kept is not None
    text = with_answer(kept.event.text, guest, "NEEDS-ACTION")
    text = text.replace("END:VEVENT", f"ORGANIZER;CN=Jonas:mailto:{HOST}\nEND:VEVENT")
    event = replace(kept.event, text=text, attendees=(guest,), organizer=HOST)
    opened.handoff.invitations._put(replace(kept, event=event))
    yield opened
    opened.close()


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def post(authority: Authority) -> Iterator[Post]:
    with serving_mail(authority, Temper()) as there:
        yield there


@pytest.mark.parametrize(
    ("choice", "answer", "there"),
    [(Choice.ACCEPT, "accepted", True), (Choice.MAYBE, "tentative", True), (Choice.DECLINE, "declined", False)],
)  # fmt: skip
def test_there_and_back(
    office: Office,
    host: Office,
    post: Post,
    authority: Authority,
    choice: Choice,
    answer: str,
    there: bool,
) -> None:
    office.profile.update({"name": "Nino Beridze", "email": LOGIN})
    office.settings.set("zone", "Europe/Berlin")
    with_account(office, post, authority)
    (turn,) = host.calendar.between(DAY, DAY)
    text = host.calendar.event(turn.event_id).text
    mail = invite(office, text, sender=f"Jonas <{HOST}>")
    (standing,) = office.handoff.invitations.of(office.inbox.mail(mail))
    assert (standing.answerable, standing.warnings) == (True, ())
    proposal = office.handoff.invitations.answer(mail, standing, choice).value
    office.proposals.approve(proposal.id)
    assert post.taken == []
    office.watch.stand(NOW + timedelta(seconds=20))
    assert office.sending.send_due().value == 1
    (taken,) = post.taken
    assert (taken.sender, taken.recipients) == (LOGIN, (HOST,))
    assert bool(office.calendar.between(DAY, DAY)) is there

    came = receive_raw(host, taken.content)
    (said,) = host.handoff.invitations.of(host.inbox.mail(came))
    assert said.invitation.method is Method.REPLY
    assert [(each.email, each.answer) for each in said.invitation.people] == [(LOGIN, answer)]
    assert (said.here is not None, said.warnings) == (True, ())
    host.proposals.approve(host.handoff.invitations.note(came, said).value.id)
    (person,) = host.calendar.event(turn.event_id).attendees
    assert person.answer == answer
    assert host.proposals.outbox() == []


def test_a_forged_answer_is_warned_of(host: Office) -> None:
    uid = host.calendar.event(host.calendar.between(DAY, DAY)[0].event_id).uid
    said = "\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261121T100000Z",
                      f"ATTENDEE;PARTSTAT=DECLINED:mailto:{LOGIN}", "END:VEVENT"])  # fmt: skip
    came = invite(host, said, method="REPLY", sender="Eve <eve@evil.example>")
    (standing,) = host.handoff.invitations.of(host.inbox.mail(came))
    assert any("eve@evil.example" in each for each in standing.warnings)


def test_what_one_sent_oneself_asks_nothing(office: Office) -> None:
    office.profile.update({"name": "Nino", "email": "nino@beridze.example"})
    mail = invite(office, "BEGIN:VEVENT\nUID:x\nDTSTART:20261203T100000Z\nEND:VEVENT",
                  sender="Nino <nino@beridze.example>")  # fmt: skip
    assert not office.handoff.invitations.concerns(office.inbox.mail(mail))
    assert calendar("x", method="").count("METHOD") == 0
