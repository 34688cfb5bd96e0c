"""What the editor completes and what results show of nodes: prefixes, classes, properties and closed lists, with their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.ask.context import Once, Selects, query_text
from kg.graph.namespaces import CKG, PREFIXES

_OWL = "http://www.w3.org/2002/07/owl#"
_KINDS = {
    f"{_OWL}Class": "class",
    f"{_OWL}ObjectProperty": "property",
    f"{_OWL}DatatypeProperty": "property",
    f"{_OWL}AnnotationProperty": "property",
}
Names = Mapping[str, Mapping[str, str]]
"""A node's name by language."""


@dataclass(frozen=True)
class Choice:
    """A node to choose: its address, its code where it has one, its name by language."""

    iri: str
    code: str
    name: Mapping[str, str]


@dataclass(frozen=True)
class Words:
    """Reads the words of the graph, each kind once.

    Attributes:
        store: where the graph is.
        once: keeps what was read.
    """

    store: Selects
    once: Once

    def names(self) -> Names:
        """The names of everything that has one."""
        return self.once("editor names", lambda: node_names(_rows(self.store, "names")))

    def choices(self, node_class: ox.NamedNode) -> tuple[Choice, ...]:
        """The nodes of a class, by code and address.

        Args:
            node_class: the class.
        """

        def read() -> tuple[Choice, ...]:
            rows = _rows(self.store, "choices", {"class": node_class})
            codes = {row["node"][0]: row["code"][0] for row in rows if "code" in row}
            return tuple(Choice(iri, codes.get(iri, ""), name) for iri, name in node_names(rows).items())

        return self.once(("editor choices", node_class.value), read)

    def completions(self) -> dict[str, Any]:
        """What the editor completes, ready to be sent: `prefixes`, and `terms` with `value`, `kind`, names and code.

        Classes and properties are written with their prefix; nodes as full addresses, because their paths have slashes.
        """
        return self.once("editor completions", lambda: {"prefixes": PREFIXES, "terms": _terms(_rows(self.store, "words"))})


def node_names(rows: Iterable[Mapping[str, tuple[str, str]]]) -> Names:
    """The name of each node by language; the language that is missing is filled from the other, Chinese first.

    Args:
        rows: with `node` and `label`, each a text with its language.
    """
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        text, language = row["label"]
        found.setdefault(row["node"][0], {}).setdefault(language or "zh", text)
    return {
        node: {language: names.get(language) or names.get("zh") or next(iter(names.values())) for language in ("zh", "en")} for node, names in found.items()
    }


def _terms(rows: list[dict[str, tuple[str, str]]]) -> list[dict[str, str]]:
    """One entry a node; this ontology's own classes and properties come first."""
    names = node_names(rows)
    kinds = {row["node"][0]: row["kind"][0] for row in rows}
    codes: dict[str, list[str]] = {}
    for row in rows:
        if "code" in row and row["code"][0] not in codes.setdefault(row["node"][0], []):
            codes[row["node"][0]].append(row["code"][0])
    terms = []
    for iri, name in sorted(names.items(), key=lambda item: (not item[0].startswith(CKG), item[0])):
        kind = _KINDS.get(kinds[iri], "node")
        value = f"<{iri}>" if kind == "node" else _prefixed(iri)
        if value:
            terms.append({"value": value, "kind": kind, "zh": name["zh"], "en": name["en"], "code": " ".join(codes.get(iri, ()))})
    return terms


def _prefixed(iri: str) -> str:
    """An address with a prefix of the project; empty where none fits."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and iri.removeprefix(space).isidentifier():
            return f"{prefix}:{iri.removeprefix(space)}"
    return ""


def _rows(store: Selects, name: str, bindings: Mapping[str, ox.NamedNode] | None = None) -> list[dict[str, tuple[str, str]]]:
    """The rows of `queries/editor/<name>.rq`: variable → text and language; unbound variables are absent."""
    outcome = store.select(query_text(f"editor/{name}"), bindings)
    return [
        {
            variable: (term.value, getattr(term, "language", None) or "")
            for variable, term in zip(outcome.variables, row, strict=True)
            if term is not None and not isinstance(term, ox.Triple)
        }
        for row in outcome.rows
    ]
