"""The quality report on the documents, made once for a build by a process of its own, so that nobody who asks meanwhile waits."""

import hashlib
import json
import multiprocessing
import os
from dataclasses import asdict
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from kg import __version__
from kg.check.quality import Citation, QualityFinding, Rule, Ruling, quality, read_rules
from kg.check.shapes import load
from kg.web.logs import LOGGER
from kg.web.shelf import Shelf

#: A report that takes longer (seconds) is given up.
LONGEST = 600
_NICE = 10


class QualityReport:
    """The report of one build: begun when it is first wanted, then kept, also over restarts."""

    def __init__(self, build: Path) -> None:
        """Remember the build.

        Args:
            build: the folder with what `certkg build` made.
        """
        self._graph, self._shelf = build / "certkg.nt", Shelf(build)
        self._lock = Lock()
        self._thread: Thread | None = None
        self._rulings: tuple[Ruling, ...] | None = None
        self._failed = False

    @property
    def failed(self) -> bool:
        """Whether it could not be made; the log says why."""
        return self._failed

    def rulings(self) -> tuple[Ruling, ...] | None:
        """What each rule found; None while that is being made, which this begins, or if it failed."""
        with self._lock:
            if self._rulings is None and self._thread is None:
                self._thread = Thread(target=self._make, name="quality", daemon=True)
                self._thread.start()
        return self._rulings

    def wait(self, seconds: float) -> tuple[Ruling, ...] | None:
        """As `rulings`, but wait for it for so long."""
        if self.rulings() is None and self._thread is not None:
            self._thread.join(seconds)
        return self._rulings

    def _make(self) -> None:
        try:
            path = self._shelf.get(report_name(), self._in_a_process)
            self._rulings = tuple(_ruling(each) for each in json.loads(path.read_text(encoding="utf-8")))
        except Exception:
            # Whatever went wrong, the page says that there is no report, and the rest goes on.
            LOGGER.exception("quality")
            self._failed = True

    def _in_a_process(self, aside: Path) -> None:
        process = multiprocessing.get_context("spawn").Process(target=write_report, args=(self._graph, aside), daemon=True)
        process.start()
        process.join(LONGEST)
        if process.exitcode != 0:
            process.kill()
            raise RuntimeError(f"the process that makes the quality report ended with {process.exitcode}")


def report_name() -> str:
    """What the file of the report is called: rules or severities that were changed make another report of the same build.

    Raises:
        kg.check.shapes.CheckError: a rule cannot be read.
    """
    return f"quality-{hashlib.sha256(repr((__version__, read_rules())).encode()).hexdigest()[:16]}.json"


def write_report(graph: Path, path: Path) -> None:
    """Run the rules on a graph and write what they found, as JSON; gives way to everything else that runs.

    Args:
        graph: the graph file.
        path: the file to write.

    Raises:
        kg.check.shapes.CheckError: the graph or a rule cannot be read.
    """
    os.nice(_NICE)
    rulings = quality(load(graph))
    path.write_text(json.dumps([asdict(each) for each in rulings], ensure_ascii=False), encoding="utf-8")


def _ruling(read: dict[str, Any]) -> Ruling:
    """A ruling as it was before it was written."""
    rule = Rule(**{**read["rule"], "keywords": tuple(read["rule"]["keywords"])})
    findings = tuple(QualityFinding(**{**each, "citations": tuple(Citation(**one) for one in each["citations"])}) for each in read["findings"])
    return Ruling(rule, findings, read["seconds"])
