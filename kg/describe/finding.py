"""One box for everything: codes, names, abbreviations, pinyin in full or its first letters; then what the linker takes the text for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import SKOS

from embeddings import Linker
from embeddings.text import bare, half_width, has_chinese, pinyin_of
from kg.ask.context import Selects
from kg.describe.describing import GENERAL
from kg.describe.description import Thing, Words
from kg.describe.reading import known, once_a_store, rows, text_of
from kg.store import Term

#: Longer texts are no names.
LONGEST = 200
#: Below this score what the linker found is not worth showing.
LINKED = 0.5
#: Ways in which a name can fit, best first.
WAYS = ("code", "name", "beginning", "initials", "pinyin", "part", "similar")
_PREFERRED, _CODE = str(SKOS.prefLabel), str(SKOS.notation)


@dataclass(frozen=True, slots=True)
class Found:
    """A node that fits what was typed.

    Attributes:
        thing: the node with its preferred name.
        kind: its class.
        code: its code or abbreviation, where it has one.
        matched: the name or code that fits.
        way: how it fits, one of `WAYS`.
    """

    thing: Thing
    kind: Thing
    code: str
    matched: str
    way: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the forms that it is compared in."""

    iri: str
    text: str
    key: str
    code: bool
    pinyin: str
    initials: str


@dataclass(frozen=True)
class _Names:
    """All names of a store, and what each node is shown as."""

    names: tuple[_Name, ...]
    shown: dict[str, tuple[Thing, Thing, str]]


def find(store: Selects, linker: Linker, text: str, limit: int = 20) -> tuple[Found, ...]:
    """Find nodes by whatever a person types.

    Args:
        store: the open store.
        linker: the linker of the same graph.
        text: a code, a name or a part of it, an abbreviation, pinyin in full or its first letters.
        limit: how many to give at most.

    Returns:
        The nodes, each once, the best first; none for a text without letters, digits or characters.

    Raises:
        kg.store.StoreError: the store cannot be read.
    """
    key = _key(text[:LONGEST])
    if not key or limit < 1:
        return ()
    every = _names(store)
    best: dict[str, tuple[int, int, str, _Name]] = {}
    for name in every.names:
        way = _way(key, name)
        if way is not None:
            ranked = (way, len(name.key), name.iri, name)
            if name.iri not in best or ranked[:3] < best[name.iri][:3]:
                best[name.iri] = ranked
    found = [_found(every, name.iri, name.text, WAYS[way]) for way, _, _, name in sorted(best.values(), key=lambda each: each[:3])]
    if len(found) < limit:
        found += [each for each in _linked(every, linker, text[:LONGEST], limit) if each.thing.iri not in best]
    return tuple(found[:limit])


def _way(key: str, name: _Name) -> int | None:
    """How a name fits, as a place in `WAYS`."""
    if key == name.key:
        return 0 if name.code else 1
    if name.key.startswith(key):
        return 2
    if len(key) > 1 and name.initials == key:
        return 3
    if len(key) > 1 and (name.initials.startswith(key) or name.pinyin.startswith(key)):
        return 4
    # One letter or digit in the middle says nothing.
    return 5 if key in name.key and (len(key) > 1 or has_chinese(key)) else None


def _linked(every: _Names, linker: Linker, text: str, limit: int) -> Iterator[Found]:
    """What the linker takes the text for."""
    for each in linker.link(text, None, limit).candidates:
        if each.score >= LINKED and each.iri in every.shown:
            yield _found(every, each.iri, str(each.features.get("matched_label", each.label)), "similar")


def _found(every: _Names, iri: str, matched: str, way: str) -> Found:
    return Found(*every.shown[iri], matched, way)


def _key(text: str) -> str:
    return bare(half_width(text))


@once_a_store
def _names(store: Selects) -> _Names:
    """All names, read once for a store."""
    terms = known(store).terms
    kinds: dict[str, str] = {}
    for row in rows(store, "types"):
        node, kind = text_of(row["node"]), text_of(row["type"])
        if kinds.get(node, GENERAL[-1]) in GENERAL:
            kinds[node] = kind
    labels: dict[str, list[tuple[str, Term]]] = {}
    for row in rows(store, "names"):
        labels.setdefault(text_of(row["node"]), []).append((text_of(row["sort"]), row["name"]))
    shown = {node: _shown(node, each, kinds.get(node, ""), terms) for node, each in labels.items()}
    names = tuple(_name(node, sort, text_of(term)) for node, each in labels.items() for sort, term in each)
    return _Names(tuple(each for each in names if each.key), shown)


def _shown(iri: str, labels: list[tuple[str, Term]], kind: str, terms: Mapping[str, Words]) -> tuple[Thing, Thing, str]:
    """The node, its class and its code, as results show them."""
    words = {getattr(term, "language", None) or "zh": text_of(term) for sort, term in labels if sort == _PREFERRED}
    codes = [text_of(term) for sort, term in labels if sort == _CODE]
    return Thing(iri, Words(words.get("zh", ""), words.get("en", ""))), Thing(kind, terms.get(kind, Words(kind))), max(codes, default="")


def _name(iri: str, sort: str, text: str) -> _Name:
    key = _key(text)
    pinyin, initials = pinyin_of(key) if has_chinese(key) else ("", "")
    return _Name(iri, text, key, sort == _CODE, pinyin, initials)
