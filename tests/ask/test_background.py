"""Statements before a question about something else: where they end, and that what is stated is not what is judged."""

import pytest

from kg.ask import Asker
from kg.ask.background import told_and_asked
from kg.ask.text import normalize


@pytest.mark.parametrize(
    ("question", "told", "asked"),
    [
        ("我知道ISO9000内审员可以，那ISO14001内审员呢", "我知道iso9000内审员可以", "那iso14001内审员呢"),
        ("同事的HCIP报7103中级过了，我用CCNA行不行", "同事的hcip报7103中级过了", "我用ccna行不行"),
        ("7103中级认HCIP，认不认JNCIA？", "7103中级认hcip", "认不认jncia?"),
        ("I know HCIP counts for 7103, but does JNCIA count?", "i know hcip counts for 7103", "does jncia count?"),
        ("我已经有HCIP了，那HCIE算高级吗", "我已经有hcip了", "那hcie算高级吗"),
    ],
)
def test_a_statement_is_cut_from_the_question_after_it(question: str, told: str, asked: str) -> None:
    assert told_and_asked(normalize(question)) == (told, asked)


@pytest.mark.parametrize(
    "question",
    [
        "HCIP在7102中级认不认",
        "HCIP能算中级，HCIE能算高级，对吗",
        "想用资产评估师认财务会计类高级，他教了十年书，可以吗",
        "HCIP和HCIE，7103高级哪个可以",
        "HCIP能算中级，HCIE比HCIP高吗",
        "我有HCIP证书，7103中级能算吗",
        "如果HCIP可以，HCIE呢",
    ],
)
def test_a_question_without_a_statement_of_fact_stays_whole(question: str) -> None:
    assert told_and_asked(normalize(question)) is None


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("我知道ISO9000内审员可以，那ISO14001内审员算不算工商管理类中级？", "unknown"),
        ("HCIE能算7103高级，中级能不能也用HCIE", "no"),
        ("二级飞行员在7004能算中级，二级领航员也能算吗", "yes"),
        ("听说HCIP可以，7103中级认吗", "yes"),
    ],
)
def test_only_what_is_asked_is_judged(asker: Asker, question: str, verdict: str) -> None:
    assert asker.ask(question).verdict == verdict


def test_grades_of_an_occupation_are_not_taken_over_by_another_sort_of_certificate(asker: Asker) -> None:
    mentions = asker.understand("HCIP呢", ["电工三级在6602高级认吗"]).mentions
    assert [(mention.label, mention.grades) for mention in mentions] == [("HCIP", ())]


@pytest.mark.parametrize(
    "question",
    [
        "不是HCIP，是JNCIP，7103中级认吗",
        "跟ISO9000内审员类似的ISO14001内审员算7306中级吗",
        "没有ISO9000内审员，只有ISO14001内审员，7306中级认吗",
        "Not HCIP but JNCIP: does it count for 7103 中级?",
        "7306中级要ISO9000内审员，我拿ISO14001内审员行吗",
    ],
)
def test_a_certificate_named_for_comparison_is_not_judged(asker: Asker, question: str) -> None:
    assert asker.ask(question).verdict == "unknown"


@pytest.mark.parametrize(
    ("question", "verdict"), [("HCIP换成HCIE，7103中级能用吗", "no"), ("HCIP证书丢了，7103中级还认吗", "yes"), ("有没有HCIP，7103中级认吗", "yes")]
)
def test_a_certificate_that_is_alone_is_meant_whatever_is_said_of_it(asker: Asker, question: str, verdict: str) -> None:
    assert asker.ask(question).verdict == verdict


@pytest.mark.parametrize(("question", "known"), [("光伏工程师6303中级认吗", "工程师"), ("渠道零售管理师中级7306认吗", "零售管理师")])
def test_a_longer_name_is_not_judged_by_the_name_that_it_ends_with(asker: Asker, question: str, known: str) -> None:
    answer = asker.ask(question)
    assert answer.verdict == "unknown"
    assert answer.answer.startswith("**无法判断**")
    assert f"“{known}”" in answer.answer


def test_a_certificate_named_alike_is_settled_by_no_other(asker: Asker) -> None:
    answer = asker.ask("7304中级收数据分析师中级不，BI分析师中级收不收")
    assert answer.verdict == "na"
    assert "没有找到“bi分析师”" in answer.answer


def test_the_tier_of_a_statement_is_not_taken_for_one_that_is_asked_for(asker: Asker) -> None:
    assert asker.understand("HCIE在7103高级认，HCIP在7103什么级别").tiers == ()


def test_a_certificate_that_the_person_has_not_is_not_said_to_count(asker: Asker) -> None:
    answer = asker.ask("我没有HCIP能评7103中级吗")
    assert answer.verdict == "na"
    assert "没有它" in answer.answer


@pytest.mark.parametrize("question", ["HCIP成绩单7103中级认不认", "HCIP笔试过了7103中级算吗", "软件测试工程师7102中级认吗"])
def test_what_is_not_the_printed_certificate_is_not_judged_as_it(asker: Asker, question: str) -> None:
    assert asker.ask(question).verdict == "unknown"
