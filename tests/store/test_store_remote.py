"""An endpoint that misbehaves: late, cut, foreign, half, or gone; each is an error for people, and never half a result."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from remote.endpoint import GRAPH, Fake, Reply, good, table

from kg.store import (
    Endpoint,
    GraphStore,
    Limits,
    QueryFailed,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    StoreBusy,
    StoreError,
    StoreUnreadable,
    build_store,
    by_document,
    connect,
    open_store,
)
from kg.store.fetch import fetch
from kg.store.publish import publish
from kg.store.remote import CUT, NOTHING, RemoteStore


@pytest.fixture(scope="module")
def running() -> Iterator[Fake]:
    """An endpoint for all tests."""
    server = Fake()
    yield server
    server.stop()


@pytest.fixture
def fake(running: Fake) -> Fake:
    """The endpoint as it was at the start."""
    running.asked.clear()
    running.sent.clear()
    running.reply = good
    return running


@pytest.fixture(scope="module")
def store(running: Fake) -> Iterator[GraphStore]:
    """A store on it."""
    with RemoteStore(Endpoint(running.address), workers=1) as opened:
        yield opened


COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def test_every_query_carries_its_dataset(fake: Fake, store: GraphStore) -> None:
    assert store.graphs == {GRAPH}
    store.select(COUNT)
    assert (fake.asked[-1]["default-graph-uri"], fake.asked[-1]["named-graph-uri"]) == ([GRAPH], [GRAPH])
    store.run(f"SELECT (COUNT(*) AS ?n) FROM <{GRAPH}> WHERE {{ ?s ?p ?o }}")
    assert (fake.asked[-1]["default-graph-uri"], fake.asked[-1]["named-graph-uri"]) == ([GRAPH], [NOTHING])
    assert "FROM" not in fake.asked[-1]["query"][0]
    store.run(COUNT, named_graphs=[GRAPH])
    assert (fake.asked[-1]["default-graph-uri"], fake.asked[-1]["named-graph-uri"]) == ([NOTHING], [GRAPH])


def test_terms_are_bound_and_not_pasted(fake: Fake, store: GraphStore) -> None:
    store.select("SELECT ?n ?v WHERE { ?n ?p ?v }", {"v": ox.Literal('" } DROP ALL #', language="zh")})
    assert fake.asked[-1]["query"] == ['SELECT ?n ?v WHERE {\n  VALUES ?v { "\\" } DROP ALL #"@zh } ?n ?p ?v }']
    with pytest.raises(QueryRefused, match="no variable"):
        store.select(COUNT, {"v": ox.Literal("x")})


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <http://a> <http://b> 1 }",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <http://elsewhere/> { ?s ?p ?o }",
        "define get:soft 'soft' SELECT * { ?s ?p ?o }",
        "SELECT * { ?s <bif:contains> 'x' }",
        "PREFIX b: <bif:> SELECT (b:file_to_string('/etc/passwd') AS ?x) { }",
        "SELECT * { ?s ?p ?o FILTER(<sql:run>(1)) }",
        "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "LOAD <http://127.0.0.1:9/>",
    ],
)
def test_what_is_no_query_of_sparql_never_leaves(fake: Fake, store: GraphStore, query: str) -> None:
    asked = len(fake.asked)
    with pytest.raises((QueryRefused, QuerySyntaxError)):
        store.run(query)
    assert len(fake.asked) == asked


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (Reply(400, b"Virtuoso 37000 Error SP030\n\nSPARQL query:\nsecret"), QuerySyntaxError, "SP030"),
        (Reply(500, b"Virtuoso S1T00 Error SR171: Transaction timed out"), QueryTimeout, "ended"),
        (Reply(200, table(1), {"X-SQL-State": "S1TAT"}), QueryTimeout, "whole result"),
        (Reply(504, b"Gateway Timeout"), QueryTimeout, "ended"),
        (Reply(500, b"<html>something"), QueryFailed, "something"),
        (Reply(503, b""), StoreBusy, "503"),
        (Reply(429, b""), StoreBusy, "429"),
        (Reply(401, b""), StoreUnreadable, "password"),
        (Reply(403, b""), StoreUnreadable, "password"),
        (Reply(404, b""), StoreUnreadable, "address"),
        (Reply(302, b"", {"Location": "http://127.0.0.1:9/"}), StoreUnreadable, "302"),
        (Reply(200, b"<html>welcome</html>", {"Content-Type": "text/html"}), StoreUnreadable, "no SPARQL result"),
        (Reply(200, b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":', {}), StoreUnreadable, "no SPARQL result"),
        (Reply(200, b'{"head":{},"boolean":true}'), QueryRefused, "no SELECT"),
    ],
)
def test_an_answer_that_is_no_result_is_an_error(fake: Fake, store: GraphStore, reply: Reply, error: type[StoreError], words: str) -> None:
    fake.reply = lambda query, headers: reply
    for ask in (store.select, store.run):
        with pytest.raises(error, match=words) as caught:
            ask(COUNT)
        assert "secret" not in str(caught.value)
    fake.reply = lambda query, headers: Reply(body=table(7))
    assert store.select(COUNT).rows == ((ox.Literal(7),),)


def test_an_answer_that_ends_too_early_is_an_error(fake: Fake, store: GraphStore) -> None:
    fake.reply = lambda query, headers: Reply(200, b"", {"Content-Length": "100"})
    with pytest.raises(QueryTimeout):
        store.run(COUNT, limits=Limits(seconds=0.5))


@pytest.mark.parametrize("slowly", [0.05, 3.0])
def test_an_endpoint_that_answers_slowly_is_left(fake: Fake, store: GraphStore, slowly: float) -> None:
    fake.reply = lambda query, headers: Reply(body=table(*range(100)), slowly=slowly)
    started = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"0\.5 seconds"):
        store.run(COUNT, limits=Limits(seconds=0.5))
    assert time.monotonic() - started < 20


def test_an_answer_that_is_too_large_is_an_error(fake: Fake, store: GraphStore) -> None:
    fake.reply = lambda query, headers: Reply(body=table("x" * 2_000_000))
    with pytest.raises(QueryFailed, match="larger than 1 MiB"):
        store.run(COUNT, limits=Limits(result_mib=1))


def test_a_result_that_the_endpoint_cut_says_so(fake: Fake, store: GraphStore) -> None:
    fake.reply = lambda query, headers: Reply(body=table(1, 2), headers={"X-SPARQL-MaxRows": "2"})
    assert store.run(COUNT, format="json").capped
    assert not store.run(COUNT, limits=Limits(rows=1), format="json").body.count(b'"2"')


def pages(values: list[int], size: int, counted: int | None = None) -> Callable[[str, dict[str, str]], Reply]:
    """An endpoint that sends some rows at a time, and counts them right or wrong."""

    def reply(query: str, headers: dict[str, str]) -> Reply:
        if "certkgRows" in query:
            return Reply(body=table(len(values) if counted is None else counted, variable="certkgRows"))
        start = int(query.rpartition("OFFSET")[2]) if "OFFSET" in query else 0
        part = values[start : start + size]
        return Reply(body=table(*part), headers={CUT: str(size)} if len(part) == size else {})

    return reply


def test_a_cut_table_of_the_project_is_fetched_in_pages(fake: Fake, store: GraphStore) -> None:
    fake.reply = pages(list(range(25)), 10)
    rows = store.select("SELECT ?n WHERE { ?s ?p ?n }")
    assert [int(getattr(row[0], "value", -1)) for row in rows.rows] == list(range(25))
    assert not rows.capped


def test_pages_that_do_not_fit_together_are_an_error(fake: Fake, store: GraphStore) -> None:
    fake.reply = pages(list(range(25)), 10, counted=26)
    with pytest.raises(StoreUnreadable, match="pages"):
        store.select("SELECT ?n WHERE { ?s ?p ?n }")


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_the_login_is_given_in_the_way_that_is_asked_for(fake: Fake, scheme: str) -> None:
    seen: list[str] = []

    def reply(query: str, headers: dict[str, str]) -> Reply:
        seen.append(headers.get("Authorization", ""))
        if not seen[-1].startswith(scheme):
            challenge = 'Digest realm="r", nonce="abc", qop="auth", algorithm="MD5"' if scheme == "Digest" else 'Basic realm="r"'
            return Reply(401, headers={"WWW-Authenticate": challenge})
        return Reply(body=table(1))

    fake.reply = reply
    with RemoteStore(Endpoint(fake.address, "user", "pass"), workers=1) as store:
        store.select(COUNT)
        store.select(COUNT)
    # Unasked at first, and never again.
    assert [text.partition(" ")[0] for text in seen] == ["", scheme, scheme]
    if scheme == "Basic":
        assert base64.b64decode(seen[-1].partition(" ")[2]) == b"user:pass"
    assert "pass" not in repr(Endpoint(fake.address, "user", "pass"))


def test_an_endpoint_that_is_not_there_is_named() -> None:
    with pytest.raises(StoreUnreadable, match=r"http://127\.0\.0\.1:9/sparql cannot be reached"):
        RemoteStore(Endpoint("http://127.0.0.1:9/sparql"))


@pytest.mark.parametrize("address", ["ftp://x/", "127.0.0.1:80", "http://", "http://u:p@x/", "http://[", "http://x:port/", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match="address of an endpoint"):
        Endpoint(address)


def test_the_settings_name_the_endpoint() -> None:
    assert Endpoint.read({"CERTKG_ENDPOINT": " "}) is None
    told = {"CERTKG_ENDPOINT": "http://x/sparql", "CERTKG_ENDPOINT_USER": "u", "CERTKG_ENDPOINT_PASSWORD": "p"}
    assert Endpoint.read(told) == Endpoint("http://x/sparql", "u", "p")


def test_a_closed_store_says_so(fake: Fake) -> None:
    store = RemoteStore(Endpoint(fake.address))
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.select(COUNT)
    with pytest.raises(StoreError, match="closed"):
        store.run(COUNT)


# ---- the build and the endpoint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with two triples of things."""
    lines = "".join(f'<https://w3id.org/certkg/id/x/{i}> <http://x/p> "名{i}\\n"@zh .\n' for i in range(2))
    (tmp_path / "graph.nt").write_text(lines, encoding="utf-8")
    build_store(tmp_path / "graph.nt", tmp_path / "store", by_document)
    return tmp_path / "store"


def test_an_endpoint_with_another_graph_is_refused(fake: Fake, folder: Path) -> None:
    fake.reply = lambda query, headers: Reply(body=table(2))
    with connect(folder, environment={"CERTKG_ENDPOINT": fake.address}) as store:
        assert isinstance(store, RemoteStore)
    fake.reply = lambda query, headers: Reply(body=table(3))
    with pytest.raises(StoreError, match="certkg publish"):
        connect(folder, environment={"CERTKG_ENDPOINT": fake.address})
    with connect(folder, environment={}) as store:
        assert not isinstance(store, RemoteStore)


def test_a_graph_is_published_in_parts_of_whole_lines(fake: Fake, folder: Path) -> None:
    fake.reply = lambda query, headers: Reply(201)
    done = publish(folder, Endpoint(f"{fake.graphs}?access-token=t"), None, part_bytes=60)
    assert done.graphs == {GRAPH: 2}
    assert not done.checked
    assert [method for method, _, _ in fake.sent] == ["PUT", "POST"]
    assert {path for _, path, _ in fake.sent} == {f"/graphs?access-token=t&graph={quote(GRAPH, safe='')}"}
    assert sorted(b"".join(body for _, _, body in fake.sent).splitlines(True)) == sorted((folder.parent / "graph.nt").read_bytes().splitlines(True))


@pytest.mark.parametrize(("status", "words"), [(401, "PASSWORD"), (500, "answers 500"), (404, "Graph Store")])
def test_a_store_that_takes_no_graph_is_named(fake: Fake, folder: Path, status: int, words: str) -> None:
    fake.reply = lambda query, headers: Reply(status, b"no")
    with pytest.raises(StoreError, match=words) as caught:
        publish(folder, Endpoint(f"{fake.graphs}?access-token=secret"), None)
    assert "secret" not in str(caught.value)


def counts(*graphs: tuple[str, int]) -> bytes:
    """What an endpoint says of its graphs."""
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    rows = [{"g": {"type": "uri", "value": g}, "n": {"type": "typed-literal", "datatype": integer, "value": str(n)}} for g, n in graphs]
    return json.dumps({"head": {"vars": ["g", "n"]}, "results": {"bindings": rows}}).encode()


def test_triples_that_did_not_arrive_are_missed_and_old_graphs_go(fake: Fake, folder: Path) -> None:
    old, foreign = "https://w3id.org/certkg/id/document/old", "http://elsewhere/"
    fake.reply = lambda query, headers: Reply(body=counts((GRAPH, 2), (old, 5), (foreign, 9))) if query else Reply(200)
    done = publish(folder, Endpoint(fake.graphs), Endpoint(fake.address))
    assert done.removed == (old,)
    assert done.checked
    assert [method for method, path, _ in fake.sent] == ["PUT", "DELETE"]
    fake.reply = lambda query, headers: Reply(body=counts((GRAPH, 1))) if query else Reply(200)
    with pytest.raises(StoreError, match="1 of 2"):
        publish(folder, Endpoint(fake.graphs), Endpoint(fake.address))


def test_a_store_without_named_graphs_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "graph.nt").write_text("<http://a> <http://b> <http://c> .\n")
    build_store(tmp_path / "graph.nt", tmp_path / "store")
    with pytest.raises(StoreError, match="certkg build"):
        publish(tmp_path / "store", Endpoint("http://127.0.0.1:9/"), None)


def test_the_graph_of_a_store_is_fetched_whole(folder: Path, tmp_path: Path) -> None:
    with open_store(folder) as store:
        fetch(store, tmp_path / "fetched.nt")
    assert (tmp_path / "fetched.nt").read_bytes() == (folder.parent / "graph.nt").read_bytes()
