"""A conversation's label with its reasons, the menu that corrects it, and what warns of a mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gigdesk.domain.inbox.labels import LABELS, label_words, why_words
from gigdesk.domain.inbox.mails import Label, Mail, Thread
from gigdesk.domain.inbox.sorting.judging import CHOICES
from gigdesk.domain.inbox.warnings import bank_sign, sign_words
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.ui.kit.layout import row
from gigdesk.ui.kit.messages import Banner
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.words import Button, Chip, Ground, Line
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

# The letter that chooses each, in the menu that L opens.
LETTERS = {
    "client": "C", "lead": "L", "invoice": "I", "meeting": "M", "newsletter": "N",
    "notification": "T", "suspicious": "S", "other": "O",
}  # fmt: skip
_SAID = 3  # signs in the banner


class Labelling(QObject):
    """Corrects labels and lifts warnings of the shown conversation."""

    done = Signal(object)  # Changed
    troubled = Signal(object)  # an Exception

    def __init__(self, desk: Desk, office: Office, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._office, self._over = desk, office, over
        self._mail: Mail | None = None
        self._label = Label()

    def look(self, thread: Thread, mails: Sequence[Mail]) -> None:
        """Another conversation is shown: its label is that of the mail that tells it."""
        theirs = [mail for mail in mails if not mail.mine and mail.broken is None]
        telling = (mail for mail in reversed(theirs) if mail.label == thread.label)
        self._mail = next(telling, theirs[-1] if theirs else None)
        self._label = self._mail.label if self._mail else Label()

    def commands(self) -> tuple[Command, ...]:
        """What can be done with labels."""
        return (
            Command(t("Another label"), "L", "list-filter", self.choose, self._may),
            Command(t("Sort all mails again"), "", "list-filter", self.sort_again),
        )

    def sort_again(self) -> None:
        """Judge every mail by what was learned since; it goes on behind whatever is done meanwhile."""
        self._desk.fetch(
            self._office.sorting.sort_again, then=self._on_sorted, failed=self.troubled.emit
        )

    def choose(self) -> None:
        """Ask which label is right."""
        if self._mail is None:
            return
        menu = QMenu(self._over)
        for code in CHOICES:
            act = menu.addAction(_lettered(label_words(Label(code)), LETTERS[code]))
            act.setCheckable(True)
            act.setChecked(code == self._label.code)
            act.triggered.connect(partial(self._correct, code))
        if self._label.code == "suspicious" and self._mail.sender.email:
            menu.addSeparator()
            words = t("Lift all warnings of {sender}", sender=self._mail.sender.email)
            act = menu.addAction(words)
            act.triggered.connect(self._trust)
        self._pop_up(menu)

    def warning(self) -> QWidget | None:
        """What the person must know before they do anything with this conversation."""
        if self._mail is None or self._label.code != "suspicious":
            return None
        bank = bank_sign(self._label)
        if bank is not None:
            banner = Banner(
                t("Not the account you know: do not pay"),
                t("{what}. Call them on a number you have from before, not one from this mail, and ask."
                  " Until then pay nothing; no draft will repeat this account.",
                  what=sign_words(bank)),
                t("I asked, it is theirs") if self._mail.client else "",
            )  # fmt: skip
            banner.button.clicked.connect(self._theirs)
            return banner
        said = [sign_words(each) for each in self._label.reasons[:_SAID]]
        banner = Banner(
            t("This mail may be a fraud"),
            t(
                "{what}. Open no link and no file of it, and give away nothing.",
                what=". ".join(said),
            ),
            t("Not a fraud"),
            "L",
            "warn",
        )
        banner.button.clicked.connect(self.choose)
        return banner

    def bar(self) -> QWidget | None:
        """The label, why, and the way to another one."""
        label, why = label_words(self._label), why_words(self._label)
        if self._mail is None or not label or self._label.code == "suspicious":
            return None
        wrong = Button(t("Not right?"), "L", "quiet")
        wrong.clicked.connect(self.choose)
        said = Line(why)
        inner = row(Chip(label), said, wrong, gap=tokens.S, margins=(10, 2, 4, 2))
        inner.setStretch(1, 1)
        return Ground(inner)

    def _may(self) -> bool:
        return self._mail is not None

    def _correct(self, code: str) -> None:
        if self._mail is not None:
            self._do(partial(self._office.sorting.correct, self._mail.id, code))

    def _trust(self) -> None:
        if self._mail is not None:
            self._do(partial(self._office.sorting.trust, self._mail.id))

    def _theirs(self) -> None:
        if self._mail is not None:
            self._do(partial(self._office.sorting.theirs, self._mail.id))

    def _on_sorted(self, count: int | None) -> None:
        words = n("{n} mail has another label", "{n} mails have another label", count or 0)
        self.done.emit(Changed(None, Topic.NONE, words))

    def _do(self, call: Callable[[], Changed[Mail]]) -> None:
        self._desk.do(call, then=self.done.emit, failed=self.troubled.emit)

    def _pop_up(self, menu: QMenu) -> None:
        wide = self._over.width() - menu.sizeHint().width() - u(tokens.L)
        menu.popup(self._over.mapToGlobal(QPoint(max(0, wide), u(tokens.HEADER_H))))
        chosen = next((each for each in menu.actions() if each.isChecked()), menu.actions()[0])
        menu.setActiveAction(chosen)


class LabelFilter(QWidget):
    """Which label the list shows: one chip that is only there while it is one."""

    picked = Signal(str)  # its code; empty for all
    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self.code = ""
        self.tool = Button(t("One label alone"), "Shift+L", "quiet", "list-filter", bare=True)
        self.tool.clicked.connect(self.choose)
        self._clear = Button(t("All labels"), "", "quiet", "x")
        self._clear.clicked.connect(partial(self.pick, ""))
        self.setLayout(row(self._clear, None, margins=(12, 0, 12, 6)))
        self.hide()

    def commands(self) -> tuple[Command, ...]:
        """The way to it by key."""
        return (Command(t("One label alone"), "Shift+L", "list-filter", self.choose),)

    def choose(self) -> None:
        """Ask which; the counts are read while the menu is wanted."""
        self._desk.ask(self._office.inbox.label_counts, then=self._show, failed=self.troubled.emit)

    def pick(self, code: str) -> None:
        """Show these alone, or all."""
        if code != self.code:
            self.code = code
            self._clear.say(label_words(Label(code)))
            self.setVisible(bool(code))
            self.picked.emit(code)

    def _show(self, counts: Mapping[str, int]) -> None:
        menu = QMenu(self)
        self._add(menu, "", t("All labels"), sum(counts.values()))
        for code in (*CHOICES, "broken"):
            if counts.get(code):
                self._add(menu, code, LABELS[code](), counts[code])
        parent = self.parentWidget() or self
        menu.popup(parent.mapToGlobal(QPoint(u(tokens.L), u(tokens.HEADER_H))))
        menu.setActiveAction(menu.actions()[0])

    def _add(self, menu: QMenu, code: str, words: str, count: int) -> QAction:
        act = menu.addAction(f"{words}\t{count:,}")
        act.setCheckable(True)
        act.setChecked(code == self.code)
        act.triggered.connect(partial(self.pick, code))
        return act


def _lettered(words: str, letter: str) -> str:
    """The words with the letter that chooses them marked, and named at their right."""
    at = words.lower().find(letter.lower())
    marked = f"{words[:at]}&{words[at:]}" if at >= 0 else f"{words} (&{letter})"
    return f"{marked}\t{letter}"
