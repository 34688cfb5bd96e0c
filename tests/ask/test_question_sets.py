"""Every question set of the project: no false claim, and at least 98 of 100 answers right in each file."""

from pathlib import Path

import pytest

from kg.ask import Asker
from kg.evaluation import OWN_QUESTIONS, score_questions
from kg.jsonl import Fields, read_lines

pytestmark = pytest.mark.slow
LEAST = 0.98
FIELDS: Fields = {"id": str, "question": str, "kind": str, "verdict": (str, list), "answers": list, "cite": list, "set": str}
FILES = sorted(OWN_QUESTIONS.glob("*.jsonl"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_question_set_is_answered_right_and_without_false_claims(asker: Asker, path: Path) -> None:
    lines = read_lines(path, FIELDS)
    wanted = [line | {"verdict": line["verdict"] if isinstance(line["verdict"], list) else [line["verdict"]]} for line in lines]
    scores = score_questions([asker.ask(line["question"], line.get("history") or ()) for line in lines], wanted)
    assert scores["false_claims"] == 0, scores["wrong"]
    assert scores["accuracy"] >= LEAST, scores["wrong"]


def test_the_sets_are_larger_than_the_gold_sample_and_partly_held_out() -> None:
    lines = [line for path in FILES for line in read_lines(path, FIELDS)]
    assert len(lines) >= 400
    assert len({line["id"] for line in lines}) == len(lines)
    assert {line["set"] for line in lines} == {"dev", "held"}
    assert sum(line["set"] == "held" for line in lines) >= 0.4 * len(lines)
