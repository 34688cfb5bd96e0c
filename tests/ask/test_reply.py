"""Putting an answer together."""

import pyoxigraph as ox
import pytest

from kg.ask import Asker
from kg.ask.answer import Verdict
from kg.ask.context import Context, select
from kg.ask.reply import CITED_PER_SENTENCE, Reply, agreed, caution, enumerated, opening
from kg.ask.request import Request
from kg.store import Bindings, Rows

ROW = {"document": "https://w3id.org/certkg/id/document/d", "line": "3", "text": "甲", "place": "表", "status": "exact"}


class Doubts:
    """A store that knows why facts are in doubt."""

    def __init__(self, reasons: dict[str, tuple[str, str]]) -> None:
        """`reasons`: end of a fact's IRI → in Chinese, in English."""
        self._reasons = reasons

    def select(self, query: str, bindings: Bindings | None = None) -> Rows:
        """A row for each fact asked about."""
        facts = (bindings or {})["fact"]
        rows = [(fact, *map(ox.Literal, self._reasons[str(fact)[9:-1]])) for fact in (facts if isinstance(facts, tuple) else (facts,))]
        return Rows(("fact", "reason_zh", "reason_en"), tuple(rows), False, 0.0)


@pytest.fixture
def reply() -> Reply:
    return Reply(Request("问", "问", "zh", ()), Context(None, None))  # type: ignore[arg-type]


def test_a_sentence_carries_the_numbers_of_its_lines_and_a_line_has_one_number(reply: Reply) -> None:
    reply.say("甲。", "A.", [ROW])
    reply.say("乙。", "B.", [ROW | {"line": "4"}, ROW])
    reply.say("丙。", "C.")
    answer = reply.build("na", "list")
    assert answer.answer == "甲。 [1]\n\n乙。 [2][1]\n\n丙。"
    assert [(each.document, each.line) for each in answer.citations] == [("d", 3), ("d", 4)]


def test_a_long_proof_shows_some_marks_and_keeps_all_lines(reply: Reply) -> None:
    reply.say("甲。", "A.", [ROW | {"line": str(line)} for line in range(1, 40)])
    assert reply.lines[0].count("[") == CITED_PER_SENTENCE
    assert len(reply.citations) == 39


def test_items_and_suggestions_stand_once(reply: Reply) -> None:
    for _ in range(2):
        reply.item("甲", "i")
        reply.suggest("乙？", "B?")
    reply.suggest("问", "ask")
    assert (len(reply.items), reply.suggestions) == (1, ["乙？"])


def test_rows_are_listed_by_two_of_their_variables(reply: Reply) -> None:
    reply.list_rows([{"name": "甲", "fact": "i"}, {"name": "乙", "fact": "j"}], "name", "fact")
    assert [(item.label, item.iri) for item in reply.items] == [("甲", "i"), ("乙", "j")]


def test_the_language_is_that_of_the_question() -> None:
    reply = Reply(Request("q", "q", "en", ()), Context(None, None))  # type: ignore[arg-type]
    reply.say("甲。", "A.")
    assert reply.lines == ["A."]


@pytest.mark.parametrize(("verdicts", "expected"), [(["yes", "yes"], "yes"), (["yes", "no"], "na"), (["unknown"], "unknown")])
def test_verdicts_that_agree_are_one_verdict(verdicts: list[Verdict], expected: str) -> None:
    assert agreed(verdicts) == expected


def test_a_verdict_opens_its_sentence() -> None:
    assert opening("yes", "在", "不在") == ("**在**：", "**Yes**: ")
    assert opening("no", "在", "不在") == ("**不在**：", "**No**: ")
    assert opening("na", "在", "不在") == ("", "")


def test_a_long_list_says_that_there_is_more() -> None:
    assert enumerated(["甲", "乙", "丙"], 2) == "甲、乙等"
    assert enumerated(["甲", "乙"], 2) == "甲、乙"


@pytest.mark.parametrize(("language", "said"), [("zh", "存疑（后半截缺失；没有印等级）"), ("en", "uncertain (tail lost; no grade)")])
def test_a_doubtful_line_is_said_to_be_doubtful(asker: Asker, language: str, said: str) -> None:
    store = Doubts({"f1": ("后半截缺失", "tail lost"), "f2": ("没有印等级", "no grade"), "f3": ("后半截缺失；没有印等级", "tail lost; no grade")})
    reply = Reply(Request("问", "问", language, ()), Context(store, asker.context.linker))
    caution(reply, [ROW | {"fact": "https://f0"}])
    assert reply.lines == []
    uncertain = "https://w3id.org/certkg/id/transcription-status/uncertain"
    caution(reply, [ROW | {"fact": f"https://f{number}", "status": uncertain} for number in (1, 2, 3)])
    assert said in reply.lines[0]
    assert "VALUES ?fact { <https://f1> <https://f2> <https://f3> }" in reply.context.shown_queries()


def test_every_inexact_fact_has_its_reason_once_in_each_language(asker: Asker) -> None:
    rows = select(asker.context.store, "reasons", {})
    assert len(rows) == len({row["fact"] for row in rows}) > 10_000
    reasoned = [row for row in rows if "reason_zh" in row or "reason_en" in row]
    assert len(reasoned) > 4_000
    assert all("reason_zh" in row and "reason_en" in row for row in reasoned)


def test_a_doubt_is_told_in_the_language_of_the_question(asker: Asker) -> None:
    chinese, english = (asker.ask(question).answer for question in ("注册城市规划师在6303高级认不认", "Does 注册城市规划师 count for 6303 senior?"))
    assert "这一行丢了2格" in chinese
    assert "cells" not in chinese
    assert "2 cells lost in the line" in english
    assert "这一行丢了" not in english


def test_what_was_understood_is_shown(asker: Asker) -> None:
    entity = asker.ask("HCIP在7102中级认不认").entities[0]
    assert (entity.mention, entity.label) == ("hcip", "HCIP")
    assert entity.iri.startswith("https://w3id.org/certkg/id/")
