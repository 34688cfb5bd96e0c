"""The named graphs of the store: one a document, one for what the documents name, one for the ontology; together they are the default graph."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

ONTOLOGY = ox.NamedNode("https://w3id.org/certkg/ontology")
THINGS = ox.NamedNode("https://w3id.org/certkg/id/graph/things")
_ID = "https://w3id.org/certkg/id/"
_IN_DOCUMENT = ox.NamedNode(f"{ONTOLOGY.value}#inDocument")
_SOURCE = ox.NamedNode("http://www.w3.org/ns/prov#hadPrimarySource")


def by_document(store: ox.Store) -> Iterator[ox.Quad]:
    """Put each triple of the default graph into the named graph of the document that states it.

    A fact and its source location go into the graph that has the document's own address; credentials, occupations, organisations and
    the concepts of the vocabularies, which several documents name, into `THINGS`; the ontology into `ONTOLOGY`. A fact that more than
    one document states goes into the graph of each.

    Args:
        store: holds all triples in its default graph.

    Yields:
        The quads of the named graphs.
    """
    documents = {(quad.subject, quad.object) for quad in store.quads_for_pattern(None, _IN_DOCUMENT, None, ox.DefaultGraph())}
    of: dict[object, set[ox.NamedNode]] = {}
    for subject, document in documents:
        _note(of, subject, document)
        _note(of, document, document)
    for quad in store.quads_for_pattern(None, _SOURCE, None, ox.DefaultGraph()):
        for document in tuple(of.get(quad.object, ())):
            _note(of, quad.subject, document)
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        for graph in of.get(quad.subject) or _common(quad.subject):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _note(of: dict[object, set[ox.NamedNode]], subject: object, document: object) -> None:
    """Note that a document says something of a subject."""
    if isinstance(document, ox.NamedNode):
        of.setdefault(subject, set()).add(document)


def _common(subject: object) -> Iterable[ox.NamedNode]:
    """The graph of a subject that belongs to no single document."""
    return (THINGS,) if isinstance(subject, ox.NamedNode) and subject.value.startswith(_ID) else (ONTOLOGY,)
