"""Annex 8 of `shanghai-shuangshi-2025`: the national qualification list (国家职业资格目录, 2021), one record a qualification or sub-item.

The list has two parts that number from 1. A qualification with sub-items prints its number and name once: each sub-item is a record of its own
with the name of its parent, and cells that stand once for several sub-items are merged cells (`corrections/merged_qualifications.csv`; sub-items
have no numbers, so its `first` and `last` are lines). The columns shift from page to page: the class, one of two words, is the anchor that tells
what stands left and right of it.
"""

import re

from kg.transcribe.document import Document, DocumentError, squeeze, tidy
from kg.transcribe.merged import merge
from kg.transcribe.record import Record, check_numbers, correct, corrections, record, row_text

TABLE = "qualifications"
CLASSES = ("准入类", "水平评价类")
#: The parts, with the last number of each.
PARTS = {"专业技术人员职业资格": 59, "技能人员职业资格": 13}
_PART = re.compile(r"[一二三四五]、(\w+)")
#: Where the class stands in a row whose qualification has sub-items; such a row may leave it empty (merged cell).
_CLASS_OF_SUBITEMS = 4


def qualifications(document: Document) -> list[Record]:
    """The records of annex 8.

    Raises:
        DocumentError: the annex is missing or changed: a line cannot be placed, a number is missing, a correction or a merged cell does not fit,
            or a qualification is left without class or department.
    """
    rows = printed_rows(document)
    for part, last in PARTS.items():
        numbers = [row for row, before in zip(rows, [None, *rows], strict=False) if row["part"] == part and not _same_item(row, before)]
        check_numbers(document, f"annex 8, {part}", numbers, last)
    rows = correct(rows, corrections(TABLE))
    # Sub-items have no numbers of their own: their lines stand in for them.
    merged = merge(document, TABLE, [{**row, "number": row["line"]} for row in rows], corrections(f"merged_{TABLE}"))
    return [_finish(document, {**row, "number": number["number"]}) for row, number in zip(merged, rows, strict=True)]


def printed_rows(document: Document) -> list[Record]:
    """The rows of annex 8 as printed, in the columns they belong to; only number and name are carried to the sub-items.

    Raises:
        DocumentError: a heading is missing, or a line is neither empty, a part's title, a column header nor a row.
    """
    start = document.find("### 附件 8：国家职业资格目录")
    end = document.find("### 附件 9：", start)
    rows: list[Record] = []
    part, header = "", 0
    for line in range(start + 1, end):
        cells = document.cells(line)
        if not any(cells):
            continue  # a page break
        if title := _PART.fullmatch(squeeze("".join(cells))):
            part, header = title[1], 0
            if part not in PARTS:
                raise DocumentError(f"{document.id} line {line}: annex 8 has no part “{part}”; expected {' or '.join(PARTS)}")
        elif cells[0] == "序号":
            if "资格类别" not in cells:
                raise DocumentError(f"{document.id} line {line}: annex 8's header has no column 资格类别")
            header = cells.index("资格类别")
        elif not part or not header:
            raise DocumentError(f"{document.id} line {line}: a row of annex 8 before its part's title and column header")
        else:
            rows.append(_row(document, line, part, header, rows[-1] if rows and rows[-1]["part"] == part else None))
    return rows


def _row(document: Document, line: int, part: str, header: int, before: Record | None) -> Record:
    """One row in its columns; `before` is the record above it in the same part."""
    cells = document.cells(line)
    reasons = []
    at, left, right = _columns(document, line, part)
    number, (name, subitem, departments) = cells[0], left
    if number == "":
        if before is None or name or not subitem or not before["subitem"]:
            raise DocumentError(f"{document.id} line {line}: expected a sub-item of the row above, not “{row_text(document, line)}”")
        number, name = before["number"], before["name"]
        reasons.append(f"number and name: merged cells, printed on line {before['opened']}")
        opened = before["opened"]
    elif not number.isdecimal() or not name:
        raise DocumentError(f"{document.id} line {line}: expected a number and a qualification, not “{row_text(document, line)}”")
    else:
        opened = str(line)
    if cells[at] and at != header:
        reasons.append("columns shifted against the header, placed by the class")
    return record(
        document,
        line,
        row_text(document, line),
        status="repaired" if reasons else "exact",
        reason="; ".join(reasons),
        part=part,
        number=number,
        name=tidy(name),
        subitem=tidy(subitem),
        departments=departments,
        **{"class": cells[at]},
        basis=right[0],
        remarks=tidy(right[1]) if len(right) == 2 else "",
        opened=opened,  # where number and name are printed; not a field of the table
    )


def _columns(document: Document, line: int, part: str) -> tuple[int, list[str], list[str]]:
    """Where a row prints its class, the three cells between its number and the class, and what follows the class.

    Raises:
        DocumentError: the columns cannot be told apart.
    """
    cells = document.cells(line)
    at = next((index for index, cell in enumerate(cells) if cell in CLASSES), _CLASS_OF_SUBITEMS)
    # Only a sub-item may leave its class to a merged cell.
    if at >= len(cells) or cells[at] not in (*CLASSES, "") or (cells[at] == "" and cells[0] != ""):
        raise DocumentError(f"{document.id} line {line}: expected a row of annex 8 with {' or '.join(CLASSES)}, not “{row_text(document, line)}”")
    left, right = cells[1:at], cells[at + 1 :]
    if len(left) == 2:
        left.insert(1, "")  # no column of sub-items on this page
    if len(left) != 3 or not 1 <= len(right) <= 2 or (len(right) == 2 and right[1] and part == "专业技术人员职业资格"):
        raise DocumentError(f"{document.id} line {line}: cannot tell the columns of this row of annex 8 apart: “{row_text(document, line)}”")
    return at, left, right


def _same_item(row: Record, before: Record | None) -> bool:
    """Whether a row goes on with the qualification above: a sub-item, or the number and name printed again after a page break."""
    return before is not None and all(row[field] == before[field] for field in ("part", "number", "name")) and bool(row["subitem"])


def _finish(document: Document, row: Record) -> Record:
    """A row as the table's record: lists separated by `|`, nothing left of the reading."""
    for field in ("departments", "class"):
        if not row[field]:
            what = f"{row['name']} {row['subitem']}".strip()
            raise DocumentError(f"{document.id} line {row['line']}: {what} has no {field}; is a merged cell missing in merged_{TABLE}.csv?")
    # 、 separates bodies; 及 does not: “…主管部门及相关机构” names no second body.
    departments = "|".join(tidy(each) for each in re.split(r"[\s、]+", row["departments"]))
    # A legal basis begins with 《; white space inside one (“2000 年第 10 号”) is no border.
    basis = "|".join(tidy(each) for each in re.split(r"\s+(?=《)", row["basis"]))
    return {**{field: value for field, value in row.items() if field != "opened"}, "departments": departments, "basis": basis}
