"""List rows: one model for short lists, a delegate per kind of record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from gigdesk.ui.theme import tokens as t
from gigdesk.ui.theme.look import colour, u
from gigdesk.ui.theme.paint import RIGHT, box, chip, glyph, ring, text, width

Index = QModelIndex | QPersistentModelIndex
RecordRole = Qt.ItemDataRole.UserRole + 1
State = QStyle.StateFlag
HEADING = 34  # how high a heading inside a list is


@dataclass(frozen=True, slots=True)
class Section:
    """A heading inside a list; it cannot be chosen."""

    title: str
    count: str = ""

    def __str__(self) -> str:
        return f"{self.title} {self.count}".strip()


class Rows(QAbstractListModel):
    """Records as rows. A row says itself in one sentence for screen readers."""

    def __init__(self, records: Iterable[object] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records = tuple(records)

    def show(self, records: Iterable[object]) -> None:
        self.beginResetModel()
        self._records = tuple(records)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        record = self._records[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return str(record)
            case _ if role == RecordRole:
                return record
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        heading = index.isValid() and isinstance(self._records[index.row()], Section)
        return Qt.ItemFlag.ItemIsEnabled if heading else super().flags(index)


class RecordRow(QStyledItemDelegate):
    """The ground all rows share: selection, hover, focus, heading. A subclass paints its record."""

    height, inset, hairline, live = t.ROW, 8, False, False  # live: drawn as if focused

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, u(HEADING if isinstance(index.data(RecordRole), Section) else self.height))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record, area = index.data(RecordRole), QRectF(option.rect)
        p.save()
        if isinstance(record, Section):
            line = area.adjusted(self.inset + 12, 8, -self.inset - 12, 0)
            used = text(p, line, record.title, t.CAPTION, "faint", t.SEMIBOLD)
            text(
                p, line.adjusted(used + 6, 0, 0, 0), record.count, t.CAPTION, "faint", figures=True
            )
        else:
            ground = area.adjusted(self.inset, 1, -self.inset, -1)
            chosen, live = (
                bool(option.state & State.State_Selected),
                self.live or self._view.hasFocus(),
            )
            if chosen:
                box(p, ground, "accent_wash" if live else "chosen")
            elif option.state & State.State_MouseOver:
                box(p, ground, "hover")
            if live and option.state & State.State_HasFocus and not chosen:
                ring(p, ground)
            if self.hairline and not chosen:
                p.fillRect(
                    QRectF(ground.left() + 12, area.bottom(), ground.width() - 24, 1),
                    colour("line"),
                )
            if record is not None:
                self.draw(p, ground.adjusted(12, 0, -12, 0), record, chosen)
        p.restore()

    def draw(self, p: QPainter, area: QRectF, record: Any, chosen: bool) -> None:
        """Paint one record."""
        raise NotImplementedError


class TabRow(RecordRow):
    """Sidebar: icon, name, and a count only of what waits for the person."""

    height = 34

    def draw(self, p: QPainter, area: QRectF, tab: Any, chosen: bool) -> None:
        glyph(
            p,
            QRectF(area.left() - 2, area.center().y() - 9, 18, 18),
            tab.mark,
            "accent" if chosen else "soft",
        )
        if area.width() < 60:  # the rail: the count becomes a dot
            if tab.count:
                box(
                    p,
                    QRectF(area.left() + 13, area.center().y() - 11, 7, 7),
                    "bad" if tab.alarm else "accent",
                    radius=3.5,
                )
            return
        text(
            p,
            area.adjusted(26, 0, -30, 0),
            tab.name,
            weight=t.MEDIUM,
            role="ink" if chosen else "soft",
        )
        if tab.count:
            text(
                p,
                area,
                str(tab.count),
                t.CAPTION,
                "bad" if tab.alarm else "faint",
                t.SEMIBOLD,
                RIGHT,
                figures=True,
            )


class MailRow(RecordRow):
    """Unread dot, who and when; subject and label; the first words."""

    height, hairline = t.ROW_MAIL, True

    def draw(self, p: QPainter, area: QRectF, mail: Any, chosen: bool) -> None:
        if mail.unread:
            box(p, QRectF(area.left() - 7, area.top() + u(19) - 3, 7, 7), "accent", radius=3.5)
        line = QRectF(area.left() + 6, area.top() + u(9), area.width() - 6, u(20))
        time = width(mail.time, t.CAPTION, figures=True)
        text(p, line, mail.time, t.CAPTION, "faint", align=RIGHT, figures=True)
        strong = t.SEMIBOLD if mail.unread else t.MEDIUM
        used = text(p, line.adjusted(0, 0, -time - 24, 0), mail.sender, weight=strong)
        if mail.count > 1:
            text(
                p,
                line.adjusted(used + 6, 0, 0, 0),
                str(mail.count),
                t.CAPTION,
                "faint",
                figures=True,
            )
        line.translate(0, u(20))
        room = width(mail.label, t.CAPTION, t.MEDIUM) + 12 if mail.label else 0
        text(p, line.adjusted(0, 0, -room - 10, 0), mail.subject)
        if mail.label:
            chip(p, line.right() - room, line.center().y(), mail.label, mail.kind)
        line.translate(0, u(19))
        if mail.mark:
            glyph(p, QRectF(line.right() - 13, line.top() + 3, 13, 13), mail.mark, mail.mark_role)
        text(p, line.adjusted(0, 0, -24 if mail.mark else 0, 0), mail.snippet, role="soft")


class LeadRow(RecordRow):
    """Score first, then what, from where, for how much."""

    height, hairline = t.ROW_LEAD, True

    def draw(self, p: QPainter, area: QRectF, lead: Any, chosen: bool) -> None:
        high = lead.score is not None and lead.score >= lead.floor
        said = "?" if lead.score is None else str(lead.score)
        score = QRectF(area.left() - 2, area.top() + u(10), u(32), u(24))
        box(p, score, "accent" if high else None, None if high else "line", radius=t.CONTROL)
        text(
            p,
            score,
            said,
            t.BODY,
            "on_accent" if high else "soft",
            t.SEMIBOLD,
            Qt.AlignmentFlag.AlignCenter,
            figures=True,
        )
        line = QRectF(area.left() + u(42), area.top() + u(9), area.width() - u(42), u(20))
        text(p, line, lead.age, t.CAPTION, "faint", align=RIGHT, figures=True)
        text(p, line.adjusted(0, 0, -40, 0), lead.title, weight=t.MEDIUM)
        line.translate(0, u(20))
        used = text(p, line, lead.pay, role="ink", figures=True)
        text(p, line.adjusted(used + 8, 0, 0, 0), lead.effort, role="soft")
        line.translate(0, u(19))
        room = width(lead.flag, t.CAPTION, t.MEDIUM) + 15 + u(t.ICON_S) if lead.flag else 0
        text(p, line.adjusted(0, 0, -room - 8, 0), lead.source, t.CAPTION, "faint")
        if lead.flag:
            chip(
                p,
                line.right() - room,
                line.center().y(),
                lead.flag,
                "warn",
                mark="flag",
            )


class EventRow(RecordRow):
    """Their time under one's own."""

    height, inset = 48, 0

    def draw(self, p: QPainter, area: QRectF, event: Any, chosen: bool) -> None:
        area = area.adjusted(-12, 0, 12, 0)
        line = QRectF(area.left(), area.top() + u(5), area.width(), u(18))
        p.fillRect(QRectF(area.left() + u(50), area.top() + u(6), 3, u(36)), colour(event.kind))
        text(p, line, event.start, weight=t.MEDIUM, figures=True)
        text(p, line.adjusted(u(64), 0, 0, 0), event.title, weight=t.MEDIUM)
        line.translate(0, u(19))
        text(p, line, event.length, t.CAPTION, "faint", figures=True)
        text(p, line.adjusted(u(64), 0, 0, 0), event.theirs, t.CAPTION, "soft", figures=True)


class ShortRow(RecordRow):
    """A score or a mark, a line, a figure: for the narrow side of Today."""

    height, inset = 34, 0

    def draw(self, p: QPainter, area: QRectF, item: Any, chosen: bool) -> None:
        area = area.adjusted(-12, 0, 12, 0)
        if item.score:
            text(p, area, item.score, t.BODY, "accent", t.SEMIBOLD, figures=True)
        elif item.mark:
            glyph(p, QRectF(area.left(), area.center().y() - 7, 14, 14), item.mark, "faint")
        room = width(item.figure, t.BODY, figures=True)
        text(p, area.adjusted(u(30), 0, -room - 10, 0), item.title)
        text(p, area, item.figure, t.BODY, item.role, align=RIGHT, figures=True)


class LogRow(RecordRow):
    """What happened by itself: when, what, and the way back."""

    height, inset = 32, 0

    def draw(self, p: QPainter, area: QRectF, item: Any, chosen: bool) -> None:
        area = area.adjusted(-12, 0, 0, 0)
        text(p, area, item.figure, t.BODY, "faint", figures=True)
        glyph(p, QRectF(area.left() + u(50), area.center().y() - 7, 14, 14), item.mark, "faint")
        used = text(p, area.adjusted(u(74), 0, -u(60), 0), item.title)
        if item.role == "undo":
            text(p, area.adjusted(u(74) + used + 12, 0, 0, 0), "Undo", t.BODY, "accent", t.MEDIUM)


class CommandRow(RecordRow):
    """Palette: icon, what it is, where it lives, its key."""

    height, live = 38, True

    def draw(self, p: QPainter, area: QRectF, item: Any, chosen: bool) -> None:
        glyph(
            p,
            QRectF(area.left() - 2, area.center().y() - 9, 18, 18),
            item.mark,
            "accent" if chosen else "soft",
        )
        room = width(item.key, t.CAPTION, t.MEDIUM)
        used = text(p, area.adjusted(28, 0, -room - 20, 0), item.title, weight=t.MEDIUM)
        text(p, area.adjusted(38 + used, 0, -room - 20, 0), item.hint, t.BODY, "faint")
        text(p, area, item.key, t.CAPTION, "soft", t.MEDIUM, RIGHT, figures=True)


class CellRow(QStyledItemDelegate):
    """Table cells: our padding and selection, the model's fonts and colours."""

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area, view = QRectF(option.rect), option.widget
        p.save()
        chosen = bool(option.state & State.State_Selected)
        first, last = index.column() == 0, index.column() == index.model().columnCount() - 1
        if chosen:
            p.setClipRect(area)
            grow = area.adjusted(8 if first else -9, 1, -8 if last else 9, -1)
            box(p, grow, "accent_wash" if view.hasFocus() else "chosen")
        else:
            line = area.adjusted(20 if first else 0, 0, -24 if last else 0, 0)
            p.fillRect(QRectF(line.left(), area.bottom(), line.width(), 1), colour("line"))
        p.setFont(index.data(Qt.ItemDataRole.FontRole))
        p.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        words = p.fontMetrics().elidedText(
            index.data(), Qt.TextElideMode.ElideRight, int(area.width()) - 24
        )
        p.drawText(
            area.adjusted(20 if first else 12, 0, -24 if last else -12, 0),
            index.data(Qt.ItemDataRole.TextAlignmentRole),
            words,
        )
        p.restore()


def listing(model: QAbstractItemModel, delegate: type[RecordRow], name: str) -> QListView:
    """A list of records under its own scroll bar."""
    view = QListView()
    model.setParent(view)
    view.setModel(model)
    view.setItemDelegate(delegate(view))
    view.setAccessibleName(name)
    view.setUniformItemSizes(False)
    return view


class WholeList(QListView):
    """A short list that shows every row and leaves scrolling to its page."""

    def __init__(self, delegate: type[RecordRow], name: str) -> None:
        super().__init__()
        self._model = Rows((), self)
        self.setModel(self._model)
        self.setItemDelegate(delegate(self))
        self._high = delegate.height
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_records(())

    def show_records(self, records: Iterable[object]) -> None:
        """Show these."""
        self._model.show(records)
        self.setFixedHeight(u(self._high) * self._model.rowCount() + 2)
