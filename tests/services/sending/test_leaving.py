"""From the person's yes to the server: what is due leaves once, and its row tells how it went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from gigdesk.domain.accounts import AccountState
from gigdesk.domain.errors import Refused, Stale
from gigdesk.domain.proposals import Filing, OutboxState
from gigdesk.domain.topics import Topic
from gigdesk.services.office import Office
from tests.certificates import Authority
from tests.conftest import NOW
from tests.services.sending.desk import approved, at, row, with_account
from tests.smtp_servers import LOGIN, Post, Temper, serving_mail


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def temper() -> Temper:
    return Temper()


@pytest.fixture
def post(authority: Authority, temper: Temper) -> Iterator[Post]:
    with serving_mail(authority, temper) as there:
        yield there


@pytest.fixture
def sending(office: Office, post: Post, authority: Authority) -> Office:
    """A desk with an account at this server."""
    office.profile.update({"name": "Nino Beridze", "email": LOGIN})
    with_account(office, post, authority)
    return office


def test_what_was_approved_leaves_after_ten_seconds_once(sending: Office, post: Post) -> None:
    item = approved(sending)
    assert sending.sending.send_due().value == 0
    assert sending.sending.next_due() == NOW + timedelta(seconds=10)
    assert post.guests == 0
    at(sending, seconds=10)
    assert sending.sending.send_due().value == 1
    assert sending.sending.send_due().value == 0
    (taken,) = post.taken
    assert (taken.sender, taken.recipients) == (LOGIN, ("jonas@brueckner.example",))
    mail = message_from_bytes(taken.content)
    assert mail["Message-ID"] == item.message_id
    assert mail["From"] == f"Nino Beridze <{LOGIN}>"
    assert mail["In-Reply-To"] == "<q1@brueckner.example>"
    assert mail["References"] == "<q0@brueckner.example>"
    done = row(sending, item)
    assert (done.state, done.filing) == (OutboxState.SENT, Filing.DONE)
    assert "queued as 4711" in done.advice
    assert sending.accounts.all()[0].state is AccountState.OK
    assert sending.sending.next_due() is None


def test_a_sent_mail_stands_in_its_conversation(sending: Office, post: Post) -> None:
    approved(sending)
    at(sending, minutes=1)
    sending.sending.send_due()
    (line,) = sending.inbox.lines()
    mail = sending.inbox.mail(line.id)
    assert mail.mine
    assert not mail.unread
    assert [each.email for each in mail.to] == ["jonas@brueckner.example"]
    assert sending.inbox.raw(line.id) == post.taken[0].content


def test_what_was_taken_back_never_leaves(sending: Office, post: Post) -> None:
    item = approved(sending)
    sending.proposals.take_back(item.id)
    at(sending, minutes=1)
    sending.sending.send_due()
    assert post.taken == []
    assert len(sending.proposals.waiting()) == 1


def test_what_has_left_cannot_be_taken_back(sending: Office, post: Post) -> None:
    item = approved(sending)
    at(sending, minutes=1)
    sending.sending.send_due()
    with pytest.raises(Stale):
        sending.proposals.take_back(item.id)
    with pytest.raises(Stale):
        sending.sending.send_now(item.id)


def test_without_an_account_it_waits_and_says_so(
    office: Office, post: Post, authority: Authority
) -> None:
    item = approved(office)
    assert "waits for an account" in office.sending.standing().words
    assert office.sending.leaving_soon() == [], "leaving the program asks nothing"
    at(office, minutes=1)
    office.sending.send_due()
    waiting = row(office, item)
    assert waiting.state is OutboxState.WAITING
    assert "account" in waiting.words
    assert office.sending.next_due() is None, "nothing to do until there is one"
    assert "waits for an account" in office.sending.standing().words
    with_account(office, post, authority)
    office.sending.send_due()
    assert row(office, item).state is OutboxState.SENT


def test_a_login_that_is_refused_keeps_the_mail_until_the_person_acts(
    office: Office, post: Post, authority: Authority
) -> None:
    account = office.accounts.add(post.account(authority), "wrong").value
    item = approved(office)
    at(office, minutes=1)
    office.sending.send_due()
    assert row(office, item).state is OutboxState.WAITING
    assert "cannot sign in" in row(office, item).words
    assert office.accounts.get(account.id).state is AccountState.REFUSED
    guests = post.guests
    at(office, hours=2)
    office.sending.send_due()
    assert post.guests == guests, "a refused login is not tried again by itself"
    from tests.smtp_servers import PASSWORD

    office.accounts.prove(account.id, PASSWORD)
    office.sending.send_due()
    assert row(office, item).state is OutboxState.SENT


@pytest.mark.parametrize(
    "temper", [Temper(says={"rcpt jonas@brueckner.example": ["550 5.1.1 No such user"]})]
)
def test_a_refusal_is_final_until_the_person_tries_again(sending: Office, post: Post) -> None:
    item = approved(sending)
    at(sending, minutes=1)
    sending.sending.send_due()
    failed = row(sending, item)
    assert failed.state is OutboxState.FAILED
    assert failed.words == "jonas@brueckner.example was refused"
    assert "No such user" in failed.advice
    assert "Correct the address" in failed.advice
    (told,) = sending.notices.latest()
    assert told.record is not None
    assert (told.record.kind, told.record.id) == ("outbox", item.id)
    at(sending, minutes=10)
    sending.sending.send_due()
    assert post.taken == []
    sending.sending.try_again(item.id)
    at(sending, minutes=11)
    sending.sending.send_due()
    assert row(sending, item).state is OutboxState.SENT
    assert len(post.taken) == 1


@pytest.mark.parametrize("temper", [Temper(says={"data": ["451 4.7.1 Greylisted"] * 2})])
def test_a_server_that_says_later_is_asked_again_with_growing_patience(
    sending: Office, post: Post
) -> None:
    item = approved(sending)
    at(sending, minutes=1)
    sending.sending.send_due()
    waiting = row(sending, item)
    assert (waiting.state, waiting.tries) == (OutboxState.WAITING, 1)
    assert "Greylisted" in waiting.advice
    assert sending.sending.next_due() == NOW + timedelta(minutes=2)
    sending.sending.send_due()
    assert post.guests == 1, "not before its time"
    at(sending, minutes=2)
    sending.sending.send_due()
    assert sending.sending.next_due() == NOW + timedelta(minutes=4)
    at(sending, minutes=4)
    sending.sending.send_due()
    assert row(sending, item).state is OutboxState.SENT
    assert len(post.taken) == 1


@pytest.mark.parametrize("temper", [Temper(hangs_up=["data"])])
def test_a_server_that_goes_away_before_the_mail_gets_it_later(sending: Office, post: Post) -> None:
    item = approved(sending)
    at(sending, minutes=1)
    sending.sending.send_due()
    assert row(sending, item).state is OutboxState.WAITING
    at(sending, minutes=2)
    sending.sending.send_due()
    assert row(sending, item).state is OutboxState.SENT
    assert len(post.taken) == 1


@pytest.mark.parametrize("temper", [Temper(hangs_up=["dot"])])
def test_what_nobody_knows_is_asked_and_never_sent_by_itself(sending: Office, post: Post) -> None:
    item = approved(sending)
    at(sending, minutes=1)
    sending.sending.send_due()
    doubtful = row(sending, item)
    assert doubtful.state is OutboxState.UNCERTAIN
    for hour in (1, 2, 30):
        at(sending, hours=hour)
        sending.sending.send_due()
    assert row(sending, item).state is OutboxState.UNCERTAIN
    assert len(post.taken) == 1
    (told,) = sending.notices.latest()
    assert told.title.startswith("Was “Re: Question” sent?")
    assert sending.sending.standing().asks
    with pytest.raises(Refused):
        sending.sending.look_again(item.id)
    sending.sending.it_was_sent(item.id)
    sending.sending.send_due()
    assert (row(sending, item).state, row(sending, item).filing) == (
        OutboxState.SENT, Filing.DONE
    )  # fmt: skip
    assert len(post.taken) == 1
    assert [each.subject for each in sending.inbox.lines()] == ["Re: Question"]


@pytest.mark.parametrize("temper", [Temper(hangs_up=["dot"])])
def test_the_person_may_send_it_again_under_the_same_id(sending: Office, post: Post) -> None:
    item = approved(sending)
    at(sending, minutes=1)
    sending.sending.send_due()
    sending.sending.send_again(item.id)
    at(sending, minutes=2)
    sending.sending.send_due()
    assert row(sending, item).state is OutboxState.SENT
    first, second = (message_from_bytes(each.content)["Message-ID"] for each in post.taken)
    assert first == second == item.message_id


def test_an_hour_that_was_chosen_is_kept_and_asked_about_when_missed(
    sending: Office, post: Post
) -> None:
    hour = NOW + timedelta(hours=3)
    early = approved(sending, "reply:early", leaves=hour)
    assert early.due == hour
    at(sending, hours=2, minutes=59)
    sending.sending.send_due()
    assert post.taken == []
    at(sending, hours=3, minutes=59)
    sending.sending.send_due()
    assert row(sending, early).state is OutboxState.SENT, "less than an hour late is in time"
    late = approved(sending, "reply:late", leaves=NOW + timedelta(hours=5))
    at(sending, hours=6, minutes=1)
    sending.sending.send_due()
    assert len(post.taken) == 1
    asked = row(sending, late)
    assert (asked.state, asked.hold) == (OutboxState.WAITING, "late")
    assert "Send it now?" in asked.words
    assert sending.sending.standing().asks
    sending.sending.send_now(late.id)
    sending.sending.send_due()
    assert row(sending, late).state is OutboxState.SENT


def test_a_mail_put_off_leaves_at_its_new_time(sending: Office, post: Post) -> None:
    item = approved(sending)
    done = sending.sending.send_later(item.id, NOW + timedelta(hours=1))
    at(sending, minutes=59)
    sending.sending.send_due()
    assert post.taken == []
    assert done.undo is not None
    done.undo()
    sending.sending.send_due()
    assert len(post.taken) == 1


def test_a_clock_set_back_keeps_nobody_waiting(sending: Office, post: Post) -> None:
    item = approved(sending)
    at(sending, days=-2)
    sending.sending.send_due()
    assert post.taken == [], "it can still be taken back for ten seconds"
    at(sending, days=-2, seconds=11)
    sending.sending.send_due()
    assert row(sending, item).state is OutboxState.SENT


def test_a_clock_set_far_ahead_asks_first(sending: Office, post: Post) -> None:
    item = approved(sending)
    at(sending, days=2)
    sending.sending.send_due()
    assert post.taken == []
    assert row(sending, item).hold == "late"


def test_the_account_the_mail_came_to_answers_it(
    office: Office, post: Post, authority: Authority, tmp_path: Path
) -> None:
    from tests.services.test_inbox import brought

    with_account(office, post, authority)
    with_account(office, post, authority, name="Other", address="nino@other.example")
    (tmp_path / "m.eml").write_text(
        "From: jonas@brueckner.example\nTo: Nino <NINO@other.example>\nSubject: Q\n"
        "Message-ID: <q1@brueckner.example>\nDate: Mon, 23 Nov 2026 08:00:00 +0100\n\nHi?\n"
    )
    brought(office, tmp_path / "m.eml")
    (line,) = office.inbox.lines()
    payload = {"to": "jonas@brueckner.example", "subject": "Re: Q", "mail": line.id}
    approved(office, payload=payload)
    at(office, minutes=1)
    office.sending.send_due()
    assert post.taken[0].sender == "nino@other.example"
    chosen = {**payload, "account": office.accounts.by_name("Studio").id}
    approved(office, "reply:2", payload=chosen)
    at(office, minutes=2)
    office.sending.send_due()
    assert post.taken[1].sender == LOGIN


def test_what_cannot_be_a_mail_fails_with_its_reason(sending: Office, post: Post) -> None:
    item = approved(sending, payload={"to": "nobody at all", "subject": "x", "from": LOGIN})
    at(sending, minutes=1)
    sending.sending.send_due()
    assert row(sending, item).state is OutboxState.FAILED
    assert "no mail address" in row(sending, item).words
    assert post.guests == 0


def test_who_was_thought_dead_in_the_middle_sends_nothing(
    sending: Office, post: Post, tmp_path: Path
) -> None:
    """Another GigDesk takes the lease of one that lives, and the mail with it."""
    from gigdesk.app import door_of, office_on
    from tests.pocket import Pocket

    item = approved(sending)
    at(sending, minutes=1)
    door = door_of(tmp_path / "office", lambda _question: None, Pocket(tmp_path / "office.key"))
    other = office_on(door.open(), lambda: NOW + timedelta(minutes=2))

    def steal() -> None:
        with other.sending._outbox._db.change(Topic.NONE) as db:
            db.conn.execute("DELETE FROM leases")
        assert other.sending.send_due().value == 1

    post.temper.before_mail = steal
    assert sending.sending.send_due().value == 1, "it has left, by the other"
    assert len(post.taken) == 1
    assert row(sending, item).state is OutboxState.SENT
    other.close()


@pytest.mark.parametrize("step", ["before", "after"])
def test_what_was_begun_and_not_ended_goes_again_only_before_its_last_step(
    sending: Office, post: Post, step: str
) -> None:
    item = approved(sending)
    at(sending, minutes=1)
    outbox = sending.sending._outbox
    begun = outbox.begin(item, holder="gone", tries=1, next_try=sending.now())
    if step == "after":
        outbox.last_step(begun)
    sending.sending.send_due()
    state = OutboxState.SENT if step == "before" else OutboxState.UNCERTAIN
    assert row(sending, item).state is state
    assert len(post.taken) == (1 if step == "before" else 0)
