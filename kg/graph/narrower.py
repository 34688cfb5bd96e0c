"""Which credentials are more specific than others: 注册土木工程师（道路工程） than 注册土木工程师, HCIP-datacom than HCIP."""

import re

from rdflib import RDF, SKOS, URIRef

from kg.graph.identity import plain, stem
from kg.graph.namespaces import CKG, iri
from kg.graph.nodes import Builder

_BRACKET = re.compile(r"^(?P<base>.{3,}?)[（(](?P<inner>[^（()）]*[\u4e00-\u9fff][^（()）]*)[）)](?:职业技能等级证书|证书)?$")
_DASH = re.compile(r"^(?P<base>[^-－—]{3,}?)[-－—].+$")
_CODE = re.compile(r"[a-z]{4,}")


def add_narrower(builder: Builder) -> None:
    """Say of each credential whose name qualifies another credential's name that it is the narrower one (`skos:broader`).

    A name qualifies another where it adds a bracket with Chinese words, a part after a dash, or words around its letters (计算机视觉设计开发工程师HCIP).
    """
    nodes = {node for node in builder.graph.subjects(RDF.type, CKG.Credential) if isinstance(node, URIRef)}
    # A society's grades of membership (ACCA, FCCA) carry its letters without being kinds of one another.
    apart = set(builder.graph.subjects(RDF.type, CKG.OverseasQualification))
    for node in sorted(nodes - apart):
        for name in sorted(set(builder.names.get(node, ()))):
            for base in _bases(name):
                upper = iri("credential", builder.same.get(stem(base), stem(base)))
                if upper in nodes and upper != node:
                    builder.add(node, SKOS.broader, upper)


def _bases(name: str) -> list[str]:
    """The names that a name may qualify."""
    found = [match["base"] for rule in (_BRACKET, _DASH) if (match := rule.match(name))]
    return found + [code for code in _CODE.findall(plain(name)) if code != plain(name)]
