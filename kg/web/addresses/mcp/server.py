"""The protocol's server: the official SDK's, with our tools and resources."""

import json
import logging
from collections.abc import Iterable
from typing import Any

import anyio
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.lowlevel.helper_types import ReadResourceContents
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import McpError
from pydantic import AnyUrl

from kg.web.addresses.mcp.resources import resources
from kg.web.addresses.mcp.tools import tools
from kg.web.services import Services

_INSTRUCTIONS = (
    "Official Chinese rules on vocational credentials (Shanghai, Nantong and Jiangsu, Zhejiang) as a knowledge graph. Ask with `ask`; repeat its verdict and "
    "citations; `unknown` means that the documents cannot say, never no. Use `link` or `search` for IRIs, `describe` and `source_lines` for proof, `sparql` "
    "for counts and lists."
)
_NOT_FOUND = -32002


def make_server(services: Services) -> Server[Any, Any]:
    """The server on an open application."""
    # The SDK's records quote requests, which may hold people's questions; each request has its own line in our log.
    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    server: Server[Any, Any] = Server("certkg", str(services.version["version"]), _INSTRUCTIONS)
    known = tools(services)

    @server.list_tools()  # type: ignore[no-untyped-call,untyped-decorator]
    async def list_tools() -> list[types.Tool]:
        return [tool.described() for tool in known.values()]

    @server.call_tool()  # type: ignore[untyped-decorator]
    async def call_tool(name: str, arguments: dict[str, Any]) -> tuple[list[types.ContentBlock], dict[str, Any]]:
        if name not in known:
            raise ValueError(f"there is no tool {name[:100]!r}; the tools are {', '.join(known)}")
        told = await known[name].call(arguments)
        return [types.TextContent(type="text", text=json.dumps(told, ensure_ascii=False))], told

    @server.list_resources()  # type: ignore[no-untyped-call,untyped-decorator]
    async def list_resources() -> list[types.Resource]:
        return [types.Resource(uri=AnyUrl(each.uri), name=each.name, description=each.about, mimeType=each.media_type) for each in resources().values()]

    @server.read_resource()  # type: ignore[no-untyped-call,untyped-decorator]
    async def read_resource(uri: AnyUrl) -> Iterable[ReadResourceContents]:
        found = resources().get(str(uri).rstrip("/"))
        if found is None:
            raise McpError(types.ErrorData(code=_NOT_FOUND, message="there is no such resource; resources/list names those that there are"))
        return [ReadResourceContents(found.text(), found.media_type)]

    return server


def serve_standard_streams(services: Services) -> None:
    """Serve one client on standard input and output until it closes them.

    Args:
        services: the open application.
    """

    async def served() -> None:
        server = make_server(services)
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(served)
