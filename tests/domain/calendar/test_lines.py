"""Content lines: folding, unfolding, encodings, escapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigdesk.domain.calendar.lines import (
    LINE_MOST,
    Line,
    block,
    escaped,
    folded,
    parse_line,
    plain,
    unfolded,
)

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=400)


@given(TEXT)
def test_folding_is_within_75_octets_and_comes_back_whole(words: str) -> None:
    line = f"SUMMARY:{words}x"
    raw = folded(line)
    assert all(len(piece) <= LINE_MOST for piece in raw.split(b"\r\n"))
    assert unfolded(raw) == [line]


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=200))
def test_a_text_comes_back_from_its_escapes(words: str) -> None:
    assert plain(escaped(words)) == words


def test_line_ends_are_all_written_the_same_way() -> None:
    assert plain(escaped("one\r\ntwo\rthree\nfour")) == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize(
    "data",
    [
        "SUMMARY:Müller".encode(),
        b"\xef\xbb\xbf" + "SUMMARY:Müller".encode(),
        b"\xff\xfe" + "SUMMARY:Müller".encode("utf-16-le"),
        b"\xfe\xff" + "SUMMARY:Müller".encode("utf-16-be"),
        "SUMMARY:Müller".encode("utf-16-le"),
        "SUMMARY:Müller".encode("utf-16-be"),
        "SUMMARY:Müller".encode("latin-1"),
        "SUMMARY:Müller".encode("cp1252"),
    ],
)
def test_every_encoding_is_told_apart(data: bytes) -> None:
    assert unfolded(data) == ["SUMMARY:Müller"]


def test_a_character_cut_in_two_by_folding_is_put_together() -> None:
    raw = "SUMMARY:ü".encode()
    assert unfolded(raw[:-1] + b"\r\n " + raw[-1:]) == ["SUMMARY:ü"]


def test_encodings_mixed_in_one_file_are_read_line_by_line() -> None:
    data = "SUMMARY:Müller\r\n".encode() + "LOCATION:Café\r\n".encode("latin-1")
    assert unfolded(data) == ["SUMMARY:Müller", "LOCATION:Café"]


def test_a_line_is_taken_apart_and_put_together() -> None:
    text = 'ATTENDEE;CN="Ada; Byron, Countess";PARTSTAT=ACCEPTED:mailto:ada@x.example'
    line = parse_line(text)
    assert line is not None
    assert (line.name, line.value) == ("ATTENDEE", "mailto:ada@x.example")
    assert line.parameter("CN") == "Ada; Byron, Countess"
    assert str(line) == text


def test_a_parameter_is_set_and_taken_away() -> None:
    line = Line("DTSTART", (("TZID", "Europe/Berlin"),), "20261123T100000")
    assert str(line.with_parameter("TZID", "A:B")) == 'DTSTART;TZID="A:B":20261123T100000'
    assert str(line.with_parameter("TZID", None)) == "DTSTART:20261123T100000"


@pytest.mark.parametrize("text", ["", "no colon", ":value", 'X;Y="open:1', "X;=1:2"])
def test_what_is_no_line_is_none(text: str) -> None:
    assert parse_line(text) is None


def test_blocks_are_whole_components() -> None:
    lines = ["X", "BEGIN:VEVENT", "A:1", "END:VEVENT", "BEGIN:VEVENT", "END:VCALENDAR"]
    assert block(lines, "VEVENT") == [["BEGIN:VEVENT", "A:1", "END:VEVENT"]]
