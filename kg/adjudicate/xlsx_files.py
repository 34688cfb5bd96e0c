"""XLSX workbooks: looked over while still packed, then read whole, so that the same workbook can be given back."""

import datetime
import re
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from kg.adjudicate.books import Book, Sheet
from kg.adjudicate.csv_files import check_size
from kg.adjudicate.errors import SheetError
from kg.adjudicate.limits import Limits

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.I)
_CELL, _ROW = re.compile(rb"<(?:\w+:)?c[\s>/]"), re.compile(rb"<(?:\w+:)?row[\s>/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']*)")
#: What a workbook says of the formats of its cells grows with what was pasted into it; more than this is damage.
_STYLES_BYTES = 20_000_000
_CHUNK = 1 << 20
_MIDNIGHT = datetime.time()


def read_xlsx(path: Path, name: str, limits: Limits) -> Book:
    """Read a workbook: formulas as the values that were kept with them, without links to other files and without macros.

    Args:
        path: the file, of a size that is allowed.
        name: what to call it in messages.
        limits: how large it may be unpacked, and how many rows, columns and cells it may have.

    Raises:
        SheetError: it is no workbook, is damaged or too large.
    """
    _look_over(path, name, limits)
    try:
        with warnings.catch_warnings():
            # What openpyxl cannot keep (form controls, extensions) is no matter of ours.
            warnings.simplefilter("ignore")
            workbook = load_workbook(path, data_only=True, keep_links=False, keep_vba=False)
    except MemoryError:
        raise SheetError("too_hard", name=name) from None
    except Exception as error:
        # A damaged workbook makes the parser fail in ways without number (KeyError, ParseError, TypeError …).
        raise SheetError("damaged", name=name, reason=type(error).__name__) from error
    return Book(tuple(_sheet(sheet, name, limits) for sheet in workbook.worksheets), workbook)


def _look_over(path: Path, name: str, limits: Limits) -> None:
    """Count what a workbook unpacks to, without unpacking it into memory.

    Raises:
        SheetError: it is no workbook, or too large.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.bin" in names:
                raise SheetError("binary", name=name)
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise SheetError("archive", name=name)
            if any(part.flag_bits & 1 for part in parts):
                raise SheetError("encrypted", name=name)
            if sum(part.file_size for part in parts) > limits.unpacked_bytes or len(parts) > 10 * limits.sheets:
                raise SheetError("unpacks", name=name, limit=limits.unpacked_bytes / 1e6)
            sheets = [part for part in parts if _SHEET.fullmatch(part.filename)]
            if len(sheets) > limits.sheets:
                raise SheetError("too_many_sheets", name=name, count=len(sheets), limit=limits.sheets)
            if any(part.filename == "xl/styles.xml" and part.file_size > _STYLES_BYTES for part in parts):
                raise SheetError("too_many_formats", name=name)
            cells = 0
            for part in sheets:
                with packed.open(part) as file:
                    rows, more = _counted(file)
                cells += more
                check_size(name, rows, 0, cells, limits)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, SheetError):
            raise
        raise SheetError("damaged", name=name, reason=type(error).__name__) from error


def _counted(file: IO[bytes]) -> tuple[int, int]:
    """How many rows and cells the text of a sheet holds; each place of a merged cell counts, for the parser makes them all."""
    rows = cells = 0
    rest = b""
    while True:
        chunk = file.read(_CHUNK)
        whole = rest + chunk
        # A tag may be cut at the end of a chunk: it is counted with the next.
        cut = whole.rfind(b"<") if chunk else len(whole)
        whole, rest = whole[:cut], whole[cut:]
        rows += len(_ROW.findall(whole))
        cells += len(_CELL.findall(whole)) + sum(_area(reference.decode("ascii", "replace")) for reference in _MERGED.findall(whole))
        if not chunk:
            return rows, cells


def _area(reference: str) -> int:
    """How many cells a reference such as A1:C3 covers."""
    left, top, right, bottom = (edge or 0 for edge in range_boundaries(reference))
    return (right - left + 1) * (bottom - top + 1)


def _sheet(sheet: Worksheet, name: str, limits: Limits) -> Sheet:
    """A sheet as texts, without the empty rows and columns at its end."""
    # A cell far off makes openpyxl think of all between; those are made only when asked for.
    check_size(name, max((row for row, _ in sheet._cells), default=0), 0, 0, limits)
    held = {place: text for place, cell in sheet._cells.items() if isinstance(cell, Cell) and (text := as_text(cell.value))}
    height, width = max((row for row, _ in held), default=0), max((column for _, column in held), default=0)
    check_size(name, height, width, 0, limits)
    rows: list[list[str]] = [[] for _ in range(height)]
    for (row, column), text in sorted(held.items()):
        rows[row - 1] += [""] * (column - 1 - len(rows[row - 1])) + [text]
    merged = {}
    for area in sheet.merged_cells.ranges:
        shown = held.get((area.min_row, area.min_col), "")
        for row in range(area.min_row, min(area.max_row, height) + 1) if shown else ():
            for column in range(area.min_col, min(area.max_col, limits.columns) + 1):
                merged[row, column] = shown
    return Sheet(sheet.title, rows, merged)


def as_text(value: object) -> str:
    """What a cell holds as a person reads it: 7102 and not 7102.0, a date without midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ", "seconds")
    return str(value)


def new_workbook(title: str, rows: Sequence[Sequence[str]]) -> Workbook:
    """A workbook with one sheet of texts."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = re.sub(r"[\\*?:/\[\]]", " ", title)[:31].strip("' ") or "Sheet1"
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            put(sheet, row, column, text)
            # The rows will be as high as the reasons beside them.
            sheet.cell(row, column).alignment = Alignment(vertical="top")
    return workbook


def put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write a text into a cell as text, whatever it begins with; characters that XML has not are left out."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        return
    cell.value = printable(text)
    if isinstance(cell.value, str):
        keep_text(cell)


def keep_text(cell: Cell) -> None:
    """Make sure that a text stays a text, also when somebody edits it: no formula comes of it."""
    cell.data_type = "s"
    if str(cell.value)[:1] in ("=", "+", "-", "@", "\t", "\r"):
        cell.quotePrefix = True


def printable(text: str) -> str | None:
    """A text that a cell can hold: no control characters, at most 32,767 characters."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)[:32767] or None
