"""The graph of an open store written to a file, for the checks that read files."""

import os
from pathlib import Path

from kg.store.base import GraphStore


def fetch(store: GraphStore, path: Path) -> None:
    """Write every triple of the store's named graphs as sorted N-Triples.

    Args:
        store: The open store.
        path: The file; it appears when it is whole.

    Raises:
        StoreError: If the store cannot be read.
        OSError: If the file cannot be written.
    """
    lines: set[str] = set()
    for graph in sorted(store.graphs):
        lines.update(f"{s} {p} {o} .\n" for s, p, o in store.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").rows)
    aside = path.with_suffix(".part")
    aside.write_text("".join(sorted(lines)), encoding="utf-8")
    os.replace(aside, path)
