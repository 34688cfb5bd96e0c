"""Nantong's subsidies: class, amount, uplift, lists, notes."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("电工技师在南通补贴多少钱？", "3500元"),
        ("养老护理员技师在南通，按紧缺上浮30%算下来是多少钱？", "2000 × 1.3 = 2600元"),
        ("家政服务员高级工南通紧缺上浮后是多少？", "1800 × 1.3 = 2340元"),
        ("车工技师在南通按紧缺上浮能拿多少？", "没有30%上浮"),
        ("数控车工技师在南通补多少钱", "车工（含工种数控车工）"),
        ("宠物驯导师三级在南通能补多少？", "1500元"),
        ("陪诊师的培训合格证书在南通补贴多少？", "300元"),
        ("扬州炒饭制作的专项职业能力证书补贴多少？", "400元"),
        ("网络创业培训（直播版）补贴多少", "1800元"),
        ("南通职业技能评价补贴三级是多少", "260元"),
        ("项目制培训补贴多少钱？", "同职业技能培训"),
        ("电工技师比高级工多补多少", "3500 − 2000 = 1500元"),
        ("航空器机械维护员高级工在南通补贴多少", "备注第3条按字面"),
    ],
)
def test_an_amount_is_told_with_how_it_was_found(asker: Asker, question: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("subsidy", "na")
    assert text in answer.answer.replace("**", "")
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("电工技师的补贴我已经领过了，回头还能再领电工高级工的吗？", "no"),
        ("已经领过数控车工三级的补贴，还能领普通车工三级的吗？", "no"),
        ("车工技师补贴领了以后还能领车工高级技师的吗", "yes"),
        ("领过电工三级补贴，再考焊工三级还能领吗", "yes"),
        ("Can I claim the 电工 grade 3 subsidy after I already claimed grade 2?", "no"),
    ],
)
def test_only_the_same_or_a_lower_grade_may_not_be_claimed_again(asker: Asker, question: str, verdict: str) -> None:
    answer = asker.ask(question)
    assert answer.verdict == verdict
    assert "获得高等级证书的不得再申领同一职业（不区分工种或方向）同等级或低等级证书补贴" in answer.answer


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("车工在不在南通紧缺目录里？", "no", "江苏省紧缺型目录"),
        ("车工在江苏省紧缺目录附件5里吗？", "yes", "第58号"),
        ("长期照护师在南通紧缺目录里吗", "yes", "健康照护师（长期照护师）"),
        ("育婴员在南通紧缺目录里吗", "yes", "婴幼儿发展引导员"),
        ("区块链工程师在南通紧缺目录里吗", "no", "27"),
    ],
)
def test_the_shortage_lists_are_complete(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("subsidy", verdict)
    assert text in answer.answer


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("工业机器人系统运维员后面那个S是什么意思？", "unknown", "没有说明"),
        ("目录里职业名称后面的*是什么意思", "na", "40%"),
        ("电子商务师线上培训课时能超过40%吗（江苏）", "yes", "带“*”"),
        ("高级工培训最少多少课时，一课时几分钟", "na", "56"),
        ("电工是C类吗，南通", "no", "A类"),
        ("养老护理员技师在上海补贴多少", "unknown", "南通"),
    ],
)
def test_marks_hours_and_classes(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("subsidy", verdict)
    assert text in answer.answer.replace("**", "")


def test_a_follow_up_changes_only_what_it_names(asker: Asker) -> None:
    assert "2000元" in asker.ask("那技师呢？", ["养老护理员高级工在南通补贴多少？"]).answer.replace("**", "")
    assert "3500元" in asker.ask("焊工呢？", ["南通电工技师补贴多少？"]).answer.replace("**", "")
