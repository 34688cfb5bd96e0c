"""Merged cells: a value that the document prints once and that holds for several rows.

Which rows share a value cannot be seen in the OCR text (the value stands at the top, in the middle or on any one of its rows), so people decide
it by reading: `kg/sources/corrections/merged.csv`, one row a merged cell, with the columns `table`, `column`, `first`, `last` (sequence numbers),
`line` (where the value is printed), `value` and `reason` (why these rows: for the next reader, not copied to the records).
"""

from collections.abc import Iterable, Sequence

from kg.transcribe.document import Document, DocumentError, squeeze
from kg.transcribe.record import Record, corrections


def merged_cells(table: str) -> list[Record]:
    """The merged cells of one table, as decided in `merged.csv`.

    Args:
        table: what the column `table` says; a table whose numbers start again in each part has one name a part.
    """
    return [each for each in corrections("merged") if each["table"] == table]


def merge(document: Document, table: str, records: Iterable[Record], cells: Sequence[Record] | None = None) -> list[Record]:
    """Give every row its share of the merged cells; a row that prints the value itself stays as it is.

    Args:
        document: the document that prints the table.
        table: its name in `merged.csv`.
        records: its records, with a field `number` that occurs once.
        cells: the merged cells; None: those of `merged.csv` for this table.

    Raises:
        DocumentError: the line of a merged cell does not print its value, a number of its rows does not exist, or one of its rows prints or was
            given another value: the document or the decision has changed.
    """
    records = [dict(each) for each in records]
    by_number = {each["number"]: each for each in records}
    given: dict[tuple[str, str], str] = {}
    for cell in merged_cells(table) if cells is None else cells:
        column, first, last, line, value = cell["column"], int(cell["first"]), int(cell["last"]), int(cell["line"]), cell["value"]
        if first > last:
            raise DocumentError(f"{document.id} line {line}: the merged cell “{value}” of {table} begins with {first}, after its end {last}; see merged.csv")
        what = f"the merged cell “{value}” ({table}, {column}, {first} to {last})"
        if squeeze(value) not in squeeze("".join(document.cells(line))):
            raise DocumentError(f"{document.id} line {line}: {what} is not printed here; was the document changed?")
        for number in map(str, range(first, last + 1)):
            if number not in by_number:
                raise DocumentError(f"{document.id} line {line}: {what}, but {table} has no number {number}")
            row = by_number[number]
            if (column, number) in given:
                raise DocumentError(f"{document.id} line {row['line']}: number {number} lies in two merged cells: {what}, and “{given[column, number]}”")
            given[column, number] = value
            if row[column] and squeeze(row[column]) != squeeze(value):
                raise DocumentError(f"{document.id} line {row['line']}: number {number} prints “{row[column]}” as {column}, but lies in {what}")
            if row[column] and row["line"] == str(line):
                continue  # printed in its own row: nothing was inferred
            row[column] = value
            if row["status"] == "exact":
                row["status"] = "repaired"
            row["reason"] = "; ".join(filter(None, (row["reason"], f"{column}: merged cell of {first} to {last}, printed on line {line}")))
    return records
