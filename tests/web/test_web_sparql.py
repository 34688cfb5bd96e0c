"""/sparql: the query half of the SPARQL 1.1 Protocol, on the embedded store and on Virtuoso, which must not be told apart."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import rdflib
from fastapi.testclient import TestClient
from httpx2 import Response
from remote.virtuoso import PASSWORD, USER, running

from kg.store import Endpoint, GraphStore, build_store, by_document, open_store
from kg.store.publish import publish
from kg.store.remote import RemoteStore
from web.sparql_site import CKG, ID, ONE, PREFIXES, ROWS, THINGS, THINGS_NAMED, TWO, client_on, write_graph

JSON, XML, TURTLE = "application/sparql-results+json", "application/sparql-results+xml", "text/turtle"
LINES = PREFIXES + "SELECT ?s ?line WHERE { ?s ckg:line ?line } ORDER BY ?line"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
LABELS = PREFIXES + "SELECT ?s ?label WHERE { ?s skos:prefLabel ?label } ORDER BY ?s ?label"
GRAPH_OF_ONE = PREFIXES + "CONSTRUCT WHERE { id:fact\\/one ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store."""
    folder = tmp_path_factory.mktemp("sparql")
    build_store(write_graph(folder / "graph.nt"), folder / "store", by_document)
    return folder / "store"


@pytest.fixture(scope="module")
def embedded(folder: Path) -> Iterator[GraphStore]:
    """The store in the folder."""
    with open_store(folder) as store:
        yield store


@pytest.fixture(scope="module")
def virtuoso(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The same graph on Virtuoso."""
    with running(tmp_path_factory.mktemp("virtuoso")) as server:
        endpoint = Endpoint(server.query)
        publish(folder, Endpoint(server.graphs, USER, PASSWORD), endpoint)
        with RemoteStore(endpoint) as store:
            yield store


@pytest.fixture(scope="module", params=["embedded", pytest.param("virtuoso", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest) -> GraphStore:
    """Each store in turn."""
    opened: GraphStore = request.getfixturevalue(request.param)
    return opened


@pytest.fixture(scope="module")
def client(store: GraphStore) -> TestClient:
    """A client of the application on it."""
    return client_on(store, sparql_seconds=5)


def ask(client: TestClient, query: str, accept: str = JSON, /, **parameters: str | list[str]) -> Response:
    """A query by GET."""
    return client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})


def bindings(response: Response) -> list[dict[str, Any]]:
    """The rows of an answer in JSON."""
    assert response.status_code == 200, response.text
    rows: list[dict[str, Any]] = response.json()["results"]["bindings"]
    return rows


def number(response: Response) -> int:
    """The one number of an answer."""
    return int(bindings(response)[0]["n"]["value"])


def refused(response: Response, status: int, reason: str) -> None:
    """Check that a request was refused with a problem that says why."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert reason in response.json()["detail"]
    assert "Traceback" not in response.text
    assert response.headers["access-control-allow-origin"] == "*"


# ---- the three ways to send a query


def test_the_three_ways_to_send_a_query_give_the_same(client: TestClient) -> None:
    by_get = ask(client, LINES)
    direct = client.post("/sparql", content=LINES.encode(), headers={"Content-Type": "application/sparql-query; charset=UTF-8", "Accept": JSON})
    encoded = client.post("/sparql", data={"query": LINES}, headers={"Accept": JSON})
    assert [row["line"]["value"] for row in bindings(by_get)] == ["7", "8"]
    assert bindings(by_get) == bindings(direct) == bindings(encoded)
    assert by_get.headers["content-type"] == JSON


def test_a_head_has_the_headers_of_a_get_and_no_body(client: TestClient) -> None:
    got, head = ask(client, LINES), client.head("/sparql", params={"query": LINES}, headers={"Accept": JSON})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.headers["content-length"] == got.headers["content-length"]


def test_options_tell_the_methods_and_let_other_pages_in(client: TestClient) -> None:
    response = client.options("/sparql", headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"})
    assert response.status_code in (200, 204)
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "content-type" in response.headers["access-control-allow-headers"].lower()
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    response = client.request(method, "/sparql", content=b"ASK {}")
    refused(response, 405, "GET")
    assert "POST" in response.headers["allow"]


# ---- what comes out


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", JSON),
        ("*/*", JSON),
        (JSON, JSON),
        ("application/json", "application/json"),
        (XML, XML),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (f"{JSON};q=0.2, {XML};q=0.8", XML),
        (f"text/turtle, {XML};q=0.1", XML),
        (f"{JSON};q=0, application/*;q=0.5", XML),
        ("text/csv;q=0.4, */*;q=0.1", "text/csv; charset=utf-8"),
    ],
)
def test_a_table_comes_as_the_client_wants_it(client: TestClient, accept: str, kind: str) -> None:
    response = ask(client, LINES, accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == kind
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        (JSON + ", */*;q=0.1", "text/turtle; charset=utf-8"),
        (TURTLE, "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        ("text/turtle;q=0.5, application/ld+json;q=0.6", "application/ld+json"),
    ],
)
def test_a_graph_comes_as_the_client_wants_it(client: TestClient, accept: str, kind: str) -> None:
    response = ask(client, GRAPH_OF_ONE, accept)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == kind
    reader = {"text/turtle": "turtle", "application/n-triples": "nt", "application/rdf+xml": "xml"}.get(kind.partition(";")[0], "json-ld")
    graph = rdflib.Graph().parse(data=response.content, format=reader)
    assert {str(value) for value in graph.objects()} == {"名 one", f"{ID}source/one/l7"}
    assert len(graph) == 2


@pytest.mark.parametrize("form", ["json", "srj", JSON, "xml", "csv", "tsv"])
def test_the_parameter_format_comes_before_the_header(client: TestClient, form: str) -> None:
    response = ask(client, LINES, "text/turtle", format=form)
    assert response.status_code == 200
    assert form in response.headers["content-type"] or form in ("srj", "tsv")


@pytest.mark.parametrize(
    ("query", "accept", "format", "status", "reason"),
    [
        (LINES, "image/png", "", 406, "application/sparql-results+json"),
        (LINES, TURTLE, "", 406, "json"),
        (GRAPH_OF_ONE, "text/csv", "", 406, "turtle"),
        (LINES, "*/*", "pdf", 400, "pdf"),
        (LINES, "*/*", "turtle", 406, "json"),
    ],
)
def test_a_format_that_there_is_not_is_refused(client: TestClient, query: str, accept: str, format: str, status: int, reason: str) -> None:
    refused(ask(client, query, accept, **({"format": format} if format else {})), status, reason)


@pytest.mark.parametrize(("pattern", "truth"), [("ckg:line 7", True), ("ckg:line 9", False)])
def test_an_ask_is_a_truth_value_in_every_format(client: TestClient, pattern: str, truth: bool) -> None:
    query = f"{PREFIXES}ASK {{ ?s {pattern} }}"
    assert ask(client, query).json()["boolean"] is truth
    assert f"<boolean>{str(truth).lower()}</boolean>" in ask(client, query, XML).text
    for kind in ("text/csv", "text/tab-separated-values"):
        assert ask(client, query, kind).text.strip() == str(truth).lower()


def test_languages_and_types_are_kept(client: TestClient) -> None:
    rows = bindings(ask(client, PREFIXES + "SELECT ?o WHERE { id:credential\\/00 skos:prefLabel ?o } ORDER BY LANG(?o)"))
    assert [row["o"]["xml:lang"].lower() for row in rows] == ["en-gb", "zh"]
    assert rows[0]["o"]["value"] == 'certificate <00> & "more"'
    rows = bindings(ask(client, PREFIXES + f"SELECT ?p ?o WHERE {{ <{ID}credential/中文> ?p ?o }}"))
    values = {row["p"]["value"].removeprefix(CKG): row["o"] for row in rows}
    assert {name: value.get("datatype", "").rpartition("#")[2] for name, value in values.items()} == {
        "issued": "dateTime", "amount": "decimal", "open": "boolean", "remark": "",
    }  # fmt: skip
    assert values["remark"]["value"] == "two\nlines\t| \\ 𠮷"
    assert float(values["amount"]["value"]) == 1500.5
    assert values["open"]["value"] in ("true", "1")


def test_an_unbound_variable_is_left_out(client: TestClient) -> None:
    query = PREFIXES + "SELECT ?s ?no WHERE { ?s ckg:line 7 OPTIONAL { ?s ckg:nothing ?no } }"
    response = ask(client, query)
    assert response.json()["head"]["vars"] == ["s", "no"]
    assert list(bindings(response)[0]) == ["s"]
    rows = list(csv.reader(io.StringIO(ask(client, query, "text/csv").text)))
    assert rows == [["s", "no"], [f"{ID}source/one/l7", ""]]


@pytest.mark.parametrize("kind", [JSON, XML, "text/tab-separated-values"])
def test_a_table_can_be_read_by_another_program(client: TestClient, kind: str) -> None:
    response = ask(client, LABELS + " LIMIT 5", kind)
    solutions = ox.parse_query_results(response.content, ox.QueryResultsFormat.from_media_type(kind))
    assert isinstance(solutions, ox.QuerySolutions)
    assert len(list(solutions)) == 5


def test_a_graph_may_be_described(client: TestClient) -> None:
    response = ask(client, f"DESCRIBE <{ID}fact/one>", "application/n-triples")
    assert f"<{ID}fact/one>" in response.text
    assert response.status_code == 200


# ---- graphs


def test_each_document_is_a_named_graph_and_the_default_is_all_of_them(client: TestClient) -> None:
    rows = bindings(ask(client, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"))
    assert [row["g"]["value"] for row in rows] == [ONE, TWO, THINGS]
    total = number(ask(client, COUNT))
    parts = [number(ask(client, COUNT.replace("WHERE", f"FROM <{graph}> WHERE"))) for graph in (ONE, TWO, THINGS)]
    assert parts == [4, 4, 2 * THINGS_NAMED + 4]
    assert total == sum(parts)


def test_graphs_of_the_request_override_those_of_the_query(client: TestClient) -> None:
    query = COUNT.replace("WHERE", f"FROM <{THINGS}> WHERE")
    assert number(ask(client, query, **{"default-graph-uri": ONE})) == 4
    assert number(ask(client, query, **{"default-graph-uri": [ONE, TWO]})) == 8
    direct = client.post(
        "/sparql?" + urlencode({"default-graph-uri": ONE}), content=query.encode(), headers={"Content-Type": "application/sparql-query", "Accept": JSON}
    )
    assert number(direct) == 4
    encoded = client.post("/sparql", data={"query": query, "default-graph-uri": [ONE, TWO]}, headers={"Accept": JSON})
    assert number(encoded) == 8
    named = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert number(ask(client, named, **{"named-graph-uri": TWO})) == 4
    assert number(ask(client, named, **{"default-graph-uri": ONE})) == 0


def test_named_graphs_may_be_chosen_by_the_query(client: TestClient) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM NAMED <{ONE}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert number(ask(client, query)) == 4


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_is_not_there_is_refused_and_not_fetched(client: TestClient, parameter: str) -> None:
    refused(ask(client, COUNT, **{parameter: "http://127.0.0.1:9/graph"}), 400, "no graph")


# ---- what is refused


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT * WHERE {", "too early"),
        ("nonsense", "SPARQL"),
        ("", "empty"),
        ("SELECT * WHERE { ?s none:such ?o }", "none:"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }", "no graph"),
        ("LOAD <http://127.0.0.1:9/>", "read-only"),
        ("INSERT DATA { <http://a> <http://b> 1 }", "read-only"),
        ("DROP ALL", "read-only"),
        ("SELECT * { ?s ?p '" + "x" * 100_001 + "' }", "100,000"),
    ],
)
def test_a_query_that_cannot_run_is_refused_with_the_reason(client: TestClient, query: str, reason: str) -> None:
    response = client.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"})
    refused(response, 400, reason)


@pytest.mark.parametrize(
    ("method", "address", "headers", "body", "status", "reason"),
    [
        ("GET", "?query=ASK%7B%7D&query=ASK%7B%7D", {}, b"", 400, "2 times"),
        ("GET", "?query=%FF", {}, b"", 400, "UTF-8"),
        ("GET", "?query=%GG", {}, b"", 400, "%GG"),
        ("GET", "?query=ASK%7B%7D&format=json&format=xml", {}, b"", 400, "format"),
        ("GET", "?update=DROP+ALL", {}, b"", 403, "read-only"),
        ("GET", "?default-graph-uri=http://x/", {}, b"", 400, "no query"),
        ("GET", "?" + "a=1&" * 300, {}, b"", 400, "200 parameters"),
        ("POST", "", {}, b"ASK {}", 415, "missing"),
        ("POST", "", {"Content-Type": "text/plain"}, b"ASK {}", 415, "text/plain"),
        ("POST", "", {"Content-Type": "application/json"}, b'{"query": "ASK {}"}', 415, "application/json"),
        ("POST", "", {"Content-Type": "application/sparql-update"}, b"DROP ALL", 403, "read-only"),
        ("POST", "", {"Content-Type": "application/sparql-query; charset=latin-1"}, b"ASK {}", 415, "latin-1"),
        ("POST", "", {"Content-Type": "application/sparql-query"}, b"ASK { ?s ?p '\xff' }", 400, "UTF-8"),
        ("POST", "", {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}, b"\x1f\x8b", 415, "gzip"),
        ("POST", "?query=ASK%7B%7D", {"Content-Type": "application/sparql-query"}, b"ASK {}", 400, "2 times"),
        ("POST", "", {"Content-Type": "application/x-www-form-urlencoded"}, b"", 400, "no query"),
        ("POST", "", {"Content-Type": "application/x-www-form-urlencoded"}, b"query=ASK%7B%7D&query=ASK%7B%7D", 400, "2 times"),
        ("POST", "", {"Content-Type": "application/x-www-form-urlencoded"}, b"query=%FF", 400, "UTF-8"),
        ("POST", "", {"Content-Type": "application/x-www-form-urlencoded"}, b"update=DROP+ALL", 403, "read-only"),
        ("POST", "?query=ASK%7B%7D", {"Content-Type": "application/x-www-form-urlencoded"}, b"query=ASK%7B%7D", 400, "2 times"),
    ],
)
def test_a_request_that_is_none_is_refused_with_the_reason(
    client: TestClient, method: str, address: str, headers: dict[str, str], body: bytes, status: int, reason: str
) -> None:
    refused(client.request(method, f"/sparql{address}", headers=headers, content=body), status, reason)


def test_a_parameter_that_nobody_knows_is_passed_over(client: TestClient) -> None:
    assert ask(client, "ASK {}", timeout="0", callback="alert").json()["boolean"] is True


# ---- limits


@pytest.mark.parametrize("kind", [JSON, XML, TURTLE, "application/n-triples", "application/rdf+xml"])
def test_a_result_that_is_cut_says_so_in_header_and_body(client: TestClient, kind: str) -> None:
    query = LABELS if kind in (JSON, XML) else PREFIXES + "CONSTRUCT { ?s skos:prefLabel ?o } WHERE { ?s skos:prefLabel ?o }"
    response = ask(client, query, kind)
    assert response.status_code == 200
    assert response.headers["x-sparql-maxrows"] == str(ROWS)
    assert f"cut at {ROWS}" in response.text
    if kind in (JSON, XML):
        solutions = ox.parse_query_results(response.content, ox.QueryResultsFormat.from_media_type(kind))
        assert isinstance(solutions, ox.QuerySolutions)
        assert len(list(solutions)) == ROWS
        assert len(rdflib.query.Result.parse(io.BytesIO(response.content), format={JSON: "json", XML: "xml"}[kind])) == ROWS
    else:
        assert len(list(ox.parse(response.content, ox.RdfFormat.from_media_type(kind)))) == ROWS


@pytest.mark.parametrize("kind", ["text/csv", "text/tab-separated-values"])
def test_a_format_that_cannot_say_that_it_is_cut_is_not_cut(client: TestClient, kind: str) -> None:
    refused(ask(client, LABELS, kind), 422, "cannot say")
    whole = ask(client, f"{LABELS} LIMIT {ROWS}", kind)
    assert len(whole.text.strip().splitlines()) == ROWS + 1
    assert "x-sparql-maxrows" not in whole.headers


def test_a_query_that_takes_too_long_is_ended(store: GraphStore) -> None:
    client = client_on(store, sparql_seconds=1)
    response = ask(client, ENDLESS)
    refused(response, 503, "1 second")
    assert int(response.headers["retry-after"]) > 0
    assert ask(client, "ASK {}").status_code == 200


def test_a_client_that_asks_too_often_has_to_wait(store: GraphStore) -> None:
    client = client_on(store, sparql_requests=3)
    assert [ask(client, "ASK {}").status_code for _ in range(3)] == [200] * 3
    response = ask(client, "ASK {}")
    refused(response, 429, "3 requests a minute")
    assert 1 <= int(response.headers["retry-after"]) <= 60


def test_a_client_that_takes_too_much_work_has_to_wait(store: GraphStore) -> None:
    client = client_on(store, sparql_seconds=1, sparql_work=1)
    assert ask(client, ENDLESS).status_code == 503
    refused(ask(client, "ASK {}"), 429, "1 seconds of work")


# ---- the service description


@pytest.mark.parametrize("kind", ["*/*", TURTLE, "application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_a_get_without_query_describes_the_service(client: TestClient, kind: str) -> None:
    response = client.get("/sparql", headers={"Accept": kind})
    assert response.status_code == 200
    served = response.headers["content-type"].partition(";")[0]
    assert kind in ("*/*", served)
    reader = {"text/turtle": "turtle", "application/n-triples": "nt", "application/rdf+xml": "xml"}.get(served, "json-ld")
    graph = rdflib.Graph().parse(data=response.content, format=reader)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    endpoint = rdflib.URIRef("http://testserver/sparql")
    assert (endpoint, rdflib.RDF.type, sd.Service) in graph
    assert (endpoint, sd.endpoint, endpoint) in graph
    assert {str(name) for name in graph.objects(None, sd.name)} == {ONE, TWO, THINGS}
    assert len(list(graph.objects(endpoint, sd.resultFormat))) == 8
    counts = {int(str(value)) for value in graph.objects(None, rdflib.VOID.triples)}
    assert counts == {4, 2 * THINGS_NAMED + 4, 2 * THINGS_NAMED + 12}


def test_a_browser_without_query_is_led_to_the_page(client: TestClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"})
    assert response.status_code == 303
    assert response.headers["location"] == "/"


def test_a_description_that_nobody_can_write_is_refused(client: TestClient) -> None:
    refused(client.get("/sparql", headers={"Accept": "image/png"}), 406, "text/turtle")


def test_the_name_of_the_host_is_only_data(client: TestClient) -> None:
    response = client.get("/sparql", headers={"Accept": TURTLE, "Host": 'x"> <script>'})
    assert response.status_code in (200, 400)
    assert "<script>" not in response.text


# ---- the words of the address are data


def test_a_graph_named_in_the_address_cannot_become_syntax(client: TestClient) -> None:
    response = client.get(f"/sparql?query={quote(COUNT)}&default-graph-uri={quote(f'{ONE}> {{ SERVICE <http://x/')}", headers={"Accept": JSON})
    refused(response, 400, "no graph")


def test_the_result_is_json_that_everybody_reads(client: TestClient) -> None:
    assert json.loads(ask(client, LABELS).content)["warnings"]


def test_the_file_of_the_graph_is_as_the_tests_say(tmp_path: Path) -> None:
    assert len(write_graph(tmp_path / "graph.nt").read_text(encoding="utf-8").splitlines()) == 2 * THINGS_NAMED + 12
