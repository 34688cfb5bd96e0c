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
#: No year is later.
LATEST = 9999
_YEAR = re.compile(
    r"(?<![0-9.-])(?:(?P<long>(?:19|20)\d\d)(?! ?年?(?:版|度|上海|南通|文件|细则|政策|目录)) ?年?|(?P<short>\d\d)年(?=前|后|以前|之前|以后|之后|及以前|考|拿|取得|下来|领|注册|的证))"
    r"(?:(?P<upto>(?:及|或)(?:其|它)?(?:以前|之前|前))|(?P<before>(?:以前|之前|前))|(?P<since>(?:及|或)(?:其|它)?(?:以后|之后|后)|起)|(?P<after>(?:以后|之后|后)))?(?![0-9-])"
)


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


def codes(text: str) -> list[Match]:
    """Four-digit numbers that may be codes of a 专业类."""
    return [Match(each.start(1), each.end(1), each[1], each[1]) for each in _CODE.finditer(text)]


def years(text: str) -> list[tuple[Match, tuple[int, int]]]:
    """Years and the first and last year that they say: 2016年 → 2016 to 2016, 2018年前 → to 2017, 2014年以后 → from 2015."""
    found = []
    for each in _YEAR.finditer(text):
        digits = each["long"] or each["short"]
        year = int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= 80 else 2000)
        span = (0, year) if each["upto"] else (0, year - 1) if each["before"] else (year, LATEST) if each["since"] else (year + 1, LATEST) if each["after"] else (year, year)
        found.append((Match(each.start(), each.end(), each[0], str(year)), span))
    return found


def leftovers(text: str, cues: Sequence[re.Pattern[str]], whole: str = "") -> list[Match]:
    """Stretches of masked text that no label, slot, cue or noise word explains, two characters or more; `says` holds the stretch with the function words at its edges."""
    blank = text
    for rule in (*(each.regex for each in patterns("noise", "where") if each.says == "any"), *cues):
        blank = rule.sub(lambda match: MASK * len(match[0]), blank)
    edge = next(each.regex.pattern for each in patterns("noise", "where") if each.says == "edge")
    found = []
    for each in re.finditer(rf"[^{MASK}\s,，。；;：:？?！!、（）()\"'\[\]<>→/]+(?: [^{MASK}\s,，。；;：:？?！!、（）()\"'\[\]<>→/]+)*", blank):
        chunk = re.sub(rf"^(?:{edge})+|(?:{edge})+$", "", each[0])
        start = each.start() + each[0].index(chunk) if chunk else each.start()
        if len(chunk) >= 2 and not _cut_word(whole, start, start + len(chunk)):
            found.append(Match(start, start + len(chunk), chunk, each[0]))
    return found


def _cut_word(whole: str, start: int, end: int) -> bool:
    """Whether a stretch is what a blanked cue left of a Latin word (“ed” of “listed”)."""
    before, after = whole[start - 1 : start], whole[end : end + 1]
    return any(edge.isascii() and edge.isalpha() and near.isascii() and near.isalpha() for edge, near in ((whole[start : start + 1], before), (whole[end - 1 : end], after)))
