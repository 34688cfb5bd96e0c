"""The command line with other stores: asking any endpoint, loading one, and working on the one that the settings name."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from remote.endpoint import GRAPH, Fake, Reply, table
from typer.testing import CliRunner, Result

import kg.cli
from kg.store import build_store, by_document


@pytest.fixture
def fake() -> Iterator[Fake]:
    """An endpoint."""
    server = Fake()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No endpoint is set where the tests run."""
    for name in ("CERTKG_ENDPOINT", "CERTKG_ENDPOINT_USER", "CERTKG_ENDPOINT_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build with one triple."""
    (tmp_path / "certkg.nt").write_text("<https://w3id.org/certkg/id/x/1> <http://x/p> <http://x/o> .\n")
    build_store(tmp_path / "certkg.nt", tmp_path / "store", by_document)
    monkeypatch.setattr(kg.cli, "BUILD", tmp_path)
    return tmp_path


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(kg.cli.app, list(arguments), input=stdin)


def complaint(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """The last line that the whole program says on standard error; there is no stack trace."""
    monkeypatch.setattr(sys, "argv", ["certkg", *arguments])
    with pytest.raises(SystemExit) as ended:
        kg.cli.main()
    said = capsys.readouterr().err
    assert ended.value.code
    assert "Traceback" not in said
    return said.strip().splitlines()[-1]


def test_any_endpoint_may_be_asked(fake: Fake, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("SELECT ?n FROM <http://its.own/graph> WHERE { ?s ?p ?n }")
    assert run("sparql", str(tmp_path / "q.rq"), "--endpoint", fake.address).output == "n\n1\n"
    assert fake.asked[-1]["default-graph-uri"] == ["http://its.own/graph"]
    assert run("sparql", str(tmp_path / "q.rq"), "--endpoint", fake.address, "--format", "csv").output.split() == ["n", "1"]


def test_an_endpoint_that_is_not_there_is_a_sentence(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("ASK {}")
    assert "cannot be reached" in complaint(capsys, monkeypatch, "sparql", str(tmp_path / "q.rq"), "--endpoint", "http://127.0.0.1:9/sparql")
    assert "no address" in complaint(capsys, monkeypatch, "sparql", str(tmp_path / "q.rq"), "--endpoint", "nowhere")


def test_a_query_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes("SELECT ?s { ?s ?p '华为' }".encode("gbk"))
    told = run("sparql", str(tmp_path / "q.rq"))
    assert told.exit_code == 2
    assert "UTF-8" in told.output


def test_the_build_is_published_and_counted(fake: Fake, built: Path) -> None:
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    row = {"g": {"type": "uri", "value": GRAPH}, "n": {"type": "literal", "datatype": integer, "value": "1"}}
    counted = json.dumps({"head": {"vars": ["g", "n"]}, "results": {"bindings": [row]}}).encode()
    fake.reply = lambda query, headers: Reply(body=counted) if query else Reply(204)
    told = run("publish", "--to", fake.graphs, "--check", fake.address)
    assert told.exit_code == 0, told.output
    assert f"1\t{GRAPH}" in told.output
    assert "every triple is there" in told.output
    assert [(method, body) for method, _, body in fake.sent] == [("PUT", (built / "certkg.nt").read_bytes())]
    assert "not counted" in run("publish", "--to", fake.graphs).output


def test_the_endpoint_of_the_settings_is_asked(fake: Fake, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CERTKG_ENDPOINT", fake.address)
    assert run("sparql", "-", stdin="SELECT ?n WHERE { ?s ?p ?n }").output == "n\n1\n"
    assert fake.asked[-1]["default-graph-uri"] == [GRAPH]


def test_an_endpoint_with_another_graph_is_refused(
    fake: Fake, built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CERTKG_ENDPOINT", fake.address)
    fake.reply = lambda query, headers: Reply(body=table(2))
    (tmp_path / "q.rq").write_text("ASK {}")
    assert "certkg publish" in complaint(capsys, monkeypatch, "sparql", str(tmp_path / "q.rq"))


def test_the_graph_of_the_endpoint_is_what_is_checked(fake: Fake, built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    checked: list[str] = []
    monkeypatch.setenv("CERTKG_ENDPOINT", fake.address)

    def reply(query: str, headers: dict[str, str]) -> Reply:
        if "?s ?p ?o WHERE" not in query:
            return Reply(body=table(1))
        row = {name: {"type": "uri", "value": f"http://x/{name}"} for name in "spo"}
        return Reply(body=json.dumps({"head": {"vars": ["s", "p", "o"]}, "results": {"bindings": [row]}}).encode())

    def check_graph(path: Path, progress: object) -> object:
        checked.append(path.read_text())
        raise ValueError("seen")

    fake.reply = reply
    monkeypatch.setattr("kg.check.run.check_graph", check_graph)
    run("check")
    assert checked == ["<http://x/s> <http://x/p> <http://x/o> .\n"]
