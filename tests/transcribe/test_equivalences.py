"""Annex 11 of the Shanghai document: qualifications and the titles they correspond to."""

from pathlib import Path

import pytest

from kg.transcribe.document import Document, DocumentError, read_document
from kg.transcribe.equivalences import equivalences

#: Lines 2580 to 2642 of the document; ⇥ stands for a tab, a backslash at the end of a line for no line end.
ANNEX = """\
**附件 11：国家专业技术人员职业资格与职称对应表**

序号⇥国家职业资格名称⇥可对应的职称
1⇥资产评估师⇥经济师
2⇥注册城市规划师⇥工程师
3⇥注册测绘师⇥工程师
4⇥执业药师⇥主管药师或主管中药师
5⇥注册计量师⇥一级注册计量师：工程师 二级注册计量师：助理工程师

6⇥房地产估价师⇥经济师
7⇥注册核安全工程师⇥工程师
8⇥造价工程师⇥2018年前取得：工程师或者经济师； 2018年后取得：一级注册造价工程师：工程师，二级注册造价工程师：助理工程师
9⇥注册安全工程师⇥一级注册安全工程师：工程师 二级注册安全工程师：助理工程师
10⇥一级消防工程师⇥工程师
11⇥二级消防工程师⇥助理工程师
12⇥注册会计师⇥会计师
13⇥注册建筑师⇥一级注册建筑师：工程师 二级注册建筑师：助理工程师
14⇥监理工程师⇥工程师
15⇥建造师⇥一级建造师：工程师 二级建造师：助理工程师
16⇥注册结构工程师⇥一级注册结构工程师：工程师 二级注册结构工程师：助理工程师
17⇥注册土木工程师⇥工程师
18⇥注册化工工程师⇥工程师
19⇥注册电气工程师⇥工程师
20⇥注册公用设备工程师⇥工程师
21⇥注册环保工程师⇥工程师
22⇥注册石油天然气工程师⇥工程师
23⇥注册冶金工程师⇥工程师
24⇥注册采矿/矿物工程师⇥工程师
25⇥注册机械工程师⇥工程师
26⇥执业兽医⇥助理兽医师
27⇥拍卖师⇥助理经济师
28⇥医师⇥执业医师：医师 执业助理医师：医士
29⇥护士执业资格⇥护士或护师
30⇥注册设备监理师⇥工程师
31⇥工程咨询（投资）专业技术人员职业资格⇥经济师或工程师
32⇥通信专业技术人员职业资格⇥中级资格：工程师 初级资格：助理工程师
33⇥计算机技术与软件专业技术资格⇥初级资格：助理工程师 中级资格：工程师 高级资格：高级工程师 需符合《\
人力资源社会保障部工业和信息化部关于深化工程技术人才职称制度改革的指导意见》（人社部发〔2019〕16号）关于助理工程师、工程师、高级工程师学历资历条件。
34⇥社会工作者职业资格⇥高级社会工作者：高级职称 社会工作者：中级职称 助理社会工作者：初级职称
35⇥会计专业技术资格⇥中级资格：会计师 初级资格：助理会计师

36⇥经济专业技术资格⇥中级资格：经济师 初级资格：助理经济师
37⇥土地登记代理专业人员职业资格⇥经济师
38⇥环境影响评价工程师⇥工程师
39⇥房地产经纪专业人员职业资格⇥房地产经纪人协理：助理经济师 房地产经纪人：经济师
40⇥机动车检测维修专业技术人员职业资格⇥机动车检测维修士：助理工程师 机动车检测维修工程师：工程师
41⇥公路水运工程试验检测专业技术人员职业资格⇥公路水运工程助理试验检测师：助理工程师 公路水运工程试验检测师：工程师
42⇥卫生专业技术资格⇥中级：主治医师、主管药师、主管技师、主管护师 初级：药师、护师、技师
43⇥审计专业技术资格⇥中级资格：审计师 初级资格：助理审计师或审计员
44⇥税务师⇥注册税务师（2014年及以前取得）：经济师 税务师（2014年以后取得）：助理经济师
45⇥出版专业技术人员职业资格⇥中级资格：编辑（技术编辑或一级校对） 初级资格：助理编辑（助理技术编辑或二级校对）
46⇥统计专业技术资格⇥中级资格：统计师 初级资格：助理统计师
47⇥银行业专业人员职业资格⇥中级资格：经济师 初级资格：助理经济师
48⇥翻译专业资格⇥二级口译、笔译翻译：翻译 三级口译、笔译翻译：助理翻译
49⇥外销员、国际商务师⇥外销员：助理经济师；国际商务师：经济师
50⇥招标采购专业技术人员⇥经济师
51⇥企业法律顾问⇥经济师
52⇥价格鉴证师⇥经济师
53⇥物业管理师⇥经济师
54⇥管理咨询专业人员⇥经济师或会计师
55⇥棉花质量检验师⇥工程师
56⇥质量专业技术人员⇥按级别可对应助理工程师、工程师
57⇥广告专业技术人员⇥按级别可对应助理经济师、经济师
58⇥精算师⇥经济师
""".replace("⇥", "\t")


def annex(text: str = ANNEX) -> Document:
    """The annex with its line numbers in the document."""
    return Document("shanghai-shuangshi-2025", ("附件 11：国家专业技术人员职业资格与职称对应表\t188", *[""] * 2578, *text.split("\n")))


def rows(number: int, text: str = ANNEX) -> list[tuple[str, str, str, str]]:
    """Level, condition, title and relation of the records of one qualification."""
    return [(each["level"], each["condition"], each["title"], each["relation"]) for each in equivalences(annex(text)) if each["number"] == str(number)]


def test_one_title_is_single() -> None:
    assert rows(1) == [("", "", "经济师", "single")]


def test_titles_joined_by_or_are_alternatives() -> None:
    assert rows(29) == [("", "", "护士", "or"), ("", "", "护师", "or")]


def test_a_title_belongs_to_the_level_before_it() -> None:
    assert rows(15) == [("一级建造师", "", "工程师", "single"), ("二级建造师", "", "助理工程师", "single")]
    assert rows(49) == [("外销员", "", "助理经济师", "single"), ("国际商务师", "", "经济师", "single")]
    assert rows(48) == [("二级口译、笔译翻译", "", "翻译", "single"), ("三级口译、笔译翻译", "", "助理翻译", "single")]


def test_the_year_of_a_cost_engineer_decides_and_holds_for_both_levels() -> None:
    assert rows(8) == [
        ("", "2018年前取得", "工程师", "or"),
        ("", "2018年前取得", "经济师", "or"),
        ("一级注册造价工程师", "2018年后取得", "工程师", "single"),
        ("二级注册造价工程师", "2018年后取得", "助理工程师", "single"),
    ]


def test_the_year_in_a_bracket_holds_for_its_level_only() -> None:
    assert rows(44) == [("注册税务师", "2014年及以前取得", "经济师", "single"), ("税务师", "2014年以后取得", "助理经济师", "single")]


def test_the_sentence_after_the_levels_is_a_condition_of_each() -> None:
    found = rows(33)
    assert [(level, title) for level, _, title, _ in found] == [("初级资格", "助理工程师"), ("中级资格", "工程师"), ("高级资格", "高级工程师")]
    assert all(condition.startswith("需符合《") and condition.endswith("学历资历条件") for _, condition, _, _ in found)


def test_a_list_of_titles_is_no_choice() -> None:
    assert rows(42)[:2] == [("中级", "", "主治医师", "list"), ("中级", "", "主管药师", "list")]
    assert len(rows(42)) == 7
    assert rows(56) == [("", "按级别", "助理工程师", "list"), ("", "按级别", "工程师", "list")]


def test_titles_in_a_bracket_are_alternatives_and_say_so() -> None:
    assert [title for _, _, title, relation in rows(45) if relation == "or"] == ["编辑", "技术编辑", "一级校对", "助理编辑", "助理技术编辑", "二级校对"]
    assert {each["status"] for each in equivalences(annex()) if each["number"] == "45"} == {"repaired"}


def test_a_record_cites_its_line() -> None:
    found = next(each for each in equivalences(annex()) if each["qualification"] == "执业兽医")
    assert (found["line"], found["text"], found["status"]) == ("2609", "26 | 执业兽医 | 助理兽医师", "exact")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("7\t注册核安全工程师\t工程师\n", "\n", r"no number 7 \(number 6 stands on line 2589\)"),
        ("58\t精算师", "57\t精算师", "number 57 twice"),
        ("**附件 11：国家专业技术人员职业资格与职称对应表**", "", "附件11"),
        ("序号\t国家职业资格名称\t可对应的职称", "序号\t名称\t职称", "序号国家职业资格名称"),
        ("26\t执业兽医\t助理兽医师", "26\t执业兽医\t", "line 2609: annex 11 expects a number, a qualification and its titles"),
        ("主管药师或主管中药师", "主管药师或主管中药师、药师", "line 2586: annex 11 joins titles by 或 and by 、"),
        ("护士或护师", "护士 护师", "line 2612"),
        ("护士或护师", "护士或", "line 2612: annex 11 expects titles"),
        ("一级建造师：工程师", "一级建造师：建筑：工程师", "line 2598: annex 11 expects a year or a level"),
    ],
)
def test_a_damaged_annex_is_refused(old: str, new: str, message: str) -> None:
    assert ANNEX.count(old) == 1
    with pytest.raises(DocumentError, match=message):
        equivalences(annex(ANNEX.replace(old, new)))


def test_the_full_annex_has_58_qualifications(documents: Path) -> None:
    found = equivalences(read_document(documents, "shanghai-shuangshi-2025"))
    assert len(found) == 101
    assert len({each["qualification"] for each in found}) == 58
    assert found == equivalences(annex())
