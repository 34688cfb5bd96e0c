"""The ontology's documentation for people: static pages in Chinese and English, made from the ontology, the shapes and the built graph."""

from kg.docs.pages import LANGUAGES, OUT, PAGES, file_name, write_pages

__all__ = ["LANGUAGES", "OUT", "PAGES", "file_name", "write_pages"]
