"""`gigdesk invoice`: drafts, issuing, lists, payments, documents."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.cli.answer import Answer, Commands, command, read_json, table, write_file
from gigdesk.domain.invoices.reading import line_json
from gigdesk.domain.money import amount_json, parse_decimal
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.invoices.records import Invoice, Sheet, TaxRow
    from gigdesk.services.invoices import Checked
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the commands."""
    own = command(commands, "invoice", t("Invoices")).add_subparsers()
    making = command(own, "new", t("A draft from JSON"), _new)
    making.add_argument("file", type=Path)
    issuing = command(own, "issue", t("Give a draft its number and lock it"), _issue)
    issuing.add_argument("id")
    command(own, "list", t("Every invoice"), _list)
    showing = command(own, "show", t("One invoice"), _show)
    showing.add_argument("id")
    paying = command(own, "pay", t("Money came in"), _pay)
    paying.add_argument("id")
    paying.add_argument("--amount", required=True)
    paying.add_argument("--date", type=date.fromisoformat)
    printing = command(own, "pdf", t("The document as PDF"), _pdf)
    printing.add_argument("id")
    printing.add_argument("-o", dest="file", type=Path, required=True)
    writing = command(own, "xml", t("The e-invoice"), _xml)
    writing.add_argument("id")
    writing.add_argument("--format", default="factur-x")
    writing.add_argument("-o", dest="file", type=Path, required=True)


def _new(office: Office, args: argparse.Namespace) -> Answer:
    done = office.invoices.new(read_json(args.file))
    data = {**_brief(office, done.value.invoice), "totals": _totals(done.value)}
    return Answer(data, f"{done.words}: {done.value.invoice.id}")


def _issue(office: Office, args: argparse.Namespace) -> Answer:
    done = office.invoices.issue(office.invoices.find(args.id))
    sheet = done.value
    data = {**_brief(office, sheet.invoice), "totals": _totals(sheet), "taxes": _taxes(sheet)}
    return Answer(data, "\n".join((done.words, *sheet.warnings)))


def _list(office: Office, _args: argparse.Namespace) -> Answer:
    found = office.invoices.page()
    rows = [
        (i.number or f"({i.id})", i.client[:30], str(i.due_date or ""),
         _brief(office, i)["status"], f"{i.gross} {i.currency}")
        for i in found
    ]  # fmt: skip
    return Answer([_brief(office, each) for each in found], table(rows, t("No invoices yet.")))


def _show(office: Office, args: argparse.Namespace) -> Answer:
    return _shown(office, office.invoices.show(office.invoices.find(args.id)))


def _pay(office: Office, args: argparse.Namespace) -> Answer:
    amount = parse_decimal(args.amount, t("The amount"))
    day = args.date or office.invoices.today()
    done = office.invoices.pay(office.invoices.find(args.id), amount, day)
    return Answer(_shown(office, done.value).data, done.words)


def _pdf(office: Office, args: argparse.Namespace) -> Answer:
    return _written(args.file, office.invoices.pdf(office.invoices.find(args.id)))


def _xml(office: Office, args: argparse.Namespace) -> Answer:
    found = office.invoices.xml(office.invoices.find(args.id), args.format)
    return _written(args.file, found)


def _written(path: Path, document: Checked) -> Answer:
    write_file(path, document.content)
    data = {
        "file": str(path),
        "bytes": len(document.content),
        "valid": not document.findings,
        "findings": list(document.findings),
    }
    return Answer(data, t("Written to {path}", path=path))


def _shown(office: Office, sheet: Sheet) -> Answer:
    invoice = sheet.invoice
    data = {
        **_brief(office, invoice),
        "lines": [line_json(line) for line in sheet.paper.content.lines],
        "totals": _totals(sheet),
        "taxes": _taxes(sheet),
        "payments": [
            {"amount": amount_json(p.amount, invoice.currency), "date": p.paid_on.isoformat()}
            for p in sheet.payments
        ],
        "paid_too_much": amount_json(invoice.surplus, invoice.currency),
        "warnings": list(sheet.warnings),
    }
    return Answer(data, "\n".join(f"{name}: {data[name]}" for name in data))


def _brief(office: Office, invoice: Invoice) -> dict[str, Any]:
    return {
        "id": invoice.id,
        "kind": str(invoice.kind),
        "number": invoice.number,
        "client": invoice.client,
        "status": str(invoice.status(office.invoices.today())),
        "issue_date": invoice.issue_date.isoformat() if invoice.issue_date else None,
        "due_date": invoice.due_date.isoformat() if invoice.due_date else None,
        "currency": invoice.currency,
        "gross": amount_json(invoice.gross, invoice.currency),
        "open": amount_json(invoice.open, invoice.currency),
    }


def _totals(sheet: Sheet) -> dict[str, str]:
    totals, currency = sheet.paper.totals, sheet.invoice.currency
    return {
        name: amount_json(getattr(totals, name), currency)
        for name in ("net", "tax", "gross", "due")
    }


def _taxes(sheet: Sheet) -> list[dict[str, str]]:
    return [_tax(row, sheet.invoice.currency) for row in sheet.paper.totals.taxes]


def _tax(row: TaxRow, currency: str) -> dict[str, str]:
    return {
        "category": row.category,
        "rate": format(row.rate.normalize(), "f"),
        "base": amount_json(row.base, currency),
        "tax": amount_json(row.tax, currency),
    }
