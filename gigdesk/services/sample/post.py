"""The sample's mail: conversations, invoices and questions about them, invitations, all the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import chain, count
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from gigdesk.domain.words import date_text, money_text
from gigdesk.services.sample.letters import Letter, Person, little_pdf, message_id
from gigdesk.services.sample.story import (
    LATER,
    LOCALES,
    WEEKEND,
    Patron,
    dice,
    lately,
    letters,
    owner_zone,
    patrons,
    profile,
    read,
    spread_days,
    working,
    working_day,
)

if TYPE_CHECKING:
    from random import Random

    from gigdesk.services.sample.billing import Bill
    from gigdesk.services.sample.diary import Meeting

# What a year of 400 mails holds besides the conversations; those fill up the rest.
QUESTIONS, INVITATIONS, RECEIPTS, ALERTS, FORMS = 0.02, 0.05, 0.09, 0.04, 0.01
NEWSLETTERS = 0.12
FRESH_DAYS = 2
UNREAD = timedelta(days=4)


@dataclass
class Post:
    """All letters, oldest first, and the subjects that stay on the table."""

    letters: list[Letter] = field(default_factory=list)
    open_subjects: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Other:
    """Somebody the owner writes with."""

    person: Person
    zone: ZoneInfo
    language: str


def write_post(
    seed: int,
    amount: int,
    now: datetime,
    bills: Sequence[Bill],
    meetings: Sequence[Meeting],
    printed: Callable[[Bill], bytes],
) -> Post:
    """Exactly so many letters."""
    desk = _Desk(seed, now, bills, printed)
    post = Post()
    part = amount / 400
    for thread, subject in desk.of_now():
        post.letters += thread
        post.open_subjects.add(subject)
    wanted = [
        desk.strangers(),
        desk.invitations(meetings, round(amount * INVITATIONS)),
        desk.receipts(round(amount * RECEIPTS)),
        desk.alerts(round(amount * ALERTS)),
        desk.forms(round(amount * FORMS)),
        desk.newsletters(round(amount * NEWSLETTERS)),
        desk.invoices(round(300 * part)),
        desk.questions(round(amount * QUESTIONS)),
        desk.conversations(),
    ]
    for thread in chain.from_iterable(wanted):
        if len(post.letters) + len(thread) <= amount:
            post.letters += thread
        elif len(post.letters) >= amount - 4:
            break
    for thread in desk.newsletters(amount - len(post.letters), "fill"):
        post.letters += thread
    post.letters.sort(key=lambda each: (each.at, each.id))
    return post


class _Desk:
    """Writes letters of every kind; each kind throws its own dice."""

    def __init__(
        self, seed: int, now: datetime, bills: Sequence[Bill], printed: Callable[[Bill], bytes]
    ) -> None:
        self._seed, self._now = seed, now.astimezone(owner_zone())
        self._bills, self._printed = bills, printed
        self._me: Person = (str(profile()["name"]), str(profile()["email"]))
        self._first = self._me[0].split(" ")[0]

    # --- conversations --------------------------------------------------------------------------
    def conversations(self) -> Iterator[list[Letter]]:
        """Work with clients, without end."""
        chance = dice(self._seed, "conversations")
        shares = [each.share for each in patrons()]
        for number in count():
            patron = chance.choices(patrons(), shares)[0]
            thread = chance.choice(letters(patron.language)["threads"])
            day = spread_days(chance, self._now, 1, FRESH_DAYS)[0]
            fields = self._fields(patron, project=chance.choice(patron.projects))
            yield self._talk(
                _of(patron), thread, fields, _morning(day, patron.zone, chance), chance,
                f"talk {number}",
            )  # fmt: skip

    def strangers(self) -> Iterator[list[Letter]]:
        """People who are no clients."""
        chance = dice(self._seed, "strangers")
        for number, each in enumerate(read("mails/bulk")["strangers"]):
            day = spread_days(chance, self._now, 1, 20)[0]
            other = _Other((each["name"], each["email"]), owner_zone(), "en")
            thread = {**each, "opens": "client"}
            fields = {"me": self._first}
            yield self._talk(
                other, thread, fields, _morning(day, owner_zone(), chance), chance,
                f"stranger {number}",
            )  # fmt: skip

    def of_now(self) -> Iterator[tuple[list[Letter], str]]:
        """What the last days brought, and the subject it lies on the table under."""
        for number, each in enumerate(read("mails/now")["threads"]):
            patron = next(one for one in patrons() if one.name == each["who"])
            bill = self._bill_of(patron, late=each.get("bill") == "late")
            fields = self._fields(patron, bill)
            subject = each["subject"].format(**fields)
            thread: list[Letter] = []
            for hours, text in each["letters"]:
                mine = text.startswith(">")
                last = (hours, text) == tuple(each["letters"][-1])
                letter = self._letter(
                    _of(patron), subject, text.removeprefix(">").format(**fields),
                    self._now - timedelta(hours=hours), f"now {number}", thread, mine=mine,
                )  # fmt: skip
                if last:
                    unread = not mine and not each.get("read")
                    letter = replace(letter, read=not unread, file=_file(each, subject))
                    letter = self._invited(letter, each, patron)
                thread.append(letter)
            yield thread, subject

    # --- money ----------------------------------------------------------------------------------
    def invoices(self, most: int) -> Iterator[list[Letter]]:
        """Each invoice goes out by mail; some clients say when they pay."""
        chance = dice(self._seed, "invoice letters")
        newest = {bill.id for bill in self._bills[-8:]}
        for bill in self._bills[-most:] if most else ():
            words = letters(bill.patron.language)
            fields = self._fields(bill.patron, bill)
            at = datetime.combine(bill.issued, time(17, 20), owner_zone())
            texts = [chance.choice(words["invoices"])]
            if bill.settled and chance.random() < 0.3:
                texts.append(chance.choice(words["paid"]))
            thread = {"subject": words["invoice_subject"], "opens": "me", "letters": texts}
            made = self._talk(_of(bill.patron), thread, fields, at, chance, f"bill {bill.number}")
            if bill.id in newest and made:
                file = (f"{bill.number}.pdf", self._printed(bill))
                made[0] = replace(made[0], file=file)
            yield made

    def questions(self, most: int) -> Iterator[list[Letter]]:
        """Questions about invoices, by their numbers."""
        chance = dice(self._seed, "questions")
        bills = [bill for bill in self._bills if bill.settled]
        for bill in chance.sample(bills, min(most, len(bills))):
            thread = {
                **chance.choice(letters(bill.patron.language)["questions"]),
                "opens": "client",
            }
            day = bill.issued + timedelta(days=chance.randrange(1, 6))
            at = _morning(working(day), bill.patron.zone, chance)
            fields = self._fields(bill.patron, bill)
            yield self._talk(
                _of(bill.patron), thread, fields, at, chance, f"question {bill.number}"
            )

    def receipts(self, most: int) -> Iterator[list[Letter]]:
        """What was bought for the business."""
        chance = dice(self._seed, "receipts")
        shops = read("mails/bulk")["receipts"]
        for number, day in enumerate(spread_days(chance, self._now, most, 1)):
            shop = shops[number % len(shops)]
            where = LOCALES[shop.get("language", "en")]
            amount = chance.randrange(shop["low"] * 100, shop["high"] * 100)
            fields = {
                "me": self._first,
                "amount": money_text(_cents(amount), shop["currency"], where),
                "month": date_text(day, where, "LLLL"),
            }
            letter = self._bulk(shop, fields, day, chance, f"receipt {number}")
            said = f"{shop['name']}, {fields['amount']}"
            yield [replace(letter, file=(shop["file"], little_pdf(said)))]

    # --- what comes by itself -------------------------------------------------------------------
    def invitations(self, meetings: Sequence[Meeting], most: int) -> Iterator[list[Letter]]:
        """Invitations to meetings that stand in the calendar, some answered."""
        chance = dice(self._seed, "invitations")
        for meeting in chance.sample(list(meetings), min(most, len(meetings))):
            patron = meeting.patron
            words = letters(patron.language)
            texts = [words["meeting"], *([words["meeting_yes"]] if chance.random() < 0.5 else [])]
            thread = {"subject": words["meeting_subject"], "opens": "client", "letters": texts}
            fields = {**self._fields(patron), "title": meeting.title}
            day = working(meeting.start.date() - timedelta(days=chance.randrange(3, 12)))
            at = _morning(day, patron.zone, chance)
            made = self._talk(_of(patron), thread, fields, at, chance, f"invite {meeting.uid}")
            if made:
                made[0] = replace(made[0], calendar=meeting.invitation(self._me, at))
            yield made

    def alerts(self, most: int) -> Iterator[list[Letter]]:
        """Boards that send new jobs."""
        chance = dice(self._seed, "alerts")
        boards = read("mails/bulk")["alerts"]
        for number, day in enumerate(lately(chance, self._now, most)):
            board = boards[number % len(boards)]
            chosen = chance.sample(board["lines"], 3)
            text = "\n".join(f"- {line}" for line in chosen)
            fields = {"n": str(chance.randrange(3, 14))}
            yield [self._bulk({**board, "text": text}, fields, day, chance, f"alert {number}")]

    def forms(self, most: int) -> Iterator[list[Letter]]:
        """Messages through the form of the owner's website."""
        chance = dice(self._seed, "forms")
        (form,) = read("mails/bulk")["forms"]
        for number, day in enumerate(lately(chance, self._now, most)):
            text = form["texts"][number % len(form["texts"])]
            yield [self._bulk({**form, "text": text}, {}, day, chance, f"form {number}")]

    def newsletters(self, most: int, run: str = "") -> Iterator[list[Letter]]:
        """Letters to many, with a page and a picture that is not fetched."""
        chance = dice(self._seed, f"newsletters {run}")
        papers = read("mails/bulk")["newsletters"]
        for number, day in enumerate(lately(chance, self._now, most)):
            paper = papers[number % len(papers)]
            title, text = paper["issues"][number // len(papers) % len(paper["issues"])]
            host = paper["email"].partition("@")[2]
            letter = self._bulk(
                {**paper, "subject": title, "text": text}, {}, day, chance, f"paper {run} {number}"
            )
            page = (
                f'<html><body><img src="https://pictures.{host}/{number}.png" width="600">'
                f"<h2>{title}</h2><p>{text}</p>"
                f'<p><a href="https://{host}/read/{number}">{paper["name"]}</a></p></body></html>'
            )
            headers = (
                f"List-Id: {paper['name']} <{paper['list']}>",
                f"List-Unsubscribe: <https://{host}/leave/{number}>",
            )
            yield [replace(letter, html=page, headers=headers)]

    # --- one letter -----------------------------------------------------------------------------
    def _talk(
        self, other: _Other, thread: dict[str, Any], fields: dict[str, str], at: datetime,
        chance: Random, key: str,
    ) -> list[Letter]:  # fmt: skip
        """A conversation from `at` on; what would be written later than now is left out."""
        mine = thread["opens"] == "me"
        subject = thread["subject"].format(**fields)
        made: list[Letter] = []
        for text in thread["letters"]:
            if at > self._now:
                break
            letter = self._letter(other, subject, text.format(**fields), at, key, made, mine=mine)
            made.append(letter)
            mine = not mine
            zone = owner_zone() if mine else other.zone
            at = _office_hours(at + timedelta(minutes=chance.randrange(40, 2400)), zone, chance)
        if made and "attach" in thread:
            made[0] = replace(made[0], file=_file(thread, subject))
        return made

    def _letter(
        self, other: _Other, subject: str, text: str, at: datetime, key: str,
        before: list[Letter], *, mine: bool,
    ) -> Letter:  # fmt: skip
        sender, to = (self._me, other.person) if mine else (other.person, self._me)
        zone = owner_zone() if mine else other.zone
        if before:
            subject = f"Re: {subject}"
            text = f"{text}\n\n{_quote(before[-1], other)}"
        return Letter(
            sender, to, subject, text, at.astimezone(zone).replace(microsecond=0),
            message_id(sender, self._seed, key, len(before)), tuple(each.id for each in before),
        )  # fmt: skip

    def _bulk(
        self, source: dict[str, Any], fields: dict[str, str], day: date, chance: Random, key: str
    ) -> Letter:
        sender = (source["name"], source["email"])
        at = datetime.combine(
            day, time(6 + chance.randrange(14), chance.randrange(60)), owner_zone()
        )
        at -= timedelta(days=at > self._now)
        return Letter(
            sender, self._me, source["subject"].format(**fields), source["text"].format(**fields),
            at.replace(microsecond=0), message_id(sender, self._seed, key), read=self._now - at > UNREAD,
        )  # fmt: skip

    def _invited(self, letter: Letter, each: dict[str, Any], patron: Patron) -> Letter:
        from gigdesk.services.sample.diary import near_meeting

        if "invite" not in each:
            return letter
        meeting = near_meeting(self._seed, self._now, each["invite"]["title"], patron)
        return replace(letter, calendar=meeting.invitation(self._me, letter.at))

    def _bill_of(self, patron: Patron, *, late: bool) -> Bill | None:
        today = self._now.date()
        mine = [bill for bill in self._bills if bill.patron is patron]
        if late:
            mine = [bill for bill in mine if not bill.settled and bill.due < today] or mine
        return mine[-1] if mine else None

    def _fields(
        self, patron: Patron, bill: Bill | None = None, project: str = ""
    ) -> dict[str, str]:
        now, where = self._now, patron.locale
        fields = {
            "me": self._first,
            "first": patron.first,
            "project": project,
            "next": date_text(working_day(now, 0), where, "EEEE"),
            "third": date_text(working_day(now, 3), where, "EEEE"),
            "later": date_text((now + LATER).date(), where, "d MMMM"),
        }
        if bill is not None:
            fields |= {
                "project": bill.project,
                "number": bill.number,
                "amount": money_text(bill.amount, patron.currency, patron.locale),
                "due": date_text(bill.due, patron.locale),
            }
        return fields


def _of(patron: Patron) -> _Other:
    return _Other((patron.contact, patron.email), patron.zone, patron.language)


def _quote(letter: Letter, other: _Other) -> str:
    words = letters(other.language)["quote"]
    day = date_text(letter.at.date(), LOCALES[other.language])
    # Of an answer only what it adds: its own quotation is its last paragraph.
    own = letter.text.rsplit("\n\n", 1)[0] if letter.answers else letter.text
    quoted = "\n".join(f"> {line}".rstrip() for line in own.splitlines())
    return f"{words.format(day=day, name=letter.sender[0])}\n{quoted}"


def _file(thread: dict[str, Any], subject: str) -> tuple[str, bytes] | None:
    name = thread.get("attach")
    return (name, little_pdf(subject)) if name else None


def _cents(amount: int) -> Any:
    from decimal import Decimal

    return Decimal(amount).scaleb(-2)


def _morning(day: date, zone: ZoneInfo, chance: Random) -> datetime:
    return datetime.combine(day, time(9 + chance.randrange(8), chance.randrange(60)), zone)


def _office_hours(at: datetime, zone: ZoneInfo, chance: Random) -> datetime:
    """The same moment, or the next working morning of that place."""
    here = at.astimezone(zone)
    if here.hour >= 18:
        here = datetime.combine(here.date() + timedelta(days=1), time(9), zone)
    while here.weekday() >= WEEKEND:
        here = datetime.combine(here.date() + timedelta(days=1), time(9), zone)
    if here.hour < 9:
        here = here.replace(hour=9)
    return here + timedelta(minutes=chance.randrange(30))
