"""The form of a question."""

import pytest

from kg.ask.forms import asks_yes_no, forms, has_form, said
from kg.ask.request import Request
from kg.ask.text import normalize


def request(text: str, *earlier: str) -> Request:
    inherited = ("kind",) if earlier else ()
    return Request(text, normalize(text), "zh", (), earlier=tuple(map(normalize, earlier)), inherited=inherited, carried=" ".join(earlier))


@pytest.mark.parametrize("text", ["一建能对应工程师吗", "一建算不算工程师", "Is 一级演员 a senior title?", "哪些算工程师，一建是不是"])
def test_a_closed_question_wants_yes_or_no(text: str) -> None:
    assert asks_yes_no(request(text)) == (text != "哪些算工程师，一建是不是")


@pytest.mark.parametrize("text", ["一建对应什么职称", "是国家级还是省部级", "一建"])
def test_an_open_question_or_a_choice_does_not(text: str) -> None:
    assert not asks_yes_no(request(text))


def test_a_follow_up_without_a_form_has_that_of_the_turn_before() -> None:
    follow_up = request("那二级演员", "一级演员是正高级职称吗")
    assert asks_yes_no(follow_up)
    assert has_form(follow_up, "yes_no")
    assert forms(request("那二级演员")) == set()
    assert said(follow_up) == "一级演员是正高级职称吗 那二级演员"
