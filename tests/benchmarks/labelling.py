"""How well mails are sorted: the judging set in labels/ (see its README), read and judged as they would be
on a desk that knows what its desk.json says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.domain.inbox.labels import Known, domains_of
from gigdesk.domain.inbox.sorting.judging import CHOICES, judged
from gigdesk.domain.inbox.wording.reading import folded
from gigdesk.worker.mail_reader.parsing import parsed
from tests.benchmarks.figures import Figure

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import ParsedMail
    from tests.benchmarks.ground import Ground

PLACE = Path(__file__).parent / "labels"
LANGUAGES = ("en", "de", "fr", "es", "it", "others")
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_BUILT = {"content-type", "mime-version", "content-transfer-encoding"}


@dataclass(frozen=True)
class Case:
    """A mail of the set, what it is, and what it was taken for. `held` are those that were not looked
    at while the rules were made."""

    id: str
    language: str
    held: bool
    label: str
    signs: tuple[str, ...]
    got: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """Of one label: right among those given it, right among those that have it."""

    label: str
    given: int
    there: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def known() -> Known:
    """What the desk of the set knows."""
    desk = json.loads((PLACE / "desk.json").read_text("utf-8"))
    clients = {
        person["address"].lower(): client["name"]
        for client in desk["clients"]
        for person in client["people"]
    }
    people = {
        folded(person["name"]): client["name"]
        for client in desk["clients"]
        for person in client["people"]
    }
    friends = {folded(each["name"]): "" for each in desk["correspondents"]}
    domains = {host: client["name"] for client in desk["clients"] for host in client["domains"]}
    assert set(domains) <= set(domains_of(clients))
    own = desk["address"].rpartition("@")[2]
    return Known(
        mine=frozenset({desk["address"]}),
        clients=clients,
        numbers={number.casefold(): number for number in desk["invoices_issued"]},
        domains=domains,
        people={**friends, **people},
        acquainted=frozenset(each["address"] for each in desk["correspondents"]),
        accounts={each["name"]: {each["iban"]: _LONG_AGO} for each in desk["clients"]},
        own_accounts=frozenset({desk["iban"]}),
        own_hosts=frozenset({own}),
        hosts=frozenset({*domains, own}),
    )


def cases(desk: Known | None = None) -> Iterator[Case]:
    """Every mail of the set, judged."""
    desk = desk or known()
    for language in LANGUAGES:
        lines = (PLACE / f"{language}.jsonl").read_text("utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            told = json.loads(line)
            found = judged(mail_of(told), desk)
            yield Case(
                told["id"],
                language,
                bool(number % 2),
                told["label"],
                tuple(told["phishing"]),
                found.label.code,
                tuple(f"{each.code} {each.detail}".strip() for each in found.label.reasons),
            )


def mail_of(told: dict[str, Any]) -> ParsedMail:
    """The mail as it would come, read by the reading child's own code."""
    message = EmailMessage()
    headers = {name: value for name, value in told["headers"].items() if name.lower() not in _BUILT}
    for name, value in headers.items():
        message[name] = value
    hint = told["headers"].get("Content-Type", "")
    rich = told.get("html")
    message.set_content(rich or told.get("text", ""), subtype="html" if rich else "plain")
    attached = list(told.get("attachments", ()))
    if told.get("invitation") and not any("calendar" in each.get("type", "") for each in attached):
        attached.append({"name": "invite.ics", "type": "text/calendar"})
    for each in attached:
        _attach(message, each["name"], each.get("type") or "application/octet-stream", hint)
    if "multipart/report" in hint:
        _as_report(message)
    return parsed(message.as_bytes())


def _as_report(message: EmailMessage) -> None:
    if not message.is_multipart():
        message.make_mixed()
    message.replace_header("Content-Type", "multipart/report; report-type=delivery-status")


def _attach(message: EmailMessage, name: str, type_: str, hint: str) -> None:
    kind, _, sub = type_.partition("/")
    if sub == "calendar":
        message.add_attachment(_calendar(hint), "text", sub, filename=name,
                               params={"method": _method(hint)})  # fmt: skip
    else:
        message.add_attachment(b"-", kind, sub or "octet-stream", filename=name)


def _method(hint: str) -> str:
    return "CANCEL" if "CANCEL" in hint else "REQUEST"


def _calendar(hint: str) -> bytes:
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{_method(hint)}\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def scores(found: Sequence[Case]) -> list[Score]:
    """One for each label."""
    given = Counter(each.got for each in found)
    there = Counter(each.label for each in found)
    right = Counter(each.label for each in found if each.got == each.label)
    return [Score(each, given[each], there[each], right[each]) for each in CHOICES]


def macro_f1(found: Sequence[Case]) -> float:
    """The mean over the labels, each counting the same."""
    return sum(each.f1 for each in scores(found)) / len(CHOICES)


def missed_accounts(found: Sequence[Case]) -> list[Case]:
    """Changed bank details that raised no alarm."""
    return [each for each in found if "bank-details" in each.signs and each.got != "suspicious"]


def false_alarms(found: Sequence[Case]) -> list[Case]:
    """Honest mails taken for fraud."""
    return [each for each in found if each.got == "suspicious" and each.label != "suspicious"]


def measure(_ground: Ground) -> list[Figure]:
    """Judge the set, print its tables, and sum it up."""
    found = list(cases())
    halves = {
        "all": found,
        "looked at": [each for each in found if not each.held],
        "held out": [each for each in found if each.held],
    }
    for name, some in halves.items():
        print(f"\nlabels, {name}: {len(some)} mails\n{_table(some)}")
    print("\n" + _confusion(found))
    print("\nmacro-F1 by language: " + ", ".join(
        f"{each} {macro_f1([case for case in found if case.language == each]):.2f}"
        for each in LANGUAGES[:-1]
    ))  # fmt: skip
    return [figure for name, some in halves.items() for figure in _figures(name, some)]


def _figures(name: str, some: Sequence[Case]) -> Iterator[Figure]:
    frauds = [each for each in some if each.label == "suspicious"]
    caught = sum(each.got == "suspicious" for each in frauds)
    right = sum(each.got == each.label for each in some)
    yield Figure(f"labels right, {name}", right, f"of {len(some)}")
    yield Figure(f"macro-F1, {name}", macro_f1(some), "")
    yield Figure(f"frauds found, {name}", caught, f"of {len(frauds)}")
    yield Figure(f"false alarms, {name}", len(false_alarms(some)), f"of {len(some) - len(frauds)}")
    yield Figure(f"changed bank details missed, {name}", len(missed_accounts(some)), "", aim="0")


def _table(some: Sequence[Case]) -> str:
    rows = [f"{'label':<14}{'mails':>6}{'precision':>11}{'recall':>8}{'F1':>7}"]
    rows += [
        f"{each.label:<14}{each.there:>6}{each.precision:>11.2f}{each.recall:>8.2f}{each.f1:>7.2f}"
        for each in scores(some)
    ]
    rows.append(f"{'mean':<14}{len(some):>6}{'':>19}{macro_f1(some):>7.2f}")
    return "\n".join(rows)


def _confusion(some: Sequence[Case]) -> str:
    """Rows are what a mail is, columns what it was taken for."""
    counts = Counter((each.label, each.got) for each in some)
    rows = ["is \\ taken for".ljust(16) + "".join(each[:8].rjust(9) for each in CHOICES)]
    rows += [
        label.ljust(16) + "".join(str(counts[label, got] or ".").rjust(9) for got in CHOICES)
        for label in CHOICES
    ]
    return "\n".join(rows)
