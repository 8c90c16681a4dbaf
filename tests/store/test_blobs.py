"""Encrypted blobs: content-addressed, whole or not at all."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from gigdesk.domain.errors import NotFound, Unreadable
from gigdesk.store.blobs import Blobs
from tests.conftest import KEY


def files(blobs: Blobs) -> list[Path]:
    return [path for path in blobs.folder.rglob("*") if path.is_file()]


def test_what_is_put_comes_back_and_is_unreadable_on_the_disk(blobs: Blobs) -> None:
    name = blobs.put(b"a very telling sentence")
    assert blobs.get(name) == b"a very telling sentence"
    assert all(b"telling" not in path.read_bytes() for path in files(blobs))
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in files(blobs))


def test_the_same_content_is_kept_once(blobs: Blobs) -> None:
    assert blobs.put_many([b"x", b"y", b"x"])[0] == blobs.put(b"x")
    assert len(files(blobs)) == 2


def test_names_differ_from_desk_to_desk(blobs: Blobs, tmp_path: Path) -> None:
    other = Blobs(tmp_path / "other", bytes(32))
    assert other.put(b"x") != blobs.put(b"x")


def test_a_damaged_or_missing_blob_is_said(blobs: Blobs) -> None:
    name = blobs.put(b"something")
    path = files(blobs)[0]
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(Unreadable):
        blobs.get(name)
    path.unlink()
    with pytest.raises(NotFound):
        blobs.get(name)


def test_a_blob_cannot_be_passed_off_as_another(blobs: Blobs) -> None:
    one, two = blobs.put(b"one"), blobs.put(b"two")
    place = blobs.folder / one[:2] / one
    place.write_bytes((blobs.folder / two[:2] / two).read_bytes())
    with pytest.raises(Unreadable):
        blobs.get(one)


def test_sweeping_takes_only_what_no_row_names_and_is_old(blobs: Blobs) -> None:
    live, orphan = blobs.put(b"live"), blobs.put(b"orphan")
    assert blobs.sweep({live}, older_than=time.time() - 3600) == 0
    assert blobs.sweep({live}, older_than=time.time() + 3600) == 1
    assert blobs.has(live)
    assert not blobs.has(orphan)


def test_a_name_from_outside_reaches_no_other_file(blobs: Blobs) -> None:
    with pytest.raises(ValueError, match="id"):
        blobs.get("../" * 20 + "etc/passwd")


def test_many_at_once_are_more_than_open_files_allow(blobs: Blobs) -> None:
    contents = [str(at).encode() for at in range(2000)]
    names = blobs.put_many(contents)
    assert [blobs.get(name) for name in names] == contents
    assert Blobs(blobs.folder, KEY).get(names[-1]) == b"1999"
