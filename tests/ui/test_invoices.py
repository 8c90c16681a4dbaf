"""The Invoices tab as a person meets it: write, look, issue, get paid, take it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

from gigdesk.domain.records import Ref
from gigdesk.ui.kit.lazy import PAGE
from gigdesk.ui.kit.rows import RecordRole
from gigdesk.ui.tabs.invoices.editor import InvoiceEditor
from gigdesk.ui.tabs.invoices.line_rows import plain_number
from gigdesk.ui.tabs.invoices.model import COLUMNS, InvoiceTable
from gigdesk.ui.tabs.invoices.payment import PaymentDialog
from gigdesk.ui.tabs.invoices.side import page_image
from gigdesk.ui.tabs.invoices.tab import InvoicesPage
from tests.bills import CLIENT, PROFILE, bill, line
from tests.ui.screens import settled

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.domain.invoices.records import Invoice
    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window

DAY = date(2026, 11, 23)


@pytest.fixture
def shop(office: Office) -> Office:
    """The office of someone who can write invoices."""
    office.profile.update(PROFILE)
    return office


def issued(office: Office, **more: Any) -> int:
    return office.invoices.issue(
        office.invoices.new(bill(**more)).value.invoice.id
    ).value.invoice.id


@pytest.fixture
def page(shop: Office, window: Window, qtbot: QtBot) -> InvoicesPage:
    """The tab, shown and loaded."""
    return shown(window, qtbot)


def shown(window: Window, qtbot: QtBot) -> InvoicesPage:
    names = [tab.name for tab in window._tabs]
    page = window.go(names.index("Invoices"))
    assert isinstance(page, InvoicesPage)
    return page


def editor_of(page: InvoicesPage, qtbot: QtBot) -> InvoiceEditor:
    """The editor that was opened last, filled."""
    qtbot.waitUntil(lambda: bool(page.findChildren(InvoiceEditor)))
    editor: InvoiceEditor = page.findChildren(InvoiceEditor)[-1]
    qtbot.waitUntil(lambda: bool(editor.lines.rows))
    return editor


def drawn(editor: InvoiceEditor) -> Callable[[], bool]:
    return lambda: editor.total.text() != "" and editor.issue.isEnabled()


def write(editor: InvoiceEditor, name: str = "Acme GmbH") -> None:
    editor.client.name.setText(name)
    first = editor.lines.rows[0]
    first.text.setText("Consulting")
    first.quantity.setText("8")
    first.price.setText("95,00")


def test_an_invoice_is_written_looked_at_issued_and_paid(
    shop: Office, page: InvoicesPage, window: Window, qtbot: QtBot
) -> None:
    shop.clients.found_or_made(CLIENT)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    editor = editor_of(page, qtbot)
    assert not editor.issue.isEnabled()
    write(editor)
    assert "80331 München" in editor.client.told.text()
    assert editor.lines.rows[0].amount.text() == "€760.00"
    qtbot.waitUntil(drawn(editor))
    assert editor.total.text() == "€904.40"
    assert editor.paper.accessibleName() == "The page it becomes"
    editor.issue.click()
    qtbot.waitUntil(lambda: page.title() == "2026-001")
    assert page._side._state.accessibleName() == "due in 14 days"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page._table.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: page._side._state.accessibleName() == "paid 23 Nov")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._side._state.accessibleName() == "due in 14 days")


def test_a_new_client_is_written_where_they_are_needed(
    shop: Office, page: InvoicesPage, qtbot: QtBot
) -> None:
    page.new()
    editor = editor_of(page, qtbot)
    write(editor, "Zoë Kundin")
    assert editor.client.fields["country"].isVisible()
    qtbot.waitUntil(lambda: "country is missing" in editor.problem.text())
    assert not editor.issue.isEnabled()
    for key, words in (("country", "de"), ("city", "Bonn"), ("address", "Weg 1, Hof")):
        editor.client.fields[key].setText(words)
    qtbot.waitUntil(drawn(editor))
    assert not editor.problem.isVisible()
    editor.keep.click()
    qtbot.waitUntil(lambda: page._model.rowCount() == 1)
    made = shop.clients.named("zoë kundin")
    assert (made.country, made.city, made.address) == ("DE", "Bonn", ("Weg 1", "Hof"))


def test_a_known_client_is_changed_from_the_editor(
    shop: Office, page: InvoicesPage, qtbot: QtBot
) -> None:
    made = shop.clients.found_or_made(CLIENT)
    page.new()
    editor = editor_of(page, qtbot)
    write(editor)
    editor.client.change.click()
    editor.client.fields["city"].setText("Augsburg")
    editor.keep.click()
    qtbot.waitUntil(lambda: page._model.rowCount() == 1)
    assert shop.clients.get(made.id).city == "Augsburg"
    assert len(shop.clients.all()) == 1


def test_what_stands_in_the_way_of_issuing_is_said_in_the_form(
    office: Office, window: Window, qtbot: QtBot
) -> None:
    office.clients.found_or_made(CLIENT)
    page = shown(window, qtbot)
    page.new()
    editor = editor_of(page, qtbot)
    write(editor)
    qtbot.waitUntil(lambda: "Your name is missing" in editor.problem.text())
    assert editor.to_profile.isVisible()
    assert not editor.issue.isEnabled()
    editor.lines.rows[0].price.setText("much")
    qtbot.waitUntil(lambda: "not a number" in editor.problem.text())
    with qtbot.waitSignal(page.asked) as asked:
        editor.to_profile.click()
    assert asked.args == ["profile"]


def test_an_earlier_date_than_the_last_is_said_before_issuing(
    shop: Office, page: InvoicesPage, qtbot: QtBot
) -> None:
    issued(shop, issue_date="2026-11-23")
    page.new()
    editor = editor_of(page, qtbot)
    write(editor)
    editor.issued.setDate(editor.issued.date().addDays(-3))
    qtbot.waitUntil(lambda: "cannot be earlier" in editor.problem.text())


def test_a_draft_is_edited_and_keeps_what_the_form_does_not_show(
    shop: Office, page: InvoicesPage, window: Window, qtbot: QtBot
) -> None:
    data = bill(
        lines=[line(discount={"percent": "10"}), line(unit="KGM")],
        discounts=[{"amount": "25", "reason": "Loyalty"}],
        prepaid="50",
        service_period=["2026-10-01", "2026-10-31"],
        note="Danke",
        issue_date="2026-11-20",
    )
    draft = shop.invoices.new(data).value.invoice.id
    before = shop.invoices.show(draft).paper.content
    page.load()
    qtbot.waitUntil(lambda: page.chosen() is not None)
    page._table.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_E)
    editor = editor_of(page, qtbot)
    qtbot.waitUntil(lambda: len(editor.lines.rows) == 2)
    assert editor.lines.rows[1].unit.currentData() == "KGM"
    editor.note.setText("Vielen Dank")
    with qtbot.waitSignal(page.done):
        editor.keep.click()
    after = shop.invoices.show(draft).paper.content
    assert after.note == "Vielen Dank"
    assert (after.lines, after.discounts, after.prepaid) == (
        before.lines, before.discounts, before.prepaid,
    )  # fmt: skip
    assert after.service_period == before.service_period


def test_another_client_or_vat_takes_along_only_what_still_fits(
    shop: Office, page: InvoicesPage, qtbot: QtBot
) -> None:
    shop.clients.found_or_made(CLIENT)
    shop.clients.found_or_made({"name": "Odalys", "country": "FR", "vat_id": "FR40303265045"})
    free = line(tax={"category": "AE", "rate": "0"})
    draft = shop.invoices.new(bill(client={**CLIENT, "city": "Bonn"}, lines=[free]))
    page._edit(draft.value.invoice.id)
    editor = editor_of(page, qtbot)
    qtbot.waitUntil(lambda: editor.client.name.text() == "Acme GmbH")
    assert editor.data()["buyer"] == {"city": "Bonn"}
    assert editor.data()["exemption"]["code"] == "VATEX-EU-AE"
    editor.client.name.setText("Odalys")
    editor.tax.setCurrentText("No VAT: exempt")
    assert "buyer" not in editor.data()
    assert editor.data()["exemption"]["code"] is None


def test_lines_are_added_by_enter_and_taken_out(
    shop: Office, page: InvoicesPage, qtbot: QtBot
) -> None:
    page.new()
    editor = editor_of(page, qtbot)
    write(editor)
    qtbot.keyClick(editor.lines.rows[0].price, Qt.Key.Key_Return)
    assert len(editor.lines.rows) == 2
    editor.lines.rows[1].text.setText("More")
    editor.lines.rows[1].price.setText("1")
    assert len(editor.data()["lines"]) == 2
    editor.lines.rows[0].away.click()
    assert [each["text"] for each in editor.data()["lines"]] == ["More"]
    editor.lines.rows[0].away.click()
    assert len(editor.lines.rows) == 1


def test_tab_goes_through_the_form_as_it_is_read(page: InvoicesPage, qtbot: QtBot) -> None:
    page.new()
    editor = editor_of(page, qtbot)
    editor.client.name.setText("Somebody new")
    line = editor.lines.rows[0]
    qtbot.waitUntil(line.text.isVisible)
    editor.activateWindow()
    editor.client.fields["currency"].setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is editor.client.fields["currency"])
    read = []
    for _ in range(7):
        qtbot.keyClick(editor.focusWidget(), Qt.Key.Key_Tab)
        read.append(editor.focusWidget())
    fields = [line.text, line.quantity, line.unit, line.price, line.away]
    assert read == [*fields, editor.lines.add, editor.tax]


def test_the_vat_is_chosen_in_words_or_typed(
    shop: Office, page: InvoicesPage, qtbot: QtBot
) -> None:
    page.new()
    editor = editor_of(page, qtbot)
    assert editor.tax.data() == {"category": "S", "rate": "19"}
    editor.tax.setCurrentText("7,5")
    assert editor.tax.data() == {"category": "S", "rate": "7.5"}
    editor.tax.setCurrentText("No VAT: exempt")
    assert editor.tax.data() == {"category": "E", "rate": "0"}
    assert editor.why.isVisible()


def test_an_editor_closed_while_its_page_is_drawn_harms_nothing(
    shop: Office, page: InvoicesPage, qtbot: QtBot
) -> None:
    page.new()
    editor = editor_of(page, qtbot)
    write(editor)
    editor._draw()
    with qtbot.waitSignal(editor.destroyed):
        editor.close()
    page.desk.fetch(lambda: None).result(timeout=30)
    qtbot.waitUntil(lambda: not page.findChildren(InvoiceEditor))


def test_leaving_the_editor_loses_nothing(
    shop: Office, page: InvoicesPage, window: Window, qtbot: QtBot
) -> None:
    shop.clients.found_or_made(CLIENT)
    page.new()
    untouched = editor_of(page, qtbot)
    with qtbot.waitSignal(untouched.destroyed):
        qtbot.keyClick(untouched, Qt.Key.Key_Escape)
    assert shop.invoices.count() == 0
    page.new()
    editor = editor_of(page, qtbot)
    write(editor)
    with qtbot.waitSignal(editor.destroyed):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page._model.rowCount() == 1)
    assert shop.invoices.count("draft") == 1
    window.undo()
    qtbot.waitUntil(lambda: shop.invoices.count() == 0)


def test_what_cannot_be_kept_is_said_before_it_is_let_go(
    shop: Office, page: InvoicesPage, qtbot: QtBot
) -> None:
    page.new()
    editor = editor_of(page, qtbot)
    write(editor)
    editor.lines.rows[0].price.setText("much")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "not a number" in editor.problem.text() and not editor._busy)
    assert editor.isVisible()
    with qtbot.waitSignal(editor.destroyed):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert shop.invoices.count() == 0


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("95", "95"), ("95,5", "95.5"), ("1.250,00", "1250.00"), ("1,250.00", "1250.00"),
     ("1 250", "1250"), ("1’250.50", "1250.50"), ("", "")],
)  # fmt: skip
def test_numbers_are_typed_as_people_type_them(typed: str, plain: str) -> None:
    assert plain_number(typed) == plain


def test_a_part_is_paid_then_too_much_which_is_said(
    shop: Office, page: InvoicesPage, window: Window, qtbot: QtBot
) -> None:
    invoice_id = issued(shop)
    page.load()
    qtbot.waitUntil(lambda: page.chosen() is not None)
    page.pay()
    dialog = page.findChildren(PaymentDialog)[-1]
    assert dialog.amount.text() == "904.40"
    dialog.amount.setText("0")
    qtbot.keyClick(dialog.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "0 is no amount of EUR" in dialog.problem.text())
    dialog.amount.setText("400,00")
    with qtbot.waitSignal(page.done):
        qtbot.keyClick(dialog.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._side._open.text() == "€504.40 open")
    assert str(shop.invoices.show(invoice_id).invoice.open) == "504.40"
    page.pay()
    dialog = page.findChildren(PaymentDialog)[-1]
    dialog.amount.setText("524.40")
    with qtbot.waitSignal(page.done) as done:
        qtbot.keyClick(dialog.amount, Qt.Key.Key_Return)
    assert done.args[0].words == "€524.40 came in for 2026-001, €20.00 too much"
    said = "Paid €20.00 too much, a credit of Acme GmbH"
    qtbot.waitUntil(lambda: page._side._open.text() == said)
    cells = [page._model.index(0, at).data() for at in range(len(COLUMNS))]
    assert cells[3:5] == ["paid too much", ""]
    window.undo()
    qtbot.waitUntil(lambda: page._side._open.text() == "€504.40 open")


def test_documents_are_saved_where_the_person_says(
    shop: Office,
    page: InvoicesPage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issued(shop)
    page.load()
    qtbot.waitUntil(lambda: page.chosen() is not None)
    chosen = iter([tmp_path / "a.pdf", tmp_path / "a.xml", tmp_path / "no" / "a.pdf", ""])
    # The dialog is the desktop's own: here it answers at once.
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", staticmethod(lambda *_args: (str(next(chosen)), ""))
    )
    for save, name, start in (
        (page._side.save_pdf, "a.pdf", b"%PDF-"),
        (page._side.save_xml, "a.xml", b"<?xml"),
    ):
        with qtbot.waitSignal(page.said) as said:
            save()
        assert said.args == [f"Saved as {name}"]
        assert (tmp_path / name).read_bytes().startswith(start)
    with qtbot.waitSignal(page.troubled) as troubled:
        page._side.save_pdf()
    assert "cannot be written" in str(troubled.args)
    page._side.save_pdf()


def test_a_draft_thrown_away_comes_back(
    shop: Office, page: InvoicesPage, window: Window, qtbot: QtBot
) -> None:
    shop.invoices.new(bill())
    page.load()
    qtbot.waitUntil(lambda: page.chosen() is not None)
    page._table.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: page.chosen() is None)
    assert page._book.currentIndex() == 0
    window.undo()
    qtbot.waitUntil(lambda: page.chosen() is not None)


def test_an_invoice_is_opened_from_elsewhere(
    shop: Office, page: InvoicesPage, window: Window, qtbot: QtBot
) -> None:
    first, second = issued(shop), issued(shop)
    page.load()
    qtbot.waitUntil(lambda: page._model.rowCount() == 2)
    for each in (second, first):
        window.open(Ref("invoice", each))
        qtbot.waitUntil(lambda each=each: page.chosen() == Ref("invoice", each))


def test_every_button_says_its_name_and_commands_fit_what_is_chosen(
    shop: Office, page: InvoicesPage, qtbot: QtBot
) -> None:
    issued(shop)
    page.load()
    qtbot.waitUntil(lambda: page.chosen() is not None)
    page.new()
    editor_of(page, qtbot)
    shown_ones = [each for each in page.findChildren(QAbstractButton) if each.isVisible()]
    assert len(shown_ones) > 8
    assert [each for each in shown_ones if not (each.accessibleName() or each.text())] == []
    possible = {each.title for each in page.commands() if each.when()}
    assert {"Mark paid", "Write a payment down", "Open the PDF", "Save the e-invoice"} <= possible
    assert not {"Edit the draft", "Issue", "Throw the draft away"} & possible


def test_the_table_is_a_sound_model(shop: Office, qtmodeltester: ModelTester) -> None:
    issued(shop, issue_date="2026-09-01", due_date="2026-09-15")
    shop.invoices.mark_paid(issued(shop, issue_date="2026-09-02"))
    issued(shop)
    shop.invoices.new(bill())
    model = InvoiceTable(lambda at, count, landed: landed(shop.invoices.page("all", at, count)))
    model.start(4, DAY)
    qtmodeltester.check(model, force_py=True)
    said = [
        [model.index(at, column).data() for column in range(len(COLUMNS))]
        for at in range(model.rowCount())
    ]
    assert said[0][3] == "69 days late"
    assert said[1][3] == "due in 14 days"
    assert said[2][0] == "draft"
    assert said[3][3] == "paid 23 Nov"
    assert model.index(0, 0).data(RecordRole).number == "2026-001"


def many(shop: Office, count: int) -> None:
    """Drafts beside one another, put in at once."""
    one = shop.invoices.new(bill()).value.invoice
    with shop.invoices._bureau.db.change(shop.invoices.discard(one.id).topics) as db:
        client = db.conn.execute("SELECT id FROM clients").fetchone()[0]
        content = '{"currency": "EUR", "lines": []}'
        db.conn.executemany(
            "INSERT INTO invoices (kind, client_id, client, content, currency, net, tax, gross, due,"
            " created) VALUES ('invoice', ?, ?, ?, 'EUR', 1, 0, 1, 1, '2026-11-23T08:30:00+00:00')",
            [(client, f"Client {at}", content) for at in range(count)],
        )


def test_twelve_thousand_invoices_are_all_there_and_only_those_seen_are_read(
    shop: Office, window: Window, bridge: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(shop, 12_000)
    asked: list[tuple[str, int, int]] = []
    pages = shop.invoices.page

    def page_of(which: str = "all", offset: int = 0, limit: int = -1) -> list[Invoice]:
        asked.append((which, offset, limit))
        return pages(which, offset, limit)

    monkeypatch.setattr(shop.invoices, "page", page_of)
    page = shown(window, qtbot)
    qtbot.waitUntil(lambda: page.chosen() is not None)
    assert page._model.rowCount() == 12_000
    assert page._shown.text() == "12,000 of 12,000 shown"
    assert page.title() == "draft"
    page._table.grab()
    settled(bridge, qtbot)
    first = page.chosen()
    qtbot.keyClick(page._table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.chosen() not in {first, None})
    assert page._table.currentIndex().row() == 11_999
    last = page._chosen
    assert last is not None
    assert last.client == "Client 0"
    assert {each[2] for each in asked} == {PAGE}
    assert len(asked) <= 5
    page.load()  # the last one stays chosen, read with the rows about it
    settled(bridge, qtbot)
    assert page._chosen == last
    assert page._table.currentIndex().row() == 11_999


def test_what_is_chosen_while_the_table_is_read_again_counts(
    shop: Office, page: InvoicesPage, bridge: Desk, qtbot: QtBot
) -> None:
    for day in (1, 2, 3):
        shop.invoices.new(bill(issue_date=f"2026-11-0{day}"))
    page.load()
    qtbot.waitUntil(lambda: page._model.rowCount() == 3 and page.chosen() is not None)
    page.load()  # asked while the first is chosen
    page._table.selectRow(2)
    chosen = page.chosen()
    settled(bridge, qtbot)
    assert page.chosen() == chosen
    assert page._table.currentIndex().row() == 2


def test_a_row_chosen_before_it_is_there_stays_chosen(
    shop: Office, page: InvoicesPage, bridge: Desk, qtbot: QtBot
) -> None:
    many(shop, 200)
    page.load()
    qtbot.waitUntil(lambda: page._model.rowCount() == 200 and page.chosen() is not None)
    page.load()
    page._table.selectRow(150)
    assert page.chosen() is None, "what P would pay is not the one before"
    settled(bridge, qtbot)
    assert page._table.currentIndex().row() == 150
    assert page._chosen is not None
    assert page._chosen == page._model.index(150, 0).data(RecordRole)


def test_a_choice_after_an_opening_that_is_still_read_wins(
    shop: Office, page: InvoicesPage, bridge: Desk, qtbot: QtBot
) -> None:
    first, second = issued(shop), issued(shop)
    shop.invoices.mark_paid(first)
    page._segments.pick(1)
    qtbot.waitUntil(lambda: page.chosen() == Ref("invoice", second))
    page.open(Ref("invoice", first))
    page._on_chosen(page._model.index(0, 0), page._model.index(-1, 0))
    settled(bridge, qtbot)
    assert page.chosen() == Ref("invoice", second)
    assert page._segments.at == 0
    page.open(Ref("invoice", first))
    qtbot.waitUntil(lambda: page.chosen() == Ref("invoice", first))


def test_the_title_follows_what_is_chosen(
    shop: Office, page: InvoicesPage, window: Window, qtbot: QtBot
) -> None:
    issued(shop), issued(shop)
    page.load()
    qtbot.waitUntil(lambda: page._model.rowCount() == 2 and page.chosen() is not None)
    for at in (1, 0):
        page._table.selectRow(at)
        number = page._model.index(at, 0).data()
        assert window.windowTitle() == f"Invoices · {number} · GigDesk"


def test_a_page_becomes_a_picture(shop: Office) -> None:
    picture = page_image(shop.invoices.pdf(issued(shop)).content)
    assert picture.width() > 800
    assert abs(picture.height() / picture.width() - 297 / 210) < 0.01
    colours = {picture.pixel(at, picture.height() // 2) for at in range(picture.width())}
    assert len(colours) > 1
    assert picture.format() in {QImage.Format.Format_RGBX8888, QImage.Format.Format_RGB888}


def test_a_copy_is_opened_in_the_systems_program_and_does_not_outlive_the_desk(
    shop: Office, page: InvoicesPage, window: Window, qtbot: QtBot
) -> None:
    issued(shop)
    page.load()
    qtbot.waitUntil(lambda: page.chosen() is not None)
    opened: list[QUrl] = []

    class Opener(QObject):
        """The system's program for PDF files."""

        @Slot(QUrl)
        def show(self, url: QUrl) -> None:
            """What it was handed."""
            opened.append(url)

    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "show")
    try:
        qtbot.keyClick(window, Qt.Key.Key_O)
        qtbot.waitUntil(lambda: bool(opened))
    finally:
        QDesktopServices.unsetUrlHandler("file")
    copy = Path(opened[0].toLocalFile())
    assert copy.name == "2026-001.pdf"
    assert copy.read_bytes().startswith(b"%PDF-")
    assert copy.parent.stat().st_mode & 0o077 == 0
    page._side.forget_copies()
    assert not copy.parent.exists()
