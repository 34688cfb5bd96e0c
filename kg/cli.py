"""The command line: one thin command a task; the work is done in the modules it calls."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, track

from kg.building import BUILD
from kg.jsonl import read_lines, write_lines

if TYPE_CHECKING:
    from kg.store import GraphStore

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Official rules on vocational credentials: build, check, ask, link, query."
)
notes = Console(stderr=True)
#: Characters of a question that cannot be taken that its answer repeats.
SHOWN = 200
Out = Annotated[Path | None, typer.Option("--out", help="Where the answers go, one JSON object a line.")]


def main() -> None:
    """Run the command line; errors that a person can mend are one line, without a stack trace."""
    try:
        app()
    except (ValueError, RuntimeError, OSError) as error:
        _complain(str(error))
        sys.exit(1)
    except Exception as error:
        if type(error).__module__.startswith(("kg.", "embeddings")):
            _complain(str(error))
            sys.exit(1)
        raise


def _complain(message: str) -> None:
    # Not wrapped, so that paths and commands in it can be copied.
    notes.print(f"[bold red]certkg:[/] {escape(message)}", soft_wrap=True, highlight=False)


def _fail(message: str) -> NoReturn:
    _complain(message)
    raise typer.Exit(2)


@contextmanager
def _bar(alone: bool = False) -> Iterator[Any]:
    """A progress bar on standard error that is told the stage and the share done; `alone`: without a thread, for work that copies this process."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn())
    with Progress(*columns, console=notes, auto_refresh=not alone) as progress:
        task = progress.add_task("starting", total=1.0)
        yield lambda stage, done: progress.update(task, description=stage, completed=done, refresh=alone)


@app.command()
def build(force: Annotated[bool, typer.Option("--force", help="Build also what is current.")] = False) -> None:
    """Make graph, store, model and index under build/ from the tables and the ontology; what is current is left."""
    from kg.building import build as make

    with _bar() as told:
        made = make(BUILD, told, force)
    notes.print(f"built: {BUILD / 'certkg.nt'}" if made else f"{BUILD / 'certkg.nt'} is current; nothing to do")


@app.command()
def transcribe(
    documents: Annotated[Path, typer.Argument(help="The folder with the four OCR texts.")],
    check: Annotated[bool, typer.Option("--check", help="Compare with kg/sources/ and change nothing; exit 1 on a difference.")] = False,
) -> None:
    """Make the tables of kg/sources/ from the documents, or check that they are what the documents give."""
    from kg.transcribe import transcribe as make

    with _bar() as told:
        report = make(documents, check=check, progress=told)
    typer.echo(report.text())
    if report.differences:
        raise typer.Exit(1)


@app.command()
def check(
    data: Annotated[list[Path] | None, typer.Option("--data", help="Check this graph (Turtle, RDF/XML, N-Triples) in place of the built one.")] = None,
    format: Annotated[str, typer.Option("--format", help="text, json or html")] = "text",
    out: Annotated[Path | None, typer.Option("--out", help="Write the report to this file in place of the terminal.")] = None,
) -> None:
    """Check the graph: shapes, consistency, then the quality report on the documents; exit 1 on a violation."""
    from kg.check.report import FORMATS, render
    from kg.check.run import check_graph

    if format not in FORMATS:
        _fail(f"--format {format}: use {', '.join(FORMATS)}")
    with TemporaryDirectory() as folder, _bar() as told:
        paths = data or [_graph(Path(folder), told)]

        def part(number: int) -> Callable[[str, float], None]:
            return lambda stage, done: told(f"{paths[number].name}: {stage}", (number + done) / len(paths))

        checks = [check_graph(path, part(number)) for number, path in enumerate(paths)]
    report = render(checks, format)
    if out is None:
        typer.echo(report)
    else:
        out.write_text(report + "\n", encoding="utf-8")
        notes.print(f"{out}: " + "; ".join(f"{each.graph}: {each.violations} violations" for each in checks))
    if any(each.violations for each in checks):
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="A question, in Chinese or English.")] = None,
    history: Annotated[list[str] | None, typer.Option("--history", help="An earlier question; may be given several times, oldest first.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="Questions, one JSON object a line: id, question, history.")] = None,
    out: Out = None,
) -> None:
    """Answer a question from the graph, with the lines that prove the answer."""
    from kg.ask import Asker, QuestionError

    if batch:
        asker = Asker.open(_built())
        _batch(out, batch, "asking", lambda line: _answered(asker, line))
        return
    if not question:
        _fail("ask what? certkg ask '华为HCIP在7102中级认不认？' or certkg ask --batch IN.jsonl --out OUT.jsonl")
    asker = Asker.open(_built())
    try:
        answer = asker.ask(question, history or ())
    except QuestionError as error:
        _fail(str(error))
    if as_json:
        typer.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
        return
    typer.echo(answer.answer)
    for number, citation in enumerate(answer.citations, 1):
        typer.echo(f"[{number}] {citation.place} — {citation.document} line {citation.line}: {citation.text}")


def _answered(asker: Any, line: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    """The answer to one batch line; a question that cannot be taken gets an answer that says why."""
    from kg.ask import Answer, QuestionError

    try:
        history = line.get("history") or []
        if not isinstance(history, list):
            raise QuestionError("“history” must be a list of earlier questions")
        answer = asker.ask(line.get("question", ""), history)
    except QuestionError as error:
        answer = Answer(str(line.get("question", ""))[:SHOWN], "clarify", str(error), "unknown")
    answered: dict[str, Any] = answer.to_dict()
    return answered


@app.command()
def link(
    name: Annotated[str | None, typer.Argument(help="A name as people write it.")] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=50)] = 5,
    type: Annotated[str | None, typer.Option("--type", help="credential, occupation, association, title, category, issuer, … or a class name")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="Mentions, one JSON object a line: id, mention, type.")] = None,
    out: Out = None,
) -> None:
    """Find the thing that a free-text name means, or say that none is near enough."""
    from dataclasses import asdict

    from embeddings import Link, Linker, in_words

    def shown(found: Link) -> dict[str, Any]:
        parsed = {"grades": found.grades, "level": found.level, "issuer": found.issuer}
        return {"linked": found.linked, "tie": found.tie, **parsed, "candidates": [asdict(candidate) for candidate in found.candidates]}

    linker = Linker.load(_built("index"))
    if batch:
        if out is None:
            _fail(f"--batch {batch} needs --out OUT.jsonl")
        lines = read_lines(batch)
        mentions = [(str(line["mention"] if line.get("mention") is not None else ""), str(line.get("type") or "")) for line in lines]
        links: dict[tuple[str, str], Link] = {}
        for kind in dict.fromkeys(kind for _, kind in mentions):
            mine = [mention for mention, other in mentions if other == kind]
            links.update(((found.mention, kind), found) for found in linker.link_many(mine, kind, top, os.cpu_count() or 1))
        write_lines(out, ({"id": line.get("id")} | shown(links[each]) for line, each in zip(lines, mentions, strict=True)))
        return
    if not name:
        _fail("link what? certkg link 'oracle的ocp' or certkg link --batch IN.jsonl --out OUT.jsonl")
    found = linker.link(name, type, top)
    if as_json:
        typer.echo(json.dumps(shown(found), ensure_ascii=False, indent=2))
        return
    nearest = "nothing is near enough; the nearest names:" if found.candidates else "nothing is near enough"
    typer.echo("linked, but several are equally likely:" if found.tie else "linked" if found.linked else nearest)
    for each in found.candidates:
        typer.echo(f"{each.score:.3f}  {each.label}  {each.type}  {each.iri}\n       {'; '.join(in_words(each.features))}")


@app.command()
def sparql(
    file: Annotated[Path, typer.Argument(help="A file with a SPARQL query, or - for standard input.")],
    format: Annotated[str, typer.Option("--format", help="table, json, xml, csv, tsv; turtle, ntriples, rdfxml, jsonld for graphs")] = "table",
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, max=600, help="Time limit.")] = 30.0,
    rows: Annotated[int, typer.Option("--rows", min=1, help="Row limit.")] = 10_000,
    endpoint: Annotated[str | None, typer.Option("--endpoint", help="Address of any SPARQL 1.1 endpoint to ask in place of the built store.")] = None,
) -> None:
    """Run a SPARQL query on the built store, or on an endpoint: read-only, with a time limit and a row limit."""
    from kg.store import FORMATS, Document, Limits, Rows, Triples, connect

    if format != "table" and format not in FORMATS:
        _fail(f"--format {format}: use table, {', '.join(FORMATS)}")
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except OSError as error:
        _fail(f"{file}: {error.strerror}")
    except UnicodeDecodeError as error:
        _fail(f"{file} is not UTF-8, from byte {error.start + 1} on; save it as UTF-8")
    with _endpoint(endpoint) if endpoint else connect(_built("store"), workers=1) as store:
        result = store.run(text, limits=Limits(seconds=seconds, rows=rows), format=None if format == "table" else format)
    if isinstance(result, Document):
        typer.echo(result.body.decode(), nl=False)
    elif isinstance(result, Rows):
        typer.echo("\t".join(result.variables))
        for row in result.rows:
            typer.echo("\t".join("" if term is None else getattr(term, "value", str(term)) for term in row))
    elif isinstance(result, Triples):
        for triple in result.triples:
            typer.echo(f"{triple} .")
    else:
        typer.echo("true" if result else "false")
    if getattr(result, "capped", False):
        notes.print(f"the result was cut at {rows} rows; raise --rows for more")


def _endpoint(address: str) -> "GraphStore":
    """Any endpoint, with the login of the settings."""
    from kg.store.endpoint import Endpoint
    from kg.store.remote import RemoteStore

    return RemoteStore(Endpoint.with_login(address), workers=1, any_graph=True)


@app.command()
def publish(
    to: Annotated[str, typer.Option("--to", help="Graph Store address of the store to load, such as http://127.0.0.1:8890/sparql-graph-crud-auth")],
    check: Annotated[str | None, typer.Option("--check", help="Query address of the same store, to count afterwards; CERTKG_ENDPOINT where not given.")] = None,
) -> None:
    """Load the built graph into another store, one named graph a document; CERTKG_ENDPOINT_USER and CERTKG_ENDPOINT_PASSWORD log in."""
    from kg.store.endpoint import Endpoint
    from kg.store.publish import publish as put

    counted = Endpoint.with_login(check) if check else Endpoint.read()
    with _bar() as told:
        done = put(_built("store"), Endpoint.with_login(to), counted, told)
    for name, count in done.graphs.items():
        typer.echo(f"{count}\t{name}")
    for name in done.removed:
        typer.echo(f"removed\t{name}")
    notes.print("every triple is there" if done.checked else "not counted afterwards: give the query address with --check")


@app.command()
def export(
    table: Annotated[str, typer.Argument(help="recognitions, coverage, associations, onex, titles, …")],
    format: Annotated[str, typer.Option("--format", help="csv or jsonl")] = "csv",
) -> None:
    """Print a flat table with document and line of each row."""
    from kg.tables import exported

    typer.echo(exported(table, format), nl=False)


@app.command(name="eval")
def evaluate(gold: Annotated[Path | None, typer.Option("--gold", help="A folder with gold files; by default the project's own question sets.")] = None) -> None:
    """Score answers, links and transcription on gold files."""
    from kg.evaluation import evaluate_folder

    with _bar() as told:
        scores = evaluate_folder(gold, _built(), told)
    typer.echo(json.dumps(scores, ensure_ascii=False, indent=2))


@app.command()
def adjudicate(
    source: Annotated[Path | None, typer.Argument(metavar="IN", help="An XLSX or CSV file with a certificate a row.")] = None,
    target: Annotated[Path | None, typer.Argument(metavar="OUT", help="Where the file with the verdicts goes (.xlsx or .csv).")] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="The sheet to take; by default the first with usable headings.")] = "",
    column: Annotated[list[str] | None, typer.Option("--column", help="ROLE=COLUMN, a letter or heading, such as certificate=B; several times.")] = None,
    category: Annotated[str, typer.Option("--category", help="The 专业类 of rows that name none, such as 7102.")] = "",
    tier: Annotated[str, typer.Option("--tier", help="The tier of rows that name none: 初级, 中级 or 高级.")] = "",
    template: Annotated[Path | None, typer.Option("--template", help="Write a template with example rows to this file, and stop.")] = None,
    english: Annotated[bool, typer.Option("--english", help="The template in English.")] = False,
) -> None:
    """Give a verdict with its proof for each row of a spreadsheet: the same file out, with added columns and a summary."""
    from kg.adjudicate.columns import parse_choices
    from kg.adjudicate.run import Options
    from kg.adjudicate.run import adjudicate as run
    from kg.adjudicate.templates import write_template

    if template is not None:
        write_template(template, "en" if english else "zh")
        return
    if source is None or target is None:
        _fail("adjudicate what? certkg adjudicate IN.xlsx OUT.xlsx, or certkg adjudicate --template FILE.xlsx for a file to fill in")
    options = Options(sheet, parse_choices(column or ()), category, tier, processes=os.cpu_count() or 1)
    with _bar(alone=True) as told:
        report = run(source, target, _built(), options, told)
    typer.echo(report.text())
    notes.print(f"written: {target}", soft_wrap=True, highlight=False, markup=False)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option("--host", help="CERTKG_HOST where not given, else 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="CERTKG_PORT where not given, else 7860.")] = None,
) -> None:
    """Serve the web application."""
    from kg.web import serve as run

    run(_built(), host, port)


@app.command()
def mcp() -> None:
    """Serve the Model Context Protocol on standard input and output, for a program with a language model that starts this one."""
    from kg.web import Settings
    from kg.web.addresses.mcp import serve_standard_streams
    from kg.web.server import open_services

    serve_standard_streams(open_services(_built(), Settings.read()))


def _built(part: str = "") -> Path:
    """A part of the build in use; without a part the one generation in use, which stays as it is while a newer one is made.

    Raises:
        RuntimeError: nothing is built.
    """
    path = BUILD / (part or "certkg.nt")
    if not (BUILD / "certkg.nt").exists() or not path.exists():
        raise RuntimeError(f"{path} is not built; run `certkg build` (or `make build`) first")
    return path if part else path.resolve().parent


def _graph(folder: Path, told: Callable[[str, float], None]) -> Path:
    """The file of the graph in use: the built one, or what the endpoint of the settings holds, fetched into a folder."""
    from kg.store import connect
    from kg.store.endpoint import Endpoint
    from kg.store.fetch import fetch

    endpoint = Endpoint.read()
    if endpoint is None:
        return _built("certkg.nt")
    told(f"fetching the graph from {endpoint.address}", 0.0)
    with connect(_built("store"), workers=1) as store:
        fetch(store, folder / "endpoint.nt")
    return folder / "endpoint.nt"


def _batch(out: Path | None, batch: Path, what: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer each line of a batch file; its id comes first in the answer."""
    if out is None:
        _fail(f"--batch {batch} needs --out OUT.jsonl")
    lines = read_lines(batch)
    write_lines(out, ({"id": line.get("id")} | answer(line) for line in track(lines, description=what, console=notes, disable=len(lines) < 50)))


if __name__ == "__main__":
    main()
