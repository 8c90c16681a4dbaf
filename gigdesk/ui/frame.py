"""What stands around the pages: what waits in each tab, the foot, and what the window wears."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSplitter, QWidget

from gigdesk.background.desk import gone
from gigdesk.domain.topics import Changed, Topic

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.kit.page import Page

# How much waits in a tab, and whether it is urgent.
Waits = tuple[int, bool]


def nothing_waits(_office: Office) -> Waits:
    """A tab in which nothing waits."""
    return 0, False


@dataclass(frozen=True)
class Tab:
    """A tab of the sidebar: which records it shows, how its page is made, what waits in it."""

    name: str
    icon: str
    kinds: frozenset[str]
    make: Callable[[Desk, Office], Page]
    waits: Callable[[Office], Waits] = nothing_waits


class Waiting:
    """Asks what waits in all tabs, also in those that were never opened; one question at a time."""

    def __init__(
        self,
        desk: Desk,
        office: Office,
        tabs: Sequence[Tab],
        shown: Callable[[dict[int, Waits]], None],
    ) -> None:
        self._desk, self._office, self._tabs, self._shown = desk, office, tabs, shown
        self._asking = self._again = False

    def ask(self) -> None:
        """Ask now, or once more when the answer that is under way has come."""
        if self._asking:
            self._again = True
            return
        self._asking, self._again = True, False
        self._desk.ask(self._read, then=self._on_read, failed=self._on_failed)

    def _read(self) -> dict[int, Waits]:
        return {at: tab.waits(self._office) for at, tab in enumerate(self._tabs)}

    def _on_read(self, counts: dict[int, Waits]) -> None:
        self._asking = False
        if gone(self._shown):
            return  # the window was made anew meanwhile
        self._shown(counts)
        if self._again:
            self.ask()

    def _on_failed(self, error: Exception) -> None:
        self._asking = False
        self._desk.failed.emit(error)


@dataclass(frozen=True, slots=True)
class Worn:
    """The settings that the window itself follows."""

    theme: str
    scale: float
    motion: bool
    single_keys: bool


def worn(office: Office) -> Worn:
    """As they are set now."""
    settings = office.settings
    return Worn(
        settings.get("theme"),
        settings.number("text_size"),
        settings.on("motion"),
        settings.on("single_keys"),
    )


def foot(office: Office) -> tuple[str, str, str]:
    """Ledger, model, outbox, each in a line."""
    return (
        office.ledger.line(),
        office.model.state().words,
        office.sending.standing().line(office.now()),
    )


def edges_of(page: QWidget) -> list[list[int]]:
    """Where the edges between a page's panes are."""
    return [split.sizes() for split in page.findChildren(QSplitter)]


def remembered(office: Office, name: str, state: str) -> Changed[None]:
    """The window's state is kept for its next start."""
    office.settings.remember(name, state)
    return Changed(None, Topic.NONE)


def decisions_wait(office: Office) -> Waits:
    """Proposals to decide on."""
    return len(office.proposals.waiting()), False


def mails_wait(office: Office) -> Waits:
    """Conversations that need the person."""
    return office.inbox.counts().needs_you, False


def leads_wait(office: Office) -> Waits:
    """Leads worth a look."""
    return office.leads.worth_count(), False


def money_waits(office: Office) -> Waits:
    """Invoices past their due day."""
    return len(office.invoices.late(office.invoices.today())), True
