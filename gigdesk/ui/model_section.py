"""The model in the settings: which files are known, which one drafts, how fast it is here."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gigdesk.domain.models import ModelEntry, Speed
from gigdesk.domain.prompts import ModelState
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import number_text, t
from gigdesk.ui.kit.layout import emptied, row, rule, stack
from gigdesk.ui.kit.messages import Progress
from gigdesk.ui.kit.words import Button, Chip, Line, Words
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

Known = tuple[list[ModelEntry], ModelState]


class ModelSection(QWidget):
    """Add a file, use it, measure it, forget it, switch it off and on."""

    done = Signal(object)  # Changed
    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._stop = threading.Event()
        self._state = ModelState("off")
        self._speeds: dict[str, str] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(tokens.S)
        self._says = Words("", ink="soft", wrap=True)
        self._switch = Button(t("Switch off"))
        self._switch.clicked.connect(self.switch)
        self._adding = Button(t("Add file…"), "", "plain", "plus")
        self._adding.clicked.connect(self.choose)
        self._progress = Progress()
        self._progress.stopped.connect(self._stop.set)
        says = row(self._says, self._switch, gap=tokens.S)
        says.setStretch(0, 1)
        self.setLayout(
            stack(
                Words(t("Model"), tokens.LEAD, weight=tokens.SEMIBOLD),
                says,
                self._rows,
                row(self._adding, None),
                self._progress,
            )
        )
        desk.changed.connect(self._on_changed)

    def load(self) -> None:
        """Read what is known."""
        self._desk.ask(partial(_known, self._office), then=self.show_known)

    def show_known(self, known: Known) -> None:
        """Show these models and what the one in use does."""
        entries, self._state = known
        off = self._state.power == "off"
        self._says.setText(_sentence(self._state, entries))
        self._switch.setVisible(bool(self._state.name))
        self._switch.say(t("Switch on") if off else t("Switch off"))
        emptied(self._rows)
        for entry in entries:
            self._rows.addWidget(rule())
            self._rows.addWidget(self._row(entry))

    def choose(self) -> None:
        """Pick a model file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, t("A model file"), str(Path.home()), "GGUF (*.gguf)"
        )
        if chosen:
            self.add(Path(chosen))

    def add(self, path: Path) -> None:
        """Know this file from now on; it is read once whole, to be known again."""
        self._stop.clear()
        self._adding.setEnabled(False)
        self._progress.begin(t("Reading {name}", name=path.name))
        self._desk.fetch(
            partial(self._office.model.adding, path, self._stop),
            piece=partial(self._on_part, path.name),
            then=self._on_done,
            failed=self._on_failed,
        )

    def use(self, name: str) -> None:
        """Draft with this one."""
        self._do(partial(self._office.model.use, name))

    def remove(self, name: str) -> None:
        """Forget this one; its file stays."""
        self._do(partial(self._office.model.remove, name))

    def switch(self) -> None:
        """Off when it is on, on when it is off."""
        model = self._office.model
        self._do(model.switch_on if self._state.power == "off" else model.switch_off)

    def measure(self, name: str) -> None:
        """How fast it is on this machine, now."""
        self._stop.clear()
        self._speeds[name] = t("Measuring")
        self.load()
        self._desk.fetch(
            partial(self._office.model.speed, name, self._stop),
            then=partial(self._on_measured, name),
            failed=partial(self._on_not_measured, name),
        )

    def _row(self, entry: ModelEntry) -> QWidget:
        name = Words(entry.name, weight=tokens.MEDIUM)
        state = Chip(
            _state_words(entry), {"broken": "bad", "in use": "good"}.get(entry.state, "plain")
        )
        about = [_size(entry.bytes), entry.reason or self._speeds.get(entry.name, "")]
        pieces: list[Any] = [name, state, None]
        if entry.state == "ready":
            using = Button(t("Use"))
            using.setAccessibleName(t("Use {name}", name=entry.name))
            using.clicked.connect(partial(self.use, entry.name))
            pieces.append(using)
        if entry.state != "broken":
            measuring = Button(t("Measure"), "", "quiet", "timer")
            measuring.setAccessibleName(t("Measure {name}", name=entry.name))
            measuring.clicked.connect(partial(self.measure, entry.name))
            pieces.append(measuring)
        removing = Button(t("Remove {name}", name=entry.name), "", "quiet", "x", bare=True)
        removing.clicked.connect(partial(self.remove, entry.name))
        pieces.append(removing)
        said = Line(
            ". ".join(filter(None, about)), tokens.CAPTION, "bad" if entry.reason else "faint"
        )
        holder = QWidget()
        holder.setAccessibleName(f"{entry.name}, {_state_words(entry)}")
        holder.setLayout(stack(row(*pieces, gap=tokens.S), said, gap=2))
        return holder

    def _do(self, call: Any) -> None:
        self._desk.fetch(call, then=self._on_done, failed=self.troubled.emit)

    def _on_done(self, changed: Changed[object]) -> None:
        self._progress.end()
        self._adding.setEnabled(True)
        self.done.emit(changed)

    def _on_failed(self, error: Exception) -> None:
        self._progress.end()
        self._adding.setEnabled(True)
        self.troubled.emit(error)

    def _on_part(self, name: str, part: float) -> None:
        self._progress.step(t("Reading {name}", name=name), round(part * 1000), 1000)

    def _on_measured(self, name: str, speed: Speed) -> None:
        self._speeds[name] = t(
            "Reads {read} and writes {write} tokens a second here, loads in {load} s",
            read=number_text(round(speed.prompt_tps)),
            write=number_text(round(speed.generate_tps)),
            load=f"{speed.load_s:.1f}",
        )
        self.load()

    def _on_not_measured(self, name: str, error: Exception) -> None:
        self._speeds.pop(name, None)
        self.load()
        self.troubled.emit(error)

    def _on_changed(self, topics: Topic) -> None:
        if topics & Topic.MODEL and self.isVisible():
            self.load()


def _known(office: Office) -> Known:
    return office.model.all(), office.model.state()


def _sentence(state: ModelState, entries: list[ModelEntry]) -> str:
    if not entries:
        return t(
            "No model: templates draft. A model is a GGUF file on this machine; it reads and writes"
            " here, and connects nowhere."
        )
    return t("{words}.", words=state.words)


def _state_words(entry: ModelEntry) -> str:
    return {"ready": t("Ready"), "broken": t("Broken"), "in use": t("In use")}[entry.state]


def _size(count: int) -> str:
    return (
        t("{n} GB", n=f"{count / 1e9:.2f}") if count >= 1e8 else t("{n} MB", n=f"{count / 1e6:.1f}")
    )
