"""Reasons in Chinese: every one of the tables has a full wording, exact in numbers and names; placeholders are shown as people write them."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from kg.graph.reasons import Wordings, read_wordings
from kg.tables import read_tables

#: The families of columns: words of the table that no reason has alone.
FAMILIES = {"title", "skill", "practice", "onex", "industry"}
SMALL = Wordings(
    {"left as printed": "照印出的保留", "skill": "技能等级证书", "onex": "1+X证书"},
    {
        "cells {number1} and {number2} of line {number3}": "第{number3}行的第{number1}、{number2}格",
        "blank lines {number}": "第{number}行空白",
        "as in {cell}": "与{cell}一样",
        "belongs to {column}": "属于{column}",
        "read as {tier}": "读作{tier}",
        "OCR: {text1} for {text2}": "“{text2}”被认成“{text1}”",
    },
)


@cache
def parts() -> frozenset[str]:
    return frozenset(part for rows in read_tables().values() for row in rows if row.get("reason") for part in row["reason"].split("; "))


def printed(text: str) -> Iterator[str]:
    """The names in a text, as far as they are Chinese; not the three tiers, which are written out."""
    return (each for each in re.findall(r"[\u3400-\u9fff]+", text) if not set(each) <= set("初中高"))


def test_every_part_of_every_reason_is_worded_by_one_row() -> None:
    assert len(parts()) > 800
    assert {part: rows for part in parts() if len(rows := read_wordings().rows(part)) != 1} == {}


def test_no_row_is_there_for_nothing() -> None:
    wordings = read_wordings()
    used = {row for part in parts() for row in wordings.rows(part)}
    assert {*wordings.literal, *wordings.patterned} - used == FAMILIES


def test_a_wording_keeps_every_number_and_every_printed_name() -> None:
    for part in parts():
        chinese = read_wordings().part(part)
        assert {*re.findall(r"\d+", part)} <= {*re.findall(r"\d+", chinese)}, part
        assert all(name in chinese for name in printed(part)), part


def test_a_wording_has_no_english_but_names() -> None:
    for part in parts():
        words = re.findall(r"[A-Za-z]{2,}", read_wordings().part(part).replace("OCR", ""))
        assert all(word in part and (word[0].isupper() or word[0] == "x") for word in words if word not in ("of", "the")), part
        assert not {"of", "the"} & {*words} or "Fellow of the Society" in part


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("left as printed", "照印出的保留"),
        ("cells 11 and 12 of line 379", "第379行的第11、12格"),
        ("blank lines 76-82", "第76至82行空白"),
        ("as in 637.5", "与第637行第5格一样"),
        ("as in 484.41-46", "与第484行第41至46格一样"),
        ("as in 189.11-205.11", "与第189行第11格至第205行第11格一样"),
        ("belongs to skill.初", "属于技能等级证书初级栏"),
        ("belongs to skill.初 skill.中, onex.高", "属于技能等级证书初级、中级栏、1+X证书高级栏"),
        ("belongs to skill.初/中/高", "属于技能等级证书初级、中级、高级栏"),
        ("read as 中", "读作中级"),
        ("OCR: 員 for 员", "“员”被认成“員”"),
        ("left as printed; read as 高", "照印出的保留；读作高级"),
        ("left as printed; a new reason", "照印出的保留；a new reason"),
        ("OCR: 測 for 测, 員 for 员", "OCR: 測 for 测, 員 for 员"),
    ],
)
def test_a_reason_in_chinese(english: str, chinese: str) -> None:
    assert SMALL.chinese(english) == chinese


def test_a_new_reason_and_two_rows_for_one_are_found() -> None:
    assert SMALL.rows("a new reason") == []
    both = Wordings({}, {"lost: {text}": "缺“{text}”", "lost: {tier}": "缺{tier}"})
    assert both.rows("lost: 初") == ["lost: {text}", "lost: {tier}"]
