"""The SPARQL tab's parts: words for the editor, the collection as a list and a form, results as pages."""

from kg.web.querying.choosing import chosen_form, collection_list
from kg.web.querying.failing import failure, warning
from kg.web.querying.results import Shown, permanent_link, result
from kg.web.querying.words import Choice, Words, node_names

__all__ = ["Choice", "Shown", "Words", "chosen_form", "collection_list", "failure", "node_names", "permanent_link", "result", "warning"]
