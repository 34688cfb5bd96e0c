"""What all tests share."""

from pathlib import Path

import pytest

from kg.ask import Asker

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of the OCR texts; a user's machine does not have it."""
    folder = SHARED / "documents"
    if not folder.is_dir():
        pytest.skip("the OCR texts are not on this machine: transcription is checked where they are")
    return folder


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of the gold samples."""
    folder = SHARED / "gold"
    if not folder.is_dir():
        pytest.skip("the gold samples are not on this machine")
    return folder


@pytest.fixture(scope="session")
def build() -> Path:
    """The project's build folder."""
    folder = ROOT / "build"
    if not all((folder / part).exists() for part in ("certkg.nt", "store", "index")):
        pytest.skip("nothing is built: run `certkg build` (`make test` does)")
    return folder


@pytest.fixture(scope="session")
def asker(build: Path) -> Asker:
    """The answers of the project's build, opened once."""
    return Asker.open(build)
