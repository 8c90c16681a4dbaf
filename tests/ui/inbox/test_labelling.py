"""Labels in the window: corrected by one key, filtered by, and the banners of what warns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from gigdesk.domain.records import Ref
from gigdesk.ui.kit.messages import Banner
from gigdesk.ui.kit.rows import RecordRole
from gigdesk.ui.tabs.inbox.lines import ThreadLine
from gigdesk.ui.tabs.inbox.tab import InboxPage
from tests.letters import business
from tests.services.test_sorting import BILL, OTHER, USUAL, come, letter
from tests.ui.inbox.conftest import Filled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.services.office import Office

FRAUD = "Your parcel is on hold. Pay the customs fee within 12 hours: card number, date of birth."


def fill(office: Office) -> None:
    business(office)
    come(
        office,
        letter(1, 2, BILL.format(USUAL), subject="Share"),
        letter(2, 20, BILL.format(OTHER), subject="Changed"),
        letter(3, 19, FRAUD, "Parcel <p@parcel-customs.example>", "Parcel"),
        letter(4, 18, "The garden is full of snow.", "Ada <ada@x.example>", "Garden"),
    )


def shown(page: InboxPage, qtbot: QtBot, subject: str) -> int:
    """Open a mail by its subject; its row."""
    line = next(each for each in page.office.inbox.lines() if each.subject == subject)
    page.open(Ref("mail", line.id))
    qtbot.waitUntil(lambda: page.title() == subject)
    return line.id


def banners(page: InboxPage) -> list[Banner]:
    return [each for each in page._reading.findChildren(Banner) if each.isVisible()]


def popped() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def subjects(page: InboxPage) -> set[str]:
    rows = (page._rows.index(at, 0).data(RecordRole) for at in range(page._rows.rowCount()))
    return {each.subject for each in rows if isinstance(each, ThreadLine)}


def test_another_account_is_a_red_banner_that_says_what_to_do(filled: Filled, qtbot: QtBot) -> None:
    page = filled(fill)
    changed = shown(page, qtbot, "Changed")
    qtbot.waitUntil(lambda: len(banners(page)) == 1)
    (banner,) = banners(page)
    said = banner.accessibleName()
    assert "do not pay" in said
    assert "Call them on a number you have from before" in said
    assert "GB82 … 5432" in said
    assert banner._kind == "bad"
    banner.button.click()
    qtbot.waitUntil(lambda: page.office.inbox.mail(changed).label.code == "invoice")
    qtbot.waitUntil(lambda: not banners(page))


def test_one_key_and_one_letter_correct_a_label(filled: Filled, qtbot: QtBot) -> None:
    page = filled(fill)
    garden = shown(page, qtbot, "Garden")
    commands = {each.key: each for each in page.commands()}
    with qtbot.waitSignal(page.done) as heard:
        commands["L"].call()
        qtbot.keyClick(popped(), Qt.Key.Key_C)
    changed = heard.args[0]
    assert page.office.inbox.mail(garden).label.code == "client"
    assert changed.words == "Labelled Client"
    assert changed.undo is not None
    changed.undo()
    assert page.office.inbox.mail(garden).label.code == "other"


def test_a_fraud_is_an_amber_banner_and_its_warnings_can_be_lifted(
    filled: Filled, qtbot: QtBot
) -> None:
    page = filled(fill)
    shown(page, qtbot, "Parcel")
    qtbot.waitUntil(lambda: len(banners(page)) == 1)
    (banner,) = banners(page)
    assert banner._kind == "warn"
    banner.button.click()
    menu = popped()
    assert "p@parcel-customs.example" in menu.actions()[-1].text()
    menu.actions()[-1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: not banners(page))


def test_the_list_shows_one_label_alone(filled: Filled, qtbot: QtBot) -> None:
    page = filled(fill)
    qtbot.waitUntil(lambda: "Garden" in subjects(page))
    page._labels.pick("suspicious")
    qtbot.waitUntil(lambda: subjects(page) == {"Changed", "Parcel"})
    assert page._labels.isVisible()
    page._labels._clear.click()
    qtbot.waitUntil(lambda: {"Share", "Garden"} < subjects(page))
