"""Sending over real servers: private first, all or nobody, and honest about what nobody knows."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from gigdesk.domain.accounts import Account, AccountId, Auth, Endpoint, Tls
from gigdesk.domain.errors import (
    Distrusted,
    Doubtful,
    NotTaken,
    SignInRefused,
    Trouble,
    TryLater,
    Unreachable,
)
from gigdesk.domain.ports import Parcel
from gigdesk.gateways.net import Gate
from gigdesk.gateways.smtp import Smtp
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.ledger import LedgerStore
from tests.certificates import Authority
from tests.conftest import NOW
from tests.smtp_servers import (
    LOGIN,
    TOKEN,
    Post,
    Temper,
    password,
    saying,
    serving_mail,
    token,
)

MAIL = b"Subject: hi\r\n\r\nHello\r\n.\r\n..dots\r\n.end\r\n"
PARCEL = Parcel(LOGIN, ("ada@x.example", "bob@y.example"), MAIL)
# The greeting and the answers up to and with DATA's, as `saying` gives them.
HELLO = [b"220 hi\r\n", b"250-hi\r\n250 AUTH PLAIN\r\n", b"235 in\r\n"]
TO_DATA = [*HELLO, b"250 ok\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"]


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def book(db: DeskDb) -> LedgerStore:
    return LedgerStore(db)


@pytest.fixture
def smtp(book: LedgerStore) -> Smtp:
    return Smtp(Gate(book, lambda: NOW))


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_a_mail_arrives_as_it_was_written(
    smtp: Smtp, authority: Authority, book: LedgerStore, tls: str
) -> None:
    with serving_mail(authority, Temper(tls)) as post:
        said = smtp.send(post.account(authority), password(), PARCEL)
    assert said == "250 2.0.0 queued as 4711"
    (taken,) = post.taken
    assert (taken.sender, taken.recipients) == (LOGIN, PARCEL.recipients)
    assert taken.content == MAIL
    entry = book.latest(1)[0]
    assert (entry.state, entry.asker) == ("closed", "mail")
    assert entry.sent > len(MAIL)


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN", "XOAUTH2"])
def test_every_way_to_log_in(smtp: Smtp, authority: Authority, way: str) -> None:
    with serving_mail(authority, Temper(ways=(way,))) as post:
        secret = token() if way == "XOAUTH2" else password()
        account = post.account(authority, auth=secret.auth)
        smtp.send(account, secret, PARCEL)
        smtp.try_login(account, secret)
        wrong = token("ya29.old") if way == "XOAUTH2" else password("wrong")
        with pytest.raises(SignInRefused, match="cannot sign in"):
            smtp.send(account, wrong, PARCEL)
    assert len(post.taken) == 1
    assert set(post.logins) == {way}


def test_a_server_without_starttls_hears_no_name(smtp: Smtp, authority: Authority) -> None:
    with serving_mail(authority, Temper("stripped")) as post:
        account = post.account(authority)
        with pytest.raises(Distrusted):
            smtp.send(account, password(), PARCEL)
    assert post.logins == []
    assert post.taken == []


def test_words_slipped_in_before_tls_are_not_believed(smtp: Smtp, authority: Authority) -> None:
    answers = [b"220 hi\r\n", b"250-hi\r\n250 STARTTLS\r\n", b"220 go\r\n250 AUTH PLAIN\r\n"]
    with saying(authority, answers, private=False) as (port, heard), pytest.raises(Distrusted):
        smtp.send(account_at(port, authority, Tls.STARTTLS), password(), PARCEL)
    assert not any(line.startswith(b"AUTH") for line in heard)


def test_a_certificate_nobody_vouches_for_stops_before_the_login(
    smtp: Smtp, authority: Authority, tmp_path: Path
) -> None:
    other = Authority(tmp_path, "Somebody else")
    for tls in ("implicit", "starttls"):
        with serving_mail(authority, Temper(tls)) as post, pytest.raises(Distrusted):
            smtp.send(post.account(other), password(), PARCEL)
        assert post.logins == []


@pytest.mark.parametrize(
    ("says", "kind", "words"),
    [
        ({"rcpt bob@y.example": ["550 5.1.1 No such user"]}, NotTaken, "bob@y.example was refused"),
        ({"rcpt ada@x.example": ["452 4.2.2 Full"]}, TryLater, "takes no mail just now"),
        ({"mail": ["553 5.7.1 Not yours"]}, NotTaken, LOGIN),
        ({"data": ["552 5.3.4 Too big"]}, NotTaken, "Send a link"),
        ({"data": ["451 4.7.1 Greylisted"]}, TryLater, "Greylisted"),
    ],
)
def test_a_no_says_why_and_nobody_got_it(
    smtp: Smtp, authority: Authority, says: dict[str, list[str]], kind: type[Trouble], words: str
) -> None:
    with serving_mail(authority, Temper(says=says)) as post:
        account = post.account(authority)
        with pytest.raises(kind, match=words):
            smtp.send(account, password(), PARCEL)
        assert post.taken == []
        smtp.send(account, password(), PARCEL)
    assert len(post.taken) == 1


def test_a_mail_too_large_is_not_even_begun(smtp: Smtp, authority: Authority) -> None:
    with serving_mail(authority, Temper(size=1000)) as post, pytest.raises(NotTaken, match="large"):
        smtp.send(post.account(authority), password(), Parcel(LOGIN, ("a@x.example",), b"x" * 2000))


def test_letters_beyond_ascii_go_where_they_are_taken(smtp: Smtp, authority: Authority) -> None:
    parcel = Parcel(LOGIN, ("jörg@x.example",), MAIL, beyond_ascii=True)
    with serving_mail(authority, Temper(utf8=False)) as post, pytest.raises(NotTaken):
        smtp.send(post.account(authority), password(), parcel)
    with serving_mail(authority, Temper(utf8=True)) as post:
        smtp.send(post.account(authority), password(), parcel)
    assert post.taken[0].recipients == ("jörg@x.example",)


def test_a_server_that_dies_before_the_mail_has_taken_nothing(
    smtp: Smtp, authority: Authority, book: LedgerStore
) -> None:
    with serving_mail(authority, Temper(hangs_up=["data"])) as post:
        with pytest.raises(Unreachable):
            smtp.send(post.account(authority), password(), PARCEL)
        assert post.taken == []
    assert book.latest(1)[0].state == "failed"


def test_a_server_that_dies_after_the_dot_leaves_a_doubt(smtp: Smtp, authority: Authority) -> None:
    with serving_mail(authority, Temper(hangs_up=["dot"])) as post:
        with pytest.raises(Doubtful):
            smtp.send(post.account(authority), password(), PARCEL)
        assert len(post.taken) == 1


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ([b"garbage\r\n"], Doubtful),
        ([b"399 what\r\n"], Doubtful),
        ([b"250-more\r\n" * 200], Doubtful),
        ([b"x" * 10_000], Doubtful),
        ([None], Doubtful),
        ([b"250 ok\r\n", None], None),
        ([b"554 5.7.1 spam\r\n"], NotTaken),
        ([b"451 later\r\n"], TryLater),
    ],
)
def test_only_a_clear_word_after_the_dot_is_believed(
    smtp: Smtp, authority: Authority, after: list[bytes | None], kind: type[Trouble] | None
) -> None:
    with saying(authority, [*TO_DATA, *after]) as (port, _):
        account = account_at(port, authority)
        if kind is None:
            assert smtp.send(account, password(), PARCEL) == "250 ok"
            return
        with pytest.raises(kind):
            smtp.send(account, password(), PARCEL)


@pytest.mark.parametrize("cut", range(len(TO_DATA)))
@pytest.mark.parametrize("last", [None, b"garbage\r\n", b"421 4.3.2 closing\r\n"])
def test_whatever_goes_wrong_before_the_dot_is_no_doubt(
    smtp: Smtp, authority: Authority, cut: int, last: bytes | None
) -> None:
    with (
        saying(authority, [*TO_DATA[:cut], last]) as (port, _),
        pytest.raises((Unreachable, TryLater)),
    ):
        smtp.send(account_at(port, authority), password(), PARCEL)


def test_a_slow_answer_after_the_dot_is_waited_for_only_so_long(
    book: LedgerStore, authority: Authority
) -> None:
    impatient = Smtp(Gate(book, lambda: NOW), last_answer=0.2)
    with saying(authority, [*TO_DATA, b""]) as (port, _), pytest.raises(Doubtful):
        impatient.send(account_at(port, authority), password(), PARCEL)


def test_neither_name_nor_place_of_this_machine_is_told(smtp: Smtp, authority: Authority) -> None:
    with saying(authority, [*TO_DATA, b"250 ok\r\n", b"221 bye\r\n"]) as (port, heard):
        smtp.send(account_at(port, authority), password(), PARCEL)
    assert heard[0] == b"ehlo [127.0.0.1]\r\n"


def test_an_account_without_a_server_says_so(smtp: Smtp, authority: Authority) -> None:
    with serving_mail(authority) as post, pytest.raises(Trouble, match="no server"):
        smtp.send(post.account(authority, smtp=None), password(), PARCEL)


def account_at(port: int, authority: Authority, tls: Tls = Tls.IMPLICIT) -> Account:
    return Account(
        AccountId(1), "Studio", LOGIN, None, Endpoint("127.0.0.1", port, tls, authority.pem),
        LOGIN, Auth.PASSWORD,
    )  # fmt: skip


def test_two_mails_are_two_conversations(smtp: Smtp, authority: Authority) -> None:
    with serving_mail(authority) as post:
        for _ in range(2):
            smtp.send(post.account(authority), password(), PARCEL)
    assert isinstance(post, Post)
    assert (len(post.taken), post.guests) == (2, 2)


def test_an_automatic_answer_names_no_sender_where_that_is_taken(
    smtp: Smtp, authority: Authority
) -> None:
    automatic = replace(PARCEL, automatic=True)
    with serving_mail(authority) as post:
        smtp.send(post.account(authority), password(), automatic)
    assert [each.sender for each in post.taken] == ["<>"]
    with serving_mail(authority, Temper(says={"mail": ["550 5.7.1 a sender is needed"]})) as post:
        smtp.send(post.account(authority), password(), automatic)
    assert [each.sender for each in post.taken] == [LOGIN]


@pytest.mark.parametrize("last", [b"235 in\r\n", b"535 5.7.8 no\r\n"])
def test_a_server_that_knows_the_standard_alone_is_shown_the_token(
    smtp: Smtp, authority: Authority, last: bytes
) -> None:
    """RFC 7628; a refusal comes with its reason, and is final once that was heard."""
    refused = last.startswith(b"5")
    answers: list[bytes | None] = [HELLO[0], b"250-hi\r\n250 AUTH OAUTHBEARER\r\n"]
    answers += [b"334 eyJzdGF0dXMiOiI0MDEifQ==\r\n", last] if refused else [last, b"221 bye\r\n"]
    with saying(authority, answers) as (port, heard):
        account = account_at(port, authority)
        if refused:
            with pytest.raises(SignInRefused):
                smtp.try_login(account, token())
            assert heard[2] == b"AQ==\r\n"
        else:
            smtp.try_login(account, token())
    said = base64.b64decode(heard[1].split()[2])
    assert said == f"n,a={LOGIN},\1auth=Bearer {TOKEN}\1\1".encode()
