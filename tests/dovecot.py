"""A Dovecot of our own for tests: on loopback, on free ports, thrown away after.

Any user with the password `test` has an empty mail box. Mails are looked at and changed from outside by
`Elsewhere`, Python's own imaplib, as another program of the person would.
"""

from __future__ import annotations

import contextlib
import imaplib
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gigdesk.domain.accounts import Account, AccountId, Auth, Endpoint, Secret, Tls
from gigdesk.gateways.net import announced
from tests.outside import connected

HOST = "127.0.0.1"
PASSWORD = "test"
NOBODY = 65534
BARE = "IMAP4rev1 SASL-IR LOGIN-REFERRALS LITERAL+ ID NAMESPACE UNSELECT CHILDREN"
# What some servers lack, as the list of what they have.
NO_CONDSTORE = f"{BARE} ENABLE IDLE UIDPLUS MOVE SPECIAL-USE LIST-EXTENDED"
NO_QRESYNC = f"{NO_CONDSTORE} CONDSTORE"
NO_IDLE = f"{BARE} ENABLE UIDPLUS MOVE CONDSTORE QRESYNC SPECIAL-USE LIST-EXTENDED"
OLD = "IMAP4rev1 LITERAL+ CHILDREN NAMESPACE UIDPLUS"
OLDEST = "IMAP4rev1 LITERAL+"

_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = gigdesk-{imaps}
log_path = {folder}/log
info_log_path = {folder}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_process_limit = 50
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
mail_fsync = never
auth_mechanisms = plain login{mechanisms}
auth_failure_delay = 0
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
ssl_min_protocol = TLSv1.2
imap_idle_notify_interval = 2 mins
{capability}
passdb {{
  driver = static
  args = password={password}
}}
{oauth}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/homes/%u
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
  {special}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
"""
_SPECIAL = """mailbox {name} {{
    special_use = \\{name}
    auto = subscribe
  }}
  """
_OAUTH = """passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
service auth-worker {{
  user = {user}
}}
"""
_OAUTH_FILE = """introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


@dataclass(frozen=True)
class Kind:
    """What the server is like."""

    capability: str = ""
    introspection: str = ""
    special: tuple[str, ...] = ("Sent", "Drafts", "Trash", "Junk", "Archive")
    separator: str = "."
    prefix: str = ""


class Dovecot:
    """One running server."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.folder = Path(tempfile.mkdtemp(prefix="gd-", dir="/tmp"))
        self.imap, self.imaps = free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.certificate = made_certificate(self.folder)
        self._configure()

    def start(self) -> Dovecot:
        """Start it, and wait until it answers."""
        # It goes with us, however we go.
        command = ["setpriv", "--pdeathsig", "TERM"]
        if os.getuid() == 0:
            own(self.folder)
            command += [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        command += ["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]
        # The log goes into the folder; what it says at its start belongs to a failing test.
        self._process = subprocess.Popen(
            command, env={**os.environ, "HOME": str(self.folder)}, stderr=subprocess.DEVNULL
        )
        until(self._answers, 20)
        return self

    def stop(self) -> None:
        """Stop it; its mails stay."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=20)
            self._process = None

    def throw_away(self) -> None:
        """Stop it and forget everything."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self) -> str:
        """What it wrote."""
        with contextlib.suppress(OSError):
            return (self.folder / "log").read_text("utf-8", "replace")
        return ""

    def endpoint(self, tls: Tls = Tls.IMPLICIT, port: int = 0) -> Endpoint:
        """Its door."""
        port = port or (self.imaps if tls is Tls.IMPLICIT else self.imap)
        return Endpoint(HOST, port, tls, self.certificate)

    def account(self, user: str, tls: Tls = Tls.IMPLICIT, port: int = 0, auth: Auth = Auth.PASSWORD) -> Account:  # fmt: skip
        """An account of this user."""
        return Account(AccountId(1), user, f"{user}@desk.example", self.endpoint(tls, port), None, user, auth)  # fmt: skip

    def elsewhere(self, user: str) -> Elsewhere:
        """Another program of this user."""
        return Elsewhere(self, user)

    def maildir(self, user: str) -> Path:
        """Where this user's mails lie."""
        folder = self.folder / "homes" / user / "Maildir"
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        return folder

    def given(self, user: str) -> Path:
        """The same, handed to the server after it was written to."""
        own(self.folder / "homes" / user)
        return self.maildir(user)

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            pytest.fail(f"dovecot does not start: {self.log()}")
        with contextlib.suppress(OSError), connected(HOST, self.imap, 1) as talk:
            return talk.recv(4).startswith(b"* OK")
        return False

    def _configure(self) -> None:
        kind, root = self.kind, os.getuid() == 0
        user, group = ("nobody", "nogroup") if root else (_user(), _group())
        oauth = _OAUTH.format(folder=self.folder, user=user) if kind.introspection else ""
        (self.folder / "dovecot.conf").write_text(
            _CONFIG.format(
                folder=self.folder,
                imap=self.imap,
                imaps=self.imaps,
                user=user,
                group=group,
                uid=NOBODY if root else os.getuid(),
                gid=NOBODY if root else os.getgid(),
                password=PASSWORD,
                mechanisms=" xoauth2 oauthbearer" if kind.introspection else "",
                capability=f"imap_capability = {kind.capability}" if kind.capability else "",
                oauth=oauth,
                special="".join(_SPECIAL.format(name=name) for name in kind.special),
                prefix=kind.prefix,
                separator=kind.separator,
            )
        )
        if kind.introspection:
            (self.folder / "oauth2.conf").write_text(_OAUTH_FILE.format(url=kind.introspection))
        (self.folder / "homes").mkdir()


class Elsewhere:
    """Another program at the same mail box, by Python's own imaplib."""

    def __init__(self, server: Dovecot, user: str) -> None:
        with announced():
            self.imap = imaplib.IMAP4(HOST, server.imap)
        self.imap.login(user, PASSWORD)
        self._at = ""

    def __enter__(self) -> Elsewhere:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(Exception):
            self.imap.logout()

    def put(self, raw: bytes, folder: str = "INBOX", flags: str = "", at: str | None = None) -> int:
        """A mail comes in; its UID."""
        kind, said = self.imap.append(folder, flags or "()", at or "", raw)
        assert kind == "OK", said
        found = re.search(rb"APPENDUID \d+ (\d+)", said[0])
        return int(found[1]) if found else 0

    def open(self, folder: str) -> Elsewhere:
        """Open a folder, as the server has it now."""
        kind, said = self.imap.select(f'"{folder}"')
        assert kind == "OK", said
        self._at = folder
        return self

    def uids(self, folder: str = "INBOX") -> list[int]:
        """The mails of a folder."""
        kind, said = self.open(folder).imap.uid("SEARCH", "ALL")
        assert kind == "OK", said
        return [int(each) for each in (said[0] or b"").split()]

    def flags(self, folder: str = "INBOX") -> dict[int, set[str]]:
        """Their flags, without those of a session."""
        self.open(folder)
        found: dict[int, set[str]] = {}
        _, said = self.imap.uid("FETCH", "1:*", "(UID FLAGS)")
        for line in (each for each in said if isinstance(each, bytes)):
            uid = re.search(rb"UID (\d+)", line)
            flags = re.search(rb"FLAGS \(([^)]*)\)", line)
            if uid and flags:
                found[int(uid[1])] = set(flags[1].decode().split()) - {"\\Recent"}
        return found

    def ids(self, folder: str = "INBOX") -> list[str]:
        """The Message-IDs of its mails, sorted."""
        self.open(folder)
        _, said = self.imap.uid("FETCH", "1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
        heads = [each[1].decode() for each in said if isinstance(each, tuple)]
        return sorted(head.partition(":")[2].strip() for head in heads)

    def mark(self, uid: int, flag: str, *, on: bool = True, folder: str = "INBOX") -> None:
        """Set or take off a flag."""
        self.open(folder).imap.uid("STORE", str(uid), "+FLAGS" if on else "-FLAGS", f"({flag})")

    def move(self, uid: int, target: str, folder: str = "INBOX") -> None:
        """Move one to another folder."""
        kind, said = self.open(folder).imap.uid("MOVE", str(uid), f'"{target}"')
        assert kind == "OK", said

    def delete(self, uids: Iterable[int], folder: str = "INBOX") -> None:
        """Delete for good."""
        named = ",".join(str(uid) for uid in uids)
        self.open(folder).imap.uid("STORE", named, "+FLAGS", "(\\Deleted)")
        self.imap.uid("EXPUNGE", named)

    def create(self, folder: str) -> None:
        """Make a folder; its name as on the line."""
        kind, said = self.imap.create(f'"{folder}"')
        assert kind == "OK", said

    def remove_folder(self, folder: str) -> None:
        """Take a folder away with all its mails."""
        self.imap.select("INBOX")
        self.imap.delete(f'"{folder}"')


def secret(value: str = PASSWORD, auth: Auth = Auth.PASSWORD) -> Secret:
    """What proves the login."""
    return Secret(auth, value)


@contextlib.contextmanager
def running(kind: Kind | None = None) -> Iterator[Dovecot]:
    """A server of this kind, for a block. Skips only where Dovecot is not installed; CI demands it."""
    if shutil.which("dovecot") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Dovecot")
        pytest.skip("Dovecot is not installed (packaging/setup.sh test installs it)")
    server = Dovecot(kind or Kind())
    try:
        yield server.start()
    finally:
        server.throw_away()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def made_certificate(folder: Path) -> str:
    """A certificate for localhost that nobody vouches for, beside its key; as PEM."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "30", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    return (folder / "cert.pem").read_text()


def server_context(folder: Path) -> ssl.SSLContext:
    """The other side of TLS with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def until(done: object, seconds: float) -> None:
    """Wait for something outside this process, which sends no signal."""
    end = time.monotonic() + seconds
    assert callable(done)
    while not done():
        if time.monotonic() > end:
            pytest.fail("waited in vain")
        select_pause()


def select_pause() -> None:
    """A moment."""
    import threading

    threading.Event().wait(0.02)


def own(folder: Path) -> None:
    """Hand a folder to the user that the server runs as."""
    if os.getuid() != 0:
        return
    os.chown(folder, NOBODY, NOBODY)
    for each in folder.rglob("*"):
        os.chown(each, NOBODY, NOBODY)


def _user() -> str:
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


def _group() -> str:
    import grp

    return grp.getgrgid(os.getgid()).gr_name
