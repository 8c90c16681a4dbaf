"""A draft as it is shown: facts on a wash, doubts on red with their reasons, a way to settle them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gigdesk.domain.proposals import Finding, Proposal
from gigdesk.domain.records import Ref
from gigdesk.domain.words import n, t
from gigdesk.ui.kit.layout import emptied, row
from gigdesk.ui.kit.words import Button, Ground, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import look

SHOWN = 6


class Prose(QLabel):
    """A draft: facts from records stand on a wash, findings on red, the rest is the model's."""

    picked = Signal(int)  # a fact was clicked: its place among the marks

    def __init__(self, words: str = "", marks: Sequence[tuple[int, int, str]] = ()) -> None:
        super().__init__()
        self._said = words, tuple(marks)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse
        self.setTextInteractionFlags(flags | Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setOpenExternalLinks(False)
        self.linkActivated.connect(self._on_link)
        look.changed.connect(self._rebuild)
        self._rebuild()

    def say(self, words: str, marks: Sequence[tuple[int, int, str]] = ()) -> None:
        """Show these words; a mark is (start, end, `fact` or `finding`)."""
        self._said = words, tuple(marks)
        self._rebuild()

    def _on_link(self, place: str) -> None:
        self.picked.emit(int(place))

    def _rebuild(self) -> None:
        words, marks = self._said
        parts, at = [], 0
        for place, (start, end, kind) in sorted(enumerate(marks), key=_first_findings):
            if start < at:
                continue
            parts.append(_escaped(words[at:start]))
            parts.append(_marked(words[start:end], kind, place))
            at = end
        parts.append(_escaped(words[at:]))
        self.setText(f"<div style='line-height:142%'>{''.join(parts)}</div>")
        self.setAccessibleName(words)


def _first_findings(mark: tuple[int, tuple[int, int, str]]) -> tuple[int, bool]:
    return mark[1][0], mark[1][2] != "finding"


def _marked(words: str, kind: str, place: int) -> str:
    c = look.c
    ground, ink = (c.bad_wash, c.bad) if kind == "finding" else (c.accent_wash, c.accent)
    whole = _escaped(re.sub(r"[ ]", "\u00a0", words))  # facts never break across lines
    style = f"background-color:{ground};color:{ink};text-decoration:none"
    if kind == "fact":
        return f"<a href='{place}' style='{style}'>{whole}</a>"
    return f"<span style='{style}'>{whole}</span>"


def _escaped(words: str) -> str:
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("\n", "<br>")


class Checks(QWidget):
    """The open findings of a draft, each with its reason. Hidden when there is none."""

    settled = Signal(int)  # the person says this finding is right: its place among all findings

    def __init__(self, findings: Sequence[Finding] = ()) -> None:
        super().__init__()
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(tokens.XS)
        self.setLayout(self._lines)
        self.show_findings(findings)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show those that are not settled; one line for the same words."""
        emptied(self._lines)
        seen: dict[tuple[str, str], int] = {}
        for at, finding in enumerate(findings):
            if not finding.settled:
                seen.setdefault((finding.kind, finding.text), at)
        for at in list(seen.values())[:SHOWN]:
            self._lines.addWidget(self._line(at, findings[at]))
        more = len(seen) - SHOWN
        if more > 0:
            said = n("{n} more is marked in the text", "{n} more are marked in the text", more)
            self._lines.addWidget(Words(said, tokens.CAPTION, "bad"))
        self.setVisible(bool(seen))

    def _line(self, at: int, finding: Finding) -> QWidget:
        said = t("“{words}”: {why}", words=_short(finding.text), why=finding.why)
        words = Words(said, ink="bad", wrap=True)
        words.setContentsMargins(0, tokens.XS, 0, tokens.XS)  # two lines do not touch the edge
        right = Button(t("It is right"), "", "quiet", "check")
        right.setAccessibleName(t("“{words}” is right", words=_short(finding.text)))
        right.clicked.connect(partial(self.settled.emit, at))
        line = row(words, right, gap=tokens.S, margins=(10, 2, 4, 2))
        line.setStretch(0, 1)
        return Ground(line, "bad_wash")


def marks_of(proposal: Proposal) -> list[tuple[int, int, str]]:
    """Where a draft's facts and open findings stand; the facts come first."""
    marks = [(fact.start, fact.end, "fact") for fact in proposal.facts]
    return marks + [(f.start, f.end, "finding") for f in proposal.findings if not f.settled]


def record_at(proposal: Proposal, place: int) -> Ref | None:
    """The record of the fact at this place among the marks."""
    return proposal.facts[place].ref if place < len(proposal.facts) else None


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 60 else f"{flat[:57]}…"
