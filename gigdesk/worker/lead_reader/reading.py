"""Files of leads: tables, Remote OK's JSON and RSS, told apart by what is in them. All are hostile:
size, number and length have limits, and nothing in them reaches the network."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gigdesk.domain.errors import NotFound, Unreadable
from gigdesk.domain.leads.cleaning import TITLE_MOST, WORD_MOST, clean_line
from gigdesk.domain.leads.records import Posting, Unusable
from gigdesk.domain.leads.shapes import RAW_MOST, heading, posting_of, raw_of
from gigdesk.domain.words import t

BYTES_MOST = 64 << 20
FEED_BYTES_MOST = 4 << 20
RECORDS_MOST = 100_000
# A cell this long is a quote that was never closed.
CELL_MOST = 100_000
_FEEDS = {"weworkremotely.com": "We Work Remotely", "www.upwork.com": "Upwork"}


class LeadFile:
    """One file, its records not yet made postings."""

    def __init__(self, shape: str, source: str, records: Sequence[tuple[int, Any]]) -> None:
        self._shape, self._source = shape, source
        self._records = records[:RECORDS_MOST]
        self._dropped = len(records) - len(self._records)
        self.total = len(self._records)

    def leads(self, start: int = 0) -> Iterator[Posting | Unusable]:
        """Each record in order, from that number on: a posting, or why it is none."""
        for row, record in self._records[start:]:
            yield self._read(row, record)
        if self._dropped:
            reason = t("{n} records more than one file may have.", n=self._dropped)
            yield Unusable(RECORDS_MOST + 1, reason, source=self._source)

    def unread(self, number: int, why: str) -> Unusable:
        """The record of that number as it stands, for it cannot be read."""
        return self._unusable(*self._records[number], why)

    def _read(self, row: int, record: Any) -> Posting | Unusable:
        try:
            if not isinstance(record, Mapping):
                raise Unreadable(t("It is no record."))
            if "\0fault" in record:
                raise Unreadable(str(record["\0fault"]))
            return posting_of(self._shape, record, self._source)
        except Unreadable as fault:
            return self._unusable(row, record, fault.title)
        except Exception as error:  # noqa: BLE001 - whatever a record does, it becomes a row
            kind = type(error).__name__
            return self._unusable(row, record, t("It cannot be read ({kind}).", kind=kind))

    def _unusable(self, row: int, record: Any, why: str) -> Unusable:
        return Unusable(row, why, raw_of(record)[:RAW_MOST], self._source, _title_of(record))


def opened(path: Path, source: str) -> LeadFile:
    """Look at a file. Raises NotFound, or Unreadable for the file as a whole."""
    data = _bytes(path)
    text = _decoded(data)
    named = clean_line(source, WORD_MOST)
    start = text.lstrip()[:400].lower()
    if start.startswith(("[", "{")):
        return _json(text, named)
    if re.match(r"<\?xml|<rss|<feed|<rdf|<!--", start):
        return _feed(data, text, named)
    if start.startswith("<") or re.match(r"(?:from|to|received|return-path|mime-version): ", start):
        raise _strange(t("A mail or a web page is no file of leads."))
    return _table(text, named or path.stem[:WORD_MOST])


def _title_of(record: Any) -> str:
    if not isinstance(record, Mapping):
        return ""
    names = ("title", "position", "text", "description", "\0cells")
    return next((clean_line(record[name], TITLE_MOST) for name in names if record.get(name)), "")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(BYTES_MOST + 1)
    except FileNotFoundError:
        raise NotFound(t("There is no {path}", path=path), t("Nothing was changed.")) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Unreadable(t("{path} cannot be read", path=path), str(why)) from error
    if len(data) > BYTES_MOST:
        raise Unreadable(t("{path} is too large", path=path.name), t("Split it and try again."))
    if not data.strip(b" \t\r\n\0"):
        raise Unreadable(t("{path} is empty", path=path.name), t("Nothing was imported."))
    return data


def _decoded(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _strange(why: str) -> Unreadable:
    return Unreadable(
        t("This is no file of leads"),
        t("{why} It takes a table (CSV), Remote OK's JSON, or an RSS feed of jobs.", why=why),
    )


# --- JSON ---------------------------------------------------------------------------------------
def _json(text: str, source: str) -> LeadFile:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _strange(t("It is broken JSON.")) from error
    records = found if isinstance(found, list) else [found]
    jobs = [
        (row, each)
        for row, each in enumerate(records)
        if not (isinstance(each, Mapping) and "legal" in each and "position" not in each)
    ]
    if not any(isinstance(each, Mapping) and "position" in each for _, each in jobs):
        raise _strange(t("Its JSON has another shape than Remote OK's."))
    return LeadFile("remote_ok", source or "Remote OK", jobs)


# --- feeds --------------------------------------------------------------------------------------
def _feed(data: bytes, text: str, source: str) -> LeadFile:
    if len(data) > FEED_BYTES_MOST:
        raise Unreadable(t("This feed is too large"), t("Nothing was imported."))
    if re.search(r"<!(?:DOCTYPE|ENTITY)\b", text[:200_000], re.IGNORECASE):
        raise _strange(t("Its XML defines things of its own, which no honest feed does."))
    import feedparser

    # Handed over as an open file: what looks like an address would be fetched.
    feed = feedparser.parse(
        io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False,
        response_headers={"content-type": "application/xml"},
    )  # fmt: skip
    if not feed.entries and not feed.feed.get("title"):
        raise _strange(t("It is XML, but no feed."))
    link = str(feed.feed.get("link", "")).casefold()
    host = next((name for name in _FEEDS if f"//{name}/" in f"{link}/"), "")
    named = _FEEDS.get(host) or source or clean_line(feed.feed.get("title"), WORD_MOST) or "RSS"
    return LeadFile("feed", named, [(at, _entry(each)) for at, each in enumerate(feed.entries, 1)])


def _entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    content = entry.get("content") or [{}]
    bodies = (str(content[0].get("value", "")), str(entry.get("summary", "")))
    return {
        "id": str(entry.get("id", "")),
        "title": str(entry.get("title", "")),
        "link": str(entry.get("link", "")),
        "text": max(bodies, key=len),
        "posted": str(entry.get("published", "") or entry.get("updated", "")),
        "tags": [str(tag.get("term", "")) for tag in entry.get("tags", [])][:30],
        "region": str(entry.get("region", "")),
    }


# --- tables -------------------------------------------------------------------------------------
def _table(text: str, source: str) -> LeadFile:
    first = next((line for line in text.split("\n") if line.strip()), "")
    if "\0" in first:
        raise _strange(t("It is no text."))
    delimiter = max(",;\t|", key=first.count)
    before = csv.field_size_limit(BYTES_MOST)
    try:
        rows = list(_rows(text, delimiter))
    finally:
        csv.field_size_limit(before)
    names = [heading(said) for said in rows[0][1]] if rows else []
    if "title" not in names and "text" not in names:
        raise _strange(t("No column of its first line is called title or text."))
    return LeadFile("csv", source, [(at, _record(names, cells)) for at, cells in rows[1:]])


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield number, ["", f"\0{error}"]
            continue
        if any(cell.strip() for cell in cells):
            number += 1
            yield number, cells


def _record(names: list[str], cells: list[str]) -> dict[str, str]:
    fault = _fault(names, cells)
    if fault:
        return {"\0fault": fault, "\0cells": " ".join(cells)[:RAW_MOST]}
    record: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if name and not record.get(name):
            record[name] = cell.strip()
    return record


def _fault(names: list[str], cells: list[str]) -> str:
    checks: tuple[tuple[Callable[[], bool], str], ...] = (
        (lambda: any(cell.startswith("\0") for cell in cells), t("This line is no row.")),
        (
            lambda: any(len(cell) > CELL_MOST for cell in cells),
            t("A cell is longer than a lead can be; perhaps a quote is not closed."),
        ),
        (
            lambda: any(cell.strip() for cell in cells[len(names) :]),
            t("It has more cells than the first line names."),
        ),
    )
    return next((words for met, words in checks if met()), "")
