"""Annexes 1 to 3: awards, bodies, designated contests."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("上海市教委主办的比赛，主办单位算附件2的行政机构吗", "yes", "上海市教育委员会"),
        ("工信部主办的比赛算附件2的吗", "yes", "工业和信息化部"),
        ("科技部在附件2里吗", "no", "科技部"),
        ("上海市社保局主办的比赛在附件2吗", "no", "社保局"),
        ("教育部和科技部主办的比赛都算附件2的吗", "no", "科技部"),
        ("一带一路国际技能大赛是附件3指定的比赛吗", "yes", "一带一路"),
        ("世界技能大赛是附件3列的比赛吗", "no", "金砖"),
        ("“一带一路”暨金砖国家技能发展与技术创新大赛在附件3吗", "unknown", "按类型"),
        ("国家科学技术进步奖是国家级还是省部级", "na", "国家级"),
        ("上海市自然科学奖是国家级奖项吗", "no", "省部级"),
        ("全国技术能手在附件1里吗", "no", "全国技术能手"),
        ("上海工匠在附件1里属于什么", "na", "高技能人才称号"),
        ("附件1的高技能人才称号有几个", "na", "6项"),
    ],
)
def test_annexes_1_to_3_answer(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("competition", verdict)
    assert text in answer.answer


def test_an_association_as_organiser_is_found_in_annex_4(asker: Asker) -> None:
    answer = asker.ask("中国烹饪协会主办的比赛，主办单位在附件2里吗")
    assert answer.verdict == "no"
    assert "附件4" in answer.answer
    assert asker.ask("中国建筑业协会举办的技能竞赛，主办单位算全国性行业协会吗").verdict == "yes"


def test_a_heading_that_is_not_printed_is_said_not_to_be(asker: Asker) -> None:
    assert "表头" in asker.ask("中国专利奖是哪一级的奖项").answer
