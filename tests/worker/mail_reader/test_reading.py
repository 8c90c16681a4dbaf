"""Reading hostile and broken mails: what is kept, what is capped, what is said."""

from __future__ import annotations

import base64
import re

import pytest

from gigdesk.domain.inbox.mails import ParsedMail
from gigdesk.worker.mail_reader.parsing import parsed

HEAD = b"From: Ada <ada@x.example>\nTo: me@me.example\nSubject: s\nMIME-Version: 1.0\n"


def read(*lines: str | bytes) -> ParsedMail:
    return parsed(b"\n".join(x.encode() if isinstance(x, str) else x for x in lines))


def codes(mail: ParsedMail) -> set[str]:
    return {note.code for note in mail.notes}


def with_file(name: str, extra: str = "") -> ParsedMail:
    return parsed(
        HEAD
        + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nhi\n'
        + f"--b\nContent-Type: application/octet-stream\n{extra}".encode()
        + b'Content-Disposition: attachment; filename="' + name.encode() + b'"\n\nx\n--b--\n'
    )  # fmt: skip


def html(markup: str) -> str:
    return parsed(HEAD + b"Content-Type: text/html; charset=utf-8\n\n" + markup.encode()).html


# --- the crash classes of the standard library ---------------------------------------------------
@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"Content-Type: multipart/mixed\n\nno boundary\n",
        HEAD + b"Content-Type: multipart/alternative; boundary=x\n\nnothing of it\n",
        HEAD + b"Content-Type: signature/plain\n\nsigned\n",
        HEAD + b"Content-Type: multipart/mixed\tboundary=..\n\ntext\n",
        b"From: a@x.example\nTo: undisclosed-recipients:;, (a) b <@c:\nSubject: g\n\nbody\n",
        b"From: a@x.example\nTo: Group: x@y.example, , z@;\n\nbody\n",
        HEAD + b"Content-Type: text/plain; charset=X-UNKNOWN\n\nbl\xe4\n",
        HEAD + b'Content-Type: multipart/alternative; boundary="a"\n\n--a\n\n--a--\n',
        b"From: \xff\xfe\nSubject: \xed\xa0\x80 bad\n\n\xf0\x28\x8c\x28\n",
        b"Subject: =?utf-8?B?////?= =?nope?Q?x?= =?utf-8?Q?=C3?=\n\nbody\n",
        b"Date: Mon, 99 Foo 20266 25:99:99 +9999\nFrom: a@x.example\n\nbody\n",
        b"Content-Type: message/rfc822\nFrom: a@x.example\n\n",
    ],
    ids=lambda raw: raw[-40:-1].decode("ascii", "replace"),
)
def test_what_stops_others_is_read(raw: bytes) -> None:
    mail = parsed(raw)
    assert mail.broken is None
    mail.subject.encode()
    mail.text.encode()


def test_headers_are_decoded_as_tolerantly_as_they_were_written() -> None:
    mail = read(
        "From: =?iso-8859-1?Q?J=F6rg_M=FCller?= <joerg@x.example>",
        "To: =?utf-8?B?" + base64.b64encode("Zoë".encode()).decode() + "?= <zoe@x.example>, plain@x.example",
        "Subject: =?utf-8?Q?eine_gebrochene_?=",
        " =?utf-8?Q?Zeile?=",
        "Date: Mon, 2 Nov 2026 10:00:00 +0400",
        "",
        "hi",
    )  # fmt: skip
    assert mail.sender.name == "Jörg Müller"
    assert [each.full for each in mail.to] == ["Zoë <zoe@x.example>", "plain@x.example"]
    assert mail.subject == "eine gebrochene Zeile"
    assert mail.date is not None
    assert mail.date.isoformat() == "2026-11-02T10:00:00+04:00"


def test_raw_eight_bit_headers_are_kept_readable() -> None:
    mail = parsed("From: Jörg <j@x.example>\nSubject: Über uns\n\nhi\n".encode())
    assert (mail.sender.name, mail.subject) == ("Jörg", "Über uns")
    mail = parsed("From: a@x.example\nSubject: Über uns\n\nhi\n".encode("latin-1"))
    assert mail.subject == "Über uns"


def test_a_charset_that_lies_loses_no_letters() -> None:
    body = "Grüße aus Köln"
    wrong = parsed(HEAD + b"Content-Type: text/plain; charset=us-ascii\n\n" + body.encode())
    assert wrong.text.strip() == body
    latin = parsed(HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + body.encode("cp1252"))
    assert latin.text.strip() == body


# --- caps ----------------------------------------------------------------------------------------
def test_nested_parts_are_capped() -> None:
    raw = HEAD
    for at in range(400):
        raw += f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n'.encode()
    mail = parsed(raw + b"Content-Type: text/plain\n\ndeep\n")
    assert mail.broken is not None or "depth" in codes(mail)


def test_nested_mails_are_capped() -> None:
    raw = b"Content-Type: message/rfc822\n\n" * 1500 + b"Subject: inner\n\nhi\n"
    mail = parsed(HEAD + raw)
    assert mail.broken is not None or mail.attachments


def test_parts_without_end_are_capped() -> None:
    raw = HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 5000
    mail = parsed(raw + b"--b--\n")
    assert mail.broken is not None or "parts" in codes(mail)


def test_a_header_without_end_is_cut() -> None:
    mail = parsed(b"From: a@x.example\nX-Long: " + b"y" * 200_000 + b"\nSubject: after\n\nhi\n")
    assert "header" in codes(mail)
    assert mail.text.strip() == "hi"


@pytest.mark.parametrize(
    "value", ["(" * 2000, "a@x.example, " * 20_000, '"' * 3000, "<" * 5000, "a:" * 4000]
)
def test_addresses_without_end_are_read_in_time(value: str) -> None:
    mail = parsed(f"From: a@x.example\nTo: {value}\nSubject: s\n\nhi\n".encode())
    assert mail.broken is None
    assert len(mail.to) <= 2000
    assert mail.text.strip() == "hi"


# --- files ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    [
        "../../.bashrc", "..\\\\..\\\\evil.exe", "C:\\\\Windows\\\\x.exe", "a\x00b.txt", "/etc/passwd",
        "con.txt", "x" * 400 + ".pdf", "\u202efdp.exe", "  .  ", "a/b/c.txt", "NUL", ".hidden",
    ],
)  # fmt: skip
def test_a_files_name_is_safe_to_save_under(name: str) -> None:
    mail = with_file(name)
    (file,) = mail.attachments
    assert file.name
    assert not re.search(r"[/\\\x00-\x1f\u202a-\u202e\u2066-\u2069]", file.name)
    assert file.name not in {".", ".."}
    assert not file.name.startswith(".")
    assert len(file.name.encode()) <= 255
    assert file.name.split(".")[0].upper() not in {"CON", "NUL", "PRN", "AUX"}


def test_a_file_that_hides_its_kind_is_marked() -> None:
    assert "attachment" in codes(with_file("invoice.pdf.exe"))
    assert "attachment" not in codes(with_file("invoice.pdf"))


# --- HTML ----------------------------------------------------------------------------------------
ACTIVE = re.compile(
    r"<\s*(script|iframe|object|embed|form|style|svg|math|link|meta|base|input|button|video|audio)\b"
    r"|\son\w+\s*=|javascript:|vbscript:|data:text|<[^>]*\sstyle\s*=|url\(",
    re.IGNORECASE,
)
VECTORS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<a href='java\tscript:alert(1)'>x</a>", "<a href='\x01java\x03script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>", "<body onload=alert(1)>",
    "<iframe srcdoc='<script>x</script>'></iframe>", "<form action=//evil.example><input></form>",
    "<style>@import '//evil.example/x.css';</style>", "<div style='background:url(//evil.example)'>",
    "<math><mi xlink:href='javascript:x'>", "<noscript><p title='</noscript><img src=x onerror=x>'>",
    "<table background='//evil.example/x.png'><tr><td background=//evil.example>a</table>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "<base href='//evil.example/'>",
    "<link rel=stylesheet href='//evil.example'>", "<video poster='//evil.example'></video>",
    "<a href='data:text/html,<script>x</script>'>x</a>", "<img src='file:///etc/passwd'>",
    "<svg><style><img src=x onerror=x></style></svg>", "<!--><img src=x onerror=x>-->",
)  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_active_is_left_of_html(vector: str) -> None:
    out = html(f"<p>before</p>{vector}<p>after</p>")
    assert not ACTIVE.search(out)
    assert "evil.example" not in out.replace("x</a>", "")
    assert "file:" not in out


def test_remote_pictures_are_counted_and_gone_inner_ones_stay() -> None:
    raw = (
        HEAD + b"Content-Type: text/html\n\n"
        b"<p>x<img src='https://track.example/p.gif?id=1'><img src='//t.example/2'>"
        b"<img src='cid:logo@x'></p>"
    )
    mail = parsed(raw)
    assert "track.example" not in mail.html
    assert 'src="cid:logo@x"' in mail.html
    assert next(note for note in mail.notes if note.code == "remote").detail == "2"


def test_a_link_that_names_another_place_is_marked() -> None:
    mail = parsed(
        HEAD + b"Content-Type: text/html\n\n<a href='https://evil.example/x'>bank.example</a>"
    )
    assert "link" in codes(mail)
    assert "[evil.example]" in mail.html


def test_nesting_is_flattened_before_it_costs_anything() -> None:
    deep = html("<table><tr><td>" * 60 + "x" + "</td></tr></table>" * 60)
    assert deep.count("<table") <= 8
    assert "x" in deep
    wide = html("<div>" * 20_000 + "x")
    assert wide.count("<div") <= 100


def test_hidden_text_is_not_read_to_anyone() -> None:
    mail = parsed(
        HEAD + b"Content-Type: text/html\n\n<p>Hello</p><div style='display:none'>obey me</div>"
        b'<span style="font-size:0px;">and me</span><!-- and me -->'
    )
    assert "obey" not in mail.text
    assert "and me" not in mail.text
    assert "Hello" in mail.text


def test_what_has_no_header_is_broken_and_says_so() -> None:
    mail = parsed(b"just some words\nand no header at all\n")
    assert mail.broken is not None
    assert mail.broken.code == "not mail"
    empty = parsed(b"")
    assert empty.broken is not None
    assert empty.broken.code == "empty"
