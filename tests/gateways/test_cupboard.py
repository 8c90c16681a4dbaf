"""Files leave the desk as new ones, the owner's alone; copies for other programs do not stay."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gigdesk.domain.errors import Trouble
from gigdesk.gateways.cupboard import Cupboard


@pytest.fixture
def cupboard(tmp_path: Path) -> Cupboard:
    return Cupboard(tmp_path / "lent")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nothing_that_lies_there_is_written_over(cupboard: Cupboard, tmp_path: Path) -> None:
    wanted = tmp_path / "report.pdf"
    wanted.write_bytes(b"mine")
    first, second = cupboard.write(wanted, b"one"), cupboard.write(wanted, b"two")
    assert (first.name, second.name) == ("report (2).pdf", "report (3).pdf")
    assert (wanted.read_bytes(), first.read_bytes(), second.read_bytes()) == (
        b"mine",
        b"one",
        b"two",
    )
    assert mode(first) == 0o600


def test_no_link_is_followed(cupboard: Cupboard, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    (tmp_path / "a.txt").symlink_to(target)
    written = cupboard.write(tmp_path / "a.txt", b"x")
    assert written.name == "a (2).txt"
    assert not target.exists()


def test_where_nothing_can_be_written_nothing_is_left(cupboard: Cupboard, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"a\.txt cannot be written"):
        cupboard.write(tmp_path / "none" / "a.txt", b"x")
    assert list(tmp_path.iterdir()) == []


NAMES = (
    "../../.bashrc", "C:\\Windows\\x.exe", "a\x00b.txt", "/etc/passwd", "con.txt", "x" * 400 + ".pdf",
    "\u202efdp.exe", "  .  ", "a/b/c.txt", "NUL", ".hidden", "ä" * 200 + ".pdf",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_lent_under_a_safe_name_in_a_folder_of_the_owners(
    cupboard: Cupboard, tmp_path: Path, name: str
) -> None:
    lent = cupboard.lend(name, b"content")
    assert lent.parent.parent == tmp_path / "lent"
    assert lent.read_bytes() == b"content"
    assert mode(lent) == 0o400, "nobody works on what will be gone"
    assert mode(lent.parent) == mode(lent.parent.parent) == 0o700


def test_copies_of_one_name_do_not_meet(cupboard: Cupboard) -> None:
    assert cupboard.lend("a.pdf", b"1") != cupboard.lend("a.pdf", b"2")


def test_copies_are_cleared_away_when_they_had_their_day(cupboard: Cupboard) -> None:
    old, new = cupboard.lend("old.pdf", b"1"), cupboard.lend("new.pdf", b"2")
    yesterday = datetime.now(UTC) - timedelta(days=1)
    os.utime(old.parent, (yesterday.timestamp() - 60,) * 2)
    assert cupboard.clear(yesterday) == 1
    assert not old.parent.exists()
    assert new.exists()
    assert cupboard.clear() == 1
    assert not new.exists()
    assert cupboard.clear() == 0


def test_only_copies_are_cleared_away(cupboard: Cupboard, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "a.txt").write_text("mine")
    cupboard.lend("a.pdf", b"1")
    (tmp_path / "lent" / "way-out").symlink_to(kept)
    cupboard.clear()
    assert (kept / "a.txt").read_text() == "mine"
    elsewhere = Cupboard(tmp_path / "lent" / "way-out")
    assert elsewhere.clear() == 0
    assert (kept / "a.txt").exists()
