"""The table of the Zhejiang document: skilled occupations and the title series they belong to."""

import re

from kg.transcribe.document import Document, DocumentError, squeeze, tidy
from kg.transcribe.record import Record, check_numbers, correct, corrections, record, row_text

HEADING = "技能人才职业（工种）与专技人才职称系列对应关系表"
HEADER = ["序号", "职业工种", "对应职称系列"]
END = "注：本表未列明或新增的技能人员职业（工种）"
ROWS = 883
#: The nine series that the table names.
SERIES = frozenset({"工程技术", "实验技术", "工艺美术", "农业技术", "体育", "文物博物", "艺术", "群众文化", "技工院校教师"})
_SERIES = re.compile(r"(?P<series>[^（）]+)(?:（(?P<specialty>[^（）]+)）)?")


def series(document: Document) -> list[Record]:
    """The rows of the annex of `zhejiang-pathway-2022` (技能人才职业（工种）与专技人才职称系列对应关系表), one record a row.

    Names that look misprinted stay as printed and are `uncertain`.

    Args:
        document: the Zhejiang document.

    Returns:
        The records in printed order.

    Raises:
        DocumentError: the heading, a column heading, the closing note or a number is missing, or a row names an unknown series.
    """
    return correct(read_rows(document, ROWS), corrections("series"))


def read_rows(document: Document, last: int) -> list[Record]:
    """The rows as printed, before corrections.

    Args:
        document: the Zhejiang document.
        last: the last number of the table.

    Raises:
        DocumentError: as `series`.
    """
    header = document.find("".join(HEADER))
    document.find(HEADING, max(1, header - 3), header)
    records = []
    for line in range(header + 1, document.find(END, header)):
        if not squeeze(document.line(line)):
            continue
        cells = [tidy(cell) for cell in document.cells(line)]
        if len(cells) != len(HEADER) or not cells[0].isdecimal() or not all(cells):
            raise DocumentError(f"{document.id} line {line}: the table of series expects number, occupation and series; printed: {row_text(document, line)}")
        number, occupation, printed = cells
        match = _SERIES.fullmatch(printed)
        # Only the series are split: an occupation may hold 或 too (883: 在技工院校从事教育工作，且具有相应职业资格或职业技能等级的人员).
        names = match["series"].split("或") if match else []
        if not match or not SERIES.issuperset(names):
            raise DocumentError(f"{document.id} line {line}: “{printed}” is no known series ({', '.join(sorted(SERIES))})")
        fields = {"number": number, "occupation": occupation, "series": "|".join(names), "specialty": match["specialty"] or ""}
        records.append(record(document, line, row_text(document, line), **fields))
    check_numbers(document, "the table of series", records, last)
    return records
