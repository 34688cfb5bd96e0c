"""The state of every 专业类 in the catalogue: complete, damaged, empty or missing. A row that is lost must never be read as a “no”."""

from collections.abc import Iterable

from kg.transcribe.decisions import Decisions
from kg.transcribe.document import Document, DocumentError
from kg.transcribe.layout import Row, catalogue_range, groups
from kg.transcribe.record import Record, record


def coverage(document: Document, rows: Iterable[Row], decisions: Decisions) -> list[Record]:
    """One record a 专业类, in the order of `corrections/categories.csv`.

    A row whose heading the text has is complete (empty where it prints no entry), unless `corrections/rows.csv` says how it is damaged. A row without a
    heading must be named there as missing: else the heading was changed or lost since, and its cells would silently go to the row before.

    Raises:
        DocumentError: a heading is of no known 专业类, or is missing without a decision, or stands where a decision says that it is missing.
    """
    heads = {row.category: row for row in rows}
    for row in heads.values():
        if row.category not in {each["category"] for each in decisions.categories}:
            raise DocumentError(f"{document.id} line {row.head}: 专业类 {row.category} is not in corrections/categories.csv")
    return [_state(document, category, heads.get(category["category"]), decisions.rows.get(category["category"])) for category in decisions.categories]


def _state(document: Document, category: Record, row: Row | None, decided: Record | None) -> Record:
    """The record of one 专业类."""
    code, name = category["category"], category["category_name"]
    if row is None:
        if not decided or decided["state"] != "missing":
            lines = catalogue_range(document)
            raise DocumentError(f"{document.id}: no line from {lines.start} to {lines.stop - 1} is the heading of {code} {name}, and rows.csv does not say so")
        headings = groups(document)
        # A lost row is cited at the fragment that is left of it, else at the heading of its group, else at the catalogue's first.
        group_line = headings.get(category["group"], next(iter(headings.values())))[1]
        line = int(decided["line"] or group_line)
        text = document.line(line).split("\t")[0].strip() or name
    else:
        if decided and decided["state"] == "missing":
            raise DocumentError(f"{document.id} line {row.head}: the heading of {code} {name} stands here, but rows.csv says that it is missing")
        line, text = row.head, document.cells(row.head)[0]
    state = decided["state"] if decided else "complete" if row and row.cells else "empty"
    reason = decided["reason"] if decided else ""
    status = "repaired" if reason else "exact"
    return record(
        document,
        line,
        text,
        status=status,
        reason=reason,
        **category,
        state=state,
        affected=decided["affected"] if decided else "",
        loss=decided["reason_zh"] if decided else "",
    )
