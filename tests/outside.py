"""Other programs than GigDesk, in a test's own process: they connect without its gate."""

from __future__ import annotations

import socket

from gigdesk.gateways.net import announced


def connected(host: str, port: int, timeout: float = 30.0) -> socket.socket:
    """A connection of somebody else's. Once a test has run a command, the gate's watch is on in this
    process, and stops what nobody announced."""
    with announced():
        talk = socket.create_connection((host, port), timeout)
    talk.settimeout(None)
    return talk
