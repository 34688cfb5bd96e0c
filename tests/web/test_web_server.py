"""The addresses: answers, refusals with a reason, login, limits, logs, start and stop."""

import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kg.ask import Answer
from kg.store import QueryTimeout, StoreBusy
from kg.web import ServeError, Settings, open_app
from kg.web.logs import LOGGER, JsonFormatter
from kg.web.server import _listen
from web.conftest import BUILD, ROOT, Site, StandIn, client_of, make_answer, wait_for

FLAGSHIP = "does 华为HCIP count for 7102 中级?"


def test_a_question_gets_the_answer_object() -> None:
    asker = StandIn()
    with client_of(asker) as client:
        response = client.post("/api/ask", json={"question": " 那7103呢？ ", "history": [FLAGSHIP]})
    assert response.status_code == 200
    assert response.json() == json.loads(json.dumps(make_answer(question="那7103呢？").to_dict()))
    assert asker.asked == [("那7103呢？", (FLAGSHIP,))]
    assert asker.store.closed


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"no json", 400, "not JSON"),
        (b"\xff\xfe", 400, "not JSON"),
        (b"[]", 422, "JSON object"),
        (b"{}", 422, "question"),
        (b'{"question": ""}', 422, "empty"),
        ('{"question": "\u200b\\u0000 "}'.encode(), 422, "empty"),
        (b'{"question": 7}', 422, "not readable"),
        (b'{"question": null}', 422, "not readable"),
        (b'{"question": "\\ud800"}', 422, "not readable"),
        (b'{"question": "' + b"x" * 2001 + b'"}', 422, "2001 characters; 2000"),
        (b'{"question": "a", "history": "b"}', 422, "not readable"),
        (b'{"question": "a", "history": [1]}', 422, "not readable"),
        (b'{"question": "a", "history": ["' + b"y" * 3000 + b'"]}', 422, "2000"),
        (b"[" * 100_000, 400, "not JSON"),
    ],
)
def test_what_is_no_question_is_refused_with_a_reason(body: bytes, status: int, reason: str) -> None:
    with client_of(StandIn()) as client:
        response = client.post("/api/ask", content=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert reason in response.json()["detail"]
    assert response.json()["status"] == status


@pytest.mark.parametrize(("error", "status"), [(StoreBusy("full"), 503), (QueryTimeout("late"), 503), (KeyError("my secret question"), 500)])
def test_failures_become_problems_that_give_nothing_away(error: Exception, status: int) -> None:
    def fail(question: str, history: Sequence[str]) -> Answer:
        raise error

    with client_of(StandIn(fail)) as client:
        response = client.post("/api/ask", json={"question": "a"})
    assert response.status_code == status
    assert "secret" not in response.text
    assert response.json()["detail"]


def test_other_addresses_under_api_are_problems() -> None:
    with client_of(StandIn()) as client:
        assert client.get("/api/ask").status_code == 405
        assert client.get("/api/none").headers["content-type"] == "application/problem+json"


def test_health_and_version() -> None:
    with client_of(StandIn()) as client:
        assert client.get("/health").json() == {"status": "ok"}
        assert client.get("/version").json() == {"version": "test", "triples": 1}


def test_a_body_over_the_limit_is_refused_also_when_its_length_is_not_told() -> None:
    with client_of(StandIn(), body_bytes=1000) as client:
        told = client.post("/api/ask", content=b" " * 1001)
        chunked = client.post("/api/ask", content=iter([b" " * 600, b" " * 600]))
    assert (told.status_code, chunked.status_code) == (413, 413)
    assert "1,000 bytes" in chunked.json()["detail"]


def test_a_login_guards_everything_but_health() -> None:
    with client_of(StandIn(), login="anna:geheim") as client:
        assert client.get("/health").status_code == 200
        for address in ("/", "/version", "/api/ask", "/config", "/gradio_api/info"):
            assert client.get(address).status_code == 401
        assert client.get("/version", auth=("anna", "falsch")).status_code == 401
        assert client.get("/version", headers={"Authorization": "Basic ///"}).status_code == 401
        assert client.get("/version", auth=("anna", "geheim")).status_code == 200
        assert client.get("/", auth=("anna", "geheim")).status_code == 200


def test_the_page_comes_with_a_policy_that_keeps_the_browser_at_home() -> None:
    with client_of(StandIn()) as client:
        page = client.get("/")
        config = client.get("/config").text
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "fonts.googleapis.com" not in page.text + config
    assert page.headers["referrer-policy"] == "no-referrer"


def test_no_file_of_the_machine_is_handed_out() -> None:
    with client_of(StandIn()) as client:
        for path in ("/etc/passwd", str(ROOT / "pyproject.toml"), str(ROOT / "kg" / "web" / "server.py"), "../../etc/passwd"):
            assert client.get(f"/gradio_api/file={path}").status_code in (403, 404)


def test_one_slow_question_does_not_hold_up_the_others() -> None:
    release = threading.Event()

    def reply(question: str, history: Sequence[str]) -> Answer:
        if question == "slow":
            release.wait(30)
        return make_answer(question=question)

    with client_of(StandIn(reply)) as client, ThreadPoolExecutor(21) as pool:
        slow = pool.submit(client.post, "/api/ask", json={"question": "slow"})
        started = time.perf_counter()
        answers = list(pool.map(lambda number: client.post("/api/ask", json={"question": f"q{number}"}).json()["question"], range(20)))
        taken = time.perf_counter() - started
        assert not slow.done()
        release.set()
        assert slow.result(30).status_code == 200
    assert answers == [f"q{number}" for number in range(20)]
    assert taken < 10


def _ask_logged(log_questions: bool) -> list[dict[str, object]]:
    lines: list[str] = []

    class Catch(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonFormatter().format(record))

    def reply(question: str, history: Sequence[str]) -> Answer:
        if "boom" in question:
            raise ValueError(question)
        return make_answer(question=question)

    with client_of(StandIn(reply), log_questions=log_questions) as client:
        LOGGER.addHandler(Catch())
        for question in ("秘密 eins", "秘密 boom", "秘密" * 2000, ""):
            client.post("/api/ask", json={"question": question, "history": ["秘密 zwei"]})
        client.get("/", params={"q": "秘密 drei"})
    return [json.loads(line) for line in lines]


def test_logs_are_json_and_hold_no_questions_unless_switched_on() -> None:
    quiet = _ask_logged(False)
    assert {"ask", "request", "failed", "stopped"} <= {str(line["event"]) for line in quiet}
    assert "秘密" not in json.dumps(quiet, ensure_ascii=False)
    assert [line["refused"] for line in quiet if "refused" in line] == ["refused_long", "refused_empty"]
    assert any(line.get("question") == "秘密 eins" for line in _ask_logged(True))


def test_a_port_in_use_is_said_before_anything_is_opened() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ServeError, match=r"port \d+.*choose another port"):
        _listen(Settings(port=taken.getsockname()[1]))


def test_nothing_built_is_said(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="make build"):
        open_app(tmp_path, Settings())


def test_a_damaged_build_is_said(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "manifest.json").write_text("{")
    with pytest.raises(ServeError, match=r"cannot be used.*make clean build"):
        open_app(tmp_path, Settings())


def test_the_real_build_answers_the_flagship_question_and_its_follow_up(real: TestClient) -> None:
    first = real.post("/api/ask", json={"question": FLAGSHIP}).json()
    second = real.post("/api/ask", json={"question": "那7103呢？", "history": [FLAGSHIP]}).json()
    assert first["verdict"] == "yes"
    assert first["citations"][0]["line"] == 427
    assert second["verdict"] == "yes"
    assert "7103" in second["citations"][0]["place"]


@pytest.mark.parametrize(
    "question", ["<img src=x onerror=alert(1)>", "} DROP ALL #", "SELECT * WHERE { ?s ?p ?o }", "$$\\frac{1}{2}$$", "a" * 2000, "\u202e\u0007 ?", "🙂" * 500]
)
def test_the_real_build_answers_anything_politely(real: TestClient, question: str) -> None:
    response = real.post("/api/ask", json={"question": question})
    assert response.status_code in (200, 422)
    if response.status_code == 200:
        assert response.json()["verdict"] in ("unknown", "out_of_scope", "clarify", "na", "no")


@pytest.mark.slow
def test_many_people_at_once_are_answered_in_time(site: Site) -> None:
    questions = [FLAGSHIP, "HCIE能用在哪些专业类？", "7102 高级有哪些1+X证书？", "电工证认吗？", "中式烹调师二级在7402能认什么？"]

    def ask(number: int) -> float:
        started = time.perf_counter()
        body = json.dumps({"question": questions[number % len(questions)]}).encode()
        with urllib.request.urlopen(urllib.request.Request(site.url + "api/ask", body, {"Content-Type": "application/json"}), timeout=30) as response:
            assert json.load(response)["verdict"]
        return time.perf_counter() - started

    with ThreadPoolExecutor(20) as pool:
        times = sorted(pool.map(ask, range(100)))
    assert times[95] < 5


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_is_graceful(number: signal.Signals, tmp_path: Path) -> None:
    if not (BUILD / "store").exists():
        pytest.skip("nothing is built: run make build")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", f"from pathlib import Path; from kg.web import serve; serve(Path({str(BUILD)!r}), '127.0.0.1', {port})"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stderr=log)
    wait_for(f"http://127.0.0.1:{port}/health", process)
    process.send_signal(number)
    assert process.wait(20) == 0
    said = (tmp_path / "log").read_text()
    assert f"http://127.0.0.1:{port}/" in said
    assert '"event": "stopped"' in said
    assert not re.search("Traceback|frames", said)
