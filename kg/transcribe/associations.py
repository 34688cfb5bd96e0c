"""Shanghai's annex 4: 893 national associations whose competitions count, in two lists.

Both lists number on (1 to 176, 177 to 893). The supervising body, and in the second list the unit that leads the group's self-discipline, are
merged cells: see `merged.py`. The columns of the second list move (3, 4 or 6 cells a row), so its two values are told apart by what they are: a
head unit is itself one of the associations. One head unit stands alone between two pages. Rows at a border that could belong to either of two
merged cells, and mended names, are in `corrections/associations.csv`.
"""

from kg.transcribe.document import Document, DocumentError, tidy
from kg.transcribe.merged import merge, merged_cells
from kg.transcribe.record import Record, check_numbers, correct, corrections, record, row_text

TABLE = "associations"
LAST = 893
#: What each list prints as its title and as its head.
LISTS = {
    "双重管理": ("双重管理全国性行业协会商会参考名单", ("序号", "行业协会商会", "业务主管单位")),
    "脱钩": ("脱钩全国性行业协会商会参考名单", ("序号", "行业协会商会", "原业务主管单位/行业管理部门", "自律服务小组牵头单位")),
}
#: A supervising body is never called so; a head unit always is.
_ASSOCIATION = ("协会", "商会", "联合会", "促进会")


def associations(document: Document) -> list[Record]:
    """Annex 4 of the Shanghai document, with merged cells and corrections applied.

    Raises:
        DocumentError: a heading, a row, a head unit that stands alone, a number or a merged cell is not as expected.
    """
    records = correct(read_associations(document), corrections(TABLE))
    return merge(document, TABLE, records)


def read_associations(document: Document) -> list[Record]:
    """Annex 4 as printed: each value in its own row only.

    Raises:
        DocumentError: as for `associations`, merged cells aside.
    """
    start = document.find("### 附件 4")
    document.find("比赛主办单位为全国性行业协会商会参考名单", start, start)
    end = document.find("### 附件 5", start)
    titles = {document.find(title, start, end): name for name, (title, _) in LISTS.items()}
    lines = [line for line in range(start + 1, end) if any(document.cells(line))]
    names = {tidy(cells[1]) for cells in map(document.cells, lines) if len(cells) > 1 and cells[0].isdecimal()}
    records: list[Record] = []
    current, head_expected = "", False
    for line in lines:
        cells = document.cells(line)
        printed = [cell for cell in cells if cell]
        if line in titles:
            current, head_expected = titles[line], True
        elif head_expected:
            if tuple(map(tidy, printed)) != LISTS[current][1]:
                raise DocumentError(f"{document.id} line {line}: the list {current} of annex 4 should begin with the columns {', '.join(LISTS[current][1])}")
            head_expected = False
        elif cells[0].isdecimal() and current and len(cells) > 1 and cells[1]:
            records.append(_association(document, line, current, names))
        elif len(printed) == 1 and tidy(printed[0]) in names and current == "脱钩":
            if str(line) not in {cell["line"] for cell in merged_cells(TABLE)}:
                raise DocumentError(f"{document.id} line {line}: the head unit “{printed[0]}” stands alone, and merged.csv does not say for which rows")
        else:
            raise DocumentError(f"{document.id} line {line}: annex 4 should have a numbered association here, not “{row_text(document, line)}”")
    check_numbers(document, "annex 4", records, LAST)
    return records


def _association(document: Document, line: int, current: str, names: set[str]) -> Record:
    """One row; its values are told apart by whether they are associations.

    Raises:
        DocumentError: two values of one kind, a head unit before a supervising body, a head unit in the first list, or one that is no association
            of the annex.
    """
    number, name, *cells = document.cells(line)
    values = [tidy(cell) for cell in cells if cell]
    fields = {"supervisor": "", "head_unit": ""}
    for value in values:
        field = "head_unit" if value in names else "supervisor"
        if field == "supervisor" and value.endswith(_ASSOCIATION):
            raise DocumentError(f"{document.id} line {line}: “{value}” looks like a head unit, but is no association of annex 4")
        if fields[field] or (field == "supervisor" and fields["head_unit"]) or (field == "head_unit" and current == "双重管理"):
            expected = "a supervising body" if current == "双重管理" else "a supervising body and a head unit"
            raise DocumentError(f"{document.id} line {line}: expected {expected}, found “{' | '.join(values)}”")
        fields[field] = value
    changed = [tidy(cell) for cell in (name, *cells)] != [name, *cells]
    return record(
        document,
        line,
        row_text(document, line),
        status="repaired" if changed else "exact",
        reason="spaces removed" if changed else "",
        number=number,
        list=current,
        name=tidy(name),
        **fields,
    )
