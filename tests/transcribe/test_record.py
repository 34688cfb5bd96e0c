"""Records, corrections of their fields, and gaps in numbering."""

import pytest

from kg.transcribe.document import Document, DocumentError
from kg.transcribe.record import Record, check_numbers, correct, record, row_text

DOCUMENT = Document("d", ("1\t前局服务员\t\t4-03-01-01", "2\t餐厅服务员"))


def rows() -> list[Record]:
    return [record(DOCUMENT, line, row_text(DOCUMENT, line), number=str(line), name=DOCUMENT.cells(line)[1]) for line in (1, 2)]


def rule(**fields: str) -> Record:
    return {"document": "d", "line": "1", "field": "name", "printed": "前局服务员", "value": "前厅服务员", "status": "repaired", "reason": "OCR", **fields}


def test_a_record_says_where_it_is_printed() -> None:
    assert rows()[0] == {
        "number": "1",
        "name": "前局服务员",
        "document": "d",
        "line": "1",
        "text": "1 | 前局服务员 | 4-03-01-01",
        "status": "exact",
        "reason": "",
    }


@pytest.mark.parametrize(("status", "reason"), [("exact", "why"), ("repaired", ""), ("uncertain", "")])
def test_a_status_and_its_reason_go_together(status: str, reason: str) -> None:
    with pytest.raises(ValueError, match="d line 1: status"):
        record(DOCUMENT, 1, "x", status=status, reason=reason)


def test_a_correction_changes_one_field_and_says_why() -> None:
    first, second = correct(rows(), [rule()])
    assert (first["name"], first["status"], first["reason"], first["text"]) == ("前厅服务员", "repaired", "OCR", "1 | 前局服务员 | 4-03-01-01")
    assert second == rows()[1]


def test_a_second_correction_does_not_make_a_doubt_certain() -> None:
    first, _ = correct(rows(), [rule(status="uncertain", reason="doubt"), rule(printed="前厅服务员", value="前厅服务师")])
    assert (first["status"], first["reason"]) == ("uncertain", "doubt; OCR")


@pytest.mark.parametrize("wrong", [{"line": "2"}, {"line": "9"}, {"printed": "客房服务员"}])
def test_a_correction_of_what_is_not_printed_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(DocumentError, match=f"d line {wrong.get('line', '1')}: no record prints"):
        correct(rows(), [rule(**wrong)])


@pytest.mark.parametrize(
    ("numbers", "last", "message"),
    [
        (["1", "3"], 3, r"d: t has no number 2 \(number 1 stands on line 1\)"),
        (["1", "1"], 2, r"d line 2: t has number 1 twice \(first on line 1\)"),
        (["1", "2"], 1, "d line 2: t ends with 1, but has number 2"),
    ],
)
def test_a_gap_in_the_numbers_is_named(numbers: list[str], last: int, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        check_numbers(DOCUMENT, "t", [{"number": number, "line": str(line)} for line, number in enumerate(numbers, 1)], last)


def test_numbers_that_are_all_there_pass() -> None:
    check_numbers(DOCUMENT, "t", [{"number": "2", "line": "1"}, {"number": "1", "line": "2"}], 2)
