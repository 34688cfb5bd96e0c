"""Annex 7: issuers and batches; annex 9: overseas classes."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("直播电商职业技能等级证书的评价组织是哪家？第几批", "na", "南京奥派信息产业股份公司"),
        ("传感网应用开发是1+X第三批吗", "no", "第二批"),
        ("智能财税1+X的发证单位是国家电网有限公司吗", "no", "中联集团教育科技有限公司"),
        ("阿里巴巴有没有出过1+X证书", "yes", "云计算开发与运维"),
        ("小米公司发过1+X证书吗", "no", "447"),
        ("百度出过哪些1+X证书", "na", "数据营销"),
        ("1+X第二批有几个证书", "na", "10"),
        ("第五批1+X有哪些", "na", "没有第五批"),
        ("附件7第100号是什么证书", "na", "测绘地理信息数据获取与处理"),
    ],
)
def test_annex_7_answers(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("issuer", verdict)
    assert text in answer.answer


@pytest.mark.parametrize(
    ("question", "verdict", "classes"),
    [
        ("FCCA在境外清单里属于哪几类", "na", "A类、B类、C类"),
        ("ACCA普通会员能进境外证书清单的B类吗", "no", "A类、D类"),
        ("只是ACCA普通会员，还没到FCCA，在上海境外证书清单里能进哪几类？", "na", "A类、D类"),
        ("IEEE资深会员在B类吗", "no", "A类"),
        ("MRICS在附件9进哪几类", "na", "A类、C类、D类"),
        ("香港测量师学会MHKIS在哪类", "na", "A类、C类"),
    ],
)
def test_annex_9_keeps_members_and_fellows_apart(asker: Asker, question: str, verdict: str, classes: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("issuer", verdict)
    assert f"的{classes}，发证机构" in answer.answer


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("持CMA才5年，能按境外清单B类算吗", "no"),
        ("持CMA证满12年了，能不能按境外证书B类？", "yes"),
        ("CMA要进境外清单A类，需要持证10年吗", "no"),
        ("CMA进B类要什么条件", "na"),
    ],
)
def test_a_condition_of_years_is_weighed(asker: Asker, question: str, verdict: str) -> None:
    answer = asker.ask(question)
    assert answer.verdict == verdict
    assert "10年以上" in answer.answer


def test_a_qualification_that_the_list_lacks_is_not_in_it(asker: Asker) -> None:
    assert asker.ask("PMP在附件9的境外证书清单里吗").verdict == "no"
