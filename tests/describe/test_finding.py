"""One box for codes, names, abbreviations and pinyin."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ask import Asker
from kg.describe import Found, find


def found(asker: Asker, text: str, limit: int = 8) -> tuple[Found, ...]:
    return find(asker.context.store, asker.context.linker, text, limit)


@pytest.mark.parametrize(
    ("text", "name", "way"),
    [
        ("7102", "计算机类", "code"),
        ("5102", "计算机类", "code"),
        ("4-01-06-01", "电子商务师", "code"),
        ("HCIP", "HCIP", "name"),
        ("hcip", "HCIP", "name"),
        ("计算机", "计算机类", "name"),
        ("注会", "注册会计师", "name"),
        ("jisuanjilei", "计算机类", "pinyin"),
        ("ylhly", "养老护理员", "initials"),
        ("yijian", "一级建造师", "pinyin"),
        ("Huawei", "华为技术有限公司", "name"),
        ("oracle的ocp", "OCP", "similar"),
    ],
)
def test_the_first_found_is_what_was_meant(asker: Asker, text: str, name: str, way: str) -> None:
    first = found(asker, text)[0]
    assert (first.thing.name.zh, first.way) == (name, way)


def test_a_part_of_a_name_lists_those_that_have_it(asker: Asker) -> None:
    listed = found(asker, "养老护理", 20)
    assert len(listed) > 3
    assert all("养老护理" in each.matched for each in listed if each.way != "similar")


def test_each_node_comes_once_and_no_more_than_asked_for(asker: Asker) -> None:
    listed = found(asker, "师", 50)
    assert len(listed) == 50
    assert len({each.thing.iri for each in listed}) == 50
    assert found(asker, "师", 0) == ()


def test_what_is_no_name_finds_nothing(asker: Asker) -> None:
    for text in ("", "  ", "!!!", "…", "\x00"):
        assert found(asker, text) == ()


@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_can_be_typed(asker: Asker, text: str) -> None:
    assert len(found(asker, text, 5)) <= 5
