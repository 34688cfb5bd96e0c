"""The built graph put into any store, by the SPARQL 1.1 Graph Store Protocol: one named graph after another, and counted afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox

from kg.store.endpoint import Endpoint
from kg.store.errors import StoreError
from kg.store.folder import open_data, read_manifest
from kg.store.remote import OURS, RemoteStore
from kg.store.transfer import CONNECT_SECONDS, make_client

PART_BYTES = 32 * 2**20
#: A store may be long at writing a part to its disk.
SECONDS = 600.0
_COUNT = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


@dataclass(frozen=True, slots=True)
class Published:
    """What was put where.

    Attributes:
        graphs: How many triples each named graph has, by its address.
        removed: Graphs of an earlier build that were taken away.
        checked: Whether the endpoint was asked afterwards, and has as many.
    """

    graphs: dict[str, int]
    removed: tuple[str, ...]
    checked: bool


def publish(
    folder: Path, to: Endpoint, check: Endpoint | None, progress: Callable[[str, float], None] = lambda stage, done: None, part_bytes: int = PART_BYTES
) -> Published:
    """Put every named graph of the built store into another store, each in place of the one that it has.

    Args:
        folder: The store's folder, as `build_store` made it.
        to: Takes graphs by the Graph Store Protocol.
        check: Takes queries to the same store, to count afterwards; None if there is none, and nothing is counted.
        progress: Called with what is done and the share of the whole (0 to 1).
        part_bytes: Size of a request; a graph that is larger goes in several, the first of which replaces and the others add.

    Returns:
        What was put.

    Raises:
        StoreError: If there is no build, or the other store does not take a graph or has not all of it afterwards.
    """
    manifest = read_manifest(folder)
    store = open_data(folder, manifest)
    names = sorted(name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    if not names:
        raise StoreError(f"The store {folder} was built by an earlier version and has no named graphs; make it again with `certkg build`.")
    counts: dict[str, int] = {}
    with make_client(to.user, to.password, connections=1) as client:
        for name in names:
            progress(name, sum(counts.values()) / (manifest.quads - manifest.triples))
            data = bytes(store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(name)) or b"")
            for number, part in enumerate(_parts(data, part_bytes)):
                _send(client, "POST" if number else "PUT", to.address, name, part)
            counts[name] = data.count(b"\n")
        removed = _remove_others(client, to.address, check, names) if check else ()
    if check:
        _compare(check, counts)
    return Published(counts, removed, check is not None)


def _parts(data: bytes, size: int) -> Iterator[bytes]:
    """Cut N-Triples into parts of whole lines."""
    start = 0
    while start < len(data):
        end = len(data) if len(data) - start <= size else data.rfind(b"\n", start, start + size) + 1
        # A line that is longer than a part goes alone.
        end = end if end > start else data.index(b"\n", start) + 1
        yield data[start:end]
        start = end


def _send(client: httpx.Client, method: str, address: str, graph: str, part: bytes | None = None) -> None:
    """Send one request of the Graph Store Protocol."""
    headers = {} if part is None else {"Content-Type": "application/n-triples"}
    # The address may carry parameters, such as a token, which messages do not repeat.
    full, address = address, address.partition("?")[0]
    try:
        target = httpx.URL(full).copy_merge_params({"graph": graph})
        response = client.request(method, target, content=part, headers=headers, timeout=httpx.Timeout(SECONDS, connect=CONNECT_SECONDS))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise StoreError(f"{address} cannot be reached, and <{graph}> may be there in part: {error or type(error).__name__}. Publish again.") from error
    if response.is_success:
        return
    if response.status_code in (401, 403):
        raise StoreError(f"{address} answers {response.status_code}: it takes no graph from this user; set CERTKG_ENDPOINT_USER and CERTKG_ENDPOINT_PASSWORD.")
    said = next((line.strip() for line in response.text.splitlines() if line.strip()), "")[:200]
    raise StoreError(f"{address} answers {response.status_code} to {method} of <{graph}>: {said or 'no reason given'}. Is it a Graph Store address?")


def _remove_others(client: httpx.Client, address: str, check: Endpoint, names: list[str]) -> tuple[str, ...]:
    """Take away graphs of ours that the build does not have."""
    others = tuple(sorted(name for name in _counts(check) if name.startswith(OURS) and name not in names))
    for name in others:
        _send(client, "DELETE", address, name)
    return others


def _compare(check: Endpoint, counts: dict[str, int]) -> None:
    """Make sure that the endpoint has every triple."""
    found = _counts(check)
    wrong = [f"<{name}>: {found.get(name, 0)} of {count}" for name, count in counts.items() if found.get(name) != count]
    if wrong:
        raise StoreError(f"The endpoint {check.address} has not every triple that was sent: {'; '.join(wrong)}. Is it the same store?")


def _counts(check: Endpoint) -> dict[str, int]:
    """How many triples each named graph of an endpoint has."""
    store = RemoteStore(check, workers=1, any_graph=True)
    try:
        rows = store.select(_COUNT).rows
    finally:
        store.close()
    return {g.value: int(n.value) for g, n in rows if isinstance(g, ox.NamedNode) and isinstance(n, ox.Literal)}
