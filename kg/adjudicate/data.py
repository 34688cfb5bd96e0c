"""The tables of this stage (`data/*.csv`): headings, what cells look like, words of the output."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def rows_of(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `data/<name>.csv`."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def words(language: str) -> Mapping[str, str]:
    """What the output says in a language, by key."""
    return {row["key"]: row[language] for row in rows_of("words")}
