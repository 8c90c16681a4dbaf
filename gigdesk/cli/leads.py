"""`gigdesk leads`: the next gig, scored in the open."""

from __future__ import annotations

import argparse
from collections.abc import Generator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gigdesk.cli.answer import Answer, Commands, command, table
from gigdesk.domain.leads.flags import flag_words
from gigdesk.domain.leads.pay import read_pay
from gigdesk.domain.leads.rates import offer_words
from gigdesk.domain.leads.records import MARKS, Lead, Offer, Wanted
from gigdesk.domain.money import minor_digits
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.leads.scoring import Score
    from gigdesk.services.office import Office

T = TypeVar("T")
_PAGE = 500


def add(commands: Commands) -> None:
    """Add the commands."""
    own = command(commands, "leads", t("Leads: the next gig")).add_subparsers()
    importing = command(own, "import", t("Leads from a table, Remote OK or an RSS feed"), _import)
    importing.add_argument("file", type=Path)
    importing.add_argument("--source", default="", help=t("where a table came from"))
    listing = command(own, "list", t("Leads, best first"), _list)
    listing.add_argument("--hidden", action="store_true", help=t("with those your filters hide"))
    why = command(own, "why", t("Why a lead has its score, point by point"), _why)
    why.add_argument("id", type=int)
    marking = command(own, "mark", t("Where you stand with a lead"), _mark)
    marking.add_argument("id", type=int)
    marking.add_argument("mark", choices=MARKS)
    paying = command(own, "pay", t("What a text says about pay"), _pay)
    paying.add_argument("text")
    command(own, "reread", t("Read what was imported anew, as it came"), _reread)


def _import(office: Office, args: argparse.Namespace) -> Answer:
    done = _whole(office.leads.import_file(args.file.expanduser(), args.source))
    result = done.value
    data = {
        "new": result.new,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "reposts": result.reposts,
        "rejected": [
            {"row": each.row, "title": each.title or None, "reason": each.reason}
            for each in result.rejected
        ],
    }
    return Answer(data, done.words)


def _list(office: Office, args: argparse.Namespace) -> Answer:
    _whole(office.leads.rescore())
    wanted = Wanted(hidden=None if args.hidden else False)
    leads: list[Lead] = []
    while page := office.leads.page(wanted, len(leads), _PAGE):
        leads += page
    mark = office.leads.mark_score()
    rows = [
        (
            str(each.id),
            "?" if each.score is None else str(each.score),
            each.title[:60],
            offer_words(each.offers[0]) if each.offers else "",
            each.source,
            each.hidden_by,
        )
        for each in leads
    ]
    counts = office.leads.counts()
    words = table(rows, t("No leads yet."))
    hidden = counts.away + counts.never
    if hidden and not args.hidden:
        words += "\n" + t("{n} hidden; see them with --hidden.", n=hidden)
    return Answer([lead_json(each, mark) for each in leads], words)


def _why(office: Office, args: argparse.Namespace) -> Answer:
    lead, score = office.leads.why(args.id)
    data = {
        "id": lead.id,
        "title": lead.title,
        "source": lead.source,
        "url": lead.url or None,
        "score": score.value,
        "why_not": score.why_not or None,
        "parts": [
            {"name": part.name, "points": part.points, "words": f"{part.title}: {part.words}",
             "off": part.off}
            for part in score.parts
        ],
        "missing": list(score.missing),
        "would_change": [
            {"name": each.name, "words": each.words, "score": each.score}
            for each in score.changes
        ],
        "hidden_by": lead.hidden_by or None,
        "flags": _flags(lead),
    }  # fmt: skip
    return Answer(data, "\n".join(_why_lines(lead, score)))


def _why_lines(lead: Lead, score: Score) -> list[str]:
    lines = [lead.title, " · ".join(filter(None, (lead.client, lead.source, lead.url))), ""]
    if score.value is None:
        lines.append(t("No score. {why}", why=score.why_not))
    lines += [f"{part.points:+4}  {part.title}: {part.words}" for part in score.parts]
    if score.value is not None:
        lines.append(f"{score.value:4}  {t('Score')}")
    lines += [f"      {each}" for each in score.missing]
    lines += [
        f"      {each.words}: {'?' if each.score is None else each.score}" for each in score.changes
    ]
    lines += [f"   !  {flag_words(flag)[0]}: “{flag.quote}”" for flag in lead.flags]
    return lines


def _mark(office: Office, args: argparse.Namespace) -> Answer:
    done = office.leads.mark(args.id, args.mark)
    return Answer(lead_json(done.value, office.leads.mark_score()), done.words)


def _pay(_office: Office, args: argparse.Namespace) -> Answer:
    reading = read_pay(args.text)
    data = {
        "offers": [{**offer_json(each), "span": each.span} for each in reading.offers],
        "abstained": reading.abstained,
        "why": reading.why or None,
    }
    words = [f"{offer_words(each)}  “{each.span}”" for each in reading.offers]
    return Answer(data, "\n".join(words) or reading.why)


def _reread(office: Office, _args: argparse.Namespace) -> Answer:
    done = _whole(office.leads.read_again())
    _whole(office.leads.rescore())
    return Answer({"differ": done.value}, done.words)


def _whole(work: Generator[Any, None, T]) -> T:
    """Let long work run to its end; its answer."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            answer: T = end.value
            return answer


def lead_json(lead: Lead, mark: int) -> dict[str, Any]:
    """A lead as interchange wants it."""
    band = "unknown" if lead.score is None else "worth a look" if lead.score >= mark else "below"
    return {
        "id": lead.id,
        "source": lead.source,
        "title": lead.title,
        "url": lead.url or None,
        "client": lead.client or None,
        "posted": lead.posted.isoformat() if lead.posted else None,
        "pay": [offer_json(each) for each in lead.offers],
        "score": lead.score,
        "band": band,
        "hidden_by": lead.hidden_by or None,
        "flags": _flags(lead),
        "state": lead.state,
        "reposts": lead.reposts,
    }


def _flags(lead: Lead) -> list[dict[str, str]]:
    return [
        {"rule": each.rule, "quote": each.quote, "severity": each.severity} for each in lead.flags
    ]


def offer_json(offer: Offer) -> dict[str, Any]:
    """An offer of pay as interchange wants it."""
    return {
        "low": _amount(offer.low, offer.currency),
        "high": _amount(offer.high, offer.currency),
        "unit": offer.unit or None,
        "currency": offer.currency or None,
        "assumed": offer.assumed,
    }


def _amount(amount: Decimal | None, currency: str) -> str | None:
    """A plain decimal with the currency's decimals, or with its own where it has more."""
    if amount is None:
        return None
    own = -int(amount.normalize().as_tuple().exponent)
    return format(amount.quantize(Decimal(1).scaleb(-max(own, minor_digits(currency)))), "f")
