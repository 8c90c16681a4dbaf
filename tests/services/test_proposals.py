"""Deciding: once, in one transaction, with a way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gigdesk.domain.errors import NotFound, Refused, Stale
from gigdesk.domain.proposals import Finding, OutboxState, Proposal, ProposalId, ProposalState
from gigdesk.domain.records import Ref
from gigdesk.services.office import Office
from tests.conftest import NOW


def proposal(key: str = "reply:1", **fields: object) -> Proposal:
    made = Proposal(
        id=ProposalId(0),
        kind="reply",
        key=key,
        title="Answer Jonas",
        about="Question about invoice 2026-038",
        why="He asks a question",
        draft="Hi Jonas, of course.",
        created=NOW,
        records=(Ref("mail", 1, "Question"),),
        payload={"to": "jonas@brueckner.example", "subject": "Re: Question", "from": "n@x.example"},
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def test_an_approved_proposal_waits_in_the_outbox_once(office: Office) -> None:
    kept = office.proposals.propose(proposal()).value
    done = office.proposals.approve(kept.id)
    assert done.value.proposal.state is ProposalState.APPROVED
    item = office.proposals.outbox()[0]
    assert (item.to, item.subject, item.body) == (
        "jonas@brueckner.example",
        "Re: Question",
        "Hi Jonas, of course.",
    )
    assert item.state is OutboxState.WAITING
    assert item.message_id.endswith("@x.example>")
    assert item.due >= NOW + timedelta(seconds=10)
    assert office.proposals.waiting() == []
    with pytest.raises(Stale):
        office.proposals.approve(kept.id)
    assert len(office.proposals.outbox()) == 1


def test_an_approval_can_be_taken_back_until_it_leaves(office: Office) -> None:
    kept = office.proposals.propose(proposal()).value
    undo = office.proposals.approve(kept.id).undo
    assert undo is not None
    undo()
    assert office.proposals.outbox() == []
    assert [each.id for each in office.proposals.waiting()] == [kept.id]
    with pytest.raises(NotFound):
        undo()


def test_an_open_finding_blocks(office: Office) -> None:
    finding = Finding("money", "€9,999.00", 0, 9, "in no record of this client")
    kept = office.proposals.propose(proposal(findings=(finding,))).value
    assert kept.blocked
    with pytest.raises(Refused):
        office.proposals.approve(kept.id)
    assert office.proposals.outbox() == []
    settled = office.proposals.propose(proposal(findings=(replace(finding, settled=True),))).value
    office.proposals.approve(settled.id)


def test_proposing_again_replaces_what_waits(office: Office) -> None:
    first = office.proposals.propose(proposal()).value
    second = office.proposals.propose(proposal(draft="Other words")).value
    assert second.id == first.id
    assert [each.draft for each in office.proposals.waiting()] == ["Other words"]


def test_proposing_what_was_approved_changes_nothing(office: Office) -> None:
    kept = office.proposals.propose(proposal()).value
    office.proposals.approve(kept.id)
    again = office.proposals.propose(proposal(draft="Other words")).value
    assert again.state is ProposalState.APPROVED
    assert again.draft == "Hi Jonas, of course."
    assert len(office.proposals.outbox()) == 1


def test_declining_can_be_undone(office: Office) -> None:
    kept = office.proposals.propose(proposal()).value
    undo = office.proposals.decline(kept.id).undo
    assert office.proposals.waiting() == []
    assert undo is not None
    undo()
    assert [each.id for each in office.proposals.waiting()] == [kept.id]


def test_later_comes_back_at_its_time(office: Office) -> None:
    kept = office.proposals.propose(proposal()).value
    office.proposals.put_off(kept.id, NOW + timedelta(hours=1))
    assert office.proposals.waiting() == []
    office.proposals.propose(proposal(key="other"))
    assert [each.key for each in office.proposals.waiting()] == ["other"]


def test_an_approval_of_what_changed_meanwhile_is_stale(office: Office) -> None:
    kept = office.proposals.propose(proposal()).value
    office.proposals.propose(proposal(draft="Other words"))
    with pytest.raises(Stale):
        office.proposals.approve(kept.id, kept.version)
    assert office.proposals.outbox() == []


def test_what_is_not_there_is_said(office: Office) -> None:
    with pytest.raises(NotFound):
        office.proposals.approve(77)


def marked(office: Office, draft: str, *words: str) -> Proposal:
    findings = tuple(
        Finding("blank", each, draft.index(each), draft.index(each) + len(each), "a blank")
        for each in words
    )
    return office.proposals.propose(proposal(kind="other", draft=draft, findings=findings)).value


def test_a_finding_is_settled_wherever_it_stands_and_marked_again(office: Office) -> None:
    draft = "to [a] and [b], yes [a]"
    kept = marked(office, draft, "[a]", "[b]")
    twice = replace(kept.findings[0], start=20, end=23)
    kept = office.proposals.propose(replace(kept, findings=(*kept.findings, twice))).value
    done = office.proposals.settle(kept.id, 0, kept.version)
    assert [each.settled for each in done.value.findings] == [True, False, True]
    assert done.value.blocked
    assert done.undo is not None
    assert [each.settled for each in done.undo().value.findings] == [False, False, False]
    with pytest.raises(Stale):
        office.proposals.settle(kept.id, 0, kept.version)


def test_a_settled_draft_can_be_approved(office: Office) -> None:
    kept = marked(office, "to [a]", "[a]")
    done = office.proposals.settle(kept.id, 0, kept.version).value
    office.proposals.approve(done.id, done.version)
    assert [item.body for item in office.proposals.outbox()] == ["to [a]"]


def test_there_is_nothing_to_settle_behind_the_last(office: Office) -> None:
    kept = marked(office, "to [a]", "[a]")
    with pytest.raises(Stale):
        office.proposals.settle(kept.id, 1, kept.version)
