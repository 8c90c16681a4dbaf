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
]


@dataclass(frozen=True, slots=True)
class Ref:
    """One record of one kind; `label` is how it is called when shown."""

    kind: RefKind
    id: int
    label: str = ""

    def as_json(self) -> dict[str, object]:
        """The pointer as plain data, for the store and for JSON."""
        return {"kind": self.kind, "id": self.id, "label": self.label}

    @classmethod
    def from_json(cls, data: dict[str, object]) -> Ref:
        """The pointer back from `as_json`."""
        return cls(str(data["kind"]), int(str(data["id"])), str(data.get("label", "")))  # type: ignore[arg-type]
