"""The small file beside the database that says how its key is to be had.

A random data key is wrapped once per opener: the keyring's key, a passphrase (Argon2id), the
recovery key. Changing a passphrase wraps again; the database is never re-keyed for it. The check
value tells a wrong key from a damaged database.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gigdesk.domain.errors import Newer, Unreadable
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
OpenerKind = Literal["keyring", "passphrase", "recovery"]
# OWASP's second Argon2id recommendation raised to what takes about 150 ms on a small laptop.
ARGON = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}
_RECOVERY_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_RECOVERY_LENGTH = 32  # 32 letters of 5 bits: 160 bits


@dataclass(frozen=True, slots=True)
class Opener:
    """One wrapping of the data key. `salt` and `params` are the passphrase's, else empty."""

    kind: OpenerKind
    wrapped: bytes
    salt: bytes = b""
    params: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """A desk's own id, its openers and the check value of its data key."""

    uuid: str
    check: bytes
    openers: tuple[Opener, ...]

    @classmethod
    def new(cls, data_key: bytes) -> Header:
        """A header for a new desk, without an opener yet."""
        return cls(str(uuid.uuid4()), _check(data_key), ())

    def fits(self, data_key: bytes) -> bool:
        """Whether this is the data key."""
        return hmac.compare_digest(self.check, _check(data_key))

    def with_opener(self, opener: Opener) -> Header:
        """The header with this opener instead of the one of its kind."""
        others = tuple(known for known in self.openers if known.kind != opener.kind)
        return replace(self, openers=(*others, opener))

    def opener(self, kind: OpenerKind) -> Opener | None:
        """The opener of this kind."""
        return next((known for known in self.openers if known.kind == kind), None)

    def unwrap(self, kind: OpenerKind, secret: bytes) -> bytes | None:
        """The data key by this opener and its secret; None when the secret is wrong."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        opener = self.opener(kind)
        if opener is None:
            return None
        try:
            key = AESGCM(_wrapping(opener, secret)).decrypt(
                opener.wrapped[:12], opener.wrapped[12:], self.uuid.encode()
            )
        except InvalidTag:
            return None
        return key if self.fits(key) else None


def wrap(header: Header, kind: OpenerKind, secret: bytes, data_key: bytes) -> Header:
    """The header with the data key wrapped under this secret too."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt = secrets.token_bytes(16) if kind == "passphrase" else b""
    params = tuple(ARGON.items()) if kind == "passphrase" else ()
    opener = Opener(kind, b"", salt, params)
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(_wrapping(opener, secret)).encrypt(nonce, data_key, header.uuid.encode())
    return header.with_opener(replace(opener, wrapped=nonce + sealed))


def new_recovery_key() -> str:
    """160 random bits in groups of four letters that cannot be mistaken for one another."""
    letters = "".join(secrets.choice(_RECOVERY_ALPHABET) for _ in range(_RECOVERY_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, _RECOVERY_LENGTH, 4))


def recovery_secret(written: str) -> bytes:
    """What a recovery key as a person typed it stands for."""
    return "".join(ch for ch in written.upper() if ch.isalnum()).encode()


def read_header(path: Path) -> Header | None:
    """The header, None when there is none. Raises Unreadable or Newer."""
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        raise _damaged() from error
    if isinstance(data, dict) and isinstance(data.get("format"), int) and data["format"] > FORMAT:
        raise Newer(
            t("This desk was written by a newer GigDesk"),
            t("Nothing was changed. Install the newer version to open it."),
        )
    try:
        return Header(
            str(uuid.UUID(data["uuid"])),
            base64.b64decode(data["check"]),
            tuple(
                Opener(
                    entry["kind"],
                    base64.b64decode(entry["wrapped"]),
                    base64.b64decode(entry.get("salt", "")),
                    tuple(sorted(entry.get("params", {}).items())),
                )
                for entry in data["openers"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged() from error


def write_header(path: Path, header: Header) -> None:
    """Replace the header as a whole; a crash leaves the old one or the new one."""
    data = {
        "format": FORMAT,
        "uuid": header.uuid,
        "check": base64.b64encode(header.check).decode(),
        "openers": [
            {
                "kind": opener.kind,
                "wrapped": base64.b64encode(opener.wrapped).decode(),
                **(
                    {"salt": base64.b64encode(opener.salt).decode(), "params": dict(opener.params)}
                    if opener.salt
                    else {}
                ),
            }
            for opener in header.openers
        ],
    }
    partial = path.with_name(path.name + ".part")
    descriptor = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(data, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _wrapping(opener: Opener, secret: bytes) -> bytes:
    if opener.kind == "passphrase":
        from argon2.low_level import Type, hash_secret_raw

        return hash_secret_raw(
            secret, opener.salt, hash_len=32, type=Type.ID, **dict(opener.params)
        )
    return hashlib.sha256(b"gigdesk " + opener.kind.encode() + b"\0" + secret).digest()


def _check(data_key: bytes) -> bytes:
    return hmac.new(data_key, b"gigdesk desk check", hashlib.sha256).digest()


def _damaged() -> Unreadable:
    return Unreadable(
        t("The desk's key file is damaged"),
        t("The desk itself is kept. Restore the file desk.json from a backup."),
    )
