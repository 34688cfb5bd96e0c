"""Grades and levels beside a name."""

import pytest

from kg.ask import Asker
from kg.ask.levels import cuts_slot, level_of, one_name
from kg.ask.spots import Spot


@pytest.mark.parametrize(
    ("text", "level"),
    [("五级/初级工", ((5,), "")), ("中级", ((), "中级")), ("高级技师", ((1,), "")), ("一级、二级", ((1, 2), "")), ("认证", ((), ""))],
)
def test_a_level_is_a_grade_or_a_word(text: str, level: tuple[tuple[int, ...], str]) -> None:
    assert level_of(text) == level


@pytest.mark.parametrize(
    ("question", "grades", "level"),
    [("五级电工能用在哪", (5,), ""), ("电工三级能用在哪", (3,), ""), ("植保无人机应用（中级）在6102初级认不认", (), "中级"), ("电工能用在哪", (), "")],
)
def test_a_level_beside_a_name_belongs_to_the_name(asker: Asker, question: str, grades: tuple[int, ...], level: str) -> None:
    mention = asker.understand(question).mentions[0]
    assert (mention.grades, mention.level) == (grades, level)


def test_a_slip_that_eats_a_family_or_cuts_a_tier_is_no_slip() -> None:
    text = "中级职称证书"
    assert cuts_slot(Spot(2, 5, "职务证", ("x",), exact=False, score=0.8), text)
    assert cuts_slot(Spot(1, 2, "级", ("x",), exact=False, score=0.8), text)
    assert not cuts_slot(Spot(0, 2, "电工", ("x",), exact=False, score=0.8), "电工怎么样")


def test_a_name_and_its_abbreviation_are_one_name_where_they_name_one_thing() -> None:
    name, short = Spot(0, 9, "国际注册内部审计师", ("a",), exact=True, score=1.0), Spot(9, 12, "cia", ("a", "b"), exact=True, score=1.0)
    assert [(spot.start, spot.end, spot.nodes) for spot in one_name([name, short])] == [(0, 12, ("a", "b"))]
    other = Spot(9, 12, "cpa", ("c",), exact=True, score=1.0)
    assert one_name([name, other]) == [name, other]
