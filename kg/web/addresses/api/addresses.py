"""The addresses under /api: version 1, the older /api/ask, and the description of them all."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.routing import Match

from kg.adjudicate.judging import Case, Judge
from kg.ask import Answer
from kg.describe import Description, describe, find
from kg.web.addresses import lines
from kg.web.addresses.api import document, models
from kg.web.addresses.work import in_thread
from kg.web.problems import Problem, problem
from kg.web.services import Services

#: The longest IRI and the longest search that are taken.
_IRI, _SEARCH = 2000, 200


def router(services: Services) -> APIRouter:
    """The addresses under /api."""
    addresses = APIRouter(prefix="/api", responses=document.REFUSALS)
    context = services.asker.context

    @addresses.post("/v1/ask", operation_id="ask")
    async def ask(asked: models.AskRequest) -> Answer:
        """Answer a question in Chinese or English, with the lines that prove the answer; the answer is in the question's language."""
        return await in_thread(services.desk.ask, asked.question, asked.history)

    @addresses.post("/v1/link", operation_id="link")
    async def link(asked: models.LinkRequest) -> models.Links:
        """Find the things that free-text names mean, with scores and what explains them; or say that nothing is near enough."""
        found = await in_thread(context.linker.link_many, asked.names, asked.type and asked.type.value, asked.top)
        return models.Links(tuple(found))

    @addresses.get("/v1/search", operation_id="search")
    async def search(
        q: Annotated[str, Query(min_length=1, max_length=_SEARCH, description="a code, a name or part of it, an abbreviation, or pinyin")],
        limit: Annotated[int, Query(ge=1, le=models.RESULTS)] = 20,
    ) -> models.Results:
        """Find things by whatever a person types."""
        return models.Results(await in_thread(find, context.store, context.linker, q, limit))

    @addresses.get("/v1/describe", operation_id="describe", responses=document.UNKNOWN)
    async def describe_node(iri: Annotated[str, Query(min_length=1, max_length=_IRI, examples=["https://w3id.org/certkg/id/credential/hcip"])]) -> Description:
        """Tell everything of a thing: names, facts with their printed lines, what points to it."""
        found = await in_thread(describe, context.store, iri)
        if found is None:
            raise Problem("there is no such thing in the graph; /api/v1/search finds things by their names", 404)
        return found

    @addresses.post("/v1/adjudicate", operation_id="adjudicate")
    async def adjudicate(asked: models.AdjudicateRequest) -> models.Verdicts:
        """Rule on rows: does this certificate count for this 专业类 at this tier? The judgement is that of `ask`."""
        return models.Verdicts(await in_thread(_ruled, services, asked))

    @addresses.get("/v1/documents", operation_id="documents")
    async def all_documents() -> models.Documents:
        """List the documents that the graph was read from."""
        return models.Documents(await in_thread(lines.documents, context.store))

    @addresses.get("/v1/documents/{id}/lines/{first}", operation_id="lines", responses=document.UNKNOWN)
    async def printed(
        id: Annotated[str, Path(max_length=100, examples=["shanghai-shuangshi-2025"])],
        first: Annotated[int, Path(ge=1, le=1_000_000, examples=[427])],
        last: Annotated[
            int | None, Query(ge=1, le=1_000_000, description=f"at most {lines.MOST} lines are given at a time; `last` of the answer tells")
        ] = None,
    ) -> lines.Lines:
        """Give what some lines of a document print."""
        return await in_thread(lines.printed, context.store, id, first, last)

    @addresses.post("/ask", operation_id="askFirst", response_model=Answer, openapi_extra=document.ASKED, tags=["older"])
    async def ask_first(request: Request) -> Response:
        """Answer a question; the address of the first version, which also takes a body without a media type."""
        try:
            asked = json.loads(await request.body())
        except (ValueError, RecursionError):
            return problem(400, 'the body is not JSON; send {"question": "…", "history": ["…"]}')
        if not isinstance(asked, dict) or "question" not in asked:
            return problem(422, 'a JSON object with "question" is needed, and may have "history", a list of the earlier questions')
        answer = await in_thread(services.desk.ask, asked["question"], asked.get("history") or [])
        return JSONResponse(answer.to_dict())

    @addresses.get("/openapi.json", include_in_schema=False)
    def openapi(request: Request) -> JSONResponse:
        """The description of these addresses."""
        return JSONResponse(document.described(addresses, services, request))

    @addresses.get("", include_in_schema=False)
    def page(request: Request) -> HTMLResponse:
        """The same for people."""
        return HTMLResponse(document.page(document.described(addresses, services, request)))

    @addresses.api_route("/{rest:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"], include_in_schema=False)
    def no_such(rest: str, request: Request) -> Response:
        """Any other address or method under /api."""
        known = [route for route in addresses.routes[:-1] if route.matches(request.scope)[0] is Match.PARTIAL]
        if not known:
            return problem(404, "there is no such address; /api/openapi.json describes those that there are")
        allowed = ", ".join(sorted({method for route in known for method in getattr(route, "methods", None) or ()}))
        return problem(405, f"use {allowed}", {"Allow": allowed})

    return addresses


def _ruled(services: Services, asked: models.AdjudicateRequest) -> tuple[models.Verdict, ...]:
    """The verdicts on the rows of a request; a judge is nobody else's meanwhile."""
    judge = Judge(services.asker, asked.language)
    rulings: dict[Case, Any] = {}
    cases = [Case(row.certificate, row.grade, row.category, row.tier, row.issuer) for row in asked.rows]
    for case in cases:
        if case not in rulings:
            rulings[case] = judge.rule(case)
    return tuple(_verdict(rulings[case]) for case in cases)


def _verdict(ruling: Any) -> models.Verdict:  # noqa: ANN401
    # What failed within the program is no business of a client's.
    look = () if ruling.verdict == "error" else ruling.look
    return models.Verdict(ruling.verdict, ruling.reason, ruling.matched, ruling.document, ruling.lines, ruling.text, ruling.confidence, look)
