"""A mail's own pictures: taken out in the reading child, decoded off the UI thread, within limits."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from gigdesk.domain.errors import Trouble
from gigdesk.ui.tabs.inbox.weighing import WIDEST

if TYPE_CHECKING:
    from gigdesk.domain.inbox.enclosed import Enclosed
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.services.office import Office

MOST_PICTURES = 20
LARGEST = 20_000_000  # bytes, all pictures of a mail together
MOST_PIXELS = 25_000_000
ALL_PIXELS = 40_000_000  # of a mail, as they are kept: four bytes each
_KINDS = frozenset({b"png", b"jpeg", b"jpg", b"gif", b"webp", b"bmp"})
_NAMED = re.compile(r'<img[^>]* src="cid:([^"]{1,600})"')


def named_pictures(mail: Mail) -> dict[str, int]:
    """The pictures the HTML names and the mail holds: as they are named, to their numbers."""
    held = {each.cid: each for each in mail.attachments if each.cid}
    found: dict[str, int] = {}
    room = LARGEST
    for name in dict.fromkeys(_NAMED.findall(mail.html)):
        plain = html.unescape(name)
        part = held.get(plain) or held.get(unquote(plain))
        if part is not None and part.bytes <= room and len(found) < MOST_PICTURES:
            found[plain] = part.number
            room -= part.bytes
    return found


def pictures_of(office: Office, place: Enclosed, named: dict[str, int]) -> dict[str, QImage]:
    """Each picture that can be had, no wider than the column."""
    found = Album()
    for name, number in named.items():
        try:
            image = decoded(office.attachments.content(place.inside(number)))
        except Trouble:
            continue  # its place stays empty; the file itself can still be saved
        found.keep(name, image)
    return found


class Album(dict[str, QImage]):
    """Pictures by their names, as many as may be kept together."""

    def __init__(self) -> None:
        super().__init__()
        self._room = ALL_PIXELS

    def keep(self, name: str, image: QImage | None) -> None:
        """One more, if it is one and there is room."""
        size = image.width() * image.height() if image is not None else 0
        if image is not None and size <= self._room:
            self._room -= size
            self[name] = image


def decoded(data: bytes) -> QImage | None:
    """A picture of the usual kinds, scaled while it is read; None when it is none or a bomb."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    kind, size = bytes(reader.format().data()), reader.size()
    if kind not in _KINDS or not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return None
    if size.width() > WIDEST:
        whole = QSize(WIDEST, 10 * size.height())
        reader.setScaledSize(size.scaled(whole, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
