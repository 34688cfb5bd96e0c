"""IRIs that people can read, and what makes two printed names one thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from kg.graph.identity import Names, choose_names, plain, stem
from kg.graph.namespaces import iri, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HCIP-Datacom", "hcip-datacom"),
        ("电工（高压）", "电工-高压"),
        ("ＡＣＣＡ", "acca"),
        ("C#", "c-sharp"),
        ("C++", "c-plus-plus"),
        ("Web 前端开发", "web-前端开发"),
        ("《》", "x"),
        ("3.5级", "3.5级"),
    ],
)
def test_an_iri_ends_in_words_that_people_can_read(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_printed_gives_a_valid_iri(one: str, other: str) -> None:
    node = iri("credential", one, other)
    assert node == URIRef(node.n3()[1:-1])
    assert not set(node) & set(' <>"{}|\\^`\n\t')
    assert node.startswith("https://w3id.org/certkg/id/credential/")


def test_empty_parts_leave_no_trace_in_an_iri() -> None:
    assert iri("credential", "hcip", "") == iri("credential", "hcip")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("电工（四级/中级工）", "电工"),
        ("1+X 老年照护职业技能等级证书", "老年照护"),
        ("执业兽医资格证书", "执业兽医"),
        ("Web前端开发（初级）", "Web 前端开发"),
        ("物流管理职业技能等级标准证书", "物流管理"),
        ("健康管理师三级", "健康管理师"),
        ("HCIP（中级认证）", "hcip"),
    ],
)
def test_names_that_differ_in_grade_suffix_or_printing_are_one_credential(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("一级建造师", "二级建造师"),
        ("会计师", "高级会计师"),
        ("HCIP", "HCIE"),
        ("C#", "C++"),
        ("HCIP", "HCIP-datacom（中级认证）"),
        ("注册土木工程师（道路工程）", "注册土木工程师"),
        ("证书", "资格证书管理"),
    ],
)
def test_names_that_say_different_things_are_two_credentials(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(st.characters(codec="gb2312", exclude_categories=["Sk"]), min_size=1, max_size=30))
def test_the_stem_of_any_name_says_something_and_is_its_own_plain_form(name: str) -> None:
    assert stem(name) == plain(stem(name))
    assert stem(name) or not plain(name)


def test_the_name_printed_most_often_is_preferred_then_the_shortest() -> None:
    assert choose_names(["电工证", "电工", "电工证"]) == Names("电工证", ("电工",))
    assert choose_names(["电工证书", "电工"]) == Names("电工", ("电工证书",))
    assert choose_names(["乙", "甲"]) == choose_names(["甲", "乙"])
