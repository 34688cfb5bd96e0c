"""The rows of the catalogue as such: how many, by the digits of their codes, by what is left of them."""

import re

import pytest

from kg.ask import Asker


def labels(asker: Asker, question: str) -> list[str]:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("list", "na"), question
    assert answer.citations
    return [item.label for item in answer.items]


def test_the_rows_whose_codes_begin_alike_are_listed_with_the_code_that_does(asker: Asker) -> None:
    assert len(labels(asker, "72开头的都是什么大类")) == 9
    assert "5301财政税务类" in asker.ask("53开头的代码是什么专业").answer


def test_all_rows_are_counted_by_state(asker: Asker) -> None:
    answer = asker.ask("一共有多少个专业类")
    counts = [int(each) for each in re.findall(r"(\d+)个", answer.answer)]
    assert counts[0] == len(asker.context.categories) == sum(counts[1:])


def test_the_states_of_rows_are_told_and_do_not_overlap(asker: Asker) -> None:
    missing, damaged, empty = (set(labels(asker, question)) for question in ("哪些专业类缺页", "哪几行破损了", "哪些行是空的"))
    assert "6104 渔业类" in missing
    assert "7102 计算机类" in damaged
    assert "6501 水文水资源类" in empty
    assert len(missing | damaged | empty) == len(missing) + len(damaged) + len(empty)
    assert set(labels(asker, "交通运输大类哪些专业类缺失")) < missing


def test_digits_that_no_code_begins_with_are_unknown(asker: Asker) -> None:
    assert asker.ask("99开头的是什么专业类").verdict == "unknown"


@pytest.mark.parametrize("question", ["HCIE能用在多少个专业类", "4-10-03开头的职业有哪些", "7104有哪些缺损", "71大类有多少个专业类"])
def test_questions_about_something_else_are_left_to_others(asker: Asker, question: str) -> None:
    assert not asker.ask(question).answer.startswith(("代码以", "目录的专业类一共", "目录里标题行"))


def test_a_follow_up_asks_for_other_rows_or_for_the_proof(asker: Asker) -> None:
    assert "6501水文水资源类" in asker.ask("那空的呢", ["哪些专业类缺页"]).answer
    assert "出处：" in asker.ask("依据在哪一行", ["哪些行是空的"]).answer
