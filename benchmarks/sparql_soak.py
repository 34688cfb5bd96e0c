"""A long run of mixed requests to /sparql, a tenth of them hostile: `python -m benchmarks.sparql_soak [REQUESTS]`; one JSON object on standard output.

The hostile ones come from a client of their own. Every legitimate request has to get the answer that it got when nothing else ran, questions
have to be answered in between, and server and workers must not grow.
"""

import argparse
import json
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from benchmarks.http_server import Server, serving
from benchmarks.sparql import PREFIXES, SMALL

REQUESTS = 20_000
CLIENTS, ENEMIES = 6, 3
#: A tenth of the requests.
HOSTILE_SHARE = 0.1
QUESTION_EVERY = 20
LIMIT_SECONDS = 2
FRIEND, ENEMY = "127.0.0.1", "127.0.0.2"
QUESTIONS = ("华为HCIP在7102中级认不认？", "电工四级在南通能补多少钱？", "7102 recognises what at 初级?")
GRAPHS = PREFIXES + "CONSTRUCT WHERE { <https://w3id.org/certkg/id/credential/hcipdatacom> ?p ?o }"
HOSTILE = {
    "an endless join": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "an endless sort": "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a",
    "endless rows": "SELECT DISTINCT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a huge regex": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '" + "(a{1,900}){1,900}" * 10 + "')) }",
    "deep brackets": "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "deep groups": "SELECT * " + "{ " * 20_000 + "} " * 20_000,
    "thousands of patterns": "SELECT * { " + "?s ?p ?o . " * 5_000 + "}",
    "a megabyte": "SELECT * { ?s ?p '" + "x" * 999_900 + "' }",
    "an update": "DROP ALL",
    "another service": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "no query": "SELECT * WHERE {",
    "not text": "\x00\x01\x02",
}


@dataclass
class Told:
    """What the clients saw."""

    friendly: Counter[str] = field(default_factory=Counter)
    hostile: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    question_seconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Call:
    """A legitimate request: method, path, body and headers."""

    method: str
    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


def calls() -> tuple[Call, ...]:
    """The legitimate requests: each query as JSON, XML, CSV and TSV in the three ways of the protocol, graphs, and the service description."""
    made = [Call("GET", "/sparql", headers=(("Accept", "text/turtle"),))]
    for query in (query % 0 for query in SMALL.values()):
        made += [Call("GET", f"/sparql?query={quote(query)}", headers=(("Accept", f"application/sparql-results+{kind}"),)) for kind in ("json", "xml")]
        made.append(Call("POST", "/sparql", query.encode(), (("Content-Type", "application/sparql-query"), ("Accept", "text/csv"))))
        form = urlencode({"query": query, "format": "tsv"}).encode()
        made.append(Call("POST", "/sparql", form, (("Content-Type", "application/x-www-form-urlencoded"),)))
    made += [Call("GET", f"/sparql?query={quote(GRAPHS)}", headers=(("Accept", kind),)) for kind in ("application/n-triples", "text/turtle")]
    return tuple(made)


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("requests", nargs="?", type=int, default=REQUESTS)
    print(json.dumps(soak(parser.parse_args().requests), ensure_ascii=False, indent=1))


def soak(requests: int) -> Mapping[str, object]:
    """Send the requests.

    Args:
        requests: how many in all.

    Returns:
        Counts by status, the latencies of the legitimate ones, and what the server took before and after.
    """
    with serving(sparql_seconds=LIMIT_SECONDS, sparql_requests=10**9, sparql_work=10**6) as server:
        expected = {call: _send(server, call) for call in calls()}
        assert all(status == 200 for status, _ in expected.values()), expected
        told = Told()
        friendly, hostile = round(requests * (1 - HOSTILE_SHARE)), round(requests * HOSTILE_SHARE)
        # What is made once is made before memory is read for the first time.
        _befriend(server, expected, friendly // 20, Told(), 0)
        before, files = server.memory_mib(), server.files()
        server_before = server.own_mib()
        started = time.monotonic()
        threads = [threading.Thread(target=_befriend, args=(server, expected, friendly // CLIENTS, told, number)) for number in range(CLIENTS)]
        threads += [threading.Thread(target=_attack, args=(server, hostile // ENEMIES, told, number)) for number in range(ENEMIES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = time.monotonic() - started
        # A worker that was used up is replaced before it counts.
        _befriend(server, expected, 20, Told(), 0)
        after, server_after = server.memory_mib(), server.own_mib()
        workers, open_files = len(server.workers()), server.files()
    return {
        "requests": sum(told.friendly.values()) + sum(told.hostile.values()),
        "seconds": round(taken, 1),
        "legitimate": dict(told.friendly),
        "hostile": dict(sorted(told.hostile.items())),
        "legitimate_ms": _latency(told.seconds),
        "question_ms": _latency(told.question_seconds),
        "server_mib": {"before": round(server_before), "after": round(server_after)},
        "with_workers_mib": {"before": round(before), "after": round(after)},
        "files": {"before": files, "after": open_files},
        "workers": workers,
    }


def _latency(seconds: Sequence[float]) -> dict[str, float]:
    """Median, 99th percentile and worst in milliseconds."""
    ordered = sorted(seconds)
    chosen = {"median": statistics.median(ordered), "p99": ordered[int(len(ordered) * 0.99)], "worst": ordered[-1]}
    return {name: round(1000 * value, 1) for name, value in chosen.items()}


def _send(server: Server, call: Call) -> tuple[int, bytes]:
    """One legitimate request, on a connection of its own."""
    connection = server.connect(FRIEND)
    try:
        connection.request(call.method, call.path, call.body or None, dict(call.headers))
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def _befriend(server: Server, expected: Mapping[Call, tuple[int, bytes]], count: int, told: Told, seed: int) -> None:
    """Send legitimate requests and compare each answer with the expected one; ask a question now and then."""
    chance, every = random.Random(seed), list(expected)
    for number in range(count):
        if number % QUESTION_EVERY == QUESTION_EVERY - 1:
            started = time.monotonic()
            body = json.dumps({"question": chance.choice(QUESTIONS)}).encode()
            status, _ = _send(server, Call("POST", "/api/ask", body, (("Content-Type", "application/json"),)))
            outcome, times = f"question {status}", told.question_seconds
        else:
            call = chance.choice(every)
            started = time.monotonic()
            status, answer = _send(server, call)
            right = "right" if answer == expected[call][1] else f"wrong: {answer[:200].decode(errors='replace')}"
            outcome, times = f"{status} {right}", told.seconds
        with told.lock:
            told.friendly[outcome] += 1
            times.append(time.monotonic() - started)


def _attack(server: Server, count: int, told: Told, seed: int) -> None:
    """Send hostile requests; whatever comes back counts, and a connection that breaks does too."""
    chance = random.Random(1000 + seed)
    for _ in range(count):
        name = chance.choice(list(HOSTILE))
        connection = server.connect(ENEMY)
        try:
            connection.request("POST", "/sparql", HOSTILE[name].encode(), {"Content-Type": "application/sparql-query"})
            response = connection.getresponse()
            response.read()
            outcome = str(response.status)
        except OSError as error:
            outcome = type(error).__name__
        finally:
            connection.close()
        with told.lock:
            told.hostile[f"{name}: {outcome}"] += 1


if __name__ == "__main__":
    main()
