"""The data package: what is read is checked, what is written is whole."""

import json
import shutil
from pathlib import Path

import pytest

from kg.tables import SOURCES, Table, TableError, describe, read_tables, table_text, write_tables
from kg.tables.package import FAULTS_SHOWN, PACKAGE

PETS = Table("pets", "pets.csv", "Pets", ("name", "kind"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small package: one table with a required name and a kind of two."""
    fields = [
        {"name": "name", "type": "string", "constraints": {"required": True, "unique": True}},
        {"name": "kind", "type": "string", "constraints": {"enum": ["cat", "dog"]}},
    ]
    resource = {"name": "pets", "type": "table", "path": "pets.csv", "title": "Pets", "schema": {"fields": fields, "missingValues": [""]}}
    (tmp_path / PACKAGE).write_text(json.dumps({"name": "small", "resources": [resource]}), encoding="utf-8")
    (tmp_path / "pets.csv").write_text("name,kind\nTom,cat\n", encoding="utf-8")
    return tmp_path


def test_a_table_is_described_by_its_package(folder: Path) -> None:
    assert describe(folder) == {"pets": PETS}


def test_the_rows_of_a_good_table_are_read(folder: Path) -> None:
    assert read_tables(folder) == {"pets": [{"name": "Tom", "kind": "cat"}]}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("name,kind\nTom,cow\n", "pets.csv row 2 column kind: constraint"),
        ("name,kind\nTom,cat\n,dog\n", "pets.csv row 3 column name: constraint"),
        ("name,kind\nTom,cat\nTom,dog\n", "pets.csv row 3 column name:"),
        ("name,kind\nTom\n", "pets.csv row 2 column kind:"),
        ("name,kind\nTom,cat,9\n", "pets.csv row 2"),
        ("name,sort\nTom,cat\n", 'pets.csv column kind: Label "sort"'),
        ("", "pets.csv: "),
    ],
)
def test_a_wrong_cell_is_reported_with_file_row_column_and_reason(folder: Path, content: str, fault: str) -> None:
    (folder / "pets.csv").write_text(content, encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_tables(folder)
    assert f"{folder}/{fault}" in str(caught.value)


def test_many_faults_are_counted_and_the_first_are_shown(folder: Path) -> None:
    (folder / "pets.csv").write_text("name,kind\n" + "".join(f"{number},cow\n" for number in range(30)), encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_tables(folder)
    assert len(str(caught.value).split("\n")) == FAULTS_SHOWN + 1
    assert str(caught.value).endswith("… and 10 more")


def test_a_missing_file_is_named_with_what_to_do(folder: Path) -> None:
    (folder / "pets.csv").unlink()
    with pytest.raises(TableError, match=r"no pets\.csv; run `certkg transcribe DOCUMENTS` or restore the files"):
        read_tables(folder)


@pytest.mark.parametrize("content", [None, "{", "[]", '{"name": "small"}'])
def test_a_package_file_that_cannot_be_read_is_named(folder: Path, content: str | None) -> None:
    (folder / PACKAGE).unlink()
    if content is not None:
        (folder / PACKAGE).write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=r"datapackage\.json: cannot be read as a data package"):
        describe(folder)


@pytest.mark.parametrize(("row", "field"), [({"name": "Tom"}, "kind"), ({"name": "Tom", "kind": "cat", "age": "9"}, "age")])
def test_a_row_with_an_unknown_or_without_a_known_field_is_refused(row: dict[str, str], field: str) -> None:
    with pytest.raises(TableError, match=rf"pets\.csv row 3: fields {field} are missing or unknown"):
        table_text(PETS, [{"name": "Tim", "kind": "dog"}, row])


def test_text_with_commas_quotes_and_line_ends_comes_back_as_it_was(folder: Path) -> None:
    names = ['“1+X”, or "1+x"', "two\nlines", " spaced "]
    write_tables(folder, {"pets": [{"name": name, "kind": "dog"} for name in names]})
    assert [row["name"] for row in read_tables(folder)["pets"]] == names


def test_tables_are_written_with_one_kind_of_line_end(folder: Path) -> None:
    write_tables(folder, {"pets": [{"kind": "dog", "name": "Rex"}]})
    assert (folder / "pets.csv").read_bytes() == b"name,kind\nRex,dog\n"


@pytest.mark.parametrize("tables", [{"pets": [{"name": "Rex", "kind": "cow"}]}, {}, {"pets": [], "cars": []}, {"pets": [{"name": "Rex"}]}])
def test_a_bad_table_leaves_the_old_files_untouched(folder: Path, tables: dict[str, list[dict[str, str]]]) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(TableError) as caught:
        write_tables(folder, tables)
    assert ".new-" not in str(caught.value)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_committed_tables_fit_their_schemas() -> None:
    tables = read_tables()
    assert set(tables) == set(describe())
    assert all(tables.values())


def test_a_wrong_cell_in_a_committed_table_is_found(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SOURCES, tmp_path / "sources"))
    text = (folder / "catalogue.csv").read_text(encoding="utf-8")
    (folder / "catalogue.csv").write_text(text.replace(",title,初级,", ",title,超级,", 1), encoding="utf-8")
    with pytest.raises(TableError, match=r"catalogue\.csv row 2 column tier: constraint"):
        read_tables(folder)
