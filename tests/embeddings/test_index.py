"""The index on disk: the same bytes for the same graph, and no mixing of builds."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings import IndexError_, Linker, build_index
from embeddings.index import digest


def test_the_same_graph_gives_the_same_bytes(small_index: Path, tmp_path: Path, write_small: Callable[[Path], Path]) -> None:
    build_index(write_small(tmp_path / "certkg.nt"), tmp_path / "index")
    assert digest(tmp_path / "index") == digest(small_index)


def test_nothing_is_left_beside_the_index(small_index: Path) -> None:
    assert sorted(path.name for path in small_index.parent.iterdir()) == ["certkg.nt", "index"]


@pytest.mark.parametrize("part", ["vectors.faiss", "names.json", "lexical.npy", "model/model.safetensors", "model/tokenizer.json"])
def test_a_changed_part_is_refused(small_index: Path, tmp_path: Path, part: str) -> None:
    folder = Path(shutil.copytree(small_index, tmp_path / "index"))
    with (folder / part).open("ab") as file:
        file.write(b" ")
    with pytest.raises(IndexError_, match=rf"{part.split('/')[0]}.*certkg build"):
        Linker.load(folder)


def test_a_missing_part_is_named(small_index: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(small_index, tmp_path / "index"))
    (folder / "vectors.faiss").unlink()
    with pytest.raises(IndexError_, match=r"vectors\.faiss: missing; run `certkg build`"):
        Linker.load(folder)


def test_a_changed_graph_is_refused(small_index: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(small_index, tmp_path / "index"))
    (tmp_path / "certkg.nt").write_text("", encoding="utf-8")
    with pytest.raises(IndexError_, match="changed since"):
        Linker.load(folder)


@pytest.mark.parametrize(("text", "said"), [(None, "no index"), ("{", "damaged"), (json.dumps({"format": 0}), "another version")])
def test_a_bad_manifest_is_named(tmp_path: Path, text: str | None, said: str) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(IndexError_, match=f"{said}; run `certkg build`"):
        Linker.load(tmp_path)


def test_a_graph_without_names_is_refused(tmp_path: Path) -> None:
    (tmp_path / "certkg.nt").write_text("", encoding="utf-8")
    with pytest.raises(IndexError_, match="no node with a name"):
        build_index(tmp_path / "certkg.nt", tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_another_model_by_path(small_index: Path, tmp_path: Path, write_small: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    model = Path(shutil.copytree(small_index / "model", tmp_path / "model"))
    build_index(write_small(tmp_path / "certkg.nt"), tmp_path / "index", model=model)
    with pytest.raises(IndexError_, match="CERTKG_MODEL"):
        Linker.load(tmp_path / "index")
    monkeypatch.setenv("CERTKG_MODEL", str(model))
    assert Linker.load(tmp_path / "index").link("二建", "credential").linked
    with pytest.raises(IndexError_, match="another model"):
        Linker.load(small_index)
