"""From the store to terms with names: the queries of `queries/browse/`, and what is read once for a store."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from threading import Lock
from typing import TypeVar
from urllib.parse import unquote
from weakref import WeakKeyDictionary

import pyoxigraph as ox
from rdflib import SKOS

from kg.ask.context import Selects, query_text
from kg.describe.description import Text, Thing, Value, Words
from kg.graph.namespaces import CKG
from kg.store import Term

DATA = Path(__file__).parent / "data"
#: A row of a query: variable → term; unbound variables are absent.
Row = Mapping[str, Term]


@dataclass(frozen=True)
class Kind:
    """How the facts of a class are shown: its columns, the columns that name a fact, and those that lead to its neighbours (property IRIs)."""

    columns: tuple[str, ...]
    name: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What is read once for a store: the names of classes and properties, property → its inverse, and document and line of each place."""

    terms: Mapping[str, Words]
    inverses: Mapping[str, str]
    places: Mapping[str, tuple[str, int]]


Made = TypeVar("Made")


def once_a_store(make: Callable[[Selects], Made]) -> Callable[[Selects], Made]:
    """Make something of a store when it is first wanted, and keep it as long as the store lives; threads that want it wait for the first.

    Args:
        make: makes it.
    """
    made: WeakKeyDictionary[Selects, Made] = WeakKeyDictionary()
    lock = Lock()

    @wraps(make)
    def kept(store: Selects) -> Made:
        with lock:
            if store not in made:
                made[store] = make(store)
            return made[store]

    return kept


@cache
def kinds() -> Mapping[str, Kind]:
    """How facts are shown, by the IRI of their class (`data/kinds.csv`)."""

    def properties(names: str) -> tuple[str, ...]:
        return tuple(str(CKG[name]) for name in names.split())

    with (DATA / "kinds.csv").open(encoding="utf-8", newline="") as file:
        return {str(CKG[row["class"]]): Kind(*(properties(row[key]) for key in ("columns", "name", "ends"))) for row in csv.DictReader(file)}


@cache
def _outside_terms() -> Mapping[str, Words]:
    """The names of terms that other vocabularies give in English only."""
    with (DATA / "terms.csv").open(encoding="utf-8", newline="") as file:
        return {row["term"]: Words(row["zh"], row["en"]) for row in csv.DictReader(file)}


def rows(store: Selects, name: str, **bindings: Term) -> list[Row]:
    """The rows of `queries/browse/<name>.rq`."""
    result = store.select(query_text(f"browse/{name}"), bindings)
    return [{variable: term for variable, term in zip(result.variables, row, strict=True) if term is not None} for row in result.rows]


@once_a_store
def known(store: Selects) -> Known:
    """What is read once for a store."""
    labels: dict[str, dict[str, str]] = {}
    for row in rows(store, "terms"):
        label = row["label"]
        if isinstance(label, ox.Literal):
            labels.setdefault(text_of(row["term"]), {})[label.language or "en"] = label.value
    terms = {term: Words(each.get("zh", ""), each.get("en", "")) for term, each in labels.items()}
    places = {text_of(row["source"]): (text_of(row["document"]), int(text_of(row["line"]))) for row in rows(store, "places")}
    pairs = [(text_of(row["property"]), text_of(row["inverse"])) for row in rows(store, "inverses")]
    inverses = {str(SKOS.broader): str(SKOS.narrower)} | dict(pairs) | {inverse: property for property, inverse in pairs}
    return Known({**terms, **_outside_terms()}, inverses, places)


def text_of(term: Term) -> str:
    """The text of a term: of a literal its text, of an IRI the IRI."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def value_of(row: Row, variable: str, store: Selects) -> Value:
    """A term of a row with its name, which stands beside it in `?zh` and `?en`."""
    term = row[variable]
    if isinstance(term, ox.Literal):
        return Text(term.value, term.language or "", term.datatype.value)
    words = words_of(row)
    return Thing(text_of(term), words if words.zh or words.en else name_of(text_of(term), store))


def words_of(row: Row) -> Words:
    """The names that stand in `?zh` and `?en` of a row."""
    return Words(*(text_of(row[each]) if each in row else "" for each in ("zh", "en")))


def name_of(iri: str, store: Selects) -> Words:
    """A name for what has no preferred name: a term's label, a place's document and line, else the end of the IRI."""
    found = known(store)
    if iri in found.terms:
        return found.terms[iri]
    if iri in found.places:
        document, line = found.places[iri]
        return Words(f"{short(document)} 第{line}行", f"{short(document)} line {line}")
    return Words(short(iri))


def short(iri: str) -> str:
    """The readable end of an IRI."""
    return unquote(iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]) or iri


def named(values: Iterable[Value]) -> Words:
    """A name made of values."""
    listed = list(values)
    said = (" · ".join(each.text if isinstance(each, Text) else each.name.best(language)[0] for each in listed) for language in ("zh", "en"))
    return Words(*said)
