"""`gigdesk mail`: import, list, search, show and answer mails."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.cli import enclosed, tone
from gigdesk.cli.answer import Answer, Commands, command, table
from gigdesk.domain.inbox.labels import label_code, why_words
from gigdesk.domain.inbox.sorting.judging import CHOICES
from gigdesk.domain.inbox.warnings import sign_words
from gigdesk.domain.words import n, t
from gigdesk.services.inbox import report_words

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import ImportReport, Mail, MailLine
    from gigdesk.domain.inbox.syncing import SyncReport
    from gigdesk.domain.proposals import Proposal
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the commands."""
    own = command(commands, "mail", t("Mails")).add_subparsers()
    importing = command(own, "import", t("Import mbox, Maildir, .eml or folders"), _import)
    importing.add_argument("paths", nargs="+", type=Path)
    syncing = command(own, "sync", t("Fetch from your accounts, and tell them what changed"), _sync)
    syncing.add_argument("account", nargs="*", metavar=t("ACCOUNT"))
    listing = command(own, "list", t("The newest mails"), _list)
    listing.add_argument("--label", default="")
    listing.add_argument("--limit", type=_count, default=50)
    labelling = command(
        own, "label", t("Say what a mail is; the next ones are judged by it"), _label
    )
    labelling.add_argument("id", type=int)
    labelling.add_argument("label", help=", ".join(CHOICES))
    trusting = command(own, "trust", t("Lift the warnings of a mail's sender"), _trust)
    trusting.add_argument("id", type=int)
    trusting.add_argument("--off", action="store_true", help=t("let them stand again"))
    trusting.add_argument(
        "--account", action="store_true", help=t("the account it names is theirs")
    )
    command(own, "sort", t("Judge all mails anew by what was learned since"), _sort)
    searching = command(own, "search", t("Find mails"), _search)
    searching.add_argument(
        "query", nargs="+", help="from: to: subject: has:attachment before: after:"
    )
    searching.add_argument("--limit", type=_count, default=50)
    showing = command(own, "show", t("One mail"), _show)
    showing.add_argument("id", type=int)
    drafting = command(own, "draft", t("Draft a reply; it waits for your word"), _draft)
    drafting.add_argument("id", type=int)
    drafting.add_argument("--tone", default="", help="plain, warm, firm, short")
    tone.add(own)
    enclosed.add(own)
    judging = command(own, "autoreply", t("Whether it would be answered by itself"), _autoreply)
    judging.add_argument("id", type=int)


def _count(typed: str) -> int:
    if (count := int(typed)) < 1:
        raise ValueError
    return count


def _import(office: Office, args: argparse.Namespace) -> Answer:
    started = time.monotonic()
    steps = office.inbox.import_paths([path.expanduser() for path in args.paths])
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: ImportReport = end.value
            break
    data = {
        "imported": report.imported,
        "duplicates": report.duplicates,
        "unreadable": [
            {"source": each.source, "reason": each.reason} for each in report.unreadable
        ],
        "skipped": report.skipped,
        "seconds": round(time.monotonic() - started, 3),
    }
    return Answer(data, report_words(report))


def _sync(office: Office, args: argparse.Namespace) -> Answer:
    steps = office.sync.sync(args.account)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            reports: list[SyncReport] = end.value
            break
    rows = [
        {
            "name": each.name,
            "new": each.new,
            "changed": each.changed,
            "removed": each.removed,
            "error": each.error or None,
        }
        for each in reports
    ]
    office.writer(office.first_contact.answer)
    broken = [each.words for each in reports if each.error]
    return Answer(
        {"accounts": rows},
        "\n".join(each.words for each in reports if not each.error),
        "\n".join(broken),
    )


def _list(office: Office, args: argparse.Namespace) -> Answer:
    return _lines(office.inbox.lines(args.label, args.limit))


def _label(office: Office, args: argparse.Namespace) -> Answer:
    done = office.sorting.correct(args.id, label_code(args.label))
    return Answer(_line(done.value), done.words)


def _trust(office: Office, args: argparse.Namespace) -> Answer:
    lift = office.sorting.theirs if args.account else office.sorting.trust
    done = lift(args.id, on=not args.off)
    return Answer(_line(done.value), done.words)


def _sort(office: Office, _args: argparse.Namespace) -> Answer:
    changed = max(office.sorting.sort_again(), default=0)
    return Answer(
        {"changed": changed},
        n("{n} mail has another label", "{n} mails have another label", changed),
    )


def _search(office: Office, args: argparse.Namespace) -> Answer:
    return _lines(office.inbox.search(" ".join(args.query), args.limit))


def _lines(found: list[MailLine]) -> Answer:
    rows = [
        (str(m.id), f"{m.at:%Y-%m-%d %H:%M}", m.sender.shown[:28], m.subject[:60]) for m in found
    ]
    return Answer([_line(mail) for mail in found], table(rows, t("No mails.")))


def _line(mail: MailLine | Mail) -> dict[str, Any]:
    count = mail.attachments if isinstance(mail.attachments, int) else len(mail.attachments)
    return {
        "id": mail.id,
        "thread": mail.thread,
        "from": mail.sender.full,
        "to": ", ".join(each.full for each in mail.to),
        "subject": mail.subject,
        "date": mail.date.isoformat() if mail.date else None,
        "label": mail.label.code or None,
        "label_why": why_words(mail.label) or None,
        "unread": mail.unread,
        "attachments": count,
    }


def _show(office: Office, args: argparse.Namespace) -> Answer:
    mail = office.inbox.mail(args.id)
    data = {
        **_line(mail),
        "text": mail.text,
        "html": mail.html or None,
        "attachments": [
            {"name": each.name, "type": each.type, "bytes": each.bytes} for each in mail.attachments
        ],
        "warnings": [*_warnings(mail), *(note.words for note in mail.notes)],
    }
    head = f"{mail.sender.full}\n{mail.subject}\n{mail.at:%Y-%m-%d %H:%M}\n\n"
    return Answer(data, head + mail.text)


def _warnings(mail: Mail) -> list[str]:
    return (
        [sign_words(each) for each in mail.label.reasons] if mail.label.code == "suspicious" else []
    )


def _draft(office: Office, args: argparse.Namespace) -> Answer:
    steps = office.drafts.draft(args.id, args.tone)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            proposal: Proposal = end.value
            break
    payload = proposal.payload
    data = {
        "text": proposal.draft,
        "by": payload["by"],
        "by_why": payload["by_why"] or None,
        "proposal": proposal.id,
        "blocked": proposal.blocked,
        "findings": [
            {"kind": each.kind, "text": each.text, "why": each.why, "settled": each.settled}
            for each in proposal.findings
        ],
        "to": payload["to"],
        "subject": payload["subject"],
        "language": payload["language"],
        "tone": payload["tone"],
        "why": proposal.why,
        "left_out": payload["left_out"],
        "warnings": payload["warnings"],
        "records": [ref.as_json() for ref in proposal.records],
    }
    said = [*payload["warnings"], *(f"“{each.text}”: {each.why}" for each in proposal.findings)]
    return Answer(data, "\n".join([proposal.draft, *(["", *said] if said else [])]))


def _autoreply(office: Office, args: argparse.Namespace) -> Answer:
    contact = office.first_contact
    found = contact.would(args.id)
    words = t("It would get the first answer") if found.would_answer else t("No automatic answer")
    rest = "" if contact.on else t("First answers are switched off; nothing is sent.")
    data = {
        "would_answer": found.would_answer,
        "why": found.why,
        "on": contact.on,
        "text": contact.words_for(office.inbox.mail(args.id)) if found.would_answer else None,
    }
    return Answer(data, f"{words}: {found.why}.", rest)
