"""A long text whole: laid out only where it is seen, so that no length of it holds the window."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from gigdesk.domain.words import t
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import font, u

HIGH = 520
LINE_MOST = 1000  # letters: a longer line is laid out at once, however little of it is seen
LINES_AT_ONCE = 2000
_JOINT = "\u2060"  # no width, no break: stands where a line was cut, and copying takes it out


class WholeText(QPlainTextEdit):
    """All of a mail's words, to scroll through and to copy; the lines come some at a time."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setObjectName("mail")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font(tokens.BODY))
        self.setAccessibleName(t("The whole mail as plain text"))
        self.setFixedHeight(u(HIGH))
        self.setUndoRedoEnabled(False)
        self._lines = cut(words)
        self._came = min(LINES_AT_ONCE, len(self._lines))
        self.setPlainText("\n".join(self._lines[: self._came]))
        self._more = QTimer(self)
        self._more.setInterval(0)
        self._more.timeout.connect(self._add)
        if not self.is_whole:
            self._more.start()

    @property
    def is_whole(self) -> bool:
        """Whether all lines have come."""
        return self._came >= len(self._lines)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied is what was sent: cut lines are whole again."""
        data = QMimeData()
        data.setText(super().createMimeDataFromSelection().text().replace(f"{_JOINT}\n", ""))
        return data

    def _add(self) -> None:
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        piece = self._lines[self._came : self._came + LINES_AT_ONCE]
        end.insertText("\n" + "\n".join(piece))
        self._came += len(piece)
        if self.is_whole:
            self._more.stop()


def cut(words: str) -> list[str]:
    """The same in lines that are no longer than can be laid out at once."""
    sent = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if max(map(len, sent)) <= LINE_MOST:
        return sent
    lines = list[str]()
    for line in sent:
        pieces = [line[at : at + LINE_MOST] for at in range(0, len(line), LINE_MOST)] or [""]
        lines += [f"{piece}{_JOINT}" for piece in pieces[:-1]]
        lines.append(pieces[-1])
    return lines
