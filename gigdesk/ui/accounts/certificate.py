"""A certificate nobody vouches for, as the person looks at it before they trust it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal

from gigdesk.domain.accounts import Certificate
from gigdesk.domain.words import date_text, t
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Ground, Words
from gigdesk.ui.theme import tokens


class CertificateWell(Ground):
    """What a server shows of itself, and the explicit act of trusting it."""

    trusted = Signal(str, str)  # host, PEM
    refused = Signal()

    def __init__(self, host: str, shown: Certificate, now: datetime) -> None:
        self._host, self._pem = host, shown.pem
        fits = shown.fits(host, now)
        until = date_text(shown.until.date(), form="long")
        trusting = Button(t("Trust it for {host}", host=host), "", "plain", "shield-check")
        if not fits:  # never shown by hand: without a parent it would be a window
            trusting.hide()
        refusing = Button(t("Do not trust it"), "", "quiet")
        print_words = Words(_in_two(shown.fingerprint), tokens.CAPTION, wrap=True, figures=True)
        print_words.setAccessibleName(t("SHA-256: {print}", print=shown.fingerprint))
        super().__init__(
            stack(
                Words(t("{host} shows this certificate", host=host), weight=tokens.SEMIBOLD,
                      wrap=True),
                Words(t("For {names}", names=", ".join(shown.names) or t("no name")), wrap=True),
                Words(_issuer(shown), ink="soft", wrap=True),
                Words(t("Lasts until {day}", day=until), ink="soft"),
                Words(t("Fingerprint (SHA-256)"), ink="soft"),
                print_words,
                Words(_advice(shown, host, now), wrap=True),
                row(trusting, refusing, None),
                gap=tokens.S,
                margins=(16, 14, 16, 14),
            )
        )  # fmt: skip
        trusting.clicked.connect(self._on_trust)
        refusing.clicked.connect(self.refused)
        self.setAccessibleName(t("The certificate of {host}", host=host))
        self.first = trusting if fits else refusing

    def _on_trust(self) -> None:
        self.trusted.emit(self._host, self._pem)


def _issuer(shown: Certificate) -> str:
    if shown.self_made:
        return t("It vouches for itself")
    return t("{issuer} vouches for it, whom this machine does not know", issuer=shown.issuer or "?")


def _advice(shown: Certificate, host: str, now: datetime) -> str:
    if shown.until <= now:
        return t("It is out of date: its owner has to renew it.")
    if not shown.fits(host, now):
        return t("It is for another name. Take one of its names as the server, if they are yours.")
    return t(
        "Compare the fingerprint with what the server's owner says. Trusting it counts for this host"
        " in this account, and for nothing else."
    )


def _in_two(fingerprint: str) -> str:
    """On two lines, as owners print it."""
    half = len(fingerprint) // 2 + 1
    return f"{fingerprint[:half]}\n{fingerprint[half:]}"
