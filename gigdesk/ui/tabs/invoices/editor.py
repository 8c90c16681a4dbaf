"""Writing an invoice: the form at the left, the page it becomes at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from shiboken6 import isValid

from gigdesk.domain.clients import Client
from gigdesk.domain.errors import Trouble
from gigdesk.domain.invoices.reading import content_json
from gigdesk.domain.invoices.records import Sheet
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import money_text, t
from gigdesk.ui.kit.checks import Check
from gigdesk.ui.kit.days import DayField
from gigdesk.ui.kit.layout import panel, row, scroll, stack
from gigdesk.ui.kit.pictures import Paper
from gigdesk.ui.kit.rounds import step_focus
from gigdesk.ui.kit.words import Button, Words, disabled
from gigdesk.ui.tabs.invoices.client_block import ClientBlock
from gigdesk.ui.tabs.invoices.drafting import Beginning, Drawn, beginning, drawn, kept_as
from gigdesk.ui.tabs.invoices.line_rows import LineRows
from gigdesk.ui.tabs.invoices.tax_choice import TaxChoice
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

_PREVIEW_MS = 300
_LOW = 640
_NOTHING_YET = "Name a client and say what was done: the page appears here."


class InvoiceEditor(QDialog):
    """A draft being written. Beside the work: the window stays usable."""

    changed = Signal(object)
    kept = Signal(int)
    troubled = Signal(object)
    asked = Signal(str)  # a first step: profile

    def __init__(self, desk: Desk, office: Office, invoice_id: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._office, self._id = desk, office, invoice_id
        self._given: dict[str, Any] = {}
        self._given_client = 0
        self._turn = 0
        self._busy = self._touched = False
        title = t("New invoice") if invoice_id is None else t("Edit the draft")
        self.setWindowTitle(title)
        around = self.screen().availableGeometry().size().expandedTo(parent.window().size())
        room = around - QSize(tokens.XXL, 2 * tokens.XXL)
        self.resize(QSize(u(1120), u(720)).boundedTo(room))
        self.setMinimumSize(QSize(940, 560).boundedTo(room))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.client = ClientBlock()
        self.lines = LineRows()
        self.tax = TaxChoice()
        self.why = _field(t("Why no VAT is charged"), t("Such as: exempt by § 4 No. 21 UStG"))
        self.currency = _field(t("Currency"), "EUR")
        self.note = _field(t("Note"), t("Stands under the sums"))
        self.issued, self.due = DayField(t("Issued on")), DayField(t("Due on"))
        self.first, self.last = DayField(t("Service from")), DayField(t("Service to"))
        self.period = Check(t("Done from"))
        self.paper = Paper()
        low = self.height() < _LOW  # what is said of the page goes before the page
        self.paper.setFixedHeight(180 if low else 380)
        self.paper.show_page(None, t(_NOTHING_YET))
        self.total = Words("", tokens.TITLE, weight=tokens.SEMIBOLD, figures=True)
        self.sums = Words("", tokens.CAPTION, "soft", figures=True)
        self.problem = Words("", ink="bad", wrap=True)
        self.remark = Words("", tokens.CAPTION, "warn", wrap=True)
        self.to_profile = Button(t("You and your business"), "", "quiet", "users")
        self.issue = Button(t("Issue"), "Ctrl+Return", "primary", "lock")
        self.keep = Button(t("Keep as draft"), "Ctrl+S")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PREVIEW_MS)
        self._build(title)
        self._connect()
        desk.ask(partial(beginning, office, invoice_id), then=self._fill, failed=self._on_failed)

    # --- building -------------------------------------------------------------------------------
    def _build(self, title: str) -> None:
        self.currency.setFixedWidth(u(72))
        dates = row(
            Words(t("Issued on"), ink="soft"), self.issued, 12, Words(t("Due on"), ink="soft"),
            self.due, None,
        )  # fmt: skip
        period = row(self.period, self.first, Words(t("to"), ink="soft"), self.last, None)
        tax = row(self.tax, Words(t("Currency"), ink="soft"), self.currency, None)
        self.tax.setMinimumWidth(u(220))
        self.why.hide()
        form = stack(
            Words(title, tokens.TITLE, weight=tokens.SEMIBOLD), 4,
            _heading(t("For")), self.client, 8,
            self.lines, 8,
            _heading(t("VAT")), tax, self.why, 8,
            _heading(t("Days")), dates, period, 8,
            _heading(t("Note")), self.note, None,
            gap=tokens.S, margins=(24, 20, 20, 20),
        )  # fmt: skip
        fixed = Words(
            t("Issuing gives it a number and locks it; only a credit note corrects it then."),
            tokens.CAPTION, "faint", wrap=True,
        )  # fmt: skip
        self.to_profile.hide()
        right = stack(
            self.paper, 12, self.total, self.sums, 4, self.problem, self.remark,
            row(self.to_profile, None), None, fixed, 8, row(self.issue, self.keep, None),
            gap=tokens.XS, margins=(20, 20, 20, 20),
        )  # fmt: skip
        side = panel("side", right)
        side.setFixedWidth(min(u(376), 440))
        left = scroll(panel("", form))
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        whole = row(left, side, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        disabled(self.issue, True)

    def _connect(self) -> None:
        self.keep.clicked.connect(partial(self._keep, issue=False))
        self.issue.clicked.connect(partial(self._keep, issue=True))
        self.to_profile.clicked.connect(partial(self.asked.emit, "profile"))
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.keep.click)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.issue.click)
        self._wait.timeout.connect(self._draw)
        self.client.picked.connect(self._on_client)
        self.currency.textChanged.connect(self._on_currency)
        self.tax.currentTextChanged.connect(self._on_tax)
        self.period.toggled.connect(self.first.setEnabled)
        self.period.toggled.connect(self.last.setEnabled)
        for signal in (
            self.client.changed, self.lines.changed, self.note.textChanged, self.why.textChanged,
            self.currency.textChanged, self.tax.currentTextChanged, self.issued.dateChanged,
            self.due.dateChanged, self.first.dateChanged, self.last.dateChanged,
            self.period.toggled,
        ):  # fmt: skip
            signal.connect(self._wait.start)
            signal.connect(self._touch)
        self._desk.changed.connect(self._on_desk_changed)

    # --- filling --------------------------------------------------------------------------------
    def _fill(self, known: Beginning) -> None:
        if not isValid(self):
            return
        self.client.show_clients(known.clients)
        self.tax.suit(known.profile)
        self.currency.setText(known.profile.currency or "EUR")
        self.issued.show_day(known.today)
        self.due.show_day(known.due)
        first = known.today.replace(day=1)
        self.first.show_day(first)
        self.last.show_day(known.today)
        self.period.setChecked(False)
        self.first.setEnabled(False)
        self.last.setEnabled(False)
        self.lines.show_lines([])
        if known.sheet is not None:
            self._fill_draft(known.sheet)
        self.client.name.setFocus()
        self._touched = False

    def _fill_draft(self, sheet: Sheet) -> None:
        content = sheet.paper.content
        self._given = data = content_json(content)
        self._given_client = int(sheet.invoice.client_id)
        self.client.name.setText(sheet.invoice.client)
        self.currency.setText(content.currency)
        self.lines.show_lines(data["lines"])
        if data["lines"]:
            self.tax.pick(data["lines"][0]["tax"])
        self.why.setText(content.exemption.text)
        self.issued.show_day(sheet.paper.issue_date)
        self.due.show_day(sheet.paper.due_date)
        if content.service_period is not None:
            self.period.setChecked(True)
            self.first.show_day(content.service_period[0])
            self.last.show_day(content.service_period[1])
        self.note.setText(content.note)

    def _on_client(self, client: Client) -> None:
        if client.currency:
            self.currency.setText(client.currency)
        if client.terms_days is not None:
            self.due.setDate(self.issued.date().addDays(client.terms_days))

    def _on_currency(self, typed: str) -> None:
        self.lines.show_currency(typed.strip().upper() or "EUR")

    def _on_tax(self) -> None:
        self.why.setVisible(self.tax.data()["category"] == "E")

    def _on_desk_changed(self, topics: Topic) -> None:
        if topics & (Topic.PROFILE | Topic.CLIENTS):
            self._wait.start()

    # --- what was written -----------------------------------------------------------------------
    def data(self) -> dict[str, Any]:
        """The invoice as JSON. What the draft has and the form has not (discounts, what was paid
        before) stays."""
        tax = self.tax.data()
        period = [_iso(self.first), _iso(self.last)] if self.period.isChecked() else None
        given = self._given_now(tax)
        code = (given.get("exemption") or {}).get("code")
        return {
            **given,
            "client": self.client.data(),
            "currency": self.currency.text().strip().upper(),
            "issue_date": _iso(self.issued),
            "due_date": _iso(self.due),
            "service_period": period,
            "lines": self.lines.data(tax),
            "note": self.note.text().strip() or None,
            "exemption": {"code": code, "text": self.why.text().strip() or None},
        }

    def _given_now(self, tax: dict[str, str]) -> dict[str, Any]:
        """Of what the draft had without a field here, all that still belongs to it."""
        given = dict(self._given)
        if self.client.data() != self._given_client:
            given.pop("buyer", None)
        if not given.get("lines") or given["lines"][0]["tax"]["category"] != tax["category"]:
            given.pop("exemption", None)
        return given

    # --- the page -------------------------------------------------------------------------------
    def _draw(self) -> None:
        data = self.data()
        if self.client.is_empty or not data["lines"]:
            disabled(self.issue, True)
            self._say("", "")
            return
        self._turn += 1
        self._desk.fetch(
            partial(drawn, self._office, data, self._turn), then=self._on_drawn,
            failed=partial(self._on_not_drawn, self._turn),
        )  # fmt: skip

    def _on_drawn(self, drawn: Drawn) -> None:
        if drawn.turn != self._turn or not isValid(self):
            return
        self.paper.show_page(drawn.page, t("The page it becomes"))
        totals, currency = drawn.totals, drawn.currency
        self.total.setText(money_text(totals.due, currency))
        self.sums.setText(
            t(
                "{net} and {tax} VAT",
                net=money_text(totals.net, currency),
                tax=money_text(totals.tax, currency),
            )
        )
        errors = [each for each in drawn.obstacles if each.kind == "error"]
        odd = [each.words for each in drawn.obstacles if each.kind == "warning"]
        title = t("Before it can be issued:")
        words = "\n".join([title, *(f"· {each.words}" for each in errors)]) if errors else ""
        self._say(words, "\n".join(odd))
        self.to_profile.setVisible(any(e.field.startswith("seller") for e in drawn.obstacles))
        disabled(self.issue, bool(errors) or self._busy)

    def _on_not_drawn(self, turn: int, error: Exception) -> None:
        if turn == self._turn and isValid(self):
            disabled(self.issue, True)
            self._on_failed(error)

    def _say(self, problem: str, remark: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))

    # --- keeping --------------------------------------------------------------------------------
    def reject(self) -> None:
        """Leaving loses nothing: what was written is kept as a draft, which undo throws away. What
        cannot be kept is said once; leaving again lets it go."""
        whole = not self.client.is_empty and bool(self.lines.data({}))
        if self._touched and whole and not self._busy:
            self._touched = False
            self._keep(issue=False)
        elif not self._busy:
            super().reject()

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes as the form is read: Qt would reach the lines, made last, at the very end."""
        return step_focus(self, onward=onward)

    def _touch(self) -> None:
        self._touched = True

    def _keep(self, *, issue: bool) -> None:
        if self._busy or (issue and not self.issue.isEnabled()):
            return
        self._busy = True
        disabled(self.issue, True)
        disabled(self.keep, True)
        self._desk.do(
            partial(
                kept_as, self._office, self._id, self.data(), self.client.changes(), issue=issue
            ),
            then=self._on_kept,
            failed=self._on_not_kept,
        )

    def _on_kept(self, changed: Changed[Sheet]) -> None:
        if not isValid(self):
            return
        self.kept.emit(changed.value.invoice.id)
        self.changed.emit(changed)
        self._busy = self._touched = False
        self.close()

    def _on_not_kept(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._busy = False
        disabled(self.keep, False)
        disabled(self.issue, False)
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        if isinstance(error, Trouble):
            title = error.title if error.title.endswith(".") else f"{error.title}."
            self._say(f"{title} {error.advice}".strip(), "")
        else:
            self.troubled.emit(error)


def _heading(words: str) -> Words:
    return Words(words, weight=tokens.SEMIBOLD)


def _field(name: str, example: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(example)
    return field


def _iso(field: DayField) -> str:
    return field.day.isoformat()
