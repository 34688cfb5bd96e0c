"""/dataset and /.well-known/void: what the graph is; /download/…: the graph and its tables as files."""

from collections.abc import Callable, Iterable
from html import escape

from fastapi import APIRouter, Request, Response
from starlette.responses import FileResponse

from kg.describe import Thing, counts
from kg.describe.dataset import PREFIXES, dataset, licenses
from kg.describe.reading import name_of
from kg.graph.namespaces import CKG
from kg.store.results import write_triples
from kg.tables import TableError
from kg.web.addresses.cors import CORS
from kg.web.addresses.linked import made_at
from kg.web.addresses.representations import ANSWERED, BY_EXTENSION, HTML, answer, chosen_format, chosen_language, file_answer, language_headers, other_method
from kg.web.addresses.work import in_thread
from kg.web.desk import Refusal
from kg.web.downloads import GRAPHS, TABLES, Downloads, table_titles
from kg.web.labels import labels
from kg.web.logs import LOGGER
from kg.web.nodes import PageAddresses
from kg.web.nodes.document import html_document
from kg.web.nodes.parts import thing
from kg.web.problems import Problem, problem
from kg.web.services import Services


def router(services: Services) -> APIRouter:
    """The addresses of the description and the files."""
    addresses = APIRouter()
    datasets = Datasets(services)

    async def describe_dataset(request: Request) -> Response:
        """The description of the graph, as a page or as data."""
        return other_method(request) or await _told(datasets.description, request)

    async def download(request: Request, name: str) -> Response:
        """A file."""
        return other_method(request) or await _told(datasets.file, request, name)

    for path in ("/dataset", "/.well-known/void", "/dataset.{extension}"):
        addresses.add_api_route(path, describe_dataset, methods=ANSWERED, include_in_schema=False)
    addresses.add_api_route("/download/{name}", download, methods=ANSWERED, name="download", include_in_schema=False)
    addresses.add_api_route("/download/tables/{name}", download, methods=ANSWERED, name="download_table", include_in_schema=False)
    return addresses


async def _told(work: Callable[..., Response], request: Request, *more: str) -> Response:
    """What some work answers, or its refusal."""
    try:
        return await in_thread(work, request, *more)
    except Problem as fault:
        return problem(fault.status, str(fault), CORS)
    except Refusal as refusal:
        return problem(refusal.status, str(refusal), CORS)


class Datasets:
    """Answers about one graph."""

    def __init__(self, services: Services) -> None:
        """Remember the store and the build."""
        self._context, self._root = services.asker.context, services.settings.root_path
        self._downloads, self._made = Downloads(services.build), made_at(services.build)

    def description(self, request: Request) -> Response:
        """What the graph is.

        Args:
            request: the request.

        Raises:
            Problem: 404, no such suffix; 406, nothing acceptable.
            kg.store.StoreError: the store cannot be read.
        """
        extension = request.path_params.get("extension", "")
        if extension and extension not in BY_EXTENSION:
            raise Problem(f"There is no description as .{extension[:20]}; there are {', '.join(BY_EXTENSION)}.", 404)
        # Who asks for the well-known address is a program.
        page = request.url.path.endswith("/dataset")
        format = BY_EXTENSION[extension] if extension else chosen_format(request, page)
        if format is None:
            return self._page(request)
        downloads = {str(request.url_for("download", name=name)): kind for name, kind in GRAPHS.items()}
        tables = {str(request.url_for("download_table", name=name)): title for name, title in table_titles().items()}
        body = write_triples(dataset(self._context.store, str(request.base_url), downloads, tables), format.name, PREFIXES)
        located = {"Content-Location": f"{self._root}/dataset.{format.extension}", "Vary": "Accept, Accept-Language"}
        return answer(request, body, format.media_type, self._made, located)

    def _page(self, request: Request) -> Response:
        """The description as a page with the downloads."""
        language = chosen_language(request)
        words = labels(language)
        folder = f"{self._root}/download"
        files = "".join(f'<li><a href="{folder}/{name}" download>{name}</a> · <a href="{folder}/{name}.gz" download>.gz</a></li>' for name in GRAPHS)
        tables = [
            f'<td class="file"><a href="{folder}/tables/{name}" download>{name}</a></td><td lang="zh-Hans">{escape(title)}</td>'
            for name, title in table_titles().items()
        ]
        body = (
            f'<article class="kgview node"><h2>certkg</h2><p>{escape(words["linked_dataset_about"])}</p>{self._numbers(language)}'
            f'<h3>{escape(words["linked_whole"])}</h3><ul class="things">{files}</ul><h3>{escape(words["linked_tables"])}</h3>'
            f'<p><a href="{folder}/tables/datapackage.json">{escape(words["linked_schema"])} (datapackage.json)</a></p>'
            f"{_table((words['linked_table'], words['linked_content']), tables, words['linked_tables'])}"
            f"<h3>{escape(words['linked_classes'])}</h3>{self._classes(language)}</article>"
        )
        alternates = tuple((each.media_type, f"{self._root}/dataset.{extension}") for extension, each in BY_EXTENSION.items())
        page = html_document(words["linked_dataset"], body, language, self._root, alternates)
        return answer(request, page, HTML, self._made, language_headers(language))

    def _numbers(self, language: str) -> str:
        """How large the graph is, and its licence."""
        words = labels(language)
        size = counts(self._context.store)
        facts = [(words[f"linked_{name}"], f"{getattr(size, name):,}") for name in ("triples", "subjects", "objects")]
        facts += [(words["linked_license"], f'<a href="{escape(each)}" rel="license noreferrer">{escape(each)}</a>') for each in licenses(self._context.store)]
        return '<dl class="properties">' + "".join(f"<div><dt>{escape(name)}</dt><dd>{shown}</dd></div>" for name, shown in facts) + "</dl>"

    def _classes(self, language: str) -> str:
        """Our classes with the number of their members."""
        words, where = labels(language), PageAddresses(self._root)
        rows = [
            f'<td>{thing(Thing(iri, name_of(iri, self._context.store)), where, language)}</td><td class="n">{count:,}</td>'
            for iri, count in counts(self._context.store).classes
            if iri.startswith(str(CKG))
        ]
        return _table((words["linked_class"], words["linked_members"]), rows, words["linked_classes"])

    def file(self, request: Request, name: str) -> Response:
        """A file of the graph or of a table; `.gz` behind its name gives it packed, as `Accept-Encoding` does on the way.

        Args:
            request: the request.
            name: its name; from anybody.

        Raises:
            Problem: 404, there is no such file.
        """
        offered = TABLES if "/tables/" in request.url.path else GRAPHS
        plain, packed = name.removesuffix(".gz"), name.endswith(".gz")
        if plain not in offered:
            raise Problem(f"There is no file of this name; there are {', '.join(offered)}, each also with .gz.", 404)
        on_the_way = not packed and "gzip" in request.headers.get("accept-encoding", "").lower() and "range" not in request.headers
        try:
            path = self._downloads.path(plain, packed or on_the_way)
        except (OSError, TableError):
            LOGGER.exception("download")
            raise Problem("The file cannot be made now; please tell the administrator.", 503) from None
        kind = "application/gzip" if packed else offered[plain]
        headers = {**CORS, "Vary": "Accept-Encoding", "Cache-Control": "no-cache", **({"Content-Encoding": "gzip"} if on_the_way else {})}
        response = FileResponse(path, media_type=kind, filename=name, headers=headers, stat_result=path.stat())
        return file_answer(request, response)


def _table(heads: tuple[str, str], rows: Iterable[str], label: str) -> str:
    """A table of two columns; its cells are HTML already."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(f"<tr>{each}</tr>" for each in rows)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(label)}"><table class="facts"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
