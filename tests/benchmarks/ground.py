"""What the benchmarks stand on: big desks, a display, a clean environment."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.benchmarks.post import write_maildir, write_mbox

ROOT = Path(__file__).resolve().parent.parent.parent
GIGDESK = str(Path(sys.executable).with_name("gigdesk"))
PASSPHRASE = "correct horse battery staple"
MAILS, INVOICES = 100_000, 5_000


class Ground:
    """Files made once per run and thrown away after."""

    def __init__(self, *, small: bool) -> None:
        self.small = small
        self.folder = Path(tempfile.mkdtemp(prefix="gigdesk-bench-"))
        passphrase = self.folder / "passphrase"
        passphrase.write_text(PASSPHRASE)
        self.env = {
            **os.environ, "GIGDESK_PASSPHRASE_FILE": str(passphrase), "LC_ALL": "C.UTF-8",
            "TZ": "Europe/Berlin",
        }  # fmt: skip
        # As for a person: the second start finds the first one's bytecode.
        for name in ("PYTHONDONTWRITEBYTECODE", "DBUS_SESSION_BUS_ADDRESS", "GIGDESK_HOME"):
            self.env.pop(name, None)

    def close(self) -> None:
        """Throw everything away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def mails(self) -> int:
        """How many mails the big desk has."""
        return MAILS // 50 if self.small else MAILS

    def command(self, home: Path, *words: str) -> Any:
        """One command of ours; its JSON."""
        done = subprocess.run(
            [GIGDESK, "--home", str(home), *words, "--json"],
            env=self.env, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return json.loads(done.stdout)

    @cached_property
    def big(self) -> Path:
        """A desk of 100,000 mails and 5,000 invoices: a large sample, and mails beside it."""
        from gigdesk.app import open_office
        from gigdesk.services.sample.filling import Amounts, fill

        home = self.folder / "big"
        amounts = Amounts(invoices=90 if self.small else INVOICES)
        office = open_office(home, ask=lambda _question: PASSPHRASE)
        try:
            for _step in fill(office, 1, amounts):
                pass
        finally:
            office.close()
        rest = self.folder / "rest.mbox"
        write_mbox(rest, max(0, self.mails - amounts.messages), seed=3)
        self.command(home, "mail", "import", str(rest))
        rest.unlink()
        return home

    @cached_property
    def maildir(self) -> Path:
        """10,000 mails, 43 MB, as a Maildir."""
        folder = self.folder / "Maildir"
        write_maildir(folder, 500 if self.small else 10_000, seed=1)
        return folder


@contextlib.contextmanager
def display() -> Iterator[str]:
    """An X server of its own. It stays up between clients (-noreset), or each would wait for it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
