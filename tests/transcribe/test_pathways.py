"""The rules of the Zhejiang document that join skill grades and titles."""

from collections import Counter
from pathlib import Path

import pytest

from kg.transcribe.document import Document, DocumentError, read_document
from kg.transcribe.pathways import pathways

#: Lines of the document, by number.
LINES = {
    7: "舟山市人力资源和社会保障局转发浙江省 人力资源和社会保障厅《关于进一步加强 高技能人才与专业技术人才职业 发展贯通的实施办法》的通知",
    61: "三、贯通主要内容",
    63: "（一）扩大贯通领域",
    67: "（二）高技能人才参加职称评审",
    69: (
        "1.基本条件。遵纪守法，具有良好的职业道德和敬业精神。淡化学历要求，具备高级工以上职业资格或职业技能等级，均可参加相应系列职称评审，不将学历"
        "、论文、外语、计算机等作为高技能人才参加职称评审的限制性条件。高技能人才参加职称评审应在现工作岗位上近3年年度考核合格。"
    ),
    71: "（1）获得相关职业（工种）高级工职业资格或职业技能等级后，从事技术技能工作满2年，可申报相应系列助理级职称评审。",
    73: "（2）获得相关职业（工种）技师职业资格或职业技能等级后，从事技术技能工作满3年，可申报相应系列中级职称评审。",
    75: "（3）获得相关职业（工种）高级技师职业资格或职业技能等级后，从事技术技能工作满4年，可申报相应系列副高级职称评审。",
    77: "（4）获得相关职业（工种）特级技师、首席技师职业技能等级，且目前仍在与申报职业工作相关的技术技能领域工作，可申报相应系列正高级职称评审。",
    79: "与所评职称专业相关的技能培训、技能人员继续教育学时，视同专业技术人员继续教育学时。",
    81: (
        "2.直报条件。对长期在生产服务一线岗位从事技能工作，具有绝招、绝技、绝活，并为我省经济社会发展和重大战略实施作出突出贡献的高技能领军人才，建"
        "立职称评审绿色通道，符合条件的可直接申报相应职称。"
    ),
    83: (
        "(1) 世界技能大赛优胜奖获得者、省技术能手、省级技能大师工作室领办人、浙江工匠、省“百千万”高技能领军人才培养工程中入选的“拔尖技能人才”"
        "，可直接申报中级职称。"
    ),
    85: (
        "(2) 世界技能大赛银牌和铜牌获得者、全国技术能手、国家级技能大师工作室领办人、钱江技能大奖获得者、浙江杰出工匠、省“百千万”高技能领军人才"
        "培养工程入选的“杰出技能人才”，可直接申报副高级职称。"
    ),
    87: ("(3) 世界技能大赛金牌获得者、中华技能大奖获得者、享受国务院政府特殊津贴的高技能人才、新时代突出贡献浙派工匠、浙江大工匠，可直接申报正高级职称。"),
    91: (
        "4.评价办法。综合采用理论知识考试、技术技能操作考核、业绩评审、面试答辩、竞赛选拔等多种方式评价高技能人才。有条件的评委会在职称评审时，可对"
        "高技能人才单独分组、单独评审。积极吸纳优秀高技能人才进入评委会、专家库，参与制定评价标"
    ),
    93: "准，参加相关职称评委会评审。高技能人才统一通过“浙江省专业技术职务任职资格申报与评审管理服务平台”申报职称。",
    95: "（三）高技能人才参加专业技术人员职业资格证书考试",
    97: (
        "积极支持我省符合条件的高技能人才，报名参加经济、会计、统计、审计、翻译、出版、通信、计算机技术与软件等专业技术人员职业资格证书考试。技工院校"
        "中级工班、高级工班、预备技师（技师）班毕业生，参加上述资格考试报名时，可分别按相当于中专、大专、本科学历对待。"
    ),
    99: "（四）专业技术人才参加职业技能评价",
    101: "1.参评条件。具有助理级以上职称，从事本职业（工种）或相关职业（工种）工作，可申请参加与现岗位相对应职业（工种）的职业技能评价。",
    103: "（1）取得助理级职称，可申请参加相应职业（工种）高级工职业技能评价。",
    105: "（2）取得中级职称，可申请参加相应职业（工种）技师职业技能评价。",
    107: "（3）取得高级职称，可申请参加相应职业（工种）高级技师职业技能评价。",
    109: "（4）取得正高级职称，可申请参加相应职业（工种）特级技师职业技能评价。参加首席技师职业技能评价的，原则上需先取得特级技师职业技能等级。",
    111: "取得职业资格或职业技能等级1年后，可按累计工作年限申报相应职业（工种）晋级评价。",
    127: "四、有关要求",
    133: (
        "（三）强化监督管理。各地人力资源社会保障部门和有关行业主管部门要切实加强两类人才贯通工作监督管理，申报人通过弄虚作假、暗箱操作等违纪违规行为"
        "以及不按规定程序取得的职称和职业技能等级一律无效，记入诚信档案库，并视情追究相关人员责任。"
    ),
    135: "（四）加强宣传引导。各地人力资源社会保障部门和有关行业主管部门要加快推动贯通工作落实落地。认真做好政策宣传解读，引导",
    139: "五、其他",
    143: "本办法自公布之日起30日后施行。",
    145: "附件：技能人才职业（工种）与专技人才职称系列对应",
    1064: "注：本表未列明或新增的技能人员职业（工种），相关系列（专业）职称评审委员会可根据实际予以确定。",
}
#: The sentences of these lines that are requirements.
REQUIREMENTS = 15


def excerpt(changes: dict[int, str] | None = None) -> Document:
    """The lines, some of them changed, at their places in the document."""
    lines = {**LINES, **(changes or {})}
    return Document("zhejiang-pathway-2022", tuple(lines.get(number, "") for number in range(1, 1066)))


def steps(direction: str) -> list[tuple[str, str, str]]:
    """Source, years and target of the records of one direction."""
    return [(each["source"], each["years"], each["target"]) for each in pathways(excerpt(), REQUIREMENTS) if each["direction"] == direction]


def test_a_grade_leads_to_a_title_after_years() -> None:
    assert steps("grade_to_title") == [
        ("高级工", "2", "助理级"),
        ("技师", "3", "中级"),
        ("高级技师", "4", "副高级"),
        ("特级技师", "", "正高级"),
        ("首席技师", "", "正高级"),
    ]


def test_every_award_is_a_record_and_two_medals_are_two() -> None:
    found = steps("award_to_title")
    assert Counter(target for _, _, target in found) == {"中级": 5, "副高级": 7, "正高级": 5}
    assert ("世界技能大赛银牌获得者", "", "副高级") in found
    assert ("世界技能大赛铜牌获得者", "", "副高级") in found
    assert ("世界技能大赛优胜奖获得者", "", "中级") in found
    assert ("省“百千万”高技能领军人才培养工程中入选的“拔尖技能人才”", "", "中级") in found


def test_an_award_repeats_for_whom_the_way_is_open_and_says_where_that_is_printed() -> None:
    found = next(each for each in pathways(excerpt(), REQUIREMENTS) if each["source"] == "浙江大工匠")
    assert found["condition"].startswith("长期在生产服务一线岗位从事技能工作")
    assert found["reason"] == "the condition holds for the whole list and is printed on line 81"
    assert (found["line"], found["status"]) == ("87", "repaired")


def test_a_title_leads_to_a_grade() -> None:
    assert steps("title_to_grade") == [("助理级", "", "高级工"), ("中级", "", "技师"), ("高级", "", "高级技师"), ("正高级", "", "特级技师")]


def test_classes_of_technical_schools_count_as_education() -> None:
    assert steps("education") == [
        ("技工院校中级工班毕业生", "", "中专"),
        ("技工院校高级工班毕业生", "", "大专"),
        ("技工院校预备技师（技师）班毕业生", "", "本科"),
    ]


def test_other_sentences_are_requirements_under_their_headings() -> None:
    found = [each for each in pathways(excerpt(), REQUIREMENTS) if each["direction"] == "requirement"]
    by_line = {each["line"]: (each["source"], each["condition"], each["years"], each["target"]) for each in found}
    assert by_line["111"] == ("专业技术人才参加职业技能评价", "参评条件", "1", "取得职业资格或职业技能等级1年后，可按累计工作年限申报相应职业（工种）晋级评价")
    assert by_line["109"][3] == "参加首席技师职业技能评价的，原则上需先取得特级技师职业技能等级"
    assert by_line["69"] == ("高技能人才参加职称评审", "基本条件", "3", "高技能人才参加职称评审应在现工作岗位上近3年年度考核合格")
    assert by_line["143"][2:] == ("", "本办法自公布之日起30日后施行")
    assert by_line["1064"][1] == "注"


def test_a_sentence_across_a_page_break_is_joined() -> None:
    found = [each for each in pathways(excerpt(), REQUIREMENTS) if each["direction"] == "requirement" and each["status"] == "repaired"]
    assert [(each["line"], each["target"]) for each in found] == [("91", "积极吸纳优秀高技能人才进入评委会、专家库，参与制定评价标准，参加相关职称评委会评审")]
    assert found[0]["reason"] == "joined across the page break between lines 91 and 93"


@pytest.mark.parametrize(
    ("line", "text", "message"),
    [
        (73, "", "no number 2"),
        (73, LINES[73].replace("（2）", "（1）"), "number 1 twice"),
        (75, LINES[75].replace("满4年", "满若干年"), "line 75: no known wording"),
        (81, LINES[81].replace("建立职称评审绿色通道，", ""), "line 83: the sentence that says who the rules are for"),
        (97, LINES[97].replace("中专、大专、本科", "中专、大专"), "line 97: expected one level of education for each class"),
        (97, LINES[97].replace("可分别按相当于", "按"), "16 sentences say requirements, not 15"),
        (111, "", "14 sentences say requirements, not 15"),
        (93, "", "line 91: the sentence has no end"),
        (61, "", "三、贯通主要内容"),
        (1064, "", "注：本表未列明"),
    ],
)
def test_a_damaged_text_is_refused(line: int, text: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        pathways(excerpt({line: text}), REQUIREMENTS)


def test_the_full_text_has_59_records(documents: Path) -> None:
    found = pathways(read_document(documents, "zhejiang-pathway-2022"))
    assert Counter(each["direction"] for each in found) == {
        "requirement": 30, "award_to_title": 17, "grade_to_title": 5, "title_to_grade": 4, "education": 3,
    }  # fmt: skip
    channel = next(each for each in found if each["line"] == "125")
    assert channel["target"] == "事业单位在编人员参评的，须符合岗位管理和评聘结合有关规定"
