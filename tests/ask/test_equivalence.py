"""Qualification to title (annex 11): level and year decide."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "verdict", "words"),
    [
        ("一级造价工程师2021年取得，能对应经济师吗", "no", ["工程师"]),
        ("造价工程师2016年取得，能对应经济师吗", "yes", ["经济师"]),
        ("造价工程师2018年取得，能对应经济师吗", "unknown", ["2018年前取得", "2018年后取得"]),
        ("一级造价工程师能对应经济师吗", "clarify", ["2018年前取得", "2018年后取得"]),
        ("二级建造师能对应工程师吗", "no", ["助理工程师"]),
        ("注册消防工程师能对应工程师吗", "clarify", ["一级消防工程师", "二级消防工程师"]),
        ("法律职业资格在附件11里有对应的职称吗", "no", ["附件8"]),
        ("不动产登记代理专业人员职业资格对应什么职称", "unknown", ["土地登记代理"]),
        ("注册会计师是高级职称吗", "no", ["会计师"]),
    ],
)
def test_level_and_year_decide_which_title_a_qualification_corresponds_to(asker: Asker, question: str, verdict: str, words: list[str]) -> None:
    answer = asker.ask(question)
    assert (answer.verdict, answer.kind) == (verdict, "title_equivalence")
    assert all(word in answer.answer for word in words), answer.answer
