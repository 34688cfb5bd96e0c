"""The face of a store, wherever the graph is: trusted templates and queries of the public go in, results or errors for people come out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self, overload

import pyoxigraph as ox

from kg.store.errors import QueryRefused
from kg.store.results import Bindings, Document, Limits, Outcome, Rows, Term, Triples, Truth


@dataclass(frozen=True, slots=True)
class Request:
    """A query of the public, with all that comes with it.

    Attributes:
        query: The text.
        bindings: What its variables are to be.
        limits: What it may use.
        formats: The formats wanted, the most wanted first; none for terms.
        default_graphs: The graphs to take as default graph.
        named_graphs: The graphs to take as named graphs.
    """

    query: str
    bindings: Mapping[str, Term]
    limits: Limits
    formats: tuple[str, ...]
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


class GraphStore(ABC):
    """A store that is only read. It may be used from several threads; `open_store` and `connect` make one.

    Attributes:
        graphs: The addresses of its named graphs.
    """

    graphs: frozenset[str]

    @abstractmethod
    def select(self, query: str, bindings: Bindings | None = None) -> Rows:
        """Run a trusted SELECT to its last row.

        Args:
            query: A template of the project; never text that a user wrote.
            bindings: Terms for variables that the query gives out, by name without question mark; several where each row has one of them.

        Returns:
            All rows.

        Raises:
            QueryRefused: If it is no SELECT, would leave the store, or a binding does not fit it.
            QuerySyntaxError: If it is not SPARQL.
            StoreError: If the store is closed or cannot be read.
        """

    @abstractmethod
    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Run a trusted ASK.

        Args:
            query: A template of the project; never text that a user wrote.
            bindings: Terms for variables of the query, by name without question mark; several where one of them is meant.

        Returns:
            The answer.

        Raises:
            QueryRefused: If it is no ASK, would leave the store, or a binding does not fit it.
            QuerySyntaxError: If it is not SPARQL.
            StoreError: If the store is closed or cannot be read.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the store; it may be called twice."""

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
        """Run a query of the public within limits.

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
        check_terms(bindings)
        length = len(query) + sum(len(name) + len(str(term)) for name, term in bindings.items())
        if length > limits.query_characters:
            raise QueryRefused(f"The query has {length:,} characters; {limits.query_characters:,} are allowed. Send it in parts.")
        formats = () if format is None else (format,) if isinstance(format, str) else tuple(format)
        return self._run(Request(query, bindings, limits, formats, tuple(default_graphs), tuple(named_graphs)))

    @abstractmethod
    def _run(self, request: Request) -> Outcome:
        """Run a query of the public whose length and terms are checked."""

    def __enter__(self) -> Self:
        """Be the context."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Close."""
        self.close()


def check_terms(bindings: Bindings) -> None:
    """Refuse what is no RDF term: text would have to be guessed into one.

    Args:
        bindings: Terms by name, one or several.

    Raises:
        QueryRefused: If one is not a term.
    """
    for name, term in ((name, term) for name, value in bindings.items() for term in (value if isinstance(value, tuple) else (value,))):
        if not isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal, ox.Triple)):
            raise QueryRefused(f"?{name} must be bound to a term of pyoxigraph, not to a {type(term).__name__}.")
