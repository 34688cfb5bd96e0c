"""The data package `kg/sources/datapackage.json` (Frictionless Data Package, Table Schema): names, fields and constraints of all tables."""

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from frictionless import Package, system

SOURCES = Path(__file__).parent.parent / "sources"
PACKAGE = "datapackage.json"
#: Faults named in one error; a file with more says how many more there are.
FAULTS_SHOWN = 20


class TableError(ValueError):
    """A table does not fit its schema; the message names file, row, column and reason of each fault."""


@dataclass(frozen=True)
class Table:
    """The description of one table: its file name, title and the names of its fields, in order."""

    name: str
    path: str
    title: str
    fields: tuple[str, ...]


def describe(folder: Path = SOURCES) -> dict[str, Table]:
    """The tables of the package, by name.

    Raises:
        TableError: the package file is missing or is not JSON.
    """
    path = folder / PACKAGE
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise TableError(f"{path}: cannot be read as a data package: {error}") from None
    return {
        each["name"]: Table(each["name"], each["path"], each["title"], tuple(field["name"] for field in each["schema"]["fields"])) for each in package["resources"]
    }


def read_tables(folder: Path = SOURCES) -> dict[str, list[dict[str, str]]]:
    """Read and check all tables.

    Args:
        folder: the folder with the package and its CSV files.

    Returns:
        Table name → rows (field name → text, empty text where nothing stands).

    Raises:
        TableError: a file is missing, or a cell does not fit its schema.
    """
    tables = describe(folder)
    if missing := [each.path for each in tables.values() if not (folder / each.path).is_file()]:
        raise TableError(f"{folder}: no {', '.join(missing)}; run `certkg transcribe DOCUMENTS` or restore the files")
    faults = _faults(folder)
    if faults:
        more = f"\n… and {len(faults) - FAULTS_SHOWN} more" if len(faults) > FAULTS_SHOWN else ""
        raise TableError("\n".join(faults[:FAULTS_SHOWN]) + more)
    return {name: _read(folder / table.path) for name, table in tables.items()}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _faults(folder: Path) -> list[str]:
    """What Frictionless finds wrong, one line a fault: file, row, column, reason."""
    with system.use_context(trusted=True):
        report = Package(str(folder / PACKAGE)).validate()
    found = [f"{folder / PACKAGE}: {error.message}" for error in report.errors]
    for task in report.tasks:
        for error in task.errors:
            row = getattr(error, "row_number", None)
            field = getattr(error, "field_name", None) or getattr(error, "label", None)
            place = "".join((f" row {row}" if row else "", f" column {field}" if field else ""))
            found.append(f"{folder / task.place}{place}: {error.note or error.message}")
    return found


def table_text(table: Table, rows: Iterable[Mapping[str, str]]) -> str:
    """The CSV text of a table: header, then rows, fields in schema order.

    Raises:
        TableError: a row lacks a field of the schema or has one more.
    """
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, table.fields, lineterminator="\n")
    writer.writeheader()
    for number, row in enumerate(rows, 2):
        if set(row) != set(table.fields):
            wrong = sorted(set(row) ^ set(table.fields))
            raise TableError(f"{table.path} row {number}: fields {', '.join(wrong)} are missing or unknown")
        writer.writerow(row)
    return buffer.getvalue()


def write_table(folder: Path, table: Table, rows: Iterable[Mapping[str, str]]) -> None:
    """Write one table aside and rename it into place, so that a reader never sees half of it."""
    aside = folder / f".{table.path}.new"
    aside.write_text(table_text(table, rows), encoding="utf-8", newline="")
    os.replace(aside, folder / table.path)
