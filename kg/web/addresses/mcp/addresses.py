"""/mcp: streamable HTTP, a request at a time, without sessions."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import PARSE_ERROR
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from kg.web.addresses.mcp.server import make_server
from kg.web.problems import problem
from kg.web.services import Services


def router(services: Services) -> APIRouter:
    """The address /mcp."""
    address = _Address(services)
    addresses = APIRouter(lifespan=address.life)
    addresses.routes.append(Route("/mcp", address))
    return addresses


class _Address:
    """The ASGI application at the address."""

    def __init__(self, services: Services) -> None:
        """Remember what to serve, and under which names."""
        self._services = services
        self._hosts = frozenset(name.strip().lower() for name in services.settings.mcp_hosts.split(",")) - {""}
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def life(self, app: object) -> AsyncIterator[None]:
        """Serve while the application runs."""
        self._manager = StreamableHTTPSessionManager(make_server(self._services), json_response=True, stateless=True)
        async with self._manager.run():
            yield
        self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        request = Request(scope, receive)
        if request.method != "POST":
            refusal = problem(405, "use POST; there are no sessions to listen to or to end", {"Allow": "POST"})
            return await refusal(scope, receive, send)
        for header in ("host", "origin"):
            if (name := request.headers.get(header)) is not None and not self._is_ours(name, header):
                refusal = problem(
                    421 if header == "host" else 403, f"{header.title()} {name[:100]!r} is not known here; the operator can name it in CERTKG_MCP_HOSTS"
                )
                return await refusal(scope, receive, send)
        # Read here, where a body that grows too large is still refused with its own status.
        body = await request.body()
        try:
            json.loads(body)
        except (ValueError, RecursionError):
            # The SDK takes deep nesting for a failure of its own.
            refusal = JSONResponse({"jsonrpc": "2.0", "id": None, "error": {"code": PARSE_ERROR, "message": "the body is not JSON"}}, 400)
            return await refusal(scope, receive, send)
        assert self._manager is not None, "the application has not started"
        await self._manager.handle_request(scope, _again(body, receive), send)

    def _is_ours(self, name: str, header: str) -> bool:
        """Whether a request may name this host, or come from a page of it.

        Another site can lead a browser here only by a name of its own that it points at our address (DNS rebinding): an address in digits, localhost
        and the operator's names are safe.
        """
        try:
            host = (urlsplit(name if header == "origin" else f"//{name}").hostname or "").lower()
        except ValueError:
            return False
        return "*" in self._hosts or host in self._hosts or host == "localhost" or _is_address(host)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _again(body: bytes, receive: Receive) -> Receive:
    """What gives a body that was read already, then whatever comes."""
    left = [body]

    async def receiving() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return receiving
