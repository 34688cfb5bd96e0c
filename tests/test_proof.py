"""Proof: whatever an answer says stands in the lines it cites, and the queries it shows give the same rows again.

Asked are all questions at hand: the project's own, and the gold samples where they are on the machine.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from kg.ask import Answer, Asker
from kg.ask.answer import KINDS
from kg.ask.asker import route
from kg.ask.context import Context, select, shown
from kg.ask.text import clean
from kg.ask.understand import understand
from kg.evaluation import OWN_QUESTIONS, VERDICTS
from kg.graph.identity import plain
from kg.graph.reasons import read_wordings
from kg.jsonl import read_lines
from kg.store import GuardedStore, Limits, Rows
from kg.tables import read_tables

pytestmark = pytest.mark.slow

CODE = re.compile(r"(?<![0-9A-Za-z-])\d-\d{2}-\d{2}-[0-9A-Z]{2}(?![0-9A-Za-z-])")
NUMBER = re.compile(r"(?<![\d.])\d{3,}(?!\d)")
QUOTED = re.compile(r"“([^“”]{3,})”")
MARK = re.compile(r"(?:\[\d+\])+")
#: Words by which an answer says that a number is computed or counted, not printed.
COMPUTED = re.compile(r"[×+=]|数出|计算|counted|computed|编号完整|numbered")
#: Words by which an answer says that a name is only near to what was asked.
NEAR = re.compile(r"名称相近|最接近|similar|nearest|near")
EQUATION = re.compile(r"(\d+(?:\.\d+)?) ([×+]) (\d+(?:\.\d+)?) = \**(\d+(?:\.\d+)?)")
#: A question that an answer proposes states nothing.
EXAMPLE = re.compile(r"“[^“”]*[？?]”")
#: The title of annex 8, which answers name it by.
FRAME = "《国家职业资格目录（2021年版）》"
QUERIES_RUN_AGAIN = 30
#: Kinds that tell a part of a table: what they show gives that part, and no more.
OF_TABLES = {
    "competition", "directory", "evaluator", "issuer", "list", "national_qualification", "pathway", "series", "subsidy", "title_equivalence", "title_levels",
}  # fmt: skip
#: Queries, by name and variables bound, that give more lines than an answer cites, and why.
TELLS_OF_THE_WHOLE = {
    ("directory", ()): "how many rows and codes the directory has; its last row is cited",
    ("directory_of_occupation", ("node",)): "an answer on one grade cites the rows of that grade among those of the occupation",
    ("list", ("category",)): "how many entries of each family a row has; the row is cited once",
    ("national_qualification", ()): "what annex 8 does not print; the last number of each part is cited",
    ("national_qualification", ("className", "part")): "how many listings there are; the first and the last are cited",
    ("national_qualification", ("className",)): "how many listings there are; the first and the last are cited",
    ("national_qualification", ("part",)): "how many listings there are; the first and the last are cited",
    ("offers", ()): "what annexes 5 and 6 do not list; the last row of each list is cited",
    ("offers", ("kind",)): "how many bodies a list has; one row of each is cited",
    ("onex", ()): "how many certificates annex 7 has, or which it has not; the last number is cited",
    ("overseas", ()): "what annex 9 does not print; the last number of each class is cited",
    ("subsidy_entries", ("list",)): "what a numbered list does not print; its first and last entry are cited",
    ("title_equivalence", ()): "what annex 11 does not print; its first and last entry are cited",
    ("title_levels", ()): "how many series annex 10 has; a row of each is cited",
    ("title_levels", ("series",)): "what a series of annex 10 does not print; its first row is cited",
}


@dataclass(frozen=True)
class Asked:
    """A question with its answer and the context that it was answered in."""

    name: str
    asked: str
    answer: Answer
    context: Context


def letters(text: str) -> str:
    """A text as names are compared: without white space and punctuation."""
    return re.sub(r"[^0-9a-z\u4e00-\u9fff+#]", "", plain(text))


@pytest.fixture(scope="module")
def answers(asker: Asker) -> list[Asked]:
    """The answers to all questions at hand."""
    gold = Path(__file__).parents[2] / "shared" / "gold" / "questions.jsonl"
    found = []
    for path in [*sorted(OWN_QUESTIONS.glob("*.jsonl")), *([gold] if gold.is_file() else [])]:
        for line in read_lines(path, {"id": str, "question": str}):
            history = line.get("history") or []
            context = asker.context.fork()
            request = understand(clean(line["question"]), [clean(turn) for turn in history], context, asker.vocabulary)
            found.append(Asked(f"{path.stem} {line['id']}", " ".join([line["question"], *history]), route(request, context), context))
    assert len(found) >= 400
    return found


@cache
def notes() -> dict[tuple[str, int], str]:
    """What the transcription notes on a line: the reasons of its entries, which answers may tell."""
    found: dict[tuple[str, int], str] = defaultdict(str)
    for rows in read_tables().values():
        for row in rows:
            found[row["document"], int(row["line"])] += f" {row['reason']} {read_wordings().chinese(row['reason'])}"
    return found


@cache
def printed() -> set[tuple[str, int, str]]:
    """Every text of the committed tables with its document and line."""
    return {(row["document"], int(row["line"]), row["text"]) for name, rows in read_tables().items() if name != "ledger" for row in rows}


def proof_of(each: Asked) -> str:
    """All that an answer may take its words from."""
    cited = [f"{one.place} {one.document} {one.line} {one.text} {notes()[one.document, one.line]}" for one in each.answer.citations]
    named = [f"{one.mention} {one.label}" for one in each.answer.entities]
    return " ".join([each.asked, FRAME, *cited, *named, *(item.label for item in each.answer.items)])


def sentences(each: Asked) -> list[str]:
    return [part for part in re.split(r"(?<=。)|\n\n", EXAMPLE.sub("", MARK.sub(" ", each.answer.answer))) if part.strip()]


def unproved(each: Asked, labels: set[str]) -> list[str]:
    """The codes, numbers and quoted names of an answer that nothing proves, each with its sentence."""
    proof = proof_of(each)
    half_width = unicodedata.normalize("NFKC", proof)
    codes, numbers, names = set(CODE.findall(half_width)), set(re.findall(r"\d+", half_width)), letters(proof)
    found = []
    for sentence in sentences(each):
        missing = [code for code in CODE.findall(sentence) if code not in codes]
        missing += [number for number in NUMBER.findall(CODE.sub("", sentence)) if number not in numbers and not COMPUTED.search(sentence)]
        missing += [name for name in QUOTED.findall(sentence) if letters(name) not in names and not (NEAR.search(sentence) and letters(name) in labels)]
        found += [f"{each.name}: {one} | {sentence.strip()[:120]}" for one in missing]
    return found


def test_no_answer_names_what_its_lines_do_not_prove(answers: list[Asked], asker: Asker) -> None:
    labels = {letters(label.text) for node in asker.context.linker.nodes for label in node.labels}
    found = [one for each in answers for one in unproved(each, labels)]
    assert not found, f"{len(found)} unproved:\n" + "\n".join(found)


def test_an_unproved_name_number_or_code_is_found() -> None:
    text = "“某某大学”给6000元（5-01-02-03），2 × 1500 = 3000，共700项（数出）。[123]\n\n名称相近的有“电工证”。"
    each = Asked("x", "电工？", Answer("电工？", "na", text, "subsidy"), Context(None, None))  # type: ignore[arg-type]
    assert [one.split(": ")[1].split(" |")[0] for one in unproved(each, set())] == ["5-01-02-03", "某某大学", "电工证"]
    plain_claim = Asked("x", "电工？", Answer("电工？", "na", "每人6000元。", "subsidy"), Context(None, None))  # type: ignore[arg-type]
    assert len(unproved(plain_claim, set())) == 1


def test_every_computation_that_an_answer_shows_is_right(answers: list[Asked]) -> None:
    shown_sums = [(each.name, *sum_) for each in answers for sum_ in EQUATION.findall(each.answer.answer)]
    assert len(shown_sums) >= 10
    for name, left, sign, right, result in shown_sums:
        value = float(left) * float(right) if sign == "×" else float(left) + float(right)
        assert abs(value - float(result)) < 0.01, f"{name}: {left} {sign} {right} = {result}"


def test_every_citation_stands_in_the_tables_with_its_line(answers: list[Asked]) -> None:
    cited = {(one.document, one.line, one.text) for each in answers for one in each.answer.citations}
    assert len(cited) > 500
    assert not cited - printed()


def test_every_citation_has_a_place_for_readers_without_the_text_file(answers: list[Asked]) -> None:
    assert all(len(one.place) > 5 for each in answers for one in each.answer.citations)


def test_every_citation_mark_leads_to_a_citation(answers: list[Asked]) -> None:
    for each in answers:
        marks = {int(number) for number in re.findall(r"\[(\d+)\]", each.answer.answer)}
        assert marks <= set(range(1, len(each.answer.citations) + 1)), each.name


def test_verdicts_and_kinds_are_those_of_the_design(answers: list[Asked]) -> None:
    for each in answers:
        assert each.answer.verdict in VERDICTS
        assert each.answer.kind in KINDS
        assert each.answer.answer.strip()


def test_yes_and_no_are_always_proved(answers: list[Asked]) -> None:
    assert not [each.name for each in answers if each.answer.verdict in ("yes", "no") and not each.answer.citations]


def test_an_answer_is_json_as_the_command_prints_it(answers: list[Asked]) -> None:
    for each in answers:
        assert json.loads(json.dumps(each.answer.to_dict(), ensure_ascii=False)) == json.loads(json.dumps(each.answer.to_dict()))


def _rows(result: object) -> Counter[frozenset[tuple[str, str]]]:
    """The rows of a result, however they are ordered."""
    assert isinstance(result, Rows)
    assert not result.capped
    return Counter(frozenset((name, term.value) for name, term in zip(result.variables, row, strict=True) if term is not None) for row in result.rows)  # type: ignore[union-attr]


def test_the_queries_that_are_shown_give_the_same_rows_again(answers: list[Asked], asker: Asker) -> None:
    by_kind: dict[str, list[Asked]] = defaultdict(list)
    for each in answers:
        if each.answer.sparql:
            by_kind[each.answer.kind].append(each)
    kinds = list(by_kind.values())
    chosen = [kind[round_ * 7 % len(kind)] for round_ in range(QUERIES_RUN_AGAIN // len(kinds) + 1) for kind in kinds][:QUERIES_RUN_AGAIN]
    store = asker.context.store
    assert isinstance(store, GuardedStore)
    for each in chosen:
        ran = {shown(name, terms): Counter(frozenset(row.items()) for row in select(store, name, terms)) for name, terms in each.context.trace}
        assert set(re.split(r"\n\n(?=PREFIX )", each.answer.sparql)) == set(ran), each.name
        for query, rows in ran.items():
            # As anybody runs it: through the guarded store's public way, without bindings from outside.
            assert _rows(store.run(query, limits=Limits(seconds=60, rows=100_000))) == rows, f"{each.name}:\n{query}"


def _lines(rows: Iterable[Mapping[str, str]]) -> set[tuple[str, int]]:
    return {(row["document"].rsplit("/", 1)[-1], int(row["line"])) for row in rows if "line" in row}


@pytest.fixture(scope="module")
def run_again(answers: list[Asked], asker: Asker) -> dict[str, set[tuple[str, int]]]:
    """The lines that each shown query gives when it is run as it stands."""
    texts = {shown(name, terms) for each in answers for name, terms in each.context.trace}
    results = {text: asker.context.store.select(text) for text in texts}
    return {
        text: _lines({name: term.value for name, term in zip(result.variables, row, strict=True) if term is not None} for row in result.rows)  # type: ignore[union-attr]
        for text, result in results.items()
    }


def test_the_queries_that_are_shown_give_every_line_that_is_cited(answers: list[Asked], run_again: dict[str, set[tuple[str, int]]]) -> None:
    found = []
    for each in answers:
        given = {line for text in re.split(r"\n\n(?=PREFIX )", each.answer.sparql) if text for line in run_again[text]}
        found += [f"{each.name}: {one.document} {one.line}" for one in each.answer.citations if (one.document, one.line) not in given]
    assert not found, "\n".join(found)


def test_a_part_of_a_table_is_told_from_a_query_for_that_part(answers: list[Asked], run_again: dict[str, set[tuple[str, int]]]) -> None:
    of_tables = [each for each in answers if each.answer.kind in OF_TABLES]
    found = []
    for each in of_tables:
        cited = {(one.document, one.line) for one in each.answer.citations}
        for name, terms in each.context.trace:
            if run_again[shown(name, terms)] - cited and (name, tuple(sorted(terms))) not in TELLS_OF_THE_WHOLE:
                found.append(f"{each.name}: {name} {sorted(terms)} | {each.asked}")
    assert len(of_tables) >= 400
    assert not found, "\n".join(found)
