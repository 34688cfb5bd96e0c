"""Where one entry ends and the next begins: the OCR put one and the same space inside words and between entries.

A dynamic programme over the pieces of a cell: each way to join neighbouring pieces into entries has a cost, made of what is known about entries (balanced brackets, a
level bracket ends an entry, known names) and about narrow printed cells (a line of full width goes on, a short one ends).
"""

import re
from collections.abc import Sequence
from functools import cache

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
#: Costs, tuned on the rows read by people (see docs/TRANSCRIPTION.md); only their order of size matters.
UNBALANCED, STARTS_WRONG, LEVEL_INSIDE, TOO_SHORT, NO_LEVEL = 9.0, 8.0, 6.0, 3.0, 1.5
WIDE_JOIN, SHORT_JOIN, LATIN_JOIN, FULL_SPLIT, PLAIN, KNOWN = 3.0, 1.6, 0.4, 0.9, 1.0, 0.15
LONGEST = 16


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
    leveled = levels >= 0.4 * len(pieces) or levels >= 3
    narrow = widest <= 13

    @cache
    def cost(start: int, end: int) -> float:
        return _entry_cost(
            tuple(pieces[start:end]), first=start == 0, last=end == len(pieces), leveled=leveled, widest=widest if narrow else 0.0, lexicon=lexicon
        )

    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        best.append(min((best[start][0] + cost(start, end), start) for start in range(max(0, end - LONGEST), end)))
    ends: list[int] = [len(pieces)]
    while ends[-1]:
        ends.append(best[ends[-1]][1])
    ends.reverse()
    return [" ".join(pieces[start:end]) for start, end in zip(ends, ends[1:], strict=False)]


def _entry_cost(pieces: Sequence[str], *, first: bool, last: bool, leveled: bool, widest: float, lexicon: Lexicon) -> float:
    """How unlikely it is that `pieces` together are one entry."""
    text = "".join(pieces)
    total = KNOWN if lexicon.knows(text) else PLAIN
    opened, closed = _balance(text)
    if (opened and not last) or (closed and not first):
        total += UNBALANCED
    if (_CONTINUES.match(text) or text[0] in "（(") and not first:
        total += STARTS_WRONG
    if _UNFINISHED.search(text) and not last:
        total += STARTS_WRONG
    marks = list(_LEVEL_BRACKET.finditer(text))
    inside = bool(marks)
    if closed and (tail := _TAIL.match(text)) and not _BRACKETS_ONLY.fullmatch(text[tail.end() :]):
        total += LEVEL_INSIDE
    total += LEVEL_INSIDE * sum(not _BRACKETS_ONLY.fullmatch(text[mark.end() :]) for mark in marks)
    if leveled and not inside and not last:
        total += NO_LEVEL
    if len(text) < 3 and not first and not lexicon.knows(text):
        total += TOO_SHORT
    for piece, following in zip(pieces, pieces[1:], strict=False):
        if _UNFINISHED.search(piece) or following[0] in "（(" or _CONTINUES.match(following):
            continue
        if not _START.match(following) and ((piece[-1].isalnum() and piece[-1].isascii()) or (following[0].isalnum() and following[0].isascii())):
            total += LATIN_JOIN
        elif not widest or _START.match(following) or (_ROLE.search(piece) and (_ROLE.search(following) or _RANK.match(following))):
            total += WIDE_JOIN
        elif width(piece) < widest - 1.5:
            total += SHORT_JOIN
    if widest and not last and width(pieces[-1]) >= widest - 0.5 and not _LEVEL_END.search(text) and not lexicon.knows(text):
        total += FULL_SPLIT
    return total


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
