"""Translating a mail, and an answer before it is sent: by the model on this machine, or not at all.

The original is never touched. What the model made of it is compared with it, value by value.
"""

from __future__ import annotations

import secrets
from collections.abc import Generator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from gigdesk.domain.drafts.checking import findings_of
from gigdesk.domain.drafts.filling import Filled, fill, plain
from gigdesk.domain.drafts.languages import LANGUAGES, NAMES, language_of
from gigdesk.domain.drafts.letter import visible
from gigdesk.domain.drafts.material import locale_of
from gigdesk.domain.drafts.translating import (
    Hidden,
    Piece,
    Translation,
    differences,
    halves,
    hidden,
    left_as_it_was,
    pieces_of,
    prompt_of,
)
from gigdesk.domain.errors import Refused, Stale, Trouble
from gigdesk.domain.places import resources
from gigdesk.domain.prompts import Finished, Never, Progress, Wrote
from gigdesk.domain.proposals import Fact, Finding, Proposal, ProposalState
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import own_locale, t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gigdesk.domain.ports import Write
    from gigdesk.domain.prompts import Ending, Phase, Stop
    from gigdesk.services.drafts.gathering import Sources
    from gigdesk.services.model import ModelService
    from gigdesk.store.proposals import ProposalStore


@dataclass(frozen=True, slots=True)
class Translating:
    """How far it is: which piece of how many, what the model does, the text so far."""

    at: int
    of: int
    phase: Phase
    text: Filled


@dataclass(frozen=True, slots=True)
class _Task:
    """One text to translate, with everything that stays the same for all its pieces."""

    text: str
    facts: tuple[Fact, ...]
    source: str
    target: str
    where: str
    today: date


@dataclass(slots=True)
class _Made:
    """What is there by now."""

    text: Filled
    findings: list[Finding]


class TranslationService:
    """From one language to another, without anything leaving this machine."""

    def __init__(
        self, sources: Sources, model: ModelService, proposals: ProposalStore, write: Write
    ) -> None:
        self._sources, self._model = sources, model
        self._proposals, self._write = proposals, write

    def why_not(self) -> str:
        """Why nothing can be translated now; empty when it can."""
        return self._model.state().words if self._model.state().power == "off" else ""

    def own_language(self) -> str:
        """The language the person reads: their profile's, else the system's."""
        profile = self._sources.profile.get()
        said = [profile.language, *profile.languages, own_locale()]
        return next((each[:2].lower() for each in said if each[:2].lower() in LANGUAGES), "en")

    def languages(self, mail_id: int) -> tuple[str, str]:
        """The language a mail is written in, and the one its sender is answered in: the client's,
        else that of the mail."""
        material = self._sources.material(mail_id)
        client = material.known.client
        said = client.language[:2].lower() if client else ""
        return material.language, said if said in LANGUAGES else material.language

    def language_for(self, proposal_id: int) -> tuple[str, str]:
        """The language an answer is in, and the one its reader writes."""
        proposal = self._proposals.get(proposal_id)
        _, theirs = self.languages(int(proposal.payload["mail"]))
        return language_of(proposal.draft, str(proposal.payload.get("language", ""))), theirs

    # --- a mail ---------------------------------------------------------------------------------
    def mail(
        self, mail_id: int, target: str = "", stop: Stop | None = None
    ) -> Generator[Translating, None, Translation]:
        """A mail's own words in this language. Stopped, the return value holds what was done until
        then. Raises Refused without a model, Trouble when it fails: nothing is made up."""
        target = self._known(target or self.own_language())
        material = self._sources.material(mail_id)
        text = material.letter.own
        if not text.strip():
            raise Refused(t("There are no words to translate"), t("Look at the original."))
        task = _Task(text, (), material.language, target, locale_of(target, ""),
                     material.known.today)  # fmt: skip
        made, whole = yield from self._pieces(task, stop or Never())
        quotes = t("What it quotes is not translated.") if material.letter.quoted else ""
        return replace(self._done(task, made, whole=whole), left=quotes)

    # --- an answer ------------------------------------------------------------------------------
    def answer(
        self, proposal_id: int, target: str = "", stop: Stop | None = None
    ) -> Generator[Translating, None, Changed[Proposal] | None]:
        """Write an answer in this language. What it said before is kept with it; a value that only
        one of the two has blocks its approval. Stopped, nothing is changed."""
        before = self._waiting(proposal_id)
        source, wanted = self.language_for(proposal_id)
        target = self._known(target or wanted)
        material = self._sources.material(int(before.payload["mail"]))
        client = material.known.client
        where = locale_of(target, client.country if client else "")
        task = _Task(before.draft, before.facts, source, target, where, material.known.today)
        made, whole = yield from self._pieces(task, stop or Never())
        if not whole:
            return None
        done = self._done(task, made, whole=True)
        kept = before.payload.get("translated") or _kept(before)
        original = str(kept["original"])
        checked = list(findings_of(done.text, material, original))
        checked += [each for each in made.findings if each.kind == "untranslated"]
        payload = {
            **before.payload,
            "translated": {**kept, "to": target},
            "drafted": done.text,
            "language": target,
        }
        after = replace(before, draft=done.text, facts=done.facts, payload=payload,
                        findings=tuple(sorted(checked, key=lambda each: each.start)))  # fmt: skip
        words = t("Written in {language}", language=NAMES[target]())
        return self._write(partial(self._change, before, after, words))

    def put_back(self, proposal_id: int) -> Changed[Proposal]:
        """The words as they were before they were translated."""
        before = self._waiting(proposal_id)
        kept = before.payload.get("translated")
        if not kept:
            raise Refused(t("This answer was not translated"), t("Nothing was changed."))
        payload = {**before.payload, **dict(kept["payload"])}
        del payload["translated"]
        after = replace(
            before,
            draft=str(kept["original"]),
            facts=tuple(_fact(each) for each in kept["facts"]),
            findings=tuple(Finding(*each) for each in kept["findings"]),
            payload=payload,
        )
        return self._change(before, after, t("Your own words are back"))

    def _change(self, before: Proposal, after: Proposal, words: str) -> Changed[Proposal]:
        done = self._proposals.rewrite(after)
        return Changed(done, Topic.PROPOSALS, words, partial(self._as_before, before, done))

    def _as_before(self, before: Proposal, now: Proposal) -> Changed[Proposal]:
        back = self._proposals.rewrite(replace(before, version=now.version))
        return Changed(back, Topic.PROPOSALS)

    def _waiting(self, proposal_id: int) -> Proposal:
        proposal = self._proposals.get(proposal_id)
        if proposal.state not in {ProposalState.WAITING, ProposalState.LATER}:
            raise Stale(t("This was decided already"), t("Nothing was changed."))
        return proposal

    def _known(self, target: str) -> str:
        if target not in LANGUAGES:
            raise Refused(
                t("“{language}” is no language drafts are written in", language=target),
                t("It takes: {n}.", n=", ".join(LANGUAGES)),
            )
        if why := self.why_not():
            raise Refused(why, t("Only a model on this machine translates. Nothing is sent out."))
        return target

    # --- piece by piece -------------------------------------------------------------------------
    def _pieces(self, task: _Task, stop: Stop) -> Generator[Translating, None, tuple[_Made, bool]]:
        away = hidden(task.text, task.facts, task.where, task.today)
        waiting = pieces_of(away.text)
        made, done = _Made(plain(""), []), 0
        while waiting:
            piece = waiting.pop(0)
            shown = partial(Translating, done + 1, done + 1 + len(waiting))
            if not piece.says:
                made.text += fill(piece.text, away.slots) + plain(piece.after)
                done += 1
                continue
            said, ending = yield from self._piece(piece, away, task.target, made, shown, stop)
            if ending == "stopped":
                return made, False
            if ending == "length" and (smaller := halves(piece)):
                waiting[:0] = smaller
                continue
            self._take(made, piece, away, said if ending == "done" else "")
            done += 1
        return made, True

    def _piece(
        self, piece: Piece, away: Hidden, target: str, made: _Made, shown: Any, stop: Stop
    ) -> Generator[Translating, None, tuple[str, Ending]]:  # fmt: skip
        """One piece by the model. One that does not fit into it ends as one that came to no end."""
        prompt = prompt_of(rules(), piece, away.slots, target, f"=={secrets.token_hex(6)}==")
        said, ending, phase = "", "done", "loading"
        if stop.is_set():
            return "", "stopped"
        yield shown(phase, made.text)
        try:
            for step in self._model.stream(prompt, stop):
                if isinstance(step, Finished):
                    ending = step.ending
                elif isinstance(step, Progress):
                    yield shown(step.phase, made.text + fill(said, away.slots))
                elif isinstance(step, Wrote):
                    said += visible(step.text)
                    yield shown("writing", made.text + fill(said, away.slots))
        except Trouble as trouble:
            # Too long for this model is the one trouble a smaller piece cures.
            if type(trouble) is not Trouble or not halves(piece):
                raise
            return "", "length"
        return said, ending  # type: ignore[return-value]

    def _take(self, made: _Made, piece: Piece, away: Hidden, said: str) -> None:
        """The piece in the other language, or as it was where the model made nothing of it."""
        words = said.strip()
        filled = fill(words or piece.text, away.slots)
        if not words:
            made.findings.append(left_as_it_was(len(made.text.text), filled.text))
        made.text += filled + plain(piece.after)

    def _done(self, task: _Task, made: _Made, *, whole: bool) -> Translation:
        text = made.text.stripped()
        other = differences(task.text, text.text, task.today) if whole else ()
        return Translation(
            task.text,
            text.text,
            task.source,
            task.target,
            text.facts,
            (*other, *made.findings),
            whole,
        )


def _kept(proposal: Proposal) -> dict[str, Any]:
    """What must be known to put a draft back as it is now."""
    payload = {name: proposal.payload.get(name) for name in ("drafted", "language")}
    return {
        "original": proposal.draft,
        "facts": [_plain_fact(each) for each in proposal.facts],
        "findings": [
            [each.kind, each.text, each.start, each.end, each.why, each.settled]
            for each in proposal.findings
        ],
        "payload": payload,
    }


def _plain_fact(fact: Fact) -> list[Any]:
    return [fact.start, fact.end, fact.ref.as_json() if fact.ref else None]


def _fact(kept: Sequence[Any]) -> Fact:
    start, end, ref = kept
    return Fact(start, end, Ref.from_json(ref) if ref else None)


@cache
def rules() -> str:
    """What every model is told first."""
    return (resources() / "prompts" / "translate.txt").read_text("utf-8")
