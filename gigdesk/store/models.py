"""Models the person added, as rows; the weights stay where they lie."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from gigdesk.domain.errors import NotFound
from gigdesk.domain.models import EntryState, ModelEntry, ModelId
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.store.desk_db import DeskDb

_FIELDS = ("name", "path", "bytes", "modified", "sha256", "architecture", "context", "reason")


class ModelStore:
    """The models by name, which one is in use, and whether they are switched off."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def all(self) -> list[ModelEntry]:
        """Every model, by name."""
        return [_entry(row) for row in self._db.read().query("SELECT * FROM models ORDER BY name")]

    def get(self, name: str) -> ModelEntry:
        """One model. Raises NotFound."""
        rows = list(self._db.read().query("SELECT * FROM models WHERE name = ?", [name]))
        if not rows:
            raise NotFound(
                t("There is no model {name}", name=name), t("See them with: gigdesk model list.")
            )
        return _entry(rows[0])

    def chosen(self) -> ModelEntry | None:
        """The model in use."""
        return next((_entry(r) for r in self._db.read().query(
            "SELECT * FROM models WHERE chosen = 1")), None)  # fmt: skip

    def put(self, entry: ModelEntry, added: datetime) -> ModelEntry:
        """Add it, or renew what is known of the one with this name."""
        values = [getattr(entry, name) for name in _FIELDS]
        renewed = ", ".join(f"{name} = excluded.{name}" for name in _FIELDS[1:])
        with self._db.change(Topic.MODEL) as db:
            db.conn.execute(
                f"INSERT INTO models ({', '.join(_FIELDS)}, added)"
                f" VALUES ({', '.join('?' * len(values))}, ?)"
                f" ON CONFLICT (name) DO UPDATE SET {renewed}",
                (*values, _instant(added)),
            )
            return self.get(entry.name)

    def choose(self, name: str | None) -> None:
        """Use this one, or none."""
        with self._db.change(Topic.MODEL) as db:
            db.conn.execute("UPDATE models SET chosen = 0 WHERE chosen = 1")
            db.conn.execute("UPDATE models SET chosen = 1 WHERE name = ?", (name,))

    def remove(self, name: str) -> None:
        """Forget it; its file stays."""
        with self._db.change(Topic.MODEL) as db:
            db.conn.execute("DELETE FROM models WHERE name = ?", (name,))

    def crashed(self, name: str, at: datetime) -> None:
        """The process died with this model."""
        with self._db.change(Topic.MODEL) as db:
            db.conn.execute(
                "INSERT INTO model_crashes (at, name) VALUES (?, ?)", (_instant(at), name)
            )

    def crashes_since(self, since: datetime) -> int:
        """How often it died from this instant on."""
        row = self._db.read().conn.execute(
            "SELECT count(*) FROM model_crashes WHERE at >= ?", (_instant(since),)
        )
        return int(row.fetchone()[0])

    def off_since(self) -> datetime | None:
        """When the model was switched off; None while it is on."""
        row = self._db.read().conn.execute("SELECT off_since FROM model_switch").fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def switch_off(self, at: datetime) -> None:
        """No model until the person says so."""
        with self._db.change(Topic.MODEL) as db:
            db.conn.execute(
                "INSERT OR IGNORE INTO model_switch (id, off_since) VALUES (1, ?)", (_instant(at),)
            )

    def switch_on(self) -> None:
        """The person says so; what died before is forgotten."""
        with self._db.change(Topic.MODEL) as db:
            db.conn.execute("DELETE FROM model_switch")
            db.conn.execute("DELETE FROM model_crashes")


def _entry(row: dict[str, Any]) -> ModelEntry:
    state: EntryState = "broken" if row["reason"] else "in use" if row["chosen"] else "ready"
    return ModelEntry(id=ModelId(row["id"]), state=state, **{name: row[name] for name in _FIELDS})


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
