"""Titles by rank (annex 10), qualification to title (annex 11), the national qualification list (annex 8): verdicts on the build, with lines."""

import json
from pathlib import Path

import pytest

from kg.ask import Asker
from kg.ask.slots import years
from kg.ask.text import normalize

QUESTIONS = Path(__file__).parent / "questions"
KINDS = ("title_equivalence", "title_levels", "national_qualification")
SAMPLES = [json.loads(line) for kind in KINDS for line in (QUESTIONS / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("text", "span"),
    [("2016年取得", (2016, 2016)), ("2018年前取得", (0, 2017)), ("2018年后取得", (2019, 9999)), ("2014年及以前取得", (0, 2014)), ("15年拿的", (2015, 2015))],
)
def test_a_year_says_the_years_it_covers(text: str, span: tuple[int, int]) -> None:
    assert [said for _, said in years(text)] == [span]


def test_the_year_of_an_edition_is_no_year_of_acquisition() -> None:
    assert not years(normalize("国家职业资格目录（2021年版）"))


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


def test_a_planned_change_of_class_is_told_without_taking_it_for_done(asker: Asker) -> None:
    answer = asker.ask("民航安全检查员是准入类吗")
    assert answer.verdict == "no"
    assert "拟依法调整为准入类" in answer.answer
    assert "仍是水平评价类" in answer.answer


def test_a_name_inside_another_is_not_the_listed_one(asker: Asker) -> None:
    assert asker.ask("电焊工在国家职业资格目录里吗").verdict == "no"


def test_a_conjunction_joins_two_names(asker: Asker) -> None:
    assert len(asker.understand("一建和二建分别对应什么职称").mentions) == 2


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample["id"] for sample in SAMPLES])
def test_every_citation_of_an_answer_is_a_line_with_text(asker: Asker, sample: dict[str, object]) -> None:
    answer = asker.ask(str(sample["question"]), list(sample.get("history", [])))  # type: ignore[call-overload]
    assert all(citation.line > 0 and citation.text for citation in answer.citations)
    assert answer.verdict in ("unknown", "out_of_scope", "clarify") or answer.citations
