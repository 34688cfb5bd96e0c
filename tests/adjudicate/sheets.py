"""Spreadsheets that tests make and read."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

HEADINGS = ("姓名", "证书名称", "证书等级", "专业类", "认定级别", "发证单位")


def workbook(path: Path, rows: Sequence[Sequence[object]], title: str = "证书") -> Path:
    """Write a workbook with one sheet; texts stay texts, whatever they begin with, but for those that begin with “==”: these are formulas."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, str) and value.startswith("=="):
                cell.value = value[1:]
            elif value is not None:
                cell.value = value  # type: ignore[assignment]
                if isinstance(value, str):
                    cell.data_type = "s"
    book.save(path)
    return path


def texts(path: Path, sheet: int = 0) -> list[list[str]]:
    """The cells of a sheet as texts."""
    page = load_workbook(path).worksheets[sheet]
    return [["" if value is None else str(value) for value in row] for row in page.iter_rows(values_only=True)]
