"""The rules kept as data: each pattern carries an example that it must match and one that it must not."""

import csv
import re
from pathlib import Path

import pytest

from kg.ask.answer import KINDS as ALL_KINDS
from kg.ask.kinds import KINDS
from kg.ask.rules import DATA
from kg.ask.text import normalize

RULES = list(csv.DictReader((DATA / "kinds.csv").open(encoding="utf-8", newline="")))


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule['kind']}-{number}" for number, rule in enumerate(RULES, 2)])
def test_a_kind_rule_matches_its_example_and_not_its_counterexample(rule: dict[str, str]) -> None:
    pattern = re.compile(rule["pattern"])
    assert pattern.search(normalize(rule["example"])), rule["example"]
    assert not rule["counterexample"] or not pattern.search(normalize(rule["counterexample"])), rule["counterexample"]


def test_every_rule_is_of_a_kind_that_answers() -> None:
    assert {rule["kind"] for rule in RULES} <= set(KINDS)


def test_every_published_kind_is_answered_by_a_function() -> None:
    assert set(ALL_KINDS) - {"unknown"} == set(KINDS)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.csv")), ids=lambda path: path.name)
def test_every_pattern_file_compiles(path: Path) -> None:
    for row in csv.DictReader(path.open(encoding="utf-8", newline="")):
        if "pattern" in row:
            re.compile(row["pattern"])
        assert None not in row, "a row has more cells than the header: quote fields with commas"
        assert all(value is not None for value in row.values()), "a row has fewer cells than the header"


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[2] / "queries").glob("*.rq")), ids=lambda path: path.stem)
def test_every_query_file_says_what_it_is_for_and_what_it_needs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^# title: .{8,}$", text, re.M)
    declared = re.search(r"^# parameters: (.+)$", text, re.M)
    assert declared
    for name in re.findall(r"(\w+) \(", declared[1]):
        assert f"?{name}" in text, f"parameter {name} does not occur in the query"
