"""What a mail is made of, as fields: from, to, copies, subject, files, words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QWidget

from gigdesk.domain.inbox.mails import Address
from gigdesk.domain.inbox.unsent import KeptFile, Template, Unsent
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import emptied, row, stack
from gigdesk.ui.kit.words import Button, Chip, Words
from gigdesk.ui.tabs.inbox.writing.address_field import AddressField
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account

_FILES_SHOWN = 12
_SIGNATURE = "\n-- \n"


class Fields(QWidget):
    """The fields of one mail. They say when something was typed, and give it back as it stands."""

    typed = Signal()
    account_chosen = Signal(int)
    file_removed = Signal(object)  # KeptFile

    def __init__(self, ask: Callable[[str, Callable[[Sequence[Address]], None]], None]) -> None:
        super().__init__()
        self._accounts: Sequence[Account] = ()
        self._filling = False
        self._from = Button("", "", "plain", "chevron-down")
        self._from.clicked.connect(self._choose_account)
        self.to, self.cc, self.bcc = (
            AddressField(name, ask) for name in (t("To"), t("Copy"), t("Hidden copy"))
        )
        self.subject = QLineEdit()
        self.subject.setAccessibleName(t("Subject"))
        self._more = Button(t("Copies"), "", "quiet")
        self._more.clicked.connect(self.show_copies)
        self._rows = {
            "from": _named(t("From"), self._from, None),
            "to": _named(t("To"), self.to, self._more),
            "cc": _named(t("Copy"), self.cc),
            "bcc": _named(t("Hidden"), self.bcc),
            "subject": _named(t("Subject"), self.subject),
        }
        self._warned = Words("", tokens.CAPTION, "warn", wrap=True)
        self._files = row(gap=6)
        self._shelf = QWidget()
        self._shelf.setLayout(self._files)
        self.body = QPlainTextEdit()
        self.body.setAccessibleName(t("The mail's words"))
        self.body.setObjectName("letter")
        self.body.document().setDocumentMargin(0)
        self.body.setAcceptDrops(False)  # what is dropped goes along as a file
        self.body.setTabChangesFocus(True)
        self.setLayout(
            stack(
                *self._rows.values(), self._warned, self._shelf, self.body,
                gap=tokens.S, margins=(36, 12, 36, 24),
            )
        )  # fmt: skip
        for field in (self.to, self.cc, self.bcc, self.subject):
            field.textEdited.connect(self._on_typed)
        self.body.textChanged.connect(self._on_typed)

    def show_mail(self, mail: Unsent, warnings: Sequence[str]) -> None:
        """Show this one; nothing counts as typed yet."""
        self._filling = True
        for field, words in (
            (self.to, mail.to), (self.cc, mail.cc), (self.bcc, mail.bcc),
            (self.subject, mail.subject),
        ):  # fmt: skip
            field.setText(words)
            field.setCursorPosition(0)
        self.body.setPlainText(mail.body)
        self.body.moveCursor(QTextCursor.MoveOperation.Start)
        self._filling = False
        self._rows["cc"].setVisible(bool(mail.cc))
        self._rows["bcc"].setVisible(bool(mail.bcc))
        self._more.setVisible(not (mail.cc and mail.bcc))
        self._warned.setText("\n".join(warnings))
        self._warned.setVisible(bool(warnings))
        self._rows["from"].hide()
        self.show_files(mail.files)

    def as_typed(self, mail: Unsent) -> Unsent:
        """The mail with what stands here now."""
        return replace(
            mail,
            to=self.to.text(),
            cc=self.cc.text(),
            bcc=self.bcc.text(),
            subject=self.subject.text(),
            body=self.body.toPlainText(),
        )

    def show_files(self, files: Sequence[KeptFile]) -> None:
        """These go along; a click leaves one out."""
        emptied(self._files)
        for each in files[:_FILES_SHOWN]:
            words = f"{each.name} · {size_words(each.bytes)}"
            chip = Chip(words, mark="x", open_it=partial(self.file_removed.emit, each))
            chip.setAccessibleName(t("Leave out {name}", name=each.name))
            chip.setToolTip(t("Leave out {name}", name=each.name))
            self._files.addWidget(chip)
        self._files.addStretch(1)
        self._shelf.setVisible(bool(files))

    def show_accounts(self, accounts: Sequence[Account], chosen: int | None) -> None:
        """From which of these it may leave; nothing to choose where there is one."""
        self._accounts = accounts
        named = next((each for each in accounts if each.id == chosen), None)
        self._rows["from"].setVisible(len(accounts) > 1)
        if accounts:
            self._from.say((named or accounts[0]).address)

    def show_copies(self) -> None:
        """The fields for those who only shall know."""
        self._rows["cc"].show()
        self._rows["bcc"].show()
        self._more.hide()
        self.cc.setFocus()

    def put(self, template: Template) -> None:
        """Begin with these words: above the signature and what is quoted, or where the cursor is."""
        if not self.subject.text().strip() and template.subject:
            self.subject.setText(template.subject)
        cursor = self.body.textCursor()
        own = self.body.toPlainText().split(_SIGNATURE)[0]
        if not own.strip():
            cursor.setPosition(0)
            cursor.setPosition(len(own), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(template.body + ("\n" if not own.strip() else ""))
        self.body.setTextCursor(cursor)
        self._on_typed()

    def sign(self, before: str, now: str) -> None:
        """Another signature in place of the one that stands here."""
        text = self.body.toPlainText()
        old, new = f"{_SIGNATURE}{before}\n", f"{_SIGNATURE}{now}\n" if now else "\n"
        if before and old in text:
            self.body.setPlainText(text.replace(old, new, 1))

    def lend_focus(self) -> None:
        """Where one writes next."""
        (self.body if self.to.text() else self.to).setFocus()

    def _on_typed(self) -> None:
        if not self._filling:
            self.typed.emit()

    def _choose_account(self) -> None:
        menu = QMenu(self)
        for each in self._accounts:
            words = each.address if each.name == each.address else f"{each.address} · {each.name}"
            menu.addAction(words).triggered.connect(partial(self._chosen, each))
        menu.popup(self._from.mapToGlobal(QPoint(0, self._from.height())))

    def _chosen(self, account: Account, _checked: bool = False) -> None:
        self._from.say(account.address)
        self.account_chosen.emit(account.id)


def size_words(count: int) -> str:
    """`12 kB`, `1.4 MB`."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, count // 1000)} kB"


def _named(name: str, field: QWidget, *after: QWidget | None) -> QWidget:
    label = Words(name, ink="faint")
    label.setFixedWidth(u(64))
    holder = QWidget()
    layout = row(label, field, *after, gap=tokens.S)
    layout.setStretch(1, 0 if after == (None,) else 1)
    holder.setLayout(layout)
    return holder
