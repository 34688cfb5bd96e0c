"""The command line: each command with good and with bad input, and the formats that stay stable (docs: DESIGN, section 7)."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from typer.testing import CliRunner, Result

import kg.building
import kg.check.run
import kg.cli
import kg.evaluation
import kg.transcribe
import kg.web
from embeddings import Linker
from kg.ask import Asker
from kg.check.run import Check
from kg.check.shapes import Finding, Report
from kg.tables import exported, read_tables

COMMANDS = {"build", "check", "ask", "link", "sparql", "export", "transcribe", "eval", "serve"}
ANSWER = ["question", "verdict", "answer", "kind", "items", "citations", "entities", "suggestions", "sparql"]
FLAGSHIP = "does 华为HCIP count for 7102 中级?"


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(kg.cli.app, list(arguments), input=stdin)


def complaint(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    """Exit status and the last line that the whole program says on standard error; there is no stack trace."""
    monkeypatch.setattr(sys, "argv", ["certkg", *arguments])
    with pytest.raises(SystemExit) as ended:
        kg.cli.main()
    said = capsys.readouterr().err
    assert "Traceback" not in said
    last = said.strip().splitlines()[-1]
    assert last.startswith("certkg: ")
    return int(ended.value.code or 0), last


@pytest.fixture(scope="module")
def opened(asker: Asker) -> Iterator[None]:
    """The built store and index, opened once for all commands of this file."""
    linker = asker.context.linker
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Asker, "open", lambda folder: asker)
        patch.setattr(Linker, "load", lambda folder: linker)
        yield


def test_every_command_of_the_design_is_there_and_says_what_it_does() -> None:
    names = {command.name or getattr(command.callback, "__name__", "") for command in kg.cli.app.registered_commands}
    assert names >= COMMANDS
    for name in names:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert len(result.output.split("\n", 3)[3].strip()) > 40, name


def test_without_a_command_the_commands_are_listed() -> None:
    result = run()
    assert all(name in result.output for name in COMMANDS)


@pytest.mark.parametrize("arguments", [["nonsense"], ["ask", "--nonsense"], ["serve", "--port", "70000"], ["link", "x", "--top", "0"], ["export"]])
def test_an_unknown_command_or_option_is_a_usage_error(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("arguments", [["ask", "x"], ["link", "x"], ["check"], ["eval"], ["serve"], ["sparql", "-"]])
def test_where_nothing_is_built_the_mend_is_named(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.cli, "BUILD", tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("ASK {}"))
    status, said = complaint(capsys, monkeypatch, *arguments)
    assert status == 1
    assert "run `certkg build` (or `make build`) first" in said


@pytest.mark.parametrize(("made", "said"), [(True, "built: "), (False, "nothing to do")])
def test_build_says_whether_anything_was_built(made: bool, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Mock(return_value=made)
    monkeypatch.setattr(kg.building, "build", make)
    assert said in run("build").output
    assert said in run("build", "--force").output
    assert [call.args[2] for call in make.call_args_list] == [False, True]


def test_a_build_that_cannot_be_made_is_one_line_with_the_reason(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> bool:
        raise kg.building.BuildError("another build is running in [here]")

    monkeypatch.setattr(kg.building, "build", refuse)
    status, said = complaint(capsys, monkeypatch, "build")
    assert (status, said) == (1, "certkg: another build is running in [here]")


def test_a_fault_of_the_program_itself_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> bool:
        raise TypeError("a slip")

    monkeypatch.setattr(kg.building, "build", broken)
    monkeypatch.setattr(sys, "argv", ["certkg", "build"])
    with pytest.raises(TypeError, match="a slip"):
        kg.cli.main()


@pytest.mark.parametrize(("differences", "status"), [((), 0), (("catalogue.csv row 2: differs",), 1)])
def test_transcribe_check_fails_on_a_difference(differences: tuple[str, ...], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Mock(return_value=Mock(differences=differences, text=lambda: "\n".join(["figures", *differences])))
    monkeypatch.setattr(kg.transcribe, "transcribe", make)
    result = run("transcribe", str(tmp_path), "--check")
    assert result.exit_code == status
    assert all(each in result.output for each in ("figures", *differences))
    assert (make.call_args.args, make.call_args.kwargs["check"]) == ((tmp_path,), True)


def test_transcribe_names_a_document_that_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    status, said = complaint(capsys, monkeypatch, "transcribe", str(tmp_path), "--check")
    assert status == 1
    assert str(tmp_path) in said


@pytest.mark.parametrize(("severity", "status"), [("violation", 1), ("warning", 0)])
def test_check_fails_on_a_violation_of_any_file(severity: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Finding("http://x/s", "http://x/p", "v", severity, "不对", "is wrong", "SomeShape", 3)
    reports = {"a.nt": Report((), 1, 1), "b.nt": Report((found,), 1, 1)}
    monkeypatch.setattr(kg.check.run, "check_graph", lambda path, progress: Check(str(path), reports[path.name], None, "no Java", False, None, 0.1))
    files = [argument for name in reports for argument in ("--data", str(tmp_path / name))]
    result = run("check", *files)
    assert result.exit_code == status
    assert "http://x/s" in result.output
    assert run("check", *files[:2]).exit_code == 0
    made = json.loads(run("check", *files, "--format", "json").stdout)
    assert made["conforms"] is (status == 0)
    assert run("check", *files, "--format", "html", "--out", str(tmp_path / "report.html")).exit_code == status
    assert "<html" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_check_finds_the_fault_of_an_edited_file(tmp_path: Path) -> None:
    path = tmp_path / "edited.ttl"
    path.write_text("@prefix ckg: <https://w3id.org/certkg/ontology#> .\n<https://w3id.org/certkg/id/recognition/x> a ckg:Recognition .\n", encoding="utf-8")
    result = run("check", "--data", str(path))
    assert result.exit_code == 1
    assert "recognition/x" in result.output


def test_check_refuses_a_format_and_a_file_it_does_not_know(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("check", "--format", "pdf").exit_code == 2
    status, said = complaint(capsys, monkeypatch, "check", "--data", str(tmp_path / "absent.ttl"))
    assert status == 1
    assert "absent.ttl" in said


@pytest.mark.usefixtures("opened")
def test_ask_json_has_exactly_the_fields_of_the_design() -> None:
    answer = json.loads(run("ask", FLAGSHIP, "--json").output)
    assert list(answer) == ANSWER
    assert (answer["question"], answer["verdict"], answer["kind"]) == (FLAGSHIP, "yes", "recognition")
    assert answer["citations"]
    assert all(list(each) == ["document", "line", "text", "place"] for each in answer["citations"])
    assert all(list(each) == ["mention", "label", "iri", "type", "score"] for each in answer["entities"])
    assert {(each["document"], each["line"]) for each in answer["citations"]} == {("shanghai-shuangshi-2025", 427)}
    items = json.loads(run("ask", "7104 初级的1+X证书有哪些", "--json").output)["items"]
    assert items
    assert all(list(each) == ["label", "iri"] for each in items)


@pytest.mark.usefixtures("opened")
def test_ask_prints_the_answer_and_the_lines_that_prove_it() -> None:
    output = run("ask", FLAGSHIP).output
    assert "[1] 《2025年上海市双师型教师专业认定细则（试用版）》" in output
    assert "shanghai-shuangshi-2025 line 427: 华为技术有限公司" in output


@pytest.mark.usefixtures("opened")
def test_ask_takes_what_is_left_out_from_earlier_questions() -> None:
    answer = json.loads(run("ask", "那高级呢？", "--history", "HCIA在7103初级认不认？", "--json").output)
    assert (answer["kind"], answer["verdict"]) == ("recognition", "no")


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(("question", "said"), [("   ", "empty"), ("问" * 2001, "2000 are accepted"), ("\u0000\u0007", "empty")])
def test_a_question_that_cannot_be_taken_is_refused_with_the_reason(question: str, said: str) -> None:
    result = run("ask", question)
    assert result.exit_code == 2
    assert said in result.output


def test_ask_and_link_without_a_text_say_how_to_ask(build: Path) -> None:
    for command in ("ask", "link"):
        result = run(command)
        assert result.exit_code == 2
        assert f"certkg {command} --batch IN.jsonl --out OUT.jsonl" in result.output


@pytest.mark.usefixtures("opened")
def test_a_batch_of_questions_gives_one_answer_a_line_with_its_id(tmp_path: Path) -> None:
    lines: list[dict[str, object]] = [
        {"id": "a", "question": FLAGSHIP},
        {"id": "b", "question": "那高级呢？", "history": ["HCIA在7103初级认不认？"]},
        {"id": "c", "question": ""},
        {"id": "d"},
        {"id": 5, "question": 7, "history": None},
        {"id": "f", "question": "换成7103呢", "history": "不是列表"},
        {"question": "问" * 3000},
    ]
    (tmp_path / "in.jsonl").write_text("\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    assert run("ask", "--batch", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl")).exit_code == 0
    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [each["id"] for each in answers] == ["a", "b", "c", "d", 5, "f", None]
    assert all(list(each) == ["id", *ANSWER] for each in answers)
    assert [each["verdict"] for each in answers] == ["yes", "no"] + ["clarify"] * 5
    assert answers[0] == {"id": "a"} | json.loads(run("ask", FLAGSHIP, "--json").output)
    assert "list" in answers[5]["answer"]


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("command", ["ask", "link"])
@pytest.mark.parametrize(("line", "said"), [("{oops", "line 2: not JSON"), ("[]", "line 2: a JSON object was expected")])
def test_a_batch_with_a_bad_line_is_refused_and_writes_nothing(
    command: str, line: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "question": "x", "mention": "x"}\n' + line + "\n", encoding="utf-8")
    status, message = complaint(capsys, monkeypatch, command, "--batch", str(source), "--out", str(out))
    assert status == 1
    assert f"{source} {said}" in message
    assert not out.exists()


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("command", ["ask", "link"])
def test_a_batch_needs_a_file_to_read_and_a_file_to_write(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "needs --out OUT.jsonl" in run(command, "--batch", str(tmp_path / "in.jsonl")).output
    status, said = complaint(capsys, monkeypatch, command, "--batch", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl"))
    assert status == 1
    assert "in.jsonl" in said


@pytest.mark.usefixtures("opened")
def test_link_json_says_whether_something_is_meant_and_why() -> None:
    result = json.loads(run("link", "oracle的ocp", "--json", "--top", "3").output)
    assert list(result) == ["linked", "tie", "grades", "level", "issuer", "candidates"]
    assert result["linked"] is True
    assert 1 <= len(result["candidates"]) <= 3
    assert all({"label", "labels", "iri", "type", "score", "features"} == set(each) for each in result["candidates"])
    assert result["candidates"][0]["label"] == "OCP"
    shown = run("link", "oracle的ocp").output
    assert "OCP" in shown
    assert "the whole name" in shown


@pytest.mark.usefixtures("opened")
def test_link_says_when_several_are_equally_likely() -> None:
    assert json.loads(run("link", "大数据应用开发", "--json").output)["tie"] is True
    assert "several are equally likely" in run("link", "大数据应用开发").output


@pytest.mark.usefixtures("opened")
def test_link_says_when_nothing_is_near_enough() -> None:
    assert json.loads(run("link", "火星登陆驾驶证", "--json").output)["linked"] is False
    assert "nothing is near enough" in run("link", "火星登陆驾驶证").output


@pytest.mark.usefixtures("opened")
def test_link_refuses_a_type_that_is_not_there(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    status, said = complaint(capsys, monkeypatch, "link", "电工", "--type", "unicorn")
    assert status == 1
    assert "unicorn" in said


@pytest.mark.usefixtures("opened")
def test_a_batch_of_mentions_gives_one_link_a_line_with_its_id(tmp_path: Path) -> None:
    lines = [{"id": "a", "mention": "oracle的ocp"}, {"id": "b", "mention": "电工", "type": "occupation"}, {"id": "c"}, {"id": "d", "mention": None}]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run("link", "--batch", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl")).exit_code == 0
    links = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all({"id", "linked", "tie", "candidates"} < set(each) for each in links)
    assert [(each["id"], each["linked"]) for each in links] == [("a", True), ("b", True), ("c", False), ("d", False)]
    assert links[1]["candidates"][0]["type"] == "Occupation"


def query(text: str, *arguments: str, build: Path) -> Result:
    return run("sparql", "-", *arguments, stdin=text)


def test_sparql_prints_a_table_a_truth_and_a_graph(build: Path) -> None:
    assert query('SELECT ?a ?b WHERE { VALUES (?a ?b) { ("x" UNDEF) } }', build=build).output == "a\tb\nx\t\n"
    assert query("ASK { ?s ?p ?o }", build=build).output == "true\n"
    assert query("CONSTRUCT { <http://x/s> <http://x/p> 1 } WHERE {}", build=build).output.startswith("<http://x/s> <http://x/p> ")


@pytest.mark.parametrize(("format", "start"), [("json", '{"head"'), ("csv", "n\n1"), ("tsv", "?n\n1"), ("xml", "<?xml"), ("table", "n\n1")])
def test_sparql_prints_the_formats_of_tables(format: str, start: str, build: Path) -> None:
    assert query("SELECT (1 AS ?n) WHERE {}", "--format", format, build=build).output.startswith(start)


def test_sparql_runs_a_file(build: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("ASK {}", encoding="utf-8")
    assert run("sparql", str(tmp_path / "q.rq")).output == "true\n"


def test_sparql_says_that_it_cut_the_rows(build: Path) -> None:
    result = query("SELECT ?s WHERE { ?s ?p ?o }", "--rows", "5", build=build)
    assert len(result.stdout.splitlines()) == 6
    assert "the result was cut at 5 rows" in result.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("INSERT DATA { <a:b> <a:b> <a:b> }", ""),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <http://127.0.0.1:9/x> WHERE { ?s ?p ?o }", "127.0.0.1:9"),
        ("SELECT nonsense", ""),
    ],
)
def test_sparql_refuses_what_writes_leaves_the_store_or_is_no_query(
    text: str, said: str, build: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    status, message = complaint(capsys, monkeypatch, "sparql", "-")
    assert status == 1
    assert said in message


def test_sparql_ends_a_query_that_takes_too_long(build: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
    status, said = complaint(capsys, monkeypatch, "sparql", "-", "--seconds", "0.5")
    assert status == 1
    assert "0.5 seconds" in said


def test_sparql_refuses_a_file_or_format_that_is_not_there(build: Path, tmp_path: Path) -> None:
    assert run("sparql", str(tmp_path / "absent.rq")).exit_code == 2
    assert run("sparql", "-", "--format", "pdf", stdin="ASK {}").exit_code == 2


def test_export_recognitions_has_exactly_the_columns_of_the_design() -> None:
    columns = ["category", "category_name", "family", "tier", "name", "issuer", "grades", "text", "document", "line", "status"]
    rows = list(csv.DictReader(io.StringIO(run("export", "recognitions").output)))
    assert list(rows[0]) == columns
    objects = [json.loads(line) for line in run("export", "recognitions", "--format", "jsonl").output.splitlines()]
    assert list(objects[0]) == columns
    assert len(rows) == len(objects) == len(read_tables()["catalogue"])


def test_export_refuses_a_table_or_format_that_is_not_there(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert complaint(capsys, monkeypatch, "export", "nonsense")[0] == 1
    status, said = complaint(capsys, monkeypatch, "export", "titles", "--format", "pdf")
    assert status == 1
    assert "csv or jsonl" in said


def test_export_prints_what_the_tables_export() -> None:
    assert run("export", "titles").output == exported("titles")


def test_eval_prints_the_scores_as_json(tmp_path: Path, build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    score = Mock(return_value={"questions": {"accuracy": 1.0}})
    monkeypatch.setattr(kg.evaluation, "evaluate_folder", score)
    assert json.loads(run("eval", "--gold", str(tmp_path)).stdout) == {"questions": {"accuracy": 1.0}}
    assert run("eval").exit_code == 0
    assert [call.args[0] for call in score.call_args_list] == [tmp_path, None]


def test_eval_names_a_folder_without_gold_files(tmp_path: Path, build: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    status, said = complaint(capsys, monkeypatch, "eval", "--gold", str(tmp_path))
    assert status == 1
    assert "no gold files" in said


def test_serve_leaves_the_address_to_the_settings_unless_told(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve = Mock()
    monkeypatch.setattr(kg.web, "serve", serve)
    assert run("serve").exit_code == run("serve", "--host", "0.0.0.0", "--port", "8000").exit_code == 0
    assert [call.args[1:] for call in serve.call_args_list] == [(None, None), ("0.0.0.0", 8000)]
    assert all((call.args[0] / "store").is_dir() for call in serve.call_args_list)


@pytest.mark.slow
def test_the_program_runs_as_installed() -> None:
    done = subprocess.run([sys.executable, "-m", "kg.cli", "export", "coverage"], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0
    assert done.stdout == exported("coverage")
