"""The locked requirements are complete: they are installed without looking for what they ask for."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
#: What a package asks for and is not given: of django-ace only files are served.
LEFT_OUT = {("django-ace", "django")}


def locked(*files: str) -> list[str]:
    """The packages of lock files."""
    return [str(canonicalize_name(name)) for file in files for name in re.findall(r"^([\w.-]+)==", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)]


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-dev.lock"])
def test_what_a_locked_package_asks_for_is_locked_too(file: str) -> None:
    # The development packages are installed on top of the others.
    there = set(locked("requirements.lock", file))
    missing = set()
    for name in locked(file):
        for text in distribution(name).requires or ():
            wanted = Requirement(text)
            if not wanted.marker or wanted.marker.evaluate({"extra": ""}):
                missing |= {(name, str(canonicalize_name(wanted.name)))}
    assert {(name, wanted) for name, wanted in missing if wanted not in there} - LEFT_OUT == set()


def test_what_the_project_asks_for_is_locked() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = re.findall(r'^  "([\w-]+)', text[text.index("dependencies = [") :].split("\n]")[0], re.MULTILINE)
    assert len(wanted) > 20
    assert {str(canonicalize_name(name)) for name in wanted} <= set(locked("requirements.lock"))
