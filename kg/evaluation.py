"""Scores on gold files: transcription, answers and links, each against what careful readers wrote down.

A gold folder holds any of `recognitions/<code>.jsonl`, `questions.jsonl` and `links.jsonl`. What counts as right:

- a recognition: 专业类, family, tier and the credential's name agree; entries marked uncertain neither help nor hurt;
- a question: the verdict is (one of) the expected, every expected text stands in the answer, a list holds nothing else, a citation lies in the same table row;
- a link: the first candidate has an expected name and is linked; where nothing is meant, nothing is linked.
"""

import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from embeddings import Linker
from kg.ask import Answer, Asker, QuestionError
from kg.graph.identity import plain
from kg.jsonl import Fields, read_lines
from kg.tables import exported, read_tables

ROOT = Path(__file__).parents[1]
OWN_QUESTIONS = ROOT / "tests" / "ask" / "questions"
OWN_LINKS = ROOT / "benchmarks" / "linking" / "mentions.jsonl"
VERDICTS = ("yes", "no", "unknown", "clarify", "out_of_scope", "na")
#: A citation may name a line next to the gold's: merged cells and wrapped rows start and end there.
NEAR_LINES = 3
CATALOGUE, CATALOGUE_END = "shanghai-shuangshi-2025", 650

_RECOGNITION: Fields = {"category": str, "family": str, "tier": str, "name": str, "grades": list}
_QUESTION: Fields = {"id": str, "question": str, "kind": str, "verdict": (str, list), "answers": list, "cite": list}
_LINK: Fields = {"id": str, "mention": str, "expect": list}
_LEVEL = re.compile(r"[(\[][^()\[\]]*(?:[初中高一二三四五]级|技师|级别)[^()\[\]]*[)\]]")
_ENDING = re.compile(r"(?<=..)(?:职业技能(?:等级)?证书|职业技能等级|职业资格证书|资格证书?|证书)$")

Line = Mapping[str, Any]
Progress = Callable[[str, float], None]


def evaluate_folder(gold: Path | None, build: Path, progress: Progress = lambda stage, done: None) -> dict[str, Any]:
    """Score a build on gold files.

    Args:
        gold: the folder with the gold files; None for the project's own sets, each part (built with, held out) apart.
        build: the build folder.
        progress: called with the stage and the share done (0 to 1).

    Returns:
        The scores, by kind of gold file (and by set for the project's own); `wrong` lists ids.

    Raises:
        ValueError: there is no gold file, or a line of one is faulty; the message names file and line.
    """
    recognitions, questions, links = _own_sets() if gold is None else _gold_sets(gold)
    scores: dict[str, Any] = {}
    if recognitions:
        progress("recognitions", 0.0)
        rows = [json.loads(line) for line in exported("recognitions", "jsonl").splitlines()]
        scores["recognitions"] = score_recognitions(rows, recognitions)
    if questions:
        asker = Asker.open(build)
        scores["questions"] = {}
        for name, lines in questions.items():
            answers = [_asked(asker, line) for line in _told(lines, progress, f"questions {name}".strip())]
            scores["questions"][name] = score_questions(answers, lines)
    if links:
        linker = Linker.load(build / "index")
        scores["links"] = {}
        for name, lines in links.items():
            found = [_linked(linker, line) for line in _told(lines, progress, f"links {name}".strip())]
            scores["links"][name] = score_links(found, lines)
    progress("done", 1.0)
    return {name: part.get("", part) for name, part in scores.items()}


Sets = dict[str, list[dict[str, Any]]]


def _gold_sets(folder: Path) -> tuple[Sets, Sets, Sets]:
    """Recognitions by category, and questions and links under an empty name, of a gold folder."""
    recognitions = {path.stem: read_lines(path, _RECOGNITION) for path in sorted((folder / "recognitions").glob("*.jsonl"))}
    questions = {"": _questions(folder / "questions.jsonl")} if (folder / "questions.jsonl").is_file() else {}
    links = {"": read_lines(folder / "links.jsonl", _LINK)} if (folder / "links.jsonl").is_file() else {}
    if not (recognitions or questions or links):
        raise ValueError(f"{folder}: no gold files (recognitions/*.jsonl, questions.jsonl, links.jsonl) here")
    return {code: lines for code, lines in recognitions.items() if lines}, questions, links


def _own_sets() -> tuple[Sets, Sets, Sets]:
    """The project's own questions and links, by the set that each line names."""
    questions: Sets = defaultdict(list)
    links: Sets = defaultdict(list)
    for path in sorted(OWN_QUESTIONS.glob("*.jsonl")):
        for line in _questions(path, {"set": str}):
            questions[line["set"]].append(line)
    for line in read_lines(OWN_LINKS, {**_LINK, "part": str}) if OWN_LINKS.is_file() else []:
        links[line["part"]].append(line)
    if not questions:
        raise ValueError(f"{OWN_QUESTIONS}: no questions here; they are in the project's repository. Name a folder: certkg eval --gold DIR")
    return {}, questions, links


def _questions(path: Path, more: Fields | None = None) -> list[dict[str, Any]]:
    """The questions of a file, their verdicts as lists."""
    lines = read_lines(path, {**_QUESTION, **(more or {})})
    for line in lines:
        wanted = line["verdict"] if isinstance(line["verdict"], list) else [line["verdict"]]
        if unknown := [each for each in wanted if each not in VERDICTS]:
            raise ValueError(f"{path} id {line['id']}: no verdict “{unknown[0]}”; there are {', '.join(VERDICTS)}")
        for each in line["cite"]:
            if not isinstance(each, dict) or not isinstance(each.get("document"), str) or not isinstance(each.get("line"), int):
                raise ValueError(f"{path} id {line['id']}: “cite” needs objects with document and line")
        line["verdict"] = wanted
    return lines


def _told(lines: Sequence[Line], progress: Progress, stage: str) -> Iterable[Line]:
    for number, line in enumerate(lines):
        progress(stage, number / len(lines))
        yield line


def _asked(asker: Asker, line: Line) -> Answer | None:
    try:
        return asker.ask(line["question"], line.get("history") or ())
    except QuestionError:
        return None


def _linked(linker: Linker, line: Line) -> tuple[bool, list[tuple[str, ...]]]:
    """Whether a mention is linked, and the names of the first five candidates."""
    link = linker.link(line["mention"], line.get("type") or None, 5)
    return link.linked, [(each.label, *each.labels) for each in link.candidates]


@cache
def name_key(name: str) -> str:
    """What of a printed name is compared: without level brackets, 1+X, the words for a certificate, and punctuation."""
    text, more = plain(name), 1
    while more:
        text, more = _LEVEL.subn("", text)
    return re.sub(r"[^0-9a-z\u4e00-\u9fff+#]", "", _ENDING.sub("", text.removeprefix("1+x")))


def score_recognitions(rows: Iterable[Line], gold: Mapping[str, Sequence[Line]]) -> dict[str, Any]:
    """Precision, recall and F1 of the exported recognitions, over the gold categories.

    Args:
        rows: `certkg export recognitions`.
        gold: gold lines by category; a file with fewer than three families speaks of those families only.
    """
    mine: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    graded: set[tuple[str, ...]] = set()
    for row in rows:
        mine[row["category"]].add(_entry(row))
        graded.add((row["category"], *_entry(row), _grades(row["grades"].split("|"))))
    total: Counter[str] = Counter()
    wrong = {}
    for lines in gold.values():
        category, families = lines[0]["category"], {line["family"] for line in lines}
        sure = {_entry(line) for line in lines if not line.get("uncertain")}
        doubted = {_entry(line)[2] for line in lines if line.get("uncertain")}
        found = {entry for entry in mine[category] if len(families) >= 3 or entry[0] in families}
        extra = {entry for entry in found - sure if entry[2] not in doubted}
        wanted = {(category, *_entry(line), _grades(line["grades"])) for line in lines if not line.get("uncertain")}
        total.update(right=len(sure & found), missed=len(sure - found), extra=len(extra), graded=len(wanted), graded_right=len(wanted & graded))
        wrong[category] = [f"missed {' '.join(each)}" for each in sorted(sure - found)] + [f"extra {' '.join(each)}" for each in sorted(extra)]
    precision, recall = _share(total["right"], total["right"] + total["extra"]), _share(total["right"], total["right"] + total["missed"])
    return {
        "precision": precision,
        "recall": recall,
        "f1": _share(2 * total["right"], 2 * total["right"] + total["extra"] + total["missed"]),
        "recall_with_grades": _share(total["graded_right"], total["graded"]),
        "n": total["right"] + total["missed"],
        "wrong": {code: each for code, each in wrong.items() if each},
    }


def _entry(line: Line) -> tuple[str, str, str]:
    return line["family"], line["tier"], name_key(line["name"])


def _grades(grades: Iterable[object]) -> str:
    return "|".join(sorted(str(grade) for grade in grades if str(grade)))


def score_questions(answers: Sequence[Answer | None], gold: Sequence[Line]) -> dict[str, Any]:
    """Shares of right answers, and by verdict, content and proof alone; `false_claims`: yes or no where something else was expected."""
    total: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    wrong = []
    for answer, line in zip(answers, gold, strict=True):
        verdict = answer is not None and answer.verdict in line["verdict"]
        content, proof = _has_content(answer, line), _has_proof(answer, line)
        right = verdict and content and proof
        claim = answer is not None and answer.verdict in ("yes", "no")
        total.update(verdict=verdict, content=content, proof=proof, right=right, false_claims=claim and not verdict)
        kinds[line["kind"]].update(n=1, right=int(right))
        if not right:
            wrong.append(line["id"])
    return {
        "accuracy": _share(total["right"], len(gold)),
        **{name: _share(total[name], len(gold)) for name in ("verdict", "content", "proof")},
        "false_claims": total["false_claims"],
        "n": len(gold),
        "kinds": {kind: f"{count['right']}/{count['n']}" for kind, count in sorted(kinds.items())},
        "wrong": wrong,
    }


def _has_content(answer: Answer | None, line: Line) -> bool:
    """Whether every expected text (`a|b`: either) stands in the answer, and a list holds nothing else."""
    labels = [plain(item.label) for item in answer.items] if answer else []
    text = plain(answer.answer) + "".join(labels) if answer else ""
    wanted = [[plain(form) for form in str(each).split("|")] for each in line["answers"]]
    if not all(any(form in text for form in forms) for forms in wanted):
        return False
    if line["kind"] != "list" or not wanted:
        return True
    whole = [plain(str(each)) for each in line["answers"]]
    return len({name_key(label) for label in labels}) <= len(whole) and all(any(each in label for each in whole) for label in labels)


def _has_proof(answer: Answer | None, line: Line) -> bool:
    """Whether a citation lies in the table row of a gold one, where an answer of this verdict needs proof."""
    if not line["cite"] or not {"yes", "na"} & set(line["verdict"]):
        return True
    have = [(each.document, each.line) for each in answer.citations] if answer else []
    return any(_same_row(document, number, want["document"], want["line"]) for want in line["cite"] for document, number in have)


def _same_row(document: str, line: int, wanted: str, wanted_line: int) -> bool:
    if document != wanted:
        return False
    rows = _row_starts() if document == CATALOGUE and max(line, wanted_line) < CATALOGUE_END else ()
    return abs(line - wanted_line) <= NEAR_LINES or 0 < bisect_right(rows, line) == bisect_right(rows, wanted_line)


@cache
def _row_starts() -> tuple[int, ...]:
    """The lines on which rows of the catalogue (or its groups, where rows are lost) begin."""
    return tuple(sorted({int(row["line"]) for row in read_tables()["coverage"]}))


def score_links(found: Sequence[tuple[bool, list[tuple[str, ...]]]], gold: Sequence[Line]) -> dict[str, Any]:
    """How often the first (one of the first five) candidates is the one meant, is linked, and how often nothing is linked where nothing is meant."""
    total: Counter[str] = Counter()
    styles: dict[str, Counter[str]] = defaultdict(Counter)
    wrong = []
    for (linked, candidates), line in zip(found, gold, strict=True):
        wanted = {name_key(name) for name in line["expect"]}
        hits = [not wanted.isdisjoint(map(name_key, names)) for names in candidates]
        right = linked and hits[:1] == [True] if wanted else not linked
        if wanted:
            total.update(named=1, first=hits[:1] == [True], five=any(hits), right=right)
        else:
            total.update(nil=1, nil_right=right)
        styles[str(line.get("style", ""))].update(n=1, right=right)
        if not right:
            wrong.append(line["id"])
    return {
        "recall@1": _share(total["first"], total["named"]),
        "recall@5": _share(total["five"], total["named"]),
        "linked_right": _share(total["right"], total["named"]),
        "nil_right": _share(total["nil_right"], total["nil"]),
        "named": total["named"],
        "nil": total["nil"],
        "styles": {style: f"{count['right']}/{count['n']}" for style, count in sorted(styles.items())},
        "wrong": wrong,
    }


def _share(part: float, whole: float) -> float:
    return round(part / max(1, whole), 4)
