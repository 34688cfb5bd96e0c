"""Answers as HTML: everything of an answer is there, and text stays text."""

from html.parser import HTMLParser
from typing import get_args

import pytest

from kg.ask.answer import KINDS, Citation, Item, Verdict
from kg.ask.reply import Reply, caution
from kg.web.labels import LANGUAGES, examples, labels
from kg.web.rendering import Turn, answered, conversation, example_buttons, permalink, plain, refused
from web.conftest import make_answer

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> **b** [1] ${alert(3)} {{x}} $x^2$ \" ' & </textarea></details>"


class Tags(HTMLParser):
    """The tags of some HTML, and whether each is closed in its turn."""

    def __init__(self, html: str) -> None:
        """Read it."""
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.seen.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag; it must be the one that was opened last."""
        assert self.open.pop() == tag


def test_an_answer_shows_verdict_text_evidence_entities_suggestions_query_and_actions() -> None:
    html = answered(make_answer(), 3)
    for part in (
        'class="answer verdict-yes" lang="zh-Hans"',
        "<strong>可以</strong>",
        'href="#evidence-3-1"',
        'id="evidence-3-1"',
        "华为: HCIP(中级认证)",
        "目录，7102 计算机类，中级",
        "shanghai-shuangshi-2025 · 第427行",
        "<q>hcip</q>",
        "行业证书 · 匹配度98%",
        "未找到相近的名称",
        'data-ask="HCIP能用在哪些专业类？"',
        "SELECT ?s WHERE",
        'data-copy="',
        'data-copy-link="1"',
    ):
        assert part in html, part
    assert not Tags(html).open


def test_the_verdict_stands_once_and_before_the_reason() -> None:
    html = answered(make_answer(), 0)
    assert html.count("可以</strong>") == 1
    assert html.index("<strong>可以</strong>") < html.index("7102 印有它") < html.index('class="evidence"')


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", [*get_args(Verdict), "refused"])
def test_every_verdict_has_a_word(verdict: str, language: str) -> None:
    assert labels(language)[f"verdict_{verdict}"]


def test_an_english_question_is_answered_under_english_headings() -> None:
    html = answered(make_answer(question="does HCIP count for 7102?", answer="**No**: the row does not print it. [1]", verdict="no"), 0)
    assert 'lang="en"' in html
    assert "<strong>No</strong>" in html
    assert "The row does not print it." in html
    assert "line 427" in html


def test_only_the_doubtful_line_is_marked_uncertain() -> None:
    html = answered(make_answer(), 0)
    assert html.count("此行转录存疑") == 1
    assert html.index('id="evidence-0-2"') < html.index("此行转录存疑")


def test_the_caution_that_answers_write_is_recognised() -> None:
    for language in LANGUAGES:
        request = type("Request", (), {"language": language, "question": "?"})()
        context = type("Context", (), {"rows": lambda self, name, fact: [{"fact": each, "reason_zh": "被截断", "reason_en": "cut"} for each in fact]})()
        reply = Reply(request, context)
        caution(reply, [{"fact": "f", "status": "uncertain", "document": "d", "line": "1", "text": "t", "place": "p"}])
        html = answered(make_answer(answer=reply.lines[0], citations=tuple(reply.citations), question="does the HCIP count" if language == "en" else "认吗"), 0)
        assert 'class="doubt"' in html


def test_markup_in_question_answer_and_documents_stays_text() -> None:
    answer = make_answer(
        question=HOSTILE,
        answer=HOSTILE,
        items=(Item(HOSTILE, HOSTILE),),
        citations=(Citation(HOSTILE, 1, HOSTILE, HOSTILE),),
        suggestions=(HOSTILE,),
        sparql=HOSTILE,
        entities=(make_answer().entities[0].__class__(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1.0),),
    )
    turn = Turn(0, HOSTILE, (HOSTILE,), "yes", "recognition", answered(answer, 0, (HOSTILE,)))
    for language in LANGUAGES:
        tags = Tags(conversation((turn,), language) + refused(HOSTILE, language))
        assert not tags.open
        assert not {"img", "script"} & {tag for tag, _ in tags.seen}
        assert not [name for _, attributes in tags.seen for name in attributes if name.startswith("on")]


def test_a_mark_without_a_line_stays_text() -> None:
    assert "[9]" in answered(make_answer(answer="见 [9] 和 [1]"), 0)


def test_a_long_run_of_names_stands_as_a_list() -> None:
    names = [f"证书{number}" for number in range(6)]
    html = answered(make_answer(verdict="na", answer=f"共6项：{'、'.join(names)}。 [1]", items=tuple(Item(name, name) for name in names)), 0)
    assert html.count("<li>证书") == 6
    assert "证书0、证书1" not in html.split("data-copy")[0]


def test_entries_of_a_list_stand_as_a_list() -> None:
    html = answered(make_answer(verdict="na", answer="三处：\n\n- 甲 [1]\n\n- 乙 [2]\n\n完。"), 0)
    assert '<ul class="entries"><li>甲 ' in html
    assert html.index("乙") < html.index("完。")


def test_evidence_beyond_the_first_lines_is_folded_but_there() -> None:
    lines = tuple(Citation("d", number, f"第{number}条", "p") for number in range(1, 13))
    html = answered(make_answer(citations=lines), 0)
    assert "另外8行依据" in html
    assert 'id="evidence-0-12"' in html


def test_choices_come_before_the_evidence_and_other_questions_after_it() -> None:
    for verdict, first in (("clarify", "suggestions"), ("yes", "evidence")):
        html = answered(make_answer(verdict=verdict), 0)
        assert (html.index('class="suggestions"') < html.index('class="evidence"')) == (first == "suggestions")


def test_there_is_an_example_of_every_kind_in_both_languages() -> None:
    for language in LANGUAGES:
        assert tuple(sorted(each.kind for each in examples(language))) == tuple(sorted(KINDS))
        assert example_buttons(language, True).count("data-ask=") == len(KINDS)


def test_both_languages_have_every_label() -> None:
    assert all(labels("zh")[key] and labels("en")[key] for key in labels("zh"))


def test_a_permanent_link_carries_the_questions_that_it_follows() -> None:
    assert permalink("那7103呢？&x", ["甲"]) == "?h=%E7%94%B2&q=%E9%82%A37103%E5%91%A2%EF%BC%9F%26x"


def test_the_copied_text_has_question_answer_and_evidence_without_markup() -> None:
    text = plain(make_answer())
    assert text.startswith("华为HCIP在7102中级认不认？\n\n可以：7102 印有它。 [1]")
    assert "[1] 华为: HCIP(中级认证) — 目录，7102 计算机类，中级 (shanghai-shuangshi-2025 · 第427行)" in text
    assert "**" not in text
