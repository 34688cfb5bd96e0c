"""The catalogue of Shanghai's 双师型 rules: from damaged cells to entries, and what became of every piece of text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.transcribe.coverage import coverage
from kg.transcribe.decisions import Decisions, Place, read_decisions
from kg.transcribe.document import Document, DocumentError, one_width, squeeze
from kg.transcribe.layout import COLUMNS, Cell, Row, line_kind, rows
from kg.transcribe.lexicon import Lexicon, make_lexicon
from kg.transcribe.parts import parse_entry
from kg.transcribe.reading import Reading, overlay, parse_column, parse_readings
from kg.transcribe.record import Record, record
from kg.transcribe.split import continues, split_cell

PLAIN_CELLS = len(COLUMNS) + 1
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Piece:
    """A reading in its place: the cell, and which of the cell's readings it is."""

    cell: Cell
    position: int
    reading: Reading


@dataclass
class Entry:
    """An entry while it is put together; more than one piece where a page break cuts it."""

    category: str
    column: tuple[str, str]
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Fate:
    """What became of one piece of a cell.

    Attributes:
        line: the line of the piece.
        cell: its cell in the line.
        position: which piece of the cell it is.
        fate: `entry`, `joined` (the rest of an entry), `stutter` (printed again) or `fragment` (not an entry).
        category: the 专业类 of the piece.
        column: its column.
        text: as printed.
        entry: the line where the entry starts that it is, belongs to or repeats.
        reason: why it is not an entry.
    """

    line: int
    cell: int
    position: int
    fate: str
    category: str
    column: tuple[str, str]
    text: str
    entry: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Catalogue:
    """The transcribed catalogue: entries, the state of every 专业类, and the fate of every piece of its cells, in printed order."""

    records: list[Record]
    coverage: list[Record]
    fates: list[Fate]


def transcribe_catalogue(document: Document, tables: Mapping[str, Iterable[Record]], decisions: Decisions | None = None) -> Catalogue:
    """Transcribe the catalogue (document `shanghai-shuangshi-2025`, from its first group to annex 1).

    Args:
        document: the Shanghai document.
        tables: the transcribed annexes and occupation lists, whose names are the lexicon.
        decisions: what people decided by reading; None: the corrections kept in `kg/sources/`.

    Raises:
        DocumentError: a decision does not fit what the document prints, or a heading is not as expected.
    """
    decisions = decisions or read_decisions()
    lexicon = make_lexicon(tables)
    found = list(rows(document, lexicon))
    states = coverage(document, found, decisions)
    records: list[Record] = []
    fates: list[Fate] = []
    used: set[Place] = set()
    for category, cells in _by_category(found, decisions.lines):
        used |= {(cell.line, cell.number) for cell in cells}
        entries, set_aside = _join(document, category, [(cell, _read(document, cell, decisions, lexicon)) for cell in cells], lexicon)
        made, told = _records(document, entries, decisions)
        records += made
        fates += [*told, *set_aside]
    if stray := sorted(decisions.places - used):
        raise DocumentError(f"{document.id} line {stray[0][0]}: a correction names cell {stray[0][1]}, which the line does not have")
    fates.sort(key=lambda fate: (fate.line, fate.cell, fate.position))
    return Catalogue(records, states, fates)


def _by_category(found: Iterable[Row], attributed: Mapping[int, str]) -> list[tuple[str, list[Cell]]]:
    """The cells of each 专业类 in printed order; lines without a heading go where a correction attributes them."""
    cells: dict[str, list[Cell]] = {}
    for row in found:
        for cell in row.cells:
            cells.setdefault(attributed.get(cell.line, row.category), []).append(cell)
    return sorted(cells.items())


def _read(document: Document, cell: Cell, decisions: Decisions, lexicon: Lexicon) -> list[Reading]:
    """The entries of one cell: split by rule, then as corrected; each with its column.

    Raises:
        DocumentError: the cell has no column, or a correction does not fit.
    """
    decided = decisions.columns.get((cell.line, cell.number))
    place = f"{document.id} line {cell.line} cell {cell.number}"
    try:
        column = parse_column(decided["column"]) if decided else cell.column
        readings = [Reading(text) for text in split_cell(cell.text, lexicon)]
        for span in decisions.spans.get((cell.line, cell.number), ()):
            readings = overlay(readings, int(span["at"]), span["printed"], parse_readings(span["entries"]))
    except ValueError as error:
        raise DocumentError(f"{place}: {error}; was the document changed?") from None
    if column is None:
        raise DocumentError(f"{place}: no column found for “{cell.text[:30]}”; add a row to corrections/columns.csv")
    return [replace(each, column=each.column or column) for each in readings]


def _join(document: Document, category: str, cells: Iterable[tuple[Cell, list[Reading]]], lexicon: Lexicon) -> tuple[list[Entry], list[Fate]]:
    """Put cut entries together, and set aside what is not an entry.

    Raises:
        DocumentError: the rest of an entry has nothing before it, or a repeated text does not stand where a correction says.
    """
    entries: list[Entry] = []
    set_aside: list[Fate] = []
    last: dict[tuple[str, str], Entry] = {}
    for piece in (Piece(cell, position, each) for cell, readings in cells for position, each in enumerate(readings)):
        reading, column = piece.reading, piece.reading.column
        assert column
        if reading.mark == "!":
            set_aside.append(_set_aside(document, category, piece))
            continue
        before = _entry_that_ends_in(entries, reading.head) if reading.head else last.get(column)
        if reading.tail and before is None:
            place = f"{document.id} line {piece.cell.line} cell {piece.cell.number}"
            raise DocumentError(f"{place}: “{reading.printed}” is the rest of an entry, but its column has none before it")
        if before and (reading.tail or _goes_on(document, before.pieces[-1], piece, lexicon)):
            before.pieces.append(piece)
        else:
            before = Entry(category, column, [piece])
            entries.append(before)
        last[column] = before
    return entries, set_aside


def _entry_that_ends_in(entries: list[Entry], place: Place | None) -> Entry | None:
    """The last of the entries whose last piece stands in a cell."""
    return next((entry for entry in reversed(entries) if (entry.pieces[-1].cell.line, entry.pieces[-1].cell.number) == place), None)


def _goes_on(document: Document, before: Piece, piece: Piece, lexicon: Lexicon) -> bool:
    """Whether a piece is, by rule, the rest of the entry before it: only first in its cell, only over a page break, and only where the two fit."""
    if piece.position or piece.reading.fresh or before.reading.why or before.cell.line == piece.cell.line:
        return False
    broken = any(line_kind(document, number) in ("blank", "filler") for number in range(before.cell.line + 1, piece.cell.line))
    return broken and continues(squeeze(before.reading.printed), squeeze(piece.reading.printed), lexicon)


def _set_aside(document: Document, category: str, piece: Piece) -> Fate:
    """The fate of a text that people read as no entry: a fragment, or a repeat of what another cell prints.

    Raises:
        DocumentError: that cell does not print it.
    """
    reading = piece.reading
    if reading.repeats:
        line, number = reading.repeats
        cells = document.cells(line)
        if number >= len(cells) or one_width(reading.printed) not in one_width(cells[number]):
            place = f"{document.id} line {piece.cell.line} cell {piece.cell.number}"
            raise DocumentError(f"{place}: “{reading.printed}” should repeat what line {line} prints in cell {number}, but does not")
        return _fate(piece, "stutter", category, line, reading.why)
    return _fate(piece, "fragment", category, None, reading.why)


def _fate(piece: Piece, fate: str, category: str, entry: int | None, reason: str = "") -> Fate:
    """A fate of a piece."""
    assert piece.reading.column
    return Fate(piece.cell.line, piece.cell.number, piece.position, fate, category, piece.reading.column, piece.reading.printed, entry, reason)


def _records(document: Document, entries: Iterable[Entry], decisions: Decisions) -> tuple[list[Record], list[Fate]]:
    """The records of one 专业类, each entry of a column once, and the fate of every piece."""
    printings: dict[tuple[str, ...], list[tuple[Entry, Record]]] = {}
    fates: list[Fate] = []
    for entry in entries:
        made = _record(document, entry, decisions)
        if not made["name"]:
            fates += [_fate(piece, "fragment", entry.category, None, piece.reading.why or "no name can be read") for piece in entry.pieces]
            continue
        key = (*entry.column, squeeze(made["name"]).lower(), made["issuer"], made["grades"] or squeeze(made["level"]), made["qualifier"])
        printings.setdefault(key, []).append((entry, made))
    records = []
    for printed in printings.values():
        # What is printed again is kept once: in the first printing that nobody doubts, else in the first.
        kept, made = next((each for each in printed if each[1]["status"] != "uncertain"), printed[0])
        records.append(made)
        for entry, _ in printed:
            fates += _fates(entry, kept)
    return records, fates


def _fates(entry: Entry, kept: Entry) -> Iterator[Fate]:
    """The fates of the pieces of an entry, of whose printings `kept` is the one that became a record."""
    line = kept.pieces[0].cell.line
    for number, piece in enumerate(entry.pieces):
        yield _fate(piece, "stutter" if entry is not kept else "joined" if number else "entry", entry.category, line)


def _record(document: Document, entry: Entry, decisions: Decisions) -> Record:
    """The record of one entry, with its status and the reasons for it."""
    first = entry.pieces[0]
    parts = parse_entry(_wording(entry))
    realigned = [decisions.columns[place]["reason"] for piece in entry.pieces if (place := (piece.cell.line, piece.cell.number)) in decisions.columns]
    reasons = [reason for piece in entry.pieces for reason in _reasons(piece, decisions)]
    count = len(document.cells(first.cell.line))
    if count != PLAIN_CELLS and not realigned and COLUMNS.index(entry.column) + 1 != first.cell.number:
        reasons.append(f"the line has {count} cells, not {PLAIN_CELLS}; column found by grades and names")
    if len(entry.pieces) > 1:
        reasons.append(f"cut by a page break, goes on at line {entry.pieces[1].cell.line}")
    if _respaced(first.reading.printed):
        reasons.append("spaces inside the name removed")
    uncertain = any(piece.reading.mark == "?" for piece in entry.pieces)
    return record(
        document,
        first.cell.line,
        " ".join(piece.reading.printed for piece in entry.pieces),
        status="uncertain" if uncertain else "repaired" if reasons else "exact",
        reason="; ".join(dict.fromkeys(reasons)),
        category=entry.category,
        family=entry.column[0],
        tier=entry.column[1],
        name=parts.name,
        issuer=parts.issuer,
        grades="|".join(map(str, parts.grades)),
        level=parts.level,
        qualifier=parts.qualifier,
    )


def _reasons(piece: Piece, decisions: Decisions) -> Iterator[str]:
    """Why a piece is not exact, as people decided: its column, its reading."""
    if decided := decisions.columns.get((piece.cell.line, piece.cell.number)):
        yield decided["reason"]
    if piece.reading.why:
        yield piece.reading.why


def _wording(entry: Entry) -> str:
    """The entry in one piece; a bracket that the OCR closed at the page break is opened again for its rest: (四级) + /中级） → (四级/中级）."""
    if len(entry.pieces) == 1:
        return entry.pieces[0].reading.wording
    text = ""
    for piece in entry.pieces:
        part = squeeze(piece.reading.wording)
        if text.endswith((")", "）")) and re.match(r"[^（(]*[)）]", part) and not part.startswith(("（", "(")):
            text = text[:-1]
        text += part
    return text


def _respaced(printed: str) -> bool:
    """Whether the OCR put a space between two Chinese characters of an entry."""
    return any(_HAN.match(a[-1]) and _HAN.match(b[0]) for a, b in pairwise(printed.split()))
