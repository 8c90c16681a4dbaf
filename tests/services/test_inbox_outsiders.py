"""Everybody's odd mails, brought in whole: nothing crashes, nothing vanishes, twice is once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.services.test_inbox import brought

if TYPE_CHECKING:
    from pathlib import Path

    from gigdesk.services.office import Office

pytestmark = [pytest.mark.slow, pytest.mark.shared_data]


def test_all_outsiders_mails_come_in(office: Office, shared: Path) -> None:
    report = brought(office, shared / "mail")
    assert report.imported > 600
    assert len(report.unreadable) < 20
    assert office.inbox.total() == report.imported
    lines = office.inbox.lines(limit=10_000)
    assert len(lines) == report.imported
    for line in lines:
        mail = office.inbox.mail(line.id)
        assert office.inbox.raw(line.id), mail.source
        assert mail.broken is None or mail.broken.code
    broken = [line for line in lines if line.broken]
    assert {office.inbox.mail(line.id).source for line in broken} == {
        each.source for each in report.unreadable
    }
    assert all(each.reason for each in report.unreadable)


def test_twice_is_once(office: Office, shared: Path) -> None:
    first = brought(office, shared / "mail")
    again = brought(office, shared / "mail")
    assert (again.imported, again.skipped) == (0, first.skipped)
    assert again.duplicates == first.imported + first.duplicates
    assert Counter(again.unreadable) == Counter(first.unreadable)


def test_every_attachment_is_there_and_safe_to_name(office: Office, shared: Path) -> None:
    brought(office, shared / "mail")
    for line in office.inbox.lines(limit=10_000):
        for file in office.inbox.mail(line.id).attachments:
            assert len(office.inbox.attachment(line.id, file.number)) == file.bytes
            assert file.name not in {"", ".", ".."}
            assert not set(file.name) & set("/\\\0\u202e")
