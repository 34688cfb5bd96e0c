"""/sparql: the query half of the SPARQL 1.1 Protocol, read-only, within limits; a GET without query is the service description."""

from functools import cache
from typing import cast

import anyio
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from kg.store import Document, FormatRefused, GraphStore, Limits, QueryRefused, QuerySyntaxError, QueryTimeout, StoreBusy, StoreError, StoreUnreadable
from kg.store import QueryFailed as Failed
from kg.web.addresses.cors import CORS, preflight
from kg.web.addresses.negotiation import wanted
from kg.web.addresses.protocol import ACCEPTED, Operation, Refused, formats, read_get, read_post
from kg.web.addresses.service_description import MEDIA_TYPES, GraphSize, graph_sizes, service_description
from kg.web.logs import LOGGER
from kg.web.problems import problem
from kg.web.rates import Rates, TooMany
from kg.web.services import Services

METHODS = "GET, HEAD, POST, OPTIONS"
_OTHERS = ("PUT", "PATCH", "DELETE")
HTML = "text/html"
#: Queries that wait in threads of their own, so that none of the threads that answer people is taken.
_THREADS = 64
#: How long a query waits for others of the same client.
PATIENCE_SECONDS = 10.0
#: What a cut result says of itself, by format; the formats that are not here have no place for it.
_NOTES = {
    "json": (b'{"warnings":["%s"],', b""),
    "xml": (b"", b"<!-- %s -->\n"),
    "turtle": (b"# %s\n", b""),
    "ntriples": (b"# %s\n", b""),
    "rdfxml": (b"", b"<!-- %s -->\n"),
}


def router(services: Services) -> APIRouter:
    """The address /sparql."""
    addresses = APIRouter()
    settings = services.settings
    limits = Limits(seconds=settings.sparql_seconds, rows=settings.sparql_rows)
    rates = Rates(settings.sparql_requests, settings.sparql_work, settings.sparql_at_a_time)
    store = cast(GraphStore, services.asker.context.store)

    @cache
    def threads() -> anyio.CapacityLimiter:
        return anyio.CapacityLimiter(_THREADS)

    @cache
    def sizes() -> tuple[GraphSize, ...]:
        return graph_sizes(store)

    @addresses.api_route("/sparql", methods=[*METHODS.split(", "), *_OTHERS], include_in_schema=False)
    async def sparql(request: Request) -> Response:
        """Answer a query, describe the service, or say why not."""
        if request.method in _OTHERS:
            return problem(405, f"Use one of {METHODS}.", {**CORS, "Allow": METHODS})
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=preflight(METHODS))
        try:
            response = await answer(request)
        except Refused as refused:
            response = problem(refused.status, str(refused), {"Accept-Post": ACCEPTED} if refused.status == 415 else None)
        except TooMany as much:
            response = problem(429, str(much), {"Retry-After": str(much.seconds)})
        except StoreError as error:
            if isinstance(error, StoreUnreadable):
                LOGGER.exception("store")
            response = problem(_status(error), str(error))
        response.headers.update({**CORS, "Vary": "Accept"})
        if request.method == "HEAD":
            # The length stays that of the body that GET would send.
            response.body = b""
        return response

    async def answer(request: Request) -> Response:
        query_string: bytes = request.scope["query_string"]
        if request.method == "POST":
            headers = request.headers
            operation = read_post(query_string, headers.get("content-type"), headers.get("content-encoding"), await request.body())
        else:
            operation = read_get(query_string)
        accept = ", ".join(request.headers.getlist("accept")) or None
        async with rates.turn(request.client.host if request.client else "", PATIENCE_SECONDS):
            if operation.query is None:
                return await describe(request, operation, accept)
            chosen = formats(operation, accept)
            document = await anyio.to_thread.run_sync(run, operation, tuple(chosen), limiter=threads())
        return _written(document, chosen[document.format], limits.rows)

    def run(operation: Operation, names: tuple[str, ...]) -> Document:
        assert operation.query is not None
        return store.run(operation.query, limits=limits, format=names, default_graphs=operation.default_graphs, named_graphs=operation.named_graphs)

    async def describe(request: Request, operation: Operation, accept: str | None) -> Response:
        offers = wanted(accept, (*MEDIA_TYPES, HTML)) if not operation.format else list(formats(operation, None).values())
        kind = next((each for each in offers if each in (*MEDIA_TYPES, HTML)), None)
        if kind is None:
            raise Refused(406, f"The service description can be written as {', '.join(MEDIA_TYPES)}; for a query, add the parameter query.")
        if kind == HTML:
            return RedirectResponse(f"{request.scope.get('root_path', '')}/", 303)
        graphs = await anyio.to_thread.run_sync(sizes, limiter=threads())
        try:
            body = service_description(str(request.url.replace(query="")), graphs, kind)
        except ValueError as error:
            raise Refused(400, "The Host header of the request makes no web address.") from error
        return Response(body, media_type=kind)

    return addresses


def _written(document: Document, media_type: str, rows: int) -> Response:
    """A result as a response; one that was cut says so in a header and in the body.

    Raises:
        Refused: it was cut and its format has no place to say so.
    """
    kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    if not document.capped:
        return Response(document.body, headers={"Content-Type": kind})
    told = f"The result was cut at {rows} rows or triples, the most that this endpoint sends; add LIMIT and OFFSET with ORDER BY, and ask in parts."
    if document.format not in _NOTES:
        formats = ", ".join(_NOTES)
        raise Refused(422, f"The result has more than {rows} rows or triples, and {document.format} cannot say that it is cut. Ask in parts, or for {formats}.")
    before, after = (each % told.encode() if each else b"" for each in _NOTES[document.format])
    body = document.body.removeprefix(b"{") if document.format == "json" else document.body
    return Response(before + body + after, headers={"Content-Type": kind, "X-SPARQL-MaxRows": str(rows)})


def _status(error: StoreError) -> int:
    """The HTTP status of a query that has no result: 503 for the time limit, a full house and a store that cannot be read; else the query is at fault."""
    if isinstance(error, QueryTimeout | StoreBusy | StoreUnreadable):
        return 503
    if isinstance(error, FormatRefused):
        return 406
    if isinstance(error, QueryRefused | QuerySyntaxError):
        return 400
    return 422 if isinstance(error, Failed) else 503
