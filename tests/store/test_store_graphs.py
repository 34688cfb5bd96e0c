"""The named graphs: one a document, and nothing of a document in another."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import GuardedStore, build_store, by_document, open_store
from kg.store.graphs import ONTOLOGY, THINGS

ID, CKG = "https://w3id.org/certkg/id/", f"{ONTOLOGY.value}#"
ONE, TWO = f"{ID}document/one", f"{ID}document/two"
GRAPH = f"""
<{ID}fact/1> <http://www.w3.org/ns/prov#hadPrimarySource> <{ID}source/one/l1> .
<{ID}fact/1> <{CKG}recognizes> <{ID}credential/c> .
<{ID}fact/2> <http://www.w3.org/ns/prov#hadPrimarySource> <{ID}source/two/l1> .
<{ID}fact/2> <http://www.w3.org/ns/prov#hadPrimarySource> <{ID}source/one/l1> .
<{ID}source/one/l1> <{CKG}inDocument> <{ONE}> .
<{ID}source/two/l1> <{CKG}inDocument> <{TWO}> .
<{ONE}> <{CKG}lineCount> "7" .
<{ID}credential/c> <{CKG}issuedBy> <{ID}organization/o> .
<{CKG}Fact> <http://www.w3.org/2000/01/rdf-schema#label> "fact"@en .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedStore]:
    """A store of two facts from two documents."""
    folder = tmp_path_factory.mktemp("graphs")
    (folder / "graph.nt").write_text(GRAPH.lstrip(), encoding="utf-8")
    build_store(folder / "graph.nt", folder / "store", by_document)
    with open_store(folder / "store") as opened:
        yield opened


def subjects(store: GuardedStore, graph: str) -> set[str]:
    """The subjects in a named graph."""
    rows = store.select(f"SELECT DISTINCT ?s WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").rows
    return {row[0].value.removeprefix(ID) for row in rows if isinstance(row[0], ox.NamedNode)}


def test_what_a_document_states_is_in_its_graph(store: GuardedStore) -> None:
    assert store.graphs == {ONE, TWO, THINGS.value, ONTOLOGY.value}
    assert subjects(store, ONE) == {"document/one", "source/one/l1", "fact/1", "fact/2"}
    assert subjects(store, TWO) == {"source/two/l1", "fact/2"}
    assert subjects(store, THINGS.value) == {"credential/c"}
    assert subjects(store, ONTOLOGY.value) == {f"{CKG}Fact"}


def test_the_default_graph_is_the_union_with_each_triple_once(store: GuardedStore) -> None:
    default = store.select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }").rows
    union = store.select("SELECT DISTINCT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }").rows
    assert len(default) == len(set(default)) == len(union) == store.manifest.triples == 9
    assert set(default) == set(union)
    assert store.manifest.quads == 9 + 11


def test_a_store_of_an_earlier_version_opens(tmp_path: Path) -> None:
    (tmp_path / "graph.nt").write_text(GRAPH.lstrip(), encoding="utf-8")
    build_store(tmp_path / "graph.nt", tmp_path / "store")
    manifest = tmp_path / "store" / "manifest.json"
    manifest.write_text(manifest.read_text().replace(',\n  "quads": 9', ""))
    assert "quads" not in manifest.read_text()
    with open_store(tmp_path / "store") as store:
        assert store.manifest.quads == 9
        assert store.graphs == frozenset()
