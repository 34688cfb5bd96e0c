"""The researchers' collection: competency questions as SPARQL files that run as they stand, with documentation and parameters in their heads.

A parameter is a line `VALUES ?name { term }` of the query, so that a file with its defaults is plain SPARQL for any tool; giving a value replaces the term.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.graph.namespaces import PREFIXES

FOLDER = Path(__file__).parents[1] / "queries" / "collection"
LANGUAGES = ("zh", "en")
#: Kinds of parameters that are no class: a text, a whole number.
TEXT, NUMBER = "text", "number"
#: A number with more digits is no count, code or line of the documents.
_DIGITS = 9
_HEAD = ("topic", "title_zh", "title_en", "description_zh", "description_en", "keywords", "columns", "rows")
_HEADER = re.compile(r"\A(?:#.*\n)+")
_NODES = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?class ?node ?label ?code WHERE {
  ?node a ?class ; skos:prefLabel|rdfs:label ?label .
  OPTIONAL { ?node skos:notation ?code }
}
ORDER BY ?code ?node"""
Words = Mapping[str, str]


class CollectionError(ValueError):
    """A file of the collection, or a value for a parameter, cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Parameter:
    """What a query may be asked with.

    Attributes:
        name: of its variable.
        kind: `text`, `number`, or the class of the nodes to choose from (`ckg:Tier`).
        label: what it is called, by language.
    """

    name: str
    kind: str
    label: Words

    @property
    def node_class(self) -> ox.NamedNode:
        """The class of the nodes to choose from."""
        prefix, _, name = self.kind.partition(":")
        return ox.NamedNode(PREFIXES[prefix] + name)

    @property
    def chooses(self) -> bool:
        """Whether its value is a node of the graph."""
        return self.kind not in (TEXT, NUMBER)

    def term(self, value: str) -> ox.NamedNode | ox.Literal:
        """A value as typed, as an RDF term.

        Args:
            value: an IRI, a text or a number, by the parameter's kind.

        Raises:
            CollectionError: it is none.
        """
        value = value.strip()
        if self.kind == NUMBER:
            if not re.fullmatch(rf"-?[0-9]{{1,{_DIGITS}}}", value):
                raise CollectionError(f"?{self.name} needs a whole number of at most {_DIGITS} digits, not {value[:40]!r}")
            return ox.Literal(int(value))
        if self.kind == TEXT:
            if not value:
                raise CollectionError(f"?{self.name} needs a text")
            return ox.Literal(value)
        try:
            return ox.NamedNode(value)
        except ValueError:
            raise CollectionError(f"?{self.name} needs a full address (https://…), not {value[:80]!r}") from None


@dataclass(frozen=True)
class Query:
    """A competency question.

    Attributes:
        name: of its file.
        topic: a key of `topics.csv`.
        title: by language.
        description: by language; what the rows mean, and what they do not.
        keywords: to find it by.
        parameters: what may be changed.
        columns: the variables of its rows.
        rows: how many rows it has on the project's own tables, with its defaults: least and most (None: no upper bound).
        text: the SPARQL, without the head.
    """

    name: str
    topic: str
    title: Words
    description: Words
    keywords: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    rows: tuple[int, int | None]
    text: str

    def default(self, parameter: Parameter) -> str:
        """A parameter's value in the file, as a person would type it."""
        return value_in(self.text, parameter)

    def filled(self, values: Mapping[str, str]) -> str:
        """The query with other values.

        Args:
            values: as typed, by the parameter's name; the others keep their defaults.

        Raises:
            CollectionError: there is no such parameter, or a value does not fit it.
        """
        return fill(self.text, self.parameters, values)


def fill(text: str, parameters: Iterable[Parameter], values: Mapping[str, str]) -> str:
    """A query's text with other values in its parameter lines.

    Args:
        text: the query, perhaps changed by hand.
        parameters: those that the query was written with.
        values: as typed, by the parameter's name.

    Raises:
        CollectionError: there is no such parameter, its line is gone, or a value does not fit it.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name, value in values.items():
        if name not in known:
            raise CollectionError(f"there is no parameter ?{name}; the parameters are {', '.join(known) or 'none'}")
        # A number is written as people write it; the library gives it a datatype.
        term = known[name].term(value).value if known[name].kind == NUMBER else str(known[name].term(value))
        text, found = _line(name).subn(lambda match, term=term: f"{match[1]}{term}{match[3]}", text, count=1)  # type: ignore[misc]
        if not found:
            raise CollectionError(f"the query has no line VALUES ?{name} {{ … }} any more; put it back, or write the value into the query yourself")
    return text


def value_in(text: str, parameter: Parameter) -> str:
    """A parameter's value in a query's text, as a person would type it; empty where its line is gone or is no single term."""
    found = _line(parameter.name).search(text)
    try:
        terms = [quad.object for quad in ox.parse(f"<x:> <x:> {found[2]} .", format=ox.RdfFormat.TURTLE)] if found else []
    except SyntaxError:
        return ""
    return terms[0].value if len(terms) == 1 and isinstance(terms[0], (ox.NamedNode, ox.Literal)) else ""


def _line(name: str) -> re.Pattern[str]:
    """The line that gives a parameter its value."""
    return re.compile(rf"^([ \t]*VALUES \?{name} \{{ )(.*)( \}})[ \t]*$", re.MULTILINE)


@cache
def read_collection(folder: Path = FOLDER) -> tuple[Query, ...]:
    """The queries of a folder, by topic and title.

    Args:
        folder: with `*.rq` and `topics.csv`.

    Raises:
        CollectionError: a file lacks a line of its head, or says something there that cannot be used.
    """
    order = list(read_topics(folder))
    queries = [_read(path, order) for path in sorted(folder.glob("*.rq"))]
    return tuple(sorted(queries, key=lambda query: (order.index(query.topic), query.name)))


@cache
def read_topics(folder: Path = FOLDER) -> Mapping[str, Words]:
    """The topics of a folder, in their order: key → name by language."""
    with (folder / "topics.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: {language: row[language] for language in LANGUAGES} for row in csv.DictReader(file)}


def _read(path: Path, topics: Iterable[str]) -> Query:
    """One file."""
    whole = path.read_text(encoding="utf-8")
    header = _HEADER.match(whole)
    lines = re.findall(r"^# (\w+): (.+)$", header[0] if header else "", re.MULTILINE)
    head = dict(lines)
    missing = [key for key in _HEAD if key not in head]
    if missing:
        raise CollectionError(f"{path}: the head lacks {', '.join(missing)}; write a line `# {missing[0]}: …` above the query")
    if head["topic"] not in topics:
        raise CollectionError(f"{path}: there is no topic {head['topic']!r}; use one of topics.csv, or add it there")
    rows = re.fullmatch(r"(\d+)(\.\.(\d*))?", head["rows"])
    if not rows:
        raise CollectionError(f"{path}: rows: {head['rows']}; write a number, or a least and a most as in 1..20 or 1..")
    query = Query(
        path.stem,
        head["topic"],
        {language: head[f"title_{language}"] for language in LANGUAGES},
        {language: head[f"description_{language}"] for language in LANGUAGES},
        tuple(word.strip() for word in head["keywords"].split(",")),
        tuple(_parameter(path, value) for key, value in lines if key == "parameter"),
        tuple(head["columns"].split()),
        (int(rows[1]), (int(rows[3]) if rows[3] else None) if rows[2] else int(rows[1])),
        whole[header.end() if header else 0 :].strip() + "\n",
    )
    for parameter in query.parameters:
        if len(_line(parameter.name).findall(query.text)) != 1 or not query.default(parameter):
            raise CollectionError(f"{path}: ?{parameter.name} needs one line VALUES ?{parameter.name} {{ … }} with one term in the query")
    return query


def _parameter(path: Path, line: str) -> Parameter:
    """A parameter's line: `name, kind, Chinese name, English name`."""
    parts = [part.strip() for part in line.split(",")]
    if len(parts) != 4:
        raise CollectionError(f"{path}: parameter: {line}; write name, kind, Chinese name, English name")
    name, kind, zh, en = parts
    if kind not in (TEXT, NUMBER) and kind.partition(":")[0] not in PREFIXES:
        raise CollectionError(f"{path}: parameter {name} is of kind {kind}; use {TEXT}, {NUMBER} or a class such as ckg:Tier")
    return Parameter(name, kind, {"zh": zh, "en": en})
