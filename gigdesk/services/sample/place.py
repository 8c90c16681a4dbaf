"""Where a sample desk lies: in a folder beside one's own desk, never in it, and gone when thrown away."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Trouble
from gigdesk.domain.ports import KeyQuestion
from gigdesk.domain.prompts import Never, Stop
from gigdesk.domain.words import t
from gigdesk.services.sample.mark import is_whole

if TYPE_CHECKING:
    from gigdesk.services.office import Office
    from gigdesk.services.sample.filling import Step

_KEY = "sample.key"


class NoKeyring:
    """A sample desk stays out of the system's keyring: it holds nobody's secrets."""

    available = False

    def get(self, name: str) -> str | None:  # noqa: ARG002 - the port's shape
        """Nothing is kept."""
        return None

    def put(self, name: str, secret: str) -> None:
        """Nothing is kept."""

    def forget(self, name: str) -> None:
        """Nothing is kept."""


class SamplePlace:
    """The folder of the sample that belongs to a desk."""

    def __init__(self, own: Path) -> None:
        self.folder = own.with_name(f"{own.name}-sample")

    def key(self, _question: KeyQuestion) -> str | None:
        """The sample's own passphrase. It lies beside the sample: the people in it are made up, and
        nobody should have to choose a passphrase to look around."""
        path = self.folder / _KEY
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                path.touch(mode=0o600)
                path.write_text(secrets.token_hex(16), "utf-8")
            return path.read_text("utf-8")
        except OSError as error:
            raise Trouble(
                t("The sample desk cannot be made here"), t("Your own desk was not touched.")
            ) from error

    def open(
        self, opened: Callable[[], Office], stop: Stop | None = None
    ) -> Generator[Step, None, Office]:
        """Open the sample and fill it if it was not filled whole; the office is the return value.
        One that was left half filled is made anew."""
        from gigdesk.services.sample.filling import fill, is_empty

        flag = stop or Never()
        office = opened()
        if not is_whole(office):
            if not is_empty(office):
                office.close()
                self.throw_away()
                office = opened()
            for step in fill(office):
                yield step
                if flag.is_set():
                    office.close()
                    self.throw_away()
                    raise Trouble(t("The sample desk was not made"), t("You stopped it."))
        return office

    def throw_away(self) -> None:
        """Away with the folder and all that was made in it."""
        # What cannot be removed now is nobody's loss: the next sample begins with what is left.
        shutil.rmtree(self.folder, ignore_errors=True)
