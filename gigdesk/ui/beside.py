"""What opens beside the work: forms of the window, each loaded when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gigdesk.background.desk import Desk
    from gigdesk.domain.accounts import Account
    from gigdesk.domain.topics import Changed
    from gigdesk.services.office import Office

Done = Callable[["Changed[object]"], None]


def profile(desk: Desk, office: Office, over: QWidget, done: Done) -> None:
    """Who the person is."""
    from gigdesk.ui.profile_dialog import ProfileDialog

    dialog = ProfileDialog(desk, office, over)
    dialog.kept.connect(done)
    dialog.open_it()


def account(
    desk: Desk, office: Office, over: QWidget, done: Done, known: Account | None = None
) -> None:
    """A mail account is set up, or logged in at again."""
    from gigdesk.ui.accounts.dialog import AccountDialog

    dialog = AccountDialog(desk, office, over, known)
    dialog.kept.connect(done)
    dialog.open_it()


def recovery(
    desk: Desk, office: Office, over: QWidget, done: Done, troubled: Callable[[Exception], None]
) -> None:
    """The key that opens the desk when the other one is lost."""
    from gigdesk.ui.recovery_dialog import RecoveryDialog

    dialog = RecoveryDialog(desk, office, over)
    dialog.done_with.connect(done)
    dialog.troubled.connect(troubled)
    dialog.open_it()
