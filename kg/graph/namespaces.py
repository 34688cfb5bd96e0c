"""Namespaces, and IRIs that people can read."""

import re
import unicodedata

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, Namespace, URIRef

CKG = Namespace("https://w3id.org/certkg/ontology#")
ID = Namespace("https://w3id.org/certkg/id/")
PREFIXES = {
    "ckg": str(CKG), "id": str(ID), "skos": str(SKOS), "prov": str(PROV), "org": str(ORG), "dcterms": str(DCTERMS), "rdf": str(RDF), "rdfs": str(RDFS),
    "owl": str(OWL), "xsd": str(XSD),
}  # fmt: skip
_UNFIT = re.compile(r"[^0-9a-z\u4e00-\u9fff+#.]+")


def slug(text: str) -> str:
    """A name as the last part of an IRI: half-width, lower case, Chinese kept, anything else a hyphen (C# and 1+X keep their sign as a word)."""
    text = unicodedata.normalize("NFKC", text).lower().replace("#", "-sharp").replace("+", "-plus-")
    return _UNFIT.sub("-", text).strip("-.") or "x"


def iri(kind: str, *parts: str) -> URIRef:
    """The IRI of a thing: `https://w3id.org/certkg/id/<kind>/<parts joined by hyphens>`."""
    return ID[f"{kind}/{'-'.join(slug(part) for part in parts if part)}"]
