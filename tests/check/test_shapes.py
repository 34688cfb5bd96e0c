"""Validation: findings with messages and lines, and clear errors on files that cannot be read."""

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import SH, Graph, Literal

from kg.check import CheckError, read_shapes, validate
from kg.check.shapes import SHAPES, short

GOOD = """@prefix ckg: <https://w3id.org/certkg/ontology#> .
@prefix id: <https://w3id.org/certkg/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://w3id.org/certkg/id/organization/a> a ckg:Organization ;
    skos:prefLabel "甲"@zh .
"""


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return read_shapes()


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".rdf", ".owl"])
def test_good_data_conform_in_each_format(tmp_path: Path, shapes: Graph, suffix: str) -> None:
    path = tmp_path / f"data{suffix}"
    Graph().parse(data=GOOD, format="turtle").serialize(path, format={".ttl": "turtle", ".nt": "nt"}.get(suffix, "xml"))
    report = validate(path, shapes)
    assert report.conforms
    assert report.findings == ()
    assert report.triples > 1000, "the project's ontology is added to data that come without"


def test_owl_file_may_be_turtle(tmp_path: Path, shapes: Graph) -> None:
    path = tmp_path / "data.owl"
    path.write_text(GOOD, encoding="utf-8")
    assert validate(path, shapes).conforms


def test_finding_says_node_path_line_and_what_to_do(tmp_path: Path, shapes: Graph) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(GOOD.replace('"甲"@zh', '"甲"@zh, "乙"@zh'), encoding="utf-8")
    report = validate(path, shapes)
    assert not report.conforms
    [finding] = report.findings
    assert finding.node == "https://w3id.org/certkg/id/organization/a"
    assert short(finding.path) == "skos:prefLabel"
    assert (finding.severity, finding.shape, finding.line) == ("violation", "Named-prefLabel", 6)
    assert "skos:altLabel" in finding.message_zh
    assert "skos:altLabel" in finding.message_en


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".rdf"])
def test_line_is_where_the_property_stands(tmp_path: Path, shapes: Graph, suffix: str) -> None:
    path = tmp_path / f"data{suffix}"
    graph = Graph().parse(data=GOOD.replace("skos:prefLabel", "skos:preferredLabel"), format="turtle")
    graph.serialize(path, format={".ttl": "turtle", ".nt": "nt"}.get(suffix, "xml"))
    lines = path.read_text(encoding="utf-8").splitlines()
    typo = next(each for each in validate(path, shapes).findings if each.shape == "undeclared-property")
    assert typo.line is not None
    assert "preferredLabel" in lines[typo.line - 1]
    assert "skos:preferredLabel" in typo.message_en


def test_data_of_an_rdflib_graph_and_a_store(shapes: Graph) -> None:
    graph = Graph().parse(data=GOOD, format="turtle")
    store = pyoxigraph.Store()
    store.bulk_load(graph.serialize(format="nt").encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    before = set(store)
    assert validate(graph, shapes).conforms
    assert not validate(store, shapes).conforms, "a store is taken as it is: without the ontology its terms are undeclared"
    assert set(store) == before, "validation changes nothing"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("missing.ttl", None, "cannot be read"),
        ("data.docx", "x", "unknown format"),
        ("broken.ttl", GOOD.replace(" .\n", "\n", 1), "line "),
        ("broken.nt", "<a> <b> .\n", "line 1"),
        ("broken.rdf", "<rdf:RDF", "not RDF/XML"),
        ("binary.ttl", "\x00\x01\x02", "not Turtle"),
    ],
)
def test_unreadable_data_are_named_with_the_reason(tmp_path: Path, shapes: Graph, name: str, text: str | None, reason: str) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(CheckError, match=name) as caught:
        validate(path, shapes)
    assert reason in str(caught.value)


def test_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="no shapes"):
        read_shapes(tmp_path)


def test_broken_shapes_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("shape:x a .", encoding="utf-8")
    with pytest.raises(CheckError, match=r"a\.ttl"):
        read_shapes(tmp_path)


def test_each_shape_says_what_to_do_in_both_languages(shapes: Graph) -> None:
    nodes = set(shapes.subjects(SH.path)) | set(shapes.subjects(SH.select)) | set(shapes.subjects(SH.closed))
    for node in nodes:
        if "#" in str(node):
            languages = sorted(each.language or "" for each in shapes.objects(node, SH.message) if isinstance(each, Literal))
            assert languages == ["en", "zh"], node


def test_each_class_of_facts_has_a_shape(shapes: Graph) -> None:
    from rdflib import RDFS, URIRef

    from kg.check.consistency import read_ontology
    from kg.graph.namespaces import CKG

    ontology = read_ontology()
    facts = {kind for kind in ontology.transitive_subjects(RDFS.subClassOf, CKG.Fact) if isinstance(kind, URIRef)} - {CKG.Fact, CKG.Listing}
    assert facts <= set(shapes.objects(None, SH.targetClass))


def test_one_file_a_topic() -> None:
    assert {path.stem for path in SHAPES.glob("*.ttl")} >= {"recognition", "listings", "sources", "titles", "subsidies", "assessment", "names", "integrity"}
