"""/editor: the text editor of the SPARQL tab (ACE's own files, from the package django-ace) and the words that it completes."""

from importlib.metadata import distribution

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, JSONResponse

from kg.web.addresses.work import in_thread
from kg.web.problems import problem
from kg.web.querying import Words
from kg.web.services import Services

# The package itself can't be imported: that would need Django.
_PACKAGE = distribution("django-ace")
VERSION = _PACKAGE.version
#: What the tab loads; nothing else of the package is served.
FILES = ("ace.js", "ext-language_tools.js", "mode-sparql.js")
_FOREVER = "public, max-age=31536000, immutable"


def router(services: Services) -> APIRouter:
    """The addresses under /editor."""
    addresses = APIRouter(prefix="/editor", include_in_schema=False)
    context = services.asker.context
    words = Words(context.store, context.once)

    @addresses.get("/ace/{version}/{name}")
    def file(version: str, name: str) -> Response:
        """A file of the editor; its address names the version, so that a browser may keep it."""
        if version != VERSION or name not in FILES:
            return problem(404, "there is no such file of the editor")
        path = str(_PACKAGE.locate_file(f"django_ace/static/django_ace/ace/{name}"))
        return FileResponse(path, media_type="text/javascript", headers={"Cache-Control": _FOREVER})

    @addresses.get("/words.json")
    async def completions() -> Response:
        """What the editor completes."""
        return JSONResponse(await in_thread(words.completions), headers={"Cache-Control": "max-age=3600"})

    return addresses
