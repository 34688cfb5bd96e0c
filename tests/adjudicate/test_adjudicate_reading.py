"""Reading: what a file really is, and a sentence where it cannot be read."""

import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from sheets import HEADINGS, workbook

from kg.adjudicate import Limits, SheetError
from kg.adjudicate.reading import read_book

ROW = ("张三", "华为HCIP", "", "7102", "中级", "华为")
TEXT = "\r\n".join(",".join(row) for row in (HEADINGS, ROW))


def read(path: Path, limits: Limits | None = None) -> list[list[str]]:
    return [list(row) for row in read_book(path, limits or Limits()).sheets[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_in_the_encodings_that_people_have(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert read(path) == [list(HEADINGS), list(ROW)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_another_delimiter(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT.replace(",", delimiter), encoding="utf-8")
    assert read(path) == [list(HEADINGS), list(ROW)]


def test_csv_keeps_quoted_commas_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('姓名,证书名称\n张三,"电工，\n三级, 高级工"\n', encoding="utf-8")
    assert read(path)[1] == ["张三", "电工，\n三级, 高级工"]


def test_xlsx_gives_values_as_a_person_reads_them(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEADINGS, ("张三", "电工", 3, 7102.0, None, True)])
    assert read(path)[1] == ["张三", "电工", "3", "7102", "", "TRUE"]


def test_merged_cells_say_the_same_in_each_of_their_places(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("姓名", "专业类"), ("张三", "7102"), ("李四", None)):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    read_sheet = read_book(tmp_path / "a.xlsx", Limits()).sheets[0]
    assert (read_sheet.text(3, 2), read_sheet.text(3, 1), read_sheet.text(9, 9)) == ("7102", "李四", "")


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD = {
    "png.xlsx": (PNG, "PNG picture"),
    "png.csv": (PNG, "PNG picture"),
    "pdf.xlsx": (b"%PDF-1.7 ...", "PDF"),
    "text.xlsx": (TEXT.encode(), "not an XLSX workbook"),
    "html.xlsx": (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
    "html.csv": (b"\xef\xbb\xbf <!DOCTYPE html><p>", "web page"),
    "old.xlsx": (OLE, "save it as .xlsx"),
    "old.xls": (OLE, "save it as .xlsx"),
    "text.xls": (TEXT.encode(), "save it as .xlsx"),
    "secret.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "cut.xlsx": (b"PK\x03\x04" + b"\0" * 100, "damaged"),
    "book.csv": (b"PK\x03\x04" + b"\0" * 100, "name a workbook .xlsx"),
    "empty.xlsx": (b"", "empty"),
    "empty.csv": (b"", "empty"),
    "noise.csv": (bytes(range(128, 256)) * 8, "UTF-8"),
    "notes.docx": (b"PK\x03\x04", "must end in"),
    "nul.csv": (b"a,b\n\0\0\0,\0\n", "UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_not_what_it_says_gets_a_sentence(tmp_path: Path, name: str) -> None:
    content, said = BAD[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SheetError, match=said) as error:
        read(tmp_path / name)
    assert name in str(error.value)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name in ("folder.csv", "nothing.xlsx"):
        with pytest.raises(SheetError, match=name):
            read(tmp_path / name)


@pytest.mark.parametrize("parts", [{"word/document.xml": b"x"}, {"[Content_Types].xml": b"x", "xl/workbook.bin": b"x"}, {"a.txt": b"hello"}])
def test_other_archives_are_named(tmp_path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    with pytest.raises(SheetError, match=r"archive|binary"):
        read(tmp_path / "a.xlsx")


def _with_part(source: Path, target: Path, name: str, content: bytes) -> Path:
    """A workbook with one part put in place of its own."""
    with zipfile.ZipFile(source) as packed, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for part in packed.infolist():
            if part.filename != name:
                out.writestr(part, packed.read(part))
        out.writestr(name, content)
    return target


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", [HEADINGS, ROW])
    bomb = _with_part(good, tmp_path / "bomb.xlsx", "xl/media/picture.bin", b" " * 201_000_000)
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(SheetError, match="unpacks to more than"):
        read(bomb)


def test_a_zip_that_lies_about_its_size_is_damage(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", [HEADINGS, ROW])
    name = "xl/worksheets/sheet1.xml"
    path = _with_part(good, tmp_path / "liar.xlsx", name, b"<worksheet>" + b" " * 5_000_000 + b"</worksheet>")
    content = bytearray(path.read_bytes())
    for start, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.rfind(start, 0, content.rfind(name.encode()) if start == b"PK\x01\x02" else content.find(name.encode()))
        content[at + offset : at + offset + 4] = struct.pack("<I", 1000)
    path.write_bytes(bytes(content))
    with pytest.raises(SheetError, match="damaged"):
        read(path)


def test_a_merged_cell_as_large_as_the_sheet_is_refused(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", [HEADINGS, ROW])
    merged = b'<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + merged + b"</worksheet>"
    with pytest.raises(SheetError, match="cells"):
        read(_with_part(good, tmp_path / "merged.xlsx", "xl/worksheets/sheet1.xml", sheet))


def test_broken_xml_is_damage(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", [HEADINGS, ROW])
    with pytest.raises(SheetError, match="damaged"):
        read(_with_part(good, tmp_path / "broken.xlsx", "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row></worksheet>"))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", [HEADINGS, ROW])
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]>"
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'
    content = laughs + b'<worksheet xmlns="' + namespace + b'"><sheetData>' + cell + b"</sheetData></worksheet>"
    with pytest.raises(SheetError, match="damaged"):
        read(_with_part(good, tmp_path / "laughs.xlsx", "xl/worksheets/sheet1.xml", content))


@pytest.mark.parametrize(("limits", "said"), [(Limits(rows=1), "rows"), (Limits(columns=5), "columns"), (Limits(cells=8), "cells"), (Limits(bytes=50), "MB")])
def test_limits_are_told(tmp_path: Path, limits: Limits, said: str) -> None:
    (tmp_path / "a.csv").write_text(TEXT, encoding="utf-8")
    for path in (tmp_path / "a.csv", workbook(tmp_path / "a.xlsx", [HEADINGS, ROW])):
        with pytest.raises(SheetError, match=f"at most .*{said}|{said}.*at most"):
            read(path, limits)


def test_two_hundred_thousand_rows_are_refused_without_reading_them_all(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("证书\n" + "电工\n" * 200_000, encoding="utf-8")
    with pytest.raises(SheetError, match="at most 50,000"):
        read(tmp_path / "a.csv")


def test_a_hundred_columns_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [[*HEADINGS, *(f"列{number}" for number in range(100))], ROW])
    assert len(read(path)[0]) == 106
