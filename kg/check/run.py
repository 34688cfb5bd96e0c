"""The whole check of one graph: shapes, OWL consistency, then the quality report on the documents."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.check import shapes
from kg.check.consistency import Consistency, NoJavaError
from kg.check.consistency import check as reason_over
from kg.check.quality import Ruling, has_facts, quality
from kg.check.shapes import CheckError, Report, load

NO_FACTS = "the graph holds no facts of the documents, so there is nothing for the quality rules to ask"
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Check:
    """What was found in one graph.

    Attributes:
        graph: the name of the file.
        shapes: what the shapes found.
        consistency: what the reasoner found; None where it did not run.
        consistency_note: why it did not run.
        reasoner_failed: it was there and stopped, so nobody knows whether the graph is consistent.
        quality: what each rule found; None where the graph holds no facts.
        seconds: how long the whole took.
    """

    graph: str
    shapes: Report
    consistency: Consistency | None
    consistency_note: str
    reasoner_failed: bool
    quality: tuple[Ruling, ...] | None
    seconds: float

    @property
    def violations(self) -> int:
        """How many findings are of severity violation; an inconsistency, an unsatisfiable class and a reasoner that stopped are such too."""
        shaped = sum(each.severity == "violation" for each in self.shapes.findings)
        rules = sum(len(each.findings) for each in self.quality or () if each.rule.severity == "violation")
        reasoned = 0 if self.consistency is None else (not self.consistency.consistent) + len(self.consistency.unsatisfiable)
        return shaped + rules + reasoned + self.reasoner_failed


def check_graph(path: Path, progress: Progress = lambda stage, done: None) -> Check:
    """Check a graph file.

    Args:
        path: the graph in N-Triples, Turtle or RDF/XML.
        progress: called with the stage and the share of the whole that is done.

    Raises:
        CheckError: the graph, the shapes or the rules cannot be read.
    """
    start = time.perf_counter()
    progress("shapes", 0.0)
    found = shapes.validate(path)
    progress("reading the graph", 0.6)
    store = load(path)
    progress("consistency", 0.65)
    consistency, note, failed = None, "", False
    try:
        consistency = reason_over(store)
    except NoJavaError as error:
        note = str(error)
    except CheckError as error:
        note, failed = str(error), True
    rulings = quality(store, progress=lambda stage, done: progress(stage, 0.85 + 0.15 * done)) if has_facts(store) else None
    progress("done", 1.0)
    return Check(str(path), found, consistency, note, failed, rulings, time.perf_counter() - start)
