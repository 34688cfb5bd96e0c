"""Where a statement stands, and years that the documents do not reach."""

import pytest

from kg.ask import Asker

FIRST = "HCIP在7103中级认不认？"


@pytest.mark.parametrize("question", ["哪里写的", "这句话出自哪份文件第几行", "依据是哪条？", "why?", "which line?", "为什么", "给我看原文", "哪份文件规定的"])
def test_a_question_for_the_place_repeats_the_answer_with_place_line_and_text(asker: Asker, question: str) -> None:
    answer = asker.ask(question, [FIRST])
    assert answer.verdict == "yes"
    assert "《2025年上海市双师型教师专业认定细则（试用版）》目录" in answer.answer
    assert "462" in answer.answer
    assert "HCIP(中级认证)" in answer.answer


@pytest.mark.parametrize(("question", "line"), [("HCIP在7103的依据在哪一行", 462), ("一建对应工程师写在哪一行", 2598), ("拍卖师对应助理经济师的出处", 2610)])
def test_the_place_can_be_asked_in_the_first_turn(asker: Asker, question: str, line: int) -> None:
    assert f"第{line}行" in asker.ask(question).answer


def test_without_a_statement_it_is_asked_which(asker: Asker) -> None:
    assert asker.ask("哪里写的").verdict == "clarify"


def test_an_answer_without_citations_says_that_none_can_be_shown(asker: Asker) -> None:
    assert "没有引用文件的行" in asker.ask("依据呢", ["PRINCE2认不认？"]).answer


def test_the_legal_basis_of_a_qualification_is_another_question(asker: Asker) -> None:
    assert asker.ask("注册会计师的设定依据是什么").kind == "national_qualification"


@pytest.mark.parametrize(("question", "verdict"), [("2030年HCIP在7103还算吗", "unknown"), ("2024年考的HCIP在7103算吗", "yes")])
def test_a_year_after_the_documents_is_unknown(asker: Asker, question: str, verdict: str) -> None:
    answer = asker.ask(question)
    assert answer.verdict == verdict
    assert ("2030年的情况" in answer.answer) == (verdict == "unknown")


def test_a_value_of_a_later_year_is_told_with_a_warning(asker: Asker) -> None:
    answer = asker.ask("2027年电工技师南通补贴多少")
    assert answer.verdict == "na"
    assert "2027年的情况" in answer.answer
    assert "3500" in answer.answer
