"""The SPARQL tab as researchers use it, in Debian's Chromium; any request to another host fails the test."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from web.browsing import DESKTOP, PHONE, Opener, axe, shot
from web.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TAB = "?tab=sparql"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ACE = "window.ace.edit(document.querySelector('#sparql-editor .ace_editor'))"


def ready(page: Page) -> Page:
    """Wait for the editor."""
    expect(page.locator("#sparql-editor .editor[data-ready='1']")).to_be_visible(timeout=30_000)
    return page


def text(page: Page) -> str:
    """What is in the editor."""
    written: str = page.evaluate(f"{ACE}.getValue()")
    return written


def run(page: Page, query: str) -> None:
    """Put a query into the editor and run it to its end."""
    page.evaluate(f"(query) => {ACE}.setValue(query, -1)", query)
    before = stamp(page)
    page.locator("#sparql-controls [data-run]").click()
    page.wait_for_function("(before) => document.querySelector('#sparql-result [data-stamp]')?.dataset.stamp !== before", arg=before)
    idle(page)


def stamp(page: Page) -> str | None:
    """What tells one result from the next."""
    told = page.locator("#sparql-result [data-stamp]")
    return told.get_attribute("data-stamp") if told.count() else None


def idle(page: Page) -> None:
    """Wait until nothing runs."""
    expect(page.locator("#sparql-result")).to_have_attribute("aria-busy", "false")


def test_a_question_is_found_chosen_and_answered_with_links_and_a_chart(opened: Opener) -> None:
    page = ready(opened(query=TAB))
    shot(page, "sparql-start")
    page.locator("#sparql-filter").fill("batch 1+x")
    expect(page.locator("#sparql-collection [data-choose]:visible")).to_have_count(1)
    page.locator("#sparql-filter").fill("没有这种问题")
    expect(page.locator("#sparql-collection .none")).to_be_visible()
    page.locator("#sparql-filter").fill("主管")
    page.locator("[data-choose=associations-by-supervisor]").click()
    expect(page.locator("#sparql-result .summary")).to_have_text(re.compile("^26行，用时0"))
    expect(page.locator("[data-choose=associations-by-supervisor]")).to_have_attribute("aria-current", "true")
    expect(page.locator("#sparql-result .chart li")).to_have_count(26)
    shot(page, "sparql-result", whole=True)
    page.locator("#sparql-result td a", has_text="体育总局").first.click()
    expect(page.locator("#tab-browse-button")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#browse-page h2")).to_contain_text("体育总局")


def test_a_changed_parameter_reaches_editor_result_and_link(opened: Opener, site: Site) -> None:
    page = ready(opened(query=f"{TAB}&name=onex-by-issuer", locale="en-US"))
    expect(page.locator("#sparql-result .summary")).to_contain_text("13 rows")
    page.get_by_label("at least ?least").fill("6")
    page.get_by_label("at least ?least").press("Enter")
    expect(page.locator("#sparql-result .summary")).to_contain_text("4 rows")
    assert "VALUES ?least { 6 }" in text(page)
    page.locator("#sparql-result [data-copy-link]").click()
    expect(page.locator("#toast")).to_have_text("Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    again = ready(opened(query=link.removeprefix(site.url), locale="en-US"))
    expect(again.locator("#sparql-result .summary")).to_contain_text("4 rows")
    expect(again.get_by_label("at least ?least")).to_have_value("6")
    again.get_by_label("at least ?least").fill("many")
    again.locator("#sparql-controls [data-run]").click()
    expect(again.locator("#sparql-result .reason")).to_contain_text("needs a whole number")
    again.locator("[data-choose=entries-of-category]").click()
    expect(again.locator("#sparql-result .summary")).to_contain_text("129 rows")
    again.get_by_label("tier ?tier").select_option("senior")
    expect(again.locator("#sparql-result .summary")).not_to_contain_text("129 rows")
    assert "<https://w3id.org/certkg/id/tier/senior>" in text(again)


def test_the_keyboard_is_enough_and_completion_declares_its_prefix(opened: Opener) -> None:
    page = ready(opened(query=TAB, locale="en-US"))
    page.evaluate(f"{ACE}.setValue('', -1)")
    page.locator("#sparql-editor .ace_scroller").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("SELECT (COUNT(*) AS ?n) WHERE { ?fact a ckg:Recog")
    page.keyboard.press("Control+Space")
    expect(page.locator(".ace_autocomplete .ace_line").first).to_contain_text("ckg:Recognition · 认可 · recognition")
    shot(page, "sparql-completion")
    page.keyboard.press("Enter")
    page.keyboard.type(" }")
    assert text(page) == "PREFIX ckg: <https://w3id.org/certkg/ontology#>\nSELECT (COUNT(*) AS ?n) WHERE { ?fact a ckg:Recognition }"
    page.keyboard.press("Control+Enter")
    expect(page.locator("#sparql-result td.n")).to_contain_text("6134")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('#sparql-editor .ace_content')")
    for _ in range(3):
        if page.evaluate("document.activeElement.matches('[data-run]')"):
            break
        page.keyboard.press("Tab")
    expect(page.locator("#sparql-controls [data-run]")).to_be_focused()


def test_a_name_in_chinese_completes_to_an_address(opened: Opener) -> None:
    page = ready(opened(query=TAB))
    page.evaluate(f"{ACE}.setValue('ASK {{ ?fact ?p 计算机', 1)")
    page.locator("#sparql-editor .ace_text-input").focus()
    page.keyboard.press("Control+Space")
    expect(page.locator(".ace_autocomplete .ace_line").first).to_contain_text("7102")
    page.keyboard.press("Enter")
    assert text(page) == "ASK { ?fact ?p <https://w3id.org/certkg/id/category/7102>"


def test_a_syntax_error_is_marked_where_it_stands(opened: Opener) -> None:
    page = ready(opened(query=TAB))
    run(page, "SELECT * WHERE {\n  ?s ?p ?o .\n  FILTERR(?o = 1)\n}")
    expect(page.locator("#sparql-result .headline")).to_have_text("第3行第3列读不懂，没有运行。")
    assert page.evaluate(f"{ACE}.session.getAnnotations().map((each) => [each.row, each.column, each.type])") == [[2, 2, "error"]]
    expect(page.locator("#sparql-editor .certkg-error")).to_have_count(1)
    shot(page, "sparql-syntax")
    run(page, "ASK { ?s ?p ?o }")
    expect(page.locator("#sparql-result .truth")).to_have_text("真（true）")
    assert page.evaluate(f"{ACE}.session.getAnnotations()") == []
    expect(page.locator("#sparql-editor .certkg-error")).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "words"),
    [("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"), ("DELETE WHERE { ?s ?p ?o }", "Updates are refused")],
)
def test_a_forbidden_query_is_refused_with_the_reason(opened: Opener, query: str, words: str) -> None:
    page = ready(opened(query=TAB))
    run(page, query)
    expect(page.locator("#sparql-result .headline")).to_have_text("查询被拒绝，没有运行。")
    expect(page.locator("#sparql-result .reason")).to_contain_text(words)


def test_an_endless_query_is_stopped_by_the_person_or_by_its_time(opened: Opener) -> None:
    page = ready(opened(query=TAB))
    page.evaluate(f"(query) => {ACE}.setValue(query, -1)", ENDLESS)
    page.locator("#sparql-controls [data-run]").click()
    expect(page.locator("#sparql-controls .running")).to_have_text("正在运行…")
    page.locator("#sparql-controls [data-stop]").click()
    expect(page.locator("#sparql-result .headline")).to_contain_text("已停止等待")
    run(page, "ASK { ?s ?p ?o }")
    expect(page.locator("#sparql-result .truth")).to_be_visible()
    run(page, ENDLESS)
    expect(page.locator("#sparql-result .headline")).to_contain_text("查询到了时限")
    # The query that was stopped has ended meanwhile, and its end was shown nowhere.
    expect(page.locator("#sparql-controls [data-run]")).to_be_enabled()
    expect(page.locator("#sparql-controls [data-stop]")).to_be_disabled()


def test_results_are_downloaded_whole_or_refused_with_the_reason(opened: Opener) -> None:
    page = ready(opened(query=f"{TAB}&name=onex-in-no-category", locale="en-US"))
    expect(page.locator("#sparql-result .summary")).to_contain_text("198 rows")
    with page.expect_download() as started:
        page.locator("[data-download=csv]").click()
    assert started.value.suggested_filename == "certkg.csv"
    rows = list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text(encoding="utf-8"))))
    assert len(rows) == 198
    assert rows[0]["credential"].startswith("https://w3id.org/certkg/id/credential/")
    page.locator("[data-choose=graph-of-recognition]").click()
    expect(page.locator("#sparql-result .turtle")).to_contain_text("a ckg:Recognition")
    shot(page, "sparql-turtle")
    with page.expect_download() as started:
        page.locator("[data-download=turtle]").click()
    assert "ckg:Recognition" in Path(started.value.path()).read_text(encoding="utf-8")


def test_a_download_that_would_be_cut_says_so(opened: Opener, errors: list[str]) -> None:
    page = ready(opened(query=TAB, locale="en-US"))
    run(page, "SELECT ?s ?p ?o WHERE { ?s ?p ?o }")
    expect(page.locator("#sparql-result .summary")).to_contain_text("more than 10,000 rows")
    page.locator("[data-download=csv]").click()
    expect(page.locator("#toast")).to_contain_text("Not downloaded: The result has more than 10000 rows")
    # The browser notes the refused request in its console.
    assert [error for error in errors if "422" not in error] == []
    errors.clear()
    with page.expect_download():
        page.locator("[data-download=json]").click()
    expect(page.locator("#toast")).to_contain_text("cut at 10000")


def test_a_long_table_turns_its_pages(opened: Opener) -> None:
    page = ready(opened(query=f"{TAB}&name=onex-in-no-category", locale="en-US"))
    expect(page.locator("#sparql-result tbody tr:visible")).to_have_count(50)
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".pager [role=status]")).to_have_text("rows 51–100 of 198")
    for _ in range(2):
        page.get_by_role("button", name="Next").click()
    expect(page.locator("#sparql-result tbody tr:visible")).to_have_count(48)
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.get_by_role("button", name="Previous").click()
    expect(page.locator("#sparql-result tbody tr:visible")).to_have_count(50)


def test_the_words_change_with_the_language_and_the_query_stays(opened: Opener) -> None:
    page = ready(opened(query=TAB, locale="en-US"))
    expect(page.locator("#sparql-controls .run")).to_have_text("Run")
    page.evaluate(f"{ACE}.setValue('ASK {{ ?mine ?p ?o }}', -1)")
    page.locator("button[data-language=zh]").click()
    expect(page.locator("#sparql-controls .run")).to_have_text("运行")
    expect(page.locator("#sparql-collection summary")).to_have_text("研究问题库")
    assert text(page) == "ASK { ?mine ?p ?o }"
    expect(page.locator("#sparql-editor .ace_scroller")).to_have_attribute("aria-label", re.compile("SPARQL查询"))


def test_markup_in_links_and_results_is_shown_as_text(opened: Opener) -> None:
    query = 'SELECT ("<img src=x onerror=alert(1)>" AS ?x) ("${alert(1)} {{value}}" AS ?y) WHERE {}'
    page = ready(opened(query=f"{TAB}&query={quote(query)}"))
    expect(page.locator("#sparql-result td").first).to_have_text("<img src=x onerror=alert(1)>")
    expect(page.locator("#sparql-result td").nth(1)).to_have_text("${alert(1)} {{value}}")
    assert text(page) == query
    other = opened(query=f"{TAB}&name={quote('<img src=x onerror=alert(1)>')}")
    expect(other.locator("#sparql-result .headline")).to_contain_text("<img src=x")
    assert other.locator("#sparql-result img").count() == 0


def test_without_the_editors_files_a_plain_field_serves(opened: Opener, errors: list[str]) -> None:
    page = opened(locale="en-US")

    def gone(route: Route) -> None:
        route.abort()

    page.route("**/editor/ace/**", gone)
    page.locator("#tab-sparql-button").click()
    expect(page.locator("#sparql-editor .editor[data-ready=plain]")).to_be_visible()
    page.get_by_label("SPARQL query").fill("ASK { ?s ?p ?o }")
    page.get_by_label("SPARQL query").press("Control+Enter")
    expect(page.locator("#sparql-result .truth")).to_have_text("true")
    assert [error for error in errors if "ERR_FAILED" not in error] == []
    errors.clear()


def test_everything_fits_a_phone(opened: Opener) -> None:
    page = ready(opened(size=PHONE, query=TAB))
    expect(page.locator("#sparql-collection .topics")).not_to_be_visible()
    page.locator("#sparql-collection summary").click()
    page.locator("[data-choose=shared-by-two-categories]").click()
    expect(page.locator("#sparql-result .summary")).to_be_visible()
    expect(page.locator("#sparql-collection .topics")).not_to_be_visible()
    shot(page, "sparql-phone", whole=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    parts = "[...document.querySelectorAll('#sparql *')].filter((each) => !each.closest('.ace_editor, .table, .unseen'))"
    assert page.evaluate(f"{parts}.filter((each) => each.getBoundingClientRect().right > innerWidth + 1).length") == 0


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_axe_finds_nothing_to_mend(opened: Opener, size: tuple[int, int], dark: bool) -> None:
    page = ready(opened(size=size, dark=dark, query=TAB))
    assert axe(page) == []
    if size == PHONE:
        page.locator("#sparql-collection summary").click()
    for name in ("associations-by-supervisor", "onex-in-no-category", "graph-of-recognition", "is-credential-recognised"):
        page.evaluate("(name) => document.querySelector(`[data-choose=${name}]`).click()", name)
        expect(page.locator("#sparql-chosen section")).to_have_attribute("data-name", name)
        idle(page)
        assert axe(page) == [], name
        shot(page, f"sparql-{name}-{size[0]}-{'dark' if dark else 'light'}")
    run(page, "SELECT * WHERE {")
    assert axe(page) == []


def test_a_print_holds_the_result(opened: Opener) -> None:
    page = ready(opened(query=f"{TAB}&name=onex-by-batch"))
    expect(page.locator("#sparql-result .summary")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#sparql-result table")).to_be_visible()
    for hidden in ("#sparql-side", "#sparql-controls", ".result-actions"):
        expect(page.locator(hidden).first).not_to_be_visible()
