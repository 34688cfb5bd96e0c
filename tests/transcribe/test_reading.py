"""The notation in which people write what they read."""

import pytest

from kg.transcribe.reading import Reading, overlay, parse_readings


def test_entries_are_separated_and_a_doubt_has_its_reason() -> None:
    assert parse_readings("助理农业经济师 ¦ 农艺技术 ?{cut}") == [Reading("助理农业经济师"), Reading("农艺技术", mark="?", why="cut")]


def test_a_mended_error_keeps_what_is_printed() -> None:
    (found,) = parse_readings("餐局服务员=>餐厅服务员{OCR: 局 for 厅}")
    assert (found.printed, found.wording, found.why) == ("餐局服务员", "餐厅服务员", "OCR: 局 for 厅")


def test_an_entry_may_stand_in_another_column() -> None:
    (found,) = parse_readings("可编程控制系统集成及 @onex.中级 !259.10{repeat of the cut head in 259.10}")
    assert found.column == ("onex", "中级")
    assert (found.mark, found.repeats) == ("!", (259, 10))


def test_a_rest_may_name_the_cell_of_its_head() -> None:
    assert parse_readings("<员 ¦ 技术员")[0] == Reading("员", tail=True)
    assert parse_readings("<579.5 师（二级/技师）")[0] == Reading("师（二级/技师）", tail=True, head=(579, 5))
    assert parse_readings("+级工")[0].fresh


@pytest.mark.parametrize("notation", ["焊工 {why}", "焊工=>电工", "焊工 ?why", "焊工 ?116.6{why}"])
def test_what_cannot_be_read_is_quoted(notation: str) -> None:
    with pytest.raises(ValueError, match="焊工"):
        parse_readings(notation)


def test_a_column_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no column “skills\.初级”"):
        parse_readings("焊工 @skills.初级")


def test_a_correction_covers_its_span_and_leaves_the_rest() -> None:
    readings = [Reading("冶金(注 册)监理工 程师"), Reading("冶金行业 造价师 矿产储量 评估师"), Reading("注册安全 工程师")]
    found = overlay(readings, 11, "冶金行业造价师矿产储量评估师", parse_readings("冶金行业造价师 ¦ 矿产储量评估师 ?{why}"))
    assert [each.printed for each in found] == ["冶金(注 册)监理工 程师", "冶金行业 造价师", "矿产储量 评估师", "注册安全 工程师"]
    assert found[2].mark == "?"


@pytest.mark.parametrize(
    ("at", "printed", "corrected", "message"),
    [
        (0, "电工", "电工", "does not print “电工” at character 0"),
        (1, "工", "工", "does not print “工” at character 1"),
        (0, "焊工", "焊工师", "do not spell “焊工”"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(at: int, printed: str, corrected: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        overlay([Reading("焊工"), Reading("车工")], at, printed, parse_readings(corrected))
