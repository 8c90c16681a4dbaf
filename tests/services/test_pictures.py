"""Far pictures by the person's word: once, or for a sender, which is listed and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.errors import Refused
from gigdesk.services.sample.mark import SAMPLE
from tests.letters import receive, receive_raw

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.services.office import Office

HTML = (
    '<p>News</p><img src="https://cdn.news.example/a.png?utm_source=x" width="600">'
    '<img src="http://cdn.news.example/b.png"><img src="https://cdn.news.example/b.png">'
    '<img src="https://t.news.example/open.gif?u=1"><img src="https://x.example/1" width="1" height="1">'
    '<img src="https://x.example/2" style="display:none"><img src="https://10.0.0.1/in.png">'
)


def news(office: Office, **more: str) -> Mail:
    return office.inbox.mail(
        receive(office, "News", subject="News", sender="News <n@News.example>", html=HTML, **more)
    )


def test_a_mail_knows_its_far_pictures_and_its_html_does_not(office: Office) -> None:
    mail = news(office)
    assert mail.far == ("https://cdn.news.example/a.png", "https://cdn.news.example/b.png")
    assert mail.trackers == 3
    assert mail.html.count("far:1") == 2
    for host in ("news.example", "x.example", "10.0.0.1"):
        assert host not in mail.html
    assert 'width="600"' in mail.html


def test_numbers_go_on_over_the_parts_of_a_mail(office: Office) -> None:
    part = '--b\nContent-Type: text/html\n\n<img src="https://{h}.example/x.png">\n'
    raw = (
        "From: a@x.example\nSubject: two\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n'
        + part.format(h="one") + part.format(h="two") + "--b--\n"
    )  # fmt: skip
    mail = office.inbox.mail(receive_raw(office, raw.encode()))
    assert mail.far == ("https://one.example/x.png", "https://two.example/x.png")
    assert mail.html.index("far:0") < mail.html.index("far:1")


def test_a_sender_is_allowed_listed_and_taken_back(office: Office) -> None:
    pictures, mail = office.pictures, news(office)
    assert not pictures.load_by_itself(mail)
    done = pictures.always(mail.sender.email)
    assert pictures.load_by_itself(mail)
    assert [each.sender for each in pictures.allowed()] == ["n@news.example"]
    assert pictures.always("N@NEWS.example").words == "", "once is enough"
    assert done.undo is not None
    again = done.undo()
    assert pictures.allowed() == []
    assert again.undo is not None
    again.undo()
    assert pictures.load_by_itself(mail)
    pictures.no_more("n@news.example")
    assert not pictures.load_by_itself(mail)
    assert pictures.no_more("n@news.example").undo is None


def test_a_sender_that_may_be_somebody_else_loads_nothing_by_itself(office: Office) -> None:
    office.pictures.always("n@news.example")
    forged = news(office, Authentication_Results="mx.example; dmarc=fail; spf=fail")
    assert not office.pictures.load_by_itself(forged)
    honest = news(office)
    assert office.pictures.load_by_itself(honest)
    office.sorting.correct(honest.id, "suspicious")
    assert not office.pictures.load_by_itself(office.inbox.mail(honest.id))


def test_a_sample_desk_asks_nobody(office: Office) -> None:
    mail = news(office)
    office.settings.remember(SAMPLE, "1")
    with pytest.raises(Refused):
        list(office.pictures.load(mail))
    assert office.ledger.today() == 0
