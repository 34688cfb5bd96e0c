"""The catalogue's page layout: which lines make a row, and in which of the 15 columns each cell stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.transcribe.document import Document, DocumentError, squeeze
from kg.transcribe.lexicon import Lexicon

FAMILIES = ("title", "skill", "practice", "onex", "industry")
TIERS = ("初级", "中级", "高级")
#: (family, tier) of cells 1 to 15, in printed order.
COLUMNS = tuple((family, tier) for family in FAMILIES for tier in TIERS)
_HEAD = re.compile(r"^(\d{4})((?:\s*\d{4}){1,2})\s*(.*)$")
_GROUP = re.compile(r"^#+\s*[一二三四五六七八九十]+、(\d{2})（\d{2}、\d{2}）(.+?)专业“双师型”")
_TIER_WORDS = {
    "初级": re.compile(r"五级|初级"),
    "中级": re.compile(r"四级|中级"),
    "高级": re.compile(r"[三二一]级|高级|技师"),
}
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_FAMILY_WORDS = {
    "onex": re.compile(r"职业技能等级证书|1\s*\+\s*[xX]"),
    "industry": re.compile(r"公司|[:：]|认证|协会"),
    "practice": re.compile(r"执业|注册|建造师|造价|执照|资格"),
    "skill": re.compile(r"[工员师][（(](?:国家职业资格)?[五四三二一]级"),
}
#: Costs of the alignment: a cell out of its family or tier, and a change of the shift from one cell to the next.
WRONG_TIER, WRONG_FAMILY, SHIFT = 2.0, 1.5, 1.2


@dataclass(frozen=True)
class Cell:
    """A non-empty cell: its line, its number in the line (from 0), its text and the column that the layout gives it (None: no column)."""

    line: int
    number: int
    text: str
    column: tuple[str, str] | None


@dataclass(frozen=True)
class Row:
    """The lines of one 专业类: its three codes (bachelor and college may be missing in print), name and cells; `head` is its heading line."""

    category: str
    codes: tuple[str, ...]
    name: str
    head: int
    cells: tuple[Cell, ...]


def catalogue_range(document: Document) -> range:
    """The lines of the catalogue, from its first group heading to the line before annex 1.

    Raises:
        DocumentError: a heading is missing.
    """
    start = document.find("一、61（41、21）", start=document.find("说明", start=document.find("附件11：")))
    return range(start, document.find("附件1：教学技能比赛", start=start))


def line_kind(document: Document, number: int) -> str:
    """What a line of the catalogue is: blank, group, header, filler, row or continuation."""
    text = document.line(number)
    if not text.strip():
        return "blank"
    if text.startswith("#"):
        return "group"
    cells = document.cells(number)
    if squeeze(cells[0]).startswith("双师级别") or cells[1:4] == list(TIERS):
        return "header"
    if not any(cells):
        return "filler"
    return "row" if _HEAD.match(cells[0]) else "continuation"


def rows(document: Document, lexicon: Lexicon) -> Iterator[Row]:
    """The rows of the catalogue, each with all the lines from its heading to the next.

    What stands before the first heading of a group is given to the row before, as the heading of its own row is lost; `corrections/lines.csv` attributes it.
    """
    head: tuple[str, tuple[str, ...], str, int] | None = None
    cells: list[Cell] = []
    for number in catalogue_range(document):
        kind = line_kind(document, number)
        if kind == "row":
            if head:
                yield Row(*head, tuple(cells))
            head, cells = (*_heading(document.cells(number)[0]), number), []
        if kind in ("row", "continuation"):
            cells += cells_of(document, number, lexicon, is_head=kind == "row")
    if head:
        yield Row(*head, tuple(cells))


def groups(document: Document) -> dict[str, tuple[str, int]]:
    """The groups (专业大类) whose headings the text has: code → (name, line).

    Raises:
        DocumentError: a heading of the catalogue is not that of a group.
    """
    found = {}
    for number in catalogue_range(document):
        if match := _GROUP.match(document.line(number)):
            found[match[1]] = (match[2], number)
        elif line_kind(document, number) == "group":
            raise DocumentError(f"{document.id} line {number}: expected the heading of a group of 专业类, found “{document.line(number).strip()}”")
    return found


def cells_of(document: Document, number: int, lexicon: Lexicon, *, is_head: bool) -> list[Cell]:
    """The non-empty cells of one line, each with the column that position and content give it."""
    texts = document.cells(number)
    if is_head:
        texts[0] = ""
    columns = align(texts, lexicon)
    placed = (COLUMNS[column] if column is not None else None for column in columns)
    return [Cell(number, index, text, column) for index, (text, column) in enumerate(zip(texts, placed, strict=True)) if text]


def align(texts: Sequence[str], lexicon: Lexicon) -> list[int | None]:
    """The column (0 to 14) of each cell of a line; None for empty cells.

    A line of 16 cells is taken as it stands. Any other line lost or gained cells: they are laid on the columns from left to right so that grades and names fit
    best and the shift against the plain position changes as seldom as possible.
    """
    filled = [index for index, text in enumerate(texts) if text]
    if len(texts) == len(COLUMNS) + 1 and 0 not in filled:
        return [index - 1 if text else None for index, text in enumerate(texts)]
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    for index in filled:
        fit = _misfits(texts[index], lexicon)
        step: dict[int, tuple[float, tuple[int, ...]]] = {}
        for last, (cost, chosen) in best.items():
            shift = chosen[-1] - filled[len(chosen) - 1] if chosen else -1
            for column in range(last + 1, len(COLUMNS)):
                total = cost + fit[column] + SHIFT * (column - index != shift)
                if column not in step or total < step[column][0]:
                    step[column] = (total, (*chosen, column))
        if not step:
            return [column if text else None for column, text in zip(_plain(len(texts)), texts, strict=True)]
        best = step
    chosen = min(best.values())[1]
    placed = dict(zip(filled, chosen, strict=True))
    return [placed.get(index) for index in range(len(texts))]


def _plain(count: int) -> list[int | None]:
    """The column of each cell by its position alone."""
    return [index - 1 if 1 <= index <= len(COLUMNS) else None for index in range(count)]


def _misfits(text: str, lexicon: Lexicon) -> list[float]:
    """How badly the entries of a cell fit each column, by their grades and names; 0 is no contradiction."""
    squeezed = squeeze(text)
    brackets = "".join(_BRACKETS.findall(squeezed))
    votes = {tier: len(words.findall(brackets)) for tier, words in _TIER_WORDS.items()}
    total = sum(votes.values())
    known = [families for entry in text.split() if (families := lexicon.families_of(entry))]
    marks = {family: len(words.findall(squeezed)) for family, words in _FAMILY_WORDS.items()}
    strongest = max(marks, key=lambda family: marks[family])
    costs = []
    for family, tier in COLUMNS:
        cost = WRONG_TIER * (1 - votes[tier] / total) if total and family != "title" else 0.0
        if known:
            cost += WRONG_FAMILY * (1 - sum(family in families for families in known) / len(known))
        elif marks[strongest]:
            cost += WRONG_FAMILY * (family != strongest)
        costs.append(cost)
    return costs


def _heading(text: str) -> tuple[str, tuple[str, ...], str]:
    """The codes and the name of a row heading such as `6203 4203 2203 测绘地理 信息类`."""
    match = _HEAD.match(text)
    assert match, text
    return match[1], (match[1], *re.findall(r"\d{4}", match[2])), squeeze(match[3])
