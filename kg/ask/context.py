"""What answering needs at hand: the store, the linker, what was read once for all; and the one way to run a query of `queries/`."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from threading import Lock, RLock
from typing import Any, Protocol, TypeVar

import pyoxigraph as ox
from cachetools import LRUCache

from embeddings import Linker
from kg.store import Bindings, Rows, Term
from kg.store.binding import with_values

QUERIES = Path(__file__).parents[2] / "queries"
Row = Mapping[str, str]
#: What a query's variable is bound to: an IRI (a text that begins with `http`), text, number, or literal as it is.
Value = str | int | ox.Literal
ID = "https://w3id.org/certkg/id/"
Made = TypeVar("Made")
#: What `Recent` keeps at most: rows, of which one takes about a kilobyte, and turns of conversations.
RECENT_ROWS, RECENT_TURNS = 20_000, 2_000
_HEADER = re.compile(r"^#.*\n", re.M)


class Selects(Protocol):
    """A store that runs a trusted SELECT with bound values (`kg.store.GuardedStore`)."""

    def select(self, query: str, bindings: Bindings | None = None) -> Rows:
        """Run it."""


class Once:
    """What is made once and then used by every question, from any thread: whole tables, spotters of names."""

    def __init__(self) -> None:
        """Begin with nothing made."""
        self._made: dict[Hashable, Any] = {}
        self._lock = RLock()

    def __call__(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is kept under a key.

        Args:
            key: what it is called.
            make: makes it, if it is not there yet; threads that want it wait for the first.
        """
        if key not in self._made:
            with self._lock:
                if key not in self._made:
                    self._made[key] = make()
        made: Made = self._made[key]
        return made

    def made(self) -> set[Any]:
        """The keys of what is made."""
        return set(self._made)


class Recent:
    """What was found lately, for other questions and later turns to use: the open graph does not change. What was used longest ago is forgotten first."""

    def __init__(self, most: int, size: Callable[[Any], int]) -> None:
        """Begin with nothing.

        Args:
            most: the size of all that is kept.
            size: of one thing; what is larger than `most` is not kept.
        """
        self._kept: LRUCache[Hashable, Any] = LRUCache(most, getsizeof=size)
        self._most, self._size, self._lock = most, size, Lock()

    def __call__(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is kept under a key.

        Args:
            key: what it is called.
            make: makes it, if it is not there; two threads that want it at once may both make it.
        """
        with self._lock:
            if key in self._kept:
                kept: Made = self._kept[key]
                return kept
        made = make()
        if self._size(made) <= self._most:
            with self._lock:
                self._kept[key] = made
        return made


def _rows() -> Recent:
    return Recent(RECENT_ROWS, lambda rows: 1 + len(rows))


def _turns() -> Recent:
    return Recent(RECENT_TURNS, lambda request: 1)


@dataclass(frozen=True)
class Category:
    """A 专业类: 中职 code, all its codes, name, IRI."""

    code: str
    codes: tuple[str, ...]
    name: str
    iri: str
    group: str


@dataclass
class Context:
    """Store, linker and 专业类, opened once; `trace` collects the queries of one answer, `asked` their rows.

    All questions share `once`, the rows of `recent` queries, and the `turns` lately understood.
    """

    store: Selects
    linker: Linker
    categories: tuple[Category, ...] = ()
    trace: list[tuple[str, Bindings]] = field(default_factory=list)
    asked: dict[tuple[object, ...], list[dict[str, str]]] = field(default_factory=dict)
    once: Once = field(default_factory=Once)
    recent: Recent = field(default_factory=_rows)
    turns: Recent = field(default_factory=_turns)

    def rows(self, name: str, /, **bindings: Value | Sequence[Value]) -> list[dict[str, str]]:
        """Run `queries/<name>.rq` and note it for the answer.

        Args:
            name: the query file's name without `.rq`.
            bindings: variable → value, or several values of which each row has one; bound as RDF terms, never pasted.

        Returns:
            The rows, variable → text; unbound variables are absent.
        """
        terms = bound(bindings)
        key = (name, *sorted(terms.items()))
        if key not in self.asked:
            self.trace.append((name, terms))
            self.asked[key] = self.recent(key, lambda: select(self.store, name, terms))
        return list(self.asked[key])

    def fork(self) -> "Context":
        """The same context with an empty trace, for one question."""
        return replace(self, trace=[], asked={})

    def shown_queries(self) -> str:
        """The queries that ran, each with its values, so that running the text again gives the same rows."""
        return "\n\n".join(dict.fromkeys(shown(name, terms) for name, terms in self.trace))


def select(store: Selects, name: str, terms: Bindings) -> list[dict[str, str]]:
    """The rows of `queries/<name>.rq`, variable → text; unbound variables are absent."""
    result = store.select(query_text(name), terms)
    return [{variable: _text(term) for variable, term in zip(result.variables, row, strict=True) if term is not None} for row in result.rows]


def _text(term: Term) -> str:
    """The text of an IRI or literal; the queries select nothing else."""
    assert isinstance(term, (ox.NamedNode, ox.Literal))
    return term.value


def chinese(text: str) -> ox.Literal:
    """A text as the graph has it where it is marked as Chinese."""
    return ox.Literal(text, language="zh")


def bound(bindings: Mapping[str, Value | Sequence[Value]]) -> Bindings:
    """Values of variables as RDF terms."""
    return {variable: _term(value) if isinstance(value, Value) else tuple(map(_term, dict.fromkeys(value))) for variable, value in bindings.items()}


def _term(value: Value) -> Term:
    """A bound value as an RDF term."""
    if isinstance(value, ox.Literal):
        return value
    if isinstance(value, int):
        return ox.Literal(value)
    return ox.NamedNode(value) if value.startswith(("http://", "https://")) else ox.Literal(value)


@cache
def query_text(name: str) -> str:
    """The text of a query file, with its prefixes."""
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def shown(name: str, terms: Bindings) -> str:
    """A query as a person may run it again: without header comments, its values in VALUES clauses at the start of the pattern."""
    return with_values(_HEADER.sub("", query_text(name)).strip(), terms)
