"""Reading a draft with the records beside it: when it was made, and again after an edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from gigdesk.domain.drafts.blanks import blanks_in
from gigdesk.domain.drafts.folding import fold
from gigdesk.domain.drafts.guard import Records, findings, values_in
from gigdesk.domain.drafts.translating import UNTRANSLATED, differences
from gigdesk.domain.inbox.wording.accounts import accounts_in, plain
from gigdesk.domain.proposals import Fact, Finding, Proposal

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from gigdesk.domain.drafts.filling import Filled
    from gigdesk.domain.drafts.material import Known, Material


_SPACES = {0xA0: " ", 0x202F: " "}
# What of a mail is read for values; the rest of a longer one is taken for unknown.
READ_MOST = 60_000


def checked(whole: Filled, material: Material) -> tuple[Finding, ...]:
    """All that must be looked at before this may leave."""
    return findings_of(whole.text, material)


def findings_of(text: str, material: Material, original: str = "") -> tuple[Finding, ...]:
    """What in these words stands in no record, in their order; and of a translation, what its
    original says otherwise."""
    found = [*findings(text, records_of(material)), *blanks_in(text)]
    if original:
        taken = {(each.start, each.end) for each in found}
        other = differences(original, text, material.known.today)
        found += [each for each in other if (each.start, each.end) not in taken]
    return tuple(sorted(found, key=lambda each: each.start))


def records_of(material: Material) -> Records:
    """The values this answer may repeat: this client's, the person's own, and the mail's."""
    known, mail = material.known, material.mail
    client, profile = known.client, known.profile
    emails = {mail.sender.email, profile.email, *([client.email] if client else [])}
    names = [client.name, *client.address, client.city] if client else []
    return Records(
        barred=_barred(material),
        today=known.today,
        amounts=frozenset(_amounts(known)),
        dates=frozenset(_dates(known)),
        ibans=frozenset([profile.bank.iban] if profile.bank else []),
        emails=frozenset(filter(None, emails)),
        links=frozenset(piece.link for piece in profile.portfolio if piece.link),
        texts=(
            mail.subject,
            mail.text[:READ_MOST],
            material.letter.own,
            material.letter.quoted,
            *names,
        ),
    )


def _barred(material: Material) -> frozenset[str]:
    """No answer repeats the accounts of a mail that warns of itself, but for the person's own."""
    mail, bank = material.mail, material.known.profile.bank
    if mail.label.code != "suspicious":
        return frozenset()
    own = {plain(bank.iban)} if bank else set()
    return frozenset(accounts_in(f"{mail.subject}\n{mail.text}")) - own


def _amounts(known: Known) -> Iterator[tuple[Decimal, str]]:
    for each in known.invoices:
        for amount in (each.net, each.tax, each.gross, each.due, each.paid, each.open):
            yield amount, each.currency
    for rate in known.profile.rates:
        # The floor is the person's own secret: a draft that names it is marked.
        if rate.target is not None:
            yield rate.target, rate.currency


def _dates(known: Known) -> Iterator[date]:
    for each in known.invoices:
        yield from filter(None, (each.issue_date, each.due_date, each.settled_on))
    for meeting in known.meetings:
        yield meeting.start.date()


def checked_again(proposal: Proposal, words: str, material: Material) -> Proposal:
    """The proposal with the person's words. What they changed is theirs; what the machine wrote and
    still stands there stays marked, unless they settled it."""
    drafted = str(proposal.payload.get("drafted") or proposal.draft)
    original = original_of(proposal)
    today = material.known.today
    machine = {_value(each, today) for each in findings_of(drafted, material, original)}
    settled = {_value(each, today) for each in proposal.findings if each.settled}
    found = tuple(
        replace(each, settled=_value(each, today) in settled)
        for each in (*findings_of(words, material, original), *_untranslated(proposal, words))
        if each.kind == UNTRANSLATED or _value(each, today) in machine
    )
    payload = {**proposal.payload, "drafted": drafted}
    facts = _moved(proposal, words)
    return replace(proposal, draft=words, facts=facts, findings=found, payload=payload)


def original_of(proposal: Proposal) -> str:
    """The words a translated draft was translated from; empty when it was not."""
    return str((proposal.payload.get("translated") or {}).get("original", ""))


def _untranslated(proposal: Proposal, words: str) -> Iterator[Finding]:
    """The pieces the model could not translate, where they still stand."""
    for each in proposal.findings:
        place = words.find(each.text) if each.kind == UNTRANSLATED else -1
        if place >= 0:
            yield replace(each, start=place, end=place + len(each.text))


def _value(finding: Finding, today: date) -> tuple[str, object]:
    """What a finding says, however it is spelled."""
    said = values_in(fold(finding.text), today)
    value = next((seen.value for kind, seen in said if kind == finding.kind), None)
    return finding.kind, value or " ".join(finding.text.split()).casefold()


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
