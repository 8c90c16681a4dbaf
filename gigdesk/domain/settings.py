"""The settings, declared once with their words: the dialog, the command line and the docs read
this table. What the app learns by itself (window size, last tab) is state, not a setting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Literal

from gigdesk.domain.civil import known_zones
from gigdesk.domain.errors import Refused
from gigdesk.domain.invoices.numbers import check_pattern
from gigdesk.domain.words import t

Kind = Literal["choice", "switch", "number", "text", "zone", "time"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice of the person. Values are strings; `kind` says what they mean."""

    key: str
    default: str
    words: str
    kind: Kind
    section: str
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 0


SETTINGS: tuple[Setting, ...] = (
    Setting("theme", "system", "Light or dark", "choice", "Look", ("system", "light", "dark")),
    Setting("text_size", "1.0", "Text size", "number", "Look", low=0.9, high=1.5),
    Setting("motion", "on", "Moving parts", "switch", "Look"),
    Setting("single_keys", "on", "Single letters act (A yes, E edit, X no)", "switch", "Keys"),
    Setting("zone", "", "Time zone; empty follows the system", "zone", "Time"),
    Setting("second_zone", "", "A second zone in the calendar", "zone", "Time"),
    Setting("third_zone", "", "A third zone in the calendar", "zone", "Time"),
    Setting("morning", "08:30", "When the morning digest comes", "time", "Time"),
    Setting("quiet_from", "20:00", "No notifications from", "time", "Time"),
    Setting("quiet_to", "08:00", "No notifications until", "time", "Time"),
    Setting("notifications", "on", "Notifications on the desktop", "switch", "Time"),
    Setting("invoice_pattern", "{year}-{n:03}", "Pattern of invoice numbers", "text", "Invoices"),
    Setting(
        "terms_days",
        "14",
        "Days to pay where a client has no own terms",
        "number",
        "Invoices",
        low=0,
        high=365,
    ),
    Setting(
        "lead_mark",
        "65",
        "Leads from this score on are worth a look",
        "number",
        "Leads",
        low=0,
        high=100,
    ),
    Setting("leads_off", "", "Points that do not count in the score of leads", "text", "Leads"),
    Setting(
        "tone", "plain", "Tone of drafts", "choice", "Drafts", ("plain", "warm", "firm", "short")
    ),
    Setting(
        "server_drafts",
        "off",
        "What is being written lies in Drafts on the server too",
        "switch",
        "Mail",
    ),
    Setting(
        "follow_up_days",
        "0",
        "Remind me of questions nobody answered after so many working days; 0 only when I ask",
        "number",
        "Mail",
        low=0,
        high=60,
    ),
    Setting("autoreply", "off", "Answer first-time writers by itself, once", "switch", "Mail"),
    Setting(
        "autoreply_cap", "20", "Such answers in a day, at most", "number", "Mail", low=1, high=200
    ),
    Setting("autoreply_words", "", "Your own words for it; empty takes ours", "text", "Mail"),
    Setting(
        "backup_folder",
        "",
        "Folder of the daily backup; empty is beside the desk",
        "text",
        "Safety",
    ),
    Setting("backups_kept", "14", "Daily backups to keep", "number", "Safety", low=1, high=365),
)

BY_KEY = {setting.key: setting for setting in SETTINGS}


def checked(setting: Setting, value: str) -> str:
    """The value as it is kept, or Refused with what would fit."""
    value = value.strip()
    fits: Callable[[], bool] = {
        "choice": lambda: value in setting.choices,
        "switch": lambda: value in {"on", "off"},
        "number": lambda: _in_range(setting, value),
        "zone": lambda: not value or value in known_zones(),
        "time": lambda: _is_time(value),
        "text": lambda: len(value) <= 500 and "\n" not in value,
    }[setting.kind]
    if fits():
        if setting.key == "invoice_pattern":
            check_pattern(value)
        return value
    offers = {
        "choice": ", ".join(setting.choices),
        "switch": "on, off",
        "number": f"{setting.low:g} … {setting.high:g}",
        "zone": "Europe/Berlin",
        "time": "08:30",
        "text": t("one line"),
    }[setting.kind]
    raise Refused(
        t("“{value}” does not fit {key}", value=value, key=setting.key),
        t("It takes: {offers}.", offers=offers),
    )


def _in_range(setting: Setting, value: str) -> bool:
    try:
        return setting.low <= float(value) <= setting.high
    except ValueError:
        return False


def _is_time(value: str) -> bool:
    try:
        return len(value) == 5 and bool(time.fromisoformat(value) or True)
    except ValueError:
        return False
