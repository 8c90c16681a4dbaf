"""Leads as rows: what sources told, by which keys it is known again, where it lies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import NotFound
from gigdesk.domain.leads.identity import fingerprint, keys_of
from gigdesk.domain.leads.records import (
    SHELVES,
    Flag,
    Lead,
    LeadCounts,
    Offer,
    Posting,
    Shelf,
    Unusable,
    Wanted,
)
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.store.desk_db import updated

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb

_COLUMNS = (
    "id, source, title, lead_texts.text, url, client, pay, skills, tags, posted_at, seen_at, offers, flags, "
    "state, score, never, reposts, version"
)
_ORDER = "ORDER BY score DESC, seen_at DESC, id DESC"
_WHOLE = "FROM leads JOIN lead_texts ON lead_texts.lead_id = leads.id"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is kept of a score: enough to list, never enough to explain."""

    lead: int
    score: int | None
    never: str
    asked: tuple[str, ...]
    flags: tuple[Flag, ...]
    mark: str
    again: datetime | None


class LeadStore:
    """The tables of leads."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    # --- bringing in ----------------------------------------------------------------------------
    def known(self, posting: Posting) -> tuple[int, bool] | None:
        """The lead a posting is, and whether by a sure key; else it is the same one elsewhere."""
        conn = self._db.read().conn
        for key in (*keys_of(posting), fingerprint(posting)):
            row = conn.execute("SELECT lead_id FROM lead_keys WHERE key = ?", (key,)).fetchone()
            if row:
                return int(row[0]), not key.startswith("same:")
        return None

    def add(self, posting: Posting, now: datetime) -> int:
        """A new lead; its id."""
        fields = {**_fields(posting), "seen_at": _count(now)}
        names = ", ".join(fields)
        marks = ", ".join("?" * len(fields))
        with self._db.change(Topic.LEADS) as db:
            done = db.conn.execute(
                f"INSERT INTO leads ({names}) VALUES ({marks})", tuple(fields.values())
            )
            row = int(done.lastrowid or 0)
            self._put_keys(row, posting)
            self._put_text(row, posting)
            self._put_pays(row, posting, now)
        return row

    def renew(self, row: int, posting: Posting, now: datetime) -> bool:
        """What a source tells anew of a lead that is here; whether anything differs. Marks stay."""
        fields = _fields(posting)
        with self._db.change(Topic.LEADS) as db:
            same = db.conn.execute(
                "SELECT 1 FROM leads WHERE id = ? AND digest = ?", (row, fields["digest"])
            ).fetchone()
            self._put_keys(row, posting)
            if same:
                return False
            sets = ", ".join(f"{name} = ?" for name in fields)
            db.conn.execute(
                f"UPDATE leads SET {sets}, judged = '', version = version + 1 WHERE id = ?",
                (*fields.values(), row),
            )
            db.conn.execute("DELETE FROM lead_pays WHERE lead_id = ?", (row,))
            self._put_text(row, posting)
            self._put_pays(row, posting, now)
        return True

    def count_repost(self, row: int) -> None:
        """The same lead was met elsewhere."""
        with self._db.change(Topic.LEADS) as db:
            db.conn.execute("UPDATE leads SET reposts = reposts + 1 WHERE id = ?", (row,))

    def remove(self, row: int, version: int) -> bool:
        """Take out a lead nobody touched since; whether it was."""
        with self._db.change(Topic.LEADS) as db:
            done = db.conn.execute(
                "DELETE FROM leads WHERE id = ? AND version = ? AND state = 'new'", (row, version)
            )
        return bool(done.rowcount)

    def _put_keys(self, row: int, posting: Posting) -> None:
        self._db.read().conn.executemany(
            "INSERT OR IGNORE INTO lead_keys (key, lead_id) VALUES (?, ?)",
            [(key, row) for key in (*keys_of(posting), fingerprint(posting))],
        )

    def _put_text(self, row: int, posting: Posting) -> None:
        self._db.read().conn.execute(
            "INSERT OR REPLACE INTO lead_texts (lead_id, text, shape, raw) VALUES (?, ?, ?, ?)",
            (row, posting.text, posting.shape, posting.raw),
        )

    def _put_pays(self, row: int, posting: Posting, now: datetime) -> None:
        at = _count(posting.posted or now)
        self._db.read().conn.executemany(
            "INSERT INTO lead_pays (lead_id, unit, currency, middle, at) VALUES (?, ?, ?, ?, ?)",
            [
                (row, offer.unit, offer.currency, float(sum(ends) / len(ends)), at)
                for offer in posting.offers
                if offer.unit and offer.currency and (ends := _ends(offer))
            ],
        )

    # --- rejected -------------------------------------------------------------------------------
    def put_rejected(self, unusable: Unusable, now: datetime) -> None:
        """Keep what is no lead, once, with its reason and as it came."""
        said = f"{unusable.source}\n{unusable.raw or unusable.row}\n{unusable.reason}"
        with self._db.change(Topic.LEADS) as db:
            db.conn.execute(
                "INSERT OR IGNORE INTO rejected_leads"
                " (source, place, title, reason, raw, digest, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    unusable.source, unusable.row, unusable.title, unusable.reason, unusable.raw,
                    hashlib.sha256(said.encode("utf-8", "replace")).hexdigest(), _count(now),
                ),
            )  # fmt: skip

    def rejected(self, offset: int = 0, count: int = 200) -> list[Unusable]:
        """What could not be read and was not put away, newest first."""
        rows = self._db.read().conn.execute(
            "SELECT place, reason, raw, source, title, id FROM rejected_leads WHERE put_away = 0"
            " ORDER BY id DESC LIMIT ? OFFSET ?",
            (count, offset),
        )
        return [Unusable(*row) for row in rows]

    def put_rejected_away(self, row: int, *, away: bool) -> None:
        """Out of the list, or back; the original stays."""
        with self._db.change(Topic.LEADS) as db:
            db.conn.execute("UPDATE rejected_leads SET put_away = ? WHERE id = ?", (int(away), row))

    # --- looking --------------------------------------------------------------------------------
    def get(self, row: int) -> Lead:
        """One lead. Raises NotFound."""
        found = self._leads("WHERE id = ?", row)
        if not found:
            raise NotFound(
                t("There is no lead {id}", id=row), t("See the list: gigdesk leads list.")
            )
        return found[0]

    def raws(self, after: int, count: int) -> list[tuple[int, str, str, str]]:
        """Leads by id with their shape, source and record as it came, from after this id on."""
        rows = self._db.read().conn.execute(
            f"SELECT id, shape, source, raw {_WHOLE} WHERE id > ? ORDER BY id LIMIT ?",
            (after, count),
        )
        return [(row, shape, source, raw) for row, shape, source, raw in rows]

    def page(self, wanted: Wanted, offset: int = 0, count: int = 200) -> list[Lead]:
        """Leads in the order of their score, best first; those without one last."""
        where, values = _where(wanted)
        ids = f"SELECT id FROM leads {where} {_ORDER} LIMIT ? OFFSET ?"
        return self._leads(f"WHERE id IN ({ids}) {_ORDER}", *values, count, offset)

    def number(self, wanted: Wanted) -> int:
        """How many there are of these."""
        where, values = _where(wanted)
        row = self._db.read().conn.execute(f"SELECT count(*) FROM leads {where}", values).fetchone()
        return int(row[0])

    def place(self, row: int, wanted: Wanted) -> int:
        """How many of these stand before a lead; -1 when it is none of them."""
        where, values = _where(wanted)
        joined = "AND" if where else "WHERE"
        conn = self._db.read().conn
        there = conn.execute(
            f"SELECT score, seen_at FROM leads {where} {joined} id = ?", (*values, row)
        ).fetchone()
        if there is None:
            return -1
        before = conn.execute(
            f"SELECT count(*) FROM leads {where} {joined} (score, seen_at, id) > (?, ?, ?)",
            (*values, *there, row),
        ).fetchone()
        return int(before[0])

    def counts(self, mark: int) -> LeadCounts:
        """How many lie where; `mark` is the score from which one is worth a look."""
        row = self._db.read().conn.execute(
            "SELECT count(*), total(shelf = 'new' AND NOT hidden AND score >= ?),"
            " total(shelf = 'new' AND NOT hidden AND score < ?),"
            " total(shelf = 'asked'), total(shelf = 'won'), total(shelf = 'away'),"
            " total(shelf = 'new' AND hidden) FROM leads INDEXED BY leads_listed",
            (mark, mark),
        ).fetchone()  # fmt: skip
        broken = self._db.read().conn.execute(
            "SELECT count(*) FROM rejected_leads WHERE put_away = 0"
        ).fetchone()  # fmt: skip
        return LeadCounts(*(int(each) for each in (*row, broken[0])))

    def comparable(
        self, unit: str, currency: str, since: datetime, apart_from: int, count: int = 2000
    ) -> list[tuple[float, tuple[str, ...], datetime]]:
        """Pay of other leads in this unit and currency: the middle, the skills asked for, when."""
        rows = self._db.read().conn.execute(
            "SELECT p.middle, l.asked, p.at FROM lead_pays p JOIN leads l ON l.id = p.lead_id"
            " WHERE p.unit = ? AND p.currency = ? AND p.at >= ? AND l.id != ?"
            " ORDER BY p.at DESC LIMIT ?",
            (unit, currency, _count(since), apart_from, count),
        )
        return [(middle, tuple(json.loads(asked)), _moment(at)) for middle, asked, at in rows]

    # --- judging and marking --------------------------------------------------------------------
    def stale(self, mark: str, now: datetime, count: int) -> list[Lead]:
        """Leads whose kept score may differ now."""
        fresh = self._leads("WHERE judged < ? LIMIT ?", mark, count)
        fresh = fresh or self._leads("WHERE judged > ? LIMIT ?", mark, count)
        return fresh or self._leads("WHERE judge_again < ? LIMIT ?", _count(now), count)

    def is_stale(self, mark: str, now: datetime) -> bool:
        """Whether there are any."""
        row = (
            self._db.read()
            .conn.execute(
                "SELECT EXISTS (SELECT 1 FROM leads WHERE judged < ?)"
                " OR EXISTS (SELECT 1 FROM leads WHERE judged > ?)"
                " OR EXISTS (SELECT 1 FROM leads WHERE judge_again < ?)",
                (mark, mark, _count(now)),
            )
            .fetchone()
        )
        return bool(row[0])

    def keep(self, judgements: Iterable[Judgement]) -> None:
        """Keep these scores."""
        with self._db.change(Topic.LEADS) as db:
            db.conn.executemany(
                "UPDATE leads SET score = ?, never = ?, asked = ?, flags = ?, judged = ?,"
                " judge_again = ?, hidden = (shelf = 'away' OR state = 'new' AND ? != '')"
                " WHERE id = ?",
                [
                    (
                        -1 if each.score is None else each.score, each.never,
                        json.dumps(each.asked), json.dumps([_flag_row(f) for f in each.flags]),
                        each.mark, None if each.again is None else _count(each.again),
                        each.never, each.lead,
                    )
                    for each in judgements
                ],
            )  # fmt: skip

    def mark(self, lead: Lead, mark: str, now: datetime) -> Lead:
        """Where the person stands with it now. Raises Stale when it was changed meanwhile."""
        with self._db.change(Topic.LEADS) as db:
            shelf = SHELVES[mark]
            hidden = shelf is Shelf.AWAY or (mark == "new" and lead.never != "")
            fields = {"state": mark, "shelf": shelf.value, "hidden": int(hidden)}
            updated(db, "leads", lead.id, lead.version, fields)
            db.conn.execute(
                "INSERT INTO lead_marks (lead_id, mark, at) VALUES (?, ?, ?)",
                (lead.id, mark, _count(now)),
            )
        return self.get(lead.id)

    def marks(self, row: int) -> list[tuple[str, datetime]]:
        """What a lead was marked, oldest first."""
        rows = self._db.read().conn.execute(
            "SELECT mark, at FROM lead_marks WHERE lead_id = ? ORDER BY id", (row,)
        )
        return [(str(mark), _moment(at)) for mark, at in rows]

    def _leads(self, rest: str, *values: Any) -> list[Lead]:
        rows = self._db.read().conn.execute(f"SELECT {_COLUMNS} {_WHOLE} {rest}", values)
        return [_lead(row) for row in rows]


def _where(wanted: Wanted) -> tuple[str, tuple[Any, ...]]:
    parts: list[tuple[str, Any]] = []
    if wanted.shelf is not None:
        parts.append(("shelf = ?", wanted.shelf.value))
    if wanted.hidden is not None:
        parts.append(("hidden = ?", int(wanted.hidden)))
    if wanted.low is not None:
        parts.append(("score >= ?", wanted.low))
    if wanted.below is not None:
        parts.append(("score < ?", wanted.below))
    parts += [("instr(words, ?) > 0", word) for word in wanted.find.casefold().split()]
    where = " AND ".join(condition for condition, _ in parts)
    return (f"WHERE {where}" if where else ""), tuple(value for _, value in parts)


def _fields(posting: Posting) -> dict[str, Any]:
    offers = json.dumps([_offer_row(offer) for offer in posting.offers])
    told = {
        "source": posting.source,
        "title": posting.title,
        "url": posting.url,
        "client": posting.client,
        "pay": posting.pay,
        "skills": json.dumps(posting.skills),
        "tags": json.dumps(posting.tags),
        "posted_at": None if posting.posted is None else _count(posting.posted),
        "offers": offers,
    }
    known = (posting.title, posting.client, posting.source, *posting.skills, *posting.tags)
    digest = hashlib.sha256(json.dumps([told, posting.text]).encode()).hexdigest()
    return {**told, "digest": digest, "words": " ".join(known).casefold()}


def _ends(offer: Offer) -> Sequence[Decimal]:
    return [end for end in (offer.low, offer.high) if end is not None]


def _offer_row(offer: Offer) -> list[Any]:
    low, high = (None if end is None else str(end) for end in (offer.low, offer.high))
    return [low, high, offer.unit, offer.currency, offer.span, offer.assumed]


def _offer(row: list[Any]) -> Offer:
    low, high = (None if end is None else Decimal(end) for end in row[:2])
    return Offer(low, high, *row[2:])


def _flag_row(flag: Flag) -> list[str]:
    return [flag.rule, flag.quote, flag.severity]


def _count(at: datetime) -> int:
    return int(at.timestamp())


def _moment(count: int) -> datetime:
    return datetime.fromtimestamp(count, UTC)


def _lead(row: tuple[Any, ...]) -> Lead:
    (row_id, source, title, text, url, client, pay, skills, tags, posted, seen, offers, flags,
     state, score, never, reposts, version) = row  # fmt: skip
    return Lead(
        row_id, source, title, text, url, client, pay, tuple(json.loads(skills)),
        tuple(json.loads(tags)), None if posted is None else _moment(posted), _moment(seen),
        tuple(_offer(each) for each in json.loads(offers)),
        tuple(Flag(*each) for each in json.loads(flags)), state,
        None if score < 0 else score, never, reposts, version,
    )  # fmt: skip
