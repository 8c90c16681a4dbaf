"""How signs of fraud are said: each a sentence."""

from __future__ import annotations

from collections.abc import Callable

from gigdesk.domain.inbox.mails import Label, Note
from gigdesk.domain.words import t

BETWEEN = "\t"  # what parts the details of a sign


def _parts(detail: str) -> tuple[str, str, str]:
    one, two, three = (*detail.split(BETWEEN), "", "")[:3]
    return one, two, three


# Sign -> its sentence.
SIGNS: dict[str, Callable[[str], str]] = {
    "account": lambda d: t(
        "It names the account {new}; the one known of {client} is {known}",
        client=_parts(d)[0],
        new=_parts(d)[1],
        known=_parts(d)[2],
    ),
    "account words": lambda d: t(
        "It says that the account of {name} has changed, and names {new}",
        name=_parts(d)[0],
        new=_parts(d)[1],
    ),
    "look-alike": lambda d: t(
        "{host} is not {known}, only made to look like it", host=_parts(d)[0], known=_parts(d)[1]
    ),
    "nested host": lambda d: t(
        "Its address begins like another; it belongs to {host}", host=_parts(d)[0]
    ),
    "bait host": lambda d: t("{host} is a kind of domain made up for frauds", host=d),
    "scripts": lambda d: t("{host} mixes letters of several alphabets", host=d),
    "known name": lambda d: t(
        "It carries the name of {name}, but comes from {address}, which is not known as theirs",
        name=_parts(d)[0],
        address=_parts(d)[1],
    ),
    "own domain": lambda _: t("It says it comes from your own domain, and it does not"),
    "link elsewhere": lambda d: t(
        "A link says {said} and goes to {goes}", said=_parts(d)[0], goes=_parts(d)[1]
    ),
    "foreign link": lambda d: t("It wants something, and its link goes to {host}", host=d),
    "reply elsewhere": lambda d: t("Answers would go to {address}", address=d),
    "risky file": lambda d: t("{name} can do harm when it is opened", name=d),
    "locked file": lambda d: t("{name} is packed so that nobody can look into it", name=d),
    "secrets": lambda d: t("It wants a password, a card or a payment: “{words}”", words=d),
    "fraud": lambda d: t("Frauds say such things: “{words}”", words=d),
    "pressure": lambda d: t("It presses for time: “{words}”", words=d),
    "failed check": lambda d: t(
        "Your mail server could not confirm that it comes from {host}", host=d
    ),
    "you said": lambda _: t("You marked it as suspicious"),
}  # fmt: skip

# The signs of which one alone is a red alert: they cost money when they are overlooked.
BANK_SIGNS = ("account", "account words")


def sign_words(note: Note) -> str:
    """A sign as a sentence."""
    say = SIGNS.get(note.code)
    return say(note.detail) if say else note.words


def bank_sign(label: Label) -> Note | None:
    """The sign that bank details changed, if it is among the reasons."""
    return next((each for each in label.reasons if each.code in BANK_SIGNS), None)
