"""The one place through which certkg runs SPARQL: `build_store` makes the store, `open_store` opens it."""

from kg.store.base import GraphStore
from kg.store.connect import connect
from kg.store.endpoint import Endpoint
from kg.store.errors import FormatRefused, QueryFailed, QueryRefused, QuerySyntaxError, QueryTimeout, StoreBusy, StoreError, StoreUnreadable
from kg.store.folder import Manifest, build_store, read_manifest
from kg.store.graphs import by_document
from kg.store.guarded import GuardedStore, open_store
from kg.store.results import FORMATS, Bindings, Document, Format, Limits, Outcome, Row, Rows, Term, Triples, Truth

__all__ = [
    "FORMATS",
    "Bindings",
    "Document",
    "Endpoint",
    "Format",
    "FormatRefused",
    "GraphStore",
    "GuardedStore",
    "Limits",
    "Manifest",
    "Outcome",
    "QueryFailed",
    "QueryRefused",
    "QuerySyntaxError",
    "QueryTimeout",
    "Row",
    "Rows",
    "StoreBusy",
    "StoreError",
    "StoreUnreadable",
    "Term",
    "Triples",
    "Truth",
    "build_store",
    "by_document",
    "connect",
    "open_store",
    "read_manifest",
]
