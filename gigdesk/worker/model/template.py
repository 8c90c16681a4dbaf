"""Puts a prompt into a model's own chat template and keeps apart what may become control tokens.

The template is rendered around placeholders no text can guess; the answer is cut at them. What the
template wrote and our own trusted words may turn into control tokens, everything else may not.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn

from gigdesk.domain.errors import Trouble
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gigdesk.domain.prompts import Part

# What a model with no template is asked with.
PLAIN = (
    "{% for message in messages %}{{ message.content }}\n\n{% endfor %}"
    "{% if add_generation_prompt %}\n{% endif %}"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the whole prompt; `part` is the place of the part it came from."""

    text: str
    trusted: bool
    part: int | None = None


def segments(
    template: str | None, parts: Sequence[Part], bos: str = "", eos: str = ""
) -> list[Segment]:
    """The whole prompt, cut where trust changes. Raises Trouble when the template loses a part."""
    marks = [f"gd{secrets.token_hex(12)}x" for _ in parts]
    for messages in _tries(parts, marks):
        try:
            whole = _render(template or PLAIN, messages, bos, eos)
        except Exception:  # noqa: BLE001 - a template from outside may fail in any way
            continue
        found = _cut(whole, parts, marks)
        if found:
            return found
    raise Trouble(
        t("This model's chat template cannot be used"),
        t("Nothing was lost. Choose another model."),
    )


def _tries(parts: Sequence[Part], marks: Sequence[str]) -> list[list[dict[str, str]]]:
    """With a system message, and without for models that know none."""
    by_role = {
        role: "".join(m for part, m in zip(parts, marks, strict=True) if part.role == role)
        for role in ("system", "user")
    }
    two = [{"role": role, "content": text} for role, text in by_role.items() if text]
    one = [{"role": "user", "content": "\n\n".join(filter(None, by_role.values()))}]
    return [two, one]


def _render(template: str, messages: list[dict[str, str]], bos: str, eos: str) -> str:
    import jinja2
    import jinja2.ext
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    room = ImmutableSandboxedEnvironment(
        loader=jinja2.BaseLoader(),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[jinja2.ext.loopcontrols, _generation_tag()],
    )
    return room.from_string(template).render(
        messages=messages,
        bos_token=bos,
        eos_token=eos,
        add_generation_prompt=True,
        tools=None,
        # Templates of models that think aloud know one of these.
        enable_thinking=False,
        thinking=False,
        raise_exception=_refuse,
        strftime_now=lambda form: datetime.now(UTC).strftime(form),
    )


def _generation_tag() -> Any:
    """Lets the training mark `{% generation %}` of some templates pass through."""
    from jinja2.ext import Extension

    class Generation(Extension):
        tags = {"generation"}  # noqa: RUF012 - as Jinja declares it

        def parse(self, parser: Any) -> Any:
            parser.stream.skip(1)
            return parser.parse_statements(("name:endgeneration",), drop_needle=True)

    return Generation


def _refuse(words: str) -> NoReturn:
    raise ValueError(words)


def _cut(whole: str, parts: Sequence[Part], marks: Sequence[str]) -> list[Segment]:
    """Empty unless every part stands there once, in order."""
    if [piece for piece in re.findall(r"gd[0-9a-f]{24}x", whole) if piece in marks] != list(marks):
        return []
    found: list[Segment] = []
    for part, mark in zip(parts, marks, strict=True):
        before, whole = whole.split(mark, 1)
        found.append(Segment(before, trusted=True))
        found.append(Segment(part.text, part.trusted, len(found) // 2))
    return [segment for segment in [*found, Segment(whole, trusted=True)] if segment.text]
