"""Records: one row of a transcribed table, and the corrections that people decided by reading."""

from collections.abc import Iterable

from kg.tables import SOURCES, read_rows
from kg.transcribe.document import Document, DocumentError, squeeze

#: A row of a table: field name to text; the fields of each table are described in `kg/sources/datapackage.json`.
Record = dict[str, str]

CORRECTIONS = SOURCES / "corrections"


def record(document: Document, line: int, text: str, *, status: str = "exact", reason: str = "", **fields: str) -> Record:
    """A record with its fields and its provenance.

    Args:
        document: the document that prints it.
        line: where it starts (1-based).
        text: as printed.
        status: `exact`, `repaired` or `uncertain`.
        reason: why it is not exact; empty where it is.
        fields: the table's own fields.

    Raises:
        ValueError: a status without its reason, or a reason on an exact record.
    """
    if (status == "exact") != (reason == ""):
        raise ValueError(f"{document.id} line {line}: status “{status}” and reason “{reason}” do not go together")
    return {**fields, "document": document.id, "line": str(line), "text": text, "status": status, "reason": reason}


def row_text(document: Document, line: int) -> str:
    """The printed text of a table row: its non-empty cells joined by ` | `."""
    return " | ".join(cell for cell in document.cells(line) if cell)


def corrections(name: str) -> list[Record]:
    """The rows of `kg/sources/corrections/<name>.csv`."""
    return read_rows(CORRECTIONS / f"{name}.csv")


def correct(records: Iterable[Record], rules: Iterable[Record]) -> list[Record]:
    """Apply corrections (document, line, field, printed, value, status, reason) to the records of those lines.

    Raises:
        DocumentError: a correction finds no record of its line, or the field does not print what it expects: the document has changed.
    """
    records = [dict(each) for each in records]
    by_line: dict[tuple[str, str], list[Record]] = {}
    for each in records:
        by_line.setdefault((each["document"], each["line"]), []).append(each)
    for rule in rules:
        found = [each for each in by_line.get((rule["document"], rule["line"]), []) if squeeze(each[rule["field"]]) == squeeze(rule["printed"])]
        if not found:
            raise DocumentError(f"{rule['document']} line {rule['line']}: no record prints “{rule['printed']}” as {rule['field']}; was the document changed?")
        for each in found:
            each[rule["field"]] = rule["value"]
            if each["status"] != "uncertain":
                each["status"] = rule["status"]
            each["reason"] = "; ".join(filter(None, (each["reason"], rule["reason"])))
    return records


def check_numbers(document: Document, table: str, records: Iterable[Record], last: int) -> None:
    """Every number from 1 to `last` occurs exactly once.

    Raises:
        DocumentError: a number is missing or stands twice; the message names it and the line before the gap.
    """
    lines: dict[int, str] = {}
    for each in records:
        number = int(each["number"])
        if number in lines:
            raise DocumentError(f"{document.id} line {each['line']}: {table} has number {number} twice (first on line {lines[number]})")
        lines[number] = each["line"]
    for number in range(1, last + 1):
        if number not in lines:
            raise DocumentError(f"{document.id}: {table} has no number {number} (number {number - 1} stands on line {lines.get(number - 1, '?')})")
    if extra := sorted(set(lines) - set(range(1, last + 1))):
        raise DocumentError(f"{document.id} line {lines[extra[0]]}: {table} ends with {last}, but has number {extra[0]}")
