"""Mails by the thousand, the same for the same seed: our own words, about 4.3 kB each."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

_WORDS = (
    "invoice meeting project design review schedule budget offer client studio website launch "
    "colour logo typeface contract deadline payment account transfer question answer thanks "
    "monday tuesday wednesday proposal scope estimate travel berlin tbilisi york hours rate "
    "feedback version file attached find draft next week call agenda notes minutes report "
    "figures quarter the and for with from about before after until because whether"
).split()
_START = datetime(2025, 11, 24, 8, tzinfo=UTC)


def mails(count: int, seed: int) -> Iterator[bytes]:
    """That many mails of 300 people over a year, two thirds of them answers."""
    chance = random.Random(seed)
    recent: list[str] = []
    for at in range(count):
        who = chance.randrange(300)
        key = f"<{seed}.{at}@post.example>"
        answers = chance.choice(recent) if recent and chance.random() < 0.66 else ""
        recent = [*recent[-200:], key]
        moment = _START + timedelta(seconds=at * 31_536_000 // count)
        head = [
            f"From: Person {who} <person{who}@client{who % 40}.example>",
            "To: Me <me@desk.example>",
            f"Subject: {' '.join(chance.choices(_WORDS, k=5))}",
            f"Date: {format_datetime(moment)}",
            f"Message-ID: {key}",
            *([f"In-Reply-To: {answers}", f"References: {answers}"] if answers else []),
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
        ]
        lines = [" ".join(chance.choices(_WORDS, k=12)) for _ in range(chance.randint(5, 105))]
        yield "\n".join([*head, "", *lines, ""]).encode()


def write_mbox(path: Path, count: int, seed: int) -> None:
    """All of them in one mbox."""
    with path.open("wb") as file:
        for mail in mails(count, seed):
            file.write(b"From post@example Mon Nov 24 08:00:00 2025\n" + mail + b"\n")


def write_maildir(folder: Path, count: int, seed: int) -> None:
    """One file each, as a mail program leaves them."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for at, mail in enumerate(mails(count, seed)):
        (folder / "cur" / f"{1_700_000_000 + at}.M{at}.post:2,S").write_bytes(mail)
