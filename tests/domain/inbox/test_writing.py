"""A mail that leaves: read back it says what was meant, and nothing else stands in it."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigdesk.domain.errors import Refused
from gigdesk.domain.inbox.mails import Address
from gigdesk.domain.inbox.writing import (
    Enclosure,
    Outgoing,
    ascii_domain,
    beyond_ascii,
    mailbox,
    one_line,
    plain_text,
    read_addresses,
    recipients,
    sent_copy,
    written,
)
from gigdesk.worker.mail_reader.parsing import parsed

AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
ADA = Address("Ada Lovelace", "ada@x.example")
ME = Address("Nino Beridze", "nino@studio.example")
# What ends a line for some reader somewhere.
ENDS = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x00"
MEANT = {
    "date", "from", "to", "cc", "subject", "message-id", "in-reply-to", "references",
    "mime-version", "content-type", "content-transfer-encoding",
}  # fmt: skip

anything = st.text(st.characters() | st.sampled_from(ENDS + '"<>,;:\\=?'), max_size=150)
locals_ = st.text("abcdefghij0123456789.+_-", min_size=1, max_size=30).filter(
    lambda s: not s.startswith(".") and not s.endswith(".") and ".." not in s
)


def outgoing(**fields: object) -> Outgoing:
    given_: dict[str, object] = {
        "message_id": "<one@studio.example>", "sender": ME, "to": (ADA,), "subject": "Hello",
        "text": "Hi Ada", "date": AT,
    }  # fmt: skip
    return Outgoing(**{**given_, **fields})  # type: ignore[arg-type]


def headers(raw: bytes) -> dict[str, str]:
    read = message_from_bytes(raw)
    return {name.lower(): str(make_header(decode_header(value))) for name, value in read.items()}


@given(subject=anything, name=anything, other=anything)
def test_no_field_can_add_a_header_or_a_recipient(subject: str, name: str, other: str) -> None:
    mail = outgoing(
        subject=f"Re{subject}\r\nBcc: evil@x.example",
        sender=Address(f"N{name}\nTo: evil@x.example", ME.email),
        to=(ADA, Address(f"{name}, evil@x.example\u2028Bcc: x", "b@y.example")),
        cc=(Address(other, "c@z.example"),),
        in_reply_to=f"<a@b>\r\nX: {other}",
        references=("<r1@x>", f"<{other}@x>", "<r2@x>\r\nBcc: e@x"),
    )
    raw = written(mail)
    read = headers(raw)
    assert set(read) <= MEANT
    pairs = getaddresses([message_from_bytes(raw)["To"].replace("\r\n", "")])
    assert [email for _, email in pairs] == ["ada@x.example", "b@y.example"]
    assert recipients(mail) == ("ada@x.example", "b@y.example", "c@z.example")
    head = raw.partition(b"\r\n\r\n")[0]
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert b"\r" not in head.replace(b"\r\n", b"")
    assert head.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@given(subject=anything, name=anything, text=anything)
def test_what_was_written_is_read_back(subject: str, name: str, text: str) -> None:
    mail = outgoing(subject=subject, to=(Address(name, ADA.email),), text=text)
    read = parsed(written(mail))
    assert read.broken is None
    assert " ".join(read.subject.split()) == one_line(subject)
    assert [each.email for each in read.to] == [ADA.email]
    assert read.message_id == "one@studio.example"
    modern = message_from_bytes(written(mail), policy=policy.default)
    assert isinstance(modern, EmailMessage)
    assert modern.get_content().replace("\r\n", "\n") == plain_text(text)


@given(st.lists(st.text("abcdefghij.-", min_size=1, max_size=390), max_size=60))
def test_a_long_thread_keeps_its_newest_ids_whole(names: list[str]) -> None:
    ids = tuple(dict.fromkeys(f"{name}@x" for name in names))
    read = parsed(written(outgoing(references=ids, in_reply_to=ids[-1] if ids else "")))
    assert read.references == ids[-40:]
    assert read.in_reply_to == ids[-1:]


@given(local=locals_, labels=st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_an_address_is_ascii_or_refused(local: str, labels: list[str]) -> None:
    try:
        made = mailbox(f"{local}@{'.'.join(labels)}")
    except Refused:
        return
    assert made.isascii()
    assert not set(made) & set(' <>,;"\r\n\t')


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("bücher.example", "xn--bcher-kva.example"),
        # Not strasse.de, which is another domain.
        ("straße.de", "xn--strae-oqa.de"),
        ("BÜCHER.Example", "xn--bcher-kva.example"),
        ("почта.рф", "xn--80a1acny.xn--p1ai"),
        ("例え.jp", "xn--r8jz45g.jp"),
    ],
)
def test_a_domain_is_what_the_name_service_knows(typed: str, known: str) -> None:
    assert ascii_domain(typed) == known


@pytest.mark.parametrize(
    "wrong",
    ["", "ada", "ada@", "@x.example", "ada@x", "a b@x.example", "a@x.example\r\nRCPT TO:<e@x>",
     "a@-x.example", "a@x..example", ".a@x.example", "a@x.example>", "a\u202e@x.example",
     f"{'a' * 65}@x.example", "a@[127.0.0.1]", "a@x.exa\u200bmple"],
)  # fmt: skip
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(Refused):
        mailbox(wrong)


def test_an_address_beyond_ascii_needs_a_server_that_takes_it() -> None:
    assert not beyond_ascii(outgoing(to=(Address("Jörg", "joerg@bücher.example"),)))
    mail = outgoing(to=(Address("Jörg", "jörg@bücher.example"),))
    assert beyond_ascii(mail)
    assert recipients(mail) == ("jörg@xn--bcher-kva.example",)
    assert "jörg@xn--bcher-kva.example".encode() in written(mail)


def test_hidden_recipients_stand_in_ones_own_copy_only() -> None:
    hidden = (Address("Bob", "bob@y.example"),)
    mail = outgoing(bcc=hidden)
    raw = written(mail)
    assert b"bob" not in raw
    assert recipients(mail) == ("ada@x.example", "bob@y.example")
    copy = sent_copy(raw, hidden)
    assert headers(copy)["bcc"] == "Bob <bob@y.example>"
    assert copy.endswith(raw)
    alone = outgoing(to=(), bcc=hidden)
    assert headers(written(alone))["to"] == "undisclosed-recipients:;"


def test_each_recipient_is_told_once_and_nobody_is_refused() -> None:
    twice = outgoing(to=(ADA,), cc=(Address("A.", "ADA@x.example"),), bcc=(ADA,))
    assert recipients(twice) == ("ADA@x.example",) or recipients(twice) == ("ada@x.example",)
    with pytest.raises(Refused):
        recipients(outgoing(to=()))
    with pytest.raises(Refused):
        recipients(outgoing(bcc=tuple(Address("", f"a{at}@x.example") for at in range(101))))


def test_files_go_with_it_under_safe_names() -> None:
    files = (
        Enclosure("../../.bashrc", "text/plain", b"rm -rf \r\n\x00"),
        Enclosure("Angebot – für Ada.pdf", "application/pdf", b"%PDF-1.7"),
        Enclosure("in\u202eexe.pdf", "no type\r\nX: y", b"MZ"),
        Enclosure("mail.eml", "message/rfc822", b"Subject: x\n\nhi"),
        Enclosure("answer.ics", "text/calendar", b"BEGIN:VCALENDAR", method="REPLY"),
    )
    raw = written(outgoing(text="See the files", enclosures=files))
    read = parsed(raw)
    names = [each.name for each in read.attachments]
    assert names == ["bashrc", "Angebot – für Ada.pdf", "inexe.pdf", "mail.eml", "answer.ics"]
    parts = message_from_bytes(raw, policy=policy.default)
    assert isinstance(parts, EmailMessage)
    contents = [part.get_payload(decode=True) for part in parts.iter_attachments()]
    assert contents == [each.content for each in files]
    assert raw.isascii()
    assert read.text.strip() == "See the files"


def test_the_body_keeps_its_signature_mark_and_its_long_lines() -> None:
    text = "Hi\n\n" + "word " * 300 + "\n\n-- \nNino\nFrom here\n.\n..\n"
    modern = message_from_bytes(written(outgoing(text=text)), policy=policy.default)
    assert isinstance(modern, EmailMessage)
    content = modern.get_content().replace("\r\n", "\n")
    assert "\n-- \nNino\nFrom here\n.\n..\n" in content
    assert "word " * 299 + "word\n" in content


def test_addresses_are_read_as_people_type_them() -> None:
    typed = 'Ada <ada@x.example>; "Muster, Erika" <e@y.example>, b@z.example\nADA@x.example,'
    assert read_addresses(typed) == (
        Address("Ada", "ada@x.example"),
        Address("Muster, Erika", "e@y.example"),
        Address("", "b@z.example"),
    )
    assert read_addresses(" , ") == ()
    with pytest.raises(Refused, match="Ada Love"):
        read_addresses("ada@x.example, Ada Love")


def test_an_automatic_answer_says_so() -> None:
    assert headers(written(outgoing(automatic=True)))["auto-submitted"] == "auto-replied"
    assert "auto-submitted" not in headers(written(outgoing()))
