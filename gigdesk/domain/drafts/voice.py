"""The person's voice in an answer: greeting, lead, closing and name as they write them themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gigdesk.domain.drafts.filling import Filled, Slot, fill, plain
from gigdesk.domain.drafts.forms import greeting_in
from gigdesk.domain.drafts.manner import SAYS
from gigdesk.domain.drafts.own_words import NOTHING
from gigdesk.domain.drafts.replying import first_name, one_line

if TYPE_CHECKING:
    from gigdesk.domain.drafts.manner import Manner
    from gigdesk.domain.drafts.material import Material
    from gigdesk.domain.drafts.phrases import Phrases

SHORT = 25  # who writes so few words gets one sentence of each
_GAP = plain("\n\n")


@dataclass(frozen=True, slots=True)
class Voice:
    """The sentences of a language, said as this person says them. `asked`: the tone was asked for just
    now, and counts over habit in what is warm or cool."""

    phrases: Phrases
    manner: Manner
    material: Material
    tone: str
    asked: bool = False

    def around(self, body: Filled) -> Filled:
        """The whole answer around its middle."""
        pieces = [piece for piece in (self.opening(), body, self.ending()) if piece.text.strip()]
        whole = pieces[0]
        for piece in pieces[1:]:
            whole += _GAP + piece
        return whole.stripped()

    def opening(self) -> Filled:
        """`Hallo Jonas,` in the form that is usual between the two."""
        form = self.manner.value("greeting")
        if form == NOTHING:
            return plain("")
        slots = self._people()
        filled = fill(form, slots) if form and self._may_greet(form) else plain("")
        if not filled.text or "{" in filled.text:
            return self.phrases.opening(self.material.slots)
        return filled

    def ending(self) -> Filled:
        """The closing and the name below."""
        closing, signing = self.manner.value("closing"), self.manner.value("signing")
        if not closing or self.asked:
            closing = self.phrases.closing[self.tone]
        name = self._signed(signing) if signing else self.material.signature(self.tone)
        said = (self._signed(closing), name)
        return plain("\n".join(each for each in said if each not in {"", NOTHING}))

    def words(self) -> Filled:
        """The middle without a model."""
        material = self.material
        phrases = self.phrases.close if self.close else self.phrases
        short = self.tone == "short" or (not self.asked and self.brief)
        lead = "" if self.asked else self.manner.value("opening")
        said = phrases.words(material.wish, self.tone, material.slots, material.state,
                             lead=_whole(lead) if lead != NOTHING else "", short=short)  # fmt: skip
        runs_on = self.opening().text.endswith(",")
        return said if runs_on or not said.text else _capital(said)

    def told(self) -> str:
        """What a model is told of it: nothing in it comes from a mail."""
        return "".join(f"{line}\n" for line in self._told())

    @property
    def close(self) -> bool:
        """Whether the two say du."""
        return self.manner.value("formality") == "close"

    @property
    def brief(self) -> bool:
        """Whether the person writes few words."""
        length = self.manner.value("length")
        return bool(length) and int(length) <= SHORT

    def _told(self) -> Iterator[str]:
        value = self.manner.value
        says = SAYS.get(self.material.language)
        if value("formality") and says:
            informal = value("formality") == "close"
            word = says[0] if informal else says[1]
            yield f"Form of address: {'informal' if informal else 'formal'} ({word})."
        if value("length"):
            yield f"Usual length: about {value('length')} words."
        for name, words in (("exclamations", "Exclamation marks"), ("emoji", "Emoji")):
            if value(name):  # type: ignore[arg-type]
                yield f"{words}: {value(name)}."  # type: ignore[arg-type]

    def _people(self) -> dict[str, Slot]:
        """The one who is greeted, under every name a form may ask for."""
        known = self.material.slots.get("name")
        sender = one_line(self.material.mail.sender.name)
        first = first_name(sender)
        if known is None or not first:
            return {}
        called = self.manner.called(first) or first
        last = sender.rpartition(" ")[2] if " " in sender and "," not in sender else ""
        names = {"first": called, "last": last, "name": f"{first} {last}" if last else ""}
        return {
            name: Slot(name, words, known.meaning, known.ref)
            for name, words in names.items()
            if words
        }

    def _may_greet(self, form: str) -> bool:
        """A form that is chosen for one person greets that one only; so does a name that is bent."""
        trait = self.manner.traits["greeting"]
        if trait.chosen:
            return True
        first = first_name(self.material.mail.sender.name)
        last = one_line(self.material.mail.sender.name).rpartition(" ")[2]
        if self.material.language == "pl" and "{" in form:
            return bool(self.manner.called(first))
        shown = form.replace("{first}", "Ada").replace("{last}", "Ada").replace("{name}", "Ada Ada")
        read = greeting_in(shown, "", "")
        if read is None or not read.bound:
            return True
        return bool({first.casefold(), last.casefold()} & self.manner.greeted)

    def _signed(self, signing: str) -> str:
        profile = self.material.known.profile
        own = {
            "my_first": profile.first_name,
            "my_name": profile.name,
            "my_initials": "".join(part[0] for part in profile.name.split()),
        }
        return fill(signing, {name: Slot(name, words) for name, words in own.items()}).text


def _whole(sentence: str) -> str:
    """The sentence with its mark at the end."""
    bare = sentence.rstrip(" ,")
    return bare if not bare or bare[-1] in ".!?…:" else f"{bare}."


def _capital(said: Filled) -> Filled:
    return Filled(said.text[:1].upper() + said.text[1:], said.facts)
