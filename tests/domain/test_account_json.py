"""Accounts as JSON: what is taken, what is filled in, what is refused, and that nothing secret is in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from gigdesk.domain.account_json import account_json, read_account, read_grant
from gigdesk.domain.accounts import Auth, Endpoint, Tls
from gigdesk.domain.errors import Refused
from gigdesk.domain.providers import PROVIDERS, guesses, provider_of

WHOLE: dict[str, Any] = {
    "name": "Studio", "address": "anna@studio.example",
    "imap": {"host": "imap.studio.example", "port": 993, "tls": "implicit"},
    "smtp": {"host": "smtp.studio.example", "port": 587, "tls": "starttls"},
    "login": "anna", "auth": "password", "secret_file": "pw", "state": "new",
}  # fmt: skip


def test_an_account_is_read_and_written_alike() -> None:
    account = read_account(WHOLE)
    assert account.imap == Endpoint("imap.studio.example", 993)
    assert account.smtp == Endpoint("smtp.studio.example", 587, Tls.STARTTLS)
    written = account_json(account)
    assert set(written) >= set(WHOLE)
    assert written["secret_file"] is None
    assert read_account(json.loads(json.dumps(written))) == account


@pytest.mark.parametrize("tls", [True, "implicit", "SSL", "tls", None])
def test_tls_from_the_start_has_several_names(tls: object) -> None:
    account = read_account({**WHOLE, "imap": {"host": "h.example", "tls": tls}})
    assert account.imap == Endpoint("h.example", 993)


@pytest.mark.parametrize("tls", [False, "none", "plain", "", 0, 1, "starttls-optional", [], {}])
def test_there_is_no_account_without_tls(tls: object) -> None:
    for kind in ("imap", "smtp"):
        with pytest.raises(Refused, match="without TLS"):
            read_account({**WHOLE, kind: {"host": "h.example", "port": 143, "tls": tls}})


@pytest.mark.parametrize(("port", "tls"), [(143, Tls.STARTTLS), (587, Tls.STARTTLS), (4993, Tls.IMPLICIT)])  # fmt: skip
def test_a_port_says_how_it_is_made_private(port: int, tls: Tls) -> None:
    account = read_account({**WHOLE, "imap": {"host": "h.example", "port": port}})
    assert account.imap == Endpoint("h.example", port, tls)


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "anna"}, {"address": "anna@"}, {"address": None}, {"address": "a b@c.de"},
        {"address": "a@b.de\r\nBcc: x@y.de", "name": ""}, {"imap": "h.example"}, {"imap": {}},
        {"imap": {"host": "https://h.example"}}, {"imap": {"host": "h.example/x"}},
        {"imap": {"host": "-h"}}, {"imap": {"host": "h.example", "port": 0.5}},
        {"imap": {"host": "h.example", "port": 70000}}, {"imap": {"host": "h.example", "port": "x"}},
        {"imap": {"host": "h.example", "port": True}}, {"imap": {"host": "h.example", "secure": 1}},
        {"imap": {"host": "h.example", "certificate": "no"}}, {"auth": "none"}, {"auth": 5},
        {"password": "secret"}, {"name": ["x"]}, {"login": 5}, {"imap": None, "smtp": None},
        {"provider": "nobody"},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_words(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        read_account({**WHOLE, **wrong})
    assert "Nothing was changed" in refused.value.advice
    assert "secret" not in str(refused.value)


def test_a_known_address_needs_no_servers() -> None:
    account = read_account({"address": "Anna@GMAIL.com"})
    assert (account.imap, account.login) == (Endpoint("imap.gmail.com", 993), "Anna@GMAIL.com")
    assert account.auth is Auth.PASSWORD
    assert read_account({"address": "anna@free.fr"}).login == "anna"
    assert read_account({"address": "anna@hotmail.com"}).auth is Auth.OAUTH2
    own = read_account({"address": "a@studio.example", "provider": "hetzner"})
    assert own.imap == Endpoint("mail.your-server.de", 993)
    with pytest.raises(Refused, match="Tuta lets no other program"):
        read_account({"address": "anna@tuta.io"})


def test_the_table_holds_together() -> None:
    domains = [domain for each in PROVIDERS for domain in each.domains.split()]
    assert len(domains) == len(set(domains)) > 150
    assert len({each.name for each in PROVIDERS}) == len(PROVIDERS) >= 25
    for each in PROVIDERS:
        if each.special == "closed":
            continue
        assert each.imap
        assert each.smtp
        loopback = each.imap.host == "127.0.0.1"
        assert loopback or each.imap == Endpoint(each.imap.host, 993)
        assert loopback or (each.smtp.port, each.smtp.tls) in {
            (465, Tls.IMPLICIT), (587, Tls.STARTTLS),
        }  # fmt: skip
        assert (Auth.OAUTH2 in each.ways) == (each.oauth is not None)
        assert each.oauth is None or each.oauth.client_id == ""
        assert "{" not in each.advice()


def test_a_domain_of_ones_own_is_guessed_private_first() -> None:
    assert provider_of("anna@studio.example") is None
    tried = [(each.host, each.port) for each in guesses("anna@Bücher.example", "imap")]
    assert tried == [
        ("imap.xn--bcher-kva.example", 993), ("mail.xn--bcher-kva.example", 993),
        ("xn--bcher-kva.example", 993), ("imap.xn--bcher-kva.example", 143),
        ("mail.xn--bcher-kva.example", 143), ("xn--bcher-kva.example", 143),
    ]  # fmt: skip
    assert [each.port for each in guesses("a@b.example", "smtp")] == [465] * 3 + [587] * 3


GRANT = {"client_id": "id", "token_url": "https://l.example/t", "refresh_token": "r"}


@pytest.mark.parametrize(
    ("said", "until"),
    [
        (None, None),
        ("2026-11-23T10:00:00+01:00", datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (1795424400, datetime.fromtimestamp(1795424400, UTC)),
        ("1795424400", datetime.fromtimestamp(1795424400, UTC)),
        ("soon", datetime.fromtimestamp(0, UTC)),
        (1e300, datetime.fromtimestamp(0, UTC)),
    ],
)
def test_a_login_made_elsewhere_is_read(said: object, until: datetime | None) -> None:
    grant = read_grant({**GRANT, "access_token": "a", "expires_at": said, "scope": "mail"})
    assert (grant.refresh, grant.access, grant.until) == ("r", "a", until)
    assert grant.client.scope == "mail"


WRONG_GRANTS = [
    [],
    {"client_id": "x"},
    {**GRANT, "refresh_token": 5},
    {**GRANT, "token_url": "a\nb"},
]


@pytest.mark.parametrize("wrong", WRONG_GRANTS)
def test_a_login_that_is_none_is_refused(wrong: object) -> None:
    with pytest.raises(Refused):
        read_grant(wrong)
