"""Tables: the transcribed sources, described by a Frictionless Data Package and checked on reading."""

from kg.tables.package import SOURCES, Table, TableError, describe, read_tables, write_table

__all__ = ["SOURCES", "Table", "TableError", "describe", "read_tables", "write_table"]
