"""The SHACL shapes as plain objects, by topic (one file a topic): what they are for, what they ask for, and the message they give."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SH, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.docs.vocabulary import Vocabulary, Words

SHAPE = Namespace("https://w3id.org/certkg/shapes#")
#: What a shape can ask of a value, with the values that name it; the words for each are in `words.toml` as `facet_…`.
FACETS = {
    "class": SH["class"], "datatype": SH.datatype, "nodeKind": SH.nodeKind, "in": SH["in"], "pattern": SH.pattern, "languageIn": SH.languageIn,
    "minInclusive": SH.minInclusive, "maxInclusive": SH.maxInclusive, "minLength": SH.minLength, "uniqueLang": SH.uniqueLang, "disjoint": SH.disjoint,
    "or": SH["or"], "xone": SH.xone,
}  # fmt: skip


@dataclass(frozen=True)
class Facet:
    """One demand on a value: its kind and the IRIs or texts that it names."""

    kind: str
    iris: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Constraint:
    """What a shape asks for: of one property (`path`), of the node itself, or by a query; `count` is a key of `words.toml`."""

    anchor: str
    path: str
    count: str
    facets: tuple[Facet, ...]
    message: Words
    severity: str
    query: str = ""

    @property
    def targets(self) -> tuple[str, ...]:
        """The IRIs of the classes or concepts that the value must be of."""
        return tuple(iri for facet in self.facets if facet.kind in ("class", "in", "or") for iri in facet.iris)


@dataclass(frozen=True)
class Shape:
    """A node shape: its targets and its constraints; `whole` where it looks at the whole graph and not at the nodes of a class."""

    anchor: str
    label: Words
    classes: tuple[str, ...]
    whole: bool
    closed: bool
    message: Words
    properties: tuple[Constraint, ...]
    rules: tuple[Constraint, ...]


@dataclass(frozen=True)
class Topic:
    """One file of shapes."""

    name: str
    title: Words
    shapes: tuple[Shape, ...]


class Shapes:
    """The shapes of a folder, and what they say of a class or a property."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        """Read the shapes.

        Args:
            folder: the folder with one Turtle file a topic.
            vocabulary: the ontology that the shapes speak of.
        """
        self.vocabulary = vocabulary
        self.topics = [topic for path in sorted(folder.glob("*.ttl")) if (topic := _topic(path)).shapes]

    @cached_property
    def all(self) -> list[Shape]:
        """The shapes of all topics."""
        return [shape for topic in self.topics for shape in topic.shapes]

    def of_class(self, iri: str) -> list[Shape]:
        """The shapes that look at each node of a class."""
        return [shape for shape in self.all if iri in shape.classes]

    def constraints(self, iri: str) -> list[Constraint]:
        """What the shapes of a class ask of its properties, in the order of the shapes."""
        return [constraint for shape in self.of_class(iri) for constraint in shape.properties]

    def rules_naming(self, iri: str) -> list[Constraint]:
        """The constraints in SPARQL that name a class or a property, and are not of a shape of the class."""
        name = re.compile(rf"(?<![\w:-]){re.escape(self.vocabulary.short(iri))}(?![\w-])")
        return [rule for shape in self.all if iri not in shape.classes for rule in shape.rules if rule.query and name.search(rule.query)]

    def users(self, iri: str) -> list[tuple[str, Constraint]]:
        """The classes whose shapes have a property, each with what is asked of it there."""
        return [(owner, constraint) for shape in self.all for owner in shape.classes for constraint in shape.properties if constraint.path == iri]

    def leading_to(self, iri: str) -> dict[str, list[str]]:
        """The properties that lead to nodes of a class, each with the classes whose shapes say so."""
        found: dict[str, list[str]] = {}
        for shape in self.all:
            for constraint in shape.properties:
                if iri in self.ends(constraint):
                    owners = found.setdefault(constraint.path, [])
                    owners += [owner for owner in shape.classes if owner not in owners]
        return found

    def ends(self, constraint: Constraint) -> list[str]:
        """The classes that a property leads to, by its constraint or else by its range."""
        known = self.vocabulary.terms.get(constraint.path)
        return self.classes_of(constraint.targets or (known.range if known else ()))

    def classes_of(self, iris: Iterable[str]) -> list[str]:
        """Classes, and for concepts the classes they are of."""
        found: list[str] = []
        for iri in iris:
            types = [iri] if iri in self.vocabulary.terms else sorted(str(each) for each in self.vocabulary.graph.objects(URIRef(iri), RDF.type))
            own = [each for each in types if each in self.vocabulary.terms and self.vocabulary.terms[each].own] or types
            found += [each for each in own if each not in found]
        return found


def _topic(path: Path) -> Topic:
    graph = Graph(bind_namespaces="none").parse(path, format="turtle")
    header = graph.value(None, RDF.type, OWL.Ontology)
    text = path.read_text(encoding="utf-8")
    nodes = [node for node in graph.subjects(RDF.type, SH.NodeShape) if isinstance(node, URIRef)]
    nodes.sort(key=lambda node: (text.find(f"\nshape:{node.removeprefix(SHAPE)} "), node))
    return Topic(path.stem, _words(graph, header, DCTERMS.title) if header is not None else {}, tuple(_shape(graph, node, text) for node in nodes))


def _shape(graph: Graph, node: URIRef, text: str) -> Shape:
    nested = sorted(
        (each for each in graph.objects(node, SH.property) if isinstance(each, URIRef)), key=lambda each: text.find(f"\nshape:{each.removeprefix(SHAPE)} ")
    )
    own = _constraint(graph, node)
    rules = [own] if own.facets else []
    rules += [_constraint(graph, each) for each in sorted(graph.objects(node, SH.sparql), key=str)]
    return Shape(
        anchor=node.removeprefix(SHAPE),
        label=_words(graph, node, RDFS.label),
        classes=tuple(sorted(str(each) for each in graph.objects(node, SH.targetClass))),
        whole=graph.value(node, SH.targetNode) is not None,
        closed=str(graph.value(node, SH.closed)) == "true",
        message=_words(graph, node, SH.message),
        properties=tuple(_constraint(graph, each) for each in nested),
        rules=tuple(rules),
    )


def _constraint(graph: Graph, node: Node) -> Constraint:
    least, most = int(str(graph.value(node, SH.minCount) or 0)), int(str(graph.value(node, SH.maxCount) or -1))
    count = {(1, 1): "one", (0, 1): "at_most_one", (1, -1): "at_least_one", (0, -1): "any"}.get((least, most), f"{least}–{most}" if most > 0 else f"≥ {least}")
    severity = str(graph.value(node, SH.severity) or SH.Violation).rpartition("#")[2].lower()
    query = str(graph.value(node, SH.select) or "").strip("\n").rstrip()
    facets = tuple(_facet(graph, kind, value) for kind, predicate in FACETS.items() for value in sorted(graph.objects(node, predicate), key=str))
    path = str(graph.value(node, SH.path) or "")
    return Constraint(str(node).removeprefix(SHAPE), path, count, facets, _words(graph, node, SH.message), severity, query)


def _facet(graph: Graph, kind: str, value: Node) -> Facet:
    """A demand; a list is its members, and an alternative that is a shape is the class or the property it asks for."""
    values = [value]
    if kind in ("in", "languageIn", "or", "xone"):
        values = [graph.value(each, SH["class"]) or graph.value(each, SH.path) or each for each in Collection(graph, value)]
    iris = tuple(str(each) for each in values if isinstance(each, URIRef))
    texts = tuple(str(each) for each in values if isinstance(each, Literal))
    return Facet(kind, iris, texts)


def _words(graph: Graph, subject: Node, predicate: URIRef) -> dict[str, str]:
    return {value.language or "": str(value) for value in sorted(graph.objects(subject, predicate), key=str) if isinstance(value, Literal)}
