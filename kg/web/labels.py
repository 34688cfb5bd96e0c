"""The words of the interface and the example questions, in Chinese and English (`data/*.csv`)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
LANGUAGES = ("zh", "en")
#: What `lang` attributes say.
TAGS = {"zh": "zh-Hans", "en": "en"}


@dataclass(frozen=True)
class Example:
    """An example question of one kind."""

    kind: str
    name: str
    question: str


@cache
def labels(language: str) -> Mapping[str, str]:
    """The interface's words in a language, by key: those of the page and of each tab (`labels_<tab>.csv`)."""
    said: dict[str, str] = {}
    for path in sorted(DATA.glob("labels*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            said |= {row["key"]: row[language] for row in csv.DictReader(file)}
    return said


@cache
def examples(language: str) -> tuple[Example, ...]:
    """One example question for each kind."""
    with (DATA / "examples.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Example(row["kind"], row[f"name_{language}"], row[f"question_{language}"]) for row in csv.DictReader(file))


def browser_language(preferred: str) -> str:
    """The interface's language for a browser's: Chinese for a Chinese one, else English."""
    return "zh" if preferred.lower().startswith("zh") else "en"


def interface_language(told: Mapping[str, Any]) -> str:
    """The interface's language by what the page's script tells: the one chosen (`language`), else that of the browser (`browser`)."""
    chosen = told.get("language")
    return str(chosen) if chosen in LANGUAGES else browser_language(str(told.get("browser", "")))
