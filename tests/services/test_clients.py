"""Clients: found, filled in, changed, imported from files that are never clean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gigdesk.domain.errors import NotFound, Refused, Unreadable
from tests.bills import CLIENT

if TYPE_CHECKING:
    from gigdesk.services.office import Office


def test_a_client_is_found_by_mail_vat_id_or_name(office: Office) -> None:
    made = office.clients.found_or_made(CLIENT)
    for known in (
        {"name": "Somebody", "email": "AP@acme.example"},
        {"name": "Somebody", "vat_id": "de 123 456 788"},
        {"name": "acme gmbh"},
    ):
        assert office.clients.found_or_made(known).id == made.id
    assert office.clients.found_or_made({"name": "Other"}).id != made.id


def test_what_was_not_known_is_filled_in_and_what_is_known_stays(office: Office) -> None:
    office.clients.found_or_made({"name": "Acme GmbH", "city": "Bonn"})
    after = office.clients.found_or_made(CLIENT)
    assert (after.city, after.postcode, after.email) == ("Bonn", "80331", "ap@acme.example")


def test_names_are_found_whatever_their_capitals(office: Office) -> None:
    made = office.clients.found_or_made({"name": "ÜBERMUT Straße"})
    assert office.clients.named("übermut strasse").id == made.id
    assert office.clients.named(str(made.id)).id == made.id
    with pytest.raises(NotFound):
        office.clients.named("nobody")


def test_a_change_is_taken_back(office: Office) -> None:
    made = office.clients.found_or_made(CLIENT)
    changed = office.clients.update(made.id, {"city": "Bonn", "terms_days": 30})
    assert (changed.value.city, changed.value.terms_days) == ("Bonn", 30)
    assert changed.undo is not None
    assert changed.undo().value.city == "München"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "\u200b"},
        {"name": 5},
        {"name": "A", "email": "nobody"},
        {"name": "A", "country": "XX"},
        {"name": "A", "currency": "ABC"},
        {"name": "A", "language": "../etc"},
        {"name": "A", "zone": "Mars/Base"},
        {"name": "A", "vat_id": "DE123456789"},
        {"name": "A", "terms_days": "soon"},
        {"name": "A", "address": 5},
        {"name": "A", "address": [{"street": 1}]},
        {"name": "x" * 501},
    ],
    ids=str,
)
def test_what_cannot_be_a_client_is_refused(office: Office, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        office.clients.found_or_made(wrong)
    assert office.clients.all() == []


DIRTY = (
    "Firma;E-Mail;Land;Sprache;PLZ;Ort;Straße;Zahlungsziel;Extra\r\n"
    '"Brückner; Studio";jonas@brueckner.example;Deutschland;Deutsch;80331;München;'
    '"Ring 2\nHinterhaus";14 Tage;x\r\n'
    "\r\n"
    ";;;;;;;;\r\n"
    "Kaputt;keine-adresse;DE;de;;;;;\r\n"
    "Odalys;hello@odalys.example;Frankreich;fr;75002;Paris;;30;\r\n"
    "Odalys zwei;HELLO@odalys.example;;;;;;;\r\n"
    ";;Atlantis;;;;;;\r\n"
)


def test_a_table_with_everything_wrong_brings_what_is_right(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "kunden.csv"
    file.write_text(DIRTY, "utf-8-sig", newline="")
    done = office.clients.import_file(file).value
    assert [each.name for each in done.imported] == ["Brückner; Studio", "Odalys"]
    first = done.imported[0]
    assert (first.country, first.language, first.terms_days) == ("DE", "de", 14)
    assert first.address == ("Ring 2 Hinterhaus",)
    assert [row for row, _ in done.rejected] == [6, 9]
    assert "keine-adresse" in done.rejected[0][1]
    again = office.clients.import_file(file).value
    assert again.imported == ()
    assert [each.name for each in again.known] == ["Brückner; Studio", "Odalys"]
    assert len(office.clients.all()) == 2


@pytest.mark.parametrize(
    "text",
    [
        "name,email\nA,a@x.example\n",
        "name\temail\nA\ta@x.example\n",
        "name|email\nA|a@x.example\n",
        "sep=;\nname;email\nA;a@x.example\n",
        "email,country_code,name\na@x.example,de,A\n",
        "\n\nName , E-Mail\nA, a@x.example",
    ],
)
def test_any_common_table_is_read(office: Office, tmp_path: Path, text: str) -> None:
    file = tmp_path / "clients.csv"
    for encoding in ("utf-8", "utf-16"):
        file.write_text(text, encoding)
        office.clients.import_file(file)
    assert [(each.name, each.email) for each in office.clients.all()] == [("A", "a@x.example")]


def test_an_old_windows_table_keeps_its_umlauts(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "alt.csv"
    file.write_bytes("Name;Ort\nMüller;Köln\n".encode("cp1252"))
    done = office.clients.import_file(file).value
    assert (done.imported[0].name, done.imported[0].city) == ("Müller", "Köln")


CARDS = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Br=C3=BCckner;Jonas
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jonas Br=C3=BC=
ckner
EMAIL;INTERNET;PREF:jonas@brueckner.example
ADR;WORK:;;Ring 2;München;;80331;Germany
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Ada Lovelace
ORG:Lumen Health\\, Ltd;Research
item1.EMAIL;type=INTERNET:ada@lumen.exa
 mple
item1.ADR;type=WORK:;;1 Great Portland Street;London;;W1W 8PJ;United Kingdom
NOTE:ORG:not this
END:VCARD
BEGIN:VCARD
VERSION:4.0
N:Okafor;Ada;;;
EMAIL;PREF=1:mailto:ada@okafor.example
EMAIL:second@okafor.example
ADR;LABEL="12 Marina: Lagos":;;12 Marina;Lagos;;101241;Nigeria
TZ:Africa/Lagos
LANG:en-NG
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Ada twice
EMAIL:ADA@lumen.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:
EMAIL:not an address
END:VCARD
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_cards_of_all_versions_are_read(office: Office, tmp_path: Path, ending: str) -> None:
    file = tmp_path / "contacts.vcf"
    file.write_bytes(CARDS.replace("\n", ending).encode())
    done = office.clients.import_file(file).value
    found = {each.name: each for each in done.imported}
    assert set(found) == {"Jonas Brückner", "Lumen Health, Ltd", "Ada Okafor"}
    assert found["Jonas Brückner"].country == "DE"
    lumen = found["Lumen Health, Ltd"]
    assert (lumen.email, lumen.postcode, lumen.country) == ("ada@lumen.example", "W1W 8PJ", "GB")
    okafor = found["Ada Okafor"]
    assert (okafor.email, okafor.zone, okafor.language) == (
        "ada@okafor.example", "Africa/Lagos", "en",
    )  # fmt: skip
    assert okafor.address == ("12 Marina",)
    assert [row for row, _ in done.rejected] == [5]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"just words\n", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_table_is_refused_whole(office: Office, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    with pytest.raises(Unreadable):
        office.clients.import_file(file)
    with pytest.raises(NotFound):
        office.clients.import_file(tmp_path / "missing.csv")
    with pytest.raises(Unreadable):
        office.clients.import_file(tmp_path)
