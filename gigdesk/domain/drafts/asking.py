"""What the model is asked: our rules first, the records' slots, the mail last and as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gigdesk.domain.drafts.filling import Slot
from gigdesk.domain.drafts.languages import LANGUAGES
from gigdesk.domain.drafts.letter import Letter, visible
from gigdesk.domain.drafts.phrases import TONES
from gigdesk.domain.prompts import Part, Prompt
from gigdesk.domain.words import t

ANSWER_TOKENS = 360
# The mail goes in by pieces of so many letters; those that do not fit are told by name.
PIECE = 800
PIECES_MOST = 20
QUOTED_MOST = 1500


@dataclass(frozen=True, slots=True)
class Order:
    """How an answer shall be. `told` is what is known of the person's own manner, in our words;
    `opening` and `examples` are theirs."""

    language: str
    tone: str
    mark: str
    told: str = ""
    opening: str = ""
    examples: tuple[str, ...] = ()


def prompt_of(rules: str, order: Order, slots: Mapping[str, Slot], letter: Letter) -> Prompt:
    """The whole prompt. The stable parts come first, so that a model reads them only once."""
    parts = [
        Part(rules.strip() + "\n", trusted=True, role="system"),
        Part(
            f"Language: {LANGUAGES[order.language]}. Tone: {TONES[order.tone][1]}.\n{order.told}",
            trusted=True,
        ),
        *_opening_parts(order),
        *_slot_parts(slots),
        Part(f"\nThe mail, between the marks {order.mark}:\n{order.mark}\n", trusted=True),
        *_mail_parts(letter),
        Part(f"\n{order.mark}\n", trusted=True),
        *_example_parts(order),
    ]
    return Prompt(tuple(parts), ANSWER_TOKENS)


def _opening_parts(order: Order) -> list[Part]:
    if not order.opening:
        return []
    return [
        Part("Usual first sentence: ", trusted=True),
        Part(visible(order.opening)),
        Part("\n", trusted=True),
    ]


def _example_parts(order: Order) -> list[Part]:
    """Behind the mail: where room is short they are the first to be left out, and leave no trace."""
    if not order.examples:
        return []
    intro = "\nOlder letters of the freelancer, between the marks, only for how they sound:\n"
    return [
        Part(f"{intro}{order.mark}\n", trusted=True),
        Part(
            visible("\n\n".join(order.examples)),
            spare=True,
            name=t("your own mails, as examples"),
        ),
        Part(f"\n{order.mark}\nNow write the middle of the answer to the mail.\n", trusted=True),
    ]


def _slot_parts(slots: Mapping[str, Slot]) -> list[Part]:
    if not slots:
        return [Part("\nNo slots.\n", trusted=True)]
    found = [Part("\nSlots, each with what will stand in its place:\n", trusted=True)]
    for slot in slots.values():
        # What a record says came from outside once: it is data as the mail is.
        found.append(Part(f"{{{slot.name}}}: {slot.meaning}: ", trusted=True))
        found.append(Part(visible(slot.text).replace("\n", " ")[:200]))
        found.append(Part("\n", trusted=True))
    return found


def _mail_parts(letter: Letter) -> list[Part]:
    pieces = [letter.own[at : at + PIECE] for at in range(0, len(letter.own), PIECE)] or [""]
    parts = [Part(pieces[0])]
    for at, piece in enumerate(pieces[1:PIECES_MOST], start=1):
        name = t("the mail from letter {first} on", first=at * PIECE + 1)
        parts.append(Part(piece, spare=True, name=name))
    if letter.quoted:
        quoted = f"\n\nBelow, the mail quotes:\n{letter.quoted[:QUOTED_MOST]}"
        parts.append(Part(quoted, spare=True, name=t("what the mail quotes")))
    return parts


def never_read(letter: Letter) -> tuple[str, ...]:
    """What no model is given: letters far beyond what a mail has, long quotes."""
    left = []
    if len(letter.own) > PIECE * PIECES_MOST:
        left.append(t("the mail from letter {first} on", first=PIECE * PIECES_MOST + 1))
    if len(letter.quoted) > QUOTED_MOST:
        left.append(t("most of what the mail quotes"))
    return tuple(left)
