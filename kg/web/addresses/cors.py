"""Cross-origin requests: what is public may be read by the script of any page; cookies and logins are never sent along."""

from collections.abc import Mapping
from types import MappingProxyType

#: For every answer of a public address, refusals included.
CORS: Mapping[str, str] = MappingProxyType({"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After, X-SPARQL-MaxRows, Link"})


def preflight(methods: str) -> dict[str, str]:
    """The headers of an answer to OPTIONS.

    Args:
        methods: the methods of the address, with commas.
    """
    allowed = {"Access-Control-Allow-Methods": methods, "Access-Control-Allow-Headers": "Accept, Content-Type", "Access-Control-Max-Age": "86400"}
    return {**CORS, "Allow": methods, **allowed}
