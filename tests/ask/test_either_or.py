"""Wordings in which a judgement is easily missed or given where none was asked: either-or, 目录里不, what a rank is called, a name said again."""

import pytest

from kg.ask.asker import Asker


@pytest.mark.parametrize(
    ("question", "kind", "verdict", "said"),
    [
        ("得过钱江技能大奖，是直接报中级还是副高", "pathway", "na", "副高级"),
        ("技师在浙江满四年能报中级还是副高", "pathway", "na", "中级"),
        ("高级技师在浙江能报副高还是不能", "pathway", "yes", "副高级"),
        ("CFA在7302算中级还是高级", "recognition", "na", "对应高级"),
        ("做盆景的（盆景师）在社会培训评价组织遴选目录里不？", "directory", "yes", "第87号"),
        ("盆景师遴选目录里有没", "directory", "yes", "第87号"),
        ("宇航员在遴选目录里不", "directory", "no", "宇航员"),
        ("Is 主任记者 a mid-level (中级) title?", "title_levels", "no", "副高级"),
        ("is 会计师 a mid-level title", "title_levels", "yes", "会计师"),
        ("公证员中级对应的叫法是什么", "title_levels", "na", "三级公证员"),
        ("公证员中级叫什么", "title_levels", "na", "三级公证员"),
        ("打珠算考的证现在还有专业类收吗？是哪个", "where", "na", "7303"),
        ("消防设施检测维修保养那个操作员证，我是二级技师，安全类高级行得通吗", "recognition", "yes", "消防设施操作员-消防设施检测维修保养"),
    ],
)
def test_kind_verdict_and_fact(asker: Asker, question: str, kind: str, verdict: str, said: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == (kind, verdict)
    assert said in answer.answer
