"""What a question says beside the things it names: 专业类, tiers, grades, families; by the patterns in `data/`."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
_CODE = re.compile(r"(?<![0-9a-z.-])([1-9]\d{3})(?![0-9a-z.-])(?!年)")
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


@lru_cache(maxsize=None)
def patterns(name: str, column: str) -> tuple[Pattern, ...]:
    """The patterns of `data/<name>.csv`; `column`: what they say."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Pattern(re.compile(row["pattern"]), row[column]) for row in csv.DictReader(file))


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


def codes(text: str) -> list[Match]:
    """Four-digit numbers that may be codes of a 专业类."""
    return [Match(each.start(1), each.end(1), each[1], each[1]) for each in _CODE.finditer(text)]


def leftovers(text: str, cues: Sequence[re.Pattern[str]]) -> list[Match]:
    """Stretches of masked text that no label, slot, cue or noise word explains, two characters or more."""
    blank = text
    for rule in (*cues, *(each.regex for each in patterns("noise", "where") if each.says == "any")):
        blank = rule.sub(lambda match: MASK * len(match[0]), blank)
    edge = next(each.regex.pattern for each in patterns("noise", "where") if each.says == "edge")
    found = []
    for each in re.finditer(rf"[^{MASK}\s,，。；;：:？?！!、（）()\"'\[\]<>→/]+(?: [^{MASK}\s,，。；;：:？?！!、（）()\"'\[\]<>→/]+)*", blank):
        chunk = re.sub(rf"^(?:{edge})+|(?:{edge})+$", "", each[0])
        if len(chunk) >= 2:
            start = each.start() + each[0].index(chunk)
            found.append(Match(start, start + len(chunk), chunk, chunk))
    return found
