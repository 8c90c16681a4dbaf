"""What a mail server is told instead of a password: the token of a login in the browser."""

from __future__ import annotations


def xoauth2(login: str, token: str) -> str:
    """The older form, which Google, Microsoft and Yahoo take."""
    return f"user={login}\1auth=Bearer {token}\1\1"


def oauthbearer(login: str, token: str) -> str:
    """The standard's form (RFC 7628); in it a name may hold neither a comma nor an equals sign."""
    name = login.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={name},\1auth=Bearer {token}\1\1"
