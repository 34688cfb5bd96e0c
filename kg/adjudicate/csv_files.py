"""CSV files: which characters, which delimiter, which rows."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.adjudicate.books import Book, Sheet
from kg.adjudicate.errors import SheetError
from kg.adjudicate.limits import Limits

DELIMITERS = (",", "\t", ";", "|")
#: Lines that are read to see which character stands between the fields.
_SAMPLED = 20
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_csv(path: Path, name: str, limits: Limits) -> Book:
    """Read a CSV text.

    Args:
        path: the file, of a size that is allowed.
        name: what to call it in messages.
        limits: how many rows, columns and cells it may have.

    Raises:
        SheetError: it is not text in an encoding that is known, not CSV, or too large.
    """
    text = _decoded(path.read_bytes(), name)
    delimiter = _delimiter(text)
    rows: list[Sequence[str]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            while row and not row[-1].strip():
                row.pop()
            cells += len(row)
            rows.append(row)
            check_size(name, len(rows), len(row), cells, limits)
    except csv.Error as error:
        raise SheetError("not_csv", name=name, line=len(rows) + 1, reason=error) from None
    while rows and not rows[-1]:
        rows.pop()
    return Book((Sheet(Path(name).stem, rows),), delimiter=delimiter)


def check_size(name: str, rows: int, columns: int, cells: int, limits: Limits) -> None:
    """Stop at a spreadsheet that is too large.

    Raises:
        SheetError: it has more rows, columns or cells than are accepted.
    """
    for key, count, limit in (("rows", rows, limits.rows), ("columns", columns, limits.columns), ("cells", cells, limits.cells)):
        if count > limit:
            raise SheetError(f"too_many_{key}", name=name, limit=limit)


def _decoded(data: bytes, name: str) -> str:
    """The text of a file, by its byte order mark, else as the first encoding that fits it whole."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    for encoding in [marked] if marked else _likely(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetError("not_text", name=name)


def _likely(data: bytes) -> Iterator[str]:
    """The encodings to try: UTF-16 without a mark shows in its zero bytes (ASCII in it has them at every other place)."""
    if b"\0" in data[:4096]:
        yield "utf-16-le" if data[1:4096:2].count(0) >= data[0:4096:2].count(0) else "utf-16-be"
    yield from ("utf-8", "gb18030")


def _delimiter(text: str) -> str:
    """The character that divides most of the first lines, and into most fields."""

    def fields(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter)
        counts = []
        try:
            for row in reader:
                counts.append(len(row))
                if len(counts) == _SAMPLED:
                    break
        except csv.Error:
            return 0, 0
        return sum(count > 1 for count in counts), sorted(counts)[len(counts) // 2] if counts else 0

    return max(DELIMITERS, key=fields)
