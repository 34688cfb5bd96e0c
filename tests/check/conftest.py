"""What the tests of the checks share: the built graph, and a small clean part of it."""

import pyoxigraph
import pytest

from kg.check.consistency import facts, read_ontology, sample
from kg.check.shapes import load
from kg.graph.build import build_graph, read_identity
from kg.graph.namespaces import CKG
from kg.tables import SOURCES, read_tables

#: Facts that the planted mistakes need and the first of each class are not.
ALSO = """
PREFIX ckg: <https://w3id.org/certkg/ontology#>
SELECT ?one WHERE {
  { SELECT (MIN(?f) AS ?one) WHERE { ?f a ckg:AssessmentOffer ; ckg:assesses ?x . ?x a ckg:SpecialSkillCertificate } }
  UNION { SELECT (MIN(?f) AS ?one) WHERE { ?f a ckg:Recognition ; ckg:inFamily ?family } GROUP BY ?family }
  UNION { SELECT (MIN(?f) AS ?one) WHERE { ?f a ckg:Pathway ; ckg:direction ?direction } GROUP BY ?direction }
  UNION { SELECT (MIN(?f) AS ?one) WHERE { ?f a ckg:TitleRank ; ckg:titleLevel ?level } GROUP BY ?level }
  UNION { SELECT (MIN(?f) AS ?one) WHERE { ?f a ckg:DirectoryEntry ; ckg:workType ?work ; ckg:occupation ?occupation } GROUP BY ?occupation }
  UNION { SELECT (MIN(?f) AS ?one) WHERE { ?f a ckg:SubsidyEligibility ; ckg:upliftPercent ?uplift } }
  UNION { SELECT (MIN(?f) AS ?one) WHERE { ?f a ckg:SubsidyRate ; ckg:amount ?amount . FILTER NOT EXISTS { ?f ckg:remarks ?remark } } }
  UNION { SELECT ?one WHERE { ?one a ckg:RowCoverage ; ckg:rowState ?state } }
}
"""


@pytest.fixture(scope="session")
def built() -> pyoxigraph.Store:
    """The whole graph, built from the tables."""
    return load(build_graph(read_tables(), read_identity(SOURCES / "names" / "identity.csv")))


@pytest.fixture(scope="session")
def clean(built: pyoxigraph.Store) -> str:
    """A small part of the graph that no shape finds fault with, as N-Triples."""
    ontology = read_ontology()
    solutions = built.query(ALSO)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    also = {solution["one"].value for solution in solutions}
    graph = ontology + sample(built, sorted(also | set(facts(built, ontology, 2))))
    # A credential brings all its issuers along, and not all the rows that prove them.
    rows = list(graph.subject_objects(CKG.issuer))
    shown = {(thing, issuer) for fact, issuer in rows for named in (CKG.lists, CKG.recognizes) for thing in graph.objects(fact, named)}
    for thing, issuer in list(graph.subject_objects(CKG.issuedBy)):
        if (thing, issuer) not in shown:
            graph.remove((thing, CKG.issuedBy, issuer))
    return graph.serialize(format="nt")
