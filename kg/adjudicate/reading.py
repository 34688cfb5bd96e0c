"""Reading a spreadsheet: what the file really is, then its sheets, or a sentence that says why it cannot be read."""

from pathlib import Path

from kg.adjudicate.books import Book
from kg.adjudicate.csv_files import read_csv
from kg.adjudicate.errors import SheetError
from kg.adjudicate.limits import Limits
from kg.adjudicate.xlsx_files import read_xlsx

ACCEPTED = "an XLSX workbook (.xlsx) or a CSV text (.csv; UTF-8, UTF-16 or GB18030/GBK)"
SUFFIXES = (".xlsx", ".csv")
#: First bytes → what such a file is; formats that are no spreadsheet, or one that is not read.
_SIGNATURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"{\\rtf": "an RTF text",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}
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
            raise SheetError(f"{name} is not a file; give {ACCEPTED}")
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise SheetError(f"{name}: {error.strerror or error}") from None
    if size == 0:
        raise SheetError(f"{name} is empty; give {ACCEPTED}")
    if size > limits.bytes:
        raise SheetError(f"{name} has {size / 1e6:.1f} MB; at most {limits.bytes / 1e6:g} MB are accepted: split it, or delete what is not needed")
    _check_kind(path, name, suffix, head)
    return read_xlsx(path, name, limits) if suffix == ".xlsx" else read_csv(path, name, limits)


def _check_kind(path: Path, name: str, suffix: str, head: bytes) -> None:
    """Refuse what is not what its name says, or not of the two formats.

    Raises:
        SheetError: it is another format.
    """
    if head.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise SheetError(f"{name} is encrypted with a password; save it without one (Excel: File, Info, Protect Workbook) and try again")
        raise SheetError(f"{name} is a workbook or document in the old Office format (.xls); open it and save it as .xlsx")
    if kind := next((said for start, said in _SIGNATURES.items() if head.startswith(start)), ""):
        raise SheetError(f"{name} is {kind}, not a spreadsheet; give {ACCEPTED}")
    packed, markup = head.startswith(_ZIP), head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)
    if markup and not packed:
        raise SheetError(
            f"{name} is a web page or XML text, not a spreadsheet (some programs export such files as .xls); open it in Excel or WPS and save it as .xlsx"
        )
    if suffix in (".xls", ".xlsm", ".xlsb", ".et", ".ods", ".numbers"):
        raise SheetError(f"{name}: {suffix} files are not read; open it and save it as .xlsx")
    if suffix not in SUFFIXES:
        raise SheetError(f"{name}: the name must end in .xlsx or .csv; give {ACCEPTED}")
    if suffix == ".xlsx" and not packed:
        raise SheetError(f"{name} is named .xlsx but is not an XLSX workbook (it looks like text or is damaged); save it as .xlsx, or name a CSV text .csv")
    if suffix == ".csv" and packed:
        raise SheetError(f"{name} is named .csv but is a workbook or an archive; name a workbook .xlsx, or save it as CSV")
