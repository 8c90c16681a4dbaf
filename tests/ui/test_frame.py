"""What stands around the pages: counts in the sidebar, also of tabs nobody opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gigdesk.ui.kit.rows import RecordRole

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window


def counts(window: Window) -> dict[str, tuple[int, bool]]:
    model = window._bar.tabs.model()
    lines = [model.index(at, 0).data(RecordRole) for at in range(model.rowCount())]
    return {line.name: (line.count, line.alarm) for line in lines}


def test_an_invoice_that_is_late_is_counted_before_its_tab_was_opened(
    office: Office, bridge: Desk, window: Window, qtbot: QtBot
) -> None:
    assert counts(window)["Invoices"][0] == 0
    office.profile.update(
        {
            "name": "Erika Muster", "address": ["Hauptstr. 1"], "postcode": "10115",
            "city": "Berlin", "country": "DE", "tax_number": "12/345/67890",
        }
    )  # fmt: skip

    def issued_long_ago() -> object:
        draft = office.invoices.new(
            {
                "client": {"name": "Acme", "country": "DE"},
                "currency": "EUR",
                "issue_date": "2026-09-01",
                "due_date": "2026-09-15",
                "lines": [{"text": "Work", "price": "50", "tax": {"category": "S", "rate": "19"}}],
            }
        )
        return office.invoices.issue(draft.value.invoice.id)

    bridge.do(issued_long_ago)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: counts(window)["Invoices"] == (1, True))
    assert window._bar.at == 0
    assert list(window._pages) == [0]
