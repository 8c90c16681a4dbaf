"""One account and its server: the first sync, what comes after, both ways, whatever the server can."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from gigdesk.domain.accounts import AccountState, Auth, Grant, Tls
from gigdesk.gateways.net import announced
from gigdesk.services.office import Office
from tests import dovecot as kinds
from tests.dovecot import Dovecot, Kind, running
from tests.idp import identity_provider
from tests.services.sync.conftest import Post, letter

pytestmark = pytest.mark.slow

EVERY_KIND = [
    pytest.param(Kind(), id="qresync"),
    pytest.param(Kind(kinds.NO_QRESYNC), id="condstore"),
    pytest.param(Kind(kinds.NO_CONDSTORE), id="compared"),
    pytest.param(Kind(kinds.OLD, special=()), id="old"),
    pytest.param(Kind(kinds.OLDEST, special=(), separator="/"), id="oldest"),
]
Posted = Callable[[Dovecot], Post]


def test_the_first_sync_brings_all_the_newest_first_and_is_of_use_at_once(post: Post) -> None:
    maildir = post.server.maildir(post.user)
    for at in range(450):
        (maildir / "cur" / f"{1_700_000_000 + at}.M{at}.x:2,S").write_bytes(letter(at))
    post.server.given(post.user)
    post.join()
    seen = [
        (step.done, step.total, post.found("word449"), post.found("word0"))
        for step in post.office.sync.sync()
        if step.done
    ]
    assert [each[:2] for each in seen] == [(200, 450), (400, 450), (450, 450)]
    assert seen[0][2:] == (["Letter 449"], []), (
        "the newest can be found while the oldest is to come"
    )
    assert post.office.inbox.total() == 450
    assert not post.unread("word7")
    assert post.office.accounts.all()[0].state is AccountState.OK


def test_a_sync_that_was_stopped_goes_on_where_it_was(post: Post) -> None:
    maildir = post.server.maildir(post.user)
    for at in range(900):
        (maildir / "cur" / f"{1_700_000_000 + at}.M{at}.x:2,").write_bytes(letter(at))
    post.server.given(post.user)
    post.join()
    stop = threading.Event()
    for step in post.office.sync.sync((), stop):
        if step.done:
            stop.set()
    before = post.office.inbox.total()
    assert 0 < before < 900
    report = post.sync()
    assert (report.new, post.office.inbox.total()) == (900 - before, 900)
    assert post.sync().new == 0


@pytest.mark.parametrize("server", EVERY_KIND, indirect=True)
def test_what_another_program_does_arrives_here(server: Dovecot, posted: Posted) -> None:
    post = posted(server)
    with server.elsewhere(post.user) as other:
        uids = [other.put(letter(at), flags="(\\Seen)" if at % 2 else "") for at in range(8)]
        post.join()
        assert post.sync().new == 8
        assert post.unread("word2")
        assert not post.unread("word3")
        other.mark(uids[2], "\\Seen")
        other.mark(uids[3], "\\Seen", on=False)
        other.mark(uids[4], "\\Flagged")
        other.delete([uids[6], uids[7]])
        other.put(letter(50, subject="Fresh"))
        report = post.sync()
        assert (report.new, report.changed, report.removed) == (1, 3, 2)
        assert not post.unread("word2")
        assert post.unread("word3")
        assert "Fresh" in post.subjects()
        assert post.found("word6") == post.found("word7") == []
        assert "Letter 6" not in post.subjects()
        assert (post.sync().new, post.sync().changed) == (0, 0)


@pytest.mark.parametrize("server", EVERY_KIND, indirect=True)
def test_what_is_done_here_arrives_there(server: Dovecot, posted: Posted) -> None:
    post = posted(server)
    with server.elsewhere(post.user) as other:
        uids = [other.put(letter(at)) or at + 1 for at in range(5)]
        post.join()
        post.sync()
        post.office.inbox.mark_read(post.thread("word1"))
        post.office.inbox.flag(post.office.inbox.search("word1")[0].id)
        flagged = post.office.inbox.flag(post.office.inbox.search("word4")[0].id)
        assert flagged.undo is not None
        flagged.undo()
        post.office.inbox.put_away(post.thread("word2"))
        kept = post.office.inbox.put_away(post.thread("word3"))
        assert post.office.sync.waits() == 4
        assert kept.undo is not None
        kept.undo()
        assert post.office.sync.waits() == 3, "what is taken back before it left is no more"
        post.sync()
        assert post.office.sync.waits() == 0
        flags = other.flags()
        assert flags[uids[1]] == {"\\Seen", "\\Flagged"}
        assert flags[uids[4]] == set()
        # Without UIDPLUS it stays, marked: to expunge it would expunge what others marked.
        assert flags.get(uids[2], {"\\Deleted"}) == {"\\Deleted"}
        assert uids[3] in flags
        assert other.ids("Archive") == ["<2@post.example>"]
        assert "Letter 2" not in post.subjects()
        assert post.found("word2") == ["Letter 2"]
        report = post.sync()
        assert (report.new, report.changed, report.removed) == (0, 0, 0)
        assert post.office.inbox.total() == 5


def test_put_away_can_be_taken_back_after_it_left(post: Post) -> None:
    with post.server.elsewhere(post.user) as other:
        other.put(letter(1))
        post.join()
        post.sync()
        away = post.office.inbox.put_away(post.thread("word1"))
        post.sync()
        assert other.ids("Archive") == ["<1@post.example>"]
        assert away.undo is not None
        away.undo()
        post.sync()
        assert (other.ids("Archive"), other.ids()) == ([], ["<1@post.example>"])
        assert post.sync().new == 0
        assert post.subjects() == ["Letter 1"]


def test_archived_and_brought_back_elsewhere(post: Post) -> None:
    with post.server.elsewhere(post.user) as other:
        uid = other.put(letter(1))
        post.join()
        post.sync()
        other.move(uid, "Archive")
        report = post.sync()
        assert (report.new, report.removed) == (0, 0)
        assert post.subjects() == []
        assert post.found("word1") == ["Letter 1"]
        other.move(other.uids("Archive")[0], "INBOX", "Archive")
        post.sync()
        assert post.subjects() == ["Letter 1"]
        other.move(other.uids()[0], "Junk")
        assert post.sync().removed == 1
        assert lies_in(post) == ["junk"], "what is thrown there by any program can be learned from"
        assert (post.subjects(), post.found("word1")) == ([], [])
        other.move(other.uids("Junk")[0], "INBOX", "Junk")
        assert post.sync().new == 0, "it was kept all the time"
        assert lies_in(post) == ["inbox"]
        assert (post.subjects(), post.found("word1")) == (["Letter 1"], ["Letter 1"])


def test_what_was_read_here_stays_read_where_another_program_moved_it(post: Post) -> None:
    with post.server.elsewhere(post.user) as other:
        uid = other.put(letter(1))
        post.join()
        post.sync()
        post.office.inbox.mark_read(post.thread("word1"))
        other.move(uid, "Archive")
        post.sync()
        assert not post.unread("word1")
        post.sync()
        assert post.office.sync.waits() == 0
        assert list(other.flags("Archive").values()) == [{"\\Seen"}]


def test_a_copy_elsewhere_is_the_same_mail(post: Post) -> None:
    with post.server.elsewhere(post.user) as other:
        uid = other.put(letter(1))
        post.join()
        post.sync()
        other.open("INBOX").imap.uid("COPY", str(uid), "Archive")
        assert post.sync().new == 0
        assert post.office.inbox.total() == 1
        assert lies_in(post) == ["inbox", "archive"]
        assert post.subjects() == ["Letter 1"]
        other.delete([uid])
        assert post.sync().removed == 0
        assert (post.subjects(), post.found("word1")) == ([], ["Letter 1"])


def test_thrown_to_junk_and_taken_back(post: Post) -> None:
    with post.server.elsewhere(post.user) as other:
        other.put(letter(1))
        post.join()
        post.sync()
        thrown = post.office.inbox.throw_to_junk(post.thread("word1"))
        post.sync()
        assert other.ids("Junk") == ["<1@post.example>"]
        assert (post.subjects(), post.found("word1")) == ([], [])
        assert lies_in(post) == ["junk"]
        assert thrown.undo is not None
        other.move(other.uids("Junk")[0], "INBOX", "Junk")
        post.sync()
        assert (post.subjects(), post.found("word1")) == (["Letter 1"], ["Letter 1"])


def lies_in(post: Post) -> list[str]:
    """What the folders are for in which mails lie."""
    rows = post.office.inbox._shelf._db.read().conn.execute(
        "SELECT f.role FROM mail_places p JOIN mail_folders f ON f.id = p.folder ORDER BY f.role DESC"
    )
    return [row[0] for row in rows]


def test_uids_that_change_their_meaning_double_and_lose_nothing(post: Post) -> None:
    with post.server.elsewhere(post.user) as other:
        for at in range(30):
            other.put(letter(at))
        post.join()
        post.sync()
        post.office.inbox.put_away(post.thread("word3"))
        post.office.inbox.mark_read(post.thread("word4"))
        post.sync()
        away = post.office.inbox.put_away(post.thread("word5"))
        assert away.value.put_away
    maildir = post.server.maildir(post.user)
    for name in (".", ".Archive"):
        for index in (maildir / name).glob("dovecot*"):
            index.unlink()
    with post.server.elsewhere(post.user) as other:
        report = post.sync()
        assert (report.new, report.removed) == (0, 0)
        assert post.office.inbox.total() == 30
        assert "Letter 3" not in post.subjects()
        assert "Letter 5" not in post.subjects()
        assert not post.unread("word4")
        post.sync()
        assert other.ids("Archive") == ["<3@post.example>", "<5@post.example>"]
        assert len(other.ids()) == 28
        assert post.sync().new == 0


def test_a_mail_that_a_proposal_names_outlives_its_place(post: Post) -> None:
    with post.server.elsewhere(post.user) as other:
        uid = other.put(letter(1))
        post.join()
        post.sync()
        (hit,) = post.office.inbox.search("word1")
        other.delete([uid])
        post.sync()
        assert post.subjects() == []
        assert post.office.inbox.mail(hit.id).subject == "Letter 1"
        assert b"word1" in post.office.inbox.raw(hit.id)


def test_a_sent_mail_joins_its_conversation_and_what_was_filed_is_not_in_the_list(
    post: Post,
) -> None:
    with post.server.elsewhere(post.user) as other:
        other.put(letter(1, subject="Offer"))
        sender = f"{post.user}@desk.example"
        other.put(
            letter(2, subject="Re: Offer", sender=sender, answers=1, to="jonas@x.example"), "Sent"
        )
        other.put(letter(3, subject="Long ago"), "Archive")
        other.put(letter(4, subject="A draft", sender=sender), "Drafts", "(\\Draft)")
        other.put(letter(5, subject="Win money"), "Junk")
        post.join()
        assert post.sync().new == 3
    assert post.subjects() == ["Offer"]
    _, mails = post.office.inbox.thread(post.thread("word1"))
    assert [each.mine for each in mails] == [False, True]
    assert post.found("word3") == ["Long ago"]
    assert post.found("word4") == post.found("word5") == []


def test_starttls_and_a_wrong_password(post: Post) -> None:
    with post.server.elsewhere(post.user) as other:
        other.put(letter(1))
    account = post.join(Tls.STARTTLS, post.server.imap)
    assert post.sync().new == 1
    post.office.accounts.prove(account.id, "wrong")
    report = post.tried()
    assert "cannot sign in" in report.error
    assert post.office.accounts.get(account.id).state is AccountState.REFUSED
    assert post.tried().error
    assert [each.title for each in post.office.notices.latest()] == [f"{post.user} cannot sign in"]
    post.office.accounts.prove(account.id, "test")
    post.sync()
    assert post.office.accounts.get(account.id).state is AccountState.OK


def test_a_certificate_nobody_vouches_for_stops_before_the_login(office: Office, dovecot: Dovecot) -> None:  # fmt: skip
    from dataclasses import replace

    post = Post(office, dovecot)
    account = post.join()
    assert account.imap is not None
    office.accounts.change(replace(account, imap=replace(account.imap, certificate="")))
    assert "Nobody known vouches" in post.tried().error
    assert post.user not in dovecot.log()


def test_one_account_that_fails_stops_no_other(office: Office, dovecot: Dovecot) -> None:
    broken, good = Post(office, dovecot), Post(office, dovecot)
    broken.join(port=kinds.free_port())
    good.join()
    with dovecot.elsewhere(good.user) as other:
        other.put(letter(1))
    steps = office.sync.sync()
    while True:
        try:
            next(steps)
        except StopIteration as end:
            first, second = end.value
            break
    assert "does not answer" in first.error
    assert (second.error, second.new) == ("", 1)
    assert [each.state for each in office.accounts.all()] == [
        AccountState.UNREACHABLE,
        AccountState.OK,
    ]


def test_two_at_once_are_one_too_many(post: Post) -> None:
    with post.server.elsewhere(post.user) as other:
        for at in range(3):
            other.put(letter(at))
    post.join()
    first = post.office.sync.sync()
    next(first)
    assert "is being fetched just now" in post.tried().error
    list(first)
    assert post.office.inbox.total() == 3


def test_tokens_prove_the_login_by_either_way() -> None:
    with identity_provider(user="anna") as provider:
        kind = Kind(introspection=f"{provider.url}/introspect")
        with running(kind) as server:
            _login_with_tokens(server, provider)


def _login_with_tokens(server: Dovecot, provider: object) -> None:
    from gigdesk.domain.errors import SignInRefused
    from gigdesk.gateways.imap.box import ImapServers
    from gigdesk.gateways.imap.wire import _oauth
    from gigdesk.gateways.net import Gate
    from tests.gateways.test_imap import Pages

    token, _ = provider.give("anna")  # type: ignore[attr-defined]
    account = server.account("anna", auth=Auth.OAUTH2)
    servers = ImapServers(Gate(Pages(), lambda: datetime.now(UTC)))
    with servers.open(account, kinds.secret(token, Auth.OAUTH2), "test") as box:
        assert box.select("INBOX").exists == 0
    with (
        pytest.raises(SignInRefused),
        servers.open(account, kinds.secret("no", Auth.OAUTH2), ""),
    ):
        pass
    only = frozenset({"AUTH=OAUTHBEARER"})
    name, answer = _oauth(only, account, kinds.secret(token, Auth.OAUTH2))
    assert name == "OAUTHBEARER"
    other = server.elsewhere("bert").imap
    other.logout()
    import imaplib

    with announced():
        bare = imaplib.IMAP4(kinds.HOST, server.imap)
    assert bare.authenticate(name, answer)[0] == "OK"
    bare.logout()


def test_a_token_is_renewed_before_it_is_shown(office: Office) -> None:
    with (
        identity_provider(user="user") as provider,
        running(Kind(introspection=f"{provider.url}/introspect")) as server,
    ):
        post = Post(office, server)
        provider.user = post.user
        access, refresh = provider.give(post.user)
        past = office.now() - timedelta(hours=1)
        with server.elsewhere(post.user) as other:
            other.put(letter(1))
        post.join(proof=Grant(provider.client(), refresh, access, past))
        assert post.sync().new == 1
        provider.revoke()
        assert post.tried().error


def test_folders_by_any_name(office: Office) -> None:
    odd = "Rechnungen &- &AMQ-ngste"  # "Rechnungen & Ängste" on the line
    with running(Kind(special=(), capability=kinds.OLD)) as server:
        post = Post(office, server)
        with server.elsewhere(post.user) as other:
            for name in ("Gesendet", "Archiv", "Papierkorb", "Kunden.Acme &- Co", odd, "Spam"):
                other.create(name)
            other.put(letter(1, sender=f"{post.user}@desk.example", to="x@y.example"), "Gesendet")
            other.put(letter(2), '"Kunden.Acme &- Co"')
            other.put(letter(3), f'"{odd}"')
            other.put(letter(4), "Papierkorb")
            other.put(letter(5), "Spam")
            other.put(letter(6))
            post.join()
            assert post.sync().new == 4
            post.office.inbox.put_away(post.thread("word6"))
            post.sync()
            assert other.ids("Archiv") == ["<6@post.example>"]
            assert post.found("word2") == ["Letter 2"]
            other.remove_folder(odd)
            post.sync()
            post.sync()
            assert post.found("word3") == []


def test_where_one_folder_holds_copies_of_all(office: Office) -> None:
    with running(Kind(special=("Sent", "All"))) as server:
        post = Post(office, server)
        with server.elsewhere(post.user) as other:
            uid = other.put(letter(1))
            other.put(letter(2), "All")
            other.open("INBOX").imap.uid("COPY", str(uid), "All")
            post.join()
            assert post.sync().new == 2
            assert office.inbox.total() == 2
            assert post.subjects() == ["Letter 1"]
            office.inbox.put_away(post.thread("word1"))
            post.sync()
            assert other.ids() == []
            assert "<1@post.example>" in other.ids("All")
            assert post.found("word1") == ["Letter 1"]


def test_a_new_archive_stands_where_all_folders_stand(office: Office) -> None:
    with running(Kind(special=(), prefix="INBOX.")) as server:
        post = Post(office, server)
        with server.elsewhere(post.user) as other:
            other.create("INBOX.Projects")
            other.put(letter(1))
            post.join()
            post.sync()
            office.inbox.put_away(post.thread("word1"))
            post.sync()
            assert other.ids("INBOX.Archive") == ["<1@post.example>"]
            assert post.found("word1") == ["Letter 1"]


def test_a_folder_that_comes_back_brings_its_mails_back(post: Post) -> None:
    with post.server.elsewhere(post.user) as other:
        other.create("Clients")
        other.put(letter(1), "Clients")
        post.join()
        post.sync()
        other.imap.rename("Clients", "Customers")
        assert post.sync().new == 0
        post.sync()
        assert post.found("word1") == ["Letter 1"]
    shutil.rmtree(post.server.maildir(post.user) / ".Customers")
    post.sync()
    post.sync()
    assert post.found("word1") == []
