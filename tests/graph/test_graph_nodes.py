"""Nodes: one for several names of a thing, two for two things of one name, labels for each."""

from graph_rows import category, graph_of, names, nodes, recognition, row
from rdflib import RDF, SKOS, Literal, URIRef

from kg.graph import CKG, ID


def test_a_credential_named_in_several_rows_is_one_node_with_several_labels() -> None:
    graph = graph_of(catalogue=[recognition("磨豆工（四级/中级工）"), recognition("磨豆工", "初级"), recognition("磨豆工证书", "高级")])
    assert {graph.value(fact, CKG.recognizes) for fact in nodes(graph, "Recognition")} == {ID["credential/磨豆工"]}
    assert names(graph, "credential/磨豆工") == ("磨豆工", {"磨豆工证书"})


def test_the_name_printed_most_often_is_the_label() -> None:
    graph = graph_of(catalogue=[recognition("磨豆工"), recognition("磨豆工证书", "高级"), recognition("磨豆工证书", "初级")])
    assert names(graph, "credential/磨豆工") == ("磨豆工证书", {"磨豆工"})


def test_a_grade_that_qualifies_one_entry_is_in_no_label() -> None:
    graph = graph_of(catalogue=[recognition("磨豆师三级"), recognition("磨豆师（四级/中级工）")])
    assert names(graph, "credential/磨豆师") == ("磨豆师", set())


def test_a_1_plus_x_certificate_of_the_annex_and_of_the_catalogue_is_one_node() -> None:
    graph = graph_of(
        catalogue=[recognition("1+X 老年照护（初级）", "初级", family="onex")],
        onex=[row("onex", number="3", issuer="某公司", name="老年照护职业技能等级证书", batch="第一批")],
    )
    (listing,) = nodes(graph, "OnePlusXListing")
    assert graph.value(listing, CKG.lists) == ID["credential/老年照护"] == graph.value(nodes(graph, "Recognition")[0], CKG.recognizes)


def test_names_that_a_decision_declares_one_are_one_node() -> None:
    rows = [recognition("一级注册建造师"), recognition("一级建造师", "高级")]
    assert len(set(graph_of(catalogue=rows).objects(None, CKG.recognizes))) == 2
    assert set(graph_of({"一级注册建造师": "一级建造师"}, catalogue=rows).objects(None, CKG.recognizes)) == {ID["credential/一级建造师"]}


def test_levels_of_one_qualification_are_nodes_of_their_own() -> None:
    graph = graph_of(catalogue=[recognition("一级建造师"), recognition("二级建造师")])
    assert set(graph.objects(None, CKG.recognizes)) == {ID["credential/一级建造师"], ID["credential/二级建造师"]}


def test_a_title_of_two_societies_is_two_credentials() -> None:
    society = {"class": "A", "field": "工程", "name": "会士", "english": "Fellow"}
    rows = [row("overseas", number=str(number), issuer=issuer, **society) for number, issuer in enumerate(("美国计算机学会", "美国光学学会"), 1)]
    graph = graph_of(overseas=rows)
    fellows = nodes(graph, "OverseasQualification")
    assert len(fellows) == 2
    assert {str(graph.value(node, SKOS.prefLabel)) for node in fellows} == {"会士"}
    assert len({graph.value(node, CKG.issuedBy) for node in fellows}) == 2


def test_an_association_printed_twice_is_two_nodes_with_one_name() -> None:
    entry = {"name": "中国注册会计师协会", "supervisor": "财政部"}
    graph = graph_of(associations=[row("associations", number="22", list="双重管理", **entry), row("associations", number="323", list="脱钩", **entry)])
    found = nodes(graph, "IndustryAssociation")
    assert found == [ID["association/22-中国注册会计师协会"], ID["association/323-中国注册会计师协会"]]
    assert [graph.value(fact, CKG.lists) for fact in nodes(graph, "AssociationListing")] == found
    assert list(graph.subjects(SKOS.prefLabel, Literal("财政部", lang="zh"))) == [ID["organization/财政部"]]


def test_a_work_type_has_its_occupation_in_its_name_and_above_it() -> None:
    graph = graph_of(directory=[row("directory", number="1", code="6-18-01-01", name="车工（数控）", occupation="车工", work_type="数控", grades="5|4")])
    assert names(graph, "work-type/车工-数控") == ("车工（数控）", set())
    assert graph.value(ID["work-type/车工-数控"], SKOS.broader) == ID["occupation/车工"]
    assert graph.value(ID["occupation/车工"], SKOS.notation) == Literal("6-18-01-01")


def test_a_category_is_found_by_each_of_its_three_codes() -> None:
    graph = graph_of(coverage=[category()])
    assert {str(each) for each in graph.objects(ID["category/7102"], SKOS.notation)} == {"7102", "5102", "3102"}
    assert graph.value(ID["category/7102"], SKOS.broader) == ID["major-group/71"]


def test_a_narrower_credential_is_below_the_one_it_qualifies() -> None:
    graph = graph_of(
        catalogue=[recognition("HCIP"), recognition("HCIP-datacom（中级认证）"), recognition("注册土木工程师"), recognition("注册土木工程师（道路工程）")]
    )
    narrower = {
        (str(low).rsplit("/", 1)[1], str(high).rsplit("/", 1)[1])
        for low, high in graph.subject_objects(SKOS.broader)
        if (low, RDF.type, CKG.Credential) in graph
    }
    assert narrower == {("hcipdatacom", "hcip"), ("注册土木工程师道路工程", "注册土木工程师")}


def test_a_level_bracket_makes_no_narrower_credential() -> None:
    graph = graph_of(catalogue=[recognition("电工"), recognition("电工（四级/中级工）", "初级")])
    assert graph.value(ID["credential/电工"], SKOS.broader) is None


def test_every_node_of_the_tables_has_one_label_a_language() -> None:
    graph = graph_of(
        catalogue=[recognition("电工"), recognition("电工证书")],
        associations=[row("associations", number="1", list="脱钩", name="甲协会", supervisor="财政部")],
    )
    for node in {node for node in graph.subjects(SKOS.prefLabel) if isinstance(node, URIRef)}:
        languages = [label.language for label in graph.objects(node, SKOS.prefLabel) if isinstance(label, Literal)]
        assert len(languages) == len(set(languages)), node
