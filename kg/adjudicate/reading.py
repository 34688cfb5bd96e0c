"""Reading a spreadsheet: what the file really is, then its sheets, or a sentence that says why it cannot be read."""

from pathlib import Path

from kg.adjudicate.books import Book
from kg.adjudicate.csv_files import read_csv
from kg.adjudicate.data import rows_of
from kg.adjudicate.errors import SheetError
from kg.adjudicate.limits import Limits
from kg.adjudicate.xlsx_files import read_xlsx

SUFFIXES = (".xlsx", ".csv")
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<meta")
#: An encrypted workbook is an OLE file with this stream; the directory spells it in UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_book(path: Path, limits: Limits, name: str = "") -> Book:
    """Read a spreadsheet.

    Args:
        path: the file; its name must end in .xlsx or .csv.
        limits: how large it may be.
        name: what to call it in messages, where that is not the name of `path`.

    Raises:
        SheetError: it is not what its name says, cannot be read, or is too large.
    """
    name = name or path.name
    suffix = Path(name).suffix.lower()
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise SheetError("not_a_file", name=name)
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise SheetError("unreadable", name=name, reason=error.strerror or error) from None
    if size == 0:
        raise SheetError("empty", name=name)
    if size > limits.bytes:
        raise SheetError("too_large", name=name, size=size / 1e6, limit=limits.bytes / 1e6)
    _check_kind(path, name, suffix, head)
    return read_xlsx(path, name, limits) if suffix == ".xlsx" else read_csv(path, name, limits)


def _check_kind(path: Path, name: str, suffix: str, head: bytes) -> None:
    """Refuse what is not what its name says, or not of the two formats.

    Raises:
        SheetError: it is another format.
    """
    if head.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise SheetError("encrypted", name=name)
        raise SheetError("old_office", name=name)
    if kind := next((row for row in rows_of("kinds") if head.startswith(bytes.fromhex(row["start"]))), None):
        raise SheetError("another_kind", name=name, kind=kind)
    packed, markup = head.startswith(_ZIP), head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)
    if markup and not packed:
        raise SheetError("markup", name=name)
    if suffix in (".xls", ".xlsm", ".xlsb", ".et", ".ods", ".numbers"):
        raise SheetError("suffix_unread", name=name, suffix=suffix)
    if suffix not in SUFFIXES:
        raise SheetError("suffix_unknown", name=name)
    if suffix == ".xlsx" and not packed:
        raise SheetError("not_xlsx", name=name)
    if suffix == ".csv" and packed:
        raise SheetError("packed_csv", name=name)
