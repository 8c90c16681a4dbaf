"""A desk beside a mail server: one Dovecot for all tests, a mail box of its own for each."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.accounts import Account, Auth, Grant, Tls
from tests.dovecot import PASSWORD, Dovecot, Kind, running

if TYPE_CHECKING:
    from gigdesk.domain.inbox.syncing import SyncReport
    from gigdesk.domain.prompts import Stop
    from gigdesk.services.office import Office

_users = itertools.count(1)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """The server as it is by default: QRESYNC, MOVE, IDLE, special use."""
    with running() as server:
        yield server


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    """A server of the kind that a test asks for."""
    kind: Kind = getattr(request, "param", Kind())
    with running(kind) as made:
        yield made


def letter(
    number: int,
    *,
    sender: str = "jonas@brueckner.example",
    to: str = "anna@desk.example",
    subject: str = "",
    answers: int | None = None,
    body: str = "",
    day: int = 0,
) -> bytes:
    """A mail; the higher its number, the later in November 2026 it was sent."""
    day = day or 1 + number // 20 % 20
    head = [
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {subject or f'Letter {number}'}",
        f"Date: {day:02} Nov 2026 {8 + number % 10:02}:{number % 60:02}:00 +0000",
        f"Message-ID: <{number}@post.example>",
        *([f"In-Reply-To: <{answers}@post.example>"] if answers is not None else []),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
    ]
    return "\r\n".join([*head, "", body or f"word{number} hello", ""]).encode()


class Post:
    """The desk's side and the server's side of one person's mail."""

    def __init__(self, office: Office, server: Dovecot) -> None:
        self.office, self.server = office, server
        self.user = f"user{next(_users)}"
        self.account: Account | None = None

    def join(
        self, tls: Tls = Tls.IMPLICIT, port: int = 0, proof: str | Grant = PASSWORD
    ) -> Account:
        """Add the account to the desk."""
        auth = Auth.OAUTH2 if isinstance(proof, Grant) else Auth.PASSWORD
        wanted = self.server.account(self.user, tls, port, auth)
        self.account = self.office.accounts.add(wanted, proof).value
        return self.account

    def through(self, port: int) -> None:
        """Reach the server through this port from now on."""
        assert self.account is not None
        known = self.office.accounts.get(self.account.id)
        endpoint = self.server.endpoint(port=port)
        self.account = self.office.accounts.change(replace(known, imap=endpoint)).value

    def sync(self, stop: Stop | None = None) -> SyncReport:
        """Fetch; it has to go well."""
        report = self.tried(stop)
        assert report.error == "", report.error
        return report

    def tried(self, stop: Stop | None = None) -> SyncReport:
        """Fetch; how it went."""
        assert self.account is not None
        steps = self.office.sync.sync([self.account.name], stop)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                report: SyncReport = end.value[0]
                return report

    def subjects(self) -> list[str]:
        """The subjects of all conversations in the list, sorted."""
        from gigdesk.domain.inbox.mails import Section

        threads = self.office.inbox.threads(list(Section), 0, 1000)
        return sorted(each.subject for each in threads)

    def found(self, typed: str) -> list[str]:
        """The subjects of what a search finds, sorted."""
        return sorted(each.subject for each in self.office.inbox.search(typed, 1000))

    def unread(self, typed: str) -> bool:
        """Whether the one mail that a search finds is unread."""
        (hit,) = self.office.inbox.search(typed, 10)
        return hit.unread

    def thread(self, typed: str) -> int:
        """The conversation of the one mail that a search finds."""
        (hit,) = self.office.inbox.search(typed, 10)
        return hit.thread


@pytest.fixture
def post(office: Office, dovecot: Dovecot) -> Post:
    """A desk and an empty mail box; the account is not joined yet."""
    return Post(office, dovecot)


@pytest.fixture
def posted(office: Office) -> Callable[[Dovecot], Post]:
    """The same on another server."""
    return lambda server: Post(office, server)
