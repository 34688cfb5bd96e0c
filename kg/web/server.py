"""The web server: Gradio's page at /, JSON at /api/ask, /health and /version, in one process."""

import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from kg import __version__
from kg.ask import Asker
from kg.building import BUILD
from kg.store import StoreError, read_manifest
from kg.web.addresses import ADDRESSES, sheets
from kg.web.desk import Desk, Refusal
from kg.web.guards import Fair, Login, Observed, Sized
from kg.web.logs import log, start_logs
from kg.web.page import make_page, theme
from kg.web.problems import Problem, problem, told
from kg.web.rates import Rates
from kg.web.services import STATIC, Services
from kg.web.settings import Settings
from kg.web.tabs import TABS

ROOT = Path(__file__).parents[2]
#: Longer than proxies keep a connection, so that they never send a request into one that is being closed.
KEEP_ALIVE_SECONDS = 75
#: The addresses of which each client has its share; /sparql counts by itself.
PROGRAMS = ("/api", "/reconcile", "/mcp")


class ServeError(RuntimeError):
    """The application cannot be served; the message says why and what to do."""


def serve(build: Path, host: str | None = None, port: int | None = None) -> None:
    """Serve until SIGINT or SIGTERM; requests that run then get `stop_seconds` to end.

    Args:
        build: the folder with what `certkg build` made.
        host: the address; the setting when not given.
        port: the port; the setting when not given.

    Raises:
        ServeError: the port is in use, or nothing usable is built.
        SettingsError: a setting cannot be used.
    """
    settings = Settings.read()
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    # The port comes first: opening store and index takes seconds.
    with _listen(settings) as listener:
        print("certkg: opening store and index …", file=sys.stderr, flush=True)
        app = open_app(build, settings)
        config = uvicorn.Config(
            app, log_config=None, access_log=False, timeout_graceful_shutdown=settings.stop_seconds, timeout_keep_alive=KEEP_ALIVE_SECONDS, proxy_headers=False
        )
        print(f"certkg: {_address(settings)} (Ctrl-C stops)", file=sys.stderr, flush=True)
        server = uvicorn.Server(config)
        for number in (signal.SIGINT, signal.SIGTERM):
            # uvicorn raises the signal again after it has stopped; that is no failure.
            signal.signal(number, lambda *_: None)
        server.run(sockets=[listener])


def _address(settings: Settings) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)
    return f"http://{shown}:{settings.port}{settings.root_path}/"


def _listen(settings: Settings) -> socket.socket:
    """The socket to serve on.

    Raises:
        ServeError: the address cannot be had.
    """
    try:
        listener = socket.create_server((settings.host, settings.port), family=socket.AF_INET6 if ":" in settings.host else socket.AF_INET, backlog=2048)
    except OSError as error:
        other, why = settings.port % 65535 + 1, os.strerror(error.errno) if error.errno else error
        raise ServeError(
            f"cannot listen on {settings.host} port {settings.port}: {why}. Another program, perhaps another certkg, may be using it; "
            f"choose another port: make serve PORT={other}, or certkg serve --port {other}"
        ) from None
    # Else a body waits up to 40 ms for the acknowledgement of its headers: asyncio does not set this where the protocol is left open, as here.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def open_app(build: Path, settings: Settings | None = None) -> FastAPI:
    """The application on what is built.

    Args:
        build: the folder with what `certkg build` made.
        settings: the operator's settings; read from the environment when not given.

    Raises:
        ServeError: nothing is built, or store or index are damaged.
    """
    services = open_services(build, settings or Settings.read())
    return make_app(services.asker, services.settings, dict(services.version), build)


def open_services(build: Path, settings: Settings) -> Services:
    """What tabs, addresses and other ways to be asked work with.

    Args:
        build: the folder with what `certkg build` made.
        settings: the operator's settings.

    Raises:
        ServeError: nothing is built, or store or index are damaged.
    """
    if not (build / "store").exists() or not (build / "index").exists():
        raise ServeError(f"nothing is built in {build}: run `make build` (or `certkg build`) first")
    try:
        asker = Asker.open(build)
        triples = read_manifest(build / "store").triples
    except (StoreError, ValueError, OSError) as error:
        raise ServeError(f"what is built in {build} cannot be used: {error} If that does not help, `make clean build` makes everything again.") from error
    return _services(asker, settings, {"version": __version__, "triples": triples}, build)


def _services(asker: Asker, settings: Settings, version: Mapping[str, Any], build: Path) -> Services:
    return Services(asker, Desk(asker, settings.log_questions, settings.history_turns, settings.concurrency), settings, version, build)


def make_app(asker: Asker, settings: Settings, version: dict[str, Any], build: Path = BUILD) -> FastAPI:
    """The application with an asker that is open; it is closed when the application stops.

    Args:
        asker: answers the questions.
        settings: the operator's settings.
        version: what /version tells.
        build: the folder with what `certkg build` made.
    """
    start_logs(settings.log_level)
    settings = replace(settings, feedback=ROOT / settings.feedback)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        log("started", **version)
        yield
        close = getattr(asker.context.store, "close", None)
        if close:
            close()
        log("stopped")

    app = FastAPI(title="certkg", version=__version__, lifespan=life, docs_url=None, redoc_url=None, root_path=settings.root_path)
    services = _services(asker, settings, version, build)
    for router in ADDRESSES:
        app.include_router(router(services))
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Problem, _refused)
    _mount_page(app, services)
    app.add_middleware(Sized, most=settings.body_bytes, larger={sheets.PATH: settings.sheet_bytes})
    app.add_middleware(Fair, rates=Rates(settings.program_requests, settings.program_work, settings.program_at_a_time), paths=PROGRAMS)
    if settings.login:
        app.add_middleware(Login, login=settings.login)
    app.add_middleware(Observed)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies)
    return app


async def _http_problem(request: Request, error: Exception) -> Response:
    """An unknown address or method as problem details."""
    assert isinstance(error, HTTPException)
    return problem(error.status_code, str(error.detail), error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    """A request that does not fit what its address takes, as problem details that name the places."""
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    if any(each["type"] == "json_invalid" for each in faults):
        return problem(400, "the body is not JSON")
    if any(each["loc"] == ("body",) and each["type"].endswith("_type") for each in faults):
        return problem(422, "the body must be a JSON object, with Content-Type: application/json")
    return problem(422, told(faults))


async def _refused(request: Request, error: Exception) -> Response:
    """What an address refuses, with its reason."""
    assert isinstance(error, Refusal | Problem)
    return problem(error.status, str(error))


def _mount_page(app: FastAPI, services: Services) -> None:
    """Put the Gradio page at /."""
    settings = services.settings
    page = make_page([tab(services) for tab in TABS])
    # What a launched page is told by launch(); a mounted one reads it here.
    page.state_session_capacity = settings.sessions
    page.queue(max_size=settings.queue, default_concurrency_limit=settings.concurrency, api_open=False)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        root_path=settings.root_path or None,
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=settings.body_bytes,
        allowed_paths=[],
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=theme(),
        css_paths=sorted(STATIC.glob("*.css")),
        favicon_path=STATIC / "favicon.png",
        app_kwargs={"docs_url": None, "redoc_url": None},
    )
