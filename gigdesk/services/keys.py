"""The keys of an open desk: the recovery key, the passphrase, who can open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gigdesk.domain.errors import Refused
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.services.door import RECOVERY_TO_SHOW, OpenDesk
from gigdesk.store.header import new_recovery_key, read_header, recovery_secret, wrap, write_header

if TYPE_CHECKING:
    from gigdesk.store.header import Header

SHORTEST_PASSPHRASE = 8


class KeyService:
    """What the person can do about the keys of this desk."""

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk

    def openers(self) -> tuple[str, ...]:
        """The kinds of keys that open this desk."""
        return tuple(opener.kind for opener in self._header().openers)

    def recovery_to_show(self) -> str | None:
        """The recovery key as long as nobody has seen it."""
        rows = self._desk.db.read().query(
            "SELECT value FROM secrets WHERE name = ?", [RECOVERY_TO_SHOW]
        )
        return next((bytes(row["value"]).decode() for row in rows), None)

    def recovery_shown(self) -> None:
        """The person has it now: forget it here."""
        with self._desk.db.change(Topic.NONE) as db:
            db.conn.execute("DELETE FROM secrets WHERE name = ?", (RECOVERY_TO_SHOW,))

    def renew_recovery(self) -> str:
        """A new recovery key; the old one opens nothing from now on."""
        recovery = new_recovery_key()
        with self._desk.lock.whole():
            header = wrap(
                self._header(), "recovery", recovery_secret(recovery), self._desk.data_key
            )
            write_header(self._desk.files.header, header)
        self.recovery_shown()
        return recovery

    def set_passphrase(self, passphrase: str) -> None:
        """Let this passphrase open the desk too. The database is not re-keyed for it."""
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise Refused(
                t("The passphrase is too short"),
                t("Take {n} letters or more.", n=SHORTEST_PASSPHRASE),
            )
        with self._desk.lock.whole():
            header = wrap(self._header(), "passphrase", passphrase.encode(), self._desk.data_key)
            write_header(self._desk.files.header, header)

    def _header(self) -> Header:
        header = read_header(self._desk.files.header)
        assert header is not None, "an open desk has a header"
        return header
