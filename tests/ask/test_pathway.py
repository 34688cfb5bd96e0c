"""Zhejiang's rules: years, awards, the way back, education, what is not required."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("技师要满几年才能报中级职称？", "na", "3年"),
        ("技师干了2年能报中级职称吗", "no", "还差1年"),
        ("高级技师做了四年了，够副高的年限了吗", "yes", "4年"),
        ("高级工能不能直接评中级职称？", "no", "能申报中级职称的是技师"),
        ("高级技师能报中级职称吗？", "unknown", "副高级"),
        ("特级技师要干几年才能评正高级", "na", "没有给特级技师印年限"),
        ("中级工能参加职称评审吗", "no", "具备高级工以上"),
        ("上海的高级技师满几年可以报副高？", "unknown", "浙江"),
    ],
)
def test_years_lead_from_a_grade_to_a_title(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("pathway", verdict)
    assert text in answer.answer.replace("**", "")


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("世赛铜牌可以直接评正高吗", "no", "副高级"),
        ("世界技能大赛获奖能直接报什么？", "na", "世界技能大赛优胜奖获得者"),
        ("全国职业院校技能大赛金牌能直接报正高吗", "unknown", "没有印"),
        ("省技术能手能直接报副高吗？", "no", "中级"),
        ("哪些人可以直接申报正高级职称（浙江）？", "na", "浙江大工匠"),
    ],
)
def test_awards_lead_to_a_title_directly(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("pathway", verdict)
    assert text in answer.answer.replace("**", "")


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("助理工程师可以申请技师的技能评价吗？", "no", "高级工"),
        ("讲师职称可以参加哪一级的职业技能评价？", "na", "技师"),
        ("副教授可以申请高级技师吗？", "yes", "高级技师"),
        ("技术员可以申请高级工评价吗？", "no", "助理级以上"),
        ("正高级工程师能直接考首席技师吗？", "no", "特级技师"),
        ("想申请特级技师的技能评价，要有什么职称？", "na", "正高级"),
    ],
)
def test_titles_lead_back_to_a_grade(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("pathway", verdict)
    assert text in answer.answer.replace("**", "")


@pytest.mark.parametrize(
    ("history", "question", "verdict", "text"),
    [
        ("世界技能大赛金牌可以直接申报什么职称？", "银牌和铜牌呢", "na", "世界技能大赛铜牌获得者"),
        ("技师干了2年能评中级吗？", "那4年呢？", "yes", "年限够了"),
        ("工程师可以申请技师评价吗？", "助理工程师呢？", "no", "高级工"),
        ("省技术能手能直接报副高吗？", "那全国的呢？", "yes", "全国技术能手"),
        ("技师满几年可以评中级？", "副高呢？", "no", "高级技师"),
    ],
)
def test_a_follow_up_keeps_what_it_leaves_out(asker: Asker, history: str, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question, [history])
    assert (answer.kind, answer.verdict) == ("pathway", verdict)
    assert text in answer.answer.replace("**", "")


def test_a_thesis_is_not_required_whichever_way_it_is_asked(asker: Asker) -> None:
    assert asker.ask("技师报职称要不要发论文？").verdict == "no"
    assert asker.ask("不发论文能评副高吗（高级技师）").verdict == "yes"


def test_a_major_category_is_no_question_of_this_kind(asker: Asker) -> None:
    assert asker.ask("电工技师在6602算高级吗").kind == "recognition"
