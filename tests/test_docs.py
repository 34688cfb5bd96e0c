"""The documents say what is there: commands, options, make targets, settings, links, paths and counts."""

import re
from collections import Counter
from pathlib import Path

import pytest
from typer.main import get_command

from embeddings.index import SETTING
from kg.ask import Asker
from kg.ask.model_parser import SETTINGS as MODEL_SETTINGS
from kg.cli import app
from kg.store.endpoint import SETTINGS as ENDPOINT_SETTINGS
from kg.tables import NAMES, read_tables
from kg.web.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]}
EVERYTHING = "\n".join(DOCS.values())
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMMANDS = {name: {option for each in command.params for option in each.opts if option.startswith("--")} for name, command in get_command(app).commands.items()}  # type: ignore[attr-defined]
SETTINGS = {f"{PREFIX}{name.upper()}" for name in Settings.__dataclass_fields__} | {SETTING, *MODEL_SETTINGS, *ENDPOINT_SETTINGS}


def code_of(text: str) -> str:
    """What stands between backquotes or in code blocks."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.S))


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"`certkg {command}\b", README), f"README.md does not name `certkg {command}`"


@pytest.mark.parametrize("file", sorted(DOCS))
def test_every_documented_command_and_option_is_there(file: str) -> None:
    for line in code_of(DOCS[file]).splitlines():
        for command, rest in re.findall(r"\bcertkg ([a-z]+)\b([^`|&;]*)", line):
            assert command in COMMANDS, f"{file}: there is no `certkg {command}`"
            unknown = set(re.findall(r"--[a-z][a-z-]*", rest)) - COMMANDS[command]
            assert not unknown, f"{file}: certkg {command} has no {unknown}"


@pytest.mark.parametrize("file", sorted(DOCS))
def test_every_documented_make_target_is_there(file: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.M))
    assert {"serve", "test", "install", "build", "lint", "bench", "clean", "help"} <= targets
    assert set(re.findall(r"(?<![\w.-])make ([a-z]+)", code_of(DOCS[file]))) <= targets


def test_every_make_target_says_what_it_does() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)
    assert phony
    assert set(phony[1].split()) == set(re.findall(r"^([a-z]+):.*##", MAKEFILE, re.M))


@pytest.mark.parametrize("setting", sorted(SETTINGS))
def test_every_setting_is_documented(setting: str) -> None:
    assert setting in EVERYTHING, f"{setting} is in no document"


def test_every_documented_setting_is_there() -> None:
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", EVERYTHING)) <= SETTINGS


@pytest.mark.parametrize("file", sorted(DOCS))
def test_every_link_within_the_project_leads_somewhere(file: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", DOCS[file]):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert ((ROOT / file).parent / target).exists(), f"{file}: {target} is not there"


@pytest.mark.parametrize("file", sorted(DOCS))
def test_every_path_of_the_project_that_is_named_is_there(file: str) -> None:
    for path in re.findall(r"`((?:kg|ontology|embeddings|queries|docs|tests|benchmarks)/[\w./-]*)`", DOCS[file]):
        assert (ROOT / path).exists(), f"{file}: {path} is not there"


def test_the_counts_of_the_readme_are_those_of_the_tables() -> None:
    tables = read_tables()
    states = Counter(row["state"] for row in tables["coverage"])
    flat = re.sub(r"\s+", " ", README)
    for count, what in [
        (len(tables["catalogue"]), "recognitions"),
        (len(tables["associations"]), "associations"),
        (len(tables["onex"]), "1+X certificates"),
        (len(tables["coverage"]), "专业类"),
        (states["missing"], "have no row"),
    ]:
        assert re.search(rf"\b{count:,}\b {re.escape(what)}", flat), f"README.md does not say {count:,} {what}"


def _examples() -> list[tuple[str, str, str]]:
    """Question, answer and proof of each row of the README's table of questions."""
    table = README.split("| question | answer | proof |\n")[1].split("\n\n")[0]
    return [(cells[0], cells[1], cells[2]) for line in table.splitlines()[1:] for cells in [[cell.strip() for cell in line.strip("|").split("|")]]]


@pytest.mark.slow
@pytest.mark.parametrize(("question", "answer", "proof"), _examples())
def test_the_readmes_questions_are_answered_as_it_says(question: str, answer: str, proof: str, asker: Asker) -> None:
    given = asker.ask(question)
    verdicts = {"Yes": "yes", "不能": "no", "无法判断": "unknown"}
    bold = re.findall(r"\*\*([^*]+)\*\*", answer)
    assert bold
    assert given.verdict == verdicts.get(bold[0], "na")
    assert bold[0] in given.answer
    lines = {int(number) for number in re.findall(r"\d+", proof.split("line")[-1])}
    assert lines
    assert lines <= {each.line for each in given.citations}


def test_the_licence_and_the_changelog_are_there() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").startswith("# ")


def test_every_saved_query_says_what_it_is_for() -> None:
    for path in sorted((ROOT / "queries").glob("*.rq")):
        head = path.read_text(encoding="utf-8").splitlines()
        assert re.match(r"# title: \S", head[0]), path.name


def test_exported_tables_are_named_where_the_commands_are() -> None:
    named = set(re.findall(r"`([a-z_]+)`", "\n".join(line for line in README.splitlines() if "certkg export" in line)))
    assert named
    assert named <= set(NAMES)
