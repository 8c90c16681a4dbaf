"""The sample's invoices: written over the year, issued on their day, paid as each client pays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from gigdesk.services.sample.story import (
    Patron,
    dice,
    letters,
    owner_zone,
    patrons,
    spread_days,
    working,
)

if TYPE_CHECKING:
    from random import Random

    from gigdesk.services.office import Office

# Of ninety, two are still drafts.
DRAFTS = Decimal(2) / 90
# Days before now in which only the invoices of the story stand.
NEWEST = 70


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice of the story, as it became one."""

    patron: Patron
    project: str
    id: int
    number: str
    issued: date
    due: date
    amount: Decimal
    settled: date | None


@dataclass(frozen=True, slots=True)
class _Plan:
    patron: Patron
    project: str
    day: date
    lines: list[dict[str, Any]]


def write_bills(office: Office, seed: int, count: int, now: datetime) -> Iterator[Bill]:
    """Issue them in the order of their days and let the money come in; each one as it is done."""
    drafts = min(count, int((count * DRAFTS).to_integral_value(ROUND_HALF_UP)))
    today = now.astimezone(owner_zone()).date()
    chance = dice(seed, "payments")
    for plan in _plans(seed, count - drafts, now):
        office.watch.stand(datetime.combine(plan.day, time(17, 5), owner_zone()))
        draft = office.invoices.new(_data(plan)).value
        sheet = office.invoices.issue(draft.invoice.id).value
        invoice = sheet.invoice
        assert invoice.number is not None
        assert invoice.due_date is not None
        settled = None
        for day, amount in _payments(plan.patron, invoice.due_date, invoice.due, chance):
            if day <= today:
                office.invoices.pay(invoice.id, amount, max(day, plan.day))
                settled = day
        paid = settled if office.invoices.show(invoice.id).invoice.open == 0 else None
        yield Bill(
            plan.patron, plan.project, invoice.id, invoice.number, plan.day, invoice.due_date,
            invoice.gross, paid,
        )  # fmt: skip
    office.watch.stand(now)
    for patron in chance.choices(patrons(), [each.share for each in patrons()], k=drafts):
        office.invoices.new(_data(_plan(patron, today, chance)))


def _plans(seed: int, count: int, now: datetime) -> list[_Plan]:
    chance = dice(seed, "invoices")
    today = now.astimezone(owner_zone()).date()
    fresh = [(working(today - timedelta(days=back)), each)
             for each in patrons() for back in each.fresh][:count]  # fmt: skip
    shares = [each.share for each in patrons()]
    days = spread_days(chance, now, count - len(fresh), NEWEST)
    dated = [*fresh, *((day, chance.choices(patrons(), shares)[0]) for day in days)]
    dated.sort(key=lambda each: each[0])
    return [_plan(patron, day, chance) for day, patron in dated]


def _plan(patron: Patron, day: date, chance: Random) -> _Plan:
    words = letters(patron.language)
    project = chance.choice(patron.projects)
    work = chance.sample(words["work"], chance.choice((1, 1, 2, 2, 3)))
    lines = [_hours(f"{project} – {each}", patron, chance) for each in work]
    if chance.random() < 0.15:
        lines.append(_pieces(f"{project} – {words['pieces']}", chance))
    return _Plan(patron, project, day, lines)


def _hours(text: str, patron: Patron, chance: Random) -> dict[str, Any]:
    quantity = Decimal(chance.randrange(6, 30)) / 2
    return _line(text, format(quantity, "f"), "HUR", f"{patron.rate}.00")


def _pieces(text: str, chance: Random) -> dict[str, Any]:
    return _line(text, str(chance.choice((6, 8, 12))), "H87", f"{chance.choice((40, 45, 55))}.00")


def _line(text: str, quantity: str, unit: str, price: str) -> dict[str, Any]:
    tax = {"category": "O", "rate": "0"}
    return {"text": text, "quantity": quantity, "unit": unit, "price": price, "tax": tax}


def _data(plan: _Plan) -> dict[str, Any]:
    return {
        "client": plan.patron.name,
        "currency": plan.patron.currency,
        "service_period": [
            (plan.day - timedelta(days=27)).isoformat(),
            plan.day.isoformat(),
        ],
        "lines": plan.lines,
    }


def _payments(
    patron: Patron, due: date, amount: Decimal, chance: Random
) -> Sequence[tuple[date, Decimal]]:
    habit = patron.habit
    drift = chance.randint(-habit.spread, habit.spread)
    if habit.halves:
        half = (amount / 2).quantize(Decimal("0.01"), ROUND_HALF_UP)
        later = working(due + timedelta(days=habit.days + drift))
        return ((working(due), half), (later, amount - half))
    if habit.month_end:
        return ((_month_end(due), amount),)
    return ((working(due + timedelta(days=habit.days + drift)), amount),)


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return working(following - timedelta(days=1))
