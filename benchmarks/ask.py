"""Answers: median and 95th percentile over 200 of the project's questions, by stage, as asked first and again, and the time of the whole batch."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from benchmarks.meter import milliseconds
from kg.ask import Asker
from kg.ask.asker import route
from kg.ask.text import clean
from kg.ask.understand import understand
from kg.building import BUILD
from kg.evaluation import OWN_QUESTIONS
from kg.jsonl import read_lines

QUESTIONS = 200
STAGES = ("understanding", "linking", "queries", "composing", "whole")


def sample(most: int, start: float = 0.0) -> list[tuple[str, list[str]]]:
    """Different questions of every kind, evenly taken from the question sets, each with its history.

    Args:
        most: how many.
        start: where between two of them to begin; other starts give others.
    """
    every = [line for path in sorted(OWN_QUESTIONS.glob("*.jsonl")) for line in read_lines(path, {"question": str})]
    lines = list({line["question"]: line for line in every}.values())
    step = len(lines) / min(most, len(lines))
    taken = [lines[int((number + start) * step)] for number in range(min(most, len(lines)))]
    return [(line["question"], line.get("history") or []) for line in taken]


def measure() -> dict[str, object]:
    """Ask other questions to warm up, then each question with a clock at each stage, then again; and all as a batch of an asker just opened."""
    asker = Asker.open(BUILD)
    questions = sample(QUESTIONS)
    for question, history in sample(QUESTIONS, 0.5):
        asker.ask(question, history)
    times: dict[str, list[float]] = defaultdict(list)
    for question, history in questions:
        for stage, seconds in _stages(asker, question, history).items():
            times[stage].append(seconds)
    again = [_stages(asker, question, history)["whole"] for question, history in questions]
    fresh = Asker.open(BUILD)
    started = time.perf_counter()
    for question, history in questions:
        fresh.ask(question, history)
    batch = time.perf_counter() - started
    whole = sum(times["whole"])
    rows: dict[str, object] = {stage: {**milliseconds(times[stage]), "share": round(sum(times[stage]) / whole, 3)} for stage in STAGES}
    return {**rows, "again": milliseconds(again), "batch": {"questions": len(questions), "seconds": round(batch, 3)}}


def _stages(asker: Asker, question: str, history: list[str]) -> dict[str, float]:
    """The seconds that one answer spends in each stage."""
    context = asker.context.fork()
    spent: dict[str, float] = defaultdict(float)
    with _clocked(context.linker, "link_many", spent, "linking"), _clocked(context.store, "select", spent, "queries"):
        started = time.perf_counter()
        request = understand(clean(question), [clean(turn) for turn in history], context, asker.vocabulary)
        understood = time.perf_counter()
        inside = spent["linking"] + spent["queries"]
        route(request, context)
        ended = time.perf_counter()
    later = spent["linking"] + spent["queries"] - inside
    return {**spent, "understanding": understood - started - inside, "composing": ended - understood - later, "whole": ended - started}


@contextmanager
def _clocked(thing: object, method: str, spent: dict[str, float], stage: str) -> Iterator[None]:
    """Let a method of a thing add its time to a stage."""
    original: Callable[..., Any] = getattr(thing, method)

    def timed(*arguments: object, **named: object) -> object:
        started = time.perf_counter()
        try:
            return original(*arguments, **named)
        finally:
            spent[stage] += time.perf_counter() - started

    with patch.object(thing, method, timed):
        yield
