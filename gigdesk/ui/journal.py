"""The log file: what happened, never anybody's text; it does not grow without end."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path


def log_to(folder: Path) -> None:
    """Write the log into this folder from now on."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "gigdesk.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
