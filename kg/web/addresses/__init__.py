"""The addresses for programs; a new one is a module here with a `router`, and a line in `ADDRESSES`."""

from collections.abc import Callable

from fastapi import APIRouter

from kg.web.addresses import api, datasets, editor, linked, mcp, operators, reconcile, sheets, sparql
from kg.web.services import Services

#: In the order in which a request is offered to them.
ADDRESSES: tuple[Callable[[Services], APIRouter], ...] = (
    operators.router,
    sparql.router,
    editor.router,
    reconcile.router,
    linked.router,
    datasets.router,
    sheets.router,
    mcp.router,
    api.router,
)
