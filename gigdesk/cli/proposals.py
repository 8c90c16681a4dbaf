"""`gigdesk approve`, `decline` and `outbox`: the person's word, and what waits to leave."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gigdesk.cli.answer import Answer, Commands, command, instant, table
from gigdesk.domain.proposals import OutboxState
from gigdesk.domain.words import n, t

if TYPE_CHECKING:
    from gigdesk.domain.proposals import OutboxItem, Proposal
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the commands."""
    approving = command(commands, "approve", t("Approve a proposal"), _approve)
    approving.add_argument("id", type=int)
    approving.add_argument(
        "--at", metavar="INSTANT", type=instant, help=t("when it is to leave, ISO 8601")
    )
    declining = command(commands, "decline", t("Decline a proposal"), _decline)
    declining.add_argument("id", type=int)
    outbox = command(commands, "outbox", t("What waits to leave, and what left"), _outbox)
    outbox.add_argument("--send", action="store_true", help=t("send what is due"))
    ways = outbox.add_mutually_exclusive_group()
    for name, words in (
        ("--take-back", t("back to the desk, as long as it has not left")),
        ("--at-once", t("do not wait any longer")),
        ("--again", t("one that failed, or of which nobody knows, once more")),
        ("--was-sent", t("one of which nobody knows did leave")),
    ):
        ways.add_argument(name, metavar="ID", type=int, help=words)


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
    done = office.proposals.approve(args.id, at=args.at)
    item = done.value.item
    data = {**proposal_json(done.value.proposal), "outbox": item.id if item else None}
    return Answer(data, done.words)


def _decline(office: Office, args: argparse.Namespace) -> Answer:
    done = office.proposals.decline(args.id)
    return Answer(proposal_json(done.value), done.words)


def _outbox(office: Office, args: argparse.Namespace) -> Answer:
    said = _decided(office, args)
    if args.send:
        left = office.sending.send_due().value
        said = office.sending.resting() or n("{n} mail left", "{n} mails left", left)
    items = office.sending.all()
    rows = [(str(i.id), str(i.state), i.to, i.subject, i.words) for i in items]
    data = [outbox_json(item) for item in items]
    return Answer(data, table(rows, t("Nothing waits to leave.")), said)


def _decided(office: Office, args: argparse.Namespace) -> str:
    """What the person decided about one, in words."""
    sending = office.sending
    if args.take_back is not None:
        return sending.take_back(args.take_back).words
    if args.at_once is not None:
        return sending.send_now(args.at_once).words
    if args.was_sent is not None:
        return sending.it_was_sent(args.was_sent).words
    if args.again is None:
        return ""
    failed = sending.get(args.again).state is OutboxState.FAILED
    return (sending.try_again if failed else sending.send_again)(args.again).words


def outbox_json(item: OutboxItem) -> dict[str, Any]:
    """One on its way out as interchange wants it."""
    return {
        "id": item.id,
        "kind": item.kind,
        "to": item.to,
        "subject": item.subject,
        "state": str(item.state),
        "due": item.due.isoformat(),
        "words": item.words,
        "advice": item.advice or None,
        "message_id": item.message_id,
        "account": item.account,
        "tries": item.tries,
    }
