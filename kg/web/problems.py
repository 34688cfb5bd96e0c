"""Refusals of HTTP requests as problem details (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse

#: Faults of a request that are told.
_FAULTS = 5


class Problem(Exception):
    """What an address refuses; raised where the fault is found, told as problem details."""

    def __init__(self, reason: str, status: int = 400) -> None:
        """Remember both.

        Args:
            reason: what is wrong and what to do.
            status: the HTTP status.
        """
        super().__init__(reason)
        self.status = status


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An application/problem+json response; 503 says when to come back.

    Args:
        status: the HTTP status.
        detail: what is wrong and what to do, for the person who reads it.
        headers: more headers.
    """
    # A reason may quote half a character (a lone surrogate) of the request, which cannot be written.
    said = detail.encode(errors="replace").decode()
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": said}
    again = {"Retry-After": "5"} if status == 503 else {}
    return JSONResponse(body, status, media_type="application/problem+json", headers=again | dict(headers or {}))


def told(faults: Sequence[Mapping[str, Any]]) -> str:
    """What pydantic finds wrong with a request, each fault with its place, without the values.

    Args:
        faults: its errors.
    """
    said = [f"{'.'.join(str(part) for part in each['loc']) or 'the text'}: {each['msg']}" for each in faults[:_FAULTS]]
    return "; ".join(said) + ("; …" if len(faults) > _FAULTS else "")
