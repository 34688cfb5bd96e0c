"""The store's folder: built beside the last good one, taken into use in one step, checked when opened.

The folder holds one data folder a build (RocksDB) and `manifest.json`, which names the one in use. Replacing the manifest is the one
step that takes a new build into use.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.store.errors import StoreError

MANIFEST = "manifest.json"
_FORMATS = {".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS}
_MEND = "Make it again with `certkg build`."
# pyoxigraph raises RuntimeError for what RocksDB calls corruption.
ENGINE_ERRORS = (OSError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a good store is.

    Attributes:
        data: The name of the data folder in use.
        graph_sha256: The digest of the graph file it was made from.
        triples: How many triples its default graph holds.
        pyoxigraph: The version that wrote it.
        files: The size of each file in the data folder.
        quads: How many statements it holds, those of the named graphs counted apart.
    """

    data: str
    graph_sha256: str
    triples: int
    pyoxigraph: str
    files: dict[str, int]
    quads: int


def build_store(graph: Path, folder: Path, named: Callable[[ox.Store], Iterable[ox.Quad]] = lambda store: ()) -> None:
    """Make the store of a graph file and take it into use in one step.

    Until the new store is whole, and if this is interrupted, the last good one stays in use. The data of the store that was in use
    before stays on the disk until the next build, for a server that has it open.

    Args:
        graph: An N-Triples (`.nt`) or N-Quads (`.nq`) file.
        folder: The store's folder; made if it is missing.
        named: Gives the statements of the named graphs from those that the store has.

    Raises:
        StoreError: If the graph cannot be read or the store cannot be written.
    """
    if graph.suffix not in _FORMATS:
        raise StoreError(f"{graph} is neither N-Triples (.nt) nor N-Quads (.nq); write the graph in one of them.")
    try:
        with graph.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            # Two builds at a time would clear each other's work away.
            fcntl.flock(lock, fcntl.LOCK_EX)
            _build(graph, digest, folder, named)
    except SyntaxError as error:
        raise StoreError(f"{graph} is not valid {_FORMATS[graph.suffix].name}: {error}") from error
    except ENGINE_ERRORS as error:
        raise StoreError(f"The store {folder} could not be made from {graph}: {error}") from error


def _build(graph: Path, digest: str, folder: Path, named: Callable[[ox.Store], Iterable[ox.Quad]]) -> None:
    """Load the graph into a new data folder, replace the manifest, and clear older data folders away."""
    try:
        before = read_manifest(folder).data
    except StoreError:
        before = ""
    for left_over in folder.glob("data-*"):
        if left_over.name != before:
            shutil.rmtree(left_over, ignore_errors=True)
    data = folder / f"data-{secrets.token_hex(4)}"
    try:
        data.mkdir()
        store = ox.Store(str(data))
        store.bulk_load(path=str(graph), format=_FORMATS[graph.suffix])
        triples = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        store.bulk_extend(named(store))
        store.optimize()
        store.flush()
        quads = len(store)
        # RocksDB goes on writing until its last handle is gone.
        del store
        manifest = Manifest(data.name, digest, triples, ox.__version__, _sizes(data), quads)
        # Inside the new folder, so that it is cleared away with it.
        new = data / MANIFEST
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(manifest), file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(folder / MANIFEST)
    except BaseException:
        shutil.rmtree(data, ignore_errors=True)
        raise


def _sizes(data: Path) -> dict[str, int]:
    """List the files that hold data, with their sizes; RocksDB's log of events and its lock do not."""
    return {file.name: file.stat().st_size for file in sorted(data.iterdir()) if not file.name.startswith("LO")}


def read_manifest(folder: Path) -> Manifest:
    """Read what the store in a folder is.

    Args:
        folder: The store's folder.

    Returns:
        The manifest of the store in use; `graph_sha256` tells whether it is current.

    Raises:
        StoreError: If there is no manifest or it cannot be read.
    """
    try:
        fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        # A store of an earlier version has no named graphs.
        manifest = Manifest(**{"quads": fields["triples"]} | fields)
        if Path(manifest.data).name != manifest.data or not isinstance(manifest.quads, int) or not isinstance(manifest.files, dict):
            raise TypeError("a field has the wrong type")
    except FileNotFoundError as error:
        raise StoreError(f"There is no store in {folder}. {_MEND}") from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"The manifest of the store {folder} cannot be read: {error}. {_MEND}") from error
    return manifest


def open_data(folder: Path, manifest: Manifest) -> ox.Store:
    """Open the data folder that a manifest names, read-only, and check that it is whole.

    Args:
        folder: The store's folder.
        manifest: Its manifest.

    Returns:
        The open store.

    Raises:
        StoreError: If the data is missing, damaged, or not what the manifest says.
    """
    data = folder / manifest.data
    try:
        # A cut RocksDB manifest opens without complaint and hides rows, so the sizes are compared first.
        if _sizes(data) != manifest.files:
            raise StoreError(f"The store {folder} is damaged: its files are not those that were built. {_MEND}")
        store = ox.Store.read_only(str(data))
        quads = len(store)
    except ENGINE_ERRORS as error:
        raise StoreError(f"The store {folder} cannot be opened: {error}. {_MEND}") from error
    if quads != manifest.quads:
        raise StoreError(f"The store {folder} is damaged: it has {quads} statements instead of {manifest.quads}. {_MEND}")
    return store
