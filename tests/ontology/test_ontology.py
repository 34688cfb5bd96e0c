"""The ontology: documented in two languages, complete for the data and the code, readable by the library behind Protégé."""

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import owlready2
import pyoxigraph
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, BNode, Graph, Literal, Namespace, URIRef

from kg.check.consistency import facts, read_ontology, sample
from kg.check.shapes import ONTOLOGY, load
from kg.graph import vocabulary
from kg.graph.build import build_graph, ntriples, read_identity
from kg.graph.namespaces import CKG
from kg.tables import SOURCES, read_tables

VS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")
HEAD = URIRef(str(CKG).rstrip("#"))
JARS = Path(owlready2.__file__).parent / "pellet"
LOADER = Path(__file__).parent / "LoadWithOwlApi.java"
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return read_ontology()


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build_graph(read_tables(), read_identity(SOURCES / "names" / "identity.csv"))


def own(ontology: Graph) -> set[URIRef]:
    return {each for kind in KINDS for each in ontology.subjects(RDF.type, kind) if isinstance(each, URIRef) and str(each).startswith(str(CKG))}


def languages(ontology: Graph, node: URIRef, predicate: URIRef) -> list[str]:
    return sorted(each.language or "" for each in ontology.objects(node, predicate) if isinstance(each, Literal))


def test_header_is_complete(ontology: Graph) -> None:
    assert languages(ontology, HEAD, DCTERMS.title) == ["en", "zh"]
    assert languages(ontology, HEAD, DCTERMS.description) == ["en", "zh"]
    for predicate in (DCTERMS.license, DCTERMS.creator, OWL.versionIRI, OWL.versionInfo, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri):
        assert ontology.value(HEAD, predicate) is not None, predicate
    assert str(ontology.value(HEAD, VANN.preferredNamespaceUri)) == str(CKG)


def test_each_term_has_label_definition_and_status(ontology: Graph) -> None:
    terms = own(ontology)
    assert len(terms) > 120
    for term in terms:
        assert languages(ontology, term, RDFS.label) == ["en", "zh"], term
        assert languages(ontology, term, SKOS.definition) == ["en", "zh"], term
        assert str(ontology.value(term, VS.term_status)) in {"stable", "testing", "unstable", "archaic"}, term


def test_labels_tell_terms_apart(ontology: Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        labels = [str(label) for term in own(ontology) if (term, RDF.type, kind) in ontology for label in ontology.objects(term, RDFS.label)]
        assert len(labels) == len(set(labels)), kind


def test_each_term_that_the_graph_uses_is_declared(graph: Graph) -> None:
    used = {each for each in (*graph.predicates(), *graph.objects(None, RDF.type)) if str(each).startswith(str(CKG))}
    assert used <= own(graph)


def test_each_concept_that_the_code_names_is_in_a_vocabulary(ontology: Graph) -> None:
    for words in (
        vocabulary.TIERS,
        vocabulary.GRADES,
        vocabulary.FAMILIES,
        vocabulary.RANKS,
        vocabulary.STATUSES,
        vocabulary.ROW_STATES,
        vocabulary.JURISDICTIONS,
    ):
        for concept in words.values():
            assert languages(ontology, concept, SKOS.prefLabel) == ["en", "zh"], concept
            assert ontology.value(concept, SKOS.inScheme) is not None, concept


def test_the_graph_has_no_blank_node_and_the_same_bytes(graph: Graph) -> None:
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)
    assert ntriples(graph) == ntriples(build_graph(read_tables(), read_identity(SOURCES / "names" / "identity.csv")))


def test_inferred_types_are_written(graph: Graph) -> None:
    for kind, upper in graph.subject_objects(RDFS.subClassOf):
        if str(upper).startswith(str(CKG)) or upper == SKOS.Concept:
            assert set(graph.subjects(RDF.type, kind)) <= set(graph.subjects(RDF.type, upper)), (kind, upper)


def test_each_alignment_has_a_reason_and_brings_no_axiom() -> None:
    alignments = Graph().parse(ONTOLOGY / "alignments.ttl")
    mapped = [(s, p, o) for p in (SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch) for s, o in alignments.subject_objects(p)]
    parts = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
    reasons = {tuple(alignments.value(each, part) for part in parts): alignments.value(each, RDFS.comment) for each in alignments.subjects(RDF.type, OWL.Axiom)}
    assert len(mapped) > 25
    assert all(reasons.get(each) for each in mapped)
    for space in ("https://schema.org/", "https://purl.org/ctdl/terms/", "http://data.europa.eu/esco/model#", "http://data.europa.eu/snb/model/elm/"):
        assert any(str(target).startswith(space) for _, _, target in mapped), space
    terms = own(read_ontology())
    assert all(source in terms for source, _, _ in mapped)


def test_catalog_has_each_import(ontology: Graph) -> None:
    entries = {each.get("name"): each.get("uri") for each in ElementTree.parse(ONTOLOGY / "catalog-v001.xml").getroot()}
    imports = {each for name in ("certkg.ttl", "alignments.ttl") for each in Graph().parse(ONTOLOGY / name).objects(None, OWL.imports)}
    assert len(imports) > 10
    for each in imports:
        file = ONTOLOGY / str(entries[str(each)])
        assert (each, RDF.type, OWL.Ontology) in Graph().parse(file), each
    assert {path.stem for path in (ONTOLOGY / "vocabularies").glob("*.ttl")} == {str(each).rpartition("/")[2] for each in imports} - {"ontology"}


def run_owl_api(*files: Path) -> tuple[list[str], str]:
    """The problems that the OWL API finds in these files, and its last line."""
    jar = next(JARS.glob("owlapi-distribution-*.jar"))
    command = ["java", "-Xmx1g", "-Dfile.encoding=UTF-8", "-cp", str(jar), str(LOADER), str(ONTOLOGY / "catalog-v001.xml"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    lines = done.stdout.splitlines()
    assert lines, done.stderr
    return [line for line in lines if not re.match("ontologies|axioms", line)], lines[-1]


@pytest.fixture(scope="module")
def java() -> None:
    if shutil.which("java") is None or shutil.which("javac") is None:
        pytest.skip("no Java development kit on this machine: the OWL API test needs java and javac (Debian: default-jdk-headless)")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["turtle", "xml"])
def test_owl_api_reads_ontology_alignments_and_data(java: None, graph: Graph, ontology: Graph, tmp_path: Path, form: str) -> None:
    store = load(graph)
    data = sample(store, facts(store, ontology, 5))
    for triple in ontology:
        data.remove(triple)
    data.add((URIRef("https://w3id.org/certkg/sample"), RDF.type, OWL.Ontology))
    data.add((URIRef("https://w3id.org/certkg/sample"), OWL.imports, HEAD))
    path = tmp_path / "sample.owl"
    data.serialize(path, format=form, encoding="utf-8")
    problems, last = run_owl_api(ONTOLOGY / "certkg.ttl", ONTOLOGY / "alignments.ttl", path)
    assert problems == []
    assert int(last.split("\t")[1]) > 3000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("axiom", "problem"),
    [
        ("<https://w3id.org/certkg/id/x> a ckg:NoSuchClass .", "undeclared"),
        ('<https://w3id.org/certkg/id/x> ckg:noSuchProperty "1" .', "undeclared"),
        ("ckg:line a owl:ObjectProperty .", "profile"),
        ('<https://w3id.org/certkg/id/x> a ckg:Fact ; ckg:number "2025-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .', "undeclared"),
        ("[] a owl:AllDisjointClasses .", "unparsed"),
    ],
)
def test_owl_api_finds_planted_mistakes(java: None, tmp_path: Path, axiom: str, problem: str) -> None:
    path = tmp_path / "bad.ttl"
    prefixes = "@prefix ckg: <https://w3id.org/certkg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    path.write_text(f"{prefixes}<https://w3id.org/certkg/bad> a owl:Ontology ; owl:imports <https://w3id.org/certkg/ontology> .\n{axiom}\n", encoding="utf-8")
    problems, _ = run_owl_api(path)
    assert any(line.startswith(problem) for line in problems), problems


def test_each_term_is_explained_in_the_documentation(ontology: Graph) -> None:
    text = (ONTOLOGY.parent / "docs/MODELING.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`(\w+)`", text))
    missing = {str(term).removeprefix(str(CKG)) for term in own(ontology)} - explained
    assert not missing, f"docs/MODELING.md does not say why these terms are there: {sorted(missing)}"


def test_pyoxigraph_reads_each_file() -> None:
    for path in ONTOLOGY.rglob("*.ttl"):
        store = pyoxigraph.Store()
        store.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
        assert len(store) > 3, path
