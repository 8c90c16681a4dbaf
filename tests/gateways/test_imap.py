"""The line to an IMAP server: what it says taken apart, folders with their roles, waiting for news."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigdesk.domain.inbox.folders import Listed, Mark, Marks, Role, Since, folder_of, with_roles
from gigdesk.gateways.imap.answers import fetched, instant, marks_of, ranges, sets
from gigdesk.gateways.imap.box import ImapBox, ImapServers
from gigdesk.gateways.net import Gate
from tests.dovecot import NO_IDLE, Dovecot, Kind, running, secret

MAIL = b"Message-ID: <1@x.example>\r\nSubject: Hi\r\n\r\nHello\r\n"


class Pages:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.ended: list[tuple[str, int, int]] = []

    def begin(self, *_about: object) -> int:
        """One more."""
        return 1

    def end(self, _entry: int, state: str, sent: int, received: int) -> None:
        """How it ended."""
        self.ended.append((state, sent, received))


@contextmanager
def opened(server: Dovecot, user: str) -> Iterator[ImapBox]:
    servers = ImapServers(Gate(Pages(), lambda: datetime.now(UTC)))
    with servers.open(server.account(user), secret(), "test") as box:
        yield box


def test_an_answer_is_taken_apart() -> None:
    data = [
        (b"1 (UID 5 FLAGS (\\Seen $lead) RFC822.SIZE 12 BODY[] {12}", b"(not) \x00a\r\n{9}"),
        b' INTERNALDATE "17-Nov-2026 02:44:25 -0700")',
        b"2 (FLAGS (\\Recent))",
        b'3 (BODY[HEADER.FIELDS (MESSAGE-ID)] "a \\"b\\"" UID 7 MODSEQ (12))',
        b"4 (UID 8 BODY[] NIL)",
    ]
    first, third, fourth = fetched(data)
    assert first[b"BODY[]"] == b"(not) \x00a\r\n{9}"
    assert first[b"FLAGS"] == b"\\Seen $lead"
    assert (first[b"UID"], first[b"RFC822.SIZE"]) == (5, 12)
    assert instant(first[b"INTERNALDATE"]) == datetime(2026, 11, 17, 9, 44, 25, tzinfo=UTC)
    assert third[b"BODY[HEADER.FIELDS (MESSAGE-ID)]"] == b'a "b"'
    assert fourth[b"BODY[]"] is None


@pytest.mark.parametrize(
    "line",
    [
        b"1 (UID 5",
        b"UID 5",
        b"1 (UID 5 FLAGS (\\Seen)",
        b"1 (UID 5 FLAGS)",
        b"1 (UID (5 (6)))",
        b"",
    ],
)
def test_half_an_answer_is_none(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(fetched([line]))
    with pytest.raises(ValueError, match="half"):
        list(fetched([(b"1 (UID 5 BODY[] {3}", b"abc")]))


PIECES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [b"1 (", b"UID 5", b" FLAGS (", b"\\Seen", b")", b"\0000", b'"', b" BODY[] ", b"NIL"]
    ),
)


@given(st.lists(st.lists(PIECES, max_size=8).map(b"".join), max_size=4), st.binary(max_size=20))
def test_nothing_a_server_says_does_harm(lines: list[bytes], literal: bytes) -> None:
    for data in (lines, [(line + b"{20}", literal) for line in lines]):
        try:
            for each in fetched(data):
                assert isinstance(each[b"UID"], int)
            marks_of(data)
        except (ValueError, LookupError):
            pass  # refused as a whole
    for line in lines:
        assert all(low <= high for low, high in ranges([line]))


def test_marks_in_every_order() -> None:
    data = [
        b"1 (UID 1 FLAGS (\\Seen))",
        b"2 (FLAGS (\\Flagged \\Answered) UID 2)",
        b"3 (UID 3 MODSEQ (7) FLAGS ())",
        b"4 (FLAGS (\\Deleted) MODSEQ (7) UID 4)",
        b"5 (X-OTHER 1 UID 5 FLAGS (\\SEEN))",
        b"6 (FLAGS (\\Seen))",
    ]
    assert marks_of(data) == {
        1: Marks(seen=True),
        2: Marks(flagged=True),
        3: Marks(),
        4: Marks(deleted=True),
        5: Marks(seen=True),
    }


def test_sets_are_short_and_ranges_are_not_counted_out() -> None:
    assert list(sets([5, 1, 2, 3, 9], 10)) == [([1, 2, 3, 5, 9], "1:3,5,9")]
    parts = list(sets(range(1, 100_000, 2), 100_000))
    assert max(len(words) for _, words in parts) <= 6000
    assert [uid for part, _ in parts for uid in part] == list(range(1, 100_000, 2))
    assert ranges([b"(EARLIER) 1:4294967295,7", b"9:8"]) == ((1, 4294967295), (7, 7), (8, 9))


def test_roles_by_special_use_then_by_name() -> None:
    said = [
        Listed("INBOX", "/"),
        Listed("[Gmail]", "/", frozenset({"\\noselect"})),
        Listed("[Gmail]/Alle Nachrichten", "/", frozenset({"\\all"})),
        Listed("[Gmail]/Gesendet", "/", frozenset({"\\sent"})),
        Listed("Sent", "/"),
        Listed("Papierkorb", "/"),
        Listed("Clients/Archive", "/"),
        Listed("Clients/Drafts GmbH", "/"),
    ]
    roles = {each.name: each.role for each in with_roles(said)}
    assert "[Gmail]" not in roles
    assert roles == {
        "INBOX": Role.INBOX,
        "[Gmail]/Alle Nachrichten": Role.ALL,
        "[Gmail]/Gesendet": Role.SENT,
        "Sent": Role.PLAIN,
        "Papierkorb": Role.TRASH,
        "Clients/Archive": Role.PLAIN,
        "Clients/Drafts GmbH": Role.PLAIN,
    }


@pytest.mark.parametrize(
    ("names", "role"),
    [
        (["INBOX.Éléments envoyés", "INBOX.Projets"], Role.SENT),
        (["Корзина", "Работа"], Role.TRASH),
        (["Wersje robocze"], Role.DRAFTS),
        (["迷惑メール"], Role.JUNK),
        (["Archivio"], Role.ARCHIVE),
    ],
)
def test_roles_in_many_languages(names: list[str], role: Role) -> None:
    found = with_roles([Listed("INBOX", "."), *(Listed(name, ".") for name in names)])
    folder = folder_of(found, role)
    assert folder is not None
    assert folder.name == names[0]


@pytest.mark.slow
def test_a_box_from_the_login_to_the_news() -> None:
    with running() as server, server.elsewhere("anna") as other, opened(server, "anna") as box:
        uids = [other.put(MAIL.replace(b"<1@", b"<%d@" % at)) for at in range(5)]
        first = box.select("INBOX")
        assert (first.exists, first.uidnext) == (5, uids[-1] + 1)
        assert box.heads(uids)[uids[3]].message_id == "3@x.example"
        batches = list(box.mails(list(reversed(uids))))
        assert [each.uid for batch in batches for each in batch] == list(reversed(uids))
        assert all(each.whole for batch in batches for each in batch)
        box.mark([uids[0]], Mark.FLAGGED, on=True)
        box.move([uids[1]], "Archive")
        other.delete([uids[2]])
        again = box.select("INBOX", Since(first.uidvalidity, first.modseq, uids[-1]))
        assert again.quick
        assert again.gone(uids) == [uids[1], uids[2]]
        assert dict(again.changed) == {uids[0]: Marks(flagged=True)}
        uid = box.append("Sent", MAIL, seen=True)
        assert box.find("Sent", "<1@x.example>") == [uid]
        box.select("INBOX")
        coming = threading.Thread(target=other.put, args=(MAIL,))
        coming.start()
        assert box.idle(20)
        coming.join()
        threading.Timer(0.05, box.wake).start()
        assert not box.idle(20)
        assert box.state("INBOX").exists == 4


@pytest.mark.slow
def test_where_the_server_cannot_tell_it_is_only_waited() -> None:
    with running(Kind(NO_IDLE)) as server, opened(server, "anna") as box:
        box.select("INBOX")
        assert not box.idle(0.05)
