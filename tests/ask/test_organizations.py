"""Names of organisations: slips of the pen and other bodies; the patterns of `asked.csv`."""

import csv
import re

import pytest

from kg.ask.organizations import lacks_a_character, same_name
from kg.ask.rules import DATA
from kg.ask.text import normalize


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("中国室内装饰协汇", "中国室内装饰协会"),
        ("足球协会", "中国足球协会"),
        ("中国房地产协会", "中国房地产业协会"),
        ("一带一路国际技能大赛", "“一带一路”国际技能大赛"),
    ],
)
def test_a_slip_of_the_pen_is_the_same_name(text: str, label: str) -> None:
    assert same_name(text, label)


@pytest.mark.parametrize(
    ("text", "label"),
    [("中国焊接学会", "中国焊接协会"), ("中国跳绳协会", "中国跳水协会"), ("上海市足球协会", "中国足球协会"), ("中国物流协会", "中国物流技术协会")],
)
def test_another_word_is_another_body(text: str, label: str) -> None:
    assert not same_name(text, label)


def test_every_pattern_of_what_is_asked_matches_its_example() -> None:
    with (DATA / "asked.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert re.search(row["pattern"], normalize(row["example"])), row


@pytest.mark.parametrize(
    ("text", "label", "lacks"),
    [
        ("中国工业协会", "中国膜工业协会", True),
        ("中国翻译协", "中国翻译协会", False),
        ("中国物流协会", "中国物流技术协会", False),
        ("中国食加剂和配料协会", "中国食品添加剂和配料协会", False),
        ("中国焊接学会", "中国焊接协会", False),
    ],
)
def test_a_name_may_lack_a_character_of_another(text: str, label: str, lacks: bool) -> None:
    assert lacks_a_character(text, label) == lacks
