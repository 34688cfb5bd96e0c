"""What a question says beside the things it names: codes of 专业类, tiers, grades, ranks, years, families; by the patterns in `data/`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.ask.rules import Match, mask, matches, patterns

#: The words of `ranks.csv` that may be a tier of the catalogue too: they are read as both.
LEVELS = ("初级", "中级", "高级")
_CODE = re.compile(r"(?<![0-9a-z.-])([1-9]\d{3})(?![0-9a-z.-])(?!年)")
#: No year is later.
LATEST = 9999
_YEAR = re.compile(
    r"(?<![0-9.-])(?:(?P<long>(?:19|20)\d\d)(?! ?年?(?:版|度|上海|南通|文件|细则|政策|目录)) ?年?|"
    r"(?P<short>\d\d)年(?=前|后|以前|之前|以后|之后|及以前|考|拿|取得|下来|领|注册|的证))"
    r"(?:(?P<upto>(?:及|或)(?:其|它)?(?:以前|之前|前))|(?P<before>(?:以前|之前|前))|(?P<since>(?:及|或)(?:其|它)?(?:以后|之后|后)|起)|(?P<after>(?:以后|之后|后)))?(?![0-9-])"
)


@dataclass(frozen=True)
class Slots:
    """What a text says; `rest` is the text with these stretches taken out."""

    grades: tuple[Match, ...]
    ranks: tuple[Match, ...]
    years: tuple[tuple[int, int], ...]
    tiers: tuple[Match, ...]
    families: tuple[Match, ...]
    rest: str

    @property
    def named_families(self) -> tuple[str, ...]:
        """The families named; none where the words mean all of them (证书和职称)."""
        said = tuple(dict.fromkeys(each.says for each in self.families))
        return () if "all" in said else said


def read_slots(text: str) -> Slots:
    """Read the slots of a text, the most telling first, each from what the ones before left.

    Args:
        text: normalised text in which names and codes are masked.
    """
    grades = matches(text, patterns("grades", "grade"))
    rest = _without(text, grades)
    ranks = matches(rest, patterns("ranks", "rank"))
    rest = _without(rest, [each for each in ranks if each.says not in LEVELS])
    said_years = years(rest)
    rest = _without(rest, [each for each, _ in said_years])
    tiers = matches(rest, patterns("tiers", "tier"))
    rest = _without(rest, tiers)
    families = matches(rest, patterns("families", "family"))
    return Slots(tuple(grades), tuple(ranks), tuple(span for _, span in said_years), tuple(tiers), tuple(families), _without(rest, families))


def _without(text: str, found: Iterable[Match]) -> str:
    return mask(text, [(each.start, each.end) for each in found])


def codes(text: str) -> list[Match]:
    """Four-digit numbers that may be codes of a 专业类."""
    return [Match(each.start(1), each.end(1), each[1], each[1]) for each in _CODE.finditer(text)]


def years(text: str) -> list[tuple[Match, tuple[int, int]]]:
    """Years and the first and last year that they say: 2016年 → 2016 to 2016, 2018年前 → to 2017, 2014年以后 → from 2015."""
    found = []
    for each in _YEAR.finditer(text):
        digits = each["long"] or each["short"]
        year = int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= 80 else 2000)
        spans = {"upto": (0, year), "before": (0, year - 1), "since": (year, LATEST), "after": (year + 1, LATEST)}
        span = next((spans[word] for word in spans if each[word]), (year, year))
        found.append((Match(each.start(), each.end(), each[0], str(year)), span))
    return found
