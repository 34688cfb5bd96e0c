"""The explanations (说明) before the catalogue of the Shanghai rules."""

import re

from kg.transcribe.document import Document, DocumentError
from kg.transcribe.record import Record, check_numbers, record

NOTES = 3
_NOTE = re.compile(r"^(\d+)\.\s*(.+)$")


def notes(document: Document) -> list[Record]:
    """The numbered notes after the heading 说明 (document `shanghai-shuangshi-2025`).

    Raises:
        DocumentError: the heading is missing, or the notes are not numbered 1 to 3.
    """
    start = document.find("说明", start=document.find("附件11："))
    end = document.find("“双师型”教师非教师系列", start=start)
    found = []
    for line in range(start + 1, end):
        text = document.line(line).strip()
        if not text:
            continue
        match = _NOTE.match(text)
        if not match:
            raise DocumentError(f"{document.id} line {line}: a numbered note was expected, got “{text[:40]}”")
        found.append(record(document, line, text, number=match[1], statement=match[2]))
    check_numbers(document, "notes", found, NOTES)
    return found
