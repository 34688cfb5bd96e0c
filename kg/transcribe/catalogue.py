"""The catalogue of Shanghai's 双师型 rules: from damaged cells to entries, and what became of every line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.transcribe.document import Document, DocumentError, squeeze, tidy
from kg.transcribe.layout import COLUMNS, Cell, Row, groups, line_kind, rows
from kg.transcribe.lexicon import Lexicon, make_lexicon
from kg.transcribe.parts import parse_entry
from kg.transcribe.reading import Reading, overlay, parse_column, parse_readings
from kg.transcribe.record import Record, corrections, record
from kg.transcribe.split import continues, split_cell

PLAIN_CELLS = len(COLUMNS) + 1


@dataclass
class Entry:
    """An entry while it is put together: its readings, cell by cell."""

    category: str
    column: tuple[str, str]
    pieces: list[tuple[Cell, Reading]] = field(default_factory=list)


@dataclass(frozen=True)
class Fate:
    """What became of a piece of text of the catalogue: `entry`, `joined`, `stutter`, `fragment` (unreadable or not an entry), with the number of its characters."""

    line: int
    cell: int
    text: str
    fate: str
    note: str


@dataclass(frozen=True)
class Catalogue:
    """The transcribed catalogue: entries, the state of every 专业类, and the fate of every piece of text."""

    records: list[Record]
    coverage: list[Record]
    ledger: list[Fate]


def transcribe_catalogue(document: Document, tables: Mapping[str, Iterable[Record]]) -> Catalogue:
    """Transcribe the catalogue (document `shanghai-shuangshi-2025`, from its first group to annex 1).

    Args:
        document: the Shanghai document.
        tables: the transcribed annexes and occupation lists, whose names are the lexicon.

    Raises:
        DocumentError: a correction does not fit what the document prints, or a 专业类 is not in the list of categories.
    """
    lexicon = make_lexicon(tables)
    categories = corrections("categories")
    attributed = _attributed(corrections("lines"))
    columns = {(int(each["line"]), int(each["cell"])): each for each in corrections("columns")}
    spans: dict[tuple[int, int], list[Record]] = {}
    for each in corrections("entries"):
        spans.setdefault((int(each["line"]), int(each["cell"])), []).append(each)
    found = list(rows(document, lexicon))
    known = {each["category"] for each in categories}
    if unknown := [row for row in found if row.category not in known]:
        raise DocumentError(f"{document.id} line {unknown[0].head}: 专业类 {unknown[0].category} is not in corrections/categories.csv")
    records: list[Record] = []
    ledger: list[Fate] = []
    used: set[tuple[int, int]] = set()
    for category, cells in _by_category(found, attributed):
        read = [(cell, _read(document, cell, columns, spans, lexicon)) for cell in cells]
        used |= {(cell.line, cell.number) for cell in cells}
        entries, fragments = _join(category, read, document, lexicon)
        some, fates = _records(document, entries, {key: rule["reason"] for key, rule in columns.items()})
        records += some
        ledger += [*fates, *fragments]
    if stray := sorted((set(spans) | set(columns)) - used):
        raise DocumentError(f"{document.id} line {stray[0][0]}: a correction names cell {stray[0][1]}, which the line does not have")
    ledger.sort(key=lambda fate: (fate.line, fate.cell))
    return Catalogue(records, _coverage(document, found, categories), ledger)


def _attributed(rules: Iterable[Record]) -> dict[int, str]:
    """Line → category, for the lines whose heading is lost."""
    return {line: each["category"] for each in rules for line in range(int(each["first"]), int(each["last"]) + 1)}


def _by_category(found: Iterable[Row], attributed: Mapping[int, str]) -> list[tuple[str, list[Cell]]]:
    """The cells of each 专业类 in printed order; lines without a heading go where a correction attributes them."""
    cells: dict[str, list[Cell]] = {}
    for row in found:
        for cell in row.cells:
            cells.setdefault(attributed.get(cell.line, row.category), []).append(cell)
    return sorted(cells.items())


def _read(document: Document, cell: Cell, columns: Mapping[tuple[int, int], Record], spans: Mapping[tuple[int, int], list[Record]], lexicon: Lexicon) -> list[Reading]:
    """The entries of one cell: split by rule, then as corrected; each with its column.

    Raises:
        DocumentError: the cell has no column, or a correction does not fit.
    """
    key = (cell.line, cell.number)
    rule = columns.get(key)
    place = f"{document.id} line {cell.line} cell {cell.number}"
    try:
        column = parse_column(rule["column"]) if rule else cell.column
        readings = [Reading(text) for text in split_cell(cell.text, lexicon)]
        for span in spans.get(key, ()):
            readings = overlay(readings, int(span["at"]), span["printed"], parse_readings(span["entries"]))
    except ValueError as error:
        raise DocumentError(f"{place}: {error}; was the document changed?") from None
    if column is None:
        raise DocumentError(f"{place}: no column found for “{cell.text[:30]}”; add a row to corrections/columns.csv")
    return [replace(each, column=each.column or column) for each in readings]


def _join(category: str, read: list[tuple[Cell, list[Reading]]], document: Document, lexicon: Lexicon) -> tuple[list[Entry], list[Fate]]:
    """Put cut entries together: the last entry before a page break and the first after it, in one column."""
    entries: list[Entry] = []
    fragments: list[Fate] = []
    last: dict[tuple[str, str], Entry] = {}
    for cell, readings in read:
        for position, each in enumerate(readings):
            assert each.column
            if each.mark == "!":
                fragments.append(Fate(cell.line, cell.number, each.printed, "fragment", each.why))
                continue
            before = next((entry for entry in reversed(entries) if (entry.pieces[-1][0].line, entry.pieces[-1][0].number) == each.head), None) if each.head else last.get(each.column)
            if each.tail or (position == 0 and before and not before.pieces[-1][1].why and _goes_on(document, before, cell, each, lexicon)):
                if before is None:
                    raise DocumentError(f"{document.id} line {cell.line} cell {cell.number}: “{each.printed}” is the rest of an entry, but its column has none before it")
                before.pieces.append((cell, each))
                last[each.column] = before
                continue
            last[each.column] = Entry(category, each.column, [(cell, each)])
            entries.append(last[each.column])
    return entries, fragments


def _goes_on(document: Document, before: Entry, cell: Cell, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a reading is, by rule, the rest of the entry before it: only over a page break, and only where the two fit."""
    cell_before, reading_before = before.pieces[-1]
    if reading.fresh or cell_before.line == cell.line:
        return False
    broken = any(line_kind(document, number) in ("blank", "filler") for number in range(cell_before.line + 1, cell.line))
    return broken and continues(squeeze(reading_before.printed), squeeze(reading.printed), lexicon)


def _records(document: Document, entries: Iterable[Entry], realigned: Mapping[tuple[int, int], str]) -> tuple[list[Record], list[Fate]]:
    """The records of one 专业类, each printed entry once, and the fate of every piece."""
    found: dict[tuple[str, ...], Record] = {}
    fates: list[Fate] = []
    for entry in entries:
        made = _record(document, entry, realigned)
        parts = parse_entry(_wording(entry))
        key = (*entry.column, squeeze(made["name"]).lower(), made["issuer"], made["grades"] or squeeze(made["level"]), made["qualifier"])
        first = entry.pieces[0][0]
        if not parts.name:
            fates += [Fate(cell.line, cell.number, each.printed, "fragment", each.why or "no name can be read") for cell, each in entry.pieces]
            continue
        again = key in found
        if not again or (found[key]["status"] == "uncertain" and made["status"] != "uncertain"):
            found[key] = made
        fates.append(Fate(first.line, first.number, entry.pieces[0][1].printed, "stutter" if again else "entry", made["reason"]))
        fates += [Fate(cell.line, cell.number, each.printed, "joined", f"to line {first.line}") for cell, each in entry.pieces[1:]]
    return list(found.values()), fates


def _record(document: Document, entry: Entry, realigned: Mapping[tuple[int, int], str]) -> Record:
    """The record of one entry, with its status and the reasons for it."""
    printed = " ".join(each.printed for _, each in entry.pieces)
    wording = _wording(entry)
    parts = parse_entry(wording)
    first = entry.pieces[0][0]
    reasons: list[str] = []
    uncertain = False
    for cell, each in entry.pieces:
        uncertain = uncertain or each.mark == "?"
        reasons += filter(None, (realigned.get((cell.line, cell.number), ""), each.why))
    count = len(document.cells(first.line))
    if count != PLAIN_CELLS and not any(realigned.get((cell.line, cell.number)) for cell, _ in entry.pieces) and COLUMNS.index(entry.column) + 1 != first.number:
        reasons.append(f"the line has {count} cells, not {PLAIN_CELLS}; column found by grades and names")
    if len(entry.pieces) > 1:
        reasons.append(f"cut by a page break, goes on at line {entry.pieces[1][0].line}")
    if tidy(entry.pieces[0][1].printed) != _single_spaced(entry.pieces[0][1].printed):
        reasons.append("spaces inside the name removed")
    status = "uncertain" if uncertain else "repaired" if reasons else "exact"
    family, tier = entry.column
    return record(
        document, first.line, printed, status=status, reason="; ".join(dict.fromkeys(reasons)), category=entry.category, family=family, tier=tier, name=parts.name,
        issuer=parts.issuer, grades="|".join(map(str, parts.grades)), level=parts.level, qualifier=parts.qualifier,
    )  # fmt: skip


def _wording(entry: Entry) -> str:
    """The entry in one piece; a bracket that the OCR closed at the page break is opened again for its rest: (四级) + /中级） → (四级/中级）."""
    text = ""
    for _, each in entry.pieces:
        piece = squeeze(each.fix or each.printed)
        if text.endswith((")", "）")) and re.match(r"[^（(]*[)）]", piece) and not piece.startswith(("（", "(")):
            text = text[:-1]
        text += piece if len(entry.pieces) > 1 else (each.fix or each.printed)
    return text


def _single_spaced(text: str) -> str:
    """Text whose harmless spaces (beside a Latin word or a bracket) are removed as `tidy` does; spaces between two Chinese characters stay."""
    pieces = text.split()
    joined = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        cut = _is_han(joined[-1]) and _is_han(piece[0])
        joined += (" " if cut else "") + piece
    return joined if any(_is_han(a) and _is_han(b) for a, b in zip(text.split(), text.split()[1:], strict=False)) and " " in joined else tidy(text)


def _is_han(text: str) -> bool:
    """Whether the last character is Chinese."""
    return "\u4e00" <= text[-1] <= "\u9fff"


def _coverage(document: Document, found: Iterable[Row], categories: Iterable[Record]) -> list[Record]:
    """The state of every 专业类: printed where the text has its heading, else missing; damage as decided by reading (corrections/rows.csv)."""
    heads = {row.category: row for row in found}
    damage = {each["category"]: each for each in corrections("rows")}
    headings = groups(document)
    first = next(iter(headings.values()))[1]
    coverage = []
    for each in categories:
        row, decided, group = heads.get(each["category"]), damage.get(each["category"]), each["category"][:2]
        state = decided["state"] if decided else "missing" if row is None else "complete" if row.cells else "empty"
        line = row.head if row else int(decided["line"]) if decided and decided["line"] else headings.get(group, ("", first))[1]
        text = document.cells(row.head)[0] if row else document.line(line).split("\t")[0].strip() or each["category_name"]
        reason = decided["reason"] if decided else "" if row else "the text has no heading of this row"
        coverage.append(
            record(
                document, line, text or each["category_name"], status="exact" if row and not reason else "repaired", reason=reason, **{name: each[name] for name in each},
                state=state, affected=decided["affected"] if decided else "",
            )  # fmt: skip
        )
    return coverage
