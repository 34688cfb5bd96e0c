"""Annex 4 of the Shanghai document: associations, supervising bodies, head units."""

import re
from pathlib import Path

import pytest

from kg.transcribe import associations as module
from kg.transcribe.associations import associations, read_associations
from kg.transcribe.document import Document, DocumentError, read_document

LINES = (
    "### 附件 4：：比赛主办单位为全国性行业协会商会参考名单",
    "",
    "一、双重管理全国性行业协会商会参考名单\t\t",
    "序号\t行业协会商会\t业务主管单位",
    "1\t中国电影发行放映协会\t中央宣传部",
    "2\t中国印刷技术协会\t",
    "",
    "二、脱钩全国性行业协会商会参考名单",
    "",
    "序号\t行业协会商会\t原业务主管单位/行业管理部门\t自律服务小组牵头单位",
    "3\t中国对外承包工程商会\t\t中国对外承包工程商会",
    "4\t中国注册会计师协会\t\t\t财政部\t",
    "5\t中国电子信息行业联合会\t工业和信息化部\t\t中国电子信息行业联合会\t",
    "6\t中国道路运输协会\t\t\t交通运输部\t中国道路运输协会",
    "7\t中国地方铁路协会\t\t",
    "",
    "### 附件 5：遴选通过的社会培训评价组织及评价项目名单",
)


def document(changed: dict[int, str] | None = None) -> Document:
    """The lines above, some of them (by number) changed."""
    return Document("shanghai-shuangshi-2025", tuple((changed or {}).get(number, line) for number, line in enumerate(LINES, 1)))


@pytest.fixture(autouse=True)
def seven_rows(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The excerpt has seven rows; the test of the whole annex keeps its 893."""
    if "documents" not in request.fixturenames:
        monkeypatch.setattr(module, "LAST", 7)


def test_the_values_of_the_second_list_are_told_apart_wherever_they_stand() -> None:
    found = {each["number"]: (each["supervisor"], each["head_unit"]) for each in read_associations(document())}
    assert found["1"] == ("中央宣传部", "")
    assert found["3"] == ("", "中国对外承包工程商会")
    assert found["4"] == ("财政部", "")
    assert found["5"] == ("工业和信息化部", "中国电子信息行业联合会")
    assert found["6"] == ("交通运输部", "中国道路运输协会")
    assert found["7"] == ("", "")


def test_each_row_names_its_list() -> None:
    assert [each["list"] for each in read_associations(document())] == ["双重管理"] * 2 + ["脱钩"] * 5


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({3: "一、协会名单"}, "no line from 1 on says"),
        ({4: "序号\t名称\t单位"}, "line 4: the list 双重管理 of annex 4 should begin"),
        ({6: ""}, "annex 4 has no number 2"),
        ({6: "1\t中国印刷技术协会\t"}, "annex 4 has number 1 twice"),
        ({7: "一句没有编号的话"}, "line 7: annex 4 should have a numbered association"),
        ({14: "6\t中国道路运输协会\t\t\t交通运输部\t中国公路运输协会"}, "line 14: “中国公路运输协会” looks like a head unit"),
        ({14: "6\t中国道路运输协会\t商务部\t\t交通运输部\t"}, "line 14: expected a supervising body and a head unit"),
        ({14: "6\t中国道路运输协会\t中国道路运输协会\t\t交通运输部\t"}, "line 14: expected a supervising body and a head unit"),
        ({6: "2\t中国印刷技术协会\t中国印刷技术协会"}, "line 6: expected a supervising body, found"),
        ({16: "中国道路运输协会"}, "line 16: the head unit “中国道路运输协会” stands alone"),
    ],
)
def test_a_changed_annex_4_is_refused(changed: dict[int, str], message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_associations(document(changed))


@pytest.fixture(name="full")
def _full(documents: Path) -> Document:
    return read_document(documents, "shanghai-shuangshi-2025")


def test_the_whole_annex_is_transcribed(full: Document, documents: Path) -> None:
    found = {each["number"]: each for each in associations(full)}
    assert len(found) == 893
    assert sum(each["list"] == "双重管理" for each in found.values()) == 176
    assert all(each["supervisor"] for each in found.values())
    for number, name, supervisor, head_unit, line in (
        ("14", "中国报业协会", "中央宣传部", "", "704"),
        ("22", "中国注册会计师协会", "财政部", "", "712"),
        ("94", "中国排球协会", "体育总局", "", "786"),
        ("130", "中国翻译协会", "中国外文局", "", "822"),
        ("136", "中国棉花协会", "全国供销合作总社", "", "829"),
        ("323", "中国注册会计师协会", "财政部", "中国工程咨询协会", "1023"),
        ("356", "中国软件行业协会", "工业和信息化部", "中国电子信息行业联合会", "1057"),
        ("440", "中国计量协会", "市场监管总局", "中国轻工工艺品进出口商会", "1145"),
        ("560", "中国内部审计协会", "审计署", "中国体育用品业联合会", "1267"),
        ("790", "中国石油体育协会", "体育总局", "中国石油和化学工业联合会", "1502"),
        ("893", "中国企业国有产权交易机构协会", "国务院国资委", "中国企业国有产权交易机构协会", "1608"),
    ):
        row = found[number]
        assert (row["name"], row["supervisor"], row["head_unit"], row["line"]) == (name, supervisor, head_unit, line)


def test_doubtful_borders_are_marked(full: Document, documents: Path) -> None:
    doubtful = {each["number"] for each in associations(full) if each["status"] == "uncertain"}
    assert doubtful == {"140", "141", "146", "423", "473", "474", "528", "629", "630", "889"}


def test_a_head_unit_leads_every_group_it_is_printed_for(full: Document, documents: Path) -> None:
    """But for 中国企业联合会, which is in the first list, each group begins with its own head unit: no range is shifted."""
    groups: dict[str, str] = {}
    for each in associations(full):
        if each["head_unit"]:
            groups.setdefault(each["head_unit"], each["name"])
    assert {head: first for head, first in groups.items() if head != first} == {"中国企业联合会": "中国集团公司促进会"}


def test_a_moved_merged_cell_is_noticed(full: Document, documents: Path) -> None:
    lines = list(full.lines)
    lines[766] = re.sub("体育总局", "", lines[766])
    with pytest.raises(DocumentError, match="line 767: the merged cell “体育总局”"):
        associations(Document(full.id, tuple(lines)))
