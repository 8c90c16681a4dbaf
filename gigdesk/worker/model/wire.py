"""What the app and the model's process say to each other: JSON over a pipe.

Not pickles: a process that read a hostile file must not be able to make the app run code.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Trouble
from gigdesk.domain.prompts import Finished, LeftOut, Part, Progress, Prompt, Step, Wrote

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    Pipe = Connection[Any, Any]

_STEPS: dict[str, type[Progress | LeftOut | Wrote | Finished]] = {
    kind.__name__: kind for kind in (Progress, LeftOut, Wrote, Finished)
}


def send(pipe: Pipe, message: dict[str, Any]) -> None:
    """Say one thing."""
    pipe.send_bytes(json.dumps(message).encode())


def receive(pipe: Pipe) -> dict[str, Any]:
    """Hear one thing. Raises EOFError when the other side is gone."""
    message = json.loads(pipe.recv_bytes(maxlength=64 << 20))
    if not isinstance(message, dict):
        raise EOFError
    return message


def prompt_out(prompt: Prompt) -> dict[str, Any]:
    """A prompt as plain data."""
    return asdict(prompt)


def prompt_in(data: dict[str, Any]) -> Prompt:
    """A prompt back from plain data."""
    return Prompt(**{**data, "parts": tuple(Part(**part) for part in data["parts"])})


def step_out(step: Step) -> dict[str, Any]:
    """A step as plain data."""
    return {"is": type(step).__name__, **asdict(step)}


def step_in(message: dict[str, Any]) -> Step | None:
    """A step back from plain data; None for any other message. Raises Trouble for one sent."""
    kind = message.get("is")
    if kind == "trouble":
        raise Trouble(str(message["title"]), str(message["advice"]))
    form = _STEPS.get(str(kind))
    if form is None:
        return None
    fields = {name: value for name, value in message.items() if name not in {"is", "job"}}
    if form is LeftOut:
        return LeftOut(tuple(fields["names"]))
    return form(**fields)
