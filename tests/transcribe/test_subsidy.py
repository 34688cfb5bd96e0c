"""Nantong's subsidies: the real lines of the document, good and broken."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from kg.transcribe import subsidy
from kg.transcribe.document import Document, DocumentError, read_document
from kg.transcribe.record import Record, correct, corrections
from kg.transcribe.subsidy import DIRECTORIES, NOTES, SKILL, Annex, Section, read_directory, read_rules, subsidy_directory, subsidy_rates, subsidy_rules

ID = "nantong-subsidy-2025"
GRADES = ("高级技师（一级）、特级技师、首席技师", "技师（二级）", "高级（三级）", "中级（四级）", "初级（五级）")
AMOUNTS = {"A": (4300, 3500, 2000, 1500, 1000), "B": (3500, 2500, 1800, 1200, 800), "C": (3000, 2000, 1500, 1000, 500)}


def skill_rates() -> list[str]:
    """The lines 10 to 85: the amounts by class and grade."""
    lines: list[str] = []
    for letter, amounts in AMOUNTS.items():
        for grade, amount in zip(GRADES, amounts, strict=True):
            first = grade == GRADES[0]
            project = ["\t职业资格证书、", "", "职业技能等级证书"] if first and letter == "A" else ["\t"]
            lines += [*project, f"\t{letter}类" if first else "\t", f"\t{grade}", f"\t{amount}", ""]
    return lines


#: Annex 1, with the blank lines and tabs of the document.
RATES = "\n".join(
    [
        "附件1",
        "",
        "南通市2025年政府补贴性职业技能培训项目",
        "及参保职工技能提升补贴基准",
        *("\t补贴项目", "\t类  别", "\t等  级", "\t补贴基准 (元/人）", ""),
        *skill_rates(),
        *("\t培训合格证书", "\tA类", "\t培训合格证书", "\t1000", "", "\t", "\tB类", "\t", "\t600", "", "\t", "\tC类", "\t", "\t300", ""),
        *("\t专项职业能力证书", "\tA类", "\t专项职业能力证书", "\t800", "", "\t", "\tB类", "\t", "\t600", "", "\t", "\tC类", "\t", "\t400", ""),
        *("\t创业培训", "\t创业意识培训", "", "（A类）", "\tGYB培训合格证书（南通市创业意识考核合格证）", "\t400", ""),
        *("\t", "\t创业能力培训", "", "（B类）", "\tSYB、创业能力+政策+技能综合培训、其他创业能力培训项目培训", "", "合格证书", "\t1200", ""),
        *("\t", "\t创业能力培训", "", "（C类）", "\t网络创业培训、创业实训合格证书", "\t1200", "", "", ""),
        *("\t", "\t", "\t网络创业培训（直播版）合格证书", "\t1800", "", "\t", "\t创业能力", "", "提升培训（D类）", "\tIYB、EYB培训合格证书", "\t1500", ""),
        *("\t其他培训", "\t职工岗前培训", "\t培训合格证书", "\t500", "", "\t", "\t项目制培训", "\t同职业技能培训", ""),
        *("\t", "\t企业新型学徒制", "", "培训", "\t按照企业新型学徒制专项文件执行", ""),
        *("\t职业技能评价补贴", "\t高级技师（一级）", "\t650", "", "\t", "\t技师（二级）", "\t500", "", "\t", "\t高级（三级）", "\t260", ""),
        *("\t", "\t中级（四级）", "\t200", "", "\t", "\t初级（五级）", "\t150", "", ""),
        "备注：1．综合职业（工种）所在的职业大类",
    ]
)

JIANGSU = Annex(
    DIRECTORIES[2].heading, DIRECTORIES[2].title, DIRECTORIES[2].name, DIRECTORIES[2].columns, (Section(SKILL, 3), Section("专项职业能力证书", 2, "ability"))
)
#: Rows of annex 4 as printed (numbers shortened): a row that begins within the block above it, a project printed one character a line.
DIRECTORY = """附件4
江苏省2025年政府补贴性职业技能
培训职业（工种）指导目录
\t补贴项目
\t序号
\t类别
\t职业工种名称（含各职业下全部工种）
\t编  码

\t职业资格证书、职业技能等级证书
\t1
\tA
\t电气设备安装工
\t6-29-03-02
 \t2
\tA
\t工业机器人系统运维员S
\t6-31-07-01

\t职业资格证书、职业技能等级证书
\t3
\tB
\t*建筑信息模型技术员L/S
\t4-08-08-23

\t专
项
职
业
能
力
证
书
\t1
\tA
\t云计算（私有云搭建）
\t100000093

\t
\t2
\tC
\t健康照护（老人）
\t100000069


备注：目录中不带“*”标识的职业"""

SHORTAGE = Annex(DIRECTORIES[1].heading, DIRECTORIES[1].title, DIRECTORIES[1].name, DIRECTORIES[1].columns, (Section("", 2),))
SHORTAGE_LINES = """附件3

南通市2025年高技能人才培训补贴紧缺型
职业（工种）指导目录（第一批）
\t序  号
\t职  业
\t编  码
\t上浮比例

\t1
\t家政服务员
\t4-10-01-06
\t30%

\t2
\t健康照护师（长期照护师）
\t4-14-01-03
\t30%
"""

NOTE_1 = "备注：1．综合职业（工种）所在的职业大类、培训考核成本、培训时长等因素，对目录中的职业（工种）进行分类，其中A类一般为生产制造类，B类一般为生产服务类和办事人员，C类一般为生活服务类。"  # noqa: E501
NOTE_5 = "备注：目录中不带“*”标识的职业（工种）线上培训课时数原则上不高于总课时数的40%，带“*”标识的职业（工种）线上培训课时可高于总课时数的40%。"


def document(text: str) -> Document:
    return Document(ID, tuple(text.split("\n")))


def the(records: list[Record], **fields: str) -> Record:
    """The one record with these values."""
    found = [each for each in records if all(each[field] == value for field, value in fields.items())]
    assert len(found) == 1
    return found[0]


def test_a_rate_takes_project_and_class_from_the_merged_cells_above_it() -> None:
    rate = the(subsidy_rates(document(RATES)), project=SKILL, grades="2", **{"class": "C"})
    assert (rate["label"], rate["amount"], rate["text"], rate["status"]) == ("技师（二级）", "2000", "技师（二级） | 2000", "repaired")
    assert rate["reason"].startswith("merged cell: the project is printed on lines 10 to 12; merged cell: the class is printed on line ")


def test_a_label_that_holds_for_three_classes_is_repeated() -> None:
    rates = [each for each in subsidy_rates(document(RATES)) if each["project"] == "专项职业能力证书"]
    assert [(each["class"], each["label"], each["amount"], each["status"]) for each in rates] == [
        ("A", "专项职业能力证书", "800", "exact"),
        ("B", "专项职业能力证书", "600", "repaired"),
        ("C", "专项职业能力证书", "400", "repaired"),
    ]


def test_a_class_cell_with_words_gives_its_letter_and_a_note() -> None:
    rate = the(subsidy_rates(document(RATES)), amount="1500", note="创业能力提升培训")
    assert (rate["class"], rate["label"]) == ("D", "IYB、EYB培训合格证书")
    live = the(subsidy_rates(document(RATES)), label="网络创业培训（直播版）合格证书")
    assert (live["class"], live["amount"]) == ("C", "1800")


def test_a_rate_that_refers_elsewhere_has_a_note_and_no_amount() -> None:
    rate = the(subsidy_rates(document(RATES)), label="企业新型学徒制培训")
    assert (rate["amount"], rate["note"], rate["project"]) == ("", "按照企业新型学徒制专项文件执行", "其他培训")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\t补贴基准 (元/人）", "\t补贴", "has not the columns"),
        ("及参保职工技能提升补贴基准", "及补贴", "the title should be"),
        ("\tB类\n\t\n\t600\n\n\t\n\tC类\n\t\n\t300\n", "\tE类\n\t\n\t600\n\n\t\n\tC类\n\t\n\t300\n", "“E类” is not one of the classes"),
        ("\t\n\t\n\t技师（二级）\n\t2000\n\n", "", "has the classes and grades"),
        ("\t技师（二级）\n\t2000", "\t技师（二级）\n\t2O00", "“2O00” is not an amount"),
        ("\t技师（二级）\n\t500", "\t技师（二级）\n\t5OO", "“5OO” is not an amount"),
        ("\t技师（二级）\n\t2000", "\t技师（二级）\n第2页\n\t2000", "“技师（二级）第2页” is not a grade"),
        ("\t其他培训\n", "\t其它培训\n", "“其它培训” is not a project"),
        ("\t技师（二级）\n\t2000\n", "\t技师（二级）\n\t2000\n\t2000\n", "has 5 cells"),
        ("备注：", "注：", "begins with “备注：”"),
    ],
)
def test_a_changed_table_of_rates_is_refused(old: str, new: str, message: str) -> None:
    assert old in RATES
    with pytest.raises(DocumentError, match=re.escape(message)):
        subsidy_rates(document(RATES.replace(old, new)))


def test_a_directory_row_loses_its_markers_to_their_own_field() -> None:
    rows = read_directory(document(DIRECTORY), JIANGSU)
    entry = the(rows, code="4-08-08-23")
    assert (entry["name"], entry["marks"], entry["class"], entry["number"], entry["status"]) == ("建筑信息模型技术员", "L/S*", "B", "3", "exact")
    assert entry["text"] == "职业资格证书、职业技能等级证书 | 3 | B | *建筑信息模型技术员L/S | 4-08-08-23"
    assert the(rows, code="6-31-07-01")["marks"] == "S"


def test_a_row_that_begins_within_the_block_above_is_a_row_of_its_own() -> None:
    entry = the(read_directory(document(DIRECTORY), JIANGSU), number="2", project=SKILL)
    assert (entry["name"], entry["line"], entry["reason"]) == ("工业机器人系统运维员", "15", "merged cell: the project is printed on line 10")


def test_a_project_printed_one_character_a_line_is_joined() -> None:
    rows = [each for each in read_directory(document(DIRECTORY), JIANGSU) if each["project"] == "专项职业能力证书"]
    assert [(each["name"], each["qualifier"], each["code"], each["note"]) for each in rows] == [
        ("云计算（私有云搭建）", "", "", "编码：100000093"),
        ("健康照护（老人）", "", "", "编码：100000069"),
    ]
    assert [each["reason"] for each in rows] == ["the project is joined from lines 26 to 33", "merged cell: the project is printed on lines 26 to 33"]
    assert rows[0]["text"].startswith("专 项 职 业 能 力 证 书 | 1 | A |")


def test_a_bracket_after_an_occupation_is_its_qualifier() -> None:
    entry = the(read_directory(document(SHORTAGE_LINES), SHORTAGE), number="2")
    assert (entry["name"], entry["qualifier"], entry["uplift"], entry["status"]) == ("健康照护师", "长期照护师", "30", "exact")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\t2\n\tA\n\t工业机器人系统运维员S\n\t6-31-07-01\n", "", "has no number 2"),
        (" \t2\n", " \t1\n", "number 1 twice"),
        ("\t2\n\tC\n", "\t2\n\tD\n", "line 41: “D” is not a class"),
        ("\t6-31-07-01\n", "", "line 19: “职业资格证书、职业技能等级证书” is not a code"),
        ("\t6-31-07-01\n", "\t6-31-07-1\n", "“6-31-07-1” is not a code"),
        ("\t100000069\n", "\t4-10-01-05\n", "“4-10-01-05” is not a code"),
        ("\t100000069\n", "", "has 3 cells in place of 4"),
        ("\t电气设备安装工\n", "\t电气设备安装工\n第3页\n", "line 14: “第3页” belongs to no cell"),
        ("\t专\n", "\t某\n", "neither a number nor a project"),
        ("\t序号\n", "\t编号\n", "the column “编号” of 附件4 should be “序号”"),
        ("江苏省2025年", "江苏省2026年", "the title should be"),
        ("附件4\n", "附件6\n", "no line says “附件4”"),
        ("附件4\n", "附件4\n附件4\n", "lines 1, 2 say “附件4”"),
    ],
)
def test_a_changed_directory_is_refused(old: str, new: str, message: str) -> None:
    assert old in DIRECTORY
    with pytest.raises(DocumentError, match=re.escape(message)):
        read_directory(document(DIRECTORY.replace(old, new)), JIANGSU)


def test_a_new_annex_is_refused() -> None:
    with pytest.raises(DocumentError, match="the annexes are 附件4; the transcription knows 附件1 to 附件5"):
        subsidy_directory(document(DIRECTORY))


def test_a_note_becomes_one_rule_for_each_thing_it_says() -> None:
    rules = read_rules(document(f"附件1\n{NOTE_1}\n附件5\n{NOTE_5}\n"), (NOTES[0], NOTES[-1]))
    assert the(rules, rule="class_b")["statement"] == "B类一般为生产服务类和办事人员"
    assert the(rules, rule="online_share_with_star_annex_5")["statement"] == "带“*”标识的职业（工种）线上培训课时可高于总课时数的40%"
    assert {each["text"] for each in rules} == {NOTE_1, NOTE_5}


def test_a_note_that_says_something_else_is_refused() -> None:
    with pytest.raises(DocumentError, match="line 2: this note of 附件1 is not built"):
        read_rules(document(f"附件1\n{NOTE_1.replace('C类一般为生活服务类', '其余另定')}"), (NOTES[0],))
    with pytest.raises(DocumentError, match="line 3: expected a known note or the next annex, found “4．另行通知。”"):
        read_rules(document(f"附件1\n{NOTE_1}\n4．另行通知。"), (NOTES[0],))
    with pytest.raises(DocumentError, match="begins with “备注：1．”"):
        read_rules(document("附件1\n\n"), (NOTES[0],))


def test_a_mended_name_is_noticed_when_the_document_changes() -> None:
    rows = [{"document": ID, "line": "3593", "name": "餐厅服务员", "status": "exact", "reason": ""}]
    with pytest.raises(DocumentError, match="no record prints “餐局服务员”"):
        correct(rows, [each for each in corrections("subsidy_directory") if each["line"] == "3593"])


@pytest.fixture(scope="module")
def nantong(documents: Path) -> Document:
    return read_document(documents, ID)


def test_all_rates_are_read(nantong: Document) -> None:
    rates = subsidy_rates(nantong)
    assert len(rates) == 34
    for letter, amounts in AMOUNTS.items():
        assert [each["amount"] for each in rates if each["project"] == SKILL and each["class"] == letter] == [str(amount) for amount in amounts]
    master = the(rates, project=SKILL, grades="2", **{"class": "A"})
    assert (master["line"], master["amount"]) == ("19", "3500")
    assert [each["amount"] for each in rates if each["project"] == "职业技能评价补贴"] == ["650", "500", "260", "200", "150"]
    assert Counter(each["status"] for each in rates) == {"repaired": 30, "exact": 4}


def test_all_directories_are_complete(nantong: Document) -> None:
    entries = subsidy_directory(nantong)
    assert Counter((each["list"], each["project"]) for each in entries) == {
        (annex.name, section.project): section.last for annex in DIRECTORIES for section in annex.sections
    }
    assert len(entries) == 822
    assert Counter(each["status"] for each in entries) == {"repaired": 676, "exact": 145, "uncertain": 1}
    care = the(entries, name="养老护理员", list="江苏指导目录")
    assert (care["class"], care["line"], care["code"]) == ("C", "3695", "4-10-01-05")
    assert the(entries, name="餐厅服务员")["text"] == "497 | C | 餐局服务员 | 4-03-02-05"
    assert the(entries, name="工业机器人系统运维员", list="南通紧缺目录")["uplift"] == "30"
    assert not [each for each in entries if each["name"] == "车工" and each["list"] == "南通紧缺目录"]
    assert the(entries, name="电梯安装维修工")["line"] == "2015"
    assert {each["marks"] for each in entries} == {"", "*", "L", "S", "L*", "S*", "L/S", "L/S*"}
    assert [each["name"] for each in entries if each["qualifier"]] == ["健康照护师"]
    assert {each["note"] for each in entries if each["list"] == "江苏附件5"} == {"等级评价"}


def test_all_notes_are_read(nantong: Document) -> None:
    rules = subsidy_rules(nantong)
    assert len(rules) == len({each["rule"] for each in rules}) == 15
    assert the(rules, rule="no_double_claim")["line"] == "194"
    assert the(rules, rule="transition")["status"] == "uncertain"
    assert {each["line"] for each in rules} == {"190", "192", "194", "202", "615", "4557", "5067"}


def test_every_record_keeps_to_its_schema(nantong: Document) -> None:
    package = json.loads((Path(subsidy.__file__).parent.parent / "sources" / "datapackage.json").read_text(encoding="utf-8"))
    schemas = {resource["name"]: resource["schema"]["fields"] for resource in package["resources"]}
    for table in (subsidy_rates, subsidy_directory, subsidy_rules):
        fields = schemas[table.__name__]
        for each in table(nantong):
            assert set(each) == {field["name"] for field in fields}
            for field in fields:
                value, limits = each[field["name"]], field.get("constraints", {})
                assert value or not limits.get("required"), (field["name"], each)
                assert not value or value in limits.get("enum", [value]), (field["name"], each)
                assert re.fullmatch(limits.get("pattern", ".*"), value), (field["name"], each)
                assert not value or field["type"] != "integer" or value.isdecimal(), (field["name"], each)
