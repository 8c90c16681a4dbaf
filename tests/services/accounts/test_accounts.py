"""Accounts on a real desk: added, found, marked, removed, their secrets where they belong."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gigdesk.app import door_of, office_on
from gigdesk.domain.accounts import (
    Account,
    AccountId,
    AccountState,
    Auth,
    Endpoint,
    Grant,
    OAuthClient,
    Tls,
)
from gigdesk.domain.errors import Locked, NotFound, Refused, SignInRefused, Stale
from gigdesk.domain.topics import Topic
from gigdesk.services.office import Office
from gigdesk.services.sample.place import NoKeyring
from tests.conftest import NOW, PASSPHRASE
from tests.pocket import Pocket

ANNA = Account(
    AccountId(0),
    "Studio",
    "anna@studio.example",
    Endpoint("imap.studio.example", 993),
    Endpoint("smtp.studio.example", 587, Tls.STARTTLS, "a certificate"),
    "anna",
)
GRANT = Grant(
    OAuthClient("an id", "https://login.example/token"), "refresh-1", "access-1",
    NOW + timedelta(hours=1),
)  # fmt: skip


def test_an_account_is_kept_whole_and_found(office: Office) -> None:
    done = office.accounts.add(ANNA, "secret")
    assert done.topics == Topic.ACCOUNTS
    kept = done.value
    assert kept == replace(ANNA, id=kept.id)
    for name in ("studio", "ANNA@studio.example", str(kept.id)):
        assert office.accounts.by_name(name) == kept
    with pytest.raises(NotFound):
        office.accounts.by_name("nobody")
    assert office.accounts.all() == [office.accounts.get(kept.id)]
    assert office.accounts.secret(kept).value == "secret"


def test_a_name_is_taken_once(office: Office) -> None:
    office.accounts.add(ANNA, "secret")
    with pytest.raises(Refused):
        office.accounts.add(replace(ANNA, name="STUDIO"), "other")
    other = office.accounts.add(replace(ANNA, name="Second"), "other").value
    with pytest.raises(Refused):
        office.accounts.change(replace(other, name="studio"))


def test_the_persons_own_addresses(office: Office) -> None:
    office.profile.update({"email": "Erika@Muster.example"})
    office.accounts.add(ANNA, "secret")
    assert office.accounts.mine() == {"erika@muster.example", "anna@studio.example"}


def test_how_it_stands_is_marked_once(office: Office) -> None:
    kept = office.accounts.add(ANNA, "secret").value
    news = office.accounts.mark(kept, AccountState.UNREACHABLE, "it does not answer")
    assert (news.topics, news.value.words) == (Topic.ACCOUNTS, "it does not answer")
    same = office.accounts.mark(kept, AccountState.UNREACHABLE, "it does not answer")
    assert same.topics == Topic.NONE


def test_a_change_can_be_taken_back_until_something_newer_happened(office: Office) -> None:
    kept = office.accounts.add(ANNA, "secret").value
    done = office.accounts.change(replace(kept, login="anna.b"))
    assert done.undo is not None
    assert done.undo().value.login == "anna"
    with pytest.raises(Stale):
        done.undo()


def test_removing_forgets_the_secrets(office: Office, tmp_path: Path) -> None:
    kept = office.accounts.add(ANNA, "in the pocket").value
    pocket = tmp_path / "office.key"
    assert "in the pocket" in pocket.read_text()
    assert f"account {kept.id}" in pocket.read_text()
    office.accounts.remove(kept.id)
    assert "in the pocket" not in pocket.read_text()
    assert office.accounts.all() == []
    browser = office.accounts.add(replace(ANNA, auth=Auth.OAUTH2), GRANT).value
    office.accounts.remove(browser.id)
    with pytest.raises(NotFound):
        office.accounts.secret(browser)


def test_an_id_is_never_given_twice(office: Office) -> None:
    first = office.accounts.add(ANNA, "secret").value
    office.accounts.remove(first.id)
    assert office.accounts.add(ANNA, "secret").value.id > first.id


def test_without_a_keyring_the_password_lies_encrypted(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    office = office_on(door_of(home, lambda _q: PASSPHRASE, NoKeyring()).open(), lambda: NOW)
    kept = office.accounts.add(ANNA, "horse-and-staple").value
    assert office.accounts.secret(kept).value == "horse-and-staple"
    office.close()
    found = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"horse-and-staple" not in found
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(home / "desk.db").execute("SELECT * FROM accounts")


class Shut(Pocket):
    """A keyring that is locked while `shut`."""

    shut = False

    def get(self, name: str) -> str | None:
        self._look()
        return super().get(name)

    def put(self, name: str, secret: str) -> None:
        self._look()
        super().put(name, secret)

    def forget(self, name: str) -> None:
        self._look()
        super().forget(name)

    def _look(self) -> None:
        if self.shut:
            raise Locked("The keyring is locked")


def test_a_locked_keyring_keeps_all(tmp_path: Path) -> None:
    keyring = Shut(tmp_path / "key")
    office = office_on(door_of(tmp_path / "desk", lambda _q: None, keyring).open(), lambda: NOW)
    kept = office.accounts.add(ANNA, "secret").value
    keyring.shut = True
    with pytest.raises(Locked):
        office.accounts.add(replace(ANNA, name="Second"), "other")
    with pytest.raises(Locked):
        office.accounts.secret(kept)
    with pytest.raises(Locked):
        office.accounts.remove(kept.id)
    assert office.accounts.all() == [kept]
    keyring.shut = False
    assert office.accounts.secret(kept).value == "secret"
    office.close()


def test_a_password_that_went_missing_asks_the_person(office: Office, tmp_path: Path) -> None:
    kept = office.accounts.add(ANNA, "secret").value
    pocket = Pocket(tmp_path / "office.key")
    name = next(line for line in (tmp_path / "office.key").read_text().split("\n") if "acc" in line)
    pocket.forget(name)
    with pytest.raises(SignInRefused, match="password of Studio"):
        office.accounts.secret(kept)
    assert office.accounts.get(kept.id).state is AccountState.REFUSED
    office.accounts.prove(kept.id, "again")
    now = office.accounts.get(kept.id)
    assert (now.state, now.words) == (AccountState.NEW, "")
    assert office.accounts.secret(now).value == "again"


def test_a_token_that_lasts_is_taken_as_it_is(office: Office) -> None:
    kept = office.accounts.add(replace(ANNA, auth=Auth.OAUTH2), GRANT).value
    assert office.accounts.secret(kept).value == "access-1"
    assert office.ledger.latest() == []


def test_no_secret_is_ever_shown(office: Office) -> None:
    kept = office.accounts.add(ANNA, "horse-and-staple").value
    said = repr((kept, office.accounts.secret(kept), GRANT, office.accounts.get(kept.id)))
    for secret in ("horse-and-staple", "refresh-1", "access-1", "a certificate"):
        assert secret not in said


def test_one_that_is_off_stays_off_whatever_is_told_of_it(office: Office) -> None:
    kept = office.accounts.add(ANNA, "secret").value
    done = office.accounts.switch(kept.id, on=False)
    assert (done.value.state, done.words) == (AccountState.OFF, "Studio is off")
    assert office.accounts.mark(kept, AccountState.OK).topics == Topic.NONE
    assert office.accounts.get(kept.id).state is AccountState.OFF
    assert done.undo is not None
    assert done.undo().value.state is AccountState.NEW
    assert office.accounts.switch(kept.id, on=True).topics == Topic.NONE
