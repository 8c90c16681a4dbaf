"""The pictures of mails that lie elsewhere, asked for after the person's word: https only, no cookies,
nothing said of who asks, and never into one's own network, wherever a server sends us."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from gigdesk.domain.errors import Trouble
from gigdesk.domain.inbox.far import (
    LARGEST,
    LARGEST_ALL,
    MOST,
    REDIRECTS,
    SECONDS_ALL,
    SECONDS_EACH,
    FarPicture,
)
from gigdesk.domain.inbox.leaving import is_public, may_be_asked
from gigdesk.domain.inbox.links import host_of

if TYPE_CHECKING:
    from gigdesk.gateways.net import Gate
    from gigdesk.gateways.web import Getting, WebAnswer

_ACCEPT = "image/png,image/jpeg,image/gif,image/webp"
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_MOVED = frozenset({301, 302, 303, 307, 308})


class FarPictures:
    """Asks for pictures. `seconds` is how long one and all of them may take."""

    def __init__(
        self,
        gate: Gate,
        may_ask: Callable[[str], bool] = may_be_asked,
        seconds: tuple[float, float] = (SECONDS_EACH, SECONDS_ALL),
    ) -> None:
        self._gate, self._may_ask = gate, may_ask
        self._each, self._all = seconds

    def load(self, places: Sequence[str], why: str) -> Iterator[FarPicture]:
        """Host by host, each over one connection. What is no picture or does not come is left out;
        nothing is asked of a host that was silent once."""
        numbered = sorted(enumerate(places[:MOST]), key=lambda each: host_of(each[1]))
        end, room = time.monotonic() + self._all, LARGEST_ALL
        for _, group in groupby(numbered, key=lambda each: host_of(each[1])):
            for picture in self._of_host(list(group), why, end):
                room -= len(picture.data)
                if room < 0:
                    return
                yield picture

    def _of_host(
        self, numbered: Sequence[tuple[int, str]], why: str, end: float
    ) -> Iterator[FarPicture]:
        if not self._may_ask(numbered[0][1]):
            return
        line = self._line(numbered[0][1], why)
        try:
            for number, place in numbered:
                left = end - time.monotonic()
                if left <= 0 or not self._may_ask(place):
                    return
                answer = line.get(place, _ACCEPT, LARGEST, min(self._each, left))
                data = self._whole(answer, place, why, end)
                if is_picture(data):
                    yield FarPicture(number, data)
        except Trouble:
            return  # it is shown as not there; the line offers to try again
        finally:
            line.close()

    def _whole(self, answer: WebAnswer, place: str, why: str, end: float) -> bytes:
        """The answer's bytes, after the places it sends us to, each looked at as the first was."""
        for _ in range(REDIRECTS):
            if answer.status_code not in _MOVED or not answer.location:
                break
            place = urljoin(place, answer.location)
            left = end - time.monotonic()
            if left <= 0 or not self._may_ask(place):
                return b""
            line = self._line(place, why)
            try:
                answer = line.get(place, _ACCEPT, LARGEST, min(self._each, left))
            except Trouble:
                return b""
            finally:
                line.close()
        return answer.body if answer.status_code == 200 else b""

    def _line(self, place: str, why: str) -> Getting:
        from gigdesk.gateways.web import Getting  # and with it all of HTTP, which few mails need

        return Getting(self._gate, place, ("inbox", why), self._may_meet)

    def _may_meet(self, address: str) -> bool:
        """A name of the open network may lead into the house: it is looked at once it is known."""
        return is_public(address) or self._may_ask is not may_be_asked


def is_picture(data: bytes) -> bool:
    """Whether bytes begin as a picture does, whatever they are called."""
    return data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
