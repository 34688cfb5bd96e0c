"""The one place that decides where the graph is: on the endpoint that a setting names, else in the build's own folder."""

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.store.base import GraphStore
from kg.store.endpoint import Endpoint
from kg.store.errors import StoreError
from kg.store.folder import read_manifest
from kg.store.guarded import WORKERS, open_store

_SIZE = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


def connect(folder: Path, workers: int = WORKERS, environment: Mapping[str, str] | None = None) -> GraphStore:
    """Open the graph: on the endpoint that `CERTKG_ENDPOINT` names, or in a folder.

    Args:
        folder: The store's folder. The endpoint has to hold the same graph, because names are linked by an index of this one.
        workers: How many queries of the public may run at a time.
        environment: The variables; those of this process when not given.

    Returns:
        The store.

    Raises:
        StoreError: If the store is missing or damaged, or the endpoint cannot be used or holds another graph.
    """
    endpoint = Endpoint.read(environment)
    if endpoint is None:
        return open_store(folder, workers)
    # The client for HTTP takes a tenth of a second to import, which the embedded store never needs.
    from kg.store.remote import RemoteStore

    manifest = read_manifest(folder)
    store = RemoteStore(endpoint, workers)
    found = store.select(_SIZE).rows[0][0]
    named = manifest.quads - manifest.triples
    if not isinstance(found, ox.Literal) or int(found.value) != named:
        store.close()
        told = found.value if isinstance(found, ox.Literal) else "?"
        raise StoreError(f"The endpoint {endpoint.address} holds {told} triples and the build in {folder} {named}: load it again with `certkg publish`.")
    return store
