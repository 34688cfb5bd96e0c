"""Describe: a node → what a page or a program tells of it; and finding nodes by whatever a person types."""

from kg.describe.catalogue import Catalogue, CatalogueRow, Compared, Comparison, Entry, catalogue, compare, entries
from kg.describe.describing import GENERAL, describe, members
from kg.describe.description import Description, Fact, Incoming, Label, Neighbour, Property, Source, Text, Thing, Value, Words
from kg.describe.finding import Found, find

__all__ = [
    "GENERAL",
    "Catalogue",
    "CatalogueRow",
    "Compared",
    "Comparison",
    "Description",
    "Entry",
    "Fact",
    "Found",
    "Incoming",
    "Label",
    "Neighbour",
    "Property",
    "Source",
    "Text",
    "Thing",
    "Value",
    "Words",
    "catalogue",
    "compare",
    "describe",
    "entries",
    "find",
    "members",
]
