"""The report of a check as people and programs read it: text for the terminal, JSON, and one HTML page to send on."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kg.check.page import page
from kg.check.quality import Citation, QualityFinding, Ruling
from kg.check.run import NO_FACTS, Check
from kg.check.shapes import Finding, short

FORMATS = ("text", "json", "html")
#: Findings of a rule, and lines of a finding, that the terminal shows before it only counts.
SHOWN, LINES = 3, 3


def render(checks: Sequence[Check], format: str) -> str:
    """The report on one or more graphs.

    Args:
        checks: what was found in each graph.
        format: `text`, `json` or `html`.

    Raises:
        ValueError: the format is none of these.
    """
    if format == "json":
        report = {"conforms": not any(check.violations for check in checks), "graphs": [_object(check) for check in checks]}
        return json.dumps(report, ensure_ascii=False, indent=1)
    if format == "html":
        return page(checks)
    if format == "text":
        return "\n\n".join(_text(check) for check in checks)
    raise ValueError(f"format {format!r}: use {', '.join(FORMATS)}")


def _object(check: Check) -> dict[str, Any]:
    """A check as JSON."""
    return {
        "graph": check.graph,
        "conforms": check.violations == 0,
        "violations": check.violations,
        "seconds": round(check.seconds, 1),
        "shapes": {"shapes": check.shapes.shapes, "triples": check.shapes.triples, "findings": [asdict(each) for each in check.shapes.findings]},
        "consistency": {"ran": check.consistency is not None, "note": check.consistency_note} | (asdict(check.consistency) if check.consistency else {}),
        "quality": None if check.quality is None else [_ruling(each) for each in check.quality],
    }


def _ruling(ruling: Ruling) -> dict[str, Any]:
    described = {key: value for key, value in asdict(ruling.rule).items() if key not in ("query", "finding_zh", "finding_en")}
    return described | {"count": len(ruling.findings), "findings": [asdict(each) for each in ruling.findings]}


def _text(check: Check) -> str:
    verdict = "conforms: no finding is a violation" if not check.violations else f"does not conform: {check.violations} violations"
    head = f"{check.graph}: {verdict} ({check.shapes.triples:,} triples, {check.seconds:.1f} s)"
    return "\n\n".join([head, _shapes_text(check), consistency_line(check), _quality_text(check)])


def _shapes_text(check: Check) -> str:
    lines = [f"SHAPES  {len(check.shapes.findings)} findings by {check.shapes.shapes} shapes"]
    for each in check.shapes.findings:
        lines.append(f"  {each.severity}  {where(each)}\n      {each.message_zh}\n      {each.message_en}")
    return "\n".join(lines)


def where(finding: Finding) -> str:
    """The node, property and value of a finding of a shape, and the line where it is known."""
    parts = [short(finding.node), short(finding.path), short(finding.value)]
    line = f"  (line {finding.line})" if finding.line else ""
    return "  ".join(part for part in parts if part) + line


def consistency_line(check: Check) -> str:
    """What the reasoner found, in a line."""
    if check.consistency is None:
        return f"CONSISTENCY  {'failed' if check.reasoner_failed else 'not checked'}: {check.consistency_note}"
    found = check.consistency
    if found.consistent and not found.unsatisfiable:
        measured = f"{found.triples:,} triples, HermiT, {found.seconds:.1f} s"
        return f"CONSISTENCY  the ontology and a sample of the data are consistent, every class can have members ({measured})"
    if found.consistent:
        return f"CONSISTENCY  violation: classes that can have no member: {', '.join(map(short, found.unsatisfiable))}"
    culprits = f"; a fact that contradicts the ontology: {', '.join(map(short, found.culprits))}" if found.culprits else ""
    return f"CONSISTENCY  violation: the ontology and the data contradict one another{culprits}"


def _quality_text(check: Check) -> str:
    if check.quality is None:
        return f"QUALITY  not asked: {NO_FACTS}"
    total = sum(len(each.findings) for each in check.quality)
    lines = [f"QUALITY  {total} findings by {len(check.quality)} rules on the documents themselves; all of them with --format html or json"]
    for each in check.quality:
        lines.append(f"\n  {each.rule.severity}  {each.rule.name}: {len(each.findings)}\n  {each.rule.title_zh} · {each.rule.title_en}")
        for finding in each.findings[:SHOWN]:
            lines += [f"    - {finding.message_zh}", f"      {finding.message_en}", *(f"        {line}" for line in _cited(finding))]
        if len(each.findings) > SHOWN:
            lines.append(f"    … and {len(each.findings) - SHOWN} more")
    return "\n".join(lines)


def _cited(finding: QualityFinding) -> list[str]:
    more = [f"… and {len(finding.citations) - LINES} more lines"] if len(finding.citations) > LINES else []
    return [cited(each) for each in finding.citations[:LINES]] + more


def cited(citation: Citation) -> str:
    """A citation in a line, its text cut where it is long."""
    text = citation.text if len(citation.text) <= 60 else f"{citation.text[:59]}…"
    return f"{citation.document}:{citation.line}  {text}"
