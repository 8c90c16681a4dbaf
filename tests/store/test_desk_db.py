"""The encrypted database: keys, transactions, counters, migrations, copies."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from gigdesk.domain.errors import Locked, Newer, Stale, Unreadable
from gigdesk.domain.topics import Topic
from gigdesk.store.desk_db import DeskDb, updated
from gigdesk.store.locks import DeskLock
from tests.conftest import KEY


def put(db: DeskDb, key: str, value: str, topics: Topic = Topic.SETTINGS) -> None:
    with db.change(topics) as writing:
        writing.conn.execute("INSERT INTO settings (key, value) VALUES (?, ?)", (key, value))


def values(db: DeskDb) -> list[str]:
    return [row["value"] for row in db.read().query("SELECT value FROM settings ORDER BY key")]


def test_nothing_readable_lies_on_the_disk(db: DeskDb) -> None:
    put(db, "a", "a very telling sentence")
    db.close()
    parts = list(db.path.parent.glob("desk.db*"))
    assert parts
    assert all(b"telling" not in part.read_bytes() for part in parts)
    assert all(b"SQLite format" not in part.read_bytes() for part in parts)


def test_folder_and_file_are_the_owners_alone(db: DeskDb) -> None:
    assert db.path.stat().st_mode & 0o777 == 0o600
    assert db.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_wrong_key_is_said_and_changes_nothing(db: DeskDb) -> None:
    put(db, "a", "1")
    db.close()
    before = db.path.read_bytes()
    with pytest.raises(Unreadable):
        DeskDb.open(db.path, bytes(32))
    assert db.path.read_bytes() == before
    assert values(DeskDb.open(db.path, KEY)) == ["1"]


def test_an_error_rolls_the_whole_change_back(db: DeskDb) -> None:
    counted = db.counters()

    def half_done() -> None:
        with db.change(Topic.SETTINGS):
            put(db, "a", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert values(db) == []
    assert db.counters() == counted


def test_a_nested_change_joins_and_all_topics_count(db: DeskDb) -> None:
    before = db.counters()
    with db.change(Topic.SETTINGS):
        put(db, "a", "1", Topic.INBOX)
    after = db.counters()
    touched = {topic for topic, count in after.items() if count != before[topic]}
    assert touched == {Topic.SETTINGS, Topic.INBOX}


def test_reading_connections_cannot_write(db: DeskDb) -> None:
    with pytest.raises(Exception, match="readonly"):
        db.read().conn.execute("DELETE FROM settings")


def test_another_connection_sees_that_something_changed(db: DeskDb) -> None:
    other = DeskDb.open(db.path, KEY)
    version = db.data_version()
    put(other, "a", "1")
    assert db.data_version() != version
    assert values(db) == ["1"]
    other.close()


def test_many_threads_write_one_after_the_other(db: DeskDb) -> None:
    def work(name: int) -> None:
        for at in range(20):
            put(db, f"{name:02}-{at:02}", "x")

    threads = [threading.Thread(target=work, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(values(db)) == 120


def test_a_newer_desk_is_refused_untouched(db: DeskDb) -> None:
    with db.change(Topic.NONE) as writing:
        writing.conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('gigdesk', 'm999_from_the_future', '2030-01-01')"
        )
    db.close()
    with pytest.raises(Newer):
        DeskDb.open(db.path, KEY)


def test_a_copy_is_kept_before_a_migration(db: DeskDb) -> None:
    put(db, "a", "1")
    with db.change(Topic.NONE) as writing:
        # As if the last step had not been there yet.
        writing.conn.execute("DROP TABLE routine_log")
        writing.conn.execute("DROP TABLE tasks")
        writing.conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'm009_routines'")
    db.close()
    again = DeskDb.open(db.path, KEY)
    assert again.read()["tasks"].exists()
    copies = list(db.path.parent.glob("desk-before-*.db"))
    assert len(copies) == 1
    kept = DeskDb(copies[0], KEY)
    assert values(kept) == ["1"]
    assert not kept.read()["tasks"].exists()


def test_a_damaged_file_is_said(db: DeskDb) -> None:
    put(db, "a", "1" * 100_000)
    with db.change(Topic.NONE):
        pass
    db.close()
    data = bytearray(db.path.read_bytes())
    data[4096 * 5 : 4096 * 6] = bytes(4096)
    db.path.write_bytes(data)
    assert DeskDb(db.path, KEY).check()


def test_updated_refuses_what_changed_meanwhile(db: DeskDb) -> None:
    with db.change(Topic.NONE) as writing:
        writing.conn.execute(
            "INSERT INTO proposals (id, kind, key, title, about, why, draft, state, created)"
            " VALUES (1, 'reply', 'k', '', '', '', '', 'waiting', '2026-01-01')"
        )
        assert updated(writing, "proposals", 1, 1, {"title": "new"}) == 2
        with pytest.raises(Stale):
            updated(writing, "proposals", 1, 1, {"title": "newer"})


def test_the_whole_lock_waits_for_those_who_share(tmp_path: Path) -> None:
    first, second = DeskLock(tmp_path / "lock"), DeskLock(tmp_path / "lock")
    first.share()
    second.share()
    first.close()
    with second.whole():
        third = DeskLock(tmp_path / "lock")
        with pytest.raises(Locked):
            third.share(wait=0.2)
    for each in (second, third):
        each.close()
    third.share(wait=0.2)
    for each in (second, third):
        each.close()
