"""What was proposed before a restart is done, and taken back, by a desk on which nobody opened a mail."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from gigdesk.app import door_of, office_on
from gigdesk.domain.calendar.invitations import Choice
from gigdesk.domain.errors import Refused
from tests.conftest import NOW
from tests.pocket import Pocket
from tests.services.handoff.mails import ME, event, invite, with_file
from tests.services.handoff.papers import cii

if TYPE_CHECKING:
    from pathlib import Path

    from gigdesk.services.office import Office

DAY = date(2026, 12, 3)


def opened(folder: Path) -> Office:
    door = door_of(folder / "office", lambda _question: None, Pocket(folder / "office.key"))
    return office_on(door.open(), lambda: NOW)


@pytest.fixture
def proposed(tmp_path: Path) -> tuple[int, int]:
    """An answer to an invitation and a bill wait; the desk was closed. Their ids."""
    office = opened(tmp_path)
    office.profile.update({"name": "Nino", "email": ME})
    office.settings.set("zone", "Europe/Berlin")
    mail = invite(office, event())
    (standing,) = office.handoff.invitations.of(office.inbox.mail(mail))
    answer = office.handoff.invitations.answer(mail, standing, Choice.ACCEPT).value
    mail = with_file(office, cii(), "bill.xml", "application/xml")
    (bill,) = office.handoff.bills.of(office.inbox.mail(mail))
    kept = office.handoff.bills.propose(mail, bill).value
    office.close()
    return answer.id, kept.id


def test_approving_does_what_was_proposed(tmp_path: Path, proposed: tuple[int, int]) -> None:
    answer, bill = proposed
    office = opened(tmp_path)
    item = office.proposals.approve(answer).value.item
    assert office.proposals.approve(bill).value.item is None
    assert [each.title for each in office.calendar.between(DAY, DAY)] == ["Kick-off"]
    assert [each.number for each in office.handoff.bills.all()] == ["2026-17"]
    office.close()
    assert item is not None
    again = opened(tmp_path)
    again.proposals.take_back(item.id)
    assert again.calendar.between(DAY, DAY) == []
    assert again.proposals.outbox() == []
    again.close()


def test_its_words_stay_its_own(tmp_path: Path, proposed: tuple[int, int]) -> None:
    office = opened(tmp_path)
    with pytest.raises(Refused):
        office.proposals.rewrite(
            proposed[1], "Total: 1.00", office.proposals.get(proposed[1]).version
        )
    office.close()
