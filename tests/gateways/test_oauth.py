"""The login in the browser against a provider of our own: PKCE, state, renewal with rotation."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from gigdesk.domain.accounts import Grant, OAuthClient
from gigdesk.domain.errors import Refused, SignInRefused, Trouble, Unreachable
from gigdesk.domain.prompts import Never
from gigdesk.gateways.net import Gate, announced
from gigdesk.gateways.oauth import OAuthServers
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.ledger import LedgerStore
from tests.conftest import NOW
from tests.idp import IdentityProvider, identity_provider


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with identity_provider() as running:
        yield running


@pytest.fixture
def servers(db: DeskDb) -> OAuthServers:
    return OAuthServers(Gate(LedgerStore(db), lambda: NOW))


def browse(url: str) -> str:
    """What a browser does with a page: goes where it is sent. It has no gate."""
    with announced(), urllib.request.urlopen(url, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def logged_in(servers: OAuthServers, client: OAuthClient) -> Grant:
    with servers.asking(client, "anna@studio.example") as consent:
        browse(consent.page)
        return consent.wait(NOW, Never())


@pytest.mark.parametrize("secret", ["", "a secret & more"])
def test_a_login_gives_a_token_and_one_to_renew_with(
    servers: OAuthServers, provider: IdentityProvider, db: DeskDb, secret: str
) -> None:
    provider.client_secret = secret
    grant = logged_in(servers, provider.client())
    assert provider.introspect({"token": grant.access})["username"] == "anna"
    assert grant.until == NOW + timedelta(seconds=3600)
    assert grant.good(NOW)
    assert not grant.good(NOW + timedelta(seconds=3590))
    asked = provider.asked[0][1]
    assert asked["redirect_uri"].startswith("http://127.0.0.1:")
    assert (asked["login_hint"], asked["scope"]) == ("anna@studio.example", "mail")
    entry = LedgerStore(db).latest(10)[0]
    assert (entry.port, entry.asker, entry.why) == (provider.port, "mail", "Log in")
    assert entry.sent > 100
    assert (entry.state, len(LedgerStore(db).latest(10))) == ("closed", 1)


def test_the_page_says_that_it_is_done_and_loads_nothing(
    servers: OAuthServers, provider: IdentityProvider
) -> None:
    with servers.asking(provider.client(), "anna") as consent:
        page = browse(consent.page)
        consent.wait(NOW, Never())
    assert "go back to GigDesk" in page
    assert "http" not in page


def test_a_no_at_the_provider_is_said(servers: OAuthServers, provider: IdentityProvider) -> None:
    provider.consents = False
    with pytest.raises(SignInRefused, match="access_denied"):
        logged_in(servers, provider.client())


def test_an_answer_that_does_not_know_the_state_does_not_count(
    servers: OAuthServers, provider: IdentityProvider
) -> None:
    with servers.asking(provider.client(), "anna") as consent:
        back = parse_qs(urlsplit(consent.page).query)["redirect_uri"][0]
        for forged in ("?code=theirs&state=guessed", "?code=theirs", "favicon.ico", "?state="):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                browse(back + forged)
        named = urllib.request.Request(back, headers={"Host": "evil.example"})
        with announced(), pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(named, timeout=10)
        browse(consent.page)
        with pytest.raises(urllib.error.HTTPError, match="404"):
            browse(consent.page)  # the state counts once
        assert consent.wait(NOW, Never()).access in provider.tokens


def test_a_stolen_code_is_worth_nothing_without_the_verifier(
    servers: OAuthServers, provider: IdentityProvider
) -> None:
    with (
        servers.asking(provider.client(), "anna") as one,
        servers.asking(provider.client(), "anna") as other,
    ):
        browse(one.page)
        browse(other.page)
        first, second = provider.codes
        provider.codes[first], provider.codes[second] = (
            replace(provider.codes[first], challenge=provider.codes[second].challenge),
            provider.codes[second],
        )
        with pytest.raises(SignInRefused):
            one.wait(NOW, Never())
        assert other.wait(NOW, Never()).access


def test_it_can_be_stopped(servers: OAuthServers, provider: IdentityProvider) -> None:
    stop = threading.Event()
    with servers.asking(provider.client(), "anna") as consent:
        stop.set()
        with pytest.raises(Trouble, match="not finished"):
            consent.wait(NOW, stop)


def test_nobody_listens_once_it_is_over(servers: OAuthServers, provider: IdentityProvider) -> None:
    with servers.asking(provider.client(), "anna") as consent:
        back = parse_qs(urlsplit(consent.page).query)["redirect_uri"][0]
    with pytest.raises(urllib.error.URLError):
        browse(back)


@pytest.mark.parametrize("rotates", [True, False])
def test_a_token_is_renewed_and_rotation_kept(
    servers: OAuthServers, provider: IdentityProvider, rotates: bool
) -> None:
    provider.rotates = rotates
    grant = logged_in(servers, provider.client())
    for _ in range(3):
        before, grant = grant, servers.renewed(grant, NOW)
        assert grant.access != before.access
        assert (grant.refresh != before.refresh) is rotates
        assert grant.access in provider.tokens
    assert all("scope" not in form for path, form in provider.asked if path == "/token")


def test_what_was_taken_back_asks_for_a_new_login(
    servers: OAuthServers, provider: IdentityProvider
) -> None:
    grant = logged_in(servers, provider.client())
    provider.revoke()
    with pytest.raises(SignInRefused, match="The login has ended"):
        servers.renewed(grant, NOW)
    with pytest.raises(SignInRefused):
        servers.renewed(replace(grant, refresh=""), NOW)


def test_a_client_the_provider_does_not_know_is_said(
    servers: OAuthServers, provider: IdentityProvider
) -> None:
    grant = Grant(replace(provider.client(), client_id="other"), provider.give()[1])
    with pytest.raises(SignInRefused, match="invalid_client"):
        servers.renewed(grant, NOW)


def test_a_provider_that_is_down_is_tried_again_later(
    servers: OAuthServers, provider: IdentityProvider
) -> None:
    grant = Grant(provider.client(), provider.give()[1])
    provider.down = True
    with pytest.raises(Unreachable):
        servers.renewed(grant, NOW)
    provider.down, provider.lasts = False, "soon"
    with pytest.raises(Unreachable, match="strange"):
        servers.renewed(grant, NOW)


@pytest.mark.parametrize(
    "url", ["http://login.example/token", "ftp://127.0.0.1/", "token", "http://[", "javascript:1"]
)
def test_no_secret_goes_where_it_is_not_private(
    servers: OAuthServers, db: DeskDb, url: str
) -> None:
    with pytest.raises(Refused, match="no address to log in at"):
        servers.renewed(Grant(OAuthClient("id", url), "refresh"), NOW)
    with pytest.raises(Refused), servers.asking(OAuthClient("id", url, url), "anna"):
        pass
    assert LedgerStore(db).latest(10) == []
