"""The open store: templates run in this process, queries of the public in workers."""

from __future__ import annotations

import time
import weakref
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.store.base import GraphStore, Request, check_terms
from kg.store.binding import with_values
from kg.store.checking import Inspection, check_bindings, check_template
from kg.store.errors import QueryRefused, StoreError
from kg.store.folder import Manifest, open_data, read_manifest
from kg.store.pool import Pool
from kg.store.results import Bindings, Outcome, Row, Rows
from kg.store.worker import engine_error, evaluate

# More than the project has templates, so that a caller who makes texts by mistake fills no memory.
_CHECKED_TEXTS = 1024
#: Queries of the public that run at a time; one client takes two at most, so that it never has all.
WORKERS = 3


class GuardedStore(GraphStore):
    """A store opened read-only. It may be used from several threads; `open_store` makes one."""

    def __init__(self, folder: Path, workers: int = WORKERS) -> None:
        """Open the store.

        Args:
            folder: The store's folder.
            workers: How many queries of the public may run at a time.

        Raises:
            StoreError: If there is no store, or it is damaged.
        """
        self.manifest: Manifest = read_manifest(folder)
        store = open_data(folder, self.manifest)
        self.graphs = frozenset(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode))
        self._store: ox.Store | None = store
        self._pool = Pool({"folder": str(folder.absolute()), "manifest": asdict(self.manifest)}, workers)
        self._finalizer = weakref.finalize(self, self._pool.close)
        graphs = self.graphs

        @lru_cache(maxsize=_CHECKED_TEXTS)
        def checked(query: str, names: frozenset[str]) -> None:
            check_template(query, graphs)
            check_bindings(query, names)

        self._checked = checked

    def select(self, query: str, bindings: Bindings | None = None) -> Rows:
        """Run a trusted SELECT in this process; see `GraphStore.select`."""
        started = time.perf_counter()
        results = self._evaluate(query, bindings or {})
        if not isinstance(results, ox.QuerySolutions):
            del results
            raise QueryRefused("This template is no SELECT.")
        variables = tuple(v.value for v in results.variables)
        try:
            rows: tuple[Row, ...] = tuple(map(tuple, results))
        except (OSError, RuntimeError) as error:
            raise engine_error(error) from error
        finally:
            # Oxigraph's iterator must die in its own thread, and this frame may be let go in another: by an error's traceback, or by one of rdflib's parser.
            del results
        return Rows(variables, rows, False, time.perf_counter() - started)

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Run a trusted ASK in this process; see `GraphStore.ask`."""
        results = self._evaluate(query, bindings or {})
        if not isinstance(results, ox.QueryBoolean):
            del results
            raise QueryRefused("This template is no ASK.")
        value = bool(results)
        del results
        return value

    def _run(self, request: Request) -> Outcome:
        """Run a query of the public in a worker process."""
        self._open_store()
        outcome = self._pool.run(request)
        assert not isinstance(outcome, Inspection)
        return outcome

    def close(self) -> None:
        """End the workers and let go of the store; it may be called twice."""
        self._finalizer()
        self._store = None

    def _open_store(self) -> ox.Store:
        """Give the store, if it is open."""
        if self._store is None:
            raise StoreError("The store is closed.")
        return self._store

    def _evaluate(self, query: str, bindings: Bindings) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Check a template, once a text, and run it."""
        store = self._open_store()
        check_terms(bindings)
        self._checked(query, frozenset(bindings))
        # Oxigraph takes one term for a variable; of several it has to read in the text.
        several = {name: value for name, value in bindings.items() if isinstance(value, tuple)}
        single = {name: value for name, value in bindings.items() if not isinstance(value, tuple)}
        return evaluate(store, with_values(query, several), single)


def open_store(folder: Path, workers: int = WORKERS) -> GuardedStore:
    """Open the store in a folder, read-only.

    Args:
        folder: The store's folder, as `build_store` made it.
        workers: How many queries of the public may run at a time; no process is started before the first.

    Returns:
        The store.

    Raises:
        StoreError: If there is no store in the folder, or it is damaged.
    """
    return GuardedStore(folder, workers)
