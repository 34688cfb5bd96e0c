"""Queries of the public: what is refused, what is ended, what is capped, and that the next query is none the worse for it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import kg.store.pool
from kg.store import (
    FORMATS,
    Document,
    GuardedStore,
    Limits,
    Outcome,
    QueryFailed,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    Rows,
    StoreBusy,
    StoreError,
    Triples,
    Truth,
    build_store,
    open_store,
)

TRIPLES = 2000
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
# No query here may take longer; the machine may be slow.
SOON = 30.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of some triples in the default graph and two in a named one."""
    folder = tmp_path_factory.mktemp("run")
    lines = [f'<http://x/s{i // 4}> <http://x/p{i % 4}> "名{i}"@zh .\n' for i in range(TRIPLES)]
    lines += [f'<http://x/s{i}> <http://x/p> "{i}" <http://x/graph> .\n' for i in range(2)]
    (folder / "graph.nq").write_text("".join(lines), encoding="utf-8")
    build_store(folder / "graph.nq", folder / "store")
    return folder / "store"


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[GuardedStore]:
    """That store, open."""
    with open_store(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Another endpoint on this machine, and the requests it got."""
    requests: list[str] = []

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            requests.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"elsewhere"}}]}}'
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", requests
    server.shutdown()
    thread.join()
    server.server_close()


def assert_whole(store: GuardedStore) -> None:
    """Check that every worker answers."""
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: table(store.run("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")).rows[0][0], range(4)))
    assert answers == [ox.Literal(TRIPLES)] * 4


def table(outcome: Outcome) -> Rows:
    """Check that the outcome is a table."""
    assert isinstance(outcome, Rows)
    return outcome


def graph(outcome: Outcome) -> Triples:
    """Check that the outcome is a graph."""
    assert isinstance(outcome, Triples)
    return outcome


def pids(store: GuardedStore) -> set[int]:
    """List the worker processes."""
    return {worker.process.pid for worker in store._pool._workers}


def gone(pid: int) -> bool:
    """Wait for a process to be gone."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        try:
            # A process that nobody has waited for is dead as well.
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


# ---- what comes out


def test_a_select_gives_rows(store: GuardedStore) -> None:
    outcome = table(store.run("SELECT ?o ?no WHERE { <http://x/s0> ?p ?o } ORDER BY ?o"))
    assert outcome.variables == ("o", "no")
    assert outcome.rows == tuple((ox.Literal(f"名{i}", language="zh"), None) for i in range(4))
    assert not outcome.capped
    assert outcome.seconds >= 0


def test_an_ask_gives_a_truth(store: GuardedStore) -> None:
    yes, no = store.run("ASK { ?s ?p ?o }"), store.run("ASK { ?s <http://x/none> ?o }")
    assert isinstance(yes, Truth)
    assert yes
    assert not no


@pytest.mark.parametrize(
    "query", ["CONSTRUCT WHERE { <http://x/s0> ?p ?o }", "DESCRIBE <http://x/s0>", "CONSTRUCT { <http://x/s0> ?p ?o } { <http://x/s0> ?p ?o . ?a ?b ?c }"]
)
def test_a_graph_comes_as_triples_each_once(store: GuardedStore, query: str) -> None:
    outcome = graph(store.run(query))
    assert {t.object for t in outcome.triples} == {ox.Literal(f"名{i}", language="zh") for i in range(4)}
    assert len(outcome.triples) == 4
    assert not outcome.capped


@pytest.mark.parametrize(("limit", "rows", "capped"), [(3, 3, True), (4, 4, False), (5, 4, False)])
def test_a_cap_is_announced_and_only_where_something_was_cut(store: GuardedStore, limit: int, rows: int, capped: bool) -> None:
    select = table(store.run("SELECT * WHERE { <http://x/s0> ?p ?o }", limits=Limits(rows=limit)))
    assert (len(select.rows), select.capped) == (rows, capped)
    construct = "CONSTRUCT { <http://x/s0> ?p ?o } WHERE { <http://x/s0> ?p ?o . ?a <http://x/p0> ?c }"
    triples = graph(store.run(construct, limits=Limits(rows=limit)))
    assert (len(triples.triples), triples.capped) == (rows, capped)
    csv = store.run("SELECT ?o WHERE { <http://x/s0> ?p ?o }", limits=Limits(rows=limit), format="csv")
    assert (len(csv.body.split()), csv.count, csv.capped) == (rows + 1, rows, capped)
    ntriples = store.run("DESCRIBE <http://x/s0>", limits=Limits(rows=limit), format="ntriples")
    assert (len(ntriples.body.splitlines()), ntriples.count, ntriples.capped) == (rows, rows, capped)


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_a_table_can_be_read_back(store: GuardedStore, name: str) -> None:
    query = 'SELECT ?o ?no ("<a&\\"\\n" AS ?odd) (1.50 AS ?n) WHERE { <http://x/s0> ?p ?o } ORDER BY ?o'
    outcome = store.run(query, format=name)
    assert isinstance(outcome, Document)
    read = ox.parse_query_results(outcome.body, ox.QueryResultsFormat.from_media_type(FORMATS[name].media_type))
    assert isinstance(read, ox.QuerySolutions)
    assert tuple(tuple(row) for row in read) == table(store.run(query)).rows


def test_a_table_as_csv_is_what_the_standard_says(store: GuardedStore) -> None:
    outcome = store.run('SELECT (1 AS ?a) ("x,y" AS ?b) ?c { }', format="csv")
    assert outcome.body == b'a,b,c\r\n1,"x,y",\r\n'


@pytest.mark.parametrize("name", ["turtle", "ntriples", "rdfxml", "jsonld"])
def test_a_graph_can_be_read_back(store: GuardedStore, name: str) -> None:
    query = "PREFIX x: <http://x/> CONSTRUCT WHERE { x:s0 ?p ?o }"
    outcome = store.run(query, format=name)
    form = ox.RdfFormat.from_media_type(FORMATS[name].media_type)
    assert {quad.triple for quad in ox.parse(outcome.body, form)} == set(graph(store.run(query)).triples)
    assert name != "turtle" or b"@prefix x: <http://x/>" in outcome.body


def test_a_relative_prefix_spoils_no_graph(store: GuardedStore) -> None:
    outcome = store.run("BASE <http://x/> PREFIX x: <s> CONSTRUCT WHERE { x:0 ?p ?o }", format="turtle")
    assert outcome.count == 4


@pytest.mark.parametrize(("name", "body"), [("json", b'{"head":{},"boolean":true}'), ("csv", b"true"), ("tsv", b"true")])
def test_an_ask_can_be_written(store: GuardedStore, name: str, body: bytes) -> None:
    assert store.run("ASK { }", format=name).body == body


def test_the_first_format_that_suits_the_form_is_taken(store: GuardedStore) -> None:
    wanted = ("turtle", "xml", "json")
    assert store.run("ASK { }", format=wanted).format == "xml"
    assert store.run("DESCRIBE <http://x/s0>", format=wanted).format == "turtle"


@pytest.mark.parametrize(("query", "name"), [("ASK { }", "turtle"), ("SELECT * { }", "jsonld"), ("DESCRIBE <http://x/s0>", "csv"), ("ASK { }", "html")])
def test_a_format_that_does_not_suit_is_refused_with_those_that_do(store: GuardedStore, query: str, name: str) -> None:
    with pytest.raises(QueryRefused, match=r"ntriples|json"):
        store.run(query, format=name)


def test_a_variable_can_be_bound_by_a_term(store: GuardedStore) -> None:
    outcome = table(store.run("SELECT ?s ?o WHERE { ?s <http://x/p1> ?o }", {"s": ox.NamedNode("http://x/s1")}))
    assert outcome.rows == ((ox.NamedNode("http://x/s1"), ox.Literal("名5", language="zh")),)


def test_letters_may_be_written_as_escapes(store: GuardedStore) -> None:
    assert store.run("ASK { ?s ?p '\\u540D0'@zh }")
    assert store.run("ASK { BIND('\\U0001F600' AS ?x) FILTER(STRLEN(?x) = 1) }")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(store: GuardedStore, ending: str) -> None:
    assert store.run(f"# a comment{ending}ASK {{ # another{ending} ?s ?p ?o }}{ending}")


# ---- graphs


def test_graphs_of_the_store_may_be_named(store: GuardedStore) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ {} }}"
    for query, expected in [
        (count.format("FROM <http://x/graph>", "?s ?p ?o"), 2),
        (count.format("FROM NAMED <http://x/graph>", "GRAPH ?g { ?s ?p ?o }"), 2),
        (count.format("FROM NAMED <http://x/graph>", "?s ?p ?o"), 0),
        ("PREFIX x: <http://x/> " + count.format("FROM x:graph", "?s ?p ?o"), 2),
        ("BASE <http://x/> " + count.format("FROM <graph>", "?s ?p ?o"), 2),
    ]:
        assert table(store.run(query)).rows == ((ox.Literal(expected),),), query


def test_graphs_named_beside_the_query_take_the_place_of_its_own(store: GuardedStore) -> None:
    default, named = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    here = ["http://x/graph"]
    for query, in_default, in_named in ((default, 2, 0), (named, 0, 2)):
        assert table(store.run(query, default_graphs=here)).rows == ((ox.Literal(in_default),),)
        assert table(store.run(query, named_graphs=here)).rows == ((ox.Literal(in_named),),)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <http://elsewhere/> { ?s ?p ?o }",
        "SELECT * FROM <http://x/graph> FROM NAMED <http://elsewhere/> { ?s ?p ?o }",
        "ASK FROM <relative> { }",
        "PREFIX x: <http://[/> ASK FROM <http://[> { }",
        "CONSTRUCT FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
        "DESCRIBE <http://x/s0> FROM <http://elsewhere/>",
        "PREFIX x: <http://elsewhere/> SELECT * FROM x:graph { }",
    ],
)
def test_a_graph_that_is_not_in_the_store_is_refused(store: GuardedStore, query: str) -> None:
    with pytest.raises(QueryRefused, match="no graph"):
        store.run(query)


def test_a_graph_named_beside_the_query_must_be_in_the_store(store: GuardedStore) -> None:
    with pytest.raises(QueryRefused, match="no graph"):
        store.run("ASK { }", default_graphs=["http://elsewhere/"])
    with pytest.raises(QueryRefused, match="no graph"):
        store.run("ASK { }", named_graphs=["no address"])


# ---- what is refused

HIDDEN = [
    "SELECT * { @ }",
    "SELECT * { { { @ } } }",
    "SELECT * { ?s ?p ?o OPTIONAL { @ } }",
    "SELECT * { { ?s ?p ?o } UNION { @ } }",
    "SELECT * { ?s ?p ?o MINUS { @ } }",
    "SELECT * { GRAPH ?g { @ } }",
    "SELECT * { { SELECT * { { SELECT ?s { @ } } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { @ } }",
    "SELECT * { ?s ?p ?o FILTER(1 = 2 || !(NOT EXISTS { @ })) }",
    "SELECT * { ?s ?p ?o FILTER(IF(EXISTS { @ }, true, false)) }",
    "SELECT * { BIND(EXISTS { @ } AS ?x) }",
    "SELECT * { BIND(COALESCE(1, STR(EXISTS { @ })) AS ?x) }",
    "SELECT (EXISTS { @ } AS ?x) { }",
    "SELECT ?s { ?s ?p ?o } ORDER BY (EXISTS { @ })",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { @ })",
    "SELECT ?x { ?s ?p ?o } GROUP BY (EXISTS { @ } AS ?x)",
    "SELECT (SUM(IF(EXISTS { @ }, 1, 0)) AS ?x) { ?s ?p ?o }",
    "ASK { @ }",
    "CONSTRUCT { ?s ?p ?o } WHERE { @ }",
    "DESCRIBE ?s WHERE { @ }",
    "DESCRIBE ?s WHERE { { SELECT ?s { FILTER EXISTS { @ } } } }",
    "SELECT * { ?s ?p ?o # a comment\r @\n}",
]
CALLS = ["SERVICE <{}> {{ ?s ?p ?o }}", "sErViCe SILENT <{}> {{ ?s ?p ?o }}", "VALUES ?e {{ <{}> }} SERVICE ?e {{ ?s ?p ?o }}"]


@pytest.mark.parametrize("place", HIDDEN)
def test_a_call_to_another_service_is_refused_wherever_it_hides(store: GuardedStore, elsewhere: tuple[str, list[str]], place: str) -> None:
    address, requests = elsewhere
    for call in CALLS:
        with pytest.raises(QueryRefused, match="SERVICE"):
            store.run(place.replace("@", call.format(address)))
    assert not requests


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * {{ FILTER("a\\u0022)#" = "b") SERVICE <{}> {{ ?s ?p ?o }}\n}}',
        'SELECT * {{ FILTER("a\\U00000022)#" = "b") SERVICE <{}> {{ ?s ?p ?o }}\n}}',
        "SELECT * {{ \\u0053ERVICE <{}> {{ ?s ?p ?o }} }}",
        'SELECT * {{ FILTER("a\\\\u0022)#" = "b") SERVICE <{}> {{ ?s ?p ?o }}\n}}',
        "SELECT * {{ ?s ?p ?o \\u000a SERVICE <{}> {{ ?s ?p ?o }} }}",
    ],
)
def test_an_escape_that_could_hide_a_call_is_refused(store: GuardedStore, elsewhere: tuple[str, list[str]], query: str) -> None:
    address, requests = elsewhere
    with pytest.raises(StoreError):
        store.run(query.format(address))
    assert not requests


def unguarded(query: str) -> int:
    """Count the rows that Oxigraph gives when nobody guards it."""
    solutions = ox.Store().query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return len(list(solutions))


def test_even_a_call_that_the_check_let_through_reaches_nobody(folder: Path, elsewhere: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    address, requests = elsewhere
    query = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
    assert unguarded(query) == 1
    assert requests.pop()
    blind = "import kg.store.worker as w\nfrom kg.store.checking import Inspection\nw.inspect = lambda text, graphs: Inspection(text, 'SELECT', {})\nmain("
    monkeypatch.setattr(kg.store.pool, "_START", kg.store.pool._START.replace("main(", blind))
    with open_store(folder) as store:
        with pytest.raises(QueryFailed):
            store.run(query)
        assert store.run("ASK { ?s ?p ?o }")
    assert not requests


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p ?o # SERVICE <http://a> { ?s ?p ?o }\n}",
        'SELECT * { FILTER(STR("SERVICE <http://a> {} FROM <http://b>") = "LOAD <http://c>") }',
        "PREFIX service: <http://x/> SELECT ?service { ?service service:SERVICE ?from }",
        "ASK { <http://x/SERVICE> <http://x/from> 'INSERT DATA' }",
        "ASK { ?s ?p '''\nSERVICE <http://a> { }\n''' }",
    ],
)
def test_the_words_alone_are_not_refused(store: GuardedStore, query: str) -> None:
    store.run(query)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://a> <http://b> 1 }",
        "delete where { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/x>",
        "LOAD SILENT <file:///etc/passwd> INTO GRAPH <http://g>",
        "DROP ALL",
        "CLEAR DEFAULT",
        "CREATE GRAPH <http://g>",
        "COPY DEFAULT TO <http://g>",
        "PREFIX x: <http://x/> DELETE { ?s ?p ?o } INSERT { ?s x:p ?o } WHERE { ?s ?p ?o }",
        "# SELECT\nINSERT DATA { <http://a> <http://b> 1 } ; DROP ALL",
    ],
)
def test_an_update_is_refused_as_one(store: GuardedStore, update: str) -> None:
    with pytest.raises(QueryRefused, match="read-only"):
        store.run(update)
    assert_whole(store)


@pytest.mark.parametrize(
    ("query", "line", "column", "word"),
    [
        ("", 1, 1, "empty"),
        ("foo", 1, 1, "foo"),
        ("SELECT * {\n  ?s ?p ?o\n  FILTER(?s = )\n}", 3, 3, r"FILTER\(\?s = \)"),
        ("SELECT * {\n ?s rdfs:label ?o }", 2, 5, "PREFIX rdfs:"),
        ("SELECT * {\n ?s :label ?o }", 2, 5, "PREFIX :"),
        ("SELECT * FROM x:g { }", 1, 15, "PREFIX x:"),
        ("SELECT * {\r\n ?s '华为' ?o }", 2, 2, "华为"),
        ("SELECT * { ?s ?p ?o", 1, 20, "ends too early"),
        ("SELECT * { ?s ?p <a> }", 1, 21, "BASE"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", 1, 40, "unbound"),
        ("SELECT (1 AS ?x) (2 AS ?x) { }", 1, 31, "Duplicated variable"),
        ("SELECT * { ?s ?p ?o LATERAL { ?s ?q ?r } }", 1, 21, "SPARQL 1.1: LATERAL"),
        ("SELECT * { << ?s ?p ?o >> ?q ?r }", 1, 12, "SPARQL 1.1: <<"),
        ("ASK { } ; DROP ALL", 1, 9, "; DROP ALL"),
    ],
)
def test_a_syntax_error_tells_its_place(store: GuardedStore, query: str, line: int, column: int, word: str) -> None:
    with pytest.raises(QuerySyntaxError, match=word) as caught:
        store.run(query)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert f"line {line}" in str(caught.value)


def test_a_function_that_is_not_there_is_named(store: GuardedStore) -> None:
    with pytest.raises(QueryFailed, match="http://x/function"):
        store.run("ASK { FILTER(<http://x/function>(1)) }")


@pytest.mark.parametrize("name", ["XMLLiteral", "HTML", "JSON", "langString"])
@pytest.mark.parametrize("space", ["http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2001/XMLSchema#"])
def test_literals_of_every_type_are_read_where_no_file_can_be_opened(store: GuardedStore, name: str, space: str) -> None:
    others = f"'2020-01-01'^^<{space}date> , 'P1D'^^<{space}duration> , '='^^<{space}base64Binary> , 1.5e3"
    assert not store.run(f"ASK {{ ?s ?p '<b>1</b>'^^<{space}{name}> , {others} }}")


def test_a_query_that_is_not_unicode_is_refused(store: GuardedStore) -> None:
    with pytest.raises(QueryRefused, match="Unicode"):
        store.run("ASK { ?s ?p '\ud800' }")


def test_a_query_of_a_megabyte_is_refused_before_it_is_read(store: GuardedStore) -> None:
    long = "a" * 1_000_000
    with pytest.raises(QueryRefused, match="100,000"):
        store.run(f"ASK {{ ?s ?p '{long}' }}")
    with pytest.raises(QueryRefused, match="100,000"):
        store.run("SELECT ?s { ?s ?p ?o }", {"s": ox.Literal(long)})


# ---- what is ended

HUGE_REGEX = "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '" + "(a{1,900}){1,900}" * 10 + "')) }"
HOSTILE = {
    "an endless join": ENDLESS,
    "an endless ask": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a = ?d && ?d != ?a) }",
    "an endless construct": "CONSTRUCT { <http://x/a> <http://x/b> 1 } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "endless rows that are all alike": "SELECT DISTINCT (1 AS ?one) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "a huge regular expression": HUGE_REGEX,
    "a regular expression that backtracks": "SELECT * { ?s ?p ?o FILTER(REGEX(REPLACE(STR(?o), '.', 'aaaaaaaaaaaaaaaaaaaa'), '^(a+a+)+$')) } ORDER BY ?s",
    "hundreds of patterns": "SELECT * { " + "?s ?p ?o . " * 300 + "}",
    "thousands of patterns": "SELECT * { " + "?s ?p ?o . " * 8000 + "}",
    "deep brackets": "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "deep groups": "SELECT * " + "{ " * 20_000 + "} " * 20_000,
    "deep subqueries": "SELECT * { " + "{ SELECT * { " * 200 + "?s ?p ?o" + " } }" * 200 + " }",
    "deep optionals": "SELECT * { " + "?s ?p ?o OPTIONAL { " * 200 + "?s ?p ?o" + " }" * 200 + " }",
    "deep paths": "SELECT * { ?s " + "(" * 200 + "<http://x/p>" + "*/<http://x/q>)*" * 200 + " ?o }",
    "deep lists": "SELECT * { ?s ?p " + "( " * 300 + "1" + " )" * 300 + " }",
    "open brackets": "SELECT * { FILTER(" + "(" * 50_000,
    "a long comment": "#" * 90_000,
    "long values": "SELECT * { VALUES ?x { " + "1 " * 40_000 + "} }",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_ends_and_harms_nobody(store: GuardedStore, name: str) -> None:
    started = time.monotonic()
    with contextlib.suppress(StoreError):
        store.run(HOSTILE[name], limits=Limits(seconds=0.5, memory_mib=256))
    assert time.monotonic() - started < SOON
    assert store.run("ASK { ?s ?p ?o }")


def test_a_query_whose_time_is_up_is_ended_and_its_worker_replaced(store: GuardedStore) -> None:
    assert_whole(store)
    before = pids(store)
    with pytest.raises(QueryTimeout, match=r"0\.5 seconds"):
        store.run(ENDLESS, limits=Limits(seconds=0.5))
    ended = before - pids(store)
    assert len(ended) == 1
    assert gone(ended.pop())
    assert_whole(store)


def test_a_worker_that_was_ended_is_replaced_before_the_next_query_comes(folder: Path) -> None:
    with open_store(folder, workers=1) as store:
        store.run("ASK { }")
        before = pids(store)
        with pytest.raises(QueryTimeout):
            store.run(ENDLESS, limits=Limits(seconds=0.2))
        end = time.monotonic() + SOON
        while not pids(store) - before and time.monotonic() < end:
            time.sleep(0.05)
        ready = pids(store)
        assert ready - before
        assert store.run("ASK { }")
        assert pids(store) == ready


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a",
        "SELECT DISTINCT ?a ?d ?g WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i",
        "SELECT ?c ?f (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f } GROUP BY ?c ?f",
    ],
)
def test_a_query_without_end_of_memory_is_ended(store: GuardedStore, query: str) -> None:
    with pytest.raises((QueryFailed, QueryTimeout)):
        store.run(query, limits=Limits(seconds=5, memory_mib=64))
    assert_whole(store)


def test_a_query_that_needs_too_much_memory_is_told_so(store: GuardedStore) -> None:
    with pytest.raises(QueryFailed, match="64 MiB of memory"):
        store.run("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a", limits=Limits(seconds=SOON, memory_mib=64))
    assert_whole(store)


def test_a_result_that_is_too_large_is_an_error_and_not_half_a_result(store: GuardedStore) -> None:
    long = "SELECT (CONCAT(STR(?a), STR(?c), STR(?d), STR(?f)) AS ?x) WHERE { ?a ?b ?c . ?d ?e ?f }"
    limits = Limits(rows=40_000, result_mib=1, seconds=SOON)
    with pytest.raises(QueryFailed, match="larger than 1 MiB"):
        store.run(long, limits=limits)
    with pytest.raises(QueryFailed, match="larger than 1 MiB"):
        store.run(long, limits=limits, format="json")
    assert_whole(store)


@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_worker_that_dies_while_it_waits_is_replaced(store: GuardedStore, kind: signal.Signals) -> None:
    assert_whole(store)
    before = pids(store)
    for worker in list(store._pool._workers):
        os.kill(worker.process.pid, kind)
        worker.process.wait(SOON)
    assert_whole(store)
    assert not before & pids(store)


def test_a_worker_that_dies_at_work_is_an_error_and_is_replaced(folder: Path) -> None:
    with open_store(folder, workers=1) as store, ThreadPoolExecutor(1) as threads:
        store.run("ASK { }")
        running = threads.submit(store.run, ENDLESS, limits=Limits(seconds=SOON))
        time.sleep(0.3)
        os.kill(pids(store).pop(), signal.SIGKILL)
        with pytest.raises(QueryFailed, match="brought its worker down"):
            running.result(SOON)
        assert store.run("ASK { ?s ?p ?o }")


def test_no_worker_is_started_before_it_is_needed_and_no_more_than_are_needed(folder: Path) -> None:
    with open_store(folder, workers=4) as store:
        assert not pids(store)
        for _ in range(3):
            store.run("ASK { }")
        assert len(pids(store)) == 1


def test_a_query_that_finds_no_free_worker_is_told_so(folder: Path) -> None:
    with open_store(folder, workers=1) as store, ThreadPoolExecutor(1) as threads:
        store.run("ASK { }")
        running = threads.submit(store.run, ENDLESS, limits=Limits(seconds=2))
        time.sleep(0.3)
        with pytest.raises(StoreBusy, match="later"):
            store.run("ASK { }", limits=Limits(seconds=0.2))
        with pytest.raises(QueryTimeout):
            running.result(SOON)
        assert store.run("ASK { ?s ?p ?o }")


def test_closing_ends_the_queries_that_run_and_leaves_no_process(folder: Path) -> None:
    store = open_store(folder)
    with ThreadPoolExecutor(3) as threads:
        running = [threads.submit(store.run, ENDLESS, limits=Limits(seconds=SOON)) for _ in range(3)]
        end = time.monotonic() + SOON
        while len(pids(store)) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        workers = pids(store)
        store.close()
        for future in running:
            with pytest.raises(StoreError, match="closed"):
                future.result(SOON)
    assert workers
    assert all(gone(pid) for pid in workers)
    with pytest.raises(StoreError, match="closed"):
        store.run("ASK { }")


def test_a_store_that_is_dropped_leaves_no_process(folder: Path) -> None:
    store = open_store(folder)
    store.run("ASK { }")
    workers = pids(store)
    del store
    assert all(gone(pid) for pid in workers)


def test_a_worker_outlives_no_parent_even_in_an_endless_query(folder: Path) -> None:
    program = (
        "import sys, threading, time\nfrom pathlib import Path\nfrom kg.store import Limits, open_store\n"
        "store = open_store(Path(sys.argv[1]))\nstore.run('ASK { }')\nprint(*(w.process.pid for w in store._pool._workers), flush=True)\n"
        "store.run(sys.argv[2], limits=Limits(seconds=1))\n"
    )
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", program, str(folder), ENDLESS]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        time.sleep(0.3)
        parent.kill()
    assert gone(worker)


def test_many_threads_share_the_workers_and_get_their_own_answers(store: GuardedStore) -> None:
    def ask(i: int) -> bool:
        if i % 10 == 9:
            with pytest.raises((QueryTimeout, StoreBusy)):
                store.run(ENDLESS, limits=Limits(seconds=0.2))
            return True
        outcome = table(store.run("SELECT ?s ?o WHERE { ?s <http://x/p0> ?o }", {"s": ox.NamedNode(f"http://x/s{i}")}))
        return outcome.rows == ((ox.NamedNode(f"http://x/s{i}"), ox.Literal(f"名{4 * i}", language="zh")),)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(60)))


def test_a_program_without_a_main_guard_may_use_the_store(folder: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        f"import sys\nsys.path.insert(0, {str(Path(__file__).parents[2])!r})\nfrom pathlib import Path\nfrom kg.store import open_store\n"
        "print('once')\nwith open_store(Path(sys.argv[1])) as store:\n    print(bool(store.run('ASK { ?s ?p ?o }')))\n"
    )
    done = subprocess.run([sys.executable, str(program), str(folder)], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["once", "True"]


def test_a_store_that_is_damaged_while_it_is_open_is_an_error_of_the_worker(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "g.nt").write_text("<http://a> <http://b> <http://c> .\n")
    build_store(tmp_path / "g.nt", tmp_path / "store")
    with open_store(tmp_path / "store") as store:
        for file in (tmp_path / "store" / store.manifest.data).glob("*.sst"):
            os.truncate(file, 10)
        for _ in range(2):
            with pytest.raises(StoreError, match="certkg build"):
                store.run("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("limits", [{"seconds": 0}, {"rows": 0}, {"seconds": float("nan")}, {"memory_mib": -1}, {"query_characters": 0}])
def test_limits_that_nothing_can_keep_are_refused(limits: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(limits))):
        Limits(**limits)


def test_json_keeps_every_kind_of_term(store: GuardedStore) -> None:
    outcome = store.run("SELECT ?b (<http://x/a> AS ?i) ('x' AS ?s) ('x'@en-GB AS ?l) (1 AS ?n) { BIND(BNODE() AS ?b) }", format="json")
    (row,) = json.loads(outcome.body)["results"]["bindings"]
    assert row["i"] == {"type": "uri", "value": "http://x/a"}
    assert row["s"] == {"type": "literal", "value": "x"}
    assert row["l"]["xml:lang"].lower() == "en-gb"
    assert row["n"] == {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    assert row["b"]["type"] == "bnode"
