"""The folders of a server as it lists them: the person's own, with their roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from imapclient.imap_utf7 import decode as decode_utf7
from imapclient.response_parser import parse_response

from gigdesk.domain.inbox.folders import Listed, ServerFolder, with_roles

if TYPE_CHECKING:
    from gigdesk.gateways.imap.wire import Client


def folders_of(client: Client) -> list[ServerFolder]:
    """All folders that can be opened. What belongs to others or to everybody is not the person's."""
    foreign = _foreign(client) if "NAMESPACE" in client.can() else ()
    client.command("LIST", '""', '"*"')
    answers = client.wire.untagged_responses.pop("LIST", [])
    listed = _listed(parse_response([each for each in answers if each]))
    return with_roles(each for each in listed if not each.name.startswith(foreign))


def _foreign(client: Client) -> tuple[str, ...]:
    spaces = client.namespace()
    return tuple(
        str(prefix)
        for space in (spaces.other, spaces.shared)
        for prefix, _ in space or ()
        if prefix
    )


def _listed(parsed: Sequence[Any]) -> Iterator[Listed]:
    """Folders out of LIST's triples of flags, separator, name."""
    if len(parsed) % 3:
        raise ValueError("a list that cannot be read")
    for at in range(0, len(parsed), 3):
        flags, separator, name = parsed[at : at + 3]
        # A name that is all digits comes as a number.
        raw = str(name).encode() if isinstance(name, int) else name
        yield Listed(
            decode_utf7(raw),
            separator.decode("ascii", "replace") if separator else "",
            frozenset(_text(each).lower() for each in flags),
        )


def _text(atom: Any) -> str:
    return atom.decode("ascii", "replace") if isinstance(atom, bytes) else str(atom)
