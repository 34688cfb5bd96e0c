"""Claims put up for checking: sizes of lists, and parts that a yes does not judge."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("南通紧缺目录有27个职业对吗", "yes"),
        ("南通紧缺目录有二十七个职业吗", "yes"),
        ("南通紧缺目录有30个职业对吗", "no"),
        ("附件2一共有7家行政机构对吗", "no"),
        ("江苏省目录专项职业能力有123项吗", "yes"),
        ("A类境外证书有111项对吗", "yes"),
        ("附件4有893家协会对吗", "yes"),
        ("附件4有717家协会对吗", "na"),
        ("附件2里上海市的有3家对吗", "na"),
    ],
)
def test_a_claimed_size_is_compared_with_the_counted_one(asker: Asker, question: str, verdict: str) -> None:
    answer = asker.ask(question)
    assert answer.question == question
    assert answer.verdict == verdict
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "船员资格只由交通运输部实施对吗",
        "MRICS只在A类里吗",
        "焊工在江苏目录是第140号对吗",
        "焊工在南通是A类，技师补贴2500元，对吗",
        "中国质量协会在附件4，主管单位是教育部，对吗",
        "幼儿照护是第三批，由济南阳光大姐颁发对吗",
    ],
)
def test_a_part_that_was_not_judged_takes_back_the_yes(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.verdict == "na"
    assert "没有判断的是" in answer.answer
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "焊工在江苏目录是第138号对吗",
        "网约配送员等级是5、4、3对吗",
        "中国质量协会在附件4，主管单位是国务院国资委，对吗",
        "本人仅高中毕业，持有技师证，在浙江能参加职称评审吗",
    ],
)
def test_a_part_that_the_answer_tells_leaves_the_yes(asker: Asker, question: str) -> None:
    assert asker.ask(question).verdict == "yes"
