"""Annexes 5 and 6: who may assess what at which grade."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("车工上海谁能评价？", "na", "车工(数控车工)"),
        ("上海市眼镜行业协会可不可以做眼镜定配工二级的认定？", "no", "三级"),
        ("上海市眼镜行业协会能做眼镜验光师一级吗", "yes", "眼镜验光师"),
        ("上海航天技术研究院能评电工吗", "no", "没有电工"),
        ("S000031300013是哪家评价机构", "na", "上海市餐饮烹饪行业协会"),
        ("上海市网购商会的主管部门是谁，能评什么", "na", "上海市商务委员会"),
        ("裁缝二级能在上海纺织工业职工大学认定吗", "no", "四级"),
        ("茶艺师二级上海有机构能认定吗", "no", "上海市茶叶学会"),
        ("家务服务员谁能评", "na", "上海市家庭服务业行业协会"),
        ("人工智能数据标注的专项职业能力，上海谁来考核？", "na", "上海库帕思科技有限公司"),
        ("附件6社会化职业技能等级认定的机构有多少家", "na", "55"),
        ("上海市总工会能不能做养老护理员认定", "unknown", "没有列出"),
    ],
)
def test_annexes_5_and_6_answer(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("evaluator", verdict)
    assert text in answer.answer


def test_follow_ups_change_the_grade_or_the_occupation(asker: Asker) -> None:
    assert asker.ask("那一级呢", ["上海中福会养老院能不能做养老护理员三级的认定？"]).verdict == "no"
    assert asker.ask("那评茶员呢", ["上海市茶叶行业协会能评茶艺师吗"]).verdict == "yes"
