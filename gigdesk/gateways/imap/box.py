"""One account's mail on its IMAP server, while the connection lasts."""

from __future__ import annotations

import contextlib
import re
import select
import socket
import time
from collections.abc import Generator, Iterator, Sequence
from datetime import UTC, datetime
from imaplib import IMAP4
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Unreachable
from gigdesk.domain.inbox.folders import (
    Head,
    Mark,
    Marks,
    ServerFolder,
    ServerMail,
    Since,
    Standing,
)
from gigdesk.domain.words import t
from gigdesk.gateways.imap.ahead import ahead
from gigdesk.gateways.imap.answers import fetched, instant, marks, marks_of, number, ranges, sets
from gigdesk.gateways.imap.folders import folders_of
from gigdesk.gateways.imap.wire import Client, logged_in, spoken
from gigdesk.worker.mail_reader.headers import message_ids

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account, Secret
    from gigdesk.gateways.net import CountedSocket, Gate

LARGEST = 64 * 1024 * 1024
_BEGINNING = 64 * 1024
_BATCH_MAILS, _BATCH_BYTES = 200, 4_000_000
_SIZES_AT_ONCE = 2000
_MARKS = {Mark.SEEN: "\\Seen", Mark.FLAGGED: "\\Flagged"}
_APPENDED = re.compile(rb"APPENDUID \d+ (\d+)", re.I)
_ID = re.compile(rb"^message-id[ \t]*:(.*(?:\r?\n[ \t].*)*)", re.I | re.M)
_NEWS = re.compile(rb"\* (?:\d+ (?:EXISTS|EXPUNGE|FETCH|RECENT)|VANISHED)", re.I)
_SLICE_SECONDS = 30.0
SILENCE_SECONDS = 30.0


class ImapServers:
    """Opens mail boxes through the gate. A server that is silent for longer is given up."""

    def __init__(self, gate: Gate, silence: float = SILENCE_SECONDS) -> None:
        self._gate, self.silence = gate, silence

    @contextlib.contextmanager
    def open(self, account: Account, secret: Secret, why: str) -> Iterator[ImapBox]:
        """Connect, make it private, log in; log out at the end."""
        endpoint = account.imap
        if endpoint is None:
            raise Unreachable(
                t("{name} has no server to fetch from", name=account.name),
                t("Complete the account in the settings."),
            )
        talk = self._gate.open(endpoint.host, endpoint.port, account.name, why)
        try:
            client = logged_in(talk, account, endpoint, secret, self.silence)
            with ImapBox(client, talk, endpoint.host) as box:
                yield box
                box.leave()
        except BaseException:
            talk.failed()
            raise
        finally:
            talk.close()


class ImapBox:
    """A mail box over one connection."""

    def __init__(self, client: Client, talk: CountedSocket, host: str) -> None:
        self._client, self._talk, self._host = client, talk, host
        with spoken(host):
            self.capabilities = client.can_after_login()
            if "ID" in self.capabilities:
                # Some servers let nobody in who does not say what program they are.
                with contextlib.suppress(IMAP4.error):
                    client.id_({"name": "GigDesk"})
            self._enabled = self._enable()
        self._ears, self._bell = socket.socketpair()

    def __enter__(self) -> ImapBox:
        return self

    def __exit__(self, *_: object) -> None:
        self._ears.close()
        self._bell.close()

    def leave(self) -> None:
        """Say good-bye."""
        with contextlib.suppress(Exception):
            self._client.logout()

    def folders(self) -> list[ServerFolder]:
        """All folders that can be opened, with their roles."""
        with spoken(self._host):
            return folders_of(self._client)

    def create(self, folder: str) -> None:
        """Make a folder."""
        with spoken(self._host):
            self._client.create_folder(folder)
            self._client.subscribe_folder(folder)

    def state(self, folder: str) -> Standing:
        """How a folder that is not opened stands."""
        asked = ["MESSAGES", "UIDNEXT", "UIDVALIDITY"]
        asked += ["HIGHESTMODSEQ"] if self._counts else []
        with spoken(self._host):
            said = self._client.folder_status(folder, asked)
            return Standing(
                int(said.get(b"UIDVALIDITY") or 0),
                int(said.get(b"MESSAGES") or 0),
                int(said.get(b"UIDNEXT") or 0),
                int(said.get(b"HIGHESTMODSEQ") or 0),
            )

    def select(self, folder: str, since: Since | None = None) -> Standing:
        """Open a folder; where the server can, told what changed since."""
        quick = since is not None and since.modseq > 0 and "QRESYNC" in self._enabled
        with spoken(self._host):
            wire = self._client.wire
            wire.untagged_responses = {}
            name = self._client._normalise_folder(folder).decode("ascii")
            options = ""
            if quick and since is not None:
                options = (
                    f"(QRESYNC ({since.uidvalidity} {since.modseq} 1:{max(1, since.last_uid)}))"
                )
            elif self._counts and not self._enabled:
                options = "(CONDSTORE)"
            self._client.command("SELECT", name, *([options] if options else []))
            wire.state = "SELECTED"
            said = wire.untagged_responses
            changed = marks_of(said.pop("FETCH", [])) if quick else {}
            return Standing(
                _first(said, "UIDVALIDITY"),
                _first(said, "EXISTS"),
                _first(said, "UIDNEXT"),
                _first(said, "HIGHESTMODSEQ") if self._counts else 0,
                quick,
                ranges(said.pop("VANISHED", [])) if quick else (),
                tuple(changed.items()),
            )

    def marks(self, uids: Sequence[int]) -> dict[int, Marks]:
        """The marks of these mails; those that are not there are left out."""
        found: dict[int, Marks] = {}
        with spoken(self._host):
            for wanted, words in sets(uids, 5000):
                allowed = set(wanted)
                known = marks_of(self._fetch(words, "(UID FLAGS)"))
                found.update((uid, each) for uid, each in known.items() if uid in allowed)
        return found

    def all_marks(self, after: int = 0, since: int = 0) -> dict[int, Marks]:
        """The marks of all mails above a UID; only of those changed after a modseq."""
        more = (f"(CHANGEDSINCE {since})",) if since and self._counts else ()
        with spoken(self._host):
            found = marks_of(self._fetch(f"{after + 1}:*", "(UID FLAGS)", *more))
            return {uid: each for uid, each in found.items() if uid > after}

    def heads(self, uids: Sequence[int]) -> dict[int, Head]:
        """Enough of these mails to know them again."""
        found: dict[int, Head] = {}
        with spoken(self._host):
            for wanted, words in sets(uids, _SIZES_AT_ONCE):
                allowed = set(wanted)
                data = self._fetch(
                    words, "(UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
                )
                for each in fetched(data):
                    if each[b"UID"] in allowed and b"RFC822.SIZE" in each:
                        found[number(each[b"UID"])] = _head(each)
        return found

    def mails(self, uids: Sequence[int]) -> Generator[list[ServerMail], None, None]:
        """These mails whole, in batches, in this order, fetched ahead."""
        order = list(dict.fromkeys(uids))
        return ahead(lambda: self._coming(order), self.hang_up)

    def mark(self, uids: Sequence[int], mark: Mark, *, on: bool) -> None:
        """Set or take off a mark."""
        way = "+FLAGS.SILENT" if on else "-FLAGS.SILENT"
        with spoken(self._host):
            for _, words in sets(uids, 1000):
                self._client.command("UID", "STORE", words, way, f"({_MARKS[mark]})")

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move in one step."""
        self._each_set("MOVE", uids, folder)

    def copy(self, uids: Sequence[int], folder: str) -> None:
        """Put a copy into another folder."""
        self._each_set("COPY", uids, folder)

    def remove(self, uids: Sequence[int]) -> None:
        """Delete these alone, or where that cannot be said only mark them."""
        with spoken(self._host):
            for _, words in sets(uids, 1000):
                self._client.command("UID", "STORE", words, "+FLAGS.SILENT", "(\\Deleted)")
                if "UIDPLUS" in self.capabilities:
                    self._client.command("UID", "EXPUNGE", words)

    def append(self, folder: str, raw: bytes, *, seen: bool, draft: bool = False) -> int | None:
        """Put a mail into a folder; its UID where the server tells."""
        flags = [*(["\\Seen"] if seen else []), *(["\\Draft"] if draft else [])]
        with spoken(self._host):
            said = self._client.append(folder, raw, flags, datetime.now(UTC))
            found = _APPENDED.search(said) if isinstance(said, bytes) else None
            return int(found[1]) if found else None

    def find(self, folder: str, message_id: str) -> list[int]:
        """Open a folder and look for this Message-ID in it; the UIDs."""
        self.select(folder)
        with spoken(self._host):
            return [int(uid) for uid in self._client.search(["HEADER", "Message-ID", message_id])]

    def idle(self, seconds: float) -> bool:
        """Wait until something changes in the opened folder, `wake` is called, or the time is over."""
        try:
            if "IDLE" not in self.capabilities:
                self._listen([self._ears], seconds)
                return False
            with spoken(self._host):
                return self._idle(seconds)
        finally:
            self._drain()

    def wake(self) -> None:
        """End `idle`, from any thread."""
        with contextlib.suppress(OSError):
            self._bell.send(b"!")

    def hang_up(self) -> None:
        """End the connection, from any thread; whatever is under way ends in trouble."""
        with contextlib.suppress(OSError):
            self._talk.shutdown(socket.SHUT_RDWR)

    # --- beneath --------------------------------------------------------------------------------
    @property
    def _counts(self) -> bool:
        """Whether the server counts changes."""
        return bool({"CONDSTORE", "QRESYNC"} & self.capabilities)

    def _enable(self) -> frozenset[str]:
        wanted = [each for each in ("CONDSTORE", "QRESYNC") if each in self.capabilities]
        if not wanted or "ENABLE" not in self.capabilities:
            return frozenset()
        done = self._client.enable(*wanted)
        return frozenset(each.decode("ascii", "replace").upper() for each in done)

    def _fetch(self, words: str, what: str, *more: str) -> list[Any]:
        self._client.wire.untagged_responses.pop("FETCH", None)
        self._client.command("UID", "FETCH", words, what, *more)
        return self._client.wire.untagged_responses.pop("FETCH", [])

    def _each_set(self, verb: str, uids: Sequence[int], folder: str) -> None:
        name = self._client._normalise_folder(folder).decode("ascii")
        with spoken(self._host):
            for _, words in sets(uids, 1000):
                self._client.command("UID", verb, words, name)

    def _coming(self, uids: list[int]) -> Iterator[list[ServerMail]]:
        with spoken(self._host):
            for at in range(0, len(uids), _SIZES_AT_ONCE):
                part = uids[at : at + _SIZES_AT_ONCE]
                sizes = self._sizes(part)
                for batch in _batches([uid for uid in part if uid in sizes], sizes):
                    yield self._given(batch, sizes)

    def _given(self, batch: list[int], sizes: dict[int, int]) -> list[ServerMail]:
        """What of a batch the server gives. One mail that it refuses does not hold up the others."""
        try:
            return self._whole(batch, sizes)
        except IMAP4.abort:
            raise
        except IMAP4.error:
            half = len(batch) // 2
            if not half:
                return []
            return [*self._given(batch[:half], sizes), *self._given(batch[half:], sizes)]

    def _sizes(self, uids: list[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        wanted = set(uids)
        for _, words in sets(uids, _SIZES_AT_ONCE):
            for each in fetched(self._fetch(words, "(UID RFC822.SIZE)")):
                if each[b"UID"] in wanted and b"RFC822.SIZE" in each:
                    found[number(each[b"UID"])] = number(each[b"RFC822.SIZE"])
        return found

    def _whole(self, batch: list[int], sizes: dict[int, int]) -> list[ServerMail]:
        large = sizes[batch[0]] > LARGEST
        body = f"BODY.PEEK[]<0.{_BEGINNING}>" if large else "BODY.PEEK[]"
        found: dict[int, ServerMail] = {}
        for _, words in sets(batch, _BATCH_MAILS):
            for each in fetched(self._fetch(words, f"(UID FLAGS INTERNALDATE {body})")):
                uid = number(each[b"UID"])
                raw = each.get(b"BODY[]<0>" if large else b"BODY[]")
                if uid in sizes and isinstance(raw, bytes):
                    found[uid] = ServerMail(
                        uid,
                        raw,
                        sizes[uid],
                        marks(_bytes(each.get(b"FLAGS"))),
                        instant(each.get(b"INTERNALDATE")),
                        whole=len(raw) == (_BEGINNING if large else sizes[uid]),
                        large=large,
                    )
        return [found[uid] for uid in batch if uid in found]

    def _idle(self, seconds: float) -> bool:
        wire = self._client.wire
        tag = wire._command("IDLE")
        if wire._get_response() is not None:
            raise wire.abort("no answer to IDLE")
        end, news = time.monotonic() + seconds, False
        while not news and (rest := end - time.monotonic()) > 0:
            if wire.waiting:
                news = _NEWS.match(wire._get_line()) is not None
            elif self._ears in self._listen([self._talk, self._ears], min(rest, _SLICE_SECONDS)):
                break
        wire.send(b"DONE\r\n")
        self._client._consume_until_tagged_response(tag, "IDLE")
        return news

    def _listen(self, places: list[socket.socket], seconds: float) -> list[socket.socket]:
        """Which of them has something to say, within this time. A machine that slept meanwhile has
        no connection any more, whatever it believes."""
        began = time.time()
        heard = select.select(places, [], [], seconds)[0]
        if time.time() - began > seconds + _SLICE_SECONDS:
            raise TimeoutError
        if self._talk in heard and not self._client.wire.waiting:
            self._client.wire._more()
        return list(heard)

    def _drain(self) -> None:
        self._ears.setblocking(False)
        with contextlib.suppress(OSError):
            self._ears.recv(100)


def _first(said: dict[str, Any], name: str) -> int:
    """A number of SELECT's answer; 0 when it is missing. Of several the last counts."""
    found = said.get(name)
    return int(found[-1]) if found else 0


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def _head(item: dict[bytes, Any]) -> Head:
    header = next((each for name, each in item.items() if name.startswith(b"BODY[")), b"")
    found = _ID.search(_bytes(header))
    ids = message_ids(found[1].decode("ascii", "surrogateescape")) if found else ()
    return Head(
        ids[0] if ids else "", number(item[b"RFC822.SIZE"]), marks(_bytes(item.get(b"FLAGS")))
    )


def _batches(uids: Sequence[int], sizes: dict[int, int]) -> Iterator[list[int]]:
    batch: list[int] = []
    room = _BATCH_BYTES
    for uid in uids:
        size = sizes[uid]
        if batch and (len(batch) >= _BATCH_MAILS or size > room or size > LARGEST):
            yield batch
            batch, room = [], _BATCH_BYTES
        batch.append(uid)
        room -= size
        if size > LARGEST:
            yield batch
            batch, room = [], _BATCH_BYTES
    if batch:
        yield batch
