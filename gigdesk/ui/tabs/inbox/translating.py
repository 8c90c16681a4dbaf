"""A mail in the person's language, below its original: pencil, since the model wrote it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from gigdesk.domain.drafts.languages import NAMES
from gigdesk.domain.words import n, t
from gigdesk.ui.kit.drafts import Prose
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Chip, Ground, Line, Words
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.drafts.translating import Translation
    from gigdesk.domain.proposals import Finding
    from gigdesk.services.drafts.translating import Translating
    from gigdesk.services.office import Office

SHOW_MS = 33
_DOUBTS = 4


@dataclass(eq=False)
class Turn:
    """One text being translated; it goes on when another conversation is looked at."""

    of: int
    target: str
    stop: threading.Event = field(default_factory=threading.Event)
    last: Translating | None = None


class TranslatedMail(QWidget):
    """The newest mail of a conversation in another language. What was translated stays at hand while
    the window is open; the mail itself is never changed."""

    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._mail = 0
        self._turns: dict[int, Turn] = {}
        self._done: dict[int, Translation] = {}
        self._chip = Chip(t("Translated"), "pencil", "globe")
        self._by = Line("", tokens.CAPTION, "faint")
        self._text = Prose()
        self._doubts = Words("", ink="bad", wrap=True)
        self._left = Words("", tokens.CAPTION, "faint", wrap=True)
        self._stop = Button(t("Stop translating"), "Ctrl+.", "plain", "x")
        self._stop.clicked.connect(self.stop)
        self._away = Button(t("Close the translation"), "Shift+V", "quiet", "x", bare=True)
        self._away.clicked.connect(self.close_it)
        head = row(self._chip, self._by, self._away, gap=tokens.S)
        foot = row(self._stop, None)
        inner = stack(
            head, self._text, self._left, self._doubts, foot, gap=tokens.S, margins=(14, 8, 8, 12)
        )  # fmt: skip
        self.setLayout(stack(Ground(inner, "paper", pencil=True), gap=0))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SHOW_MS)
        self._soon.timeout.connect(self._show)
        self.hide()

    @property
    def there(self) -> bool:
        """Whether a translation is shown, whole or on its way."""
        return self._mail in self._turns or self._mail in self._done

    @property
    def busy(self) -> bool:
        """Whether the shown one is on its way."""
        return self._mail in self._turns

    def look(self, mail: int) -> None:
        """This is the mail that is read."""
        self._mail = mail
        self._show()

    def translate(self, target: str) -> None:
        """Show it in this language; what was translated before is not done again."""
        mail = self._mail
        turn = self._turns[mail] = Turn(mail, target)
        self._done.pop(mail, None)
        self._show()
        self._desk.fetch(
            partial(self._office.translating.mail, mail, target, turn.stop),
            piece=partial(self._on_piece, turn),
            then=partial(self._on_done, turn),
            failed=partial(self._on_failed, turn),
        )

    def stop(self) -> None:
        """End it; what is there by then is shown."""
        if (turn := self._turns.get(self._mail)) is not None:
            turn.stop.set()
            self._show()

    def close_it(self) -> None:
        """Only the original again."""
        self.stop()
        self._turns.pop(self._mail, None)
        self._done.pop(self._mail, None)
        self._show()

    def _on_piece(self, turn: Turn, step: Translating) -> None:
        turn.last = step
        if turn.of == self._mail and not self._soon.isActive():
            self._soon.start()

    def _on_done(self, turn: Turn, done: Translation | None) -> None:
        if self._turns.get(turn.of) is not turn:
            return  # it was closed meanwhile
        del self._turns[turn.of]
        if done is not None and done.text:
            self._done[turn.of] = done
        self._show()

    def _on_failed(self, turn: Turn, error: Exception) -> None:
        if self._turns.get(turn.of) is turn:
            del self._turns[turn.of]
        self._show()
        self.troubled.emit(error)

    def _show(self) -> None:
        turn, done = self._turns.get(self._mail), self._done.get(self._mail)
        self.setVisible(self.there)
        self._stop.setVisible(turn is not None)
        self._doubts.hide()
        self._left.hide()
        if turn is not None:
            last = turn.last
            self._text.say(last.text.text if last else "", _facts(last.text.facts if last else ()))
            self._by.say(turn_words(turn))
        elif done is not None:
            self._show_done(done)

    def _show_done(self, done: Translation) -> None:
        marks = [(each.start, each.end, "finding") for each in done.findings]
        self._text.say(done.text, [*_facts(done.facts), *marks])
        by = t(
            "from {source} into {target}, by the model on this machine",
            source=NAMES[done.source](),
            target=NAMES[done.target](),
        )
        self._by.say(by if done.whole else f"{by}. {t('Stopped: the rest is above')}")
        self._doubts.setText(doubt_words(done.findings))
        self._doubts.setVisible(bool(done.findings))
        self._left.setText(done.left)
        self._left.setVisible(bool(done.left))


def turn_words(turn: Turn) -> str:
    """What is done just now, and how much is left."""
    if turn.stop.is_set():
        return t("Stopping")
    if turn.last is None:
        return t("Looking at the mail")
    doing = {
        "loading": t("The model is loading"),
        "reading": t("The model reads"),
        "writing": t("The model is writing"),
    }[turn.last.phase]
    if turn.last.of < 2:
        return doing
    return t("{doing}, piece {at} of {of}", doing=doing, at=turn.last.at, of=turn.last.of)


def doubt_words(findings: Sequence[Finding]) -> str:
    """What only one of the two texts says, a line each."""
    said = [t("“{words}”: {why}", words=_short(each.text), why=each.why) for each in findings]
    more = len(said) - _DOUBTS
    if more > 0:
        said[_DOUBTS:] = [n("{n} more differs", "{n} more differ", more)]
    return "\n".join(said)


def _facts(facts: Sequence[object]) -> list[tuple[int, int, str]]:
    return [(f.start, f.end, "fact") for f in facts]  # type: ignore[attr-defined]


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 60 else f"{flat[:57]}…"
