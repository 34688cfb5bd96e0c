"""The state of every row of the catalogue."""

from dataclasses import replace

import pytest
from catalogue_excerpt import decisions, excerpt

from kg.transcribe.coverage import coverage
from kg.transcribe.document import DocumentError
from kg.transcribe.layout import rows
from kg.transcribe.lexicon import Lexicon
from kg.transcribe.record import Record, corrections

NOTHING = Lexicon({})


def states(changed: dict[int, str] | None = None, *more: str) -> dict[str, Record]:
    known = decisions()
    categories = [each for each in corrections("categories") if each["category"] in {*more, *(each["category"] for each in known.categories)}]
    document = excerpt(changed)
    return {each["category"]: each for each in coverage(document, rows(document, NOTHING), replace(known, categories=tuple(categories)))}


def test_a_row_is_complete_unless_people_saw_damage() -> None:
    found = states()
    assert (found["6102"]["state"], found["6102"]["status"], found["6102"]["line"]) == ("complete", "exact", "52")
    assert (found["6602"]["state"], found["6602"]["status"]) == ("damaged", "repaired")
    assert "onex.中级" in found["6602"]["affected"]


def test_a_row_that_prints_no_entry_is_empty() -> None:
    assert states({100: "6504 4504 2504 水土保持与 水环境类⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥"}, "6504")["6504"]["state"] == "empty"


def test_a_row_without_heading_is_missing_and_cited_at_the_heading_of_its_group() -> None:
    found = states(None, "6104")["6104"]
    assert (found["state"], found["line"], found["reason"]) == ("missing", "47", "the text has no heading of this row")


def test_a_heading_that_was_changed_is_an_error_that_names_the_row() -> None:
    with pytest.raises(DocumentError, match="no line from 47 to 651 is the heading of 6206 金属与非金属矿类"):
        states({64: "62O6 4206 金属与 非金属矿 类⇥技术员"})


def test_a_heading_of_a_row_that_should_be_missing_is_an_error_with_its_line() -> None:
    with pytest.raises(DocumentError, match="line 55: the heading of 6104 渔业类 stands here"):
        states({55: "6104 4104 2104 渔业类⇥技术员"}, "6104")


def test_a_heading_of_no_known_row_is_an_error_with_its_line() -> None:
    with pytest.raises(DocumentError, match="line 55: 专业类 6199 is not in"):
        states({55: "6199 4199 2199 渔业类⇥技术员"})
