"""Build everything: tables + ontology → graph, checked graph, store, model and index, in one generation that is put in use at once.

`build/generations/<name>/` holds one whole build; `build/current` points to the one in use, and `build/certkg.nt`, `build/store` and `build/index` go
through it. Switching is one rename, so a build that is interrupted at any moment leaves the last good one in use. The one before stays, for a server
that has it open.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import embeddings
from embeddings.index import SETTING
from kg.check.shapes import validate
from kg.graph import build_graph, ntriples
from kg.graph.build import read_identity
from kg.store import build_store, by_document
from kg.tables import SOURCES, read_tables

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
PARTS = ("certkg.nt", "store", "index")
SEAL = "seal.json"
#: What a build depends on: a change in any of these files makes a new generation.
INPUTS = (
    "kg/sources/*.csv", "kg/sources/datapackage.json", "kg/sources/names/*", "ontology/*.ttl", "ontology/vocabularies/*.ttl", "ontology/shapes/*.ttl",
    "kg/graph/*.py", "kg/graph/data/*", "kg/tables/*.py", "kg/store/*.py", "embeddings/*.py", "embeddings/data/*", "requirements.lock",
)  # fmt: skip
Progress = Callable[[str, float], None]


class BuildError(RuntimeError):
    """The build cannot be made or is not to be used; the message says what to do."""


def build(folder: Path = BUILD, progress: Progress = lambda stage, done: None, force: bool = False) -> bool:
    """Make what is not current under `folder`.

    Args:
        folder: where the generations live.
        progress: called with the stage and the share of the whole that is done (0 to 1).
        force: build also where everything is current.

    Returns:
        Whether anything was built.

    Raises:
        TableError: a source table does not fit its schema.
        BuildError: the graph does not satisfy the shapes, or another build is running.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _lock(folder):
        key = input_key()
        if not force and is_current(folder, key):
            return False
        _remove_unfinished(folder)
        name = f"{key}-{secrets.token_hex(3)}"
        aside = folder / "generations" / f".{name}"
        aside.mkdir(parents=True)
        try:
            _make(aside, progress)
            (aside / SEAL).write_text(json.dumps({"key": key, "files": _digests(aside)}, indent=1) + "\n", encoding="utf-8")
            os.replace(aside, folder / "generations" / name)
            _switch(folder, name)
        finally:
            _remove_unfinished(folder)
    progress("done", 1.0)
    return True


def _make(folder: Path, progress: Progress) -> None:
    """All parts of one generation."""
    progress("tables: reading and checking", 0.0)
    tables = read_tables()
    read_tables(SOURCES / "names")
    progress("graph: making triples", 0.05)
    graph = build_graph(tables, read_identity(SOURCES / "names" / "identity.csv"))
    (folder / "certkg.nt").write_text(ntriples(graph), encoding="utf-8")
    del graph
    progress("store: loading", 0.15)
    build_store(folder / "certkg.nt", folder / "store", by_document)
    progress("graph: checking against the shapes", 0.2)
    broken = [finding for finding in validate(folder / "certkg.nt").findings if finding.severity == "violation"]
    if broken:
        first = "\n".join(f"{finding.node}: {finding.message_en}" for finding in broken[:10])
        raise BuildError(f"the graph breaks shapes in {len(broken)} places; the last good build stays in use:\n{first}")
    progress("model and index: reading the labels", 0.5)
    embeddings.build_index(folder / "certkg.nt", folder / "index", lambda stage, done: progress(f"model and index: {stage}", 0.5 + 0.5 * done))


def input_key() -> str:
    """The hash of everything a build depends on."""
    digest = hashlib.sha256(os.environ.get(SETTING, "").encode())
    for pattern in INPUTS:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def is_current(folder: Path, key: str) -> bool:
    """Whether the build in use was made from these inputs and every file of it is as it was made."""
    try:
        seal = json.loads((folder / "current" / SEAL).read_text(encoding="utf-8"))
        whole = seal["files"] == _digests(folder / "current")
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(whole and seal["key"] == key and all((folder / part).resolve() == (folder / "current" / part).resolve() for part in PARTS))


def _digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a generation, but for the locks and logs that a reader of the store writes."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(("LO", ".", SEAL))}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


def _switch(folder: Path, name: str) -> None:
    """Put a generation in use by one rename, then make sure that the parts' names lead to it; drop older generations but the last one."""
    last = (folder / "current").resolve().name
    _point(folder / "current", Path("generations") / name)
    for part in PARTS:
        if not (folder / part).is_symlink() and (folder / part).exists():
            shutil.rmtree(folder / part) if (folder / part).is_dir() else (folder / part).unlink()
        _point(folder / part, Path("current") / part)
    for other in (folder / "generations").iterdir():
        if other.name not in (name, last):
            shutil.rmtree(other, ignore_errors=True)


def _point(link: Path, target: Path) -> None:
    aside = link.with_name(f".{link.name}.new")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    os.replace(aside, link)


def _remove_unfinished(folder: Path) -> None:
    for path in (folder / "generations").glob(".*"):
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """One build at a time in a folder.

    Raises:
        BuildError: another build is running.
    """
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BuildError(f"another build is running in {folder}; wait for it to end") from None
        yield
