"""Describe: a node → what a page or a program tells of it; and finding nodes by whatever a person types."""

from kg.describe.describing import describe, members
from kg.describe.description import Description, Fact, Incoming, Label, Neighbour, Property, Source, Text, Thing, Value, Words
from kg.describe.finding import Found, find

__all__ = [
    "Description",
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
    "describe",
    "find",
    "members",
]
