"""The query half of the SPARQL 1.1 Protocol: an HTTP request read as an operation, or refused with the reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl

from kg.store import FORMATS
from kg.web.addresses.negotiation import wanted

QUERY, FORM, UPDATE = "application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update"
ACCEPTED = f"{QUERY}, {FORM}"
#: Media types beside those of the formats, with the formats that they may mean: of a table or truth value, and of a graph.
_ALSO = {"application/json": ("json", "jsonld"), "application/xml": ("xml", "rdfxml"), "text/xml": ("xml", "rdfxml")}
_MEANINGS = {format.media_type: (name,) for name, format in FORMATS.items()} | _ALSO
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PARAMETERS = 200
_READ_ONLY = "Updates are refused: this endpoint is read-only."


class Refused(Exception):
    """A request that is no query operation: the HTTP status and the reason."""

    def __init__(self, status: int, reason: str) -> None:
        """Remember both."""
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Operation:
    """A query operation.

    Attributes:
        query: the text; None where a GET has none, which asks for the service description.
        default_graphs: the graphs to take as default graph.
        named_graphs: the graphs to take as named graphs.
        format: what the parameter `format` says; empty without one.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""


def read_get(query_string: bytes) -> Operation:
    """Read the operation of a GET.

    Args:
        query_string: what stands after the question mark.

    Raises:
        Refused: it is no query operation.
    """
    operation = _operation(_parameters(query_string, "the address"))
    if operation.query is None and (operation.default_graphs or operation.named_graphs):
        raise Refused(400, "There is no query: add the parameter query.")
    return operation


def read_post(query_string: bytes, content_type: str | None, content_encoding: str | None, body: bytes) -> Operation:
    """Read the operation of a POST, direct or URL-encoded.

    Args:
        query_string: what stands after the question mark.
        content_type: the header.
        content_encoding: the header.
        body: the body.

    Raises:
        Refused: it is no query operation.
    """
    if content_encoding and content_encoding.strip().lower() != "identity":
        raise Refused(415, f"The content encoding {content_encoding[:50]!r} is not read; send the body as it is.")
    kind, charset = _media_type(content_type)
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refused(415, f"The charset {charset[:50]!r} is not read; send UTF-8.")
    around = _parameters(query_string, "the address")
    if kind == UPDATE:
        raise Refused(403, _READ_ONLY)
    if kind == FORM:
        operation = _operation(around + _parameters(body, "the body"))
    elif kind == QUERY:
        operation = _operation([*around, ("query", _utf8(body, "the body"))])
    else:
        raise Refused(415, f"The content type {kind[:100]!r} is not read; send {ACCEPTED}." if kind else f"The content type is missing; send {ACCEPTED}.")
    if operation.query is None:
        raise Refused(400, "There is no query: the body needs the parameter query.")
    return operation


def formats(operation: Operation, accept: str | None) -> dict[str, str]:
    """The formats that a client wants, the most wanted first, each with the media type to send it as.

    Args:
        operation: may name a format, which comes before the header.
        accept: the Accept header.

    Raises:
        Refused: the client wants none that there is.
    """
    if operation.format:
        asked = operation.format.strip().lower()
        names = _MEANINGS.get(asked) or tuple(name for name, format in FORMATS.items() if asked in (name, format.extension))
        if not names:
            raise Refused(400, f"There is no format {operation.format[:100]!r}; the formats are {', '.join(FORMATS)}.")
        return {name: FORMATS[name].media_type for name in names}
    chosen: dict[str, str] = {}
    for media_type in wanted(accept, tuple(_MEANINGS)):
        for name in _MEANINGS[media_type]:
            chosen.setdefault(name, media_type)
    if not chosen:
        raise Refused(406, f"Nothing that the Accept header allows can be written; ask for one of {', '.join(_MEANINGS)}.")
    return chosen


def _operation(parameters: Sequence[tuple[str, str]]) -> Operation:
    """Put the parameters in their places; those that nobody knows are passed over, as other endpoints do."""
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise Refused(403, _READ_ONLY)
    for name in ("query", "format"):
        if len(values.get(name, ())) > 1:
            raise Refused(400, f"The parameter {name} comes {len(values[name])} times; send it once.")
    query, form = values.get("query", [None])[0], values.get("format", [""])[0]
    return Operation(query, tuple(values.get("default-graph-uri", ())), tuple(values.get("named-graph-uri", ())), form or "")


def _parameters(encoded: bytes, place: str) -> list[tuple[str, str]]:
    """Read URL-encoded parameters strictly: what is not UTF-8 is refused and not replaced."""
    text = _utf8(encoded, place)
    broken = _BROKEN_ESCAPE.search(text)
    if broken:
        there = text[broken.start() : broken.start() + 3]
        raise Refused(400, f"{place.capitalize()} has a % that begins no escape, at {there!r}; a percent sign is written %25.")
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_PARAMETERS)
    except UnicodeDecodeError as error:
        raise Refused(400, f"{place.capitalize()} is not UTF-8 under its URL encoding.") from error
    except ValueError as error:
        raise Refused(400, f"{place.capitalize()} has more than {_PARAMETERS} parameters.") from error


def _utf8(encoded: bytes, place: str) -> str:
    """Bytes as text."""
    try:
        return encoded.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"{place.capitalize()} is not UTF-8, from byte {error.start + 1} on.") from error


def _media_type(content_type: str | None) -> tuple[str, str]:
    """The media type and the charset of a Content-Type header, in lower case; empty where there is none."""
    header = Message()
    header["content-type"] = re.sub(r"[^\x20-\x7e]", "", content_type or "")
    charset = header.get_param("charset", "")
    return (content_type or "").partition(";")[0].strip().lower(), charset.lower() if isinstance(charset, str) else "?"
