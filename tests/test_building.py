"""Building: atomic whatever interrupts it, skipped where all is current, mended where something is damaged. The stages are small stand-ins."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

import embeddings
import kg.building
from kg.building import PARTS, BuildError, build
from kg.check.shapes import Finding, Report
from kg.graph.build import ONTOLOGY
from kg.tables import SOURCES

FILES = ("certkg.nt", "store/manifest.json", "index/names.json")
STAGES = ("read_tables", "build_graph", "ntriples", "build_store", "validate", "build_index", "_digests", "_switch", "_point")


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one table, whose build takes no time."""
    root = tmp_path / "project"
    (root / "kg" / "sources").mkdir(parents=True)
    table = root / "kg" / "sources" / "table.csv"
    table.write_text("one", encoding="utf-8")

    # Not the real store: its engine has threads, which a forked child does not get.
    def store(graph: Path, folder: Path, named: object) -> None:
        folder.mkdir()
        (folder / "manifest.json").write_text(graph.read_text(encoding="utf-8"), encoding="utf-8")

    def index(graph: Path, folder: Path, progress: Callable[[str, float], None]) -> None:
        folder.mkdir()
        (folder / "names.json").write_text(graph.read_text(encoding="utf-8"), encoding="utf-8")

    monkeypatch.setattr(kg.building, "ROOT", root)
    monkeypatch.setattr(kg.building, "read_tables", lambda *folder: table.read_text(encoding="utf-8"))
    monkeypatch.setattr(kg.building, "read_identity", lambda path: {})
    monkeypatch.setattr(kg.building, "build_graph", lambda tables, same: tables)
    monkeypatch.setattr(kg.building, "ntriples", lambda graph: f'<http://x/s> <http://x/p> "{graph}" .\n')
    monkeypatch.setattr(kg.building, "build_store", store)
    monkeypatch.setattr(kg.building, "validate", lambda path: Report((), 1, 1))
    monkeypatch.setattr(embeddings, "build_index", index)
    return table


@pytest.fixture
def folder(inputs: Path, tmp_path: Path) -> Path:
    """A build folder with a good build of the table's first text."""
    assert build(tmp_path / "build")
    return tmp_path / "build"


def contents(folder: Path) -> str:
    """What the parts in use say, read through the names that people use; all are of one generation."""
    assert {(folder / part).resolve().parent for part in PARTS} == {(folder / "current").resolve()}
    texts = [(folder / file).read_text(encoding="utf-8").split('"')[1] for file in FILES]
    assert len(set(texts)) == 1
    return texts[0]


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in [*folder.iterdir(), *(folder / "generations").iterdir()] if path.name.startswith(".") and path.name != ".lock"]


def broken_at(stage: str, monkeypatch: pytest.MonkeyPatch, fault: Callable[[], None]) -> None:
    """Let the fault happen as soon as a stage is entered."""

    def stop(*arguments: object) -> None:
        fault()

    monkeypatch.setattr(embeddings if stage == "build_index" else kg.building, stage, stop)


def status_of_a_build(folder: Path) -> int:
    """The exit status of a build in a process of its own."""
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        try:
            build(folder, force=True)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_build_puts_all_parts_in_use(folder: Path) -> None:
    assert contents(folder) == "one"
    assert leftovers(folder) == []


def test_what_is_current_is_left(folder: Path) -> None:
    before = (folder / "current").resolve()
    assert not build(folder)
    assert (folder / "current").resolve() == before


def test_a_changed_input_is_built_and_the_last_build_stays_for_those_who_have_it_open(folder: Path, inputs: Path) -> None:
    first = (folder / "current").resolve()
    for text in ("two", "three"):
        last = (folder / "current").resolve()
        inputs.write_text(text, encoding="utf-8")
        assert build(folder)
        assert contents(folder) == text
        assert (last / "certkg.nt").is_file()
    assert not first.exists()


def test_what_is_current_is_built_again_when_asked(folder: Path) -> None:
    before = (folder / "current").resolve()
    assert build(folder, force=True)
    assert (folder / "current").resolve() != before
    assert contents(folder) == "one"


def test_another_model_by_setting_is_another_build(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CERTKG_MODEL", "/a/model")
    assert build(folder)
    assert not build(folder)


@pytest.mark.parametrize("stage", STAGES)
def test_a_build_that_fails_at_any_stage_leaves_the_last_good_one_in_use(folder: Path, inputs: Path, stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault() -> None:
        raise KeyboardInterrupt

    inputs.write_text("two", encoding="utf-8")
    with monkeypatch.context() as patch:
        broken_at(stage, patch, fault)
        with pytest.raises(KeyboardInterrupt):
            build(folder, force=True)
    assert contents(folder) == "one"
    assert leftovers(folder) == []
    assert build(folder)
    assert contents(folder) == "two"


@pytest.mark.parametrize("stage", STAGES)
def test_a_build_that_is_killed_at_any_stage_leaves_the_last_good_one_in_use(folder: Path, inputs: Path, stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs.write_text("two", encoding="utf-8")
    with monkeypatch.context() as patch:
        broken_at(stage, patch, lambda: os.kill(os.getpid(), signal.SIGKILL))
        assert status_of_a_build(folder) == -signal.SIGKILL
    assert contents(folder) == "one"
    assert build(folder)
    assert contents(folder) == "two"
    assert leftovers(folder) == []
    assert len(list((folder / "generations").iterdir())) <= 2


@pytest.mark.parametrize("switched", [1, 2, 3])
def test_a_first_build_that_is_killed_while_it_is_put_in_use_is_made_again(
    inputs: Path, tmp_path: Path, switched: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    point, calls = kg.building._point, []

    def killed(link: Path, target: Path) -> None:
        calls.append(link)
        if len(calls) > switched:
            os.kill(os.getpid(), signal.SIGKILL)
        point(link, target)

    with monkeypatch.context() as patch:
        patch.setattr(kg.building, "_point", killed)
        assert status_of_a_build(tmp_path / "build") == -signal.SIGKILL
    assert build(tmp_path / "build")
    assert contents(tmp_path / "build") == "one"


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_build_is_detected_and_made_again(folder: Path, file: str, damage: str) -> None:
    path = (folder / file).resolve()
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(whole[:-5] if damage == "cut" else whole[:-5] + b"wrong")
    assert build(folder)
    assert contents(folder) == "one"
    assert not build(folder)


def test_a_damaged_seal_is_detected(folder: Path) -> None:
    for text in ("", "[]", "{}", '{"key": 1, "files": {}}'):
        (folder / "current" / "seal.json").write_text(text, encoding="utf-8")
        assert build(folder)
        assert contents(folder) == "one"


def test_a_part_that_leads_elsewhere_is_put_right(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.nt").write_text("other", encoding="utf-8")
    (folder / "certkg.nt").unlink()
    (folder / "certkg.nt").symlink_to(tmp_path / "other.nt")
    assert build(folder)
    assert contents(folder) == "one"


def test_plain_files_in_place_of_the_links_are_replaced(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "build" / "store").mkdir(parents=True)
    (tmp_path / "build" / "certkg.nt").write_text("old", encoding="utf-8")
    assert build(tmp_path / "build")
    assert contents(tmp_path / "build") == "one"


def test_a_graph_that_breaks_a_shape_is_not_put_in_use(folder: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    findings = [
        Finding(f"http://x/{number}", "", "", severity, "", f"fault {number}", "") for number, severity in enumerate(["violation", "warning", "violation"])
    ]
    monkeypatch.setattr(kg.building, "validate", lambda path: Report(tuple(findings), 1, 1))
    inputs.write_text("two", encoding="utf-8")
    with pytest.raises(BuildError, match="2 places; the last good build stays in use:\nhttp://x/0: fault 0\nhttp://x/2: fault 2") as caught:
        build(folder)
    assert "fault 1" not in str(caught.value)
    assert contents(folder) == "one"


def test_warnings_do_not_stop_a_build(folder: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.building, "validate", lambda path: Report((Finding("http://x/1", "", "", "warning", "", "", ""),), 1, 1))
    inputs.write_text("two", encoding="utf-8")
    assert build(folder)


def test_only_one_build_runs_at_a_time(folder: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(path: Path) -> Report:
        with pytest.raises(BuildError, match="another build is running"):
            build(folder)
        return Report((), 1, 1)

    monkeypatch.setattr(kg.building, "validate", meanwhile)
    inputs.write_text("two", encoding="utf-8")
    assert build(folder)
    assert contents(folder) == "two"


def test_whatever_a_build_is_made_from_is_an_input() -> None:
    inputs = {path for pattern in kg.building.INPUTS for path in kg.building.ROOT.glob(pattern)}
    read = [*SOURCES.glob("*.csv"), *SOURCES.glob("*.json"), *(SOURCES / "names").iterdir(), *ONTOLOGY.rglob("*.ttl")]
    code = [path for folder in ("kg/graph", "kg/tables", "kg/store", "embeddings") for path in (kg.building.ROOT / folder).rglob("*.py")]
    assert len(read) > 30
    assert not {path for path in [*read, *code] if path not in inputs}


def test_progress_names_each_stage_and_never_goes_back(inputs: Path, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    build(tmp_path / "build", lambda stage, done: told.append((stage, done)))
    shares = [done for _, done in told]
    assert shares == sorted(shares)
    assert told[0][1] == 0.0
    assert told[-1] == ("done", 1.0)
    assert len({stage for stage, _ in told}) >= 5
