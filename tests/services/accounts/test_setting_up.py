"""Setting up against real servers: Dovecot, aiosmtpd and an identity provider of our own."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from gigdesk.app import door_of, office_on
from gigdesk.domain.accounts import (
    Account,
    AccountId,
    AccountState,
    Auth,
    Endpoint,
    Grant,
    Tls,
)
from gigdesk.domain.errors import Distrusted, Refused, SignInRefused, Unreachable
from gigdesk.domain.prompts import Never
from gigdesk.domain.providers import Kind
from gigdesk.gateways.doors import MailDoors
from gigdesk.gateways.imap.box import ImapServers
from gigdesk.gateways.net import Gate, announced
from gigdesk.gateways.oauth import OAuthServers
from gigdesk.gateways.smtp import Smtp
from gigdesk.services.accounts import SettingUp
from gigdesk.services.accounts.setting_up import Stage
from gigdesk.services.office import Office
from gigdesk.store.ledger import LedgerStore
from tests import dovecot
from tests.certificates import Authority
from tests.conftest import NOW
from tests.dovecot import Dovecot, free_port
from tests.dovecot import Kind as ServerKind
from tests.idp import IdentityProvider, identity_provider
from tests.pocket import Pocket
from tests.smtp_servers import LOGIN, PASSWORD, Temper, serving_mail

pytestmark = pytest.mark.slow
T = TypeVar("T")


@pytest.fixture(scope="module")
def imap() -> Iterator[Dovecot]:
    with dovecot.running() as server:
        yield server


def run(work: Generator[object, None, T]) -> tuple[list[object], T]:
    """All the pieces, and the answer."""
    pieces: list[object] = []
    while True:
        try:
            pieces.append(next(work))
        except StopIteration as end:
            return pieces, end.value


def account(imap: Endpoint | None, smtp: Endpoint | None = None, login: str = "anna") -> Account:
    return Account(AccountId(0), "Studio", f"{login}@studio.example", imap, smtp, login)


def test_an_account_is_kept_once_its_login_works(office: Office, imap: Dovecot) -> None:
    stages, done = run(office.setting_up.entering(account(imap.endpoint()), "test", Never()))
    assert stages == [Stage("imap", imap.endpoint(), 1, 1)]
    assert done
    assert (done.value.state, office.accounts.all()) == (AccountState.OK, [done.value])
    entry = office.ledger.latest()[0]
    assert (entry.port, entry.why, entry.state) == (
        imap.imaps,
        "Try the login for fetching",
        "closed",
    )
    assert entry.sent > 300


@pytest.mark.parametrize("tls", list(Tls))
def test_a_wrong_password_keeps_nothing(office: Office, imap: Dovecot, tls: Tls) -> None:
    with pytest.raises(SignInRefused):
        run(office.setting_up.entering(account(imap.endpoint(tls)), "wrong", Never()))
    assert office.accounts.all() == []


def test_both_servers_have_to_take_it(office: Office, imap: Dovecot, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with serving_mail(authority) as post:
        both = replace(post.account(authority), imap=imap.endpoint(), name="Both")
        with pytest.raises(SignInRefused):
            run(office.setting_up.entering(both, "test", Never()))
        assert post.logins
        only = replace(both, imap=None)
        stages, done = run(office.setting_up.entering(only, PASSWORD, Never()))
    assert [each.kind for each in stages if isinstance(each, Stage)] == ["smtp"]
    assert done
    assert done.value.login == LOGIN


def test_a_stop_keeps_nothing(office: Office, imap: Dovecot) -> None:
    stop = threading.Event()
    work = office.setting_up.entering(account(imap.endpoint()), "test", stop)
    next(work)
    stop.set()
    assert run(work)[1] is None
    assert office.accounts.all() == []


def test_a_server_nobody_vouches_for_is_trusted_by_the_person_alone(
    office: Office, imap: Dovecot
) -> None:
    stranger = replace(imap.endpoint(), certificate="")
    with pytest.raises(Distrusted):
        run(office.setting_up.entering(account(stranger), "test", Never()))
    for tls in Tls:
        at = replace(imap.endpoint(tls), certificate="")
        shown = office.setting_up.certificate(at, "imap")
        assert shown.self_made
        assert set(shown.names) == {"localhost", "127.0.0.1"}
        assert len(shown.fingerprint) == 95
    trusted = replace(stranger, certificate=shown.pem)
    assert run(office.setting_up.entering(account(trusted), "test", Never()))[1]


def test_checking_marks_how_it_stands(office: Office, imap: Dovecot) -> None:
    kept = office.accounts.add(account(imap.endpoint()), "wrong").value
    with pytest.raises(SignInRefused):
        office.setting_up.check(kept.id)
    assert office.accounts.get(kept.id).state is AccountState.REFUSED
    assert "cannot sign in" in office.accounts.get(kept.id).words
    run(office.setting_up.proving(office.accounts.get(kept.id), "test", Never()))
    assert office.accounts.get(kept.id).state is AccountState.OK
    gone = replace(office.accounts.get(kept.id), imap=Endpoint("127.0.0.1", free_port()))
    office.accounts.change(gone)
    with pytest.raises(Unreachable):
        office.setting_up.check(kept.id)
    assert office.accounts.get(kept.id).state is AccountState.UNREACHABLE
    stranger = replace(office.accounts.get(kept.id), imap=replace(imap.endpoint(), certificate=""))
    office.accounts.change(stranger)
    with pytest.raises(Distrusted):
        office.setting_up.check(kept.id)
    assert office.accounts.get(kept.id).state is AccountState.UNREACHABLE
    assert "vouches" in office.accounts.get(kept.id).words


class Guessing:
    """A setting-up whose guesses are on this machine."""

    def __init__(
        self, office: Office, book: LedgerStore, guesses: dict[Kind, list[Endpoint]]
    ) -> None:
        gate = Gate(book, lambda: NOW)
        self.guesses = guesses
        self.setting_up = SettingUp(
            office.accounts, MailDoors(gate), ImapServers(gate), Smtp(gate), OAuthServers(gate),
            lambda: NOW, lambda _address, kind: self.guesses[kind],
        )  # fmt: skip


def test_guesses_are_tried_one_after_another_and_none_without_trust(
    office: Office, imap: Dovecot, tmp_path: Path, db: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    with (
        serving_mail(authority) as post,
        serving_mail(authority, Temper(tls="none")) as bare,
    ):
        trust = tmp_path / "trusted.pem"
        trust.write_text(imap.certificate + authority.pem)
        monkeypatch.setenv("SSL_CERT_FILE", str(trust))
        guesses: dict[Kind, list[Endpoint]] = {
            "imap": [
                Endpoint("127.0.0.1", free_port()),
                Endpoint("127.0.0.1", bare.port, Tls.STARTTLS),
                Endpoint("127.0.0.1", imap.imap, Tls.STARTTLS),
                Endpoint("127.0.0.1", imap.imaps),
            ],
            "smtp": [
                Endpoint("127.0.0.1", imap.imaps),
                Endpoint("127.0.0.1", bare.port, Tls.STARTTLS),
                Endpoint("127.0.0.1", post.port, Tls.STARTTLS),
            ],
        }
        book = LedgerStore(db)  # type: ignore[arg-type]
        trying = Guessing(office, book, guesses)
        stages, found = run(trying.setting_up.looking("anna@studio.example", Never()))
    assert (found.imap, found.smtp) == (guesses["imap"][2], guesses["smtp"][2])
    assert [each.at for each in stages if isinstance(each, Stage)] == [1, 2, 3, 5, 6, 7]
    entries = book.latest(20)
    assert len(entries) == 6
    assert {each.why for each in entries} == {"Look for your mail server"}
    assert bare.logins == post.logins == []
    assert [each.state for each in reversed(entries)] == [
        "failed", "failed", "closed", "failed", "failed", "closed",
    ]  # fmt: skip


def test_what_was_found_untrusted_is_said(office: Office, imap: Dovecot, db: object) -> None:
    guesses: dict[Kind, list[Endpoint]] = {
        "imap": [Endpoint("127.0.0.1", free_port()), Endpoint("127.0.0.1", imap.imaps)],
        "smtp": [Endpoint("127.0.0.1", free_port())],
    }
    trying = Guessing(office, LedgerStore(db), guesses)  # type: ignore[arg-type]
    _, found = run(trying.setting_up.looking("anna@studio.example", Never()))
    assert (found.imap, found.smtp) == (None, None)
    assert "vouches for the certificate of 127.0.0.1" in found.why
    trying.guesses["imap"].pop()
    _, found = run(trying.setting_up.looking("anna@studio.example", Never()))
    assert found.why == "No mail server answers for studio.example"


def test_looking_can_be_stopped(office: Office, db: object) -> None:
    closed = [Endpoint("127.0.0.1", free_port()) for _ in range(5)]
    book = LedgerStore(db)  # type: ignore[arg-type]
    trying = Guessing(office, book, {"imap": closed, "smtp": closed})
    stop = threading.Event()
    work = trying.setting_up.looking("anna@studio.example", stop)
    next(work)
    stop.set()
    run(work)
    assert len(book.latest(20)) == 1


def logged_in(office: Office, provider: IdentityProvider) -> Grant:
    work = office.setting_up.logging_in(provider.client(), "anna@studio.example", Never())
    page = next(work)
    with announced(), urllib.request.urlopen(page, timeout=10):
        pass
    return run(work)[1]


def test_a_login_in_the_browser_from_the_page_to_the_mail_box(office: Office) -> None:
    with (
        identity_provider() as provider,
        dovecot.running(ServerKind(introspection=f"{provider.url}/introspect")) as imap,
    ):
        grant = logged_in(office, provider)
        wanted = replace(account(imap.endpoint()), auth=Auth.OAUTH2)
        done = run(office.setting_up.entering(wanted, grant, Never()))[1]
        assert done
        # It ends: the next use renews it, keeps the new tokens, and logs in with them.
        provider.tokens.clear()
        office.watch.stand(NOW.replace(hour=20))
        secret = office.accounts.secret(done.value)
        assert secret.value in provider.tokens
        assert secret.value != grant.access
        assert office.accounts.secret(done.value) == secret
        assert office.setting_up.check(done.value.id).value.state is AccountState.OK
        # The permission is taken back: the person is asked, nothing is tried in between.
        provider.revoke()
        office.watch.stand(NOW.replace(hour=23))
        asked = len(provider.asked)
        with pytest.raises(SignInRefused):
            office.accounts.secret(done.value)
        assert len(provider.asked) == asked + 1
        now = office.accounts.get(done.value.id)
        assert (now.state, now.words) == (AccountState.REFUSED, "The login has ended")
        again = run(office.setting_up.proving(now, logged_in(office, provider), Never()))[1]
        assert again.value.state is AccountState.OK


def test_many_who_need_a_token_at_once_renew_it_once(office: Office) -> None:
    with identity_provider() as provider:
        grant = Grant(provider.client(), provider.give()[1])
        wanted = replace(account(Endpoint("127.0.0.1", 993)), auth=Auth.OAUTH2)
        kept = office.accounts.add(wanted, grant).value
        got: list[str] = []
        threads = [
            threading.Thread(target=lambda: got.append(office.accounts.secret(kept).value))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert len(got) == 8
        assert len(set(got)) == 1
        assert [path for path, _ in provider.asked] == ["/token"]


def test_two_processes_that_need_a_token_renew_it_once(office: Office, tmp_path: Path) -> None:
    pocket = Pocket(tmp_path / "office.key")
    other = office_on(door_of(office.home, lambda _question: None, pocket).open(), lambda: NOW)
    with identity_provider() as provider:
        grant = Grant(provider.client(), provider.give()[1])
        wanted = replace(account(Endpoint("127.0.0.1", 993)), auth=Auth.OAUTH2)
        kept = office.accounts.add(wanted, grant).value
        got: list[str] = []
        threads = [
            threading.Thread(target=lambda o=each: got.append(o.accounts.secret(kept).value))
            for each in (office, other)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert len(got) == 2
        assert len(set(got)) == 1
        assert [path for path, _ in provider.asked] == ["/token"]
    other.close()


def test_without_a_client_id_nobody_is_asked(office: Office) -> None:
    with identity_provider() as provider:
        client = replace(provider.client(), client_id=" ")
        with pytest.raises(Refused, match="client id"):
            run(office.setting_up.logging_in(client, "anna@studio.example", Never()))
        assert provider.asked == []
