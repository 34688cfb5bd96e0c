"""From damaged lines of the catalogue to entries, with their status and reasons."""

from dataclasses import replace

import pytest
from catalogue_excerpt import decisions, excerpt

from kg.tables import read_tables
from kg.transcribe.catalogue import Catalogue, transcribe_catalogue
from kg.transcribe.decisions import Decisions
from kg.transcribe.document import Document, DocumentError
from kg.transcribe.record import Record

TABLES = read_tables()


def transcribed(document: Document | None = None, decided: Decisions | None = None) -> Catalogue:
    return transcribe_catalogue(document or excerpt(), TABLES, decided or decisions())


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return transcribed()


def entry(catalogue: Catalogue, category: str, column: str, name: str) -> Record:
    (found,) = (each for each in catalogue.records if (each["category"], f"{each['family']}.{each['tier']}", each["name"]) == (category, column, name))
    return found


def with_span(line: int, cell: int, printed: str, entries: str) -> Decisions:
    known = decisions()
    rule = {"line": str(line), "cell": str(cell), "at": "0", "printed": printed, "entries": entries, "reason": "test"}
    return replace(known, spans={**known.spans, (line, cell): (*known.spans.get((line, cell), ()), rule)})


def test_an_entry_printed_in_one_piece_is_exact(catalogue: Catalogue) -> None:
    found = entry(catalogue, "6102", "skill.初级", "园林绿化工")
    assert found == {
        **{"category": "6102", "family": "skill", "tier": "初级", "name": "园林绿化工", "issuer": "", "grades": "5", "level": "五级/初级", "qualifier": ""},
        **{"document": "shanghai-shuangshi-2025", "line": "52", "text": "园林绿化工(五级/初级)", "status": "exact", "reason": ""},
    }


def test_an_entry_cut_by_a_page_break_is_joined_and_keeps_its_first_line(catalogue: Catalogue) -> None:
    found = entry(catalogue, "6102", "title.初级", "农艺技术员")
    assert (found["line"], found["text"], found["status"], found["reason"]) == ("52", "农艺技术 员", "repaired", "cut by a page break, goes on at line 54")


def test_a_bracket_that_the_ocr_closed_at_the_break_is_opened_again(catalogue: Catalogue) -> None:
    found = entry(catalogue, "6102", "skill.中级", "插花花艺师")
    assert (found["level"], found["grades"], found["text"]) == ("四级/中级", "4", "插花花艺师(四级) /中级）")


def test_a_wrapped_name_is_joined_and_says_so(catalogue: Catalogue) -> None:
    found = entry(catalogue, "6206", "practice.高级", "矿山建设工程质量监督工程师")
    assert (found["text"], found["status"], found["reason"]) == ("矿山建设 工程质量 监督工程 师", "repaired", "spaces inside the name removed")


def test_a_reader_s_doubt_is_kept_with_its_reason(catalogue: Catalogue) -> None:
    found = entry(catalogue, "6102", "title.初级", "康复园林师")
    assert found["status"] == "uncertain"
    assert "康养园林师" in found["reason"]


def test_an_entry_printed_twice_in_a_column_is_one_record_of_its_surest_printing(catalogue: Catalogue) -> None:
    assert entry(catalogue, "6102", "skill.中级", "景观设计师")["line"] == "54"
    found = [each for each in catalogue.records if each["name"] == "机电设备安装与调试职业技能等级证书" and each["level"] == "中级"]
    assert [(each["line"], each["status"]) for each in found] == [("221", "exact")]
    fates = {fate.line: (fate.fate, fate.entry) for fate in catalogue.fates if fate.cell == 10}
    assert (fates[219], fates[221]) == (("stutter", 221), ("entry", 221))


def test_a_fragment_is_no_entry_and_its_repeat_is_a_stutter(catalogue: Catalogue) -> None:
    assert not [each for each in catalogue.records if each["text"] == "机电设备安装"]
    fates = {fate.line: (fate.fate, fate.entry) for fate in catalogue.fates if fate.text == "机电设备安装"}
    assert fates == {220: ("fragment", None), 221: ("stutter", 220)}


def test_a_text_that_is_only_a_level_becomes_a_fragment() -> None:
    fates = transcribed(excerpt({54: "⇥⇥⇥⇥(五级/初级)⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥"}), replace(decisions(), spans={})).fates
    assert [(fate.fate, fate.reason) for fate in fates if fate.line == 54] == [("fragment", "no name can be read")]


def test_every_piece_of_a_cell_has_its_fate_in_printed_order(catalogue: Catalogue) -> None:
    assert [fate.text for fate in catalogue.fates if (fate.line, fate.cell) == (54, 3)] == ["正高级农艺师", "高级工程师", "正高级工程师"]


def test_lines_whose_heading_is_lost_go_where_people_attribute_them() -> None:
    known = replace(decisions(), lines={219: "7101", 220: "7101", 221: "7101"})
    assert {each["category"] for each in transcribed(decided=known).records if int(each["line"]) > 200} == {"7101"}


def test_a_line_that_lost_a_cell_says_how_its_columns_were_found() -> None:
    line = "⇥⇥⇥⇥⇥电气设备安装工（五级/初级工）⇥电气设备安装工（四级/中级工）⇥钳工（三级/二级/一级/高级工/技师/高级技师）⇥⇥⇥⇥⇥⇥⇥⇥⇥"
    made = transcribed(excerpt({220: line}), replace(decisions(), spans={}))
    found = entry(made, "6602", "skill.初级", "电气设备安装工")
    assert found["reason"] == "the line has 17 cells, not 16; column found by grades and names"


def test_people_s_column_goes_before_the_rule_s() -> None:
    rule = {"line": "220", "cell": "10", "column": "onex.高级", "reason": "read so"}
    known = decisions()
    found = entry(transcribed(decided=replace(known, columns={(220, 10): rule})), "6602", "onex.高级", "机电设备安装与调试职业技能等级证书")
    assert (found["status"], found["reason"]) == ("repaired", "read so")


@pytest.mark.parametrize(
    ("decided", "message"),
    [
        (with_span(64, 1, "技术师", "技术师"), "line 64 cell 1: the cell does not print “技术师”"),
        (with_span(64, 1, "技术员", "技术员 ?"), "line 64 cell 1: cannot read the entry"),
        (with_span(64, 7, "技术员", "技术员"), "line 64: a correction names cell 7, which the line does not have"),
        (with_span(64, 1, "技术员", "<技术员"), "line 64 cell 1: “技术员” is the rest of an entry, but its column has none before it"),
        (with_span(64, 1, "技术员", "技术员 !64.2{why}"), "line 64 cell 1: “技术员” should repeat what line 64 prints in cell 2, but does not"),
        (with_span(64, 1, "技术员", "技术员 @title.特级"), "line 64 cell 1: cannot read the entry"),
    ],
)
def test_a_decision_that_does_not_fit_the_document_is_refused_with_its_place(decided: Decisions, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        transcribed(decided=decided)


def test_a_cell_beyond_the_columns_needs_a_decision() -> None:
    line = "⇥" + "⇥".join(["焊工（四级/中级工）"] * 17)
    with pytest.raises(DocumentError, match=r"line 220 cell 16: no column found for “焊工（四级/中级工）”; add a row to corrections/columns\.csv"):
        transcribed(excerpt({220: line}), replace(decisions(), spans={}))
