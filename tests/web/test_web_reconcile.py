"""The Reconciliation Service API: manifests, candidates and the decision, hints, suggestions, previews, extended columns, and what is refused."""

import json
import random
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from embeddings import Linker
from kg.web.addresses.reconcile.matching import EXACT
from kg.web.addresses.reconcile.vocabulary import properties
from web import reconcile_shapes as shapes
from web.conftest import BUILD, StandIn, client_of

ID = "https://w3id.org/certkg/id/"
HCIP = f"{ID}credential/hcip"
IEEE = f"{ID}credential/overseas-ieee-fellow"


def ask(client: TestClient, **queries: Any) -> dict[str, list[dict[str, Any]]]:  # noqa: ANN401
    """The candidates of a batch of version 0.2, which has the form that the specification says."""
    response = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    shapes.OLD_RESULTS.validate_python(response.json())
    return {key: each["result"] for key, each in response.json().items()}


def match(client: TestClient, *queries: Any) -> list[list[dict[str, Any]]]:  # noqa: ANN401
    """The candidates of a batch of version 1.0."""
    response = client.post("/reconcile/match", json={"queries": queries})
    assert response.status_code == 200, response.text
    shapes.NewResults.model_validate(response.json())
    return [each["candidates"] for each in response.json()["results"]]


def named(name: str, *conditions: dict[str, Any], **rest: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"conditions": [{"matchType": "name", "propertyValue": name}, *conditions], **rest}


def on(property: str, value: Any, **rest: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"matchType": "property", "propertyId": property, "propertyValue": value, **rest}


def features(candidate: dict[str, Any]) -> dict[str, Any]:
    return {each["id"]: each["value"] for each in candidate["features"]}


@pytest.fixture(scope="module")
def names(real: TestClient) -> list[str]:
    """Preferred names that one thing has, or of which the linker says that one is meant."""
    linker = Linker.load(BUILD / "index")
    chosen = ["审计专业技术资格", *random.Random(8).sample([node.label for node in linker.nodes], 300)]
    return [link.mention for link in linker.link_many(chosen) if not link.tie]


def test_the_manifests_have_the_form_of_their_version(real: TestClient) -> None:
    old, new = real.get("/reconcile"), real.get("/reconcile/1.0-draft")
    shapes.OldManifest.model_validate_json(old.text)
    shapes.NewManifest.model_validate_json(new.text)
    assert old.json()["identifierSpace"] == ID
    assert {each["id"] for each in old.json()["defaultTypes"]} <= {each["id"] for each in real.get("/reconcile/suggest/type").json()["result"]}


def test_the_places_that_the_manifest_names_are_there(real: TestClient) -> None:
    said = real.get("/reconcile").json()
    preview = real.get(said["preview"]["url"].replace("{{id}}", quote(HCIP, safe="")))
    assert preview.status_code == 200
    assert "HCIP" in preview.text
    for part, id in (("entity", HCIP), ("type", "Credential"), ("property", "issuer")):
        place = said["suggest"][part]
        assert real.get(place["service_url"] + place["service_path"], params={"prefix": "a"}).status_code == 200
        flyout = real.get(place["flyout_service_url"] + place["flyout_service_path"].replace("${id}", quote(id, safe="")))
        shapes.Flyout.model_validate(flyout.json())
    assert real.get(said["feature_view"]["url"].replace("{{id}}", "exact_name")).text.count('id="exact_name"') == 1
    proposal = said["extend"]["propose_properties"]
    assert real.get(proposal["service_url"] + proposal["service_path"], params={"type": "Credential"}).status_code == 200


def test_exact_names_come_first_and_match(real: TestClient, names: list[str]) -> None:
    for start in range(0, len(names), 50):
        part = names[start : start + 50]
        for name, found in zip(part, match(real, *(named(each) for each in part)), strict=True):
            assert found[0]["name"] == name or features(found[0])["exact_name"], name
            assert found[0]["match"], name
            assert [each["match"] for each in found].count(True) == 1


def test_names_of_several_things_match_none(real: TestClient) -> None:
    found = ask(real, a={"query": "会士"}, b={"query": "注册会计师协会"})
    assert len(found["a"]) > 3
    assert not any(each["match"] for candidates in found.values() for each in candidates)
    assert len({each["description"] for each in found["a"]}) == len(found["a"]), "descriptions tell namesakes apart"


def test_nothing_is_found_for_what_means_nothing(real: TestClient) -> None:
    found = ask(real, a={"query": "今天天气不错"}, b={"query": ""}, c={"query": "长" * 5000})
    assert not any(each["match"] for candidates in found.values() for each in candidates)
    assert found["b"] == found["c"] == []


def test_a_weak_likeness_is_offered_but_does_not_match(real: TestClient) -> None:
    (found,) = match(real, named("工机操作员"))
    assert found
    assert not found[0]["match"]
    assert not features(found[0])["exact_name"]


def test_a_name_in_other_words_a_level_alone_or_a_grade_that_is_not_printed_match_nothing(real: TestClient) -> None:
    names = ("软考高级", "软考中级", "软考初级", "HCIP培训班老师", "计算机类教材", "会务接待员一级")
    found = ask(real, **{name: {"query": name} for name in names})
    assert not any(each["match"] for candidates in found.values() for each in candidates)
    assert ask(real, q={"query": "会务接待员五级"})["q"][0]["match"], "the grade that is printed"


def test_scores_fall_and_features_explain_them(real: TestClient) -> None:
    (found,) = match(real, named("烹调师", limit=10))
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, reverse=True)
    explained = real.get("/reconcile/features").text
    for candidate in found:
        for feature in candidate["features"]:
            assert f'id="{feature["id"]}"' in explained
            assert feature["name"]


def test_both_versions_give_the_same_candidates(real: TestClient) -> None:
    hint = {"pid": "issuer", "v": "华为"}
    old = ask(real, q={"query": "HCIP", "type": "Credential", "limit": 3, "properties": [hint]})["q"]
    assert old[0]["match"], "an issuer by its short name is no other issuer"
    (new,) = match(real, named("HCIP", on("issuer", "华为"), type="Credential", limit=3))
    assert old == new
    response = real.get("/reconcile", params={"queries": json.dumps({"q": {"query": "HCIP", "type": "Credential", "limit": 3, "properties": [hint]}})})
    assert response.json()["q"]["result"] == old


def test_conditions_may_have_the_names_that_the_draft_first_gave_them(real: TestClient) -> None:
    short = {"conditions": [{"matchType": "name", "v": "会士"}, {"matchType": "property", "pid": "issuer", "v": "IEEE", "required": True}]}
    first, now = match(real, short, named("会士", on("issuer", "IEEE", required=True)))
    assert first == now
    assert first[0]["id"] == IEEE


def test_an_issuer_singles_out_one_of_several_namesakes(real: TestClient) -> None:
    for value in ("IEEE", "美国电气电子工程师学会", {"id": f"{ID}organization/美国电气电子工程师学会"}):
        found = ask(real, q={"query": "会士", "properties": [{"pid": "issuer", "v": value}]})["q"]
        assert found[0]["id"] == IEEE, value
        assert found[0]["match"]
        assert features(found[0])["issuer"] is True
        assert not any(each["match"] for each in found[1:])


def test_another_issuer_is_another_certificate(real: TestClient) -> None:
    found = ask(real, q={"query": "HCIP", "properties": [{"pid": "issuer", "v": "思科"}]})["q"]
    assert found[0]["id"] == HCIP
    assert not found[0]["match"]
    assert features(found[0])["issuer"] is False
    assert found[0]["score"] < ask(real, q={"query": "HCIP"})["q"][0]["score"]


def test_a_row_that_does_not_print_a_name_lowers_the_score_only(real: TestClient) -> None:
    fitting, other = match(real, named("HCIP", on("category", "7103")), named("HCIP", on("category", "7102")))
    assert fitting[0]["match"]
    assert other[0]["match"]
    assert features(fitting[0])["category"] is True
    assert features(other[0])["category"] is False
    assert other[0]["score"] < fitting[0]["score"]


@pytest.mark.parametrize(
    ("condition", "stays"),
    [
        (on("category", "通信类", required=True), True),
        (on("category", "5103", required=True), True),
        (on("category", ["7102", "7103"], required=True), True),
        (on("category", ["7102", "7103"], required=True, matchQuantifier="all"), False),
        (on("category", "7103", required=True, matchQuantifier="none"), False),
        (on("category", "7102", required=True, matchQuantifier="none"), True),
        (on("category", "7102", required=True), False),
        (on("tier", "中级", required=True), True),
        (on("tier", "intermediate", required=True), True),
        (on("tier", "高级", required=True), False),
        (on("issuer", "华为", required=True), True),
        (on("issuer", "华为技术有限公司", required=True), True),
        (on("issuer", "Cisco", required=True), False),
        (on("issuer", "nobody has this name", required=True), False),
    ],
)
def test_a_required_condition_leaves_others_out(real: TestClient, condition: dict[str, Any], stays: bool) -> None:
    (found,) = match(real, named("HCIP", condition, type="Credential"))
    assert (HCIP in [each["id"] for each in found]) is stays


def test_grades_are_understood_as_people_write_them(real: TestClient) -> None:
    for grade in ("三级", "3", 3, "高级工"):
        (found,) = match(real, named("养老护理员", on("grade", grade), type="SkillCertificate"))
        assert features(found[0])["grade"] is True, grade


def test_types_limit_what_is_found(real: TestClient) -> None:
    occupation = f"{ID}occupation/电工"
    for type in ("Occupation", "https://w3id.org/certkg/ontology#Occupation", "occupation"):
        found = ask(real, q={"query": "电工", "type": type})["q"]
        assert found[0]["id"] == occupation
        assert found[0]["match"]
    several = ask(real, q={"query": "电工", "type": ["Occupation", "SkillCertificate"], "type_strict": "any"})["q"]
    assert {each["id"] for each in several[:2]} == {occupation, f"{ID}credential/电工"}
    assert not several[0]["match"], "two things of the wanted types have the name"
    both = ask(real, q={"query": "心理咨询师", "type": ["SkillCertificate", "IndustryCertificate"], "type_strict": "all"})["q"]
    assert all({"SkillCertificate", "IndustryCertificate"} <= {each["id"] for each in candidate["type"]} for candidate in both)


def test_an_identifier_finds_its_thing(real: TestClient) -> None:
    by_name, by_condition = match(real, named(HCIP), {"conditions": [{"matchType": "id", "propertyValue": "credential/hcip"}]})
    assert [each["id"] for each in by_name] == [each["id"] for each in by_condition] == [HCIP]
    assert by_name[0]["match"]
    (unknown,) = match(real, {"conditions": [{"matchType": "id", "propertyValue": f"{ID}credential/none"}]})
    assert unknown == []


def test_hints_alone_list_what_fits_them(real: TestClient) -> None:
    hints = [{"pid": "category", "v": "7103"}, {"pid": "tier", "v": "中级"}, {"pid": "issuer", "v": "华为"}]
    found = ask(real, q={"properties": hints, "limit": 5})["q"]
    assert HCIP in [each["id"] for each in found]
    assert not any(each["match"] for each in found)


def test_suggestions_have_their_form_and_page_on(real: TestClient) -> None:
    first = real.get("/reconcile/suggest/entity", params={"prefix": "工程"}).json()
    second = real.get("/reconcile/suggest/entity", params={"prefix": "工程", "cursor": len(first["result"])}).json()
    shapes.Entities.model_validate(first)
    assert not {each["id"] for each in first["result"]} & {each["id"] for each in second["result"]}
    assert second["result"]
    for prefix in ("HCIP", HCIP, "hcip"):
        assert real.get("/reconcile/suggest/entity", params={"prefix": prefix}).json()["result"][0]["id"] == HCIP
    assert real.get("/reconcile/suggest/entity", params={"prefix": ""}).json() == {"result": []}
    types = real.get("/reconcile/suggest/type", params={"prefix": "职"}).json()
    shapes.Types.model_validate(types)
    assert {"ProfessionalTitle", "Occupation"} <= {each["id"] for each in types["result"]}
    shapes.Properties.model_validate(real.get("/reconcile/suggest/property").json())
    english = real.get("/reconcile/suggest/property", params={"prefix": "tier"}, headers={"Accept-Language": "en-GB, zh;q=0.5"})
    assert english.json()["result"] == [{"id": "tier", "name": "tier", "description": english.json()["result"][0]["description"]}]
    assert english.headers["content-language"] == "en"


@pytest.mark.parametrize(("part", "prefix"), [("entity", "工程"), ("type", ""), ("property", "")])
def test_the_draft_says_how_many_suggestions_and_from_where(real: TestClient, part: str, prefix: str) -> None:
    def suggested(**asked: int) -> list[str]:
        response = real.get(f"/reconcile/suggest/{part}", params={"prefix": prefix, **asked})
        assert response.status_code == 200, response.text
        return [each["id"] for each in response.json()["result"]]

    every = suggested()
    assert suggested(limit=3) == every[:3]
    assert suggested(limit=3, offset=2) == suggested(limit=3, cursor=2) == every[2:5]
    assert suggested(limit=0) == []
    assert len(suggested(limit=999_999)) <= 200


def test_an_identifier_is_suggested_whatever_namesakes_it_has(real: TestClient) -> None:
    namesakes = [each["id"] for each in ask(real, q={"query": "会士"})["q"]]
    for id in namesakes:
        found = real.get("/reconcile/suggest/entity", params={"prefix": id, "limit": 1}).json()["result"]
        assert [each["id"] for each in found] == [id]


def test_columns_are_extended_in_both_versions(real: TestClient) -> None:
    asked = {"ids": [HCIP, "no such thing"], "properties": [{"id": each} for each in properties()]}
    old = real.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    new = real.post("/reconcile/extend", json=asked).json()
    shapes.OldExtension.model_validate(old)
    shapes.NewExtension.model_validate(new)
    row = old["rows"][HCIP]
    assert {each["name"] for each in row["category"]} == {"通信类", "集成电路类"}
    assert row["tier"] == [{"id": f"{ID}tier/intermediate", "name": "中级"}]
    assert row["issuer"][0]["name"] == "华为技术有限公司"
    assert {"str": "7103 通信类 中级"} in row["recognised"]
    assert any(each["str"].startswith("shanghai-shuangshi-2025 462: ") for each in row["source"])
    assert set(old["rows"]["no such thing"]) == set(properties())
    assert not any(old["rows"]["no such thing"].values())
    assert {each["id"]: {every["id"]: every["values"] for every in each["properties"]} for each in new["rows"]} == old["rows"]
    assert new["meta"] == old["meta"]


@pytest.mark.parametrize(
    ("thing", "property", "value"),
    [
        (f"{ID}credential/一级建造师", "title", "工程师"),
        (f"{ID}credential/工程师", "level", "中级"),
        (f"{ID}category/7102", "code", "5102"),
        (f"{ID}category/7102", "broader", "电子与信息大类"),
    ],
)
def test_properties_have_the_values_that_the_documents_print(real: TestClient, thing: str, property: str, value: str) -> None:
    rows = real.post("/reconcile/extend", json={"ids": [thing], "properties": [{"id": property}]}).json()["rows"]
    assert value in {each.get("name") or each.get("str") for each in rows[0]["properties"][0]["values"]}


def test_a_column_may_have_few_values(real: TestClient) -> None:
    def values(setting: Any) -> int:  # noqa: ANN401
        asked = {"ids": [f"{ID}credential/工程师"], "properties": [{"id": "source", "settings": {"limit": setting}}]}
        return len(real.post("/reconcile/extend", json=asked).json()["rows"][0]["properties"][0]["values"])

    assert values("2") == values(2) == 2
    assert values("0") == values("many") == values(None) > 50


def test_properties_are_proposed_for_the_types_that_have_them(real: TestClient) -> None:
    def proposed(**asked: str) -> list[str]:
        response = real.get("/reconcile/extend/propose", params=asked)
        shapes.Proposal.model_validate(response.json())
        return [each["id"] for each in response.json()["properties"]]

    assert "level" in proposed(type="ProfessionalTitle")
    assert "category" in proposed(type="ProfessionalTitle"), "a title is a credential"
    assert "category" not in proposed(type="IndustryAssociation")
    assert "supervisor" in proposed(type="IndustryAssociation")
    assert proposed(type="Credential", limit="2") == proposed(type="Credential")[:2]


def test_a_preview_may_be_framed_and_shows_no_markup_of_a_name(real: TestClient) -> None:
    response = real.get("/reconcile/preview", params={"id": HCIP}, headers={"Accept-Language": "en"})
    assert response.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"
    assert '<html lang="en">' in response.text
    assert "line 462" in response.text
    assert "<script" not in response.text
    assert real.get("/reconcile/preview", params={"id": "<script>"}).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "reason"),
    [
        ("POST", "/reconcile", {"data": {"queries": "{"}}, 400, "JSON"),
        ("POST", "/reconcile", {"data": {"queries": "[]"}}, 400, "object"),
        ("POST", "/reconcile", {"data": {"queries": '{"q": {}}'}}, 400, "query"),
        ("POST", "/reconcile", {"data": {"queries": '{"q": {"query": "\\ud800"}}'}}, 400, "JSON"),
        ("POST", "/reconcile", {"data": {"queries": '{"q": {"query": "a", "type": "Foo"}}'}}, 400, "the types are"),
        ("POST", "/reconcile", {"data": {"queries": '{"q": {"query": "a", "properties": [{"pid": "foo", "v": 1}]}}'}}, 400, "the properties are"),
        ("POST", "/reconcile", {"data": {"queries": '{"q": {"query": "a", "properties": [{"pid": "source", "v": 1}]}}'}}, 400, "hints are"),
        ("POST", "/reconcile", {"data": {"queries": json.dumps({str(n): {"query": "a"} for n in range(101)})}}, 413, "100"),
        ("POST", "/reconcile", {"data": {"other": "a"}}, 400, "queries"),
        ("POST", "/reconcile", {"json": {"queries": []}}, 415, "/reconcile/match"),
        ("POST", "/reconcile/match", {"json": []}, 400, "object"),
        ("POST", "/reconcile/match", {"json": {"queries": [{"conditions": []}]}}, 400, "conditions"),
        ("POST", "/reconcile/match", {"json": {"queries": [{"conditions": [{"v": "a"}]}]}}, 400, "matchType"),
        ("POST", "/reconcile/match", {"json": {"queries": [{"conditions": [{"matchType": "property", "v": "a"}]}]}}, 400, "pid"),
        ("POST", "/reconcile/match", {"json": {"queries": [{"type": ["a"], "conditions": [{"matchType": "name", "v": "a"}]}]}}, 400, "type"),
        ("POST", "/reconcile/match", {"json": {"queries": [{"conditions": [{"matchType": "name", "v": ["a", "b"]}]}]}}, 400, "one name"),
        ("POST", "/reconcile/match", {"content": b"[" * 100_000}, 400, "JSON"),
        ("POST", "/reconcile/match", {"content": b"{}", "headers": {"Content-Type": "text/plain"}}, 415, "application/json"),
        ("POST", "/reconcile/extend", {"json": {"ids": [HCIP]}}, 400, "properties"),
        ("POST", "/reconcile/extend", {"json": {"ids": ["a"] * 201, "properties": []}}, 400, "200"),
        ("POST", "/reconcile/extend", {"json": {"ids": [HCIP], "properties": [{"id": "foo"}]}}, 400, "the properties are"),
        ("GET", "/reconcile/extend/propose?type=Foo", {}, 400, "the types are"),
        ("GET", "/reconcile/extend/propose?limit=-1", {}, 400, "number"),
        ("GET", "/reconcile/suggest/foo", {}, 404, "entity"),
        ("GET", "/reconcile/suggest/entity?prefix=a&cursor=x", {}, 400, "number"),
        ("GET", "/reconcile/suggest/entity?prefix=a&limit=-1", {}, 400, "number"),
        ("GET", "/reconcile/preview", {}, 400, "id"),
        ("GET", "/reconcile/preview?id=none", {}, 404, "graph"),
        ("GET", "/reconcile/flyout/type?id=none", {}, 404, "type"),
        ("GET", "/reconcile/match", {}, 404, "address"),
        ("GET", "/reconcile/foo", {}, 404, "address"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(real: TestClient, method: str, path: str, sent: dict[str, Any], status: int, reason: str) -> None:
    response = real.request(method, path, **sent)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    assert reason in response.json()["detail"]


def test_pages_of_other_hosts_may_ask(real: TestClient) -> None:
    before = real.options("/reconcile/match", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
    assert before.status_code == 204
    assert "POST" in before.headers["access-control-allow-methods"]
    assert real.get("/reconcile", headers={"Origin": "https://example.org"}).headers["access-control-allow-origin"] == "*"


def test_a_login_is_announced_and_asked_for() -> None:
    with client_of(StandIn(), login="teacher:secret") as client:
        assert client.get("/reconcile").status_code == 401


@pytest.mark.parametrize("shape", [shapes.OldManifest, shapes.NewResults, shapes.OldExtension])
def test_the_shapes_refuse_what_is_not_in_the_specification(shape: type[BaseModel]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        shape.model_validate({"other": 1})


@pytest.mark.parametrize(
    ("address", "shape", "wrong"),
    [
        ("", shapes.OldManifest, {"versions": ["1.0-draft"]}),
        ("", shapes.OldManifest, {"authentication": {"type": "password"}}),
        ("", shapes.OldManifest, {"defaultTypes": [{"id": "a", "name": "a"}] * 2}),
        ("", shapes.OldManifest, {"extend": {"property_settings": [{"name": "a", "label": "a", "type": "date", "default": 0, "help_text": "a"}]}}),
        ("/1.0-draft", shapes.NewManifest, {"versions": ["0.2"]}),
        ("/1.0-draft", shapes.NewManifest, {"dir": "up"}),
        ("/1.0-draft", shapes.NewManifest, {"suggest": {"entity": True}}),
    ],
)
def test_the_shapes_refuse_a_manifest_that_the_schemas_refuse(real: TestClient, address: str, shape: type[BaseModel], wrong: dict[str, Any]) -> None:
    manifest = real.get(f"/reconcile{address}").json()
    shape.model_validate_json(json.dumps(manifest | {"authentication": {"type": "basic"}}))
    with pytest.raises(ValueError, match="validation error"):
        shape.model_validate_json(json.dumps(manifest | wrong))


_text = st.text(max_size=40)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=3),
    max_leaves=8,
)
_value = _text | st.integers() | st.booleans() | st.fixed_dictionaries({"id": _text}) | _json
_query = st.fixed_dictionaries(
    {},
    optional={
        "query": _text | _json,
        "type": st.sampled_from(["Credential", "issuer", "Foo"]) | _json,
        "limit": st.integers() | st.floats() | _json,
        "properties": st.lists(st.fixed_dictionaries({"pid": st.sampled_from(sorted(properties())) | _text, "v": _value}), max_size=3) | _json,
    },
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=st.dictionaries(_text, _query, max_size=3) | _json, raw=st.binary(max_size=60))
def test_no_batch_breaks_the_service(real: TestClient, batch: Any, raw: bytes) -> None:  # noqa: ANN401
    form = json.dumps(batch).encode()
    for response in (
        real.post("/reconcile", data={"queries": form}),
        real.post("/reconcile", data={"extend": form}),
        real.post("/reconcile", content=raw, headers={"Content-Type": "application/x-www-form-urlencoded"}),
        real.post("/reconcile/match", content=form),
        real.post("/reconcile/match", content=raw),
        real.get("/reconcile/suggest/entity", params={"prefix": raw}),
    ):
        assert response.status_code < 500, response.text
        if response.status_code >= 400:
            assert response.json()["detail"]


def test_exact_ways_are_those_of_the_linker() -> None:
    linker = Linker.load(BUILD / "index")
    for name, way in (("HCIP", EXACT[0]), ("7102", EXACT[1])):
        assert linker.link(name).candidates[0].features["match"] == way
