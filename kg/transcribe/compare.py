"""What differs between tables just made and those of a folder: file, row and what."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from kg.tables import Table, describe, table_text
from kg.transcribe.record import Record

#: Longer texts are cut in a message.
_SHOWN = 80


def differences(folder: Path, tables: Mapping[str, Sequence[Record]]) -> Iterator[str]:
    """Compare tables byte for byte with those of a folder; one line a difference.

    Args:
        folder: the folder with the committed tables and their package.
        tables: the tables just made, by name.

    Raises:
        TableError: the package cannot be read, or a made row does not have the fields of its table.
    """
    described = describe(folder)
    for name in sorted(set(described) ^ set(tables)):
        yield f"{folder}: the table {name} is {'made, but not described in the package' if name in tables else 'described in the package, but not made'}"
    for name, table in described.items():
        if name in tables:
            yield from _file(folder / table.path, table, tables[name])


def _file(path: Path, table: Table, records: Sequence[Record]) -> Iterator[str]:
    """The differences of one file."""
    made = table_text(table, records)
    try:
        committed = path.read_bytes()
    except FileNotFoundError:
        yield f"{path}: the file is missing"
        return
    if committed == made.encode():
        return
    old, new = committed.decode("utf-8", errors="replace").split("\n"), made.split("\n")
    found = False
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found = True
            yield from _rows(path, start, old[start:end], new[new_start:new_end])
    if not found:
        yield f"{path}: the bytes differ, but not the text (not UTF-8?)"


def _rows(path: Path, start: int, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """A run of rows that differ; rows are counted as in an editor, the header being row 1."""
    for number in range(max(len(old), len(new))):
        row = start + number + 1
        if number >= len(new):
            yield f"{path} row {row}: no longer made: {_cut(old[number])}"
        elif number >= len(old):
            yield f"{path} row {row}: not in the file: {_cut(new[number])}"
        else:
            yield f"{path} row {row}: {_cut(old[number])} → {_cut(new[number])}"


def _cut(text: str) -> str:
    """A row for a message."""
    shown = repr(text) if text.endswith("\r") else text
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
