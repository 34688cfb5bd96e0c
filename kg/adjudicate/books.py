"""Spreadsheets as the rest sees them: sheets of texts, whatever the file was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook


@dataclass(frozen=True)
class Sheet:
    """A sheet as texts: `rows` as they stand, `merged` what merged cells and cells of a 1-based row and column show beside what they hold."""

    name: str
    rows: Sequence[Sequence[str]]
    merged: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """The number of columns up to the last one with text."""
        return max((len(row) for row in self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, counted from 1; a merged cell says the same in each of its places."""
        held = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        own = held[column - 1] if 0 < column <= len(held) else ""
        return own or self.merged.get((row, column), "")


@dataclass(frozen=True)
class Book:
    """A spreadsheet: its sheets, and the workbook that an XLSX file held, or the character between the fields of a CSV file."""

    sheets: tuple[Sheet, ...]
    workbook: Workbook | None = None
    delimiter: str = ","
