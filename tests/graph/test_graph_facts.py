"""Facts: each row becomes one fact with exactly one source, whose document, line, text and status are those of the row."""

import pytest
from graph_rows import SOURCE, TABLES, category, graph_of, nodes, recognition, row, source
from rdflib import PROV, RDF, SKOS, Graph, Literal, URIRef

from kg.graph import CKG, ID, build_graph
from kg.graph.build import read_identity
from kg.tables import SOURCES, read_tables

ROWS = {
    "coverage": category(),
    "catalogue": recognition("HCIP（中级认证）", issuer="华为技术有限公司", grades="4|3", level="中级认证", qualifier="近五年"),
    "notes": row("notes", number="3", statement="五级对应初级"),
    "awards": row("awards", kind="科技奖", scope="国家级", name="国家技术发明奖"),
    "bodies": row("bodies", number="1", name="教育部"),
    "competitions": row("competitions", number="1", kind="金砖", example="金砖国家职业技能大赛"),
    "associations": row("associations", number="22", list="双重管理", name="中国注册会计师协会", supervisor="财政部"),
    "offers": row(
        "offers", annex="5", kind="社会培训评价组织", organization="甲学院", number="4", name="裁缝", occupation="裁缝", grades="3", supervisor="教委"
    ),
    "onex": row("onex", number="3", issuer="某公司", name="老年照护职业技能等级证书", batch="第一批"),
    "qualifications": row(
        "qualifications", part="专业技术人员", number="1", name="教师资格", departments="教育部", **{"class": "准入类"}, basis="《教师法》|《条例》"
    ),
    "overseas": row("overseas", number="1", name="会士", issuer="英国皇家化学会", abbreviation="FRSC", field="化学", **{"class": "A"}),
    "titles": row("titles", number="1", series="高等学校教师", rank="正高级", tier="高级", title="教授"),
    "equivalences": row("equivalences", number="1", qualification="资产评估师", title="经济师", relation="single"),
    "directory": row("directory", number="1", code="3-01-01-02", name="政务服务办事员", occupation="政务服务办事员", grades="5|4|3"),
    "subsidy_rates": row("subsidy_rates", project="职业资格证书", label="技师（二级）", grades="2", amount="3500", **{"class": "A"}),
    "subsidy_directory": row("subsidy_directory", list="南通指导目录", number="1", name="电工", code="6-31-01-03", **{"class": "A"}),
    "subsidy_rules": row("subsidy_rules", rule="class_a", statement="A类一般为生产制造类"),
    "pathways": row("pathways", direction="grade_to_title", source="技师", years="3", target="中级"),
    "series": row("series", number="1", occupation="保卫管理员", series="工程技术|实验技术"),
}
CLASSES = {
    "coverage": "RowCoverage",
    "catalogue": "Recognition",
    "notes": "CatalogueNote",
    "awards": "AwardListing",
    "bodies": "BodyListing",
    "competitions": "CompetitionListing",
    "associations": "AssociationListing",
    "offers": "AssessmentOffer",
    "onex": "OnePlusXListing",
    "qualifications": "QualificationListing",
    "overseas": "OverseasListing",
    "titles": "TitleRank",
    "equivalences": "Equivalence",
    "directory": "DirectoryEntry",
    "subsidy_rates": "SubsidyRate",
    "subsidy_directory": "SubsidyEligibility",
    "subsidy_rules": "SubsidyRule",
    "pathways": "Pathway",
    "series": "SeriesEligibility",
}


def fact_of(table: str, **fields: str) -> tuple[Graph, URIRef]:
    """The fact that one row makes, in its graph."""
    graph = graph_of(**{table: [ROWS[table] | fields]})
    (fact,) = nodes(graph, CLASSES[table])
    return graph, fact


def test_every_table_but_the_ledger_makes_facts() -> None:
    assert ROWS.keys() == CLASSES.keys() == TABLES.keys() - {"ledger"}


@pytest.mark.parametrize("table", sorted(ROWS))
def test_a_fact_has_one_source_that_is_its_row(table: str) -> None:
    graph, fact = fact_of(table, document="nantong-subsidy-2025", line="123", text="甲 | 乙", status="repaired", reason="tail lost")
    where = source(graph, fact)
    assert where.startswith(ID["source/nantong-subsidy-2025/l123-"])
    assert graph.value(where, CKG.inDocument) == ID["document/nantong-subsidy-2025"]
    assert graph.value(where, CKG.line) == Literal(123)
    assert graph.value(where, CKG.printedText) == Literal("甲 | 乙")
    assert graph.value(where, CKG.transcriptionStatus) == ID["transcription-status/repaired"]
    assert set(graph.objects(where, CKG.statusReason)) == {Literal("tail lost", lang="en"), Literal("后半截缺失", lang="zh")}
    place = graph.value(where, CKG.place)
    assert isinstance(place, Literal)
    assert place.language == "zh"
    assert "《" in place or "〔" in place or "南通" in place


@pytest.mark.parametrize("table", sorted(ROWS))
def test_an_entry_that_was_printed_so_has_no_reason(table: str) -> None:
    graph, fact = fact_of(table)
    assert graph.value(source(graph, fact), CKG.statusReason) is None


def test_a_recognition_says_who_what_where_and_at_which_tier() -> None:
    graph, fact = fact_of("catalogue")
    assert fact == ID["recognition/7102-industry-中级-hcip-43"]
    assert graph.value(fact, CKG.recognizes) == ID["credential/hcip"]
    assert graph.value(fact, CKG.forCategory) == ID["category/7102"]
    assert graph.value(fact, CKG.inFamily) == ID["family/industry"]
    assert graph.value(fact, CKG.atTier) == ID["tier/intermediate"]
    assert set(graph.objects(fact, CKG.grade)) == {ID["skill-grade/4"], ID["skill-grade/3"]}
    assert graph.value(fact, CKG.issuer) == ID["organization/华为技术有限公司"]
    assert (str(graph.value(fact, CKG.printedLevel)), str(graph.value(fact, CKG.qualifier))) == ("中级认证", "近五年")
    assert str(graph.value(source(graph, fact), CKG.place)).endswith("71 电子与信息大类，7102 计算机类，行业内其它权威证书，中级")


def test_a_column_that_the_text_lost_is_noted_with_its_category() -> None:
    graph, fact = fact_of("coverage", state="damaged", affected="skill.初级|onex.高级")
    assert graph.value(fact, CKG.rowState) == ID["row-state/damaged"]
    columns = {(graph.value(each, CKG.inFamily), graph.value(each, CKG.atTier)) for each in graph.objects(fact, CKG.damagedColumn)}
    assert columns == {(ID["family/skill"], ID["tier/junior"]), (ID["family/onex"], ID["tier/senior"])}


def test_a_special_skill_code_of_the_directory_is_a_certificate_and_no_occupation() -> None:
    graph, fact = fact_of("directory", code="4-04-05Z001", name="人工智能数据标注", occupation="", grades="")
    assert graph.value(fact, CKG.credential) == ID["credential/人工智能数据标注"]
    assert graph.value(fact, CKG.occupation) is None
    assert (ID["credential/人工智能数据标注"], RDF.type, CKG.SpecialSkillCertificate) in graph


def test_a_subsidy_of_the_top_grade_holds_for_the_grades_above_it_where_the_label_says_so() -> None:
    graph, fact = fact_of("subsidy_rates", label="高级技师（一级）、特级技师、首席技师", grades="1", amount="4300")
    assert set(graph.objects(fact, CKG.grade)) == {ID["skill-grade/1"], ID["skill-grade/special"], ID["skill-grade/chief"]}
    assert graph.value(fact, CKG.amount) == Literal(4300)


@pytest.mark.parametrize(
    ("direction", "origin", "target", "links"),
    [
        ("grade_to_title", "技师", "中级", {CKG.fromGrade: "skill-grade/2", CKG.toLevel: "title-level/intermediate"}),
        ("title_to_grade", "中级", "技师", {CKG.fromLevel: "title-level/intermediate", CKG.toGrade: "skill-grade/2"}),
        ("award_to_title", "中华技能大奖", "正高级", {CKG.fromAward: "award/中华技能大奖", CKG.toLevel: "title-level/full-senior"}),
        ("requirement", "贯通", "参加评审", {}),
    ],
)
def test_a_pathway_joins_grade_title_and_award(direction: str, origin: str, target: str, links: dict[URIRef, str]) -> None:
    graph, fact = fact_of("pathways", direction=direction, source=origin, target=target)
    assert {link: graph.value(fact, link) for link in links} == {link: ID[path] for link, path in links.items()}
    assert graph.value(fact, CKG.inJurisdiction) == ID["jurisdiction/zhejiang"]


def test_a_sub_item_of_the_national_list_is_below_its_item() -> None:
    graph, fact = fact_of("qualifications", name="勘察设计注册工程师", subitem="注册土木工程师")
    assert graph.value(fact, CKG.lists) == ID["credential/注册土木工程师"]
    assert graph.value(ID["credential/注册土木工程师"], SKOS.broader) == ID["credential/勘察设计注册工程师"]
    assert {str(each) for each in graph.objects(fact, CKG.legalBasis)} == {"《教师法》", "《条例》"}


def test_an_entry_printed_twice_makes_two_facts_of_one_credential() -> None:
    graph = graph_of(catalogue=[recognition("HCIP", line="427"), recognition("HCIP（高级认证）", line="430")])
    assert nodes(graph, "Recognition") == [ID["recognition/7102-industry-中级-hcip"], ID["recognition/7102-industry-中级-hcip-l430"]]


@pytest.fixture(scope="module")
def committed() -> Graph:
    """The graph of the committed tables, without validation, store and index."""
    return build_graph(read_tables(), read_identity(SOURCES / "names" / "identity.csv"))


@pytest.mark.slow
def test_every_row_of_the_committed_tables_is_one_fact_with_one_source(committed: Graph) -> None:
    sizes = {table: len(rows) for table, rows in read_tables().items() if table in CLASSES}
    assert {table: len(nodes(committed, kind)) for table, kind in CLASSES.items()} == sizes
    for kind in CLASSES.values():
        for fact in nodes(committed, kind):
            where = source(committed, fact)
            for needed in (CKG.inDocument, CKG.line, CKG.printedText, CKG.place, CKG.transcriptionStatus):
                assert len(list(committed.objects(where, needed))) == 1, (fact, needed)


@pytest.mark.slow
def test_no_source_stands_without_a_fact(committed: Graph) -> None:
    used = set(committed.objects(None, PROV.hadPrimarySource))
    assert set(committed.subjects(RDF.type, CKG.SourceLocation)) == used
    assert SOURCE["document"] in {str(document).rsplit("/", 1)[1] for document in committed.objects(None, CKG.inDocument)}
