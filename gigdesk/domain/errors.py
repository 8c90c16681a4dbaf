"""Failures that are the world's, not ours, each with kind words.

    Trouble            title: what happened; advice: what was kept and what to do
    ├── NotFound       no such record
    ├── Locked         the key or the desk is not to be had now: wait, try again
    ├── Unreadable     a file or record from outside cannot be read
    ├── Refused        a rule says no
    ├── SignInRefused  a server does not take the login: the person must act
    ├── Stale          something newer happened, so this cannot be done or undone
    ├── Newer          written by a later version of GigDesk
    ├── Full           no room left on the disk
    ├── Unreachable    a server does not answer: tried again by itself
    ├── Distrusted     a server is not to be trusted with anything: stop
    │   └── BadCertificate  for its certificate, which the person may look at
    ├── NotTaken       a server does not take this mail: nobody got it
    ├── TryLater       a server takes it later, it says: nobody got it yet
    └── Doubtful       it may have left or not, and nobody here can know

Everything else that is raised is a bug of ours.
"""

from __future__ import annotations


class Trouble(Exception):
    """Something in the world is in the way. Shown kindly, never with a traceback."""

    def __init__(self, title: str, advice: str = "") -> None:
        super().__init__(f"{title}. {advice}" if advice else title)
        self.title = title
        self.advice = advice

    def __reduce__(self) -> tuple[type[Trouble], tuple[str, str]]:
        return type(self), (self.title, self.advice)


class NotFound(Trouble):
    """No such record."""


class Locked(Trouble):
    """The key or the desk is not to be had now."""


class Unreadable(Trouble):
    """A file or record from outside cannot be read."""


class Refused(Trouble):
    """A rule says no."""


class SignInRefused(Trouble):
    """A server does not take the login."""


class Stale(Trouble):
    """Something newer happened to this record."""


class Newer(Trouble):
    """The file was written by a later version of GigDesk."""


class Full(Trouble):
    """No room left on the disk."""


class Unreachable(Trouble):
    """A server does not answer now; it is tried again by itself."""


class Distrusted(Trouble):
    """A server's certificate is not to be trusted, or it offers no privacy: nothing is sent."""


class BadCertificate(Distrusted):
    """A server's certificate is not to be trusted, unless the person looks at it and does."""


class NotTaken(Trouble):
    """A server does not take this mail, and will not: nobody got it."""


class TryLater(Trouble):
    """A server does not take this mail just now: nobody got it yet."""


class Doubtful(Trouble):
    """The connection ended after the mail was handed over and before the server said a word."""
