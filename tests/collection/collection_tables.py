"""What the collection's queries must answer, computed from the tables without SPARQL.

Each function of `answers_*.py` has the name of a query, and the query's parameters as arguments; it gives the columns named in its decorator.
Nodes are written without `https://w3id.org/certkg/id/`, classes and properties without the ontology's address; joined values (`a | b`) sorted.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.graph.build import read_identity
from kg.graph.identity import plain, stem
from kg.graph.namespaces import CKG, ID, iri
from kg.tables import read_tables

ROOT = Path(__file__).parents[2]
Row = Mapping[str, str]
Answer = Iterable[tuple[object, ...]]
ANSWERS: dict[str, tuple[tuple[str, ...], Callable[..., Answer]]] = {}
CLASSES = {
    "catalogue": "Recognition",
    "coverage": "RowCoverage",
    "notes": "CatalogueNote",
    "awards": "AwardListing",
    "bodies": "BodyListing",
    "competitions": "CompetitionListing",
    "associations": "AssociationListing",
    "offers": "AssessmentOffer",
    "onex": "OnePlusXListing",
    "qualifications": "QualificationListing",
    "overseas": "OverseasListing",
    "titles": "TitleRank",
    "equivalences": "Equivalence",
    "directory": "DirectoryEntry",
    "subsidy_rates": "SubsidyRate",
    "subsidy_directory": "SubsidyEligibility",
    "subsidy_rules": "SubsidyRule",
    "pathways": "Pathway",
    "series": "SeriesEligibility",
}
TIERS = {"初级": "tier/junior", "中级": "tier/intermediate", "高级": "tier/senior"}
NOTE_3 = {"5": "tier/junior", "4": "tier/intermediate", "3": "tier/senior", "2": "tier/senior", "1": "tier/senior"}
GRADE_NAMES = {"5": "五级", "4": "四级", "3": "三级", "2": "二级", "1": "一级"}
RANKS = {
    "正高级": "full-senior",
    "副高级": "associate-senior",
    "高级": "senior",
    "中级": "intermediate",
    "初级": "junior",
    "助理级": "assistant",
    "员级": "technician",
}
FAMILIES = {"title": "非教师系列职称", "skill": "技能等级证书", "practice": "执业资格证书", "onex": "1+X证书", "industry": "行业权威证书"}


def answers(columns: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Register a function as the answer of the query of its name."""

    def register(function: Callable[..., Answer]) -> Callable[..., Answer]:
        ANSWERS[function.__name__.replace("_", "-")] = (tuple(columns.split()), function)
        return function

    return register


@cache
def _tables() -> Mapping[str, list[dict[str, str]]]:
    return read_tables()


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    return _tables()[name]


@cache
def everything() -> tuple[tuple[str, Row], ...]:
    """Each row that becomes a fact, with its table."""
    return tuple((name, row) for name in CLASSES for row in table(name))


@cache
def _same() -> Mapping[str, str]:
    return read_identity(ROOT / "kg" / "sources" / "names" / "identity.csv")


@cache
def credential(name: str) -> str:
    """The node of a credential."""
    key = stem(name)
    return iri("credential", _same().get(key, key)).removeprefix(ID)


def organization(name: str) -> str:
    """The node of an organisation."""
    return iri("organization", plain(name)).removeprefix(ID)


def occupation(name: str) -> str:
    """The node of an occupation."""
    return iri("occupation", plain(name)).removeprefix(ID)


def split(cell: str) -> list[str]:
    """The parts of a cell."""
    return [part for part in cell.split("|") if part]


def joined(values: Iterable[str]) -> str:
    """Different values, sorted."""
    return " | ".join(sorted(set(values)))


@cache
def category_names() -> Mapping[str, str]:
    """The name of each 专业类."""
    return {row["category"]: row["category_name"] for row in table("coverage")}


@cache
def triples() -> tuple[tuple[str, str, str, str], ...]:
    """The built graph as texts: subject, predicate, object, language of the object."""
    quads = ox.parse((ROOT / "build" / "certkg.nt").read_bytes(), format=ox.RdfFormat.N_TRIPLES)
    return tuple((_text(quad.subject), quad.predicate.value, _text(quad.object), getattr(quad.object, "language", None) or "") for quad in quads)


def _text(term: object) -> str:
    assert isinstance(term, (ox.NamedNode, ox.Literal)), "the graph has no blank nodes"
    return term.value.removeprefix(ID)


@cache
def labels() -> Mapping[str, frozenset[tuple[str, str]]]:
    """The labels of each node, with their languages, as the built graph has them."""
    found = defaultdict(set)
    for subject, predicate, value, language in triples():
        if predicate.endswith(("core#prefLabel", "core#altLabel")):
            found[subject].add((value, language))
    return {node: frozenset(each) for node, each in found.items()}


@cache
def preferred(path: str) -> Mapping[str, str]:
    """The Chinese preferred labels of the nodes under a path."""
    return {s: o for s, p, o, language in triples() if p.endswith("core#prefLabel") and language == "zh" and s.startswith(path)}


@cache
def named(text: str) -> frozenset[str]:
    """The nodes of which a label contains a text."""
    return frozenset(node for node, names in labels().items() if any(text.lower() in name.lower() for name, _ in names))


def group(pairs: Iterable[tuple[str, object]]) -> Mapping[str, set[object]]:
    """Values by key."""
    found: dict[str, set[object]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


def categories(rows: Iterable[Row]) -> Mapping[str, set[object]]:
    """The 专业类 of each credential that rows recognise."""
    return group((credential(row["name"]), row["category"]) for row in rows)


def at_least(values: Iterable[str], least: str) -> Answer:
    """Each value with how often it occurs, if that is often enough."""
    return [(value, n) for value, n in Counter(values).items() if n >= int(least)]


def shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """A term as the answers have it; joined values sorted."""
    if term is None:
        return ""
    assert isinstance(term, (ox.NamedNode, ox.Literal))
    if isinstance(term, ox.Literal):
        return " | ".join(sorted(term.value.split(" | ")))
    return term.value.removeprefix(ID).removeprefix(CKG)
