"""Questions as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ask.text import MAX_LENGTH, QuestionError, clean, language, normalize


@pytest.mark.parametrize("question", ["", "   ", "\u200b\u202e", "\n\t"])
def test_an_empty_question_is_refused_with_an_example(question: str) -> None:
    with pytest.raises(QuestionError, match="HCIP"):
        clean(question)


def test_an_over_long_question_is_refused_with_the_limit() -> None:
    with pytest.raises(QuestionError, match=str(MAX_LENGTH)):
        clean("电" * (MAX_LENGTH + 1))
    assert clean("电" * MAX_LENGTH)


@pytest.mark.parametrize("question", [None, 5, b"x", ["a"]])
def test_what_is_not_text_is_refused(question: object) -> None:
    with pytest.raises(QuestionError, match="text"):
        clean(question)


def test_control_and_direction_characters_leave_a_question() -> None:
    assert clean("电\u0000工\u202e证") == "电工证"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("华为ＨＣＩＰ　７１０３　中级", "华为hcip 7103中级"),
        ("華為認證", "华为认证"),
        ("HCIP  datacom", "hcip datacom"),
        ("【BIM】职业技能", "(bim)职业技能"),
    ],
)
def test_width_script_and_case_are_made_one(typed: str, normal: str) -> None:
    assert normalize(typed) == normal


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("does 华为HCIP count for 7102 中级?", "en"),
        ("一建能对应什么职称？", "zh"),
        ("7103", "zh"),
        ("HCIP", "zh"),
        ("list the 1+X certificates for 7104 初级", "en"),
        ("已有工程师职称, can I apply for 技师 in my own 工种?", "en"),
        ("CFA呢？", "zh"),
        ("Who supervises 中国物流与采购联合会?", "en"),
        ("Is HCIP能不能认", "zh"),
    ],
)
def test_the_language_is_that_of_the_sentence_not_of_the_names(question: str, expected: str) -> None:
    assert language(question) == expected


@given(st.text(max_size=300))
def test_any_text_is_cleaned_or_refused(text: str) -> None:
    try:
        cleaned = clean(text)
    except QuestionError:
        return
    assert normalize(cleaned) == normalize(normalize(cleaned))
