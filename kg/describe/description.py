"""What a node is told as: names, facts with their sources, what points to it, its neighbourhood."""

from dataclasses import dataclass, field

#: The languages that names and definitions have.
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Chinese and English; one of them may be empty."""

    zh: str = ""
    en: str = ""

    def best(self, language: str) -> tuple[str, str]:
        """The text in a language, or in the other where it has none; and the language it is in."""
        order = LANGUAGES if language == "zh" else LANGUAGES[::-1]
        return next(((text, each) for each in order if (text := getattr(self, each))), ("", language))

    def __str__(self) -> str:
        """The Chinese text, or the English where there is no Chinese."""
        return self.best("zh")[0]


@dataclass(frozen=True, slots=True)
class Thing:
    """A node that something is said of or leads to.

    Attributes:
        iri: its IRI.
        name: its preferred name; for a fact or a place its main values; else the end of its IRI.
    """

    iri: str
    name: Words


@dataclass(frozen=True, slots=True)
class Text:
    """A literal: its text, and its language (empty where it has none) and datatype."""

    text: str
    language: str
    datatype: str


Value = Thing | Text


@dataclass(frozen=True, slots=True)
class Property:
    """A property with the values that a node has for it."""

    iri: str
    name: Words
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a node and of which kind it is (preferred, other, for searching, code)."""

    kind: str
    kind_name: Words
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Source:
    """The place in a document that a fact was read from.

    Attributes:
        iri: the IRI of the place.
        document: the document's short name, as in citations.
        document_thing: the document.
        line: 1-based.
        text: as printed.
        place: for a reader without the text file.
        status: how far the reading can be relied on: `exact`, `repaired`, `uncertain`.
        reason: why not further.
    """

    iri: str
    document: str
    document_thing: Thing
    line: int
    text: str
    place: str
    status: str
    status_name: Words
    reason: Words


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a document: its class, its values by property, and where it was read from."""

    iri: str
    kind: str
    properties: tuple[Property, ...]
    source: Source | None

    def values(self, property: str) -> tuple[Value, ...]:
        """The values for a property's IRI."""
        return next((each.values for each in self.properties if each.iri == property), ())


@dataclass(frozen=True, slots=True)
class Incoming:
    """What points to a node by one property: facts of one class, or things that are no facts; one page of them.

    Attributes:
        property: the property by which they point.
        name: its name.
        kind: the class of the facts; empty for things that are no facts.
        kind_name: its name.
        total: how many there are.
        start: how many come before this page.
        facts: the page, where they are facts.
        things: the page, where they are not.
    """

    property: str
    name: Words
    kind: str
    kind_name: Words
    total: int
    start: int
    facts: tuple[Fact, ...] = ()
    things: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A node one step away, over a property or through a fact.

    Attributes:
        thing: the node.
        edge: the name of the property or of the class of the fact.
        kind: the IRI of that property or class.
        count: how many facts (of those read) or statements say so.
    """

    thing: Thing
    edge: Words
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Description:
    """Everything that a page or a program tells of a node.

    Attributes:
        iri: the node.
        types: its classes, the most telling first.
        name: its preferred name.
        labels: its other names and codes, with their kind.
        definition: what it is.
        properties: what it says itself, without names, classes and source; a fact's in the order of its row.
        source: where it was read from, if it is a fact.
        place: itself, if it is a place in a document.
        incoming: what points to it, the first page of each.
        neighbours: the picture: at most so many as asked for.
        more_neighbours: whether there are more than these.
        exact: IRIs elsewhere that mean exactly the same.
    """

    iri: str
    types: tuple[Thing, ...]
    name: Words
    labels: tuple[Label, ...]
    definition: Words
    properties: tuple[Property, ...]
    source: Source | None
    place: Source | None
    incoming: tuple[Incoming, ...]
    neighbours: tuple[Neighbour, ...] = ()
    more_neighbours: bool = False
    exact: tuple[str, ...] = field(default=())
