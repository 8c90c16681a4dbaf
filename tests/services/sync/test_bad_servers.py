"""Servers that hold back, strip, let anybody in, say nothing: each with a clear word, and nothing lost."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from gigdesk.domain.accounts import AccountState, Endpoint, Tls
from gigdesk.services.office import Office
from tests.dovecot import HOST, Dovecot
from tests.proxy import Fault, Proxy
from tests.services.sync.conftest import Post, letter

pytestmark = pytest.mark.slow


@contextmanager
def scripted(greeting: bytes, answers: dict[bytes, bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """A server that says what it was told to by the command's name; what it heard."""
    heard: list[bytes] = []
    door = socket.create_server((HOST, 0))

    def serve() -> None:
        talk, _ = door.accept()
        talk.settimeout(20)
        with talk, talk.makefile("rb") as lines:
            talk.sendall(greeting)
            for line in lines:
                heard.append(line)
                tag, name = line.split()[:2]
                if (answer := answers.get(name.upper())) is None:
                    return
                talk.sendall(answer.replace(b"TAG", tag))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield door.getsockname()[1], heard
    finally:
        door.close()
        thread.join(timeout=20)


def starting_tls(post: Post, port: int) -> str:
    """What is said about a server that is to say STARTTLS."""
    account = post.join()
    endpoint = Endpoint(HOST, port, Tls.STARTTLS)
    post.office.accounts.change(replace(account, imap=endpoint))
    return post.tried().error


def test_without_starttls_not_even_the_name_is_told(post: Post) -> None:
    can = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nTAG OK done\r\n"
    with scripted(b"* OK hello\r\n", {b"CAPABILITY": can}) as (port, heard):
        assert "STARTTLS is missing" in starting_tls(post, port)
    assert all(line.split()[1].upper() == b"CAPABILITY" for line in heard)


def test_whoever_lets_in_unasked_is_not_talked_to(post: Post) -> None:
    can = b"* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK done\r\n"
    with scripted(b"* PREAUTH come in\r\n", {b"CAPABILITY": can}) as (port, heard):
        assert "lets in whoever comes" in starting_tls(post, port)
    assert len(heard) <= 1


def test_words_put_before_the_private_part_are_not_believed(post: Post) -> None:
    can = b"* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK done\r\n"
    start = b"TAG OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN LOGINDISABLED\r\n"
    answers = {b"CAPABILITY": can, b"STARTTLS": start}
    with scripted(b"* OK hello\r\n", answers) as (port, heard):
        assert starting_tls(post, port)
    assert [line.split()[1].upper() for line in heard] == [b"CAPABILITY", b"STARTTLS"]


def test_a_server_that_says_nothing_is_given_up(post: Post) -> None:
    door = socket.create_server((HOST, 0))
    post.office.sync._servers.silence = 0.5  # type: ignore[attr-defined]
    try:
        account = post.join(port=door.getsockname()[1])
        assert "does not answer" in post.tried().error
        known = post.office.accounts.get(account.id)
        assert known.state is AccountState.UNREACHABLE
    finally:
        door.close()


def test_a_mail_that_is_never_given_becomes_a_row_that_says_so(
    office: Office, dovecot: Dovecot
) -> None:
    proxy = Proxy(dovecot, lambda: Fault("withhold", 2, random.Random(1)))
    post = Post(office, dovecot)
    try:
        with dovecot.elsewhere(post.user) as other:
            for at in range(1, 4):
                other.put(letter(at))
            post.join(port=proxy.port)
            assert post.sync().new == 2
            assert post.sync().new == 0
            assert post.sync().new == 1, "in the third round it is given up"
            lines = office.inbox.lines()
            assert [line.broken for line in lines].count(True) == 1
            assert post.found("word1") + post.found("word3") == ["Letter 1", "Letter 3"]
            assert post.sync().new == 0
    finally:
        proxy.close()


def test_a_mail_that_is_refused_holds_up_no_other(office: Office, dovecot: Dovecot) -> None:
    proxy = Proxy(dovecot, lambda: Fault("poison", 7, random.Random(1)))
    post = Post(office, dovecot)
    try:
        with dovecot.elsewhere(post.user) as other:
            for at in range(1, 20):
                other.put(letter(at))
            post.join(port=proxy.port)
            assert post.sync().new == 18
            assert (post.sync().new, post.sync().new) == (0, 1)
            assert [line.broken for line in office.inbox.lines()].count(True) == 1
            assert post.sync().new == 0
    finally:
        proxy.close()


def test_a_folder_that_is_not_opened_holds_up_no_other(office: Office, dovecot: Dovecot) -> None:
    faults: list[Fault] = []
    proxy = Proxy(dovecot, lambda: faults[0] if faults else None)
    post = Post(office, dovecot)
    try:
        with dovecot.elsewhere(post.user) as other:
            uid = other.put(letter(1))
            other.put(letter(2), "Archive")
            post.join(port=proxy.port)
            post.sync()
            other.put(letter(3))
            other.move(uid, "Archive")
            faults.append(Fault("shut_folder", 0, random.Random(1)))
            report = post.tried()
            assert report.new == 1
            assert "Archive cannot be read" in report.error
            assert post.found("word1") == ["Letter 1"], "it may lie where nobody may look"
            faults.clear()
            assert post.sync().removed == 0
            assert post.subjects() == ["Letter 3"]
    finally:
        proxy.close()


def test_a_mail_too_large_to_fetch_is_a_row_with_its_beginning(post: Post) -> None:
    maildir = post.server.maildir(post.user)
    with (maildir / "cur" / "1700000000.M1.x:2,").open("wb") as file:
        file.write(letter(1, body="the beginning"))
        for _ in range(70):
            file.write(b"x" * 70 + b"\n" + b"y" * 999_930 + b"\n")
    post.server.given(post.user)
    with post.server.elsewhere(post.user) as other:
        other.put(letter(2))
    post.join()
    assert post.sync().new == 2
    broken = [line for line in post.office.inbox.lines() if line.broken]
    assert [each.subject for each in broken] == ["Letter 1"]
    mail = post.office.inbox.mail(broken[0].id)
    assert mail.broken is not None
    assert mail.broken.code == "too large"
    assert post.sync().new == 0
