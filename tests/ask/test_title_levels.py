"""Titles by series and rank (annex 10)."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "verdict", "word"),
    [
        ("一级演员是正高级职称吗", "yes", "正高级"),
        ("一级飞行员是正高级职称吗", "no", "副高级"),
        ("一级教师是高校教师系列的职称吗", "no", "中小学教师"),
        ("文博系列有没有员级职称", "no", "文物博物专业人员"),
        ("编辑是哪个系列的职称", "na", "出版专业人员"),
    ],
)
def test_the_column_of_annex_10_decides_the_rank(asker: Asker, question: str, verdict: str, word: str) -> None:
    answer = asker.ask(question)
    assert (answer.verdict, answer.kind) == (verdict, "title_levels")
    assert word in answer.answer
