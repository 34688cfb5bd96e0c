"""Annexes 1 to 3 of the Shanghai document."""

from pathlib import Path

import pytest

from kg.transcribe.awards import awards, bodies, competitions
from kg.transcribe.document import Document, DocumentError, read_document

LINES = (
    "### 附件 1：教学技能比赛、教学成果奖、高技能人才称号、科技或发明奖项目录",
    "",
    "教学技能比赛、教学成果奖\t高技能人才称号\t本专业相关科技或发明奖项\t",
    "\t\t省部级（直辖市）\t国家技术发明奖",
    "上海市教学成果奖\t上海市杰出技术能手\t上海市科技进步奖\t国家科学技术进步奖",
    "上海高校青年教师教学竞赛\t\t\t全国创新争先奖",
    "",
    "### 附件 2：：比赛主办单位为行政机构名单",
    "",
    "序号\t行政机构",
    "1\t中华人民共和国教育部",
    "2\t中华人民共和国人力资源和社会保障部",
    "3\t中华人民共和国工业和信息化部",
    "4\t上海市人力资源和社会保障局",
    "5\t上海市教育委员会",
    "6\t上海市经济和信息化委员会",
    "",
    "### 附件 3：制定比赛名单",
    "",
    "序号\t制定类型\t举例",
    "1\t一带一路\t“一带一路”国际技能大赛",
    "2\t金砖\t金砖国家职业技能大赛",
    "3\t乡村振兴\t全国乡村振兴职业技能大赛",
    "",
    "### 附件 4：：比赛主办单位为全国性行业协会商会参考名单",
)


def document(changed: dict[int, str] | None = None) -> Document:
    """The lines above, some of them (by number) changed."""
    return Document("shanghai-shuangshi-2025", tuple((changed or {}).get(number, line) for number, line in enumerate(LINES, 1)))


def test_awards_take_kind_and_level_from_their_column() -> None:
    found = {each["name"]: each for each in awards(document())}
    assert len(found) == 7
    assert found["上海市杰出技术能手"]["kind"] == "高技能人才称号"
    assert found["上海市杰出技术能手"]["scope"] == ""
    assert found["上海市科技进步奖"]["scope"] == "省部级（直辖市）"
    assert found["上海市科技进步奖"]["status"] == "exact"
    assert found["国家技术发明奖"]["scope"] == "国家级"
    assert found["国家技术发明奖"]["status"] == "repaired"
    assert found["国家技术发明奖"]["line"] == "4"


def test_the_small_tables_are_read_in_order() -> None:
    assert [each["name"] for each in bodies(document())][4:] == ["上海市教育委员会", "上海市经济和信息化委员会"]
    assert [(each["kind"], each["example"]) for each in competitions(document())][1] == ("金砖", "金砖国家职业技能大赛")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({1: "### 附件 1：奖项"}, "no line from 1 on says"),
        ({3: "教学技能比赛\t称号\t奖项\t"}, "line 3: annex 1 should begin"),
        ({4: "\t\t国家级\t国家技术发明奖"}, "line 4: annex 1 should print"),
        ({5: "一\t二\t三\t四\t五"}, "line 5: a row of annex 1 has 4 cells at most"),
    ],
)
def test_a_changed_annex_1_is_refused(changed: dict[int, str], message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        awards(document(changed))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({10: "序号\t机构"}, "line 10: annex 2 should begin"),
        ({12: ""}, "annex 2 has no number 2"),
        ({12: "3\t中华人民共和国人力资源和社会保障部"}, "annex 2 has number 3 twice"),
        ({12: "中华人民共和国人力资源和社会保障部"}, "line 12: a row of annex 2 should print"),
    ],
)
def test_a_changed_annex_2_is_refused(changed: dict[int, str], message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        bodies(document(changed))


def test_the_whole_annexes_are_transcribed(documents: Path) -> None:
    full = read_document(documents, "shanghai-shuangshi-2025")
    found = awards(full)
    assert [sum(each["kind"] == kind for each in found) for kind in ("教学技能比赛、教学成果奖", "高技能人才称号", "本专业相关科技或发明奖项")] == [7, 6, 19]
    assert sum(each["scope"] == "国家级" for each in found) == 13
    assert len(bodies(full)) == 6
    assert len(competitions(full)) == 3
    assert [each["line"] for each in bodies(full)] == ["672", "673", "674", "675", "676", "677"]
