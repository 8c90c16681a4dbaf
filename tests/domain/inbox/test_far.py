"""Pictures that lie elsewhere: which may be asked for, and how they are told of."""

from __future__ import annotations

import pytest

from gigdesk.domain.inbox.far import address_of, far_words, only_counts


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("https://a.example/x.png", "https://a.example/x.png"),
        ("http://a.example/x.png", "https://a.example/x.png"),
        ("//a.example/x.png", "https://a.example/x.png"),
        ("https://a.example/x.png?utm_source=1&v=2#top", "https://a.example/x.png?v=2"),
        ("https://192.168.1.1/x.png", ""),
        ("https://127.0.0.1/x.png", ""),
        ("https://[::1]/x.png", ""),
        ("https://localhost/x.png", ""),
        ("https://printer.local/x.png", ""),
        ("https://a.example:8443/x.png", ""),
        ("https://me:secret@a.example/x.png", ""),
        ("ftp://a.example/x.png", ""),
        ("https://a.example/" + "x" * 3000, ""),
        ("https://[broken", ""),
    ],
)
def test_only_the_open_network_is_asked_and_only_privately(source: str, place: str) -> None:
    assert address_of(source) == place


@pytest.mark.parametrize(
    ("source", "counts"),
    [
        ("https://u1.ct.sendgrid.example/wf/open?upn=abc", True),
        ("https://news.example/open.gif?id=1", True),
        ("https://news.example/track/open.php?u=1", True),
        ("https://x.list-manage.com/track/open.php?u=1", True),
        ("https://www.google-analytics.com/collect?v=1", True),
        ("https://news.example/pixel.png?u=1", True),
        ("https://news.example/1x1.gif", True),
        ("https://[broken", True),
        ("https://cdn.example/opening-hours.png", False),
        ("https://cdn.example/images/logo.png", False),
        ("https://cdn.example/pixelart.png", False),
    ],
)
def test_known_counters_are_told_from_pictures(source: str, counts: bool) -> None:
    assert only_counts(source) is counts


def test_the_line_says_how_many_of_whom() -> None:
    one, two = "https://a.example/1", "https://b.example/2"
    assert far_words([one], 0) == "1 picture of a.example is not loaded"
    assert far_words([one, one + "x"], 0) == "2 pictures of a.example are not loaded"
    assert far_words([one, two], 0) == "2 pictures of a.example and b.example are not loaded"
    three = [one, two, "https://c.example/3"]
    assert far_words(three, 1) == (
        "3 pictures of a.example and 2 more places are not loaded. 1 tracker is never loaded"
    )
    assert far_words([], 2) == "2 trackers are never loaded"
