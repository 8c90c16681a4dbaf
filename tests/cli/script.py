"""Runs commands on one desk, as a script does, in this process."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gigdesk.cli.main import run

if TYPE_CHECKING:
    from gigdesk.services.office import Office


class Script:
    """Runs commands on one desk and reads what they print."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._home, self._capsys = home, capsys
        self.error = ""

    def __call__(self, *words: str, ends: int = 0) -> Any:
        code = run([*words, "--json"], lambda _home, _now: _Entrance(self._home))
        out, self.error = self._capsys.readouterr()
        assert code == ends, self.error
        return json.loads(out) if out else None


class _Entrance:
    def __init__(self, home: Path) -> None:
        self._home = home

    def open(self) -> Office:
        from gigdesk.app import open_office
        from tests.conftest import NOW, PASSPHRASE

        now: datetime = NOW
        return open_office(self._home, lambda _question: PASSPHRASE, lambda: now)
