"""The fields of an account: its servers and login name, and the person's own client id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gigdesk.domain.account_json import read_endpoint
from gigdesk.domain.accounts import Account, Endpoint, OAuthClient, Tls
from gigdesk.domain.errors import Refused
from gigdesk.domain.providers import PORTS, PROVIDERS, Kind, Provider
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

_WAYS = (Tls.IMPLICIT, Tls.STARTTLS)
_PORT, _TLS = 72, 124


def labelled(words: str, field: QWidget) -> QWidget:
    """A field under its name."""
    name = Words(words, ink="soft")
    name.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(words)
    holder = QWidget()
    holder.setLayout(stack(name, field, gap=tokens.XS))
    return holder


class Choice(QComboBox):
    """One of a few; the wheel scrolls the page and never changes it in passing."""

    def __init__(self, items: list[str]) -> None:
        super().__init__()
        self.addItems(items)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The wheel is not for it while it has no focus."""
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()
            return True
        return False


class Door(QWidget):
    """One server: its name, its port, how it is made private."""

    def __init__(self, kind: Kind, words: str, entered: Callable[[], object]) -> None:
        super().__init__()
        self._kind: Kind = kind
        self._known: Endpoint | None = None
        self.host = QLineEdit()
        self.host.setAccessibleName(words)
        self.port = QLineEdit()
        self.port.setAccessibleName(t("Port: {server}", server=words))
        self.port.setFixedWidth(u(_PORT))
        self.tls = Choice([t("TLS"), t("STARTTLS")])
        self.tls.setAccessibleName(t("Privacy: {server}", server=words))
        self.tls.setFixedWidth(u(_TLS))
        self.tls.activated.connect(self._on_tls)
        for field in (self.host, self.port):
            field.returnPressed.connect(entered)
        line = row(self.host, self.port, self.tls, gap=tokens.S)
        line.setStretch(0, 1)
        self.setLayout(stack(Words(words, ink="soft"), line, gap=tokens.XS))
        self.show_endpoint(None)

    def show_endpoint(self, endpoint: Endpoint | None) -> None:
        """This is the server."""
        self._known = endpoint
        tls = endpoint.tls if endpoint else Tls.IMPLICIT
        self.host.setText(endpoint.host if endpoint else "")
        self.port.setText(str(endpoint.port if endpoint else PORTS[self._kind, tls]))
        self.tls.setCurrentIndex(_WAYS.index(tls))

    def trust(self, host: str, certificate: str) -> None:
        """The person trusts this certificate, if this is the host that shows it. A host may show one
        for fetching and another for sending: both count."""
        endpoint = self.endpoint()
        if endpoint is not None and endpoint.host == host:
            self._known = replace(endpoint, certificate=endpoint.certificate + certificate)

    def endpoint(self) -> Endpoint | None:
        """The server as it is typed; none without a name. Raises Refused."""
        host = self.host.text().strip()
        if not host:
            return None
        tls = _WAYS[self.tls.currentIndex()]
        said = read_endpoint(
            {"host": host, "port": self.port.text().strip(), "tls": tls.value}, self._kind
        )
        # Trust is for one host: another name begins anew.
        if self._known is not None and self._known.host == said.host:
            return replace(said, certificate=self._known.certificate)
        return said

    def _on_tls(self, at: int) -> None:
        usual = {str(PORTS[self._kind, way]) for way in _WAYS}
        if self.port.text().strip() in usual:
            self.port.setText(str(PORTS[self._kind, _WAYS[at]]))


class ServerFields(QWidget):
    """Both servers, the login name, and who keeps the mail of a domain of one's own."""

    entered = Signal()
    kept_by = Signal(object)  # Provider

    def __init__(self) -> None:
        super().__init__()
        self._keepers = [each for each in PROVIDERS if each.imap is not None]
        self._keeper = Choice([t("Not in this list"), *(each.name for each in self._keepers)])
        self._keeper.setAccessibleName(t("Who keeps your mail"))
        self._keeper.activated.connect(self._on_keeper)
        self._imap = Door("imap", t("Server for fetching (IMAP)"), self.entered.emit)
        self._smtp = Door("smtp", t("Server for sending (SMTP)"), self.entered.emit)
        self._login = QLineEdit()
        self._login.returnPressed.connect(self.entered)
        self.setLayout(
            stack(
                labelled(t("Who keeps your mail"), self._keeper),
                self._imap,
                self._smtp,
                labelled(t("Login name"), self._login),
                gap=tokens.M,
            )
        )

    def show_account(self, account: Account, keeper: Provider | None = None) -> None:
        """These servers and this login."""
        self._imap.show_endpoint(account.imap)
        self._smtp.show_endpoint(account.smtp)
        self._login.setText(account.login)
        at = self._keepers.index(keeper) + 1 if keeper in self._keepers else 0
        self._keeper.setCurrentIndex(at)

    def trust(self, host: str, certificate: str) -> None:
        """The person trusts this certificate for this host."""
        self._imap.trust(host, certificate)
        self._smtp.trust(host, certificate)

    def of(self, account: Account) -> Account:
        """The account with what is typed here. Raises Refused."""
        imap, smtp = self._imap.endpoint(), self._smtp.endpoint()
        if imap is None and smtp is None:
            raise Refused(
                t("The servers are missing"),
                t("Your provider names them on its help pages. Nothing was sent."),
            )
        login = self._login.text().strip() or account.address
        return replace(account, imap=imap, smtp=smtp, login=login)

    def come_in(self) -> None:
        """The focus goes to the first field."""
        self._imap.host.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_keeper(self, at: int) -> None:
        if at > 0:
            self.kept_by.emit(self._keepers[at - 1])


class ClientFields(QWidget):
    """The person's own registration of GigDesk at the provider."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model: OAuthClient | None = None
        self.client_id, self.secret = QLineEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.client_id, self.secret):
            field.returnPressed.connect(self.entered)
        words = Words(
            t(
                "The provider wants to know this app. Register it there once, as a desktop app with"
                " the redirect address http://127.0.0.1, and enter what you get."
            ),
            ink="soft",
            wrap=True,
        )
        self.setLayout(
            stack(
                words,
                labelled(t("Client id"), self.client_id),
                labelled(t("Client secret, if there is one"), self.secret),
                gap=tokens.M,
            )
        )

    def show_client(self, known: OAuthClient) -> None:
        """Where one logs in, and how the person is registered there, if they are. What was typed
        for the same place stays."""
        if self._model is None or self._model.token_url != known.token_url:
            self._model = known
            self.client_id.setText(known.client_id)
            self.secret.setText(known.client_secret)

    def client(self) -> OAuthClient:
        """The registration as it is typed."""
        assert self._model is not None, "these fields are seen only where a provider wants them"
        return replace(
            self._model,
            client_id=self.client_id.text().strip(),
            client_secret=self.secret.text().strip(),
        )
