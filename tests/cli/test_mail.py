"""`gigdesk mail`, as a script drives it: the fields of the contract, labels, limits, troubles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.script import Script

if TYPE_CHECKING:
    pass

LINE = {
    "id", "thread", "from", "to", "subject", "date", "label", "label_why", "unread", "attachments",
}  # fmt: skip
NEWS = """From: Shop <news@shop.example>
To: me@me.example, you@you.example
Subject: Sale
Message-ID: <n@shop.example>
Date: Mon, 2 Nov 2026 10:00:00 +0100
List-Unsubscribe: <https://shop.example/off>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/html; charset=utf-8

<p onclick="x()">Buy <b>now</b><script>bad()</script><img src="http://t.example/1"></p>
--b
Content-Type: text/csv
Content-Disposition: attachment; filename="a.csv"

1,2
--b--
"""
PLAIN = """From: ada@x.example
Subject: Colours
Message-ID: <a@x.example>

teal or petrol?
"""


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Script:
    return Script(tmp_path / "home", capsys)


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "1.eml").write_text(NEWS)
    (folder / "2.eml").write_text(PLAIN)
    (folder / "3.eml").write_bytes(b"\xff no header\n")
    return folder


def test_import_says_what_came_and_what_could_not_be_read(script: Script, mails: Path) -> None:
    done = script("mail", "import", str(mails))
    assert {"imported", "duplicates", "unreadable", "seconds"} <= set(done)
    assert (done["imported"], done["duplicates"]) == (3, 0)
    (bad,) = done["unreadable"]
    assert set(bad) == {"source", "reason"}
    assert bad["source"].endswith("3.eml")
    assert bad["reason"]
    again = script("mail", "import", str(mails / "1.eml"), str(mails / "2.eml"))
    assert (again["imported"], again["duplicates"], again["unreadable"]) == (0, 2, [])


def test_list_and_search_give_the_fields_of_the_contract(script: Script, mails: Path) -> None:
    script("mail", "import", str(mails))
    rows = script("mail", "list")
    assert [set(row) for row in rows] == [LINE] * 3
    news = next(row for row in rows if row["subject"] == "Sale")
    assert news["from"] == "Shop <news@shop.example>"
    assert news["to"] == "me@me.example, you@you.example"
    assert news["date"] == "2026-11-02T10:00:00+01:00"
    assert (news["label"], news["attachments"]) == ("newsletter", 1)
    assert news["label_why"]
    undated = next(row for row in rows if row["subject"] == "Colours")
    assert undated["date"] is None
    assert isinstance(undated["unread"], bool)
    assert [row["id"] for row in script("mail", "search", "from:ada", "teal")] == [undated["id"]]
    assert [row["id"] for row in script("mail", "search", "has:attachment")] == [news["id"]]
    assert script("mail", "search", "nothing-like-this") == []


def test_labels_and_limits(script: Script, mails: Path) -> None:
    assert script("mail", "list") == []
    script("mail", "import", str(mails))
    assert [row["subject"] for row in script("mail", "list", "--label", "Newsletter")] == ["Sale"]
    assert script("mail", "list", "--label", "no such") == []
    assert len(script("mail", "list", "--limit", "2")) == 2
    assert len(script("mail", "search", "after:2020-01-01", "--limit", "1")) == 1


def test_show_gives_the_whole_mail_made_harmless(script: Script, mails: Path) -> None:
    script("mail", "import", str(mails))
    rows = {row["subject"]: row["id"] for row in script("mail", "list")}
    news = script("mail", "show", str(rows["Sale"]))
    assert set(news) >= LINE | {"text", "html", "warnings"}
    assert "Buy now" in news["text"]
    assert "<b>now</b>" in news["html"]
    assert not any(bad in news["html"] for bad in ("script", "onclick", "http://t.example"))
    (file,) = news["attachments"]
    assert set(file) == {"name", "type", "bytes"}
    assert (file["name"], file["type"]) == ("a.csv", "text/csv")
    assert any("remote picture" in words for words in news["warnings"])
    plain = script("mail", "show", str(rows["Colours"]))
    assert (plain["html"], plain["attachments"]) == (None, [])
    assert plain["text"].strip() == "teal or petrol?"


def test_what_is_not_there_is_trouble_and_what_is_wrong_is_usage(
    script: Script, tmp_path: Path
) -> None:
    for words in (("show", "999"), ("import", str(tmp_path / "none")), ("draft", "999")):
        error = script("mail", *words, ends=1)["error"]
        assert set(error) == {"title", "advice"}
        assert error["title"]
    assert script("mail", "show", "first", ends=2) is None
    assert script("mail", "import", ends=2) is None
    assert script("mail", "list", "--limit", "many", ends=2) is None
    assert script("mail", "list", "--limit", "-1", ends=2) is None


@pytest.mark.slow
@pytest.mark.shared_data
def test_all_outsiders_mails_come_in_once(script: Script, shared: Path) -> None:
    first = script("mail", "import", str(shared / "mail"))
    again = script("mail", "import", str(shared / "mail"))
    assert first["imported"] > 600
    assert again["imported"] == 0
    assert again["duplicates"] == first["imported"] + first["duplicates"]
    assert again["unreadable"] == first["unreadable"]
    assert all(each["reason"] and each["source"] for each in first["unreadable"])
    rows = script("mail", "list", "--limit", "5000")
    assert len(rows) == first["imported"]
    for row in rows[::20]:
        assert script("mail", "show", str(row["id"]))["id"] == row["id"]
