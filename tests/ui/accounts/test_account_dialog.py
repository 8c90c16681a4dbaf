"""Setting an account up: what is known is said offline, what is tried can be stopped, and nothing is
kept before it works."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from gigdesk.domain.accounts import Account, AccountId, AccountState, Auth, Endpoint, Grant, Tls
from gigdesk.domain.providers import Kind
from gigdesk.gateways.doors import MailDoors
from gigdesk.gateways.imap.box import ImapServers
from gigdesk.gateways.net import Gate, announced
from gigdesk.gateways.oauth import OAuthServers
from gigdesk.gateways.smtp import Smtp
from gigdesk.services.accounts import SettingUp
from gigdesk.store.ledger import LedgerStore
from gigdesk.ui.accounts.certificate import CertificateWell
from gigdesk.ui.accounts.dialog import AccountDialog
from gigdesk.ui.kit.messages import Banner
from tests import dovecot
from tests.certificates import Authority
from tests.conftest import NOW
from tests.dovecot import Dovecot, free_port
from tests.idp import identity_provider
from tests.smtp_servers import LOGIN, PASSWORD, serving_mail
from tests.ui.screens import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.store.desk_db import DeskDb
    from gigdesk.ui.window import Window


@pytest.fixture(scope="module")
def imap() -> Iterator[Dovecot]:
    with dovecot.running() as server:
        yield server


@pytest.fixture
def dialog(window: Window, bridge: Desk, office: Office, qtbot: QtBot) -> AccountDialog:
    return opened(window, bridge, office, qtbot)


def opened(
    window: Window, bridge: Desk, office: Office, qtbot: QtBot, account: Account | None = None
) -> AccountDialog:
    made = AccountDialog(bridge, office, window, account)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.kept.connect(window.done)
    made.open_it()
    qtbot.waitExposed(made)
    settled(bridge, qtbot)
    return made


def banner(dialog: AccountDialog) -> str:
    """What stands in the way."""
    found = [each for each in dialog.findChildren(Banner) if each.isVisible()]
    return found[0].accessibleName() if found else ""


def typed(dialog: AccountDialog, qtbot: QtBot, address: str) -> None:
    """The address, typed."""
    dialog._address.clear()
    qtbot.keyClicks(dialog._address, address)
    qtbot.waitUntil(lambda: not dialog._typed.isActive())


def test_a_known_provider_is_said_without_a_connection(
    dialog: AccountDialog, office: Office, qtbot: QtBot
) -> None:
    assert dialog.focusWidget() is dialog._address
    assert not dialog._go.isEnabled()
    typed(dialog, qtbot, "nino@gmail.com")
    assert dialog._keeper.text() == "Gmail"
    assert "app password" in dialog._advice.text()
    assert dialog._password.isVisible()
    assert dialog._go.text() == "Log in"
    dialog._other.click()
    assert dialog._client.isVisible()
    assert not dialog._password.isVisible()
    assert dialog._go.text() == "Log in with your browser"
    assert "app password" not in dialog._advice.text()
    typed(dialog, qtbot, "nino@outlook.com")
    assert (dialog._client.isVisible(), dialog._other.isVisible()) == (True, False)
    typed(dialog, qtbot, "nino@tuta.com")
    assert "no other program" in dialog._advice.text()
    assert not dialog._go.isEnabled()
    assert office.ledger.latest() == []


def test_a_provider_is_chosen_for_a_domain_of_ones_own(dialog: AccountDialog, qtbot: QtBot) -> None:
    typed(dialog, qtbot, "nino@studio.example")
    assert dialog._go.text() == "Find its servers"
    dialog._more.click()
    keeper = dialog._servers._keeper
    keeper.setCurrentText("Hetzner")
    keeper.activated.emit(keeper.currentIndex())
    assert dialog._keeper.text() == "Hetzner"
    assert dialog._servers._imap.host.text() == "mail.your-server.de"
    assert dialog._go.text() == "Log in"


def test_everything_has_a_name_and_is_reached_by_tab(dialog: AccountDialog, qtbot: QtBot) -> None:
    typed(dialog, qtbot, "nino@gmail.com")
    dialog._more.click()
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        for each in dialog.findChildren(kind):
            assert isinstance(each, QWidget)
            assert each.accessibleName(), each
    dialog._address.setFocus()
    order: list[QWidget] = []
    for _ in range(20):
        now = dialog.focusWidget()
        assert now is not None
        if now in order:
            break
        order.append(now)
        dialog.focusNextChild()
    servers = dialog._servers
    assert order == [
        dialog._address, dialog._password, dialog._other, dialog._more, servers._keeper,
        servers._imap.host, servers._imap.port, servers._imap.tls, servers._smtp.host,
        servers._smtp.port, servers._smtp.tls, servers._login, dialog._go, dialog._away,
    ]  # fmt: skip


def test_a_port_follows_the_way(dialog: AccountDialog, qtbot: QtBot) -> None:
    typed(dialog, qtbot, "nino@studio.example")
    dialog._more.click()
    door = dialog._servers._imap
    door.tls.setCurrentIndex(1)
    door.tls.activated.emit(1)
    assert door.port.text() == "143"
    door.port.setText("4143")
    door.tls.activated.emit(0)
    assert door.port.text() == "4143"


def test_without_servers_it_is_said_and_nothing_connected(
    dialog: AccountDialog, office: Office, qtbot: QtBot
) -> None:
    typed(dialog, qtbot, "nino@studio.example")
    dialog._more.click()
    dialog._password.setText("secret")
    qtbot.keyClick(dialog._password, Qt.Key.Key_Return)
    assert "The servers are missing" in banner(dialog)
    dialog._servers._imap.host.setText("https://imap")
    dialog._go.click()
    assert "no server's name" in banner(dialog)
    assert office.ledger.latest() == []


def test_the_empty_inbox_and_the_settings_lead_here(
    window: Window, bridge: Desk, qtbot: QtBot
) -> None:
    page = window.go(1)
    settled(bridge, qtbot)
    adding = next(
        each for each in page.findChildren(QAbstractButton)
        if each.text() == "Add your mail account"
    )  # fmt: skip
    adding.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(AccountDialog)))
    window.findChildren(AccountDialog)[0].reject()
    window.settings(at="accounts")
    settings = window._dialog
    assert settings is not None
    qtbot.waitUntil(settings.isVisible)
    settings._accounts._adding.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(AccountDialog)))


@pytest.mark.slow
def test_a_server_of_ones_own_from_a_bad_certificate_to_the_first_login(
    dialog: AccountDialog, window: Window, office: Office, imap: Dovecot, qtbot: QtBot
) -> None:
    typed(dialog, qtbot, "anna@studio.example")
    dialog._more.click()
    door = dialog._servers._imap
    door.host.setText("127.0.0.1")
    door.port.setText(str(imap.imaps))
    dialog._servers._login.setText("anna")
    dialog._password.setText("wrong")
    dialog._go.click()
    qtbot.waitUntil(lambda: "vouches" in banner(dialog))
    next(each for each in dialog.findChildren(Banner) if each.isVisible()).button.click()
    qtbot.waitUntil(lambda: dialog.findChild(CertificateWell) is not None)
    trusting = dialog.findChildren(CertificateWell)[0].first
    qtbot.waitUntil(lambda: dialog.focusWidget() is trusting)
    assert trusting.text() == "Trust it for 127.0.0.1"
    trusting.click()
    qtbot.waitUntil(lambda: "cannot sign in" in banner(dialog))
    assert office.accounts.all() == []
    assert dialog.focusWidget() is dialog._password
    qtbot.keyClicks(dialog._password, "test")
    with qtbot.waitSignal(dialog.kept, timeout=10_000):
        qtbot.keyClick(dialog._password, Qt.Key.Key_Return)
    (kept,) = office.accounts.all()
    assert (kept.state, kept.login, kept.name) == (AccountState.OK, "anna", "anna@studio.example")
    assert kept.imap is not None
    assert "BEGIN CERTIFICATE" in kept.imap.certificate
    assert not dialog.isVisible()


def on_loopback(
    office: Office, db: DeskDb, guesses: dict[Kind, list[Endpoint]]
) -> tuple[Office, LedgerStore]:
    """The office with guesses that are on this machine."""
    book = LedgerStore(db)
    gate = Gate(book, lambda: NOW)
    looking = SettingUp(
        office.accounts, MailDoors(gate), ImapServers(gate), Smtp(gate), OAuthServers(gate),
        lambda: NOW, lambda _address, kind: guesses[kind],
    )  # fmt: skip
    return replace(office, setting_up=looking), book


@pytest.mark.slow
def test_the_servers_of_a_domain_are_found_and_logged_in_at(
    window: Window, bridge: Desk, office: Office, db: DeskDb, imap: Dovecot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    authority = Authority(tmp_path)
    with serving_mail(authority) as post:
        trust = tmp_path / "trusted.pem"
        trust.write_text(imap.certificate + authority.pem)
        monkeypatch.setenv("SSL_CERT_FILE", str(trust))
        there, _ = on_loopback(office, db, {
            "imap": [Endpoint("127.0.0.1", free_port()), imap.endpoint(Tls.IMPLICIT)],
            "smtp": [Endpoint("127.0.0.1", post.port, Tls.STARTTLS)],
        })  # fmt: skip
        dialog = opened(window, bridge, there, qtbot)
        typed(dialog, qtbot, LOGIN)
        qtbot.keyClick(dialog._address, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "certificate" in dialog._advice.text())
        assert dialog.focusWidget() is dialog._password
        dialog._password.setText(PASSWORD)
        dialog._go.click()
        qtbot.waitUntil(lambda: "cannot sign in" in banner(dialog))  # Dovecot has another
        assert office.accounts.all() == []


def test_looking_that_finds_nothing_asks_for_the_servers(
    window: Window, bridge: Desk, office: Office, db: DeskDb, qtbot: QtBot
) -> None:
    closed = [Endpoint("127.0.0.1", free_port())]
    there, book = on_loopback(office, db, {"imap": closed, "smtp": closed})
    dialog = opened(window, bridge, there, qtbot)
    typed(dialog, qtbot, "nino@studio.example")
    dialog._go.click()
    qtbot.waitUntil(lambda: "No mail server answers for studio.example" in banner(dialog))
    assert dialog.focusWidget() is dialog._servers._imap.host
    assert [each.state for each in book.latest(5)] == ["failed", "failed"]


def test_a_stop_while_it_looks_lands_nowhere(
    window: Window, bridge: Desk, office: Office, db: DeskDb, qtbot: QtBot
) -> None:
    closed = [Endpoint("127.0.0.1", free_port()) for _ in range(3)]
    there, _ = on_loopback(office, db, {"imap": closed, "smtp": closed})
    dialog = opened(window, bridge, there, qtbot)
    typed(dialog, qtbot, "nino@studio.example")
    dialog._go.click()
    dialog._run.progress.stopped.emit()
    settled(bridge, qtbot)
    assert banner(dialog) == ""
    assert dialog._go.isEnabled()
    dialog._go.click()
    dialog.reject()
    settled(bridge, qtbot)
    assert not dialog.isVisible()


class Browser(QObject):
    """What opens pages here: goes where it is sent, as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[str] = []

    @Slot(QUrl)
    def browse(self, url: QUrl) -> None:
        """Open one."""
        self.pages.append(url.toString())
        threading.Thread(target=self._go, args=(self.pages[-1],)).start()

    @staticmethod
    def _go(page: str) -> None:
        with announced(), urllib.request.urlopen(page, timeout=10):
            pass


@pytest.mark.slow
def test_logging_in_again_in_the_browser(
    window: Window, bridge: Desk, office: Office, qtbot: QtBot
) -> None:
    browser = Browser()
    QDesktopServices.setUrlHandler("http", browser, "browse")  # type: ignore[arg-type]
    with (
        identity_provider() as provider,
        dovecot.running(dovecot.Kind(introspection=f"{provider.url}/introspect")) as imap,
    ):
        account = replace(imap.account("anna"), auth=Auth.OAUTH2, id=AccountId(0))
        kept = office.accounts.add(account, Grant(provider.client(), "revoked long ago")).value
        office.accounts.mark(kept, AccountState.REFUSED, "The login has ended")
        dialog = opened(window, bridge, office, qtbot, office.accounts.get(kept.id))
        assert dialog._client.client_id.text() == provider.client_id
        assert "The login has ended" in dialog._advice.text()
        assert browser.pages == []
        with qtbot.waitSignal(dialog.kept, timeout=15_000):
            dialog._go.click()
        assert len(browser.pages) == 1
        assert office.accounts.get(kept.id).state is AccountState.OK
    QDesktopServices.unsetUrlHandler("http")


@pytest.mark.slow
def test_one_host_with_two_certificates_is_looked_at_twice(
    dialog: AccountDialog, office: Office, imap: Dovecot, tmp_path: Path, qtbot: QtBot
) -> None:
    with serving_mail(Authority(tmp_path)) as post:
        typed(dialog, qtbot, "anna@studio.example")
        dialog._more.click()
        fetching, sending = dialog._servers._imap, dialog._servers._smtp
        fetching.show_endpoint(Endpoint("127.0.0.1", imap.imaps))
        sending.show_endpoint(Endpoint("127.0.0.1", post.port, Tls.STARTTLS))
        dialog._servers._login.setText("anna")
        dialog._password.setText("test")
        dialog._go.click()
        for _ in range(2):
            qtbot.waitUntil(lambda: "vouches" in banner(dialog))
            next(each for each in dialog.findChildren(Banner) if each.isVisible()).button.click()
            qtbot.waitUntil(lambda: bool(wells(dialog)))
            wells(dialog)[0].first.click()
            qtbot.waitUntil(lambda: not wells(dialog))
        # Past both certificates now: it is the password that one of them does not take.
        qtbot.waitUntil(lambda: "cannot sign in" in banner(dialog))
    assert office.accounts.all() == []


def wells(dialog: AccountDialog) -> list[CertificateWell]:
    return [each for each in dialog.findChildren(CertificateWell) if each.isVisible()]
