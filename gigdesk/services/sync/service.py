"""Fetching mail: one account or all, once or for as long as the window is open."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from gigdesk.domain.accounts import AccountState
from gigdesk.domain.errors import Locked, NotFound, SignInRefused, Trouble
from gigdesk.domain.inbox.folders import Role, folder_of
from gigdesk.domain.inbox.syncing import SyncProgress, SyncReport
from gigdesk.domain.prompts import Never, Stop
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t, time_text
from gigdesk.services.sync.attending import Attending
from gigdesk.services.sync.round import Round
from gigdesk.services.sync.watch import SyncWatch
from gigdesk.store.leases import held, process_holder

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account
    from gigdesk.domain.ports import MailBox, MailServers
    from gigdesk.services.accounts import AccountService
    from gigdesk.services.sync.post import Post
    from gigdesk.store.leases import LeaseStore

log = logging.getLogger(__name__)

# Puts a notice where the person sees it: an occasion, a title, words; whether it is new.
Tell = Callable[[str, str, str], bool]


class SyncService:
    """What the person can do with fetching, and what the window does by itself."""

    def __init__(
        self,
        post: Post,
        accounts: AccountService,
        servers: MailServers,
        leases: LeaseStore,
        tell: Tell,
    ) -> None:
        self._post, self._accounts, self._servers = post, accounts, servers
        self._leases, self._tell = leases, tell
        self.watch = SyncWatch()

    def fetched(self) -> list[Account]:
        """The accounts that are fetched from."""
        return [each for each in self._accounts.all()
                if each.imap is not None and each.state is not AccountState.OFF]  # fmt: skip

    def sync(
        self, names: Sequence[str] = (), stop: Stop | None = None
    ) -> Generator[SyncProgress, None, list[SyncReport]]:
        """Fetch from these accounts, or from all. One that fails is reported and stops no other."""
        chosen = [self._accounts.by_name(name) for name in names] or self.fetched()
        if not chosen:
            raise NotFound(
                t("There is no account to fetch from"), t("Add one: gigdesk account add FILE.json.")
            )
        reports = []
        for account in chosen:
            reports.append((yield from self.one(account, stop or Never())))  # noqa: PERF401
        return reports

    def one(self, account: Account, stop: Stop) -> Generator[SyncProgress, None, SyncReport]:
        """Fetch from one account over a connection of its own."""
        running: list[Round] = []
        try:
            secret = self._accounts.secret(account)
            with self._servers.open(account, secret, t("Fetch mail")) as box:
                return (yield from self.over(account, box, stop, running=running))
        except Trouble as trouble:
            return self.failed(account, trouble, running[0].report if running else None)

    def over(
        self,
        account: Account,
        box: MailBox,
        stop: Stop,
        *,
        thorough: bool = True,
        running: list[Round] | None = None,
    ) -> Generator[SyncProgress, None, SyncReport]:
        """One round over a connection that stands. Raises Trouble."""
        busy = Locked(
            t("{name} is being fetched just now", name=account.name),
            t("By another GigDesk. Its mails appear here as well."),
        )
        with held(self._leases, f"mail {account.id}", process_holder(), busy) as renew:
            round_ = Round(self._post, account, box, stop, renew)
            if running is not None:
                running.append(round_)
            try:
                for progress in round_.run(thorough=thorough):
                    self.watch.going(account, progress)
                    yield progress
            except Exception:
                # Was it removed meanwhile? Then that is the answer: nothing can be kept of it.
                self._accounts.get(account.id)
                raise
        self.watch.went(account, self._post.now())
        self._accounts.mark(account, AccountState.OK)
        return round_.report

    def failed(
        self, account: Account, trouble: Trouble, so_far: SyncReport | None = None
    ) -> SyncReport:
        """Say how it ended, for the line and for the account."""
        words = f"{trouble.title}. {trouble.advice}".strip()
        if not isinstance(trouble, Locked | NotFound):
            refused = isinstance(trouble, SignInRefused)
            state = AccountState.REFUSED if refused else AccountState.UNREACHABLE
            self._accounts.mark(account, state, trouble.title)
            if refused:
                self._ask_for_login(account, trouble)
            log.info("fetching failed: %s", type(trouble).__name__)
        self.watch.broke(account, trouble)
        before = so_far or SyncReport(account.name)
        return SyncReport(account.name, before.new, before.changed, before.removed, words, trouble)

    def _ask_for_login(self, account: Account, trouble: Trouble) -> None:
        """It will not come right by itself: the person is told, once a day."""
        key = f"sign in:{account.id}:{self._post.now().date()}"

        def tell() -> Changed[bool]:
            return Changed(self._tell(key, trouble.title, trouble.advice), Topic.NOTICES)

        self._post.write(tell)

    def behind(self, account: Account, box: MailBox) -> bool:
        """Open the inbox, to wait in it for news; whether there is some already."""
        inbox = folder_of(box.folders(), Role.INBOX)
        known = {each.name: each for each in self._post.folders.of(account.id)}
        if inbox is None or inbox.name not in known:
            return False
        folder, now = known[inbox.name], box.select(inbox.name)
        return (now.uidvalidity, now.modseq) != (folder.uidvalidity, folder.modseq) or (
            now.exists != self._post.places.count(folder.id)
        )

    def let_go(self, account_id: int, *, with_mails: bool) -> Changed[Account]:
        """Remove an account. Its mails stay here; or those that lie on no other server leave the lists
        and the search with it."""
        account = self._accounts.get(account_id)

        def leave() -> None:
            if with_mails:
                self._post.places.leave(account.id, self._post.known(), self._post.now())

        return self._accounts.remove(account_id, leave)

    def waits(self) -> int:
        """How many changes of the person wait to go to a server."""
        return self._post.queue.count()

    def waiting(self) -> frozenset[int]:
        """The accounts for which changes wait."""
        return self._post.queue.accounts()

    def line(self, zone: Callable[[], tzinfo]) -> tuple[str, bool]:
        """How fetching stands, in a line: what is under way, else what is in the way, else since when
        all is here; and whether it is to be looked at. Empty without an account."""
        if not self.fetched():
            return "", False
        states = self.watch.states()
        for state in states:
            if state.progress is not None:
                return state.progress.words, False
        broken = next((state.trouble for state in states if state.trouble), "")
        times = [state.at for state in states if state.at is not None]
        if broken or not times:
            return broken or t("Mail: not fetched yet"), bool(broken)
        since = time_text(min(times).astimezone(zone()))
        return t("Mail: up to date, {time}", time=since), False

    def attend(self, account: Account) -> Attending:
        """Someone who stays with an account: fetches, waits for news, fetches again."""
        return Attending(self, account, self._accounts, self._servers)
