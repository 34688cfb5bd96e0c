"""Flat tables for people who work with spreadsheets: the source tables under their published names."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from kg.tables.package import TableError, describe, read_package, read_tables

#: Published name → source table; every other published table has its source's name.
SOURCE_OF = {"recognitions": "catalogue"}
RECOGNITION_FIELDS = ("category", "category_name", "family", "tier", "name", "issuer", "grades", "text", "document", "line", "status")
NAMES = (
    "recognitions", "coverage", "associations", "awards", "bodies", "competitions", "offers", "onex", "qualifications", "overseas", "titles", "equivalences",
    "directory", "subsidy_rates", "subsidy_directory", "subsidy_rules", "pathways", "series", "notes",
)  # fmt: skip


def exported(table: str, format: str = "csv", tables: Mapping[str, list[dict[str, str]]] | None = None) -> str:
    """A table as text.

    Args:
        table: one of `NAMES`.
        format: `csv` (with a header) or `jsonl` (one object a line).
        tables: the source tables where they are at hand; else they are read and checked.

    Raises:
        TableError: there is no such table or format.
    """
    if table not in NAMES:
        raise TableError(f"no table “{table}”; there are {', '.join(NAMES)}")
    if format not in ("csv", "jsonl"):
        raise TableError(f"no format “{format}”; use csv or jsonl")
    tables = tables or read_tables()
    rows = tables[SOURCE_OF.get(table, table)]
    if table == "recognitions":
        names = {row["category"]: row["category_name"] for row in tables["coverage"]}
        rows = [{field: names[row["category"]] if field == "category_name" else row[field] for field in RECOGNITION_FIELDS} for row in rows]
    if format == "jsonl":
        return "".join(json.dumps(row | {"line": int(row["line"])}, ensure_ascii=False) + "\n" for row in rows)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def titles() -> dict[str, str]:
    """The published tables with their titles.

    Raises:
        TableError: the package of the source tables cannot be read.
    """
    described = describe()
    return {name: described[SOURCE_OF.get(name, name)].title for name in NAMES}


def data_package() -> dict[str, Any]:
    """The published tables as a Frictionless Data Package: the file, title and schema of each.

    Raises:
        TableError: the package of the source tables cannot be read.
    """
    package = read_package()
    sources = {each["name"]: each for each in package["resources"]}
    resources = []
    for name in NAMES:
        source = sources[SOURCE_OF.get(name, name)]
        schema = source["schema"]
        if name == "recognitions":
            fields = {field["name"]: field for each in ("coverage", "catalogue") for field in sources[each]["schema"]["fields"]}
            schema = {"fields": [fields[field] for field in RECOGNITION_FIELDS]}
        resources.append({**source, "name": name, "path": f"{name}.csv", "schema": schema})
    return {**package, "name": "certkg-tables", "resources": resources}
