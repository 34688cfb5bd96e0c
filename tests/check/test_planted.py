"""Each planted mistake is caught by the shapes named with it, and by no other."""

import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from rdflib import Graph

from kg.check import Finding, read_shapes, validate
from kg.graph.namespaces import PREFIXES

MISTAKES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "planted.toml").read_text(encoding="utf-8"))["mistake"]
PREFIX = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return read_shapes()


def plant(clean: str, mistake: dict[str, Any]) -> tuple[pyoxigraph.Store, str]:
    """The clean graph with one mistake, and the node at fault."""
    store = pyoxigraph.Store()
    store.bulk_load(clean.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    solutions = store.query(f"{PREFIX}SELECT * WHERE {{ {mistake['pick']} }} ORDER BY ?f LIMIT 1")
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    place = next(solutions, None)
    assert place is not None, f"the clean graph has no place for: {mistake['name']}"
    bound = {variable.value: term for variable, term in zip(solutions.variables, place, strict=True) if term is not None}
    values = f"VALUES ({' '.join('?' + name for name in bound)}) {{ ({' '.join(map(str, bound.values()))}) }}"
    delete = mistake.get("delete", "")
    # What is deleted is looked up once more, so that a delete may leave a value open.
    store.update(f"{PREFIX}DELETE {{ {delete} }} INSERT {{ {mistake.get('insert', '')} }} WHERE {{ {values} OPTIONAL {{ {delete} }} }}")
    return store, str(bound["f"].value)


def violations(store: pyoxigraph.Store, shapes: Graph) -> list[Finding]:
    return [each for each in validate(store, shapes).findings if each.severity == "violation"]


def test_clean_graph_gives_no_violation(clean: str, shapes: Graph) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(clean.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert violations(store, shapes) == []


def test_built_graph_gives_no_finding(built: pyoxigraph.Store, shapes: Graph) -> None:
    assert validate(built, shapes).findings == ()


def test_there_are_enough_mistakes() -> None:
    assert len(MISTAKES) >= 60
    assert len({each["name"] for each in MISTAKES}) == len(MISTAKES)


@pytest.mark.parametrize("mistake", MISTAKES, ids=[each["name"] for each in MISTAKES])
def test_mistake_is_caught(mistake: dict[str, Any], clean: str, shapes: Graph) -> None:
    store, node = plant(clean, mistake)
    found = violations(store, shapes)
    assert {each.shape for each in found} == set(mistake["shapes"])
    assert all(each.message_zh and each.message_en and each.message_zh != each.message_en for each in found)
    assert any(each.node == node for each in found)
