"""The whole graph and every table as files; each is made when it is first asked for."""

import gzip
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.graph.namespaces import PREFIXES
from kg.store import FORMATS
from kg.tables.exports import NAMES, data_package, exported, titles
from kg.web.shelf import Shelf

#: Files of the whole graph: name → media type.
GRAPHS: Mapping[str, str] = MappingProxyType({f"certkg.{each.extension}": each.media_type for each in FORMATS.values() if each.graph})
#: Files of the tables: name → media type.
TABLES: Mapping[str, str] = MappingProxyType({f"{name}.csv": "text/csv" for name in NAMES} | {"datapackage.json": "application/json"})
_RDF = {each.file_extension: each for each in (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD)}


class Downloads:
    """The files of one build."""

    def __init__(self, build: Path) -> None:
        """Remember where the build is.

        Args:
            build: the folder with what `certkg build` made.
        """
        self._build, self._shelf = build, Shelf(build)

    def path(self, name: str, compressed: bool = False) -> Path:
        """A file of `GRAPHS` or `TABLES`.

        Args:
            name: its name.
            compressed: whether it is wanted as gzip.

        Raises:
            KeyError: there is no such file.
            OSError: it cannot be written.
            kg.tables.TableError: a table cannot be read.
        """
        plain = self._build / name if name == "certkg.nt" else self._shelf.get(name, self._maker(name))
        return self._shelf.get(f"{name}.gz", lambda aside: _pack(plain, aside)) if compressed else plain

    def _maker(self, name: str) -> Callable[[Path], None]:
        """What writes a file."""
        if name in GRAPHS:
            return lambda aside: _convert(self._build / "certkg.nt", aside, _RDF[name.rpartition(".")[2]])
        if name == "datapackage.json":
            return lambda aside: _write(aside, json.dumps(data_package(), ensure_ascii=False, indent=1))
        if name in TABLES:
            return lambda aside: _write(aside, exported(name.removesuffix(".csv")))
        raise KeyError(name)


def table_titles() -> dict[str, str]:
    """The file names of the tables with their titles."""
    return {f"{name}.csv": title for name, title in titles().items()}


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _convert(graph: Path, path: Path, format: ox.RdfFormat) -> None:
    """Write the graph in another format, triple by triple."""
    prefixes = {name: address for name, address in PREFIXES.items() if name != "id"}
    triples = (quad.triple for quad in ox.parse(path=graph, format=ox.RdfFormat.N_TRIPLES))
    ox.serialize(triples, output=path, format=format, prefixes=prefixes)


def _pack(plain: Path, path: Path) -> None:
    """Write a file compressed; without time and name in it, so that the same file gives the same bytes."""
    with plain.open("rb") as source, path.open("wb") as target, gzip.GzipFile("", "wb", 6, target, 0) as packed:
        shutil.copyfileobj(source, packed, 1 << 20)
