"""Time and memory of each stage of a whole build, in a folder of its own."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.meter import Meter
from kg.building import build


def measure() -> dict[str, object]:
    """Build once; the stages are those that the build itself tells."""
    stages: dict[str, Meter] = {}
    with TemporaryDirectory(prefix="certkg-bench-") as name, Meter() as whole:

        def told(stage: str, done: float) -> None:
            if stage in stages:
                return
            for meter in list(stages.values())[-1:]:
                meter.__exit__(None, None, None)
            if stage != "done":
                stages[stage] = Meter().__enter__()

        build(Path(name), told, force=True)
    rows = {
        stage: {"seconds": round(meter.seconds, 2), "cpu_seconds": round(meter.cpu_seconds, 2), "peak_mib": round(meter.mib)} for stage, meter in stages.items()
    }
    return {**rows, "whole": {"seconds": round(whole.seconds, 2), "cpu_seconds": round(whole.cpu_seconds, 2), "peak_mib": round(whole.mib)}}
