"""Mentions taken apart: each row is an example of the rule that reads it."""

import pytest

from embeddings.mention import marks_of, parse, translations, unwrap
from embeddings.text import half_width, is_common, pinyin_of, readings


@pytest.mark.parametrize(
    ("mention", "name", "grades", "level", "issuer"),
    [
        ("网络与信息安全管理员四级证", "网络与信息安全管理员", (4,), "", ""),
        ("健康管理师（三级/高级工）", "健康管理师", (3,), "", ""),
        ("民航乘务员（五级/初级工）", "民航乘务员", (5,), "", ""),
        ("人社部门发的计算机程序设计员国家职业资格四级", "计算机程序设计员", (4,), "", "人社"),
        ("教育部1+X证书：Web前端开发（中级）", "web前端开发", (), "中级", ""),
        ("五级保育员", "保育员", (5,), "", ""),
        ("车工Ⅳ级", "车工", (4,), "", ""),
        ("焊工 Ⅱ 级", "焊工", (2,), "", ""),
        ("国家职业资格二级（技师）汽车维修工", "汽车维修工", (2,), "", ""),
        ("汽车维修工高级技师", "汽车维修工", (1,), "", ""),
        ("oracle的ocp", "ocp", (), "", "甲骨文"),
        ("新华三云计算工程师认证", "云计算工程师", (), "", "华三"),
        ("2023年度注册会计师", "注册会计师", (), "", ""),
        ("本人有健康照护师证书", "健康照护师", (), "", ""),
        ("刚考出来的焊工证", "焊工", (), "", ""),
    ],
)
def test_parts(mention: str, name: str, grades: tuple[int, ...], level: str, issuer: str) -> None:
    parsed = parse(mention)
    form = next((form for form in parsed.forms if form.key == name), None)
    assert form is not None, [form.key for form in parsed.forms]
    assert (form.grades, form.level, parsed.issuer) == (grades, level, issuer)


def test_the_mention_as_written_is_read_first() -> None:
    assert parse("二级建造师").forms[0].key == "二级建造师"


@pytest.mark.parametrize(
    ("mention", "written_out"),
    [
        ("二消工程师", "二级消工程师"),
        ("电商师", "电子商务师"),
        ("正高工程师", "正高级工程师"),
        ("执照照", "执照"),
        ("7102计算机类", "7102"),
        ("付主任护师", "副主任护师"),
    ],
)
def test_short_words_are_written_out(mention: str, written_out: str) -> None:
    assert written_out in [form.key for form in parse(mention).forms]


def test_a_code_in_a_bracket_is_not_dropped() -> None:
    assert all(form.exact_only for form in parse("大数据应用开发（Go）").forms if form.key == "大数据应用开发")


@pytest.mark.parametrize(
    ("mention", "onex"),
    [
        ("1+X幼儿照护", True),
        ("“1+X”网店运营推广", True),
        ("1 + x 智能财税", True),
        ("幼儿照护", False),
        ("C1驾照", False),
        ("幼儿照护1x证书", True),
        ("AN71x型", False),
    ],
)
def test_onex(mention: str, onex: bool) -> None:
    assert parse(mention).onex is onex


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("正高级工程师", {"正高级"}),
        ("一级建造师", {"一级"}),
        ("副主任护师", {"副主任"}),
        ("a级安全员", {"a级"}),
        ("工程师", set()),
        ("助理农艺师", {"助理"}),
        ("郑高级工程师", {"高级", "?"}),
        ("付主任护师", {"主任", "?"}),
    ],
)
def test_marks(name: str, marks: set[str]) -> None:
    assert marks_of(name) == marks


@pytest.mark.parametrize(
    ("name", "core"), [("幼儿照护职业技能等级证书", "幼儿照护"), ("民用航空飞行签派员执照", "民用航空飞行签派员"), ("证书", "证书"), ("焊工证", "焊工")]
)
def test_certificate_words_come_off(name: str, core: str) -> None:
    assert unwrap(name) == core


@pytest.mark.parametrize(
    ("text", "plain"), [("ＨＣＩＰ", "hcip"), ("華為", "华为"), ("a\u200b\u202eb\n c", "ab c"), ("註冊會計師", "注册会计师"), ("実験師", "实验师"), ("", "")]
)
def test_half_width(text: str, plain: str) -> None:
    assert half_width(text) == plain


def test_pinyin_fits_the_word() -> None:
    assert pinyin_of("会计师") == ("kuaijishi", "kjs")


@pytest.mark.parametrize(
    ("char", "sounds"), [("映", {"ying"}), ("羊", {"yang"}), ("会", {"hui", "kuai"}), ("行", {"xing", "hang"}), ("乐", {"le", "yue"}), ("a", set())]
)
def test_readings_are_those_of_words(char: str, sounds: set[str]) -> None:
    assert readings(char) == sounds


def test_common_characters() -> None:
    assert [char for char in "丁羊芺斫a" if is_common(char)] == ["丁", "羊"]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("drone operator", "无人机操作员"),
        ("china golf association", "中国高尔夫球协会"),
        ("level 2 notary", "二级公证员"),
        ("npdp wizard", None),
        ("esg analyst", "esg分析师"),
    ],
)
def test_glossary(english: str, chinese: str | None) -> None:
    found = translations(english)
    assert chinese in found if chinese else not found
