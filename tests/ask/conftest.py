"""The asker on the project's build, opened once."""

from pathlib import Path

import pytest

from kg.ask import Asker


@pytest.fixture(scope="session")
def asker(build: Path) -> Asker:
    return Asker.open(build)
