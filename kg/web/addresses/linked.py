"""/id/…, /ontology and /vocabulary/…: every IRI of ours as a page, and as data by content negotiation or suffix."""

import re
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from kg.check.shapes import ONTOLOGY
from kg.describe import catalogue, describe, entries, named_node, statements
from kg.describe.description import Description
from kg.graph.namespaces import CKG, ID, PREFIXES
from kg.store import Format
from kg.store.results import write_triples
from kg.web.addresses.cors import CORS
from kg.web.addresses.representations import ANSWERED, BY_EXTENSION, HTML, answer, chosen_format, chosen_language, language_headers, other_method
from kg.web.addresses.work import in_thread
from kg.web.desk import Refusal
from kg.web.labels import labels
from kg.web.nodes import PageAddresses, node_page
from kg.web.nodes.document import html_document
from kg.web.nodes.ontology import ontology_page
from kg.web.nodes.parts import message
from kg.web.problems import Problem, problem
from kg.web.services import Services

#: What stands before the paths of ours; the web's forwarding service sends them here.
BASE = "https://w3id.org/certkg/"
PAGE = 25
_ONTOLOGY_IRI = str(CKG).rstrip("#")
_PREFIXES = {name: address for name, address in PREFIXES.items() if name != "id"}
_VERSION = re.compile(r"owl:versionIRI <([^>]+)>")
#: IRIs whose data is a file of the project, whole, with the axioms that the graph leaves out.
_FILES: dict[str, Path] = {
    **dict.fromkeys((_ONTOLOGY_IRI, *_VERSION.findall((ONTOLOGY / "certkg.ttl").read_text(encoding="utf-8"))), ONTOLOGY / "certkg.ttl"),
    f"{_ONTOLOGY_IRI}/alignments": ONTOLOGY / "alignments.ttl",
    **{f"{BASE}vocabulary/{path.stem}": path for path in sorted((ONTOLOGY / "vocabularies").glob("*.ttl"))},
}


def router(services: Services) -> APIRouter:
    """The addresses of our IRIs."""
    addresses = APIRouter()
    linked = Linked(services)

    async def node(request: Request, rest: str = "") -> Response:
        """A node: a page, or data."""
        if refused := other_method(request):
            return refused
        try:
            return await in_thread(linked.answer, request, request.url.path.removeprefix(services.settings.root_path).lstrip("/"))
        except Problem as fault:
            return problem(fault.status, str(fault), {**CORS, "Vary": "Accept, Accept-Language"})
        except Refusal as refusal:
            return problem(refusal.status, str(refusal), CORS)

    for path in ("/id/{rest:path}", "/ontology", "/ontology{rest:path}", "/vocabulary/{rest:path}"):
        addresses.add_api_route(path, node, methods=ANSWERED, include_in_schema=False)
    return addresses


class Linked:
    """Answers for the IRIs of one graph."""

    def __init__(self, services: Services) -> None:
        """Remember the store and how the application is published."""
        self._context, self._root = services.asker.context, services.settings.root_path
        self._made = made_at(services.build)

    def answer(self, request: Request, path: str) -> Response:
        """Answer a request.

        Args:
            request: the request.
            path: what is asked for, below `BASE`, decoded.

        Raises:
            Problem: 404, there is no such node; 406, nothing acceptable.
            kg.store.StoreError: the store cannot be read.
        """
        if not self._is_known(BASE + path):
            # A name may end like a suffix, so the whole path comes first.
            stem, _, extension = path.rpartition(".")
            if extension in BY_EXTENSION and self._is_known(BASE + stem):
                return self._data(request, stem, BY_EXTENSION[extension], {})
            return self._unknown(request, path)
        format = chosen_format(request)
        if format:
            located = {"Content-Location": f"{self._root}/{quote(path, safe='/')}.{format.extension}", "Vary": "Accept, Accept-Language"}
            return self._data(request, path, format, located)
        return self._page(request, BASE + path)

    def _is_known(self, iri: str) -> bool:
        return iri in _FILES or named_node(self._context.store, iri) is not None

    def _unknown(self, request: Request, path: str) -> Response:
        """404: for a browser as a page with the way on, for programs as a problem."""
        if HTML in request.headers.get("accept", "") and chosen_format(request) is None:
            language = chosen_language(request)
            words = labels(language)
            body = (
                f"<h2>404</h2>{message(words['browse_no_such'].format(node=path))}<p><a href='{escape(self._root)}/?tab=browse'>{words['tab_browse']}</a></p>"
            )
            page = html_document("404", f'<article class="kgview node">{body}</article>', language, self._root)
            return Response(page, 404, media_type=HTML, headers={**CORS, **language_headers(language)})
        raise Problem(f"The graph says nothing of {BASE}{path}. Look for the node with /api or in the browse tab, /?tab=browse.", 404)

    def _data(self, request: Request, path: str, format: Format, headers: dict[str, str]) -> Response:
        """A node as data."""
        iri = BASE + path
        if iri in _FILES:
            return answer(request, _file(_FILES[iri], format), format.media_type, self._made, headers)
        found = statements(self._context.store, iri)
        if found is None:
            raise Problem(f"The graph says nothing of {iri}.", 404)
        headers["Link"] = f'<{iri}>; rel="describes"'
        if found.cut:
            whole = str(request.url_for("download", name="certkg.nt"))
            headers |= {"Link": f'{headers["Link"]}, <{whole}>; rel="collection"', "X-Certkg-Cut": "some lists that point to this node are not whole"}
        return answer(request, write_triples(found.triples, format.name, _PREFIXES), format.media_type, self._made, headers)

    def _page(self, request: Request, iri: str) -> Response:
        """A node as a page."""
        language = chosen_language(request)
        where = PageAddresses(self._root, request.query_params.get("lang", "") and language)
        found = describe(self._context.store, iri, PAGE)
        name, body = self._told(iri, found, where, language)
        stem = f"{self._root}/{quote(iri.removeprefix(BASE), safe='/')}"
        alternates = tuple((each.media_type, f"{stem}.{extension}") for extension, each in BY_EXTENSION.items())
        page = html_document(name, body, language, self._root, alternates)
        return answer(request, page, HTML, self._made, language_headers(language))

    def _told(self, iri: str, found: Description | None, where: PageAddresses, language: str) -> tuple[str, str]:
        """Title and body of a page."""
        store = self._context.store
        if iri == _ONTOLOGY_IRI:
            return labels(language)["linked_ontology"], ontology_page(store, where, language, self._root)
        if found is None:
            # A file of the project that the graph does not speak of.
            return iri, f'<article class="kgview node"><h2>{escape(iri)}</h2>{_links(iri, self._root)}</article>'
        table = catalogue(store) if iri.startswith(ID["category/"]) else None
        row = entries(store, iri) if table and iri in table.by_category else ()
        return found.name.best(language)[0], node_page(found, where, language, PAGE, table, row, self._root)


def _links(iri: str, root: str) -> str:
    """The data of a file of the project as links."""
    stem = escape(f"{root}/{iri.removeprefix(BASE)}")
    return "<p>" + " ".join(f'<a href="{stem}.{extension}">{each.name}</a>' for extension, each in BY_EXTENSION.items()) + "</p>"


def made_at(build: Path) -> datetime | None:
    """When the graph was built, in seconds; None where that cannot be told."""
    try:
        return datetime.fromtimestamp(int((build / "certkg.nt").stat().st_mtime)).astimezone()
    except OSError:
        return None


def _file(path: Path, format: Format) -> bytes:
    """A Turtle file of the project in a format."""
    if format.extension == path.suffix[1:]:
        return path.read_bytes()
    return write_triples((quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)), format.name, _PREFIXES)
