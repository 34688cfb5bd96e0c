"""Templates to fill in: the headings that are known, and example rows."""

import csv
import io
from io import BytesIO
from pathlib import Path

from openpyxl.styles import Font

from kg.adjudicate.data import rows_of
from kg.adjudicate.errors import SheetError
from kg.adjudicate.reading import SUFFIXES
from kg.adjudicate.writing import aside
from kg.adjudicate.xlsx_files import new_workbook

_COLUMNS = ("person", "certificate", "grade", "category", "tier", "issuer")
_TITLES = {"zh": "证书", "en": "Certificates"}


def template(suffix: str, language: str) -> bytes:
    """A template as a file.

    Args:
        suffix: .xlsx or .csv.
        language: of headings and examples, zh or en.

    Raises:
        SheetError: there is no template of this format or language.
    """
    if suffix not in SUFFIXES or language not in _TITLES:
        raise SheetError("no_template", suffix=suffix, language=language, suffixes="、".join(SUFFIXES), languages="、".join(_TITLES))
    rows = [[row[column] for column in _COLUMNS] for row in rows_of("examples") if row["language"] == language]
    if suffix == ".csv":
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        return text.getvalue().encode("utf-8-sig")
    workbook = new_workbook(_TITLES[language], rows)
    page = workbook.worksheets[0]
    for column, letter in enumerate("ABCDEF", 1):
        page.cell(1, column).font = Font(bold=True)
        page.column_dimensions[letter].width = 22
    page.freeze_panes = "A2"
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def write_template(target: Path, language: str) -> None:
    """Write a template to a file that is not there yet; its name tells the format.

    Raises:
        SheetError: there is a file already, or no template of this format.
        OSError: it cannot be written.
    """
    if target.exists():
        raise SheetError("template_exists", target=target)
    content = template(target.suffix.lower(), language)
    aside(target, lambda path: path.write_bytes(content))
