"""MCP, the Model Context Protocol: the graph as tools and resources for programs with a language model, over HTTP and on standard input and output."""

from kg.web.addresses.mcp.addresses import router
from kg.web.addresses.mcp.server import serve_standard_streams

__all__ = ["router", "serve_standard_streams"]
