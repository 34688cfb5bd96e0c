"""Annex 10 of the Shanghai document: the names of professional titles, by series and rank."""

from kg.transcribe.document import Document, DocumentError, squeeze, tidy
from kg.transcribe.record import Record, check_numbers, correct, corrections, record, row_text

HEADING = "附件10：职称系列（专业）各层级名称"
NEXT_HEADING = "附件11：国家专业技术人员职业资格与职称对应表"
HEADER = (["序号", "名称", "各层级职称名称", "", "", "", ""], ["", "", "高级", "", "中级", "初级", ""])
SERIES = 27
#: The five title columns in printed order, and the printed heading (tier) that each stands under; 高级 spans two columns, 初级 two.
RANKS = {"正高级": "高级", "副高级": "高级", "中级": "中级", "助理级": "初级", "员级": "初级"}
_COLUMNS = ("number", "series", *RANKS)


def titles(document: Document) -> list[Record]:
    """The titles of annex 10 (职称系列（专业）各层级名称) of `shanghai-shuangshi-2025`, one record a title.

    A series prints its number and name on its first line only; the lines below take them from there and are `repaired`. `text` is the printed line.

    Args:
        document: the Shanghai document.

    Returns:
        The titles in printed order.

    Raises:
        DocumentError: the heading, a column heading or a number is missing, or a line has another form than a row of the table.
    """
    rows = correct(_rows(document), corrections("titles"))
    records: list[Record] = []
    heads: list[Record] = []
    for row in rows:
        place = f"{document.id} line {row['line']}"
        status, reason = row["status"], row["reason"]
        if row["number"].isdecimal() and row["series"]:
            heads.append(row)
        elif row["number"] or row["series"] or not heads:
            raise DocumentError(f"{place}: annex 10 expects a number and a series, or neither below a series; printed: {row['text']}")
        else:
            status = "repaired"
            reason = "; ".join(filter(None, (reason, f"number and series are printed once for several lines, on line {heads[-1]['line']}")))
        names = [row[rank] for rank in RANKS]
        printed = list(filter(None, names))
        # Titles fill the columns from the left; anything else is a line whose columns are shifted or lost.
        if not printed or names[: len(printed)] != printed:
            raise DocumentError(f"{place}: annex 10 expects titles from the first title column on without a gap; printed: {row['text']}")
        number, series = heads[-1]["number"], heads[-1]["series"]
        for rank, title in zip(RANKS, names, strict=True):
            if title:
                fields = {"number": number, "series": series, "rank": rank, "tier": RANKS[rank], "title": title}
                records.append(record(document, int(row["line"]), row["text"], status=status, reason=reason, **fields))
    check_numbers(document, "annex 10", heads, SERIES)
    return records


def _rows(document: Document) -> list[Record]:
    """The lines of the table, one record a line with a field a column.

    Raises:
        DocumentError: the heading or a column heading is missing, or a line has not seven cells.
    """
    header = document.find("".join(HEADER[0]))
    document.find(HEADING, max(1, header - 3), header)
    end = document.find(NEXT_HEADING, header)
    found = [line for line in range(header, end) if squeeze(document.line(line))]
    for line, expected in zip(found, HEADER, strict=False):
        if document.cells(line) != expected:
            raise DocumentError(f"{document.id} line {line}: annex 10 expects the column headings {'|'.join(expected)}; printed: {row_text(document, line)}")
    rows = []
    for line in found[len(HEADER) :]:
        cells = [tidy(cell) for cell in document.cells(line)]
        if len(cells) != len(_COLUMNS):
            raise DocumentError(f"{document.id} line {line}: annex 10 expects {len(_COLUMNS)} cells, not {len(cells)}; printed: {row_text(document, line)}")
        rows.append(record(document, line, row_text(document, line), **dict(zip(_COLUMNS, cells, strict=True))))
    return rows
