"""Names read from the graph: every node that a mention can mean, with all its labels."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_TRIPLE = re.compile(r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"([^ ]*)) \.')
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_ONTOLOGY = "https://w3id.org/certkg/ontology#"
_ISSUED_BY = _ONTOLOGY + "issuedBy"
#: Sorts of label, the more official first; also the sorts of a node's labels in that order.
LABELS = {f"{_SKOS}{name}": name for name in ("prefLabel", "altLabel", "hiddenLabel", "notation")}
LABEL_ORDER = tuple(LABELS.values())
#: Classes that a mention can mean, the more telling first: a node of several classes is shown as the first of them.
CLASSES = (
    *("OverseasQualification", "ProfessionalTitle", "PracticeQualification", "OnePlusXCertificate", "SkillCertificate", "SpecialSkillCertificate"),
    *("IndustryCertificate", "Credential", "Occupation", "WorkType"),
    *("IndustryAssociation", "EvaluationOrganization", "CertificateIssuer", "AdministrativeBody", "Organization"),
    *("MajorCategory", "MajorGroup", "TitleSeries", "Award", "Competition", "Jurisdiction", "SourceDocument"),
)
#: Words for a kind of node → its classes.
KINDS: Mapping[str, tuple[str, ...]] = {
    "credential": ("Credential",),
    "title": ("ProfessionalTitle",),
    "occupation": ("Occupation", "WorkType", "SpecialSkillCertificate"),
    "association": ("IndustryAssociation",),
    "issuer": ("CertificateIssuer", "Organization", "EvaluationOrganization", "AdministrativeBody", "IndustryAssociation"),
    "organization": ("CertificateIssuer", "Organization", "EvaluationOrganization", "AdministrativeBody", "IndustryAssociation"),
    "body": ("AdministrativeBody", "Organization"),
    "evaluator": ("EvaluationOrganization",),
    "category": ("MajorCategory", "MajorGroup"),
    "series": ("TitleSeries",),
    "award": ("Award", "Competition"),
    "competition": ("Competition", "Award"),
    "jurisdiction": ("Jurisdiction",),
    "document": ("SourceDocument",),
}


@dataclass(frozen=True)
class Label:
    """One name of a node: the text and what sort of name it is (prefLabel, altLabel, hiddenLabel, notation)."""

    text: str
    sort: str


@dataclass(frozen=True)
class Node:
    """A thing that a mention can mean: its IRI, its classes (the most telling first), its labels (the preferred first) and the names of who issues it."""

    iri: str
    classes: tuple[str, ...]
    labels: tuple[Label, ...]
    issuers: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The preferred label."""
        return self.labels[0].text


def classes_of(kind: str) -> tuple[str, ...]:
    """The classes that a word for a kind of node stands for.

    Raises:
        ValueError: the word is neither a kind nor a class.
    """
    if kind in KINDS:
        return KINDS[kind]
    if kind in CLASSES:
        return (kind,)
    raise ValueError(f"unknown type {kind!r}; known: {', '.join(KINDS)}, {', '.join(CLASSES)}")


def read_nodes(graph: Path) -> list[Node]:
    """Read the nodes with a label from a graph in N-Triples, in the order of their IRIs."""
    classes: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, set[Label]] = defaultdict(set)
    issued: dict[str, set[str]] = defaultdict(set)
    english: set[str] = set()
    with graph.open(encoding="utf-8") as lines:
        for line in lines:
            match = _TRIPLE.match(line)
            if match is None:
                continue
            subject, predicate, resource, literal, mark = match.groups()
            if predicate == _TYPE and resource.startswith(_ONTOLOGY):
                classes[subject].add(resource[len(_ONTOLOGY) :])
            elif predicate in LABELS and literal is not None:
                labels[subject].add(Label(json.loads(f'"{literal}"'), LABELS[predicate]))
                if mark == "@en":
                    english.add(literal)
            elif predicate == _ISSUED_BY:
                issued[subject].add(resource)
    nodes = []
    for subject in sorted(labels):
        mine = tuple(name for name in CLASSES if name in classes[subject])
        if len(mine) > 1:
            # the graph states superclasses too; an organisation of a known sort is not "some organisation"
            mine = tuple(name for name in mine if name != "Organization")
        ordered = _ordered(labels[subject], english)
        if mine and ordered[0].sort == "prefLabel":
            makers = {label.text for issuer in issued[subject] for label in labels[issuer]}
            nodes.append(Node(subject, mine, ordered, tuple(sorted(makers))))
    return nodes


def _ordered(labels: Iterable[Label], english: set[str]) -> tuple[Label, ...]:
    """Labels in the order of their sorts, the Chinese ones before the English ones."""
    return tuple(sorted(labels, key=lambda label: (LABEL_ORDER.index(label.sort), label.text in english, label.text)))
