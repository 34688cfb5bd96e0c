"""Tables: the transcribed sources, described by a Frictionless Data Package and checked on reading."""

from kg.tables.exports import NAMES, exported
from kg.tables.package import SOURCES, Table, TableError, describe, read_rows, read_tables, table_text, write_tables

__all__ = ["NAMES", "SOURCES", "Table", "TableError", "describe", "exported", "read_rows", "read_tables", "table_text", "write_tables"]
