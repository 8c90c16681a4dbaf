"""Proposals and the outbox: what waits for the person's word, and what waits to leave.

waiting ──approve──▶ approved ──▶ outbox: waiting ▶ sending ▶ sent
   │  ▲                                              ├▶ uncertain   (died while sending)
   │  └── comes back ── later                        └▶ failed      (with the reason)
   └─────decline────▶ declined
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from gigdesk.domain.records import Ref

ProposalId = NewType("ProposalId", int)
OutboxId = NewType("OutboxId", int)

# Seconds in which an approved mail can be taken back before anything may send it.
TAKE_BACK_SECONDS = 10


class ProposalState(StrEnum):
    """Where a proposal stands."""

    WAITING = "waiting"
    LATER = "later"
    APPROVED = "approved"
    DECLINED = "declined"


class OutboxState(StrEnum):
    """Where something that leaves stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Fact:
    """Words of a draft that code put in from a record: `draft[start:end]`."""

    start: int
    end: int
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a draft that stand in no record: `draft[start:end]`; `settled` by the person."""

    kind: str
    text: str
    start: int
    end: int
    why: str
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that would leave, with its reason and the records it was made from.

    `key` names the occasion: proposing the same again replaces what waits, never doubles it.
    `payload` is what the kind needs to carry it out (for a mail: to, subject, in_reply_to …).
    """

    id: ProposalId
    kind: str
    key: str
    title: str
    about: str
    why: str
    draft: str
    created: datetime
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    records: tuple[Ref, ...] = ()
    payload: dict[str, Any] = field(default_factory=dict)
    state: ProposalState = ProposalState.WAITING
    leaves: datetime | None = None
    version: int = 1

    @property
    def blocked(self) -> bool:
        """Whether a finding is still unsettled, so that it cannot be approved."""
        return any(not finding.settled for finding in self.findings)


class Filing(StrEnum):
    """What is still to be done once a mail has left."""

    NOT_LEFT = ""
    LOCAL = "local"  # to be kept here, in its conversation
    SERVER = "server"  # to be put into Sent
    DONE = "done"


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """Something approved, on its way out. `timed`: the person chose the hour. `hold` says why it
    waits for the person's word, if it does. `holder` is whose attempt it is while it is sending."""

    id: OutboxId
    kind: str
    to: str
    subject: str
    body: str
    message_id: str
    state: OutboxState
    due: datetime
    words: str = ""
    proposal_id: ProposalId | None = None
    payload: dict[str, Any] = field(default_factory=dict)
    version: int = 1
    account: int | None = None
    advice: str = ""
    tries: int = 0
    next_try: datetime | None = None
    holder: str = ""
    timed: bool = False
    hold: str = ""
    left_at: datetime | None = None
    raw_blob: str = ""
    filing: Filing = Filing.NOT_LEFT
    asked: int = 0
