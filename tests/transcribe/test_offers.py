"""Annexes 5 and 6 of the Shanghai document: who may assess what."""

from pathlib import Path

import pytest

from kg.transcribe import offers as module
from kg.transcribe.document import Document, DocumentError, read_document
from kg.transcribe.offers import SKILL, SOCIAL, SPECIAL, offers

LINES = (
    "### 附件 5：遴选通过的社会培训评价组织及评价项目名单",
    "",
    "序号\t机构名称\t主管部门\t职业（工种）\t等级",
    "<b>新增评价机构及项目</b>\t\t\t\t",
    "1\t上海区块链技术协会\t上海市科学技术协会\t区块链应用操作员\t3",
    "2\t上海市网购商会\t上海市商务委员会\t互联网营销师(视频创推员)\t5、4、3",
    "",
    "### 附件 6：2025 年上海市社会化职业技能等级认定及专项职业能力考核目录",
    "",
    "一、社会化职业技能等级认定\t\t\t\t\t\t",
    "编号\t评价机构名称\t机构备案号\t序号\t职业编码\t职业(工种)\t等级",
    "1\t上海航天技术研究院\tS000031100001\t1\t6-18-01-01\t车工\t5",
    "",
    "\t\t\t2\t6-18-01-01\t车工(普通车工)\t4、3、2、1",
    "2\t上海市高级技工学校\tS000031600003\t1\t6-31-01-02\t机修钳工\t5、4、3、2、1",
    "",
    "二、专项职业能力考核\t\t\t\t\t\t",
    "编号\t评价机构名称\t机构备案号\t序号\t编码\t评价项目\t项目类型",
    "1\t上海库帕思科技有限 公司\tS000031200057\t1\t4-04-05-21\t人工智能数据标注\t专项职业能力",
    "",
    "### 附件 7：教育部 1+X 证书目录",
)


def document(changed: dict[int, str] | None = None) -> Document:
    """The lines above, some of them (by number) changed."""
    return Document("shanghai-shuangshi-2025", tuple((changed or {}).get(number, line) for number, line in enumerate(LINES, 1)))


@pytest.fixture(name="excerpt")
def _excerpt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The excerpt has fewer organisations than the document, and none of its corrections."""
    monkeypatch.setattr(module, "ORGANIZATIONS", {SOCIAL: 2, SKILL: 2, SPECIAL: 1})
    monkeypatch.setattr(module, "corrections", lambda name: [])


@pytest.mark.usefixtures("excerpt")
def test_an_organisation_is_carried_over_a_page_break() -> None:
    second = offers(document())[3]
    assert (second["organization"], second["record_number"], second["number"], second["line"]) == ("上海航天技术研究院", "S000031100001", "2", "14")
    assert (second["status"], second["reason"]) == ("repaired", "organization: merged cell printed on line 12")


@pytest.mark.usefixtures("excerpt")
def test_occupation_work_type_and_grades_are_told_apart() -> None:
    found = offers(document())
    assert [(each["occupation"], each["work_type"], each["grades"]) for each in found[1:4]] == [
        ("互联网营销师", "视频创推员", "5|4|3"),
        ("车工", "", "5"),
        ("车工", "普通车工", "4|3|2|1"),
    ]


@pytest.mark.usefixtures("excerpt")
def test_a_special_skill_has_no_grades_and_its_organisation_is_re_spaced() -> None:
    special = offers(document())[-1]
    assert (special["kind"], special["organization"], special["grades"], special["status"]) == (SPECIAL, "上海库帕思科技有限公司", "", "repaired")


@pytest.mark.usefixtures("excerpt")
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({1: "### 附件 5：机构名单"}, "no line from 1 on says"),
        ({3: "序号\t机构名称\t职业（工种）\t主管部门\t等级"}, "line 3: the table 社会培训评价组织 should begin"),
        ({5: "1\t上海区块链技术协会\t\t区块链应用操作员\t3"}, "line 5: a row of annex 5 should print"),
        ({6: ""}, "should number its organisations 1 to 2; at 2 it goes on otherwise"),
        ({6: "2\t上海市网购商会\t上海市商务委员会\t互联网营销师\t三级"}, "line 6: grades should read as"),
        ({12: "\t\t\t1\t6-18-01-01\t车工\t5"}, "line 12: a row of annex 6 .* before the first organisation"),
        ({12: "1\t上海航天技术研究院\t\t1\t6-18-01-01\t车工\t5"}, "line 12: annex 6 should print"),
        ({14: "\t\t\t3\t6-18-01-01\t车工(普通车工)\t4、3、2、1"}, "line 14: .* expected number 2, found “3”"),
        ({14: "\t\t\t2\t6-18-01\t车工(普通车工)\t4、3、2、1"}, "line 14: “6-18-01” is not a code"),
        ({19: "1\t上海库帕思科技有限 公司\tS000031200057\t1\t4-04-05-21\t人工智能数据标注\t5"}, "line 19: the type should be"),
    ],
)
def test_changed_annexes_are_refused(changed: dict[int, str], message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        offers(document(changed))


def test_the_whole_annexes_are_transcribed(documents: Path) -> None:
    found = offers(read_document(documents, "shanghai-shuangshi-2025"))
    assert [sum(each["kind"] == kind for each in found) for kind in (SOCIAL, SKILL, SPECIAL)] == [6, 112, 2]
    by_line = {each["line"]: each for each in found}
    assert by_line["1664"]["organization"] == "上海市餐饮烹饪行业协会"
    assert by_line["1664"]["grades"] == "5|4|3|2|1"
    assert by_line["1735"]["name"] == "养老护理员"
    assert by_line["1735"]["grades"] == "5|4|3"
    assert by_line["1619"]["supervisor"] == "上海市经济和信息化委员会"
    assert by_line["1619"]["organization"] == "上海纺织工业职工大学(上海纺织干部学校)"
    assert by_line["1744"]["organization"] == "上海库帕思科技有限公司"
    assert (by_line["1727"]["name"], by_line["1727"]["occupation"], by_line["1727"]["work_type"]) == (
        "网络与信息安全管理(网络安全管理)",
        "网络与信息安全管理员",
        "网络安全管理员",
    )
    assert [each["line"] for each in found if each["status"] == "uncertain"] == ["1709"]
