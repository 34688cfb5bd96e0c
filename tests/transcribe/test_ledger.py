"""The ledger: what became of every line, and the account that holds it against the lines."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from catalogue_excerpt import decisions, excerpt

from kg.tables import read_tables
from kg.transcribe.catalogue import transcribe_catalogue
from kg.transcribe.document import one_width, read_document, squeeze
from kg.transcribe.layout import FAMILIES, TIERS
from kg.transcribe.ledger import Account, account, ledger, ledger_account, ledger_range
from kg.transcribe.reading import parse_readings
from kg.transcribe.record import Record, corrections

TABLES = read_tables()
#: The issue's limit for text that no entry accounts for.
LIMIT = 0.005


@pytest.fixture(scope="module")
def made() -> dict[str, list[Record]]:
    catalogue = transcribe_catalogue(excerpt(), TABLES, decisions())
    return {"catalogue": catalogue.records, "coverage": catalogue.coverage, "ledger": ledger(excerpt(), catalogue)}


def with_ledger(tables: dict[str, list[Record]], rows: list[Record]) -> Account:
    return account(excerpt(), {**tables, "ledger": rows})


def test_every_line_has_a_row(made: dict[str, list[Record]]) -> None:
    assert list(dict.fromkeys(int(row["line"]) for row in made["ledger"])) == list(range(45, 652)) == list(ledger_range(excerpt()))


def test_a_line_without_cells_and_a_row_heading_are_told_as_what_they_are(made: dict[str, list[Record]]) -> None:
    found = {row["line"]: (row["fate"], row["text"][:6]) for row in made["ledger"] if row["line"] in ("46", "47", "49", "69", "210")}
    assert found == {"46": ("blank", ""), "47": ("heading", "### 一、"), "49": ("header", "双师级别 专"), "69": ("filler", ""), "210": ("row", "6602 4")}


def test_a_rest_and_a_repeat_name_the_line_of_their_entry(made: dict[str, list[Record]]) -> None:
    found = {row["text"]: (row["fate"], row["entry"], row["column"]) for row in made["ledger"] if row["line"] == "54"}
    assert found["员"] == ("joined", "52", "title.初级")
    assert found["高级工程师"] == ("stutter", "52", "title.高级")
    assert found["助理农艺师"] == ("entry", "", "title.初级")


def test_the_account_finds_the_fragment_and_nothing_lost(made: dict[str, list[Record]]) -> None:
    found = account(excerpt(), made)
    assert [(each.line, each.cell, each.text, each.characters) for each in found.fragments] == [(220, 11, "机电设备安装", 6)]
    assert found.lost == ()
    assert found.unexplained == 6
    assert found.share == 6 / found.characters


def test_the_account_counts_the_characters_of_the_lines(made: dict[str, list[Record]]) -> None:
    lines = (excerpt().line(number) for number in ledger_range(excerpt()) if number != 69)
    assert account(excerpt(), made).characters == sum(len(re.sub(r"\s", "", line)) for line in lines)


def test_text_that_the_ledger_lacks_is_lost(made: dict[str, list[Record]]) -> None:
    rows = [row for row in made["ledger"] if row["text"] != "助理农艺师"]
    assert [(each.line, each.cell, each.text) for each in with_ledger(made, rows).lost] == [(54, 1, "员助理农艺师技术员助理工程师")]


def test_text_that_the_ledger_invents_is_noticed(made: dict[str, list[Record]]) -> None:
    rows = [{**row, "text": "高级农艺师"} if row["text"] == "助理农艺师" else row for row in made["ledger"]]
    assert [each.line for each in with_ledger(made, rows).lost] == [54]


def test_an_entry_that_the_catalogue_does_not_have_explains_nothing(made: dict[str, list[Record]]) -> None:
    without = {**made, "catalogue": [row for row in made["catalogue"] if row["name"] != "室内设计师"]}
    assert {each.text for each in account(excerpt(), without).lost} == {"室内设计师", "室内设计师（三级/高级）"}


@pytest.mark.parametrize(("text", "entry"), [("员", "64"), ("高级工程师", "219")])
def test_a_rest_or_repeat_of_no_entry_explains_nothing(text: str, entry: str, made: dict[str, list[Record]]) -> None:
    rows = [{**row, "entry": entry} if row["line"] == "54" and row["text"] == text else row for row in made["ledger"]]
    assert [each.text for each in with_ledger(made, rows).lost] == [text]


def test_a_line_told_as_filler_that_has_text_is_lost(made: dict[str, list[Record]]) -> None:
    rows = [row for row in made["ledger"] if row["line"] != "221"]
    filler = {**made["ledger"][0], "line": "221", "fate": "filler", "text": ""}
    lost = with_ledger(made, [*rows, filler]).lost
    assert [each.line for each in lost] == [221]
    assert lost[0].text.startswith("机械设备安装工（五级/初级工）")


def test_the_ledger_tells_of_itself_what_the_account_finds(made: dict[str, list[Record]]) -> None:
    assert ledger_account(made["ledger"]) == account(excerpt(), made)


def test_every_catalogue_entry_stands_once_in_the_ledger() -> None:
    starts = [(row["category"], row["column"], row["line"], squeeze(row["text"])) for row in TABLES["ledger"] if row["fate"] == "entry"]
    entries = [(row["category"], f"{row['family']}.{row['tier']}", row["line"], squeeze(row["text"])) for row in TABLES["catalogue"]]
    assert len(starts) == len(entries)
    remaining = defaultdict(list)
    for category, column, line, text in entries:
        remaining[category, column, line].append(text)
    for category, column, line, text in starts:
        found = next(each for each in remaining[category, column, line] if each.startswith(text))
        remaining[category, column, line].remove(found)
    assert not any(remaining.values())


def test_no_entry_has_text_that_its_lines_do_not_have_but_by_a_correction_that_says_so() -> None:
    mended = {squeeze(reading.printed): squeeze(reading.fix) for each in corrections("entries") for reading in parse_readings(each["entries"]) if reading.fix}
    pieces = defaultdict(set)
    for row in TABLES["ledger"]:
        pieces[row["category"], row["column"], row["entry"] or row["line"]].add(squeeze(row["text"]))
    for row in TABLES["catalogue"]:
        told = pieces[row["category"], f"{row['family']}.{row['tier']}", row["line"]]
        assert all(any(part in each for each in told) for part in row["text"].split()), row
        wording = squeeze(row["text"])
        for printed, fix in mended.items():
            wording = wording.replace(printed, fix) if printed in wording and row["status"] != "exact" else wording
        for field in ("name", "issuer", "level", "qualifier"):
            rest = iter(one_width(wording))
            assert all(character in rest for character in one_width(row[field])), (field, row)


def test_less_than_half_a_per_cent_of_the_committed_text_is_unexplained() -> None:
    found = ledger_account(TABLES["ledger"])
    assert found.share < LIMIT
    assert all(each.reason for each in found.fragments)


def test_the_columns_of_the_ledger_are_those_of_the_catalogue() -> None:
    columns = {f"{family}.{tier}" for family in FAMILIES for tier in TIERS}
    assert {row["column"] for row in TABLES["ledger"]} == {"", *columns}


def test_all_text_of_the_document_is_accounted_for(documents: Path) -> None:
    document = read_document(documents, "shanghai-shuangshi-2025")
    found = account(document, TABLES)
    assert found == ledger_account(TABLES["ledger"])
    assert found.lost == ()
    assert found.share < LIMIT
    assert {45, 650} <= set(ledger_range(document))
