"""The schema's history, oldest first. Append; never edit what was released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gigdesk.store.migrations import (
    accounts,
    calendar,
    clients,
    desk,
    drafts_there,
    expenses,
    inbox,
    invoice_order,
    invoices,
    leads,
    mail_far,
    mail_folders,
    mail_labels,
    mail_left,
    mail_terms,
    mail_waits,
    manners,
    models,
    newcomers,
    own_threads,
    profile,
    routines,
    sending,
)
from gigdesk.store.sqlite import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("gigdesk")

STEPS = (
    ("m001_desk", desk.apply),
    ("m002_profile", profile.apply),
    ("m003_clients", clients.apply),
    ("m004_inbox", inbox.apply),
    ("m005_leads", leads.apply),
    ("m006_calendar", calendar.apply),
    ("m007_invoices", invoices.apply),
    ("m008_models", models.apply),
    ("m009_routines", routines.apply),
    ("m010_accounts", accounts.apply),
    ("m011_mail_folders", mail_folders.apply),
    ("m012_sending", sending.apply),
    ("m013_mail_terms", mail_terms.apply),
    ("m014_own_threads", own_threads.apply),
    ("m015_invoice_order", invoice_order.apply),
    ("m016_mail_waits", mail_waits.apply),
    ("m017_mail_left", mail_left.apply),
    ("m018_mail_labels", mail_labels.apply),
    ("m020_expenses", expenses.apply),
    ("m021_newcomers", newcomers.apply),
    ("m021_manners", manners.apply),
    ("m024_drafts_there", drafts_there.apply),
    ("m025_mail_far", mail_far.apply),
)

for _name, _apply in STEPS:
    migrations(name=_name)(_apply)


def unknown_steps(db: Database) -> list[str]:
    """Migrations the file has had that this version does not know: a newer GigDesk wrote it."""
    known = {name for name, _ in STEPS}
    return [done.name for done in migrations.applied(db) if done.name not in known]
