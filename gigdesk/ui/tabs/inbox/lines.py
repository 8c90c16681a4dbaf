"""Conversations and found mails as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from gigdesk.domain.inbox.labels import label_words
from gigdesk.domain.inbox.mails import Label, MailLine, Section, Thread
from gigdesk.domain.inbox.warnings import bank_sign
from gigdesk.domain.words import date_text, t


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A row of the list."""

    thread: int
    sender: str
    subject: str
    snippet: str
    time: str
    label: str = ""
    kind: str = "plain"
    unread: bool = False
    count: int = 1
    mark: str = ""
    mark_role: str = "faint"

    def __str__(self) -> str:
        unread = t("Unread. ") if self.unread else ""
        drafted = t(" A draft waits.") if self.mark == "pencil" else ""
        return f"{unread}{self.sender}: {self.subject}. {self.label}. {self.time}.{drafted}"


def line_of_thread(
    thread: Thread, zone: ZoneInfo, now: datetime, *, drafted: bool = False
) -> ThreadLine:
    """A conversation; the pencil where a draft waits for the person's word."""
    waiting = thread.section is Section.WAITING
    mark = "clock" if waiting else ("paperclip" if thread.attachments else "")
    return ThreadLine(
        thread=thread.id,
        sender=_people(thread),
        subject=thread.subject or subject_words(broken=thread.broken),
        snippet=f"{t('You: ')}{thread.snippet}" if thread.mine_last else thread.snippet,
        time=when(thread.at, zone, now),
        label=_label(thread.label, broken=thread.broken),
        kind=_kind(thread.label, broken=thread.broken),
        unread=bool(thread.unread),
        count=thread.count,
        mark="pencil" if drafted else mark,
        mark_role="pencil" if drafted else "faint",
    )


def _people(thread: Thread) -> str:
    if thread.own:
        return t("To {people}", people=thread.people)
    return thread.people or t("Sender unknown")


def line_of_mail(mail: MailLine, zone: ZoneInfo, now: datetime) -> ThreadLine:
    """A found mail."""
    return ThreadLine(
        thread=mail.thread,
        sender=mail.sender.shown or t("Sender unknown"),
        subject=mail.subject or subject_words(broken=mail.broken),
        snippet=mail.snippet,
        time=when(mail.at, zone, now),
        label=_label(mail.label, broken=mail.broken),
        kind=_kind(mail.label, broken=mail.broken),
        unread=mail.unread,
        mark="paperclip" if mail.attachments else "",
    )


def _label(label: Label, *, broken: bool) -> str:
    """What a row says of it; that it is nothing in particular is said when it is read."""
    if broken:
        return t("Broken")
    return label_words(label) if label.code != "other" else ""


def _kind(label: Label, *, broken: bool) -> str:
    """A warning is a state, and has its colour: red where money may go elsewhere."""
    if broken or bank_sign(label) is not None:
        return "bad"
    return "warn" if label.code == "suspicious" else "plain"


def subject_words(*, broken: bool) -> str:
    """What stands for a subject that is not there."""
    return t("This mail could not be read") if broken else t("No subject")


def when(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """The time today, the weekday this week, else the date."""
    here, today = at.astimezone(zone), now.astimezone(zone).date()
    days = (today - here.date()).days
    if days == 0:
        return f"{here:%H:%M}"
    if 0 < days < 7:
        return date_text(here.date(), form="EEE")
    if here.year == today.year:
        return date_text(here.date(), form="d MMM")
    return date_text(here.date(), form="MMM y")
