"""`gigdesk calendar`: import, list and export events."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.cli.answer import Answer, Commands, command, table, write_file
from gigdesk.domain.words import n, t

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from gigdesk.domain.calendar.events import Imported, Occurrence
    from gigdesk.services.office import Office

_LINES_MOST = 20


def add(commands: Commands) -> None:
    """Add the commands."""
    own = command(commands, "calendar", t("Events")).add_subparsers()
    importing = command(own, "import", t("Events from an ICS file"), _import)
    importing.add_argument("file", type=Path)
    importing.add_argument("--zone", default="", help=t("for times whose zone is unknown"))
    listing = command(own, "list", t("What happens between two days"), _list)
    listing.add_argument("--from", dest="first", type=date.fromisoformat, required=True)
    listing.add_argument("--to", dest="last", type=date.fromisoformat, required=True)
    exporting = command(own, "export", t("All events as an ICS file"), _export)
    exporting.add_argument("-o", dest="file", type=Path, required=True)


def _import(office: Office, args: argparse.Namespace) -> Answer:
    from gigdesk.services.calendar.importing import words_of

    done: Imported | None = None
    for step in office.calendar.import_file(args.file.expanduser(), args.zone):
        done = step
    assert done is not None, "an import answers at least once"
    data = {
        "imported": done.imported,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "skipped": [{"uid": each.uid, "reason": each.reason} for each in done.skipped],
        "needs_zone": [{"uid": each.uid, "tzid": each.tzid} for each in done.needs_zone],
    }
    return Answer(data, words_of(done), _left_out(done))


def _list(office: Office, args: argparse.Namespace) -> Answer:
    zone = office.zone()
    found = office.calendar.between(args.first, args.last)
    data = [_json(each, zone) for each in found]
    rows = [(each["start"], each["end"], each["title"], each["calendar"]) for each in data]
    return Answer(data, table(rows, t("Nothing in these days.")))


def _export(office: Office, args: argparse.Namespace) -> Answer:
    path, (content, count) = args.file.expanduser(), office.calendar.export()
    write_file(path, content)
    words = n("{n} event written to {path}", "{n} events written to {path}", count, path=path)
    waiting = len(office.calendar.unplaced())
    if waiting:
        left = n("{n} event waits for a zone and is left out",
                 "{n} events wait for a zone and are left out", waiting)  # fmt: skip
        words = f"{words}\n{left}"
    return Answer({"file": str(path), "events": count, "needs_zone": waiting}, words)


def _left_out(done: Imported) -> str:
    """What is not in the calendar now and why, in lines."""
    said = [f"{each.uid}: {each.reason}" for each in done.skipped]
    said += [
        t("{uid}: waits, nobody knows the zone “{name}”", uid=each.uid, name=each.tzid)
        for each in done.needs_zone
    ]
    rest = len(said) - _LINES_MOST
    if rest > 0:
        said = [*said[:_LINES_MOST], n("and {n} more", "and {n} more", rest)]
    if done.needs_zone:
        said.append(t("Import it again with --zone and where they are, such as Europe/Berlin."))
    return "\n".join(said)


def _json(each: Occurrence, zone: ZoneInfo) -> dict[str, Any]:
    start, end = (moment.astimezone(zone) for moment in each.span(zone))
    return {
        "uid": each.uid,
        "title": each.title,
        "start": start.date().isoformat() if each.all_day else start.isoformat(),
        "end": end.date().isoformat() if each.all_day else end.isoformat(),
        "all_day": each.all_day,
        "zone": each.zone or None,
        "calendar": each.calendar,
    }
