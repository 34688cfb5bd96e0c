"""The description of the whole graph: DCAT for catalogues of data, VoID for programs that crawl or join graphs; its numbers are counted in the graph."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox
from rdflib import DCAT, DCTERMS, RDF, VOID, XSD, Namespace

from kg.ask.context import Selects
from kg.describe.reading import rows, text_of
from kg.describe.statements import MOST, counts, statements
from kg.graph.namespaces import CKG, ID

FOAF = Namespace("http://xmlns.com/foaf/0.1/")
FORMATS_NS = Namespace("http://www.w3.org/ns/formats/")
#: Prefixes of the description.
PREFIXES = {"dcat": str(DCAT), "void": str(VOID), "dcterms": str(DCTERMS), "ckg": str(CKG), "foaf": str(FOAF), "xsd": str(XSD)}
DATASET = str(ID["dataset/certkg"])
#: Nodes that show what the graph is like.
EXAMPLES = ("category/7102", "credential/hcip", "tier/intermediate")
_FORMAT_NAMES = {"text/turtle": "Turtle", "application/n-triples": "N-Triples", "application/ld+json": "JSON-LD", "application/rdf+xml": "RDF_XML"}


def dataset(store: Selects, base: str, downloads: Mapping[str, str], tables: Mapping[str, str]) -> tuple[ox.Triple, ...]:
    """The description of the graph.

    Args:
        store: the open store.
        base: the address under which the application is published, with a slash at the end.
        downloads: address → media type of the whole graph's files.
        tables: address → title of the tables.

    Raises:
        kg.store.StoreError: the store cannot be read.
    """
    node = ox.NamedNode(DATASET)
    own = statements(store, DATASET, MOST)
    found = [each for each in own.triples if each.subject == node] if own else []
    size = counts(store)
    found += _all(node, RDF.type, map(ox.NamedNode, (str(DCAT.Dataset), str(VOID.Dataset))))
    numbers = {VOID.triples: size.triples, VOID.distinctSubjects: size.subjects, VOID.distinctObjects: size.objects}
    numbers |= {VOID.properties: len(size.properties), VOID.classes: len(size.classes)}
    found += [ox.Triple(node, ox.NamedNode(property), ox.Literal(number)) for property, number in numbers.items()]
    found += _all(node, VOID.uriSpace, [ox.Literal(str(ID))])
    found += _all(node, VOID.sparqlEndpoint, [ox.NamedNode(f"{base}sparql")])
    found += _all(node, VOID.vocabulary, [ox.NamedNode(str(CKG))])
    found += _all(node, VOID.exampleResource, [ox.NamedNode(ID[each]) for each in EXAMPLES])
    found += _all(node, VOID.dataDump, map(ox.NamedNode, downloads))
    found += _all(node, VOID.feature, [ox.NamedNode(FORMATS_NS[_FORMAT_NAMES[kind]]) for kind in downloads.values()])
    found += _all(node, FOAF.homepage, [ox.NamedNode(base)])
    for part, members in (("class", size.classes), ("property", size.properties)):
        found += _partitions(node, part, members)
    for address, kind in downloads.items():
        found += _distribution(node, address, kind, store)
    for address, title in tables.items():
        found += [*_distribution(node, address, "text/csv", store), *_all(ox.NamedNode(address), DCTERMS.title, [ox.Literal(title)])]
    service = ox.NamedNode(f"{base}sparql")
    found += _all(service, RDF.type, [ox.NamedNode(str(DCAT.DataService))])
    found += _all(service, DCAT.endpointURL, [service])
    found += _all(service, DCAT.servesDataset, [node])
    found += _all(service, DCTERMS.conformsTo, [ox.NamedNode("http://www.w3.org/ns/sparql-service-description#")])
    return tuple(dict.fromkeys(found))


def _all(subject: ox.NamedNode, property: str, values: Iterable[ox.NamedNode | ox.Literal]) -> list[ox.Triple]:
    return [ox.Triple(subject, ox.NamedNode(str(property)), value) for value in values]


def _partitions(node: ox.NamedNode, part: str, members: Iterable[tuple[str, int]]) -> list[ox.Triple]:
    """How many members each class and statements each property has."""
    found: list[ox.Triple] = []
    what, number = (VOID["class"], VOID.entities) if part == "class" else (VOID.property, VOID.triples)
    for place, (iri, count) in enumerate(members, 1):
        each = ox.NamedNode(f"{node.value}#{part}-{place}")
        found += _all(node, VOID[f"{part}Partition"], [each])
        found += _all(each, what, [ox.NamedNode(iri)])
        found += _all(each, number, [ox.Literal(count)])
    return found


def _distribution(node: ox.NamedNode, address: str, kind: str, store: Selects) -> list[ox.Triple]:
    """A file of the graph or a table."""
    file = ox.NamedNode(address)
    return [
        *_all(node, DCAT.distribution, [file]),
        *_all(file, RDF.type, [ox.NamedNode(str(DCAT.Distribution))]),
        *_all(file, DCAT.downloadURL, [file]),
        *_all(file, DCAT.mediaType, [ox.NamedNode(f"https://www.iana.org/assignments/media-types/{kind}")]),
        *_all(file, DCTERMS.license, map(ox.NamedNode, licenses(store))),
    ]


def licenses(store: Selects) -> tuple[str, ...]:
    """The IRIs of the licences of the graph.

    Args:
        store: the open store.

    Raises:
        kg.store.StoreError: the store cannot be read.
    """
    said = rows(store, "node", node=ox.NamedNode(DATASET))
    return tuple(text_of(row["value"]) for row in said if text_of(row["property"]) == str(DCTERMS.license))
