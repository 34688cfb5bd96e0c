"""A process of its own for one spreadsheet, so that no file can harm the server: a job on standard input, JSON lines on standard output.

The job is {"do": "inspect" or "rule", "source", "name", "limits", …}; each line is {"stage", "done"} or the last: {"result"} or {"error": {"zh", "en"}}.
"""

import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.adjudicate.errors import SheetError
from kg.adjudicate.limits import Limits

#: Address space for a first look; ruling has the index and the store to load, after the look has shown the file to be bounded.
LOOK_BYTES = 3 << 30
#: Rows that are shown before the file is fetched.
SHOWN = 100


def main() -> None:
    """Do the job, and tell what became of it."""
    job = json.loads(sys.stdin.read())
    try:
        _tell(result={"inspect": _inspect, "rule": _rule}[job["do"]](job))
    except (SheetError, MemoryError) as error:
        said = error if isinstance(error, SheetError) else SheetError("too_hard", name=job["name"])
        _tell(error={language: said.text(language) for language in ("zh", "en")})


def _tell(**line: object) -> None:
    print(json.dumps(line), flush=True)


def _inspect(job: dict[str, Any]) -> list[dict[str, Any]]:
    resource.setrlimit(resource.RLIMIT_AS, (LOOK_BYTES, LOOK_BYTES))
    from kg.adjudicate.inspecting import inspect

    return [asdict(look) for look in inspect(Path(job["source"]), Limits(**job["limits"]), job["name"])]


def _rule(job: dict[str, Any]) -> dict[str, Any]:
    # The people who ask questions meanwhile come first.
    os.nice(10)
    from kg.adjudicate.run import Options, rule_on
    from kg.adjudicate.writing import write

    options = Options(job["sheet"], job["columns"], job["category"], job["tier"], Limits(**job["limits"]), job["processes"])
    book, report = rule_on(Path(job["source"]), Path(job["build"]), options, lambda stage, done: _tell(stage=stage, done=done), job["name"])
    _tell(stage="writing", done=1.0)
    # The workbook is changed when it is written: the CSV file, which is made of what was read, comes first.
    for target in sorted(job["targets"]):
        write(Path(target), book, report)
    sheet = next(each for each in book.sheets if each.name == report.layout.sheet)
    shown = [
        {"row": row, "certificate": sheet.text(row, report.layout.columns["certificate"])[:200], **asdict(ruling)}
        for row, ruling in list(report.rulings.items())[:SHOWN]
    ]
    counts = {verdict: count for verdict, count in report.counts.items() if count}
    return {"counts": counts, "total": len(report.rulings), "look": report.to_look, "rows": shown, "language": report.layout.language}


if __name__ == "__main__":
    main()
