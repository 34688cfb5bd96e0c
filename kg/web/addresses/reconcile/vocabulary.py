"""What the service tells of the graph: names of things, types, and properties with their values; `data/reconcile_properties.csv`, `queries/reconcile/`."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from embeddings.names import CLASSES, KINDS, classes_of
from embeddings.text import bare, half_width
from kg.ask.context import Context, select
from kg.describe import Words
from kg.graph.namespaces import CKG, ID
from kg.web.labels import DATA

#: Signs that a name has at least, if it is to be looked for in a longer one.
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of thing: its identifier (the end of the class's IRI), its names, the type above it."""

    id: str
    name: Words
    above: str


@dataclass(frozen=True, slots=True)
class Property:
    """A property of things.

    Attributes:
        id: its identifier.
        name: its names.
        about: what it says.
        types: the types of things that have it.
        values: the type of its values; `text` for literals, empty where they are of several types.
        says: what a value that does not fit says against a candidate: `weak`, `strong`; empty where it cannot be a hint.
        link: the kind of thing that the linker takes a value's text for; empty where only a whole name counts.
    """

    id: str
    name: Words
    about: Words
    types: tuple[str, ...]
    values: str
    says: str
    link: str


@cache
def properties() -> Mapping[str, Property]:
    """The properties by their identifiers, in the order in which they are proposed."""
    with (DATA / "reconcile_properties.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Property(
                row["id"],
                Words(row["zh"], row["en"]),
                Words(row["about_zh"], row["about_en"]),
                tuple(row["types"].split()),
                row["values"],
                row["says"],
                row["link"],
            )
            for row in csv.DictReader(file)
        }


def key_of(text: str) -> str:
    """A name as names are compared: half-width, lower case, without signs."""
    return bare(half_width(text))


class Vocabulary:
    """Reads from the graph what candidates, suggestions and extended columns say; tables that are needed again are kept."""

    def __init__(self, context: Context) -> None:
        """Remember the open store and linker."""
        self._context = context
        self.nodes = {node.iri: node for node in context.linker.nodes}

    def iri(self, identifier: str) -> str:
        """The IRI of a thing; the part after https://w3id.org/certkg/id/ is taken as well."""
        return identifier if identifier in self.nodes or "://" in identifier else f"{ID}{identifier}"

    def name(self, iri: str) -> Words:
        """The preferred names of a thing; empty for what has none."""
        return self._names()[0].get(iri, Words())

    def meant(self, text: str) -> frozenset[str]:
        """The things that have a text as a whole name or code, or as IRI."""
        if text.startswith(("http://", "https://")):
            return frozenset([text])
        return self._names()[1].get(key_of(text), frozenset())

    def named_like(self, text: str, property: str) -> frozenset[str]:
        """The values of a property one of whose names is part of a text, or the other way round (华为, 华为技术有限公司).

        Args:
            text: what was written.
            property: its identifier; its values are things.
        """
        key = key_of(text)
        if len(key) < SHORTEST:
            return frozenset()
        values = frozenset[str]().union(*self.values(property).values())
        names = {iri: [key_of(label.text) for label in self.nodes[iri].labels] for iri in values if iri in self.nodes}
        return frozenset(iri for iri, mine in names.items() if any(len(name) >= SHORTEST and (name in key or key in name) for name in mine))

    def types(self) -> Mapping[str, Type]:
        """The types of things that can be matched, by identifier, the more telling first."""
        return self._context.once(("reconcile", "types"), self._read_types)

    def type_of(self, identifier: str) -> str:
        """What the linker calls a type.

        Args:
            identifier: the end of a class's IRI, the IRI, or a word for a kind of thing (credential, occupation, …).

        Raises:
            ValueError: there is no such type; the message names those that there are.
        """
        word = identifier.removeprefix(str(CKG)).removeprefix("ckg:")
        if word not in KINDS and word not in CLASSES:
            raise ValueError(f"there is no type {identifier[:100]!r}; the types are {', '.join(self.types())}")
        return word

    def within(self, type: str) -> frozenset[str]:
        """A type with those above it, for finding out which properties it has."""
        types = self.types()
        found = set(classes_of(self.type_of(type)))
        while more := {types[each].above for each in found if each in types and types[each].above} - found:
            found |= more
        return frozenset(found)

    def values(self, property: str) -> Mapping[str, frozenset[str]]:
        """The values of a property for everything that has some, read once."""
        return self._context.once(("reconcile", property), lambda: self._read_values(property))

    def values_of(self, property: str, entities: Sequence[str]) -> dict[str, list[str]]:
        """The values of a property for some things, in the order of its query.

        Args:
            property: its identifier.
            entities: IRIs.
        """
        found: dict[str, list[str]] = {entity: [] for entity in entities}
        if entities:
            for row in select(self._context.store, f"reconcile/{property}", {"entity": tuple(ox.NamedNode(each) for each in found)}):
                found[row["entity"]].append(row["value"])
        return found

    def _names(self) -> tuple[Mapping[str, Words], Mapping[str, frozenset[str]]]:
        """Preferred names by IRI, and IRIs by name."""
        return self._context.once(("reconcile", "names"), self._read_names)

    def _read_names(self) -> tuple[Mapping[str, Words], Mapping[str, frozenset[str]]]:
        preferred: dict[str, dict[str, str]] = {}
        by_name: dict[str, set[str]] = {}
        for row in select(self._context.store, "reconcile/names", {}):
            by_name.setdefault(key_of(row["name"]), set()).add(row["node"])
            if row["sort"].endswith(("#prefLabel", "/title")):
                preferred.setdefault(row["node"], {})[row["language"]] = row["name"]
        names = {node: Words(said.get("zh", ""), said.get("en", "")) for node, said in preferred.items()}
        return names, {key: frozenset(nodes) for key, nodes in by_name.items() if key}

    def _read_types(self) -> Mapping[str, Type]:
        rows = {row["type"].removeprefix(str(CKG)): row for row in select(self._context.store, "reconcile/types", {})}
        known = [name for name in CLASSES if name in rows]
        return {name: Type(name, Words(rows[name]["zh"], rows[name]["en"]), self._above(rows[name], known)) for name in known}

    @staticmethod
    def _above(row: Mapping[str, str], known: Iterable[str]) -> str:
        above = row.get("above", "").removeprefix(str(CKG))
        return above if above in known else ""

    def _read_values(self, property: str) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for row in select(self._context.store, f"reconcile/{property}", {}):
            found.setdefault(row["entity"], set()).add(row["value"])
        return {entity: frozenset(values) for entity, values in found.items()}
