"""`make pictures`: every screen of a fixed desk, light and dark, empty and sample, into out/pictures.

The same code gives the same pictures: fixed seed, instant and size, the fonts we bring, no display.
The few that the README shows are kept, made small, under resources/pictures.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SIZE = (1440, 900)
SMALL = (1024, 640)
SEED = 1
THEMES = ("light", "dark")
DESKS = ("empty", "sample")
# What the README shows: name of the picture -> name of the kept file.
README = {
    "sample-today-light": "today-light",
    "sample-today-dark": "today-dark",
    "sample-inbox-light": "inbox",
    "sample-leads-light": "leads",
    "sample-calendar-light": "calendar",
    "sample-invoices-light": "invoices",
}
MOST_BYTES = 200_000
FREQUENT = 160


def make_desk(home: Path, kind: str) -> Office:
    """An open desk of this kind."""
    from gigdesk.app import open_office
    from gigdesk.services.sample.filling import fill

    office = open_office(home, ask=lambda _question: "only for pictures", now=lambda: NOW)
    if kind == "sample":
        for _ in fill(office, SEED):
            pass
    office.settings.set("motion", "off")
    return office


def pictures_of(office: Office, theme: str) -> Iterator[tuple[str, QImage]]:
    """Every screen of this desk in this theme."""
    with _window(office, theme, SIZE) as (window, desk):
        for name, image in _tabs(window, desk):
            yield name, image
        for name, image in _floating(window, desk):
            yield name, image
        for name, image in _composer(window, desk):
            yield name, image
    with _window(office, theme, SMALL) as (window, desk):
        for name, image in _tabs(window, desk):
            yield f"{name}-small", image


def openings(theme: str) -> Iterator[tuple[str, QImage]]:
    """The small window before a desk is open."""
    from gigdesk.domain.errors import Locked
    from gigdesk.domain.ports import KeyQuestion
    from gigdesk.domain.words import t
    from gigdesk.ui.opening import Opening

    _wear(theme)
    asks = KeyQuestion("new passphrase", t("Choose a passphrase for your desk"))
    locked = Locked(t("The keyring stays locked"), t("Nothing was changed. Unlock it, try again."))
    shows: dict[str, Callable[[Opening], None]] = {
        "opening-passphrase": lambda opening: opening.ask(asks),
        "opening-locked": lambda opening: opening.trouble(locked),
        "opening-sample": lambda opening: opening.making(t("Bringing in mail"), 260, 630),
    }
    for name, show in shows.items():
        opening = Opening()
        show(opening)
        _spin(60)
        yield name, _grab(opening)
        opening.hide()
        opening.deleteLater()


def make_all(folder: Path) -> list[Path]:
    """All of them as files; the folder is made anew."""
    _start()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = []
    with tempfile.TemporaryDirectory(prefix="gigdesk-pictures-") as homes:
        for kind in DESKS:
            office = make_desk(Path(homes) / kind, kind)
            try:
                for theme in THEMES:
                    for name, image in pictures_of(office, theme):
                        made.append(_save(image, folder / f"{kind}-{name}-{theme}.png"))
            finally:
                office.close()
    for theme in THEMES:
        for name, image in openings(theme):
            made.append(_save(image, folder / f"{name}-{theme}.png"))
    return made


def keep_for_readme(folder: Path, kept: Path) -> list[Path]:
    """Smaller copies of those the README shows, in 256 colours of their own."""
    from PySide6.QtGui import QImage

    kept.mkdir(parents=True, exist_ok=True)
    made = []
    for name, short in README.items():
        image = QImage(str(folder / f"{name}.png"))
        if image.isNull():
            continue
        small = _in_few_colours(image)
        path = _save(small, kept / f"{short}.png")
        if path.stat().st_size > MOST_BYTES:
            raise SystemExit(f"{path} has {path.stat().st_size} bytes, {MOST_BYTES} are the most")
        made.append(path)
    return made


def main() -> int:
    """Make all and say where they are."""
    folder = ROOT / "out" / "pictures"
    made = make_all(folder)
    kept = keep_for_readme(folder, ROOT / "resources" / "pictures")
    sys.stdout.write(f"{len(made)} pictures in {folder}, {len(kept)} for the README\n")
    return 0


# --- the window ---------------------------------------------------------------------------------
@contextmanager
def _window(office: Office, theme: str, size: tuple[int, int]) -> Iterator[tuple[Window, Desk]]:
    from gigdesk.background.desk import Desk
    from gigdesk.ui.session import TABS
    from gigdesk.ui.window import Window

    _wear(theme)
    office.settings.set("theme", theme)
    desk = Desk()
    failures: list[Exception] = []
    desk.failed.connect(failures.append)
    office.writer.use(desk.write)
    window = Window(desk, office, TABS)
    window.sample.offer(ways=window.sample.here)
    window.resize(*size)
    window.show()
    try:
        yield window, desk
    finally:
        window.hide()
        desk.close()
        window.deleteLater()
        _spin(20)
    if failures:
        raise failures[0]


def _tabs(window: Window, desk: Desk) -> Iterator[tuple[str, QImage]]:
    from gigdesk.ui.session import TABS

    for at, tab in enumerate(TABS):
        window.go(at)
        _settle(desk)
        yield tab.name.lower(), _grab(window)


def _floating(window: Window, desk: Desk) -> Iterator[tuple[str, QImage]]:
    window.go(0)
    _settle(desk)
    palette = window.over.seek(window.commands())
    palette.type("falkenau")
    _spin(150)
    _settle(desk)
    yield "palette", _grab(window)
    palette.close_it()
    sheets: dict[str, Callable[[], object]] = {
        "ledger": window.over.ledger, "keys": window.keys, "notices": window.over.notices,
        "outbox": window.over.outbox,
    }  # fmt: skip
    for name, show in sheets.items():
        show()
        _settle(desk)
        yield name, _grab(window)
        window.over._fold()
        _settle(desk)
    dialogs: dict[str, Callable[[], None]] = {
        "settings": window.settings, "profile": window.profile,
        "accounts": partial(window.settings, at="accounts"), "account": partial(_account, window),
    }  # fmt: skip
    for name, show in dialogs.items():
        show()
        _settle(desk)
        dialog = _shown_dialog(window)
        yield name, _over(window, dialog)
        dialog.close()
        _settle(desk)


def _composer(window: Window, desk: Desk) -> Iterator[tuple[str, QImage]]:
    """An answer begun, or where there is no mail a new one; nothing of it is kept."""
    from gigdesk.ui.tabs.inbox.tab import InboxPage

    page = window.go(1)
    assert isinstance(page, InboxPage)
    _settle(desk)
    page.reply() if page._can_answer() else page.write()
    _settle(desk)
    yield "composer", _grab(window)
    page.read_on()
    _settle(desk)


def _account(window: Window) -> None:
    """An account half set up: the provider is known, the password is asked for."""
    from gigdesk.ui.accounts.dialog import AccountDialog

    window.account()
    form = next(each for each in window.findChildren(AccountDialog) if each.isVisible())
    form._address.setText("nino@gmail.com")
    form._on_address()


def _shown_dialog(window: Window) -> QWidget:
    from PySide6.QtWidgets import QDialog

    return next(each for each in window.findChildren(QDialog) if each.isVisible())


def _over(window: QWidget, dialog: QWidget) -> QImage:
    """A dialog as it stands over the window."""
    from PySide6.QtGui import QPainter

    from gigdesk.ui.theme.look import colour

    image, above = _grab(window), _grab(dialog)
    painter = QPainter(image)
    left, top = (image.width() - above.width()) // 2, (image.height() - above.height()) // 2
    painter.drawImage(left, top, above)
    painter.setPen(colour("edge"))
    painter.drawRect(left - 1, top - 1, above.width() + 1, above.height() + 1)
    painter.end()
    return image


# --- Qt -----------------------------------------------------------------------------------------
def _start() -> None:
    from PySide6.QtWidgets import QApplication

    from gigdesk.ui.theme.look import look

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["gigdesk"])
    look.start(app, bundled=True)


def _wear(theme: str) -> None:
    from PySide6.QtWidgets import QApplication

    from gigdesk.ui.theme.look import look

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look.wear(app, theme, 1.0)
    look.motion = False


def _settle(desk: Desk) -> None:
    """Until nothing is read, changed or fetched any more, some rounds in a row."""
    from gigdesk.domain.topics import Changed, Topic

    for _ in range(4):
        landed: list[object] = []
        desk.ask(lambda: None, then=landed.append)
        desk.do(lambda: Changed(None, Topic.NONE), then=landed.append)
        desk.fetch(lambda: None, then=landed.append)
        for _turn in range(2000):
            _spin(5)
            if len(landed) == 3:
                break
        _spin(20)


def _spin(milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _grab(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def _in_few_colours(image: QImage) -> QImage:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I"))
    # The frequent ones as they are; of the rare ones one for each part of the colour space.
    found = [colour | 0xFF000000 for colour, _ in counted.most_common()]
    table = found[:FREQUENT]
    parts = {colour & 0xE0E0E0 for colour in table}
    for colour in found[FREQUENT:]:
        if colour & 0xE0E0E0 not in parts and len(table) < 256:
            parts.add(colour & 0xE0E0E0)
            table.append(colour)
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, flags)


def _save(image: QImage, path: Path) -> Path:
    # Quality 0 is the smallest file, not the worst picture: PNG loses nothing.
    if not image.save(str(path), "PNG", 0):  # type: ignore[call-overload]
        raise SystemExit(f"{path} cannot be written")
    return path


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ |= {"LC_ALL": "en_GB.UTF-8", "TZ": "Asia/Tbilisi"}
    sys.exit(main())
