"""/api: what each address gives, one shape for all refusals, and requests made from the OpenAPI description."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks

from kg.ask import Answer
from web.conftest import StandIn, client_of, make_answer

HCIP = "https://w3id.org/certkg/id/credential/hcip"
FLAGSHIP = "does 华为HCIP count for 7102 中级?"
OPERATIONS = ("ask", "askFirst", "link", "search", "describe", "adjudicate", "documents", "lines")


@pytest.fixture(scope="module")
def description(real: TestClient) -> dict[str, Any]:
    """The OpenAPI description."""
    made: dict[str, Any] = real.get("/api/openapi.json").json()
    return made


def test_the_description_has_every_address_with_its_refusals(description: dict[str, Any]) -> None:
    operations = [operation for path in description["paths"].values() for operation in path.values()]
    assert {each["operationId"] for each in operations} == set(OPERATIONS)
    for each in operations:
        assert each["description"]
        assert {"400", "413", "422", "503"} <= set(each["responses"])
        for status, response in each["responses"].items():
            kind = "application/json" if status == "200" else "application/problem+json"
            assert list(response["content"]) == [kind]
            assert response["content"][kind]["schema"]["$ref"].rpartition("/")[2] in description["components"]["schemas"]


def test_the_page_for_people_has_the_same_addresses(real: TestClient, description: dict[str, Any]) -> None:
    page = real.get("/api").text
    assert all(f"{method.upper()} {path}" in page for path, methods in description["paths"].items() for method in methods)
    assert "<script" not in page


def test_a_login_and_a_published_path_are_described() -> None:
    with client_of(StandIn(), login="a:b", root_path="/certkg") as client:
        made = client.get("/api/openapi.json", auth=("a", "b")).json()
    assert made["servers"] == [{"url": "/certkg"}]
    assert made["security"] == [{"login": []}]
    assert made["components"]["securitySchemes"]["login"]["scheme"] == "basic"


def test_a_question_gets_the_same_answer_at_both_addresses(real: TestClient) -> None:
    asked = {"question": "那7103呢？", "history": [FLAGSHIP]}
    new, old = real.post("/api/v1/ask", json=asked), real.post("/api/ask", json=asked)
    assert new.status_code == 200
    assert new.json() == old.json()
    assert new.json()["verdict"] == "yes"
    assert new.json()["citations"][0]["line"] == 462


def test_names_are_linked_in_their_order(real: TestClient) -> None:
    asked = {"names": ["oracle的ocp", "今天天气不错", "会士", "oracle的ocp"], "type": "credential", "top": 2}
    first, nothing, several, again = real.post("/api/v1/link", json=asked).json()["links"]
    assert first["linked"]
    assert first["candidates"][0]["label"] == "OCP"
    assert first["candidates"][0]["features"]["match"] == "exact name"
    assert not nothing["linked"]
    assert several["tie"]
    assert again == first


def test_things_are_found_and_described(real: TestClient) -> None:
    found = real.get("/api/v1/search", params={"q": "hcip", "limit": 3}).json()["results"]
    assert found[0]["thing"]["iri"] == HCIP
    told = real.get("/api/v1/describe", params={"iri": HCIP}).json()
    assert told["name"]["zh"] == "HCIP"
    (rows,) = [each for each in told["incoming"] if each["kind"].endswith("#Recognition")]
    assert {each["source"]["line"] for each in rows["facts"]} == {462, 464}
    unknown = real.get("/api/v1/describe", params={"iri": f"{HCIP}-none"})
    assert unknown.status_code == 404
    assert "/api/v1/search" in unknown.json()["detail"]


def test_rows_are_ruled_on_as_questions_are(real: TestClient) -> None:
    rows = [
        {"certificate": "HCIP", "category": "7103", "tier": "中级", "issuer": "华为"},
        {"certificate": "电工", "category": "7102", "tier": "中级"},
        {"certificate": "", "category": "7102"},
        {"certificate": "HCIP", "category": "没有这个专业", "tier": "中级"},
    ]
    verdicts = real.post("/api/v1/adjudicate", json={"rows": rows}).json()["verdicts"]
    assert [each["verdict"] for each in verdicts] == ["yes", "unknown", "clarify", "clarify"]
    assert (verdicts[0]["document"], verdicts[0]["lines"]) == ("shanghai-shuangshi-2025", "462")
    assert all(each["look"] for each in verdicts[1:])
    english = real.post("/api/v1/adjudicate", json={"rows": rows[:1], "language": "en"}).json()["verdicts"]
    assert english[0]["reason"].startswith("Yes")


def test_a_row_that_fails_tells_nothing_of_the_program() -> None:
    with client_of(StandIn()) as client:
        verdicts = client.post("/api/v1/adjudicate", json={"rows": [{"certificate": "my secret"}]}).json()["verdicts"]
    assert verdicts == [{"verdict": "error", "reason": "", "matched": "", "document": "", "lines": "", "text": "", "confidence": None, "look": []}]


def test_documents_print_their_lines(real: TestClient) -> None:
    documents = {each["id"]: each for each in real.get("/api/v1/documents").json()["documents"]}
    assert len(documents) == 4
    told = real.get("/api/v1/documents/shanghai-shuangshi-2025/lines/462").json()
    assert told["document"] == documents["shanghai-shuangshi-2025"]
    assert "华为技术有限公司: HCIP(中级认证)" in {each["text"] for each in told["entries"]}
    several = real.get("/api/v1/documents/shanghai-shuangshi-2025/lines/460", params={"last": 464}).json()
    many = real.get("/api/v1/documents/shanghai-shuangshi-2025/lines/460", params={"last": 2000}).json()
    assert (many["first"], many["last"]) == (460, 509)
    assert {462, 464} <= {each["line"] for each in several["entries"]} <= set(range(460, 465))


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "reason"),
    [
        ("POST", "/api/v1/ask", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 400, "not JSON"),
        ("POST", "/api/v1/ask", {"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}}, 400, ""),
        ("POST", "/api/v1/ask", {"data": {"question": "a"}}, 422, "Content-Type: application/json"),
        ("POST", "/api/v1/ask", {"json": {"question": "a", "histroy": []}}, 422, "histroy"),
        ("POST", "/api/v1/ask", {"json": {"question": "a" * 2001}}, 422, "2000"),
        ("POST", "/api/v1/ask", {"json": {"question": "  "}}, 422, "empty"),
        ("POST", "/api/v1/ask", {"json": {"question": "a", "history": ["b"] * 21}}, 422, "history"),
        ("POST", "/api/v1/link", {"json": {"names": []}}, 422, "names"),
        ("POST", "/api/v1/link", {"json": {"names": ["a"] * 1001}}, 422, "1000"),
        ("POST", "/api/v1/link", {"json": {"names": ["a"], "type": "Foo"}}, 422, "'credential'"),
        ("POST", "/api/v1/link", {"content": b'{"names": ["\\ud800"]}', "headers": {"Content-Type": "application/json"}}, 422, "unicode"),
        ("POST", "/api/v1/link", {"content": b'{"names": ["a"], "\\ud800": 1}', "headers": {"Content-Type": "application/json"}}, 422, ""),
        ("POST", "/api/v1/link", {"json": {"names": ["a"], "top": "5"}}, 422, "top"),
        ("POST", "/api/v1/link", {"json": {"names": ["a"], "top": True}}, 422, "top"),
        ("GET", "/api/v1/search?q=", {}, 422, "q"),
        ("GET", "/api/v1/search?q=a&limit=101", {}, 422, "100"),
        ("GET", "/api/v1/describe", {}, 422, "iri"),
        ("POST", "/api/v1/adjudicate", {"json": {"rows": [{}]}}, 422, "certificate"),
        ("POST", "/api/v1/adjudicate", {"json": {"rows": [{"certificate": "a"}] * 201}}, 422, "200"),
        ("GET", "/api/v1/documents/none/lines/1", {}, 404, "shanghai-shuangshi-2025"),
        ("GET", "/api/v1/documents/shanghai-shuangshi-2025/lines/2643", {}, 404, "2642"),
        ("GET", "/api/v1/documents/shanghai-shuangshi-2025/lines/9?last=8", {}, 404, "first"),
        ("GET", "/api/v1/documents/shanghai-shuangshi-2025/lines/x", {}, 422, "first"),
        ("GET", "/api/v1/ask", {}, 405, "POST"),
        ("DELETE", "/api/v1/documents/a/lines/1", {}, 405, "GET"),
        ("GET", "/api/v2/ask", {}, 404, "openapi.json"),
        ("GET", "/api/", {}, 404, "openapi.json"),
    ],
)
def test_every_refusal_has_one_shape(
    real: TestClient, description: dict[str, Any], method: str, path: str, sent: dict[str, Any], status: int, reason: str
) -> None:
    response = real.request(method, path, follow_redirects=False, **sent)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert set(response.json()) == set(description["components"]["schemas"]["Problem"]["required"]) == {"type", "title", "status", "detail"}
    assert response.json()["status"] == status
    assert reason in response.json()["detail"]
    if status == 405:
        assert response.headers["allow"] == reason


def test_a_failure_gives_nothing_away(real: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> Answer:
        raise KeyError("my secret")

    monkeypatch.setattr("kg.web.addresses.api.addresses.find", fail)
    with client_of(StandIn(fail)) as client:
        refused = [client.post("/api/v1/ask", json={"question": "a"}), real.get("/api/v1/search", params={"q": "my secret"})]
    for response in refused:
        assert response.status_code == 500
        assert "secret" not in response.text
        assert "reference" in response.json()["detail"]


def test_slow_requests_of_one_client_leave_the_rest_alone() -> None:
    going, started = threading.Event(), threading.Semaphore(0)

    def wait(question: str, history: object) -> Answer:
        if question != "other":
            started.release()
            going.wait(20)
        return make_answer(question=question)

    with client_of(StandIn(wait), trusted_proxies="*") as client, ThreadPoolExecutor(12) as pool:
        slow = [pool.submit(client.post, "/api/v1/ask", json={"question": f"{number}"}) for number in range(6)]
        for _ in range(4):
            assert started.acquire(timeout=10)
        assert not started.acquire(timeout=0.3), "a client has four requests worked on at a time"
        # Other clients, the operator and the page are answered meanwhile.
        other = client.post("/api/ask", json={"question": "other"}, headers={"X-Forwarded-For": "10.0.0.7"})
        assert other.json()["question"] == "other"
        assert client.get("/health").status_code == 200
        assert client.get("/").status_code == 200
        going.set()
        assert {each.result().status_code for each in slow} == {200}


def test_a_client_that_asks_too_much_is_told_when_to_come_back() -> None:
    with client_of(StandIn(), program_requests=3) as client:
        answers = [client.get("/api/openapi.json") for _ in range(4)]
        page = client.get("/")
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert answers[-1].headers["content-type"] == "application/problem+json"
    assert "3 requests a minute" in answers[-1].json()["detail"]
    assert page.status_code == 200


def test_the_published_path_is_no_way_around_that() -> None:
    with client_of(StandIn(), program_requests=2, root_path="/certkg") as client:
        assert [client.get(f"{path}/api/openapi.json").status_code for path in ("", "/certkg", "", "/certkg")] == [200, 200, 429, 429]


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
@pytest.mark.parametrize("operation", OPERATIONS)
def test_requests_made_from_the_description_are_answered_as_it_says(
    real: TestClient, description: dict[str, Any], operation: str, mode: schemathesis.GenerationMode
) -> None:
    read = [each for each in schemathesis.openapi.from_dict(description).get_all_operations() if isinstance(each, Ok)]
    described = {each.ok().definition.raw["operationId"]: each.ok() for each in read}
    if operation == "documents" and mode is schemathesis.GenerationMode.NEGATIVE:
        # It takes nothing that could be wrong.
        assert "parameters" not in described[operation].definition.raw
        return

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=described[operation].as_strategy(generation_mode=mode))
    def sent(case: Any) -> None:  # noqa: ANN401
        request = case.as_transport_kwargs()
        request.pop("cookies", None)
        response = real.request(**request)
        # A question is counted and looked at without what cannot be seen, which no schema can say.
        excluded = [checks.positive_data_acceptance, checks.negative_data_rejection] if operation.startswith("ask") else []
        case.validate_response(response, excluded_checks=excluded)
        assert response.status_code < 500

    sent()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=30), method=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"]), body=st.binary(max_size=50))
def test_no_address_breaks(real: TestClient, path: str, method: str, body: bytes) -> None:
    safe = path.encode("ascii", "ignore").decode().replace("?", "").replace("#", "")
    for base in ("/api/", "/api/v1/", "/api/v1/documents/"):
        response = real.request(method, base + "".join(char for char in safe if char.isprintable()), content=body, follow_redirects=False)
        assert response.status_code < 500
