"""The whole graph: same input, same bytes; ontology and vocabularies in it; superclass types written out."""

import random
import shutil
from pathlib import Path

import pytest
from graph_rows import TABLES, category, graph_of, recognition, row
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from kg.graph import CKG, ID, build_graph, ntriples
from kg.graph.build import ONTOLOGY, read_identity
from kg.graph.everyday import add_everyday, read_everyday
from kg.graph.nodes import Builder
from kg.tables import SOURCES, read_tables

ROWS = [recognition(name, tier) for name in ("HCIP", "HCIP（中级认证）", "RHCE", "电工") for tier in ("中级", "高级")]


def test_the_same_tables_give_the_same_bytes_in_any_order() -> None:
    shuffled = random.Random(7).sample(ROWS[::2], len(ROWS[::2])) + ROWS[1::2]
    assert ntriples(graph_of(catalogue=ROWS[::2] + ROWS[1::2])) == ntriples(graph_of(catalogue=shuffled))


def test_n_triples_are_sorted_and_one_a_line() -> None:
    text = ntriples(graph_of(catalogue=ROWS))
    lines = text[:-1].split("\n")
    assert lines == sorted(set(lines))
    assert all(line.startswith("<http") and line.endswith(" .") for line in lines)
    assert text.endswith(" .\n")


def test_n_triples_read_back_are_the_same_graph() -> None:
    graph = graph_of(catalogue=[recognition("一\n“二”\\三", text='a "b"\tc')])
    assert set(Graph().parse(data=ntriples(graph), format="nt")) == set(graph)


def test_a_new_row_leaves_the_other_iris_as_they_are() -> None:
    before, after = graph_of(catalogue=ROWS), graph_of(catalogue=[recognition("Aaa"), *ROWS])
    assert set(before.subjects()) < set(after.subjects())


def test_the_graph_holds_the_ontology_without_blank_nodes() -> None:
    graph = graph_of()
    assert (CKG.Recognition, RDF.type, OWL.Class) in graph
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)


def test_a_title_is_a_credential_too() -> None:
    graph = graph_of(titles=[row("titles", number="1", series="工程技术人员", rank="中级", tier="中级", title="工程师")])
    kinds = set(graph.objects(ID["credential/工程师"], RDF.type))
    assert {CKG.ProfessionalTitle, CKG.Credential} <= kinds


def test_superclasses_of_classes_are_written_where_queries_need_them(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ONTOLOGY, tmp_path / "ontology"))
    (folder / "vocabularies" / "extra.ttl").write_text(
        f"<{CKG.Upper}> a <{OWL.Class}> . <{CKG.Recognition}> <{RDFS.subClassOf}> <{CKG.Upper}> .", encoding="utf-8"
    )
    graph = build_graph({**{name: [] for name in TABLES}, "coverage": [category()], "catalogue": ROWS[:1]}, {}, folder)
    (fact,) = graph.subjects(RDF.type, CKG.Recognition)
    assert (fact, RDF.type, CKG.Upper) in graph


def test_decisions_on_identity_are_read_as_stems(tmp_path: Path) -> None:
    (tmp_path / "identity.csv").write_text("name,same_as,reason\n注册会计师（CPA）,注册会计师证书,the same\n", encoding="utf-8")
    assert read_identity(tmp_path / "identity.csv") == {"注册会计师cpa": "注册会计师"}


def test_an_everyday_name_becomes_a_label_of_the_thing_it_means() -> None:
    builder = Builder(Graph())
    node = builder.credential("一级建造师")
    rows = [
        {"name": "一建", "means": "一级建造师", "kind": "credential", "label": "hidden"},
        {"name": "Constructor", "means": "一级建造师证书", "kind": "credential", "label": "alt"},
        {"name": "一级建造师", "means": "一级建造师", "kind": "credential", "label": "alt"},
        {"name": "二建", "means": "二级建造师", "kind": "credential", "label": "hidden"},
        {"name": "一建会", "means": "一级建造师", "kind": "association", "label": "hidden"},
    ]
    assert [each["name"] for each in add_everyday(builder, rows)] == ["二建", "一建会"]
    assert list(builder.graph.objects(node, SKOS.hiddenLabel)) == [Literal("一建", lang="zh")]
    assert list(builder.graph.objects(node, SKOS.altLabel)) == [Literal("Constructor", lang="en")]


@pytest.mark.slow
def test_every_everyday_name_means_a_node_of_the_committed_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown: list[object] = []
    monkeypatch.setattr("kg.graph.build.add_everyday", lambda builder, rows: unknown.extend(add_everyday(builder, rows)))
    build_graph(read_tables(), read_identity(SOURCES / "names" / "identity.csv"))
    assert read_everyday()
    assert unknown == []


@pytest.mark.slow
def test_the_built_graph_is_what_the_committed_tables_give(build: Path) -> None:
    made = ntriples(build_graph(read_tables(), read_identity(SOURCES / "names" / "identity.csv")))
    assert made == (build / "certkg.nt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_iri_of_the_built_graph_can_be_read(build: Path) -> None:
    subjects = {URIRef(line[1 : line.index(">")]) for line in (build / "certkg.nt").read_text(encoding="utf-8").splitlines()}
    data = {each.removeprefix(str(ID)) for each in subjects if each.startswith(str(ID))}
    assert len(data) > 10_000
    assert not [each for each in data if "%" in each or len(each) > 200 or "/" not in each]
