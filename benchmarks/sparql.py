"""What /sparql costs against the bare store in this process: small results one after another, and eight clients at a time."""

import http.client
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import quote

import pyoxigraph as ox

from benchmarks.http_server import Server, serving
from benchmarks.meter import milliseconds
from kg.building import BUILD
from kg.store import read_manifest

ROUNDS = 200
CLIENTS = 8
SECONDS = 5.0
PREFIXES = "PREFIX ckg: <https://w3id.org/certkg/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX id: <https://w3id.org/certkg/id/> "
#: Small results; the number makes every text a new one, so that nothing is answered from a memory of texts.
SMALL = {
    "a label": PREFIXES + "SELECT ?label WHERE { <https://w3id.org/certkg/id/tier/senior> skos:prefLabel ?label } # %d",
    "an ASK": PREFIXES + "ASK { ?fact ckg:recognizes <https://w3id.org/certkg/id/credential/hcipdatacom> } # %d",
    "ten facts": PREFIXES + "SELECT ?fact ?line WHERE { ?fact ckg:atTier id:tier\\/senior ; <http://www.w3.org/ns/prov#hadPrimarySource> ?source . "
    "?source ckg:line ?line } LIMIT 10 # %d",
    "a document's lines": PREFIXES
    + "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <https://w3id.org/certkg/id/document/evaluation-directory> { ?s ckg:line ?o } } # %d",
}  # fmt: skip


def measure() -> dict[str, object]:
    """Each small query on the bare store and over HTTP, in turn; then as many as eight clients get."""
    rows: dict[str, object] = {}
    bare = ox.Store.read_only(str(BUILD / "store" / read_manifest(BUILD / "store").data))
    with serving(sparql_requests=10**9, sparql_work=10**6) as server:
        overheads = []
        connection = server.connect()
        for name, query in SMALL.items():
            here = _times(partial(bare_answer, bare), query)
            there = _times(partial(http_answer, connection), query)
            overhead = statistics.median(there) - statistics.median(here)
            overheads.append(overhead)
            rows[f"{name}, bare"] = milliseconds(here)
            rows[f"{name}, /sparql"] = {**milliseconds(there), "overhead_ms": round(1000 * overhead, 3)}
        rows["median overhead"] = {"overhead_ms": round(1000 * statistics.median(overheads), 3)}
        one, many = _throughput(server, 1), _throughput(server, CLIENTS)
        rows["1 client"] = {"per_second": round(one)}
        rows[f"{CLIENTS} clients"] = {"per_second": round(many), "times_one": round(many / one, 2)}
    return rows


def _times(ask: Callable[[str], object], query: str) -> list[float]:
    """Seconds of each round of a query, after some to warm up."""
    times = []
    for number in range(ROUNDS + 20):
        started = time.perf_counter()
        ask(query % number)
        times.append(time.perf_counter() - started)
    return times[20:]


def bare_answer(store: ox.Store, query: str) -> bytes:
    """The result of a query in JSON, straight from the engine."""
    results = store.query(query)
    assert not isinstance(results, ox.QueryTriples)
    return bytes(results.serialize(format=ox.QueryResultsFormat.JSON) or b"")


def http_answer(connection: http.client.HTTPConnection, query: str) -> bytes:
    """The same over HTTP."""
    connection.request("GET", f"/sparql?query={quote(query)}", headers={"Accept": "application/sparql-results+json"})
    response = connection.getresponse()
    body = response.read()
    assert response.status == 200, body
    return body


def _throughput(server: Server, clients: int) -> float:
    """Queries a second that some clients get together."""
    end = time.monotonic() + SECONDS

    def ask(client: int) -> int:
        connection, count = server.connect(f"127.0.1.{client + 1}"), 0
        queries = list(SMALL.values())
        while time.monotonic() < end:
            http_answer(connection, queries[count % len(queries)] % count)
            count += 1
        return count

    with ThreadPoolExecutor(clients) as threads:
        return sum(threads.map(ask, range(clients))) / SECONDS
