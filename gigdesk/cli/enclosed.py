"""`gigdesk mail save` and `gigdesk mail pictures`: files of mails, and whose pictures are loaded."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.cli.answer import Answer, Commands, command, table
from gigdesk.domain.errors import NotFound
from gigdesk.domain.inbox.enclosed import Enclosed
from gigdesk.domain.words import date_text, t

if TYPE_CHECKING:
    from gigdesk.services.office import Office


def add(own: Commands) -> None:
    """Add the commands to those of mail."""
    saving = command(own, "save", t("Save the files of a mail; nothing is written over"), _save)
    saving.add_argument("id", type=int)
    saving.add_argument(
        "number", type=int, nargs="*", help=t("which of its files, from 1; none: all")
    )
    saving.add_argument("--to", type=Path, default=Path(), metavar=t("FOLDER"))
    saving.add_argument("--original", action="store_true", help=t("the mail itself, as it came"))
    loading = command(own, "pictures", t("The senders whose pictures are loaded"), _pictures)
    choice = loading.add_mutually_exclusive_group()
    choice.add_argument("--always", metavar=t("ADDRESS"), help=t("load them from now on"))
    choice.add_argument("--never", metavar=t("ADDRESS"), help=t("only when asked for"))


def _save(office: Office, args: argparse.Namespace) -> Answer:
    mail, place = office.inbox.mail(args.id), Enclosed(args.id)
    folder = args.to.expanduser()
    if args.original:
        paths = [office.attachments.save(place, folder / f"{args.id}.eml")]
    else:
        there = {each.number: each for each in mail.attachments}
        for number in args.number:
            if number not in there:
                raise NotFound(
                    t("Mail {id} has no file {number}", id=args.id, number=number),
                    t("It has {n}.", n=len(there)),
                )
        files = [(place.inside(n), there[n].name) for n in args.number or there]
        paths = office.attachments.save_all(files, folder)
    return Answer([str(path) for path in paths], "\n".join(map(str, paths)))


def _pictures(office: Office, args: argparse.Namespace) -> Answer:
    if args.always:
        office.pictures.always(args.always)
    if args.never:
        office.pictures.no_more(args.never)
    allowed = office.pictures.allowed()
    zone = office.zone()
    rows = [
        (each.sender, date_text(each.at.astimezone(zone).date(), form="d MMM y"))
        for each in allowed
    ]
    data = [{"sender": each.sender, "since": each.at.isoformat()} for each in allowed]
    return Answer(data, table(rows, t("Nobody's pictures are loaded by themselves.")))
