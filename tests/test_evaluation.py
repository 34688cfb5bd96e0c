"""Scores: each rule of what is right, shown on hand-made answers; then the same figures as the gold's own scorer."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import kg.evaluation
from kg.ask import Answer, Asker, Citation, Item
from kg.ask.answer import Verdict
from kg.cli import app
from kg.evaluation import evaluate_folder, name_key, score_links, score_questions, score_recognitions

SHANGHAI = "shanghai-shuangshi-2025"


def gold_question(**fields: object) -> dict[str, Any]:
    return {"id": "q", "kind": "recognition", "question": "?", "verdict": ["yes"], "answers": [], "cite": [], **fields}


def answered(verdict: Verdict = "yes", text: str = "", items: tuple[str, ...] = (), lines: tuple[int, ...] = (), document: str = SHANGHAI) -> Answer:
    return Answer("?", verdict, text, "recognition", tuple(Item(each, "") for each in items), tuple(Citation(document, line, "", "") for line in lines))


def is_right(answer: Answer | None, **fields: object) -> bool:
    return bool(score_questions([answer], [gold_question(**fields)])["accuracy"] == 1.0)


def entry(name: str, grades: str = "", family: str = "title", tier: str = "初级") -> dict[str, str]:
    return {"category": "6101", "family": family, "tier": tier, "name": name, "grades": grades}


def gold_entry(name: str, *grades: int, **fields: object) -> dict[str, Any]:
    return {**entry(name), "grades": list(grades), **fields}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HCIP（中级认证）", "hcip（中级认证）"),
        ("电工（四级/中级工）", "电工"),
        ("1+X 老年照护职业技能等级证书", "老年照护"),
        ("ＡＣＣＡ", "acca"),
        ("C#", "c#"),
    ],
)
def test_names_that_differ_in_printing_only_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("一级建造师", "二级建造师"), ("HCIP", "HCIE"), ("C++", "C#"), ("证书", "资格证书"), ("电工", "电工（高压）")])
def test_names_of_different_things_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_recognitions_count_right_missed_and_extra_entries() -> None:
    gold = [gold_entry("农艺师"), gold_entry("电工", 4, family="skill"), gold_entry("茶艺师", family="onex")]
    mine = [entry("农艺师"), entry("电工（四级）", "5", family="skill"), entry("园艺师")]
    scores = score_recognitions(mine, {"6101": gold})
    assert (scores["precision"], scores["recall"], scores["f1"], scores["n"]) == (0.6667, 0.6667, 0.6667, 3)
    assert scores["recall_with_grades"] == 0.3333
    assert scores["wrong"] == {"6101": ["missed onex 初级 茶艺师", "extra title 初级 园艺师"]}


def test_uncertain_gold_entries_neither_help_nor_hurt() -> None:
    gold = [gold_entry("农艺师"), gold_entry("电工", family="skill"), gold_entry("茶艺师", family="onex", uncertain=True)]
    for mine in ([], [entry("茶艺师", family="onex")], [entry("茶艺师", tier="高级", family="onex")]):
        scores = score_recognitions([entry("农艺师"), entry("电工", family="skill"), *mine], {"6101": gold})
        assert (scores["f1"], scores["n"]) == (1.0, 2)


def test_a_gold_file_of_few_families_says_nothing_of_the_others() -> None:
    assert score_recognitions([entry("农艺师"), entry("电工", family="skill")], {"6101": [gold_entry("农艺师")]})["precision"] == 1.0


def test_a_category_without_any_entry_scores_nothing() -> None:
    assert score_recognitions([], {"6101": [gold_entry("农艺师")]})["f1"] == 0.0


def test_one_of_several_verdicts_is_enough() -> None:
    assert is_right(answered("unknown"), verdict=["no", "unknown"])
    assert not is_right(answered("clarify"), verdict=["no", "unknown"])


def test_every_expected_text_must_stand_in_answer_or_items() -> None:
    assert is_right(answered(text="**体育总局** 主管", items=("足球 协会",)), answers=["体育总局", "足球协会"])
    assert is_right(answered(text="四千三百"), answers=["4300|四千三百"])
    assert not is_right(answered(text="体育总局"), answers=["体育总局", "足球协会"])


def test_a_list_holds_what_is_expected_and_nothing_else() -> None:
    gold = {"kind": "list", "verdict": ["na"], "answers": ["会计师", "审计师"]}
    assert is_right(answered("na", items=("会计师", "审计师")), **gold)
    assert not is_right(answered("na", items=("会计师", "审计师", "经济师")), **gold)
    assert not is_right(answered("na", items=("会计师",)), **gold)


@pytest.mark.parametrize(
    ("line", "document", "right"),
    [(427, SHANGHAI, True), (440, SHANGHAI, True), (463, SHANGHAI, False), (427, "evaluation-directory", False), (424, SHANGHAI, True)],
)
def test_a_citation_must_lie_in_the_same_row_or_next_to_the_line(line: int, document: str, right: bool) -> None:
    assert is_right(answered(lines=(line,), document=document), cite=[{"document": SHANGHAI, "line": 427}]) is right


def test_lines_of_the_annexes_are_rows_of_their_own() -> None:
    assert is_right(answered(lines=(1752,)), cite=[{"document": SHANGHAI, "line": 1750}])
    assert not is_right(answered(lines=(1754,)), cite=[{"document": SHANGHAI, "line": 1750}])


def test_an_answer_without_proof_is_wrong_where_proof_is_due() -> None:
    cite = [{"document": SHANGHAI, "line": 427}]
    assert not is_right(answered(), cite=cite)
    assert is_right(answered("no"), verdict=["no"], cite=cite)


def test_yes_or_no_in_place_of_another_verdict_is_a_false_claim() -> None:
    gold = [gold_question(verdict=["unknown"]), gold_question(verdict=["no"]), gold_question(verdict=["yes"]), gold_question(verdict=["yes"])]
    scores = score_questions([answered("no"), answered("yes"), answered("unknown"), None], gold)
    assert (scores["false_claims"], scores["accuracy"]) == (2, 0.0)


def test_links_need_the_expected_name_first_and_linked() -> None:
    gold = [{"id": str(number), "mention": "会计", "expect": ["会计师"], "style": "typo"} for number in range(4)]
    found: list[tuple[bool, list[tuple[str, ...]]]] = [
        (True, [("会计师",)]),
        (False, [("会计师",)]),
        (True, [("审计师",), ("主计", "会计师")]),
        (True, [("审计师",)]),
    ]
    scores = score_links(found, gold)
    assert (scores["recall@1"], scores["recall@5"], scores["linked_right"], scores["wrong"]) == (0.5, 0.75, 0.25, ["1", "2", "3"])
    assert scores["styles"] == {"typo": "1/4"}


def test_where_nothing_is_meant_nothing_may_be_linked() -> None:
    gold = [{"id": "a", "mention": "火星驾照", "expect": []}] * 2
    scores = score_links([(False, [("驾照",)]), (True, [("驾照",)])], gold)
    assert (scores["nil_right"], scores["nil"], scores["named"]) == (0.5, 2, 0)


@pytest.mark.parametrize(
    ("file", "line", "fault"),
    [
        ("questions.jsonl", "{", "questions.jsonl line 1: not JSON"),
        ("questions.jsonl", json.dumps(gold_question(verdict="maybe")), "no verdict “maybe”"),
        ("questions.jsonl", json.dumps(gold_question(cite=[{"line": 5}])), "“cite” needs objects with document and line"),
        ("questions.jsonl", '{"id": "a"}', "line 1: “question” is missing"),
        ("links.jsonl", '{"id": "a", "mention": "b", "expect": "c"}', "links.jsonl line 1: “expect” is missing or not list"),
        ("recognitions/6101.jsonl", '{"category": 6101}', "6101.jsonl line 1: “category” is missing or not str"),
    ],
)
def test_a_bad_gold_line_is_named_before_anything_is_asked(tmp_path: Path, file: str, line: str, fault: str) -> None:
    (tmp_path / "recognitions").mkdir()
    (tmp_path / file).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"line|id") as caught:
        evaluate_folder(tmp_path, tmp_path / "no build")
    assert fault in str(caught.value)


def test_a_folder_without_gold_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no gold files"):
        evaluate_folder(tmp_path, tmp_path)


def test_without_the_projects_own_questions_a_folder_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.evaluation, "OWN_QUESTIONS", tmp_path)
    with pytest.raises(ValueError, match="--gold DIR"):
        evaluate_folder(None, tmp_path)


def test_the_projects_own_sets_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Known:
        """Answers yes to everything."""

        def ask(self, question: str, history: object) -> Answer:
            return answered("yes")

    lines = [gold_question(set="dev", verdict="yes"), gold_question(set="held", verdict="no"), gold_question(set="held", verdict="yes")]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    monkeypatch.setattr(kg.evaluation, "OWN_QUESTIONS", tmp_path)
    monkeypatch.setattr(kg.evaluation, "OWN_LINKS", tmp_path / "none.jsonl")
    monkeypatch.setattr(Asker, "open", lambda build: Known())
    told: list[tuple[str, float]] = []
    scores = evaluate_folder(None, tmp_path, lambda stage, done: told.append((stage, done)))
    assert set(scores) == {"questions"}
    assert {name: (each["n"], each["accuracy"], each["false_claims"]) for name, each in scores["questions"].items()} == {
        "dev": (1, 1.0, 0),
        "held": (2, 0.5, 1),
    }
    assert told[-1] == ("done", 1.0)


def _scorer(gold: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", gold / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _outputs(gold: Path, folder: Path) -> None:
    """What `score.py` reads, written by the commands it names."""
    from typer.testing import CliRunner

    for command, name in (("ask", "questions"), ("link", "links")):
        result = CliRunner().invoke(app, [command, "--batch", str(gold / f"{name}.jsonl"), "--out", str(folder / f"{name}.jsonl")])
        assert result.exit_code == 0, result.output
    (folder / "recognitions.jsonl").write_text(CliRunner().invoke(app, ["export", "recognitions", "--format", "jsonl"]).output, encoding="utf-8")


@pytest.mark.slow
def test_the_figures_are_those_of_the_golds_own_scorer(gold: Path, documents: Path, build: Path, tmp_path: Path) -> None:
    _outputs(gold, tmp_path)
    ours, theirs = evaluate_folder(gold, build), _scorer(gold)
    expected = {
        "recognitions": theirs.score_recognitions(tmp_path / "recognitions.jsonl", sorted((gold / "recognitions").glob("*.jsonl")), False),
        "questions": theirs.score_questions(tmp_path / "questions.jsonl", gold / "questions.jsonl", documents, False),
        "links": theirs.score_links(tmp_path / "links.jsonl", gold / "links.jsonl", False),
    }
    for kind, scores in expected.items():
        shared = scores.keys() & ours[kind].keys()
        assert len(shared) >= 4
        assert {name: ours[kind][name] for name in shared} == {name: scores[name] for name in shared}
