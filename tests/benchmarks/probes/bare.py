"""A bare QMainWindow that says when it is painted."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Bare(QMainWindow):
    """Nothing in it."""

    said = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and say so once."""
        super().paintEvent(event)
        if not self.said:
            Bare.said = True
            QTimer.singleShot(0, tell)


def tell() -> None:
    """Tell whoever started us."""
    print("painted", flush=True)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    window = Bare()
    window.resize(1280, 800)
    window.show()
    sys.exit(app.exec())
