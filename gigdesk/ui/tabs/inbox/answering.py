"""An answer in the person's own manner and in the reader's language: what the composer offers besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QBoxLayout, QMenu

from gigdesk.domain.drafts.languages import NAMES
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.words import Button, Ground, Line, Words, disabled
from gigdesk.ui.tabs.inbox.composer import Composer
from gigdesk.ui.tabs.inbox.manner import MannerDialog, Whom
from gigdesk.ui.tabs.inbox.translating import TranslatedMail, Turn, turn_words
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.proposals import Proposal
    from gigdesk.domain.topics import Changed
    from gigdesk.services.drafts.translating import Translating
    from gigdesk.services.office import Office


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be done with the languages here. `why_not` says why nothing can be translated."""

    mail: int = 0
    name: str = ""
    email: str = ""
    written: str = "en"
    own: str = "en"
    theirs: str = "en"
    why_not: str = ""

    @property
    def whom(self) -> Whom:
        """Who is answered."""
        return Whom(self.name, self.email, self.written)


class Answering(Composer):
    """Below a conversation: the mail in one's own language, the draft in the client's, and the way one
    writes to them."""

    def __init__(self, desk: Desk, office: Office) -> None:
        self._ways = Ways()
        self._turn: Turn | None = None
        self.translated = TranslatedMail(desk, office)
        super().__init__(desk, office)
        self.translated.troubled.connect(self.troubled)
        desk.changed.connect(self._on_more_changed)

    def _build(self) -> None:
        super()._build()
        self._reads = Button("", "Shift+V", "quiet", "globe")
        self._reads.clicked.connect(self.show_in_own)
        self._why = Line("", tokens.CAPTION, "faint")
        self._speaks = Button("", "Shift+W", "quiet", "globe")
        self._speaks.clicked.connect(self.write_in_theirs)
        self._back = Button(t("Put my words back"), "Shift+B", "quiet", "undo-2")
        self._back.clicked.connect(self.put_back)
        self._manner = Button("", "Shift+T", "quiet", "users")
        self._manner.clicked.connect(self.show_manner)
        self._before = Words("", ink="soft", wrap=True)
        self._before_of = Words("", tokens.CAPTION, "faint")
        top = row(self._before_of, None, self._back, gap=tokens.S)
        inner = stack(top, self._before, gap=tokens.XS, margins=(10, 4, 4, 10))
        self._own_words = Ground(inner, "sunk")
        whole, well = self.layout(), self._well.layout()
        assert isinstance(whole, QBoxLayout)
        assert isinstance(well, QBoxLayout)
        whole.insertLayout(0, row(self._reads, self._why, gap=tokens.S))
        whole.insertWidget(1, self.translated)
        well.insertWidget(well.indexOf(self._checks), self._own_words)
        well.addLayout(row(self._speaks, self._manner, None, gap=tokens.XS))

    # --- what is shown --------------------------------------------------------------------------
    def show_mails(self, mails: Sequence[Mail]) -> None:
        """These are the mails of the conversation."""
        super().show_mails(mails)
        self.translated.look(self._answers)
        answered = next((each for each in mails if each.id == self._answers), None)
        self._look(answered.sender.shown if answered else "",
                   answered.sender.email if answered else "")  # fmt: skip

    def commands(self) -> Sequence[Command]:
        """What can be done with an answer, and with the languages of both."""
        ways, mail = self._ways, self._has_mail
        return (
            *super().commands(),
            Command(self._reads_words(), "Shift+V", "globe", self.show_in_own, self._can_read),
            Command(self._speaks_words(), "Shift+W", "globe", self.write_in_theirs, self._can_speak),
            Command(t("Write the draft in another language"), "", "globe", self.choose_language,
                    self._can_speak),
            Command(t("Put my words back"), "Shift+B", "undo-2", self.put_back, self._is_translated),
            Command(ways.whom.title, "Shift+T", "users", self.show_manner, mail),
        )  # fmt: skip

    # --- what is done ---------------------------------------------------------------------------
    def show_in_own(self) -> None:
        """The mail in the person's language, or only as it came again."""
        if self.translated.there:
            self.translated.close_it()
        elif self._can_read():
            self.translated.translate(self._ways.own)
        self._show()

    def write_in_theirs(self) -> None:
        """The draft in the client's language; where it is that already, in which one is asked."""
        if not self._can_speak():
            return
        if self._written() == self._ways.theirs:
            self.choose_language()
        else:
            self.write_in(self._ways.theirs)

    def choose_language(self) -> None:
        """Pick a language from all."""
        menu = QMenu(self)
        for code, name in NAMES.items():
            if code != self._written():
                menu.addAction(name()).triggered.connect(partial(self.write_in, code))
        menu.popup(self._speaks.mapToGlobal(QPoint(0, self._speaks.height())))

    def write_in(self, language: str) -> None:
        """The draft in this language; the words it has now are kept with it."""
        if self.proposal is None or not self._can_speak():
            return
        turn = self._turn = Turn(self._answers, language)
        self._show()
        self._desk.fetch(
            partial(self._office.translating.answer, self.proposal.id, language, turn.stop),
            piece=partial(self._on_turned, turn),
            then=partial(self._on_translated, turn),
            failed=partial(self._on_untranslated, turn),
        )

    def put_back(self) -> None:
        """The words it was translated from."""
        if self.proposal is not None and self._is_translated():
            self._do(partial(self._office.translating.put_back, self.proposal.id))

    def show_manner(self) -> None:
        """How one writes to them."""
        if self._has_mail():
            dialog = MannerDialog(self._desk, self._office, self.window(), self._ways.whom)
            dialog.wanted.connect(self.wanted)
            dialog.kept.connect(self.done)
            dialog.open_it()

    def stop(self) -> None:
        """End the writing, or the translating: then the draft stays as it was."""
        if self._turn is not None and self._turn.of == self._answers:
            self._turn.stop.set()
            self._show()
        elif self._answers in self._runs:
            super().stop()
        else:
            self.translated.stop()

    # --- inside ---------------------------------------------------------------------------------
    def _look(self, name: str, email: str) -> None:
        if self._answers:
            self._desk.ask(
                partial(_ways, self._office, self._answers, name, email),
                then=self._on_ways,
                failed=self.troubled.emit,
            )

    def _on_ways(self, ways: Ways) -> None:
        if ways.mail == self._answers:
            self._ways = ways
            self._show()

    def _on_more_changed(self, topics: Topic) -> None:
        if topics & (Topic.MODEL | Topic.CLIENTS | Topic.PROFILE) and self._ways.mail:
            self._look(self._ways.name, self._ways.email)

    def _on_turned(self, turn: Turn, step: Translating) -> None:
        turn.last = step
        if turn is self._turn and turn.of == self._answers and not self._show_soon.isActive():
            self._show_soon.start()

    def _on_translated(self, turn: Turn, changed: Changed[Proposal] | None) -> None:
        if turn is self._turn:
            self._turn = None
        if changed is not None:
            if turn.of == self._answers:
                self.proposal = changed.value
            self.done.emit(changed)
        self._show()

    def _on_untranslated(self, turn: Turn, error: Exception) -> None:
        if turn is self._turn:
            self._turn = None
        self._show()
        self.troubled.emit(error)

    def _is_writing(self) -> bool:
        return super()._is_writing() or self._turning()

    def _turning(self) -> bool:
        return self._turn is not None and self._turn.of == self._answers

    def _is_translated(self) -> bool:
        return self._has_draft() and bool(self.proposal and self.proposal.payload.get("translated"))

    def _has_mail(self) -> bool:
        return bool(self._answers) and self._ways.mail == self._answers

    def _can_read(self) -> bool:
        foreign = self._ways.written != self._ways.own
        return self._has_mail() and foreign and not self._ways.why_not

    def _can_speak(self) -> bool:
        return self._has_draft() and not self._editing and not self._ways.why_not

    def _written(self) -> str:
        """The language the draft is in."""
        payload = self.proposal.payload if self.proposal else {}
        return str(payload.get("language") or self._ways.written)

    def _reads_words(self) -> str:
        if self.translated.there:
            return t("Only the original")
        return t("Show in {language}", language=NAMES[self._ways.own]())

    def _speaks_words(self) -> str:
        if self._written() == self._ways.theirs:
            return t("Translate the draft")
        return t("Write it in {language}", language=NAMES[self._ways.theirs]())

    def _show(self) -> None:
        super()._show()
        ways, foreign = self._ways, self._ways.written != self._ways.own
        here = self._has_mail()
        shown = here and (foreign or self.translated.there)
        self._reads.setVisible(shown)
        self._reads.say(self._reads_words())
        _greyed(self._reads, "" if self.translated.there else ways.why_not)
        said = shown and bool(ways.why_not) and not self.translated.there
        self._why.say(t("{why}. Nothing is sent out for it.", why=ways.why_not) if said else "")
        self._why.setVisible(shown)
        ready = here and self._has_draft() and not self._editing
        for button, on in (
            (self._speaks, ready), (self._back, ready and self._is_translated()),
            (self._manner, ready),
        ):  # fmt: skip
            button.setVisible(on)
        self._speaks.say(self._speaks_words())
        _greyed(self._speaks, ways.why_not)
        self._manner.say(ways.whom.title)
        self._show_before()

    def _show_before(self) -> None:
        """The words it was translated from, or is being."""
        payload = self.proposal.payload if self.proposal else {}
        kept = payload.get("translated") or {}
        words = str(kept.get("original", ""))
        if self._turning() and self.proposal is not None:
            words = words or self.proposal.draft
        self._before_of.setText(t("Your words before the translation"))
        self._before.setText(words)
        self._own_words.setVisible(bool(words) and not self._editing)

    def _show_text(self) -> None:
        turn = self._turn
        if turn is None or turn.of != self._answers:
            super()._show_text()
            return
        last = turn.last.text if turn.last else None
        marks = [(f.start, f.end, "fact") for f in last.facts] if last else []
        self._text.say(last.text if last else "", marks)
        self._by.say(turn_words(turn))


def _greyed(button: Button, why: str) -> None:
    disabled(button, bool(why))
    if why:
        button.setToolTip(why)
    button.setAccessibleDescription(why)


def _ways(office: Office, mail: int, name: str, email: str) -> Ways:
    translating = office.translating
    written, theirs = translating.languages(mail)
    return Ways(
        mail=mail,
        name=name,
        email=email,
        written=written,
        own=translating.own_language(),
        theirs=theirs,
        why_not=translating.why_not(),
    )
