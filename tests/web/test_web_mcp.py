"""MCP: the protocol's official client lists, calls and reads; over HTTP and on standard streams; what is refused, and what a stranger's page cannot do."""

import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import anyio
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcp import ClientSession, McpError, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamablehttp_client
from mcp.shared.memory import create_connected_server_and_client_session
from mcp.types import CallToolResult, TextContent, TextResourceContents
from pydantic import AnyUrl

from kg.web import ServeError, Settings
from kg.web.addresses.mcp.server import make_server
from kg.web.server import open_services
from kg.web.services import Services
from web.conftest import BUILD, ROOT, Site, StandIn, client_of

HCIP = "https://w3id.org/certkg/id/credential/hcip"
FLAGSHIP = "does 华为HCIP count for 7102 中级?"
TOOLS = ("ask", "link", "search", "describe", "source_lines", "sparql")
HEADERS = {"Accept": "application/json, text/event-stream", "Host": "127.0.0.1"}
Told = TypeVar("Told")
Work = Callable[[ClientSession], Awaitable[Told]]


@pytest.fixture(scope="module")
def services() -> Services:
    """The real build, without a web server."""
    try:
        return open_services(BUILD, Settings())
    except ServeError as error:
        pytest.skip(f"no build to answer from: {error}")


def connected(services: Services, work: Work[Told]) -> Told:
    """Do some work as the official client, connected in memory."""

    async def done() -> Told:
        async with create_connected_server_and_client_session(make_server(services)) as client:
            return await work(client)

    return anyio.run(done)


def called(services: Services, name: str, **arguments: Any) -> CallToolResult:  # noqa: ANN401
    return connected(services, lambda client: client.call_tool(name, arguments))


def given_by(services: Services, name: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    """What a tool gives; the text says the same as the structure, whose form the client has checked."""
    result = called(services, name, **arguments)
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert not result.isError, content.text
    assert result.structuredContent is not None
    assert json.loads(content.text) == result.structuredContent
    return result.structuredContent


def refused(services: Services, name: str, **arguments: Any) -> str:  # noqa: ANN401
    result = called(services, name, **arguments)
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert result.isError
    return content.text


def read(services: Services, uri: str) -> str:
    (content,) = connected(services, lambda client: client.read_resource(AnyUrl(uri))).contents
    assert isinstance(content, TextResourceContents)
    return content.text


def test_tools_are_described_and_only_read(services: Services) -> None:
    tools = {each.name: each for each in connected(services, lambda client: client.list_tools()).tools}
    assert set(tools) == set(TOOLS)
    for tool in tools.values():
        assert tool.description
        assert tool.outputSchema
        assert tool.annotations
        assert tool.annotations.readOnlyHint


def test_a_question_is_answered_with_its_lines(services: Services) -> None:
    told = given_by(services, "ask", question="那7103呢？", history=[FLAGSHIP])
    assert told == services.desk.ask("那7103呢？", [FLAGSHIP]).to_dict() | {
        key: json.loads(json.dumps(told[key])) for key in ("citations", "items", "entities", "suggestions")
    }
    assert (told["verdict"], told["citations"][0]["line"]) == ("yes", 462)


def test_names_are_linked_found_and_described(services: Services) -> None:
    first, nothing = given_by(services, "link", names=["oracle的ocp", "今天天气不错"], type="credential", top=1)["links"]
    assert first["candidates"][0]["label"] == "OCP"
    assert not nothing["linked"]
    assert given_by(services, "search", text="hcip", limit=1)["results"][0]["thing"]["iri"] == HCIP
    told = given_by(services, "describe", iri=HCIP)
    assert {fact["source"]["line"] for each in told["incoming"] for fact in each["facts"]} == {462, 464}


def test_lines_are_read_from_the_documents(services: Services) -> None:
    told = given_by(services, "source_lines", document="shanghai-shuangshi-2025", first=462)
    assert "华为技术有限公司: HCIP(中级认证)" in {each["text"] for each in told["entries"]}
    assert given_by(services, "source_lines", document="shanghai-shuangshi-2025", first=460, last=2000)["last"] == 509


def test_queries_are_run_within_limits_that_are_told(services: Services) -> None:
    told = given_by(services, "sparql", query=f"SELECT ?issuer WHERE {{ <{HCIP}> <https://w3id.org/certkg/ontology#issuedBy> ?issuer }}")
    assert told == {"format": "tsv", "text": "?issuer\n<https://w3id.org/certkg/id/organization/华为技术有限公司>\n", "rows": 1, "cut": False}
    assert given_by(services, "sparql", query=f"ASK {{ <{HCIP}> ?p ?o }}")["text"].strip() == "true"
    many = given_by(services, "sparql", query="SELECT ?s WHERE { ?s ?p ?o }")
    assert (many["rows"], many["cut"]) == (200, True)
    graph = given_by(services, "sparql", query=f"CONSTRUCT {{ <{HCIP}> ?p ?o }} WHERE {{ <{HCIP}> ?p ?o }}")
    assert graph["format"] == "turtle"
    assert len(list(ox.parse(graph["text"], format=ox.RdfFormat.TURTLE))) == graph["rows"]


@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("ask", {"question": "   "}, "empty"),
        ("ask", {"question": "a" * 2001}, "too long"),
        ("ask", {"question": "a", "other": 1}, "other"),
        ("ask", {}, "question"),
        ("link", {"names": ["a"], "type": "Foo"}, "Foo"),
        ("describe", {"iri": "none"}, "search"),
        ("source_lines", {"document": "/etc/passwd", "first": 1}, "shanghai-shuangshi-2025"),
        ("source_lines", {"document": "shanghai-shuangshi-2025", "first": 2, "last": 1}, "1 to 2642"),
        ("sparql", {"query": "SELECT"}, "line 1"),
        ("sparql", {"query": "DROP ALL"}, "read-only"),
        ("sparql", {"query": "SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, "SERVICE"),
        ("none", {}, "ask, link"),
    ],
)
def test_what_cannot_be_done_is_told_as_an_error_of_the_tool(services: Services, name: str, arguments: dict[str, Any], reason: str) -> None:
    assert reason in refused(services, name, **arguments)


def test_a_failure_gives_nothing_away(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise KeyError("my secret")

    monkeypatch.setattr("kg.web.addresses.mcp.tools.find", fail)
    said = refused(services, "search", text="my secret")
    assert "secret" not in said
    assert "reference" in said


def test_the_vocabulary_and_the_queries_are_resources(services: Services) -> None:
    listed = [str(each.uri) for each in connected(services, lambda client: client.list_resources()).resources]
    assert len(listed) == len(set(listed)) > 50
    for uri in ("certkg://ontology", "certkg://vocabulary/tiers"):
        assert len(list(ox.parse(read(services, uri), format=ox.RdfFormat.TURTLE))) > 20
    index = read(services, "certkg://queries")
    queries = [uri for uri in listed if uri.startswith("certkg://queries/")]
    assert all(f"`{uri}`" in index for uri in queries)
    for uri in queries[::10]:
        assert given_by(services, "sparql", query=read(services, uri))["rows"] >= 1, uri
    prefixed = read(services, "certkg://prefixes") + "SELECT ?label WHERE { <https://w3id.org/certkg/id/tier/junior> skos:prefLabel ?label }"
    assert given_by(services, "sparql", query=prefixed)["rows"] == 2


@pytest.mark.parametrize("uri", ["certkg://none", "file:///etc/passwd", "certkg://queries/../../README"])
def test_nothing_else_is_read(services: Services, uri: str) -> None:
    async def read_it(client: ClientSession) -> None:
        with pytest.raises(McpError, match="no such resource"):
            await client.read_resource(AnyUrl(uri))

    connected(services, read_it)


def post(client: TestClient, method: str, headers: dict[str, str] | None = None, **params: Any) -> Any:  # noqa: ANN401
    return client.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": method, "params": params}, headers=HEADERS | (headers or {}))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:7860"}, 200),
        ({"Host": "[::1]:7860"}, 200),
        ({"Host": "192.168.1.7"}, 200),
        ({"Origin": "http://localhost:6274"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[broken"}, 403),
    ],
)
def test_a_strangers_page_cannot_ask_through_a_browser(real: TestClient, headers: dict[str, str], status: int) -> None:
    response = post(real, "ping", headers)
    assert response.status_code == status
    if status != 200:
        assert "CERTKG_MCP_HOSTS" in response.json()["detail"]


@pytest.mark.parametrize(("hosts", "status"), [("certkg.example.org", 200), ("other.example, certkg.example.org", 200), ("*", 200), ("", 421)])
def test_the_operator_names_the_hosts(hosts: str, status: int) -> None:
    with client_of(StandIn(), mcp_hosts=hosts) as client:
        assert post(client, "ping", {"Host": "certkg.example.org", "Origin": "https://certkg.example.org"}).status_code == status


def test_a_login_is_asked_for() -> None:
    with client_of(StandIn(), login="a:b") as client:
        assert post(client, "ping").status_code == 401
        assert client.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "ping"}, headers=HEADERS, auth=("a", "b")).status_code == 200


def test_other_methods_and_bodies_are_refused(real: TestClient) -> None:
    for method in ("GET", "DELETE", "PUT"):
        response = real.request(method, "/mcp", headers=HEADERS)
        assert (response.status_code, response.headers["allow"]) == (405, "POST")
    for body in (b"{", b"[" * 100_000, b"\xff"):
        response = real.post("/mcp", content=body, headers=HEADERS | {"Content-Type": "application/json"})
        assert response.status_code == 400
        assert response.json()["error"]["code"] == -32700
    assert post(real, "none").json()["error"]


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(TOOLS), arguments=_json, whole=_json)
def test_no_request_breaks_it(real: TestClient, name: str, arguments: Any, whole: Any) -> None:  # noqa: ANN401
    assert post(real, "tools/call", name=name, arguments=arguments).status_code < 500
    assert real.post("/mcp", json=whole, headers=HEADERS).status_code < 500


async def _asked(client: ClientSession) -> CallToolResult:
    await client.initialize()
    assert {each.name for each in (await client.list_tools()).tools} == set(TOOLS)
    assert "ckg:Recognition" in str((await client.read_resource(AnyUrl("certkg://ontology"))).contents[0])
    return await client.call_tool("ask", {"question": FLAGSHIP})


@pytest.mark.slow
def test_the_official_client_asks_over_http(site: Site) -> None:
    async def done() -> CallToolResult:
        async with streamablehttp_client(f"{site.url}mcp") as (reading, writing, _), ClientSession(reading, writing) as client:
            return await _asked(client)

    result = anyio.run(done)
    assert result.structuredContent
    assert result.structuredContent["verdict"] == "yes"


@pytest.mark.slow
def test_the_official_client_asks_on_standard_streams() -> None:
    if not (BUILD / "store").exists():
        pytest.skip("nothing is built: run make build")

    @asynccontextmanager
    async def started() -> AsyncIterator[ClientSession]:
        program = StdioServerParameters(command=sys.executable, args=["-m", "kg.cli", "mcp"], cwd=ROOT, env=dict(os.environ))
        async with stdio_client(program) as (reading, writing), ClientSession(reading, writing) as client:
            yield client

    async def done() -> CallToolResult:
        with anyio.fail_after(120):
            async with started() as client:
                return await _asked(client)

    result = anyio.run(done)
    assert result.structuredContent
    assert result.structuredContent["verdict"] == "yes"
