"""The outside as the services see it: Protocols, filled in by gateways, handed in by app.py."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from gigdesk.domain.accounts import (
        Account,
        Certificate,
        Consent,
        Endpoint,
        Grant,
        OAuthClient,
        Secret,
    )
    from gigdesk.domain.calendar.events import Event, FileNotes, ReadEvent
    from gigdesk.domain.expenses.records import ReadBill
    from gigdesk.domain.inbox.far import FarPicture
    from gigdesk.domain.inbox.folders import (
        Head,
        Mark,
        Marks,
        ServerFolder,
        ServerMail,
        Since,
        Standing,
    )
    from gigdesk.domain.inbox.folds import Fold
    from gigdesk.domain.inbox.mails import ParsedMail, RawMail
    from gigdesk.domain.invoices.records import Paper, Rendered
    from gigdesk.domain.leads.records import Posting, Unusable
    from gigdesk.domain.prompts import Header, ModelFile, ModelState, Prompt, Step, Stop
    from gigdesk.domain.providers import Kind
    from gigdesk.domain.records import Ref


T = TypeVar("T")

# The clock: an aware instant in UTC.
Now = Callable[[], datetime]


class Write(Protocol):
    """Runs one short change where changes run: at once in the command line, behind the person's own
    clicks on the writing thread in the window. Returns its answer."""

    def __call__(self, call: Callable[[], T], /) -> T: ...


def write_here(call: Callable[[], T]) -> T:
    """The `Write` of the command line and of tests: at once, on this thread."""
    return call()


class Notifier(Protocol):
    """Notifications of the desktop. `clicked` is called with the record of the one clicked."""

    def show(self, title: str, words: str, record: Ref | None) -> bool:
        """Show one; False when the desktop has no place for it."""


class Keyring(Protocol):
    """The operating system's store of secrets, by name."""

    @property
    def available(self) -> bool:
        """Whether this session has one we trust, locked or not."""

    def get(self, name: str) -> str | None:
        """The secret; None when there is none. Raises Locked when it stays locked."""

    def put(self, name: str, secret: str) -> None:
        """Keep the secret. Raises Locked when it stays locked."""

    def forget(self, name: str) -> None:
        """Remove the secret, if there is one."""


@dataclass(frozen=True, slots=True)
class KeyQuestion:
    """What is asked of the person when the keyring cannot give the key."""

    kind: Literal["passphrase", "new passphrase", "recovery key"]
    words: str
    attempt: int = 1


# The person's answer; None when they gave none (cancelled, or nobody is there to ask).
AskKey = Callable[[KeyQuestion], str | None]


class Model(Protocol):
    """The local language model, in a process of its own."""

    def inspect(self, path: Path) -> Header:
        """What a model file says of itself. Raises NotFound, or Unreadable with the reason."""

    def fingerprint(self, path: Path, stop: Stop) -> ModelFile:
        """The file as it is now, with its hash."""

    def hashing(self, path: Path, stop: Stop) -> Generator[float, None, ModelFile]:
        """The same, telling how much is done, 0 to 1."""

    def unchanged(self, file: ModelFile, path: Path) -> bool:
        """Whether size and time of the file are as they were when it was hashed."""

    def state(self) -> ModelState:
        """What the model does just now."""

    def stream(
        self, file: ModelFile, path: Path, prompt: Prompt, stop: Stop
    ) -> Generator[Step, None, None]:
        """Load the file if need be and write the answer, step by step. Closing the iterator, or
        raising the flag, stops the model. Raises Trouble; Crashed when the process died."""

    def rest(self) -> None:
        """End the process and give its memory back."""


class CalendarFiles(Protocol):
    """Calendar files, read where hostile ones do no harm, and series worked out."""

    def read(
        self, path: Path, zone: str, first: datetime, past: datetime
    ) -> Iterator[FileNotes | ReadEvent]:
        """First what the file says of itself, then each event, readable or not. `zone` is for
        times whose zone nobody knows. Raises Unreadable or Refused for the file as a whole."""

    def read_part(
        self, name: str, data: bytes, first: datetime, past: datetime
    ) -> Iterator[FileNotes | ReadEvent]:
        """The same of a calendar that came in a mail."""

    def expand(self, events: list[Event], first: datetime, past: datetime) -> Iterator[ReadEvent]:
        """The same events with their turns in the window, in the same order."""

    def written(self, events: Iterable[Event], method: str = "") -> bytes:
        """A calendar file of these events, with the zones they need; with a method, the part of a
        mail."""


class MailFolder(Protocol):
    """Mails in files, found and cut apart, not yet read."""

    skipped: int

    def total(self) -> int:
        """The bytes of all files, for the progress."""

    def mails(self) -> Iterator[RawMail]:
        """All mails; what cannot be opened comes with its trouble."""


class MailReader(Protocol):
    """Reads mails where hostile ones do no harm."""

    def read(self, batches: Iterable[Sequence[bytes]]) -> Iterator[list[ParsedMail]]:
        """Each batch read, in order; a mail that cannot be read comes as broken."""

    def part(self, raw: bytes, number: int) -> bytes:
        """The bytes of one attachment. Raises Unreadable."""

    def folds(self, text: str) -> list[Fold]:
        """What of a plain text is quoted and signed."""

    def read_one(self, raw: bytes) -> ParsedMail:
        """One mail, now."""


class MailServers(Protocol):
    """The servers that keep the person's mail."""

    def open(self, account: Account, secret: Secret, why: str) -> AbstractContextManager[MailBox]:
        """Connect, make it private, log in. Raises SignInRefused when the login is not taken, another
        Trouble when the server cannot be reached or is not who it should be."""


class MailBox(Protocol):
    """An account's mail on its server, while the connection lasts. One thread at a time but for
    `wake`. Whatever the server does wrong comes as Trouble; the connection is over then. Names of
    folders are as people read them; mails are named by their UID in the opened folder."""

    @property
    def capabilities(self) -> frozenset[str]:
        """What the server says it can, in capitals, after the login."""

    def folders(self) -> list[ServerFolder]:
        """All folders that can be opened, with their roles."""

    def create(self, folder: str) -> None:
        """Make a folder."""

    def state(self, folder: str) -> Standing:
        """How a folder that is not opened stands."""

    def select(self, folder: str, since: Since | None = None) -> Standing:
        """Open a folder; with `since`, where the server can, told what changed after it."""

    def marks(self, uids: Sequence[int]) -> dict[int, Marks]:
        """The marks of these mails; those that are not there are left out."""

    def all_marks(self, after: int = 0, since: int = 0) -> dict[int, Marks]:
        """The marks of all mails above a UID; with `since` only of those changed after that modseq,
        where the server counts changes."""

    def heads(self, uids: Sequence[int]) -> dict[int, Head]:
        """Enough of these mails to know them again."""

    def mails(self, uids: Sequence[int]) -> Generator[list[ServerMail], None, None]:
        """These mails whole, in batches, in this order; fetched ahead while the caller works. What
        the server does not give is left out. Nothing else may be asked until it is through."""

    def mark(self, uids: Sequence[int], mark: Mark, *, on: bool) -> None:
        """Set or take off a mark."""

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move in one step. Only where the server can: MOVE is among its capabilities."""

    def copy(self, uids: Sequence[int], folder: str) -> None:
        """Put a copy into another folder."""

    def remove(self, uids: Sequence[int]) -> None:
        """Delete from the opened folder: these alone, or where that cannot be said only marked."""

    def append(self, folder: str, raw: bytes, *, seen: bool, draft: bool = False) -> int | None:
        """Put a mail into a folder; its UID where the server tells."""

    def find(self, folder: str, message_id: str) -> list[int]:
        """Open a folder and look for this Message-ID in it; the UIDs."""

    def idle(self, seconds: float) -> bool:
        """Wait until something changes in the opened folder; False when nothing did or `wake` was
        called. Where the server cannot tell, it only waits."""

    def wake(self) -> None:
        """End `idle`, from any thread."""

    def hang_up(self) -> None:
        """End the connection, from any thread; whatever is under way ends in trouble."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A mail as a server is handed it: who sends it, who gets it, its bytes. A failure of an
    `automatic` one is reported to nobody (RFC 3834): its envelope has no sender where that is taken."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes = field(repr=False)
    beyond_ascii: bool = False
    automatic: bool = False


class MailCarrier(Protocol):
    """The servers that take the person's mail."""

    def send(
        self, account: Account, secret: Secret, parcel: Parcel, last_step: Callable[[], None]
    ) -> str:
        """Hand it over, to everybody or nobody; the server's own words of thanks. `last_step` is
        called when all but its final dot was said: if it raises, nothing left. Nobody has got it
        when this raises NotTaken, TryLater, Unreachable, Distrusted or SignInRefused. Nobody knows
        when it raises Doubtful."""

    def try_login(self, account: Account, secret: Secret) -> None:
        """Connect, make it private, log in, leave. Raises Trouble when one of them fails."""


class MailDoors(Protocol):
    """Mail servers, before any login."""

    def knock(self, endpoint: Endpoint, kind: Kind, why: str) -> None:
        """Connect, make it private, hear the greeting, leave. Raises Unreachable when it does not
        answer, Distrusted when it is not to be trusted. No name is said."""

    def certificate(self, endpoint: Endpoint, kind: Kind) -> Certificate:
        """What a server shows, trusted or not, for the person to look at."""


class LoginServers(Protocol):
    """Providers whose login happens in the browser."""

    def renewed(self, grant: Grant, now: datetime) -> Grant:
        """A token for now. Raises SignInRefused when the person has to log in anew, Unreachable when
        the provider does not answer."""

    def asking(self, client: OAuthClient, login: str) -> AbstractContextManager[Consent]:
        """Be ready for the browser to come back; gives the page to open, and waits for it."""


class FarPictures(Protocol):
    """Servers on which the pictures of mails lie."""

    def load(self, places: Sequence[str], why: str) -> Iterator[FarPicture]:
        """Ask for these, within limits; what is no picture or does not come is left out."""


class Cupboard(Protocol):
    """Files that leave the desk for the disk: under safe names, never over another file."""

    def write(self, path: Path, data: bytes) -> Path:
        """Write a new file here, or under the first free name beside it; where. Raises Trouble."""

    def lend(self, name: str, data: bytes) -> Path:
        """A copy another program may read, and nobody else, until it is cleared away."""

    def clear(self, before: datetime | None = None) -> int:
        """Clear away the copies lent before an instant, or all; how many."""


class ListServers(Protocol):
    """Programs of mailing lists, asked to let somebody go."""

    def leave(self, url: str, why: str) -> bool:
        """One POST as RFC 8058 has it; whether the server took it. Raises Trouble."""


class BillFiles(Protocol):
    """Files that may be bills, read where hostile ones do no harm."""

    def read(self, name: str, data: bytes, today: date) -> ReadBill | None:
        """The bill a file holds; None when it is none. Raises Unreadable."""


class LeadFile(Protocol):
    """A file of leads, its shape found out, its records not yet read; open until its `with` ends."""

    total: int

    def __enter__(self) -> LeadFile: ...

    def __exit__(self, *_error: object) -> None: ...

    def leads(self) -> Iterator[Posting | Unusable]:
        """Each record in order: a posting, or why it is none."""


class LeadFiles(Protocol):
    """Files of leads as people and feeds have them."""

    def open(self, path: Path, source: str) -> LeadFile:
        """Look at a file; `source` is what to call where it came from, empty for its own name.
        Raises NotFound, or Unreadable for the file as a whole."""


class Documents(Protocol):
    """Prints invoices."""

    def render(self, paper: Paper) -> Rendered:
        """An issued document, the e-invoice inside."""

    def preview(self, paper: Paper) -> Rendered:
        """A draft: the page alone."""

    def check(self, xml: bytes) -> list[str]:
        """What is wrong with an e-invoice; nothing when it is valid."""
