"""The SPARQL tab: an editor with completion, the researchers' collection with its parameters, results as tables, charts, graphs and downloads."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from typing import Any, TypeVar, cast

import anyio
import gradio as gr

from kg.collection import CollectionError, Query, fill, read_collection
from kg.store import GraphStore, Limits, Rows, StoreError, Triples, Truth
from kg.web.addresses.editor import VERSION as EDITOR_VERSION
from kg.web.desk import refusal_of
from kg.web.labels import TAGS, labels
from kg.web.logs import log
from kg.web.querying import Shown, Words, chosen_form, collection_list, failure, result, warning
from kg.web.rates import Rates, TooMany
from kg.web.services import STATIC, Services

#: What is chosen is forgotten after this many seconds.
SESSION_SECONDS = 4 * 3600
#: Threads that wait for queries of the page, so that none of those that answer questions is taken.
_THREADS = 32
#: The name of the chosen query of the collection (empty: none), and the text in the editor.
Given = tuple[str, str]
Made = TypeVar("Made")


class Sparql:
    """The tab's components and what happens to them."""

    name = "sparql"

    def __init__(self, services: Services) -> None:
        """Remember the store and its limits."""
        settings, context = services.settings, services.asker.context
        self._root, self._store = settings.root_path, cast(GraphStore, context.store)
        self._limits = Limits(seconds=settings.sparql_seconds, rows=settings.sparql_rows)
        self._rates = Rates(settings.sparql_requests, settings.sparql_work, settings.sparql_at_a_time)
        self._words = Words(context.store, context.once)
        self._queries = {query.name: query for query in read_collection()}
        self._threads = cache(lambda: anyio.CapacityLimiter(_THREADS))
        self._running: set[asyncio.Future[str]] = set()

    def build(self, language: gr.State) -> None:
        """Put the components into the tab that is open and connect their events; the tab's script runs on the editor."""
        plain: dict[str, Any] = {"js_on_load": None, "apply_default_css": False}
        script = (STATIC / "sparql.js").read_text(encoding="utf-8")
        first = next(iter(self._queries.values()))
        self.given = gr.State((first.name, first.text), time_to_live=SESSION_SECONDS)
        with gr.Row(elem_id="sparql"):
            with gr.Column(elem_id="sparql-side", min_width=0):
                self.collection = gr.HTML(collection_list(self._queries.values(), "zh"), elem_id="sparql-collection", **plain)
            with gr.Column(elem_id="sparql-main", min_width=0):
                self.chosen = gr.HTML(chosen_form(first, first.text, self._words, "zh"), elem_id="sparql-chosen", **plain)
                self.loaded = gr.HTML(_load(first.text, False), elem_id="sparql-loaded", **plain)
                # Nothing but the script may change what is in here: the editor lives in it.
                self.editor = gr.HTML('<div class="editor"></div>', js_on_load=script, apply_default_css=False, elem_id="sparql-editor")
                self.controls = gr.HTML(self._controls("zh"), elem_id="sparql-controls", **plain)
                self.result = gr.HTML("", elem_id="sparql-result", **plain)
        self._connect(language)

    def _connect(self, language: gr.State) -> None:
        """Connect events to what they do."""
        shown = [self.given, self.chosen, self.loaded, self.result]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
        self.editor.choose(self.choose, [language], shown, trigger_mode="always_last", **quiet)
        running = self.editor.run(self.run, [language], shown, trigger_mode="multiple", **quiet)
        self.editor.stop(self.stopped, [language], [self.result], cancels=[running], **quiet)

    @property
    def translated(self) -> list[Any]:
        """The components whose words change with the interface's language, in the order of `words`."""
        return [self.collection, self.chosen, self.controls]

    @property
    def inputs(self) -> list[Any]:
        """What is chosen."""
        return [self.given]

    def words(self, language: str, given: Given = ("", "")) -> list[Any]:
        """The updates of `translated` for a language."""
        return [
            collection_list(self._queries.values(), language),
            chosen_form(self._queries.get(given[0]), given[1], self._words, language),
            self._controls(language),
        ]

    def _controls(self, language: str) -> str:
        """The buttons, and the words that the script needs."""
        said = labels(language)
        told = ("query", "enter", "running", "downloaded", "download_cut", "download_failed")
        data = "".join(f' data-{word.replace("_", "-")}="{escape(said[f"sparql_{word}"])}"' for word in told)
        return (
            f'<div class="controls" lang="{TAGS[language]}" data-root="{escape(self._root)}" data-version="{escape(EDITOR_VERSION)}"{data}>'
            f'<button type="button" class="run" data-run="1">{escape(said["sparql_run"])}</button>'
            f'<button type="button" class="stop" data-stop="1" disabled>{escape(said["sparql_stop"])}</button>'
            f'<span class="keys">{escape(said["sparql_keys"])}</span><span class="running" role="status"></span></div>'
        )

    def choose(self, language: str, event: gr.EventData) -> tuple[Any, ...]:
        """A query of the collection was chosen, or the page was opened with one, perhaps changed."""
        name, text = _text(event._data.get("name")), _text(event._data.get("query"))
        query = self._queries.get(name)
        if query is None and (name or not text):
            return gr.skip(), gr.skip(), gr.skip(), _stamped(warning(labels(language)["sparql_no_such"].format(name=name[:80]), language))
        text = text or (query.text if query else "")
        return (name, text), chosen_form(query, text, self._words, language), _load(text, True), gr.skip()

    async def run(self, language: str, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        """Run what is in the editor, with the values that were changed in the form."""
        written, query = _text(event._data.get("query")), self._queries.get(_text(event._data.get("name")))
        text, values = written, _values(event._data.get("values"))
        try:
            text = fill(written, query.parameters, values) if query and values else written
        except CollectionError as error:
            page = failure(error, language)
        else:
            # Who stops waits no longer; the work ends at its time limit and counts as the client's until then.
            work = asyncio.ensure_future(self._page(text, query, language, request.client.host if request.client else ""))
            self._running.add(work)
            work.add_done_callback(self._running.discard)
            page = await asyncio.shield(work)
        form = await self._in_thread(lambda: chosen_form(query, text, self._words, language))
        return (query.name if query else "", text), form, gr.skip() if text == written else _load(text, False), _stamped(page)

    async def _page(self, text: str, query: Query | None, language: str, client: str) -> str:
        """What a query gives or why it gives nothing, for the page; never raises."""
        started = time.perf_counter()
        try:
            async with self._rates.turn(client, self._limits.seconds):
                page, told = await self._in_thread(lambda: self._answered(text, query, language)), "ok"
        except (StoreError, TooMany) as error:
            page, told = failure(error, language), type(error).__name__
        except Exception as error:
            page, told = warning(refusal_of(error).text(language), language), "failed"
        log("sparql", logging.INFO, outcome=told, milliseconds=round(1000 * (time.perf_counter() - started), 1), characters=len(text))
        return page

    async def _in_thread(self, make: Callable[[], Made]) -> Made:
        """Make something in a thread of the tab's own."""
        return await anyio.to_thread.run_sync(make, limiter=self._threads())

    def _answered(self, text: str, query: Query | None, language: str) -> str:
        """A query's result, for the page."""
        outcome: Rows | Truth | Triples = self._store.run(text, limits=self._limits)
        shown = Shown(language, self._words.names(), text, query.name if query else "", query is None or text.strip() != query.text.strip())
        return result(outcome, shown)

    def stopped(self, language: str) -> str:
        """Somebody does not want to wait any longer."""
        return _stamped(warning(labels(language)["sparql_stopped"].format(seconds=f"{self._limits.seconds:g}"), language))


def _load(text: str, run: bool) -> str:
    """A text for the editor, and whether it runs at once."""
    return _stamped(f'<div hidden data-load="{escape(text.rstrip())}" data-run-now="{"1" if run else ""}"></div>')


def _stamped(html: str) -> str:
    """A part of the page that differs from the one before, so that the script notices it even where it says the same."""
    return f'<div data-stamp="{time.monotonic_ns()}">{html}</div>'


def _text(value: object) -> str:
    """A value from the page as text that can be written."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else ""


def _values(given: object) -> Mapping[str, str]:
    """The values of the form's fields that were changed."""
    return {_text(name): _text(value) for name, value in given.items()} if isinstance(given, dict) else {}
