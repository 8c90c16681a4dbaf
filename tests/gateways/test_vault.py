"""The vault against a real gnome-keyring: present, locked, wrong, absent; and the keys beside it."""

from __future__ import annotations

import base64
import json
import os
import pty
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gigdesk.store.header import read_header
from tests.whole.conftest import need
from tests.whole.session import GIGDESK, Session

pytestmark = pytest.mark.slow

SERVICE = "org.freedesktop.secrets"
WORDS = "correct horse battery staple"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session with a bus and nothing on it."""
    need("dbus-daemon", "gnome-keyring-daemon")
    made = Session(tmp_path / "session")
    yield made
    made.close()


@pytest.fixture
def words(session: Session) -> Path:
    """A file with a passphrase, its line end included."""
    path = session.home / "words"
    path.write_text(WORDS + "\n")
    return path


def home(session: Session, name: str = "desk") -> Path:
    return session.folder / name


def ask(session: Session, *command: str, name: str = "desk", **env: str) -> Any:
    """A command that must go well; its JSON."""
    done = session.gigdesk("--home", str(home(session, name)), *command, "--json", **env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refused(session: Session, *command: str, name: str = "desk", **env: str) -> str:
    """A command that must be in trouble; the title it says."""
    done = session.gigdesk("--home", str(home(session, name)), *command, "--json", **env)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    title = json.loads(done.stdout)["error"]["title"]
    assert title in done.stderr
    return str(title)


def make(session: Session, name: str = "desk", **env: str) -> None:
    ask(session, "settings", "set", "terms_days", "33", name=name, **env)


def is_mine(session: Session, name: str = "desk", **env: str) -> bool:
    return bool(ask(session, "settings", "get", "terms_days", name=name, **env)[0]["value"] == "33")


def entries(session: Session) -> dict[str, str]:
    """The secrets of GigDesk in the keyring: whose they are, and their place."""
    found = session.call(
        SERVICE, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "SearchItems",
        "a{ss}", ({"service": "GigDesk"},),
    )  # fmt: skip
    item = "org.freedesktop.Secret.Item"
    return {
        dict(session.property(SERVICE, place, item, "Attributes"))["username"]: place
        for place in found[0]
    }


def secret_of(session: Session, place: str) -> bytes:
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection
    from jeepney.wrappers import unwrap_msg

    def call(bus: Any, path: str, interface: str, *rest: Any) -> Any:
        address = DBusAddress(
            path, bus_name=SERVICE, interface=f"org.freedesktop.Secret.{interface}"
        )
        return unwrap_msg(bus.send_and_get_reply(new_method_call(address, *rest), timeout=10))

    with open_dbus_connection(session.env["DBUS_SESSION_BUS_ADDRESS"]) as bus:
        opened = call(
            bus, "/org/freedesktop/secrets", "Service", "OpenSession", "sv", ("plain", ("s", ""))
        )
        return bytes(call(bus, place, "Item", "GetSecret", "o", (opened[1],))[0][2])


def header(session: Session, name: str = "desk") -> Any:
    found = read_header(home(session, name) / "desk.json")
    assert found is not None
    return found


def state(folder: Path) -> dict[str, bytes]:
    """Every file that says what a desk is."""
    kept = ("desk.json", "desk.db")
    return {name: (folder / name).read_bytes() for name in kept if (folder / name).exists()}


# --- a keyring that answers -------------------------------------------------------------------------
def test_the_key_lies_in_the_keyring_under_the_desks_own_id(session: Session) -> None:
    session.keyring()
    make(session)
    assert is_mine(session)
    assert list(entries(session)) == [header(session).uuid]


def test_two_desks_never_mix(session: Session) -> None:
    session.keyring()
    make(session, "one")
    ask(session, "settings", "get", name="two")
    uuids = {header(session, name).uuid for name in ("one", "two")}
    found = entries(session)
    assert set(found) == uuids
    assert len(uuids) == 2
    assert len({secret_of(session, place) for place in found.values()}) == 2
    assert is_mine(session, "one")
    # The key file of one beside the database of the other opens nothing, and harms nothing.
    one, two = home(session, "one"), home(session, "two")
    (two / "desk.json").write_bytes((one / "desk.json").read_bytes())
    before = state(two)
    assert refused(session, "today", name="two") == "The desk's file does not fit its key"
    assert state(two) == before


def test_a_keyring_of_a_later_session_opens_the_desk(session: Session) -> None:
    first = session.keyring("secret of the login")
    make(session)
    session.stop(first)
    session.keyring("secret of the login")
    assert is_mine(session)


# --- a keyring that is locked ----------------------------------------------------------------------
def test_a_locked_keyring_is_said_and_no_second_desk_is_made(session: Session) -> None:
    session.keyring()
    make(session)
    before = state(home(session))
    session.lock_keyring()
    assert refused(session, "today") == "The keyring is locked"
    assert state(home(session)) == before
    # Nor is a new desk made while it is locked, with another key or with none.
    assert refused(session, "today", name="new") == "The keyring is locked"
    assert state(home(session, "new")) == {}


def test_the_wrong_login_password_leaves_it_locked(session: Session) -> None:
    first = session.keyring("the right one")
    make(session)
    before = state(home(session))
    session.stop(first)
    wrong = session.keyring("a wrong one")
    assert refused(session, "today") == "The keyring is locked"
    assert state(home(session)) == before
    session.stop(wrong)
    session.keyring("the right one")
    assert is_mine(session)


def test_a_prompt_that_nobody_answers_is_not_waited_for_without_a_terminal(
    session: Session,
) -> None:
    session.keyring()
    make(session)
    session.prompter()
    session.lock_keyring()
    assert refused(session, "today") == "The keyring is locked"


# --- no keyring ------------------------------------------------------------------------------------
def test_without_a_keyring_the_passphrase_of_a_file_opens(session: Session, words: Path) -> None:
    env = {"GIGDESK_PASSPHRASE_FILE": str(words)}
    make(session, **env)
    assert is_mine(session, **env)
    assert [opener.kind for opener in header(session).openers] == ["passphrase", "recovery"]
    before = state(home(session))
    # Nobody to ask, a wrong one, a file that is not there.
    assert refused(session, "today") == "The desk stays locked"
    wrong = session.home / "wrong"
    wrong.write_text("something else")
    named = refused(session, "today", GIGDESK_PASSPHRASE_FILE=str(wrong))
    assert named == "The desk stays locked"
    missing = refused(session, "today", GIGDESK_PASSPHRASE_FILE="/nowhere")
    assert missing == "The passphrase's file cannot be read"
    assert state(home(session)) == before


def test_without_keyring_and_passphrase_no_desk_is_made(session: Session) -> None:
    words = "There is no keyring here and no passphrase was given"
    assert refused(session, "today") == words
    assert state(home(session)) == {}


def test_without_a_bus_it_is_the_same(session: Session, words: Path) -> None:
    env = {"DBUS_SESSION_BUS_ADDRESS": "", "GIGDESK_PASSPHRASE_FILE": str(words)}
    make(session, **env)
    assert is_mine(session, **env)


PLANTED = """
from pathlib import Path
from keyring.backend import KeyringBackend

class Keyring(KeyringBackend):
    priority = 100

    def get_password(self, service, username):
        Path("{trace}").write_text("asked")

    def set_password(self, service, username, password):
        Path("{trace}").write_text(password)
"""


def test_a_backend_that_is_merely_installed_is_never_taken(
    session: Session, words: Path, tmp_path: Path
) -> None:
    # As keyrings.alt does it: an entry point, the highest priority, and even chosen by hand.
    site, trace = tmp_path / "site", tmp_path / "trace"
    info = site / "planted-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: planted\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[keyring.backends]\nplanted = planted\n")
    (site / "planted.py").write_text(PLANTED.format(trace=trace))
    for chosen in ("planted.Keyring", "keyring.backends.chainer.ChainerBackend"):
        env = {"PYTHONPATH": str(site), "PYTHON_KEYRING_BACKEND": chosen}
        name = chosen.rpartition(".")[2]
        assert "no keyring" in refused(session, "today", name=name, **env)
        make(session, name, GIGDESK_PASSPHRASE_FILE=str(words), **env)
    assert not trace.exists()
    # The plant is good: keyring itself would have taken it.
    code = "import keyring; print(type(keyring.get_keyring()).__module__)"
    found = subprocess.run(
        [_python(), "-c", code],
        env={**session.env, "PYTHONPATH": str(site)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.strip() == "planted"


def _python() -> str:
    return str(Path(GIGDESK).with_name("python"))


# --- the recovery key, the passphrase ---------------------------------------------------------------
def at_a_terminal(session: Session, *command: str, answers: list[str]) -> tuple[int, str, str]:
    """Run a command whose terminal is one, answer each of its questions; code, output, screen."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [GIGDESK, *command], env=session.env, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    screen = ""
    for answer in answers:
        asked = ""
        while not asked.endswith(": "):
            asked += os.read(ours, 1000).decode()
        screen += asked
        os.write(ours, f"{answer}\n".encode())
    output, _ = process.communicate(timeout=60)
    while True:
        try:
            screen += os.read(ours, 1000).decode()
        except OSError:
            break
    os.close(ours)
    return process.returncode, output, screen


def test_the_recovery_key_opens_a_desk_whose_keyring_lost_its_entry(session: Session) -> None:
    session.keyring()
    make(session)
    written = session.home / "recovery"
    ask(session, "recovery-key", "-o", str(written))
    assert written.stat().st_mode & 0o777 == 0o600
    assert refused(session, "recovery-key", "-o", str(session.home / "again")) == (
        "The recovery key was shown already"
    )
    place = entries(session)[header(session).uuid]
    session.call(SERVICE, place, "org.freedesktop.Secret.Item", "Delete")
    assert refused(session, "today") == "The desk stays locked"
    key = written.read_text().strip()
    code, output, screen = at_a_terminal(
        session, "--home", str(home(session)), "settings", "get", "terms_days", "--json",
        answers=["AAAA-BBBB", key.lower().replace("-", " ")],
    )  # fmt: skip
    assert code == 0, screen
    assert json.loads(output)[0]["value"] == "33"
    assert key not in screen
    # The keyring knows the desk again.
    assert list(entries(session)) == [header(session).uuid]
    assert is_mine(session)


def test_the_recovery_key_opens_a_desk_whose_passphrase_is_forgotten(
    session: Session, words: Path
) -> None:
    make(session, GIGDESK_PASSPHRASE_FILE=str(words))
    written = session.home / "recovery"
    ask(session, "recovery-key", "-o", str(written), GIGDESK_PASSPHRASE_FILE=str(words))
    kept = session.home / "kept.gigdesk"
    ask(session, "backup", str(kept), GIGDESK_PASSPHRASE_FILE=str(words))
    fresh = session.home / "fresh words"
    fresh.write_text("fresh words that I remember")
    env = {"GIGDESK_PASSPHRASE_FILE": str(fresh)}
    command = ("restore", str(kept), "--recovery-key-file", str(written))
    ask(session, *command, name="back", **env)
    # What opens it now is the passphrase that was given then.
    assert is_mine(session, "back", **env)
    assert refused(session, "today", name="back", GIGDESK_PASSPHRASE_FILE=str(words)) == (
        "The desk stays locked"
    )


def test_a_new_passphrase_wraps_anew_and_rekeys_nothing(session: Session, words: Path) -> None:
    old = {"GIGDESK_PASSPHRASE_FILE": str(words)}
    make(session, **old)
    before = header(session)
    key = before.unwrap("passphrase", WORDS.encode())
    salt = (home(session) / "desk.db").read_bytes()[:16]
    fresh = session.home / "fresh"
    fresh.write_text("fresh words that I remember\n")
    done = ask(session, "passphrase", "--new-file", str(fresh), **old)
    assert set(done["openers"]) == {"passphrase", "recovery"}
    after = header(session)
    assert after.unwrap("passphrase", WORDS.encode()) is None
    assert after.unwrap("passphrase", b"fresh words that I remember") == key
    assert after.check == before.check
    assert after.opener("recovery") == before.opener("recovery")
    # SQLCipher writes a new salt when a database is keyed anew.
    assert (home(session) / "desk.db").read_bytes()[:16] == salt
    assert is_mine(session, GIGDESK_PASSPHRASE_FILE=str(fresh))
    assert refused(session, "today", **old) == "The desk stays locked"
    short = session.home / "short"
    short.write_text("short")
    new = {"GIGDESK_PASSPHRASE_FILE": str(fresh)}
    assert refused(session, "passphrase", "--new-file", str(short), **new) == (
        "The passphrase is too short"
    )


# --- what lies about -------------------------------------------------------------------------------
def test_no_secret_lies_in_files_words_or_arguments(session: Session, words: Path) -> None:
    env = {"GIGDESK_PASSPHRASE_FILE": str(words)}
    said: list[str] = []

    def run(*command: str, **more: str) -> None:
        done = session.gigdesk("--home", str(home(session)), *command, **{**env, **more})
        said.extend((done.stdout, done.stderr))

    make(session, **env)
    written = session.home / "recovery"
    run("recovery-key", "-o", str(written))
    recovery = written.read_text().strip()
    key = header(session).unwrap("passphrase", WORDS.encode())
    run("run", "daily-backup")
    run("doctor")
    run("today", "--json", GIGDESK_PASSPHRASE_FILE="/nowhere")
    run("restore", str(words))  # no backup, but a file with a secret
    run("invoice", "new", str(words))
    run("profile", "import", str(written))
    (home(session) / "desk.db").rename(home(session) / "aside.db")
    (home(session) / "desk.db").write_bytes(b"x" * 8192)
    run("today")
    run("doctor")
    written.unlink()
    words.unlink()
    secrets = [
        WORDS.encode(), recovery.encode(), recovery.replace("-", "").encode(), key,
        key.hex().encode(), base64.b64encode(key),
    ]  # fmt: skip
    files = [path for path in session.folder.rglob("*") if path.is_file()]
    assert len(files) > 5
    for path in files:
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret in content], path
    for secret in (WORDS, recovery, key.hex()):
        assert secret not in "".join(said)
    assert "Traceback" not in "".join(said)


def test_folders_and_files_are_the_owners_alone(session: Session, words: Path) -> None:
    env = {"GIGDESK_PASSPHRASE_FILE": str(words)}
    mail = session.home / "one.eml"
    mail.write_bytes(b"From: a@x.example\nTo: b@x.example\nSubject: Hello\n\nText\n")
    make(session, **env)
    ask(session, "mail", "import", str(mail), **env)
    ask(session, "run", "daily-backup", **env)
    ask(session, "backup", str(session.home / "kept.gigdesk"), **env)
    open_to_others = [
        path
        for path in [home(session), *home(session).rglob("*"), session.home / "kept.gigdesk"]
        if path.stat().st_mode & 0o777 != (0o700 if path.is_dir() else 0o600)
    ]
    assert open_to_others == []


def test_the_check_value_tells_a_wrong_key_from_a_damaged_file(
    session: Session, words: Path
) -> None:
    env = {"GIGDESK_PASSPHRASE_FILE": str(words)}
    make(session, **env)
    found = header(session)
    key = found.unwrap("passphrase", WORDS.encode())
    assert found.fits(key)
    assert not found.fits(bytes(32))
    database = home(session) / "desk.db"
    database.write_bytes(b"\0" * len(database.read_bytes()))
    # The key is right by its check value, so it is the file, and nobody is asked for a key again.
    assert refused(session, "today", **env) == "The desk's file does not fit its key"
