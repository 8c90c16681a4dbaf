"""Models a person added: files on this machine, with what was found about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, NewType

from gigdesk.domain.errors import Trouble

ModelId = NewType("ModelId", int)
EntryState = Literal["ready", "broken", "in use"]

# So many crashes within so long switch the model off until the person switches it on.
CRASHES_MOST = 2
CRASH_WINDOW = timedelta(minutes=10)


class Crashed(Trouble):
    """The model's process died."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model file the person knows by name."""

    id: ModelId
    name: str
    path: str
    bytes: int
    modified: int
    sha256: str
    state: EntryState
    reason: str = ""
    architecture: str = ""
    context: int = 0


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a model is on this machine, in tokens a second, and how long it takes to load."""

    prompt_tps: float
    generate_tps: float
    load_s: float
