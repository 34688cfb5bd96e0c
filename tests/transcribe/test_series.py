"""The table of the Zhejiang document: occupations and title series."""

from pathlib import Path

import pytest

from kg.transcribe.document import Document, DocumentError, read_document
from kg.transcribe.series import read_rows, series

#: Rows 1, 781, 822, 871 and 883 of the document, numbered anew; ⇥ stands for a tab.
TABLE = """\
附件：技能人才职业（工种）与专技人才职称系列对应
关系表

技能人才职业（工种）与专技人才职称系列 对应关系表

序号⇥职业工种⇥对应职称系列
1⇥保卫管理员⇥工程技术或实验技术
2⇥装潢美术设计师⇥工程技术或工艺美术

3⇥首饰设计师⇥工艺美术（工业设计）
4⇥影视置景制作员⇥艺术（舞台技术）
5⇥在技工院校从事教育工作，且具有相应职业资格或职业技能等级的人员⇥技工院校教师

注：本表未列明或新增的技能人员职业（工种），相关系列（专业）职称评审委员会可根据实际予以确定。
""".replace("⇥", "\t")


def excerpt(text: str = TABLE) -> Document:
    """Lines as a document."""
    return Document("zhejiang-pathway-2022", tuple(text.split("\n")))


def test_two_series_joined_by_or_are_two_series() -> None:
    found = read_rows(excerpt(), 5)
    assert [each["series"] for each in found] == ["工程技术|实验技术", "工程技术|工艺美术", "工艺美术", "艺术", "技工院校教师"]


def test_a_bracket_after_the_series_is_the_specialty() -> None:
    assert [each["specialty"] for each in read_rows(excerpt(), 5)] == ["", "", "工业设计", "舞台技术", ""]


def test_an_occupation_that_holds_or_is_not_split() -> None:
    found = read_rows(excerpt(), 5)[4]
    assert found["occupation"] == "在技工院校从事教育工作，且具有相应职业资格或职业技能等级的人员"
    assert (found["line"], found["status"]) == ("12", "exact")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2\t装潢美术设计师\t工程技术或工艺美术\n", "", r"no number 2 \(number 1 stands on line 7\)"),
        ("3\t首饰", "4\t首饰", "number 4 twice"),
        ("工程技术或工艺美术", "工程技术或群艺", "line 8: “工程技术或群艺” is no known series"),
        ("工艺美术（工业设计）", "工艺美术（工业设计", "is no known series"),
        ("2\t装潢美术设计师\t", "2\t装潢美术设计师", "line 8: the table of series expects number, occupation and series"),
        ("序号\t职业工种\t对应职称系列", "序号\t职业\t系列", "序号职业工种对应职称系列"),
        ("技能人才职业（工种）与专技人才职称系列 对应关系表", "", "技能人才职业（工种）与专技人才职称系列对应关系表"),
        ("注：本表未列明", "本表未列明", "注：本表未列明"),
    ],
)
def test_a_damaged_table_is_refused(old: str, new: str, message: str) -> None:
    assert TABLE.count(old) == 1
    with pytest.raises(DocumentError, match=message):
        read_rows(excerpt(TABLE.replace(old, new)), 5)


def test_a_table_that_stops_early_is_refused() -> None:
    with pytest.raises(DocumentError, match="no number 6"):
        series(excerpt())


def test_the_full_table_has_883_rows_and_names_the_doubtful_ones(documents: Path) -> None:
    found = series(read_document(documents, "zhejiang-pathway-2022"))
    assert len(found) == 883
    by_line = {each["line"]: each for each in found}
    assert (by_line["1061"]["occupation"], by_line["1061"]["series"]) == ("讲解员", "群众文化")
    assert (by_line["999"]["occupation"], by_line["999"]["series"], by_line["999"]["specialty"]) == ("首饰设计师", "工艺美术", "工业设计")
    assert [each["line"] for each in found if each["status"] == "uncertain"] == ["390", "411", "543", "567", "780", "893", "904"]
    assert by_line["543"]["occupation"] == "石灰锻烧工"
    assert len({each["occupation"] for each in found}) == 883
