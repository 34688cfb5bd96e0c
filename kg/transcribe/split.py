"""Where one entry ends and the next begins: the OCR put one and the same space inside words and between entries.

A dynamic programme over the pieces of a cell: each way to join neighbouring pieces into entries has a cost, made of what is known about entries
(balanced brackets, a level bracket ends an entry, known names) and about narrow printed cells (a line of full width goes on, a short one ends).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.transcribe.lexicon import Lexicon

_LEVEL_END = re.compile(r"(级|工|技师|认证|证书|师)[^（(）)]{0,4}[）)]$")
_LEVEL_BRACKET = re.compile(r"[（(](?:国家职业资格)?[^（()）]*(?:[五四三二一初中高]级|高级工|中级工|初级工|技师)[^（()）]*[）)]")
_BRACKETS_ONLY = re.compile(r"([（(【\[][^）)】\]]*[）)】\]]|[）)])*")
_TAIL = re.compile(r"[^（(）)]*[）)]")
_ROLE = re.compile(r"(?:[师员工士长副]|执照|资格|证书|证|建造|护理|编辑|翻译|校对|译审)(?:[（(][^（()）]*[)）])?$")
_START = re.compile(r"^(?:1\s*\+\s*[xX]|[^:：（(]{2,}[:：])")
_RANK = re.compile(r"^(?:正?高级|中级|初级|助理|[一二三四五]级|注册|国际|全国|中国|国家|上海)")
_CONTINUES = re.compile(r"^[)）/、，,·：:\-]")
_UNFINISHED = re.compile(r"[（(/、，,：:\-]$")
#: What an entry costs, tuned on the rows read by people; `benchmarks/transcription.py` measures them (see docs/TRANSCRIPTION.md).
PLAIN = 1.0  # an entry
KNOWN = 0.15  # an entry whose name another table has
UNBALANCED = 9.0  # a bracket that opens or closes only in another entry
LEVEL_INSIDE = 6.0  # text after a level bracket
TOO_SHORT = 3.0  # one or two characters
NO_LEVEL = 1.5  # no level in a cell whose entries have one
FULL_SPLIT = 0.9  # it ends at the full width of the printed line
#: What a join of two pieces costs.
WIDE_JOIN = 3.0  # in a cell whose printed lines are wide, or of two names of a profession
SHORT_JOIN = 1.6  # after a printed line that had room left
LATIN_JOIN = 0.4  # beside a Latin letter or a number, where a space is no border
#: A cell whose longest piece is no wider is taken as narrow: its pieces are the printed lines.
NARROW = 13.0
#: A printed line within this of the widest is full.
FULL_WITHIN, ROOM_LEFT = 0.5, 1.5
#: A cell prints levels if so many of its pieces have one, or so large a share.
LEVELS, LEVEL_SHARE = 3, 0.4
#: Pieces of the longest entry.
LONGEST = 16


@dataclass(frozen=True)
class _Cell:
    """What is known about a cell as a whole: whether its entries print a level, and the width of its printed lines (0: they are wide)."""

    leveled: bool
    line_width: float
    lexicon: Lexicon


def width(text: str) -> float:
    """The printed width of `text` in full-width characters."""
    return sum(0.5 if ord(character) < 0x2E80 else 1.0 for character in text)


def split_cell(text: str, lexicon: Lexicon) -> list[str]:
    """The entries of one cell, each with the white space it was printed with.

    Args:
        text: the cell; white space stands inside words as well as between entries.
        lexicon: names known from the other tables.
    """
    pieces = text.split()
    if len(pieces) < 2:
        return pieces
    widest = max(width(piece) for piece in pieces)
    levels = len(_LEVEL_BRACKET.findall("".join(pieces)))
    cell = _Cell(levels >= LEVEL_SHARE * len(pieces) or levels >= LEVELS, widest if widest <= NARROW else 0.0, lexicon)
    joins = [_join_cost(piece, following, cell.line_width) for piece, following in pairwise(pieces)]
    # The cheapest way to split the pieces before each position, and where its last entry starts.
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        found = []
        for start in range(max(0, end - LONGEST), end):
            cost = _entry_cost(pieces[start:end], joins[start : end - 1], cell, first=start == 0, last=end == len(pieces))
            found.append((best[start][0] + cost, start))
        best.append(min(found))
    ends: list[int] = [len(pieces)]
    while ends[-1]:
        ends.append(best[ends[-1]][1])
    ends.reverse()
    return [" ".join(pieces[start:end]) for start, end in pairwise(ends)]


def _entry_cost(pieces: Sequence[str], joins: Sequence[float], cell: _Cell, *, first: bool, last: bool) -> float:
    """How unlikely it is that `pieces`, whose joins cost `joins`, are one entry; the first and the last of a cell may be cut by a page break."""
    text = "".join(pieces)
    known = cell.lexicon.knows(text)
    total = KNOWN if known else PLAIN
    opened, closed = _balance(text)
    if (opened and not last) or (closed and not first):
        total += UNBALANCED
    levels = list(_LEVEL_BRACKET.finditer(text))
    if closed and (tail := _TAIL.match(text)) and not _BRACKETS_ONLY.fullmatch(text[tail.end() :]):
        total += LEVEL_INSIDE
    total += LEVEL_INSIDE * sum(not _BRACKETS_ONLY.fullmatch(text[level.end() :]) for level in levels)
    if cell.leveled and not levels and not last:
        total += NO_LEVEL
    if len(text) < 3 and not first and not known:
        total += TOO_SHORT
    for join in joins:
        total += join
    if cell.line_width and not last and width(pieces[-1]) >= cell.line_width - FULL_WITHIN and not _LEVEL_END.search(text) and not known:
        total += FULL_SPLIT
    return total


def _join_cost(piece: str, following: str, line_width: float) -> float:
    """How unlikely it is that `following` goes on with the entry of `piece`."""
    if _UNFINISHED.search(piece) or following[0] in "（(" or _CONTINUES.match(following):
        return 0.0
    starts = bool(_START.match(following))
    if not starts and (_is_latin(piece[-1]) or _is_latin(following[0])):
        return LATIN_JOIN
    if not line_width or starts or (_ROLE.search(piece) and (_ROLE.search(following) or _RANK.match(following))):
        return WIDE_JOIN
    return SHORT_JOIN if width(piece) < line_width - ROOM_LEFT else 0.0


def _is_latin(character: str) -> bool:
    """Whether a character is a Latin letter or a digit."""
    return character.isascii() and character.isalnum()


def _balance(text: str) -> tuple[int, int]:
    """How many brackets stay open, and how many close without having been opened."""
    opened = closed = 0
    for character in text:
        if character in "（(【[":
            opened += 1
        elif character in "）)】]":
            if opened:
                opened -= 1
            else:
                closed += 1
    return opened, closed


def continues(head: str, tail: str, lexicon: Lexicon) -> bool:
    """Whether `tail`, the first entry after a page break, is the rest of `head`, the last one before it in the same column."""
    opened, _ = _balance(head)
    _, closed = _balance(tail)
    if opened or closed or _CONTINUES.match(tail) or _UNFINISHED.search(head):
        return True
    if tail[0] in "（(" and not _LEVEL_BRACKET.search(head):
        return True
    return not lexicon.knows(head) and lexicon.knows(head + tail) and not lexicon.knows(tail)
