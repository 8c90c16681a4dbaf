"""Mails being written lie in Drafts on the server, as they are, once; gone when they leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gigdesk.domain.accounts import AccountId
from gigdesk.services.office import Office
from tests.dovecot import PASSWORD, Dovecot, running
from tests.services.sending.desk import at

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as there:
        yield there


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    return f"user{abs(hash(request.node.name))}"


@pytest.fixture
def desk(office: Office, dovecot: Dovecot, user: str) -> Office:
    office.accounts.add(replace(dovecot.account(user), id=AccountId(0)), PASSWORD)
    office.settings.set("server_drafts", "on")
    return office


def drafts(dovecot: Dovecot, user: str) -> list[bytes]:
    """The mails in Drafts."""
    with dovecot.elsewhere(user) as other:
        found = []
        for uid in other.uids("Drafts"):
            _, said = other.imap.uid("FETCH", str(uid), "(BODY.PEEK[])")
            assert isinstance(said[0], tuple)
            found.append(bytes(said[0][1]))
        return found


def test_what_is_written_lies_there_as_it_is(desk: Office, dovecot: Dovecot, user: str) -> None:
    mail = replace(desk.composing.new("Ada <ada@x.example>, half an"), subject="Offer", body="Hi")
    kept = desk.composing.keep(mail).value
    desk.drafts_there.sync()
    assert drafts(dovecot, user) == [], "whoever types is not interrupted"
    at(desk, seconds=30)
    assert desk.drafts_there.sync().value == 1
    (raw,) = drafts(dovecot, user)
    assert b"Subject: Offer" in raw
    assert b"To: Ada <ada@x.example>\r\n" in raw
    with dovecot.elsewhere(user) as other:
        assert set(other.flags("Drafts").popitem()[1]) == {"\\Seen", "\\Draft"}
    assert desk.drafts_there.sync().value == 0
    desk.composing.keep(replace(kept, body="Hi Ada"))
    at(desk, minutes=2)
    desk.drafts_there.sync()
    (raw,) = drafts(dovecot, user)
    assert b"Hi Ada" in raw


@pytest.mark.parametrize("ends", ["sent", "thrown away"])
def test_it_goes_from_there_when_it_leaves_here(
    desk: Office, dovecot: Dovecot, user: str, ends: str
) -> None:
    kept = desk.composing.keep(desk.composing.new("ada@x.example")).value
    at(desk, seconds=30)
    desk.drafts_there.sync()
    assert len(drafts(dovecot, user)) == 1
    if ends == "sent":
        desk.composing.send(kept)
    else:
        desk.composing.throw_away(kept.id)
    desk.drafts_there.sync()
    assert drafts(dovecot, user) == []


def test_a_copy_whose_row_never_came_is_taken_away(
    desk: Office, dovecot: Dovecot, user: str
) -> None:
    """As when GigDesk dies between putting it there and writing that down."""
    desk.composing.keep(desk.composing.new("ada@x.example"))
    at(desk, seconds=30)
    store = desk.drafts_there._room.there
    real, store.put = store.put, lambda *_: None  # type: ignore[method-assign, assignment]
    desk.drafts_there.sync()
    store.put = real  # type: ignore[method-assign]
    desk.drafts_there.sync()
    assert len(drafts(dovecot, user)) == 1


def test_nothing_goes_there_unless_it_is_wanted(desk: Office, dovecot: Dovecot, user: str) -> None:
    desk.settings.set("server_drafts", "off")
    desk.composing.keep(desk.composing.new("ada@x.example"))
    at(desk, minutes=5)
    assert desk.drafts_there.sync().value == 0
    assert drafts(dovecot, user) == []
    assert desk.ledger.latest() == []
