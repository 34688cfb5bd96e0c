"""The application as tests use it: with a stand-in asker, on the real build, and as a server that a browser visits."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient

from kg.ask import Answer, Asker, Citation, EntityRef, Item
from kg.ask.context import Once
from kg.ask.text import clean
from kg.web import ServeError, Settings, make_app, open_app
from web.browsing import browser, errors, opened  # noqa: F401

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build"


class Store:
    """A store that holds one row."""

    closed = False

    def select(self, query: str, bindings: object) -> object:
        """Answer anything."""
        return object()

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True


@dataclass
class StandIn:
    """An asker whose answers are made here; `reply` may raise or wait."""

    reply: Callable[[str, Sequence[str]], Answer] = lambda question, history: make_answer(question=question)
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Have a context with a store, as an asker has."""
        self.store = Store()
        self.context = type("Context", (), {"store": self.store, "once": Once()})()

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer as `reply` does, after the checks of the real one."""
        question = clean(question)
        self.asked.append((question, tuple(history)))
        return self.reply(question, history)

    def understand(self, question: str, history: Sequence[str] = ()) -> Any:  # noqa: ANN401
        """A question that begins with 那 follows up."""
        follows = question.startswith("那")
        return type("Request", (), {"inherited": ("kind",) if follows else (), "carried": "", "asks_proof": False})()


def make_answer(**changes: Any) -> Answer:  # noqa: ANN401
    """An answer with everything in it."""
    given: dict[str, Any] = {
        "question": "华为HCIP在7102中级认不认？",
        "verdict": "yes",
        "answer": "**可以**：7102 印有它。 [1]\n\n注意：该条的转录存疑（两列相连），请核对原件。 [2]",
        "kind": "recognition",
        "items": (Item("HCIP", "https://w3id.org/certkg/id/credential/hcip"),),
        "citations": (
            Citation("shanghai-shuangshi-2025", 427, "华为: HCIP(中级认证)", "目录，7102 计算机类，中级"),
            Citation("shanghai-shuangshi-2025", 428, "思科", "目录，7102 计算机类，高级"),
        ),
        "entities": (EntityRef("hcip", "HCIP", "https://w3id.org/certkg/id/credential/hcip", "IndustryCertificate", 0.98), EntityRef("某证", "", "", "", 0.1)),
        "suggestions": ("HCIP能用在哪些专业类？",),
        "sparql": "SELECT ?s WHERE { ?s ?p ?o }",
    }
    return Answer(**(given | changes))


def client_of(asker: StandIn, **settings: Any) -> TestClient:  # noqa: ANN401
    """A client of an application with a stand-in asker."""
    return TestClient(make_app(cast(Asker, asker), Settings(**settings), {"version": "test", "triples": 1}))


@pytest.fixture(scope="session")
def real() -> Iterator[TestClient]:
    """A client of the application on the real build."""
    try:
        app = open_app(BUILD, Settings())
    except ServeError as error:
        pytest.skip(f"no build to answer from: {error}")
    with TestClient(app) as client:
        yield client


@dataclass(frozen=True)
class Site:
    """A running server."""

    url: str
    feedback: Path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server as `certkg serve` starts it, in a process of its own."""
    if not (BUILD / "store").exists():
        pytest.skip("nothing is built: run make build")
    folder = tmp_path_factory.mktemp("site")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", f"from pathlib import Path; from kg.web import serve; serve(Path({str(BUILD)!r}), '127.0.0.1', {port})"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "CERTKG_FEEDBACK": str(folder / "feedback.jsonl")}, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/health", process)
        yield Site(f"http://127.0.0.1:{port}/", folder / "feedback.jsonl")
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str, process: "subprocess.Popen[bytes]", seconds: float = 90) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=2).read()
            return
        except OSError:
            if process.poll() is not None:
                pytest.fail(f"the server ended with status {process.returncode}")
            time.sleep(0.2)
    pytest.fail(f"{address} did not answer within {seconds} s")
