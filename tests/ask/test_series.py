"""Zhejiang's table of occupations and title series, both ways."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("广告设计师→职称系列", "na", "工艺美术（工业设计）"),
        ("室内装饰设计师对应哪个职称系列？", "na", "工程技术或工艺美术"),
        ("博物馆讲解员对应什么系列", "na", "群众文化"),
        ("数控车工评职称是哪个系列", "na", "工程技术或实验技术"),
        ("技校老师评职称走哪个系列", "na", "技工院校教师"),
        ("讲解员能报文物博物系列吗？", "no", "群众文化"),
        ("电工能评农业技术系列的职称吗？", "no", "工程技术"),
        ("首饰设计师可以评工业设计吗", "yes", "工业设计"),
    ],
)
def test_an_occupation_leads_to_its_series(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("series", verdict)
    assert text in answer.answer


def test_an_occupation_outside_the_table_is_for_the_committee(asker: Asker) -> None:
    answer = asker.ask("咖啡师在浙江对应什么职称系列？")
    assert answer.verdict == "unknown"
    assert "评审委员会" in answer.answer
    assert [citation.line for citation in answer.citations] == [1064]


def test_a_misprinted_row_is_told_with_the_doubt(asker: Asker) -> None:
    answer = asker.ask("石灰煅烧工对应什么职称系列")
    assert "石灰锻烧工" in answer.answer
    assert "存疑" in answer.answer


@pytest.mark.parametrize(
    ("question", "count"),
    [("哪些职业对应群众文化系列？", 6), ("对应体育系列的职业有几个", 5), ("哪些职业对应艺术（舞台技术）？", 6), ("对应工程技术或工艺美术的有哪些职业？", 2)],
)
def test_a_series_lists_its_occupations(asker: Asker, question: str, count: int) -> None:
    answer = asker.ask(question)
    assert (answer.verdict, len(answer.items)) == ("na", count)
    assert str(count) in answer.answer


def test_a_title_is_left_to_the_title_levels(asker: Asker) -> None:
    assert asker.ask("工程师属于哪个职称系列").kind == "title_levels"
    assert asker.ask("档案系列中级叫啥").kind == "title_levels"
