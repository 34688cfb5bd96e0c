"""Putting an answer together."""

import pytest

from kg.ask import Asker
from kg.ask.answer import Verdict
from kg.ask.context import Context
from kg.ask.reply import CITED_PER_SENTENCE, Reply, agreed, caution, enumerated, opening
from kg.ask.request import Request

ROW = {"document": "https://w3id.org/certkg/id/document/d", "line": "3", "text": "甲", "place": "表", "status": "exact"}


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


def test_a_doubtful_line_is_said_to_be_doubtful(reply: Reply) -> None:
    caution(reply, [ROW])
    assert reply.lines == []
    caution(reply, [ROW | {"status": "https://w3id.org/certkg/ontology#uncertain", "reason": "字迹不清"}])
    assert "字迹不清" in reply.lines[0]


def test_what_was_understood_is_shown(asker: Asker) -> None:
    entity = asker.ask("HCIP在7102中级认不认").entities[0]
    assert (entity.mention, entity.label) == ("hcip", "HCIP")
    assert entity.iri.startswith("https://w3id.org/certkg/id/")
