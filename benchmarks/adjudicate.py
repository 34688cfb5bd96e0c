"""A spreadsheet of 10,000 rows, all different: its rows a second, and how many times faster than asking the chat one by one."""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kg.adjudicate.run import Options, adjudicate
from kg.ask import Asker
from kg.building import BUILD
from kg.tables import SOURCES

ROWS, ASKED = 10_000, 300
Triple = tuple[str, str, str]


def triples(count: int) -> list[Triple]:
    """Certificates, 专业类 and tiers, each once: names of the catalogue and of the directory of occupations, one in four misspelt."""
    random_ = random.Random(7)
    names, codes = sorted(_column("catalogue", "name") | _column("directory", "occupation")), sorted(_column("catalogue", "category"))
    found: dict[Triple, None] = {}
    while len(found) < count:
        name = random_.choice(names)
        at = random_.randrange(len(name))
        name = name[:at] + name[at + 1 :] if random_.random() < 0.25 and len(name) > 3 else name
        found[name, random_.choice(codes), random_.choice(("初级", "中级", "高级"))] = None
    return list(found)


def measure() -> dict[str, object]:
    """Rule on the spreadsheet in this process and by the command, which uses all cores, and ask some of its rows one by one."""
    rows = triples(ROWS)
    asker = Asker.open(BUILD)
    clock = _clock()
    for name, code, tier in rows[:ASKED]:
        asker.ask(f"{name}在{code}{tier}认不认？")
    one_by_one = _figures(clock, ASKED)
    del asker
    figures: dict[str, object] = {"one by one": one_by_one}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.csv"
        with source.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([("证书名称", "专业类", "认定级别"), *rows])
        # The second way is the command, with its start: only a process without other threads shares the work.
        ways: dict[str, Callable[[], object]] = {
            "one process": partial(adjudicate, source, Path(folder) / "one.xlsx", BUILD, Options()),
            "the command": partial(
                subprocess.run, [sys.executable, "-m", "kg.cli", "adjudicate", source, Path(folder) / "out.xlsx"], check=True, capture_output=True
            ),
        }
        for way, run in ways.items():
            clock = _clock()
            run()
            whole = _figures(clock, ROWS)
            ratio = {f"{name}_ratio": round(whole[name] / one_by_one[name], 2) for name in ("rows_per_second", "rows_per_cpu_second")}
            figures[way] = whole | ratio
    return figures


def _clock() -> tuple[float, float]:
    """Now, and the processor time of this process and of those that it has ended with."""
    times = os.times()
    return time.perf_counter(), times.user + times.system + times.children_user + times.children_system


def _figures(start: tuple[float, float], rows: int) -> dict[str, float]:
    """Seconds since a start, and rows a second of the clock and of the processor: on a loaded machine only the latter says something."""
    seconds, cpu = (now - then for now, then in zip(_clock(), start, strict=True))
    return {"seconds": round(seconds, 1), "rows_per_second": round(rows / seconds, 1), "rows_per_cpu_second": round(rows / cpu, 1)}


def _column(table: str, column: str) -> set[str]:
    with (SOURCES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file) if row[column]}
