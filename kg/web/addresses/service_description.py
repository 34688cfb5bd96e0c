"""The SPARQL 1.1 Service Description of /sparql: what it can do, and which graphs it has."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.store import FORMATS, GraphStore

_SD, _VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_TITLE = ox.NamedNode("http://purl.org/dc/terms/title")
_FORMATS = {format.media_type: name for name, format in FORMATS.items() if format.graph}
MEDIA_TYPES = tuple(_FORMATS)
_WRITERS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}
#: The W3C's names of the formats: https://www.w3.org/ns/formats/
_NAMES = {
    "json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV", "tsv": "SPARQL_Results_TSV", "turtle": "Turtle",
    "ntriples": "N-Triples", "rdfxml": "RDF_XML", "jsonld": "JSON-LD",
}  # fmt: skip
_TOTAL = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_EACH = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"


@dataclass(frozen=True)
class GraphSize:
    """A graph and how many triples it has; the default graph has no name."""

    name: str
    triples: int


def graph_sizes(store: GraphStore) -> tuple[GraphSize, ...]:
    """Count the triples of the default graph, which comes first, and of each named graph.

    Raises:
        StoreError: the store cannot be read.
    """
    total = store.select(_TOTAL).rows[0][0]
    named = [(g, n) for g, n in store.select(_EACH).rows if isinstance(g, ox.NamedNode) and g.value in store.graphs]
    return (GraphSize("", _number(total)), *(GraphSize(g.value, _number(n)) for g, n in named))


def _number(term: object) -> int:
    assert isinstance(term, ox.Literal)
    return int(term.value)


def service_description(endpoint: str, graphs: Sequence[GraphSize], media_type: str) -> bytes:
    """The description as a document.

    Args:
        endpoint: the address of the service.
        graphs: from `graph_sizes`.
        media_type: one of `MEDIA_TYPES`.

    Raises:
        ValueError: the endpoint is no web address.
    """
    service, dataset = ox.NamedNode(endpoint), ox.BlankNode("dataset")
    triples = [
        _triple(service, _TYPE, _sd("Service")),
        _triple(service, _sd("endpoint"), service),
        _triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        _triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        *(_triple(service, _sd("resultFormat"), ox.NamedNode(f"http://www.w3.org/ns/formats/{name}")) for name in _NAMES.values()),
        _triple(service, _sd("defaultDataset"), dataset),
        _triple(dataset, _TYPE, _sd("Dataset")),
        _triple(dataset, _TITLE, ox.Literal("Official Chinese rules on vocational credentials", language="en")),
        _triple(dataset, _TITLE, ox.Literal("职业资格与技能证书官方规定", language="zh")),
    ]
    for number, graph in enumerate(graphs):
        node = ox.BlankNode(f"graph{number}")
        triples += [_triple(node, _TYPE, _sd("Graph")), _triple(node, ox.NamedNode(f"{_VOID}triples"), ox.Literal(graph.triples))]
        if graph.name:
            named = ox.BlankNode(f"named{number}")
            triples += [
                _triple(dataset, _sd("namedGraph"), named),
                _triple(named, _TYPE, _sd("NamedGraph")),
                _triple(named, _sd("name"), ox.NamedNode(graph.name)),
                _triple(named, _sd("graph"), node),
            ]
        else:
            triples.append(_triple(dataset, _sd("defaultGraph"), node))
    written = ox.serialize(triples, format=_WRITERS[_FORMATS[media_type]], prefixes={"sd": _SD, "void": _VOID, "dcterms": "http://purl.org/dc/terms/"})
    return bytes(written or b"")


def _sd(name: str) -> ox.NamedNode:
    """A term of the vocabulary."""
    return ox.NamedNode(f"{_SD}{name}")


def _triple(subject: ox.NamedNode | ox.BlankNode, predicate: ox.NamedNode, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> ox.Triple:
    """A triple."""
    return ox.Triple(subject, predicate, value)
