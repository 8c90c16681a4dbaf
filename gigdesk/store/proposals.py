"""Proposals and the outbox as rows."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from gigdesk.domain.errors import NotFound, Stale
from gigdesk.domain.proposals import (
    Fact,
    Filing,
    Finding,
    OutboxId,
    OutboxItem,
    OutboxState,
    Proposal,
    ProposalId,
    ProposalState,
)
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.store.desk_db import DeskDb, updated


class ProposalStore:
    """What waits for the person, and what was decided."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def propose(self, proposal: Proposal) -> Proposal:
        """Add it, or replace the one that waits under the same key. What was already approved under
        that key stays, and is given back as it is."""
        with self._db.change(Topic.PROPOSALS) as db:
            row = _one(db, "SELECT id, state, version FROM proposals WHERE key = ?", proposal.key)
            values = _proposal_row(proposal)
            if row is None:
                done = db.conn.execute(
                    f"INSERT INTO proposals ({', '.join(values)})"
                    f" VALUES ({', '.join('?' * len(values))})",
                    tuple(values.values()),
                )
                return self.get(ProposalId(int(done.lastrowid or 0)))
            if row["state"] != ProposalState.APPROVED:
                updated(db, "proposals", row["id"], row["version"], {**values, "decided": None})
            return self.get(row["id"])

    def get(self, proposal_id: int) -> Proposal:
        """One proposal. Raises NotFound."""
        row = _one(self._db.read(), "SELECT * FROM proposals WHERE id = ?", proposal_id)
        if row is None:
            raise NotFound(t("There is no proposal {id}", id=proposal_id))
        return _proposal(row)

    def by_key(self, key: str) -> Proposal | None:
        """The proposal of this occasion."""
        row = _one(self._db.read(), "SELECT * FROM proposals WHERE key = ?", key)
        return _proposal(row) if row else None

    def waiting(self, now: datetime) -> list[Proposal]:
        """What waits for a decision, oldest first; what was put off comes back at its time."""
        rows = self._db.read().query(
            "SELECT * FROM proposals WHERE state = 'waiting'"
            " OR (state = 'later' AND (decided IS NULL OR decided <= ?)) ORDER BY created, id",
            [_instant(now)],
        )
        return [_proposal(row) for row in rows]

    def decide(self, proposal: Proposal, state: ProposalState, at: datetime) -> Proposal:
        """Set the state; for `later`, `at` is when it comes back. Raises Stale when it changed."""
        with self._db.change(Topic.PROPOSALS) as db:
            fields = {"state": str(state), "decided": _instant(at)}
            updated(db, "proposals", proposal.id, proposal.version, fields)
        return self.get(proposal.id)

    def rewrite(self, proposal: Proposal) -> Proposal:
        """Keep the changed words, facts and findings. Raises Stale when it changed meanwhile."""
        values = _proposal_row(proposal)
        fields = {name: values[name] for name in ("draft", "facts", "findings", "payload")}
        with self._db.change(Topic.PROPOSALS) as db:
            updated(db, "proposals", proposal.id, proposal.version, fields)
        return self.get(proposal.id)


class OutboxStore:
    """What was approved and is on its way out."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def add(self, item: OutboxItem, created: datetime) -> OutboxItem:
        """Put it in. A proposal has one item at most: adding it again is Stale."""
        with self._db.change(Topic.OUTBOX) as db:
            known = item.proposal_id and _one(
                db, "SELECT id FROM outbox WHERE proposal_id = ?", item.proposal_id
            )
            if known:
                raise Stale(t("This was approved already"), t("It waits in the outbox once."))
            done = db.conn.execute(
                "INSERT INTO outbox (proposal_id, kind, recipient, subject, body, payload,"
                " message_id, state, due, words, created, account, timed)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    item.proposal_id,
                    item.kind,
                    item.to,
                    item.subject,
                    item.body,
                    json.dumps(item.payload),
                    item.message_id,
                    str(item.state),
                    _instant(item.due),
                    item.words,
                    _instant(created),
                    item.account,
                    item.timed,
                ),
            )
            return self.get(int(done.lastrowid or 0))

    def get(self, item_id: int) -> OutboxItem:
        """One item. Raises NotFound."""
        row = _one(self._db.read(), "SELECT * FROM outbox WHERE id = ?", item_id)
        if row is None:
            raise NotFound(t("There is nothing in the outbox under {id}", id=item_id))
        return _item(row)

    def of_proposal(self, proposal_id: int) -> OutboxItem | None:
        """What a proposal became."""
        row = _one(self._db.read(), "SELECT * FROM outbox WHERE proposal_id = ?", proposal_id)
        return _item(row) if row else None

    def all(self) -> list[OutboxItem]:
        """Everything, newest first."""
        rows = self._db.read().query("SELECT * FROM outbox ORDER BY created DESC, id DESC")
        return [_item(row) for row in rows]

    def of_state(self, *states: OutboxState) -> list[OutboxItem]:
        """What stands there, by when it is due."""
        marks = ",".join("?" * len(states))
        rows = self._db.read().query(
            f"SELECT * FROM outbox WHERE state IN ({marks}) ORDER BY due, id",
            [str(each) for each in states],
        )
        return [_item(row) for row in rows]

    def left_last(self, limit: int) -> list[OutboxItem]:
        """What has left, the newest first."""
        rows = self._db.read().query(
            "SELECT * FROM outbox WHERE state = 'sent' ORDER BY id DESC LIMIT ?", [limit]
        )
        return [_item(row) for row in rows]

    def to_file(self) -> list[OutboxItem]:
        """What has left and is not yet filed."""
        rows = self._db.read().query(
            "SELECT * FROM outbox WHERE filing IN ('local', 'server') ORDER BY id"
        )
        return [_item(row) for row in rows]

    def change(self, item: OutboxItem, **fields: Any) -> OutboxItem:
        """Change what is named. Raises Stale when it changed meanwhile."""
        with self._db.change(Topic.OUTBOX) as db:
            updated(db, "outbox", item.id, item.version, _plain(fields))
        return self.get(item.id)

    def begin(self, item: OutboxItem, **fields: Any) -> OutboxItem:
        """Claim it for an attempt, on the disk before anything is connected. Raises Stale when it is
        not there to be claimed. Until `last_step` it may be tried again if its holder dies."""
        values = _plain({**fields, "state": OutboxState.SENDING})
        with self._db.durably(Topic.OUTBOX) as db:
            updated(db, "outbox", item.id, item.version, values)
        return self.get(item.id)

    def last_step(self, item: OutboxItem) -> None:
        """From now on it may have left: nobody sends it again by themselves. Raises Stale when it is
        not this holder's any more; then it must not leave."""
        with self._db.durably(Topic.OUTBOX) as db:
            done = db.conn.execute(
                "UPDATE outbox SET next_try = NULL, version = version + 1"
                " WHERE id = ? AND holder = ? AND state = 'sending'",
                (item.id, item.holder),
            )
            if done.rowcount != 1:
                raise Stale(t("Another GigDesk has this mail"), t("Nothing left from here."))

    def ended(self, item: OutboxItem, **fields: Any) -> OutboxItem | None:
        """Write how an attempt ended, if it is still this holder's; None when it is not."""
        with self._db.change(Topic.OUTBOX) as db:
            values = _plain(fields)
            sets = ", ".join(f"{name} = ?" for name in values)
            done = db.conn.execute(
                f"UPDATE outbox SET {sets}, version = version + 1 WHERE id = ? AND holder = ?"
                " AND state IN ('sending', 'uncertain')",
                (*values.values(), item.id, item.holder),
            )
        return self.get(item.id) if done.rowcount == 1 else None

    def count(self, state: OutboxState) -> int:
        """How many stand there."""
        return int(
            self._db.read()
            .conn.execute("SELECT count(*) FROM outbox WHERE state = ?", (str(state),))
            .fetchone()[0]
        )

    def take_back(self, item: OutboxItem) -> None:
        """Take out what has not begun to leave. Raises Stale when it has."""
        with self._db.change(Topic.OUTBOX) as db:
            done = db.conn.execute(
                "DELETE FROM outbox WHERE id = ? AND version = ?"
                " AND state IN ('waiting', 'failed', 'uncertain')",
                (item.id, item.version),
            )
            if done.rowcount != 1:
                raise Stale(t("It has left already"), t("Write again to say what changed."))


def _one(db: Any, sql: str, *params: object) -> dict[str, Any] | None:
    return next(iter(db.query(sql, list(params))), None)


def _proposal_row(proposal: Proposal) -> dict[str, Any]:
    return {
        "kind": proposal.kind,
        "key": proposal.key,
        "title": proposal.title,
        "about": proposal.about,
        "why": proposal.why,
        "draft": proposal.draft,
        "facts": json.dumps(
            [[f.start, f.end, f.ref.as_json() if f.ref else None] for f in proposal.facts]
        ),
        "findings": json.dumps([asdict(finding) for finding in proposal.findings]),
        "records": json.dumps([ref.as_json() for ref in proposal.records]),
        "payload": json.dumps(proposal.payload),
        "state": str(proposal.state),
        "created": _instant(proposal.created),
        "leaves": _instant(proposal.leaves) if proposal.leaves else None,
    }


def _proposal(row: dict[str, Any]) -> Proposal:
    return Proposal(
        id=ProposalId(row["id"]),
        kind=row["kind"],
        key=row["key"],
        title=row["title"],
        about=row["about"],
        why=row["why"],
        draft=row["draft"],
        created=datetime.fromisoformat(row["created"]),
        facts=tuple(
            Fact(start, end, Ref.from_json(ref) if ref else None)
            for start, end, ref in json.loads(row["facts"])
        ),
        findings=tuple(Finding(**finding) for finding in json.loads(row["findings"])),
        records=tuple(Ref.from_json(ref) for ref in json.loads(row["records"])),
        payload=json.loads(row["payload"]),
        state=ProposalState(row["state"]),
        leaves=datetime.fromisoformat(row["leaves"]) if row["leaves"] else None,
        version=row["version"],
    )


def _item(row: dict[str, Any]) -> OutboxItem:
    return OutboxItem(
        id=OutboxId(row["id"]),
        kind=row["kind"],
        to=row["recipient"],
        subject=row["subject"],
        body=row["body"],
        message_id=row["message_id"],
        state=OutboxState(row["state"]),
        due=datetime.fromisoformat(row["due"]),
        words=row["words"],
        proposal_id=ProposalId(row["proposal_id"]) if row["proposal_id"] else None,
        payload=json.loads(row["payload"]),
        version=row["version"],
        account=row["account"],
        advice=row["advice"],
        tries=row["tries"],
        next_try=_moment(row["next_try"]),
        holder=row["holder"],
        timed=bool(row["timed"]),
        hold=row["hold"],
        left_at=_moment(row["left_at"]),
        raw_blob=row["raw_blob"],
        filing=Filing(row["filing"]),
        asked=row["asked"],
    )


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields as their columns hold them; their names come from code."""
    return {
        name: _instant(value)
        if isinstance(value, datetime)
        else str(value)
        if isinstance(value, StrEnum)
        else value
        for name, value in fields.items()
    }


def _moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
