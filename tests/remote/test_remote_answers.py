"""The answers on Virtuoso are those of the embedded store: the project's graph published there, and the gold questions asked on both."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from remote.virtuoso import PASSWORD, USER, Virtuoso, running

from kg.ask import Answer, Asker
from kg.ask.context import Context
from kg.collection import read_collection
from kg.describe import describe
from kg.store import Endpoint, GraphStore, Limits, Rows, Triples, connect
from kg.store.publish import Published, publish

pytestmark = pytest.mark.slow
#: Questions that are asked at a time.
THREADS = 4
LIMITS = Limits(seconds=60)


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """A running Virtuoso."""
    with running(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(scope="module")
def published(build: Path, virtuoso: Virtuoso) -> Published:
    """The project's graph, loaded."""
    return publish(build / "store", Endpoint(virtuoso.graphs, USER, PASSWORD), Endpoint(virtuoso.query))


@pytest.fixture(scope="module")
def store(build: Path, virtuoso: Virtuoso, published: Published) -> Iterator[GraphStore]:
    """The store that the setting names."""
    with connect(build / "store", environment={"CERTKG_ENDPOINT": virtuoso.query}) as opened:
        yield opened


def test_every_named_graph_is_there(published: Published, store: GraphStore) -> None:
    assert published.checked
    assert set(published.graphs) == store.graphs
    assert len([name for name in store.graphs if "/id/document/" in name]) == 4


def test_a_document_comes_back_as_it_was_sent(asker: Asker, store: GraphStore) -> None:
    query = "SELECT ?s ?p ?o WHERE { GRAPH <https://w3id.org/certkg/id/document/nantong-subsidy-2025> { ?s ?p ?o } }"
    assert set(store.select(query).rows) == set(asker.context.store.select(query).rows)


CLASSES = ("Recognition", "IndustryCertificate", "MajorCategory", "SourceLocation", "Occupation")


def test_things_are_described_alike(asker: Asker, store: GraphStore) -> None:
    here = asker.context.store
    for name in CLASSES:
        (row,) = here.select(f"SELECT ?s WHERE {{ ?s a <https://w3id.org/certkg/ontology#{name}> }} ORDER BY ?s LIMIT 1").rows
        assert isinstance(row[0], ox.NamedNode)
        found = describe(here, row[0].value, page=10, picture=0)
        assert found is not None
        assert describe(store, row[0].value, page=10, picture=0) == found


def plain(term: object) -> object:
    """A term without what engines differ in: the order of what GROUP_CONCAT joins, its language, and whether nothing joined is a text."""
    if isinstance(term, ox.Literal):
        return tuple(sorted(each.strip() for each in re.split("[、|]", term.value)))
    return ("",) if term is None else term


def test_the_collection_gives_the_same_rows(asker: Asker, store: GraphStore) -> None:
    here = cast(GraphStore, asker.context.store)
    queries = read_collection()
    assert len(queries) >= 40
    with ThreadPoolExecutor(THREADS) as threads:
        there = list(threads.map(lambda query: store.run(query.text, limits=LIMITS), queries))
    for query, outcome in zip(queries, there, strict=True):
        expected = here.run(query.text, limits=LIMITS)
        assert type(outcome) is type(expected), query.name
        if isinstance(outcome, Rows) and isinstance(expected, Rows):
            assert Counter(tuple(map(plain, row)) for row in outcome.rows) == Counter(tuple(map(plain, row)) for row in expected.rows), query.name
        elif isinstance(outcome, Triples) and isinstance(expected, Triples):
            assert set(outcome.triples) == set(expected.triples), query.name


def test_the_gold_questions_are_answered_alike(gold: Path, asker: Asker, store: GraphStore) -> None:
    there = Asker(Context(store, asker.context.linker, asker.context.categories), asker.vocabulary)
    lines = [json.loads(line) for line in (gold / "questions.jsonl").read_text(encoding="utf-8").splitlines()]

    def both(line: dict[str, object]) -> tuple[object, Answer, Answer]:
        question, history = str(line["question"]), [str(turn) for turn in line.get("history") or []]  # type: ignore[attr-defined]
        return line["id"], asker.ask(question, history), there.ask(question, history)

    with ThreadPoolExecutor(THREADS) as threads:
        answered = list(threads.map(both, lines))
    assert len(answered) == len(lines) > 50
    told = {key: (a.verdict, a.kind, {item.iri for item in a.items}, {(c.document, c.line) for c in a.citations}) for key, a, _ in answered}
    assert {key: (b.verdict, b.kind, {item.iri for item in b.items}, {(c.document, c.line) for c in b.citations}) for key, _, b in answered} == told
