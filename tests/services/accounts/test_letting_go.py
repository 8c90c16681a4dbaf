"""An account goes: its mails stay, or leave with it, and what lies elsewhere too stays in any case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gigdesk.domain.accounts import Account
from gigdesk.services.office import Office
from tests import dovecot
from tests.dovecot import Dovecot

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def imap() -> Iterator[Dovecot]:
    with dovecot.running() as server:
        yield server


def mail(number: int) -> bytes:
    """A small mail."""
    return (
        f"From: Jonas <jonas@x.example>\r\nTo: anna@desk.example\r\nSubject: Nr {number}\r\n"
        f"Message-ID: <{number}@x.example>\r\nDate: Mon, 23 Nov 2026 08:00:00 +0100\r\n\r\nhello\r\n"
    ).encode()


def fetched(office: Office, imap: Dovecot, user: str, *numbers: int) -> Account:
    """An account whose server has these mails, fetched."""
    with imap.elsewhere(user) as there:
        for number in numbers:
            there.put(mail(number))
    account = office.accounts.add(replace(imap.account(user), name=user), "test").value
    for _ in office.sync.sync([user]):
        pass
    return account


def found(office: Office) -> set[str]:
    return {each.subject for each in office.inbox.search("from:jonas")}


@pytest.mark.parametrize("with_mails", [False, True])
def test_its_mails_stay_unless_the_person_says_otherwise(
    office: Office, imap: Dovecot, with_mails: bool
) -> None:
    user = f"one{with_mails:d}"
    one = fetched(office, imap, user, 1, 2)
    fetched(office, imap, f"two{with_mails:d}", 2, 3)
    assert found(office) == {"Nr 1", "Nr 2", "Nr 3"}
    office.sync.let_go(one.id, with_mails=with_mails)
    assert found(office) == ({"Nr 2", "Nr 3"} if with_mails else {"Nr 1", "Nr 2", "Nr 3"})
    assert [each.name for each in office.accounts.all()] == [f"two{with_mails:d}"]
    # It comes back with its mails when it is set up anew, none of them twice.
    fetched(office, imap, user)
    assert found(office) == {"Nr 1", "Nr 2", "Nr 3"}
    assert len(office.inbox.search("from:jonas")) == 3


def test_an_account_that_goes_while_it_is_fetched_ends_quietly(
    office: Office, imap: Dovecot
) -> None:
    with imap.elsewhere("three") as there:
        for number in range(20):
            there.put(mail(100 + number))
    account = office.accounts.add(replace(imap.account("three"), name="three"), "test").value
    fetching = office.sync.sync(["three"])
    next(fetching)
    office.sync.let_go(account.id, with_mails=True)
    while True:
        try:
            next(fetching)
        except StopIteration as end:
            (report,) = end.value
            break
    assert "There is no account" in report.error
    assert office.inbox.total() == 0
    attending = office.sync.attend(account)
    attending.run()  # returns at once
