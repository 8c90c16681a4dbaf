"""Knocking at mail servers: no name is said, and one that offers no privacy is left at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from gigdesk.domain.accounts import Endpoint, Tls
from gigdesk.domain.errors import Distrusted, Unreachable
from gigdesk.domain.providers import Kind
from gigdesk.gateways.doors import MailDoors
from gigdesk.gateways.net import Gate
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.ledger import LedgerStore
from tests.certificates import self_made
from tests.conftest import NOW
from tests.gateways.test_tls import plain, server, shouting

IMAP_STRIPPED = {b"STARTTLS": b"TAG BAD unknown\r\n"}
SMTP_STRIPPED = {b"EHLO": b"250-there\r\n250 SIZE 1\r\n", b"STARTTLS": b"502 no\r\n"}


@pytest.fixture
def doors(db: DeskDb) -> MailDoors:
    return MailDoors(Gate(LedgerStore(db), lambda: NOW))


@pytest.mark.parametrize(
    ("kind", "greeting", "answers", "said"),
    [
        ("imap", b"* OK hi\r\n", IMAP_STRIPPED, b"a STARTTLS\r\n"),
        ("smtp", b"220 hi\r\n", SMTP_STRIPPED, b"EHLO [127.0.0.1]\r\nSTARTTLS\r\n"),
    ],
)
def test_where_starttls_is_stripped_it_stops_with_a_clear_word(
    doors: MailDoors, db: DeskDb, kind: Kind, greeting: bytes, answers: dict[bytes, bytes],
    said: bytes,
) -> None:  # fmt: skip
    stops = pytest.raises(Distrusted, match="STARTTLS is missing")
    with server(plain(answers, greeting)) as there, stops as stopped:
        doors.knock(Endpoint("127.0.0.1", there.port, Tls.STARTTLS), kind, "look")
    assert there.heard == said
    assert "not even your name" in stopped.value.advice
    entry = LedgerStore(db).latest(1)[0]
    assert (entry.state, entry.sent) == ("failed", len(said))


@pytest.mark.parametrize("greeting", [b"SSH-2.0-x\r\n", b"* BYE\r\n", b"\r\n"])
def test_what_is_no_mail_server_is_left(doors: MailDoors, greeting: bytes) -> None:
    for kind in ("imap", "smtp"):
        if kind == "imap" and greeting.startswith(b"*"):
            continue
        with server(plain({}, greeting)) as there, pytest.raises((Distrusted, Unreachable)):
            doors.knock(Endpoint("127.0.0.1", there.port, Tls.STARTTLS), kind, "look")
        assert there.heard == b""


def test_a_greeting_without_an_end_is_no_greeting(doors: MailDoors) -> None:
    with server(plain({}, b"* " + b"x" * 10_000)) as there, pytest.raises(Unreachable):
        doors.knock(Endpoint("127.0.0.1", there.port, Tls.STARTTLS), "imap", "look")


def test_a_certificate_is_shown_as_it_is(doors: MailDoors, tmp_path: Path) -> None:
    with server(shouting(self_made(tmp_path, "127.0.0.1", "nas.example"))) as there:
        shown = doors.certificate(Endpoint("127.0.0.1", there.port), "imap")
    assert shown.names == ("127.0.0.1", "nas.example")
    assert shown.self_made
    assert there.heard == b""
