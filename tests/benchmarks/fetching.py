"""10,000 mails from a Dovecot on this machine, over TLS, to searchable: beside mbsync followed by mu and
by notmuch, from the same server.

Each of ours is a whole process from its start to its end. mbsync also asks the disk to keep every mail,
as we do; mu and notmuch stem, our table does not. And how long the window did not answer meanwhile.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tests.benchmarks.figures import Figure
from tests.benchmarks.ground import GIGDESK, ROOT, display
from tests.benchmarks.post import write_maildir
from tests.dovecot import HOST, PASSWORD, Dovecot, running

if TYPE_CHECKING:
    from tests.benchmarks.ground import Ground

_TIMES = 2


def measure(ground: Ground) -> list[Figure]:
    """Fetch with each, one after the other, several times."""
    if shutil.which("dovecot") is None:
        return []
    with running() as server:
        count = 500 if ground.small else 10_000
        write_maildir(server.maildir("anna"), count, seed=1)
        server.given("anna")
        ours, peaks = zip(
            *(_ours(ground, server, count, at) for at in range(_TIMES + 1)), strict=True
        )
        found = [Figure(f"{count:,} mails fetched to searchable", _median(ours), "s", aim="5 s")]
        for name, indexing in (("mu", _mu), ("notmuch", _notmuch)):
            if shutil.which("mbsync") is None or shutil.which(name) is None:
                continue
            theirs = [_mbsync(ground, server, name, at) + indexing(ground, name, at)
                      for at in range(_TIMES + 1)]  # fmt: skip
            found.append(
                Figure(f"{count:,} mails fetched to searchable", _median(ours), "s",
                       _median(theirs), f"mbsync, then {name}", "1 or less")
            )  # fmt: skip
        found.append(Figure("memory while fetching", max(peaks), "MB"))
        found.append(Figure("nothing new", _again(ground), "s"))
        return [*found, *_stalls(ground, server)]


def _median(times: tuple[float, ...] | list[float]) -> float:
    """The first run of a series does not count."""
    return statistics.median(times[1:])


def _home(ground: Ground, server: Dovecot, name: str) -> Path:
    """A desk with the account."""
    home, account = ground.folder / name, ground.folder / "account.json"
    (ground.folder / "secret").write_text(PASSWORD)
    door = {"host": HOST, "port": server.imaps, "tls": "implicit"}
    account.write_text(
        json.dumps({
            "name": "anna", "address": "me@desk.example", "login": "anna", "auth": "password",
            "imap": {**door, "certificate": server.certificate},
            "smtp": {**door, "certificate": server.certificate},
            "secret_file": str(ground.folder / "secret"),
        })
    )  # fmt: skip
    ground.command(home, "account", "add", str(account))
    return home


def _ours(ground: Ground, server: Dovecot, count: int, at: int) -> tuple[float, float]:
    """Seconds, and the most memory of the process and its child together, in MB."""
    home = _home(ground, server, f"fetching-{at}")
    begun = time.perf_counter()
    running_ = subprocess.Popen(
        [GIGDESK, "--home", str(home), "mail", "sync", "--json"],
        env=ground.env, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    peak = [0.0]
    watching = threading.Thread(target=_watch, args=(running_.pid, peak))
    watching.start()
    said, _ = running_.communicate()
    took = time.perf_counter() - begun
    watching.join()
    (account,) = json.loads(said)["accounts"]
    assert (account["new"], account["error"]) == (count, None), account
    return took, peak[0]


def _watch(pid: int, peak: list[float]) -> None:
    rest = threading.Event()
    while True:
        try:
            process = psutil.Process(pid)
            family = [process, *process.children(recursive=True)]
            if process.status() == psutil.STATUS_ZOMBIE:
                return
            peak[0] = max(peak[0], sum(each.memory_full_info().pss for each in family) / 1e6)
        except psutil.Error:
            return
        rest.wait(0.1)


def _again(ground: Ground) -> float:
    begun = time.perf_counter()
    done = ground.command(ground.folder / f"fetching-{_TIMES}", "mail", "sync")
    took = time.perf_counter() - begun
    assert done["accounts"][0]["new"] == 0
    return took


def _mbsync(ground: Ground, server: Dovecot, name: str, at: int) -> float:
    folder = ground.folder / f"{name}-{at}"
    folder.mkdir()
    config = folder / "mbsyncrc"
    config.write_text(
        f"IMAPAccount a\nHost localhost\nPort {server.imaps}\nUser anna\nPass {PASSWORD}\n"
        f"SSLType IMAPS\nCertificateFile {server.folder}/cert.pem\n\n"
        f"IMAPStore far\nAccount a\n\nMaildirStore near\nPath {folder}/mail/\n"
        f"Inbox {folder}/mail/INBOX\nSubFolders Verbatim\n\n"
        f"Channel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSyncState *\n"
    )
    (folder / "mail").mkdir()
    return _timed(["mbsync", "-q", "-c", str(config), "c"], ground.env)


def _mu(ground: Ground, name: str, at: int) -> float:
    folder = ground.folder / f"{name}-{at}"
    home = f"--muhome={folder / 'mu'}"
    subprocess.run(
        ["mu", "init", home, f"--maildir={folder / 'mail'}"], check=True, capture_output=True
    )
    return _timed(["mu", "index", home, "--quiet"], ground.env)


def _notmuch(ground: Ground, name: str, at: int) -> float:
    folder = ground.folder / f"{name}-{at}"
    config = folder / "config"
    config.write_text(
        f"[database]\npath={folder / 'mail'}\n[user]\nname=Me\nprimary_email=me@desk.example\n"
    )
    return _timed(["notmuch", "new", "--quiet"], {**ground.env, "NOTMUCH_CONFIG": str(config)})


def _timed(command: list[str], env: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return time.perf_counter() - begun


def _stalls(ground: Ground, server: Dovecot) -> list[Figure]:
    """A real window under Xvfb that attends the account."""
    home = _home(ground, server, "stalls")
    with display() as where:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.probes.attending", str(home)],
            env={**ground.env, "DISPLAY": where}, cwd=ROOT, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    return [
        Figure("longest stall while fetching", found["busy"], "ms", found["rest"],
               "the window at rest", "under 100 ms"),
        Figure("fetched in the window", found["seconds"], "s"),
    ]  # fmt: skip
