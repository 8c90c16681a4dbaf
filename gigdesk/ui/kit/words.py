"""Words, lines, chips, buttons, segments and grounds: the pieces every tab is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QLayout, QSizePolicy, QWidget

from gigdesk.ui.theme import tokens as t
from gigdesk.ui.theme.look import font, u
from gigdesk.ui.theme.paint import LEFT, RIGHT, box, chip, glyph, ring, text, width

_MARKS = {"Return": "↵", "Enter": "↵", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def key_words(key: str) -> str:
    """A shortcut as the platform says it: Ctrl K, Ctrl ↵; on a Mac ⌘K."""
    native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    parts = [part or "+" for part in native.split("+")] if len(native) > 1 else [native]
    return " ".join(_MARKS.get(part, part) for part in parts)


class Words(QLabel):
    """Text of the scale, in a role."""

    def __init__(
        self,
        words: str = "",
        size: int = t.BODY,
        ink: str = "ink",
        weight: int = t.REGULAR,
        *,
        wrap: bool = False,
        figures: bool = False,
    ) -> None:
        super().__init__(words)
        self.setFont(font(size, weight, figures=figures))
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


class Line(QWidget):
    """One line that gives way: it ends in … and says itself whole in its tool tip."""

    def __init__(self, words: str, size: int = t.BODY, ink: str = "soft") -> None:
        super().__init__()
        self._said = words, size, ink
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setMinimumSize(u(40), u(size + 7))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, words: str, ink: str = "") -> None:
        """Show other words."""
        self._said = words, self._said[1], ink or self._said[2]
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        text(QPainter(self), self.rect(), *self._said)


class Pressable(QAbstractButton):
    """A button of ours: Enter presses it as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class Chip(Pressable):
    """A label, a record, a state. Clickable where it leads to a record."""

    def __init__(
        self,
        words: str,
        kind: str = "plain",
        mark: str | None = None,
        open_it: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if open_it else Qt.FocusPolicy.NoFocus)
        if open_it is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(open_it)
        self._words, self._kind, self._mark = words, kind, mark
        self.setAccessibleName(words)
        self.setFixedHeight(u(20))
        self.setMaximumWidth(width(words, t.CAPTION, t.MEDIUM) + 13 + (u(17) if mark else 0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def minimumSizeHint(self) -> QSize:
        return QSize(u(40), u(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        chip(
            QPainter(self),
            0,
            self.height() / 2,
            self._words,
            self._kind,
            mark=self._mark,
            room=self.width(),
        )
        if self.hasFocus():
            ring(QPainter(self), self.rect(), t.CHIP)


class Button(Pressable):
    """One look for all buttons. `kind`: primary (one per screen), plain, quiet. Says its key."""

    def __init__(
        self,
        words: str,
        key: str = "",
        kind: str = "plain",
        mark: str | None = None,
        *,
        bare: bool = False,
    ) -> None:
        super().__init__()  # bare: only the icon is drawn; the words stay as name and tool tip
        self._kind, self._mark = kind, mark
        self._key = key_words(key)
        self.setText("" if bare else words)
        self.setAccessibleName(words)
        self.setToolTip(f"{words}  {self._key}" if key else words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click never steals the list's focus
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        hint = width(self._key, t.CAPTION) + t.S if self._key and self.text() else 0
        return self.minimumSizeHint() + QSize(hint, 0)

    def minimumSizeHint(self) -> QSize:
        """Where room is short the key's hint is the first to go."""
        inner = width(self.text(), t.BODY, t.MEDIUM) if self.text() else 0
        inner += (t.ICON + (6 if self.text() else 0)) if self._mark else 0
        return QSize(inner + (24 if self.text() else 12), u(t.CONTROL_H))

    def say(self, words: str) -> None:
        """Show other words."""
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(f"{words}  {self._key}" if self._key else words)
        self.updateGeometry()
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The ground changes under the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, area = QPainter(self), QRectF(self.rect())
        main, over, tight = (
            self._kind == "primary",
            self.underMouse(),
            self.width() < self.minimumSizeHint().width(),
        )
        said = "" if tight and self._mark else self.text()  # in the rail the icon speaks alone
        if not self.isEnabled():
            main, over = False, False
        fill = {
            "primary": ("accent_hover" if over else "accent") if main else "chosen",
            "plain": "hover" if over else "paper",
        }.get(self._kind, "hover" if over else None)
        box(p, area, fill, "line" if self._kind == "plain" else None)
        off = not self.isEnabled()
        ink, hint = ("on_accent", "on_accent") if main else ("faint" if off else "ink", "faint")
        hinted = self.width() >= self.sizeHint().width()
        # Where the hint gave way, its room is no hole at the right.
        spare = 0 if hinted else max(0, self.width() - self.minimumSizeHint().width()) / 2
        x = area.left() + (12 + spare if said else (area.width() - t.ICON) / 2)
        if self._mark:
            role = ink if main else "soft"
            glyph(p, QRectF(x, area.center().y() - t.ICON / 2, t.ICON, t.ICON), self._mark, role)
            x += t.ICON + 6
        if said:
            text(p, QRectF(x, 0, area.right() - x, area.height()), said, t.BODY, ink, t.MEDIUM)
            if hinted:
                text(p, area.adjusted(0, 0, -11, 0), self._key, t.CAPTION, hint, align=RIGHT)
        if self.hasFocus():
            ring(p, area)


class Segments(QWidget):
    """A filter: one of a few, each with its count. Left and Right move. `name` says of what."""

    picked = Signal(int)

    def __init__(self, name: str, items: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self._items: Sequence[tuple[str, int]] = items
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setFixedHeight(u(28))
        self._tell()

    @property
    def at(self) -> int:
        """Which is chosen."""
        return self._at

    def show_counts(self, counts: Sequence[int]) -> None:
        """The number beside each; 0 shows none."""
        self._items = [(name, count) for (name, _), count in zip(self._items, counts, strict=True)]
        self._tell()
        self.updateGeometry()
        self.update()

    def pick(self, at: int) -> None:
        """Choose one."""
        if at != self._at:
            self._at = at
            self._tell()
            self.picked.emit(at)
            self.update()

    def sizeHint(self) -> QSize:
        """Room for all of them."""
        return QSize(int(sum(self._wide(item) + 2 for item in self._items)), u(28))

    def minimumSizeHint(self) -> QSize:
        """A filter that cannot be read is none: other things give way."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        self.pick((self._at + step) % len(self._items))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        x = 0.0
        for at, item in enumerate(self._items):
            if x <= event.position().x() < x + self._wide(item):
                self.pick(at)
                return
            x += self._wide(item) + 2

    def _tell(self) -> None:
        """What is painted as chosen, for a screen reader."""
        name, count = self._items[self._at]
        self.setAccessibleDescription(f"{name}, {count}" if count else name)

    @staticmethod
    def _wide(item: tuple[str, int]) -> float:
        name, count = item
        figure = width(str(count), t.CAPTION) + 6 if count else 0
        return width(name, t.BODY, t.MEDIUM) + 20 + figure

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, x = QPainter(self), 0.0
        for at, (name, count) in enumerate(self._items):
            wide = self._wide((name, count))
            area, on = QRectF(x, 1, wide, u(26)), at == self._at
            box(p, area, "chosen" if on else None)
            used = text(
                p, area.adjusted(10, 0, 0, 0), name, t.BODY, "ink" if on else "soft", t.MEDIUM
            )
            if count:
                text(
                    p,
                    area.adjusted(16 + used, 0, 0, 0),
                    str(count),
                    t.CAPTION,
                    "faint",
                    figures=True,
                )
            if on and self.hasFocus():
                ring(p, area)
            x += wide + 2


class Counted(QWidget):
    """A heading with its count and an optional key or link at the right."""

    def __init__(self, title: str, count: str = "", at_right: str = "") -> None:
        super().__init__()
        self._parts = title, count, at_right
        self.setFixedHeight(u(28))
        self.setAccessibleName(f"{title} {count}".strip())

    def say(self, title: str, count: str = "", at_right: str = "") -> None:
        """Show other words."""
        self._parts = title, count, at_right
        self.setAccessibleName(f"{title} {count}".strip())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, area, (title, count, right) = QPainter(self), QRectF(self.rect()), self._parts
        used = text(p, area, title, t.BODY, "ink", t.SEMIBOLD, LEFT)
        text(p, area.adjusted(used + 8, 0, 0, 0), count, t.BODY, "faint", figures=True)
        text(p, area, right, t.CAPTION, "faint", align=RIGHT, figures=True)


class Mark(QWidget):
    """The icon of a card on a quiet disc."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(36, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        p = QPainter(self)
        box(p, self.rect(), "pencil_wash", radius=18)
        glyph(p, self.rect().adjusted(9, 9, -9, -9), self._name, "pencil")


class Mini(QWidget):
    """A small status icon."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role
        self.setFixedSize(14, 14)

    def say(self, name: str, role: str) -> None:
        """Show another one."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        glyph(QPainter(self), self.rect(), self._name, self._role)


class Ground(QWidget):
    """A block on a tinted ground, with a pencil edge where the assistant wrote it."""

    def __init__(self, content: QLayout, kind: str = "sunk", *, pencil: bool = False) -> None:
        super().__init__()
        self._kind, self._pencil = kind, pencil
        self.setLayout(content)

    def ink(self) -> None:
        """The person wrote here: the edge is plain from now on."""
        self._pencil = False
        self.update()

    def pencil(self) -> None:
        """What stands here was drafted and waits: the edge is dashed."""
        self._pencil = True
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        p = QPainter(self)
        edge = "pencil" if self._pencil else ("line" if self._kind == "paper" else None)
        box(p, self.rect(), self._kind, edge, 8, 1.2, self._pencil)


def disabled(button: QAbstractButton, off: bool) -> None:
    """Switch a button off or on, and repaint it."""
    button.setEnabled(not off)
    button.update()
