"""The data package `kg/sources/datapackage.json` (Frictionless Data Package, Table Schema): names, fields and constraints of all tables."""

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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
        TableError: the package file is missing, or is not a data package with names, paths, titles and schemas.
    """
    try:
        return {
            each["name"]: Table(each["name"], each["path"], each["title"], tuple(field["name"] for field in each["schema"]["fields"]))
            for each in read_package(folder)["resources"]
        }
    except (KeyError, TypeError) as error:
        raise TableError(f"{folder / PACKAGE}: cannot be read as a data package: {error}") from None


def read_package(folder: Path = SOURCES) -> dict[str, Any]:
    """The package file of a folder, as JSON.

    Raises:
        TableError: it is missing, or no JSON object.
    """
    path = folder / PACKAGE
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(package, dict):
            raise TypeError("it is no JSON object")
    except (OSError, json.JSONDecodeError, TypeError) as error:
        raise TableError(f"{path}: cannot be read as a data package: {error}") from None
    return package


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
    _raise_faults(folder, shown_as=folder)
    return {name: read_rows(folder / table.path) for name, table in tables.items()}


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header, unchecked."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _raise_faults(folder: Path, shown_as: Path) -> None:
    """Check all tables of a folder.

    Raises:
        TableError: a cell does not fit its schema.
    """
    faults = _faults(folder, shown_as)
    if faults:
        more = f"\n… and {len(faults) - FAULTS_SHOWN} more" if len(faults) > FAULTS_SHOWN else ""
        raise TableError("\n".join(faults[:FAULTS_SHOWN]) + more)


def _faults(folder: Path, shown_as: Path) -> list[str]:
    """What Frictionless finds wrong, one line a fault: file (as if it stood in `shown_as`), row, column, reason."""
    with system.use_context(trusted=True):
        report = Package(str(folder / PACKAGE)).validate()
    found = [f"{shown_as / PACKAGE}: {error.message}" for error in report.errors]
    for task in report.tasks:
        for error in task.errors:
            row = getattr(error, "row_number", None)
            field = getattr(error, "field_name", None) or getattr(error, "label", None)
            place = "".join((f" row {row}" if row else "", f" column {field}" if field else ""))
            found.append(f"{shown_as / task.place}{place}: {error.note or error.message}")
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


def write_tables(folder: Path, tables: Mapping[str, Iterable[Mapping[str, str]]]) -> None:
    """Write all tables of a package: aside first and checked there, then renamed, so that the old ones stay untouched unless all new ones are good.

    Args:
        folder: the folder with the package file and its tables.
        tables: the rows of every table of the package, by name.

    Raises:
        TableError: a table is missing or unknown, or a row does not fit its schema.
    """
    described = describe(folder)
    if wrong := sorted(set(described) ^ set(tables)):
        raise TableError(f"{folder / PACKAGE}: tables {', '.join(wrong)} are missing or unknown")
    with TemporaryDirectory(prefix=".new-", dir=folder) as name:
        aside = Path(name)
        (aside / PACKAGE).write_bytes((folder / PACKAGE).read_bytes())
        for table in described.values():
            (aside / table.path).write_text(table_text(table, tables[table.name]), encoding="utf-8", newline="")
        _raise_faults(aside, shown_as=folder)
        for table in described.values():
            os.replace(aside / table.path, folder / table.path)
