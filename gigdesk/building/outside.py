"""The gateways of an open desk, each loaded when it is first used: the first picture needs none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.late import late

if TYPE_CHECKING:
    from gigdesk.domain.ports import Now
    from gigdesk.gateways.bill_files import BillReader
    from gigdesk.gateways.calendars import CalendarReader
    from gigdesk.gateways.documents.press import Press
    from gigdesk.gateways.doors import MailDoors
    from gigdesk.gateways.imap.box import ImapServers
    from gigdesk.gateways.lead_files import LeadFiles
    from gigdesk.gateways.list_servers import ListServers
    from gigdesk.gateways.mail_files import MailFiles
    from gigdesk.gateways.mail_reader import MailReadingChild
    from gigdesk.gateways.model import LocalModel
    from gigdesk.gateways.net import Gate
    from gigdesk.gateways.oauth import OAuthServers
    from gigdesk.gateways.smtp import Smtp
    from gigdesk.store.ledger import LedgerStore


class Outside:
    """What lies beyond this process."""

    def __init__(self, models: Path, ledger: LedgerStore, now: Now) -> None:
        self.gate = late(partial(self._gate, ledger, now))
        self.logins = late(partial(self._logins, self.gate))
        self.doors = late(partial(self._doors, self.gate))
        self.mailboxes = late(partial(self._mailboxes, self.gate))
        self.carrier = late(partial(self._carrier, self.gate))
        self.lists = late(partial(self._lists, self.gate))
        self.press = late(self._press)
        self.calendars = late(self._calendars)
        self.bills = late(self._bills)
        self.reader = late(self._reader)
        self.leads = late(self._leads)
        self.model = late(partial(self._model, models))

    @staticmethod
    def _gate(ledger: LedgerStore, now: Now) -> Gate:
        from gigdesk.gateways.net import Gate

        return Gate(ledger, now)

    @staticmethod
    def _logins(gate: Gate) -> OAuthServers:
        from gigdesk.gateways.oauth import OAuthServers

        return OAuthServers(gate)

    @staticmethod
    def _doors(gate: Gate) -> MailDoors:
        from gigdesk.gateways.doors import MailDoors

        return MailDoors(gate)

    @staticmethod
    def _mailboxes(gate: Gate) -> ImapServers:
        from gigdesk.gateways.imap.box import ImapServers

        return ImapServers(gate)

    @staticmethod
    def _carrier(gate: Gate) -> Smtp:
        from gigdesk.gateways.smtp import Smtp

        return Smtp(gate)

    @staticmethod
    def _lists(gate: Gate) -> ListServers:
        from gigdesk.gateways.list_servers import ListServers

        return ListServers(gate)

    @staticmethod
    def _press() -> Press:
        from gigdesk.gateways.documents.press import Press

        return Press()

    @staticmethod
    def _calendars() -> CalendarReader:
        from gigdesk.gateways.calendars import CalendarReader

        return CalendarReader()

    @staticmethod
    def _bills() -> BillReader:
        from gigdesk.gateways.bill_files import BillReader

        return BillReader()

    @staticmethod
    def _reader() -> MailReadingChild:
        from gigdesk.gateways.mail_reader import MailReadingChild

        return MailReadingChild()

    @staticmethod
    def _leads() -> LeadFiles:
        from gigdesk.gateways.lead_files import LeadFiles

        return LeadFiles()

    @staticmethod
    def _model(models: Path) -> LocalModel:
        from gigdesk.gateways.model import LocalModel

        return LocalModel(models)

    @staticmethod
    def mails(paths: Sequence[Path]) -> MailFiles:
        """The mails in these files and folders."""
        from gigdesk.gateways.mail_files import MailFiles

        return MailFiles(paths)

    @staticmethod
    def clients(path: Path) -> list[tuple[int, dict[str, str]]]:
        """The clients in a file."""
        from gigdesk.gateways.client_files import read_clients

        return read_clients(path)
