"""Everybody's odd mails, each looked at: nothing crashes, nothing is asked for, nothing is heavy."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from gigdesk.domain.inbox.enclosed import Enclosed
from gigdesk.domain.inbox.mails import reason_words
from gigdesk.ui.tabs.inbox.body import OPENED_MOST
from gigdesk.ui.tabs.inbox.piece import MailPiece
from gigdesk.ui.tabs.inbox.weighing import HEAVIEST, prepared
from gigdesk.worker.mail_reader.markup import TAGS, sanitised
from tests.ui.inbox.test_reading import Listener, listener, shown_raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.services.office import Office

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared_data,
    # Broken pictures are told of by the decoders.
    pytest.mark.qt_log_ignore("JPEG", "marker type", "libpng", extend=True),
]
__all__ = ["listener"]

_PLACE = re.compile(rb"(?:https?:)?//[\w.-]+(?::\d+)?(?=[/\"'\s>?])")
_TAG = re.compile(r"</?([a-z0-9]+)((?: [a-z]+=\"[^\"]*\")*)>")
_SAID = re.compile(r' ([a-z]+)="([^"]*)"')
_QUIET = frozenset(
    "title alt width height colspan rowspan align valign border cellpadding cellspacing start dir lang"
    " class id type".split()
)
_CALLS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
_watching: list[list[str]] = []


def _on_audit(event: str, _args: object) -> None:
    if event in _CALLS and _watching:
        _watching[-1].append(event)


@pytest.fixture
def calls() -> Iterator[list[str]]:
    """Every attempt of this process to reach anybody."""
    if not getattr(sys, "_gigdesk_watched", False):
        sys.addaudithook(_on_audit)
        sys._gigdesk_watched = True  # type: ignore[attr-defined]
    _watching.append([])
    yield _watching[-1]
    _watching.pop()


def rewritten(source: Path, target: Path, place: str) -> None:
    """The same mails, with every web address leading to a listener of ours."""
    for path in source.rglob("*"):
        if path.is_file() and path.stat().st_size < 5_000_000:
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(_PLACE.sub(place.encode(), path.read_bytes()))


def assert_inert(markup: str) -> None:
    """Nothing in it but known elements, said by known words, that lead nowhere by themselves."""
    for piece in re.findall(r"<[^>]*>", markup):
        tag = _TAG.fullmatch(piece)
        assert tag is not None, piece
        assert tag[1] in TAGS, piece
        for name, value in _SAID.findall(tag[2]):
            if name == "src":
                assert re.match(r"cid:|far:\d+$", value), piece
            elif name == "href":
                assert re.match(r"(?:https?|mailto|tel):", value, re.I), piece
            else:
                assert name in _QUIET, piece


def looked_at(piece: MailPiece, mail: Mail, *, plain: bool) -> None:
    """Shown, with each of its folds opened, and its whole text."""
    piece.resize(780, 600)
    piece.lay(HEAVIEST, plain=plain)
    piece.show()
    piece.grab()
    text = piece._text
    assert piece.weight <= HEAVIEST + 500
    if mail.broken is not None:
        assert reason_words(mail.broken) in [each.text() for each in piece.findChildren(QLabel)]
    for number in range(min(3, len(text._folds))):
        text.open_fold(number)
    piece.show_whole()
    piece.hide()
    piece.deleteLater()


def test_all_outsiders_mails_are_shown_and_nobody_hears_of_it(
    office: Office,
    bridge: Desk,
    shared: Path,
    listener: Listener,
    calls: list[str],
    dressed: QApplication,
    tmp_path: Path,
) -> None:
    rewritten(shared / "mail", tmp_path / "mails", listener.place)
    office.writer.use(lambda call: call())
    list(office.inbox.import_paths([tmp_path / "mails"]))
    shown = folded = broken = 0
    for line in office.inbox.lines(limit=10_000):
        mail = office.inbox.mail(line.id)
        assert_inert(mail.html)
        for plain in (False, True) if mail.html else (False,):
            piece = MailPiece(bridge, office, Enclosed(mail.id), mail)
            looked_at(piece, mail, plain=plain)
            shown += 1
        folded += bool(piece._text._folds)
        broken += mail.broken is not None
        dressed.processEvents()
    assert shown > 700
    assert folded > 50
    assert broken >= 1
    assert OPENED_MOST > HEAVIEST
    assert calls == []
    assert listener.hits == 0


def test_the_vectors_of_the_browsers_do_nothing(
    shared: Path, listener: Listener, calls: list[str], dressed: QApplication
) -> None:
    seen = 0
    for folder in ("roundcube+roundcubemail", "jstedfast+MimeKit", "cpython-test_email"):
        for path in (shared / "mail" / folder).rglob("*"):
            if not path.is_file():
                continue
            words = _PLACE.sub(listener.place.encode(), path.read_bytes()[:1_000_000])
            markup = sanitised(words.decode("utf-8", "replace")).html
            assert_inert(markup)
            found = prepared(markup)
            seen += 1
            if found is not None and found.weight <= HEAVIEST:
                shown_raw(found.html).deleteLater()
            dressed.processEvents()
    assert seen > 100
    assert calls == []
    assert listener.hits == 0
