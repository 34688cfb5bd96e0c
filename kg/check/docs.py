"""The page docs/QUALITY.md: its section that the program writes."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph

from kg.check.quality import QualityFinding, Ruling
from kg.check.report import cited
from kg.check.shapes import load
from kg.graph.build import build_graph, read_identity
from kg.marked import renewed
from kg.tables import SOURCES, read_tables

DOCS = Path(__file__).parents[2] / "docs" / "QUALITY.md"
BEGIN, END = "<!-- rules: begin (written by `python -m kg.check`) -->", "<!-- rules: end -->"
#: Findings of each rule on the page, and lines of each.
EXAMPLES, LINES = 3, 3


def graph_of_the_tables() -> pyoxigraph.Store:
    """The graph of the committed tables, which needs no build.

    Raises:
        TableError: a table is missing or does not fit its schema.
    """
    return load(build_graph(read_tables(), read_identity(SOURCES / "names" / "identity.csv")))


def summary(rulings: Sequence[Ruling]) -> str:
    """Every rule with its paragraph, the number of its findings and a few of them, as Markdown."""
    total = sum(len(each.findings) for each in rulings)
    lines = [f"{len(rulings)} rules, {total} findings.", "", "| rule | severity | findings | in short |", "| --- | --- | ---: | --- |"]
    for each in rulings:
        rule = each.rule
        lines.append(f"| [`{rule.name}`](#{rule.name}) | {rule.severity} | {len(each.findings)} | {rule.title_en} · {rule.title_zh} |")
    return "\n".join([*lines, *(line for each in rulings for line in _rule(each))])


def _rule(ruling: Ruling) -> list[str]:
    rule = ruling.rule
    head = f"**{rule.title_en} · {rule.title_zh}** ({rule.severity}, {len(ruling.findings)})"
    lines = ["", f"### {rule.name}", "", head, "", rule.description_en, "", rule.description_zh, ""]
    lines += [line for each in ruling.findings[:EXAMPLES] for line in _example(each)]
    return lines if ruling.findings else [*lines, "Nothing found in the documents as they are; the rule watches edited graphs and further documents."]


def _example(finding: QualityFinding) -> list[str]:
    more = [f"  - and {len(finding.citations) - LINES} more lines"] if len(finding.citations) > LINES else []
    return [f"- {finding.message_zh}  ", f"  {finding.message_en}", *(f"  - `{cited(each).replace('`', '')}`" for each in finding.citations[:LINES]), *more]


def docs_text(text: str, rulings: Sequence[Ruling]) -> str:
    """The page with its section of rules made new.

    Args:
        text: the page as it is.
        rulings: what each rule found.

    Raises:
        ValueError: the page has not both markers, each once and in order.
    """
    return renewed(text, BEGIN, END, summary(rulings))
