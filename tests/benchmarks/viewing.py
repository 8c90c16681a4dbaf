"""The longest the window is held by one mail: laid out, a fold opened, shown whole. Over mails that are
made to hold it, beside an ordinary one."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.benchmarks.figures import Figure
from tests.benchmarks.ground import ROOT
from tests.bombs import bombs

if TYPE_CHECKING:
    from tests.benchmarks.ground import Ground


def measure(ground: Ground) -> list[Figure]:
    """Each mail in a window without a screen; what is painted counts as well."""
    folder = ground.folder / "bombs"
    folder.mkdir()
    for at, raw in enumerate(bombs().values()):
        (folder / f"{at:03}.eml").write_bytes(raw)
    home = ground.folder / "viewing"
    ground.command(home, "mail", "import", str(folder))
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.probes.viewing", str(home)],
        env={**ground.env, "QT_QPA_PLATFORM": "offscreen"}, cwd=ROOT, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    return [
        Figure(
            f"longest a mail holds the window ({found['name']})", found["worst"], "ms",
            found["plain"], "an ordinary mail", "under 2,000 ms",
        ),
        Figure(f"longest a click in one holds it ({found['click_name']})", found["click"], "ms",
               aim="under 2,000 ms"),
        Figure("mails made to hold the window", found["mails"], ""),
    ]  # fmt: skip
