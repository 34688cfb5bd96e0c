"""Annex 4: listed or not, which list, number, supervising body, head unit."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("中国足球协会在不在附件4？主管单位是谁", "yes", "体育总局"),
        ("中国室内装饰协汇是附件4里的吗", "yes", "中国室内装饰协会"),
        ("中國電力企業聯合會在附件4嗎", "yes", "884"),
        ("Is 中国烹饪协会 listed in annex 4?", "yes", "643"),
        ("中国健康管理协会主管单位是卫健委吗", "no", "民政部"),
        ("中国内部审计协会是不是双重管理？", "no", "脱钩"),
        ("中国饭店协会属于双重管理还是脱钩名单", "na", "脱钩"),
        ("财政部主管的协会有哪些", "na", "中国资产评估协会"),
        ("双重管理名单里有几家协会", "na", "176"),
        ("附件4第130号是哪个协会", "na", "中国翻译协会"),
        ("中国机电产品进出口商会牵头的协会有多少家", "na", "28"),
    ],
)
def test_annex_4_answers_with_its_own_words(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("association", verdict)
    assert text in answer.answer
    assert answer.citations


@pytest.mark.parametrize(
    "name", ["上海市软件行业协会", "中国焊接学会", "中国跳绳协会", "中国物流协会", "清华大学", "中国足球协会裁判委员会", "浦东新区物流协会"]
)
def test_a_near_or_local_name_is_not_listed(asker: Asker, name: str) -> None:
    assert asker.ask(f"{name}在附件4里吗").verdict == "no"


def test_a_name_printed_twice_has_both_entries(asker: Asker) -> None:
    answer = asker.ask("中国注册会计师协会在附件4是第几号")
    assert "第22号" in answer.answer
    assert "第323号" in answer.answer


def test_a_follow_up_keeps_what_was_asked(asker: Asker) -> None:
    assert "交通运输部" in asker.ask("中国快递协会呢？", ["中国篮球协会归哪个部门主管？"]).answer


def test_what_an_association_issues_is_not_answered_by_its_being_listed(asker: Asker) -> None:
    assert asker.ask("中国软件行业协会颁发的证书上海认不认").verdict != "yes"


def test_a_merged_cell_that_is_doubtful_is_said_to_be(asker: Asker) -> None:
    assert "存疑" in asker.ask("中非民间商会的主管单位是哪个").answer


def test_a_name_that_lacks_a_character_is_asked_back(asker: Asker) -> None:
    answer = asker.ask("中国工业协会在附件4里吗")
    assert answer.verdict == "clarify"
    assert "中国膜工业协会" in answer.answer
