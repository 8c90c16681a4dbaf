"""Mails made to hold whoever reads them: nested, endless, counted in thousands, each harmless in size."""

from __future__ import annotations

_HEAD = (
    "From: Ada <ada@x.example>\nTo: me@me.example\nSubject: {name}\nMessage-ID: <{name}@x.example>\n"
    "Date: Mon, 23 Nov 2026 08:00:00 +0100\nMIME-Version: 1.0\n"
)


def _nested(deep: int, inner: str) -> str:
    return "<table><tr><td>" * deep + inner + "</td></tr></table>" * deep


_CELL = "<td><table><tr>" + ("<td>" + "w " * 20 + "</td>") * 10 + "</tr></table></td>"
HTML = {
    "tables in tables": _nested(50, "x"),
    "many tables in tables": _nested(8, "x") * 20,
    "tables by hundreds": _nested(2, "x") * 800,
    "divs in divs": "<div>" * 20_000 + "x",
    "divs": "<div>a</div>" * 3900,
    "rows": "<table>" + "<tr><td>a</td></tr>" * 1900 + "</table>",
    "cells": "<table><tr>" + "<td>a</td>" * 3900 + "</tr></table>",
    "spans": "<table>" + ("<tr>" + "<td colspan=24 rowspan=6>a</td>" * 20 + "</tr>") * 150,
    "wide cells of words": ("<table><tr>" + ("<td>" + "word " * 80 + "</td>") * 20 + "</tr></table>") * 15,
    "tables of tables of words": ("<table><tr>" + _CELL * 10 + "</tr></table>") * 4,
    "quotes in quotes": ("<blockquote>" * 90 + "x" + "</blockquote>" * 90) * 20,
    "introduced quotes": "<p>On Mon Ada wrote:</p><blockquote>x</blockquote>" * 1200,
    "cited quotes": "<blockquote type=cite>x</blockquote>y" * 1900,
    "blocks of From": ("<p>From: " + "b" * 100 + "</p>") * 1200,
    "lists in lists": "<ul><li>" * 90 + "x",
    "a word": "x" * 159_000,
    "blanks that do not break": "a&nbsp;" * 15_000,
    "marks upon a letter": "a" + "\u0301" * 50_000,
    "two directions": "abc \u202e مرحبا " * 8000,
    "many letters": "漢字" * 60_000,
    "joined letters": "👨‍👩‍👧‍👦" * 8000,
    "breaks": "<br>" * 3900,
    "bold": "<b>a</b>" * 1900,
    "a long link": f"<a href='https://x.example/{'p' * 1900}'>{'p' * 1900}</a>",
    "large pictures": "<img src='cid:x' width=700 height=9999>" * 900,
    "far pictures": "".join(f"<img src='https://x{n}.example/a.png' alt='{'w' * 300}'>" for n in range(1500)),
    "a long line": "<pre>" + "x" * 100_000 + "</pre>",
    "large letters": "<font size=7>" * 90 + "big " * 5000,
}  # fmt: skip
PLAIN = {
    "lines": "line of it\n" * 100_000,
    "one word": "x" * 990_000,
    "a quote": "> q\n" * 200_000,
    "quotes": "> a\n> b\n> c\nx\n" * 40_000,
    "addresses": ("https://y.example/" + "a" * 50 + " ") * 9000,
    "From": "From: x\n" * 7000,
    "On": "On " * 19_000,
    "greetings": "Best regards\n" * 4500,
    "disclaimers": ("CAUTION: " + "mail " * 20) * 400,
    "rules": ("-" * 40 + "\n") * 1400,
    "spaces": " " * 59_000 + "x",
    "empty lines": "\n" * 59_000 + "x",
    "marks": "> " * 29_000 + "On x wrote:",
    "letters": "漢字" * 490_000,
    "other direction": "مرحبا " * 150_000,
    "returns": "a\r" * 200_000,
}


def bombs() -> dict[str, bytes]:
    """All of them, as they come over the wire."""
    found = {name: _mail(name, "html", words) for name, words in HTML.items()}
    found |= {
        f"plain {name}": _mail(f"plain {name}", "plain", words) for name, words in PLAIN.items()
    }
    head = _HEAD.format(name="parts").encode()
    found["parts"] = (
        head + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n\n" * 100_000
    )
    inner = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at) for at in range(2000)
    )
    found["parts in parts"] = _HEAD.format(name="parts in parts").encode() + inner
    found["mails in mails"] = (
        _HEAD.format(name="mails in mails").encode() + b"Content-Type: message/rfc822\n\n" * 2000
    )
    people = b", ".join(b'"A B %d" <a%d@x.example>' % (at, at) for at in range(40_000))
    found["people"] = b"From: a@x.example\nSubject: people\nTo: " + people + b"\n\nx"
    found["comments"] = b"From: a@x.example\nSubject: comments\nTo: " + b"(" * 20_000 + b"\n\nx"
    return found


def _mail(name: str, kind: str, words: str) -> bytes:
    head = _HEAD.format(name=name) + f"Content-Type: text/{kind}; charset=utf-8\n\n"
    return head.encode() + words.encode()
