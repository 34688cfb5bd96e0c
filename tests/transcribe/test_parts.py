"""An entry taken apart, on entries of the catalogue."""

import pytest

from kg.transcribe.parts import Parts, parse_entry


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("园林绿化工(五级/初级)", Parts("园林绿化工", "", (5,), "五级/初级", "")),
        ("铣工（三级/二级/一级/高级工/技师/高级技师）", Parts("铣工", "", (3, 2, 1), "三级/二级/一级/高级工/技师/高级技师", "")),
        ("井下支护工(一级/ 高级技师)", Parts("井下支护工", "", (1,), "一级/高级技师", "")),
        ("室内装饰设计员(国家职业资格三级)", Parts("室内装饰设计员", "", (3,), "国家职业资格三级", "")),
        ("植保无人机应用职业技能等级证书(初级)", Parts("植保无人机应用职业技能等级证书", "", (), "初级", "")),
        ("教育部教育管理信息中心:ITATAutoCAD 景观设计", Parts("ITATAutoCAD景观设计", "教育部教育管理信息中心", (), "", "")),
        ("华为技术有限公司: 华为认证ICT专家(高级认证)", Parts("华为认证ICT专家", "华为技术有限公司", (), "高级认证", "")),
        ("母婴护理 （济南阳光大姐服务有限公司）", Parts("母婴护理", "济南阳光大姐服务有限公司", (), "", "")),
        ("民用无人驾驶航空器操控员执照（超视距）", Parts("民用无人驾驶航空器操控员执照（超视距）", "", (), "", "超视距")),
        ("冶金(注 册)监理工 程师", Parts("冶金(注册)监理工程师", "", (), "", "")),
        ("银行综合柜员（5级/初级）", Parts("银行综合柜员", "", (5,), "5级/初级", "")),
        (
            "北京舞蹈学院中国舞等级教师资格证书(1级/2级/3级)",
            Parts("北京舞蹈学院中国舞等级教师资格证书(1级/2级/3级)", "", (), "", "1级/2级/3级"),
        ),
        ("心理咨询师三级", Parts("心理咨询师三级", "", (3,), "三级", "")),
    ],
)
def test_an_entry_has_its_parts(printed: str, parts: Parts) -> None:
    assert parse_entry(printed) == parts


def test_a_level_whose_bracket_ends_on_a_lost_page_is_still_a_level() -> None:
    assert parse_entry("锻造工(四级/中") == Parts("锻造工", "", (4,), "四级/中", "")


def test_an_issuer_that_only_the_list_knows_is_an_issuer() -> None:
    assert parse_entry("华为:HCIA(初级认证)").issuer == "华为"


def test_a_colon_after_something_else_than_an_organisation_is_part_of_the_name() -> None:
    assert parse_entry("新职业:互联网营销师").issuer == ""


def test_a_text_that_is_only_a_level_has_no_name() -> None:
    assert parse_entry("(四级 / 中级 工)").name == ""
