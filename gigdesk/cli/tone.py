"""`gigdesk mail manner` and `gigdesk mail translate`: how one writes, and what was written elsewhere."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gigdesk.cli.answer import Answer, Commands, command, table
from gigdesk.domain.drafts.languages import LANGUAGES
from gigdesk.domain.drafts.manner import TRAITS, Manner, Whose, trait_words
from gigdesk.domain.prompts import Never
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.drafts.translating import Translation
    from gigdesk.services.office import Office


def add(own: Commands) -> None:
    """Add the commands to those of mail."""
    writing = command(
        own, "manner", t("How you write to somebody, learned from your mails"), _manner
    )
    writing.add_argument("address", nargs="?", default="", help=t("none: to everybody"))
    writing.add_argument("--language", choices=LANGUAGES, default="en")
    writing.add_argument(
        "--say", nargs=2, metavar=("TRAIT", "WORDS"), help=", ".join(TRAITS)
    )  # fmt: skip
    writing.add_argument("--learn", metavar="TRAIT", help=t("learn it from your mails again"))
    translating = command(own, "translate", t("A mail in your language, by your model"), _translate)
    translating.add_argument("id", type=int)
    translating.add_argument("--to", choices=LANGUAGES, default="", metavar=t("LANGUAGE"))


def _manner(office: Office, args: argparse.Namespace) -> Answer:
    whose = Whose(args.language, args.address)
    if args.say:
        office.manners.choose(whose, *args.say)
    if args.learn:
        office.manners.unchoose(whose, args.learn)
    if not args.address:
        while office.manners.learn():
            pass
    manner = office.manners.shown(args.address, args.language).towards
    rows = [
        (said(), trait_words(name, trait.value, args.language), f"{trait.count}/{trait.of}")
        for name, said in TRAITS.items()
        if (trait := manner.traits.get(name)) is not None
    ]
    few = t("Too few of your mails to say ({n}).", n=manner.mails)
    return Answer(_manner_data(manner), table(rows, few))


def _manner_data(manner: Manner) -> dict[str, Any]:
    return {
        "address": manner.whose.email,
        "language": manner.whose.language,
        "mails": manner.mails,
        "traits": {
            name: {
                "value": trait.value,
                "count": trait.count,
                "of": trait.of,
                "mails": list(trait.mails),
                "chosen": trait.chosen,
                "general": trait.general,
            }
            for name, trait in manner.traits.items()
        },
    }


def _translate(office: Office, args: argparse.Namespace) -> Answer:
    steps = office.translating.mail(args.id, args.to, Never())
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return _translated(end.value)


def _translated(done: Translation) -> Answer:
    findings = [
        {"kind": each.kind, "text": each.text, "why": each.why} for each in done.findings
    ]  # fmt: skip
    aside = "\n".join(f"“{each.text}”: {each.why}" for each in done.findings)
    data = {
        "from": done.source,
        "to": done.target,
        "text": done.text,
        "original": done.original,
        "findings": findings,
        "left": done.left,
    }
    return Answer(data, done.text, "\n".join(filter(None, (done.left, aside))))
