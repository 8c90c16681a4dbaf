"""How the person writes to somebody, learned by counting: greeting, closing, length, du or Sie.

What is counted are forms: of a name stays its place, of a sentence only what is thanks or small talk. So
nothing that was said to one client can come up in a mail to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from gigdesk.domain.drafts.own_words import NOTHING, Signs
from gigdesk.domain.words import n, t

LEAST_CLIENT, LEAST_LANGUAGE = 3, 5
EXAMPLES = 3
_HALF = 12  # the mail so many places back counts half
_SHARE = 1 / 3  # what less of the mails show is no habit
_SURE = 0.8  # so many say it to everybody: then strangers are told so, too
_OFTEN = 0.5

TraitName = Literal[
    "greeting", "opening", "closing", "signing", "formality", "length", "exclamations", "emoji"
]
# In the order a letter has them: how each is called.
TRAITS: dict[TraitName, Callable[[], str]] = {
    "greeting": lambda: t("Greeting"),
    "opening": lambda: t("First sentence"),
    "closing": lambda: t("Closing"),
    "signing": lambda: t("Name below"),
    "formality": lambda: t("Form of address"),
    "length": lambda: t("Length in words"),
    "exclamations": lambda: t("Exclamation marks"),
    "emoji": lambda: t("Emoji"),
}
FORMALITIES = ("close", "polite")
FREQUENCIES = ("often", "rarely", "never")
# What a language calls its two ways to say you.
SAYS = {
    "de": ("du", "Sie"), "fr": ("tu", "vous"), "es": ("tú", "usted"), "it": ("tu", "Lei"),
    "pt": ("tu", "você"), "nl": ("je", "u"), "pl": ("ty", "Pan / Pani"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose manner: how one writes to this address, or to all in this language. A manner towards an
    address is one per language as well."""

    language: str
    email: str = ""

    @property
    def least(self) -> int:
        """So many mails are needed before anything is said."""
        return LEAST_CLIENT if self.email else LEAST_LANGUAGE


@dataclass(frozen=True, slots=True)
class Trait:
    """One habit: what it is, in how many of how many mails, and the newest of them. `chosen` when the
    person said so; `general` when it is how they write to everybody in this language."""

    value: str
    count: int = 0
    of: int = 0
    mails: tuple[int, ...] = ()
    chosen: bool = False
    general: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How one writes to somebody. `names` is what people are called by their first names; `greeted`
    are those to whom a form that is chosen for one person was said. `examples` are whole letters."""

    whose: Whose
    mails: int = 0
    traits: Mapping[TraitName, Trait] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    greeted: frozenset[str] = frozenset()
    examples: tuple[int, ...] = ()

    def value(self, name: TraitName) -> str:
        """What this trait is; empty when it is not known."""
        trait = self.traits.get(name)
        return trait.value if trait else ""

    def called(self, first: str) -> str:
        """What somebody of this first name is called; nothing when nobody of it was greeted yet."""
        return self.names.get(first.casefold(), "")


def learned(whose: Whose, read: Sequence[tuple[int, Signs]]) -> Manner:
    """The manner in these mails, the newest first; without any trait when they are too few."""
    if len(read) < whose.least:
        return Manner(whose, len(read))
    weights = [0.5 ** (place / _HALF) for place in range(len(read))]
    traits: dict[TraitName, Trait] = {}
    for name, said in _VALUES.items():
        trait = _prevailing([(mail, said(whose, signs)) for mail, signs in read], weights)
        if trait is not None and (name != "formality" or whose.email or _sure(trait)):
            traits[name] = trait
    traits["length"] = _length(read, weights)
    if not whose.email:  # of all, only forms
        return Manner(whose, len(read), traits)
    shown = [signs for _, signs in reversed(read)]
    return Manner(
        whose,
        len(read),
        traits,
        {each.first.casefold(): each.called for each in shown if "{first}" in each.greeting},
        frozenset(_greeted(shown)),
        _examples(read),
    )


def merged(
    client: Manner, general: Manner, chosen: Mapping[TraitName, str],
    chosen_general: Mapping[TraitName, str],
) -> Manner:  # fmt: skip
    """What counts: the person's word for this client, what was learned of them, the person's word for
    the language, what was learned of all."""
    traits: dict[TraitName, Trait] = {}
    for name in TRAITS:
        own, other = client.traits.get(name), general.traits.get(name)
        if name in chosen:
            traits[name] = _said(chosen[name], own)
        elif own is not None:
            traits[name] = own
        elif name in chosen_general:
            traits[name] = _generally(_said(chosen_general[name], other))
        elif other is not None:
            traits[name] = _generally(other)
    return replace(client, traits=traits)


def own_only(manner: Manner, chosen: Mapping[TraitName, str]) -> Manner:
    """A manner with the person's word in it, and nothing from elsewhere."""
    traits = dict(manner.traits)
    for name, value in chosen.items():
        traits[name] = _said(value, traits.get(name))
    return replace(manner, traits=traits)


def trait_words(name: TraitName, value: str, language: str) -> str:
    """A trait's value as it is shown; forms are shown as they are."""
    if value == NOTHING:
        return t("none")
    if name == "formality":
        close, polite = SAYS.get(language, (t("informal"), t("formal")))
        return {"close": close, "polite": polite}.get(value, value)
    if name == "length":
        return n("about {n} word", "about {n} words", int(value))
    frequency = {"often": t("often"), "rarely": t("now and then"), "never": t("never")}
    return frequency.get(value, value) if name in {"exclamations", "emoji"} else value


def fitting(name: TraitName, said: str) -> str:
    """What the person said of a trait, as it is kept; empty when it cannot be that."""
    flat = " ".join(said.split())
    if name == "length":
        return str(min(int(flat), 999)) if flat.isdecimal() and int(flat) else ""
    if name == "formality":
        return flat if flat in FORMALITIES else ""
    if name in {"exclamations", "emoji"}:
        return flat if flat in FREQUENCIES else ""
    return flat[:80]


def _said(value: str, learned_: Trait | None) -> Trait:
    same = learned_ is not None and learned_.value == value
    counted = learned_ if learned_ is not None and same else Trait(value)
    of = learned_.of if learned_ else 0
    return Trait(value, counted.count, of, counted.mails, chosen=True)


def _generally(trait: Trait) -> Trait:
    return replace(trait, general=True)


def _greeted(shown: Iterable[Signs]) -> Iterator[str]:
    for each in shown:
        if each.bound:
            yield from filter(None, (each.first.casefold(), each.called.casefold()))


def _greeting(whose: Whose, signs: Signs) -> str:
    """What was said to one person, as by Lieber, is no form for all."""
    return "" if signs.bound and not whose.email else signs.greeting


def _rate(count: int) -> str:
    return "often" if count else "never"


_VALUES: dict[TraitName, Callable[[Whose, Signs], str]] = {
    "greeting": _greeting,
    "opening": lambda _, signs: signs.opening,
    "closing": lambda _, signs: signs.closing,
    "signing": lambda _, signs: signs.signing,
    "formality": lambda _, signs: signs.formality,
    "exclamations": lambda _, signs: _rate(signs.exclamations),
    "emoji": lambda _, signs: _rate(signs.emoji),
}


def _prevailing(said: Iterable[tuple[int, str]], weights: Sequence[float]) -> Trait | None:
    """The value that weighs most; on a tie the newest one. At least two mails show it."""
    weight: dict[str, float] = {}
    mails: dict[str, list[int]] = {}
    for (mail, value), each in zip(said, weights, strict=True):
        weight[value] = weight.get(value, 0.0) + each
        mails.setdefault(value, []).append(mail)
    total, of = sum(weights), len(weights)
    weight.pop("", None)
    if set(weight) <= set(FREQUENCIES):
        return _frequency(weight, mails, of)
    if weight.get(NOTHING, 0.0) < total / 2:
        weight.pop(NOTHING, None)  # what is left out now and then is no habit
    best = max(weight, key=lambda value: weight[value], default="")
    if not best or len(mails[best]) < 2 or weight[best] < _SHARE * total:
        return None
    return Trait(best, len(mails[best]), of, tuple(mails[best][:EXAMPLES]))


def _frequency(
    weight: Mapping[str, float], mails: Mapping[str, list[int]], of: int
) -> Trait | None:
    """How often something is done: `rarely` lies between never and in every other mail."""
    if not weight:
        return None
    shown = mails.get("often", [])
    share = weight.get("often", 0.0) / sum(weight.values())
    if not shown:
        return Trait("never", 0, of)
    value = "often" if share >= _OFTEN else "rarely"
    return Trait(value, len(shown), of, tuple(shown[:EXAMPLES]))


def _sure(trait: Trait) -> bool:
    return trait.count >= _SURE * trait.of


def _length(read: Sequence[tuple[int, Signs]], weights: Sequence[float]) -> Trait:
    """The weighted median: half of what was written is shorter."""
    placed = sorted(
        (signs.words, weight, mail) for (mail, signs), weight in zip(read, weights, strict=True)
    )
    half, passed = sum(weights) / 2, 0.0
    middle = placed[-1][0]
    for words, weight, _ in placed:
        passed += weight
        if passed >= half:
            middle = words
            break
    near = sorted(read, key=lambda each: abs(each[1].words - middle))
    return Trait(str(middle), len(read), len(read), tuple(mail for mail, _ in near[:EXAMPLES]))


def _examples(read: Sequence[tuple[int, Signs]]) -> tuple[int, ...]:
    """The newest letters that are neither a word nor a page long; greeted and closed ones first."""
    fit = [(mail, signs) for mail, signs in read if 8 <= signs.words <= 120]
    fit.sort(key=lambda each: NOTHING in {each[1].greeting, each[1].closing})
    return tuple(mail for mail, _ in fit[:2])
