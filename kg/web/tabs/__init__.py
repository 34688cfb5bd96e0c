"""The page's tabs, in their order; a new one is a module here and a line in `TABS`."""

from collections.abc import Callable
from typing import Any, Protocol

import gradio as gr

from kg.web.services import Services
from kg.web.tabs.browse import Browse
from kg.web.tabs.chat import Chat
from kg.web.tabs.quality import Quality
from kg.web.tabs.sheets import Sheets
from kg.web.tabs.sparql import Sparql


class Tab(Protocol):
    """What the page needs of a tab. Its heading is the label `tab_<name>`; the address `?tab=<name>` opens it."""

    name: str

    def build(self, language: gr.State) -> None:
        """Put the components into the tab that is open and connect their events; `language` is the interface's."""

    @property
    def translated(self) -> list[Any]:
        """The components whose words change with the interface's language, in the order of `words`."""

    @property
    def inputs(self) -> list[Any]:
        """The components whose values `words` needs beside the language."""

    def words(self, language: str, *values: Any) -> list[Any]:  # noqa: ANN401
        """The updates of `translated` for a language; `values` are those of `inputs`."""


TABS: tuple[Callable[[Services], Tab], ...] = (Chat, Sheets, Browse, Sparql, Quality)
