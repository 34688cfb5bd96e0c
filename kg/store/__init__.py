"""The one place through which certkg runs SPARQL: `build_store` makes the store, `open_store` opens it."""

from kg.store.errors import QueryFailed, QueryRefused, QuerySyntaxError, QueryTimeout, StoreBusy, StoreError
from kg.store.folder import Manifest, build_store, read_manifest
from kg.store.guarded import GuardedStore, open_store
from kg.store.results import FORMATS, Document, Format, Limits, Outcome, Row, Rows, Term, Triples, Truth

__all__ = [
    "FORMATS",
    "Document",
    "Format",
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
    "Term",
    "Triples",
    "Truth",
    "build_store",
    "open_store",
    "read_manifest",
]
