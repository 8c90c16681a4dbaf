"""What is asked of a model, part by part, and what it gives back, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

Role = Literal["system", "user"]
Phase = Literal["loading", "reading", "writing"]
Ending = Literal["done", "length", "stopped"]


class Stop(Protocol):
    """A flag that is raised to end long work; `threading.Event` is one."""

    def is_set(self) -> bool:
        """Whether the work shall end."""


@dataclass(frozen=True, slots=True)
class Never:
    """The flag nobody raises."""

    def is_set(self) -> bool:
        """Never."""
        return False


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a prompt.

    Only `trusted` text, which is ours, may become control tokens. A `spare` part may be left out
    whole when the prompt is too long, last first; its `name` is then told to the person.
    """

    text: str
    trusted: bool = False
    role: Role = "user"
    spare: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question: stable parts first (what is alike is read only once), the mail last."""

    parts: tuple[Part, ...]
    answer_tokens: int = 400
    temperature: float = 0.2
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a phase is, 0 to 1."""

    phase: Phase
    done: float = 0.0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Spare parts that did not fit."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrote:
    """Some more text."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of an answer, with what it took."""

    ending: Ending
    prompt_tokens: int = 0
    answer_tokens: int = 0
    prompt_seconds: float = 0.0
    answer_seconds: float = 0.0
    load_seconds: float = 0.0


Step: TypeAlias = Progress | LeftOut | Wrote | Finished


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A GGUF file as it was when the person added it."""

    path: str
    bytes: int
    modified: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a model file says of itself, as far as we need it."""

    architecture: str
    context: int
    name: str = ""
    layers: int = 0
    width: int = 0
    heads: int = 0
    heads_kv: int = 0
    key_length: int = 0
    value_length: int = 0
    has_template: bool = False

    def memory(self, context: int) -> int:
        """Bytes that a conversation of this many tokens takes beside the file itself (f16)."""
        each = self.width // self.heads if self.heads else 0
        a_token = (self.key_length or each) + (self.value_length or each)
        return 2 * a_token * self.heads_kv * self.layers * context


Power = Literal["off", "resting", "loading", "ready", "working"]


@dataclass(frozen=True, slots=True)
class ModelState:
    """Whether a model is there, and what it does just now."""

    power: Power
    name: str = ""
    words: str = ""
    context: int = field(default=0)
