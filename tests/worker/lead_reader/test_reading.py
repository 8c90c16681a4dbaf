"""Files of leads: shapes found out, hostile ones kept in their limits, nothing reaching out."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gigdesk.domain.errors import NotFound, Unreadable
from gigdesk.domain.leads.records import Posting, Unusable
from gigdesk.worker.lead_reader import reading

REMOTE_OK: list[Any] = [
    {"last_updated": 1790265606, "legal": "Link back."},
    {
        "id": "77", "epoch": 1790265606, "date": "2026-09-24T16:00:06+00:00", "company": "Acme",
        "position": "DiseÃ±ador web", "tags": ["figma", 7, None], "salary_min": 60000,
        "description": "<p>Use <b>Figma</b> &amp; CSS</p>", "salary_max": 80000,
        "url": "https://remoteok.example/77?utm_source=x", "new_field": {"deep": [1]},
    },
    {"id": "78", "position": "No pay", "salary_min": 0, "salary_max": 0, "url": "javascript:1"},
    {"id": "79", "company": "Nobody"},
    "not a record",
]  # fmt: skip
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>We Work Remotely: jobs</title>
<link>https://weworkremotely.com/categories/x.rss</link>
<item><title>Acme: Go developer</title><category>Programming</category>
<description>&lt;p&gt;Pay: &lt;strong&gt;$60-$70/hr&lt;/strong&gt;&lt;/p&gt;&lt;img src="http://spy.example/x.png"&gt;
</description><pubDate>Fri, 11 Sep 2026 07:30:48 +0000</pubDate><guid>https://wwr.example/1</guid>
<link>https://wwr.example/1</link></item>
<item><title>A title without a company</title><link>https://wwr.example/2</link></item>
<item></item></channel></rss>"""
TABLE = (
    "\ufeffKunde;Titel;Budget;Link;Fähigkeiten;Datum;Beschreibung\r\n"
    'Acme;"Logo; neu";USD 100;https://x.example/1;"Figma, CSS";24.11.2026;"zwei\r\nZeilen"\r\n'
    ";;84%;;;;\r\n"
    "Foo;Texte;Tagessatz 400-450 €;x;;03/04/2026;\r\n"
    "a;b;c;d;e;f;g;h\r\n"
)


def read(path: Path, source: str = "") -> list[Posting | Unusable]:
    return list(reading.opened(path, source).leads())


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_remote_ok_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    good, unpaid, nameless, strange = read(written(tmp_path, "x.txt", json.dumps(REMOTE_OK)))
    assert isinstance(good, Posting)
    assert (good.source, good.source_id, good.client) == ("Remote OK", "77", "Acme")
    assert good.title == "Diseñador web"
    assert good.text == "Use Figma & CSS"
    assert good.tags[0] == "figma"
    assert good.posted == datetime(2026, 9, 24, 16, 0, 6, tzinfo=UTC)
    (offer,) = good.offers
    assert (offer.low, offer.high, offer.unit, offer.currency) == (
        Decimal(60000), Decimal(80000), "year", "USD",
    )  # fmt: skip
    assert offer.assumed
    assert json.loads(good.raw)["new_field"] == {"deep": [1]}
    assert isinstance(unpaid, Posting)
    assert unpaid.offers == ()
    assert unpaid.url == ""
    assert isinstance(nameless, Unusable)
    assert (nameless.row, "title" in nameless.reason) == (3, True)
    assert isinstance(strange, Unusable)
    assert strange.row == 4


def test_we_work_remotely_is_known_by_its_link(tmp_path: Path) -> None:
    first, second, empty = read(written(tmp_path, "feed", FEED))
    assert isinstance(first, Posting)
    assert (first.source, first.client, first.title) == (
        "We Work Remotely", "Acme", "Go developer",
    )  # fmt: skip
    assert "<" not in first.text
    assert first.offers[0].unit == "hour"
    assert first.url == "https://wwr.example/1"
    assert isinstance(second, Posting)
    assert (second.client, second.title) == ("", "A title without a company")
    assert isinstance(empty, Unusable)


def test_a_table_in_any_order_with_dirty_values(tmp_path: Path) -> None:
    first, blank, third, long = read(written(tmp_path, "jobs.csv", TABLE))
    assert isinstance(first, Posting)
    assert (first.source, first.title, first.client) == ("jobs", "Logo; neu", "Acme")
    assert first.text == "zwei\nZeilen"
    assert first.skills == ("Figma", "CSS")
    assert first.posted == datetime(2026, 11, 24, tzinfo=UTC)
    assert first.offers[0].currency == "USD"
    assert isinstance(blank, Unusable)
    assert (blank.row, json.loads(blank.raw)["pay"]) == (3, "84%")
    assert isinstance(third, Posting)
    assert (third.posted, third.url, third.offers[0].unit) == (None, "", "day")
    assert isinstance(long, Unusable)
    assert "more cells" in long.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_table_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "x.csv", "title\tpay\nGröße für Zürich\t€50/h\n".encode(encoding))
    (found,) = read(path, "Mine")
    assert isinstance(found, Posting)
    assert (found.title, found.source, found.offers[0].currency) == (
        "Größe für Zürich", "Mine", "EUR",
    )  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        "", "   \n", "{", "[1, 2", '{"jobs": [{"title": "x"}]}', "[]", "<html><body>x</body>",
        "<?xml version='1.0'?><note>no feed</note>", "From: a@x.example\nSubject: New job\n\nx",
        "a,b\n1,2\n", "\x00\x01\x02binary", "[" * 100_000,
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aa">]><rss><channel>&a;</channel></rss>',
    ],
)  # fmt: skip
def test_what_is_no_file_of_leads_says_so_kindly(tmp_path: Path, content: str) -> None:
    with pytest.raises(Unreadable) as trouble:
        read(written(tmp_path, "x", content))
    assert trouble.value.title
    assert trouble.value.advice


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read(tmp_path / "none")
    with pytest.raises(Unreadable):
        read(tmp_path)


def test_size_number_and_length_have_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_quote = 'title,text\nfine,ok\nbad,"never closed\n' + "row,row\n" * 40_000
    fine, bad = read(written(tmp_path, "quote.csv", open_quote))
    assert isinstance(fine, Posting)
    assert isinstance(bad, Unusable)
    assert "quote" in bad.reason
    (long,) = read(written(tmp_path, "long.csv", f"title,text\n{'t' * 900},{'x ' * 30_000}\n"))
    assert isinstance(long, Posting)
    assert (len(long.title), len(long.text) <= 20_000) == (300, True)
    monkeypatch.setattr(reading, "RECORDS_MOST", 3)
    *_, cut = read(written(tmp_path, "many.csv", "title\n" + "a\n" * 10))
    assert isinstance(cut, Unusable)
    assert "7 records" in cut.reason
    monkeypatch.setattr(reading, "BYTES_MOST", 100)
    with pytest.raises(Unreadable):
        read(written(tmp_path, "big.csv", "title\n" + "a\n" * 100))


def test_what_goes_wrong_with_a_record_is_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object) -> None:
        raise RecursionError

    monkeypatch.setattr(reading, "posting_of", fails)
    (found,) = read(written(tmp_path, "x.csv", "title\nA job\n"))
    assert isinstance(found, Unusable)
    assert "RecursionError" in found.reason
    assert "A job" in found.raw


def test_a_feed_never_reaches_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_args: object) -> None:
        pytest.fail("a feed made a connection")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)
    assert len(read(written(tmp_path, "feed", FEED))) == 3
    with pytest.raises(Unreadable):
        read(written(tmp_path, "url", "https://spy.example/feed.rss"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=40),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
        max_leaves=6,
    ).flatmap(
        lambda value: st.sampled_from(
            ["id", "date", "epoch", "company", "position", "tags", "description", "salary_min",
             "salary_max", "url", "location"]
        ).map(lambda name: {"position": "A job", name: value})
    )
)  # fmt: skip
def test_any_value_in_any_field_is_a_lead_or_a_reason(
    tmp_path: Path, record: dict[str, Any]
) -> None:
    (found,) = read(written(tmp_path, "x.json", json.dumps([record])))
    assert isinstance(found, Posting) or found.reason


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_after_a_heading_are_rows_or_reasons(tmp_path: Path, rest: bytes) -> None:
    for found in read(written(tmp_path, "x.csv", b"title,text,pay,posted\n" + rest)):
        assert isinstance(found, Posting) or found.reason


@pytest.mark.shared_data
def test_the_recorded_feeds(shared: Path) -> None:
    feeds = shared / "leads/feeds"
    shapes = {"remoteok.json": 2, "wwr.rss": 2, "upwork_rss_2024-05-13_10items.xml": 10}
    for path in sorted(feeds.iterdir()):
        if path.name in shapes:
            found = read(path)
            assert len([each for each in found if isinstance(each, Posting)]) == shapes[path.name]
        else:
            with pytest.raises(Unreadable):
                read(path)
    spanish = read(feeds / "remoteok.json")[1]
    assert isinstance(spanish, Posting)
    assert spanish.title == "Mecánico Automotriz Diagnóstico y Presupuestos"
    assert spanish.offers == ()
