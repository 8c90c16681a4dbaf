"""A mail account as JSON, read field by field with kind words for what does not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from gigdesk.domain.accounts import (
    Account,
    AccountId,
    Auth,
    Endpoint,
    Grant,
    OAuthClient,
    Tls,
)
from gigdesk.domain.errors import Refused
from gigdesk.domain.providers import PORTS, Kind, provider_named, provider_of
from gigdesk.domain.texts import one_line
from gigdesk.domain.words import t

FIELDS = frozenset({
    "id", "name", "address", "imap", "smtp", "login", "auth", "secret_file", "state", "words",
    "provider",
})  # fmt: skip
_DOOR = frozenset({"host", "port", "tls", "ca_file", "certificate"})
_IMPLICIT = {"implicit", "ssl", "tls", "ssl/tls", "true"}
_PEM = re.compile(r"\s*-----BEGIN (TRUSTED )?CERTIFICATE-----.+-----END [A-Z ]+-----\s*", re.DOTALL)
_NOTHING = "Nothing was changed."


def read_account(data: Any) -> Account:
    """The account this JSON says; what it leaves out comes from the table of providers. Raises
    Refused and names the field that does not fit."""
    if not isinstance(data, Mapping):
        raise Refused(t("An account is one JSON object"), t(_NOTHING))
    strange = sorted(set(data) - FIELDS)
    if strange:
        raise Refused(
            t("An account has no field “{field}”", field=strange[0]),
            t("Nothing was changed. Check the spelling."),
        )
    address = read_address(data.get("address"))
    named = _text(data, "provider")
    known = provider_named(named) if named else provider_of(address)
    if named and known is None:
        raise Refused(t("No provider is called “{name}” here", name=named), t(_NOTHING))
    if known is not None and known.special == "closed":
        raise Refused(known.advice(), t("Nothing was changed. Export your mails there instead."))
    model = known.account(address) if known else None
    imap, smtp = _endpoint(data, "imap"), _endpoint(data, "smtp")
    if model and "imap" not in data and "smtp" not in data:
        imap, smtp = model.imap, model.smtp
    if imap is None and smtp is None:
        raise Refused(
            t("An account needs its servers: imap and smtp"),
            t('Nothing was changed. Such as "imap": {{"host": "imap.example.org"}}.'),
        )
    return Account(
        AccountId(0),
        _text(data, "name") or address,
        address,
        imap,
        smtp,
        _text(data, "login") or (model.login if model else address),
        _auth(data, model),
    )


def read_address(value: Any) -> str:
    """A mail address. Raises Refused."""
    address = one_line(value) if isinstance(value, str) else ""
    local, _, domain = address.rpartition("@")
    whole = bool(local) and ("." in domain.strip(".") or domain == "localhost")
    if not whole or len(address) > 254 or any(each in address for each in ' <>",;:\\'):
        raise Refused(t("“{address}” is no mail address", address=address[:80]), t(_NOTHING))
    return address


def read_endpoint(data: Mapping[str, Any], kind: Kind) -> Endpoint:
    """A server. Raises Refused; there is none without TLS."""
    strange = sorted(set(data) - _DOOR)
    if strange:
        raise Refused(t("A server has no field “{field}”", field=strange[0]), t(_NOTHING))
    host = _host(data.get("host"))
    tls = _tls(data, host)
    port = data.get("port") or PORTS[kind, tls]
    if isinstance(port, bool) or not isinstance(port, int | str) or not _is_port(str(port)):
        raise Refused(t("“{port}” is no port", port=port), t(_NOTHING))
    return Endpoint(host, int(port), tls, _certificate(data, host))


def read_grant(data: Any) -> Grant:
    """What a login in the browser gave elsewhere. Raises Refused."""
    if not isinstance(data, Mapping):
        raise Refused(t("The file of the login is no JSON object"), t(_NOTHING))
    for name in ("client_id", "token_url", "refresh_token"):
        if not _secret(data, name):
            raise Refused(t("The file of the login has no “{field}”", field=name), t(_NOTHING))
    client = OAuthClient(
        _secret(data, "client_id"),
        _secret(data, "token_url"),
        _secret(data, "authorize_url"),
        _secret(data, "scope"),
        _secret(data, "client_secret"),
    )
    return Grant(
        client, _secret(data, "refresh_token"), _secret(data, "access_token"), _until(data)
    )


def account_json(account: Account) -> dict[str, Any]:
    """An account as interchange wants it. What proves its login is never in it."""
    return {
        "id": account.id,
        "name": account.name,
        "address": account.address,
        "imap": _door_json(account.imap),
        "smtp": _door_json(account.smtp),
        "login": account.login,
        "auth": account.auth.value,
        "secret_file": None,
        "state": account.state.value,
        "words": account.words,
    }


def _door_json(endpoint: Endpoint | None) -> dict[str, Any] | None:
    if endpoint is None:
        return None
    return {
        "host": endpoint.host,
        "port": endpoint.port,
        "tls": endpoint.tls.value,
        "certificate": endpoint.certificate or None,
    }


def _endpoint(data: Mapping[str, Any], kind: Kind) -> Endpoint | None:
    said = data.get(kind)
    if said is None:
        return None
    if not isinstance(said, Mapping):
        raise Refused(t("“{field}” is a server: host, port, tls", field=kind), t(_NOTHING))
    return read_endpoint(said, kind)


def _host(value: Any) -> str:
    host = one_line(value).rstrip(".") if isinstance(value, str) else ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = ""
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,252})|[0-9a-fA-F:]{2,39}", host):
        raise Refused(t("“{host}” is no server's name", host=str(value)[:80]), t(_NOTHING))
    return host


def _tls(data: Mapping[str, Any], host: str) -> Tls:
    if data.get("tls") is None:
        return Tls.STARTTLS if str(data.get("port")) in {"143", "587", "25"} else Tls.IMPLICIT
    said = str(data["tls"]).strip().lower()
    if said == Tls.STARTTLS.value:
        return Tls.STARTTLS
    if said in _IMPLICIT:
        return Tls.IMPLICIT
    raise Refused(
        t("{host} would be talked to without TLS", host=host),
        t("Nothing was changed. “tls” is “implicit” or “starttls”: nobody logs in before it."),
    )


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536


def _certificate(data: Mapping[str, Any], host: str) -> str:
    said = data.get("certificate")
    if not said:
        return ""
    if not isinstance(said, str) or not _PEM.fullmatch(said):
        raise Refused(t("The certificate for {host} is no PEM file", host=host), t(_NOTHING))
    return said


def _auth(data: Mapping[str, Any], model: Account | None) -> Auth:
    said = data.get("auth") or (model.auth.value if model else Auth.PASSWORD.value)
    try:
        return Auth(said)
    except ValueError:
        raise Refused(
            t("“{auth}” is no way to log in", auth=said),
            t("Nothing was changed. “auth” is “password” or “oauth2”."),
        ) from None


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > 254:
        raise Refused(t("“{field}” of an account is a short text", field=name), t(_NOTHING))
    return one_line(value)


def _secret(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or not value.isprintable():
        raise Refused(t("“{field}” of the login is a text", field=name), t(_NOTHING))
    return value.strip()


def _until(data: Mapping[str, Any]) -> datetime | None:
    """An instant, as ISO 8601 or as seconds since 1970. One nobody can read is taken as over: the
    token is renewed then."""
    said = data.get("expires_at")
    if said is None:
        return None
    try:
        if isinstance(said, str) and not said.replace(".", "").isdigit():
            moment = datetime.fromisoformat(said)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return datetime.fromtimestamp(float(said), UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return datetime.fromtimestamp(0, UTC)
