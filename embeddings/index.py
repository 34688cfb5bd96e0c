"""The index on disk: model, vectors and names, made together from one graph, with a manifest of hashes that keeps them together."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from embeddings.entries import Entry, Floats, Lexical, make_entries, make_lexical
from embeddings.model import Encoder, ForeignEncoder, Progress, read_static, train
from embeddings.names import Label, Node, read_nodes

#: Raised when what the files hold changes, so that an older index is refused.
FORMAT = 1
MEND = "run `certkg build`"
SETTING = "CERTKG_MODEL"


class IndexError_(ValueError):
    """An index is missing, damaged or mixed from two builds; the message names the file and the mend."""


@dataclass(frozen=True)
class Index:
    """A loaded index."""

    nodes: list[Node]
    entries: list[Entry]
    lexical: Lexical
    vectors: Floats
    search: Callable[[Floats, int], tuple[Floats, np.ndarray]]
    encoder: Encoder


def digest(path: Path) -> str:
    """The SHA-256 of a file, or of a folder's files with their names."""
    total = hashlib.sha256()
    if path.is_dir():
        for each in sorted(each for each in path.rglob("*") if each.is_file()):
            total.update(f"{each.relative_to(path).as_posix()} {digest(each)}\n".encode())
    else:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                total.update(block)
    return total.hexdigest()


def build_index(graph: Path, folder: Path, progress: Progress | None = None, model: Path | None = None) -> None:
    """Read the labels of a graph, train the model, write model, vectors, names and manifest to `folder`: aside first, then renamed.

    Args:
        graph: the graph in N-Triples (`build/certkg.nt`).
        folder: where the index goes; an older one is replaced.
        progress: called with the name of the step and how much of it is done (0 to 1).
        model: folder of another sentence-transformers model to use in place of the trained one (also: the environment variable CERTKG_MODEL).

    Raises:
        IndexError_: the graph cannot be read or has no names.
    """
    say: Progress = progress or (lambda step, done: None)
    foreign = model or (Path(os.environ[SETTING]) if os.environ.get(SETTING) else None)
    try:
        nodes = read_nodes(graph)
    except OSError as error:
        raise IndexError_(f"{graph}: cannot be read ({error.strerror}); {MEND}") from None
    if not nodes:
        raise IndexError_(f"{graph}: no node with a name; {MEND}")
    say("names", 0.5)
    entries = make_entries(nodes)
    lexical = make_lexical(entries)
    say("names", 1.0)
    aside = folder.parent / f".{folder.name}.{os.getpid()}.new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        if foreign is None:
            train(entries, aside / "model", progress)
            encoder: Encoder = read_static(aside / "model")
        else:
            encoder = ForeignEncoder(foreign)
        vectors = encoder.encode([entry.spaced for entry in entries])
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        faiss.write_index(flat, str(aside / "vectors.faiss"))
        names = {"nodes": [[node.iri, node.classes, [[label.text, label.sort] for label in node.labels], node.issuers] for node in nodes],
                 "entries": [list(asdict(entry).values()) for entry in entries], "tokens": lexical.tokens}  # fmt: skip
        (aside / "names.json").write_text(json.dumps(names, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        with (aside / "lexical.npy").open("wb") as file:
            for array in (lexical.starts, lexical.entries, lexical.rarity, lexical.norms):
                np.save(file, array)
        parts = {name: digest(aside / name) for name in ("vectors.faiss", "names.json", "lexical.npy")}
        parts |= {"model": digest(aside / "model")} if foreign is None else {}
        manifest = {"format": FORMAT, "graph": {"name": graph.name, "sha256": digest(graph)}, "foreign_model": str(foreign.resolve()) if foreign else "",
                    "foreign_sha256": digest(foreign) if foreign else "", "parts": parts, "nodes": len(nodes), "labels": len(entries)}  # fmt: skip
        (aside / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        _replace(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    say("index", 1.0)


def _replace(aside: Path, folder: Path) -> None:
    """Rename the new folder into place; the old one is moved out of the way first and then removed."""
    old = folder.parent / f".{folder.name}.{os.getpid()}.old"
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(aside, folder)
    shutil.rmtree(old, ignore_errors=True)


def read_index(folder: Path) -> Index:
    """Load an index whose parts, and the graph beside it, are those it was made with.

    Raises:
        IndexError_: a part is missing, damaged, or from another build.
    """
    manifest = _manifest(folder)
    for name, wanted in manifest["parts"].items():
        path = folder / name
        if not path.exists():
            raise IndexError_(f"{path}: missing; {MEND}")
        if digest(path) != wanted:
            raise IndexError_(f"{path}: not the file the index was made with; {MEND}")
    graph = folder.parent / manifest["graph"]["name"]
    if graph.is_file() and digest(graph) != manifest["graph"]["sha256"]:
        raise IndexError_(f"{graph}: changed since the index in {folder} was made; {MEND}")
    wanted_model = os.environ.get(SETTING, "")
    if (str(Path(wanted_model).resolve()) if wanted_model else "") != manifest["foreign_model"]:
        raise IndexError_(f"{folder / 'vectors.faiss'}: made with another model than the setting {SETTING} names ({wanted_model or 'none'}); {MEND}")
    if manifest["foreign_model"] and digest(Path(manifest["foreign_model"])) != manifest["foreign_sha256"]:
        raise IndexError_(f"{manifest['foreign_model']}: the model changed since the index was made; {MEND}")
    encoder: Encoder = ForeignEncoder(Path(manifest["foreign_model"])) if manifest["foreign_model"] else read_static(folder / "model")
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    nodes = [Node(iri, tuple(classes), tuple(Label(*label) for label in labels), tuple(issuers)) for iri, classes, labels, issuers in names["nodes"]]
    entries = [_entry(row) for row in names["entries"]]
    with (folder / "lexical.npy").open("rb") as file:
        arrays = [np.load(file, allow_pickle=False) for _ in range(4)]
    flat = faiss.read_index(str(folder / "vectors.faiss"))
    vectors = np.asarray(flat.reconstruct_n(0, flat.ntotal), dtype=np.float32)
    return Index(nodes, entries, Lexical(tuple(names["tokens"]), *arrays), vectors, flat.search, encoder)


def _entry(row: list[Any]) -> Entry:
    """An entry as it was before it was written as JSON."""
    node, text, sort, key, core, spaced, marks, numbers, latin, issuer, pinyin, initials = row
    return Entry(node, text, sort, key, core, spaced, tuple(marks), tuple(numbers), tuple(latin), issuer, pinyin, initials)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise IndexError_(f"{path}: no index; {MEND}") from None
    except ValueError:
        raise IndexError_(f"{path}: damaged; {MEND}") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise IndexError_(f"{path}: an index of another version; {MEND}")
    return manifest
