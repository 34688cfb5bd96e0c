"""The statements about a node as linked data: what it says, the facts that point to it with their sources, and the names of what these lead to."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import RDF, SKOS

from kg.ask.context import Selects
from kg.describe.describing import incoming_groups, node_term, ordered_members, wanted_key
from kg.describe.reading import Row, once_a_store, rows, text_of
from kg.store import Term

#: Facts, and other things, of each list that one document has at most.
MOST = 500
_NAME, _TYPE = ox.NamedNode(SKOS.prefLabel), ox.NamedNode(RDF.type)


@dataclass(frozen=True)
class Statements:
    """Statements about a node.

    Attributes:
        triples: each once, those of the node first.
        cut: whether some list of what points to the node has more than are here.
    """

    triples: tuple[ox.Triple, ...]
    cut: bool


@dataclass(frozen=True)
class Counts:
    """How large a graph is: its triples, different subjects and objects, and how many statements each property and members each class has."""

    triples: int
    subjects: int
    objects: int
    properties: tuple[tuple[str, int], ...]
    classes: tuple[tuple[str, int], ...]


def statements(store: Selects, iri: str, most: int = MOST) -> Statements | None:
    """The statements about a node.

    Args:
        store: the open store.
        iri: the node's IRI; text that is no IRI has none.
        most: how many facts or things of each list to give.

    Returns:
        The statements, or None if the graph says nothing of it.

    Raises:
        kg.store.StoreError: the store cannot be read.
    """
    node = node_term(iri)
    own = rows(store, "node", node=node) if node is not None else []
    if node is None or not own:
        return None
    found = dict.fromkeys(_triples(own, "property"))
    cut = False
    for property, kind in incoming_groups(store, node):
        by = ox.NamedNode(property)
        if kind:
            every = ordered_members(store, node, by, kind)
            told = rows(store, "facts", node=node, property=by, wanted=wanted_key(every[:most])) if every else []
            found |= dict.fromkeys(_triples(told, "says"))
        else:
            listed = rows(store, "pointing", node=node, property=by)
            every = list(dict.fromkeys(text_of(row["member"]) for row in listed))
            kept = set(every[:most])
            told = [{**row, "subject": row["member"], "says": by, "value": node} for row in listed if text_of(row["member"]) in kept]
            found |= dict.fromkeys(_triples(told, "says", named="subject"))
        cut = cut or len(every) > most
    return Statements(tuple(sorted(found, key=lambda each: (text_of(each.subject) != iri, str(each.subject), each.predicate != _TYPE, str(each)))), cut)


def _triples(told: Iterable[Row], property: str, named: str = "value") -> Iterable[ox.Triple]:
    """The statement of each row, with the names in it of its value or subject."""
    for row in told:
        yield _triple(row["subject"], row[property], row["value"])
        for name in ("zh", "en"):
            if name in row:
                yield _triple(row[named], _NAME, row[name])


def _triple(subject: Term, property: Term, value: Term) -> ox.Triple:
    assert isinstance(subject, (ox.NamedNode, ox.BlankNode))
    assert isinstance(property, ox.NamedNode)
    return ox.Triple(subject, property, value)


@once_a_store
def counts(store: Selects) -> Counts:
    """How large the graph is.

    Args:
        store: the open store.

    Raises:
        kg.store.StoreError: the store cannot be read.
    """
    whole = rows(store, "size")[0]
    properties = tuple((text_of(row["property"]), int(text_of(row["count"]))) for row in rows(store, "properties"))
    classes = tuple((text_of(row["class"]), int(text_of(row["count"]))) for row in rows(store, "classes"))
    triples, subjects, objects = (int(text_of(whole[name])) for name in ("triples", "subjects", "objects"))
    return Counts(triples, subjects, objects, properties, classes)
