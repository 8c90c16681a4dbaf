"""Where links go: behind doors, without what tells who clicked, under the name that is asked for."""

from __future__ import annotations

import pytest

from gigdesk.domain.inbox.links import plain_link, target_of

REAL = "https://shop.example/a?id=7"
QUOTED = "https%3A%2F%2Fshop.example%2Fa%3Fid%3D7"


@pytest.mark.parametrize(
    "door",
    [
        f"https://www.google.com/url?q={QUOTED}&sa=D&ust=1",
        f"https://l.facebook.com/l.php?u={QUOTED}&h=AT0",
        f"https://eur01.safelinks.protection.outlook.com/?url={QUOTED}&data=05",
        f"https://www.youtube.com/redirect?event=video&q={QUOTED}",
        f"https://slack-redir.net/link?url={QUOTED}",
        f"https://duckduckgo.com/l/?uddg={QUOTED}&rut=1",
        f"https://deref-gmx.net/mail/client/x/dereferrer/?redirectUrl={QUOTED}",
        f"https://href.li/?{REAL}",
        f"https://urldefense.com/v3/__{REAL}__;!!abc$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__shop.example_a-3Fid-3D7&d=DwMF",
        f"https://www.google.com/url?q=https://l.facebook.com/l.php?u={QUOTED.replace('%', '%25')}",
        "https://shop.example/a?utm_source=x&id=7&mc_eid=2&gclid=3",
    ],
)
def test_a_door_that_names_its_target_is_gone_through(door: str) -> None:
    assert plain_link(door) == REAL


@pytest.mark.parametrize(
    "link",
    [
        "https://www.google.com/search?q=https://x.example",
        "https://click.news.example/c/eyJ1cmwiOi?url=https://x.example",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://www.google.com/url?q=file:///etc/passwd",
        "https://evil-google.com/url?q=https://x.example",
        "https://urldefense.com/v3/__nothing",
        "https://[broken/url?q=1",
    ],
)
def test_nothing_else_is_taken_for_a_door(link: str) -> None:
    assert plain_link(link) == link


def test_a_door_into_itself_ends() -> None:
    link = "https://x.example/"
    for _ in range(30):
        link = f"https://href.li/?{link}"
    assert plain_link(link).startswith("https://href.li/?")


@pytest.mark.parametrize(
    ("link", "host", "looks"),
    [
        ("https://xn--brckner-o2a.example/", "xn--brckner-o2a.example", "brückner.example"),
        ("https://pаypal.example/", "xn--pypal-4ve.example", "pаypal.example"),
        ("https://plain.example/", "plain.example", ""),
        ("https://xn--/", "xn--", ""),
        ("mailto:a@b.example", "", ""),
    ],
)
def test_a_host_is_shown_as_what_it_is(link: str, host: str, looks: str) -> None:
    target = target_of(link)
    assert (target.host, target.looks) == (host, looks)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("bank.example", "bank.example"), ("https://www.bank.example/login", "www.bank.example"),
        ("evil.example", ""), ("www.evil.example", ""), ("Log in", ""), ("see bank.example", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_words_that_are_another_place_are_told(words: str, said: str) -> None:
    assert target_of("https://mail.evil.example/x", words).said == said


def test_words_and_target_are_compared_behind_the_door() -> None:
    assert target_of(f"https://www.google.com/url?q={QUOTED}", "shop.example").said == ""
