"""/api/sheets: hand in a spreadsheet, say what its columns hold, follow the work, fetch the result. Each file is known by a secret."""

import json
from pathlib import PurePath
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from starlette.concurrency import run_in_threadpool

from kg.adjudicate import Limits, SheetError
from kg.adjudicate.columns import ROLES
from kg.adjudicate.templates import template
from kg.web.labels import LANGUAGES, labels
from kg.web.problems import Problem, problem
from kg.web.services import Services
from kg.web.sheets import Full, Upload, Uploads
from kg.web.sheets.view import shown

#: Where files are handed in; requests there may be larger than others.
PATH = "/api/sheets"
_MEDIA = {".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".csv": "text/csv; charset=utf-8"}
#: What people hand in is theirs: no cache keeps it.
_PRIVATE = {"Cache-Control": "no-store"}
#: Characters of a choice that are read.
_LONGEST = 200


def router(services: Services) -> APIRouter:
    """The addresses under /api/sheets."""
    addresses = APIRouter(prefix=PATH)
    settings = services.settings
    uploads = Uploads(services.build, Limits(bytes=settings.sheet_bytes, rows=settings.sheet_rows), settings.sheet_minutes, settings.sheet_files)
    address = f"{settings.root_path}{PATH}"

    def answered(upload: Upload, language: str, sheet: str = "") -> Response:
        body = {"token": upload.token, "state": upload.state, "done": round(upload.done, 3), "html": shown(upload, _spoken(language), address, sheet)}
        return JSONResponse(body, headers=_PRIVATE)

    def found(token: str, language: str) -> Upload:
        upload = uploads.get(token)
        if upload is None:
            raise Problem(labels(_spoken(language))["sheets_gone"], 404)
        return upload

    @addresses.post("")
    async def hand_in(request: Request, name: str = "", language: str = "zh") -> Response:
        """Keep the file that is the request's body, and tell what its columns seem to hold."""
        content = await request.body()
        try:
            upload = await run_in_threadpool(uploads.add, name, content)
        except SheetError as error:
            return problem(422, error.text(_spoken(language)))
        except Full:
            return problem(503, labels(_spoken(language))["sheets_full"])
        return answered(upload, language)

    @addresses.get("/template/{name}")
    def fetch_template(name: str) -> Response:
        """A template to fill in: zh.xlsx, zh.csv, en.xlsx, en.csv."""
        language, suffix = PurePath(name).stem, PurePath(name).suffix
        try:
            content = template(suffix, language)
        except SheetError as error:
            return problem(404, str(error))
        return Response(content, media_type=_MEDIA[suffix], headers={"Content-Disposition": f'attachment; filename="certkg-template-{language}{suffix}"'})

    @addresses.get("/{token}")
    def look(token: str, language: str = "zh", sheet: str = "") -> Response:
        """How far the work on a file is."""
        return answered(found(token, language), language, sheet)

    @addresses.post("/{token}")
    async def rule(request: Request, token: str, language: str = "zh") -> Response:
        """Begin to rule on a file, with the columns that a person has confirmed."""
        upload = found(token, language)
        try:
            choices = json.loads(await request.body())
        except (ValueError, RecursionError):
            return problem(400, "the body is not JSON")
        if not isinstance(choices, dict) or not isinstance(choices.get("columns"), dict):
            return problem(422, '{"sheet": "…", "columns": {"certificate": "B", …}, "category": "", "tier": ""} is needed')
        columns = {role: _text(choices["columns"].get(role)) for role in ROLES}
        if not columns["certificate"]:
            return problem(422, labels(_spoken(language))["sheets_which"])
        uploads.start(upload, _text(choices.get("sheet")), columns, _text(choices.get("category")), _text(choices.get("tier")))
        return answered(upload, language)

    @addresses.delete("/{token}")
    def forget(token: str) -> Response:
        """Delete a file and what came of it."""
        uploads.remove(token)
        return Response(status_code=204)

    @addresses.get("/{token}/result{suffix}")
    def fetch(token: str, suffix: str, language: str = "zh") -> Response:
        """The file with its verdicts."""
        upload = found(token, language)
        if upload.state != "done" or suffix not in _MEDIA:
            return problem(404, labels(_spoken(language))["sheets_no_result"])
        name = f"{PurePath(upload.name).stem}-certkg{suffix}"
        return FileResponse(upload.target(suffix), media_type=_MEDIA[suffix], filename=name, headers=_PRIVATE)

    return addresses


def _spoken(language: str) -> str:
    """The interface's language; Chinese where a request names none that there is."""
    return language if language in LANGUAGES else LANGUAGES[0]


def _text(value: Any) -> str:  # noqa: ANN401
    """A choice as a text; nothing where it is none."""
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""
