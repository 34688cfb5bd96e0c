"""Measure the project: `python -m benchmarks [PART…]`; tables on standard error, one JSON object on standard output.

What two ways cost is compared within one run, as a ratio; absolute times are this machine's and no test asserts them.
"""

import argparse
import importlib.util
import json
import os
import platform
import runpy
import sys
from collections.abc import Callable, Mapping

from rich.console import Console
from rich.table import Table

from benchmarks import adjudicate, ask, build, collection, opening, reconcile, serving, sparql, store

PARTS: dict[str, Callable[[], dict[str, object]]] = {
    "build": build.measure,
    "open": opening.measure,
    "ask": ask.measure,
    "adjudicate": adjudicate.measure,
    "store": store.measure,
    "collection": collection.measure,
    "serving": serving.measure,
    "sparql": sparql.measure,
    "reconcile": reconcile.measure,
}
LINKING = "benchmarks.linking"
notes = Console(stderr=True)


def main() -> None:
    """Run the parts that are asked for; all of them by default."""
    linking = [LINKING.rpartition(".")[2]] if importlib.util.find_spec(f"{LINKING}.__main__") else []
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join([*PARTS, *linking])}")
    wanted = parser.parse_args().parts or [*PARTS, *linking]
    if unknown := set(wanted) - {*PARTS, *linking}:
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join([*PARTS, *linking])}")
    figures: dict[str, object] = {"machine": {"cpus": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}}
    for part in (each for each in PARTS if each in wanted):
        with notes.status(f"measuring: {part}"):
            rows = PARTS[part]()
        figures[part] = rows
        notes.print(_table(part, rows))
    print(json.dumps(figures, ensure_ascii=False, indent=1), flush=True)
    if set(linking) & set(wanted):
        sys.argv = [LINKING]
        runpy.run_module(LINKING, run_name="__main__", alter_sys=True)


def _table(title: str, rows: Mapping[str, object]) -> Table:
    """One line a row, one column a figure."""
    shown = {name: row for name, row in rows.items() if isinstance(row, dict)}
    columns = list(dict.fromkeys(column for row in shown.values() for column in row))
    table = Table(title=title, title_justify="left")
    for column in ("", *columns):
        table.add_column(column, justify="right" if column else "left")
    for name, row in shown.items():
        table.add_row(name, *(str(row.get(column, "")) for column in columns))
    return table


if __name__ == "__main__":
    main()
