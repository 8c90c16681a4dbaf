"""The shapes leads come in: a record as its source gives it, made a posting; pure, so that what was
kept raw can be read again by a better version."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from typing import Any

from gigdesk.domain.errors import Unreadable
from gigdesk.domain.leads.cleaning import WORD_MOST, clean_line, clean_text
from gigdesk.domain.leads.identity import web_address
from gigdesk.domain.leads.pay import read_pay
from gigdesk.domain.leads.records import Offer, Posting
from gigdesk.domain.words import t

RAW_MOST = 100_000
_WORDS_MOST = 30

Record = Mapping[str, Any]

# Column -> the headings people and programs give it.
COLUMNS = {
    "title": "title position role job job_title subject titel bezeichnung titre título titulo puesto",
    "text": "text description body details summary beschreibung descripción descripcion descrição",
    "url": "url link href address website apply_url job_url web",
    "pay": "pay budget rate salary price amount hourly_rate gehalt honorar salaire salario presupuesto "
    "hourly_text budget_text",
    "currency": "currency pay_currency salary_currency währung devise moneda moeda",
    "skills": "skills tags skill technologies stack keywords fähigkeiten compétences habilidades",
    "client": "client company company_name customer employer kunde firma auftraggeber client_name "
    "cliente empresa société",
    "posted": "posted date posted_at posted_on published published_on created created_at datum "
    "posted_date date_posted fecha publié",
    "id": "id guid job_id source_id",
    "source": "source quelle board platform",
}
_HEADINGS = {name: column for column, names in COLUMNS.items() for name in names.split()}


def heading(said: str) -> str:
    """The column a heading means; empty when none."""
    return _HEADINGS.get(re.sub(r"[^\w]+", "_", said.strip().casefold()).strip("_"), "")


def posting_of(shape: str, record: Record, source: str) -> Posting:
    """The posting a record of this shape is. Raises Unreadable with the reason when it is none."""
    posting = _READERS[shape](record, source)
    if not posting.title:
        raise Unreadable(t("It has no title and no text."))
    raw = raw_of(record)
    if len(raw) > RAW_MOST:
        raise Unreadable(t("It is larger than a lead can be ({n} signs).", n=len(raw)))
    return replace(posting, shape=shape, raw=raw)


def raw_of(record: object) -> str:
    """The record as it is kept; half signs that no text may hold are escaped."""
    raw = json.dumps(record, ensure_ascii=False, default=str)
    return raw.encode("utf-8", "backslashreplace").decode("utf-8")


def _table_row(record: Record, source: str) -> Posting:
    text = clean_text(_said(record, "text"))
    title = clean_line(_said(record, "title")) or clean_line(text.split("\n")[0], 120)
    pay, currency = clean_line(_said(record, "pay"), 200), clean_line(_said(record, "currency"), 10)
    stated = read_pay(pay, about_pay=True).offers
    if pay and currency and not stated:  # the amount and what it is in, a column each
        pay = f"{pay} {currency}"
        stated = read_pay(pay, about_pay=True).offers
    return Posting(
        source=clean_line(_said(record, "source"), WORD_MOST) or source,
        title=title,
        text=text,
        source_id=clean_line(_said(record, "id"), 120),
        url=web_address(_said(record, "url")),
        client=clean_line(_said(record, "client"), 120),
        pay=pay,
        skills=_words(re.split(r"[,;|/\n]+", _said(record, "skills"))),
        posted=moment(_said(record, "posted")),
        offers=stated or read_pay(f"{title}\n{text}").offers,
    )


def _remote_ok(record: Record, _source: str) -> Posting:
    title, text = clean_line(record.get("position")), clean_text(_said(record, "description"))
    return Posting(
        source="Remote OK",
        title=title,
        text=text,
        source_id=clean_line(record.get("id"), 120),
        url=web_address(_said(record, "url")) or web_address(_said(record, "apply_url")),
        client=clean_line(record.get("company"), 120),
        tags=_words(record.get("tags")),
        posted=moment(record.get("date")) or moment(record.get("epoch")),
        offers=_between(record) or read_pay(f"{title}\n{text}").offers,
    )


def _between(record: Record) -> tuple[Offer, ...]:
    """Remote OK's two numbers a year in dollars; 0 is what it writes when nobody said."""
    low, high = _count(record.get("salary_min")), _count(record.get("salary_max"))
    if not low and not high:
        return ()
    if low and high and low > high:
        return ()
    span = f"salary_min {low or 0}, salary_max {high or 0}"
    return (Offer(low, high, "year", "USD", span, assumed=True),)


def _count(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 < number < 10**9 else None


def _feed_entry(record: Record, source: str) -> Posting:
    title, text = clean_line(record.get("title")), clean_text(_said(record, "text"))
    client = ""
    if source == "We Work Remotely" and ":" in title:
        client, _, title = (part.strip() for part in title.partition(":"))
        client, title = (client, title) if title else ("", client)
    title = re.sub(r"\s+-\s+Upwork$", "", title)
    return Posting(
        source=source,
        title=title,
        text=text,
        source_id=clean_line(record.get("id"), 300),
        url=web_address(_said(record, "link")),
        client=clean_line(client, 120),
        tags=_words(record.get("tags")),
        posted=moment(record.get("posted")),
        offers=read_pay(f"{title}\n{text}").offers,
    )


_READERS: dict[str, Callable[[Record, str], Posting]] = {
    "csv": _table_row,
    "remote_ok": _remote_ok,
    "feed": _feed_entry,
}


def _said(record: Record, name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else "" if value is None else str(value)[:RAW_MOST]


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list | tuple):
        return ()
    cleaned = (clean_line(each, WORD_MOST).strip("[]'\" ") for each in value[:_WORDS_MOST])
    return tuple(dict.fromkeys(word for word in cleaned if word))


def moment(value: object) -> datetime | None:
    """A date or instant in any of the ways feeds write it; None when it is unclear which it is."""
    if isinstance(value, bool) or value is None:
        return None
    said = str(value).strip()[:60]
    if re.fullmatch(r"\d{9,13}(?:\.\d+)?", said):
        seconds = float(said)
        return _sane(datetime.fromtimestamp(seconds / (1000 if seconds > 1e11 else 1), UTC))
    for reading in (_iso, _mail_date, _civil):
        found = reading(said)
        if found is not None:
            return _sane(found)
    return None


def _iso(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(re.sub(r"\s?UTC$", "+00:00", said))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _mail_date(said: str) -> datetime | None:
    if not re.match(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} ", said):
        return None
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _civil(said: str) -> datetime | None:
    """`24.11.2026`, and `24/11/2026` where only one reading is a date."""
    found = re.match(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:\D|$)", said)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] != "." and first <= 12 and second <= 12 and first != second:
        return None
    day, month = (second, first) if second > 12 else (first, second)
    try:
        known = date(year, month, day)
    except ValueError:
        return None
    return datetime(known.year, known.month, known.day, tzinfo=UTC)


def _sane(found: datetime) -> datetime | None:
    try:
        found = found.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return found if 2000 <= found.year < 2100 else None
