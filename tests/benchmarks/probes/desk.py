"""GigDesk as a person starts it; says when Today stands in its window with the day on it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from gigdesk import app
from gigdesk.ui import session

if TYPE_CHECKING:
    from collections.abc import Callable

    from gigdesk.ui.kit.page import Page


def _watched(make: Callable[..., Page]) -> Callable[..., Page]:
    """The maker of Today, whose page says when its day is shown and painted."""

    def made(*given: Any) -> Page:
        from PySide6.QtCore import QTimer

        page: Any = make(*given)
        show = page._show
        told = [False]

        def shown(day: object) -> None:
            show(day)
            if not told[0]:
                told[0] = True
                page.window().repaint()
                QTimer.singleShot(0, lambda: print("painted", flush=True))

        page._show = shown
        return page

    return made


if __name__ == "__main__":
    first, *rest = session.TABS
    session.TABS = (  # type: ignore[assignment]
        session.Tab(first.name, first.icon, first.kinds, _watched(first.make)),
        *rest,
    )
    sys.exit(app.run_window(["--home", sys.argv[1]]))
