"""What the documents print at a line, as far as it was read into the graph."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.ask.context import Selects, select
from kg.graph.namespaces import ID
from kg.web.problems import Problem

#: Lines that are given at a time.
MOST = 50


@dataclass(frozen=True)
class Document:
    """A document: its short name, its titles, how many lines its text has."""

    id: str
    title_zh: str
    title_en: str
    lines: int


@dataclass(frozen=True)
class Entry:
    """A text that was read from a line: as printed, its place in the document, how far the reading holds (exact, repaired, uncertain) and why not further."""

    line: int
    text: str
    place: str
    status: str
    reason: str


@dataclass(frozen=True)
class Lines:
    """What some lines of a document print; lines that nothing was read from, such as headings, have no entry."""

    document: Document
    first: int
    last: int
    entries: tuple[Entry, ...]


def documents(store: Selects) -> tuple[Document, ...]:
    """The documents that the graph was read from."""
    return tuple(Document(_end(row["document"]), row["zh"], row["en"], int(row["lines"])) for row in select(store, "api/documents", {}))


def printed(store: Selects, document: str, first: int, last: int | None = None) -> Lines:
    """What some lines of a document print.

    Args:
        store: the open store.
        document: its short name, as in citations.
        first: the first line, from 1.
        last: the last; the first, if none is given. `MOST` lines are given at a time: the answer tells its last one.

    Raises:
        Problem: there is no such document or line.
    """
    last = first if last is None else last
    known = {each.id: each for each in documents(store)}
    if document not in known:
        raise Problem(f"there is no document {document[:100]!r}; the documents are {', '.join(known)}", 404)
    if not 1 <= first <= last <= known[document].lines:
        raise Problem(f"{document} has the lines 1 to {known[document].lines}; ask for some of them, the first one first", 404)
    last = min(last, first + MOST - 1)
    wanted: Sequence[ox.Literal] = [ox.Literal(line) for line in range(first, last + 1)]
    rows = select(store, "api/lines", {"document": ox.NamedNode(f"{ID}document/{document}"), "line": tuple(wanted)})
    entries = (Entry(int(row["line"]), row["text"], row["place"], _end(row["status"]), row.get("reason", "")) for row in rows)
    return Lines(known[document], first, last, tuple(entries))


def _end(iri: str) -> str:
    return iri.rpartition("/")[2]
