"""What stands in the way of an account, and the one thing that may be done about it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from gigdesk.domain.accounts import Certificate
from gigdesk.domain.errors import BadCertificate, Trouble
from gigdesk.domain.words import t
from gigdesk.ui.accounts.certificate import CertificateWell
from gigdesk.ui.kit.layout import emptied
from gigdesk.ui.kit.messages import Banner


class Problem(QWidget):
    """At most one banner, or a certificate to look at."""

    look_asked = Signal()
    trusted = Signal(str, str)  # host, PEM
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._place)
        self.hide()

    def hush(self) -> None:
        """Nothing is in the way."""
        emptied(self._place)
        self.hide()

    def say(self, trouble: Trouble, kind: str = "bad") -> None:
        """This is in the way."""
        self.hush()
        action = t("Look at its certificate") if isinstance(trouble, BadCertificate) else ""
        banner = Banner(trouble.title, trouble.advice, action, kind=kind, narrow=True)
        banner.button.clicked.connect(self.look_asked)
        self._show(banner)

    def show_certificate(self, host: str, shown: Certificate, now: datetime) -> None:
        """A certificate nobody vouches for: does the person?"""
        self.hush()
        well = CertificateWell(host, shown, now)
        well.trusted.connect(self.trusted)
        well.refused.connect(self.hush)
        self._show(well, well.first)

    def _show(self, widget: QWidget, first: QWidget | None = None) -> None:
        self._place.addWidget(widget)
        self.show()
        QTimer.singleShot(0, self, partial(self._come, first))

    def _come(self, first: QWidget | None) -> None:
        if first is not None and isValid(first):
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()
