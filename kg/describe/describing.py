"""A node → its description."""

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox
from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, URIRef

from kg.ask.context import Selects
from kg.describe.description import Description, Fact, Incoming, Label, Neighbour, Property, Source, Text, Thing, Value, Words
from kg.describe.reading import Kind, Row, kinds, known, name_of, named, rows, short, text_of, value_of
from kg.graph.namespaces import CKG, ID

#: What stands on a page of each list, and nodes of a picture, if not asked otherwise.
PAGE, PICTURE = 25, 18
TYPE, SOURCE = str(RDF.type), str(PROV.hadPrimarySource)
_LABELS = tuple(str(each) for each in (SKOS.notation, SKOS.altLabel, SKOS.hiddenLabel))
_NAMES = tuple(str(each) for each in (SKOS.prefLabel, RDFS.label, DCTERMS.title))
_DEFINITIONS = tuple(str(each) for each in (SKOS.definition, DCTERMS.description))
_EXACT = str(SKOS.exactMatch)
#: Classes that say less than the others a node has.
GENERAL = tuple(str(each) for each in (CKG.Fact, CKG.Listing, CKG.Organization, CKG.Credential, SKOS.Concept))
#: Properties that lead to no neighbour worth a place in the picture.
_NOT_DRAWN = {TYPE, SOURCE, str(SKOS.inScheme), str(SKOS.topConceptOf), str(RDFS.isDefinedBy)}
_Said = dict[str, list[Value]]


def describe(store: Selects, iri: str, page: int = PAGE, picture: int = PICTURE) -> Description | None:
    """Describe a node.

    Args:
        store: the open store.
        iri: the node's IRI; text that is no IRI describes nothing.
        page: how many members of each incoming list to give.
        picture: how many neighbours to give at most.

    Returns:
        The description, or None if the graph says nothing of it.

    Raises:
        kg.store.StoreError: the store cannot be read.
    """
    node = node_term(iri)
    if node is None:
        return None
    told = _grouped(rows(store, "node", node=node), "property", store)
    said = told.pop(iri, None)
    if said is None:
        return None
    types = _types(said, store)
    kind = kinds().get(types[0].iri) if types else None
    properties = _ordered(said, kind, store)
    place = _source(iri, said) if str(CKG.printedText) in said else None
    source = next((_source(each, values) for each, values in told.items()), None)
    incoming = tuple(members(store, iri, *each, count=page) for each in incoming_groups(store, node))
    neighbours = _neighbours(iri, properties, incoming, store)
    return Description(
        iri,
        types,
        _name(iri, said, kind, store),
        _labels(said, store),
        _words(said, _DEFINITIONS),
        tuple(each for each in properties if each.iri not in (*_NAMES, *_LABELS, *_DEFINITIONS, TYPE, SOURCE, _EXACT)),
        source,
        place,
        incoming,
        neighbours[:picture],
        len(neighbours) > picture or any(each.total > page for each in incoming),
        tuple(each.iri for each in said.get(_EXACT, ()) if isinstance(each, Thing)),
    )


def named_node(store: Selects, iri: str) -> Thing | None:
    """A node with its name, without looking at what points to it.

    Args:
        store: the open store.
        iri: the node's IRI; text that is no IRI is no node.

    Raises:
        kg.store.StoreError: the store cannot be read.
    """
    node = node_term(iri)
    said = _grouped(rows(store, "node", node=node), "property", store).get(iri) if node is not None else None
    if said is None:
        return None
    types = _types(said, store)
    return Thing(iri, _name(iri, said, kinds().get(types[0].iri) if types else None, store))


def members(store: Selects, iri: str, property: str, kind: str = "", start: int = 0, count: int = PAGE) -> Incoming:
    """One page of what points to a node by a property.

    Args:
        store: the open store.
        iri: the node.
        property: the property by which they point.
        kind: the class of the facts wanted; empty for the things that are no facts.
        start: how many to pass over.
        count: how many to give.

    Raises:
        kg.store.StoreError: the store cannot be read.
    """
    node, by, start = node_term(iri), node_term(property), max(0, start)
    names = Words(short(property)) if by is None else name_of(property, store), name_of(kind, store) if kind else Words()
    if node is None or by is None or (kind and node_term(kind) is None):
        return Incoming(property, names[0], kind, names[1], 0, start)
    if not kind:
        things = list(dict.fromkeys(value_of(row, "member", store) for row in rows(store, "pointing", node=node, property=by)))
        shown = tuple(each for each in things[start : start + count] if isinstance(each, Thing))
        return Incoming(property, names[0], "", names[1], len(things), start, things=shown)
    ordered = ordered_members(store, node, by, kind)
    return Incoming(property, names[0], kind, names[1], len(ordered), start, facts=_facts(store, node, by, ordered[start : start + count]))


def ordered_members(store: Selects, node: ox.NamedNode, property: ox.NamedNode, kind: str) -> list[str]:
    """The facts of a class that point to a node by a property, in the order of documents and lines."""
    places = known(store).places
    listed = rows(store, "members", node=node, property=property, kind=ox.NamedNode(kind))
    found = {text_of(row["member"]): places.get(text_of(row["source"]) if "source" in row else "", ("", 0)) for row in listed}
    return sorted(found, key=lambda member: (found[member], member))


def wanted_key(wanted: Sequence[str]) -> ox.Literal:
    """What the query for some facts is told of them."""
    return ox.Literal(f" {' '.join(wanted)} ")


def node_term(iri: str) -> ox.NamedNode | None:
    """An IRI as a term."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def _grouped(found: Iterable[Row], property: str, store: Selects) -> dict[str, _Said]:
    """Subject → property → values."""
    told: dict[str, _Said] = {}
    for row in found:
        values = told.setdefault(text_of(row["subject"]), {}).setdefault(text_of(row[property]), [])
        value = value_of(row, "value", store)
        if value not in values:
            values.append(value)
    return told


def incoming_groups(store: Selects, node: ox.NamedNode) -> list[tuple[str, str]]:
    """By which property and, for facts, of which class something points to a node; facts first."""
    found = [(text_of(row["property"]), text_of(row["kind"]) if "kind" in row else "") for row in rows(store, "incoming", node=node)]
    order = list(kinds())
    return sorted(found, key=lambda each: (each[1] not in order, order.index(each[1]) if each[1] in order else 0, each))


def _facts(store: Selects, node: ox.NamedNode, property: ox.NamedNode, wanted: Sequence[str]) -> tuple[Fact, ...]:
    """The facts of a page, read with one query."""
    if not wanted:
        return ()
    told = _grouped(rows(store, "facts", node=node, property=property, wanted=wanted_key(wanted)), "says", store)
    return tuple(_fact(each, told, store) for each in wanted if each in told)


def _fact(iri: str, told: Mapping[str, _Said], store: Selects) -> Fact:
    said = told[iri]
    types = _types(said, store)
    kind = types[0].iri if types else ""
    place = next((each.iri for each in said.get(SOURCE, ()) if isinstance(each, Thing)), "")
    properties = tuple(each for each in _ordered(said, kinds().get(kind), store) if each.iri not in (TYPE, SOURCE))
    return Fact(iri, kind, properties, _source(place, told[place]) if place in told else None)


def _types(said: _Said, store: Selects) -> tuple[Thing, ...]:
    """The classes of a node, those that say most first."""
    types = [each for each in said.get(TYPE, ()) if isinstance(each, Thing)]
    return tuple(sorted(types, key=lambda each: (each.iri in GENERAL, each.iri)))


def _ordered(said: _Said, kind: Kind | None, store: Selects) -> tuple[Property, ...]:
    """The properties in the order of the fact's row, then by IRI; the values of a property in the order of their names."""
    columns = kind.columns if kind else ()
    order = [*(each for each in columns if each in said), *sorted(each for each in said if each not in columns)]
    return tuple(Property(each, name_of(each, store), tuple(sorted(_legible(said[each], store), key=_sorting))) for each in order)


def _sorting(value: Value) -> tuple[bool, int, str]:
    """Numbers by size, then the rest by text."""
    text = value.text if isinstance(value, Text) else value.iri
    return not text.isdecimal(), int(text) if text.isdecimal() else 0, text


def _legible(values: Iterable[Value], store: Selects) -> list[Value]:
    """The values, where one is a part of a fact (a damaged column) with what it says as its name."""
    return [named_node(store, each.iri) or each if isinstance(each, Thing) and each.iri.startswith(ID["column/"]) else each for each in values]


def _name(iri: str, said: _Said, kind: Kind | None, store: Selects) -> Words:
    """The preferred name; of a fact the values that name it; of a place document and line."""
    words = _words(said, _NAMES)
    if words.zh or words.en:
        return words
    values = [value for each in (kind.name if kind else ()) for value in said.get(each, ())]
    return named(values) if values else name_of(iri, store)


def _words(said: _Said, properties: Sequence[str]) -> Words:
    """The text of the first property that has one, by language."""
    for each in properties:
        texts = {value.language: value.text for value in said.get(each, ()) if isinstance(value, Text)}
        if texts:
            return Words(texts.get("zh", "") or texts.get("", ""), texts.get("en", ""))
    return Words()


def _labels(said: _Said, store: Selects) -> tuple[Label, ...]:
    return tuple(
        Label(each, name_of(each, store), value.text, value.language)
        for each in _LABELS
        # Of the codes of a 专业类 that of the 中职 level comes first.
        for value in sorted((value for value in said.get(each, ()) if isinstance(value, Text)), key=lambda value: value.text, reverse=each == _LABELS[0])
    )


def _source(iri: str, said: _Said) -> Source:
    """A place of a document as the source of a fact."""

    def text(property: URIRef) -> str:
        return next((value.text for value in said.get(str(property), ()) if isinstance(value, Text)), "")

    def thing(property: URIRef) -> Thing:
        return next((value for value in said.get(str(property), ()) if isinstance(value, Thing)), Thing("", Words()))

    document, status = thing(CKG.inDocument), thing(CKG.transcriptionStatus)
    line = int(text(CKG.line) or 0)
    reasons = {value.language: value.text for value in said.get(str(CKG.statusReason), ()) if isinstance(value, Text)}
    reason = Words(reasons.get("zh", ""), reasons.get("en", ""))
    return Source(iri, short(document.iri), document, line, text(CKG.printedText), text(CKG.place), short(status.iri), status.name, reason)


def backwards(each: Incoming, store: Selects) -> Words:
    """What a property is called from the other end: by its inverse, else with an arrow."""
    inverse = known(store).inverses.get(each.property)
    return name_of(inverse, store) if inverse else Words(f"← {each.name.best('zh')[0]}", f"← {each.name.best('en')[0]}")


def _neighbours(iri: str, properties: Sequence[Property], incoming: Sequence[Incoming], store: Selects) -> tuple[Neighbour, ...]:
    """The nodes one step away, in turns from each property and list, so that a long list does not push the others out."""
    groups = [[(value, each.name, each.iri) for value in each.values] for each in properties if each.iri not in _NOT_DRAWN]
    for each in incoming:
        if each.property in _NOT_DRAWN:
            continue
        groups.append([(thing, backwards(each, store), each.property) for thing in each.things])
        ends = kinds()[each.kind].ends if each.kind in kinds() else ()
        groups.append([(value, each.kind_name, each.kind) for fact in each.facts for end in ends for value in fact.values(end)])
    found: dict[str, list[Neighbour]] = {}
    for number, group in enumerate(groups):
        merged: dict[str, Neighbour] = {}
        for thing, edge, kind in group:
            if isinstance(thing, Thing) and thing.iri != iri and thing.iri.startswith(str(ID)):
                before = merged.get(thing.iri)
                merged[thing.iri] = Neighbour(thing, edge, kind, before.count + 1 if before else 1)
        found[str(number)] = sorted(merged.values(), key=lambda each: -each.count)
    turns = [group[at] for at in range(max(map(len, found.values()), default=0)) for group in found.values() if at < len(group)]
    return tuple({each.thing.iri: each for each in reversed(turns)}[iri] for iri in dict.fromkeys(each.thing.iri for each in turns))
