"""Whole spreadsheets: the same file out with its verdicts, in either format, and nothing in it that runs."""

import csv
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from sheets import HEADINGS, texts, workbook

from kg.adjudicate import SheetError
from kg.adjudicate.data import rows_of
from kg.adjudicate.judging import Case, Ruling
from kg.adjudicate.limits import Limits
from kg.adjudicate.reading import read_book
from kg.adjudicate.report import Report
from kg.adjudicate.rows import cases_of, rule_all
from kg.adjudicate.run import Options, adjudicate, laid_out
from kg.adjudicate.templates import template, write_template
from kg.adjudicate.writing import neutral, write
from kg.ask import Asker

ROWS = (
    ("张三", "华为HCIP", "", "7102", "中级", "华为"),
    ("李四", "电工", "三级", "6602", "高级", ""),
    (),
    ("王五", "不存在的认证XYZ", "", "7102", "高级", ""),
)
ADDED = ["核对结论", "对应条目", "理由", "文件", "行号", "出处", "印刷原文", "名称匹配度", "复核"]
RULING = Ruling("yes", "可以：有。", "HCIP", "shanghai-shuangshi-2025", "427", "某目录", "=印", 0.5, ("=看",))


def _written(source: Path, target: Path, options: Options | None = None) -> Report:
    """The spreadsheet with one ruling for all rows, so that no graph is needed."""
    book = read_book(source, Limits())
    layout, cases = laid_out(book, options or Options())
    report = Report(layout, dict.fromkeys(cases, RULING))
    write(target, book, report)
    return report


def _csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_spreadsheet_in_and_out(tmp_path: Path, build: Path, suffix: str) -> None:
    source, target = workbook(tmp_path / "in.xlsx", [HEADINGS, *ROWS]), tmp_path / f"out{suffix}"
    stages: list[str] = []
    report = adjudicate(source, target, build, progress=lambda stage, done: stages.append(stage))
    rows = texts(target) if suffix == ".xlsx" else _csv(target)
    assert rows[0] == [*HEADINGS, *ADDED]
    assert [row[:6] for row in rows[1:3]] == [list(ROWS[0]), list(ROWS[1])]
    assert [row[6] for row in (rows[1], rows[2], rows[4])] == ["可以", "可以", "无法判断"]
    assert not any(rows[3])
    assert report.counts == {"yes": 2, "no": 0, "unknown": 1, "clarify": 0, "error": 0}
    assert stages[-1] == "done"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.xlsx", target.name]


def test_the_workbook_stays_as_it_was(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "教师"
    for row in (("教师证书一览",), HEADINGS, ROWS[0], ROWS[1]):
        page.append(row)
    page.merge_cells("A1:F1")
    page["A2"].font = Font(bold=True, color="FF0000")
    page["A3"].number_format = "@"
    page.column_dimensions["B"].width = 33
    page.freeze_panes = "A3"
    book.create_sheet("另一张")["A1"] = "别动"
    book.save(tmp_path / "in.xlsx")
    _written(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    out = load_workbook(tmp_path / "out.xlsx")
    assert out.sheetnames == ["教师", "另一张", "核对汇总"]
    page = out["教师"]
    assert [str(area) for area in page.merged_cells.ranges] == ["A1:F1"]
    assert page["A2"].font.color.rgb == "00FF0000"
    assert (page.column_dimensions["B"].width, page.freeze_panes, out["另一张"]["A1"].value) == (33, "A3", "别动")
    assert [cell.value for cell in page[2]] == [*HEADINGS, *ADDED]
    assert page["A3"].number_format == "@"


def test_the_summary_counts_and_charts(tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", [HEADINGS, *ROWS])
    report = _written(source, tmp_path / "out.xlsx")
    out = load_workbook(tmp_path / "out.xlsx")
    page = out.worksheets[1]
    assert [cell.value for cell in page["A"]][:3] == ["核对结论", "可以", "合计"]
    assert page["B3"].value == len(report.rulings) == 3
    assert "xl/charts/chart1.xml" in zipfile.ZipFile(tmp_path / "out.xlsx").namelist()
    assert "张三" not in report.text()
    assert "可以: 3 (100.0%)" in report.text()


def test_a_printed_sheet_is_one_page_wide_unless_somebody_chose_otherwise(tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", [HEADINGS, *ROWS])
    _written(source, tmp_path / "out.xlsx")
    out = load_workbook(tmp_path / "out.xlsx")
    assert [(each.page_setup.orientation, each.page_setup.fitToWidth, each.page_setup.fitToHeight) for each in out] == [("landscape", 1, 0)] * 2
    assert (out.worksheets[0].print_title_rows, out.worksheets[1].print_title_rows) == ("$1:$1", None)
    chosen = load_workbook(source)
    chosen.worksheets[0].page_setup.orientation = "portrait"
    chosen.save(source)
    _written(source, tmp_path / "again.xlsx")
    again = load_workbook(tmp_path / "again.xlsx").worksheets[0]
    assert (again.page_setup.orientation, again.print_title_rows) == ("portrait", None)


def test_a_row_is_as_high_as_its_longest_text_unless_somebody_chose_otherwise(tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", [HEADINGS, *ROWS])
    chosen = load_workbook(source)
    chosen.worksheets[0].row_dimensions[3].height = 99
    chosen.save(source)
    for reason, height in (("可以：有。", 15), ("可以" * 20, 30), ("r" * 61, 30), ("可以" * 5000, 180)):
        book = read_book(source, Limits())
        layout, cases = laid_out(book, Options())
        write(tmp_path / "out.xlsx", book, Report(layout, dict.fromkeys(cases, replace(RULING, reason=reason))))
        page = load_workbook(tmp_path / "out.xlsx").worksheets[0]
        assert [page.row_dimensions[row].height for row in (2, 3)] == [height, 99]


def test_a_sheet_named_like_the_summary_is_kept(tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", [HEADINGS, ROWS[0]], "核对汇总")
    _written(source, tmp_path / "out.xlsx")
    assert load_workbook(tmp_path / "out.xlsx").sheetnames == ["核对汇总", "核对汇总 2"]


def test_english_headings_get_english_words(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Name,Certificate,Category code,Tier\nZhang,HCIP,7102,intermediate\n", encoding="utf-8")
    _written(tmp_path / "in.csv", tmp_path / "out.xlsx")
    added = texts(tmp_path / "out.xlsx")[0][4:]
    assert added == ["Verdict", "Matched entry", "Reason", "Document", "Line", "Place", "Printed text", "Confidence", "Look at this"]
    assert load_workbook(tmp_path / "out.xlsx").sheetnames == ["in", "Summary"]


EVIL = ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x","y")']


@pytest.mark.parametrize("evil", EVIL)
def test_what_looks_like_a_formula_is_text_on_output(tmp_path: Path, evil: str) -> None:
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([(*HEADINGS, evil), (*ROWS[0], evil)])
    _written(tmp_path / "in.csv", tmp_path / "out.csv")
    _written(tmp_path / "in.csv", tmp_path / "out.xlsx")
    for row in _csv(tmp_path / "out.csv"):
        assert all(cell[:1] not in tuple("=+@\t\r") and not (cell[:1] == "-" and len(cell) > 1) for cell in row), row
    for page in load_workbook(tmp_path / "out.xlsx").worksheets:
        for cells in page.iter_rows():
            assert all(cell.data_type != "f" for cell in cells)
            assert all(cell.quotePrefix for cell in cells if isinstance(cell.value, str) and cell.value[:1] in "=+-@")


def test_a_formula_of_the_workbook_becomes_the_value_that_was_kept(tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", [HEADINGS, (*ROWS[0][:5], '==HYPERLINK("http://x","华为")'), ("=张", "==1+1")])
    _written(source, tmp_path / "out.xlsx")
    rows = texts(tmp_path / "out.xlsx")
    assert (rows[1][5], rows[2][:2]) == ("", ["=张", ""])


def test_plain_numbers_and_dashes_stay() -> None:
    assert [neutral(text) for text in ("-5", "+86", "-1,200.50", "-", "5%", "", "电工")] == ["-5", "+86", "-1,200.50", "-", "5%", "", "电工"]
    assert [neutral(text) for text in ("-1-1", "+A1", "--x", "=5")] == ["'-1-1", "'+A1", "'--x", "'=5"]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_any_cells_come_back_as_they_were(tmp_path: Path, rows: Sequence[Sequence[str]]) -> None:
    with (tmp_path / "in.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("证书名称", "a", "b", "c", "d"), *(("HCIP", *row) for row in rows)])
    _written(tmp_path / "in.csv", tmp_path / "out.csv", Options(columns={"certificate": "A"}))
    _written(tmp_path / "in.csv", tmp_path / "out.xlsx", Options(columns={"certificate": "A"}))
    for given_row, out in zip(rows, _csv(tmp_path / "out.csv")[1:], strict=True):
        kept = list(given_row)
        while kept and not kept[-1].strip():
            kept.pop()
        assert out[1 : 1 + len(kept)] == [neutral(cell) for cell in kept]
    load_workbook(tmp_path / "out.xlsx")


@settings(max_examples=40, deadline=None)
@given(st.builds(Case, CELLS, CELLS, CELLS, CELLS, CELLS))
def test_no_cells_stop_the_judge(asker: Asker, build: Path, case: Case) -> None:
    ruling = rule_all([case], asker, build, "zh", 1, lambda stage, done: None)[case]
    assert ruling.verdict in ("yes", "no", "unknown", "clarify")


@pytest.mark.slow
def test_several_processes_rule_like_one(asker: Asker, build: Path) -> None:
    names = [node.labels[0].text for node in asker.context.linker.nodes if "/id/" in node.iri][:600]
    cases = [Case(name, "", "7102", "中级") for name in names]
    one, two = (rule_all(cases, asker, build, "zh", processes, lambda stage, done: None) for processes in (1, 2))
    assert one == two


def test_rows_that_ask_nothing_are_left_alone(tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", [("表",), HEADINGS, ROWS[0], (), HEADINGS, ROWS[1]])
    book = read_book(source, Limits())
    layout, cases = laid_out(book, Options())
    assert sorted(cases) == [3, 6]
    assert cases_of(book.sheets[0], layout)[3] == Case("华为HCIP", "", "7102", "中级", "华为")


def test_defaults_hold_for_rows_that_name_none(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("证书,专业类\nHCIP,\n电工,6602\n", encoding="utf-8")
    _, cases = laid_out(read_book(tmp_path / "in.csv", Limits()), Options(category="7102", tier="中级"))
    assert list(cases.values()) == [Case("HCIP", "", "7102", "中级"), Case("电工", "", "6602", "中级")]


def test_a_heading_alone_is_told(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("姓名,证书名称,专业类\n", encoding="utf-8")
    with pytest.raises(SheetError, match="no rows below"):
        adjudicate(tmp_path / "in.csv", tmp_path / "out.csv", tmp_path)


def test_targets_that_cannot_be_used(tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", [HEADINGS, *ROWS])
    (tmp_path / "link.xlsx").hardlink_to(source)
    (tmp_path / "folder.csv").mkdir()
    refused = {"in.xlsx": "file that is read", "link.xlsx": "file that is read", "o.pdf": ".xlsx or .csv", "no/o.csv": "no folder", "folder.csv": "a folder"}
    for target, said in refused.items():
        with pytest.raises(SheetError, match=said):
            adjudicate(source, tmp_path / target, tmp_path)
    assert texts(source)[0] == list(HEADINGS)


def test_what_stood_there_is_kept_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = workbook(tmp_path / "in.xlsx", [HEADINGS, *ROWS]), tmp_path / "out.csv"
    target.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.adjudicate.writing.os.replace", full)
    with pytest.raises(OSError, match="No space"):
        _written(source, target)
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.xlsx", "out.csv"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_templates_are_read_back(tmp_path: Path, suffix: str, language: str) -> None:
    path = tmp_path / f"template{suffix}"
    write_template(path, language)
    layout, cases = laid_out(read_book(path, Limits()), Options())
    assert set(layout.columns) == {"person", "certificate", "grade", "category", "tier", "issuer"}
    assert (layout.language, len(cases)) == (language, 4)
    with pytest.raises(SheetError, match="exists already"):
        write_template(path, language)


def test_no_template_of_another_format() -> None:
    for suffix, language in ((".ods", "zh"), (".csv", "fr")):
        with pytest.raises(SheetError, match="formats are"):
            template(suffix, language)


def test_every_message_can_be_said_in_both_languages() -> None:
    for table in ("errors", "words", "kinds"):
        for row in rows_of(table):
            assert set(re.findall(r"\{(\w+)", row["zh"])) - {"accepted"} == set(re.findall(r"\{(\w+)", row["en"])) - {"accepted"}, row
            assert row["zh"]
            assert row["en"]
    error = SheetError("another_kind", name="a.csv", kind=rows_of("kinds")[0])
    assert "PNG 图片" in error.text("zh")
    assert "a PNG picture" in str(error)
