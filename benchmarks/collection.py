"""The researchers' collection on the embedded store, on rdflib, and on the endpoint of the settings if one is set, as ratios of one run.

Virtuoso is measured by publishing to it and naming it in `CERTKG_ENDPOINT`.
"""

import signal
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from types import FrameType

import rdflib
from rdflib.plugins.sparql.sparql import NotBoundError

from kg.building import BUILD
from kg.collection import Query, read_collection
from kg.store import Endpoint, Limits, connect, open_store

#: Runs of each query on the store, after one that warms it; rdflib takes long enough for one.
ROUNDS = 5
LIMITS = Limits(seconds=60)
#: A query that rdflib has not answered after so many seconds is left.
PATIENCE = 30


def measure() -> dict[str, object]:
    """A row a query: milliseconds on the store within its limits and on rdflib, and how many times the store's rdflib takes (at least, where it was left)."""
    graph = rdflib.Graph()
    graph.parse(BUILD / "certkg.nt", format="nt")
    rows: dict[str, dict[str, object]] = {}
    ratios = []
    endpoint = Endpoint.read()
    with ExitStack() as opened:
        store = opened.enter_context(open_store(BUILD / "store"))
        far = opened.enter_context(connect(BUILD / "store")) if endpoint else None
        for query in read_collection():
            run = partial(store.run, query.text, limits=LIMITS)
            run()
            own = statistics.median(_seconds(run) for _ in range(ROUNDS))
            rows[query.name] = {"store_ms": round(1000 * own, 2)}
            if far:
                ask = partial(far.run, query.text, limits=LIMITS)
                # The first run has the endpoint plan the query, which it remembers for the others.
                first, later = _seconds(ask), statistics.median(_seconds(ask) for _ in range(ROUNDS))
                rows[query.name] |= {"endpoint_first_ms": round(1000 * first, 1), "endpoint_ms": round(1000 * later, 1)}
            try:
                other = _seconds(partial(_on_rdflib, graph, query))
            except NotBoundError:
                # rdflib counts no different values where one is unbound, though SPARQL passes over it.
                rows[query.name] |= {"rdflib_ms": "error"}
                continue
            ratios.append(other / own)
            rows[query.name] |= {"rdflib_ms": round(1000 * other, 1), "times_store": round(other / own, 1)}
    rows["median of the ratios"] = {"times_store": round(statistics.median(ratios), 1)}
    return dict(rows)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _on_rdflib(graph: rdflib.Graph, query: Query) -> None:
    """Answer a query with rdflib's engine, or leave it."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, leave)
    signal.alarm(PATIENCE)
    try:
        list(graph.query(query.text))
    except TimeoutError:
        pass
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
