"""The spreadsheet given back: as it was, with the columns of the rulings, and a summary with a chart; written aside, then renamed."""

import csv
import os
import re
import secrets
from collections.abc import Callable, Sequence
from copy import copy
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kg.adjudicate.books import Book, Sheet
from kg.adjudicate.data import words
from kg.adjudicate.report import ADDED, VERDICTS, Report
from kg.adjudicate.xlsx_files import keep_text, new_workbook, put

#: What a spreadsheet program may take for a formula when it opens a CSV file, unless it is a plain number or dash.
_FORMULA, _HARMLESS = re.compile(r"[=+\-@\t\r]"), re.compile(r"[-+]?[\d.,]*%?")
#: Fill of a verdict; the word stands beside it.
COLOURS = {"yes": "C6E7CE", "no": "F6CFCB", "unknown": "E3E3E8", "clarify": "FBE6B3", "error": "E5D0F0"}
_CHART_COLOURS = {"yes": "2E7D4F", "no": "B3372F", "unknown": "6B6B76", "clarify": "B07A00", "error": "7B4397"}
_WIDTHS = {"verdict": 12, "matched": 24, "reason": 60, "document": 24, "line": 9, "place": 40, "text": 36, "confidence": 11, "look": 60}
#: Points that a line of text takes, and the lines that a row shows at most; its cells hold the whole text.
_LINE_HEIGHT, MOST_LINES = 15, 12
_WRAPPED = ("reason", "place", "text", "look")


def write(target: Path, book: Book, report: Report) -> None:
    """Write the spreadsheet with its rulings.

    Args:
        target: where to; its name tells the format (.xlsx or .csv).
        book: what was read; its workbook is changed.
        report: the rulings.

    Raises:
        OSError: it cannot be written; what stood there is left as it was.
    """
    sheet = next(each for each in book.sheets if each.name == report.layout.sheet)
    if target.suffix.lower() == ".csv":
        aside(target, lambda path: _write_csv(path, sheet, book.delimiter, report))
    else:
        workbook = book.workbook or new_workbook(sheet.name, sheet.rows)
        _annotate(workbook, sheet if book.workbook else Sheet(workbook.worksheets[0].title, sheet.rows), report)
        aside(target, workbook.save)


def aside(target: Path, save: Callable[[Path], object]) -> None:
    """Save under another name and rename, so that nobody sees half a file.

    Args:
        target: where the file goes.
        save: writes it to the path that it is given.

    Raises:
        OSError: it cannot be written; what stood there is left as it was.
    """
    path = target.with_name(f".{secrets.token_hex(6)}.{target.name[-60:]}")
    try:
        save(path)
        os.replace(path, target)
    finally:
        path.unlink(missing_ok=True)


def _write_csv(path: Path, sheet: Sheet, delimiter: str, report: Report) -> None:
    """The rows with the added columns, in UTF-8 with a mark, by which Excel knows it."""
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file, delimiter=delimiter)
        for number, row in enumerate(sheet.rows, 1):
            added: Sequence[str] = []
            if number == report.layout.heading:
                added = report.headings()
            elif number in report.rulings:
                added = report.added(report.rulings[number])
            cells = [*row, *[""] * (sheet.width - len(row)), *added] if added else row
            writer.writerow([neutral(cell) for cell in cells])


def neutral(text: str) -> str:
    """A cell of a CSV file that no spreadsheet program takes for a formula: an apostrophe goes before what looks like one."""
    return text if not _FORMULA.match(text) or _HARMLESS.fullmatch(text) else f"'{text}"


def _annotate(workbook: Workbook, sheet: Sheet, report: Report) -> None:
    """Add the columns of the rulings and the summary to a workbook; texts of its own that look like formulas stay texts."""
    for each in workbook.worksheets:
        for cell in each._cells.values():
            if isinstance(cell, Cell) and isinstance(cell.value, str):
                keep_text(cell)
    page = workbook[sheet.name]
    areas = [area.max_col for area in page.merged_cells.ranges if area.max_row >= report.layout.heading]
    first = max([sheet.width, *areas]) + 1
    if report.layout.heading:
        _add_headings(page, first, report)
    for row, ruling in report.rulings.items():
        for column, (key, text) in enumerate(zip(ADDED, report.added(ruling), strict=True), first):
            if key in ("line", "confidence") and re.fullmatch(r"\d+(\.\d+)?", text):
                page.cell(row, column).value = float(text) if "." in text else int(text)
            else:
                put(page, row, column, text)
            page.cell(row, column).alignment = Alignment(vertical="top", wrap_text=key in _WRAPPED)
        page.cell(row, first).fill = _fill(COLOURS[ruling.verdict])
        page.cell(row, first).font = Font(bold=True)
        if page.row_dimensions[row].height is None:
            # Not every program makes a row as high as its wrapped text.
            lines = (_lines(text, _WIDTHS[key]) for key, text in zip(ADDED, report.added(ruling), strict=True) if key in _WRAPPED)
            page.row_dimensions[row].height = _LINE_HEIGHT * max(lines)
    if not page.tables:
        page.auto_filter.ref = f"A{max(1, report.layout.heading)}:{get_column_letter(first + len(ADDED) - 1)}{len(sheet.rows)}"
    _lay_out(page, report.layout.heading)
    _summarise(workbook, report)
    workbook.active = workbook.index(page)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, `MOST_LINES` at most; a Chinese character is as wide as two letters."""
    wide = sum(2 if ord(each) > 0x2E7F else 1 for each in text)
    return min(MOST_LINES, max(1, -(-wide // width)))


def _lay_out(page: Worksheet, heading: int = 0) -> None:
    """Print a sheet one page wide, with its headings on every page; a layout that somebody chose stays."""
    fitted = page.sheet_properties.pageSetUpPr and page.sheet_properties.pageSetUpPr.fitToPage
    if page.page_setup.orientation or page.page_setup.scale or fitted:
        return
    page.page_setup.orientation = "landscape"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    if heading and not page.print_title_rows:
        page.print_title_rows = f"{heading}:{heading}"


def _add_headings(page: Worksheet, first: int, report: Report) -> None:
    """The headings of the added columns, in the dress of those beside them."""
    like = page.cell(report.layout.heading, report.layout.columns["certificate"])
    for column, (key, text) in enumerate(zip(ADDED, report.headings(), strict=True), first):
        put(page, report.layout.heading, column, text)
        cell = page.cell(report.layout.heading, column)
        for part in ("font", "fill", "border", "alignment"):
            setattr(cell, part, copy(getattr(like, part)))
        if not like.has_style:
            cell.font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = _WIDTHS[key]


def _summarise(workbook: Workbook, report: Report) -> None:
    """A sheet with the counts by verdict, a chart of them, and how the columns were read."""
    said = words(report.layout.language)
    taken = {each.title.lower() for each in workbook.worksheets}
    title = next(name for name in (said["summary"] + mark for mark in ("", *(f" {number}" for number in range(2, 1000)))) if name.lower() not in taken)
    page = workbook.create_sheet(title)
    total = len(report.rulings)
    lines = [[said["verdict"], said["rows"], said["share"]]]
    for column, text in enumerate(lines[0], 1):
        put(page, 1, column, text)
        page.cell(1, column).font = Font(bold=True)
    shown = [verdict for verdict in VERDICTS if report.counts[verdict]]
    for row, verdict in enumerate(shown, 2):
        put(page, row, 1, said[verdict])
        page.cell(row, 1).fill = _fill(COLOURS[verdict])
        page.cell(row, 2).value = report.counts[verdict]
        page.cell(row, 3).value = report.counts[verdict] / total
    last = len(shown) + 1
    for row, (text, count) in enumerate(((said["total"], total), (said["to_look"], report.to_look)), last + 1):
        put(page, row, 1, text)
        page.cell(row, 2).value = count
        page.cell(row, 3).value = count / total if total else 0
    for row in range(2, last + 3):
        page.cell(row, 3).number_format = "0.0%"
    put(page, last + 4, 1, said["how"])
    page.cell(last + 4, 1).font = Font(bold=True)
    for row, (name, text) in enumerate(report.reading(), last + 5):
        put(page, row, 1, name)
        put(page, row, 2, text)
    put(page, last + 6 + len(report.reading()), 1, said["caution"])
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 28, 16
    if shown:
        page.add_chart(_chart(page, shown, said["chart"], said["rows"]), "E1")
    _lay_out(page)


def _chart(page: Worksheet, shown: Sequence[str], title: str, rows: str) -> BarChart:
    """A bar a verdict, in its colour, with its number."""
    chart = BarChart()
    chart.type, chart.title, chart.legend, chart.gapWidth = "bar", title, None, 60
    chart.add_data(Reference(page, min_col=2, min_row=1, max_row=len(shown) + 1), titles_from_data=True)
    chart.set_categories(Reference(page, min_col=1, min_row=2, max_row=len(shown) + 1))
    series = chart.series[0]
    for place, verdict in enumerate(shown):
        point = DataPoint(idx=place)
        point.graphicalProperties.solidFill = _CHART_COLOURS[verdict]
        series.dPt.append(point)
    series.dLbls = DataLabelList()
    series.dLbls.showVal = True
    for label in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(series.dLbls, label, False)
    chart.x_axis.scaling.orientation, chart.x_axis.delete, chart.y_axis.delete = "maxMin", False, False
    chart.y_axis.title, chart.y_axis.number_format, chart.y_axis.majorGridlines = rows, "0", None
    chart.width, chart.height = 18, 2.5 + 1.3 * len(shown)
    return chart


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)
