"""The text of a query taken apart: terms put into it, its pattern found, its dataset taken out."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store import QueryRefused
from kg.store.binding import body, pattern_start, prologue, with_values, without_dataset
from kg.store.dialect import adapted

GRAPH = '<http://x/s> <http://x/p> "1" . <http://x/t> <http://x/p> "2" .'
A = ox.NamedNode("http://x/s")


def rows(query: str) -> list[tuple[object, ...]]:
    """What a query gives on a small graph."""
    store = ox.Store()
    store.load(GRAPH.encode(), format=ox.RdfFormat.TURTLE)
    results = store.query(query)
    assert isinstance(results, ox.QuerySolutions)
    return [tuple(row) for row in results]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?o WHERE { ?s <http://x/p> ?o }",
        "SELECT ?s ?o{ ?s <http://x/p> ?o }",
        "PREFIX where: <http://x/(> # WHERE { SELECT\nSELECT ?s ?o WHERE { ?s <http://x/p> ?o }",
        "SELECT ?s ?o ('}{ WHERE {' AS ?brackets) WHERE { ?s <http://x/p> ?o }",
        'SELECT ?s ?o ("""a"{\n""" AS ?brackets) { ?s <http://x/p> ?o }',
        "SELECT ?s ?o (EXISTS { ?x ?y ?z } AS ?there) WHERE { ?s <http://x/p> ?o }",
        "SELECT ?s (SAMPLE(?v) AS ?o) WHERE { ?s <http://x/p> ?v } GROUP BY ?s HAVING (EXISTS { ?s ?y ?z })",
        "SELECT ?s ?o WHERE { { SELECT ?s ?o WHERE { ?s <http://x/p> ?o } } }",
    ],
)
def test_a_term_binds_its_variable_wherever_brackets_stand(query: str) -> None:
    bound = rows(with_values(query, {"s": A}))
    assert [row[:2] for row in bound] == [(A, ox.Literal("1"))]
    assert len(rows(query)) == 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?o WHERE { { SELECT ?s ?o WHERE { ?x <http://x/p> ?o FILTER(STR(?x) = STR(?s)) } } }",
        "SELECT ?s ?o { { SELECT (MAX(?v) AS ?o) ?s { ?x <http://x/p> ?v FILTER(STR(?x) = STR(?s)) } GROUP BY ?s } }",
        "SELECT ?s ?o { { { SELECT ?s ?o { { SELECT ?s ?o { ?x <http://x/p> ?o FILTER(?x = ?s) } } } } } }",
    ],
)
def test_a_term_reaches_into_subqueries_that_give_its_variable_out(query: str) -> None:
    assert [row[:2] for row in rows(with_values(query, {"s": A}))] == [(A, ox.Literal("1"))]


def test_a_subquery_that_keeps_a_variable_to_itself_is_left_alone() -> None:
    query = "SELECT ?s ?n WHERE { ?s <http://x/p> ?o { SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o } } }"
    assert rows(with_values(query, {"s": A})) == [(A, ox.Literal(2))]


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_any_text_is_bound_as_a_term_and_never_as_syntax(text: str) -> None:
    query = with_values("SELECT ?o WHERE { BIND(STRLEN(?v) AS ?o) }", {"v": ox.Literal(text, language="zh")})
    assert rows(query) == [(ox.Literal(len(text)),)]


@pytest.mark.parametrize("term", [ox.BlankNode("b"), ox.Triple(A, A, A)])
def test_a_term_that_values_do_not_take_is_refused(term: ox.BlankNode | ox.Triple) -> None:
    with pytest.raises(QueryRefused, match=r"\?s"):
        with_values("SELECT ?s { ?s ?p ?o }", {"s": term})


def test_a_query_without_pattern_takes_no_terms() -> None:
    assert with_values("DESCRIBE <http://x/s>", {}) == "DESCRIBE <http://x/s>"
    with pytest.raises(QueryRefused, match="pattern"):
        with_values("DESCRIBE <http://x/s>", {"s": A})
    with pytest.raises(QueryRefused, match="SELECT"):
        with_values("nothing", {"s": A})


@pytest.mark.parametrize(
    ("query", "pattern"),
    [
        ("CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?o }", "{ ?s ?p ?o }"),
        ("CONSTRUCT { ?s ?p 1 } { ?s ?p ?o } LIMIT 2", "{ ?s ?p ?o } LIMIT 2"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "{ ?s ?p ?o }"),
        ("CONSTRUCT FROM <http://g> WHERE { ?s ?p ?o }", "{ ?s ?p ?o }"),
        ("CONSTRUCT { } WHERE { { ?s ?p ?o } }", "{ { ?s ?p ?o } }"),
        ("ASK { ?s ?p ?o }", "{ ?s ?p ?o }"),
        ("DESCRIBE ?s WHERE { ?s ?p ?o }", "{ ?s ?p ?o }"),
    ],
)
def test_the_pattern_is_found(query: str, pattern: str) -> None:
    start = pattern_start(query)
    assert start is not None
    assert query[start:] == pattern


def test_declarations_and_the_rest_are_parted() -> None:
    query = "BASE <http://select/>\nPREFIX select: <ask> # DESCRIBE\nSELECT * { }"
    assert prologue(query) == "BASE <http://select/>\nPREFIX select: <ask> # DESCRIBE\n"
    assert body(query) == "SELECT * { }"


@pytest.mark.parametrize(
    ("query", "without"),
    [
        ("SELECT * FROM <http://a> FROM NAMED <http://b> WHERE { }", "SELECT *   WHERE { }"),
        ("SELECT * from x:a\n# a comment\nFrom named # another\n<http://b>\n{ }", "SELECT * \n# a comment\n\n{ }"),
        ("SELECT ('FROM' AS ?from) { ?from <http://from/FROM> 'FROM <a>' }", "SELECT ('FROM' AS ?from) { ?from <http://from/FROM> 'FROM <a>' }"),
        ("DESCRIBE <http://x> FROM <http://a>", "DESCRIBE <http://x> "),
    ],
)
def test_the_dataset_is_taken_out(query: str, without: str) -> None:
    assert without_dataset(query) == without


@pytest.mark.parametrize(
    ("name", "address"),
    [
        (r"x:a\/b", "<http://x/a/b>"),
        (r"x:a\/b.", "<http://x/a/b>."),
        (r"x:a\.", "<http://x/a.>"),
        ("x:a", "x:a"),
        (r"y:a\/b", r"y:a\/b"),
        (r"'x:a\\b'", r"'x:a\\b'"),
    ],
)
def test_escapes_in_names_are_written_out(name: str, address: str) -> None:
    text, marks = adapted(f"PREFIX x: <http://x/>\nSELECT * {{ {name} ?p ?o }}")
    assert text == f"PREFIX x: <http://x/>\nSELECT * {{ {address} ?p ?o }}"
    assert not marks


@pytest.mark.parametrize(
    ("order", "bracketed"),
    [
        ("ORDER BY MIN(?o)", "ORDER BY (MIN(?o))"),
        ("ORDER BY DESC(MIN(?o)) COUNT(DISTINCT ?o) ?s LIMIT 5", "ORDER BY DESC(MIN(?o)) (COUNT(DISTINCT ?o)) ?s LIMIT 5"),
        ("ORDER BY (MIN(?o))", "ORDER BY (MIN(?o))"),
        ("ORDER BY ?min", "ORDER BY ?min"),
        ("HAVING (MIN(?o) > 1) # ORDER BY MIN(?o)", "HAVING (MIN(?o) > 1) # ORDER BY MIN(?o)"),
    ],
)
def test_aggregates_to_order_by_stand_in_brackets(order: str, bracketed: str) -> None:
    query = "SELECT ?s WHERE { ?s <http://x/p> ?o } GROUP BY ?s "
    assert adapted(query + order)[0] == query + bracketed
    assert rows(query + order) == rows(query + bracketed)


def test_a_separator_that_is_not_ascii_comes_back_in_the_result() -> None:
    text, marks = adapted("SELECT (GROUP_CONCAT(?o; separator='、\\'\\n') AS ?all) (GROUP_CONCAT(?o; SEPARATOR=\"|\") AS ?b) { ?s ?p ?o }")
    assert text == 'SELECT (GROUP_CONCAT(?o; separator="~certkg0~") AS ?all) (GROUP_CONCAT(?o; SEPARATOR="|") AS ?b) { ?s ?p ?o }'
    assert marks == {b"~certkg0~": "、'\\n".encode()}
