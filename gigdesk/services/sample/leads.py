"""The sample's leads in the shapes their sources have: a table, Remote OK's JSON, a feed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from gigdesk.services.sample.story import dice, lately, owner_zone, read

if TYPE_CHECKING:
    from random import Random

SHAPES = ("csv", "csv", "remote_ok", "wwr")
BOARDS = ("Gigboard", "Fernwerk", "Freehand Jobs")
# How old a lead is before it has come to an end, and how it ended.
SETTLED_DAYS = 12
ENDS = {"dismissed": 62, "applied": 9, "lost": 9, "ghosted": 8, "won": 6, "interview": 4}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeadFile:
    """A file to bring in, and the source it is from where the file does not say it."""

    name: str
    content: bytes
    source: str = ""


def write_leads(seed: int, amount: int, now: datetime) -> list[LeadFile]:
    """Exactly so many leads, in three files."""
    near = [_near(each, now) for each in read("leads")["near"]][:amount]
    offers = [*near, *_drawn(dice(seed, "leads"), now, amount - len(near))]
    shaped = {shape: [each for each in offers if each["shape"] == shape] for shape in SHAPES}
    return [
        LeadFile("leads.csv", _table(shaped["csv"])),
        LeadFile("remote-ok.json", _remote_ok(shaped["remote_ok"])),
        LeadFile("feed.rss", _feed(shaped["wwr"]), "We Work Remotely"),
    ]


def end_of(chance: Random, age: timedelta) -> str:
    """What became of a lead of this age; nothing while it is fresh."""
    if age.days < SETTLED_DAYS:
        return ""
    return chance.choices(tuple(ENDS), tuple(ENDS.values()))[0]


def _near(each: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {**each, "posted": now - timedelta(hours=each["hours"]), "number": each["hours"]}


def _drawn(chance: Random, now: datetime, amount: int) -> list[dict[str, Any]]:
    roles, companies = read("leads")["roles"], read("leads")["companies"]
    pairs = [(role, company) for role in roles for company in companies]
    chance.shuffle(pairs)
    found = []
    for number, day in enumerate(lately(chance, now, amount)):
        role, company = pairs[number % len(pairs)]
        # More leads than there are roles and companies: the same company's next branch.
        turn = number // len(pairs)
        client = f"{company} {turn + 1}" if turn else company
        posted = datetime.combine(day, datetime.min.time(), owner_zone())
        posted += timedelta(hours=7, minutes=chance.randrange(600))
        found.append(
            {
                "shape": chance.choice(SHAPES),
                "source": chance.choice(BOARDS),
                "title": role["title"].format(company=client),
                "text": role["text"].format(company=client),
                "client": client,
                "pay": chance.choice(role["pay"]),
                "skills": role["skills"],
                "posted": min(posted, now - timedelta(hours=50)),
                "number": 1000 + number,
            }
        )
    return found


def _table(offers: list[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["title", "text", "url", "pay", "skills", "client", "posted", "source"])
    for each in offers:
        writer.writerow(
            [
                each["title"], each["text"], _address(each, "jobs.gigboard.example"), each["pay"],
                ", ".join(each["skills"]), each["client"], each["posted"].isoformat(),
                each["source"],
            ]
        )  # fmt: skip
    return out.getvalue().encode()


def _remote_ok(offers: list[dict[str, Any]]) -> bytes:
    head = {"last_updated": 0, "legal": "Made up for a sample."}
    jobs = [
        {
            "id": str(each["number"]),
            "slug": str(each["number"]),
            "epoch": int(each["posted"].timestamp()),
            "date": each["posted"].isoformat(timespec="seconds"),
            "company": each["client"],
            "position": each["title"],
            "tags": each["skills"],
            "description": f"<p>{escape(_with_pay(each))}</p>",
            "salary_min": 0,
            "salary_max": 0,
            "url": _address(each, "remote.example"),
        }
        for each in offers
    ]
    return json.dumps([head, *jobs], ensure_ascii=False).encode()


def _feed(offers: list[dict[str, Any]]) -> bytes:
    items = "".join(
        f"<item><title>{escape(each['client'])}: {escape(each['title'])}</title>"
        f"<link>{_address(each, 'remotely.example')}</link>"
        f"<guid>{_address(each, 'remotely.example')}</guid>"
        f"<pubDate>{format_datetime(each['posted'])}</pubDate>"
        f"<description>{escape(f'<p>{_with_pay(each)}</p>')}</description></item>"
        for each in offers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        "<title>Remote design jobs</title><link>https://remotely.example</link>"
        f"<description>Made up for a sample.</description>{items}</channel></rss>"
    ).encode()


def _with_pay(each: dict[str, Any]) -> str:
    pay = each.get("pay", "")
    return f"{each['text']} Pay: {pay}." if pay else str(each["text"])


def _address(each: dict[str, Any], host: str) -> str:
    return f"https://{host}/{each['number']}"
