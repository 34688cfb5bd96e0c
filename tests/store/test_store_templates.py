"""Trusted templates in this process, and their bindings."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.store import GuardedStore, QueryRefused, QuerySyntaxError, Rows, StoreError, Term, build_store, open_store
from kg.store.results import write_rows

NAMES = ["华为认证ICT专家", 'a"b', "}", '" . ?x ?y ?z } #', "\\", "'''", "a\nb", "", "$s ?s", "<http://x/s0>"]
LABEL = ox.NamedNode("http://x/label")
BY_LABEL = "SELECT ?s ?name WHERE { ?s <http://x/label> ?name }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedStore]:
    """A store of ten things with awkward labels."""
    folder = tmp_path_factory.mktemp("templates")
    quads = [ox.Quad(ox.NamedNode(f"http://x/s{i}"), LABEL, ox.Literal(name)) for i, name in enumerate(NAMES)]
    (folder / "graph.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    build_store(folder / "graph.nq", folder / "store")
    with open_store(folder / "store") as opened:
        yield opened


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(NAMES)
literals = (
    st.builds(ox.Literal, texts)
    | st.builds(lambda text: ox.Literal(text, language="zh"), texts)
    | st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://x/type")), texts)
    | st.builds(ox.Literal, st.integers(-(2**62), 2**62))
)
nodes = st.builds(lambda n: ox.NamedNode(f"http://x/s{n}"), st.integers(0, 20)) | st.builds(lambda n: ox.BlankNode(f"b{n}"), st.integers(0, 9))


@settings(deadline=None)
@given(literals)
def test_a_literal_comes_back_as_it_went_in(store: GuardedStore, literal: ox.Literal) -> None:
    rows = store.select("SELECT ?given ?text WHERE { BIND(STR(?given) AS ?text) }", {"given": literal}).rows
    assert rows == ((literal, ox.Literal(literal.value)),)


@settings(deadline=None)
@given(literals | nodes)
def test_a_binding_selects_what_equals_it_and_nothing_else(store: GuardedStore, term: ox.Literal | ox.NamedNode | ox.BlankNode) -> None:
    rows = store.select(BY_LABEL, {"name": term}).rows
    assert set(rows) == {(ox.NamedNode(f"http://x/s{i}"), ox.Literal(name)) for i, name in enumerate(NAMES) if ox.Literal(name) == term}
    assert store.ask("ASK { ?s <http://x/label> ?name }", {"name": term}) == bool(rows)


@settings(deadline=None)
@given(nodes)
def test_a_node_is_bound_as_subject(store: GuardedStore, node: ox.NamedNode | ox.BlankNode) -> None:
    rows = store.select(BY_LABEL, {"s": node}).rows
    assert {name for _, name in rows} == {ox.Literal(name) for i, name in enumerate(NAMES) if node == ox.NamedNode(f"http://x/s{i}")}


@settings(max_examples=30, deadline=None)
@given(literals)
def test_a_literal_is_no_less_safe_in_a_worker(store: GuardedStore, literal: ox.Literal) -> None:
    outcome = store.run("SELECT ?given ?text WHERE { BIND(STR(?given) AS ?text) }", {"given": literal})
    assert isinstance(outcome, Rows)
    assert outcome.rows == ((literal, ox.Literal(literal.value)),)


cells = st.none() | literals | nodes | st.builds(lambda o: ox.Triple(ox.NamedNode("http://x/a"), LABEL, o), literals)


@settings(deadline=None)
@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_rows_are_the_same_after_writing_and_reading(rows: list[tuple[Term | None, Term | None]]) -> None:
    for name, form in (("json", ox.QueryResultsFormat.JSON), ("tsv", ox.QueryResultsFormat.TSV)):
        read = ox.parse_query_results(write_rows(("a", "b"), rows, name), form)
        assert isinstance(read, ox.QuerySolutions)
        assert [v.value for v in read.variables] == ["a", "b"]
        assert [tuple(row) for row in read] == rows


@pytest.mark.parametrize("text", ['" } #', "' . ?s ?p ?o", "} UNION { ?s ?p ?o", "\\u0022 } #", '""" }', "<http://x/s0>", "a\r\nb", "\x00"])
def test_syntax_inside_a_literal_changes_nothing(store: GuardedStore, text: str) -> None:
    expected = tuple((ox.NamedNode(f"http://x/s{i}"), ox.Literal(name)) for i, name in enumerate(NAMES) if name == text)
    assert store.select(BY_LABEL, {"name": ox.Literal(text)}).rows == expected
    outcome = store.run(BY_LABEL, {"name": ox.Literal(text)})
    assert isinstance(outcome, Rows)
    assert outcome.rows == expected


def test_an_unbound_variable_is_none(store: GuardedStore) -> None:
    rows = store.select("SELECT ?s ?no WHERE { ?s <http://x/label> ?name OPTIONAL { ?s <http://x/no> ?no } }", {"s": ox.NamedNode("http://x/s0")})
    assert rows.variables == ("s", "no")
    assert rows.rows == ((ox.NamedNode("http://x/s0"), None),)
    assert not rows.capped


def test_a_binding_reaches_filters_and_exists_and_optional(store: GuardedStore) -> None:
    pattern = "SELECT ?given ?s ?again WHERE {{ ?s <http://x/label> ?name . {} OPTIONAL {{ ?other <http://x/label> ?again FILTER(?other = ?given) }} }}"
    for condition in ("FILTER(?s = ?given)", "FILTER EXISTS { ?given <http://x/label> ?name }", "FILTER NOT EXISTS { FILTER(?s != ?given) }"):
        rows = store.select(pattern.format(condition), {"given": ox.NamedNode("http://x/s0")}).rows
        assert rows == ((ox.NamedNode("http://x/s0"), ox.NamedNode("http://x/s0"), ox.Literal(NAMES[0])),)


def test_of_several_terms_each_row_has_one(store: GuardedStore) -> None:
    terms = (ox.NamedNode("http://x/s0"), ox.NamedNode("http://x/s1"), ox.NamedNode("http://x/none"))
    query = "SELECT ?s ?name WHERE { ?s <http://x/label> ?name }"
    assert sorted(row[0].value for row in store.select(query, {"s": terms}).rows if isinstance(row[0], ox.NamedNode)) == ["http://x/s0", "http://x/s1"]
    both = store.select(query, {"s": terms, "name": ox.Literal(NAMES[1])}).rows
    assert [row[0] for row in both] == [terms[1]]
    assert store.select(query, {"s": ()}).rows == ()
    with pytest.raises(QueryRefused, match="term"):
        store.select(query, {"s": (terms[0], "http://x/s1")})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("query", "bindings", "reason"),
    [
        ("SELECT ?name WHERE { ?s <http://x/label> ?name }", {"s": LABEL}, "SELECT"),
        ("SELECT ?s WHERE { ?s ?p ?o }", {"typo": LABEL}, "no variable"),
        ("SELECT ?s WHERE { ?s2 ?p ?s }", {"s2 ": LABEL}, "variable"),
        ("SELECT ?s WHERE { ?s ?p ?o }", {"": LABEL}, "no variable"),
        ("SELECT ?s ?x WHERE { BIND(?s AS ?x) }", {"s": LABEL}, "does not reach"),
        ("SELECT ?s WHERE { FILTER(BOUND(?s)) }", {"s": LABEL}, "does not reach"),
        ("SELECT ?s WHERE { ?s ?p ?o }", {"s": "http://x/s0"}, "term"),
        ("SELECT ?s WHERE { ?s ?p ?o }", {"s": None}, "term"),
    ],
)
def test_a_binding_that_would_be_passed_over_is_refused(store: GuardedStore, query: str, bindings: dict[str, ox.NamedNode], reason: str) -> None:
    with pytest.raises(QueryRefused, match=reason):
        store.select(query, bindings)
    with pytest.raises(QueryRefused, match=reason):
        store.run(query, bindings)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o # x\r SERVICE <http://127.0.0.1/> { ?s ?p ?o }\n}",
        'SELECT * { FILTER("a\\u0022)#" = "b") SERVICE <http://127.0.0.1/> { ?s ?p ?o }\n}',
        "SELECT * FROM <http://127.0.0.1/> { ?s ?p ?o }",
    ],
)
def test_a_template_that_leaves_the_store_is_refused_too(store: GuardedStore, query: str) -> None:
    with pytest.raises(QueryRefused):
        store.select(query)


def test_a_template_may_have_the_words_in_strings_and_comments(store: GuardedStore) -> None:
    assert store.ask('ASK { # SERVICE <http://a> {} FROM\n FILTER("SERVICE <http://a> {} from" != "x") }')


def test_a_template_of_another_form_is_refused(store: GuardedStore) -> None:
    with pytest.raises(QueryRefused, match="SELECT"):
        store.select("ASK { }")
    with pytest.raises(QueryRefused, match="ASK"):
        store.ask("SELECT * { }")


@pytest.mark.parametrize("query", ["", "SELECT", "INSERT DATA { <http://a> <http://b> 1 }", "SELECT * { ?s x:y ?o }"])
def test_a_template_that_is_no_query_is_a_syntax_error(store: GuardedStore, query: str) -> None:
    with pytest.raises(QuerySyntaxError):
        store.select(query)


def test_a_template_may_be_run_from_many_threads(store: GuardedStore) -> None:
    wrong: list[object] = []

    def look() -> None:
        for i, name in enumerate(NAMES * 20):
            rows = store.select(BY_LABEL, {"s": ox.NamedNode(f"http://x/s{i % len(NAMES)}")}).rows
            if [row[1] for row in rows] != [ox.Literal(name)]:
                wrong.append(rows)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    (tmp_path / "g.nt").write_text("<http://a> <http://b> <http://c> .\n")
    build_store(tmp_path / "g.nt", tmp_path / "store")
    store = open_store(tmp_path / "store")
    store.close()
    store.close()
    for use in (store.select, store.ask, store.run):
        with pytest.raises(StoreError, match="closed"):
            use("ASK { }")


def test_a_template_costs_neither_a_process_nor_the_import_of_rdflib(tmp_path: Path) -> None:
    (tmp_path / "g.nt").write_text("<http://a> <http://b> <http://c> .\n")
    build_store(tmp_path / "g.nt", tmp_path / "store")
    program = (
        "import sys\nfrom pathlib import Path\nfrom kg.store import open_store\nstore = open_store(Path(sys.argv[1]))\n"
        "assert store.ask('ASK { ?s ?p ?o }')\nassert not store._pool._workers\nprint('rdflib' in sys.modules)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "store")], cwd=root, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
