"""Building a store, taking it into use, and refusing one that is not whole."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.store import Row, Rows, StoreError, build_store, open_store, read_manifest

EVERYTHING = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"


def write_graph(path: Path, triples: int, word: str = "名") -> Path:
    """Write a graph of some size."""
    path.write_text("".join(f'<http://x/s{i // 5}> <http://x/p{i % 5}> "{word}{i}"@zh .\n' for i in range(triples)), encoding="utf-8")
    return path


def contents(folder: Path) -> set[Row]:
    """Read a store in three ways, each of which uses another index."""
    with open_store(folder) as store:
        rows = set(store.select(EVERYTHING).rows)
        by_predicate = {row for p in range(5) for row in store.select(f"SELECT ?s (<http://x/p{p}> AS ?p) ?o WHERE {{ ?s <http://x/p{p}> ?o }}").rows}
        by_object = {row[:3] for o in {r[2] for r in rows} if o is not None for row in store.select(EVERYTHING, {"o": o}).rows}
        assert rows == by_predicate == by_object
        return rows


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A graph of 500 triples."""
    return write_graph(tmp_path / "graph.nt", 500)


@pytest.fixture
def folder(tmp_path: Path, graph: Path) -> Path:
    """A store of that graph."""
    build_store(graph, tmp_path / "store")
    return tmp_path / "store"


def test_a_built_store_holds_the_graph_and_says_so(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert manifest.triples == 500
    assert len(manifest.graph_sha256) == 64
    assert len(contents(folder)) == 500


def test_quads_keep_their_graphs(tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text("<http://a> <http://b> <http://c> <http://g> .\n<http://a> <http://b> <http://d> .\n")
    build_store(tmp_path / "g.nq", tmp_path / "store")
    with open_store(tmp_path / "store") as store:
        assert store.graphs == {"http://g"}
        assert store.ask("ASK { GRAPH <http://g> { <http://a> <http://b> <http://c> } }")
        assert not store.ask("ASK { <http://a> <http://b> <http://c> }")


def test_a_store_can_be_opened_where_nothing_may_be_written(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert len(contents(folder)) == 500
    finally:
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)


def test_opening_a_store_changes_nothing_in_its_folder(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    contents(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_new_build_takes_the_place_of_the_old_one(folder: Path, graph: Path) -> None:
    for triples in (400, 300, 200):
        build_store(write_graph(graph, triples), folder)
        assert len(contents(folder)) == triples
    # The one in use and the one before it.
    assert len(list(folder.glob("data-*"))) == 2


def test_a_store_that_is_open_stays_as_it_was_when_a_new_one_is_built(folder: Path, graph: Path) -> None:
    with open_store(folder) as store:
        build_store(write_graph(graph, 100), folder)
        assert len(store.select(EVERYTHING).rows) == 500
        # Its worker, which starts only now, reads the same data.
        outcome = store.run(EVERYTHING)
        assert isinstance(outcome, Rows)
        assert len(outcome.rows) == 500
    assert len(contents(folder)) == 100


@pytest.mark.parametrize("text", ["<http://a> <http://b> .\n", "no triple", "<a> <b> <c> .\n", '<http://a> <http://b> "\\q" .\n'])
def test_a_graph_that_is_not_n_triples_is_named_and_the_last_store_stays(folder: Path, graph: Path, text: str) -> None:
    graph.write_text(text)
    with pytest.raises(StoreError, match=r"graph\.nt"):
        build_store(graph, folder)
    assert len(contents(folder)) == 500
    assert len(list(folder.glob("data-*"))) == 1


def test_a_graph_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere\.nt"):
        build_store(tmp_path / "nowhere.nt", tmp_path / "store")


def test_a_graph_in_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="N-Triples"):
        build_store(tmp_path / "graph.ttl", tmp_path / "store")


@pytest.mark.parametrize("step", ["folder._sizes", "os.fsync", "Path.replace", "ox.Store"])
def test_a_build_that_is_killed_at_any_step_leaves_the_last_good_store_in_use(folder: Path, graph: Path, step: str) -> None:
    write_graph(graph, 50)
    program = (
        "import os, sys, pyoxigraph as ox\nfrom pathlib import Path\nimport kg.store.folder as folder\n"
        f"def die(*arguments, **options):\n    os._exit(9)\n{step} = die\n"
        "folder.build_store(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", program, str(graph), str(folder)], env=environment, check=False, timeout=60).returncode == 9
    assert len(contents(folder)) == 500
    build_store(graph, folder)
    assert len(contents(folder)) == 50
    assert len(list(folder.glob("data-*"))) == 2


def test_an_empty_folder_has_no_store_and_the_mend_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"certkg build") as caught:
        open_store(tmp_path)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '{"data": 1}', "\x00"])
def test_a_manifest_that_is_not_one_is_refused(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match="certkg build"):
        open_store(folder)


@pytest.mark.parametrize("change", [{"quads": 499}, {"data": "data-gone"}, {"data": "../store"}, {"files": {}}, {"quads": "500"}])
def test_a_manifest_that_does_not_fit_the_data_is_refused(folder: Path, change: dict[str, object]) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(StoreError, match="certkg build"):
        open_store(folder)


def test_a_store_with_a_file_cut_or_lost_is_refused_or_answers_right(folder: Path) -> None:
    good = contents(folder)
    kept = folder.with_name("kept")
    folder.rename(kept)
    data = kept / read_manifest(kept).data
    for file in sorted(data.iterdir()):
        for size in (None, 0, file.stat().st_size // 2, max(file.stat().st_size - 1, 0)):
            shutil.copytree(kept, folder)
            damaged = folder / data.name / file.name
            if size is None:
                damaged.unlink()
            else:
                os.truncate(damaged, size)
            if damaged.name.startswith("LO"):
                assert contents(folder) == good
            elif size != file.stat().st_size:
                with pytest.raises(StoreError, match="certkg build"):
                    open_store(folder)
            shutil.rmtree(folder)


def test_a_store_with_a_byte_changed_fails_with_an_error_or_answers_right(folder: Path) -> None:
    good = contents(folder)
    kept = folder.with_name("kept")
    folder.rename(kept)
    data = kept / read_manifest(kept).data
    for file in sorted(data.iterdir()):
        for part in (0.1, 0.5, 0.9):
            shutil.copytree(kept, folder)
            body = bytearray(file.read_bytes())
            if body:
                body[int(len(body) * part)] ^= 0xFF
            (folder / data.name / file.name).write_bytes(body)
            try:
                found = contents(folder)
            except StoreError:
                found = good
            assert found == good, file
            shutil.rmtree(folder)
