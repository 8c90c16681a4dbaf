"""A list of any length: it knows how many there are and fetches the pages that are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from gigdesk.ui.kit.rows import Index, RecordRole, Section

PAGE = 60
_KEPT_PAGES = 40

# Asks for rows [offset, offset + count); the rows are handed to the callback on the UI thread.
Fetch = Callable[[int, int, Callable[[Sequence[Any]], None]], None]


class Pages:
    """Records by their number, a page of them fetched when one is asked for that is not there.

    `came` is told the first number of a page that came, and how many records it has.
    """

    def __init__(self, fetch: Fetch, came: Callable[[int, int], None]) -> None:
        self._fetch, self._came = fetch, came
        self._pages: dict[int, Sequence[Any]] = {}
        self._asked: set[int] = set()
        self._turn = 0

    def clear(self) -> None:
        """Begin anew; what is on its way is not wanted any more."""
        self._pages.clear()
        self._asked.clear()
        self._turn += 1

    def fill(self, number: int, rows: Sequence[Any]) -> None:
        """These are the records of the page that begins with this number: read beforehand."""
        self._pages[number // PAGE] = rows
        self._asked.add(number // PAGE)

    def record(self, number: int) -> Any:
        """The record of this number; None while it is on its way."""
        page, rest = divmod(number, PAGE)
        if page not in self._asked:
            self._ask(page)
        rows = self._pages.get(page, ())
        return rows[rest] if rest < len(rows) else None

    def number_of(self, matches: Callable[[Any], bool]) -> int:
        """The number of a record that is there, -1 when none matches."""
        for page, rows in self._pages.items():
            for rest, record in enumerate(rows):
                if matches(record):
                    return page * PAGE + rest
        return -1

    def _ask(self, page: int) -> None:
        self._asked.add(page)
        turn = self._turn

        def landed(rows: Sequence[Any]) -> None:
            if turn == self._turn:
                self._keep(page, rows)

        self._fetch(page * PAGE, PAGE, landed)

    def _keep(self, page: int, rows: Sequence[Any]) -> None:
        self._pages[page] = rows
        while len(self._pages) > _KEPT_PAGES:
            far = max(self._pages, key=lambda known: abs(known - page))
            del self._pages[far]
            self._asked.discard(far)
        self._came(page * PAGE, len(rows))


class LazyRows(QAbstractListModel):
    """Headings and rows in the order of `sections`; a row that is not there yet is drawn empty.

    `sections` are (title, how many); their rows are numbered through, as the query orders them.
    """

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages = Pages(fetch, self._on_came)
        self._sections: list[tuple[int, str, int]] = []
        self._rows = 0

    def start(self, sections: Sequence[tuple[str, int]]) -> None:
        """Begin anew with this many rows under these headings; an empty title has no heading."""
        self.beginResetModel()
        self._pages.clear()
        self._sections, at, records = [], 0, 0
        for title, count in sections:
            if not count:
                continue
            heading = 1 if title else 0
            self._sections.append((at, title, records))
            at += heading + count
            records += count
        self._rows = at
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Headings and rows together."""
        return 0 if parent.isValid() else self._rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The record, its heading, or None while it is on its way."""
        if not index.isValid():
            return None
        if role == RecordRole:
            return self.record(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return str(self.record(index.row()) or "")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        heading = self._place(index.row())[0] is not None
        return Qt.ItemFlag.ItemIsEnabled if heading else super().flags(index)

    def record(self, at: int) -> Any:
        """The record of this row; asks for its page when it is not there."""
        heading, number = self._place(at)
        if heading is not None:
            return heading
        return self._pages.record(number)

    def row_of(self, matches: Callable[[Any], bool]) -> int:
        """The row of a loaded record, -1 when none matches."""
        number = self._pages.number_of(matches)
        return self._row(number) if number >= 0 else -1

    def first(self) -> int:
        """The first row that can be chosen."""
        return self._row(0) if self._rows else -1

    def headings(self) -> list[int]:
        """The rows that are headings."""
        return [start for start, title, _ in self._sections if title]

    def row_at(self, number: int) -> int:
        """The row of the record of this number, counted over all headings."""
        return self._row(number)

    def _place(self, at: int) -> tuple[Section | None, int]:
        for start, title, records in reversed(self._sections):
            if at >= start:
                if title and at == start:
                    return Section(title, str(self._count(start))), 0
                return None, records + at - start - (1 if title else 0)
        return None, at

    def _count(self, start: int) -> int:
        later = [other for other, _, _ in self._sections if other > start]
        return (min(later) if later else self._rows) - start - 1

    def _row(self, number: int) -> int:
        for start, title, records in reversed(self._sections):
            if number >= records:
                return start + (1 if title else 0) + number - records
        return number

    def _on_came(self, number: int, count: int) -> None:
        first, last = self._row(number), self._row(number + max(0, count - 1))
        last = min(last, self._rows - 1)  # more may have come in since they were counted
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))
