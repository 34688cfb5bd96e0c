"""Candidates, suggestions and columns as the objects that the Reconciliation Service API gives, in Chinese or English."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from embeddings.names import Node
from kg.describe import Found, Words
from kg.web.addresses.reconcile.matching import Match
from kg.web.addresses.reconcile.requests import Extension
from kg.web.addresses.reconcile.vocabulary import Property, Type, Vocabulary, properties
from kg.web.labels import DATA

Json = dict[str, Any]


@cache
def features() -> Mapping[str, tuple[Words, Words]]:
    """What explains a score: name and meaning of each feature (`data/reconcile_features.csv`), those of the hints included."""
    with (DATA / "reconcile_features.csv").open(encoding="utf-8", newline="") as file:
        own = {row["id"]: (Words(row["zh"], row["en"]), Words(row["about_zh"], row["about_en"])) for row in csv.DictReader(file)}
    return own | {each.id: (each.name, each.about) for each in properties().values() if each.says}


class Answers:
    """Makes the objects for one language."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        """Remember where names come from, and the language."""
        self._vocabulary, self._language = vocabulary, language

    def candidate(self, match: Match) -> Json:
        """A candidate, in the form that both versions know."""
        return {
            "id": match.node.iri,
            "name": match.node.label,
            "description": self._description(match.node),
            "type": [self._type(name) for name in match.node.classes],
            "score": match.score,
            "match": match.match,
            "features": [{"id": id, "name": self._said(features()[id][0]), "value": value} for id, value in match.features.items()],
        }

    def entities(self, found: Iterable[Found]) -> Json:
        """Suggested things."""
        known = ((each, self._vocabulary.nodes.get(each.thing.iri)) for each in found)
        return {
            "result": [
                {
                    "id": each.thing.iri,
                    "name": self._said(each.thing.name),
                    "description": self._description(node) if node else self._said(each.kind.name),
                    "notable": [self._type(name) for name in node.classes] if node else [],
                }
                for each, node in known
            ]
        }

    def types(self, types: Iterable[Type]) -> Json:
        """Suggested types."""
        return {"result": [self.type(each) for each in types]}

    def type(self, type: Type) -> Json:
        """A type with the one above it."""
        above = self._vocabulary.types().get(type.above)
        return {"id": type.id, "name": self._said(type.name)} | ({"broader": [self._type(above.id)]} if above else {})

    def properties(self, found: Iterable[Property]) -> list[Json]:
        """Properties with what they say."""
        return [{"id": each.id, "name": self._said(each.name), "description": self._said(each.about)} for each in found]

    def meta(self, extension: Extension) -> list[Json]:
        """The columns of an extension."""
        columns = [properties()[each.id] for each in extension.properties]
        types = self._vocabulary.types()
        return [{"id": each.id, "name": self._said(each.name)} | ({"type": self._type(each.values)} if each.values in types else {}) for each in columns]

    def rows(self, extension: Extension) -> dict[str, dict[str, list[Json]]]:
        """The values of an extension: thing → property → values; a thing that there is not has none."""
        asked = {each: self._vocabulary.iri(each) for each in extension.ids}
        rows: dict[str, dict[str, list[Json]]] = {each: {} for each in asked}
        for column in extension.properties:
            values = self._vocabulary.values_of(column.id, [iri for iri in asked.values() if iri in self._vocabulary.nodes])
            most = _most(column.settings)
            for each, iri in asked.items():
                rows[each][column.id] = [self._value(column.id, value) for value in values.get(iri, [])[:most]]
        return rows

    def _value(self, property: str, value: str) -> Json:
        if properties()[property].values == "text":
            return {"str": value}
        return {"id": value, "name": self._said(self._vocabulary.name(value)) or value}

    def _type(self, name: str) -> Json:
        known = self._vocabulary.types().get(name)
        return {"id": name, "name": self._said(known.name) if known else name}

    def _said(self, words: Words) -> str:
        return words.best(self._language)[0]

    def _description(self, node: Node) -> str:
        """What tells a thing from another of its name: its type, who issues or supervises it, its codes."""
        types = self._vocabulary.types()
        said = [self._said(types[node.classes[0]].name)] if node.classes[0] in types else []
        for property in ("issuer", "supervisor"):
            said += sorted(self._said(self._vocabulary.name(each)) for each in self._vocabulary.values(property).get(node.iri, ()))[:2]
        codes: Sequence[str] = [label.text for label in node.labels if label.sort == "notation"]
        return " · ".join([*said, *codes[:3]])


def _most(settings: Mapping[str, Any] | None) -> int | None:
    """How many values of a property are wanted; None for all. OpenRefine sends numbers as text."""
    try:
        most = int((settings or {}).get("limit") or 0)
    except (TypeError, ValueError, OverflowError):
        return None
    return most if most > 0 else None
