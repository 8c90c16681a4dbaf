"""Deciding: approve, edit, decline, later. What is approved goes to the outbox, once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from gigdesk.domain.errors import Refused, Stale
from gigdesk.domain.proposals import (
    TAKE_BACK_SECONDS,
    OutboxId,
    OutboxItem,
    OutboxState,
    Proposal,
    ProposalState,
)
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t

if TYPE_CHECKING:
    from gigdesk.domain.ports import Now
    from gigdesk.store.desk_db import DeskDb
    from gigdesk.store.proposals import OutboxStore, ProposalStore

TOPICS = Topic.PROPOSALS | Topic.OUTBOX

# Reads changed words of a proposal with the records beside them, and marks what it finds.
Reader = Callable[[Proposal, str], Proposal]
# What only the desk needs of a payload; it does not go on to the outbox.
_KEPT_HERE = frozenset(
    {
        "to",
        "subject",
        "drafted",
        "warnings",
        "left_out",
        "by_why",
        "event",
        "was",
        "bill",
        "translated",
    }
)


@dataclass(frozen=True, slots=True)
class Approval:
    """What an approval made: the proposal and what waits to leave, if anything leaves."""

    proposal: Proposal
    item: OutboxItem | None


class Doer(Protocol):
    """Carries out at this desk what a kind of proposal proposes, in the transaction of the word."""

    topics: Topic

    def approved(self, proposal: Proposal) -> dict[str, Any]:
        """Do it; what is to be kept in the payload, for taking it back."""

    def taken_back(self, proposal: Proposal) -> None:
        """Undo it. Raises Stale when something newer happened."""


class ProposalService:
    """The person's word on what the assistant prepared."""

    def __init__(self, db: DeskDb, proposals: ProposalStore, outbox: OutboxStore, now: Now) -> None:
        self._db, self._proposals, self._outbox, self._now = db, proposals, outbox, now
        self._readers: dict[str, Reader] = {}
        self._doers: dict[str, Doer] = {}
        self._build: Callable[[], object] = lambda: None

    def built_by(self, build: Callable[[], object]) -> None:
        """Whoever reads and does proposals is built by this, which may be late: not before the person
        decides about one. It is called outside of transactions, as often as they do."""
        self._build = build

    def reads(self, kind: str, reader: Reader) -> None:
        """Whoever drafts this kind reads it again when the person changed its words."""
        self._readers[kind] = reader

    def does(self, kind: str, doer: Doer) -> None:
        """Whoever proposes this kind does at the desk what was approved."""
        self._doers[kind] = doer

    def waiting(self) -> list[Proposal]:
        """What waits for a decision, oldest first."""
        return self._proposals.waiting(self._now())

    def get(self, proposal_id: int) -> Proposal:
        """One proposal. Raises NotFound."""
        return self._proposals.get(proposal_id)

    def of_key(self, key: str) -> Proposal | None:
        """The proposal of one occasion, whatever became of it."""
        return self._proposals.by_key(key)

    def propose(self, proposal: Proposal) -> Changed[Proposal]:
        """Put it before the person, in place of the one that waits under the same key."""
        return Changed(self._proposals.propose(proposal), Topic.PROPOSALS)

    def approve(
        self, proposal_id: int, version: int | None = None, at: datetime | None = None
    ) -> Changed[Approval]:
        """Say yes: it goes to the outbox in the same transaction, and can be taken back there. It
        leaves in ten seconds, or `at` the instant the person chose.

        Raises Refused while a finding of the fact guard is open, Stale when it was decided before.
        """
        self._build()
        with self._db.change(TOPICS):
            proposal = self._undecided(proposal_id, version)
            if proposal.blocked:
                words = ", ".join(f"“{f.text}”" for f in proposal.findings if not f.settled)
                raise Refused(
                    t("{words} stands in no record", words=words),
                    t("Nothing left. Edit the draft, or say that you wrote it."),
                )
            now = self._now()
            topics = self._do(proposal)
            done = self._proposals.decide(
                self._proposals.get(proposal.id), ProposalState.APPROVED, now
            )
            leaves = bool(done.payload.get("sends", "mail"))
            item = self._outbox.add(self._item(done, now, at), now) if leaves else None
        if item is None:
            words = t("Approved: {title}", title=proposal.title)
            return Changed(Approval(done, None), topics, words, partial(self._undone, done.id))
        return Changed(
            Approval(done, item),
            topics,
            t(
                "Approved: {title}. It waits in the outbox; nothing is sent yet.",
                title=proposal.title,
            ),
            partial(self.take_back, item.id),
        )

    def _do(self, proposal: Proposal) -> Topic:
        """What is done here at once; what that touches."""
        doer = self._doers.get(proposal.kind)
        if doer is None:
            return TOPICS
        with self._db.change(doer.topics):
            kept = doer.approved(proposal)
            if kept:
                self._proposals.rewrite(replace(proposal, payload={**proposal.payload, **kept}))
        return TOPICS | doer.topics

    def _undone(self, proposal_id: int) -> Changed[Proposal]:
        """What was done here and never left, back before the person."""
        with self._db.change(TOPICS):
            back, topics = self._reopened(self._proposals.get(proposal_id))
        return Changed(back, topics, t("Taken back: {title}", title=back.title))

    def _reopened(self, proposal: Proposal) -> tuple[Proposal, Topic]:
        doer = self._doers.get(proposal.kind)
        topics = TOPICS
        if doer is not None:
            with self._db.change(doer.topics):
                doer.taken_back(proposal)
            topics |= doer.topics
        return self._proposals.decide(proposal, ProposalState.WAITING, self._now()), topics

    def decline(self, proposal_id: int, version: int | None = None) -> Changed[Proposal]:
        """Say no. Nothing leaves; undo brings it back."""
        proposal = self._undecided(proposal_id, version)
        done = self._proposals.decide(proposal, ProposalState.DECLINED, self._now())
        return Changed(
            done,
            Topic.PROPOSALS,
            t("Declined: {title}", title=proposal.title),
            partial(self._reopen, done),
        )

    def put_off(self, proposal_id: int, until: datetime) -> Changed[Proposal]:
        """Look at it later: it comes back at this instant."""
        proposal = self._undecided(proposal_id, None)
        done = self._proposals.decide(proposal, ProposalState.LATER, until)
        return Changed(
            done,
            Topic.PROPOSALS,
            t("Later: {title}", title=proposal.title),
            partial(self._reopen, done),
        )

    def rewrite(self, proposal_id: int, words: str, version: int) -> Changed[Proposal]:
        """The person's own words instead of the draft, read again by whoever drafted it."""
        self._build()
        proposal = self._undecided(proposal_id, version)
        reader = self._readers.get(proposal.kind)
        plain = replace(proposal, draft=words, facts=(), findings=())
        done = self._proposals.rewrite(reader(proposal, words) if reader else plain)
        return Changed(
            done, Topic.PROPOSALS, t("Kept your words"), partial(self._unwritten, proposal, done)
        )

    def settle(self, proposal_id: int, at: int, version: int) -> Changed[Proposal]:
        """The person says that one finding is right, wherever the draft says it. Undo marks it
        again."""
        proposal = self._undecided(proposal_id, version)
        if not 0 <= at < len(proposal.findings):
            raise Stale(t("This proposal was changed meanwhile"), t("Look again, then decide."))
        meant = proposal.findings[at]
        findings = tuple(
            replace(each, settled=True)
            if (each.kind, each.text) == (meant.kind, meant.text)
            else each
            for each in proposal.findings
        )
        done = self._proposals.rewrite(replace(proposal, findings=findings))
        words = t("“{words}” is right, you say", words=meant.text)
        return Changed(done, Topic.PROPOSALS, words, partial(self._unwritten, proposal, done))

    def _unwritten(self, before: Proposal, now: Proposal) -> Changed[Proposal]:
        back = self._proposals.rewrite(replace(before, version=now.version))
        return Changed(back, Topic.PROPOSALS)

    def outbox(self) -> list[OutboxItem]:
        """Everything on its way out, newest first."""
        return self._outbox.all()

    def item_of(self, proposal: Proposal) -> OutboxItem | None:
        """What an approved proposal became."""
        return self._outbox.of_proposal(proposal.id)

    def waiting_to_leave(self) -> str:
        """A line for the foot of the window; empty when nothing waits."""
        count = self._outbox.count(OutboxState.WAITING)
        return n("{n} mail waits to leave", "{n} mails wait to leave", count) if count else ""

    def _undecided(self, proposal_id: int, version: int | None) -> Proposal:
        proposal = self._proposals.get(proposal_id)
        if proposal.state in {ProposalState.APPROVED, ProposalState.DECLINED}:
            words = {
                ProposalState.APPROVED: t("This was approved already"),
                ProposalState.DECLINED: t("This was declined already"),
            }[proposal.state]
            raise Stale(words, t("Nothing was changed."))
        if version is not None and proposal.version != version:
            raise Stale(t("This proposal was changed meanwhile"), t("Look again, then decide."))
        return proposal

    def _item(self, proposal: Proposal, now: datetime, at: datetime | None) -> OutboxItem:
        payload = proposal.payload
        host = str(payload.get("from", "")).rpartition("@")[2] or "gigdesk.invalid"
        earliest = now + timedelta(seconds=TAKE_BACK_SECONDS)
        chosen = at or proposal.leaves
        return OutboxItem(
            id=OutboxId(0),
            kind=str(payload.get("sends", "mail")),
            to=str(payload.get("to", "")),
            subject=str(payload.get("subject", "")),
            body=proposal.draft,
            message_id=f"<{uuid.uuid4()}@{host}>",
            state=OutboxState.WAITING,
            due=max(earliest, chosen) if chosen else earliest,
            timed=chosen is not None and chosen > earliest,
            proposal_id=proposal.id,
            payload={k: v for k, v in payload.items() if k not in _KEPT_HERE},
        )

    def take_back(self, item_id: int) -> Changed[Proposal]:
        """Out of the outbox, back before the person. Raises Stale when it has left."""
        self._build()
        with self._db.change(TOPICS):
            item = self._outbox.get(item_id)
            self._outbox.take_back(item)
            assert item.proposal_id is not None
            back, topics = self._reopened(self._proposals.get(item.proposal_id))
        return Changed(back, topics, t("Taken back: {title}", title=back.title))

    def _reopen(self, decided: Proposal) -> Changed[Proposal]:
        back = self._proposals.decide(decided, ProposalState.WAITING, self._now())
        return Changed(back, Topic.PROPOSALS, t("Waits again: {title}", title=back.title))
