"""How long it takes in a fresh process until the first question is answered."""

import json
import statistics
import subprocess
import sys

RUNS = 3
_PROGRAM = """
import json, time
start = time.perf_counter()
from kg.ask import Asker
from kg.building import BUILD
imported = time.perf_counter()
asker = Asker.open(BUILD)
opened = time.perf_counter()
asker.ask("does 华为HCIP count for 7102 中级?")
answered = time.perf_counter()
print(json.dumps({"importing": imported - start, "opening": opened - imported, "first answer": answered - opened, "whole": answered - start}))
"""


def measure() -> dict[str, object]:
    """The medians of some fresh processes."""
    runs = [json.loads(subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True).stdout) for _ in range(RUNS)]
    return {stage: {"seconds": round(statistics.median(run[stage] for run in runs), 2)} for stage in runs[0]}
