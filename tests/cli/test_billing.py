"""`gigdesk invoice`, `client` and `profile`: the fields of the contract, numbers as ids, errors as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gigdesk.app import run_command
from tests.bills import CLIENT, PROFILE, bill, line
from tests.conftest import PASSPHRASE

NOW = "2026-11-23T09:30:00+01:00"
BRIEF = {"id", "kind", "number", "client", "status", "issue_date", "due_date", "currency", "gross", "open"}  # fmt: skip
CLIENT_FIELDS = {"id", "name", "email", "country", "language", "zone", "currency", "terms_days"}
Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command on a desk of its own; its JSON, or its exit code and error with `fails`."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)
    monkeypatch.setenv("GIGDESK_PASSPHRASE_FILE", str(secret))
    monkeypatch.setenv("GIGDESK_HOME", str(tmp_path / "desk"))

    def ran(*words: object, fails: int = 0) -> Any:
        code = run_command([*map(str, words), "--json", "--now", NOW])
        said = capsys.readouterr()
        assert code == fails, said.err
        if fails == 2:
            return said.err
        answer = json.loads(said.out)
        if fails:
            assert set(answer["error"]) == {"title", "advice"}
            assert answer["error"]["title"] in said.err
            return answer["error"]
        return answer

    return ran


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Write a JSON file for a command."""

    def written(data: Any, name: str = "in.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(data), "utf-8")
        return path

    return written


@pytest.fixture
def desk(run: Run, file: Callable[..., Path]) -> Run:
    """A desk with a profile."""
    run("profile", "import", file(PROFILE))
    return run


def test_a_profile_replaces_what_it_names_and_keeps_the_rest(
    run: Run, file: Callable[..., Path]
) -> None:
    assert run("profile", "import", file(PROFILE)) == PROFILE
    after = run("profile", "import", file({"city": "Hamburg", "bank": None}))
    assert after == {**PROFILE, "city": "Hamburg", "bank": None}
    assert run("profile", "show") == after


@pytest.mark.parametrize(
    "wrong",
    [
        {"iban": "x"},
        {"bank": {"holder": "E", "iban": "DE00"}},
        {"country": "Germany"},
        {"hours": {"days": ["today"]}},
        {"small_business": "yes"},
        {"skills": "Python"},
        ["a list"],
    ],
)
def test_a_wrong_profile_changes_nothing(desk: Run, file: Callable[..., Path], wrong: Any) -> None:
    error = desk("profile", "import", file(wrong), fails=1)
    assert error["title"]
    assert desk("profile", "show") == PROFILE


def test_an_invoice_from_draft_to_paid(
    desk: Run, file: Callable[..., Path], tmp_path: Path
) -> None:
    made = desk("invoice", "new", file(bill()))
    assert {"id", "kind", "status", "totals"} <= set(made)
    assert (made["kind"], made["status"]) == ("invoice", "draft")
    assert made["totals"] == {"net": "760.00", "tax": "144.40", "gross": "904.40", "due": "904.40"}

    issued = desk("invoice", "issue", made["id"])
    assert (issued["number"], issued["status"]) == ("2026-001", "issued")
    assert issued["totals"] == made["totals"]
    assert issued["taxes"] == [{"category": "S", "rate": "19", "base": "760.00", "tax": "144.40"}]

    listed = desk("invoice", "list")
    assert set(listed[0]) >= BRIEF
    assert listed[0]["due_date"] == "2026-12-07"
    shown = desk("invoice", "show", "2026-001")
    assert set(shown) >= BRIEF | {"lines", "totals", "taxes", "payments"}
    assert shown == desk("invoice", "show", made["id"])
    assert shown["lines"][0]["quantity"] == "8"

    part = desk("invoice", "pay", "2026-001", "--amount", "400.00", "--date", "2026-11-30")
    assert (part["status"], part["open"]) == ("partly_paid", "504.40")
    assert part["payments"] == [{"amount": "400.00", "date": "2026-11-30"}]
    assert desk("invoice", "pay", "2026-001", "--amount", "504.40")["status"] == "paid"
    assert desk("invoice", "pay", "2026-001", "--amount", "1.00", fails=1)["advice"]

    for words, name in (
        (("pdf", "2026-001"), "a.pdf"),
        (("xml", "2026-001", "--format", "factur-x"), "a.xml"),
        (("xml", made["id"], "--format", "cii"), "b.xml"),
    ):
        written = desk("invoice", *words, "-o", tmp_path / name)
        assert written["file"] == str(tmp_path / name)
        assert written["bytes"] == (tmp_path / name).stat().st_size
        assert (written["valid"], written["findings"]) == (True, [])
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()
    with pikepdf.open(io.BytesIO((tmp_path / "a.pdf").read_bytes())) as pdf:
        inside = pdf.attachments["factur-x.xml"].get_file().read_bytes()
    assert inside == (tmp_path / "a.xml").read_bytes()


def test_amounts_have_the_decimals_of_their_currency(desk: Run, file: Callable[..., Path]) -> None:
    made = desk("invoice", "new", file(bill(currency="JPY", lines=[line("950")])))
    assert made["totals"]["gross"] == "9044"


def test_a_draft_has_null_where_nothing_is_known(desk: Run, file: Callable[..., Path]) -> None:
    made = desk("invoice", "new", file(bill()))
    assert (made["number"], made["due_date"], made["open"]) == (None, None, "0.00")


def test_errors_say_what_and_what_to_do(
    desk: Run, file: Callable[..., Path], tmp_path: Path
) -> None:
    draft = desk("invoice", "new", file(bill(lines=[])))["id"]
    assert "It has no lines" in desk("invoice", "issue", draft, fails=1)["advice"]
    assert desk("invoice", "show", "2026-404", fails=1)["title"] == "There is no invoice 2026-404"
    assert desk("invoice", "new", file(bill(kind="quote")), fails=1)
    assert desk("invoice", "new", file({"lines": []}), fails=1)
    assert desk("invoice", "new", tmp_path / "missing.json", fails=1)
    assert desk("invoice", "xml", draft, "-o", tmp_path / "x.xml", fails=1)
    for place in (tmp_path / "no" / "x.pdf", tmp_path, tmp_path / "in.json" / "x.pdf", "/"):
        assert "cannot be written" in desk("invoice", "pdf", draft, "-o", place, fails=1)["title"]
    assert [each.name for each in tmp_path.parent.glob("*.part")] == []
    assert desk("invoice", "pay", draft, "--amount", "1e3", fails=1)
    issued = desk("invoice", "new", file(bill()))["id"]
    desk("invoice", "issue", issued)
    assert desk("invoice", "issue", issued, fails=1)
    assert "ubl" in desk("invoice", "xml", issued, "--format", "ubl", "-o", "x", fails=1)["title"]
    assert [each["number"] for each in desk("invoice", "list")] == ["2026-001", None]


@pytest.mark.parametrize("text", ["[]", "null", '"x"', "5", "{", "[" * 100_000, "1" * 5000, "\x00"])
def test_a_file_that_is_no_invoice_is_refused_in_words(
    desk: Run, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    assert desk("invoice", "new", path, fails=1)["title"]
    assert desk("profile", "import", path, fails=1)["title"]


@pytest.mark.parametrize("reference", ["", "-1", "0", "²", "9" * 30, "2026-001' OR 1=1"])
def test_what_names_no_record_is_said(desk: Run, reference: str) -> None:
    for words in (("invoice", "show"), ("client", "show")):
        assert desk(*words, reference, fails=1)["title"].startswith("There is no")


def test_wrong_usage_is_another_exit(desk: Run) -> None:
    assert desk("invoice", "pay", "1", fails=2)
    assert desk("invoice", "pay", "1", "--amount", "1", "--date", "soon", fails=2)
    assert desk("invoice", "frame", fails=2)


def test_clients_are_imported_listed_and_shown(desk: Run, tmp_path: Path) -> None:
    table = tmp_path / "clients.csv"
    table.write_text(
        "name;email;country;terms_days\nAcme GmbH;ap@acme.example;Germany;30\nBad;bad;DE;\n"
        "Odalys;hello@odalys.example;FR;\nAcme again;AP@acme.example;;\n",
        "utf-8-sig",
    )
    brought = desk("client", "import", table)
    assert [each["name"] for each in brought] == ["Acme GmbH", "Odalys"]
    assert all(set(each) >= CLIENT_FIELDS for each in brought)
    assert brought[0]["country"] == "DE"
    assert brought[0]["terms_days"] == 30
    assert brought[0]["zone"] is None
    assert desk("client", "list") == brought
    assert desk("client", "show", "acme gmbh") == brought[0]
    assert desk("client", "show", "hello@odalys.example") == brought[1]
    assert desk("client", "show", "nobody", fails=1)


def test_rejected_rows_are_said_beside(
    desk: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "clients.csv"
    table.write_text("name,email\nA,a@x.example\nBad,bad\n")
    assert run_command(["client", "import", str(table), "--now", NOW]) == 0
    said = capsys.readouterr()
    assert "1 client imported" in said.out
    assert "Row 3: “bad” is no mail address" in said.err


def test_an_invoice_names_a_client_by_their_name(desk: Run, file: Callable[..., Path]) -> None:
    desk("invoice", "new", file(bill()))
    again = desk("invoice", "new", file(bill(client="acme gmbh")))
    assert again["client"] == CLIENT["name"]
    assert len(desk("client", "list")) == 1
    assert desk("invoice", "new", file(bill(client="nobody")), fails=1)
