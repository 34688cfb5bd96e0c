"""Follow-ups: what a turn takes over from the turn before, and when it changes the subject."""

import pytest

from kg.ask import Asker


def test_the_first_turn_takes_over_nothing(asker: Asker) -> None:
    assert asker.understand("HCIP在7102中级认不认").inherited == ()


@pytest.mark.parametrize("question", ["为什么？", "依据呢", "why?", "依据是什么？"])
def test_a_question_for_the_proof_repeats_the_turn_before(asker: Asker, question: str) -> None:
    request = asker.understand(question, ["HCIP在7102中级认不认"])
    assert request.inherited == ("everything",)
    assert request.asks_proof
    assert [mention.label for mention in request.mentions] == ["HCIP"]


@pytest.mark.parametrize(
    ("history", "question", "inherited"),
    [
        ("HCIP在7102中级认不认", "那高级呢？", {"kind", "mentions", "categories"}),
        ("HCIP在7102中级认不认", "HCIE呢？", {"kind", "categories", "tiers", "ranks"}),
        ("HCIP在7102中级认不认", "中国翻译协会在附件4里吗？", set()),
        ("电工技师在南通补贴多少", "三级的呢", {"kind", "mentions"}),
    ],
)
def test_what_a_turn_leaves_out_is_taken_over(asker: Asker, history: str, question: str, inherited: set[str]) -> None:
    assert set(asker.understand(question, [history]).inherited) == inherited


def test_another_level_in_the_name_is_another_certificate(asker: Asker) -> None:
    request = asker.understand("二级的呢", ["一级建造师在6405高级认不认"])
    assert [mention.label for mention in request.mentions] == ["二级建造师"]


def test_what_was_said_long_ago_is_forgotten(asker: Asker) -> None:
    history = ["HCIP在7102中级认不认", *["中国翻译协会在附件4里吗？"] * 6]
    assert asker.understand("那高级呢？", history).categories == ()


def test_nobody_gets_the_history_of_another(asker: Asker) -> None:
    asker.ask("HCIP在7102中级认不认")
    assert asker.understand("那高级呢？").mentions == ()


def test_another_subject_leaves_the_category_behind(asker: Asker) -> None:
    history = ["HCIP在7102中级认不认？", "另外，电工技师南通补贴多少"]
    assert "4300" in asker.ask("那高级技师呢", history).answer


@pytest.mark.parametrize("question", ["谢谢", "好的", "thanks!"])
def test_thanks_repeat_nothing(asker: Asker, question: str) -> None:
    answer = asker.ask(question, ["HCIP在7102中级认不认？"])
    assert answer.verdict == "out_of_scope"
    assert not answer.citations


def test_an_english_follow_up_is_answered_in_english(asker: Asker) -> None:
    assert asker.ask("what about 高级?", ["Does HCIP count for 7102 中级?"]).answer.startswith("**No**")


@pytest.mark.parametrize("question", ["你确定吗", "真的吗？", "are you sure?"])
def test_doubt_is_met_with_the_place(asker: Asker, question: str) -> None:
    answer = asker.ask(question, ["HCIP在7103中级认不认？"])
    assert answer.verdict == "yes"
    assert "462" in answer.answer
