"""Which pieces of one's own work to show: the few that cover most of what is asked."""

from __future__ import annotations

from dataclasses import dataclass

from gigdesk.domain.leads.skills import Asked, plain, shared_skills
from gigdesk.domain.profile import PortfolioPiece, Skill

MOST = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece, and the skills it shows that no piece before it showed."""

    piece: PortfolioPiece
    covers: tuple[str, ...]


def pieces_to_show(
    asked: tuple[Asked, ...], pieces: tuple[PortfolioPiece, ...], own: tuple[Skill, ...]
) -> tuple[Shown, ...]:
    """At most three, each adding something; the earlier piece wins where two add as much."""
    open_yet = {each.name for each in asked}
    left = list(pieces)
    chosen: list[Shown] = []
    while open_yet and left and len(chosen) < MOST:
        best = max(left, key=lambda piece: len(shared_skills(open_yet, piece.skills, own)))
        covers = shared_skills(open_yet, best.skills, own)
        if not covers:
            break
        chosen.append(Shown(best, tuple(sorted(covers, key=plain))))
        open_yet -= covers
        left.remove(best)
    return tuple(chosen)
