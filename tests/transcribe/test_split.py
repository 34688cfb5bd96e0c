"""Where an entry ends: cells of the catalogue whose white space stands inside words and between entries."""

import pytest

from kg.tables import read_tables
from kg.transcribe.document import squeeze
from kg.transcribe.lexicon import Lexicon, make_lexicon
from kg.transcribe.split import continues, split_cell, width


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return make_lexicon(read_tables())


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        # Line 51: no entry is wrapped.
        ("助理农艺师 农业经济员 助理农业经济师 农艺技术员", ["助理农艺师", "农业经济员", "助理农业经济师", "农艺技术员"]),
        # Line 64: a narrow column, every line of it full.
        ("高级工程 师 正高级工程 师", ["高级工程 师", "正高级工程 师"]),
        ("井下支护工(五级 /初级工) 矿山救护工(五级 /初级工)", ["井下支护工(五级 /初级工)", "矿山救护工(五级 /初级工)"]),
        # Line 63: the rest of an entry of the page before comes first.
        ("图(初级) 装配式建筑 (初级) 工程造价数 字化应用 (初级)", ["图(初级)", "装配式建筑 (初级)", "工程造价数 字化应用 (初级)"]),
        # Line 68: a hyphen goes on.
        ("(二级/技师) 消防设施操作员- 消防设施检测维修 保养(二级/技师)", ["(二级/技师)", "消防设施操作员- 消防设施检测维修 保养(二级/技师)"]),
        # Line 55: the level at the end belongs to the whole.
        ("宠物护理 与美容职业技能等级证书（初级）", ["宠物护理 与美容职业技能等级证书（初级）"]),
        # Line 240: a space inside the bracket.
        ("电工（五级 / 初 级工）", ["电工（五级 / 初 级工）"]),
        # Line 321: another table has 工程师.
        ("工程师 工艺美术 师", ["工程师", "工艺美术 师"]),
        # Line 66: nothing is called 师.
        ("初级安全工 程师 二级消防工 程师", ["初级安全工 程师", "二级消防工 程师"]),
        # Line 506: a printed line that had room left is an end.
        ("执业助理医 师 儿童青少年 近视防控", ["执业助理医 师", "儿童青少年 近视防控"]),
        # Line 186: after a level bracket another entry begins.
        ("能源管理师(中级) 中望 CAD 工程师(中级)", ["能源管理师(中级)", "中望 CAD 工程师(中级)"]),
        # Line 61: a space beside a Latin word is no border.
        ("建筑信息模型 BIM（初级） 不动产数据采集与建库（初级）", ["建筑信息模型 BIM（初级）", "不动产数据采集与建库（初级）"]),
        # Line 122: two brackets belong to one entry.
        (
            "玻璃配料熔化工（玻璃配料工）（三级/二级/一级） 模型制作工（三级/二级/一级）",
            ["玻璃配料熔化工（玻璃配料工）（三级/二级/一级）", "模型制作工（三级/二级/一级）"],
        ),
    ],
)
def test_a_cell_is_split_between_its_entries(cell: str, entries: list[str], lexicon: Lexicon) -> None:
    assert split_cell(cell, lexicon) == entries


def test_a_known_name_is_an_entry_of_its_own() -> None:
    cell = "电子商务师 物流服务师"
    assert split_cell(cell, Lexicon({"电子商务师": frozenset({"skill"}), "物流服务师": frozenset({"skill"})})) == ["电子商务师", "物流服务师"]


@pytest.mark.parametrize("cell", ["", "焊工(五级/初级工)"])
def test_a_cell_without_inner_space_is_at_most_one_entry(cell: str, lexicon: Lexicon) -> None:
    assert split_cell(cell, lexicon) == cell.split()


def test_no_character_is_lost_or_gained(lexicon: Lexicon) -> None:
    cell = "注册冶金 工程师 注册采矿/ 矿物工程 师 矿山建设 工程质量 监督工程 师 冶金(注 册)监理工 程师 冶金行业 造价师 矿产储量 评估师"
    assert squeeze("".join(split_cell(cell, lexicon))) == squeeze(cell)


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("插花花艺师(四级", "/中级）"),  # an open bracket
        ("插花花艺师(四级)", "/中级）"),  # a bracket that the OCR closed at the page break
        ("消防设施操作员-", "消防设施监控操作"),
        ("数字建模技术员", "(四级/中级工)"),
        ("建筑工程识", "图"),  # only the whole is a known name
    ],
)
def test_a_tail_goes_on_with_its_head(head: str, tail: str, lexicon: Lexicon) -> None:
    assert continues(head, tail, Lexicon({**lexicon.families, "建筑工程识图": frozenset({"onex"})}))


@pytest.mark.parametrize(("head", "tail"), [("高级农艺师", "正高级农艺师"), ("焊工(四级/中级工)", "车工(四级/中级工)"), ("焊工(四级/中级工)", "(试点)电工")])
def test_a_new_entry_does_not_go_on_with_the_one_before(head: str, tail: str, lexicon: Lexicon) -> None:
    assert not continues(head, tail, lexicon)


def test_latin_letters_are_half_as_wide() -> None:
    assert width("BIM建模师") == 4.5
