"""The tutorial's queries run, and their printed results are what the graph gives."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.namespaces import CKG, ID
from kg.store import GuardedStore, Rows, Triples, Truth, open_store

TUTORIAL = (Path(__file__).parents[2] / "docs" / "TUTORIAL.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sparql\n(.*?)```\n\n((?:\|[^\n]*\|\n)+)", TUTORIAL, re.DOTALL)
MORE = "…"


@pytest.fixture(scope="module")
def store(build: Path) -> Iterator[GuardedStore]:
    """The built store."""
    with open_store(build / "store") as opened:
        yield opened


def shown_rows(outcome: Rows | Truth | Triples) -> tuple[list[str], list[list[str]]]:
    """A result as the tutorial prints it: heads and rows."""
    if isinstance(outcome, Truth):
        return ["answer"], [[str(outcome.value).lower()]]
    if isinstance(outcome, Rows):
        return list(outcome.variables), [[shown(term) for term in row] for row in outcome.rows]
    triples = sorted(outcome.triples, key=str)
    return ["subject", "predicate", "object"], [[shown(each.subject), shown(each.predicate), shown(each.object)] for each in triples]


def shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """A term in a cell of a Markdown table."""
    if isinstance(term, ox.NamedNode):
        short = term.value.replace(ID, "id:").replace(CKG, "ckg:").replace("http://www.w3.org/2004/02/skos/core#", "skos:")
        return f"`{short}`"
    return "" if term is None else str(getattr(term, "value", term)).replace("|", "\\|")


def test_the_tutorial_prints_a_result_for_every_query() -> None:
    assert len(EXAMPLES) == TUTORIAL.count("```sparql\n") >= 15


@pytest.mark.parametrize(("query", "printed"), EXAMPLES, ids=range(1, len(EXAMPLES) + 1))
def test_a_query_of_the_tutorial_gives_what_is_printed(store: GuardedStore, query: str, printed: str) -> None:
    heads, _, *rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in printed.splitlines()]
    expected_heads, expected = shown_rows(store.run(query))
    assert heads == expected_heads
    if rows and set(rows[-1]) == {MORE}:
        assert len(expected) > len(rows) - 1
        rows, expected = rows[:-1], expected[: len(rows) - 1]
    assert rows == expected
