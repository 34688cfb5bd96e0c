"""The browse tab: one search box, a page for every node, the catalogue as a table, comparisons. The address of the page says what is open."""

from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import gradio as gr

from kg.describe import Description, catalogue, compare, describe, entries, find, members, named_node
from kg.store import StoreError
from kg.web.labels import interface_language, labels
from kg.web.logs import LOGGER
from kg.web.nodes import TabAddresses, catalogue_page, comparison_page, full_iri, list_page, node_page, results
from kg.web.nodes.comparison import comparison_start
from kg.web.nodes.parts import message, opening
from kg.web.services import STATIC, Services

#: Longest address that is read, nodes on a page of a list, results of a search.
ADDRESS_LENGTH, PAGE, FOUND = 4000, 25, 12
_WHERE = TabAddresses()


class Browse:
    """The tab's components and what happens to them."""

    name = "browse"

    def __init__(self, services: Services) -> None:
        """Remember the store and the linker."""
        self._context, self._root = services.asker.context, services.settings.root_path
        # Names are read once; the first person who searches shall not wait for that.
        Thread(target=self._warm, name="browse", daemon=True).start()

    def build(self, language: gr.State) -> None:
        """Put the components into the tab that is open and connect their events; the tab's script runs on the page that is shown."""
        script = (STATIC / "browse.js").read_text(encoding="utf-8")
        said = labels("zh")
        self.box = gr.Textbox(label=said["browse_search"], placeholder=said["browse_placeholder"], elem_id="browse-search", max_lines=1, interactive=True)
        self.found = gr.HTML("", js_on_load=None, apply_default_css=False, elem_id="browse-found")
        self.page = gr.HTML(opening(), js_on_load=script, apply_default_css=False, elem_id="browse-page")
        # Without Gradio's queue each event is one request: the queue's streams lose an event that is sent while another one's stream closes.
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
        # While somebody types, only the newest text matters; a page that is asked for while another is made comes after it.
        self.page.find(self.typed, None, [self.found], trigger_mode="always_last", **quiet)
        went = self.page.go(self.go, None, [self.page, self.found, self.box], trigger_mode="always_last", **quiet)
        went.then(None, js="() => window.certkgBrowse.settle()", show_progress="hidden", api_visibility="private")

    @property
    def translated(self) -> list[Any]:
        """The components whose words change with the interface's language; the script asks for its page again by itself."""
        return [self.box]

    @property
    def inputs(self) -> list[Any]:
        """Nothing: the address says what is open."""
        return []

    def words(self, language: str) -> list[Any]:
        """The updates of `translated` for a language."""
        said = labels(language)
        return [gr.update(label=said["browse_search"], placeholder=said["browse_placeholder"])]

    def go(self, event: gr.EventData) -> tuple[str, str, str]:
        """Open the page that an address names, in the language that the script tells: the interface's own may be on its way. The search is over then."""
        return self.view(str(event._data.get("search", "")), interface_language(event._data)), "", ""

    def typed(self, event: gr.EventData) -> str:
        """Something was typed into the box; the script tells it, for Gradio's own box waits until it is sent."""
        told = event._data
        return self.search(str(told.get("text", "")), str(told.get("search", "")), interface_language(told))

    def search(self, text: str, address: str, language: str) -> str:
        """What is found for a text while a page is open.

        Args:
            text: what was typed; from anybody.
            address: of the page that is open; a node there can be compared with those found.
            language: of the interface.
        """
        try:
            found = find(self._context.store, self._context.linker, text, FOUND)
            here = self._described(full_iri(_given(address).get("compare") or _given(address).get("node", ""))) if address else None
        except StoreError:
            LOGGER.exception("browse")
            return message(labels(language)["refused_store"])
        return results(text, found, _WHERE, language, here)

    def view(self, address: str, language: str) -> str:
        """The page that an address names, or a sentence that says why there is none.

        Args:
            address: the part of the page's address from the question mark on; from anybody.
            language: of the interface.
        """
        try:
            return self._view(_given(address), language)
        except StoreError:
            LOGGER.exception("browse")
            return message(labels(language)["refused_store"])

    def _view(self, given: dict[str, str], language: str) -> str:
        store = self._context.store
        if "compare" in given:
            return self._compared(full_iri(given["compare"]), full_iri(given.get("with", "")), language)
        if "node" not in given:
            return catalogue_page(catalogue(store), _WHERE, language, given.get("state", ""), self._root)
        found = self._described(full_iri(given["node"]))
        if found is None:
            return message(labels(language)["browse_no_such"].format(node=given["node"]))
        if "by" in given:
            listed = members(store, found.iri, full_iri(given["by"]), full_iri(given.get("of", "")), _number(given.get("start", "")), PAGE)
            return list_page(found, listed, _WHERE, language, PAGE)
        table = catalogue(store)
        row = entries(store, found.iri) if found.iri in table.by_category else ()
        return node_page(found, _WHERE, language, PAGE, table, row, self._root)

    def _compared(self, first: str, second: str, language: str) -> str:
        """The comparison of two nodes, or what is needed for one."""
        one, two = named_node(self._context.store, first), named_node(self._context.store, second)
        if one is None or (second and two is None):
            return message(labels(language)["browse_no_such"].format(node=first if one is None else second))
        if two is None:
            return comparison_start(one, _WHERE, language)
        try:
            return comparison_page(compare(self._context.store, one, two), catalogue(self._context.store), _WHERE, language)
        except ValueError:
            return message(labels(language)["browse_unlike"])

    def _warm(self) -> None:
        """Have the names read."""
        try:
            find(self._context.store, self._context.linker, "7102", 1)
        except Exception:
            # Whoever searches is told; nobody waits for this.
            LOGGER.debug("browse", exc_info=True)

    def _described(self, iri: str) -> Description | None:
        return describe(self._context.store, iri, PAGE)


def _given(address: str) -> dict[str, str]:
    """What an address says; of several values of a name the first."""
    return {name: values[0] for name, values in parse_qs(address.lstrip("?")[:ADDRESS_LENGTH]).items()}


def _number(text: str) -> int:
    """A number of an address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
