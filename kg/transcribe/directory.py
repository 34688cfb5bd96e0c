"""The directory of occupations that are open to social evaluation organisations."""

import re

from kg.transcribe.document import Document, DocumentError, squeeze, tidy
from kg.transcribe.record import Record, check_numbers, record

HEADING = "社会培训评价组织征集遴选职业（工种）目录"
COLUMNS = ["序号", "职业编码", "职业（工种）名称", "职业名称", "等级"]
END = "注：职业编码、职业（工种）名称、等级将根据现行《中华人民共和国职业分类大典》动态调整。"
ROWS = 202
#: Printed in place of grades where the entry is a special vocational skill (专项职业能力), which has none; its code ends in Z1, Z2 …
SPECIAL_SKILL = "专项职业能力"
_CODE = re.compile(r"[1-8]-\d{2}-\d{2}-(?:\d{2}|(?P<special>Z\d))")
_GRADES = re.compile(r"[1-5](?:、[1-5])*")


def directory(document: Document, rows: int = ROWS) -> list[Record]:
    """The rows of `evaluation-directory` (社会培训评价组织征集遴选职业（工种）目录), one record a row.

    The text has one value a line and an empty line between rows. The bracket after the occupation is `work_type`. A special vocational skill has no grades: its
    `grades` are empty and `text` says 专项职业能力. `line` is the line of the number, where the row starts.

    Args:
        document: the directory.
        rows: the last number.

    Returns:
        The records in printed order.

    Raises:
        DocumentError: the heading, a column heading, the closing note or a number is missing, or a row has not its five values.
    """
    start = document.find(COLUMNS[0], document.find(HEADING))
    blocks = _blocks(document, start, document.find(END, start))
    line, head = blocks[0]
    if head != COLUMNS:
        raise DocumentError(f"{document.id} line {line}: expected the column headings {'|'.join(COLUMNS)}; printed: {'|'.join(head)}")
    records = [_row(document, line, values) for line, values in blocks[1:]]
    check_numbers(document, "the directory", records, rows)
    return records


def _row(document: Document, line: int, values: list[str]) -> Record:
    """One row from its values.

    Raises:
        DocumentError: a value is missing or has another form than its column.
    """
    text = " | ".join(values)
    if len(values) != len(COLUMNS) or not values[0].isdecimal():
        raise DocumentError(f"{document.id} line {line}: expected a number and four more values; printed: {text}")
    number, code, name, occupation, grades = (tidy(value) for value in values)
    if not (match := _CODE.fullmatch(code)):
        raise DocumentError(f"{document.id} line {line}: “{code}” is no code of an occupation")
    special = match["special"] is not None
    if special != (grades == SPECIAL_SKILL) or not (special or _GRADES.fullmatch(grades)):
        raise DocumentError(f"{document.id} line {line}: “{grades}” does not go with code {code}: expected grades 5 to 1, or {SPECIAL_SKILL} with a Z code")
    bracket = name.removeprefix(occupation)
    if not name.startswith(occupation) or not (bracket == "" or (bracket[0] == "（" and bracket[-1] == "）" and len(bracket) > 2)):
        raise DocumentError(f"{document.id} line {line}: “{name}” is not “{occupation}” with or without a work type in brackets")
    fields = {"number": number, "code": code, "name": name, "work_type": bracket[1:-1], "occupation": occupation}
    return record(document, line, text, **fields, grades="" if special else grades.replace("、", "|"))


def _blocks(document: Document, start: int, end: int) -> list[tuple[int, list[str]]]:
    """The runs of lines between empty lines from `start` to before `end`: the first line's number, and the values."""
    blocks: list[tuple[int, list[str]]] = []
    open_block = False
    for line in range(start, end):
        if not squeeze(document.line(line)):
            open_block = False
            continue
        if not open_block:
            blocks.append((line, []))
        open_block = True
        blocks[-1][1].append(document.line(line).strip())
    return blocks
