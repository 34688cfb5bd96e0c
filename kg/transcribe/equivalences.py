"""Annex 11 of the Shanghai document: national qualifications and the professional titles they correspond to."""

import re
from collections.abc import Iterator

from kg.transcribe.document import Document, DocumentError, squeeze, tidy
from kg.transcribe.record import Record, check_numbers, record, row_text

HEADING = "附件11：国家专业技术人员职业资格与职称对应表"
HEADER = ["序号", "国家职业资格名称", "可对应的职称"]
QUALIFICATIONS = 58
_REQUIREMENT = re.compile(r"(?P<titles>.+?)(?P<condition>需符合.+?)。?$")
_SEPARATOR = re.compile(r"[；，\s]+")
_YEAR = re.compile(r"\d{4}年\S*取得")
_LEVEL = re.compile(r"(?P<level>[^（）]+?)(?:（(?P<condition>\d{4}年[^（）]*取得)）)?")
_BY_LEVEL = "按级别"
_BRACKET = re.compile(r"(?P<title>[^（）]+)（(?P<others>[^（）]+)）")
_TITLE = re.compile(r"[\u4e00-\u9fff]+")
_BRACKET_REASON = "the titles in the bracket are read as alternatives to the one before it"


def equivalences(document: Document) -> list[Record]:
    """The rows of annex 11 (国家专业技术人员职业资格与职称对应表) of `shanghai-shuangshi-2025`, one record a level, condition and title.

    `relation` is `single` for the only title of its level and condition, `or` for one of several joined by 或, `list` for one of several in a list (by
    profession or, where the document prints 按级别, by a level that it does not name). `text` is the printed line.

    Args:
        document: the Shanghai document.

    Returns:
        The records in printed order.

    Raises:
        DocumentError: the heading or a number is missing, or a cell has another form than those known.
    """
    header = document.find("".join(HEADER))
    document.find(HEADING, max(1, header - 3), header)
    records: list[Record] = []
    rows: list[Record] = []
    for line in range(header + 1, len(document.lines) + 1):
        if not squeeze(document.line(line)):
            continue
        text = row_text(document, line)
        cells = document.cells(line)
        if len(cells) != len(HEADER) or not cells[0].isdecimal() or not all(cells):
            raise DocumentError(f"{document.id} line {line}: annex 11 expects a number, a qualification and its titles; printed: {text}")
        rows.append({"number": cells[0], "line": str(line)})
        for found in _parse(cells[2], f"{document.id} line {line}"):
            status = "repaired" if found["reason"] else "exact"
            records.append(record(document, line, text, status=status, **{"number": cells[0], "qualification": tidy(cells[1]), **found}))
    check_numbers(document, "annex 11", rows, QUALIFICATIONS)
    return records


def _parse(cell: str, place: str) -> Iterator[Record]:
    """The level, condition, title and relation of each title in one cell; `place` begins the message of an error.

    Raises:
        DocumentError: a part of the cell is neither a year, a level nor a title.
    """
    overall = ""
    if match := _REQUIREMENT.match(cell):
        cell, overall = match["titles"].strip(), tidy(match["condition"])
    if cell.startswith(f"{_BY_LEVEL}可对应"):
        cell, overall = cell.removeprefix(f"{_BY_LEVEL}可对应"), _BY_LEVEL
    segments = [segment for segment in _SEPARATOR.split(cell) if segment]
    year = ""
    for segment in segments:
        *heads, names = segment.split("：")
        level, condition = "", overall
        if not heads and len(segments) > 1:
            raise DocumentError(f"{place}: annex 11 expects “level：title” in each part of a cell with several; printed: {segment}")
        for head in heads:
            if _YEAR.fullmatch(head):
                # 2018年后取得：一级…：…，二级…：… — the year holds for the levels after it too.
                year = head
            elif not level and (match := _LEVEL.fullmatch(head)):
                level, condition = match["level"], match["condition"] or condition
            else:
                raise DocumentError(f"{place}: annex 11 expects a year or a level before “：”; printed: {segment}")
        for title, relation, reason in _titles(names, place):
            yield {"level": level, "condition": condition or year, "title": title, "relation": relation, "reason": reason}


def _titles(names: str, place: str) -> list[tuple[str, str, str]]:
    """Titles with their relation and the reason for which they are not exact.

    Raises:
        DocumentError: the text is not a title, several joined by 或, or a list.
    """
    reason = ""
    if match := _BRACKET.fullmatch(names):
        names, reason = f"{match['title']}或{match['others']}", _BRACKET_REASON
    alternatives = re.split("或者|或", names)
    listed = names.split("、")
    if len(alternatives) > 1 and len(listed) > 1:
        raise DocumentError(f"{place}: annex 11 joins titles by 或 and by 、 at once; printed: {names}")
    relation = "or" if len(alternatives) > 1 else "list" if len(listed) > 1 else "single"
    found = alternatives if relation == "or" else listed
    if not all(_TITLE.fullmatch(title) for title in found):
        raise DocumentError(f"{place}: annex 11 expects titles; printed: {names}")
    return [(title, relation, reason) for title in found]
