"""Leaving mailing lists by one click (RFC 8058): a single POST over https, to the open network only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gigdesk.domain.errors import Refused
from gigdesk.domain.inbox.leaving import ONE_CLICK, is_public, may_be_asked
from gigdesk.domain.words import t
from gigdesk.gateways.web import post

if TYPE_CHECKING:
    from collections.abc import Callable

    from gigdesk.gateways.net import Gate

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class ListServers:
    """Asks the program of a list to let the person go."""

    def __init__(self, gate: Gate, may_ask: Callable[[str], bool] = may_be_asked) -> None:
        self._gate, self._may_ask = gate, may_ask

    def leave(self, url: str, why: str) -> bool:
        """One POST; a redirect is not followed, and counts as no."""
        if not self._may_ask(url):
            raise Refused(
                t("This address is not for programs"),
                t("Nothing was sent. Look at the page yourself, if you trust it."),
            )
        answer = post(self._gate, url, ONE_CLICK, _FORM, ("inbox", why), may_meet=self._may_meet)
        return 200 <= answer.status_code < 300

    def _may_meet(self, address: str) -> bool:
        """A name of the open network may lead into the house: it is looked at once it is known."""
        return is_public(address) or self._may_ask is not may_be_asked
