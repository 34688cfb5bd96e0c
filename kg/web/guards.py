"""What stands before every request: login, size, security headers, a line in the log. Plain ASGI, so that streams are not held up."""

import base64
import binascii
import json
import logging
import secrets
import time
from collections.abc import Mapping, Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.logs import log
from kg.web.rates import Rates, TooMany

Headers = Sequence[tuple[bytes, bytes]]
#: Nothing may be loaded from or sent to another host; Gradio's own page needs inline script and eval.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
SECURITY: Headers = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
#: Requests that a page makes by the dozen; they are logged at DEBUG.
_QUIET = ("/assets/", "/static/", "/gradio_api/", "/theme.css", "/favicon.ico")
OPEN_TO_ALL = ("/health",)
#: Seconds that a program's request waits for that client's own other requests.
PATIENCE = 30


def problem(status: int, title: str, detail: str, headers: Headers = ()) -> tuple[Message, Message]:
    """The two messages of an application/problem+json response (RFC 9457)."""
    body = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail}, ensure_ascii=False).encode()
    kind = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode()), *headers]
    return {"type": "http.response.start", "status": status, "headers": kind}, {"type": "http.response.body", "body": body}


class Observed:
    """Adds the security headers and logs each request: method, path without its query (it may hold a question), status, time."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        started, status = time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                # What an address says of itself holds: a preview is there to be framed by other pages.
                own = {name.lower() for name, _ in message["headers"]}
                message = {**message, "headers": [*message["headers"], *(header for header in SECURITY if header[0] not in own)]}
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            level = logging.DEBUG if scope["path"].startswith(_QUIET) else logging.INFO
            taken = round(1000 * (time.perf_counter() - started), 1)
            log("request", level, method=scope["method"], path=scope["path"][:200], status=status, milliseconds=taken)


class Login:
    """Asks for one user name and password (HTTP Basic) before everything but `OPEN_TO_ALL`."""

    def __init__(self, app: ASGIApp, login: str) -> None:
        """Stand before an application; `login` is user:password."""
        self._app, self._login = app, login.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] not in ("http", "websocket") or scope["path"] in OPEN_TO_ALL or self._knows(scope):
            return await self._app(scope, receive, send)
        for message in problem(401, "Unauthorized", "User name and password are needed.", [(b"www-authenticate", b'Basic realm="certkg", charset="UTF-8"')]):
            await send(message)

    def _knows(self, scope: Scope) -> bool:
        """Whether the request carries the right user and password."""
        kind, _, given = dict(scope["headers"]).get(b"authorization", b"").partition(b" ")
        try:
            return kind.lower() == b"basic" and secrets.compare_digest(base64.b64decode(given, validate=True), self._login)
        except binascii.Error:
            return False


class Fair:
    """Lets each client have its share of the addresses for programs, and no more."""

    def __init__(self, app: ASGIApp, rates: Rates, paths: Sequence[str]) -> None:
        """Stand before an application; `rates` counts, for `paths` and all that is below them."""
        self._app, self._rates, self._paths = app, rates, tuple(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or not self._counts(scope):
            return await self._app(scope, receive, send)
        try:
            async with self._rates.turn((scope.get("client") or ("",))[0], PATIENCE):
                await self._app(scope, receive, send)
        except TooMany as much:
            for message in problem(429, "Too Many Requests", str(much), [(b"retry-after", str(much.seconds).encode())]):
                await send(message)

    def _counts(self, scope: Scope) -> bool:
        """Whether a request is for one of the addresses, which are found with and without the path under which the application is published."""
        asked = scope["path"].removeprefix(scope.get("root_path", ""))
        return any(asked == path or asked.startswith(f"{path}/") for path in self._paths)


class TooLarge(Exception):
    """A body grew over the limit while it came in."""


class Sized:
    """Refuses requests whose body is larger than allowed, also where its length is not told or told wrong."""

    def __init__(self, app: ASGIApp, most: int, larger: Mapping[str, int] | None = None) -> None:
        """Stand before an application; `most` is the number of bytes that are read, `larger` path → another number."""
        self._app, self._most, self._larger = app, most, larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        told = dict(scope["headers"]).get(b"content-length", b"0")
        most = self._larger.get(scope["path"], self._most)
        read, started = 0, False

        async def receiving() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise TooLarge
            return message

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            if told.isdigit() and int(told) > most:
                raise TooLarge
            await self._app(scope, receiving, sending)
        except TooLarge:
            if started:
                raise
            for message in problem(413, "Content Too Large", f"A request may have {most:,} bytes."):
                await send(message)
