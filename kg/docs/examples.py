"""Nodes of the built graph as examples, each with its triples: for a class its best example, and stories that lead down to the source line."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from kg.docs.vocabulary import Vocabulary, Words
from kg.graph.namespaces import CKG, ID, PREFIXES

STORIES = Path(__file__).parent / "examples.toml"
_PROLOGUE = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
_RDF, _SKOS = PREFIXES["rdf"], PREFIXES["skos"]
TYPE, PREF_LABEL, PRINTED_TEXT, LINE = f"{_RDF}type", f"{_SKOS}prefLabel", str(CKG.printedText), str(CKG.line)
#: What a fact without a name of its own is called after, the first that it has.
ABOUT = tuple(str(CKG[name]) for name in ("lists", "qualification", "title", "assesses", "occupation", "credential", "forCategory", "fromGrade", "inDocument"))
#: Values shown of one property; the rest are counted.
MOST = 6


@dataclass(frozen=True)
class Value:
    """An object of a triple: a node with its name, or a literal with its language or datatype."""

    text: str
    iri: str = ""
    label: Words | None = None
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True)
class Statement:
    """What a node says with one property; `more` values are not shown."""

    property: str
    values: tuple[Value, ...]
    more: int


@dataclass(frozen=True)
class Example:
    """A node with its triples; `types` are its most specific classes."""

    iri: str
    anchor: str
    label: Words
    types: tuple[str, ...]
    statements: tuple[Statement, ...]

    def says(self, property_: str, value: str) -> bool:
        """Whether a value stands at a property."""
        return any(each.text == value for statement in self.statements if statement.property == property_ for each in statement.values)

    @property
    def printed(self) -> str:
        """The printed text, where the node is a source location."""
        return next((statement.values[0].text for statement in self.statements if statement.property == PRINTED_TEXT), "")


@dataclass(frozen=True)
class Story:
    """Some nodes that belong together, in the order of reading."""

    anchor: str
    title: Words
    text: Words
    nodes: tuple[Example, ...]


class Examples:
    """The built graph, asked for examples; without a graph there are none."""

    def __init__(self, graph: Path, vocabulary: Vocabulary) -> None:
        """Load the graph.

        Args:
            graph: the built graph as N-Triples; where it is missing there are no examples.
            vocabulary: the ontology of the graph.
        """
        self.vocabulary = vocabulary
        self.there = graph.exists()
        self._store = pyoxigraph.Store()
        if self.there:
            self._store.bulk_load(path=str(graph), format=RdfFormat.N_TRIPLES)

    @cached_property
    def stories(self) -> list[Story]:
        """The stories of `examples.toml` that the graph has nodes for."""
        told = []
        for entry in tomllib.loads(STORIES.read_text(encoding="utf-8"))["story"]:
            nodes = list(dict.fromkeys(iri for row in self._select(entry["query"]) for iri in row))
            if nodes:
                told.append(Story(entry["anchor"], entry["title"], entry["text"], tuple(self.example(iri) for iri in nodes)))
        return told

    @cached_property
    def told(self) -> dict[str, Example]:
        """The nodes of all stories by IRI; a node stands in full in the first story that has it."""
        found: dict[str, Example] = {}
        for story in self.stories:
            for node in story.nodes:
                found.setdefault(node.iri, node)
        return found

    def count(self, class_: str) -> int:
        """The number of nodes of a class."""
        return sum(1 for _ in self._store.quads_for_pattern(None, NamedNode(TYPE), NamedNode(class_)))

    def members(self, scheme: str) -> int:
        """The number of concepts of a scheme."""
        return sum(1 for _ in self._store.quads_for_pattern(None, NamedNode(f"{_SKOS}inScheme"), NamedNode(scheme)))

    def best(self, class_: str) -> Example | None:
        """An example of a class: a node of a story if there is one, else the node that says most kinds of things."""
        of_stories = [node for node in self.told.values() if class_ in node.types] + [node for node in self.told.values() if node.says(TYPE, class_)]
        if of_stories:
            return of_stories[0]
        counted = f"SELECT ?node (COUNT(DISTINCT ?p) AS ?n) {{ ?node a <{class_}> ; ?p ?o }} GROUP BY ?node"
        query = f"SELECT ?node {{ {{ {counted} }} }} ORDER BY DESC(?n) STR(?node) LIMIT 1"
        return next((self.example(iri) for (iri,) in self._select(query)), None)

    def example(self, iri: str) -> Example:
        """A node with its triples, types and names first, then in the order of the ontology."""
        said: dict[str, list[Value]] = {}
        for quad in self._store.quads_for_pattern(NamedNode(iri), None, None):
            said.setdefault(quad.predicate.value, []).append(self._value(quad.object))
        order = [TYPE, PREF_LABEL, f"{_SKOS}altLabel", f"{_SKOS}hiddenLabel", f"{_SKOS}notation", *self.vocabulary.terms]
        rank = {each: place for place, each in reversed(list(enumerate(order)))}
        statements = [
            Statement(each, tuple(values[:MOST]), max(0, len(values) - MOST))
            for each, unsorted in sorted(said.items(), key=lambda pair: (rank.get(pair[0], len(rank)), pair[0]))
            for values in [sorted(unsorted, key=lambda value: (value.language != "zh", value.language, value.text))]
        ]
        types = [value.iri for value in said.get(TYPE, [])]
        above = {each for type_ in types for each in self.vocabulary.ancestors(type_)}
        return Example(iri, iri.removeprefix(ID), self._label(iri), tuple(sorted(each for each in types if each not in above)), tuple(statements))

    def _value(self, term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> Value:
        if isinstance(term, NamedNode):
            return Value(term.value, term.value, self._label(term.value))
        if isinstance(term, pyoxigraph.Literal):
            return Value(term.value, language=term.language or "", datatype="" if term.language else term.datatype.value)
        return Value(str(term))

    def _label(self, iri: str) -> Words:
        """The names of a node by language; of a source location its line, of a fact what it prints or is about, and else the last part of its IRI."""
        for property_ in (PREF_LABEL, str(CKG.printedName), str(CKG.ruleName), LINE):
            names = {name.language or "zh": name.value for name in self._objects(iri, property_) if isinstance(name, pyoxigraph.Literal)}
            if names:
                return {"zh": f"第{names['zh']}行", "en": f"line {names['zh']}"} if property_ == LINE else names
        subject = next((each.value for property_ in ABOUT for each in self._objects(iri, property_) if isinstance(each, NamedNode)), "")
        return self._label(subject) if subject else {"zh": iri.removeprefix(ID)}

    def _objects(self, iri: str, property_: str) -> Iterable[pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple]:
        return (quad.object for quad in self._store.quads_for_pattern(NamedNode(iri), NamedNode(property_), None))

    def _select(self, query: str) -> Iterable[tuple[str, ...]]:
        """The IRIs of each row of a query's answer."""
        answer = self._store.query(_PROLOGUE + query)
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        for row in answer:
            yield tuple(term.value for term in row if isinstance(term, NamedNode))
