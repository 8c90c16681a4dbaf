"""Invitations: read in the child, answered by proposal only, and the answer as another program reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import icalendar
import pytest

from gigdesk.domain.calendar.events import NewEvent
from gigdesk.domain.calendar.invitations import Choice, Method, Standing
from gigdesk.domain.errors import Refused, Stale
from gigdesk.domain.proposals import OutboxState
from tests.services.handoff.mails import ME, ORGANIZER, calendar, event, invite, with_file

if TYPE_CHECKING:
    from pathlib import Path

    from gigdesk.domain.calendar.events import Occurrence
    from gigdesk.domain.proposals import OutboxItem, Proposal
    from gigdesk.services.office import Office

DAY = date(2026, 12, 3)


def seen(office: Office, mail: int) -> list[Standing]:
    return office.handoff.invitations.of(office.inbox.mail(mail))


def only(office: Office, mail: int) -> Standing:
    (found,) = seen(office, mail)
    return found


def answered(office: Office, mail: int, choice: Choice) -> tuple[Proposal, OutboxItem]:
    proposal = office.handoff.invitations.answer(mail, only(office, mail), choice).value
    item = office.proposals.approve(proposal.id).value.item
    assert item is not None
    return proposal, item


def part(office: Office, item: OutboxItem) -> icalendar.Calendar:
    """The calendar that leaves, read by another reader."""
    (file,) = item.payload["files"]
    data = office.handoff._room.blobs.get(file["blob"])
    return icalendar.Calendar.from_ical(data)  # type: ignore[return-value]


def entries(office: Office, day: date = DAY) -> list[Occurrence]:
    return office.calendar.between(day, day)


def test_it_says_what_when_where_and_who_by_both_clocks(desk: Office) -> None:
    standing = only(desk, invite(desk, event()))
    invitation = standing.invitation
    assert (invitation.method, invitation.event.title) == (Method.REQUEST, "Kick-off")
    assert invitation.event.start is not None
    assert invitation.event.start.here(desk.zone()).strftime("%d %H:%M") == "03 21:00"
    assert (invitation.event.zone, invitation.event.location) == (
        "America/New_York", "https://meet.example/kick",
    )  # fmt: skip
    assert (invitation.organizer.email, invitation.organizer.name) == (ORGANIZER, "Jonas Brückner")
    assert [each.email for each in invitation.people] == [ME, ORGANIZER]
    assert (standing.me.email, standing.verdict, standing.warnings) == (ME, "new", ())
    assert standing.answerable
    assert (desk.calendar.count(), desk.proposals.outbox(), desk.proposals.waiting()) == (0, [], [])


def test_accepting_is_a_proposal_and_its_approval_answers_the_organizer_alone(desk: Office) -> None:
    mail = invite(desk, event(sequence=3))
    proposal = desk.handoff.invitations.answer(mail, only(desk, mail), Choice.ACCEPT).value
    assert (desk.calendar.count(), desk.proposals.outbox()) == (0, []), "nothing by itself"
    assert (proposal.kind, proposal.title) == ("invitation", "Accept: Kick-off")
    assert "21:00" in proposal.draft
    done = desk.proposals.approve(proposal.id)
    item = done.value.item
    assert item is not None
    assert (item.to, item.subject) == (ORGANIZER, "Accepted: Kick-off")
    sent = part(desk, item)
    assert sent["METHOD"] == "REPLY"
    (answer,) = sent.walk("VEVENT")
    assert (answer["UID"], answer["SEQUENCE"]) == ("kickoff@brueckner.example", 3)
    assert (str(answer["ATTENDEE"]), answer["ATTENDEE"].params["PARTSTAT"]) == (
        f"mailto:{ME}", "ACCEPTED",
    )  # fmt: skip
    assert str(answer["ORGANIZER"]) == f"mailto:{ORGANIZER}"
    assert answer["DTSTART"].dt.astimezone(UTC) == datetime(2026, 12, 3, 20, tzinfo=UTC)
    (entry,) = entries(desk)
    assert (entry.title, entry.tentative) == ("Kick-off", False)
    assert done.undo is not None
    done.undo()
    assert (desk.calendar.count(), desk.proposals.outbox()) == (0, [])
    assert desk.proposals.get(proposal.id).state == "waiting"


def test_the_mail_that_leaves_names_its_method(desk: Office) -> None:
    from gigdesk.domain.inbox.mails import Address
    from gigdesk.domain.inbox.writing import Enclosure, Outgoing, written

    _, item = answered(desk, invite(desk, event()), Choice.ACCEPT)
    (file,) = item.payload["files"]
    data = desk.handoff._room.blobs.get(file["blob"])
    enclosure = Enclosure(file["name"], file["type"], data, file["method"])
    raw = written(Outgoing(item.message_id, Address("", ME), (Address("", item.to),), item.subject,
                           item.body, datetime(2026, 11, 24, tzinfo=UTC),
                           enclosures=(enclosure,)))  # fmt: skip
    assert b"text/calendar" in raw
    assert b'method="REPLY"' in raw
    assert b'charset="utf-8"' in raw.partition(b"text/calendar")[2][:120]


def test_maybe_is_tentative_in_the_answer_and_in_the_calendar(desk: Office) -> None:
    _, item = answered(desk, invite(desk, event()), Choice.MAYBE)
    (answer,) = part(desk, item).walk("VEVENT")
    assert answer["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"
    (entry,) = entries(desk)
    assert entry.tentative


def test_declined_it_does_not_stand_in_the_calendar(desk: Office) -> None:
    mail = invite(desk, event())
    _, item = answered(desk, mail, Choice.DECLINE)
    (answer,) = part(desk, item).walk("VEVENT")
    assert answer["ATTENDEE"].params["PARTSTAT"] == "DECLINED"
    assert desk.calendar.count() == 0
    assert only(desk, mail).answered == "DECLINED"


def test_an_answer_may_be_changed_and_then_leaves_once_more(desk: Office) -> None:
    mail = invite(desk, event())
    answered(desk, mail, Choice.ACCEPT)
    assert only(desk, mail).answered == "ACCEPTED"
    done = desk.handoff.invitations.answer(mail, only(desk, mail), Choice.DECLINE)
    approved = desk.proposals.approve(done.value.id)
    assert [each.subject for each in desk.proposals.outbox()] == [
        "Declined: Kick-off", "Accepted: Kick-off",
    ]  # fmt: skip
    assert desk.calendar.count() == 0
    assert approved.undo is not None
    approved.undo()
    assert desk.calendar.count() == 1, "as it stood before"


def test_what_was_changed_since_stays_when_the_answer_is_taken_back(desk: Office) -> None:
    mail = invite(desk, event())
    _, item = answered(desk, mail, Choice.ACCEPT)
    (entry,) = entries(desk)
    here = desk.calendar.event(entry.event_id)
    desk.calendar.move(
        here.id, NewEvent("My own words", datetime(2026, 12, 3, 22), datetime(2026, 12, 3, 23),  # noqa: DTZ001
                          "Europe/Berlin")
    )  # fmt: skip
    desk.proposals.take_back(item.id)
    assert desk.proposals.outbox() == []
    assert [each.title for each in entries(desk)] == ["My own words"]


def test_it_says_what_it_meets(desk: Office) -> None:
    for title, hour in (("Dinner", 21), ("Before", 20), ("After", 22)):
        start = datetime(2026, 12, 3, hour)  # noqa: DTZ001
        desk.calendar.add(NewEvent(title, start, start.replace(hour=hour + 1), "Europe/Berlin"))
    standing = only(desk, invite(desk, event()))
    assert [each.title for each in standing.conflicts] == ["Dinner"]


def test_a_series_says_each_turn_that_meets_something_and_comes_whole(desk: Office) -> None:
    start = datetime(2026, 12, 17, 21)  # noqa: DTZ001
    desk.calendar.add(NewEvent("Concert", start, start.replace(hour=23), "Europe/Berlin"))
    mail = invite(desk, event("RRULE:FREQ=WEEKLY;COUNT=4"))
    assert [each.title for each in only(desk, mail).conflicts] == ["Concert"]
    answered(desk, mail, Choice.ACCEPT)
    days = [each.start.civil.day for each in desk.calendar.between(DAY, date(2026, 12, 31))
            if each.title == "Kick-off"]  # fmt: skip
    assert days == [3, 10, 17, 24]


def test_one_turn_of_a_series_is_moved_and_called_off_by_itself(desk: Office) -> None:
    answered(desk, invite(desk, event("RRULE:FREQ=WEEKLY;COUNT=3")), Choice.ACCEPT)
    turn = "RECURRENCE-ID;TZID=America/New_York:20261210T150000"
    moved = event(turn, "DTSTART;TZID=America/New_York:20261211T150000",
                  "DTEND;TZID=America/New_York:20261211T160000", sequence=1)  # fmt: skip
    answered(desk, invite(desk, moved), Choice.ACCEPT)
    span = date(2026, 12, 1), date(2026, 12, 31)
    assert [each.start.civil.day for each in desk.calendar.between(*span)] == [3, 11, 17]
    off = "\n".join(["BEGIN:VEVENT", "UID:kickoff@brueckner.example", "SEQUENCE:2",
                     "DTSTAMP:20261121T100000Z", turn,
                     f"ORGANIZER:mailto:{ORGANIZER}", "END:VEVENT"])  # fmt: skip
    mail = invite(desk, off, method="CANCEL")
    proposal = desk.handoff.invitations.note(mail, only(desk, mail)).value
    assert desk.proposals.approve(proposal.id).value.item is None, "nothing leaves"
    found = {each.start.civil.day: each.cancelled for each in desk.calendar.between(*span)}
    assert found == {3: False, 10: True, 17: False}


def test_a_cancellation_needs_no_times_and_is_applied_on_ones_word(desk: Office) -> None:
    answered(desk, invite(desk, event(sequence=1)), Choice.ACCEPT)
    bare = "\n".join(["BEGIN:VEVENT", "UID:kickoff@brueckner.example", "SEQUENCE:2",
                      "DTSTAMP:20261121T100000Z", f"ORGANIZER:mailto:{ORGANIZER}", "END:VEVENT"])  # fmt: skip
    mail = invite(desk, bare, method="CANCEL")
    assert not entries(desk)[0].cancelled, "not by itself"
    proposal = desk.handoff.invitations.note(mail, only(desk, mail)).value
    done = desk.proposals.approve(proposal.id)
    assert entries(desk)[0].cancelled
    assert len(desk.proposals.outbox()) == 1, "the answer of before alone"
    older = invite(desk, event(sequence=1))
    assert only(desk, older).verdict == "older"
    assert not only(desk, older).answerable
    assert done.undo is not None
    done.undo()
    assert not entries(desk)[0].cancelled


def test_an_older_version_is_ignored_and_a_newer_one_replaces(desk: Office) -> None:
    answered(desk, invite(desk, event(sequence=2)), Choice.ACCEPT)
    older = invite(desk, event("SUMMARY:Old", sequence=1))
    standing = only(desk, older)
    assert standing.verdict == "older"
    with pytest.raises(Refused):
        desk.handoff.invitations.answer(older, standing, Choice.ACCEPT)
    off = invite(desk, event(sequence=1), method="CANCEL")
    assert only(desk, off).verdict == "older"
    newer = event("SUMMARY:Kick-off, later", "DTSTART;TZID=America/New_York:20261203T170000",
                  "DTEND;TZID=America/New_York:20261203T180000", sequence=3)  # fmt: skip
    answered(desk, invite(desk, newer), Choice.ACCEPT)
    (entry,) = entries(desk)
    assert (entry.title, entry.start.civil.hour) == ("Kick-off, later", 17)


def test_an_answer_that_was_overtaken_undoes_nothing_newer(desk: Office) -> None:
    first = invite(desk, event())
    waiting = desk.handoff.invitations.answer(first, only(desk, first), Choice.ACCEPT).value
    answered(desk, invite(desk, event("SUMMARY:Kick-off, newer", sequence=1)), Choice.ACCEPT)
    with pytest.raises(Stale):
        desk.proposals.approve(waiting.id)
    assert [each.title for each in entries(desk)] == ["Kick-off, newer"]
    assert len(desk.proposals.outbox()) == 1
    assert desk.proposals.get(waiting.id).state == "waiting"


def test_who_is_not_the_sender_is_warned_of(desk: Office) -> None:
    mail = invite(desk, event(), sender="Eve <eve@evil.example>")
    standing = only(desk, mail)
    assert any("eve@evil.example" in each and ORGANIZER in each for each in standing.warnings)
    proposal = desk.handoff.invitations.answer(mail, standing, Choice.ACCEPT).value
    assert "eve@evil.example" in proposal.why
    assert proposal.payload["to"] == ORGANIZER
    other = invite(desk, event("ATTENDEE:mailto:somebody@else.example", uid="other"))
    assert any("not on its list" in each for each in only(desk, other).warnings)


def test_another_time_is_put_forward_to_the_organizer_and_changes_nothing_here(
    desk: Office,
) -> None:
    mail = invite(desk, event(sequence=4))
    start, end = datetime(2026, 12, 4, 14, tzinfo=UTC), datetime(2026, 12, 4, 15, tzinfo=UTC)
    done = desk.handoff.invitations.counter(mail, only(desk, mail), start, end)
    item = desk.proposals.approve(done.value.id).value.item
    assert item is not None
    assert item.to == ORGANIZER
    assert "15:00" in item.body
    assert "Berlin" in item.body
    sent = part(desk, item)
    assert sent["METHOD"] == "COUNTER"
    (entry,) = sent.walk("VEVENT")
    assert (entry["DTSTART"].dt, entry["DTEND"].dt, entry["SEQUENCE"]) == (start, end, 4)
    assert entry["SUMMARY"] == "Kick-off"
    assert desk.calendar.count() == 0
    series = invite(desk, event("RRULE:FREQ=DAILY;COUNT=3", uid="series"))
    with pytest.raises(Refused):
        desk.handoff.invitations.counter(series, only(desk, series), start, end)


def organized(office: Office) -> int:
    """An event of one's own that Ada was asked to; its id."""
    from dataclasses import replace

    from gigdesk.domain.calendar.events import Attendee
    from gigdesk.domain.calendar.invitations import with_answer

    start = datetime(2026, 12, 3, 10)  # noqa: DTZ001
    row = office.calendar.add(
        NewEvent("Review", start, start.replace(hour=11), "Europe/Berlin")
    ).value
    store = office.handoff.invitations._store
    ada = Attendee("ada@x.example", "Ada", "needs-action")
    here = office.calendar.event(row)
    before = office.handoff.invitations._before(here)
    assert before is not None
    text = with_answer(here.text, ada, "NEEDS-ACTION")
    event_ = replace(before.event, text=text, attendees=(ada,), organizer=ME)
    return store.put(here.calendar, replace(before, event=event_), (0, 1 << 40))


def test_an_answer_to_ones_own_is_noted_on_ones_word(desk: Office) -> None:
    uid = desk.calendar.event(organized(desk)).uid
    said = "\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261121T100000Z",
                      f"ORGANIZER:mailto:{ME}",
                      "ATTENDEE;PARTSTAT=DECLINED:mailto:ada@x.example", "END:VEVENT"])  # fmt: skip
    mail = invite(desk, said, method="REPLY", sender="Ada <ada@x.example>")
    standing = only(desk, mail)
    assert standing.warnings == ()
    proposal = desk.handoff.invitations.note(mail, standing).value
    assert proposal.title == "Note: ada@x.example does not come"
    desk.proposals.approve(proposal.id)
    (entry,) = entries(desk)
    (person,) = desk.calendar.event(entry.event_id).attendees
    assert person.answer == "declined"
    eve = invite(desk, said.replace("ada@x", "eve@x"), method="REPLY", sender="Ada <ada@x.example>")
    with pytest.raises(Refused):
        desk.handoff.invitations.note(eve, only(desk, eve))


def test_a_time_put_forward_moves_ones_own_and_tells_all_who_were_asked(desk: Office) -> None:
    uid = desk.calendar.event(organized(desk)).uid
    other = event("DTSTART:20261203T130000Z", "DTEND:20261203T140000Z", "SUMMARY:Review",
                  f"ORGANIZER:mailto:{ME}", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:ada@x.example",
                  uid=uid)  # fmt: skip
    mail = invite(desk, other, method="COUNTER", sender="Ada <ada@x.example>")
    proposal = desk.handoff.invitations.note(mail, only(desk, mail)).value
    item = desk.proposals.approve(proposal.id).value.item
    assert item is not None
    assert item.to == "ada@x.example"
    sent = part(desk, item)
    assert sent["METHOD"] == "REQUEST"
    (moved,) = sent.walk("VEVENT")
    assert moved["DTSTART"].dt.astimezone(UTC).hour == 13
    assert moved["SEQUENCE"] == 1
    (entry,) = entries(desk)
    assert entry.start.here(desk.zone()).hour == 14


def test_what_asks_nothing_is_added_with_a_way_back(desk: Office) -> None:
    mail = with_file(
        desk, calendar(event(), method="").encode(), "party.ics", "application/octet-stream"
    )
    standing = only(desk, mail)
    assert (standing.invitation.method, standing.answerable) == (Method.PUBLISH, False)
    done = desk.handoff.invitations.add(standing)
    assert [each.title for each in entries(desk)] == ["Kick-off"]
    assert done.undo is not None
    done.undo()
    assert entries(desk) == []


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0" * 500, b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:x\n",
        b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:x\nDTSTART:nonsense\nEND:VEVENT\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\nMETHOD:DESTROY\n" + event().encode() + b"\nEND:VCALENDAR",
    ],
)  # fmt: skip
def test_what_is_broken_offers_no_answer(desk: Office, data: bytes) -> None:
    mail = with_file(desk, data, "invite.ics", "text/plain")
    for standing in seen(desk, mail):
        assert not standing.answerable
        with pytest.raises(Refused):
            desk.handoff.invitations.answer(mail, standing, Choice.ACCEPT)


def test_a_hostile_rule_costs_itself_only(desk: Office) -> None:
    hostile = event("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", uid="bomb")
    for standing in seen(desk, invite(desk, hostile, event())):
        assert standing.invitation.event.uid in {"bomb", "kickoff@brueckner.example"}


def test_a_name_in_an_event_injects_nothing_into_the_answer(desk: Office) -> None:
    nasty = event("SUMMARY:Hi\\nMETHOD:CANCEL\\nATTENDEE:mailto:eve@evil.example",
                  'ORGANIZER;CN="Jonas\r\nBcc: eve@evil.example":mailto:jonas@brueckner.example')  # fmt: skip
    mail = invite(desk, nasty)
    for standing in seen(desk, mail):
        if standing.answerable:
            proposal = desk.handoff.invitations.answer(mail, standing, Choice.ACCEPT).value
            item = desk.proposals.approve(proposal.id).value.item
            assert item is not None
            assert item.state is OutboxState.WAITING
            assert "eve" not in item.to
            sent = part(desk, item)
            assert sent["METHOD"] == "REPLY"
            assert "eve" not in str(sent.walk("VEVENT")[0]["ATTENDEE"])


@pytest.mark.parametrize(
    "organizer",
    ["jo@x.example,eve@evil.example", "jo@x.example;eve@evil.example", "jo", "a b@x.example"],
)
def test_an_organizer_that_is_not_one_address_gets_no_answer(desk: Office, organizer: str) -> None:
    mail = invite(desk, event(f"ORGANIZER:mailto:{organizer}"))
    for standing in seen(desk, mail):
        with pytest.raises(Refused):
            desk.handoff.invitations.answer(mail, standing, Choice.ACCEPT)
    assert desk.proposals.waiting() == []


def test_a_file_written_into_an_event_stays_in_the_mail(desk: Office) -> None:
    mail = invite(desk, event("ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "QUJD" * 50_000))
    proposal, _ = answered(desk, mail, Choice.ACCEPT)
    assert len(proposal.payload["event"]["text"]) < 2000
    assert [each.title for each in entries(desk)] == ["Kick-off"]


@pytest.mark.shared_data
@pytest.mark.parametrize(
    "name",
    [
        "rspamd+rspamd/test/functional/messages/ics.eml",
        "rspamd+rspamd/test/functional/messages/alt-html-calendar.eml",
        "notmuch+notmuch/test/corpora/attachment/text-calendar.eml",
    ],
)
def test_invitations_of_others_are_read(desk: Office, shared: Path, name: str) -> None:
    from tests.letters import receive_raw

    mail = receive_raw(desk, (shared / "mail" / name).read_bytes())
    assert desk.handoff.invitations.concerns(desk.inbox.mail(mail))
    for standing in seen(desk, mail):
        assert standing.invitation.event.uid
