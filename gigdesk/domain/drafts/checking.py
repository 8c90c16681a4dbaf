"""Reading a draft with the records beside it: when it was made, and again after an edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gigdesk.domain.drafts.blanks import blanks_in
from gigdesk.domain.proposals import Fact, Finding, Proposal

if TYPE_CHECKING:
    from gigdesk.domain.drafts.filling import Filled
    from gigdesk.domain.drafts.material import Material


_SPACES = {0xA0: " ", 0x202F: " "}


def checked(whole: Filled, material: Material) -> tuple[Finding, ...]:
    """All that must be looked at before this may leave."""
    return findings_of(whole.text, material)


def findings_of(text: str, material: Material) -> tuple[Finding, ...]:
    """What in these words stands in no record, in their order."""
    return tuple(sorted(blanks_in(text), key=lambda each: each.start))


def checked_again(proposal: Proposal, words: str, material: Material) -> Proposal:
    """The proposal with the person's words. What they changed is theirs; what the machine wrote and
    still stands there stays marked, unless they settled it."""
    drafted = str(proposal.payload.get("drafted") or proposal.draft)
    machine = {_value(each) for each in findings_of(drafted, material)}
    settled = {_value(each) for each in proposal.findings if each.settled}
    found = tuple(
        replace(each, settled=_value(each) in settled)
        for each in findings_of(words, material)
        if _value(each) in machine
    )
    payload = {**proposal.payload, "drafted": drafted}
    facts = _moved(proposal, words)
    return replace(proposal, draft=words, facts=facts, findings=found, payload=payload)


def _value(finding: Finding) -> tuple[str, str]:
    return finding.kind, " ".join(finding.text.split()).casefold()


def _moved(proposal: Proposal, words: str) -> tuple[Fact, ...]:
    """The facts that still stand in the words, in their order."""
    facts, at = [], 0
    # Fields of the window turn fixed spaces into plain ones.
    spaced = words.translate(_SPACES)
    for fact in sorted(proposal.facts, key=lambda each: each.start):
        said = proposal.draft[fact.start : fact.end]
        place = spaced.find(said.translate(_SPACES), at) if said else -1
        if place >= 0:
            at = place + len(said)
            facts.append(Fact(place, at, fact.ref))
    return tuple(facts)
