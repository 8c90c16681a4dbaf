"""`make bench`: measures, and prints each figure beside its baseline of the same run.

python -m tests.benchmarks [--small] [NAME ...]     names: starting post_office fetching stalling speaking
                                                    viewing labels
"""

from __future__ import annotations

import argparse
import importlib
import platform
import sys

import psutil

from tests.benchmarks.figures import Figure, table
from tests.benchmarks.ground import Ground

NAMES = ("speaking", "stalling", "post_office", "fetching", "viewing", "starting", "labels")
_FILES = {"labels": "labelling"}  # the folder of that name holds the mails


def main() -> int:
    """Measure what is named, or everything."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks")
    parser.add_argument("names", nargs="*", default=NAMES, metavar="NAME")
    parser.add_argument("--small", action="store_true", help="a trial on small desks")
    asked = parser.parse_args()
    cores = psutil.cpu_count(logical=False) or psutil.cpu_count()
    print(f"{platform.platform()}, Python {platform.python_version()}, {cores} cores")
    ground = Ground(small=asked.small)
    figures: list[Figure] = []
    try:
        for name in asked.names:
            print(f"measuring: {name}", file=sys.stderr, flush=True)
            measuring = importlib.import_module(f"tests.benchmarks.{_FILES.get(name, name)}")
            found: list[Figure] = measuring.measure(ground)
            print(table(found), file=sys.stderr, flush=True)
            figures += found
    finally:
        ground.close()
    print(table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
