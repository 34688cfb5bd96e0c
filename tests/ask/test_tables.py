"""Whole tables in memory to find with, and the query for what is told of them."""

import pytest

from kg.ask import Asker
from kg.ask.context import chinese
from kg.ask.tables import read_table, table, told

ENGINEER = "https://w3id.org/certkg/id/credential/工程师"


def test_what_is_found_in_memory_is_told_from_a_query_for_it(asker: Asker) -> None:
    context = asker.context.fork()
    found = [row for row in read_table(context, "title_equivalence") if row["title"] == ENGINEER]
    assert found
    assert context.trace == []
    rows = told(context, "title_equivalence", reversed(found), "title")
    assert rows == found[::-1]
    assert f"VALUES ?title {{ <{ENGINEER}> }}" in context.shown_queries()
    assert len(asker.context.store.select(context.shown_queries()).rows) == len(found)


def test_nothing_found_needs_no_query(asker: Asker) -> None:
    context = asker.context.fork()
    assert told(context, "title_equivalence", [], "title") == []
    assert context.shown_queries() == ""


def test_a_row_that_the_query_does_not_give_is_an_error(asker: Asker) -> None:
    context = asker.context.fork()
    with pytest.raises(KeyError):
        told(context, "title_equivalence", [{"fact": "https://w3id.org/certkg/id/x", "title": ENGINEER}], "title")
    with pytest.raises(KeyError):
        told(context, "title_equivalence", [{"fact": "https://w3id.org/certkg/id/x"}], "title")


def test_a_part_of_a_table_is_read_once_and_noted_each_time(asker: Asker) -> None:
    first, second = asker.context.fork(), asker.context.fork()
    part = table(first, "subsidy_entries", list=chinese("南通紧缺目录"))
    assert part is table(second, "subsidy_entries", list=chinese("南通紧缺目录"))
    assert {row["list"] for row in part} == {"南通紧缺目录"}
    assert len(part) < len(read_table(first, "subsidy_entries"))
    assert first.trace == second.trace
    assert len(first.trace) == 1
