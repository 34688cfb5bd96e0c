"""Whatever comes to /sparql: a reason for people, never a fault of the server, and nobody else waits for it."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.store import FORMATS, GraphStore, build_store, by_document, open_store
from web.sparql_site import ONE, client_on, write_graph

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
#: What parts of requests are made of: the words of the protocol and of the language, and anything.
WORDS = st.sampled_from(
    [
        "query", "update", "default-graph-uri", "named-graph-uri", "format", "json", "text/turtle", "*/*", "q=0", "utf-8", "charset", ONE, "SELECT", "ASK",
        "CONSTRUCT", "WHERE", "{", "}", "?s", "?p", "?o", "*", "FROM", "SERVICE", "<http://x>", "PREFIX", "x:", "FILTER", "(", ")", "GRAPH", "VALUES",
        "LOAD", "INSERT", "UNION", ".", ";", "'", '"', "\\u0041", "%", "%FF", "&", "=", "\x00", "\r\n", "#", "中文", "LIMIT 1", "REGEX", "BIND",
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=10), max_size=12).map(" ".join)
#: What HTTP lets a header hold.
HEADERS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, blacklist_characters="\x7f"), max_size=60) | TEXTS.map(
    lambda text: "".join(each for each in text if 0x20 <= ord(each) < 0x7F)
)
PARAMETERS = st.lists(st.tuples(WORDS | st.text(max_size=8), TEXTS), max_size=5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store."""
    folder = tmp_path_factory.mktemp("input")
    build_store(write_graph(folder / "graph.nt"), folder / "store", by_document)
    return folder / "store"


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[GraphStore]:
    """The store, open."""
    with open_store(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(store: GraphStore) -> TestClient:
    """A client of the application on it."""
    return client_on(store, sparql_seconds=2)


def encode(text: str) -> bytes:
    """Text as the bytes of a header."""
    return text.encode("latin-1", "replace")


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]),
    parameters=PARAMETERS,
    accept=st.none() | HEADERS,
    kind=st.none() | HEADERS | st.sampled_from(["application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update"]),
    coding=st.none() | HEADERS,
    body=st.binary(max_size=50) | TEXTS.map(str.encode) | TEXTS.map(lambda text: b"query=" + text.encode()),
)
def test_no_request_is_a_fault_of_the_server(
    client: TestClient, method: str, parameters: list[tuple[str, str]], accept: str | None, kind: str | None, coding: str | None, body: bytes
) -> None:
    headers = [(name, encode(value)) for name, value in ((b"Accept", accept), (b"Content-Type", kind), (b"Content-Encoding", coding)) if value is not None]
    response = client.request(method, "/sparql", params=tuple(parameters), headers=tuple(headers), content=body)
    assert response.status_code < 500 or response.status_code == 503
    assert "Traceback" not in response.text
    if response.status_code >= 400 and method != "HEAD":
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["detail"]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=TEXTS, accept=st.sampled_from([format.media_type for format in FORMATS.values()] + ["*/*"]))
def test_any_text_as_a_query_is_answered_or_refused(client: TestClient, query: str, accept: str) -> None:
    response = client.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query", "Accept": accept})
    assert response.status_code in (200, 400, 406, 422, 503)


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ("SELECT * { FILTER(" + "(" * 30_000 + "1" + ")" * 30_000 + ") }", (400,)),
        ("SELECT * " + "{ " * 20_000 + "} " * 20_000, (400, 503)),
        ("SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '" + "(a{1,900}){1,900}" * 10 + "')) }", (200, 400, 422, 503)),
        ("SELECT * { VALUES ?x { " + "1 " * 40_000 + "} }", (200, 400, 422, 503)),
        ("SELECT * { " + "?s ?p ?o . " * 8_000 + "}", (400, 422, 503)),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a", (422, 503)),
        ("x" * 999_000, (400,)),
    ],
)
def test_a_hostile_query_is_refused_or_ended(client: TestClient, query: str, statuses: tuple[int, ...]) -> None:
    response = client.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"})
    assert response.status_code in statuses
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_a_megabyte_is_too_much(client: TestClient) -> None:
    response = client.post("/sparql", content=b"x" * 1_000_001, headers={"Content-Type": "application/sparql-query"})
    assert response.status_code == 413


def test_slow_queries_of_one_client_keep_no_question_waiting(folder: Path) -> None:
    # The application closes its store when it stops.
    with client_on(open_store(folder), sparql_seconds=2) as client, ThreadPoolExecutor(8) as threads:
        client.get("/sparql", params={"query": "ASK {}"})
        slow = [threads.submit(client.get, "/sparql", params={"query": ENDLESS}) for _ in range(8)]
        time.sleep(0.3)
        started = time.monotonic()
        answered = [client.post("/api/ask", json={"question": "a"}).status_code for _ in range(5)]
        taken = time.monotonic() - started
        assert answered == [200] * 5
        assert taken < 1.5
        assert {each.result().status_code for each in slow} <= {429, 503}
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_nothing_is_read_or_written_on_a_clients_word(client: TestClient, tmp_path: Path) -> None:
    target = tmp_path / "target"
    for query in (
        f"SELECT * FROM <file://{target}> {{ ?s ?p ?o }}",
        f"LOAD <file://{target}>",
        f"SELECT * {{ SERVICE <file://{target}> {{ ?s ?p ?o }} }}",
        f"CONSTRUCT WHERE {{ GRAPH <file://{target}> {{ ?s ?p ?o }} }}",
    ):
        assert client.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"}).status_code in (200, 400)
    assert not target.exists()
