"""From names and hints to candidates, each with its score, the decision, and the features that explain both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from embeddings import Candidate, Link, Linker
from embeddings.decision import GAP, PART_GAP
from embeddings.names import Node, classes_of
from kg.ask.slots import LEVELS
from kg.graph.namespaces import ID
from kg.web.addresses.reconcile.vocabulary import Vocabulary, key_of, properties

#: A link is a match by itself from this score on: of the links of the linking benchmark above it hardly one is wrong (docs/RECONCILE.md).
SURE = 0.9
#: Ways in which a mention is a whole name of a thing.
EXACT = ("exact name", "code", "everyday name")
#: The way in which only a part of the mention is a name.
INSIDE = "name inside other words"
#: Candidates that are looked at for each name, so that a hint can bring up one that is not among the first.
POOL = 25
#: A longer text is no name.
LONGEST = 300
#: What a hint that fits, or one that does not, does to a score of 100.
FITS, UNLIKE = 2.0, {"weak": 6.0, "strong": 20.0}

Quantifier = Literal["any", "all", "none"]


@dataclass(frozen=True, slots=True)
class Hint:
    """Values that a property of the wanted thing has: any of them, all, or none; `required`: other candidates are left out."""

    property: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: Quantifier = "any"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: a name (None: whatever the hints fit) or identifiers, of any of some types or of all of them."""

    name: str | None
    limit: int
    types: tuple[str, ...] = ()
    every_type: bool = False
    hints: tuple[Hint, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Match:
    """A candidate: its node, a score from 0 to 100, whether it is taken for what was meant, what explains that, and in words how the name fits."""

    node: Node
    score: float
    match: bool = False
    features: dict[str, float | bool] = field(default_factory=dict)
    way: str = ""

    @property
    def exact(self) -> bool:
        """Whether a whole name of the thing was written."""
        return bool(self.features.get("exact_name"))


class Matcher:
    """Finds the candidates of queries; used from many threads."""

    def __init__(self, linker: Linker, vocabulary: Vocabulary) -> None:
        """Remember the open linker and what is known of the graph."""
        self._linker, self._vocabulary = linker, vocabulary
        # A column names the same issuer many times.
        self._linked = lru_cache(maxsize=4096)(self._link_value)

    def match(self, queries: Sequence[Query]) -> list[list[Match]]:
        """The candidates of each query, the best first.

        Args:
            queries: what is looked for; names of one type are linked together.

        Raises:
            ValueError: a type is unknown.
        """
        links = self._links(queries)
        return [self._found(query, links[number]) for number, query in enumerate(queries)]

    def _links(self, queries: Sequence[Query]) -> list[Link | None]:
        """The link of each query's name; None where it has none."""
        wanted: dict[str | None, list[str]] = {}
        names = [each.name if each.name and len(each.name) <= LONGEST else None for each in queries]
        types = [tuple(self._vocabulary.type_of(type) for type in each.types) or (None,) for each in queries]
        for name, mine in zip(names, types, strict=True):
            for type in mine if name else ():
                wanted.setdefault(type, []).append(name or "")
        found = {(type, link.mention): link for type, mentions in wanted.items() for link in self._linker.link_many(mentions, type, POOL)}
        return [_joined([found[type, name] for type in mine]) if name else None for name, mine in zip(names, types, strict=True)]

    def _found(self, query: Query, link: Link | None) -> list[Match]:
        """The candidates of a query, the best first."""
        found, rivals = self._candidates(query, link)
        if query.every_type:
            found = [each for each in found if all(type in each.node.classes for type in map(self._vocabulary.type_of, query.types))]
        judged = {each.node.iri: self._judged(each, query.hints) for each in found}
        found = [each for each in found if not any(hint.required and judged[each.node.iri].get(hint.property, False) is False for hint in query.hints)]
        _decide(found, judged, rivals)
        for each in found:
            _score(each, judged[each.node.iri])
        return _ordered(found)[: query.limit]

    def _candidates(self, query: Query, link: Link | None) -> tuple[list[Match], frozenset[str]]:
        """The candidates by name or identifier, and those of them that are equally likely meant; none where nothing is near enough."""
        named = [self._vocabulary.iri(each) for each in query.ids or ([query.name] if query.name and "/" in query.name else [])]
        known = [self._vocabulary.nodes[iri] for iri in named if iri in self._vocabulary.nodes]
        if known or query.ids:
            return [_whole(node, "identifier") for node in known], frozenset(node.iri for node in known)
        if query.name is None:
            return [Match(node, 100.0) for node in self._fitting(query.hints)], frozenset()
        if link is None:
            return [], frozenset()
        found = [self._match(candidate) for candidate in link.candidates]
        if not any(each.exact for each in found) and (nodes := self._wholly(query)):
            # A name of the graph is itself, whatever its words look like to the linker.
            others = [each for each in found if each.node not in nodes]
            return [*(_whole(node, EXACT[0]) for node in nodes), *others], frozenset(node.iri for node in nodes)
        return found, frozenset(each.iri for each in _rivals(link)) if link.linked and not self._is_doubtful(link) else frozenset()

    def _is_doubtful(self, link: Link) -> bool:
        """Whether a person must look at a link.

        A level that is left of a longer mention (软考高级), a name among words that mean something else (HCIP培训班老师), a grade that no row prints.
        """
        first = link.candidates[0]
        level = first.features["compared"] in LEVELS and key_of(link.mention) not in LEVELS
        has = self._vocabulary.values("grade").get(first.iri, frozenset())
        other_grade = bool(link.grades and has) and not has & {f"{ID}skill-grade/{grade}" for grade in link.grades}
        return level or other_grade or first.features["match"] == INSIDE

    def _wholly(self, query: Query) -> list[Node]:
        """The things of the wanted types that have the query's name as a whole name or code."""
        wanted = {each for type in query.types for each in classes_of(self._vocabulary.type_of(type))}
        nodes = [self._vocabulary.nodes[iri] for iri in sorted(self._vocabulary.meant(query.name or "")) if iri in self._vocabulary.nodes]
        return [node for node in nodes if not wanted or wanted & set(node.classes)]

    def _match(self, candidate: Candidate) -> Match:
        way = str(candidate.features["match"])
        features: dict[str, float | bool] = {"name_score": round(100 * candidate.score, 2), "exact_name": way in EXACT}
        features["vector"] = candidate.features["vector"] if isinstance(candidate.features["vector"], float) else 0.0
        if candidate.features.get("issuer") in ("same", "another"):
            features["issuer_in_name"] = candidate.features["issuer"] == "same"
        return Match(self._vocabulary.nodes[candidate.iri], 100 * candidate.score, False, features, way)

    def _judged(self, match: Match, hints: Iterable[Hint]) -> dict[str, bool | None]:
        """Whether each hint fits a candidate; None where only a name like the hint's fits; without those of which nothing is known."""
        judged: dict[str, bool | None] = {}
        for hint in hints:
            has = self._vocabulary.values(hint.property).get(match.node.iri, frozenset())
            means = [self._linked(hint.property, value) for value in hint.values]
            if any(meant for meant, _ in means) and (has or hint.quantifier == "none"):
                there = [bool(meant & has) or (None if alike & has else False) for meant, alike in means]
                judged[hint.property] = _both(judged.get(hint.property, True), _together(there, hint.quantifier))
        return judged

    def _link_value(self, property: str, text: str) -> tuple[frozenset[str], frozenset[str]]:
        """The things that a hint's value means, and organisations that are only named alike, longer or shorter.

        A whole name or code is meant; without one what is named alike; without that what the linker takes it for.
        """
        meant, kind = self._vocabulary.meant(text), properties()[property]
        alike = self._vocabulary.named_like(text, property) if kind.values == "Organization" else frozenset[str]()
        if meant or alike:
            return meant or alike, alike
        if not kind.link or len(text) > LONGEST:
            return frozenset(), frozenset()
        link = self._linker.link(text, kind.link, POOL)
        return (frozenset(each.iri for each in _rivals(link)) if link.linked else frozenset()), frozenset()

    def _fitting(self, hints: Sequence[Hint]) -> list[Node]:
        """The things that fit at least one hint, for a query without a name: those that fit most first."""
        fits: dict[str, int] = {}
        for hint in hints:
            means = frozenset[str]().union(*(self._linked(hint.property, value)[0] for value in hint.values))
            for iri, has in self._vocabulary.values(hint.property).items():
                fits[iri] = fits.get(iri, 0) + bool(means & has)
        best = sorted((iri for iri, count in fits.items() if count and iri in self._vocabulary.nodes), key=lambda iri: (-fits[iri], iri))
        return [self._vocabulary.nodes[iri] for iri in best[: 10 * POOL]]


def _whole(node: Node, way: str) -> Match:
    """A candidate of which a whole name, code or identifier was written."""
    return Match(node, 100.0, False, {"name_score": 100.0, "exact_name": True}, way)


def _decide(found: Sequence[Match], judged: Mapping[str, Mapping[str, bool | None]], rivals: frozenset[str]) -> None:
    """Mark the one candidate that is a match: the only likely one, or of several equally likely ones the one that the hints single out."""
    left = [each for each in found if each.node.iri in rivals]
    if len(rivals) > 1:
        left = [each for each in left if judged[each.node.iri] and all(judged[each.node.iri].values())]
    if len(left) != 1 or left[0].features["name_score"] < 100 * SURE:
        return
    chosen = left[0]
    against = [properties()[each].says for each, fits in judged[chosen.node.iri].items() if fits is False]
    # A whole name stands against a row that does not print it, not against another issuer: that is another certificate.
    chosen.match = "strong" not in against and (chosen.exact or not against)
    if len(rivals) > 1:
        chosen.features["singled_out"] = True


def _score(match: Match, judged: Mapping[str, bool | None]) -> None:
    """Let the hints change the score, and tell each as a feature."""
    for property, fits in ((property, fits) for property, fits in judged.items() if fits is not None):
        match.score += FITS if fits else -UNLIKE[properties()[property].says]
        match.features[property] = fits
    match.score = round(min(100.0, max(0.0, match.score)), 2)


def _both(one: bool | None, other: bool | None) -> bool | None:
    """Whether two things hold, where None is unknown."""
    return False if one is False or other is False else None if one is None or other is None else True


def _together(there: Sequence[bool | None], quantifier: Quantifier) -> bool | None:
    """Whether any, all or none of some values are there, where None is unknown."""
    if quantifier == "all":
        return False if False in there else None if None in there else True
    found = True if True in there else None if None in there else False
    return found if quantifier == "any" or found is None else not found


def _rivals(link: Link) -> list[Candidate]:
    """The candidates that the linker takes for equally likely: the first alone, where it tells no tie."""
    first, *others = link.candidates
    gap = PART_GAP if first.features["match"] == "part of the name" else GAP
    return [first, *(each for each in others if link.tie and first.score - each.score < gap)]


def _joined(links: Sequence[Link]) -> Link:
    """One link of a name that was linked with several types."""
    if len(links) == 1:
        return links[0]
    best: dict[str, Candidate] = {}
    for candidate in (each for link in links for each in link.candidates):
        if candidate.iri not in best or candidate.score > best[candidate.iri].score:
            best[candidate.iri] = candidate
    candidates = tuple(sorted(best.values(), key=lambda each: (-each.score, each.iri)))
    linked = [link for link in links if link.linked]
    if not linked:
        return Link(links[0].mention, False, False, candidates, (), "", "")
    tie = any(link.tie for link in linked) or (len(candidates) > 1 and candidates[0].score - candidates[1].score < GAP)
    return Link(links[0].mention, True, tie, candidates, (), "", "")


def _ordered(found: Iterable[Match]) -> list[Match]:
    """The match first, then whole names, then by score; no score rises above one before it."""
    ordered = sorted(found, key=lambda each: (not each.match, not each.exact, -each.score))
    most = 100.0
    for each in ordered:
        most = each.score = min(each.score, most)
    return ordered
