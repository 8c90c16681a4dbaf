"""After the mail has left: into Sent on the server, once; and looking there when nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gigdesk.domain.accounts import AccountId
from gigdesk.domain.proposals import Filing, OutboxState
from gigdesk.services.office import Office
from tests.certificates import Authority
from tests.dovecot import PASSWORD, Dovecot, Kind, running
from tests.services.sending.desk import approved, at, row
from tests.smtp_servers import Post, Temper, serving_mail

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as there:
        yield there


@pytest.fixture
def temper() -> Temper:
    return Temper(password=PASSWORD)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def post(authority: Authority, temper: Temper, user: str) -> Iterator[Post]:
    with serving_mail(authority, replace(temper, login=user)) as there:
        yield there


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    return f"user{abs(hash(request.node.name))}"


@pytest.fixture
def desk(office: Office, post: Post, dovecot: Dovecot, authority: Authority, user: str) -> Office:
    account = replace(dovecot.account(user), id=AccountId(0), smtp=post.account(authority).smtp)
    office.accounts.add(account, PASSWORD)
    return office


def test_a_sent_mail_stands_in_sent_once(
    desk: Office, post: Post, dovecot: Dovecot, user: str
) -> None:
    item = approved(desk)
    at(desk, minutes=1)
    desk.sending.send_due()
    done = row(desk, item)
    assert (done.state, done.filing) == (OutboxState.SENT, Filing.DONE)
    assert "kept in Sent" in done.words
    with dovecot.elsewhere(user) as other:
        assert other.ids("Sent") == [item.message_id]
        assert other.flags("Sent") == {1: {"\\Seen"}}
    # As if GigDesk had died after the server had it, before it knew.
    desk.sending._outbox.change(done, filing=Filing.SERVER)
    at(desk, minutes=2)
    desk.sending.send_due()
    with dovecot.elsewhere(user) as other:
        assert other.ids("Sent") == [item.message_id]
    assert row(desk, item).filing is Filing.DONE


def test_the_hidden_recipients_stand_in_ones_own_copy(
    desk: Office, post: Post, dovecot: Dovecot, user: str
) -> None:
    mail = replace(desk.composing.new("ada@x.example"), bcc="bob@y.example", body="Hi")
    desk.composing.send(mail)
    at(desk, minutes=1)
    desk.sending.send_due()
    with dovecot.elsewhere(user) as other:
        _, said = other.open("Sent").imap.uid("FETCH", "1", "(BODY.PEEK[])")
    assert b"Bcc: bob@y.example" in said[0][1]  # type: ignore[index]
    assert b"bob" not in post.taken[0].content


def test_a_server_that_is_away_gets_its_copy_later(
    desk: Office, post: Post, dovecot: Dovecot, user: str
) -> None:
    account = desk.accounts.all()[0]
    assert account.imap is not None
    nowhere = replace(account.imap, port=1)
    away = desk.accounts.change(replace(account, imap=nowhere)).value
    item = approved(desk)
    at(desk, minutes=1)
    desk.sending.send_due()
    done = row(desk, item)
    assert (done.state, done.filing) == (OutboxState.SENT, Filing.SERVER)
    assert "not yet kept" in done.words
    assert len(post.taken) == 1
    desk.accounts.change(replace(desk.accounts.get(away.id), imap=account.imap))
    at(desk, minutes=7)
    desk.sending.send_due()
    assert row(desk, item).filing is Filing.DONE
    assert len(post.taken) == 1
    with dovecot.elsewhere(user) as other:
        assert other.ids("Sent") == [item.message_id]


@pytest.mark.parametrize("temper", [Temper(password=PASSWORD, hangs_up=["dot"])])
def test_what_is_found_in_sent_was_sent(
    desk: Office, post: Post, dovecot: Dovecot, user: str
) -> None:
    item = approved(desk)
    at(desk, minutes=1)
    with dovecot.elsewhere(user) as other:
        # The provider keeps what it sends, a little late.
        desk.sending.send_due()
        assert row(desk, item).state is OutboxState.UNCERTAIN
        other.put(post.taken[0].content, "Sent")
    at(desk, minutes=5)
    desk.sending.send_due()
    done = row(desk, item)
    assert done.state is OutboxState.SENT
    assert "found in Sent" in done.words or "kept in Sent" in done.words
    assert len(post.taken) == 1
    with dovecot.elsewhere(user) as other:
        assert other.ids("Sent") == [item.message_id]


def test_a_server_without_a_folder_for_it_gets_one(office: Office, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    temper = Temper(login="lone", password=PASSWORD)
    with running(Kind(special=())) as bare, serving_mail(authority, temper) as post:
        sends = post.account(authority).smtp
        account = replace(bare.account("lone"), id=AccountId(0), smtp=sends)
        office.accounts.add(account, PASSWORD)
        item = approved(office)
        at(office, minutes=1)
        office.sending.send_due()
        assert row(office, item).filing is Filing.DONE
        with bare.elsewhere("lone") as other:
            assert other.ids("Sent") == [item.message_id]


def test_what_comes_back_from_sent_is_the_mail_that_left(
    desk: Office, post: Post, dovecot: Dovecot, user: str
) -> None:
    approved(desk)
    at(desk, minutes=1)
    desk.sending.send_due()
    assert desk.inbox.total() == 1
    for _ in desk.sync.sync():
        pass
    assert desk.inbox.total() == 1
    (line,) = desk.inbox.lines()
    assert desk.inbox.mail(line.id).mine


@pytest.mark.parametrize("temper", [Temper(password=PASSWORD, hangs_up=["dot"])])
def test_the_person_may_have_it_looked_for_again(
    desk: Office, post: Post, dovecot: Dovecot, user: str
) -> None:
    item = approved(desk)
    for minute in (1, 2, 5, 20):
        at(desk, minutes=minute)
        desk.sending.send_due()
    asked = row(desk, item)
    assert asked.state is OutboxState.UNCERTAIN
    assert asked.next_try is None, "looked for three times, then it is the person's word"
    assert "Not in Sent on the server at 09:50." in asked.advice
    with dovecot.elsewhere(user) as other:
        other.put(post.taken[0].content, "Sent")
    at(desk, hours=5)
    desk.sending.send_due()
    assert row(desk, item).state is OutboxState.UNCERTAIN
    desk.sending.look_again(item.id)
    desk.sending.send_due()
    assert row(desk, item).state is OutboxState.SENT
    assert len(post.taken) == 1
