"""Why a transcription is not exact, in Chinese: the English reasons of the tables, worded from `data/reasons.csv`.

A reason is made of parts, joined with semicolons. A row of the table words one part; what differs between parts alike (a number, a
printed name, a column, a cell) stands in its pattern as a placeholder of that kind.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

WORDINGS = Path(__file__).parent / "data/reasons.csv"
_TIERS = {"初": "初级", "中": "中级", "高": "高级"}
_PLACEHOLDER = re.compile(r"\{(([a-z]+)\d*)\}")
_CELL = re.compile(r"(?P<line>\d+)\.(?P<cell>\d+)(?:-(?:(?P<to_line>\d+)\.)?(?P<to_cell>\d+))?")
#: What a placeholder of each kind stands for. A printed text has no English word and no comma: those belong to the pattern.
_KINDS = {
    "number": r"\d+(?:[-/]\d+)*",
    "cell": r"\d+\.\d+(?:-\d+(?:\.\d+)?)?",
    "tier": r"[初中高](?:[ /]?[初中高])*",
    "column": r"[a-z]+\.[初中高](?:/[初中高])*(?:,? [a-z]+\.[初中高](?:/[初中高])*)*",
    "text": r"(?=[^;,]*[^\x00-\x7f])(?! )(?:(?![a-z]{2})[^;,])+(?<! )",
}


@dataclass(frozen=True)
class Wordings:
    """The Chinese for parts of reasons: literal ones, and those with placeholders."""

    literal: Mapping[str, str]
    patterned: Mapping[str, str]

    def chinese(self, reason: str) -> str:
        """A reason in Chinese; a part without a wording stays as it is.

        Args:
            reason: in English, its parts joined with "; ".
        """
        return "；".join(dict.fromkeys(self.part(part) or part for part in reason.split("; ")))

    def part(self, part: str) -> str:
        """One part in Chinese; nothing if no row words it."""
        return self.literal.get(part) or next((self._fill(chinese, found) for _, chinese, found in self._matching(part)), "")

    def rows(self, part: str) -> list[str]:
        """The rows that word a part, by their English: one, in a table without gaps and overlaps."""
        return [part] * (part in self.literal) + [english for english, _, _ in self._matching(part)]

    def _matching(self, part: str) -> Iterable[tuple[str, str, re.Match[str]]]:
        return ((english, chinese, found) for english, pattern, chinese in self._patterns if (found := pattern.fullmatch(part)))

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str], str]]:
        return [(english, _pattern(english), chinese) for english, chinese in self.patterned.items()]

    def _fill(self, chinese: str, found: re.Match[str]) -> str:
        return _PLACEHOLDER.sub(lambda place: self._shown(place[2], found[place[1]]), chinese)

    def _shown(self, kind: str, value: str) -> str:
        if kind == "number":
            return value.replace("-", "至").replace("/", "、")
        if kind == "cell":
            return _cell(value)
        if kind == "tier":
            return _tiers(value)
        return self._columns(value) if kind == "column" else value

    def _columns(self, value: str) -> str:
        """Columns as the catalogue's header names them: each family once, with its tiers."""
        tiers: dict[str, str] = {}
        for family, _, tier in (each.partition(".") for each in re.split(r",? ", value)):
            tiers[family] = tiers.get(family, "") + tier
        return "、".join(f"{self.literal[family]}{_tiers(tier)}栏" for family, tier in tiers.items())


def _pattern(english: str) -> re.Pattern[str]:
    parts = _PLACEHOLDER.split(english)
    before, names, kinds = parts[::3], parts[1::3], parts[2::3]
    places = (f"(?P<{name}>{_KINDS[kind]})" for name, kind in zip(names, kinds, strict=True))
    return re.compile("".join(re.escape(text) + next(places, "") for text in before))


def _tiers(value: str) -> str:
    return "、".join(_TIERS[each] for each in value if each in _TIERS)


def _cell(value: str) -> str:
    found = _CELL.fullmatch(value)
    assert found
    end = f"至第{found['to_line']}行第{found['to_cell']}" if found["to_line"] else f"至{found['to_cell']}" if found["to_cell"] else ""
    return f"第{found['line']}行第{found['cell']}{'格' if found['to_line'] else ''}{end}格"


@lru_cache(maxsize=1)
def read_wordings(path: Path = WORDINGS) -> Wordings:
    """The wordings of a table.

    Args:
        path: a CSV with the columns english, chinese.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["english"]: row["chinese"] for row in csv.DictReader(file)}
    patterned = {english: chinese for english, chinese in rows.items() if _PLACEHOLDER.search(english)}
    return Wordings({english: chinese for english, chinese in rows.items() if english not in patterned}, patterned)
