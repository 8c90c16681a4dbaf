"""What sorting learned: from corrections, from accounts and names that mails carry, from what the person
lifted; and the labels of kept mails."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Stale
from gigdesk.domain.inbox.lessons import Lessons, countable
from gigdesk.domain.inbox.mails import Attachment, Label, MailId, ParsedMail
from gigdesk.domain.inbox.wording.accounts import accounts_in
from gigdesk.domain.inbox.wording.reading import folded, own_words, words_of
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.store.inbox.rows import (
    STAMP_BITS,
    instant_of,
    mail_of,
    notes_json,
    notes_of,
    seconds_of,
    unpacked,
)
from gigdesk.store.inbox.summing import Summing

if TYPE_CHECKING:
    from collections.abc import Callable

    from gigdesk.domain.inbox.labels import Known
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.store.desk_db import DeskDb

_NAMED = 20  # recipients of one mail
_VERSION = "sorting"


@dataclass(frozen=True, slots=True)
class Learned:
    """What the tables say, ready to judge with. `accounts` are by client: IBAN and since when."""

    lessons: Lessons = field(default_factory=Lessons)
    people: Mapping[str, str] = field(default_factory=dict)
    acquainted: frozenset[str] = frozenset()
    accounts: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    own_accounts: frozenset[str] = frozenset()
    trusted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lesson:
    """A correction: the label it gave, and what there was before."""

    label: str
    before: Label


class LessonStore:
    """Rows of sorting in, what is known out."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db
        self._kept: tuple[str, Learned] = ("", Learned())

    def version(self) -> str:
        """Another one whenever something was learned."""
        row = self._run("SELECT value FROM inbox_state WHERE name = ?", (_VERSION,)).fetchone()
        return str(row[0]) if row else "0"

    def learned(self) -> Learned:
        """Everything learned so far; read anew only when something was."""
        version = self.version()
        if version != self._kept[0]:
            self._kept = (version, self._read())
        return self._kept[1]

    def correct(self, mail: Mail, label: Label, known: Known, now: datetime) -> None:
        """Give it the person's label, and learn from it."""
        with self._db.change(Topic.INBOX):
            lesson = self.lesson(mail.id)
            before = lesson.before if lesson else mail.label
            if lesson:
                self._count(mail, lesson.label, -1)
            self._run(
                "INSERT INTO mail_lessons (message, label, before, reasons) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (message) DO UPDATE SET label = excluded.label",
                (mail.id, label.code, before.code, notes_json(before.reasons)),
            )
            self._count(mail, label.code, 1)
            self._relabel({mail.id: label}, known, now)

    def take_back(self, mail: Mail, lesson: Lesson | None, label: Label, known: Known,
                  now: datetime) -> None:  # fmt: skip
        """As it was before the last correction: with an earlier one, or with none. Raises Stale when
        it was corrected anew meanwhile."""
        with self._db.change(Topic.INBOX):
            last = self.lesson(mail.id)
            if last is None:
                raise Stale(
                    t("Something newer happened here"), t("Nothing was changed. Look again.")
                )
            self._count(mail, last.label, -1)
            if lesson is None:
                self._run("DELETE FROM mail_lessons WHERE message = ?", (mail.id,))
            else:
                self._run(
                    "UPDATE mail_lessons SET label = ? WHERE message = ?", (lesson.label, mail.id)
                )
                self._count(mail, lesson.label, 1)
            self._relabel({mail.id: label}, known, now)

    def lesson(self, mail_id: int) -> Lesson | None:
        """How the person corrected this mail, if they did."""
        row = self._run(
            "SELECT label, before, reasons FROM mail_lessons WHERE message = ?", (mail_id,)
        ).fetchone()  # fmt: skip
        return Lesson(row[0], Label(row[1], notes_of(row[2]))) if row else None

    def trust(self, sender: str, now: datetime, *, on: bool) -> None:
        """Warnings of this sender are lifted by the person, or stand again."""
        with self._db.change(Topic.INBOX):
            if on:
                self._run(
                    "INSERT OR IGNORE INTO mail_trusted VALUES (?, ?)",
                    (sender.lower(), now.astimezone(UTC).isoformat(timespec="seconds")),
                )
            else:
                self._run("DELETE FROM mail_trusted WHERE sender = ?", (sender.lower(),))
            self._touch()

    def own_account(self, client: str, ibans: Iterable[str], since: datetime, *, on: bool) -> None:
        """The person says these accounts are the client's from then on, or takes it back."""
        with self._db.change(Topic.INBOX):
            for iban in ibans:
                if on:
                    self._run(
                        "INSERT OR IGNORE INTO mail_accounts (client, iban, stamp) VALUES (?, ?, ?)",
                        (client, iban, seconds_of(since) << STAMP_BITS),
                    )
                else:
                    self._run(
                        "DELETE FROM mail_accounts WHERE client = ? AND iban = ? AND message = 0",
                        (client, iban),
                    )
            self._touch()

    def relabel(self, labels: Mapping[int, Label], known: Known, now: datetime) -> None:
        """Give these mails new labels."""
        with self._db.change(Topic.INBOX):
            self._relabel(labels, known, now)

    def naming_accounts(self) -> list[int]:
        """The mails of clients that name an account."""
        rows = self._run(
            "SELECT DISTINCT message FROM mail_accounts WHERE message > 0 AND client != ''"
        )
        return [int(row[0]) for row in rows.fetchall()]

    def of_sender(self, sender: str, most: int) -> list[int]:
        """The newest mails of a sender that the person did not label."""
        rows = self._run(
            "SELECT id FROM messages JOIN mail_people p ON p.stamp = messages.stamp AND p.role = 0"
            " WHERE p.email = ? AND NOT EXISTS"
            " (SELECT 1 FROM mail_lessons l WHERE l.message = messages.id)"
            " ORDER BY messages.stamp DESC LIMIT ?",
            (sender.lower(), most),
        )
        return [int(row[0]) for row in rows.fetchall()]

    def newest(self, before: int, most: int) -> list[int]:
        """Mails from others that the person did not label, the newest first, older than this one's
        place in the desk."""
        rows = self._run(
            "SELECT id FROM messages WHERE id < ? AND mine = 0 AND broken IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM mail_lessons l WHERE l.message = messages.id) ORDER BY id DESC LIMIT ?",
            (before, most),
        )
        return [int(row[0]) for row in rows.fetchall()]

    def again(self, mail_ids: Sequence[int]) -> Iterator[tuple[MailId, ParsedMail, Label]]:
        """These mails as they were when they came, as far as labels need it, and their labels."""
        rows = self._db.read().query(
            "SELECT m.*, b.text, b.html, b.details FROM messages m JOIN mail_bodies b ON b.message = m.id"
            " WHERE m.id IN (SELECT value FROM json_each(?)) AND m.broken IS NULL",
            [json.dumps(list(mail_ids))],
        )
        for row in rows:
            yield (
                MailId(row["id"]),
                self._as_it_came(row),
                Label(row["label"], notes_of(row["reasons"])),
            )

    def _as_it_came(self, row: dict[str, Any]) -> ParsedMail:
        found = self._run(
            "SELECT number, name, type, bytes, digest, cid, inline FROM attachments"
            " WHERE message = ? ORDER BY number",
            (row["id"],),
        )
        files = tuple(
            Attachment(number, name, kind, size, digest, cid, bool(inline))
            for number, name, kind, size, digest, cid, inline in found.fetchall()
        )
        mail = mail_of(row, files)
        signs = {each.code for each in mail.signs}
        return ParsedMail(
            key=row["key"],
            message_id=mail.message_id,
            in_reply_to=mail.references[-1:],
            references=mail.references,
            sender=mail.sender,
            to=mail.to,
            cc=mail.cc,
            reply_to=mail.reply_to,
            subject=mail.subject,
            date=mail.at,
            text=mail.text,
            html=unpacked(row["html"]),
            attachments=mail.attachments,
            notes=mail.notes,
            list_id=json.loads(row["details"]).get("list", ""),
            unsubscribe=bool(mail.exits.url or mail.exits.mailto),
            bulk=bool({"list", "precedence"} & signs),
            automatic=bool({"auto", "program"} & signs),
            invitation=any(each.type == "text/calendar" for each in files),
            signs=mail.signs,
        )

    def _relabel(self, labels: Mapping[int, Label], known: Known, now: datetime) -> None:
        conn = self._db.read().conn
        conn.executemany(
            "UPDATE messages SET label = ?, reasons = ?, version = version + 1 WHERE id = ?",
            [(label.code, notes_json(label.reasons), each) for each, label in labels.items()],
        )
        rows = conn.execute(
            "SELECT DISTINCT thread FROM messages WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(labels)),),
        )
        threads = [int(row[0]) for row in rows.fetchall()]
        Summing(conn.execute, conn.executemany, known, now).refresh(threads, {})
        self._touch()

    def _count(self, mail: Mail, label: str, step: int) -> None:
        words = countable(words_of(mail.subject, mail.text))
        rows = [("word", word, label, step) for word in words]
        rows.append(("sender", mail.sender.email.lower(), label, step))
        self._db.read().conn.executemany(
            "INSERT INTO lesson_counts VALUES (?, ?, ?, ?)"
            " ON CONFLICT (kind, item, label) DO UPDATE SET mails = mails + excluded.mails",
            rows,
        )
        self._run("DELETE FROM lesson_counts WHERE mails <= 0")

    def _touch(self) -> None:
        touch(self._run)

    def _run(self, sql: str, values: Sequence[Any] = ()) -> Any:
        return self._db.read().conn.execute(sql, values)

    def _read(self) -> Learned:
        people: dict[str, str] = {}
        acquainted: set[str] = set()
        for name, email, client in self._run("SELECT name, email, client FROM mail_names"):
            people[name] = people.get(name) or client
            acquainted.add(email)
        accounts, own = self._accounts()
        trusted = frozenset(row[0] for row in self._run("SELECT sender FROM mail_trusted"))
        return Learned(self._lessons(), people, frozenset(acquainted), accounts, own, trusted)

    def _lessons(self) -> Lessons:
        mails = dict(
            self._run("SELECT label, count(*) FROM mail_lessons GROUP BY label").fetchall()
        )
        found: dict[str, dict[str, dict[str, int]]] = {"word": {}, "sender": {}}
        if mails:
            for kind, item, label, count in self._run(
                "SELECT kind, item, label, mails FROM lesson_counts"
            ):
                found[kind].setdefault(item, {})[label] = count
        return Lessons(mails, found["word"], found["sender"])

    def _accounts(self) -> tuple[dict[str, dict[str, datetime]], frozenset[str]]:
        """What suspicious mails name is known of nobody."""
        rows = self._run(
            "SELECT a.client, a.iban, min(a.stamp) FROM mail_accounts a"
            " LEFT JOIN messages m ON m.id = a.message"
            " WHERE a.message = 0 OR m.label != 'suspicious' GROUP BY a.client, a.iban"
        )
        accounts: dict[str, dict[str, datetime]] = {}
        for client, iban, stamp in rows:
            accounts.setdefault(client, {})[iban] = instant_of(stamp)
        return accounts, frozenset(accounts.pop("", {}))


def touch(run: Callable[..., Any]) -> None:
    """What was learned is to be read anew."""
    run(
        "INSERT INTO inbox_state VALUES (?, '1') ON CONFLICT (name)"
        " DO UPDATE SET value = CAST(value AS INTEGER) + 1",
        (_VERSION,),
    )


def learn_from(run: Callable[..., Any], run_many: Callable[..., Any],
               mails: Iterable[tuple[int, int, ParsedMail]], known: Known) -> None:  # fmt: skip
    """Names and accounts out of new mails (row, place in time, mail), within the caller's transaction:
    of clients, and of the person's own."""
    names: list[tuple[str, str, str]] = []
    accounts: list[tuple[str, str, int, int]] = []
    for row_id, stamp, mail in mails:
        client = known.client(mail.sender)
        if known.is_mine(mail.sender):
            names += [
                (folded(each.name), each.email.lower(), known.client(each))
                for each in (*mail.to, *mail.cc)[:_NAMED]
                if _is_name(each.name) and each.email
            ]
            own = own_words(mail.text)
            accounts += [("", iban, row_id, stamp) for iban in accounts_in(own)]
        elif client and not mail.bulk and not any(each.code == "failed" for each in mail.signs):
            if _is_name(mail.sender.name):
                names.append((folded(mail.sender.name), mail.sender.email.lower(), client))
            fresh = (each for each in accounts_in(mail.text) if each not in known.own_accounts)
            accounts += [(client, iban, row_id, stamp) for iban in fresh]
    if names or accounts:
        before = run("SELECT total_changes()").fetchone()[0]
        run_many("INSERT OR IGNORE INTO mail_names VALUES (?, ?, ?)", sorted(set(names)))
        run_many("INSERT OR IGNORE INTO mail_accounts VALUES (?, ?, ?, ?)", accounts)
        if run("SELECT total_changes()").fetchone()[0] != before:
            touch(run)


def _is_name(name: str) -> bool:
    """A first and a last name: one alone is many people's."""
    return len(name.split()) > 1 and "@" not in name
