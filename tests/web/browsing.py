"""Visiting the page as people do, in Debian's Chromium; any request to another host and any error in the console fails the test."""

import os
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

if TYPE_CHECKING:
    from web.conftest import Site

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = files("axe_playwright_python") / "axe.min.js"
SHOTS = os.environ.get("SHOTS", "")
DESKTOP, PHONE = (1280, 900), (390, 844)
#: A loaded machine may take this long (ms) to answer in the page; what is fast is measured in benchmarks/.
expect.set_options(timeout=20_000)
Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, headless."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium fonts-noto-cjk, or name another one in CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def errors() -> list[str]:
    """The errors in the console; a test that provokes one takes it out."""
    return []


@pytest.fixture
def opened(browser: Browser, site: "Site", errors: list[str]) -> Iterator[Opener]:
    """Opens the page, with `query` also another tab of it; at the end, no other host was asked for and no error stood in the console."""
    pages: list[Page] = []
    foreign: list[str] = []

    def open_page(size: tuple[int, int] = DESKTOP, locale: str = "zh-CN", dark: bool = False, query: str = "") -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=locale, color_scheme="dark" if dark else "light", reduced_motion="reduce"
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda request: None if request.url.startswith((site.url, "data:", "blob:")) else foreign.append(request.url))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(f"dialog {dialog.message}"))
        page.goto(site.url + query)
        if "tab=" not in query:
            expect(page.locator("#question textarea")).to_be_visible(timeout=30_000)
        expect(page.locator(f"button[data-language={locale[:2]}]")).to_have_attribute("aria-pressed", "true", timeout=30_000)
        expect(page.locator("[role=log][aria-label]")).to_have_count(1)
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert not foreign
    assert not errors


def axe(page: Page) -> Any:  # noqa: ANN401
    """What axe-core finds to mend on the page: how grave, which rule, where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(
        "axe.run().then((result) => result.violations.map((each) => [each.impact, each.id, each.nodes.map((node) => node.html.slice(0, 200))]))"
    )


def shot(page: Page, name: str, whole: bool = False) -> None:
    """Keep a picture where SHOTS names a folder."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=whole)
