"""What tabs and addresses work with: made once, when the application starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.ask import Asker
from kg.building import BUILD
from kg.web.desk import Desk
from kg.web.settings import Settings

#: Scripts, styles and pictures of the page.
STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Services:
    """The open parts of the application.

    Args:
        asker: answers questions; `asker.context` has the store and the linker.
        desk: takes questions from people and programs, and times and refuses them.
        settings: the operator's settings.
        version: what /version tells.
        build: the folder with what `certkg build` made.
    """

    asker: Asker
    desk: Desk
    settings: Settings
    version: Mapping[str, Any]
    build: Path = BUILD
