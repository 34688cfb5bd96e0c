"""Reconciling a column over HTTP, in batches of ten names as OpenRefine sends them, against linking the same batches in process."""

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx

from benchmarks.http_server import serving
from benchmarks.linking.mentions import read_mentions
from benchmarks.meter import milliseconds
from embeddings import Linker
from kg.building import BUILD

BATCH, CLIENTS = 10, 4
#: What a column beside the names may say.
HINTS = [{"pid": "category", "v": "7102"}, {"pid": "tier", "v": "中级"}, {"pid": "issuer", "v": "华为"}]


def measure() -> dict[str, object]:
    """Names a second, and the time of a batch: linked in process; by one client; by one with hints; by several at once."""
    names = [mention.mention for mention in read_mentions()]
    batches = [names[start : start + BATCH] for start in range(0, len(names) - BATCH + 1, BATCH)]
    linker = Linker.load(BUILD / "index")
    linker.link_many(names[:BATCH], "credential")
    started = time.perf_counter()
    for batch in batches:
        linker.link_many(batch, "credential")
    bare = len(batches) * BATCH / (time.perf_counter() - started)
    rows: dict[str, object] = {"linked in process": {"names_per_second": round(bare)}}
    with serving(program_requests=1_000_000, program_work=10_000) as server:
        _post(server.address, batches[:2], hints=True)
        rows["one client"] = _row(*_clients(server.address, batches, 1, False), bare)
        rows["one client, with hints"] = _row(*_clients(server.address, batches, 1, True), bare)
        rows[f"{CLIENTS} clients"] = _row(*_clients(server.address, batches, CLIENTS, False), bare)
    return rows


def _clients(address: str, batches: Sequence[Sequence[str]], clients: int, hints: bool) -> tuple[float, list[float]]:
    """Names a second of some clients that each send all batches, and the time of each batch."""
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        taken = [each for times in pool.map(lambda _: _post(address, batches, hints), range(clients)) for each in times]
    return len(taken) * BATCH / (time.perf_counter() - started), taken


def _post(address: str, batches: Sequence[Sequence[str]], hints: bool) -> list[float]:
    """Send batches, one after the other."""
    taken = []
    with httpx.Client(timeout=60) as client:
        for batch in batches:
            queries = {
                f"q{number}": {"query": name, "type": "Credential", "limit": 5} | ({"properties": HINTS} if hints else {}) for number, name in enumerate(batch)
            }
            started = time.perf_counter()
            response = client.post(f"{address}/reconcile", data={"queries": json.dumps(queries)})
            taken.append(time.perf_counter() - started)
            response.raise_for_status()
    return taken


def _row(rate: float, taken: Sequence[float], bare: float) -> dict[str, object]:
    return {"names_per_second": round(rate), "of_bare": round(rate / bare, 2), **milliseconds(taken)}
