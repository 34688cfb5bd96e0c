"""The report of a check: what counts as a violation, and what people and programs are told in text, JSON and HTML."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.check import run
from kg.check.consistency import NO_JAVA, Consistency, NoJavaError
from kg.check.quality import Citation, QualityFinding, Rule, Ruling
from kg.check.report import FORMATS, render
from kg.check.run import Check, check_graph
from kg.check.shapes import CheckError, Finding, Report
from kg.cli import app

SOUND = Consistency(True, (), (), 100, 1.0)
RULE = Rule("a-rule", "标题", "Title", "说明", "Description", "warning", ("word",), "", "", "", "SELECT")
EVIL = "<script>alert('x')</script> & \"co\""
LINE = Citation("shanghai-shuangshi-2025", 42, EVIL, "说明第2条", "exact")
FOUND = QualityFinding("x", f"发现{EVIL}", f"found {EVIL}", (LINE,))
SHAPE = Finding("https://w3id.org/certkg/id/recognition/x", "https://w3id.org/certkg/ontology#atTier", EVIL, "warning", "要改", "mend it", "SomeShape", 7)


def checked(**changes: object) -> Check:
    """A check with one finding of a shape and one of a rule, neither a violation."""
    plain = Check(
        "/data/edited.ttl", Report((SHAPE,), 3, 1000), SOUND, "", False, (Ruling(RULE, (FOUND,), 0.1), Ruling(replace(RULE, name="b-rule"), (), 0.1)), 2.0
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


class Page(HTMLParser):
    """What a page has: tags, ids, addresses it points to or loads."""

    def __init__(self, text: str) -> None:
        """Read the page."""
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "action", "data", "srcset"):
                self.links.append(value or "")


@pytest.mark.parametrize(
    ("changes", "violations"),
    [
        ({}, 0),
        ({"shapes": Report((replace(SHAPE, severity="violation"), SHAPE), 3, 1000)}, 1),
        ({"consistency": replace(SOUND, consistent=False)}, 1),
        ({"consistency": replace(SOUND, unsatisfiable=("https://w3id.org/certkg/ontology#A", "https://w3id.org/certkg/ontology#B"))}, 2),
        ({"consistency": None, "consistency_note": NO_JAVA}, 0),
        ({"consistency": None, "reasoner_failed": True}, 1),
        ({"quality": (Ruling(replace(RULE, severity="violation"), (FOUND, FOUND), 0.1),)}, 2),
        ({"quality": None}, 0),
    ],
)
def test_violations_are_counted_in_all_three_parts(changes: dict[str, object], violations: int) -> None:
    check = checked(**changes)
    assert check.violations == violations
    assert json.loads(render([check], "json"))["conforms"] is (violations == 0)
    assert ("没有违规" in render([check], "html")) is (violations == 0)


def test_text_names_node_line_rule_and_proof() -> None:
    text = render([checked()], "text")
    for words in (
        "conforms",
        "id:recognition/x",
        "ckg:atTier",
        "(line 7)",
        "要改",
        "mend it",
        "consistent",
        "warning  a-rule: 1",
        "shanghai-shuangshi-2025:42",
    ):
        assert words in text


def test_text_shows_a_few_findings_and_counts_the_rest() -> None:
    many = QualityFinding("x", "发现", "found", tuple(replace(LINE, line=number) for number in range(1, 9)))
    text = render([checked(quality=(Ruling(RULE, (many,) * 10, 0.1),))], "text")
    assert "… and 7 more\n" in text + "\n"
    assert "… and 5 more lines" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"consistency": None, "consistency_note": NO_JAVA}, "apt-get install"),
        ({"consistency": None, "consistency_note": "the reasoner stopped: memory", "reasoner_failed": True}, "memory"),
        ({"consistency": replace(SOUND, consistent=False, culprits=("https://w3id.org/certkg/id/recognition/bad",))}, "recognition/bad"),
        ({"consistency": replace(SOUND, unsatisfiable=("https://w3id.org/certkg/ontology#Impossible",))}, "ckg:Impossible"),
    ],
)
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_says_what_the_reasoner_found_or_why_it_did_not_run(changes: dict[str, object], words: str, format: str) -> None:
    report = render([checked(**changes)], format)
    assert words in report or words.replace("ckg:", "https://w3id.org/certkg/ontology#") in report


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_says_that_a_graph_without_facts_was_not_asked(format: str) -> None:
    report = render([checked(quality=None)], format)
    assert "no facts of the documents" in report or json.loads(report)["graphs"][0]["quality"] is None


def test_json_holds_every_finding_with_its_citations() -> None:
    (graph,) = json.loads(render([checked()], "json"))["graphs"]
    assert graph["shapes"]["findings"][0]["line"] == 7
    assert graph["quality"][0]["findings"] == [
        {
            "about": "x",
            "message_zh": FOUND.message_zh,
            "message_en": FOUND.message_en,
            "citations": [{"document": LINE.document, "line": 42, "text": EVIL, "place": LINE.place, "status": "exact"}],
        }
    ]
    assert graph["quality"][0]["count"] == 1
    assert "query" not in graph["quality"][0]


@pytest.mark.parametrize("graphs", [1, 2])
def test_the_page_stands_alone_and_its_links_lead_somewhere(graphs: int) -> None:
    text = render([checked()] * graphs, "html")
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert page.links
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert len(page.ids) == len(set(page.ids))
    assert "url(" not in text
    assert "@import" not in text
    assert "@media print" in text


def test_the_page_escapes_what_the_documents_print() -> None:
    text = render([checked()], "html")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_the_page_is_in_both_languages_and_filters_by_rule_and_document() -> None:
    text = render([checked()], "html")
    for words in (
        'lang="zh">标题',
        'lang="en">Title',
        'id="a-rule"',
        'id="a-rule--shanghai-shuangshi-2025"',
        'href="#a-rule--shanghai-shuangshi-2025"',
        "说明第2条",
        "第42行",
    ):
        assert words in text


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="html"):
        render([checked()], "pdf")


@pytest.mark.parametrize(("violation", "status"), [(True, 1), (False, 0)])
def test_the_command_writes_the_report_and_fails_on_a_violation_only(violation: bool, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "check_graph", lambda path, progress: checked(graph=str(path), reasoner_failed=violation))
    out = tmp_path / "report.html"
    result = CliRunner().invoke(app, ["check", "--data", "a.ttl", "--data", "b.ttl", "--format", "html", "--out", str(out)])
    assert result.exit_code == status
    text = out.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "a.ttl" in text
    assert "b.ttl" in text


EDITED = """
@prefix ckg: <https://w3id.org/certkg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@base <https://w3id.org/certkg/id/> .
<category/9999> ckg:secondaryCode "9999" ; skos:prefLabel "测试类"@zh .
<https://w3id.org/certkg/id/recognition/x> a ckg:Recognition ; ckg:grade <skill-grade/3> ; ckg:printedLevel "三级" ; ckg:atTier <tier/junior> ;
  ckg:inFamily <family/skill> ; ckg:forCategory <category/9999> ; prov:hadPrimarySource <source/s> .
<source/s> ckg:inDocument <document/shanghai-shuangshi-2025> ; ckg:line 51 ; ckg:printedText "车工（三级）" ; ckg:place "目录"@zh ;
  ckg:transcriptionStatus <transcription-status/exact> .
"""


def test_an_edited_graph_with_facts_is_asked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "reason_over", lambda store: SOUND)
    path = tmp_path / "edited.ttl"
    path.write_text(EDITED, encoding="utf-8")
    stages: list[float] = []
    check = check_graph(path, lambda stage, done: stages.append(done))
    assert stages == sorted(stages)
    assert stages[-1] == 1.0
    found = {each.rule.name: [finding.message_zh for finding in each.findings] for each in check.quality or ()}
    assert found["grade-against-tier"] == ["9999测试类的技能等级证书初级栏有1条，按说明第3条属另一级：高级（三级）"]
    assert any(each.node.endswith("recognition/x") and each.line for each in check.shapes.findings)


@pytest.mark.parametrize(("error", "failed"), [(NoJavaError(NO_JAVA), False), (CheckError("the reasoner stopped: memory"), True)])
def test_the_rest_runs_where_the_reasoner_does_not(error: CheckError, failed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(store: object) -> Consistency:
        raise error

    monkeypatch.setattr(run, "reason_over", stop)
    path = tmp_path / "empty.nt"
    path.write_text("", encoding="utf-8")
    check = check_graph(path)
    assert (check.consistency, check.consistency_note, check.reasoner_failed) == (None, str(error), failed)
    assert check.quality is None
    assert re.search(r"CONSISTENCY  (not checked|failed)", render([check], "text"))
