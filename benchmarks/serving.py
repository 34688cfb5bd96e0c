"""The running application: many people at once in the page, each with questions of their own; memory over thousands of questions; the page's start."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, product
from pathlib import Path

import httpx

from benchmarks.ask import sample
from benchmarks.http_server import serving
from benchmarks.meter import milliseconds
from kg.web.labels import LANGUAGES, examples

PEOPLE, ROUNDS, LONG = 50, 5, 5_000
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
CATEGORIES = ("7102", "7103", "6402", "7302", "6601", "7203", "7501", "6307")
NAMES = ("华为HCIP", "一级建造师", "教师资格证", "1+X云计算平台运维与开发", "注册会计师", "电工高级工", "CPA", "系统架构设计师")
TIERS = ("初级", "中级", "高级")


class Person:
    """Somebody with the page open, who asks as the page's script does."""

    def __init__(self, address: str, name: str) -> None:
        """Open the page."""
        self._client = httpx.Client(base_url=address, timeout=60)
        self._client.get("/").raise_for_status()
        config = self._client.get("/config").raise_for_status().json()
        boxes = {part["id"] for part in config["components"] if part["props"].get("elem_id") == "question"}
        self._event = next(each["id"] for each in config["dependencies"] if each["inputs"] and each["inputs"][0] in boxes)
        self._session = name

    def ask(self, question: str) -> float:
        """Ask, and read the answer: its seconds.

        Raises:
            RuntimeError: no answer came, or a refusal.
        """
        started = time.perf_counter()
        body = {"data": [question, None, None], "fn_index": self._event, "session_hash": self._session, "event_data": None, "trigger_id": None}
        reply = self._client.post("/gradio_api/run/predict", json=body)
        seconds = time.perf_counter() - started
        if reply.status_code != 200 or "verdict-" not in reply.text or "verdict-refused" in reply.text:
            raise RuntimeError(f"{reply.status_code} for {question}: {reply.text[:200]}")
        return seconds


def questions() -> Iterator[str]:
    """Different questions without end: the examples, then names, categories and tiers put together."""
    yield from (each.question for language in LANGUAGES for each in examples(language))
    while True:
        yield from (f"{name}在{category}能算{tier}吗？" for name, category, tier in product(NAMES, CATEGORIES, TIERS))


def _asks(person: Person, asked: list[str]) -> list[float]:
    """One person's questions, without a pause."""
    return [person.ask(each) for each in asked]


def _interactive(address: str) -> list[float]:
    """Seconds from opening the page until a question can be typed, of some fresh browsers' windows."""
    from playwright.sync_api import sync_playwright

    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        for _ in range(5):
            page = browser.new_context(locale="zh-CN").new_page()
            started = time.perf_counter()
            page.goto(address, wait_until="commit")
            page.wait_for_selector("[role=log][aria-label]", state="attached", timeout=60_000)
            page.locator("#question textarea").fill("7102")
            taken.append(time.perf_counter() - started)
            page.context.close()
        browser.close()
    return taken


def measure() -> dict[str, object]:
    """People at once, memory before and after thousands of questions, and the page's start."""
    rows: dict[str, object] = {}
    with serving() as server:
        address = server.address
        different = [question for question, _ in sample(ROUNDS + PEOPLE * (1 + ROUNDS))]
        rows["one person"] = milliseconds(_asks(Person(address, "one"), different[:ROUNDS]))
        people = [Person(address, f"person{number}") for number in range(PEOPLE)]
        # Nobody asks what another asked before.
        shares = [different[ROUNDS + number :: PEOPLE] for number in range(PEOPLE)]
        with ThreadPoolExecutor(PEOPLE) as crowd:
            for name, asked in (("one question each", [share[:1] for share in shares]), (f"{ROUNDS} more, without a pause", [share[1:] for share in shares])):
                started = time.perf_counter()
                times = [each for one in crowd.map(_asks, people, asked) for each in one]
                seconds = time.perf_counter() - started
                rows[f"{PEOPLE} people at once, {name}"] = {**milliseconds(times), "questions_a_second": round(len(times) / seconds, 1)}
        alone = Person(address, "long")
        marks = {}
        for number, question in enumerate(islice(questions(), LONG), 1):
            alone.ask(question)
            if number in (LONG // 5, LONG):
                marks[number] = round(server.memory_mib())
        rows["memory"] = {f"MiB after {number}": value for number, value in marks.items()}
        if CHROMIUM.exists():
            rows["page can be used"] = milliseconds(_interactive(address))
    return rows
