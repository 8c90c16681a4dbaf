"""Mails made to hold the window: each is weighed before it is laid out, and the next one comes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from gigdesk.domain.inbox.enclosed import Enclosed
from gigdesk.ui.tabs.inbox.body import OPENED_MOST
from gigdesk.ui.tabs.inbox.piece import MailPiece
from gigdesk.ui.tabs.inbox.weighing import HEAVIEST, weight_of
from gigdesk.ui.tabs.inbox.whole import LINE_MOST, WholeText
from tests.bombs import HTML, PLAIN, bombs
from tests.letters import receive

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

pytestmark = pytest.mark.slow


def test_no_mail_is_laid_out_that_weighs_too_much(
    office: Office, bridge: Desk, dressed: QApplication, tmp_path: Path
) -> None:
    for at, raw in enumerate(bombs().values()):
        (tmp_path / f"{at:03}.eml").write_bytes(raw)
    office.writer.use(lambda call: call())
    list(office.inbox.import_paths([tmp_path]))
    after = receive(office, "The next one", subject="Next")
    assert office.inbox.mail(after).text.strip() == "The next one"
    seen = {line.subject: line.id for line in office.inbox.lines(limit=1000)}
    assert set(HTML) | {f"plain {name}" for name in PLAIN} <= set(seen)
    for mail_id in seen.values():
        mail = office.inbox.mail(mail_id)
        assert mail.broken is None or mail.subject not in HTML
        piece = MailPiece(bridge, office, Enclosed(mail_id), mail)
        piece.resize(780, 600)
        piece.lay(HEAVIEST)
        piece.grab()
        text = piece._text
        assert piece.weight <= HEAVIEST + 500, mail.subject
        for number in range(min(2, len(text._folds))):
            text.open_fold(number)
        assert weight_of(text.toPlainText()) <= OPENED_MOST + 500, mail.subject
        piece.show_whole()
        (whole,) = piece.findChildren(WholeText)[-1:]
        assert max(map(len, whole.toPlainText().split("\n"))) <= LINE_MOST + 1
        piece.deleteLater()
        dressed.processEvents()
