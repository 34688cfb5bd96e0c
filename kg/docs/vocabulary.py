"""What the ontology files say, as plain objects: classes, properties, concept schemes and alignments, in the order of the files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.graph.namespaces import CKG, ID, PREFIXES

Words = Mapping[str, str]
"""A text by language."""
VS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")
XKOS = Namespace("http://rdf-vocabulary.ddialliance.org/xkos#")
ONTOLOGY_IRI = URIRef(str(CKG).rstrip("#"))
KINDS = {OWL.Class: "class", OWL.ObjectProperty: "object", OWL.DatatypeProperty: "datatype", OWL.AnnotationProperty: "annotation"}
TRAITS = {OWL.FunctionalProperty: "functional", OWL.InverseFunctionalProperty: "inverse-functional"}
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)


@dataclass(frozen=True)
class Match:
    """How near a term of another vocabulary is, and why."""

    kind: str
    target: str
    reason: Words


@dataclass(frozen=True)
class Restriction:
    """What must hold for every node of a class: some, or only, values of a class at a property."""

    property: str
    quantifier: str
    filler: str


@dataclass(frozen=True)
class Term:
    """A class or a property; `kind` is class, object, datatype or annotation."""

    iri: str
    kind: str
    anchor: str
    label: Words
    definition: Words
    status: str
    section: Words
    parents: tuple[str, ...]
    matches: tuple[Match, ...] = ()
    # Of classes
    restrictions: tuple[Restriction, ...] = ()
    # Of properties
    traits: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    inverse: str = ""

    @property
    def own(self) -> bool:
        """Whether the term is of this ontology, not one of another vocabulary that it reuses."""
        return self.iri.startswith(CKG)


@dataclass(frozen=True)
class Concept:
    """A SKOS concept of a scheme; `depth` is how far it stands below a top concept."""

    iri: str
    anchor: str
    label: Words
    definition: Words
    notations: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    depth: int


@dataclass(frozen=True)
class Level:
    """A level of a classification (XKOS)."""

    depth: int
    label: Words
    pattern: str


@dataclass(frozen=True)
class Scheme:
    """A SKOS concept scheme with the concepts that the vocabularies give it."""

    iri: str
    anchor: str
    label: Words
    definition: Words
    levels: tuple[Level, ...]
    concepts: tuple[Concept, ...]


class Vocabulary:
    """The ontology, its alignments and its vocabularies."""

    def __init__(self, folder: Path) -> None:
        """Read the Turtle files of the ontology's folder.

        Args:
            folder: the folder with `certkg.ttl`, `alignments.ttl` and `vocabularies/`.
        """
        self.graph = Graph(bind_namespaces="none")
        vocabularies = sorted((folder / "vocabularies").glob("*.ttl"))
        for path in (folder / "certkg.ttl", folder / "alignments.ttl", *vocabularies):
            self.graph.parse(path, format="turtle")
        self.prefixes = {prefix: str(space) for prefix, space in self.graph.namespaces()} | PREFIXES
        self._vocabularies = "".join(path.read_text(encoding="utf-8") for path in vocabularies)
        self._places = _places((folder / "certkg.ttl").read_text(encoding="utf-8"))

    @cached_property
    def terms(self) -> dict[str, Term]:
        """All named classes and properties by IRI, in the order of the ontology file."""
        found = {subject: kind for type_, kind in KINDS.items() for subject in self.graph.subjects(RDF.type, type_) if isinstance(subject, URIRef)}
        terms = [self._term(iri, kind) for iri, kind in found.items()]
        terms.sort(key=lambda term: (self._places.get(self.short(term.iri), (len(self._places), {}))[0], term.iri))
        return {term.iri: term for term in terms}

    @cached_property
    def classes(self) -> list[Term]:
        """The classes of this ontology."""
        return [term for term in self.terms.values() if term.own and term.kind == "class"]

    @cached_property
    def properties(self) -> list[Term]:
        """The properties of this ontology."""
        return [term for term in self.terms.values() if term.own and term.kind != "class"]

    @cached_property
    def schemes(self) -> list[Scheme]:
        """The concept schemes of the vocabularies, those with concepts first."""
        schemes = [self._scheme(iri) for iri in self.graph.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(iri, URIRef)]
        return sorted(schemes, key=lambda scheme: (not scheme.concepts, self._written(scheme.iri)))

    @cached_property
    def concepts(self) -> dict[str, Concept]:
        """The concepts of all schemes by IRI."""
        return {concept.iri: concept for scheme in self.schemes for concept in scheme.concepts}

    @cached_property
    def disjoint(self) -> list[tuple[str, ...]]:
        """Groups of classes of which nothing can belong to two."""
        groups = []
        for axiom in self.graph.subjects(RDF.type, OWL.AllDisjointClasses):
            members = self._list(self.graph.value(axiom, OWL.members))
            groups.append(tuple(sorted((str(member) for member in members), key=list(self.terms).index)))
        pairs = [tuple(sorted((str(one), str(other)))) for one, other in self.graph.subject_objects(OWL.disjointWith)]
        return sorted(groups, key=lambda group: (-len(group), group)) + sorted(pairs)

    def children(self, iri: str) -> list[Term]:
        """The direct subclasses or subproperties of a term."""
        return [term for term in self.terms.values() if iri in term.parents]

    def ancestors(self, iri: str) -> list[str]:
        """The named superclasses of a class, nearest first."""
        found: list[str] = []
        waiting = [iri]
        while waiting:
            term = self.terms.get(waiting.pop(0))
            for parent in term.parents if term else ():
                if parent not in found:
                    found.append(parent)
                    waiting.append(parent)
        return found

    def descendants(self, iri: str) -> list[str]:
        """All named subclasses of a class."""
        return [term.iri for term in self.terms.values() if iri in self.ancestors(term.iri)]

    def short(self, iri: str) -> str:
        """An IRI as people read it: with its prefix."""
        prefix, space = max(((each, space) for each, space in self.prefixes.items() if iri.startswith(space)), key=lambda pair: len(pair[1]), default=("", ""))
        return f"{prefix}:{iri.removeprefix(space)}" if space else iri

    def words(self, subject: Node, predicate: URIRef) -> dict[str, str]:
        """A text of the ontology by language."""
        return {value.language or "": str(value) for value in sorted(self.graph.objects(subject, predicate), key=str) if isinstance(value, Literal)}

    def heading(self, predicate: URIRef) -> dict[str, str]:
        """A text of the ontology's header by language."""
        return self.words(ONTOLOGY_IRI, predicate)

    @property
    def header(self) -> dict[str, str]:
        """What the ontology's header says that is the same in all languages."""
        fields = {"version": OWL.versionInfo, "version_iri": OWL.versionIRI, "licence": DCTERMS.license, "creator": DCTERMS.creator}
        fields |= {"prefix": VANN.preferredNamespacePrefix, "namespace": VANN.preferredNamespaceUri}
        return {"iri": str(ONTOLOGY_IRI)} | {name: str(self.graph.value(ONTOLOGY_IRI, predicate) or "") for name, predicate in fields.items()}

    def _term(self, iri: URIRef, kind: str) -> Term:
        graph = self.graph
        above = RDFS.subClassOf if kind == "class" else RDFS.subPropertyOf
        short = self.short(iri)
        return Term(
            iri=str(iri),
            kind=kind,
            anchor=iri.removeprefix(CKG) if iri.startswith(CKG) else short,
            label=self.words(iri, RDFS.label),
            definition=self.words(iri, SKOS.definition),
            status=str(graph.value(iri, VS.term_status) or ""),
            section=self._places.get(short, (0, {}))[1],
            parents=tuple(sorted(str(parent) for parent in graph.objects(iri, above) if isinstance(parent, URIRef))),
            matches=tuple(self._matches(iri)),
            restrictions=tuple(sorted(self._restrictions(iri), key=lambda each: (list(self._places).index(self.short(each.property)), each.filler))),
            traits=tuple(name for type_, name in TRAITS.items() if (iri, RDF.type, type_) in graph),
            domain=self._named(graph.objects(iri, RDFS.domain)),
            range=self._named(graph.objects(iri, RDFS.range)),
            inverse=str(graph.value(iri, OWL.inverseOf) or graph.value(None, OWL.inverseOf, iri) or ""),
        )

    def _named(self, classes: Iterable[Node]) -> tuple[str, ...]:
        """Classes by IRI, a union by its members."""
        found: list[str] = []
        for each in classes:
            found += [str(each)] if isinstance(each, URIRef) else [str(member) for member in self._list(self.graph.value(each, OWL.unionOf))]
        return tuple(sorted(found))

    def _list(self, head: Node | None) -> list[Node]:
        return list(Collection(self.graph, head)) if head is not None else []

    def _restrictions(self, iri: URIRef) -> Iterable[Restriction]:
        for node in self.graph.objects(iri, RDFS.subClassOf):
            on = self.graph.value(node, OWL.onProperty) if isinstance(node, BNode) else None
            for quantifier, predicate in (("some", OWL.someValuesFrom), ("only", OWL.allValuesFrom)):
                filler = self.graph.value(node, predicate)
                if on is not None and isinstance(filler, URIRef):
                    yield Restriction(str(on), quantifier, str(filler))

    def _matches(self, iri: URIRef) -> Iterable[Match]:
        reasons = {}
        for axiom in self.graph.subjects(OWL.annotatedSource, iri):
            key = (self.graph.value(axiom, OWL.annotatedProperty), self.graph.value(axiom, OWL.annotatedTarget))
            reasons[key] = self.words(axiom, RDFS.comment)
        for kind in MATCHES:
            for target in sorted(self.graph.objects(iri, kind), key=str):
                yield Match(kind.removeprefix(str(SKOS)), str(target), reasons.get((kind, target), {}))

    def _scheme(self, iri: URIRef) -> Scheme:
        graph = self.graph
        members = {str(each) for each in graph.subjects(SKOS.inScheme, iri) if isinstance(each, URIRef)}
        levels = [
            Level(int(str(graph.value(each, XKOS.depth) or 0)), self.words(each, SKOS.prefLabel), str(graph.value(each, XKOS.notationPattern) or ""))
            for each in graph.subjects(DCTERMS.isPartOf, iri)
        ]
        return Scheme(
            iri=str(iri),
            anchor=iri.removeprefix(ID),
            label=self.words(iri, SKOS.prefLabel),
            definition=self.words(iri, SKOS.definition),
            levels=tuple(sorted(levels, key=lambda level: level.depth)),
            concepts=tuple(self._below("", members, 0)),
        )

    def _written(self, iri: str) -> tuple[int, str]:
        """Where the vocabularies write a scheme or a concept."""
        return self._vocabularies.find(f"\n<{iri}> a "), iri

    def _below(self, broader: str, members: set[str], depth: int) -> Iterable[Concept]:
        """The concepts directly below one of the scheme (or the top ones), each followed by those below it."""
        graph = self.graph
        for iri in sorted(members, key=self._written):
            node = URIRef(iri)
            above = next((str(each) for each in sorted(graph.objects(node, SKOS.broader), key=str) if str(each) in members), "")
            if above != broader:
                continue
            others = [
                (value.language or "", str(value))
                for kind in (SKOS.altLabel, SKOS.hiddenLabel)
                for value in graph.objects(node, kind)
                if isinstance(value, Literal)
            ]
            notations = tuple(sorted(str(each) for each in graph.objects(node, SKOS.notation)))
            labels, definition = self.words(node, SKOS.prefLabel), self.words(node, SKOS.definition)
            yield Concept(iri, iri.removeprefix(ID), labels, definition, notations, tuple(sorted(others)), depth)
            yield from self._below(iri, members, depth + 1)


def _places(text: str) -> dict[str, tuple[int, Words]]:
    """Each term → its place in the ontology file and the heading above it (`# ---- English / 中文`)."""
    places: dict[str, tuple[int, Words]] = {}
    section: Words = {}
    for line in text.splitlines():
        if line.startswith("# ---- "):
            english, _, chinese = line.removeprefix("# ---- ").removeprefix("Properties: ").partition(" / ")
            section = {"en": english, "zh": chinese or english}
        elif declared := re.match(r"(\w+:\w+) a owl:", line):
            places.setdefault(declared[1], (len(places), section))
    return places
