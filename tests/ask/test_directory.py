"""The directory of occupations open to social evaluation organisations."""

import pytest

from kg.ask import Asker
from kg.ask.kinds.directory_rows import codes_in


@pytest.mark.parametrize("text", ["4-10-03-05", "4 10 03 05", "4.10.03.05", "4100305", "4—10—03—05"])
def test_a_code_is_read_however_it_is_spaced(text: str) -> None:
    assert codes_in(f"{text}是什么") == ["4-10-03-05"]


def test_years_and_category_codes_are_no_occupation_codes() -> None:
    assert codes_in("2025年7102中级") == []


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("４－１０－０３－０５是哪个职业？", "na", "修脚师"),
        ("4-04-05-Z1是什么", "na", "人工智能数据标注"),
        ("6-18-02-01是什么职业？", "na", "铸造工"),
        ("4-07-05-01 是什么职业，征集遴选目录里有吗", "no", "保安员"),
        ("9-99-99-99是哪个职业", "unknown", "9-99-99-99"),
        ("4-10-01-05是保育师吗", "no", "4-10-01-03"),
        ("4-10-03开头的职业有哪些？", "na", "美甲师"),
    ],
)
def test_a_code_leads_to_its_occupation(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("directory", verdict)
    assert text in answer.answer


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("数控车工在征集遴选目录里开放了二级吗", "no", "等级4、3"),
        ("无人机驾驶员三级在目录里有吗（社会培训评价组织）", "yes", "航拍无人机驾驶员"),
        ("家庭教育指导师有没有进社会培训评价组织征集遴选职业目录？", "no", "202"),
        ("育婴员有没有进社会培训评价组织征集遴选职业目录？", "yes", "婴幼儿发展引导员"),
        ("健康管理师在不在征集遴选职业目录里", "no", "4-14-02-02"),
        ("药物制剂工在征集遴选目录里有几个工种？", "na", "17"),
        ("目录里第100号是什么职业？", "na", "美发师"),
        ("征集遴选职业目录一共多少条？", "na", "202"),
    ],
)
def test_the_directory_is_complete_and_numbered(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("directory", verdict)
    assert text in answer.answer.replace("**", "")
