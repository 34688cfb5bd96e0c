"""What goes into a query and what comes out, and how it is written down."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import islice
from types import MappingProxyType
from typing import TypeAlias

import pyoxigraph as ox

from kg.store.errors import FormatRefused

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row: TypeAlias = tuple[Term | None, ...]
#: By the name of a template's variable its term, or several of which each row has one.
Bindings: TypeAlias = Mapping[str, Term | tuple[Term, ...]]

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query of the public may use.

    Attributes:
        seconds: Time from the moment a worker takes the query.
        rows: Rows (or triples) given at most; more are cut off and the result says so.
        query_characters: Length of the text and its bindings.
        memory_mib: Memory that the query may take, beyond what an idle worker has.
        result_mib: Size of the result; a larger one is an error, not half a result.
    """

    seconds: float = 10.0
    rows: int = 10_000
    query_characters: int = 100_000
    memory_mib: int = 1024
    result_mib: int = 64

    def __post_init__(self) -> None:
        """Refuse limits that nothing can keep.

        Raises:
            ValueError: If a limit is not positive.
        """
        for field in fields(self):
            if not getattr(self, field.name) > 0:
                raise ValueError(f"Limits.{field.name} must be positive, not {getattr(self, field.name)!r}")


@dataclass(frozen=True, slots=True)
class Rows:
    """The table that a SELECT gives.

    Attributes:
        variables: The names of the columns, without question mark.
        rows: The rows; None where a variable is not bound.
        capped: True if there were more rows than the limit.
        seconds: How long the query took.
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    capped: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer of an ASK.

    Attributes:
        value: The answer.
        seconds: How long the query took.
    """

    value: bool
    seconds: float

    def __bool__(self) -> bool:
        """Be the answer."""
        return self.value


@dataclass(frozen=True, slots=True)
class Triples:
    """The graph that a CONSTRUCT or a DESCRIBE gives.

    Attributes:
        triples: The triples, each once.
        capped: True if there were more triples than the limit.
        seconds: How long the query took.
    """

    triples: tuple[ox.Triple, ...]
    capped: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Document:
    """A result of any kind, serialised.

    Attributes:
        body: The bytes (UTF-8).
        format: The format's name in `FORMATS`.
        count: How many rows or triples are in it; 1 for an ASK.
        capped: True if there were more than the limit.
        seconds: How long the query took, writing included.
    """

    body: bytes
    format: str
    count: int
    capped: bool
    seconds: float


Outcome: TypeAlias = Rows | Truth | Triples | Document


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a result down.

    Attributes:
        name: Its name here and on the command line.
        media_type: Its media type, without charset.
        extension: Its file extension, without dot.
        graph: True if it is for CONSTRUCT and DESCRIBE, False if it is for SELECT and ASK.
    """

    name: str
    media_type: str
    extension: str
    graph: bool


_RESULTS = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV}
_GRAPHS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}

FORMATS: Mapping[str, Format] = MappingProxyType(
    {name: Format(name, f.media_type.split(";")[0], f.file_extension, graph=False) for name, f in _RESULTS.items()}
    | {name: Format(name, f.media_type.split(";")[0], f.file_extension, graph=True) for name, f in _GRAPHS.items()}
)


def choose_format(names: tuple[str, ...], graph: bool) -> str:
    """Take the first format that a result can be written in.

    Args:
        names: Names in `FORMATS`, the most wanted first.
        graph: Whether the result is a graph (of CONSTRUCT or DESCRIBE), and not a table or truth value.

    Returns:
        The name of the format.

    Raises:
        FormatRefused: If a name is unknown, or none suits the result.
    """
    for name in names:
        if name not in FORMATS:
            raise FormatRefused(f"There is no format {name!r}; the formats are {', '.join(FORMATS)}.")
    for name in names:
        if FORMATS[name].graph == graph:
            return name
    suitable = ", ".join(name for name, f in FORMATS.items() if f.graph == graph)
    forms = "CONSTRUCT or DESCRIBE" if graph else "SELECT or ASK"
    raise FormatRefused(f"The result of {forms} cannot be written as {' or '.join(names)}; ask for {suitable}.")


def take(items: Iterable[Row], limit: int) -> tuple[tuple[Row, ...], bool]:
    """Take the first items and say whether there were more."""
    taken = tuple(islice(items, limit + 1))
    return taken[:limit], len(taken) > limit


def take_distinct(triples: Iterable[ox.Triple], limit: int) -> tuple[tuple[ox.Triple, ...], bool]:
    """Take the first different triples and say whether there were more: the engine repeats some, and a graph is a set."""
    taken: dict[ox.Triple, None] = {}
    for triple in triples:
        if len(taken) == limit and triple not in taken:
            return tuple(taken), True
        taken[triple] = None
    return tuple(taken), False


def write_rows(variables: tuple[str, ...], rows: Iterable[Row], name: str) -> bytes:
    """Serialise a table.

    Args:
        variables: The names of the columns.
        rows: The rows.
        name: A format for tables, in `FORMATS`.

    Returns:
        The bytes.
    """
    # pyoxigraph serialises only what it has read or answered itself, so the capped rows go in through SPARQL JSON.
    bindings = [{v: _json_term(term) for v, term in zip(variables, row, strict=True) if term is not None} for row in rows]
    text = json.dumps({"head": {"vars": variables}, "results": {"bindings": bindings}}, ensure_ascii=False)
    solutions = ox.parse_query_results(text.encode(), ox.QueryResultsFormat.JSON)
    return bytes(solutions.serialize(format=_RESULTS[name]) or b"")


def write_truth(value: ox.QueryBoolean, name: str) -> bytes:
    """Serialise the answer of an ASK."""
    return bytes(value.serialize(format=_RESULTS[name]) or b"")


def write_triples(triples: Iterable[ox.Triple], name: str, prefixes: dict[str, str]) -> bytes:
    """Serialise a graph.

    Args:
        triples: The triples.
        name: A format for graphs, in `FORMATS`.
        prefixes: Prefixes to shorten addresses with, where the format can.

    Returns:
        The bytes.
    """
    triples = tuple(triples)
    try:
        return bytes(ox.serialize(triples, format=_GRAPHS[name], prefixes=prefixes) or b"")
    except ValueError:
        # A prefix of the query may be a relative address, which no serialiser takes.
        return bytes(ox.serialize(triples, format=_GRAPHS[name]) or b"")


def _json_term(term: Term) -> dict[str, object]:
    """Make the SPARQL 1.2 JSON object of a term."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    literal: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language is not None:
        literal["xml:lang"] = term.language
        if term.direction is not None:
            literal["its:dir"] = term.direction.value
    elif term.datatype.value != XSD_STRING:
        literal["datatype"] = term.datatype.value
    return literal
