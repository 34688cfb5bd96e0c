"""Describe: a node → what a page or a program tells of it; and finding nodes by whatever a person types."""

from kg.describe.catalogue import Catalogue, CatalogueRow, Compared, Comparison, Entry, catalogue, compare, entries
from kg.describe.describing import GENERAL, describe, members, named_node
from kg.describe.description import Description, Fact, Incoming, Label, Neighbour, Property, Source, Text, Thing, Value, Words
from kg.describe.finding import Found, find
from kg.describe.statements import Counts, Statements, counts, statements

__all__ = [
    "GENERAL",
    "Catalogue",
    "CatalogueRow",
    "Compared",
    "Comparison",
    "Counts",
    "Description",
    "Entry",
    "Fact",
    "Found",
    "Incoming",
    "Label",
    "Neighbour",
    "Property",
    "Source",
    "Statements",
    "Text",
    "Thing",
    "Value",
    "Words",
    "catalogue",
    "compare",
    "counts",
    "describe",
    "entries",
    "find",
    "members",
    "named_node",
    "statements",
]
