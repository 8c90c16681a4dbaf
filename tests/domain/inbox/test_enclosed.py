"""What opening a file may do, by its name."""

from __future__ import annotations

import pytest

from gigdesk.domain.inbox.enclosed import Enclosed, Risk, is_mail, risk_of, risk_words
from gigdesk.domain.inbox.mails import Attachment


@pytest.mark.parametrize(
    ("name", "risk"),
    [
        ("report.pdf", None), ("photo.JPG", None), ("notes.txt", None), ("budget.xlsx", None),
        ("setup.exe", Risk.PROGRAM), ("run.SH", Risk.PROGRAM), ("x.desktop", Risk.PROGRAM),
        ("a.py", Risk.PROGRAM), ("x.lnk", Risk.PROGRAM), ("setup.exe .", Risk.PROGRAM),
        ("invoice.pdf.exe", Risk.HIDDEN), ("photo.jpg.scr", Risk.HIDDEN),
        ("invoice.pdf .exe", Risk.HIDDEN),
        ("prices.xlsm", Risk.MACRO), ("letter.docm", Risk.MACRO),
        ("page.html", Risk.PAGE), ("drawing.svg", Risk.PAGE), ("noending", None),
    ],
)  # fmt: skip
def test_the_kind_of_a_file_tells_its_risk(name: str, risk: Risk | None) -> None:
    assert risk_of(name) is risk
    if risk is not None:
        assert name in risk_words(name, risk)


def test_mails_among_files_are_known() -> None:
    assert is_mail(Attachment(1, "x", "message/rfc822", 1))
    assert is_mail(Attachment(1, "Old.EML", "application/octet-stream", 1))
    assert not is_mail(Attachment(1, "x.pdf", "application/pdf", 1))


def test_a_place_in_a_place() -> None:
    assert Enclosed(7).inside(2).inside(1) == Enclosed(7, (2, 1))
