"""The way into a desk: made once, opened by keyring, passphrase or recovery key, never doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from gigdesk.domain.errors import Locked, Newer, Refused, Unreadable
from gigdesk.domain.ports import KeyQuestion
from gigdesk.domain.topics import Topic
from gigdesk.services.door import Door, OpenDesk
from gigdesk.services.keys import KeyService


class Secrets:
    """A keyring of this process; the real ones are tested in tests/gateways."""

    def __init__(self, *, available: bool = True) -> None:
        self.available = available
        self.kept: dict[str, str] = {}
        self.locked = False

    def get(self, name: str) -> str | None:
        if self.locked:
            raise Locked("The keyring is locked")
        return self.kept.get(name)

    def put(self, name: str, secret: str) -> None:
        if self.locked:
            raise Locked("The keyring is locked")
        self.kept[name] = secret

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


class Person:
    """Answers what is asked, in order; remembers the questions."""

    def __init__(self, *answers: str | None) -> None:
        self._answers = list(answers)
        self.asked: list[KeyQuestion] = []

    def __call__(self, question: KeyQuestion) -> str | None:
        self.asked.append(question)
        return self._answers.pop(0) if self._answers else None


def mark(desk: OpenDesk) -> None:
    with desk.db.change(Topic.NONE) as db:
        db.conn.execute("INSERT INTO settings (key, value) VALUES ('mine', 'yes')")


def marked(desk: OpenDesk) -> bool:
    return bool(list(desk.db.read().query("SELECT 1 FROM settings WHERE key = 'mine'")))


def test_with_a_keyring_nothing_is_asked(tmp_path: Path) -> None:
    keyring, person = Secrets(), Person()
    desk = Door(tmp_path, keyring, person).open()
    mark(desk)
    desk.close()
    again = Door(tmp_path, keyring, person).open()
    assert marked(again)
    assert person.asked == []
    again.close()


def test_two_desks_never_share_a_secret(tmp_path: Path) -> None:
    keyring = Secrets()
    Door(tmp_path / "one", keyring, Person()).open().close()
    Door(tmp_path / "two", keyring, Person()).open().close()
    assert len(set(keyring.kept.values())) == 2


def test_no_secret_lies_in_the_header(tmp_path: Path) -> None:
    keyring = Secrets()
    desk = Door(tmp_path, keyring, Person()).open()
    header = desk.files.header.read_text()
    assert desk.data_key.hex() not in header
    assert all(secret not in header for secret in keyring.kept.values())
    assert desk.files.header.stat().st_mode & 0o777 == 0o600
    desk.close()


def test_without_a_keyring_a_passphrase_opens(tmp_path: Path) -> None:
    none = Secrets(available=False)
    Door(tmp_path, none, Person("sesame street")).open().close()
    person = Person("wrong", "sesame street")
    Door(tmp_path, none, person).open().close()
    assert [question.attempt for question in person.asked] == [1, 2]


def test_a_wrong_passphrase_leaves_all_as_it_was(tmp_path: Path) -> None:
    none = Secrets(available=False)
    Door(tmp_path, none, Person("sesame street")).open().close()
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    with pytest.raises(Locked):
        Door(tmp_path, none, Person("a", "b", "c")).open()
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before


def test_a_locked_keyring_is_waited_for_never_answered_with_a_second_desk(tmp_path: Path) -> None:
    keyring = Secrets()
    desk = Door(tmp_path, keyring, Person()).open()
    mark(desk)
    desk.close()
    keyring.locked = True
    with pytest.raises(Locked):
        Door(tmp_path, keyring, Person()).open()
    keyring.locked = False
    again = Door(tmp_path, keyring, Person()).open()
    assert marked(again)
    again.close()


def test_a_cancelled_first_passphrase_makes_no_desk(tmp_path: Path) -> None:
    with pytest.raises(Locked):
        Door(tmp_path, Secrets(available=False), Person(None)).open()
    assert not (tmp_path / "desk.json").exists()
    assert not (tmp_path / "desk.db").exists()


def test_a_locked_keyring_makes_no_desk(tmp_path: Path) -> None:
    keyring = Secrets()
    keyring.locked = True
    with pytest.raises(Locked):
        Door(tmp_path, keyring, Person("unasked")).open()
    assert not (tmp_path / "desk.json").exists()


def test_the_recovery_key_opens_a_desk_whose_keyring_is_lost(tmp_path: Path) -> None:
    keyring = Secrets()
    desk = Door(tmp_path, keyring, Person()).open()
    mark(desk)
    keys = KeyService(desk)
    recovery = keys.recovery_to_show()
    assert recovery is not None
    keys.recovery_shown()
    assert keys.recovery_to_show() is None
    desk.close()
    new_machine, person = Secrets(), Person(recovery.lower().replace("-", " "))
    again = Door(tmp_path, new_machine, person).open()
    assert marked(again)
    assert person.asked[0].kind == "recovery key"
    again.close()
    # The new keyring knows the desk from now on.
    third = Person()
    Door(tmp_path, new_machine, third).open().close()
    assert third.asked == []


def test_the_recovery_key_opens_a_desk_whose_passphrase_is_forgotten(tmp_path: Path) -> None:
    none = Secrets(available=False)
    desk = Door(tmp_path, none, Person("sesame street")).open()
    recovery = KeyService(desk).recovery_to_show()
    desk.close()
    Door(tmp_path, none, Person("no", "no", "no", recovery)).open().close()


def test_a_renewed_recovery_key_ends_the_old_one(tmp_path: Path) -> None:
    keyring = Secrets()
    desk = Door(tmp_path, keyring, Person()).open()
    keys = KeyService(desk)
    old, new = keys.recovery_to_show(), keys.renew_recovery()
    desk.close()
    keyring.kept.clear()
    with pytest.raises(Locked):
        Door(tmp_path, Secrets(available=False), Person(old, old, old)).open()
    Door(tmp_path, Secrets(available=False), Person(new)).open().close()


def test_a_passphrase_can_be_added_and_changed_without_rekeying(tmp_path: Path) -> None:
    keyring = Secrets()
    desk = Door(tmp_path, keyring, Person()).open()
    keys, key = KeyService(desk), desk.data_key
    with pytest.raises(Refused):
        keys.set_passphrase("short")
    keys.set_passphrase("a long passphrase")
    keys.set_passphrase("another passphrase")
    desk.close()
    opened = Door(tmp_path, Secrets(available=False), Person("another passphrase")).open()
    assert opened.data_key == key
    opened.close()


def test_a_missing_header_is_no_reason_for_an_empty_desk(tmp_path: Path) -> None:
    keyring = Secrets()
    Door(tmp_path, keyring, Person()).open().close()
    (tmp_path / "desk.json").unlink()
    with pytest.raises(Unreadable):
        Door(tmp_path, keyring, Person()).open()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 1}', b"\xff\xfe"])
def test_a_damaged_header_is_said(tmp_path: Path, content: bytes) -> None:
    keyring = Secrets()
    Door(tmp_path, keyring, Person()).open().close()
    (tmp_path / "desk.json").write_bytes(content)
    with pytest.raises(Unreadable):
        Door(tmp_path, keyring, Person()).open()


def test_a_newer_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "desk.json").write_text('{"format": 2}')
    with pytest.raises(Newer):
        Door(tmp_path, Secrets(), Person()).open()


def test_beside_a_locked_keyring_the_recovery_key_opens(tmp_path: Path) -> None:
    keyring = Secrets()
    desk = Door(tmp_path, keyring, Person()).open()
    mark(desk)
    recovery = KeyService(desk).recovery_to_show()
    desk.close()
    keyring.locked = True
    before, person = dict(keyring.kept), Person("not this one", recovery)
    again = Door(tmp_path, keyring, person).open()
    assert marked(again)
    assert [(each.kind, each.attempt) for each in person.asked] == [
        ("recovery key", 1),
        ("recovery key", 2),
    ]
    again.close()
    # The keyring is as it was, and opens the desk again once it is unlocked.
    assert keyring.kept == before
    keyring.locked = False
    third = Person()
    Door(tmp_path, keyring, third).open().close()
    assert third.asked == []


def test_an_empty_answer_looks_into_the_keyring_again(tmp_path: Path) -> None:
    keyring = Secrets()
    Door(tmp_path, keyring, Person()).open().close()
    keyring.locked = True
    asked: list[str] = []

    def person(question: KeyQuestion) -> str | None:
        asked.append(question.words)
        # Not yet at the first time; then it is unlocked elsewhere.
        keyring.locked = len(asked) < 2
        return ""

    Door(tmp_path, keyring, person).open().close()
    assert len(asked) == 2


def test_three_wrong_recovery_keys_leave_a_locked_keyring_locked(tmp_path: Path) -> None:
    keyring = Secrets()
    Door(tmp_path, keyring, Person()).open().close()
    header = (tmp_path / "desk.json").read_bytes()
    keyring.locked = True
    person = Person("a", "b", "c", "d")
    with pytest.raises(Locked):
        Door(tmp_path, keyring, person).open()
    assert len(person.asked) == 3
    assert (tmp_path / "desk.json").read_bytes() == header


def test_whoever_forgot_the_passphrase_chooses_a_new_one_by_the_recovery_key(
    tmp_path: Path,
) -> None:
    none = Secrets(available=False)
    desk = Door(tmp_path, none, Person("sesame street")).open()
    recovery = KeyService(desk).recovery_to_show()
    desk.close()
    person = Person(None, recovery, "a new passphrase")
    Door(tmp_path, none, person).open().close()
    assert [each.kind for each in person.asked] == ["passphrase", "recovery key", "new passphrase"]
    Door(tmp_path, none, Person("a new passphrase")).open().close()
    with pytest.raises(Locked):
        Door(tmp_path, none, Person("sesame street")).open()
