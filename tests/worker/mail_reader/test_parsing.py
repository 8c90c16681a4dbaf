"""The short way to a mail's parts gives what the whole parser gives, whatever stands in the mail."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from hypothesis import given, settings
from hypothesis import strategies as st

from gigdesk.worker.mail_reader.parsing import message_of

PIECES = st.sampled_from(
    [b"Subject: x", b"From: a@x.example", b"Content-Type: text/html; charset=utf-8", b" more", b"\tmore",
     b"Content-Type: multipart/mixed; boundary=b", b"--b", b"Content-Type: message/rfc822", b"X:",
     b"\r\n", b"\n", b"\n\n", b"\r", b": none", b"no field", b"Na me: x", "Ü: ü".encode(), b"Y: \xff\xfe",
     b"\x0c", b"\x1c", b"\x00", b">From me", b"Z:\r\n  folded", b"body"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=24), st.sampled_from([b"\n", b"\r\n"]))
@settings(max_examples=500, deadline=None)
def test_a_mail_is_the_same_by_either_way(pieces: list[bytes], line: bytes) -> None:
    raw = b"From: me@x.example" + line + line.join(pieces)
    short, _ = message_of(raw)
    whole = message_from_bytes(raw)
    assert _parts(short) == _parts(whole)


def _parts(message: Message) -> list[object]:
    """Every part as it was read; writing it again is what the library cannot always do."""
    return [
        (list(each.raw_items()), None if each.is_multipart() else each.get_payload())
        for each in message.walk()
    ]
