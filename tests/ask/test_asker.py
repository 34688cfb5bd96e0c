"""The asker: which kinds it tries, that it is warm when it opens, and that threads do not disturb each other."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.ask import Answer, Asker, QuestionError
from kg.ask.asker import candidates, route
from kg.ask.kinds import KINDS
from kg.evaluation import OWN_QUESTIONS
from kg.jsonl import read_lines


@pytest.fixture(scope="module")
def questions() -> list[tuple[str, tuple[str, ...]]]:
    """Questions of every kind, some of them follow-ups."""
    lines = [line for path in sorted(OWN_QUESTIONS.glob("*.jsonl")) for line in read_lines(path, {"question": str})[::6]]
    return [(line["question"], tuple(line.get("history") or ())) for line in lines]


@pytest.mark.parametrize("question", ["", "  ", "\u200b", "电" * 2001])
def test_a_question_that_cannot_be_taken_is_refused(asker: Asker, question: str) -> None:
    with pytest.raises(QuestionError):
        asker.ask(question)


def test_an_empty_turn_of_the_history_is_no_turn(asker: Asker) -> None:
    assert asker.ask("HCIP在7102中级认不认", ["", " "]) == asker.ask("HCIP在7102中级认不认")


def test_the_kinds_that_may_answer_end_with_recognition(asker: Asker) -> None:
    found = list(candidates(asker.understand("中国翻译协会在附件4里吗？")))
    assert found[0] == "association"
    assert found[-1] == "recognition"
    assert set(found) <= set(KINDS)


def test_what_a_question_names_hints_at_its_kind(asker: Asker) -> None:
    assert next(iter(candidates(asker.understand("上海市眼镜行业协会")))) == "evaluator"


def test_a_question_that_no_kind_can_answer_is_refused_kindly(asker: Asker) -> None:
    context = asker.context.fork()
    assert route(asker.understand("今天天气怎么样"), context).verdict == "out_of_scope"


def test_one_question_leaves_nothing_behind_for_the_next(asker: Asker) -> None:
    alone = asker.ask("FRM在7304高级认不认")
    asker.ask("HCIP在7102中级认不认")
    assert asker.ask("FRM在7304高级认不认") == alone
    assert asker.context.trace == []
    assert asker.context.asked == {}


def test_names_and_tables_of_every_kind_are_read_on_opening(build: Path, questions: list[tuple[str, tuple[str, ...]]]) -> None:
    fresh = Asker.open(build)
    before = fresh.context.once.made()
    for question, history in questions:
        fresh.ask(question, history)
    assert {key for key in fresh.context.once.made() - before if key[0] == "spotter"} == set()


def test_threads_get_the_answers_that_each_question_gets_alone(asker: Asker, questions: list[tuple[str, tuple[str, ...]]]) -> None:
    alone = [asker.ask(question, history) for question, history in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda each: asker.ask(*each), questions * 2))
    assert together == alone * 2


def test_an_asker_that_was_just_opened_may_be_used_by_threads_at_once(build: Path) -> None:
    fresh = Asker.open(build)
    with ThreadPoolExecutor(6) as pool:
        answers: list[Answer] = list(pool.map(fresh.ask, ["HCIE能用在哪些专业类？"] * 12))
    assert len(set(answers)) == 1
