"""Merged cells: a value printed once, given to its rows, and never against what is printed."""

import pytest

from kg.transcribe.document import Document, DocumentError
from kg.transcribe.merged import merge
from kg.transcribe.record import Record, record, row_text

DOCUMENT = Document(
    "shanghai-shuangshi-2025", ("15\t中国中学生体育协会\t", "16\t中国大学生体育协会\t教育部", "17\t中国教育电视协会\t", "18\t中国保安协会\t公安部")
)


def rows() -> list[Record]:
    found = []
    for line in range(1, 5):
        number, name, supervisor = DOCUMENT.cells(line)
        found.append(record(DOCUMENT, line, row_text(DOCUMENT, line), number=number, name=name, supervisor=supervisor))
    return found


def cell(first: int, last: int, line: int = 2, value: str = "教育部") -> Record:
    return {"table": "t", "column": "supervisor", "first": str(first), "last": str(last), "line": str(line), "value": value, "reason": "in the middle"}


def test_a_merged_cell_is_given_to_its_rows_and_says_where_it_is_printed() -> None:
    found = merge(DOCUMENT, "t", rows(), [cell(15, 17)])
    assert [each["supervisor"] for each in found] == ["教育部", "教育部", "教育部", "公安部"]
    assert [each["status"] for each in found] == ["repaired", "exact", "repaired", "exact"]
    assert found[0]["reason"] == "supervisor: merged cell of 15 to 17, printed on line 2"
    assert found[1]["reason"] == ""


def test_an_uncertain_row_stays_uncertain() -> None:
    given = rows()
    given[0].update(status="uncertain", reason="doubtful")
    first = merge(DOCUMENT, "t", given, [cell(15, 17)])[0]
    assert (first["supervisor"], first["status"]) == ("教育部", "uncertain")
    assert first["reason"] == "doubtful; supervisor: merged cell of 15 to 17, printed on line 2"


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([cell(15, 17, line=3)], "is not printed here"),
        ([cell(15, 17, value="财政部")], "is not printed here"),
        ([cell(15, 18)], "prints “公安部” as supervisor"),
        ([cell(14, 17)], "has no number 14"),
        ([cell(15, 16), cell(16, 17)], "lies in two merged cells"),
        ([cell(17, 15)], "begins with 17, after its end 15"),
    ],
)
def test_a_decision_against_the_document_is_refused(cells: list[Record], message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        merge(DOCUMENT, "t", rows(), cells)
