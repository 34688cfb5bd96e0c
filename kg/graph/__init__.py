"""The graph: tables → nodes, labels and facts, each fact with its source line."""

from kg.graph.build import build_graph, ntriples
from kg.graph.namespaces import CKG, ID, PREFIXES

__all__ = ["CKG", "ID", "PREFIXES", "build_graph", "ntriples"]
