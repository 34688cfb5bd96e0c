"""/reconcile: the Reconciliation Service API, by which OpenRefine and other programs match a column of names with the graph."""

from kg.web.addresses.reconcile.addresses import router

__all__ = ["router"]
