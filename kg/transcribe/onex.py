"""Shanghai's annex 7: the 447 1+X certificates of the Ministry of Education."""

from kg.transcribe.document import Document, DocumentError, tidy
from kg.transcribe.record import Record, check_numbers, correct, corrections, record, row_text

LAST = 447
BATCHES = ("第一批", "第二批", "第三批", "第四批")
HEAD = ("序号", "评价组织", "证书名称", "批次")
CERTIFICATE = "职业技能等级证书"


def onex(document: Document) -> list[Record]:
    """Annex 7 of the Shanghai document: number, organisation, certificate and batch, one line a row; corrections applied.

    Raises:
        DocumentError: the heading, the head, a row, a batch, a certificate's name or a number is not as expected.
    """
    start = document.find("### 附件 7")
    document.find("教育部 1+X 证书目录", start, start)
    rows = [line for line in range(start + 1, document.find("### 附件 8", start)) if any(document.cells(line))]
    if not rows or tuple(map(tidy, document.cells(rows[0]))) != HEAD:
        raise DocumentError(f"{document.id} line {rows[0] if rows else start}: annex 7 should begin with the columns {', '.join(HEAD)}")
    records, reached = [], 0
    for line in rows[1:]:
        cells = document.cells(line)
        if len(cells) != len(HEAD) or not all(cells) or not cells[0].isdecimal():
            raise DocumentError(f"{document.id} line {line}: a row of annex 7 should print {', '.join(HEAD)}, this one prints “{row_text(document, line)}”")
        number, issuer, name, batch = map(tidy, cells)
        if batch not in BATCHES[reached:]:
            raise DocumentError(f"{document.id} line {line}: “{batch}” is no batch, or stands after a later one ({BATCHES[reached]})")
        reached = BATCHES.index(batch)
        if not name.endswith(CERTIFICATE) or name == CERTIFICATE:
            raise DocumentError(f"{document.id} line {line}: a certificate's name ends with {CERTIFICATE}, this one is “{name}”")
        changed = [number, issuer, name, batch] != cells
        records.append(
            record(
                document,
                line,
                row_text(document, line),
                status="repaired" if changed else "exact",
                reason="spaces removed" if changed else "",
                number=number,
                issuer=issuer,
                name=name,
                batch=batch,
            )
        )
    check_numbers(document, "annex 7", records, LAST)
    return correct(records, corrections("onex"))
