"""The Shanghai catalogue as a table, 专业类 × family × tier, with what its text has lost; and two of its rows or credentials side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.ask.context import Selects
from kg.describe.description import Thing, Words
from kg.describe.reading import once_a_store, rows, short, text_of, words_of
from kg.graph.namespaces import CKG
from kg.graph.vocabulary import FAMILIES, ROW_STATES

#: A column of the catalogue: IRIs of family and tier.
Column = tuple[str, str]
_FAMILIES = [str(each) for each in FAMILIES.values()]
#: States of a row in which an entry that does not stand in the text is not printed.
_WHOLE = {str(ROW_STATES["complete"]), str(ROW_STATES["empty"])}
_WHOLLY_LOST = {str(ROW_STATES["missing"]), str(ROW_STATES["pending"])}


@dataclass(frozen=True)
class CatalogueRow:
    """A row of the catalogue.

    Attributes:
        category: the 专业类.
        code: its 中职 code.
        group: the 专业大类.
        fact: the IRI of the fact on its state.
        state: whether the text has it whole.
        loss: what is lost, in words; empty where nothing is.
        line: the line of its heading, or of the place where it should stand.
        counts: entries by column; a column without entries is absent.
        damaged: the columns that may have lost entries.
    """

    category: Thing
    code: str
    group: Thing
    group_code: str
    fact: str
    state: Thing
    loss: str
    line: int
    counts: Mapping[Column, int]
    damaged: frozenset[Column]

    @property
    def whole(self) -> bool:
        """Whether what is not printed here is not recognised."""
        return self.state.iri in _WHOLE

    def lost(self, column: Column) -> bool:
        """Whether entries of a column may be lost."""
        return column in self.damaged or self.state.iri in _WHOLLY_LOST


@dataclass(frozen=True)
class Catalogue:
    """The whole catalogue: families and tiers in the order of its columns, and its rows by code."""

    families: tuple[Thing, ...]
    tiers: tuple[Thing, ...]
    rows: tuple[CatalogueRow, ...]

    @cached_property
    def by_category(self) -> Mapping[str, CatalogueRow]:
        """The rows by the IRI of their 专业类."""
        return {each.category.iri: each for each in self.rows}


@dataclass(frozen=True)
class Entry:
    """An entry of the catalogue: what it leads to from the node it was asked for, its cell and its line."""

    fact: str
    other: Thing
    printed: str
    level: str
    family: str
    tier: str
    document: str
    line: int
    status: str


@dataclass(frozen=True)
class Compared:
    """What two nodes have of a third; `unknown` tells for each whether entries may be lost where it has none."""

    other: Thing
    first: tuple[Entry, ...]
    second: tuple[Entry, ...]
    first_unknown: bool
    second_unknown: bool


@dataclass(frozen=True)
class Comparison:
    """Two 专业类 or two credentials side by side.

    Attributes:
        first: one node.
        second: the other.
        both: what both have.
        only_first: what only the first has.
        only_second: what only the second has.
        unknown: for two credentials, the rows in which neither is printed and entries may be lost; for two 专业类, those of the two that are not whole.
    """

    first: Thing
    second: Thing
    both: tuple[Compared, ...]
    only_first: tuple[Compared, ...]
    only_second: tuple[Compared, ...]
    unknown: tuple[CatalogueRow, ...]


@once_a_store
def catalogue(store: Selects) -> Catalogue:
    """The catalogue's table.

    Args:
        store: the open store.

    Raises:
        kg.store.StoreError: the store cannot be read.
    """
    columns = [(text_of(row["kind"]), Thing(text_of(row["concept"]), words_of(row))) for row in rows(store, "columns")]
    families = sorted((thing for kind, thing in columns if kind == str(CKG.Family)), key=lambda each: _FAMILIES.index(each.iri))
    tiers = [thing for kind, thing in columns if kind == str(CKG.Tier)]
    counts: dict[str, dict[Column, int]] = {}
    for row in rows(store, "catalogue"):
        counts.setdefault(text_of(row["category"]), {})[text_of(row["family"]), text_of(row["tier"])] = int(text_of(row["count"]))
    found: dict[str, CatalogueRow] = {}
    damaged: dict[str, set[Column]] = {}
    for row in rows(store, "rows"):
        category = text_of(row["category"])
        if "family" in row:
            damaged.setdefault(category, set()).add((text_of(row["family"]), text_of(row["tier"])))
        found[category] = CatalogueRow(
            Thing(category, Words(text_of(row["name"]))),
            text_of(row["code"]),
            Thing(text_of(row["group"]), Words(text_of(row["groupName"]))),
            text_of(row["groupCode"]),
            text_of(row["fact"]),
            Thing(text_of(row["state"]), words_of(row)),
            text_of(row["loss"]) if "loss" in row else "",
            int(text_of(row["line"])),
            counts.get(category, {}),
            frozenset(damaged.get(category, ())),
        )
    return Catalogue(tuple(families), tuple(tiers), tuple(sorted(found.values(), key=lambda each: each.code)))


def entries(store: Selects, node: str) -> tuple[Entry, ...]:
    """The entries of the catalogue about a 专业类 or a credential, in the order of their lines.

    Args:
        store: the open store.
        node: the IRI of a 专业类 (the entries lead to credentials) or of a credential (they lead to 专业类).

    Raises:
        kg.store.StoreError: the store cannot be read.
    """
    by, leads = (CKG.forCategory, CKG.recognizes) if node in catalogue(store).by_category else (CKG.recognizes, CKG.forCategory)
    found = rows(store, "entries", node=ox.NamedNode(node), property=ox.NamedNode(by), leads=ox.NamedNode(leads))

    def text(row: Mapping[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple], name: str) -> str:
        return text_of(row[name]) if name in row else ""

    return tuple(
        Entry(
            text(row, "fact"),
            Thing(text(row, "other"), words_of(row)),
            text(row, "printed"),
            text(row, "level"),
            text(row, "family"),
            text(row, "tier"),
            short(text(row, "document")),
            int(text(row, "line") or 0),
            short(text(row, "status")),
        )
        for row in found
    )


def compare(store: Selects, first: Thing, second: Thing) -> Comparison:
    """Two 专业类, or two credentials, side by side.

    Args:
        store: the open store.
        first: one of them.
        second: another of the same kind.

    Returns:
        What both have, what only one has, and where nobody can know: an absent entry is unknown unless the row it would stand in is whole.

    Raises:
        ValueError: one is a 专业类 and the other is not.
        kg.store.StoreError: the store cannot be read.
    """
    table = catalogue(store).by_category
    categories = [each.iri in table for each in (first, second)]
    if categories[0] != categories[1]:
        raise ValueError("a 专业类 can be compared with a 专业类, a credential with a credential")
    mine, theirs = _by_other(entries(store, first.iri)), _by_other(entries(store, second.iri))

    def unknown(other: str, node: Thing) -> bool:
        row = table.get(node.iri if categories[0] else other)
        return row is None or not row.whole

    compared = []
    for other in dict.fromkeys((*mine, *theirs)):
        one, two = mine.get(other, ()), theirs.get(other, ())
        compared.append(Compared([*one, *two][0].other, tuple(one), tuple(two), not one and unknown(other, first), not two and unknown(other, second)))
    compared.sort(key=lambda each: str(each.other.name) if categories[0] else each.other.iri)
    lost = [table[each.iri] for each in (first, second)] if categories[0] else [row for row in table.values() if row.category.iri not in {*mine, *theirs}]
    return Comparison(
        first,
        second,
        tuple(each for each in compared if each.first and each.second),
        tuple(each for each in compared if not each.second),
        tuple(each for each in compared if not each.first),
        tuple(row for row in lost if not row.whole),
    )


def _by_other(found: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries by what they lead to."""
    grouped: dict[str, list[Entry]] = {}
    for each in found:
        grouped.setdefault(each.other.iri, []).append(each)
    return grouped
