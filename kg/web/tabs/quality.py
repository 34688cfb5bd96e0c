"""The quality tab: what the documents contradict, lack or leave in doubt, filtered by rule, document, severity and words."""

from typing import Any
from urllib.parse import parse_qs

import gradio as gr

from kg.describe import Thing, named_node
from kg.store import StoreError
from kg.web.labels import interface_language, labels
from kg.web.logs import LOGGER
from kg.web.nodes.findings import Filter, filters, report
from kg.web.nodes.parts import message, opening
from kg.web.quality import QualityReport
from kg.web.services import STATIC, Services

ADDRESS_LENGTH = 4000
#: A page waits so long (seconds) for a report that is being made before it says so.
PATIENCE = 0.6


class Quality:
    """The tab's components and what happens to them."""

    name = "quality"

    def __init__(self, services: Services) -> None:
        """Remember the store, and where the report comes from."""
        self._context, self._report = services.asker.context, QualityReport(services.build)

    def build(self, language: gr.State) -> None:
        """Put the components into the tab that is open and connect their events; the tab's script runs on the report."""
        script = (STATIC / "quality.js").read_text(encoding="utf-8")
        self.filters = gr.HTML("", js_on_load=None, apply_default_css=False, elem_id="quality-filters")
        self.page = gr.HTML(opening(), js_on_load=script, apply_default_css=False, elem_id="quality-page")
        # Without Gradio's queue each event is one request: the queue's streams lose an event that is sent while another one's stream closes.
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
        self.page.go(self.go, None, [self.filters, self.page], trigger_mode="always_last", **quiet)

    @property
    def translated(self) -> list[Any]:
        """Nothing: the script asks for its page again when the language changes."""
        return []

    @property
    def inputs(self) -> list[Any]:
        """Nothing: the address says what is filtered."""
        return []

    def words(self, language: str) -> list[Any]:
        """The updates of `translated`: none."""
        return []

    def go(self, event: gr.EventData) -> tuple[Any, str]:
        """Show what an address asks for, in the language that the script tells; controls that a person is at stay as they are."""
        controls, page = self.view(str(event._data.get("search", "")), interface_language(event._data))
        return gr.skip() if event._data.get("typing") else controls, page

    def view(self, address: str, language: str) -> tuple[str, str]:
        """Controls and page for an address; while the report is being made, a sentence that says so.

        Args:
            address: the part of the page's address from the question mark on; from anybody.
            language: of the interface.
        """
        rulings = self._report.wait(PATIENCE)
        if rulings is None:
            said = labels(language)["quality_failed" if self._report.failed else "quality_making"]
            again = "" if self._report.failed else ' data-again="1"'
            return "", f"<div{again}>{message(said)}</div>"
        wanted = read_filter(address)
        return filters(rulings, wanted, language), report(rulings, wanted, self._named, language)

    def _named(self, iri: str) -> Thing | None:
        """A node that a finding is about."""
        try:
            return named_node(self._context.store, iri)
        except StoreError:
            LOGGER.exception("quality")
            return None


def read_filter(address: str) -> Filter:
    """The filter that an address asks for; what it does not know it passes over."""
    given = {name: values[0] for name, values in parse_qs(address.lstrip("?")[:ADDRESS_LENGTH]).items()}
    start = given.get("start", "")
    number = int(start) if start.isascii() and start.isdecimal() and len(start) < 7 else 0
    return Filter(given.get("rule", ""), given.get("document", ""), given.get("severity", ""), given.get("text", ""), number)
