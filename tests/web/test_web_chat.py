"""The chat without a browser: turns, history, refusals, permanent links, feedback."""

import json
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kg.ask import Answer, Asker
from kg.store import StoreBusy
from kg.web.desk import Desk, Refusal
from kg.web.services import Services
from kg.web.settings import Settings
from kg.web.tabs.chat import Chat, Turns
from web.conftest import StandIn, make_answer


def chat_of(asker: StandIn, tmp_path: Path, **settings: Any) -> Chat:  # noqa: ANN401
    """A chat with a stand-in asker."""
    given = Settings(feedback=tmp_path / "feedback.jsonl", **settings)
    return Chat(Services(cast(Asker, asker), Desk(cast(Asker, asker)), given, {}))


def asked(chat: Chat, question: str, turns: Turns = (), language: str = "zh") -> Turns:
    """The turns after a question."""
    return cast(Turns, chat.ask(question, turns, language)[0])


def event(**data: object) -> Any:  # noqa: ANN401
    """What the page's script sends."""
    return SimpleNamespace(_data=data)


def test_earlier_questions_are_the_history_of_later_ones(tmp_path: Path) -> None:
    asker = StandIn()
    chat = chat_of(asker, tmp_path)
    turns = asked(chat, "三", asked(chat, "二", asked(chat, "一")))
    assert asker.asked[-1] == ("三", ("一", "二"))
    assert [turn.number for turn in turns] == [0, 1, 2]


def test_a_refused_question_is_told_kindly_and_is_no_history(tmp_path: Path) -> None:
    asker = StandIn()
    chat = chat_of(asker, tmp_path)
    turns: Turns = ()
    for question, reason in (("", "问题是空的"), ("x" * 2001, "2001个字符"), ("\u0000\u200b", "问题是空的")):
        turns = asked(chat, question, turns)
        assert reason in turns[-1].html
    asked(chat, "一", turns)
    assert asker.asked == [("一", ())]


def test_a_failure_is_told_in_the_language_of_the_question(tmp_path: Path) -> None:
    def busy(question: str, history: Sequence[str]) -> Answer:
        raise StoreBusy("full")

    chat = chat_of(StandIn(busy), tmp_path)
    assert "Too many people" in asked(chat, "does the HCIP count for 7102?")[0].html
    assert "太多" in asked(chat, "认吗？")[0].html


def test_old_turns_leave_the_page_and_numbers_go_on(tmp_path: Path) -> None:
    chat = chat_of(StandIn(), tmp_path, shown_turns=2)
    turns: Turns = ()
    for question in "一二三四":
        turns = asked(chat, question, turns)
    assert [(turn.number, turn.question) for turn in turns] == [(2, "三"), (3, "四")]
    assert 'id="evidence-3-1"' in turns[-1].html


def test_a_permanent_link_asks_with_what_it_follows(tmp_path: Path) -> None:
    asker = StandIn()
    (turn,) = chat_of(asker, tmp_path).arrive("?h=%E4%B8%80&q=%E9%82%A37103%E5%91%A2", "zh")
    assert asker.asked == [("那7103呢", ("一",))]
    assert turn.history == ("一",)
    assert 'href="?h=%E4%B8%80&amp;q=%E9%82%A37103%E5%91%A2"' in turn.html


@pytest.mark.parametrize("search", ["", "?", "?q=", "?q=%20", "?x=1", "?q"])
def test_a_link_without_a_question_asks_nothing(search: str, tmp_path: Path) -> None:
    assert chat_of(StandIn(), tmp_path).arrive(search, "zh") == ()


def test_a_link_with_too_much_is_cut(tmp_path: Path) -> None:
    (turn,) = chat_of(StandIn(), tmp_path).arrive("?q=a" + "&h=b" * 100_000, "zh")
    assert turn.history == ("b",) * Settings().history_turns


def test_only_follow_ups_carry_their_history_in_the_link(tmp_path: Path) -> None:
    chat = chat_of(StandIn(), tmp_path)
    turns = asked(chat, "那二呢", asked(chat, "另一问", asked(chat, "一")))
    assert 'href="?q=' in turns[1].html
    assert 'href="?h=' in turns[2].html


def test_feedback_is_kept_once_with_its_reason(tmp_path: Path) -> None:
    chat = chat_of(StandIn(), tmp_path)
    turns = asked(chat, "二", asked(chat, "一"))
    after, html = chat.report(turns, "zh", event(turn=1, reason=" 行号不对 "))
    chat.report(after, "zh", event(turn=1, reason="noch einmal"))
    lines = [json.loads(line) for line in (tmp_path / "feedback.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["question"], line["history"], line["reason"]) for line in lines] == [("二", ["一"], "行号不对")]
    assert "已经记下" in html


@pytest.mark.parametrize("data", [{}, {"turn": 7, "reason": "x"}, {"turn": "0", "reason": "x"}, {"turn": None, "reason": None}, {"turn": 0, "reason": "  "}])
def test_feedback_that_names_nothing_is_not_kept(data: dict[str, object], tmp_path: Path) -> None:
    chat = chat_of(StandIn(), tmp_path)
    chat.report(asked(chat, "一"), "zh", event(**data))
    assert not (tmp_path / "feedback.jsonl").exists()


def test_a_full_feedback_file_is_told_and_nothing_breaks(tmp_path: Path) -> None:
    chat = chat_of(StandIn(), tmp_path, feedback_bytes=10)
    chat.report(asked(chat, "一"), "zh", event(turn=0, reason="x"))
    assert not (tmp_path / "feedback.jsonl").exists()


def test_more_questions_than_places_are_told_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.desk.PATIENCE", 0)
    inner: list[str] = []

    def again(question: str, history: Sequence[str]) -> Answer:
        with pytest.raises(Refusal) as refused:
            desk.ask("二")
        inner.append(refused.value.label)
        return make_answer(question=question)

    desk = Desk(cast(Asker, StandIn(again)), concurrency=1)
    desk.ask("一")
    desk.ask("三")
    assert inner == ["refused_busy", "refused_busy"]
