"""/api: JSON for programs, described by OpenAPI."""

from kg.web.addresses.api.addresses import router

__all__ = ["router"]
