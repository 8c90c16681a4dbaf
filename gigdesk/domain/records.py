"""Pointers to records: what a chip, a notification or a search result opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RefKind = Literal[
    "mail",
    "invoice",
    "client",
    "lead",
    "event",
    "proposal",
    "payment",
    "profile",
    "routine",
    "network",
    "outbox",
    "unsent",
    "expense",
]


@dataclass(frozen=True, slots=True)
class Ref:
    """One record of one kind; `label` is how it is called when shown; `at` says which turn of a
    series is meant, by the count of its start."""

    kind: RefKind
    id: int
    label: str = ""
    at: int | None = None

    def as_json(self) -> dict[str, object]:
        """The pointer as plain data, for the store and for JSON."""
        data: dict[str, object] = {"kind": self.kind, "id": self.id, "label": self.label}
        return data if self.at is None else {**data, "at": self.at}

    @classmethod
    def from_json(cls, data: dict[str, object]) -> Ref:
        """The pointer back from `as_json`."""
        at = data.get("at")
        return cls(
            str(data["kind"]),  # type: ignore[arg-type]
            int(str(data["id"])),
            str(data.get("label", "")),
            None if at is None else int(str(at)),
        )
