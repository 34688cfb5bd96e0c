"""The browse and quality tabs as people use them, in Debian's Chromium."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from web.browsing import DESKTOP, PHONE, Opener, axe, shot
from web.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE = "#browse-page h2"
FITS = "document.documentElement.scrollWidth <= innerWidth"


def search(page: Page, text: str) -> None:
    """Type into the box, without sending."""
    page.locator("#browse-search input, #browse-search textarea").fill(text)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_from_7102_to_hcip_to_huawei_and_back(opened: Opener, size: tuple[int, int]) -> None:
    page = opened(size=size)
    page.locator("#tab-browse-button").click()
    expect(page.locator(TITLE)).to_contain_text("目录总表")
    search(page, "7102")
    expect(page.locator("#browse-found .result")).to_have_count(1)
    page.locator("#browse-found .result").click()
    expect(page.locator(TITLE)).to_contain_text("计算机类")
    expect(page.locator("#browse-page .row-state").first).to_have_text("受损")
    expect(page.locator("#browse-page .lost").first).to_contain_text("可能有丢失")
    shot(page, f"browse-row-{size[0]}")
    page.locator("#browse-page .family a", has_text="HCIP-datacom").first.click()
    expect(page.locator(TITLE)).to_contain_text("HCIP-datacom")
    expect(page.locator("#browse-page .facts .source").first).to_contain_text("第427行")
    picture = page.locator(".picture svg:visible")
    expect(picture).to_have_count(1)
    picture.locator("a", has_text="华为技术有限公司").click()
    expect(page.locator(TITLE)).to_have_text("华为技术有限公司")
    expect(page.locator(TITLE)).to_be_focused()
    assert "node=organization" in page.url
    shot(page, f"browse-huawei-{size[0]}")
    assert page.evaluate(FITS)
    page.go_back()
    expect(page.locator(TITLE)).to_contain_text("HCIP-datacom")
    page.go_back()
    expect(page.locator(TITLE)).to_contain_text("计算机类")


def test_a_permanent_link_opens_a_node_in_the_browsers_language(opened: Opener) -> None:
    page = opened(query="?tab=browse&node=tier/senior", locale="en-GB")
    expect(page.locator(TITLE)).to_have_text("senior")
    expect(page.locator("#browse-page .incoming").first).to_contain_text("of ")
    page.locator("#browse-page .pages a", has_text="Next").first.click()
    expect(page.locator("#browse-page .pages")).to_have_count(1)
    expect(page.locator("#browse-page .pages")).to_contain_text("26–50")
    assert "start=25" in page.url
    page.locator("button[data-language=zh]").click()
    expect(page.locator("#browse-page .pages")).to_contain_text("第26–50条")
    expect(page.locator("#browse-page")).not_to_have_attribute("aria-busy", "true")


def test_the_keyboard_is_enough(opened: Opener) -> None:
    page = opened(query="?tab=browse")
    box = page.locator("#browse-search input, #browse-search textarea")
    box.focus()
    page.keyboard.type("ylhly")
    expect(page.locator("#browse-found .result").first).to_contain_text("养老护理员")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#browse-found .result").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(TITLE)).to_contain_text("养老护理员")
    expect(page.locator(TITLE)).to_be_focused()
    expect(page.locator("#browse-found .result")).to_have_count(0)
    page.locator(".picture svg:visible a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(TITLE)).not_to_contain_text("养老护理员（")
    box.focus()
    page.keyboard.type("nothing like this 甲乙丙丁戊")
    expect(page.locator("#browse-found .nothing")).to_contain_text("没有找到")


def test_the_catalogue_is_filtered_by_state_and_says_what_is_unknown(opened: Opener) -> None:
    page = opened(query="?tab=browse")
    rows = page.locator(".grid tbody tr:not(.group)")
    expect(rows).to_have_count(97)
    missing = page.locator(".grid tr", has_text="6104")
    expect(missing.locator("td.lost")).to_have_count(15)
    page.locator(".filters a", has_text="缺失").click()
    expect(rows).to_have_count(21)
    expect(page.locator(".filters [aria-current]")).to_contain_text("缺失")
    page.locator(".grid a", has_text="渔业类").click()
    expect(page.locator("#browse-page .row")).to_contain_text("不明")


def test_two_rows_and_two_credentials_side_by_side(opened: Opener) -> None:
    page = opened(query="?tab=browse&node=category/7103")
    expect(page.locator(TITLE)).to_contain_text("通信类")
    search(page, "7102")
    page.locator("#browse-found a", has_text="比较").click()
    expect(page.locator("#browse-page .comparison h3").first).to_contain_text("两者都有")
    expect(page.locator("#browse-page .compared .lost").first).to_contain_text("不明")
    shot(page, "browse-compare")
    page.goto(f"{page.url.partition('?')[0]}?tab=browse&compare=credential/hcia")
    expect(page.locator(TITLE)).to_contain_text("HCIA")
    search(page, "hcie")
    page.locator("#browse-found a", has_text="比较").first.click()
    expect(page.locator("#browse-page .compared").first).to_contain_text("计算机类")
    expect(page.locator("#browse-page")).to_contain_text("现存文本说不了")


def test_markup_in_the_box_and_the_address_is_text(opened: Opener) -> None:
    page = opened(query="?tab=browse&node=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(page.locator("#browse-page .message")).to_contain_text("<img src=x onerror=alert(1)>")
    search(page, "<script>alert(1)</script>甲乙丙丁")
    expect(page.locator("#browse-found .nothing")).to_contain_text("<script>")
    assert page.locator("#browse-page img, #browse-found script").count() == 0


def test_the_report_is_filtered_by_rule_document_and_words_and_leads_to_nodes(opened: Opener) -> None:
    page = opened(query="?tab=quality")
    expect(page.locator(".rules")).to_be_visible(timeout=90_000)
    shot(page, "quality", whole=True)
    page.locator(".rules tr", has_text="目录里残缺的专业类").locator("a").first.click()
    expect(page.locator(".findings > li").first).to_be_visible()
    assert "rule=row-damaged" in page.url
    page.get_by_label("包含文字").fill("7102")
    expect(page.locator(".findings > li")).to_have_count(1)
    expect(page.get_by_label("包含文字")).to_be_focused()
    expect(page.locator(".findings .place").first).to_contain_text("第427行")
    page.locator("#quality-filters [name=rule]").select_option("")
    page.locator("#quality-filters [name=document]").select_option("zhejiang-pathway-2022")
    page.get_by_label("包含文字").fill("")
    expect(page.locator(".findings > li")).to_have_count(7)
    page.locator("#quality-filters [name=severity]").select_option("violation")
    expect(page.locator("#quality-page")).to_contain_text("没有符合条件的发现")
    page.goto(page.url.partition("?")[0] + "?tab=quality&rule=row-damaged&text=7102")
    page.locator(".about-nodes a").first.click()
    expect(page.locator(TITLE)).to_contain_text("计算机类")


def test_the_chat_answers_while_the_report_is_open(opened: Opener) -> None:
    page = opened(query="?tab=quality&severity=info", size=PHONE)
    expect(page.locator(".findings > li").first).to_be_visible(timeout=90_000)
    assert page.evaluate(FITS)
    page.locator("#tab-chat-button").click()
    page.locator("#question textarea").fill("华为HCIP在7102中级认不认？")
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".answer .verdict")).to_have_text("可以")


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_axe_finds_nothing_to_mend_in_the_tabs(opened: Opener, size: tuple[int, int], dark: bool) -> None:
    page = opened(size=size, dark=dark, query="?tab=browse")
    expect(page.locator(".grid")).to_be_visible()
    assert axe(page) == []
    for node in ("credential/hcip", "coverage/7102", "major-group/71"):
        page.goto(page.url.partition("?")[0] + f"?tab=browse&node={node}")
        expect(page.locator(f"{TITLE}")).to_be_visible()
        assert axe(page) == [], node
        assert page.evaluate(FITS), node
    page.goto(page.url.partition("?")[0] + "?tab=quality&rule=row-damaged")
    expect(page.locator(".findings > li").first).to_be_visible(timeout=90_000)
    assert axe(page) == []


@pytest.mark.parametrize("path", ["id/credential/hcip", "id/category/7102", "ontology", "dataset", "id/organization/华为技术有限公司"])
def test_linked_data_pages_are_pages_of_their_own(opened: Opener, site: Site, path: str) -> None:
    page = opened(size=PHONE, dark=True)
    page.goto(site.url + path)
    expect(page.locator("h2").first).to_be_visible()
    assert page.evaluate(FITS)
    assert axe(page) == []
    shot(page, f"linked-{unquote(path).replace('/', '-')}")
