"""What people call things: the lexicon `kg/sources/names/everyday_names.csv` as further labels of the nodes it means."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from rdflib import RDF, SKOS, Literal, URIRef

from kg.graph.identity import plain, stem
from kg.graph.namespaces import CKG
from kg.graph.nodes import Builder

Row = Mapping[str, str]
LEXICON = Path(__file__).parents[1] / "sources/names/everyday_names.csv"
#: Kind of thing → the classes a row of that kind can mean.
KINDS: Mapping[str, tuple[URIRef, ...]] = {
    "credential": (CKG.Credential,),
    "title": (CKG.ProfessionalTitle,),
    "occupation": (CKG.Occupation, CKG.WorkType),
    "trade": (CKG.Credential, CKG.Occupation, CKG.WorkType),
    "association": (CKG.IndustryAssociation,),
    "issuer": (CKG.CertificateIssuer,),
    "body": (CKG.AdministrativeBody, CKG.Organization),
    "evaluator": (CKG.EvaluationOrganization,),
    "category": (CKG.MajorCategory, CKG.MajorGroup),
    "series": (CKG.TitleSeries,),
    "award": (CKG.Award, CKG.Competition),
}
_PREDICATES = {"alt": SKOS.altLabel, "hidden": SKOS.hiddenLabel}


def read_everyday(path: Path = LEXICON) -> list[dict[str, str]]:
    """The rows of the lexicon.

    Args:
        path: a CSV with the columns name, means, kind, label (alt: a name the thing has; hidden: what people write), reason.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add_everyday(builder: Builder, rows: Iterable[Row]) -> list[Row]:
    """Give the nodes their everyday names; a node that is a credential and an occupation gets them twice where the kind is `trade`.

    Returns:
        The rows that mean no node of the graph: none for the whole tables, most for a part of them.
    """
    by_name: dict[tuple[str, str], set[URIRef]] = {}
    for node, names in builder.names.items():
        classes = set(builder.graph.objects(node, RDF.type))
        for kind, wanted in KINDS.items():
            if classes.isdisjoint(wanted):
                continue
            for name in names:
                by_name.setdefault((kind, plain(name)), set()).add(node)
                if CKG.Credential in classes:
                    by_name.setdefault((kind, _credential_key(builder, name)), set()).add(node)
    unknown = []
    for row in rows:
        kind, means = row["kind"], row["means"]
        keys = [(kind, plain(means))] + [(kind, _credential_key(builder, means))] * (kind in ("credential", "title", "trade"))
        nodes = set().union(*(by_name.get(key, set()) for key in keys))
        language = "zh" if any("\u4e00" <= char <= "\u9fff" for char in row["name"]) else "en"
        for node in nodes:
            if row["name"] not in builder.names[node]:
                builder.add(node, _PREDICATES[row["label"]], Literal(row["name"], lang=language))
        if not nodes:
            unknown.append(row)
    return unknown


def _credential_key(builder: Builder, name: str) -> str:
    key = stem(name)
    return f"stem:{builder.same.get(key, key)}"
