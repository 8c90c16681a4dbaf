"""Mail accounts as rows."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from typing import Any

from gigdesk.domain.accounts import Account, AccountId, AccountState, Auth, Endpoint, Tls
from gigdesk.domain.errors import NotFound
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.store.desk_db import DeskDb, updated


class AccountStore:
    """Rows in, accounts out."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def all(self) -> list[Account]:
        """Every account in the order in which they came."""
        return [
            _account(row) for row in self._db.read().query("SELECT * FROM accounts ORDER BY id")
        ]

    def get(self, account_id: int) -> Account:
        """One account. Raises NotFound."""
        rows = self._db.read().query("SELECT * FROM accounts WHERE id = ?", [account_id])
        for row in rows:
            return _account(row)
        raise NotFound(t("There is no account {id}", id=account_id))

    def change(self) -> AbstractContextManager[object]:
        """One transaction for more than one change."""
        return self._db.change(Topic.ACCOUNTS)

    def add(self, account: Account) -> Account:
        """Add one."""
        values = _row(account)
        with self._db.change(Topic.ACCOUNTS) as db:
            done = db.conn.execute(
                f"INSERT INTO accounts ({', '.join(values)})"
                f" VALUES ({', '.join('?' * len(values))})",
                tuple(values.values()),
            )
            return replace(account, id=AccountId(int(done.lastrowid or 0)), version=1)

    def save(self, account: Account) -> Account:
        """Change one. Raises Stale when it changed meanwhile."""
        with self._db.change(Topic.ACCOUNTS) as db:
            version = updated(db, "accounts", account.id, account.version, _row(account))
        return replace(account, version=version)

    def mark(self, account_id: int, state: AccountState, words: str) -> bool:
        """Write how it stands, whatever else changed; whether that is news."""
        known = self.get(account_id)
        if (known.state, known.words) == (state, words):
            return False
        with self._db.change(Topic.ACCOUNTS) as db:
            db.conn.execute(
                "UPDATE accounts SET state = ?, words = ?, version = version + 1 WHERE id = ?",
                (state.value, words, account_id),
            )
        return True

    def remove(self, account_id: int) -> None:
        """Let go of one."""
        with self._db.change(Topic.ACCOUNTS) as db:
            db.conn.execute("DELETE FROM accounts WHERE id = ?", (account_id,))


def _row(account: Account) -> dict[str, Any]:
    row = asdict(account)
    del row["id"], row["version"]
    for door in ("imap", "smtp"):
        row[door] = json.dumps(row[door]) if row[door] else None
    return row


def _account(row: dict[str, Any]) -> Account:
    return Account(
        id=AccountId(row["id"]),
        name=row["name"],
        address=row["address"],
        imap=_endpoint(row["imap"]),
        smtp=_endpoint(row["smtp"]),
        login=row["login"],
        auth=Auth(row["auth"]),
        state=AccountState(row["state"]),
        words=row["words"],
        version=row["version"],
    )


def _endpoint(kept: str | None) -> Endpoint | None:
    if kept is None:
        return None
    fields = json.loads(kept)
    return Endpoint(**{**fields, "tls": Tls(fields["tls"])})
