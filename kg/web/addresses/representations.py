"""What the pages and data of linked data have in common: the format and language a client wants, and answers that it may keep."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response
from starlette.responses import FileResponse

from kg.store import FORMATS, Format
from kg.web.addresses.cors import CORS, preflight
from kg.web.addresses.negotiation import wanted
from kg.web.labels import LANGUAGES, TAGS
from kg.web.problems import Problem, problem

HTML = "text/html"
METHODS = "GET, HEAD, OPTIONS"
#: Methods that are answered, be it with a refusal; left alone, the others would go on to the page.
ANSWERED = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
#: The formats of graphs: file extension → format.
BY_EXTENSION: Mapping[str, Format] = {each.extension: each for each in FORMATS.values() if each.graph}
_BY_TYPE = {each.media_type: each for each in BY_EXTENSION.values()}
_LANGUAGE = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[\w-]+)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?")


def other_method(request: Request) -> Response | None:
    """The answer to a method that reads nothing: to OPTIONS what is allowed, to any other a refusal; None for GET and HEAD."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=preflight(METHODS))
    if request.method not in METHODS:
        return problem(405, f"This address is only read: use {METHODS}.", {**CORS, "Allow": METHODS})
    return None


def chosen_format(request: Request, html: bool = True) -> Format | None:
    """The format that the Accept header wants most; None for HTML.

    Args:
        request: the request.
        html: whether there is a page.

    Raises:
        Problem: 406, none is acceptable.
    """
    offers = [HTML] * html + list(_BY_TYPE)
    header = request.headers.get("accept")
    found = wanted(header, offers)
    if not found:
        raise Problem(f"Nothing acceptable: this is offered as {', '.join(offers)}.", 406)
    return _BY_TYPE.get(found[0])


def chosen_language(request: Request) -> str:
    """The language of a page: what `?lang=` says, else what the browser wants most, else Chinese."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    best, quality = LANGUAGES[0], 0.0
    for part in request.headers.get("accept-language", "").split(","):
        match = _LANGUAGE.fullmatch(part)
        if match and match[1].lower() in LANGUAGES and float(match[2] or 1) > quality:
            best, quality = match[1].lower(), float(match[2] or 1)
    return best


def answer(request: Request, body: str | bytes, media_type: str, made: datetime | None, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that a client may keep and ask about again; 304 where it has it already.

    Args:
        request: the request.
        body: the whole answer.
        media_type: its media type.
        made: when what it says was last changed, if that is known.
        headers: more headers.
    """
    content = body.encode() if isinstance(body, str) else body
    kept = {**CORS, "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "Cache-Control": "no-cache", **(headers or {})}
    if made:
        kept["Last-Modified"] = format_datetime(made, usegmt=True)
    if unchanged(request, kept):
        return Response(status_code=304, headers=kept)
    return Response(content, media_type=f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type, headers=kept)


def file_answer(request: Request, response: FileResponse) -> Response:
    """A file as it is, or 304 where the client has it already."""
    return Response(status_code=304, headers=dict(response.headers)) if unchanged(request, response.headers) else response


def unchanged(request: Request, kept: Mapping[str, str]) -> bool:
    """Whether the client has this already (RFC 9110, section 13.2.2).

    Args:
        request: the request.
        kept: the headers of the answer.
    """
    headers = {name.lower(): value for name, value in kept.items()}
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or headers["etag"].removeprefix("W/") in [each.strip().removeprefix("W/") for each in tags.split(",")]
    since = request.headers.get("if-modified-since")
    if since is None or "last-modified" not in headers:
        return False
    try:
        return parsedate_to_datetime(headers["last-modified"]) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def language_headers(language: str) -> dict[str, str]:
    """The headers of a page in a language that was negotiated."""
    return {"Content-Language": TAGS[language], "Vary": "Accept, Accept-Language"}
