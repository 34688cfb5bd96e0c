"""Feedback: appended, never over the limit, whole lines also from many threads."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.web.feedback import REASON_LENGTH, Feedback, FeedbackFull


def test_a_line_holds_question_answer_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "new" / "feedback.jsonl"
    Feedback(path, 10_000).add("q\n", ["earlier"], "yes", "recognition", "行号不对")
    line = json.loads(path.read_text(encoding="utf-8"))
    assert (line["question"], line["history"], line["verdict"], line["kind"], line["reason"]) == ("q\n", ["earlier"], "yes", "recognition", "行号不对")


def test_an_over_long_reason_is_cut(tmp_path: Path) -> None:
    Feedback(tmp_path / "f", 10_000).add("q", [], "yes", "list", "x" * 5000)
    assert len(json.loads((tmp_path / "f").read_text())["reason"]) == REASON_LENGTH


def test_a_full_file_takes_no_more_and_stays_as_it_is(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "f", 300)
    feedback.add("q", [], "yes", "list", "r")
    before = (tmp_path / "f").read_bytes()
    with pytest.raises(FeedbackFull):
        feedback.add("q", [], "yes", "list", "r" * 300)
    assert (tmp_path / "f").read_bytes() == before


def test_lines_from_many_threads_stay_whole(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "f", 1_000_000)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: feedback.add(f"q{number}", [], "no", "list", "r" * 500), range(200)))
    lines = [json.loads(line) for line in (tmp_path / "f").read_text().splitlines()]
    assert {line["question"] for line in lines} == {f"q{number}" for number in range(200)}
