"""The spreadsheet tab: hand in a file, confirm its columns, fetch it with verdicts. The tab's script speaks to `kg.web.addresses.sheets`."""

from typing import Any

import gradio as gr

from kg.web.addresses.sheets import PATH
from kg.web.services import STATIC, Services
from kg.web.sheets.view import start


class Sheets:
    """The tab's one component; files and their state are kept by the addresses, not by the page."""

    name = "sheets"

    def __init__(self, services: Services) -> None:
        """Remember the limits to be told."""
        self._settings = services.settings

    def build(self, language: gr.State) -> None:
        """Put the component into the tab that is open; the tab's script runs on it."""
        script = (STATIC / "sheets.js").read_text(encoding="utf-8")
        self.place = gr.HTML(self._start("zh"), js_on_load=script, apply_default_css=False, elem_id="sheets")

    @property
    def translated(self) -> list[Any]:
        """The components whose words change with the interface's language, in the order of `words`."""
        return [self.place]

    @property
    def inputs(self) -> list[Any]:
        """Nothing beside the language."""
        return []

    def words(self, language: str) -> list[Any]:
        """The updates of `translated` for a language; the script shows the file that is open in it again."""
        return [self._start(language)]

    def _start(self, language: str) -> str:
        return start(self._settings, language, f"{self._settings.root_path}{PATH}")
