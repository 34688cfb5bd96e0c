"""What answering needs at hand: the store, the linker, the names of the graph; and the one way to run a query of `queries/`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from embeddings import Linker

QUERIES = Path(__file__).parents[2] / "queries"
Row = Mapping[str, str]
ID = "https://w3id.org/certkg/id/"
_HEADER = re.compile(r"^#.*\n", re.M)


class Selects(Protocol):
    """A store that runs a trusted SELECT with bound values (`kg.store.GuardedStore`)."""

    def select(self, query: str, bindings: Mapping[str, object]) -> object:
        """Run it; the result has `variables` and `rows` of terms."""


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
    """Store, linker and vocabulary, opened once and used by every question; `trace` collects the queries that ran for one answer, `asked` their rows."""

    store: Selects
    linker: Linker
    categories: tuple[Category, ...] = ()
    trace: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)
    asked: dict[tuple[object, ...], list[dict[str, str]]] = field(default_factory=dict)

    def rows(self, name: str, **bindings: str | int | Sequence[str]) -> list[dict[str, str]]:
        """Run `queries/<name>.rq` and note it for the answer.

        Args:
            name: the query file's name without `.rq`.
            bindings: variable → IRI (a text that begins with `http`), text or number; bound as RDF terms, never pasted.

        Returns:
            The rows, variable → text; unbound variables are absent.
        """
        key = (name, *sorted(bindings.items()))
        if key in self.asked:
            return list(self.asked[key])
        text = query_text(name)
        terms = {variable: _term(value) for variable, value in bindings.items()}
        self.trace.append((name, terms))
        result = self.store.select(text, terms)
        variables = [str(each).lstrip("?") for each in result.variables]  # type: ignore[attr-defined]
        rows = [{name: term.value for name, term in zip(variables, row, strict=True) if term is not None} for row in result.rows]  # type: ignore[attr-defined]
        self.asked[key] = rows
        return list(rows)

    def fork(self) -> "Context":
        """The same context with an empty trace, for one question."""
        return Context(self.store, self.linker, self.categories)

    def shown_queries(self) -> str:
        """The queries that ran, each with its values, so that running the text again gives the same rows."""
        return "\n\n".join(dict.fromkeys(shown(name, terms) for name, terms in self.trace))


def _term(value: str | int | Sequence[str]) -> object:
    """A bound value as an RDF term."""
    if isinstance(value, int):
        return ox.Literal(value)
    assert isinstance(value, str)
    return ox.NamedNode(value) if value.startswith(("http://", "https://")) else ox.Literal(value)


@lru_cache(maxsize=None)
def query_text(name: str) -> str:
    """The text of a query file, with its prefixes."""
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def shown(name: str, terms: Mapping[str, object]) -> str:
    """A query as a person may run it again: without header comments, its values in a VALUES clause at the start of the pattern."""
    text = _HEADER.sub("", query_text(name)).strip()
    if not terms:
        return text
    names = " ".join(f"?{each}" for each in terms)
    values = " ".join(str(term) for term in terms.values())
    return re.sub(r"WHERE\s*\{", lambda match: f"{match[0]}\n  VALUES ({names}) {{ ({values}) }}", text, count=1)
