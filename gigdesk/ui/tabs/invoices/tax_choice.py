"""Which VAT an invoice charges, in words; a rate nobody thought of can be typed."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QComboBox

from gigdesk.domain.invoices.codes import STANDARD_RATES
from gigdesk.domain.profile import Profile
from gigdesk.domain.words import t
from gigdesk.ui.tabs.invoices.line_rows import plain_number

_WITHOUT = (
    ("AE", "No VAT: reverse charge"),
    ("E", "No VAT: exempt"),
    ("O", "No VAT: outside its scope"),
    ("Z", "0 % VAT"),
)


class TaxChoice(QComboBox):
    """One VAT for the whole invoice."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("VAT"))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for category, words in _WITHOUT:
            self.addItem(t(words), {"category": category, "rate": "0"})

    def suit(self, profile: Profile) -> None:
        """Begin with what this business charges."""
        if profile.small_business:
            self.pick({"category": "E", "rate": "0"})
            return
        self.pick({"category": "S", "rate": STANDARD_RATES.get(profile.country, "20")})

    def pick(self, tax: dict[str, str]) -> None:
        """This one; a rate that is not in the list comes to its top."""
        at = next((at for at in range(self.count()) if self.itemData(at) == tax), -1)
        if at < 0:
            self.insertItem(0, t("{rate} % VAT", rate=tax["rate"]), tax)
            at = 0
        self.setCurrentIndex(at)

    def data(self) -> dict[str, str]:
        """The category and the rate."""
        typed = self.currentText().strip()
        at = self.findText(typed)
        if at >= 0:
            return dict(self.itemData(at))
        rate = re.search(r"\d[\d.,]*", typed)
        return {"category": "S", "rate": plain_number(rate[0]) if rate else "0"}
