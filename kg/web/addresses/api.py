"""/api: JSON for programs."""

import json

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from kg.web.desk import Refusal
from kg.web.problems import problem
from kg.web.services import Services


def router(services: Services) -> APIRouter:
    """The addresses under /api."""
    addresses = APIRouter(prefix="/api")

    @addresses.post("/ask")
    async def ask(request: Request) -> Response:
        """Answer {"question": …, "history": […]}; the answer has the fields of `certkg ask --json`."""
        try:
            asked = json.loads(await request.body())
        except (ValueError, RecursionError):
            return problem(400, 'the body is not JSON; send {"question": "…", "history": ["…"]}')
        if not isinstance(asked, dict) or "question" not in asked:
            return problem(422, 'a JSON object with "question" is needed, and may have "history", a list of the earlier questions')
        try:
            answer = await run_in_threadpool(services.desk.ask, asked["question"], asked.get("history") or [])
        except Refusal as refusal:
            return problem(refusal.status, str(refusal))
        return JSONResponse(answer.to_dict())

    @addresses.api_route("/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def no_such(rest: str) -> Response:
        """Any other address or method under /api; addresses that come later are added above."""
        return problem(405, "use POST") if rest == "ask" else problem(404, "there is no such address; POST to /api/ask")

    return addresses
