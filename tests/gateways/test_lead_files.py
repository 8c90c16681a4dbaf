"""The child that reads files of leads: what stops it costs itself only, and nothing of it stays."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

import pytest

from gigdesk.domain.errors import NotFound, Trouble, Unreadable
from gigdesk.domain.leads.records import Posting, Unusable
from gigdesk.gateways import lead_files
from gigdesk.gateways.lead_files import LeadFiles, Limits
from tests.gateways.lead_children import absent, fragile

# Long for a child that reads, nothing for one that hangs.
QUICK = Limits(file=1.5, record=1.0)


def table(folder: Path, *titles: str, name: str = "jobs.csv") -> Path:
    path = folder / name
    path.write_text("title,text\n" + "".join(f"{each},{each}\n" for each in titles), "utf-8")
    return path


def read(files: LeadFiles, path: Path) -> list[Posting | Unusable]:
    with files.open(path, "") as file:
        found = list(file.leads())
        assert file.total == len(found)
    assert not multiprocessing.active_children()
    return found


def said(found: list[Posting | Unusable]) -> list[str]:
    return [each.title if isinstance(each, Posting) else f"! {each.reason}" for each in found]


def test_a_file_is_read_record_by_record(tmp_path: Path) -> None:
    found = read(LeadFiles(), table(tmp_path, "One", "Two", "too,many,cells"))
    assert said(found)[:2] == ["One", "Two"]
    assert isinstance(found[2], Unusable)


def test_what_is_no_file_of_leads_is_said_by_the_child(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        LeadFiles().open(tmp_path / "none.csv", "")
    page = tmp_path / "page.html"
    page.write_text("<html></html>")
    with pytest.raises(Unreadable, match="no file of leads"):
        LeadFiles().open(page, "")
    assert not multiprocessing.active_children()


def test_a_record_that_kills_or_holds_the_child_costs_itself_only(tmp_path: Path) -> None:
    path = table(tmp_path, "One", "DIE", "Two", "HANG", "Three")
    found = read(LeadFiles(QUICK, fragile), path)
    assert said(found) == [
        "One", "! It stops whoever reads it.", "Two", "! It takes too long to read.", "Three",
    ]  # fmt: skip
    assert isinstance(found[1], Unusable)
    assert "DIE" in found[1].raw, "its original is kept"
    assert found[1].row == 3


@pytest.mark.parametrize(
    ("name", "words"), [("HANG.csv", "takes too long"), ("DIE.csv", "stops whoever reads it")]
)
def test_a_file_that_stops_the_child_as_a_whole_says_so(
    tmp_path: Path, name: str, words: str
) -> None:
    path = table(tmp_path, "One", name=name)
    with pytest.raises(Unreadable, match=words):
        LeadFiles(QUICK, fragile).open(path, "")
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes there")
def test_what_is_no_real_file_holds_nobody(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    os.mkfifo(path)  # opening it waits for a writer for ever
    with pytest.raises(Unreadable, match="takes too long"):
        LeadFiles(QUICK).open(path, "")


def test_too_many_that_stop_the_child_end_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_files, "STOPPED_MOST", 2)
    path = table(tmp_path, "One", *["DIE"] * 4)
    found: list[Posting | Unusable] = []
    with LeadFiles(QUICK, fragile).open(path, "") as file, pytest.raises(Trouble, match="kept"):
        found.extend(file.leads())
    assert not multiprocessing.active_children()


def test_a_child_that_does_not_start_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="does not start"):
        LeadFiles(target=absent).open(table(tmp_path, "One"), "")


def test_leaving_in_the_middle_leaves_no_child(tmp_path: Path) -> None:
    with LeadFiles().open(table(tmp_path, *map(str, range(5000))), "") as file:
        assert isinstance(next(file.leads()), Posting)
    assert not multiprocessing.active_children()


def outcome(path: Path) -> object:
    try:
        return read(LeadFiles(Limits(file=8.0, record=2.0)), path)
    except Unreadable as trouble:
        return trouble.title


@pytest.mark.slow
@pytest.mark.parametrize(
    "item",
    [
        "<item>" + "<div>" * 200 + "</item>",
        "<item><description>" + "&lt;a " * 300 + "</description></item>",
        "<item>" + "".join(f"<x{at}:y xmlns:x{at}='u{at}'/>" for at in range(60)) + "</item>",
        "<item><pubDate>" + "1" * 900 + "</pubDate></item>",
    ],
)
def test_hostile_feeds_end_one_way_or_another(tmp_path: Path, item: str) -> None:
    """Two megabytes made to be slow: all are rows, or the file says what is wrong with it."""
    path = tmp_path / "feed.xml"
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>'
    path.write_text(head + item * ((2 << 20) // len(item)) + "</channel></rss>", "utf-8")
    assert outcome(path)
    assert not multiprocessing.active_children()
