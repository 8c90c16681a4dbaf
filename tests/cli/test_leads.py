"""`gigdesk leads`, as a script drives it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.script import Script

if TYPE_CHECKING:
    pass

TABLE = """title,text,url,pay,skills,posted
Booking API,"Overlap with CET, fluent German. Send a free sample.",https://x.example/1,€70-90/hr,Python,2026-11-22
Casino,gambling,https://x.example/2,€100/h,Python,
,,,,,
x,,,,,,,surplus
"""
PROFILE = {
    "zone": "Europe/Berlin", "languages": ["de"], "never": ["gambling"],
    "skills": [{"name": "Python"}],
    "rates": [{"unit": "hour", "floor": "60", "target": "90", "currency": "EUR"}],
}  # fmt: skip


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Script:
    made = Script(tmp_path / "home", capsys)
    (tmp_path / "me.json").write_text(json.dumps(PROFILE), "utf-8")
    (tmp_path / "jobs.csv").write_text(TABLE, "utf-8")
    made("profile", "import", str(tmp_path / "me.json"))
    return made


def test_import_list_why_mark(script: Script, tmp_path: Path) -> None:
    done = script("leads", "import", str(tmp_path / "jobs.csv"), "--source", "Board")
    assert (done["new"], done["updated"], done["reposts"]) == (2, 0, 0)
    assert [(each["row"], bool(each["reason"])) for each in done["rejected"]] == [(4, True)]
    again = script("leads", "import", str(tmp_path / "jobs.csv"), "--source", "Board")
    assert (again["new"], again["updated"], again["reposts"]) == (0, 2, 0)

    (lead,) = script("leads", "list")
    assert lead["source"] == "Board"
    assert lead["url"] == "https://x.example/1"
    assert lead["pay"] == [
        {"low": "70.00", "high": "90.00", "unit": "hour", "currency": "EUR", "assumed": False}
    ]
    assert lead["flags"][0]["quote"] == "Send a free sample"
    assert (lead["hidden_by"], lead["state"], lead["band"]) == (None, "new", "worth a look")
    hidden = {each["title"]: each["hidden_by"] for each in script("leads", "list", "--hidden")}
    assert hidden == {"Booking API": None, "Casino": "never: gambling"}

    why = script("leads", "why", str(lead["id"]))
    assert why["score"] == lead["score"] == sum(part["points"] for part in why["parts"])
    assert {part["name"] for part in why["parts"]} == {
        "start", "skills", "pay", "hours", "fresh", "languages",
    }  # fmt: skip
    assert why["missing"] == []

    marked = script("leads", "mark", str(lead["id"]), "applied")
    assert marked["state"] == "applied"
    assert script("today")["leads"] == []


def test_the_score_follows_the_profile(script: Script, tmp_path: Path) -> None:
    script("leads", "import", str(tmp_path / "jobs.csv"))
    before = script("leads", "list")[0]["score"]
    (tmp_path / "me.json").write_text('{"rates": []}', "utf-8")
    script("profile", "import", str(tmp_path / "me.json"))
    after = script("leads", "list")[0]
    assert after["score"] < before
    assert after["score"] == script("leads", "why", str(after["id"]))["score"]


def test_pay(script: Script) -> None:
    read = script("leads", "pay", "$80k-$100k or $45-$60/hr, 0.055 € per word")
    assert [(each["low"], each["high"], each["unit"]) for each in read["offers"]] == [
        ("80000.00", "100000.00", None), ("45.00", "60.00", "hour"), ("0.055", "0.055", "word"),
    ]  # fmt: skip
    assert read["abstained"] is False
    unsure = script("leads", "pay", "$123.456")
    assert (unsure["offers"], unsure["abstained"]) == ([], True)
    assert unsure["why"]


def test_trouble_is_told(script: Script, tmp_path: Path) -> None:
    assert script("leads", "why", "9", ends=1)["error"]["title"]
    assert script("leads", "import", str(tmp_path / "none"), ends=1)["error"]["advice"]
    assert script("leads", "mark", "1", "loved", ends=2) is None
    assert script("leads", "list") == []
    assert script("leads", "reread") == {"differ": 0}
