"""Conversations that sleep or are watched for an answer: over restarts, late wake-ups and clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from gigdesk.domain.errors import Refused
from gigdesk.domain.inbox.mails import Section
from gigdesk.domain.inbox.waiting import WaitKind, follow_up_at, sleep_choices
from gigdesk.services.office import Office
from tests.conftest import NOW
from tests.letters import receive, receive_raw

BERLIN = ZoneInfo("Europe/Berlin")
ALL = tuple(Section)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(clock).astimezone(UTC)


@pytest.fixture
def desk(office: Office) -> Office:
    office.profile.update({"name": "Nino Beridze", "email": "nino@beridze.example"})
    office.settings.set("zone", "Europe/Berlin")
    return office


def asked(office: Office, subject: str = "The offer") -> int:
    """A mail of one's own asks something; its conversation."""
    message = EmailMessage()
    message["From"], message["To"] = "nino@beridze.example", "Ada <ada@x.example>"
    message["Subject"], message["Date"] = subject, "Mon, 23 Nov 2026 08:00:00 +0100"
    message["Message-ID"] = "<offer@beridze.example>"
    message.set_content(
        "Hello Ada,\n\nhave you had the time to look at the offer? It ends soon.\n\nNino"
    )
    return office.inbox.mail(receive_raw(office, message.as_bytes())).thread


def answered(office: Office, text: str = "Yes, let us do it.", **headers: str) -> None:
    receive(office, text, subject="Re: The offer", sender="Ada <ada@x.example>",
            **{"In-Reply-To": "<offer@beridze.example>", **headers})  # fmt: skip


def listed(office: Office) -> list[int]:
    return [each.id for each in office.inbox.threads(ALL, 0, 100)]


def later(office: Office, moment: datetime) -> None:
    """The desk is looked at again at that time."""
    office.watch.stand(moment)
    office.beat()


def test_what_sleeps_is_out_of_the_list_until_its_time(desk: Office) -> None:
    thread = desk.inbox.mail(receive(desk)).thread
    desk.waiting.sleep(thread, NOW + timedelta(hours=20))
    assert listed(desk) == []
    assert [line.thread for _, line in desk.waiting.asleep()] == [thread]
    later(desk, NOW + timedelta(hours=19, minutes=59))
    assert listed(desk) == []
    later(desk, NOW + timedelta(days=9))  # long asleep itself
    assert listed(desk) == [thread]
    assert desk.inbox.counts().needs_you == 1
    assert desk.waiting.asleep() == []
    assert [each.title for each in desk.notices.latest() if "Awake" in each.title]
    later(desk, NOW + timedelta(days=10))
    assert len([each for each in desk.notices.latest() if "Awake" in each.title]) == 1


def test_newer_mail_wakes_it(desk: Office) -> None:
    thread = asked(desk)
    desk.waiting.sleep(thread, NOW + timedelta(days=3))
    answered(desk)
    assert listed(desk) == [thread]
    later(desk, NOW + timedelta(minutes=1))
    assert desk.waiting.of(thread) == []
    later(desk, NOW + timedelta(days=4))
    assert not [each for each in desk.notices.latest() if "Awake" in each.title]


def test_sleep_and_waking_can_be_undone(desk: Office) -> None:
    thread = desk.inbox.mail(receive(desk)).thread
    first = desk.waiting.sleep(thread, NOW + timedelta(days=1))
    second = desk.waiting.sleep(thread, NOW + timedelta(days=2))
    assert second.undo is not None
    second.undo()
    assert [each.until for each in desk.waiting.of(thread)] == [NOW + timedelta(days=1)]
    assert listed(desk) == []
    woken = desk.waiting.wake(thread)
    assert listed(desk) == [thread]
    assert woken.undo is not None
    woken.undo()
    assert listed(desk) == []
    assert first.undo is not None
    first.undo()
    assert listed(desk) == [thread]


def test_the_past_and_the_put_away_cannot_sleep(desk: Office) -> None:
    thread = desk.inbox.mail(receive(desk)).thread
    with pytest.raises(Refused):
        desk.waiting.sleep(thread, NOW)
    desk.inbox.put_away(thread)
    with pytest.raises(Refused):
        desk.waiting.sleep(thread, NOW + timedelta(days=1))


def test_nobody_answers_and_the_person_is_reminded_once(desk: Office) -> None:
    thread = asked(desk)
    wait = desk.waiting.follow(thread, 2).value
    assert wait.until == at("2026-11-26T08:30:00+01:00")
    later(desk, at("2026-11-26T08:29:00+01:00"))
    assert desk.proposals.waiting() == []
    later(desk, at("2026-11-30T12:00:00+01:00"))
    (proposal,) = desk.proposals.waiting()
    assert proposal.kind == "follow-up"
    assert proposal.payload["to"] == "Ada <ada@x.example>"
    assert proposal.payload["subject"] == "Re: The offer"
    assert proposal.payload["in_reply_to"] == "offer@beridze.example"
    assert "November 23, 2026" in proposal.draft or "23 November 2026" in proposal.draft
    assert "2 working days" in proposal.why
    assert desk.inbox.counts().needs_you == 1
    later(desk, at("2026-12-02T12:00:00+01:00"))
    assert len(desk.proposals.waiting()) == 1
    item = desk.proposals.approve(proposal.id).value.item
    assert item.to == "Ada <ada@x.example>"


def test_an_answer_ends_it_and_an_automatic_one_does_not(desk: Office) -> None:
    thread = asked(desk)
    desk.waiting.follow(thread, 1)
    answered(desk, "I am out of office.", Auto_Submitted="auto-replied")
    later(desk, NOW + timedelta(minutes=1))
    assert [each.kind for each in desk.waiting.of(thread)] == [WaitKind.FOLLOW]
    answered(desk)
    later(desk, NOW + timedelta(minutes=2))
    assert desk.waiting.of(thread) == []
    later(desk, NOW + timedelta(days=9))
    assert desk.proposals.waiting() == []


def test_one_can_only_wait_for_an_answer_to_ones_own_mail(desk: Office) -> None:
    thread = desk.inbox.mail(receive(desk)).thread
    with pytest.raises(Refused):
        desk.waiting.follow(thread, 3)


def test_a_reminder_can_be_forgotten_and_that_undone(desk: Office) -> None:
    thread = asked(desk)
    desk.waiting.follow(thread, 3)
    done = desk.waiting.forget(thread)
    assert desk.waiting.of(thread) == []
    assert done.undo is not None
    done.undo()
    assert [each.days for each in desk.waiting.of(thread)] == [3]


def test_ones_own_questions_are_watched_by_themselves_once_that_is_set(desk: Office) -> None:
    before = asked(desk)
    desk.settings.set("follow_up_days", "3")
    later(desk, NOW + timedelta(minutes=1))
    assert desk.waiting.of(before) == [], "what lay there before is left alone"
    message = EmailMessage()
    message["From"], message["To"] = "nino@beridze.example", "Bob <bob@y.example>"
    message["Subject"], message["Date"] = "A date", "Mon, 23 Nov 2026 09:00:00 +0100"
    message["Message-ID"] = "<date@beridze.example>"
    message.set_content("Hello Bob,\n\ndoes Tuesday suit you?\n\nNino")
    thread = desk.inbox.mail(receive_raw(desk, message.as_bytes())).thread
    later(desk, NOW + timedelta(minutes=2))
    assert [(each.kind, each.days) for each in desk.waiting.of(thread)] == [(WaitKind.FOLLOW, 3)]
    desk.waiting.forget(thread)
    later(desk, NOW + timedelta(minutes=3))
    assert desk.waiting.of(thread) == [], "forgotten is forgotten"
    desk.settings.set("follow_up_days", "0")
    later(desk, NOW + timedelta(minutes=4))


@pytest.mark.parametrize(
    ("begun", "days", "due"),
    [
        ("2026-11-23T09:00:00+01:00", 1, "2026-11-25T08:30:00+01:00"),  # Monday: Tuesday is theirs
        ("2026-11-27T09:00:00+01:00", 1, "2026-12-01T08:30:00+01:00"),  # Friday: Monday is theirs
        ("2026-11-28T09:00:00+01:00", 1, "2026-12-01T08:30:00+01:00"),  # Saturday the same
        ("2026-03-26T20:00:00+01:00", 2, "2026-03-31T08:30:00+02:00"),  # over the change of clocks
        ("2026-11-23T09:00:00+01:00", 0, "2026-11-24T08:30:00+01:00"),
    ],
)
def test_working_days(begun: str, days: int, due: str) -> None:
    assert follow_up_at(at(begun), days, BERLIN, time(8, 30)) == at(due)


def test_the_choices_are_ahead_in_order_and_right_over_the_clocks() -> None:
    evening = at("2026-10-24T21:00:00+02:00")
    found = {each.key: each.until for each in sleep_choices(evening, BERLIN, time(8, 30))}
    assert "E" not in found
    assert "L" not in found  # it would be tomorrow
    assert found["T"] == at("2026-10-25T08:30:00+01:00")
    assert found["M"] == at("2026-10-26T08:30:00+01:00")
    assert list(found.values()) == sorted(found.values())
