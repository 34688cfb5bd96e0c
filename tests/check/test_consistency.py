"""The reasoner finds the ontology with data consistent, planted contradictions inconsistent, and says what is missing where it cannot run."""

import shutil

import owlready2
import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef

from kg.check import CheckError, NoJavaError, check
from kg.check.consistency import facts, read_ontology, reason, sample
from kg.graph.namespaces import CKG, ID

java = pytest.mark.skipif(shutil.which("java") is None, reason="Java is not on this machine: the reasoner cannot run")


@java
@pytest.mark.slow
def test_ontology_and_data_are_consistent(built: pyoxigraph.Store) -> None:
    found = check(built)
    assert found.consistent
    assert found.unsatisfiable == ()
    assert found.culprits == ()
    assert found.triples > 8000
    assert found.seconds < 60


@java
@pytest.mark.slow
def test_contradiction_is_found_with_its_fact(clean: str) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(clean.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    bad = facts(store, read_ontology(), 1)[-1]
    store.add(pyoxigraph.Quad(pyoxigraph.NamedNode(bad), pyoxigraph.NamedNode(str(RDF.type)), pyoxigraph.NamedNode(str(CKG.Organization))))
    found = check(store, per_class=1)
    assert not found.consistent
    assert found.culprits == (bad,)


@java
@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda graph: graph.add((ID["tier/junior"], OWL.sameAs, ID["tier/senior"])),
        lambda graph: graph.add((ID["tier/junior"], RDF.type, CKG.SkillGrade)),
        lambda graph: graph.add((ID["skill-grade/5"], CKG.tierOfGrade, ID["skill-grade/4"])),
    ],
    ids=["two tiers made one", "a tier that is a grade", "a range that is broken"],
)
def test_planted_contradictions_in_the_vocabularies(change: object) -> None:
    ontology = read_ontology()
    assert callable(change)
    change(ontology)
    assert reason(ontology)[0] is False


@java
@pytest.mark.slow
def test_class_that_can_have_no_member_is_named() -> None:
    ontology = read_ontology()
    both = CKG.TierAndGrade
    for triple in ((both, RDF.type, OWL.Class), (both, RDFS.subClassOf, CKG.Tier), (both, RDFS.subClassOf, CKG.SkillGrade)):
        ontology.add(triple)
    assert reason(ontology) == (True, (str(both),))


@java
@pytest.mark.slow
def test_what_the_reasoner_cannot_read_is_a_clear_error() -> None:
    ontology = read_ontology()
    ontology.add((ID["x"], CKG.statement, Literal("2025-01-01", datatype=XSD.date)))
    with pytest.raises(CheckError, match="the reasoner stopped"):
        reason(ontology)


def test_without_java_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owlready2, "JAVA_EXE", "no-such-java")
    with pytest.raises(NoJavaError, match="apt-get install"):
        reason(Graph())


def test_sample_is_closed_and_repeatable(clean: str) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(clean.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    nodes = facts(store, read_ontology(), 2)
    part = sample(store, nodes)
    assert set(part) == set(sample(store, nodes))
    subjects = set(part.subjects())
    assert all(each in subjects for each in part.objects() if isinstance(each, URIRef) and str(each).startswith(str(ID)))
