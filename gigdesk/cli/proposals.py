"""`gigdesk approve`, `decline` and `outbox`: the person's word, and what waits to leave."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gigdesk.cli.answer import Answer, Commands, command, table
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.proposals import OutboxItem, Proposal
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the commands."""
    approving = command(commands, "approve", t("Approve a proposal"), _approve)
    approving.add_argument("id", type=int)
    declining = command(commands, "decline", t("Decline a proposal"), _decline)
    declining.add_argument("id", type=int)
    command(commands, "outbox", t("What waits to leave, and what left"), _outbox)


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """A proposal as interchange wants it."""
    return {
        "id": proposal.id,
        "kind": proposal.kind,
        "title": proposal.title,
        "about": proposal.about,
        "why": proposal.why,
        "draft": proposal.draft,
        "created": proposal.created.isoformat(),
        "leaves": proposal.leaves.isoformat() if proposal.leaves else None,
        "state": str(proposal.state),
        "blocked": proposal.blocked,
        "records": [ref.as_json() for ref in proposal.records],
    }


def _approve(office: Office, args: argparse.Namespace) -> Answer:
    done = office.proposals.approve(args.id)
    data = {**proposal_json(done.value.proposal), "outbox": done.value.item.id}
    return Answer(data, done.words)


def _decline(office: Office, args: argparse.Namespace) -> Answer:
    done = office.proposals.decline(args.id)
    return Answer(proposal_json(done.value), done.words)


def _outbox(office: Office, _args: argparse.Namespace) -> Answer:
    items = office.proposals.outbox()
    rows = [(str(i.id), str(i.state), i.to, i.subject) for i in items]
    return Answer([_item(item) for item in items], table(rows, t("Nothing waits to leave.")))


def _item(item: OutboxItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "to": item.to,
        "subject": item.subject,
        "state": str(item.state),
        "due": item.due.isoformat(),
        "words": item.words,
    }
