"""/health and /version, for operators."""

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from kg.store import StoreError
from kg.web.logs import LOGGER
from kg.web.problems import problem
from kg.web.services import Services


def router(services: Services) -> APIRouter:
    """The two addresses."""
    addresses = APIRouter()

    @addresses.get("/health")
    def health() -> Response:
        """Whether questions can be answered now."""
        try:
            services.asker.context.store.select("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1", {})
        except StoreError:
            LOGGER.exception("health")
            return problem(503, "the store cannot be read")
        return JSONResponse({"status": "ok"})

    @addresses.get("/version")
    def tell_version() -> dict[str, Any]:
        """The program's version and the size of its graph."""
        return dict(services.version)

    return addresses
