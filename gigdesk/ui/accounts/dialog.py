"""Setting an account up, beside the work: one form that asks for no more than it needs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from shiboken6 import isValid

from gigdesk.domain.account_json import read_address
from gigdesk.domain.accounts import Account, AccountId, Auth, Grant, Proof
from gigdesk.domain.errors import Refused, SignInRefused, Trouble
from gigdesk.domain.providers import Provider, domain_of, provider_of
from gigdesk.domain.topics import Changed
from gigdesk.domain.words import t
from gigdesk.ui.accounts.fields import ClientFields, ServerFields, labelled
from gigdesk.ui.accounts.problem import Problem
from gigdesk.ui.accounts.running import Running
from gigdesk.ui.kit.layout import panel, row, rule, scroll, stack
from gigdesk.ui.kit.words import Button, Words, disabled
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.accounts.setting_up import Found, Stage
    from gigdesk.services.office import Office

_TYPED_MS = 250
_WIDE, _LOW, _HIGH = 560, 360, 680


class AccountDialog(QDialog):
    """An address, what its provider is known for, a password or the browser; then it is tried, and
    kept when it works. With an account, its login is given anew."""

    kept = Signal(object)  # Changed

    def __init__(
        self, desk: Desk, office: Office, parent: QWidget, account: Account | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._office, self._account = desk, office, account
        self._provider: Provider | None = None
        self._found = account is not None  # the servers are known, or are being typed
        self._looked = ""  # what was found by looking
        self._browser = account is not None and account.auth is Auth.OAUTH2
        self._stage: Stage | None = None
        self._page = ""
        self._most = min(u(_HIGH), parent.height() - 64)
        self.setWindowTitle(t("Log in again") if account else t("Add a mail account"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(u(_WIDE), parent.width() - 48), u(_LOW))
        self._make()
        self._lay()
        if account is not None:
            self._address.setText(account.address)
            self._address.setReadOnly(True)
            self._provider = provider_of(account.address)
            self._servers.show_account(account)
        self._known_client()
        self._show_state()

    def open_it(self) -> None:
        """Show it; the focus is where one types first."""
        self.show()
        self.raise_()
        self.activateWindow()
        first = self._client.client_id if self._browser else self._password
        (first if self._found else self._address).setFocus()

    # --- building -------------------------------------------------------------------------------
    def _make(self) -> None:
        self._address, self._password = QLineEdit(), QLineEdit()
        self._address.setPlaceholderText("nino@studio.ge")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_TYPED_MS)
        self._typed.timeout.connect(self._on_address)
        self._address.textEdited.connect(self._typed.start)
        self._keeper = Words("", weight=tokens.SEMIBOLD, wrap=True)
        self._advice = Words("", ink="soft", wrap=True)
        self._client, self._servers = ClientFields(), ServerFields()
        self._servers.hide()
        self._servers.kept_by.connect(self._on_keeper)
        for entered in (self._address.returnPressed, self._password.returnPressed,
                        self._client.entered, self._servers.entered):  # fmt: skip
            entered.connect(self._on_go)
        self._other = Button("", "", "quiet", "globe")
        self._other.clicked.connect(self._on_other_way)
        self._more = Button("", "", "quiet", "chevron-down")
        self._more.clicked.connect(self._on_more)
        self._problem = Problem()
        self._problem.look_asked.connect(self._on_look)
        self._problem.trusted.connect(self._on_trusted)
        self._problem.shown.connect(self._on_problem)
        self._run = Running(self._desk, self)
        self._run.turned.connect(self._show_state)
        self._run.came.connect(self._on_piece)
        self._run.troubled.connect(self._on_trouble)
        self._copy = Button(t("Copy the page's address"), "", "quiet", "link")
        self._copy.clicked.connect(self._on_copy)
        self._go = Button("", "Return", "primary")
        self._go.clicked.connect(self._on_go)

    def _lay(self) -> None:
        self._secret = labelled(t("Password"), self._password)
        form = stack(
            labelled(t("Mail address"), self._address),
            stack(self._keeper, self._advice, gap=tokens.XS),
            self._problem,
            self._secret,
            self._client,
            row(self._other, self._more, None, gap=tokens.XS),
            self._servers,
            None,
            gap=tokens.L,
            margins=(28, 24, 28, 20),
        )
        self._away = Button(t("Not now"), "Esc", "quiet")
        self._away.clicked.connect(self.reject)
        buttons = row(self._go, self._away, self._copy, None, margins=(28, 12, 28, 16))
        foot = panel("", stack(self._run.progress, buttons, gap=0))
        self._form = panel("", form)
        self._area = scroll(self._form)
        self._foot = foot
        self.setLayout(stack(self._area, rule(), foot, gap=0))

    # --- what is shown --------------------------------------------------------------------------
    def _show_state(self) -> None:
        """What is asked for now, and what the primary button does."""
        ready, ways = self._found and not self._closed(), self._ways()
        browser = ready and (self._browser or ways == (Auth.OAUTH2,))
        self._secret.setVisible(ready and not browser)
        self._client.setVisible(browser)
        self._other.setVisible(ready and len(ways) > 1)
        self._other.say(t("With a password") if browser else t("With your browser"))
        self._more.setVisible(self._address_now() is not None and not self._closed())
        logging_in = t("Log in with your browser") if browser else t("Log in")
        self._go.say(logging_in if ready else t("Find its servers"))
        self._more.say(t("Servers and login name") if ready else t("Enter its servers yourself"))
        self._copy.setVisible(self._run.busy and bool(self._page))
        title, advice = self._says(Auth.OAUTH2 if browser else Auth.PASSWORD)
        for words, line in ((title, self._keeper), (advice, self._advice)):
            line.setText(words)
            line.setVisible(bool(words))
        may = not self._closed() and self._address_now() is not None
        disabled(self._go, self._run.busy or not may)
        QTimer.singleShot(0, self, self._grow)

    def _says(self, way: Auth) -> tuple[str, str]:
        """Who keeps the mail of this address, and what to know first."""
        address = self._address_now()
        known = self._provider.advice(way) if self._provider else ""
        if self._account is not None:
            words = f"{self._account.words}." if self._account.words else ""
            return self._account.name, f"{words} {known}".strip()
        if self._provider is not None:
            return self._provider.name, known
        if address is None:
            return "", t(
                "Well-known providers stand in a list on this machine. Nothing is sent before you"
                " say so."
            )
        domain = domain_of(address)
        if self._found:
            return domain, self._looked
        return t("{domain} is not in the list", domain=domain), t(
            "GigDesk can ask the servers that such a domain mostly has, over TLS and without your"
            " name."
        )

    def _ways(self) -> tuple[Auth, ...]:
        if self._provider is not None:
            return self._provider.ways
        return (self._account.auth,) if self._account else (Auth.PASSWORD,)

    def _address_now(self) -> str | None:
        try:
            return read_address(self._address.text())
        except Refused:
            return None

    def _closed(self) -> bool:
        return self._provider is not None and self._provider.special == "closed"

    def _in_browser(self) -> bool:
        return not self._client.isHidden()

    def _grow(self) -> None:
        """As high as what is asked for, up to the window's own height; never smaller again."""
        wanted = self._form.sizeHint().height() + self._foot.sizeHint().height() + u(34)
        if self.height() < min(wanted, self._most):
            self.resize(self.width(), min(wanted, self._most))

    # --- what the person does -------------------------------------------------------------------
    def _on_address(self) -> None:
        """The address was typed: is its provider known?"""
        self._typed.stop()
        address = self._address_now()
        self._provider = provider_of(address) if address else None
        self._browser, self._found, self._looked = False, self._provider is not None, ""
        self._run.stop()
        self._problem.hush()
        self._servers.hide()
        if address and self._provider:
            self._take(self._provider, address)
        self._show_state()

    def _on_keeper(self, provider: Provider) -> None:
        """The person says who keeps the mail of their domain."""
        address = self._address_now()
        if address is not None:
            self._found = True
            self._take(provider, address)
            self._problem.hush()
            self._show_state()

    def _take(self, provider: Provider, address: str) -> None:
        self._provider = provider
        self._servers.show_account(provider.account(address), provider)
        self._known_client()

    def _known_client(self) -> None:
        """Where one logs in in the browser, and how the person is registered there already."""
        accounts, model = self._office.accounts, self._provider.oauth if self._provider else None
        if self._account is not None and self._account.auth is Auth.OAUTH2:
            ask: Any = partial(accounts.client_of, self._account.id)
        elif model is not None:
            ask = partial(accounts.client_at, model.token_url)
        else:
            return
        self._desk.ask(ask, then=partial(self._on_client, model))

    def _on_client(self, model: Any, known: Any) -> None:
        if isValid(self) and (known or model):
            self._client.show_client(known or model)

    def _on_other_way(self) -> None:
        self._browser = not self._in_browser()
        self._show_state()
        (self._client.client_id if self._browser else self._password).setFocus()

    def _on_more(self) -> None:
        """The servers, to be looked at or typed."""
        address = self._address_now()
        if not self._found and address is not None:
            self._found = True
            self._servers.show_account(_blank(address))
            self._show_state()
        self._servers.setVisible(self._servers.isHidden())
        if not self._servers.isHidden():
            self._servers.come_in()
        self._grow()

    def _on_go(self) -> None:
        """The one thing to do now."""
        if self._typed.isActive():
            self._on_address()
        if not self._go.isEnabled():
            return
        self._problem.hush()
        if not self._found:
            self._look()
        elif self._in_browser() and not self._client.client_id.text().strip():
            self._client.client_id.setFocus()
        elif self._in_browser():
            self._log_in()
        elif self._password.text():
            self._try(self._password.text())
        else:
            self._password.setFocus()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._page)

    # --- long work ------------------------------------------------------------------------------
    def _look(self) -> None:
        work = partial(self._office.setting_up.looking, self._address.text().strip())
        self._run.begin(work, t("Looking for the servers"), self._on_found)

    def _log_in(self) -> None:
        work = partial(
            self._office.setting_up.logging_in, self._client.client(), self._address.text().strip()
        )
        self._page = ""
        self._run.begin(work, t("Opening your browser"), self._on_logged_in)

    def _try(self, proof: Proof) -> None:
        auth = Auth.OAUTH2 if isinstance(proof, Grant) else Auth.PASSWORD
        before = self._account or _blank(self._address.text().strip())
        try:
            account = replace(self._servers.of(before), auth=auth)
        except Trouble as trouble:
            self._on_trouble(trouble)
            return
        up = self._office.setting_up
        work = partial(up.proving if self._account else up.entering, account, proof)
        self._run.begin(work, t("Logging in"), self._on_entered)

    def _on_piece(self, piece: Any) -> None:
        if isinstance(piece, str):
            self._page = piece
            self._show_state()
            self._run.progress.step(t("Waiting for your browser"), 0, 1)
            QDesktopServices.openUrl(QUrl(piece))
            return
        self._stage = piece
        words = t("Asking {host}", host=piece.endpoint.host)
        self._run.progress.step(words, piece.at - 1, piece.of)

    # --- answers --------------------------------------------------------------------------------
    def _on_found(self, found: Found) -> None:
        self._found = True
        blank = _blank(self._address.text().strip())
        self._servers.show_account(replace(blank, imap=found.imap, smtp=found.smtp))
        if found.imap and found.smtp:
            self._looked = _found_words(found.imap.host, found.smtp.host)
            self._show_state()
            self._password.setFocus()
            return
        self._looked = ""
        self._servers.show()
        self._show_state()
        self._servers.come_in()
        advice = t("Enter the servers below, or say who keeps your mail. Nothing was sent.")
        self._problem.say(Trouble(found.why, advice), "warn")

    def _on_logged_in(self, grant: Grant) -> None:
        self.raise_()
        self.activateWindow()
        self._try(grant)

    def _on_entered(self, changed: Changed[Account] | None) -> None:
        if changed is not None:
            words = t("{name} is set up. Its mails come in now", name=changed.value.name)
            self.kept.emit(replace(changed, words=words))
            self.accept()

    # --- what stands in the way -----------------------------------------------------------------
    def _on_trouble(self, trouble: Trouble) -> None:
        self._problem.say(trouble)
        if isinstance(trouble, SignInRefused) and not self._in_browser():
            self._password.setFocus()
            self._password.selectAll()

    def _on_look(self) -> None:
        assert self._stage is not None, "a certificate is shown by a server that was asked"
        endpoint, kind = self._stage.endpoint, self._stage.kind
        self._run.begin(
            lambda _stop: self._office.setting_up.certificate(endpoint, kind),
            t("Asking {host}", host=endpoint.host),
            partial(self._on_certificate, endpoint.host),
        )

    def _on_certificate(self, host: str, shown: Any) -> None:
        self._problem.show_certificate(host, shown, self._office.now())

    def _on_trusted(self, host: str, certificate: str) -> None:
        self._servers.trust(host, certificate)
        self._on_go()

    def _on_problem(self) -> None:
        self._grow()
        self._area.ensureWidgetVisible(self._problem)

    def done(self, result: int) -> None:
        """Whatever runs is stopped."""
        self._run.stop()
        super().done(result)


def _found_words(imap: str, smtp: str) -> str:
    if imap == smtp:
        return t("Found {host}. Its certificate is good.", host=imap)
    return t(
        "Found {imap} for fetching and {smtp} for sending. Their certificates are good.",
        imap=imap,
        smtp=smtp,
    )


def _blank(address: str) -> Account:
    return Account(AccountId(0), address, address, None, None, address)
