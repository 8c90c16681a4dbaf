"""`gigdesk` opens the desk; with a command it does one thing and ends."""

from __future__ import annotations

import multiprocessing
import sys

# Options that stand before a command; with nothing else the window opens.
_WITH_VALUE = {"--home", "--now"}


def main() -> int:
    """Start the window or the command line; imports inside, or every child would load Qt."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    from gigdesk import app

    if _only_options(arguments):
        return app.run_window(arguments)
    return app.run_command(arguments)


def _only_options(arguments: list[str]) -> bool:
    at = 0
    while at < len(arguments):
        word = arguments[at]
        if word in _WITH_VALUE:
            at += 2
        elif word.split("=")[0] in _WITH_VALUE:
            at += 1
        else:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
