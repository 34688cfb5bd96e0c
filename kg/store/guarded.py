"""The open store: templates run in this process, queries of the public in workers."""

from __future__ import annotations

import time
import weakref
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self, overload

import pyoxigraph as ox

from kg.store.checking import check_bindings, check_template
from kg.store.errors import QueryRefused, StoreError
from kg.store.folder import Manifest, open_data, read_manifest
from kg.store.pool import Pool
from kg.store.results import Document, Limits, Outcome, Row, Rows, Term, Triples, Truth
from kg.store.worker import Request, engine_error, evaluate

# More than the project has templates, so that a caller who makes texts by mistake fills no memory.
_CHECKED_TEXTS = 1024


class GuardedStore:
    """A store opened read-only. It may be used from several threads; `open_store` makes one."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        """Open the store.

        Args:
            folder: The store's folder.
            workers: How many queries of the public may run at a time.

        Raises:
            StoreError: If there is no store, or it is damaged.
        """
        self.manifest: Manifest = read_manifest(folder)
        store = open_data(folder, self.manifest)
        self.graphs: frozenset[str] = frozenset(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode))
        self._store: ox.Store | None = store
        self._pool = Pool(folder, self.manifest, workers)
        self._finalizer = weakref.finalize(self, self._pool.close)
        graphs = self.graphs

        @lru_cache(maxsize=_CHECKED_TEXTS)
        def checked(query: str, names: frozenset[str]) -> None:
            check_template(query, graphs)
            check_bindings(query, names)

        self._checked = checked

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Rows:
        """Run a trusted SELECT in this process, without a limit of time or rows.

        Args:
            query: A template of the project; never text that a user wrote.
            bindings: Terms for variables that the query gives out, by name without question mark.

        Returns:
            All rows.

        Raises:
            QueryRefused: If it is no SELECT, would leave the store, or a binding does not fit it.
            QuerySyntaxError: If it is not SPARQL.
            StoreError: If the store is closed or cannot be read.
        """
        started = time.perf_counter()
        results = self._evaluate(query, bindings or {})
        if not isinstance(results, ox.QuerySolutions):
            del results
            raise QueryRefused("This template is no SELECT.")
        variables = tuple(v.value for v in results.variables)
        try:
            rows: tuple[Row, ...] = tuple(map(tuple, results))
        except (OSError, RuntimeError) as error:
            # Oxigraph's iterator must die in its own thread, and the error's traceback may be let go in another.
            del results
            raise engine_error(error) from error
        return Rows(variables, rows, False, time.perf_counter() - started)

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Run a trusted ASK in this process, without a limit of time.

        Args:
            query: A template of the project; never text that a user wrote.
            bindings: Terms for variables of the query, by name without question mark.

        Returns:
            The answer.

        Raises:
            QueryRefused: If it is no ASK, would leave the store, or a binding does not fit it.
            QuerySyntaxError: If it is not SPARQL.
            StoreError: If the store is closed or cannot be read.
        """
        results = self._evaluate(query, bindings or {})
        if not isinstance(results, ox.QueryBoolean):
            del results
            raise QueryRefused("This template is no ASK.")
        return bool(results)

    @overload
    def run(
        self,
        query: str,
        bindings: Mapping[str, Term] | None = None,
        limits: Limits | None = None,
        format: None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Rows | Truth | Triples: ...

    @overload
    def run(
        self,
        query: str,
        bindings: Mapping[str, Term] | None = None,
        limits: Limits | None = None,
        *,
        format: str | Sequence[str],
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Document: ...

    def run(
        self,
        query: str,
        bindings: Mapping[str, Term] | None = None,
        limits: Limits | None = None,
        format: str | Sequence[str] | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Outcome:
        """Run a query of the public in a worker process, within limits.

        Args:
            query: The text, from anybody.
            bindings: Terms for variables that the query gives out, by name without question mark.
            limits: What it may use; `Limits()` if not given.
            format: A name in `FORMATS`, or several of which the first that suits the query's form is taken; None for terms.
            default_graphs: Addresses of graphs of the store to take as the default graph, in place of the query's own FROM.
            named_graphs: Addresses of graphs of the store to take as the named graphs, in place of the query's own FROM NAMED.

        Returns:
            `Rows` for SELECT, `Truth` for ASK, `Triples` for CONSTRUCT and DESCRIBE; `Document` if a format is asked for.

        Raises:
            QueryRefused: If it is too long, an update, leaves the store, or asks for a format that does not suit.
            QuerySyntaxError: If it is not SPARQL 1.1.
            QueryTimeout: If its time is up.
            QueryFailed: If it needs too much memory, its result is too large, or it brings the engine down.
            StoreBusy: If no worker became free.
            StoreError: If the store is closed or damaged.
        """
        limits = limits or Limits()
        bindings = dict(bindings or {})
        self._open_store()
        _check_terms(bindings)
        length = len(query) + sum(len(name) + len(str(term)) for name, term in bindings.items())
        if length > limits.query_characters:
            raise QueryRefused(f"The query has {length:,} characters; {limits.query_characters:,} are allowed. Send it in parts.")
        formats = () if format is None else (format,) if isinstance(format, str) else tuple(format)
        return self._pool.run(Request(query, bindings, limits, formats, tuple(default_graphs), tuple(named_graphs)))

    def close(self) -> None:
        """End the workers and let go of the store; it may be called twice."""
        self._finalizer()
        self._store = None

    def __enter__(self) -> Self:
        """Be the context."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Close."""
        self.close()

    def _open_store(self) -> ox.Store:
        """Give the store, if it is open."""
        if self._store is None:
            raise StoreError("The store is closed.")
        return self._store

    def _evaluate(self, query: str, bindings: Mapping[str, Term]) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Check a template, once a text, and run it."""
        store = self._open_store()
        _check_terms(bindings)
        self._checked(query, frozenset(bindings))
        return evaluate(store, query, bindings)


def open_store(folder: Path, workers: int = 2) -> GuardedStore:
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


def _check_terms(bindings: Mapping[str, Term]) -> None:
    """Refuse what is no RDF term: text would have to be guessed into one.

    Args:
        bindings: Terms by name.

    Raises:
        QueryRefused: If one is not a term.
    """
    for name, term in bindings.items():
        if not isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal, ox.Triple)):
            raise QueryRefused(f"?{name} must be bound to a term of pyoxigraph, not to a {type(term).__name__}.")
