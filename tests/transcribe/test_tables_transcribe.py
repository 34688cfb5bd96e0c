"""The whole transcription: all tables or none, the same bytes from the same documents, and the report on it."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

from kg.tables import SOURCES, TableError, describe, read_tables
from kg.tables.package import PACKAGE
from kg.transcribe import DocumentError, transcribe
from kg.transcribe.compare import differences
from kg.transcribe.document import DOCUMENTS
from kg.transcribe.ledger import Account, Remainder
from kg.transcribe.record import Record
from kg.transcribe.report import BEGIN, DOCS, END, TranscriptionReport, committed_report, docs_text, figures
from kg.transcribe.tables import TRANSCRIBERS

SHANGHAI, DIRECTORY, NANTONG, ZHEJIANG = DOCUMENTS


@pytest.fixture
def copies(documents: Path, tmp_path: Path) -> Path:
    """A copy of the documents that a test may change."""
    return Path(shutil.copytree(documents, tmp_path / "documents"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the committed tables."""
    return Path(shutil.copytree(SOURCES, tmp_path / "sources"))


def change(folder: Path, name: str, changed: Callable[[str], str]) -> Path:
    path = folder / f"{name}.txt"
    text = path.read_bytes().decode()
    assert changed(text) != text
    path.write_bytes(changed(text).encode())
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_every_described_table_is_made() -> None:
    assert {"catalogue", "coverage", "ledger", *TRANSCRIBERS} == set(describe())


def test_the_documents_give_the_committed_tables_byte_for_byte(documents: Path) -> None:
    told: list[tuple[str, float]] = []
    report = transcribe(documents, check=True, progress=lambda stage, done: told.append((stage, done)))
    assert report.differences == ()
    assert replace(report, seconds=0.0) == committed_report()
    assert [done for _, done in told] == sorted(done for _, done in told)
    assert told[-1] == ("done", 1.0)


@pytest.mark.slow
@pytest.mark.parametrize("changed", [lambda text: text.replace("\n", "\r\n"), lambda text: text.replace("\n", "\r"), lambda text: f"\ufeff{text}"])
def test_line_ends_and_a_byte_order_mark_change_no_table(copies: Path, changed: Callable[[str], str]) -> None:
    for name in DOCUMENTS:
        change(copies, name, changed)
    assert transcribe(copies, check=True).differences == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (SHANGHAI, "### 附件 7", "### 附录 7", f"{SHANGHAI}: no line from [0-9]+ on says “### 附件 7”"),
        (SHANGHAI, "## 二、62（42、22）资源环境与安全大类", "## 二、资源环境与安全大类", f"{SHANGHAI} line 57: expected the heading of a group"),
        (SHANGHAI, "6206 4206 金属与", "62O6 4206 金属与", f"{SHANGHAI}: no line from 47 to 651 is the heading of 6206"),
        (SHANGHAI, "2025 年上海市双师型教师专业认定细则", "2026 年上海市双师型教师专业认定细则", f"{SHANGHAI}.txt: lines 1 to 30 do not say"),
        (SHANGHAI, "康复园林师 农业经济员", "康养园林师 农业经济员", f"{SHANGHAI} line 52 cell 1: the cell does not print “康复园林师”"),
        (DIRECTORY, "\t100\n", "\t1000\n", f"{DIRECTORY}: the directory has no number 100"),
        (NANTONG, "附件4", "附件14", f"{NANTONG}: the annexes are"),
        (ZHEJIANG, "五、其他", "六、其他", f"{ZHEJIANG}: no line from [0-9]+ on says “五、其他”"),
    ],
)
def test_another_edition_is_an_error_that_names_document_and_line_and_no_table_changes(
    copies: Path, folder: Path, name: str, old: str, new: str, message: str
) -> None:
    before = contents(folder)
    with pytest.raises(DocumentError, match=message):
        transcribe(change(copies, name, lambda text: text.replace(old, new)), folder)
    assert contents(folder) == before


@pytest.mark.slow
def test_lines_that_are_lost_are_noticed(copies: Path, folder: Path) -> None:
    before = contents(folder)
    with pytest.raises(DocumentError, match=f"{SHANGHAI} line [0-9]+"):
        transcribe(change(copies, SHANGHAI, lambda text: "\n".join(text.split("\n")[:300] + text.split("\n")[310:])), folder)
    assert contents(folder) == before


def test_a_missing_document_changes_no_table(copies: Path, folder: Path) -> None:
    (copies / f"{ZHEJIANG}.txt").unlink()
    before = contents(folder)
    with pytest.raises(DocumentError, match=rf"{ZHEJIANG}\.txt: no such file"):
        transcribe(copies, folder)
    assert contents(folder) == before


@pytest.mark.slow
def test_tables_are_made_again_where_they_were_damaged(documents: Path, folder: Path) -> None:
    good = contents(folder)
    (folder / "catalogue.csv").write_text("nothing", encoding="utf-8")
    (folder / "ledger.csv").unlink()
    transcribe(documents, folder)
    assert contents(folder) == good


def test_the_gold_rows_are_transcribed_as_people_read_them(gold: Path, tmp_path: Path) -> None:
    export = tmp_path / "recognitions.jsonl"
    rows = read_tables()["catalogue"]
    export.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    found = score(gold).score_recognitions(export, sorted((gold / "recognitions").glob("*.jsonl")), show=False)
    assert found["f1"] >= 0.995
    assert found["recall_with_grades"] >= 0.99


def score(gold: Path) -> ModuleType:
    """The scoring program that lies beside the gold."""
    spec = util.spec_from_file_location("gold_score", gold / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def tables() -> dict[str, list[Record]]:
    return read_tables()


def test_the_same_tables_do_not_differ() -> None:
    assert list(differences(SOURCES, tables())) == []


def test_a_difference_names_file_row_and_what() -> None:
    made = tables()
    made["bodies"][1]["name"] = "工信部"
    made["awards"].pop()
    (awards, bodies) = differences(SOURCES, made)
    assert awards.startswith(f"{SOURCES / 'awards.csv'} row 33: no longer made: ")
    assert bodies.startswith(f"{SOURCES / 'bodies.csv'} row 3: 2,")
    assert " → 2,工信部," in bodies


def test_other_line_ends_a_new_row_and_a_missing_file_are_differences(folder: Path) -> None:
    made = tables()
    path = folder / "competitions.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n", 1))
    (folder / "bodies.csv").unlink()
    made["notes"].append({**made["notes"][0], "number": "4"})
    found = [each.removeprefix(f"{folder}/") for each in differences(folder, made)]
    assert [each.split(":")[0] for each in found] == ["notes.csv row 5", "bodies.csv", "competitions.csv row 1"]
    assert "not in the file: 4," in found[0]
    assert found[1] == "bodies.csv: the file is missing"
    assert "\\r" in found[2]


def test_a_table_that_only_one_side_knows_is_a_difference() -> None:
    made = {"unknown": [], **tables()}
    del made["notes"]
    assert [each.removeprefix(f"{SOURCES}: ") for each in differences(SOURCES, made)] == [
        "the table notes is described in the package, but not made",
        "the table unknown is made, but not described in the package",
    ]


@pytest.mark.slow
def test_a_made_table_against_its_schema_changes_nothing(documents: Path, folder: Path) -> None:
    package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    bodies = next(each for each in package["resources"] if each["name"] == "bodies")
    bodies["schema"]["fields"][0]["constraints"]["maximum"] = 5
    (folder / PACKAGE).write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    before = contents(folder)
    with pytest.raises(TableError, match=r"bodies\.csv row 7 column number"):
        transcribe(documents, folder)
    assert contents(folder) == before
    assert not list(folder.glob(".new-*"))


def report() -> TranscriptionReport:
    fragment, lost = Remainder(419, 6, "修工（三级/高级工）", "head lost"), Remainder(51, 2, "工程师", "")
    return TranscriptionReport(
        {"catalogue": {"exact": 2, "uncertain": 1}},
        {"6101": {"exact": 2, "uncertain": 1}},
        [{"category": "6101", "category_name": "农业类", "state": "damaged", "affected": "title.初级|onex.高级"}],
        Account(1000, (fragment,), (lost,)),
        {"borders of entries": {"wrapped": 3, "other": 1}},
        4.21,
        ("catalogue.csv row 2: a → b",),
    )


def test_the_report_tells_entries_text_corrections_rows_differences_and_time() -> None:
    text = report().text()
    for line in (
        "| catalogue | 3 | 2 | 0 | 1 |",
        "1000 characters (white space, tags and filler aside). No entry accounts for 13 of them (1.300%): 10 in 1 fragments whose reason is known, 3 lost.",
        "| 51 | 2 | 工程师 | LOST |",
        "| 419 | 6 | 修工（三级/高级工） | head lost |",
        "| borders of entries | 4 | 2 | wrapped (3) |",
        "| 6101 农业类 | damaged | 2 | 0 | 1 | title.初级, onex.高级 |",
        "catalogue.csv row 2: a → b",
        "4.2 s",
    ):
        assert line in text.split("\n")


def test_the_section_of_the_page_is_made_new_and_the_rest_stays() -> None:
    page = docs_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", report())
    assert page == f"before\n{BEGIN}\n\n{figures(report())}\n\n{END}\nafter\n"
    assert docs_text(page, report()) == page


@pytest.mark.parametrize("page", ["no markers", f"{END}\n{BEGIN}", f"{BEGIN}", f"{BEGIN}{END}{BEGIN}"])
def test_a_page_without_its_markers_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="must have the markers"):
        docs_text(page, report())


def test_the_documentation_tells_the_figures_of_the_committed_tables() -> None:
    page = DOCS.read_text(encoding="utf-8")
    assert docs_text(page, committed_report()) == page, "run: python -m kg.transcribe"
