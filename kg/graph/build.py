"""The whole graph from the tables and the ontology; the same input gives the same bytes."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from rdflib import Graph

from kg.graph.facts import ADDERS, add_recognitions
from kg.graph.identity import stem
from kg.graph.nodes import Builder

Row = Mapping[str, str]
ONTOLOGY = Path(__file__).parents[2] / "ontology"


def build_graph(tables: Mapping[str, Iterable[Row]], same: Mapping[str, str], ontology: Path = ONTOLOGY) -> Graph:
    """Make the graph of all tables with the ontology and its vocabularies.

    Args:
        tables: the transcribed tables by name.
        same: stem of a name → stem of the name it is another word for (`kg/sources/identity.csv`).
        ontology: the folder with `certkg.ttl` and `vocabularies/`.
    """
    builder = Builder(Graph(), same)
    for name, add in ADDERS.items():
        add(builder, tables[name])
    add_recognitions(builder, tables["catalogue"], {row["category"]: row for row in tables["coverage"]})
    builder.write_labels()
    for path in sorted([ontology / "certkg.ttl", *(ontology / "vocabularies").glob("*.ttl")]):
        builder.graph.parse(path, format="turtle")
    return builder.graph


def read_identity(path: Path) -> dict[str, str]:
    """The decisions which names are one thing: stem → stem.

    Args:
        path: a CSV with the columns name, same_as, reason.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return {stem(row["name"]): stem(row["same_as"]) for row in csv.DictReader(file)}


def ntriples(graph: Graph) -> str:
    """The graph as sorted N-Triples, one triple a line: byte for byte the same for the same graph (blank nodes apart: the graph has none)."""
    return "".join(sorted(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in graph))
