"""A full disk and a killed process: what was there before is there after, and the words are clear."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gigdesk.domain.errors import Full, Newer
from gigdesk.domain.topics import Topic
from gigdesk.store.blobs import Blobs
from gigdesk.store.desk_db import DeskDb
from tests.conftest import KEY, PASSPHRASE
from tests.whole.session import unshare

GIGDESK = str(Path(sys.executable).with_name("gigdesk"))


def put(db: DeskDb, key: str, value: str) -> None:
    with db.change(Topic.SETTINGS) as writing:
        writing.conn.execute("INSERT INTO settings (key, value) VALUES (?, ?)", (key, value))


def keys(db: DeskDb) -> list[str]:
    return [row["key"] for row in db.read().query("SELECT key FROM settings ORDER BY key")]


@contextlib.contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """The system refuses to let any file of this process grow over this size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def size_of(db: DeskDb) -> int:
    return max(path.stat().st_size for path in db.path.parent.glob("desk.db*"))


# --- a full disk -----------------------------------------------------------------------------------
def test_a_change_that_finds_no_room_is_full_and_leaves_no_half(db: DeskDb) -> None:
    put(db, "before", "1")
    counted = db.counters()

    def too_much() -> None:
        with db.change(Topic.SETTINGS):
            for at in range(200):
                put(db, f"much-{at}", os.urandom(20_000).hex())

    with no_file_above(size_of(db) + 500_000), pytest.raises(Full):
        too_much()
    assert keys(db) == ["before"]
    assert db.counters() == counted
    # There is room again: on it goes, on the same connection.
    put(db, "later", "1")
    assert keys(db) == ["before", "later"]
    assert db.check() == []


def test_a_blob_that_finds_no_room_is_full_and_leaves_no_half(blobs: Blobs) -> None:
    kept = blobs.put(b"kept")
    with no_file_above(50_000), pytest.raises(Full):
        blobs.put(os.urandom(200_000))
    names = set(blobs.names())
    assert names == {kept}
    assert blobs.get(kept) == b"kept"
    assert blobs.get(blobs.put(os.urandom(200_000)))


def test_a_backup_that_finds_no_room_says_so_and_keeps_the_old_one(
    db: DeskDb, tmp_path: Path
) -> None:
    put(db, "before", os.urandom(100_000).hex())
    with no_file_above(20_000), pytest.raises(Full):
        db.copy_to(tmp_path / "copy.db")
    put(db, "later", "1")
    (tmp_path / "copy.db").unlink(missing_ok=True)
    db.copy_to(tmp_path / "copy.db")
    assert keys(DeskDb.open(tmp_path / "copy.db", KEY)) == ["before", "later"]


FULL_DISK = """
import json, os, subprocess, sys
from pathlib import Path

gigdesk, place, mails = sys.argv[1:]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m,mode=700", "tmpfs", place], check=True)
home, filler = Path(place) / "desk", Path(place) / "filler"

def run(*words):
    done = subprocess.run(
        [gigdesk, "--home", str(home), *words, "--json"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )
    return [done.returncode, json.loads(done.stdout), done.stderr]

said = [run("settings", "set", "terms_days", "33")]
filler.write_bytes(os.urandom(86_000_000))
said.append(run("mail", "import", mails))
said.append(run("mail", "list", "--limit", "5000"))
said.append(run("doctor"))
filler.unlink()
said.append(run("mail", "import", mails))
said.append(run("mail", "list", "--limit", "5000"))
said.append(run("settings", "get", "terms_days"))
said.append(run("doctor"))
print(json.dumps(said))
"""


@pytest.mark.slow
def test_an_import_on_a_full_disk_stops_kindly_and_goes_on_later(tmp_path: Path) -> None:
    tried = subprocess.run([*unshare("m"), "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"this kernel mounts nothing for us: {tried.stderr.strip()}")
    count = 600
    mails = tmp_path / "many.mbox"
    mails.write_text(
        "".join(
            f"From x\nMessage-ID: <{at}@x>\nFrom: a@x.example\nSubject: Mail {at}\n\n"
            f"{os.urandom(4000).hex()}\n\n"
            for at in range(count)
        )
    )
    words = tmp_path / "words"
    words.write_text(PASSPHRASE)
    script = tmp_path / "full.py"
    script.write_text(FULL_DISK)
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        [*unshare("m"), sys.executable, str(script), GIGDESK, str(place), str(mails)],
        env={**os.environ, "GIGDESK_PASSPHRASE_FILE": str(words)},
        capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made, full, some, doctor_full, again, all_of_them, kept, doctor = json.loads(done.stdout)
    assert made[0] == 0
    assert full[0] == 1, full
    assert full[1]["error"]["title"] == "The disk is full"
    assert "Traceback" not in full[2]
    # The desk can be read meanwhile; what was brought in is whole.
    assert some[0] == 0, some
    assert len(some[1]) < count
    assert doctor_full[0] == 0
    # Room again: the rest comes in, nothing twice.
    assert again[0] == 0, again
    assert again[1]["imported"] + again[1]["duplicates"] == count
    assert len({each["subject"] for each in all_of_them[1]}) == len(all_of_them[1]) == count
    assert kept[1][0]["value"] == "33"
    assert all(each["ok"] for each in doctor[1]["checks"] if each["name"] != "room"), doctor


# --- a killed process ------------------------------------------------------------------------------
WRITER = """
import sys
from pathlib import Path
from gigdesk.domain.topics import Topic
from gigdesk.store.desk_db import DeskDb

db = DeskDb.open(Path(sys.argv[1]), bytes(range(32)))
with db.change(Topic.SETTINGS) as writing:
    writing.conn.execute("INSERT INTO settings (key, value) VALUES ('whole', '1')")
with db.change(Topic.SETTINGS) as writing:
    # More than the cache holds, so that half of it lies in the file already.
    for at in range(400):
        writing.conn.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?)", (f"half-{at}", "x" * 100_000)
        )
    print("in the middle", flush=True)
    sys.stdin.read()
"""


def test_killed_in_the_middle_of_a_change_it_never_was(db: DeskDb, tmp_path: Path) -> None:
    put(db, "before", "1")
    counted = db.counters()[Topic.SETTINGS]
    script = tmp_path / "writer.py"
    script.write_text(WRITER)
    process = subprocess.Popen(
        [sys.executable, str(script), str(db.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "in the middle\n"
    assert sum(path.stat().st_size for path in db.path.parent.glob("desk.db*")) > 10_000_000
    process.send_signal(signal.SIGKILL)
    process.communicate()
    # The one who watched goes on, and so does who comes anew.
    assert keys(db) == ["before", "whole"]
    assert db.counters()[Topic.SETTINGS] == counted + 1
    put(db, "later", "1")
    db.close()
    again = DeskDb.open(db.path, KEY)
    assert keys(again) == ["before", "later", "whole"]
    assert again.check() == []
    again.close()


MIGRATOR = """
import os, signal, sys
from pathlib import Path
from gigdesk.store import desk_db

def killed(_db, _topics):
    # Every step has run; the transaction is not yet done.
    os.kill(os.getpid(), signal.SIGKILL)

desk_db.DeskDb._count = staticmethod(killed)
desk_db.DeskDb.open(Path(sys.argv[1]), bytes(range(32)))
"""


def test_killed_in_the_middle_of_a_migration_it_is_done_again(db: DeskDb, tmp_path: Path) -> None:
    put(db, "before", "1")
    with db.change(Topic.NONE) as writing:
        writing.conn.execute("DROP TABLE routine_log")
        writing.conn.execute("DROP TABLE tasks")
        writing.conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'm009_routines'")
    db.close()
    script = tmp_path / "migrator.py"
    script.write_text(MIGRATOR)
    done = subprocess.run([sys.executable, str(script), str(db.path)], check=False)
    assert done.returncode == -signal.SIGKILL
    copies = list(db.path.parent.glob("desk-before-*.db"))
    assert len(copies) == 1
    again = DeskDb.open(db.path, KEY)
    assert again.read()["tasks"].exists()
    assert keys(again) == ["before"]
    assert again.check() == []
    again.close()


# --- what is refused, and to whom ------------------------------------------------------------------
def test_a_newer_file_is_left_as_it_is(db: DeskDb) -> None:
    put(db, "before", "1")
    with db.change(Topic.NONE) as writing:
        writing.conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('gigdesk', 'm999_from_the_future', '2030-01-01')"
        )
    db.close()
    before = db.path.read_bytes()
    for _ in range(2):
        with pytest.raises(Newer) as refused:
            DeskDb.open(db.path, KEY)
        assert "newer" in refused.value.title
    assert db.path.read_bytes() == before
    assert list(db.path.parent.glob("desk-before-*")) == []


def test_files_are_the_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        db = DeskDb.open(tmp_path / "new" / "desk.db", KEY)
        put(db, "a", "1")
        db.copy_to(tmp_path / "new" / "copy.db")
        blobs = Blobs(tmp_path / "new" / "blobs", KEY)
        blobs.put(b"x")
        found = {path: path.stat().st_mode & 0o777 for path in (tmp_path / "new").rglob("*")}
        folder = (tmp_path / "new").stat().st_mode & 0o777
        db.close()
    finally:
        os.umask(before)
    assert folder == 0o700
    assert any(path.name.endswith("-wal") for path in found)
    assert {p.name: m for p, m in found.items() if m != (0o700 if p.is_dir() else 0o600)} == {}
