"""The whole graph from the tables and the ontology; the same input gives the same bytes."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph

from kg.graph.everyday import add_everyday, read_everyday
from kg.graph.facts import ADDERS, add_recognitions
from kg.graph.identity import stem
from kg.graph.namespaces import CKG
from kg.graph.narrower import add_narrower
from kg.graph.nodes import Builder

Row = Mapping[str, str]
ONTOLOGY = Path(__file__).parents[2] / "ontology"


def build_graph(tables: Mapping[str, Iterable[Row]], same: Mapping[str, str], ontology: Path = ONTOLOGY) -> Graph:
    """Make the graph of all tables with the ontology and its vocabularies.

    Args:
        tables: the transcribed tables by name.
        same: stem of a name → stem of the name it is another word for (`kg/sources/names/identity.csv`).
        ontology: the folder with `certkg.ttl` and `vocabularies/`.
    """
    builder = Builder(Graph(), same)
    for name, add in ADDERS.items():
        add(builder, tables[name])
    add_recognitions(builder, tables["catalogue"], {row["category"]: row for row in tables["coverage"]})
    add_narrower(builder)
    add_everyday(builder, read_everyday())
    builder.write_labels()
    add_ontology(builder.graph, ontology)
    materialise_types(builder.graph)
    return builder.graph


def add_ontology(graph: Graph, ontology: Path) -> None:
    """Add the ontology and its vocabularies, but for axioms that need blank nodes (restrictions, lists).

    Those are for the reasoner, which reads the files themselves.

    Args:
        graph: the graph to add to.
        ontology: the folder with `certkg.ttl` and `vocabularies/`.
    """
    for path in sorted([ontology / "certkg.ttl", *(ontology / "vocabularies").glob("*.ttl")]):
        for triple in Graph().parse(path, format="turtle"):
            if not any(isinstance(term, BNode) for term in triple):
                graph.add(triple)


def materialise_types(graph: Graph) -> None:
    """Write the superclass types that queries and shapes ask for: of this ontology, and skos:Concept, by which other tools find concepts."""
    above = {kind: {each for each in graph.transitive_objects(kind, RDFS.subClassOf) if each} for kind in graph.subjects(RDF.type, OWL.Class)}
    wanted = {kind for kind in above if str(kind).startswith(str(CKG))} | {SKOS.Concept}
    for node, kind in list(graph.subject_objects(RDF.type)):
        for upper in above.get(kind, set()) & wanted:
            graph.add((node, RDF.type, upper))


def read_identity(path: Path) -> dict[str, str]:
    """The decisions which names are one thing: stem → stem.

    Args:
        path: a CSV with the columns name, same_as, reason.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return {stem(row["name"]): stem(row["same_as"]) for row in csv.DictReader(file)}


def ntriples(graph: Graph) -> str:
    """The graph as sorted N-Triples, one triple a line: byte for byte the same for the same graph (blank nodes apart: the graph has none)."""
    return "".join(sorted(f"{line}\n" for line in graph.serialize(format="nt").split("\n") if line))
