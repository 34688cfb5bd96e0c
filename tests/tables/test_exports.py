"""Flat tables: exactly the published columns, document and line in every row, the same in both formats."""

import csv
import io
import json
from functools import cache

import pytest

from kg.tables import NAMES, TableError, exported, read_tables

#: Every table that DESIGN, section 7, promises, with the columns that people join by.
PROMISED = {
    "recognitions": ("category", "category_name", "family", "tier", "name", "issuer", "grades", "text", "document", "line", "status"),
    "coverage": ("category", "category_name", "state"),
    "associations": ("number", "list", "name", "supervisor"),
    "awards": ("kind", "name"),
    "bodies": ("number", "name"),
    "competitions": ("number", "example"),
    "offers": ("annex", "organization", "name", "grades"),
    "onex": ("number", "issuer", "name", "batch"),
    "qualifications": ("number", "name", "class", "departments", "basis"),
    "overseas": ("class", "number", "name", "issuer"),
    "titles": ("series", "rank", "tier", "title"),
    "equivalences": ("number", "qualification", "title", "condition"),
    "directory": ("number", "code", "occupation", "work_type", "grades"),
    "subsidy_rates": ("class", "grades", "amount"),
    "subsidy_directory": ("list", "number", "class", "name", "code"),
    "pathways": ("direction", "source", "years", "target"),
    "series": ("number", "occupation", "series"),
}


@cache
def tables() -> dict[str, list[dict[str, str]]]:
    return read_tables()


def csv_rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(table, "csv", tables()))))


def test_every_promised_table_is_exported() -> None:
    assert PROMISED.keys() <= set(NAMES)


@pytest.mark.parametrize("table", NAMES)
def test_a_table_is_the_same_in_both_formats_and_names_document_and_line(table: str) -> None:
    rows = csv_rows(table)
    objects = [json.loads(line) for line in exported(table, "jsonl", tables()).splitlines()]
    assert rows == [{name: str(value) for name, value in each.items()} for each in objects]
    assert all(each["document"] and isinstance(each["line"], int) and each["line"] > 0 for each in objects)
    assert set(PROMISED.get(table, ())) <= set(rows[0])


def test_recognitions_have_exactly_the_published_columns_and_values() -> None:
    rows = csv_rows("recognitions")
    assert tuple(rows[0]) == PROMISED["recognitions"]
    assert {row["family"] for row in rows} == {"title", "skill", "practice", "onex", "industry"}
    assert {row["tier"] for row in rows} == {"初级", "中级", "高级"}
    assert {row["status"] for row in rows} <= {"exact", "repaired", "uncertain"}
    assert {grade for row in rows for grade in row["grades"].split("|")} <= {"", "5", "4", "3", "2", "1"}


def test_recognitions_name_their_category_as_the_coverage_table_does() -> None:
    names = {row["category"]: row["category_name"] for row in tables()["coverage"]}
    assert {(row["category"], row["category_name"]) for row in csv_rows("recognitions")} <= set(names.items())


def test_the_flagship_entry_is_exported_with_issuer_and_line() -> None:
    (row,) = [row for row in csv_rows("recognitions") if (row["category"], row["name"]) == ("7102", "HCIP-datacom")]
    assert (row["tier"], row["issuer"], row["line"], row["category_name"]) == ("中级", "华为技术有限公司", "427", "计算机类")


def test_a_text_with_commas_and_line_ends_comes_through_csv() -> None:
    assert any("," in row["text"] or "\n" in row["text"] or '"' in row["text"] for row in csv_rows("overseas"))
    assert [row["text"] for row in csv_rows("overseas")] == [row["text"] for row in tables()["overseas"]]


@pytest.mark.parametrize(
    ("table", "format", "said"), [("nonsense", "csv", "no table “nonsense”; there are recognitions"), ("titles", "xml", "use csv or jsonl")]
)
def test_an_unknown_table_or_format_is_refused_with_those_there_are(table: str, format: str, said: str) -> None:
    with pytest.raises(TableError) as caught:
        exported(table, format)
    assert said in str(caught.value)
