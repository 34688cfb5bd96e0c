"""Nodes as HTML: their pages, pictures of their neighbourhood, the catalogue's table, comparisons; for the browse tab and for /id/…."""

from kg.web.nodes.addresses import Addresses, PageAddresses, TabAddresses, full_iri, node_key
from kg.web.nodes.catalogue import catalogue_page
from kg.web.nodes.comparison import comparison_page
from kg.web.nodes.listing import list_page
from kg.web.nodes.node import node_page
from kg.web.nodes.results import results

__all__ = ["Addresses", "PageAddresses", "TabAddresses", "catalogue_page", "comparison_page", "full_iri", "list_page", "node_key", "node_page", "results"]
