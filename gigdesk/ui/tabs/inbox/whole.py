"""A long text whole: laid out only where it is seen, so that no length of it holds the window."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from gigdesk.domain.words import t
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import font, u

HIGH = 520
LINE_MOST = 1000  # letters: a longer line is laid out at once, however little of it is seen
_JOINT = "\u2060"  # no width, no break: stands where a line was cut, and copying takes it out


class WholeText(QPlainTextEdit):
    """All of a mail's words, to scroll through and to copy."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setObjectName("mail")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font(tokens.BODY))
        self.setAccessibleName(t("The whole mail as plain text"))
        self.setFixedHeight(u(HIGH))
        self.setUndoRedoEnabled(False)
        self.setPlainText(cut(words))

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied is what was sent: cut lines are whole again."""
        data = QMimeData()
        data.setText(super().createMimeDataFromSelection().text().replace(f"{_JOINT}\n", ""))
        return data


def cut(words: str) -> str:
    """The same in lines that are no longer than can be laid out at once."""
    if max(map(len, words.split("\n")), default=0) <= LINE_MOST:
        return words
    lines = list[str]()
    for line in words.split("\n"):
        pieces = [line[at : at + LINE_MOST] for at in range(0, len(line), LINE_MOST)] or [""]
        lines.append(f"{_JOINT}\n".join(pieces))
    return "\n".join(lines)
