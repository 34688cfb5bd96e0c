"""The benchmarks measure what they say; no test asserts a time."""

import json
import sys
import time

import pytest

from benchmarks import __main__ as program
from benchmarks.ask import QUESTIONS, STAGES, _stages, sample
from benchmarks.meter import Meter, milliseconds
from kg.ask import Asker
from kg.evaluation import OWN_QUESTIONS
from kg.jsonl import read_lines


def test_median_and_95th_percentile_are_of_all_measurements() -> None:
    assert milliseconds([0.001] * 95 + [0.1] * 5) == {"median_ms": 1.0, "p95_ms": 95.05}
    assert milliseconds([number / 1000 for number in range(1, 102)])["median_ms"] == 51.0


def test_a_meter_sees_the_memory_that_is_in_use() -> None:
    with Meter() as small:
        pass
    with Meter() as large:
        block = bytearray(200 * 2**20)
        block[::4096] = b"x" * len(block[::4096])
        soon = time.monotonic() + 20
        while large.mib < small.mib + 150 and time.monotonic() < soon:
            time.sleep(0.01)
    assert large.mib >= small.mib + 150


def test_the_questions_are_200_of_all_kinds() -> None:
    questions = sample(QUESTIONS)
    assert len(questions) == QUESTIONS
    asked = {question for question, _ in questions}
    for path in OWN_QUESTIONS.glob("*.jsonl"):
        assert asked & {line["question"] for line in read_lines(path)}, path.name


def test_the_stages_of_an_answer_add_up_to_the_whole(asker: Asker) -> None:
    for question, history in sample(10):
        times = _stages(asker, question, history)
        assert times.keys() <= set(STAGES)
        assert sum(seconds for stage, seconds in times.items() if stage != "whole") == pytest.approx(times["whole"])
        assert min(times.values()) >= 0


def test_the_program_prints_tables_and_one_json_object(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(program, "PARTS", {"store": lambda: {"bare": {"median_ms": 1.5}, "worker": {"median_ms": 3.0, "times_bare": 2.0}}})
    monkeypatch.setattr(sys, "argv", ["benchmarks", "store"])
    program.main()
    printed = capsys.readouterr()
    assert json.loads(printed.out)["store"]["worker"] == {"median_ms": 3.0, "times_bare": 2.0}
    assert "times_bare" in printed.err


def test_an_unknown_part_is_refused_with_those_there_are(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks", "nonsense"])
    with pytest.raises(SystemExit):
        program.main()
    assert f"there are {', '.join(program.PARTS)}" in capsys.readouterr().err
