"""The quality tab: made aside and kept, filtered, escaped."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.check.quality import Citation, QualityFinding, Rule, Ruling, quality
from kg.check.shapes import load
from kg.describe import Thing, Words
from kg.web.nodes.findings import PAGE, Filter, filters, found, report
from kg.web.quality import QualityReport, report_name, write_report
from kg.web.tabs.quality import read_filter

RULE = Rule("row-damaged", "残缺", "damaged", "说明", "about it", "warning", ("x",), "", "", "", "")
OTHER = Rule("entry-uncertain", "存疑", "uncertain", "说明二", "about that", "info", ("x",), "", "", "", "")


def finding(number: int, document: str = "shanghai-shuangshi-2025", about: str = "https://w3id.org/certkg/id/category/7102 x") -> QualityFinding:
    lines = tuple(Citation(document, number + place, f"<b>text{number}</b>", "目录", "repaired") for place in range(6))
    return QualityFinding(about, f"消息{number}", f"message {number}", lines)


RULINGS = (
    Ruling(RULE, tuple(finding(number) for number in range(40)), 0.1),
    Ruling(OTHER, (finding(900, "zhejiang-pathway-2022", "plain name"),), 0.1),
)


def named(iri: str) -> Thing | None:
    return Thing(iri, Words("计算机类"))


def shown(wanted: Filter, language: str = "en") -> str:
    return report(RULINGS, wanted, named, language)


def test_without_a_filter_the_rules_are_counted_by_document() -> None:
    page = shown(Filter())
    assert "2 rules, 41 findings" in page
    assert 'href="?tab=quality&amp;rule=row-damaged&amp;document=shanghai-shuangshi-2025"' in page
    assert "<li><p" not in page


def test_a_filter_lets_through_what_fits_all_of_it() -> None:
    assert len(found(RULINGS, Filter(rule="row-damaged"))) == 40
    assert len(found(RULINGS, Filter(document="zhejiang-pathway-2022"))) == 1
    assert len(found(RULINGS, Filter(severity="info"))) == 1
    assert [one.message_en for _, one in found(RULINGS, Filter(text="TEXT39  目录"))] == ["message 39"]
    assert found(RULINGS, Filter(rule="row-damaged", document="zhejiang-pathway-2022")) == []
    assert "No finding fits" in shown(Filter(severity="violation"))


def test_findings_come_in_pages_with_lines_nodes_and_the_rule() -> None:
    page = shown(Filter(rule="row-damaged"))
    assert page.count('<p class="message-text">') == PAGE
    assert "about it" in page
    assert "2 more lines" in page
    assert 'href="?tab=browse&amp;node=category/7102" data-browse="1">' in page
    assert f"start={PAGE}" in page
    last = shown(Filter(rule="row-damaged", start=PAGE))
    assert last.count('<p class="message-text">') == 10
    assert "31–40 of 40" in last
    assert "消息" not in page
    assert "消息0" in shown(Filter(rule="row-damaged"), "zh")


def test_texts_of_documents_are_shown_as_text() -> None:
    page = shown(Filter(text="text1")) + filters(RULINGS, Filter(text='"><script>'), "en")
    assert "&lt;b&gt;text1" in page
    assert "<b>text" not in page
    assert "<script>" not in page


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80))
def test_any_address_is_a_filter(text: str) -> None:
    wanted = read_filter("?" + text)
    assert wanted.start >= 0
    assert isinstance(report(RULINGS, wanted, named, "zh"), str)
    assert read_filter(wanted.address()) == wanted


@pytest.mark.slow
def test_the_report_is_made_aside_once_and_is_that_of_the_check(build: Path, tmp_path: Path) -> None:
    (tmp_path / "certkg.nt").symlink_to((build / "certkg.nt").resolve())
    here = tmp_path / "made"
    here.mkdir()
    (here / "certkg.nt").write_bytes((build / "certkg.nt").read_bytes())
    first = QualityReport(here)
    rulings = first.wait(120)
    assert rulings is not None
    expected = quality(load(here / "certkg.nt"))
    assert [(each.rule, each.findings) for each in rulings] == [(each.rule, each.findings) for each in expected]
    (here / "certkg.nt").write_text("")
    assert QualityReport(here).wait(20) == rulings


@pytest.mark.slow
def test_a_report_that_cannot_be_made_says_so_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "certkg.nt").write_text("this is no graph")
    broken = QualityReport(tmp_path)
    assert broken.wait(60) is None
    assert broken.failed
    assert not list(tmp_path.glob(".*quality*"))


def test_what_is_written_can_be_read_again(tmp_path: Path) -> None:
    graph = tmp_path / "certkg.nt"
    graph.write_text("")
    write_report(graph, tmp_path / "report.json")
    read = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {each["rule"]["name"] for each in read} >= {"row-damaged", "entry-uncertain"}
    assert all(re.fullmatch(r"[\w-]+", each["rule"]["name"]) for each in read)


def test_changed_rules_make_another_report(monkeypatch: pytest.MonkeyPatch) -> None:
    before = report_name()
    assert before == report_name()
    monkeypatch.setattr("kg.web.quality.read_rules", lambda: (RULE,))
    assert report_name() != before
