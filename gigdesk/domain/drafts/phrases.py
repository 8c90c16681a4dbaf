"""Answers without a model: greeting, lead, body and closing of one language, in four tones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gigdesk.domain.drafts.filling import Filled, Slot, fill, plain, slots_in
from gigdesk.domain.drafts.kinds import Kind, Wish
from gigdesk.domain.words import t

# Tone -> how it is called, and what a model is told of it.
TONES: dict[str, tuple[Callable[[], str], str]] = {
    "plain": (lambda: t("Plain"), "plain and friendly, nothing superfluous"),
    "warm": (lambda: t("Warm"), "warm and personal"),
    "firm": (lambda: t("Firm"), "polite and firm, clear about what is agreed"),
    "short": (lambda: t("Short"), "as short as can be, one or two sentences"),
}
BODIES = (
    "invoice_open", "invoice_late", "invoice_paid", "invoice_unknown", "bank", "meeting_free",
    "meeting_planned", "quote", "question", "thanks", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences of one language."""

    greeting: Mapping[str, str]
    lead: Mapping[str, str]
    closing: Mapping[str, str]
    body: Mapping[str, tuple[str, ...]]
    # What is said otherwise between people who say du; the rest is the same.
    close_lead: Mapping[str, str] = field(default_factory=dict)
    close_body: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Phrases:
        """The sentences from a file; a missing one is a bug of ours and raises KeyError."""
        return cls(
            {name: data["greeting"][name] for name in ("named", "nobody")},
            {tone: data["lead"][tone] for tone in TONES},
            {tone: data["closing"][tone] for tone in TONES},
            {name: tuple(data["body"][name]) for name in BODIES},
            {tone: words for tone, words in data.get("close_lead", {}).items() if tone in TONES},
            {name: tuple(data["close_body"][name]) for name in data.get("close_body", {})},
        )

    @property
    def close(self) -> Phrases:
        """The same between people who say du."""
        return replace(
            self, lead={**self.lead, **self.close_lead}, body={**self.body, **self.close_body}
        )

    def opening(self, slots: Mapping[str, Slot]) -> Filled:
        """`Hello Jonas,`."""
        return fill(self.greeting["named" if "name" in slots else "nobody"], slots)

    def ending(self, tone: str, signature: str) -> Filled:
        """`Best regards` and the name below."""
        return plain("\n".join(filter(None, (self.closing[tone], signature))))

    def words(
        self, wish: Wish, tone: str, slots: Mapping[str, Slot], state: str,
        *, lead: str = "", short: bool = False,
    ) -> Filled:  # fmt: skip
        """What the answer says between greeting and closing. `state` is where the invoice it is
        about stands: open, late, paid or nothing. `lead` stands in place of ours."""
        said: list[str] = []
        for name in self._bodies(wish, slots, state):
            sentences = self.body[name]
            said.append(" ".join(sentences[:1] if short or tone == "short" else sentences))
        return fill("\n\n".join([lead or self.lead[tone], *said]), slots)

    def _bodies(self, wish: Wish, slots: Mapping[str, Slot], state: str) -> list[str]:
        if wish.kind is Kind.INVOICE:
            bank = ["bank"] if wish.pays and self._fits("bank", slots) else []
            body = f"invoice_{state}" if state else "invoice_unknown"
            known = body if self._fits(body, slots) else "invoice_unknown"
            # Where to pay to is all that was asked, when no invoice is named.
            return bank if bank and not state else [known, *bank]
        if wish.kind is Kind.MEETING:
            planned = self._fits("meeting_planned", slots)
            return ["meeting_planned" if planned else "meeting_free"]
        return [str(wish.kind)]

    def _fits(self, body: str, slots: Mapping[str, Slot]) -> bool:
        return all(name in slots for each in self.body[body] for name in slots_in(each))
