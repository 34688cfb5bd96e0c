"""What else would count: the other entries of a row, beside what was named."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("history", "question"),
    [
        ([], "除了HCIP还有什么能算7102中级"),
        ([], "没有HCIP能用什么代替，7102中级"),
        ([], "7102中级，HCIP以外的有吗"),
        (["HCIP在7102中级认不认？"], "还有别的吗"),
        (["HCIP在7102中级认不认？"], "除了HCIP还有什么能算"),
        (["HCIP在7102中级认不认？"], "那我可以考什么"),
        (["HCIP在7102中级认不认？"], "有其他选择吗"),
    ],
)
def test_the_others_of_the_row_are_counted_by_family_without_what_was_named(asker: Asker, history: list[str], question: str) -> None:
    answer = asker.ask(question, history)
    assert (answer.kind, answer.verdict) == ("list", "na")
    assert "除“HCIP”以外" in answer.answer
    assert "1+X证书36项（数出）" in answer.answer
    assert not [item for item in answer.items if "HCIP" in item.label]
    assert len(answer.items) > 100
    assert "有缺损" in answer.answer


def test_english(asker: Asker) -> None:
    answer = asker.ask("what else counts for 7102 中级")
    assert answer.kind == "list"
    assert "other entries (counted)" in answer.answer


def test_without_a_category_it_is_asked_for(asker: Asker) -> None:
    assert asker.ask("除了HCIP还有什么证书能算中级").verdict == "clarify"


def test_a_lost_row_is_unknown(asker: Asker) -> None:
    assert asker.ask("我教6104，还有什么证书可以算中级").verdict == "unknown"


@pytest.mark.parametrize(("question", "tier"), [("那高级呢？", "高级"), ("那初级呢", "初级")])
def test_a_follow_up_changes_the_tier(asker: Asker, question: str, tier: str) -> None:
    answer = asker.ask(question, ["除了HCIP还有什么能算7102中级"])
    assert f"7102 计算机类{tier}还印有" in answer.answer


@pytest.mark.parametrize("question", ["HCIP在7102中级认不认", "7102中级和高级的行业证书分别有哪些", "副教授是什么级别的职称"])
def test_other_questions_are_left_alone(asker: Asker, question: str) -> None:
    assert "还印有" not in asker.ask(question).answer.split("同一栏")[0]


@pytest.mark.parametrize(
    ("history", "question", "without"),
    [
        ([], "7102高级除了职称还有什么", "高级职称"),
        (["7102中级职称有哪些"], "还有别的吗", "中级职称"),
        ([], "7102中级除了华为的证书还有哪些行业证书", "HCIP"),
        ([], "除了工程师还有什么算7102中级职称", "：工程师、"),
    ],
)
def test_families_issuers_and_titles_can_be_left_out(asker: Asker, history: list[str], question: str, without: str) -> None:
    answer = asker.ask(question, history)
    assert "还印有" in answer.answer
    assert without not in answer.answer


def test_more_places_are_no_other_certificates(asker: Asker) -> None:
    assert asker.ask("还有别的吗", ["HCIE能用在哪些专业类？"]).kind == "where"
