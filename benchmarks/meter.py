"""Time and memory of a stretch of work, and what many measurements say."""

import os
import resource
import statistics
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_PAGE_MIB = resource.getpagesize() / 2**20


class Meter:
    """Measures what runs within it: `seconds`, `cpu_seconds` and the peak `mib` of resident memory, this process's."""

    def __enter__(self) -> Self:
        """Start."""
        self.seconds, self.cpu_seconds, self.mib = time.perf_counter(), _cpu(), 0.0
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Stop."""
        self.seconds, self.cpu_seconds = time.perf_counter() - self.seconds, _cpu() - self.cpu_seconds
        self._ended.set()
        self._watch.join()

    def _look(self) -> None:
        """Read the resident memory fifty times a second; Linux only, else it stays 0."""
        statm = Path("/proc/self/statm")
        while statm.exists():
            self.mib = max(self.mib, int(statm.read_text().split()[1]) * _PAGE_MIB)
            if self._ended.wait(0.02):
                return


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    return {"median_ms": round(1000 * statistics.median(seconds), 3), "p95_ms": round(1000 * statistics.quantiles(seconds, n=20)[18], 3)}
