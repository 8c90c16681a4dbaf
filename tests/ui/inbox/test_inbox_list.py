"""The list of the Inbox: sections, segments, search, keys, what stays chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from gigdesk.domain.inbox.mails import ImportReport, Section, Unread
from gigdesk.domain.records import Ref
from gigdesk.ui.kit.rows import RecordRole
from gigdesk.ui.tabs.inbox.lines import ThreadLine
from gigdesk.ui.tabs.inbox.tab import InboxPage
from tests.letters import drafted, receive, receive_raw
from tests.ui.inbox.conftest import Filled, head

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window


def rows(page: InboxPage) -> list[object]:
    model = page._rows
    return [model.index(at, 0).data(RecordRole) for at in range(model.rowCount())]


def listed(page: InboxPage) -> list[str]:
    return [each.subject for each in rows(page) if isinstance(each, ThreadLine)]


def headings(page: InboxPage) -> list[str]:
    return [str(each) for each in rows(page) if not isinstance(each, ThreadLine)]


def wait_for(page: InboxPage, qtbot: QtBot, *subjects: str) -> None:
    qtbot.waitUntil(lambda: set(listed(page)) == set(subjects) and None not in rows(page))


def choose(page: InboxPage, qtbot: QtBot, subject: str) -> None:
    qtbot.waitUntil(lambda: subject in listed(page))
    at = next(at for at, each in enumerate(rows(page))
              if isinstance(each, ThreadLine) and each.subject == subject)  # fmt: skip
    page._list.setCurrentIndex(page._rows.index(at, 0))
    qtbot.waitUntil(lambda: page.title() == subject)


def current(page: InboxPage) -> str:
    record = page._list.currentIndex().data(RecordRole)
    return record.subject if isinstance(record, ThreadLine) else ""


ALL = ("Colours", "Plan", "News", "This mail could not be read")


def test_sections_and_the_model(page: InboxPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    wait_for(page, qtbot, *ALL)
    qtmodeltester.check(page._rows)
    counts = page.office.inbox.counts()
    assert len(headings(page)) == sum(
        bool(c) for c in (counts.needs_you, counts.waiting, counts.rest)
    )
    broken = next(
        each for each in rows(page) if isinstance(each, ThreadLine) and each.kind == "bad"
    )
    assert broken.label == "Broken"
    heading = page._rows.index(0, 0)
    assert not page._rows.flags(heading) & Qt.ItemFlag.ItemIsSelectable


def test_a_segment_shows_its_section_and_nothing_is_said(page: InboxPage, qtbot: QtBot) -> None:
    wait_for(page, qtbot, *ALL)
    page._segments.pick(2)
    assert page._segments.accessibleDescription() == "Waiting"
    qtbot.waitUntil(lambda: page._rows.rowCount() == 0 and page._nothing.isVisible())
    assert page._nothing.text()
    page._segments.pick(0)
    wait_for(page, qtbot, *ALL)
    assert page._segments.accessibleDescription() == "All, 4"
    assert not page._nothing.isVisible()


def test_searching_as_typed_and_leaving(page: InboxPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "Plan")
    page.search()
    qtbot.keyClicks(page._search, "colo")
    wait_for(page, qtbot, "Colours")
    assert page.title() == "Plan", "looking for a mail opens none"
    qtbot.keyClick(page._search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.title() == "Colours")
    page._search.setText("nothing like this")
    qtbot.waitUntil(page._nothing.isVisible)
    assert "nothing like this" in page._nothing.text()
    page._search.setFocus()
    qtbot.keyClick(page._search, Qt.Key.Key_Escape)
    wait_for(page, qtbot, *ALL)
    assert not page._search.isVisible()
    assert not page._nothing.isVisible()
    qtbot.waitUntil(lambda: current(page) == "Colours")


def test_an_empty_search_field_is_closed_by_its_key(page: InboxPage) -> None:
    page.search()
    assert page._search.isVisible()
    page.search()
    assert not page._search.isVisible()


def test_one_s_own_mails_stand_under_whom_they_went_to(filled: Filled, qtbot: QtBot) -> None:
    def sent(office: Office) -> None:
        office.profile.update({"email": "nino@beridze.example"})
        to, mine = "To: Ada <ada@x.example>", "From: Nino <nino@beridze.example>"
        raw = head("Offer", "").replace("\nTo: nino@beridze.example", f"\n{to}")
        receive_raw(office, (raw.replace("From: Ada <ada@x.example>", mine) + "Hi").encode())

    page = filled(sent)
    wait_for(page, qtbot, "Offer")
    (line,) = (each for each in rows(page) if isinstance(each, ThreadLine))
    assert line.sender == "To Ada"
    assert str(line).startswith("To Ada: Offer")


def test_keys_go_through_the_conversations(window: Window, office: Office, qtbot: QtBot) -> None:
    for at in range(3):
        receive(office, subject=f"s{at}", sender=f"p{at}@x.example")
    window.go(1)
    page = next(each for each in window._pages.values() if isinstance(each, InboxPage))
    qtbot.waitUntil(lambda: len(listed(page)) == 3 and bool(page.title()))
    first = page.title()
    assert window.windowTitle() == f"Inbox · {first} · GigDesk"
    qtbot.keyClick(page._list, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: page.title() != first)
    assert window.windowTitle() == f"Inbox · {page.title()} · GigDesk"
    qtbot.keyClick(page._list, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: page.title() == first)
    qtbot.keyClick(page._list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.title() != first)


def test_a_key_between_two_readings_of_the_list_counts(page: InboxPage, qtbot: QtBot) -> None:
    wait_for(page, qtbot, *ALL)
    first, second = listed(page)[1:3]
    choose(page, qtbot, second)
    page._start_list(page.office.inbox.place(tuple(Section), page._wanted_thread))
    page.load()  # the rows are on their way, and soon again, asked while the second is shown
    assert None in rows(page)
    page.step(-1)
    qtbot.waitUntil(lambda: None not in rows(page) and page.title() == first)
    assert current(page) == first


def test_putting_away_chooses_the_next_and_can_be_undone(page: InboxPage, qtbot: QtBot) -> None:
    wait_for(page, qtbot, *ALL)
    subjects = listed(page)
    choose(page, qtbot, subjects[1])
    with qtbot.waitSignal(page.done) as done:
        page.put_away()
    wait_for(page, qtbot, *(set(ALL) - {subjects[1]}))
    qtbot.waitUntil(lambda: page.title() == current(page) != subjects[1])
    page.desk.do(done.args[0].undo)
    wait_for(page, qtbot, *ALL)


def test_a_second_press_puts_the_next_away(page: InboxPage, qtbot: QtBot) -> None:
    wait_for(page, qtbot, *ALL)
    page.put_away()
    page.put_away()  # nothing is shown yet that it could mean
    qtbot.waitUntil(lambda: None not in rows(page) and len(listed(page)) == len(ALL) - 1)
    qtbot.waitUntil(lambda: page.chosen() is not None)
    page.put_away()
    qtbot.waitUntil(lambda: None not in rows(page) and len(listed(page)) == len(ALL) - 2)


def test_when_all_is_put_away_the_search_is_still_there(page: InboxPage, qtbot: QtBot) -> None:
    for left in reversed(range(len(ALL))):
        qtbot.waitUntil(lambda: page.chosen() is not None and None not in rows(page))
        with qtbot.waitSignal(page.done):
            page.put_away()
        # Rows on their way are no rows that left.
        qtbot.waitUntil(lambda n=left: None not in rows(page) and len(listed(page)) == n)  # type: ignore[misc]
    qtbot.waitUntil(page._nothing.isVisible)
    assert page.chosen() is None
    page.search()
    qtbot.keyClicks(page._search, "plan")
    wait_for(page, qtbot, "Plan")


def test_new_mail_leaves_the_choice_where_it_is(page: InboxPage, qtbot: QtBot) -> None:
    wait_for(page, qtbot, *ALL)
    choose(page, qtbot, "Plan")
    shown = page.chosen()
    with qtbot.waitSignal(page.desk.changed):
        page.desk.fetch(lambda: receive(page.office, subject="Fresh", sender="new@z.example"))
    wait_for(page, qtbot, *ALL, "Fresh")
    qtbot.waitUntil(lambda: current(page) == "Plan")
    assert page.chosen() == shown


def test_a_mail_is_opened_wherever_it_lies(page: InboxPage, qtbot: QtBot) -> None:
    wait_for(page, qtbot, *ALL)
    (line,) = page.office.inbox.search("subject:plan")
    page._segments.pick(1)
    assert page.open(Ref("mail", line.id))
    qtbot.waitUntil(lambda: page.chosen() == Ref("mail", line.id))
    wait_for(page, qtbot, *ALL)
    qtbot.waitUntil(lambda: current(page) == "Plan")
    assert not page.open(Ref("lead", 1))


def test_a_waiting_draft_is_marked(filled: Filled, qtbot: QtBot) -> None:
    page = filled(lambda office: drafted(office, receive(office, subject="Colours")))
    qtbot.waitUntil(lambda: listed(page) == ["Colours"])
    (line,) = (each for each in rows(page) if isinstance(each, ThreadLine))
    assert (line.mark, line.mark_role) == ("pencil", "pencil")
    assert "A draft waits" in str(line)


def test_what_could_not_be_read_leads_to_its_row(page: InboxPage, tmp_path: Path) -> None:
    (tmp_path / "bad.eml").write_bytes(b"\xfe no header\n")
    steps = page.office.inbox.import_paths([tmp_path])
    try:
        page.office.writer.use(lambda call: call())
        while True:
            next(steps)
    except StopIteration as end:
        report: ImportReport = end.value
    (one,) = report.unreadable
    assert isinstance(one, Unread)
    assert one.mail is not None
    assert page.office.inbox.mail(one.mail).broken is not None
