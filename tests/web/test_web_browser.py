"""The page as people use it, in Debian's Chromium; any request to another host fails the test."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from kg.ask.answer import KINDS
from web.browsing import DESKTOP, PHONE, Opener, axe, shot
from web.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FLAGSHIP = "does 华为HCIP count for 7102 中级?"
LOST = "中式烹调师二级在7402能认什么？"


def ask(page: Page, question: str) -> None:
    """Type a question and wait for its answer."""
    before = page.locator(".turn .answer").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".turn .answer")).to_have_count(before + 1)


def test_the_flagship_question_its_follow_up_and_a_lost_page(opened: Opener) -> None:
    page = opened()
    ask(page, FLAGSHIP)
    answer = page.locator(".answer").last
    expect(answer.locator(".verdict")).to_have_text("Yes")
    expect(answer.locator(".evidence li").first).to_contain_text("HCIP-datacom")
    expect(answer.locator(".evidence li").first).to_contain_text("line 427")
    expect(answer.locator(".entities")).to_contain_text("HCIP")
    expect(page.locator("#question textarea")).to_have_value("")
    shot(page, "flagship")
    ask(page, "那7103呢？")
    expect(page.locator(".answer").last.locator(".verdict")).to_have_text("可以")
    expect(page.locator(".answer").last).to_contain_text("7103")
    ask(page, LOST)
    expect(page.locator(".answer").last.locator(".verdict")).to_have_text("无法判断")
    expect(page.locator(".answer")).to_have_count(3)


def test_a_mark_leads_to_its_line_and_the_query_unfolds_and_copies(opened: Opener) -> None:
    page = opened()
    ask(page, "7102 高级有哪些1+X证书？")
    answer = page.locator(".answer").last
    last = answer.locator("a.mark").last
    number = last.inner_text()
    last.click()
    expect(page.locator(f"#evidence-0-{number}")).to_be_focused()
    expect(page.locator(f"#evidence-0-{number}")).to_be_in_viewport()
    expect(answer.locator(".query pre")).not_to_be_visible()
    answer.locator(".query summary").click()
    expect(answer.locator(".query pre")).to_contain_text("SELECT")
    answer.locator("[data-copy-code]").click()
    expect(page.locator("#toast")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()").startswith("PREFIX")
    answer.locator("[data-copy]").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('7102'))")


def test_a_suggestion_and_an_example_are_asked_by_a_click(opened: Opener) -> None:
    page = opened()
    assert page.locator(".example").count() == len(KINDS)
    page.locator(".example").first.click()
    expect(page.locator(".answer")).to_have_count(1)
    expect(page.locator(".examples")).not_to_have_attribute("open", "")
    suggestion = page.locator(".suggestion").first
    text = suggestion.inner_text()
    suggestion.click()
    expect(page.locator(".answer")).to_have_count(2)
    expect(page.locator(".asked").last).to_contain_text(text)


def test_the_question_stands_there_as_text_while_it_is_answered_and_further_clicks_wait(opened: Opener) -> None:
    page = opened()
    held: list[Route] = []
    page.route("**/gradio_api/run/**", lambda route: held.append(route))
    page.locator("#question textarea").fill("<b>7102</b> 高级有哪些1+X证书？")
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".waiting .asked")).to_have_text("<b>7102</b> 高级有哪些1+X证书？")
    expect(page.locator(".waiting .pending")).to_contain_text("正在查")
    page.locator(".example").first.click()
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(".turn .answer")).to_have_count(1)
    expect(page.locator(".waiting")).to_have_count(0)


def test_a_failed_request_leaves_the_page_usable(opened: Opener, errors: list[str]) -> None:
    page = opened()
    page.route("**/gradio_api/run/**", lambda route: route.abort())
    page.locator(".example").first.click()
    expect(page.locator(".waiting")).to_have_count(0)
    page.unroute("**/gradio_api/run/**")
    page.locator(".example").first.click()
    expect(page.locator(".turn .answer")).to_have_count(1)
    errors.clear()


def test_every_example_gets_an_answer(opened: Opener) -> None:
    page = opened(locale="en-US")
    for number in range(len(KINDS)):
        if page.locator(".examples").get_attribute("open") is None:
            page.locator(".examples summary").click()
        page.locator(".example").nth(number).click()
        expect(page.locator(".turn .answer")).to_have_count(number + 1)
    expect(page.locator(".verdict-refused")).to_have_count(0)


def test_a_permanent_link_asks_again_also_a_follow_up(opened: Opener, site: Site) -> None:
    page = opened(query="?q=does+%E5%8D%8E%E4%B8%BAHCIP+count+for+7102+%E4%B8%AD%E7%BA%A7%3F")
    expect(page.locator(".answer .verdict")).to_have_text("Yes")
    ask(page, "那7103呢？")
    page.locator("[data-copy-link]").last.click()
    expect(page.locator("#toast")).to_have_text("已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(site.url + "?h=")
    again = opened(query=link.removeprefix(site.url))
    expect(again.locator(".answer .verdict")).to_have_text("可以")
    expect(again.locator(".context")).to_contain_text("HCIP")
    expect(again.locator(".evidence")).to_contain_text("7103")


def test_start_over_forgets_the_conversation(opened: Opener) -> None:
    page = opened(query="?q=HCIE%E8%83%BD%E7%94%A8%E5%9C%A8%E5%93%AA%E4%BA%9B%E4%B8%93%E4%B8%9A%E7%B1%BB%EF%BC%9F")
    expect(page.locator(".answer")).to_have_count(1)
    page.locator("#restart").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".answer")).to_have_count(0)
    assert "?" not in page.url
    expect(page.locator("#question textarea")).to_be_focused()


def test_feedback_is_kept_with_its_reason(opened: Opener, site: Site) -> None:
    page = opened()
    ask(page, FLAGSHIP)
    page.locator(".feedback summary").click()
    page.get_by_label("What is wrong?").fill("<b>line</b> is 428")
    page.locator("[data-wrong]").click()
    expect(page.locator(".thanks")).to_be_visible()
    line = json.loads(site.feedback.read_text(encoding="utf-8").splitlines()[-1])
    assert (line["question"], line["verdict"], line["reason"]) == (FLAGSHIP, "yes", "<b>line</b> is 428")


@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=alert(1)>",
        "${alert(1)} {{value}} @children",
        "$$x^2$$ [x](javascript:alert(1)) <script>alert(1)</script>",
        "'\"></textarea><svg onload=alert(1)>",
    ],
)
def test_markup_is_shown_as_text(opened: Opener, question: str) -> None:
    page = opened()
    ask(page, question)
    assert page.locator(".asked p").last.inner_text() == question
    assert page.locator("#conversation img, #conversation script, #conversation svg, #conversation .katex").count() == 0


def test_empty_and_over_long_questions_are_answered_politely(opened: Opener) -> None:
    page = opened()
    ask(page, "")
    expect(page.locator(".verdict-refused").last).to_contain_text("问题是空的")
    ask(page, "长" * 2500)
    expect(page.locator(".verdict-refused").last).to_contain_text("2500个字符")
    # What was refused stays in the box to be mended.
    assert len(page.locator("#question textarea").input_value()) == 2500


def test_the_interface_speaks_the_browsers_language_and_remembers_the_chosen_one(opened: Opener) -> None:
    page = opened(locale="en-GB")
    expect(page.locator("#send")).to_have_text("Ask")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("button[data-language=zh]").click()
    expect(page.locator("#send")).to_have_text("提问")
    expect(page.locator("button[data-language=zh]")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.locator("#send")).to_have_text("提问")
    page.wait_for_function("document.title.includes('职业证书')")


def test_everything_fits_a_phone(opened: Opener) -> None:
    page = opened(size=PHONE)
    shot(page, "phone-home")
    ask(page, "7102 高级有哪些1+X证书？")
    shot(page, "phone-list")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    parts = "[...document.querySelectorAll('.turn *, #header *, #composer *')].filter((each) => !each.closest('pre, .unseen, .skip'))"
    assert page.evaluate(f"{parts}.filter((each) => each.getBoundingClientRect().right > innerWidth + 1).length") == 0
    expect(page.locator("#send")).to_be_in_viewport()


def test_dark_follows_the_system_and_the_button(opened: Opener) -> None:
    page = opened(dark=True)
    ask(page, FLAGSHIP)
    ground = "getComputedStyle(document.querySelector('.answer')).backgroundColor"
    dark = page.evaluate(ground)
    shot(page, "dark")
    page.locator("[data-dark]").click()
    assert page.evaluate(ground) != dark
    page.reload()
    page.wait_for_function("!document.body.classList.contains('dark')")


def test_the_keyboard_is_enough(opened: Opener) -> None:
    page = opened()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type("华为HCIP在7102中级认不认？")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_have_count(1)
    page.locator(".query summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".query pre")).to_be_visible()
    expect(page.locator("[role=log]")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("log", name="对话")).to_be_visible()
    expect(page.get_by_role("textbox", name="你的问题")).to_be_visible()


def test_a_print_holds_the_evidence_and_leaves_out_the_controls(opened: Opener) -> None:
    page = opened()
    ask(page, "7102 高级有哪些1+X证书？")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".evidence .more li").last).to_be_visible()
    for hidden in ("#composer", ".actions", ".feedback", "#examples", ".query"):
        expect(page.locator(hidden).first).not_to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".evidence .more li").last).not_to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing_to_mend(opened: Opener, size: tuple[int, int], dark: bool) -> None:
    page = opened(size=size, dark=dark)
    assert axe(page) == []
    for question in (FLAGSHIP, "电工证认吗？", LOST, "7102 高级有哪些1+X证书？", "给我写一首诗", ""):
        ask(page, question)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert axe(page) == []


def test_two_people_do_not_see_each_other(opened: Opener) -> None:
    anna, bert = opened(), opened(locale="en-US")
    ask(anna, FLAGSHIP)
    ask(bert, "What about 7103?")
    expect(bert.locator(".turn")).to_have_count(1)
    assert "HCIP" not in bert.locator(".turn").inner_text()
