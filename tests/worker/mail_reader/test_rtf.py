"""Rich text of Outlook: unpacked as it is written down, and its words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gigdesk.worker.mail_reader.rtf import unpacked, words_of

# The two examples of MS-OXRTFCP.
HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
ROUND = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def test_packed_text_is_unpacked() -> None:
    assert unpacked(HELLO) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpacked(ROUND) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    plain = b"{\\rtf1 hi}"
    head = (len(plain) + 12).to_bytes(4, "little") + len(plain).to_bytes(4, "little")
    assert unpacked(head + b"MELA" + b"\0" * 4 + plain) == plain


def test_what_is_broken_or_too_large_gives_what_can_be_had() -> None:
    assert unpacked(b"") == b""
    assert unpacked(HELLO[:24]).startswith(b"{\\rtf1")
    assert unpacked(HELLO[:4] + b"\xff\xff\xff\x7f" + HELLO[8:]) == b""


def test_its_words_are_said() -> None:
    rich = (
        b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\*\\generator Word;}\\uc1 Gr\\'fc\\'dfe \\u8364?\\par"
        b" next\\tab x \\{y\\}\r\nz\\~w{\\pict 0102}}"
    )
    assert words_of(rich) == "Grüße €\nnext\tx {y}z w"


def test_of_html_in_it_the_words_are_said_once() -> None:
    rich = (
        b"{\\rtf1\\fromhtml1{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 Hello\\htmlrtf\\par}\\htmlrtf0"
        b"{\\*\\htmltag72 </p>}}"
    )
    assert words_of(rich) == "Hello"


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_whatever_comes_something_is_said(data: bytes) -> None:
    words_of(unpacked(b"\0" * 4 + (900).to_bytes(4, "little") + b"LZFu\0\0\0\0" + data))
    words_of(data)
