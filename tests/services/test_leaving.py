"""Leaving newsletters: by one click, by a mail, by a page; many at once; and what is remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gigdesk.domain.errors import Trouble
from gigdesk.domain.inbox.leaving import Exits, Left, Letters, Way, exits_of, mail_to, may_be_asked
from gigdesk.domain.inbox.writing import one_line
from gigdesk.services.leaving import LeavingService
from gigdesk.services.office import Office
from tests.letters import receive

URL = "https://lists.example/u/17"
MAILTO = "mailto:leave@lists.example?subject=leave%2017&body=please"


class Program:
    """Stands at the far side of the port: the program of a list, which we cannot run here."""

    def __init__(self, answer: bool | Trouble = True) -> None:
        self.asked: list[str] = []
        self.whys: list[str] = []
        self._answer = answer

    def leave(self, url: str, why: str) -> bool:
        self.asked.append(url)
        self.whys.append(why)
        if isinstance(self._answer, Trouble):
            raise self._answer
        return self._answer


def letter(office: Office, sender: str, offered: str, post: str = "") -> None:
    headers = {"List_Unsubscribe": offered, "List_Id": f"<{sender}>"}
    if post:
        headers["List_Unsubscribe_Post"] = post
    receive(office, "News", subject=f"News of {sender}", sender=f"{sender} <{sender}>", **headers)


def leave(office: Office, program: Program, *chosen: Letters) -> list[Left]:
    room = replace(office.leaving._room, servers=program)
    service = LeavingService(room, office.now, office.writer)
    return list(service.leave(chosen))


@pytest.fixture
def desk(office: Office) -> Office:
    office.profile.update({"name": "Nino", "email": "nino@beridze.example"})
    click = "List-Unsubscribe=One-Click"
    letter(office, "click@a.example", f"<{MAILTO}>, <{URL}>", click)
    letter(office, "click@a.example", f"<{URL}>", click)
    letter(office, "mail@b.example", f"<{MAILTO}>")
    letter(office, "link@c.example", f"<{URL}>")
    letter(office, "none@d.example", "<http://d.example/u>")
    return office


def named(office: Office, sender: str) -> Letters:
    return next(each for each in office.leaving.letters() if each.sender == sender)


def test_the_senders_with_their_ways_the_busiest_first(desk: Office) -> None:
    found = desk.leaving.letters()
    assert (found[0].sender, found[0].mails) == ("click@a.example", 2)
    assert {each.sender: each.exits.way for each in found} == {
        "click@a.example": Way.CLICK,
        "mail@b.example": Way.MAIL,
        "link@c.example": Way.LINK,
        "none@d.example": Way.NONE,
    }


def test_many_are_left_and_each_says_how(desk: Office) -> None:
    program = Program()
    found = leave(desk, program, *desk.leaving.letters())
    assert [(each.sender, each.done) for each in found] == [
        ("click@a.example", True),
        ("link@c.example", False),
        ("mail@b.example", True),
        ("none@d.example", False),
    ]
    assert program.asked == [URL]
    assert found[1].page == URL
    (item,) = desk.proposals.outbox()
    assert (item.to, item.subject, item.body) == ("leave@lists.example", "leave 17", "please")
    assert item.payload["from"] == "nino@beridze.example"
    assert named(desk, "click@a.example").left == desk.now()
    assert named(desk, "link@c.example").left is None


@pytest.mark.parametrize("answer", [False, Trouble("It does not answer", "Try later.")])
def test_one_that_fails_is_not_left_and_says_why(desk: Office, answer: bool | Trouble) -> None:
    (left,) = leave(desk, Program(answer), named(desk, "click@a.example"))
    assert not left.done
    assert left.words
    assert named(desk, "click@a.example").left is None


def test_reading_what_a_mail_offers() -> None:
    click = "List-Unsubscribe=One-Click"
    assert exits_of(f"<{URL}>", click).way is Way.CLICK
    assert exits_of(f"<{URL}>", "").way is Way.LINK
    assert exits_of("<http://plain.example/u>", click).way is Way.NONE
    assert exits_of("<https://192.168.0.1/u>", click) == Exits("https://192.168.0.1/u", "", True)
    assert exits_of("<https://192.168.0.1/u>", click).way is Way.LINK
    assert exits_of("", "") == Exits()
    assert mail_to("mailto:a%40b.example?Subject=x%0Ay") == ("a@b.example", "x\ny", "")
    assert not may_be_asked("https://[bad")


def test_a_subject_of_a_mailto_cannot_inject(desk: Office) -> None:
    letter(desk, "evil@e.example", "<mailto:x@e.example?subject=a%0d%0aBcc:%20v@v.example>")
    (left,) = leave(desk, Program(), named(desk, "evil@e.example"))
    assert left.done
    item = next(each for each in desk.proposals.outbox() if each.to == "x@e.example")
    assert "\n" not in one_line(item.subject)
