"""A first look at a spreadsheet: its sheets, what each column seems to hold, some rows; nothing is ruled on."""

from dataclasses import dataclass
from pathlib import Path

from kg.adjudicate.books import Sheet
from kg.adjudicate.columns import Layout, guess
from kg.adjudicate.errors import SheetError
from kg.adjudicate.limits import Limits
from kg.adjudicate.reading import read_book

#: Sheets that are offered, rows and columns of each that are shown, characters of a cell.
SHEETS, ROWS, COLUMNS, CHARACTERS = 20, 5, 60, 80


@dataclass(frozen=True)
class Look:
    """A sheet at first sight: its layout, the number of rows below the headings, some of them, and the headings or texts by which its columns are told."""

    layout: Layout
    rows: int
    sample: tuple[tuple[int, tuple[str, ...]], ...]
    names: tuple[str, ...]


def inspect(path: Path, limits: Limits, name: str = "") -> tuple[Look, ...]:
    """Look at the sheets of a spreadsheet that have something in them; one that has a column with certificates comes first.

    Args:
        path: the file.
        limits: how large it may be.
        name: what to call it in messages, where that is not the name of `path`.

    Raises:
        SheetError: it cannot be read, or is empty.
    """
    book = read_book(path, limits, name)
    looks = [_look(sheet) for sheet in book.sheets if sheet.width][:SHEETS]
    if not looks:
        raise SheetError("no_rows_at_all")
    return tuple(sorted(looks, key=lambda look: "certificate" not in look.layout.columns))


def _look(sheet: Sheet) -> Look:
    layout = guess(sheet)
    width = min(sheet.width, COLUMNS)
    below = [number for number in range(layout.heading + 1, len(sheet.rows) + 1) if any(text.strip() for text in sheet.rows[number - 1])]
    sample = tuple((number, tuple(sheet.text(number, column)[:CHARACTERS] for column in range(1, width + 1))) for number in below[:ROWS])
    return Look(layout, len(below), sample, tuple(layout.name(column)[:CHARACTERS] for column in range(1, sheet.width + 1)))
