"""Annex 8: the national qualification list."""

from collections import Counter
from pathlib import Path

import pytest

from kg.transcribe.document import Document, DocumentError, read_document
from kg.transcribe.qualifications import printed_rows, qualifications

HEADING = "### 附件 8：国家职业资格目录（2021 年版）"
END = "### 附件9：上海市境外职业资格证书认可清单"
PART_1 = "一、专业技术人员职业资格\t\t\t\t\t"
HEADER_1 = "序号\t职业资格名称\t实施部门（单位）\t资格类别\t设定依据\t"
PART_2 = "二、技能人员职业资格\t\t\t\t\t\t"
HEADER_2 = "序号\t职业资格名称\t\t实施部门（单位）\t资格类别\t设定依据\t备注"
TEACHER = "1\t教师资格\t教育部\t准入类\t《中华人民共和国教师法》 《〈教师资格条例〉实施办法》（教育部令 2000 年第 10 号）\t"
INSPECTOR = "7\t核安全设备无损检验人员资格\t民用核安全设备无损检验人员\t生态环境部\t准入类\t《民用核安全设备监督管理条例》"
INSPECTOR_2 = "\t\t国防科技工业军用核安全设备无损检验人员\t国防科工局\t准入类\t《中华人民共和国核安全法》"
APPRAISER = "12\t房地产估价师\t\t住房和城乡建设部 自然资源部\t准入类\t《中华人民共和国城市房地产管理法》"
FIREMAN = "3\t消防和应急救援人员\t消防员\t消防行业技能鉴定机构\t水平评价类\t《关于印发灭火救援员国家职业技能标准的通知》\t涉及安全，根据2019年12月30"
FOREST = "\t\t森林消防员\t应急管理部、国家林业和草原局\t\t《关于印发第十二批房地产策划师等 54 个国家职业标准的通知》\t日国务院常务会议精神"


def excerpt(*lines: str, part: str = PART_1, header: str = HEADER_1) -> Document:
    return Document("shanghai-shuangshi-2025", (HEADING, "", part, header, *lines, "", END))


def test_a_row_under_its_header_is_exact() -> None:
    row = printed_rows(excerpt(TEACHER))[0]
    assert (row["number"], row["name"], row["subitem"], row["departments"], row["class"]) == ("1", "教师资格", "", "教育部", "准入类")
    assert (row["line"], row["status"], row["reason"]) == ("5", "exact", "")


def test_a_subitem_in_the_department_column_is_recognised_by_the_class() -> None:
    first, second = printed_rows(excerpt(INSPECTOR, INSPECTOR_2))
    assert (first["name"], first["subitem"]) == ("核安全设备无损检验人员资格", "民用核安全设备无损检验人员")
    assert (second["number"], second["name"], second["subitem"]) == ("7", first["name"], "国防科技工业军用核安全设备无损检验人员")
    assert (first["departments"], second["departments"]) == ("生态环境部", "国防科工局")
    assert first["status"] == second["status"] == "repaired"
    assert "printed on line 5" in second["reason"]


def test_an_extra_empty_column_is_skipped() -> None:
    row = printed_rows(excerpt(APPRAISER))[0]
    assert (row["subitem"], row["departments"], row["status"]) == ("", "住房和城乡建设部 自然资源部", "repaired")


def test_a_subitem_may_leave_its_class_to_a_merged_cell_and_a_page_may_break() -> None:
    rows = printed_rows(excerpt(FIREMAN, "", FOREST, part=PART_2, header=HEADER_2))
    assert [(row["subitem"], row["class"]) for row in rows] == [("消防员", "水平评价类"), ("森林消防员", "")]
    assert rows[0]["remarks"] == "涉及安全，根据2019年12月30"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1\t教师资格\t教育部\t准人类\t《中华人民共和国教师法》\t", "line 5: expected a row of annex 8"),
        ("1\t教师资格\t教育部\t\t《中华人民共和国教师法》\t", "line 5: expected a row of annex 8"),
        ("一\t教师资格\t教育部\t准入类\t《中华人民共和国教师法》\t", "line 5: expected a number"),
        ("1\t教师资格\t准入类\t《中华人民共和国教师法》\t", "line 5: cannot tell the columns"),
        (INSPECTOR_2, "line 5: expected a sub-item"),
        ("国家职业资格目录", "line 5: expected a row of annex 8"),
        ("三、其他职业资格", "line 5: annex 8 has no part"),
    ],
)
def test_a_line_that_cannot_be_placed_is_refused_with_its_number(line: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        printed_rows(excerpt(line))


def test_a_row_before_its_header_is_refused() -> None:
    with pytest.raises(DocumentError, match="line 4: a row of annex 8 before"):
        printed_rows(Document("d", (HEADING, "", PART_1, TEACHER, END)))


def test_a_header_without_class_is_refused() -> None:
    with pytest.raises(DocumentError, match="line 4: annex 8's header"):
        printed_rows(excerpt(TEACHER, header="序号\t职业资格名称\t实施部门（单位）\t类别\t设定依据\t"))


def test_a_missing_number_is_named() -> None:
    with pytest.raises(DocumentError, match="专业技术人员职业资格 has no number 2"):
        qualifications(excerpt(TEACHER, INSPECTOR, INSPECTOR_2))


def test_a_changed_heading_is_named() -> None:
    with pytest.raises(DocumentError, match="附件 8"):
        printed_rows(Document("d", ("### 附件 8：职业资格清单", END)))


def test_the_whole_annex(documents: Path) -> None:
    records = qualifications(read_document(documents, "shanghai-shuangshi-2025"))
    assert len(records) == 95
    assert Counter(each["status"] for each in records) == {"exact": 54, "repaired": 39, "uncertain": 2}
    # The official list counts 33 and 26 qualifications of technical personnel.
    numbers = {(each["number"], each["class"]) for each in records if each["part"] == "专业技术人员职业资格"}
    assert [sum(kind == each[1] for each in numbers) for kind in ("准入类", "水平评价类")] == [33, 26]
    assert all(each["class"] and each["departments"] and each["basis"] for each in records)
    assert all("opened" not in each for each in records)
    by_line = {each["line"]: each for each in records}
    assert by_line["2212"]["basis"] == "《中华人民共和国教师法》|《教师资格条例》|《〈教师资格条例〉实施办法》（教育部令2000年第10号）"
    assert by_line["2216"]["departments"] == "自然资源部|人力资源社会保障部|相关行业协会"
    assert by_line["2294"]["class"] == "水平评价类"
    assert by_line["2315"]["name"] == "家畜繁殖员"


def test_item_15_goes_on_after_the_page_break_and_prints_no_sub_item_that_the_list_lost(documents: Path) -> None:
    annex = qualifications(read_document(documents, "shanghai-shuangshi-2025"))
    records = [each for each in annex if each["name"] == "勘察设计注册工程师"]
    names = ["结构", "土木", "化工", "电气", "公用设备", "环保"]
    assert [each["subitem"] for each in records] == [f"注册{name}工程师" for name in names]
    assert {each["class"] for each in records} == {"准入类"}
    assert records[3]["departments"] == "住房和城乡建设部|人力资源社会保障部"
    assert "printed on line 2231" in records[3]["reason"]


def test_the_cut_remark_is_joined_for_its_three_rows_and_the_instructors_remark_stands_with_them(documents: Path) -> None:
    by_line = {each["line"]: each for each in qualifications(read_document(documents, "shanghai-shuangshi-2025"))}
    remarks = "涉及安全，根据2019年12月30日国务院常务会议精神,拟依法调整为准入类职业资格。"
    assert [by_line[line]["remarks"] for line in ("2295", "2297", "2298", "2299")] == [remarks, remarks, remarks, ""]
    assert [by_line[line]["class"] for line in ("2295", "2297", "2298")] == ["水平评价类"] * 3
    assert by_line["2295"]["text"].endswith("拟依法调整为准入类职业资格。")
    assert by_line["2300"]["remarks"] == ""
    assert "社会体育指导员" in by_line["2301"]["remarks"]
    assert by_line["2300"]["status"] == by_line["2301"]["status"] == "uncertain"
