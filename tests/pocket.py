"""A keyring in a file: desks of tests open at once, where a passphrase takes a sixth of a second."""

from __future__ import annotations

from pathlib import Path


class Pocket:
    """A keyring in a file, so that many processes open one desk at once."""

    available = True

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, name: str) -> str | None:
        """The secret that was put here under this name."""
        known = self._file.read_text().split("\n") if self._file.exists() else []
        found = [known[at + 1] for at, each in enumerate(known) if each == name]
        return found[-1] if found else None

    def put(self, name: str, secret: str) -> None:
        """Keep it."""
        with self._file.open("a") as file:
            file.write(f"{name}\n{secret}\n")

    def forget(self, name: str) -> None:
        """Let go of it."""
        known = self._file.read_text().split("\n")
        while name in known:
            at = known.index(name)
            del known[at : at + 2]
        self._file.write_text("\n".join(known))
