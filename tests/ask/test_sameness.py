"""When two names are one certificate."""

import pytest

from kg.ask.sameness import forms, names_in, resembles, same_core, without_level

RANKED = {"会计师": "中级", "经济师": "中级"}


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("美容师/美发师", {"美容师", "美发师"}),
        ("钳工（含工具钳工）", {"钳工", "工具钳工"}),
        ("家政服务员（家务服务员）", {"家务服务员"}),
        ("全国计算机等级考试（NCRE）", set()),
    ],
)
def test_one_entry_may_hold_several_names(printed: str, names: set[str]) -> None:
    assert set(names_in(printed)) == {printed, *names}


@pytest.mark.parametrize(
    ("one", "levels", "other", "printed"),
    [("中级安全工程师", [], "注册安全工程师", ["中级"]), ("一级人力资源管理师", [], "人力资源管理师", ["1"]), ("中级会计师", [], "会计师", [])],
)
def test_level_and_name_in_another_order_are_one_form(one: str, levels: list[str], other: str, printed: list[str]) -> None:
    assert forms(one, levels, RANKED, licence=True) & forms(other, printed, RANKED, licence=True)


@pytest.mark.parametrize(
    ("one", "levels", "other", "printed"),
    [("二级建造师", [], "建造师", ["1"]), ("注册会计师", [], "会计师", []), ("初级会计师", [], "会计师", []), ("电工", ["3"], "电工", ["4"])],
)
def test_another_level_or_a_licence_of_like_name_is_another_form(one: str, levels: list[str], other: str, printed: list[str]) -> None:
    assert not forms(one, levels, RANKED, licence=True) & forms(other, printed, RANKED, licence=True)


@pytest.mark.parametrize(("said", "printed"), [("民航安全员执照", "中国民用航空安全员执照"), ("航空安全员", "中国民用航空安全员执照")])
def test_words_that_name_no_other_thing_may_be_left_out(said: str, printed: str) -> None:
    assert resembles(said, printed)


@pytest.mark.parametrize(("said", "printed"), [("安全工程师", "高级安全工程师"), ("电工", "维修电工"), ("建造师", "一级建造师")])
def test_a_rank_or_another_word_makes_another_thing(said: str, printed: str) -> None:
    assert not resembles(said, printed)


def test_a_core_is_not_too_short_to_tell_things_apart() -> None:
    assert same_core("民航安全员", "中国民用航空安全员执照")
    assert not same_core("电工证", "电工")
    assert without_level("民航安全员一级执照") == "民航安全员执照"
