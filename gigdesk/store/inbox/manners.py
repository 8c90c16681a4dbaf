"""What own mails show of how the person writes, as rows; and what they said of it themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gigdesk.domain.drafts.manner import TRAITS, TraitName, Whose
from gigdesk.domain.drafts.own_words import Signs
from gigdesk.domain.inbox.mails import Address
from gigdesk.domain.topics import Topic
from gigdesk.store.inbox.rows import addresses_of, instant_of

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb

_CLIENT_MOST, _LANGUAGE_MOST = 120, 300
# What a template or the model wrote and nobody changed teaches nothing; a program's answer neither.
_DRAFTED = (
    "EXISTS (SELECT 1 FROM outbox o LEFT JOIN proposals p ON p.id = o.proposal_id"
    " WHERE o.message_id IN (m.message_id, '<' || m.message_id || '>') AND (o.kind = 'autoreply'"
    " OR p.draft = json_extract(p.payload, '$.drafted')"
    " OR json_extract(p.payload, '$.translated') IS NOT NULL))"
)
_UNREAD = (
    f"SELECT m.id, m.stamp, m.sender_name, m.recipients, b.text, m.bulk OR {_DRAFTED}"
    " FROM messages m JOIN mail_bodies b ON b.message = m.id WHERE m.mine = 1 AND m.broken IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM manner_signs s WHERE s.message = m.id)"
)


@dataclass(frozen=True, slots=True)
class OwnMail:
    """An own mail that was not read yet. `foreign`: its words are not the person's."""

    id: int
    stamp: int
    sender: str
    to: tuple[Address, ...]
    text: str
    foreign: bool


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What an own mail shows; nothing when it shows nothing."""

    id: int
    stamp: int
    email: str
    signs: Signs | None


class MannerStore:
    """Rows of manners in, counts out."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def unread(self, before: int, most: int) -> list[OwnMail]:
        """Own mails not read yet, the newest first, older than this one's place in the desk."""
        rows = self._run(f"{_UNREAD} AND m.id < ? ORDER BY m.id DESC LIMIT ?", (before, most))
        return list(map(_own, rows))

    def unread_to(self, email: str, most: int) -> list[OwnMail]:
        """The newest own mails to this address, those that were not read yet."""
        rows = self._run(
            f"{_UNREAD} AND m.stamp IN (SELECT stamp FROM mail_people WHERE email = ? AND role = 2"
            " ORDER BY stamp DESC LIMIT ?)",
            (email, most),
        )
        return list(map(_own, rows))

    def keep(self, read: Sequence[ReadMail]) -> None:
        """Keep what these show."""
        with self._db.change(Topic.NONE) as db:
            db.conn.executemany(
                "INSERT OR REPLACE INTO manner_signs VALUES (?, ?, ?, ?, ?)",
                [
                    (each.id, each.stamp, each.email, each.signs.language if each.signs else "",
                     each.signs.as_json() if each.signs else "")
                    for each in read
                ],
            )  # fmt: skip

    def signs(self, whose: Whose) -> list[tuple[int, Signs]]:
        """What own mails to them show, the newest first; of those that went, or are not lost."""
        where, values = "s.language = ?", [whose.language]
        most = _LANGUAGE_MOST
        if whose.email:
            where, values, most = f"s.email = ? AND {where}", [whose.email, *values], _CLIENT_MOST
        rows = self._run(
            "SELECT s.message, s.signs FROM manner_signs s JOIN messages m ON m.id = s.message"
            f" WHERE {where} AND m.gone = 0 AND m.mine = 1 AND s.language != ''"
            " ORDER BY s.stamp DESC LIMIT ?",
            (*values, most),
        )
        return [(int(mail), Signs.from_json(signs)) for mail, signs in rows.fetchall()]

    def when(self, mails: Sequence[int]) -> dict[int, datetime]:
        """When these mails were written."""
        rows = self._run(
            "SELECT id, stamp FROM messages WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(mails)),),
        )
        return {int(mail): instant_of(stamp) for mail, stamp in rows.fetchall()}

    def languages(self, email: str) -> list[str]:
        """The languages this address was written to in, the most used first."""
        rows = self._run(
            "SELECT language FROM manner_signs WHERE email = ? AND language != '' AND email != ''"
            " GROUP BY language ORDER BY count(*) DESC, language",
            (email,),
        )
        return [str(row[0]) for row in rows.fetchall()]

    def people(self) -> list[str]:
        """The names of everybody who ever wrote."""
        return [str(row[0]) for row in self._run("SELECT DISTINCT name FROM mail_names").fetchall()]

    def forget(self, email: str) -> None:
        """Own mails to this address are read again."""
        with self._db.change(Topic.NONE):
            self._run("DELETE FROM manner_signs WHERE email = ?", (email,))

    # --- what the person said -------------------------------------------------------------------
    def chosen(self, whose: Whose) -> dict[TraitName, str]:
        """What the person said of their manner towards them."""
        rows = self._run(
            "SELECT trait, value FROM manner_choices WHERE email = ? AND language = ?",
            (whose.email, whose.language),
        )
        found = dict(rows.fetchall())
        return {name: str(found[name]) for name in TRAITS if name in found}

    def choose(self, whose: Whose, name: TraitName, value: str | None) -> None:
        """The person's word for a trait; None takes it back."""
        with self._db.change(Topic.PROFILE):
            self._run(
                "DELETE FROM manner_choices WHERE email = ? AND language = ? AND trait = ?",
                (whose.email, whose.language, name),
            )
            if value is not None:
                self._run(
                    "INSERT INTO manner_choices VALUES (?, ?, ?, ?)",
                    (whose.email, whose.language, name, value),
                )

    def _run(self, sql: str, values: Sequence[Any] = ()) -> Any:
        return self._db.read().conn.execute(sql, values)


def _own(row: tuple[Any, ...]) -> OwnMail:
    mail, stamp, name, to, text, foreign = row
    return OwnMail(mail, stamp, name, addresses_of(to), text, bool(foreign))
