"""What guarding the store costs: the same query straight on Oxigraph, as a trusted template, and as anybody's query in a worker process."""

import time
from collections.abc import Callable
from functools import partial

import pyoxigraph as ox

from benchmarks.meter import milliseconds
from kg.ask.context import query_text, shown
from kg.building import BUILD
from kg.store import Term, open_store

ROUNDS = 100
TEMPLATES: dict[str, dict[str, Term]] = {
    "recognition": {
        "credential": ox.NamedNode("https://w3id.org/certkg/id/credential/hcipdatacom"),
        "category": ox.NamedNode("https://w3id.org/certkg/id/category/7102"),
    },
    "where": {"credential": ox.NamedNode("https://w3id.org/certkg/id/credential/一级建造师")},
    "list": {"category": ox.NamedNode("https://w3id.org/certkg/id/category/7102")},
}


def measure() -> dict[str, object]:
    """Each template in three ways, in turn, so that the ratios are of one run."""
    rows: dict[str, object] = {}
    with open_store(BUILD / "store") as store:
        bare = ox.Store.read_only(str(BUILD / "store" / store.manifest.data))
        for name, terms in TEMPLATES.items():
            text, free = query_text(name), shown(name, terms)
            ways: dict[str, Callable[[], object]] = {
                "bare": partial(_bare, bare, text, {ox.Variable(each): term for each, term in terms.items()}),
                "template": partial(store.select, text, terms),
                "worker": partial(store.run, free),
            }
            times: dict[str, list[float]] = {way: [] for way in ways}
            for _ in range(ROUNDS + 1):
                for way, ask in ways.items():
                    started = time.perf_counter()
                    ask()
                    times[way].append(time.perf_counter() - started)
            base = sum(times["bare"][1:])
            rows |= {f"{name}, {way}": {**milliseconds(each[1:]), "times_bare": round(sum(each[1:]) / base, 2)} for way, each in times.items()}
    return rows


def _bare(store: ox.Store, text: str, bound: dict[ox.Variable, Term]) -> list[object]:
    """The rows of a query, read to the end."""
    results = store.query(text, substitutions=bound)
    assert isinstance(results, ox.QuerySolutions)
    return list(results)
