"""The quality report: what the documents themselves contradict, lack or leave in doubt.

One rule is one SPARQL file in `queries/quality/` with its documentation and severity in the head; people change severities in
`ontology/quality-severities.csv`. Each row of a rule's answer names what the finding is about (`?about`) and one fact that proves it (`?fact`);
rows about one thing are one finding.
"""

import csv
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph
from rapidfuzz import fuzz, process

from kg.check.shapes import ONTOLOGY, CheckError
from kg.graph.identity import stem
from kg.graph.namespaces import CKG

RULES = Path(__file__).parents[2] / "queries" / "quality"
SEVERITIES = ONTOLOGY / "quality-severities.csv"
LEVELS = ("violation", "warning", "info")
#: A severity of the user's file that leaves a rule out.
OFF = "off"
#: Values that a message names before it only counts the rest.
NAMED = 12
#: Names less similar than this (0 to 1) are not worth naming.
NEAR = 0.5
_HEAD = ("title_zh", "title_en", "description_zh", "description_en", "severity", "keywords", "finding_zh", "finding_en")
_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_CITATIONS = """
PREFIX ckg: <https://w3id.org/certkg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?fact ?document ?line ?text ?place ?status WHERE {
  ?fact prov:hadPrimarySource ?source .
  ?source ckg:line ?line ; ckg:inDocument ?document ; ckg:printedText ?text ; ckg:place ?place ; ckg:transcriptionStatus ?status .
}
"""
_NAMES = """
PREFIX ckg: <https://w3id.org/certkg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?label ?shown WHERE {{
  ?fact a {kind} ; {points} ?thing .
  ?thing skos:prefLabel ?shown ; skos:prefLabel|skos:altLabel ?label .
  FILTER(LANG(?label) = "zh" && LANG(?shown) = "zh")
}}
ORDER BY DESC(?label) DESC(?shown)
"""
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Rule:
    """One question to the documents: documentation, severity, the words of its findings, and the query.

    Attributes:
        name: the name of its file.
        severity: how grave its findings are; `given` where a user's file says so, else as in the head of the file.
        finding_zh: the words of a finding; `{x}` stands for the values of `?x`, `{x:y}` for the values of `?y` under each value of `?x`.
        nearest: a class of facts and the property to what they list; `{nearest_zh}` and `{nearest_en}` tell which name of these is most similar to `?name`.
    """

    name: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    severity: str
    keywords: tuple[str, ...]
    finding_zh: str
    finding_en: str
    nearest: str
    query: str


@dataclass(frozen=True, order=True)
class Citation:
    """A line of a document that proves a finding."""

    document: str
    line: int
    text: str
    place: str
    status: str


@dataclass(frozen=True)
class QualityFinding:
    """One thing that a rule found, with its lines."""

    about: str
    message_zh: str
    message_en: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Ruling:
    """What one rule found, and how long it took."""

    rule: Rule
    findings: tuple[QualityFinding, ...]
    seconds: float


def read_rules(folder: Path = RULES, severities: Path | None = SEVERITIES) -> tuple[Rule, ...]:
    """The rules of a folder, gravest first; without those that the user's file switches off.

    Args:
        folder: the folder with the rules.
        severities: a CSV with the columns rule, severity, reason, which may be missing; None for the severities of the rules themselves.

    Raises:
        CheckError: a rule lacks a line of its head, or a severity is unknown, or the user's file names a rule that does not exist.
    """
    rules = {path.stem: _read_rule(path) for path in sorted(folder.glob("*.rq"))}
    if not rules:
        raise CheckError(f"{folder}: no rules (*.rq) here; restore the folder")
    for name, severity in (_read_severities(severities) if severities else {}).items():
        if name not in rules:
            raise CheckError(f"{severities}: there is no rule {name!r}; the rules are {', '.join(rules)}")
        rules[name] = replace(rules[name], severity=severity)
    kept = [rule for rule in rules.values() if rule.severity != OFF]
    return tuple(sorted(kept, key=lambda rule: (LEVELS.index(rule.severity), rule.name)))


def _read_rule(path: Path) -> Rule:
    text = path.read_text(encoding="utf-8")
    head = dict(re.findall(r"^# (\w+): (.+)$", text, re.MULTILINE))
    missing = [key for key in _HEAD if key not in head]
    if missing:
        raise CheckError(f"{path}: the head lacks {', '.join(missing)}; write a line `# {missing[0]}: …` above the query")
    if head["severity"] not in LEVELS:
        raise CheckError(f"{path}: severity {head['severity']!r}; use {', '.join(LEVELS)}")
    keywords = tuple(word.strip() for word in head.pop("keywords").split(","))
    return Rule(path.stem, **{key: head[key] for key in _HEAD if key != "keywords"}, keywords=keywords, nearest=head.get("nearest", ""), query=text)


def _read_severities(path: Path) -> dict[str, str]:
    """The user's severities by rule."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row.get("severity") not in (*LEVELS, OFF):
            raise CheckError(f"{path}: rule {row.get('rule')!r} has severity {row.get('severity')!r}; use {', '.join(LEVELS)} or {OFF}")
    return {row["rule"]: row["severity"] for row in rows}


def has_facts(store: pyoxigraph.Store) -> bool:
    """Whether the graph holds facts of the documents, which the rules ask about."""
    return any(store.quads_for_pattern(None, pyoxigraph.NamedNode(str(CKG.printedText)), None))


def quality(store: pyoxigraph.Store, rules: Sequence[Rule] | None = None, progress: Progress = lambda stage, done: None) -> tuple[Ruling, ...]:
    """Run the rules on a graph.

    Args:
        store: the graph.
        rules: the rules to run; all of the project if not given.
        progress: called with the rule and the share of the rules that is done.

    Raises:
        CheckError: a rule is no SPARQL, or its answer lacks `?about` or `?fact`.
    """
    rules = read_rules() if rules is None else rules
    citations = _citations(store)
    rulings = []
    for done, rule in enumerate(rules):
        progress(f"quality: {rule.name}", done / len(rules))
        start = time.perf_counter()
        findings = _findings(store, rule, citations)
        rulings.append(Ruling(rule, findings, time.perf_counter() - start))
    return tuple(rulings)


def _select(store: pyoxigraph.Store, query: str, what: str) -> list[dict[str, str]]:
    """The rows of a query, as texts; what is not bound is absent."""
    try:
        solutions = store.query(query)
    except SyntaxError as error:
        raise CheckError(f"{what}: not SPARQL: {error}") from None
    if not isinstance(solutions, pyoxigraph.QuerySolutions):
        raise CheckError(f"{what}: a rule must be a SELECT")
    names = [variable.value for variable in solutions.variables]
    rows = ({name: row[name] for name in names} for row in solutions)
    return [{name: term.value for name, term in row.items() if term is not None and not isinstance(term, pyoxigraph.Triple)} for row in rows]


def _citations(store: pyoxigraph.Store) -> dict[str, list[Citation]]:
    """Each fact → the lines it was read from."""
    found: dict[str, list[Citation]] = {}
    for row in _select(store, _CITATIONS, "citations"):
        document, status = (row[name].rpartition("/")[2] for name in ("document", "status"))
        found.setdefault(row["fact"], []).append(Citation(document, int(row["line"]), row["text"], row["place"], status))
    return found


def _findings(store: pyoxigraph.Store, rule: Rule, citations: Mapping[str, list[Citation]]) -> tuple[QualityFinding, ...]:
    """One finding for each thing that the rule's rows are about, in the rows' order."""
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in _select(store, rule.query, rule.name):
        if "about" not in row or "fact" not in row:
            raise CheckError(f"{rule.name}: a row without ?about or ?fact; each row names what it is about and a fact that proves it")
        grouped.setdefault(row["about"], []).append(row)
    names = _names(store, rule) if rule.nearest and grouped else {}
    return tuple(_finding(rule, about, rows, citations, names) for about, rows in grouped.items())


def _finding(rule: Rule, about: str, rows: list[dict[str, str]], citations: Mapping[str, list[Citation]], names: Mapping[str, str]) -> QualityFinding:
    facts = list(dict.fromkeys(row["fact"] for row in rows))
    more = {"count": str(len(facts))} | (_nearest(rows[0]["name"], names) if rule.nearest else {})
    rows = [row | more for row in rows]
    cited = sorted({citation for fact in facts for citation in citations.get(fact, [])})
    return QualityFinding(about, worded(rule.finding_zh, rows, "zh"), worded(rule.finding_en, rows, "en"), tuple(cited))


def worded(template: str, rows: Sequence[Mapping[str, str]], language: str) -> str:
    """The words of a finding.

    Args:
        template: text with `{x}` (the values of x) and `{x:y}` (the values of y under each value of x).
        rows: the rows of the finding.
        language: `zh` or `en`, for commas and the like.
    """

    def values(match: re.Match[str]) -> str:
        first, second = match.groups()
        chosen = list(dict.fromkeys(row[first] for row in rows if first in row))
        if second is None:
            return _listed(chosen, language)
        under = [(value, _listed(dict.fromkeys(row[second] for row in rows if row.get(first) == value and second in row), language)) for value in chosen]
        return "；".join(f"{value}（{inner}）" for value, inner in under) if language == "zh" else "; ".join(f"{value} ({inner})" for value, inner in under)

    return _PLACE.sub(values, template)


def _listed(values: Iterable[str], language: str) -> str:
    values = list(values)
    text = ("、" if language == "zh" else ", ").join(values[:NAMED])
    if len(values) > NAMED:
        text += f"等{len(values)}项" if language == "zh" else f" and {len(values) - NAMED} more"
    return text


def _names(store: pyoxigraph.Store, rule: Rule) -> dict[str, str]:
    """Stem of a name → preferred name, of all the things that the rule compares with."""
    kind, _, points = rule.nearest.partition(" ")
    rows = _select(store, _NAMES.format(kind=kind, points=points), f"{rule.name}: nearest")
    return {stem(row["label"]): row["shown"] for row in rows}


def _nearest(name: str, names: Mapping[str, str]) -> dict[str, str]:
    """What to say of the most similar name; that it is computed is said with it."""
    best = process.extractOne(stem(name), sorted(names), scorer=fuzz.ratio)
    if best is None or best[1] < 100 * NEAR:
        return {"nearest_zh": "程序没有找到相近的名称", "nearest_en": "no name is near by computation"}
    found, score = names[best[0]], best[1] / 100
    return {
        "nearest_zh": f"程序算出最接近的名称是“{found}”（相似度{score:.2f}）",
        "nearest_en": f"the nearest name by computation is “{found}” (similarity {score:.2f})",
    }
