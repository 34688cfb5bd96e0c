"""The description of /api: as OpenAPI for programs, and as a page for people."""

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi

from kg.web.addresses.api.models import AskRequest, Problem
from kg.web.addresses.pages import page as html_page
from kg.web.services import Services

Json = dict[str, Any]
_WHY = {
    400: "the body is not JSON",
    401: "a login is asked for, and the right one did not come",
    404: "there is no such thing",
    405: "the address knows other methods",
    413: "the request is too large",
    422: "a field is missing, unknown, too long or of another type; `detail` names it",
    429: "one client asks too much; `Retry-After` says when to come back",
    500: "the program failed; `detail` has a reference that stands in the log",
    503: "too many queries wait, or the store cannot be read; `Retry-After` says when to come back",
}


def _refusal(status: int) -> Json:
    return {"description": _WHY[status], "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}


#: How each address may refuse a request, and those besides that look something up.
REFUSALS: dict[int | str, Json] = {status: _refusal(status) for status in _WHY if status != 404}
UNKNOWN: dict[int | str, Json] = {404: _refusal(404)}
#: The body of the address that reads it by itself.
ASKED = {"requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{AskRequest.__name__}"}}}}}


def described(addresses: APIRouter, services: Services, request: Request) -> Json:
    """The OpenAPI description.

    Args:
        addresses: those to describe.
        services: for the program's version, and whether a login is asked for.
        request: for the path under which the application is published.
    """
    made: Json = get_openapi(
        title="certkg",
        version=str(services.version["version"]),
        summary="Official Chinese rules on vocational credentials, answered with proof",
        description="Every refusal is `application/problem+json` (RFC 9457) with the reason in `detail`. A request may have "
        f"{services.settings.body_bytes:,} bytes.",
        routes=addresses.routes,
        servers=[{"url": request.scope.get("root_path") or "/"}],
    )
    made["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    if services.settings.login:
        made["components"]["securitySchemes"] = {"login": {"type": "http", "scheme": "basic"}}
        made["security"] = [{"login": []}]
    return made


def page(description: Json) -> str:
    """A page that lists the addresses with what they take.

    Args:
        description: the OpenAPI description.
    """
    info = description["info"]
    rows = [
        f"<dt><code>{method.upper()} {escape(path)}</code></dt><dd>{escape(operation['description'].replace('`', ''))}{_fields(operation, description)}</dd>"
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]
    refusals = "".join(f"<li>{status}: {escape(why.replace('`', ''))}</li>" for status, why in _WHY.items())
    body = (
        f"<h1>{escape(info['title'])} /api</h1><p>{escape(info['summary'])}. For programs: <a href='api/openapi.json'>openapi.json</a> (OpenAPI).</p>"
        f"<dl>{''.join(rows)}</dl><h2>Refusals</h2><p><code>application/problem+json</code>, with the reason in <code>detail</code></p><ul>{refusals}</ul>"
    )
    return html_page(body, "certkg /api", "en")


def _fields(operation: Json, description: Json) -> str:
    """Parameters, and the fields of the body, as a list."""
    parameters = [_field(each["name"], each["schema"], each.get("required", False), description) for each in operation.get("parameters", [])]
    body = _body(operation["requestBody"]["content"]["application/json"]["schema"], description) if "requestBody" in operation else []
    return f"<ul>{''.join([*parameters, *body])}</ul>" if parameters or body else ""


def _body(schema: Json, description: Json) -> list[str]:
    """The fields of a schema that is named."""
    named = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return [_field(name, field, name in named.get("required", []), description) for name, field in named["properties"].items()]


def _field(name: str, field: Json, required: bool, description: Json) -> str:
    """A field with its type and limits; of a list of objects their fields too."""
    inner = _body(field["items"], description) if "$ref" in field.get("items", {}) else []
    below = f"<ul>{''.join(inner)}</ul>" if inner else ""
    return f"<li><code>{escape(name)}</code>{'' if required else ' (may be absent)'}: {escape(_type(field, description))}{below}</li>"


def _type(field: Json, description: Json) -> str:
    """A schema in a few words."""
    if "anyOf" in field:
        return " or ".join(_type(each, description) for each in field["anyOf"] if each.get("type") != "null")
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return ", ".join(description["components"]["schemas"][name].get("enum", ["object"]))
    if field.get("type") == "array":
        return f"list of at most {field['maxItems']}, each: {_type(field['items'], description)}"
    said = [", ".join(field["enum"]) if "enum" in field else str(field.get("type", ""))]
    if "maxLength" in field:
        said.append(f"at most {field['maxLength']} characters")
    if "maximum" in field:
        said.append(f"{field['minimum']:.0f} to {field['maximum']:.0f}")
    return ", ".join(said)
