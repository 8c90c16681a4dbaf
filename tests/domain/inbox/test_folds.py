"""What is folded of a mail, and that nothing of it is ever lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigdesk.domain.inbox.folds import Fold, Kind, joined, plain_folds
from gigdesk.domain.inbox.markup_folds import folded, markup_folds
from gigdesk.worker.mail_reader.markup import sanitised
from gigdesk.worker.mail_reader.plain import text_of


def shown(text: str, folds: list[Fold]) -> str:
    parts, at = [], 0
    for fold in folds:
        parts += [text[at : fold.start], f"[{fold.words}]\n"]
        at = fold.end
    return "".join([*parts, text[at:]])


def whole(text: str, folds: list[Fold]) -> bool:
    """Each in the text, in order, none in another: shown and folded are the text together."""
    ends = [0, *(end for fold in folds for end in (fold.start, fold.end)), len(text)]
    return ends == sorted(ends) and all(fold.start < fold.end for fold in folds)


def test_quoted_lines_and_the_signature_are_folded() -> None:
    text = "Yes.\n\n> one\n> two\n> three\nAnd no.\n> four\n\n-- \nAda\nAda GmbH\n"
    folds = plain_folds(text)
    assert shown(text, folds) == "Yes.\n\n[3 quoted lines]\nAnd no.\n> four\n\n[Signature]\n"
    assert [fold.kind for fold in folds] == [Kind.QUOTE, Kind.SIGNATURE]


def test_a_long_text_under_two_dashes_is_no_signature() -> None:
    assert plain_folds("Above\n--\n" + "A line of it\n" * 40) == []


PIECES = st.sampled_from(
    [
        "> a",
        ">> b",
        "",
        "-- ",
        "--",
        "text",
        "On Monday Ada wrote:",
        "From: x",
        "\r",
        "Best,",
        " > c",
    ]
)


@given(st.lists(PIECES, max_size=40))
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_whatever_stands_there(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert whole(text, plain_folds(text))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=20))
def test_folds_that_meet_are_one(spans: list[tuple[int, int]]) -> None:
    folds = joined(Fold(start, start + long, Kind.QUOTE, 1) for start, long in spans)
    assert whole(" " * 90, folds)
    letters = {at for start, long in spans for at in range(start, start + long)}
    assert {at for fold in folds for at in range(fold.start, fold.end)} == letters


# --- HTML -------------------------------------------------------------------------------------------
OLD = "<div>old words</div><div>more of them</div>"
QUOTES = {
    "gmail": f'<div>New</div><div class="gmail_quote"><div class="gmail_attr">On Mon Ada wrote:</div>'
    f'<blockquote class="gmail_quote">{OLD}</blockquote></div>',
    "apple": f'New<div><br><blockquote type="cite"><div>On 2 Nov, Ada wrote:</div>{OLD}</blockquote></div>',
    "thunderbird": f'<p>New</p><div class="moz-cite-prefix">Am 2.11. schrieb Ada:<br></div>'
    f'<blockquote type="cite">{OLD}</blockquote>',
    "introduced": f"<p>New</p><p>Le lun. 2 nov., Ada a écrit :</p><blockquote>{OLD}</blockquote>",
    "outlook": '<div><p>New</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b>'
    " Ada &lt;a@x.example&gt;<br><b>Sent:</b> Monday<br><b>To:</b> Nino<br><b>Subject:</b> Plan</p>"
    f"</div></div>{OLD}</div>",
    "outlook de": "<p>New</p><hr><p><b>Von:</b> Ada<br><b>Gesendet:</b> Montag<br><b>An:</b> Nino<br>"
    f"<b>Betreff:</b> Plan</p>{OLD}",
    "outlook web": f'<div>New</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{OLD}</div>{OLD}',
}  # fmt: skip


@pytest.mark.parametrize("name", QUOTES)
def test_quotes_of_the_usual_programs_are_folded_to_a_line(name: str) -> None:
    markup = sanitised(QUOTES[name]).html
    folds = markup_folds(markup)
    assert [fold.kind for fold in folds] == [Kind.QUOTE]
    assert whole(markup, folds)
    closed = folded(markup, folds, frozenset())
    assert "New" in closed
    assert "old words" not in closed
    assert "gigdesk:fold/0" in closed
    assert folded(markup, folds, frozenset({0})) == markup, "opened it is the mail as it was sent"
    for tag in ("div", "blockquote", "p"):
        assert len(re.findall(rf"<{tag}\b", closed)) == closed.count(f"</{tag}>"), tag


KEPT = {
    "indented": "<p>A thought:</p><blockquote>An indented thought</blockquote>",
    "forwarded": '<div>fyi</div><div class="gmail_quote">---------- Forwarded message ---------<br>'
    f"From: Ada<br>{OLD}</div>",
    "all": f'<blockquote type="cite">{OLD}</blockquote>',
    "a word": "<p>From: Berlin to Paris, by train</p>",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_no_quote_stays(name: str) -> None:
    assert markup_folds(sanitised(KEPT[name]).html) == []


def test_a_signature_in_html_is_folded() -> None:
    markup = sanitised(
        '<p>Hello</p><div class="gmail_signature">Ada<br>Ada GmbH</div><p>after</p>'
    ).html
    (fold,) = markup_folds(markup)
    assert fold.kind is Kind.SIGNATURE
    closed = folded(markup, [fold], frozenset())
    assert "Ada GmbH" not in closed
    assert "after" in closed


TAGS = st.sampled_from(
    ["<div>", "</div>", '<div class="gmail_quote">', "<blockquote>", "</blockquote>", "<p>", "</p>",
     '<blockquote type="cite">', "On Mon Ada wrote:", "words", "<br>", "<hr>", '<div id="appendonsend">',
     "<b>From:</b> x<br>Sent: y<br>Subject: z", "<table><tr><td>", "</table>", '<div class="signature">']
)  # fmt: skip


@given(st.lists(TAGS, max_size=30))
@settings(max_examples=300, deadline=None)
def test_no_word_of_html_is_lost(pieces: list[str]) -> None:
    markup = sanitised("".join(pieces)).html
    folds = markup_folds(markup)
    assert whole(markup, folds)
    assert folded(markup, folds, frozenset(range(len(folds)))) == markup
    parts, at = [], 0
    for fold in folds:
        parts += [markup[at : fold.start], markup[fold.start : fold.end]]
        at = fold.end
    assert "".join([*parts, markup[at:]]) == markup
    if folds:
        assert text_of(folded(markup, folds, frozenset())).strip()
