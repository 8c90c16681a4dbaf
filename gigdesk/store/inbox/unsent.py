"""Mails still being written, the person's own templates, and signatures, as rows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import NotFound
from gigdesk.domain.inbox.unsent import KeptFile, Template, Unsent, UnsentId
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.store.desk_db import updated

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb


class UnsentStore:
    """What the person writes, as far as it is written."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def keep(self, mail: Unsent, now: datetime) -> Unsent:
        """Keep it as it is now. Raises Stale when another window changed it meanwhile."""
        values = _row(mail, now)
        with self._db.change(Topic.OUTBOX) as db:
            if mail.id:
                updated(db, "unsent", mail.id, mail.version, values)
                return self.get(mail.id)
            done = db.conn.execute(
                f"INSERT INTO unsent ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
                tuple(values.values()),
            )
            return self.get(int(done.lastrowid or 0))

    def get(self, unsent_id: int) -> Unsent:
        """One. Raises NotFound."""
        rows = self._db.read().query("SELECT * FROM unsent WHERE id = ?", [unsent_id])
        for row in rows:
            return _unsent(row)
        raise NotFound(t("That mail is not being written any more"))

    def all(self) -> list[Unsent]:
        """All of them, the last changed first."""
        rows = self._db.read().query("SELECT * FROM unsent ORDER BY changed DESC, id DESC")
        return [_unsent(row) for row in rows]

    def about(self, mail_id: int) -> list[Unsent]:
        """Those that answer or pass on this mail, the last changed first."""
        rows = self._db.read().query(
            "SELECT * FROM unsent WHERE mail = ? ORDER BY changed DESC, id DESC", [mail_id]
        )
        return [_unsent(row) for row in rows]

    def remove(self, unsent_id: int) -> None:
        """It is not written any more."""
        with self._db.change(Topic.OUTBOX) as db:
            db.conn.execute("DELETE FROM unsent WHERE id = ?", (unsent_id,))

    # --- templates ------------------------------------------------------------------------------
    def templates(self) -> list[Template]:
        """The person's own, by name."""
        rows = self._db.read().query("SELECT * FROM mail_templates ORDER BY lower(name)")
        return [Template(row["name"], row["subject"], row["body"], own=True) for row in rows]

    def keep_template(self, template: Template) -> None:
        """Keep one, in place of the one of its name."""
        with self._db.change(Topic.OUTBOX) as db:
            db.conn.execute(
                "INSERT INTO mail_templates (name, subject, body) VALUES (?, ?, ?)"
                " ON CONFLICT (lower(name)) DO UPDATE SET name = excluded.name,"
                " subject = excluded.subject, body = excluded.body, version = version + 1",
                (template.name, template.subject, template.body),
            )

    def remove_template(self, name: str) -> None:
        """Let go of one."""
        with self._db.change(Topic.OUTBOX) as db:
            db.conn.execute("DELETE FROM mail_templates WHERE lower(name) = lower(?)", (name,))

    # --- signatures -----------------------------------------------------------------------------
    def signature(self, account_id: int) -> str | None:
        """What stands under the mails of this account; None when it was never set."""
        rows = self._db.read().conn.execute(
            "SELECT text FROM signatures WHERE account = ?", (account_id,)
        )
        row = rows.fetchone()
        return str(row[0]) if row is not None else None

    def keep_signature(self, account_id: int, text: str | None) -> None:
        """Set it; None lets go of it."""
        with self._db.change(Topic.OUTBOX) as db:
            if text is None:
                db.conn.execute("DELETE FROM signatures WHERE account = ?", (account_id,))
                return
            db.conn.execute(
                "INSERT INTO signatures (account, text) VALUES (?, ?)"
                " ON CONFLICT (account) DO UPDATE SET text = excluded.text",
                (account_id, text),
            )


def _row(mail: Unsent, now: datetime) -> dict[str, Any]:
    return {
        "kind": mail.kind,
        "mail": mail.mail,
        "account": mail.account,
        "recipients": mail.to,
        "cc": mail.cc,
        "bcc": mail.bcc,
        "subject": mail.subject,
        "body": mail.body,
        "in_reply_to": mail.in_reply_to,
        "chain": json.dumps(mail.chain),
        "files": json.dumps([each.as_json() for each in mail.files]),
        "changed": now.astimezone(UTC).isoformat(timespec="seconds"),
    }


def _unsent(row: dict[str, Any]) -> Unsent:
    return Unsent(
        id=UnsentId(row["id"]),
        kind=row["kind"],
        mail=row["mail"],
        account=row["account"],
        to=row["recipients"],
        cc=row["cc"],
        bcc=row["bcc"],
        subject=row["subject"],
        body=row["body"],
        in_reply_to=row["in_reply_to"],
        chain=tuple(json.loads(row["chain"])),
        files=tuple(KeptFile(**each) for each in json.loads(row["files"])),
        changed=datetime.fromisoformat(row["changed"]),
        version=row["version"],
    )
