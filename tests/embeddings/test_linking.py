"""Linking on a small graph: what must link, what must not, ties, types, bad input."""

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings import Linker, parallel


@pytest.mark.parametrize(
    ("mention", "kind", "label", "match"),
    [
        ("一级建造师", "credential", "一级建造师", "exact name"),
        ("考了个二级建造师", "credential", "二级建造师", "exact name"),
        ("二建", "credential", "二级建造师", "everyday name"),
        ("心里咨询师", "credential", "心理咨询师", "same sound"),
        ("健康管理帅", "credential", "健康管理师", "sounds or looks alike"),
        ("砍琴师", "occupation", "斫琴师", "sounds or looks alike"),
        ("華為技術有限公司", "issuer", "华为技术有限公司", "exact name"),
        ("Huawei Technologies Co., Ltd.", "issuer", "华为技术有限公司", "everyday name"),
        ("飞行签派", "credential", "民用航空飞行签派员执照", "part of the name"),
        ("鸵鸟养殖", "association", "中国鸵鸟养殖开发协会", "part of the name"),
        ("hangong", "credential", "焊工", "pinyin"),
        ("cwmrs", "occupation", "宠物美容师", "pinyin initials"),
        ("pet beautician", "occupation", "宠物美容师", "exact name"),
        ("pet wizard", "occupation", None, ""),
        ("新华三云计算工程师认证", "credential", "H3C认证云计算工程师", "same name but for certificate words"),
        ("oracle的ocp", "credential", "OCP", "exact name"),
        ("Senior Engineer", "title", "高级工程师", "everyday name"),
        ("7102", "category", "计算机类", "code"),
        ("电商师", "credential", "电子商务师", "exact name"),
        ("保育员老师辛苦了谢谢", "credential", None, ""),
        ("大学期间考的保育员证", "credential", "保育员", "name inside other words"),
        ("单位要求考的保育员", "credential", "保育员", "name inside other words"),
        ("听说保育员挺好考的", "credential", "保育员", "name inside other words"),
        ("我妈妈做保育员好多年了", "credential", "保育员", "name inside other words"),
        ("保育员（高级）2021年考取，证书编号略", "credential", "保育员", "name inside other words"),
        ("中国焊接协会组织的活动", "association", "中国焊接协会", "name inside other words"),
        ("健康管理帅那本证书丢了", "credential", "健康管理师", "sounds or looks alike"),
        ("保育员考评员", "credential", None, ""),
        ("dianzi sws", "credential", "电子商务师", "pinyin, partly initials"),
        ("健康gls", "credential", "健康管理师", "pinyin, partly initials"),
        ("wlxxaqgly", "credential", "网络与信息安全管理员", "pinyin initials"),
        ("保育员zheng", "credential", "保育员", "pinyin"),
        ("5G移动网络（", "credential", "5G移动网络运维职业技能等级证书", "part of the name"),
        ("网络与信息安全芺理员", "credential", "网络与信息安全管理员", "similar name"),
        ("健康医理师", "credential", None, ""),
        ("高级工程师助手", "title", None, ""),
        ("電気工", "occupation", None, ""),
        ("健康官吏师", "credential", "健康管理师", "same sound"),
        ("电影放羊员", "occupation", None, ""),
        ("斫瑟师", "occupation", None, ""),
        ("华为认证电工", "credential", None, ""),
        ("人社部门发的电工证", "credential", "电工", "exact name"),
        ("计算机四级", "category", None, ""),
        ("计算机类二级", None, None, ""),
        ("二级注册造价", "credential", None, ""),
        ("中国鸵鸟协会", "association", None, ""),
        ("中国鸵养殖开发协会", "association", "中国鸵鸟养殖开发协会", "abbreviation"),
        ("养殖开发协会", "association", "中国鸵鸟养殖开发协会", "part of the name"),
        ("H3C的云计算工程师", "credential", "H3C认证云计算工程师", "same name but for certificate words"),
        ("母婴护理员", "occupation", "家政服务员(母婴护理员)", "part of the name"),
        ("鸵殖协会", "association", "中国鸵鸟养殖开发协会", "abbreviation"),
    ],
)
def test_names(small: Linker, mention: str, kind: str | None, label: str | None, match: str) -> None:
    link = small.link(mention, kind)
    assert link.linked is (label is not None), link
    if label is not None:
        assert link.candidates[0].label == label
        assert link.candidates[0].features["match"] == match


@pytest.mark.parametrize(
    "mention",
    [
        "三级建造师",
        "四级建造师",
        "一级执业药师",
        "HCIS",
        "HCNP",
        "PHP前端开发",
        "大数据应用开发（Go）",
        "4G移动网络运维",
        "跨境电商B2D数据运营",
        "雅思7分",
        "副高级建造师",
        "AWS云计算工程师",
        "C级电工",
    ],
)
def test_hard_constraints(small: Linker, mention: str) -> None:
    assert not small.link(mention, "credential").linked


@pytest.mark.parametrize("mention", ["师", "员", "5", "1+X证书", "1+X", "中国", "初级", "证书", "工程", "认证", "协会", "中国协会", "中国工业协会"])
def test_a_word_that_many_names_have_is_no_name(small: Linker, mention: str) -> None:
    assert not small.link(mention).linked


@pytest.mark.parametrize(
    ("mention", "never"), [("一级建造师", "二级建造师"), ("HCIP", "HCIE"), ("正高级工程师", "高级工程师"), ("跨境电商B2C数据运营", "跨境电商B2B数据运营")]
)
def test_no_likeness_bridges_ranks_and_codes(small: Linker, mention: str, never: str) -> None:
    assert never not in [candidate.label for candidate in small.link(mention, "credential").candidates if candidate.score > 0.5]


def test_a_grade_that_only_qualifies_is_reported(small: Linker) -> None:
    link = small.link("网络与信息安全管理员四级证", "credential")
    assert (link.linked, link.grades, link.level, link.candidates[0].label) == (True, (4,), "", "网络与信息安全管理员")
    assert link.candidates[0].features["taken_off"] == "四级"


def test_a_grade_that_is_part_of_the_name_is_not(small: Linker) -> None:
    assert small.link("二级建造师", "credential").grades == ()


def test_a_tie_is_said(small: Linker) -> None:
    link = small.link("中国注册会计师协会", "association")
    assert link.linked
    assert link.tie
    assert small.link("大数据应用开发", "credential").tie


def test_one_name_of_two_kinds_is_a_credential_first(small: Linker) -> None:
    link = small.link("电工")
    assert (link.candidates[0].type, link.tie) == ("SkillCertificate", False)
    assert small.link("电工", "occupation").candidates[0].type == "Occupation"


def test_a_class_name_restricts_too(small: Linker) -> None:
    assert {candidate.type for candidate in small.link("电工", "Occupation").candidates} == {"Occupation"}


def test_an_unknown_type_is_named(small: Linker) -> None:
    with pytest.raises(ValueError, match="unknown type 'cat'"):
        small.link("电工", "cat")


def test_many_are_as_one_by_one(small: Linker) -> None:
    mentions = ["二建", "心里咨询师", "雅思7分", "", "二建"]
    assert small.link_many(mentions, "credential") == [small.link(mention, "credential") for mention in mentions]


def test_many_in_processes_are_as_one_by_one(small: Linker, monkeypatch: pytest.MonkeyPatch) -> None:
    mentions = ["二建", "心里咨询师", "雅思7分", "", "二建", *(f"考了{number}次焊工" for number in range(600))]
    alone = small.link_many(mentions, "credential", 3)
    monkeypatch.setattr(parallel, "WORTHWHILE", 10)
    monkeypatch.setattr(parallel, "possible", lambda: True)
    assert small.link_many(mentions, "credential", 3, processes=2) == alone


def test_a_process_with_threads_is_not_copied() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not parallel.possible()
    finally:
        done.set()
        thread.join()


def test_top(small: Linker) -> None:
    assert len(small.link("工程师", "title", top=2).candidates) == 2
    assert small.link("工程师", "title", top=0).candidates == ()


@pytest.mark.parametrize("mention", ["大数据应用开发", "中国注册会计师协会", "工程", "焊工"])
def test_the_decision_does_not_depend_on_top(small: Linker, mention: str) -> None:
    links = [small.link(mention, top=top) for top in (0, 1, 10)]
    assert len({(link.linked, link.tie) for link in links}) == 1


@pytest.mark.parametrize(
    "mention",
    [
        "",
        " ",
        "。，！",
        "🙂🙂",
        "\u202e\u200f",
        "\x00\x01",
        "字" * 10_000,
        "a" * 10_000,
        "1" * 10_000,
        "(" * 10_000,
        "一级" * 5_000,
        "我想问一下" * 2_000,
        "\ud800",
    ],
)
def test_what_is_no_name_links_to_nothing_soon(small: Linker, mention: str) -> None:
    start = time.perf_counter()
    assert not small.link(mention).linked
    assert time.perf_counter() - start < 1


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_an_answer(small: Linker, mention: str) -> None:
    for candidate in small.link(mention).candidates:
        assert 0 <= candidate.score <= 1


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="一二三级高中初师工员证书华为建造HCIPhcie1+x（）() 的考0", max_size=30))
def test_any_mix_of_name_parts_gets_an_answer(small: Linker, mention: str) -> None:
    link = small.link(mention, "credential")
    assert link.linked or not link.tie
