"""Shanghai's annexes 1 to 3: awards, administrative bodies that may host a competition, and named competitions."""

from kg.transcribe.document import Document, DocumentError, tidy
from kg.transcribe.record import Record, check_numbers, record, row_text

KINDS = ("教学技能比赛、教学成果奖", "高技能人才称号", "本专业相关科技或发明奖项")
PROVINCIAL, NATIONAL = "省部级（直辖市）", "国家级"
BODIES = 6
COMPETITIONS = 3


def _annex(document: Document, number: int, title: str) -> range:
    """The lines between the heading of an annex and the next one's."""
    start = document.find(f"### 附件 {number}")
    document.find(title, start, start)
    return range(start + 1, document.find(f"### 附件 {number + 1}", start))


def _rows(document: Document, lines: range) -> list[tuple[int, list[str]]]:
    """The lines that print something, with their cells."""
    return [(line, document.cells(line)) for line in lines if any(document.cells(line))]


def awards(document: Document) -> list[Record]:
    """Annex 1 of the Shanghai document: four columns of names, the last two of one kind and two levels.

    The heading of the fourth column is not printed (its first award stands in its place); its awards are the national ones beside the column 省部级.

    Raises:
        DocumentError: the annex or its head is not as expected, or a row has more than four cells.
    """
    head, *rows = _rows(document, _annex(document, 1, "教学技能比赛、教学成果奖、高技能人才称号、科技或发明奖项目录"))
    if tuple(map(tidy, filter(None, head[1]))) != KINDS:
        raise DocumentError(f"{document.id} line {head[0]}: annex 1 should begin with the columns {', '.join(KINDS)}")
    if not rows or tidy(rows[0][1][2] if len(rows[0][1]) > 2 else "") != PROVINCIAL:
        raise DocumentError(f"{document.id} line {head[0] + 1}: annex 1 should print “{PROVINCIAL}” in its third column here")
    columns = ((KINDS[0], ""), (KINDS[1], ""), (KINDS[2], PROVINCIAL), (KINDS[2], NATIONAL))
    records: list[Record] = []
    for line, cells in rows:
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            raise DocumentError(f"{document.id} line {line}: a row of annex 1 has {len(columns)} cells at most, this one has {len(cells)}")
        for (kind, scope), cell in zip(columns, cells, strict=False):
            name = tidy(cell)
            if name and name != PROVINCIAL:
                reasons = [
                    reason
                    for reason, holds in (("spaces removed", name != cell), ("the heading of the national column is not printed", scope == NATIONAL))
                    if holds
                ]
                records.append(
                    record(document, line, cell, status="repaired" if reasons else "exact", reason="; ".join(reasons), kind=kind, scope=scope, name=name)
                )
    return records


def _numbered(document: Document, annex: int, title: str, head: tuple[str, ...], fields: tuple[str, ...], last: int) -> list[Record]:
    """A small numbered table: a head, then one line a row."""
    first, *rows = _rows(document, _annex(document, annex, title))
    if tuple(map(tidy, first[1])) != head:
        raise DocumentError(f"{document.id} line {first[0]}: annex {annex} should begin with the columns {', '.join(head)}")
    records = []
    for line, cells in rows:
        if len(cells) != len(head) or not cells[0].isdecimal() or not all(cells):
            raise DocumentError(
                f"{document.id} line {line}: a row of annex {annex} should print {', '.join(head)}, this one prints “{row_text(document, line)}”"
            )
        values = dict(zip(fields, map(tidy, cells), strict=True))
        changed = list(values.values()) != cells
        records.append(
            record(document, line, row_text(document, line), status="repaired" if changed else "exact", reason="spaces removed" if changed else "", **values)
        )
    check_numbers(document, f"annex {annex}", records, last)
    return records


def bodies(document: Document) -> list[Record]:
    """Annex 2 of the Shanghai document: administrative bodies whose competitions count.

    Raises:
        DocumentError: the annex, its head, a row or a number is not as expected.
    """
    return _numbered(document, 2, "比赛主办单位为行政机构名单", ("序号", "行政机构"), ("number", "name"), BODIES)


def competitions(document: Document) -> list[Record]:
    """Annex 3 of the Shanghai document: kinds of named competitions, each with an example.

    Raises:
        DocumentError: the annex, its head, a row or a number is not as expected.
    """
    return _numbered(document, 3, "制定比赛名单", ("序号", "制定类型", "举例"), ("number", "kind", "example"), COMPETITIONS)
