"""Syncing over a line that fails and lies, while mails come, are read, put away and moved on both sides.

Each fault strikes one connection at random, from a seed that is told when something is wrong. After it a
round over a good line has to bring server and desk together: nothing lost, nothing doubled, no mail other
than as it was sent. `make test` does 30, `make soak` as many as GIGDESK_SOAK says.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from gigdesk.services.office import Office
from tests import dovecot as kinds
from tests.dovecot import Dovecot, Elsewhere, Kind, running
from tests.proxy import Fault, Proxy
from tests.services.sync.conftest import Post, letter

FAULTS = int(os.environ.get("GIGDESK_SOAK", "30"))
FIRST_SEED = 20261124
FOLDERS = ("INBOX", "Archive", "Sent")


@dataclass
class Lot:
    """One mail as it has to be in the end."""

    raw: bytes
    folder: str = "INBOX"
    flags: set[str] = field(default_factory=set)


class Campaign:
    """Both sides, and what each has done."""

    def __init__(self, post: Post, other: Elsewhere, proxy: Proxy, chance: random.Random) -> None:
        self.post, self.other, self.proxy, self.chance = post, other, proxy, chance
        self.lots: dict[str, Lot] = {}
        self.number = 0

    def arrive(self, count: int) -> None:
        """Mails come in."""
        for _ in range(count):
            self.number += 1
            size = self.chance.choice([1, 1, 20, 400])
            body = f"word{self.number} " + "lorem ipsum dolor " * size
            raw = letter(self.number, body=body)
            folder = self.chance.choice(["INBOX"] * 5 + ["Sent"])
            self.other.put(raw, folder)
            self.lots[f"{self.number}@post.example"] = Lot(raw, folder)

    def act(self) -> None:
        """Something happens on either side, each to a mail of its own."""
        known = [each for each, lot in self.lots.items() if lot.folder == "INBOX"]
        self.chance.shuffle(known)
        acts = [self.read_there, self.flag_there, self.move_there, self.read_here, self.away_here]
        for act, key in zip(acts, known, strict=False):
            if self.chance.random() < 0.5:
                act(key)

    def read_there(self, key: str) -> None:
        self.other.mark(self.uid(key), "\\Seen")
        self.lots[key].flags.add("\\Seen")

    def flag_there(self, key: str) -> None:
        self.other.mark(self.uid(key), "\\Flagged")
        self.lots[key].flags.add("\\Flagged")

    def move_there(self, key: str) -> None:
        self.other.move(self.uid(key), "Archive")
        self.lots[key].folder = "Archive"

    def read_here(self, key: str) -> None:
        thread = self.thread(key)
        if thread:
            self.post.office.inbox.mark_read(thread)
            self.lots[key].flags.add("\\Seen")

    def away_here(self, key: str) -> None:
        thread = self.thread(key)
        if not thread or self.post.office.inbox.thread(thread)[0].put_away:
            return
        done = self.post.office.inbox.put_away(thread)
        if done.undo is not None and self.chance.random() < 0.3:
            done.undo()
        else:
            self.lots[key].folder = "Archive"

    def uid(self, key: str) -> int:
        self.other.open("INBOX")
        _, found = self.other.imap.uid("SEARCH", "HEADER", "Message-ID", f"<{key}>")
        return int(found[0].split()[0])

    def thread(self, key: str) -> int:
        hits = self.post.office.inbox.search(f"word{key.partition('@')[0]}")
        return hits[0].thread if hits else 0

    def together(self) -> None:
        """Over a good line server and desk become the same; two rounds, for what was refused."""
        for _ in range(4):
            self.post.sync()
            if not self.post.office.sync.waits():
                break
        self.post.sync()
        wanted = {
            folder: {key: lot.flags for key, lot in self.lots.items() if lot.folder == folder}
            for folder in FOLDERS
        }
        assert self.on_server() == wanted
        assert self.on_desk() == wanted
        office = self.post.office
        assert office.inbox.total() == len(self.lots)
        in_list = {f"Letter {key.partition('@')[0]}" for key, lot in self.lots.items()
                   if lot.folder == "INBOX"}  # fmt: skip
        assert set(self.post.subjects()) == in_list

    def on_server(self) -> dict[str, dict[str, set[str]]]:
        found: dict[str, dict[str, set[str]]] = {}
        for folder in FOLDERS:
            ids = self.other.ids(folder)
            assert len(set(ids)) == len(ids), (
                f"doubled on the server: {Counter(ids).most_common(1)}"
            )
            flags = self.other.flags(folder)
            self.other.open(folder)
            _, said = self.other.imap.uid(
                "FETCH", "1:*", "(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
            )
            found[folder] = {}
            for line in (each for each in said if isinstance(each, tuple)):
                uid = int(line[0].split(b"UID ")[1].split()[0])
                key = line[1].decode().partition("<")[2].partition(">")[0]
                found[folder][key] = flags[uid] & {"\\Seen", "\\Flagged"}
        return found

    def on_desk(self) -> dict[str, dict[str, set[str]]]:
        conn = self.post.office.inbox._shelf._db.read().conn
        rows = conn.execute(
            "SELECT f.name, m.message_id, m.unread, m.flagged, m.id, m.gone FROM mail_places p"
            " JOIN mail_folders f ON f.id = p.folder JOIN messages m ON m.id = p.message"
        ).fetchall()
        found: dict[str, dict[str, set[str]]] = {folder: {} for folder in FOLDERS}
        for folder, key, unread, flagged, row, gone in rows:
            assert not gone, f"{key} lies on the server and is hidden here"
            assert key not in found[folder], f"{key} lies twice in {folder}"
            flags = {*(["\\Seen"] if not unread else []), *(["\\Flagged"] if flagged else [])}
            found[folder][key] = flags
            raw = self.post.office.inbox.raw(row)
            assert _same(raw) == _same(self.lots[key].raw), f"{key} is not as it was sent"
        (words,) = conn.execute("SELECT count(*) FROM mail_words").fetchone()
        assert words == self.post.office.inbox.total()
        return found


def _same(raw: bytes) -> str:
    return hashlib.sha256(raw.replace(b"\r\n", b"\n").strip()).hexdigest()


@pytest.fixture(params=[Kind(), Kind(kinds.NO_CONDSTORE.replace(" MOVE", ""))], ids=["new", "old"])
def server(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    with running(request.param) as made:
        yield made


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_bad_line_loses_and_doubles_nothing(office: Office, server: Dovecot) -> None:
    faults: list[Fault] = []
    proxy = Proxy(server, lambda: faults.pop() if faults else None)
    post = Post(office, server)
    office.sync._servers.silence = 1.5  # type: ignore[attr-defined]
    try:
        with server.elsewhere(post.user) as other:
            post.join(port=proxy.port)
            campaign = Campaign(post, other, proxy, random.Random(FIRST_SEED))
            campaign.arrive(30)
            for at in range(FAULTS // 2):
                seed = FIRST_SEED + at
                chance = campaign.chance = random.Random(seed)
                campaign.arrive(chance.randrange(4))
                campaign.act()
                faults[:] = [Fault.some(chance)]
                kind = faults[0].kind
                try:
                    post.tried()
                    campaign.act()
                    faults.clear()
                    campaign.together()
                except BaseException as error:
                    error.add_note(f"seed {seed}, {kind}, happened {proxy.happened}")
                    raise
    finally:
        proxy.close()
    assert len(proxy.happened) > FAULTS // 6, "the faults have struck"
