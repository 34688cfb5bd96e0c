"""How people write down what they read in a damaged cell: a small notation, kept in `kg/sources/corrections/entries.csv`.

Entries are separated by ` ¦ `, text as printed without OCR spaces. After an entry may stand, in this order:

- `=>name{why}`: an OCR error mended, the text before it is what is printed;
- `@family.tier`: it stands in another column than its cell;
- `?{why}`: a careful reader could disagree;
- `!{why}`: not an entry (a fragment); `!116.6{why}`: not an entry, but a repeat of a text that line 116 prints in cell 6.

Before the first entry of a cell may stand `<` (it is the rest of the entry before it in the same column), `<579.5 ` (it is the rest of the last entry of
line 579, cell 5) or `+` (it begins a new entry, though it looks like a rest).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.transcribe.document import squeeze
from kg.transcribe.layout import COLUMNS

_ENTRY = re.compile(
    r"^(?P<text>.*?)(?:=>(?P<fix>[^{}]*)\{(?P<fix_why>[^{}]*)\})?(?:\s*@(?P<column>[a-z]+\.[初中高]级))?"
    r"(?:\s*(?P<mark>[?!])(?:(?P<repeats_line>\d+)\.(?P<repeats_cell>\d+))?\{(?P<why>[^{}]*)\})?$"
)
#: A sign of the notation that was not understood as one: it lacks its reason, or stands in the wrong order.
_STRAY_SIGN = re.compile(r"[{}]|=>|\s[?!@]")
_START = re.compile(r"^(?P<sign>[<+])(?:(?P<line>\d+)\.(?P<cell>\d+) )?")


@dataclass(frozen=True)
class Reading:
    """One entry, or a part of one, as read in a cell.

    Attributes:
        printed: the text without tags.
        fix: the text it stands for, where an OCR error was mended.
        column: another column than the cell's.
        mark: `?` uncertain, `!` not an entry.
        why: the reason of mark or fix.
        tail: it is the rest of an entry cut before.
        head: line and cell of that entry, where it is not the one before it in the column.
        fresh: it is surely not the rest of one.
        repeats: line and cell that print the text that it repeats.
    """

    printed: str
    fix: str = ""
    column: tuple[str, str] | None = None
    mark: str = ""
    why: str = ""
    tail: bool = False
    head: tuple[int, int] | None = None
    fresh: bool = False
    repeats: tuple[int, int] | None = None

    @property
    def wording(self) -> str:
        """What the text stands for."""
        return self.fix or self.printed


def parse_readings(notation: str) -> list[Reading]:
    """Read the notation of this module.

    Raises:
        ValueError: a part cannot be read; the message quotes it.
    """
    found: list[Reading] = []
    for position, part in enumerate(notation.split("¦")):
        match = _ENTRY.match(part.strip())
        if not match or _STRAY_SIGN.search(match["text"]):
            raise ValueError(f"cannot read the entry “{part.strip()}”")
        if match["repeats_line"] and match["mark"] != "!":
            raise ValueError(f"only what is no entry (!) repeats another cell: “{part.strip()}”")
        text = match["text"].strip()
        start = _START.match(text) if position == 0 else None
        head = (int(start["line"]), int(start["cell"])) if start and start["line"] else None
        column = parse_column(match["column"]) if match["column"] else None
        why = "; ".join(filter(None, (match["fix_why"], match["why"])))
        sign = start["sign"] if start else ""
        text = text[start.end() :] if start else text
        repeats = (int(match["repeats_line"]), int(match["repeats_cell"])) if match["repeats_line"] else None
        found.append(Reading(text.strip(), match["fix"] or "", column, match["mark"] or "", why, sign == "<", head, sign == "+", repeats))
    return found


def parse_column(text: str) -> tuple[str, str]:
    """A column such as `skill.初级`.

    Raises:
        ValueError: there is no such column.
    """
    family, _, tier = text.partition(".")
    if (family, tier) not in COLUMNS:
        raise ValueError(f"no column “{text}”; columns are family.tier, as skill.初级")
    return family, tier


def overlay(readings: Sequence[Reading], at: int, printed: str, corrected: Sequence[Reading]) -> list[Reading]:
    """Put `corrected` in place of the readings that cover characters `at` to `at + len(printed)` of a cell.

    Raises:
        ValueError: the cell does not print `printed` there, the corrected text is not the printed one, or a reading crosses the edge.
    """
    if "".join(squeeze(each.printed) for each in corrected) != printed:
        raise ValueError(f"the corrected entries do not spell “{printed}”")
    before: list[Reading] = []
    covered: list[Reading] = []
    after: list[Reading] = []
    position = 0
    for each in readings:
        end = position + len(squeeze(each.printed))
        (before if end <= at else covered if position < at + len(printed) else after).append(each)
        position = end
    if "".join(squeeze(each.printed) for each in covered) != printed:
        raise ValueError(f"the cell does not print “{printed}” at character {at}")
    spaced = _respace([each.printed for each in covered], corrected)
    return [*before, *spaced, *after]


def _respace(printed: Sequence[str], corrected: Sequence[Reading]) -> list[Reading]:
    """The corrected readings with their text as printed, white space included."""
    text = " ".join(printed)
    found: list[Reading] = []
    position = 0
    for each in corrected:
        start, wanted = position, len(squeeze(each.printed))
        while wanted:
            wanted -= not text[position].isspace()
            position += 1
        found.append(replace(each, printed=text[start:position].strip()))
    return found
