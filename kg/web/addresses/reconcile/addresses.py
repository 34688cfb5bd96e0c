"""The service's addresses: version 0.2 at /reconcile, which OpenRefine uses; 1.0 (draft) at /reconcile/1.0-draft, and but for its manifest at /reconcile."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from kg.describe import describe, find
from kg.web.addresses.cors import CORS, preflight
from kg.web.addresses.reconcile import manifest, pages
from kg.web.addresses.reconcile.answers import Answers
from kg.web.addresses.reconcile.matching import Matcher
from kg.web.addresses.reconcile.requests import read_extension, read_matches, read_queries
from kg.web.addresses.reconcile.vocabulary import Vocabulary, key_of, properties
from kg.web.addresses.work import in_thread
from kg.web.desk import Refusal
from kg.web.labels import browser_language
from kg.web.problems import Problem, problem
from kg.web.services import Services

#: Suggestions that are given at a time where the client does not say how many, and after how many there are no more.
SUGGESTED, DEEPEST = 20, 200
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_FRAMED = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"}
Made = Callable[[Request], Awaitable[Response]]


def router(services: Services) -> APIRouter:
    """The addresses under /reconcile."""
    addresses = APIRouter(include_in_schema=False)
    service = _Service(services)
    for path, methods, made in (
        ("", ["GET", "POST"], service.old),
        ("/1.0-draft", ["GET"], service.new),
        ("/features", ["GET"], service.features),
        ("/flyout/{part}", ["GET"], service.flyout),
    ):
        addresses.add_api_route(f"/reconcile{path}", _told(made, methods), methods=[*methods, "HEAD", "OPTIONS"])
    for path, methods, made in (
        ("/match", ["POST"], service.match),
        ("/extend", ["POST"], service.extend),
        ("/extend/propose", ["GET"], service.propose),
        ("/suggest/{part}", ["GET"], service.suggest),
        ("/preview", ["GET"], service.preview),
    ):
        for base in ("/reconcile", "/reconcile/1.0-draft"):
            addresses.add_api_route(f"{base}{path}", _told(made, methods), methods=[*methods, "HEAD", "OPTIONS"])
    addresses.add_api_route("/reconcile/{rest:path}", _told(service.none, ["GET"]), methods=["GET", "HEAD", "POST"])
    return addresses


def _told(made: Made, methods: list[str]) -> Made:
    """An address whose refusals are problem details, and which pages of other hosts may read."""

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=preflight(", ".join([*methods, "OPTIONS"])))
        try:
            response = await made(request)
        except (Problem, Refusal) as error:
            response = problem(error.status, str(error))
        except HTTPException as error:
            response = problem(error.status_code, str(error.detail))
        response.headers.update(CORS)
        return response

    return answer


class _Service:
    """The parts of the service; each makes the answer to a request."""

    def __init__(self, services: Services) -> None:
        """Take the open store and linker."""
        self._services = services
        self._context = services.asker.context
        self._opened: tuple[Vocabulary, Matcher] | None = None

    @property
    def _vocabulary(self) -> Vocabulary:
        return self._open()[0]

    def _open(self) -> tuple[Vocabulary, Matcher]:
        """Vocabulary and matcher, made at the first request."""
        if self._opened is None:
            vocabulary = Vocabulary(self._context)
            self._opened = vocabulary, Matcher(self._context.linker, vocabulary)
        return self._opened

    async def old(self, request: Request) -> Response:
        """Version 0.2: the manifest, or a batch of queries or an extension in a parameter or form field."""
        given = await _fields(request)
        language = _language(request)
        if "queries" in given:
            return JSONResponse(await in_thread(self._reconciled, given["queries"], language))
        if "extend" in given:
            return JSONResponse(await in_thread(self._extended, given["extend"], language))
        if request.method == "POST":
            raise Problem("there is neither “queries” nor “extend” in the form")
        return JSONResponse(await in_thread(lambda: manifest.old(self._services, self._vocabulary, str(request.base_url), language)))

    async def new(self, request: Request) -> Response:
        """The manifest of version 1.0."""
        return JSONResponse(await in_thread(lambda: manifest.new(self._services, self._vocabulary, str(request.base_url), _language(request))))

    async def match(self, request: Request) -> Response:
        """Version 1.0: a batch of queries."""
        body = await _json(request)
        language = _language(request)
        return JSONResponse({"results": await in_thread(self._matched, body, language)}, headers=_content(language))

    async def extend(self, request: Request) -> Response:
        """Version 1.0: properties of things."""
        body = await _json(request)
        language = _language(request)
        found = await in_thread(self._extended, body, language)
        rows = [{"id": id, "properties": [{"id": name, "values": values} for name, values in row.items()]} for id, row in found["rows"].items()]
        return JSONResponse({"meta": found["meta"], "rows": rows}, headers=_content(language))

    async def propose(self, request: Request) -> Response:
        """The properties that things of a type have."""
        asked = request.query_params
        limit = _number(asked.get("limit"), len(properties()))
        language = _language(request)

        def proposed() -> dict[str, Any]:
            type = asked.get("type") or ""
            within = self._type_above(type) if type else frozenset()
            fitting = [each for each in properties().values() if not type or within & set(each.types)]
            return {"type": type, "limit": limit, "properties": Answers(self._vocabulary, language).properties(fitting[:limit])}

        return JSONResponse(await in_thread(proposed), headers=_content(language))

    async def suggest(self, request: Request) -> Response:
        """Things, types or properties that begin with what was typed."""
        asked = request.query_params
        prefix = (asked.get("prefix") or "").strip()
        # Version 0.2 says “cursor”, the draft “offset”, and only the draft has “limit”.
        skipped = _number(asked.get("offset") or asked.get("cursor"), 0)
        part = slice(skipped, skipped + min(_number(asked.get("limit"), SUGGESTED), DEEPEST))
        language = _language(request)
        made = {"entity": self._entities, "type": self._types, "property": self._properties}.get(request.path_params["part"])
        if made is None:
            raise Problem("there are suggestions for entity, type and property", 404)
        return JSONResponse(await in_thread(made, prefix, part, language), headers=_content(language))

    async def preview(self, request: Request) -> Response:
        """A page on a thing."""
        language = _language(request)
        node = await in_thread(lambda: describe(self._context.store, self._vocabulary.iri(_id(request))))
        if node is None:
            raise Problem("there is no such thing in the graph", 404)
        return HTMLResponse(pages.preview(node, language), headers=_FRAMED | _content(language))

    async def features(self, request: Request) -> Response:
        """A page on what the features of a score mean."""
        language = _language(request)
        return HTMLResponse(pages.explained(language), headers=_FRAMED | _content(language))

    async def flyout(self, request: Request) -> Response:
        """A few words on a suggestion."""
        language, id = _language(request), _id(request)
        name, about = await in_thread(self._flown, request.path_params["part"], id, language)
        return JSONResponse({"id": id, "html": pages.flyout(name, about)}, headers=_content(language))

    async def none(self, request: Request) -> Response:
        """Any other address or method below /reconcile."""
        raise Problem("there is no such address or method; GET /reconcile tells what there is", 404)

    def _reconciled(self, text: str, language: str) -> dict[str, Any]:
        queries = read_queries(text)
        found = self._candidates(list(queries.values()), language)
        return {key: {"result": each} for key, each in zip(queries, found, strict=True)}

    def _matched(self, body: bytes, language: str) -> list[dict[str, Any]]:
        return [{"candidates": each} for each in self._candidates(read_matches(body), language)]

    def _candidates(self, queries: list[Any], language: str) -> list[list[dict[str, Any]]]:
        vocabulary, matcher = self._open()
        answers = Answers(vocabulary, language)
        try:
            found = matcher.match(queries)
        except ValueError as error:
            raise Problem(str(error)) from None
        return [[answers.candidate(match) for match in matches] for matches in found]

    def _extended(self, text: str | bytes, language: str) -> dict[str, Any]:
        extension = read_extension(text)
        answers = Answers(self._vocabulary, language)
        return {"meta": answers.meta(extension), "rows": answers.rows(extension)}

    def _type_above(self, type: str) -> frozenset[str]:
        try:
            return self._vocabulary.within(type)
        except ValueError as error:
            raise Problem(str(error)) from None

    def _entities(self, prefix: str, part: slice, language: str) -> dict[str, Any]:
        node = self._vocabulary.nodes.get(self._vocabulary.iri(prefix)) if "/" in prefix else None
        # Of a thing that is named by its identifier, the namesakes must not leave it out.
        most = DEEPEST if node else min(part.stop, DEEPEST)
        found = find(self._context.store, self._context.linker, node.label if node else prefix, most) if prefix else ()
        if node:
            found = tuple(each for each in found if each.thing.iri == node.iri)
        return Answers(self._vocabulary, language).entities(found[part])

    def _types(self, prefix: str, part: slice, language: str) -> dict[str, Any]:
        known = self._vocabulary.types().values()
        fitting = [each for each in known if _begins(prefix, each.id, each.name.zh, each.name.en)]
        return Answers(self._vocabulary, language).types(fitting[part])

    def _properties(self, prefix: str, part: slice, language: str) -> dict[str, Any]:
        fitting = [each for each in properties().values() if _begins(prefix, each.id, each.name.zh, each.name.en)]
        return {"result": Answers(self._vocabulary, language).properties(fitting[part])}

    def _flown(self, part: str, id: str, language: str) -> tuple[str, str]:
        """Name and description of a suggestion."""
        if part == "property" and id in properties():
            return properties()[id].name.best(language)[0], properties()[id].about.best(language)[0]
        if part == "type" and id in self._vocabulary.types():
            return self._vocabulary.types()[id].name.best(language)[0], id
        node = describe(self._context.store, self._vocabulary.iri(id)) if part == "entity" else None
        if node is None:
            raise Problem("there is no such thing, type or property", 404)
        return node.name.best(language)[0], " · ".join([each.name.best(language)[0] for each in node.types[:1]] + [each.text for each in node.labels[:4]])


def _begins(prefix: str, *names: str) -> bool:
    """Whether a name, or a word of it, begins with what was typed."""
    typed = key_of(prefix)
    return any(key_of(name).startswith(typed) for each in names for name in (each, *each.split()))


async def _fields(request: Request) -> dict[str, str]:
    """The parameters, or the fields of a form."""
    if request.method != "POST":
        return dict(request.query_params)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _FORMS:
        raise Problem("send a form with the field “queries” or “extend”; JSON goes to /reconcile/match and /reconcile/extend", 415)
    async with request.form(max_files=0, max_fields=20) as form:
        return {key: value for key, value in form.items() if not isinstance(value, UploadFile)}


async def _json(request: Request) -> bytes:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in ("application/json", ""):
        raise Problem("send application/json", 415)
    return await request.body()


def _id(request: Request) -> str:
    id = request.query_params.get("id")
    if not id:
        raise Problem("the parameter “id” is missing")
    return id


def _number(text: str | None, otherwise: int) -> int:
    """A number of at least 0 from a parameter."""
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Problem(f"{text[:50]!r} is not a number")
    return int(text)


def _language(request: Request) -> str:
    """The language that a client prefers, Chinese where it says nothing."""
    return browser_language(request.headers.get("accept-language") or "zh")


def _content(language: str) -> dict[str, str]:
    return {"Content-Language": language, "Vary": "Accept-Language"}
