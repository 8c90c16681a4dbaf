"""The local model as a person handles it: add a file, use it, measure it, switch it off and on."""

from __future__ import annotations

import uuid
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.errors import NotFound, Refused, Trouble, Unreadable
from gigdesk.domain.models import (
    CRASH_WINDOW,
    CRASHES_MOST,
    Crashed,
    ModelEntry,
    ModelId,
    Speed,
)
from gigdesk.domain.prompts import Finished, ModelFile, ModelState, Never, Part, Prompt
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.store.leases import held

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from contextlib import AbstractContextManager

    from gigdesk.domain.ports import Model, Now, Write
    from gigdesk.domain.prompts import Power, Step, Stop
    from gigdesk.store.leases import LeaseStore
    from gigdesk.store.models import ModelStore

SPEED_TOKENS = 64
_LEASE = "model"
_SPEED_TEXT = "A sentence of a letter about an invoice, a meeting and a plan for next week. " * 16


class ModelService:
    """What the person does with models, and the one in use for those who draft."""

    def __init__(
        self, models: ModelStore, leases: LeaseStore, model: Model, now: Now, write: Write
    ) -> None:
        self._models, self._leases, self._model = models, leases, model
        self._now, self._write = now, write
        self._holder = uuid.uuid4().hex

    def all(self) -> list[ModelEntry]:
        """Every model with its state now; one whose file is gone is broken and says so."""
        return [self._looked_at(entry) for entry in self._models.all()]

    def add(self, path: Path, stop: Stop | None = None) -> Changed[ModelEntry]:
        """Know this file by its stem from now on. The file stays where it is. A damaged one is
        listed too, with the reason. Raises NotFound when there is no file."""
        adding = self.adding(path, stop)
        while True:
            try:
                next(adding)
            except StopIteration as end:
                done: Changed[ModelEntry] = end.value
                return done

    def adding(
        self, path: Path, stop: Stop | None = None
    ) -> Generator[float, None, Changed[ModelEntry]]:
        """The same, telling how much of the file is read, 0 to 1."""
        path = path.expanduser().absolute()
        file = yield from self._model.hashing(path, stop or Never())
        reason, architecture, context = "", "", 0
        try:
            header = self._model.inspect(path)
            architecture, context = header.architecture, header.context
        except Unreadable as damaged:
            reason = damaged.title
        entry = ModelEntry(
            id=ModelId(0),
            name=self._free_name(path),
            path=str(path),
            bytes=file.bytes,
            modified=file.modified,
            sha256=file.sha256,
            state="broken" if reason else "ready",
            reason=reason,
            architecture=architecture,
            context=context,
        )
        kept = self._write(lambda: self._models.put(entry, self._now()))
        words = reason or t("{name} is here. Use it to draft on this machine.", name=kept.name)
        return Changed(kept, Topic.MODEL, words)

    def use(self, name: str) -> Changed[ModelEntry]:
        """Draft with this model; also switches a model on that was off. Raises Refused when it is
        broken."""
        entry = self._looked_at(self._models.get(name))
        if entry.state == "broken":
            raise Refused(
                t("{name} cannot be used", name=name),
                t("{reason}. The one in use stays.", reason=entry.reason),
            )
        before = self._models.chosen()

        def choose() -> ModelEntry:
            self._models.switch_on()
            self._models.choose(name)
            return self._models.get(name)

        done = self._write(choose)
        return Changed(
            done,
            Topic.MODEL,
            t("{name} drafts from now on", name=name),
            lambda: self._back_to(before.name if before else None),
        )

    def remove(self, name: str) -> Changed[ModelEntry]:
        """Forget this model. Its file is not deleted; undo knows it again."""
        entry = self._models.get(name)
        if entry.state == "in use":
            self._model.rest()
        self._write(lambda: self._models.remove(name))

        def again() -> Changed[ModelEntry]:
            back = self._models.put(entry, self._now())
            if entry.state == "in use":
                self._models.choose(name)
            return Changed(back, Topic.MODEL, t("{name} is back", name=name))

        words = t("{name} is forgotten; its file stays", name=name)
        return Changed(entry, Topic.MODEL, words, again)

    def state(self) -> ModelState:
        """For the status line: whether there is a model, and what it does."""
        entry = self._models.chosen()
        if self._models.off_since():
            words = t("The model is off: it stopped twice. Templates draft")
            return ModelState("off", entry.name if entry else "", words)
        if entry is None:
            return ModelState("off", words=t("No model: templates draft"))
        if self._looked_at(entry).state == "broken":
            return ModelState("off", entry.name, t("The model's file is broken: templates draft"))
        now = self._model.state()
        words = {
            "loading": t("The model is loading"),
            "working": t("The model is writing"),
        }.get(now.power, t("Model ready on this machine"))
        return replace(now, name=entry.name, words=words)

    def switch_on(self) -> Changed[ModelState]:
        """Let the model draft again after it was switched off."""
        self._write(self._models.switch_on)
        return Changed(self.state(), Topic.MODEL, t("The model is on again"))

    def switch_off(self) -> Changed[ModelState]:
        """Templates draft until the model is switched on."""
        self._model.rest()
        self._write(lambda: self._models.switch_off(self._now()))
        return Changed(self.state(), Topic.MODEL, t("The model is off"), self.switch_on)

    def rest(self) -> None:
        """Give the model's memory back until it is needed again."""
        self._model.rest()

    def stream(self, prompt: Prompt, stop: Stop) -> Iterator[Step]:
        """Write with the model in use. Raises Trouble when there is none, it is off or broken, or
        the prompt is too long; Crashed when its process died. Two crashes within ten minutes switch
        the model off."""
        entry = self._ready()
        power = self._model.state().power
        steps = self._model.stream(_file(entry), Path(entry.path), prompt, stop)
        try:
            with self._alone() as renew, closing(steps):
                for step in steps:
                    renew()
                    power = self._told(power)
                    yield step
        except Trouble as trouble:
            if isinstance(trouble, Crashed):
                self._write(lambda: self._count_crash(entry.name))
            self._told(power)
            raise
        self._told(power)

    def _told(self, before: Power) -> Power:
        """Whoever shows what the model does looks again when that became something else."""
        now = self._model.state().power
        if now != before:
            self._write(lambda: Changed(None, Topic.MODEL))
        return now

    def speed(self, name: str | None = None, stop: Stop | None = None) -> Speed:
        """Measured here and now: reading about 300 tokens and writing 64."""
        entry = self._checked(self._models.get(name)) if name else self._ready()
        # The time makes it a prompt that was not read before.
        opening = Part(f"{self._now().isoformat()}\n{_SPEED_TEXT}", trusted=True)
        prompt = Prompt((opening,), SPEED_TOKENS)
        ended = Finished("stopped")
        steps = self._model.stream(_file(entry), Path(entry.path), prompt, stop or Never())
        with self._alone() as renew, closing(steps):
            for step in steps:
                renew()
                if isinstance(step, Finished):
                    ended = step
        if ended.ending == "stopped":
            raise Trouble(t("Stopped"), t("Nothing was measured."))
        return Speed(
            _rate(ended.prompt_tokens, ended.prompt_seconds),
            _rate(ended.answer_tokens, ended.answer_seconds),
            round(ended.load_seconds, 3),
        )

    def chosen(self) -> ModelEntry | None:
        """The model in use."""
        return self._models.chosen()

    def _alone(self) -> AbstractContextManager[Callable[[], None]]:
        """One process works with a model at a time: two would be too much for most machines."""
        busy = Refused(
            t("The model works for another GigDesk just now"), t("Try again in a moment.")
        )
        return held(self._leases, _LEASE, self._holder, busy)

    def _ready(self) -> ModelEntry:
        state, entry = self.state(), self._models.chosen()
        if entry is None or state.power == "off":
            raise Refused(state.words, t("Choose one with: gigdesk model use NAME."))
        return self._checked(entry)

    def _checked(self, entry: ModelEntry) -> ModelEntry:
        """The entry, when its file is still the one that was added; hashed again if need be."""
        path = Path(entry.path)
        if not entry.reason and self._model.unchanged(_file(entry), path):
            return entry
        found = self._model.fingerprint(path, Never())
        if entry.reason or found.sha256 != entry.sha256:
            reason = entry.reason or t("its content is not what it was when it was added")
            broken = replace(entry, reason=reason)
            self._write(lambda: self._models.put(broken, self._now()))
            raise Unreadable(
                t("The file of {name} is broken: {why}", name=entry.name, why=reason),
                t("Add it again if you changed it yourself; until then templates draft."),
            )
        renewed = replace(entry, modified=found.modified)
        return self._write(lambda: self._models.put(renewed, self._now()))

    def _looked_at(self, entry: ModelEntry) -> ModelEntry:
        try:
            self._model.unchanged(_file(entry), Path(entry.path))
        except NotFound:
            return replace(entry, state="broken", reason=t("its file is gone"))
        except Unreadable as error:
            return replace(entry, state="broken", reason=error.title)
        return entry

    def _count_crash(self, name: str) -> None:
        now = self._now()
        self._models.crashed(name, now)
        if self._models.crashes_since(now - CRASH_WINDOW) >= CRASHES_MOST:
            self._models.switch_off(now)

    def _back_to(self, name: str | None) -> Changed[str | None]:
        self._write(lambda: self._models.choose(name))
        return Changed(name, Topic.MODEL, name or t("No model: templates draft"))

    def _free_name(self, path: Path) -> str:
        """The file's stem; another file of the same name gets a number."""
        taken = {entry.name: entry.path for entry in self._models.all()}
        name, count = path.stem, 2
        while taken.get(name, str(path)) != str(path):
            name, count = f"{path.stem}-{count}", count + 1
        return name


def _file(entry: ModelEntry) -> ModelFile:
    return ModelFile(entry.path, entry.bytes, entry.modified, entry.sha256)


def _rate(tokens: int, seconds: float) -> float:
    return round(tokens / seconds, 1) if seconds > 0 else 0.0
