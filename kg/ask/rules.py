"""Rules kept as data (`data/*.csv`): patterns and what they say, where they match, and the stretches that are then taken out of a text."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
#: Stands for a character that is explained already.
MASK = "\u0001"


@dataclass(frozen=True)
class Pattern:
    """A row of a pattern file: what it matches, what that says."""

    regex: re.Pattern[str]
    says: str


@dataclass(frozen=True)
class Match:
    """A stretch of the normalised question and what it says."""

    start: int
    end: int
    text: str
    says: str


class Cues:
    """The cues of one subject (`data/cues.csv`), by name: words of a question that steer how it is answered."""

    def __init__(self, subject: str) -> None:
        """Take the cues of a subject, usually a module of `kinds/`.

        Raises:
            KeyError: there are none.
        """
        self._patterns = _cues()[subject]

    def __call__(self, name: str) -> re.Pattern[str]:
        """The pattern of a cue.

        Raises:
            KeyError: the subject has no cue of that name.
        """
        return self._patterns[name]


@cache
def english_words() -> re.Pattern[str]:
    """The English words that name nothing (`data/english_words.txt`), each as a whole word."""
    lines = (DATA / "english_words.txt").read_text(encoding="utf-8").splitlines()
    words = sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9-])(?:{'|'.join(map(re.escape, words))})(?![a-z0-9-])")


@cache
def _cues() -> dict[str, dict[str, re.Pattern[str]]]:
    found: dict[str, dict[str, re.Pattern[str]]] = {}
    with (DATA / "cues.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["kind"], {})[row["cue"]] = re.compile(row["pattern"])
    return found


@cache
def patterns(name: str, column: str, source: str = "pattern") -> tuple[Pattern, ...]:
    """The patterns of `data/<name>.csv`, in its column `source`; `column`: what they say."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Pattern(re.compile(row[source]), row[column]) for row in csv.DictReader(file))


def matches(text: str, rules: Iterable[Pattern]) -> list[Match]:
    """All matches in `text`, longest first where two overlap, then in order."""
    found = [Match(each.start(), each.end(), each[0], rule.says) for rule in rules for each in rule.regex.finditer(text) if each[0]]
    taken: list[Match] = []
    for each in sorted(found, key=lambda match: (match.start - match.end, match.start)):
        if all(each.end <= other.start or each.start >= other.end for other in taken):
            taken.append(each)
    return sorted(taken, key=lambda match: match.start)


def mask(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The text with stretches blanked out, so that nothing else is read into them; positions stay."""
    characters = list(text)
    for start, end in stretches:
        characters[start:end] = MASK * (end - start)
    return "".join(characters)
