"""What the places of mails mean for the lists: a conversation is in them while a mail of it lies in an
inbox; a mail that lies nowhere is gone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from gigdesk.domain.inbox.folders import Role
from gigdesk.domain.inbox.mails import Section
from gigdesk.domain.inbox.search import EVERY, HAS_ATTACHMENT, spaced
from gigdesk.store.inbox.rows import addresses_of
from gigdesk.store.inbox.summing import Summing

if TYPE_CHECKING:
    from datetime import datetime

    from gigdesk.domain.inbox.labels import Known
    from gigdesk.store.inbox.folders import Folder

# Where mails of a server come from begins like this; others were never on one and cannot leave it.
SOURCE = "imap://"

# A mail that stands in the list: it lies in an inbox, or never was on a server.
_LISTED = """EXISTS (SELECT 1 FROM messages m WHERE m.thread = threads.id AND m.gone = 0 AND (
    EXISTS (SELECT 1 FROM mail_places p JOIN mail_folders f ON f.id = p.folder
        WHERE p.message = m.id AND p.deleted = 0 AND f.role = 'inbox')
    OR NOT EXISTS (SELECT 1 FROM mail_places p WHERE p.message = m.id) AND m.source NOT LIKE 'imap://%'))"""
# Whoever lies only there was thrown away.
_THROWN = "('junk', 'trash')"
_THREADS = "(SELECT thread FROM messages WHERE id IN (SELECT value FROM json_each(?)))"

Run = Callable[..., Any]


class Settling:
    """Brings threads up to where their mails lie, within the caller's transaction."""

    def __init__(self, run: Run, run_many: Run, known: Known, now: datetime) -> None:
        self._run, self._run_many = run, run_many
        self._known, self._now = known, now

    def came(self, folder: Folder, messages: Iterable[int]) -> None:
        """These mails were kept just now, out of this folder. What was filed or sent elsewhere is put
        away from the start, but for what waits for an answer and, when it comes fresh and unread into
        a folder that a rule of the server fills, for what nobody has seen yet."""
        new = list(messages)
        if not new:
            return
        wanted = json.dumps(new)
        if folder.role is Role.INBOX:
            # What the person put away stays away, as long as some of it still lies there.
            self._run(
                "UPDATE threads SET put_away = 0, version = version + 1 WHERE put_away = 1"
                f" AND id IN {_THREADS} AND NOT EXISTS (SELECT 1 FROM messages m"
                " JOIN mail_places p ON p.message = m.id JOIN mail_folders f ON f.id = p.folder"
                " WHERE m.thread = threads.id AND f.role = 'inbox'"
                " AND m.id NOT IN (SELECT value FROM json_each(?)))",
                (wanted, wanted),
            )
            return
        fresh = "AND unread = 0" if folder.whole and folder.role is Role.PLAIN else ""
        self._run(
            "UPDATE threads SET put_away = 1, version = version + 1 WHERE put_away = 0"
            f" AND section != ? {fresh} AND id IN {_THREADS} AND NOT {_LISTED}",
            (int(Section.WAITING), wanted),
        )

    def returned(self, folder: Folder, messages: Iterable[int]) -> None:
        """These known mails are new in this folder: no longer gone, and back in the list when they
        were moved into an inbox."""
        moved = list(messages)
        if not moved or folder.role in {Role.JUNK, Role.TRASH}:
            return
        wanted = json.dumps(moved)
        rows = self._run(
            "UPDATE messages SET gone = 0 WHERE gone = 1"
            " AND id IN (SELECT value FROM json_each(?)) RETURNING id",
            (wanted,),
        ).fetchall()
        for (message,) in rows:
            self._index_again(message)
        self._refresh([message for (message,) in rows])
        if folder.role is Role.INBOX and (folder.whole or rows):
            self._run(
                "UPDATE threads SET put_away = 0, version = version + 1 WHERE put_away = 1"
                f" AND id IN {_THREADS} AND NOT EXISTS (SELECT 1 FROM mail_queue q"
                " JOIN messages m ON m.id = q.message WHERE m.thread = threads.id"
                " AND q.verb = 'move' AND q.done IS NULL)",
                (wanted,),
            )

    def left(self, messages: Iterable[int]) -> int:
        """These mails left a folder, and all folders were looked through since. How many are gone."""
        wanted = json.dumps(list(messages))
        rows = self._run(
            "UPDATE messages SET gone = 1 WHERE gone = 0 AND source LIKE ? || '%'"
            " AND id IN (SELECT value FROM json_each(?)) AND NOT EXISTS"
            " (SELECT 1 FROM mail_places p JOIN mail_folders f ON f.id = p.folder"
            f" WHERE p.message = messages.id AND p.deleted = 0 AND f.role NOT IN {_THROWN})"
            " AND NOT EXISTS (SELECT 1 FROM mail_places_before b WHERE b.message = messages.id)"
            " RETURNING id, stamp",
            (SOURCE, wanted),
        ).fetchall()
        self._run_many("DELETE FROM mail_words WHERE rowid = ?", [(row[1],) for row in rows])
        self._run(
            "UPDATE threads SET put_away = 1, version = version + 1 WHERE put_away = 0"
            f" AND id IN {_THREADS} AND NOT {_LISTED}",
            (wanted,),
        )
        self._refresh([row[0] for row in rows])
        return len(rows)

    def _refresh(self, messages: Iterable[int]) -> None:
        rows = self._run(
            "SELECT DISTINCT thread FROM messages WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(messages)),),
        )
        threads = [int(row[0]) for row in rows.fetchall()]
        if threads:
            Summing(self._run, self._run_many, self._known, self._now).refresh(threads, {})

    def _index_again(self, message: int) -> None:
        """Its words are found again: taken from its rows, nothing is read anew."""
        row = self._run(
            "SELECT m.stamp, m.subject, m.sender_name, m.sender, m.recipients, b.text, b.details"
            " FROM messages m JOIN mail_bodies b ON b.message = m.id WHERE m.id = ?",
            (message,),
        ).fetchone()
        stamp, subject, name, sender, recipients, text, details = row
        files = self._run(
            "SELECT name, inline FROM attachments WHERE message = ? ORDER BY number", (message,)
        ).fetchall()
        to = [*addresses_of(recipients), *addresses_of(json.dumps(json.loads(details)["cc"]))]
        marks = f"{EVERY} {HAS_ATTACHMENT}" if any(not inline for _, inline in files) else EVERY
        self._run("DELETE FROM mail_words WHERE rowid = ?", (stamp,))
        self._run(
            "INSERT INTO mail_words (rowid, subject, sender, recipients, body, files, marks)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (stamp, spaced(subject), spaced(f"{name} {sender}"),
             spaced(" ".join(f"{each.name} {each.email}" for each in to)), spaced(text[:200_000]),
             " ".join(name for name, _ in files), marks),
        )  # fmt: skip
