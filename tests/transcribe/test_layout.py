"""Lines, rows and columns of the catalogue, on its damaged lines."""

import pytest
from catalogue_excerpt import LINES, excerpt

from kg.tables import read_tables
from kg.transcribe.document import DocumentError
from kg.transcribe.layout import COLUMNS, align, catalogue_range, groups, line_kind, rows
from kg.transcribe.lexicon import Lexicon, make_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return make_lexicon(read_tables())


def columns(line: str, lexicon: Lexicon) -> list[str]:
    cells = line.split("⇥")
    return [".".join(COLUMNS[column]) for column in align(cells, lexicon) if column is not None]


def test_every_line_has_a_kind() -> None:
    document = excerpt()
    kinds = {number: line_kind(document, number) for number in (46, 47, 49, 50, 52, 54, 69)}
    assert kinds == {46: "blank", 47: "group", 49: "header", 50: "header", 52: "row", 54: "continuation", 69: "filler"}


def test_the_catalogue_ends_before_annex_1() -> None:
    assert catalogue_range(excerpt()) == range(47, 652)


def test_groups_are_known_by_code_and_line() -> None:
    assert groups(excerpt()) == {"61": ("农林牧渔大类", 47), "62": ("资源环境与安全大类", 57), "66": ("装备制造大类", 182)}


def test_a_changed_group_heading_is_an_error_with_its_line() -> None:
    with pytest.raises(DocumentError, match="line 57: expected the heading of a group"):
        groups(excerpt({57: "## 二、资源环境与安全大类"}))


def test_a_row_has_its_codes_and_the_lines_to_the_next_heading(lexicon: Lexicon) -> None:
    first, second, third = rows(excerpt(), lexicon)
    assert (first.category, first.codes, first.name, first.head) == ("6102", ("6102", "4102", "2102"), "林业类", 52)
    assert {cell.line for cell in first.cells} == {52, 54}
    assert (second.codes, second.name) == (("6206", "4206"), "金属与非金属矿类")
    assert {cell.line for cell in third.cells} == {219, 220, 221}


def test_a_line_of_16_cells_is_taken_as_it_stands(lexicon: Lexicon) -> None:
    assert columns(LINES[220], lexicon) == ["skill.初级", "skill.中级", "skill.高级", "onex.初级", "onex.中级"]


def test_cells_gained_at_the_end_change_nothing(lexicon: Lexicon) -> None:
    line = "⇥⇥⇥⇥塑料编织工（五级/初级工）⇥塑料编织工（四级/中级工）⇥聚氯乙烯塑料配制工（三级/二级/一级/高级工/技师/高级技师）⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥"
    assert columns(line, lexicon) == ["skill.初级", "skill.中级", "skill.高级"]


def test_a_lost_column_shifts_what_grades_and_names_prove(lexicon: Lexicon) -> None:
    # Line 436 (row 7102) lost its first title column, and one of practice.
    line = (
        "⇥信息系统监理师⇥系统分析师⇥人工智能训练师(五级/初级)⇥计算机微机维修工(四级/中级)⇥网络安全工程师(三级/高级工)⇥⇥⇥"
        "Web前端开发职业技能等级证书(初级)⇥Web前端开发职业技能等级证书(中级)⇥Web前端开发职业技能等级证书(高级)⇥⇥"
    )
    assert columns(line, lexicon)[2:] == ["skill.初级", "skill.中级", "skill.高级", "onex.初级", "onex.中级", "onex.高级"]


def test_a_line_that_lost_its_empty_first_cells_is_moved_back(lexicon: Lexicon) -> None:
    # Line 353 (row 6901).
    line = "味精制造工(三 级/高级工)⇥化学检验员(二级 /技师)⇥味精制造工(一级/ 高级技师)⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥"
    assert columns(line, lexicon) == ["skill.初级", "skill.中级", "skill.高级"]


def test_a_name_that_no_table_knows_keeps_the_column_of_its_place(lexicon: Lexicon) -> None:
    # Line 110: 20 cells, and names with two brackets.
    line = "⇥⇥⇥⇥玻璃配料熔化工（玻璃配料工）（五级/初级工）⇥玻璃配料熔化工（玻璃配料工）（四级/中级工）⇥塑料浇铸工（三级/二级/一级/高级工/技师/高级技师）"
    assert columns(f"{line}{'⇥' * 13}", lexicon) == ["skill.初级", "skill.中级", "skill.高级"]


def test_more_cells_than_columns_are_placed_by_position(lexicon: Lexicon) -> None:
    cells = ["", *["焊工(四级/中级工)"] * 17]
    assert align(cells, lexicon) == [None, *range(15), None, None]
