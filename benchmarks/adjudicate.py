"""A spreadsheet of 10,000 rows, all different: its rows a second, and how many times faster than asking the chat one by one."""

import csv
import random
import tempfile
import time
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
    """Rule on the spreadsheet by one process and by two, and ask some of its rows one by one."""
    rows = triples(ROWS)
    asker = Asker.open(BUILD)
    started = time.perf_counter()
    for name, code, tier in rows[:ASKED]:
        asker.ask(f"{name}在{code}{tier}认不认？")
    one_by_one = ASKED / (time.perf_counter() - started)
    del asker
    figures: dict[str, object] = {"one by one": {"rows_per_second": round(one_by_one, 1)}}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.csv"
        with source.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([("证书名称", "专业类", "认定级别"), *rows])
        for processes in (1, 2):
            started = time.perf_counter()
            adjudicate(source, Path(folder) / "out.xlsx", BUILD, Options(processes=processes))
            seconds = time.perf_counter() - started
            rate = ROWS / seconds
            figures[f"{processes} processes"] = {
                "seconds": round(seconds, 1),
                "rows_per_second": round(rate, 1),
                "times_one_by_one": round(rate / one_by_one, 2),
            }
    return figures


def _column(table: str, column: str) -> set[str]:
    with (SOURCES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file) if row[column]}
