"""The sidebar: find or do, the bell, the tabs, and what is always true at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from gigdesk.domain.words import n, t
from gigdesk.ui.kit.layout import panel, row, stack
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.rows import Rows, TabRow, listing
from gigdesk.ui.kit.words import Button, Pressable
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u
from gigdesk.ui.theme.paint import box, glyph, ring, text

RAIL = 56


@dataclass(frozen=True, slots=True)
class TabLine:
    """A tab as the sidebar draws it."""

    name: str
    mark: str
    count: int = 0
    alarm: bool = False

    def __str__(self) -> str:
        return t("{name}, {n} waiting", name=self.name, n=self.count) if self.count else self.name


class FootLine(Pressable):
    """A mark and a line at the foot; a click shows what is behind it."""

    def __init__(self, mark: str, role: str, name: str) -> None:
        super().__init__()
        self._mark, self._role = mark, role
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A line and some air."""
        return QSize(RAIL - 16, u(24))

    def say(self, words: str) -> None:
        """Show these words; in the rail they are the tool tip."""
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """It is a button: it answers the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The mark alone in the rail, else with its words."""
        p, area = QPainter(self), QRectF(self.rect())
        if self.underMouse():
            box(p, area, "hover")
        rail = self.width() < u(80)
        left = area.center().x() - 7 if rail else area.left() + 12
        glyph(p, QRectF(left, area.center().y() - 7, 14, 14), self._mark, self._role)
        if not rail:
            text(p, area.adjusted(32, 0, -4, 0), self.text(), tokens.CAPTION, "soft")
        if self.hasFocus():
            ring(p, area)


class MailFoot(FootLine):
    """How fetching mail stands; a click fetches. It is there once there is an account."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__("mail", "soft", t("Mail"))
        self.setObjectName("mail-foot")
        self.clicked.connect(self.wanted)
        self.hide()

    def tell(self, words: str, alarm: bool) -> None:
        """Show these words, or nothing; `alarm` when somebody should look."""
        self._role = "warn" if alarm else "soft"
        self.say(words)
        self.setVisible(bool(words))

    def commands(self) -> list[Command]:
        """What the window can do with it."""
        return [Command(t("Fetch mail"), "F5", "mail", self.wanted.emit)]


class Bell(Button):
    """Opens the notification centre; a dot says that something new is in it."""

    def __init__(self) -> None:
        super().__init__(t("Notices"), "Ctrl+B", "quiet", "bell", bare=True)
        self._unseen = 0

    def show_unseen(self, count: int) -> None:
        """So many notices were not looked at."""
        self._unseen = count
        words = n("{n} new notice", "{n} new notices", count) if count else t("Notices")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bell and its dot."""
        super().paintEvent(event)
        if self._unseen:
            p, centre = QPainter(self), QRectF(self.rect()).center()
            box(p, QRectF(centre.x() + 2, centre.y() - 10, 7, 7), "accent", radius=3.5)


class Sidebar(QFrame):
    """Where one goes and what waits there."""

    chosen = Signal(int)
    sought = Signal()
    rung = Signal()
    asked = Signal(str)  # which line of the foot: ledger, model, outbox

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._lines = Rows()
        self.tabs = listing(self._lines, TabRow, t("Tabs"))
        self._find = Button(t("Find or do"), "Ctrl+K", "plain", "search")
        self._find.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._find.setMinimumWidth(32)
        self._find.clicked.connect(self.sought)
        self.bell = Bell()
        self.bell.clicked.connect(self.rung)
        self._foot = {
            "ledger": FootLine("shield-check", "good", t("What left this machine")),
            "model": FootLine("cpu", "soft", t("The model")),
            "outbox": FootLine("send", "soft", t("The outbox")),
        }
        for name, line in self._foot.items():
            line.setObjectName(f"{name}-foot")
            line.clicked.connect(partial(self.asked.emit, name))
        self._top = row(self._find, self.bell, gap=2, margins=(12, 14, 6, 10))
        top = panel("", self._top)
        self.mail = MailFoot()
        foot = stack(self.mail, *self._foot.values(), gap=0, margins=(8, 8, 8, 12))
        self.setLayout(stack(top, self.tabs, foot, gap=0))
        self.tabs.selectionModel().currentChanged.connect(self._on_chosen)

    @property
    def at(self) -> int:
        """The chosen tab, -1 before any was."""
        return self.tabs.currentIndex().row()

    def choose(self, at: int) -> None:
        """Choose a tab as if clicked."""
        if self.at != at:
            self.tabs.setCurrentIndex(self._lines.index(at, 0))

    def show_lines(self, lines: Sequence[TabLine]) -> None:
        """The tabs and what waits in them; the choice stays."""
        kept = self.at
        blocked = self.tabs.selectionModel().blockSignals(True)
        self._lines.show(lines)
        if kept >= 0:
            self.tabs.setCurrentIndex(self._lines.index(kept, 0))
        self.tabs.selectionModel().blockSignals(blocked)

    def show_foot(self, lines: Sequence[str]) -> None:
        """Ledger, model, outbox."""
        for line, words in zip(self._foot.values(), lines, strict=True):
            line.say(words)

    def narrow(self, rail: bool) -> None:
        """A rail of icons, or the whole."""
        self.setFixedWidth(RAIL if rail else u(tokens.SIDEBAR))
        self._top.setDirection(
            self._top.Direction.TopToBottom if rail else self._top.Direction.LeftToRight
        )

    def _on_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(now.row())
