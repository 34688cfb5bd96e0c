"""What a question says beside names: codes, tiers, grades, families."""

import pytest

from kg.ask.mentions import leftovers
from kg.ask.rules import MASK, mask, matches, patterns
from kg.ask.slots import codes, years
from kg.ask.text import normalize


@pytest.mark.parametrize(
    ("text", "tiers"),
    [("7102中级", ["中级"]), ("初级和高级有什么不同", ["初级", "高级"]), ("at senior level", ["高级"]), ("高中毕业", []), ("the intermediate tier", ["中级"])],
)
def test_tier_words_are_found(text: str, tiers: list[str]) -> None:
    assert [each.says for each in matches(normalize(text), patterns("tiers", "tier"))] == tiers


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("五级/初级工", ["5"]),
        ("三级", ["3"]),
        ("高级技师", ["1"]),
        ("技师", ["2"]),
        ("grade 1", ["1"]),
        ("高级工", ["3"]),
        ("算哪一级", []),
        ("上一级部门", []),
        ("4级和2级", ["4", "2"]),
    ],
)
def test_grades_are_found_and_a_question_word_is_no_grade(text: str, grades: list[str]) -> None:
    assert [each.says for each in matches(normalize(text), patterns("grades", "grade"))] == grades


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("中级职称有哪些", ["title"]),
        ("１＋Ｘ证书", ["onex"]),
        ("执业资格证书", ["practice"]),
        ("行业内其它权威证书", ["industry"]),
        ("证书和职称", ["all"]),
        ("技能等级证书", ["skill"]),
    ],
)
def test_families_are_found(text: str, families: list[str]) -> None:
    assert [each.says for each in matches(normalize(text), patterns("families", "family"))] == families


def test_a_year_or_a_long_number_is_no_code() -> None:
    assert [each.text for each in codes("2018年前取得的一级造价工程师，编号71021，7102中级")] == ["7102"]


def test_masked_text_keeps_its_positions() -> None:
    assert mask("7102中级", [(0, 4)]) == MASK * 4 + "中级"


def test_noise_and_punctuation_leave_no_chunks() -> None:
    assert leftovers(normalize("请问这个能不能算？"), ()) == []


def test_an_unexplained_name_is_left_with_its_edges() -> None:
    text = normalize("请问NPDP产品经理能不能算？")
    assert [each.text for each in leftovers(text, (), text)] == ["npdp产品经理"]


@pytest.mark.parametrize(
    ("text", "span"),
    [("2016年取得", (2016, 2016)), ("2018年前取得", (0, 2017)), ("2018年后取得", (2019, 9999)), ("2014年及以前取得", (0, 2014)), ("15年拿的", (2015, 2015))],
)
def test_a_year_says_the_years_it_covers(text: str, span: tuple[int, int]) -> None:
    assert [said for _, said in years(text)] == [span]


def test_the_year_of_an_edition_is_no_year_of_acquisition() -> None:
    assert not years(normalize("国家职业资格目录（2021年版）"))
