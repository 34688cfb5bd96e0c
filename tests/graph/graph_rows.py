"""Small tables for the tests of the graph: rows with all fields of their schema, and the graph of a few of them."""

from collections.abc import Mapping

from rdflib import PROV, RDF, SKOS, Graph, URIRef

from kg.graph import CKG, ID, build_graph
from kg.tables import describe

TABLES = describe()
SOURCE = {"document": "shanghai-shuangshi-2025", "line": "51", "text": "as printed", "status": "exact"}


def row(table: str, **fields: str) -> dict[str, str]:
    """A row of a table: the fields named, a source, and nothing in the other fields."""
    empty = dict.fromkeys(TABLES[table].fields, "")
    assert fields.keys() <= empty.keys()
    return empty | SOURCE | fields


def category(code: str = "7102", name: str = "计算机类", state: str = "complete", **fields: str) -> dict[str, str]:
    """A row of the coverage table."""
    return row(
        "coverage",
        category=code,
        code_college=f"5{code[1:]}",
        code_bachelor=f"3{code[1:]}",
        category_name=name,
        group=code[:2],
        group_name="电子与信息大类",
        state=state,
        **fields,
    )


def recognition(name: str, tier: str = "中级", **fields: str) -> dict[str, str]:
    """A row of the catalogue."""
    return row("catalogue", **({"category": "7102", "family": "industry"} | fields), tier=tier, name=name)


def graph_of(same: Mapping[str, str] | None = None, /, **tables: list[dict[str, str]]) -> Graph:
    """The graph of these rows; the other tables are empty but for one 专业类."""
    return build_graph({**{name: [] for name in TABLES}, "coverage": [category()], **tables}, same or {})


def nodes(graph: Graph, kind: str) -> list[URIRef]:
    """The nodes (things, facts) of a class, in order."""
    return sorted(node for node in graph.subjects(RDF.type, CKG[kind]) if isinstance(node, URIRef))


def names(graph: Graph, path: str) -> tuple[str, set[str]]:
    """The preferred label and the other names of a node."""
    return str(graph.value(ID[path], SKOS.prefLabel)), {str(each) for each in graph.objects(ID[path], SKOS.altLabel)}


def source(graph: Graph, fact: URIRef) -> URIRef:
    """The one source of a fact."""
    (found,) = graph.objects(fact, PROV.hadPrimarySource)
    assert isinstance(found, URIRef)
    return found
