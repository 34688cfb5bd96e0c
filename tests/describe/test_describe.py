"""Descriptions of nodes of the real graph: names, facts with their lines, what points to them, neighbourhood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ask import Asker
from kg.describe import Description, Source, Text, Thing, describe, members

ID = "https://w3id.org/certkg/id/"
CKG = "https://w3id.org/certkg/ontology#"


def described(asker: Asker, path: str) -> Description:
    found = describe(asker.context.store, path if path.startswith("http") else ID + path)
    assert found is not None
    return found


def test_a_category_is_told_with_codes_group_and_the_rows_of_the_catalogue(asker: Asker) -> None:
    found = described(asker, "category/7102")
    assert (found.name.zh, str(found.types[0].name)) == ("计算机类", "专业类")
    assert {each.text for each in found.labels if each.kind.endswith("notation")} == {"7102", "5102", "3102"}
    recognition = next(each for each in found.incoming if each.kind == CKG + "Recognition")
    assert recognition.total > 300
    assert len(recognition.facts) == 25
    row = recognition.facts[0]
    assert row.properties[0].iri == CKG + "recognizes"
    assert row.source is not None
    assert (row.source.document, row.source.status_name.zh != "") == ("shanghai-shuangshi-2025", True)
    lines = [each.source.line for each in recognition.facts if each.source]
    assert lines == sorted(lines)


def test_damage_is_told_by_family_and_tier(asker: Asker) -> None:
    found = described(asker, "coverage/7904")
    damaged = next(each for each in found.properties if each.iri == CKG + "damagedColumn")
    assert "技能等级证书 · 高级" in [str(each.name) for each in damaged.values if isinstance(each, Thing)]
    assert isinstance(found.source, Source)
    assert (found.source.line, found.source.document) == (648, "shanghai-shuangshi-2025")


def test_why_a_line_is_not_transcribed_exactly_is_told_in_both_languages(asker: Asker) -> None:
    source = described(asker, "series-eligibility/231").source
    assert source is not None
    assert (source.status, source.reason.zh) == ("uncertain", "照印出的保留；第二个“板”字像是重复的（应为“浸渍纸层压板工”）")
    assert source.reason.en == "kept as printed; the second 板 looks doubled (浸渍纸层压板工)"


def test_pages_of_a_list_follow_each_other_without_gap(asker: Asker) -> None:
    store = asker.context.store
    node, by, kind = ID + "category/7102", CKG + "forCategory", CKG + "Recognition"
    whole = members(store, node, by, kind, 0, 1000)
    parts = [each.iri for start in range(0, whole.total, 60) for each in members(store, node, by, kind, start, 60).facts]
    assert parts == [each.iri for each in whole.facts]
    assert len(parts) == whole.total
    assert members(store, node, by, kind, whole.total, 10).facts == ()


def test_the_neighbourhood_leads_from_hcip_to_huawei(asker: Asker) -> None:
    found = described(asker, "credential/hcip")
    assert ID + "organization/华为技术有限公司" in [each.thing.iri for each in found.neighbours]
    everything = describe(asker.context.store, ID + "category/7102", picture=5)
    assert everything is not None
    assert len(everything.neighbours) == 5
    assert everything.more_neighbours
    assert not found.more_neighbours


def test_a_place_in_a_document_is_told_as_such(asker: Asker) -> None:
    fact = described(asker, "category/7102").incoming[0].facts[0]
    assert fact.source is not None
    place = described(asker, fact.source.iri)
    assert place.place == fact.source
    assert str(fact.source.line) in place.name.zh


def test_terms_of_the_ontology_are_nodes_too(asker: Asker) -> None:
    found = described(asker, CKG + "Recognition")
    assert (found.name.zh, found.name.en) == ("认可", "recognition")
    assert "catalogue" in found.definition.en
    assert found.neighbours == ()


def test_names_fall_back_to_the_other_language(asker: Asker) -> None:
    found = described(asker, "tier/senior")
    assert found.name.best("en") == ("senior", "en")
    assert described(asker, "category/7102").name.best("en") == ("计算机类", "zh")


@pytest.mark.parametrize("iri", ["", "nothing", ID + "category/9999", "https://example.org/", 'x"> <y', "https://w3id.org/certkg/id/a b"])
def test_what_is_no_node_has_no_description(asker: Asker, iri: str) -> None:
    assert describe(asker.context.store, iri) is None


@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_is_taken_for_an_iri_without_failing(asker: Asker, text: str) -> None:
    assert describe(asker.context.store, text) is None
    assert members(asker.context.store, text, text, text).total == 0


def test_every_class_of_facts_is_described_with_its_source_and_a_name(asker: Asker) -> None:
    query = "PREFIX ckg: <https://w3id.org/certkg/ontology#> SELECT ?kind (SAMPLE(?fact) AS ?one) WHERE { ?fact a ckg:Fact, ?kind } GROUP BY ?kind"
    for row in asker.context.store.select(query).rows:
        found = described(asker, getattr(row[1], "value", ""))
        assert found.source is not None, row
        assert found.source.line > 0
        assert found.source.text
        assert found.name.zh
        assert all(isinstance(value, Text) or value.name.zh or value.name.en for each in found.properties for value in each.values)
