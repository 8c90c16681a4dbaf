"""Writing an answer: by the model in use when there is one, else by the template of its language.

Whatever was written is read again with the records beside it, and waits as a proposal. Nothing here
sends, and nothing a mail says changes to whom an answer goes.
"""

from __future__ import annotations

import secrets
from collections.abc import Generator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from gigdesk.domain.drafts.asking import Order, never_read, prompt_of
from gigdesk.domain.drafts.checking import checked, checked_again
from gigdesk.domain.drafts.filling import Filled, Stream, plain
from gigdesk.domain.drafts.kinds import wish_words
from gigdesk.domain.drafts.middle import Middle, without_closing
from gigdesk.domain.drafts.own_words import NOTHING
from gigdesk.domain.drafts.phrases import TONES, Phrases
from gigdesk.domain.drafts.replying import Envelope, envelope_of, one_line
from gigdesk.domain.drafts.voice import Voice
from gigdesk.domain.errors import NotFound, Refused, Trouble
from gigdesk.domain.places import resources
from gigdesk.domain.prompts import Finished, LeftOut, Never, Progress, Wrote
from gigdesk.domain.proposals import OutboxItem, Proposal, ProposalId, ProposalState
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.drafts.material import Material
    from gigdesk.domain.ports import Write
    from gigdesk.domain.prompts import Ending, Phase, Step, Stop
    from gigdesk.services.drafts.gathering import Sources
    from gigdesk.services.model import ModelService
    from gigdesk.services.proposals import ProposalService

KIND = "reply"
_NOTHING, _GAP = plain(""), plain("\n\n")


@dataclass(frozen=True, slots=True)
class Writing:
    """How far a draft is: what the model does, and the whole text so far."""

    phase: Phase
    part: float = 0.0
    text: Filled = _NOTHING


@dataclass(slots=True)
class _Body:
    """What came of asking the model. `why` says why it is of no use, if so."""

    words: Filled = _NOTHING
    why: str = ""
    left_out: tuple[str, ...] = ()


class DraftService:
    """Answers, from a mail to a proposal."""

    def __init__(
        self, sources: Sources, model: ModelService, proposals: ProposalService, write: Write
    ) -> None:
        self._sources, self._model = sources, model
        self._proposals, self._write = proposals, write
        proposals.reads(KIND, self._read_again)

    def draft(
        self, mail_id: int, tone: str = "", stop: Stop | None = None
    ) -> Generator[Writing, None, Proposal]:
        """Write an answer to this mail. The generator's return value is the proposal, in place of
        the one that waited for this mail. Raises NotFound, or Refused when there is nobody to
        answer; a model that fails, is stopped or says nothing leaves the work to the template."""
        tone = tone or self._sources.settings.get("tone")
        if tone not in TONES:
            raise Refused(
                t("There is no tone “{tone}”", tone=tone), t("It takes: {n}.", n=", ".join(TONES))
            )
        material = self._sources.material(mail_id)
        envelope = envelope_of(material.mail, material.known.profile.email)
        manners = self._sources.manners
        manner = manners.towards(material.mail.sender.email, material.language)
        asked = tone != self._sources.settings.get("tone")
        voice = Voice(phrases_of(material.language), manner, material, tone, asked)
        body = yield from self._by_model(voice, stop or Never())
        by = "template" if body.why else "model"
        if body.why:
            body = _Body(voice.words(), body.why, body.left_out)
        made = self._proposal(material, envelope, voice.around(body.words))
        about = {"tone": tone, "by": by, "by_why": body.why, "left_out": list(body.left_out)}
        made = replace(made, payload={**made.payload, **about})
        return self._write(lambda: self._proposals.propose(made)).value

    def waiting(self, mail_ids: list[int]) -> Proposal | None:
        """The answer that waits for the person's word, to the newest of these mails that has one."""
        for mail_id in reversed(mail_ids):
            found = self._proposals.of_key(self._key(mail_id))
            if found is not None and found.state in {ProposalState.WAITING, ProposalState.LATER}:
                return found
        return None

    def on_its_way(self, mail_ids: list[int]) -> OutboxItem | None:
        """What became of the last answer that was approved, to the newest of these mails that has
        one."""
        for mail_id in reversed(mail_ids):
            approved = [each for each in self._of(mail_id) if each.state is ProposalState.APPROVED]
            if approved:
                return self._proposals.item_of(approved[-1])
        return None

    def _by_model(self, voice: Voice, stop: Stop) -> Generator[Writing, None, _Body]:
        state = self._model.state()
        if state.power == "off":
            return _Body(why=state.words)
        material, opening = voice.material, voice.opening()
        begun = opening + _GAP if opening.text else opening
        prompt = prompt_of(rules(), self._order(voice), material.asked, material.letter)
        body = _Body(left_out=never_read(material.letter))
        middle, stream = Middle(), Stream(material.asked)
        ending: Ending = "done"
        try:
            for step in self._model.stream(prompt, stop):
                if isinstance(step, Finished):
                    ending = step.ending
                elif isinstance(step, LeftOut):
                    body.left_out = (*step.names, *body.left_out)
                elif (shown := _shown(step, middle, stream)) is not None:
                    yield replace(shown, text=begun + shown.text)
        except Trouble as trouble:
            return _Body(why=_sentence(trouble.title))
        stream.feed(middle.rest())
        body.words = without_closing(stream.rest())
        body.why = _failing(ending, body.words)
        return body

    def _order(self, voice: Voice) -> Order:
        """How the answer shall be, and how the person writes to this client."""
        material, manner = voice.material, voice.manner
        opening = "" if voice.asked else manner.value("opening").removeprefix(NOTHING)
        examples = self._sources.manners.examples(manner, material.known.today)
        mark = f"=={secrets.token_hex(6)}=="
        return Order(material.language, voice.tone, mark, voice.told(), opening, examples)

    def _proposal(self, material: Material, envelope: Envelope, whole: Filled) -> Proposal:
        mail = material.mail
        who = one_line(mail.sender.shown)
        subject = one_line(mail.subject)[:120]
        used = [ref for ref in whole.refs if ref.kind not in {"client", "profile", "mail"}]
        return Proposal(
            id=ProposalId(0),
            kind=KIND,
            key=self._key(mail.id),
            title=t("Answer {name} about “{subject}”", name=who, subject=subject)
            if subject
            else t("Answer {name}", name=who),
            about=t("To {address}", address=envelope.to),
            why=wish_words(material.wish),
            draft=whole.text,
            created=self._sources.now(),
            facts=whole.facts,
            findings=checked(whole, material),
            records=tuple(dict.fromkeys([*material.refs(), *used])),
            payload={
                **envelope.payload(),
                "mail": mail.id,
                "language": material.language,
                "drafted": whole.text,
            },
        )

    def _key(self, mail_id: int) -> str:
        """The occasion: this mail, and once an answer was approved, the next one to it."""
        known = self._of(mail_id)
        count = len(known) + (not known or known[-1].state is ProposalState.APPROVED)
        return _key_of(mail_id, count)

    def _of(self, mail_id: int) -> list[Proposal]:
        """The answers to this mail, whatever became of them; each but the last was approved."""
        found: list[Proposal] = []
        while known := self._proposals.of_key(_key_of(mail_id, len(found) + 1)):
            found.append(known)
            if known.state is not ProposalState.APPROVED:
                break
        return found

    def _read_again(self, proposal: Proposal, words: str) -> Proposal:
        """The proposal with the person's words, read anew beside the records of its mail."""
        mail_id = proposal.payload.get("mail") or next(
            (ref.id for ref in proposal.records if ref.kind == "mail"), 0
        )
        try:
            material = self._sources.material(int(mail_id))
        except NotFound:
            return replace(proposal, draft=words, facts=(), findings=())
        return checked_again(proposal, words, material)


def _key_of(mail_id: int, count: int) -> str:
    return f"{KIND}:{mail_id}" if count < 2 else f"{KIND}:{mail_id}.{count}"


def _shown(step: Step, middle: Middle, stream: Stream) -> Writing | None:
    if isinstance(step, Progress):
        return Writing(step.phase, step.done, stream.done)
    if isinstance(step, Wrote):
        before = stream.done
        now = stream.feed(middle.feed(step.text))
        return Writing("writing", 0.0, now) if now is not before else None
    return None


def _failing(ending: Ending, words: Filled) -> str:
    if ending == "stopped":
        return t("You stopped the model")
    if ending == "length":
        return t("The model came to no end")
    return "" if words.text.strip() else t("The model wrote nothing")


def _sentence(title: str) -> str:
    return title.rstrip(".")


@cache
def phrases_of(language: str) -> Phrases:
    """The sentences of a language."""
    import tomllib

    path = resources() / "replies" / f"{language}.toml"
    return Phrases.read(tomllib.loads(path.read_text("utf-8")))


@cache
def rules() -> str:
    """What every model is told first."""
    return (resources() / "prompts" / "reply.txt").read_text("utf-8")
