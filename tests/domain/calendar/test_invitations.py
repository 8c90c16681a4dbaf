"""The text of invitations and of answers to them: what is changed, and what stays as it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gigdesk.domain.calendar.answering import body_of, subject_of, their_zone, when_words
from gigdesk.domain.calendar.events import Attendee, Event, Moment, ReadEvent, Revision, Turn
from gigdesk.domain.calendar.invitations import (
    Choice,
    Method,
    answered,
    cancelled,
    counter_to,
    invitation_of,
    reply_to,
    with_answer,
)
from gigdesk.domain.calendar.kept import kept_event, kept_json

ME = Attendee("nino@beridze.example", "Nino; Beridze")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEXT = "\n".join([
    "BEGIN:VEVENT", "UID:u", "SEQUENCE:2", "DTSTAMP:20261120T100000Z", "DTSTART:20261203T200000Z",
    "DTEND:20261203T210000Z", "SUMMARY:Kick-off", "X-OWN:stays", "STATUS:CONFIRMED",
    'ORGANIZER;CN="Jo: Doe":MAILTO:jo@x.example',
    "ATTENDEE;CN=Nino;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:NINO@beridze.example",
    "ATTENDEE:mailto:bo@x.example",
    "BEGIN:VALARM", "TRIGGER:-PT15M", "ATTENDEE:mailto:alarm@x.example", "END:VALARM", "END:VEVENT",
])  # fmt: skip


def read(text: str = TEXT) -> ReadEvent:
    start = Moment(datetime(2026, 12, 3, 20), timedelta())  # noqa: DTZ001
    end = Moment(datetime(2026, 12, 3, 21), timedelta())  # noqa: DTZ001
    event = Event("u", "Kick-off", start, end, zone="UTC", text=text,
                  attendees=(Attendee("NINO@beridze.example", "Nino", "needs-action"),))  # fmt: skip
    return ReadEvent(
        event, (Turn(start, end, False, "UTC"),), (Revision("", 2, "20261120T100000", "d"),)
    )


def test_people_are_told_from_the_event_not_from_its_alarms() -> None:
    found = invitation_of("REQUEST", read())
    assert found is not None
    assert (found.organizer.name, found.organizer.email) == ("Jo: Doe", "jo@x.example")
    assert [each.email for each in found.people] == ["NINO@beridze.example", "bo@x.example"]
    assert (found.revision.sequence, found.single) == (2, False)
    assert invitation_of("DESTROY", read()) is None
    published = invitation_of("", read())
    assert published is not None
    assert published.method is Method.PUBLISH


def test_an_answer_changes_ones_own_line_and_nothing_else() -> None:
    said = with_answer(TEXT, ME, "ACCEPTED").split("\n")
    changed = set(said) ^ set(TEXT.split("\n"))
    assert changed == {
        "ATTENDEE;CN=Nino;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:NINO@beridze.example",
        "ATTENDEE;CN=Nino;PARTSTAT=ACCEPTED:mailto:NINO@beridze.example",
    }
    stranger = with_answer(TEXT, Attendee("di@x.example", 'D"i'), "DECLINED").split("\n")
    assert stranger[-2] == "ATTENDEE;PARTSTAT=DECLINED;CN=Di:mailto:di@x.example"


def test_what_is_tentative_or_called_off_says_so_once() -> None:
    maybe = answered(read(), ME, Choice.MAYBE).event
    assert maybe.status == "tentative"
    assert [line for line in maybe.text.split("\n") if line.startswith("STATUS")] == [
        "STATUS:TENTATIVE"
    ]
    assert [(each.email, each.answer) for each in maybe.attendees] == [(ME.email, "tentative")]
    off = cancelled(read()).event
    assert (off.status, "STATUS:CANCELLED" in off.text, "X-OWN:stays" in off.text) == (
        "cancelled", True, True,
    )  # fmt: skip


def test_a_reply_tells_no_more_than_it_must() -> None:
    invitation = invitation_of("REQUEST", read())
    assert invitation is not None
    lines = reply_to(invitation, ME, Choice.DECLINE, NOW).text.split("\n")
    assert 'ATTENDEE;PARTSTAT=DECLINED;CN="Nino; Beridze":mailto:nino@beridze.example' in lines
    assert [line for line in lines if "bo@x.example" in line or "X-OWN" in line] == []
    assert "DTSTAMP:20261124T120000Z" in lines


def test_another_time_keeps_the_event_but_for_when() -> None:
    invitation = invitation_of("REQUEST", read())
    assert invitation is not None
    start = datetime(2026, 12, 4, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    text = counter_to(invitation, ME, start, start + timedelta(hours=1), NOW).text
    assert "DTSTART:20261204T080000Z\nDTEND:20261204T090000Z" in text
    assert "X-OWN:stays" in text
    assert "VALARM" not in text
    assert text.count("DTSTART") == 1


def test_an_event_comes_back_as_it_was_kept() -> None:
    whole = read()
    assert kept_event(kept_json(whole)) == whole
    series = replace(whole, event=replace(whole.event, series=True), turns=())
    assert kept_event(kept_json(series)) == series
    day = Moment(datetime(2026, 12, 3))  # noqa: DTZ001
    all_day = replace(whole, event=replace(whole.event, start=day, end=day, all_day=True))
    assert kept_event(kept_json(all_day)).event == all_day.event


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "xx"])
def test_answers_are_written_in_the_language_of_the_mail(language: str) -> None:
    for said in ("ACCEPTED", "TENTATIVE", "DECLINED", "COUNTER"):
        assert subject_of(said, "Kick-off", language).endswith(": Kick-off")
        assert body_of(said, "Kick-off", "when", "Nino", language).count("\n") == 5


def test_times_name_their_place_and_theirs_only_where_it_differs() -> None:
    event = read().event
    assert event.start is not None
    assert event.end is not None
    berlin = ZoneInfo("Europe/Berlin")
    said = when_words(event.start, event.end, berlin, "en")
    assert said == "Thu, 3 December 2026, 21:00–22:00 (Berlin)"
    late = when_words(event.start, event.end, ZoneInfo("Asia/Karachi"), "en")
    assert late == "Fri, 4 December 2026, 01:00–02:00 (Karachi)"
    assert their_zone(event, berlin) is None, "UTC is nobody's place"
    paris = replace(event, zone="Europe/Paris")
    assert their_zone(paris, berlin) is None
    tokyo = their_zone(replace(event, zone="Asia/Tokyo"), berlin)
    assert tokyo is not None
    assert tokyo.key == "Asia/Tokyo"
