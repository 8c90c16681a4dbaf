"""A desk that sends to a server of our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gigdesk.domain.accounts import Account, AccountId
from gigdesk.domain.proposals import OutboxItem, Proposal, ProposalId
from tests.conftest import NOW
from tests.smtp_servers import LOGIN, PASSWORD

if TYPE_CHECKING:
    from gigdesk.services.office import Office
    from tests.certificates import Authority
    from tests.smtp_servers import Post


def with_account(office: Office, post: Post, authority: Authority, **fields: object) -> Account:
    """The account of this server, on this desk."""
    account = post.account(authority, id=AccountId(0), **fields)
    return office.accounts.add(account, PASSWORD).value


def proposal(key: str = "reply:1", **fields: object) -> Proposal:
    """An answer that waits for the person's word."""
    made = Proposal(
        id=ProposalId(0),
        kind="reply",
        key=key,
        title="Answer Jonas",
        about="",
        why="He asks a question",
        draft=f"Hi Jonas,\n\nof course ({key}).\n\nNino",
        created=NOW,
        payload={
            "to": "jonas@brueckner.example", "subject": "Re: Question", "from": LOGIN,
            "in_reply_to": "<q1@brueckner.example>", "references": ["<q0@brueckner.example>"],
        },
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def approved(office: Office, key: str = "reply:1", **fields: object) -> OutboxItem:
    """One that waits to leave."""
    kept = office.proposals.propose(proposal(key, **fields)).value
    return office.proposals.approve(kept.id).value.item


def at(office: Office, **later: float) -> datetime:
    """Let the clock stand this much later."""
    moment = NOW + timedelta(**later)
    office.watch.stand(moment)
    return moment


def row(office: Office, item: OutboxItem) -> OutboxItem:
    """As it stands now."""
    return office.sending.get(item.id)
