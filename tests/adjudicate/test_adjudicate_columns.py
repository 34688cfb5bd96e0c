"""Which column holds what: guessed from headings and cells, told, changed."""

from collections.abc import Sequence

import pytest

from kg.adjudicate import SheetError
from kg.adjudicate.books import Book, Sheet
from kg.adjudicate.columns import Layout, find_layout, parse_choices


def layout(*rows: Sequence[str], sheet: str = "", **chosen: str) -> Layout:
    return find_layout(Book((Sheet("s", rows),)), sheet, chosen)


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        ("姓名 证书名称 证书等级 专业类 认定级别 发证单位", "person certificate grade category tier issuer"),
        ("序号 教师姓名 持有证书 所教专业类 申报级别 备注", "- person certificate category tier -"),
        ("认定等级 专业大类代码 专业大类名称 资格证书名称 证书编号 发证日期", "tier category category_name certificate - -"),
        ("工号 姓名 职业资格 技能等级 专业类代码 双师级别", "- person certificate grade category tier"),
        ("姓名 任教专业 证书名称（全称） 级别（初/中/高） 颁发机构", "person category certificate grade issuer"),
        ("Name|Certificate|Grade|Category code|Tier|Issuer", "person certificate grade category tier issuer"),
        (
            "Employee|Credential name|Skill level|Major category|Target tier|Issued by|Issue date|Certificate No.",
            "person certificate grade category tier issuer - -",
        ),
        ("TIER|QUALIFICATION|MAJOR CATEGORY CODE|MAJOR CATEGORY NAME", "tier certificate category category_name"),
        ("姓名 现有职称 证书名称 专业类", "person - certificate category"),
        ("*证书名称 *专业类名称", "certificate category"),
    ],
)
def test_headings_that_people_use(headings: str, columns: str) -> None:
    given = headings.split("|") if "|" in headings else headings.split()
    expected = {role: number for number, role in enumerate(columns.split(), 1) if role != "-"}
    assert layout(given, ["x"] * len(given)).columns == expected


def test_cells_tell_what_a_heading_does_not() -> None:
    rows = [("名称", "级别", "代码"), ("电工", "三级", "7102"), ("钳工", "四级", "6602"), ("HCIP", "三级", "7102")]
    assert layout(*rows).columns == {"certificate": 1, "grade": 2, "category": 3}


def test_a_bare_level_column_of_tiers_is_the_tier() -> None:
    rows = [("证书名称", "级别", "专业类"), ("HCIP", "中级", "7102"), ("HCIE", "高级", "7102")]
    assert layout(*rows).columns == {"certificate": 1, "tier": 2, "category": 3}


def test_without_headings_the_cells_tell_and_no_row_is_lost() -> None:
    found = layout(("张三", "电工职业资格证书", "7102"), ("李四", "钳工证书", "6602"), ("王五", "一级建造师", "6401"))
    assert (found.columns["certificate"], found.columns["category"], found.heading) == (2, 3, 0)
    assert layout(("表",), ("张三", "电工职业资格证书", "7102"), ("李四", "钳工证书", "6602")).heading == 1


def test_titles_and_blank_rows_above_the_headings() -> None:
    found = layout(("2025年双师型教师证书统计表",), (), ("填表日期", "2025年"), ("姓名", "证书名称", "专业类"), ("张三", "HCIP", "7102"))
    assert (found.heading, found.columns["certificate"], found.language) == (4, 2, "zh")


def test_headings_on_two_rows() -> None:
    merged = {(1, 3): "证书", (2, 1): "姓名"}
    sheet = Sheet("s", [("姓名", "证书", "", "专业类"), ("", "名称", "等级", ""), ("张三", "电工", "三级", "6602")], merged)
    assert find_layout(Book((sheet,))).columns["certificate"] == 2


def test_the_language_is_that_of_the_headings() -> None:
    assert layout(("Name", "Certificate", "Tier"), ("张三", "电工", "中级")).language == "en"
    assert layout(("姓名", "证书名称", "tier"), ("a", "HCIP", "senior")).language == "zh"


def test_the_first_sheet_with_usable_headings_is_taken() -> None:
    empty, notes, real = Sheet("空", []), Sheet("说明", [("请逐行填写",)]), Sheet("数据", [("证书", "专业类"), ("HCIP", "7102")])
    assert find_layout(Book((empty, notes, real))).sheet == "数据"
    with pytest.raises(SheetError, match="说明"):
        find_layout(Book((empty, notes, real)), "说明")
    with pytest.raises(SheetError, match="空、说明、数据"):
        find_layout(Book((empty, notes, real)), "没有")


def test_a_person_may_say_which_column() -> None:
    rows = [("甲", "乙", "丙"), ("第 1 行", "数通方向", "7102")]
    assert layout(*rows, certificate="B", category="丙").columns == {"certificate": 2, "category": 3}
    assert "tier" not in layout(("证书", "级别", "专业类", "认定级别"), ("HCIP", "", "7102", "中级"), tier="").columns
    with pytest.raises(SheetError, match="A 甲、B 乙、C 丙"):
        layout(*rows, certificate="证书")
    with pytest.raises(SheetError, match="no column with certificates"):
        layout(*rows)


def test_choices_on_the_command_line() -> None:
    assert parse_choices(["certificate=B", "tier=认定=级别"]) == {"certificate": "B", "tier": "认定=级别"}
    for wrong in ("certificate", "verdict=B", "=B"):
        with pytest.raises(SheetError, match="ROLE=COLUMN"):
            parse_choices([wrong])


def test_columns_that_look_alike_are_told() -> None:
    found = layout(("证书名称", "证书名称2", "专业类"), ("HCIP", "电工证书", "7102"))
    assert found.columns["certificate"] == 1
    assert found.rivals == (("certificate", 2),)


def test_an_empty_book() -> None:
    with pytest.raises(SheetError, match="no rows"):
        layout()
