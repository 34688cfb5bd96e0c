"""The quality report as HTML: the table of rules and documents, and the findings that a filter lets through, with their lines."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from kg.check.page import DOCUMENTS, SEVERITY_NAMES
from kg.check.quality import LEVELS, Citation, QualityFinding, Rule, Ruling
from kg.describe import Thing, Words
from kg.web.labels import TAGS, labels
from kg.web.nodes.addresses import TabAddresses
from kg.web.nodes.parts import status_mark, thing

#: Findings on a page; lines of a finding that stand open.
PAGE, OPEN = 30, 4
_IRI = re.compile(r"https://w3id\.org/certkg/id/\S+")
_STATUS = {"repaired": Words("修复", "repaired"), "uncertain": Words("存疑", "uncertain")}
_WHERE = TabAddresses()
Named = Callable[[str], Thing | None]


@dataclass(frozen=True)
class Filter:
    """Which findings are wanted; an empty field wants all.

    Attributes:
        rule: the name of a rule.
        document: the short name of a document, one of whose lines must be cited.
        severity: one of `LEVELS`.
        text: words that must all stand in the message, a printed text or a place.
        start: how many findings to pass over.
    """

    rule: str = ""
    document: str = ""
    severity: str = ""
    text: str = ""
    start: int = 0

    @property
    def empty(self) -> bool:
        """Whether everything is wanted."""
        return not (self.rule or self.document or self.severity or self.text.strip())

    def address(self, **changes: str | int) -> str:
        """The address of the tab with this filter."""
        given = {"rule": self.rule, "document": self.document, "severity": self.severity, "text": self.text, "start": self.start, **changes}
        return "?" + urlencode([("tab", "quality"), *((name, str(value)) for name, value in given.items() if value)])


def found(rulings: Iterable[Ruling], wanted: Filter) -> list[tuple[Rule, QualityFinding]]:
    """The findings that a filter lets through, gravest first.

    Args:
        rulings: what each rule found.
        wanted: the filter.
    """
    words = wanted.text.lower().split()
    return [
        (each.rule, finding)
        for each in rulings
        if (not wanted.rule or each.rule.name == wanted.rule) and (not wanted.severity or each.rule.severity == wanted.severity)
        for finding in each.findings
        if (not wanted.document or any(one.document == wanted.document for one in finding.citations)) and all(word in _text(finding) for word in words)
    ]


def _text(finding: QualityFinding) -> str:
    lines = (f"{each.text} {each.place} {each.line}" for each in finding.citations)
    return f"{finding.message_zh} {finding.message_en} {' '.join(lines)}".lower()


def filters(rulings: Sequence[Ruling], wanted: Filter, language: str) -> str:
    """The controls of the filter.

    Args:
        rulings: what each rule found.
        wanted: the filter in use.
        language: of the interface.
    """
    words = labels(language)
    here = 0 if language == "zh" else 1
    present = [document for document in DOCUMENTS if any(one.document == document for each in rulings for one in _cited(each))]
    rules = [(each.rule.name, f"{_title(each.rule, language)} ({len(each.findings)})") for each in rulings if each.findings]
    controls = (
        _select("rule", words["quality_rule"], rules, wanted.rule, words["quality_all"]),
        _select("document", words["quality_document"], [(each, DOCUMENTS[each][here]) for each in present], wanted.document, words["quality_all"]),
        _select("severity", words["quality_severity"], [(each, SEVERITY_NAMES[each][here]) for each in LEVELS], wanted.severity, words["quality_all"]),
        f'<label>{escape(words["quality_text"])}<input type="search" name="text" maxlength="200" value="{escape(wanted.text)}"></label>',
    )
    return f'<form role="search" aria-label="{escape(words["quality_filter"])}">{"".join(controls)}</form>'


def _select(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str, every: str) -> str:
    items = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(text)}</option>' for value, text in (("", every), *options)
    )
    return f'<label>{escape(label)}<select name="{name}">{items}</select></label>'


def report(rulings: Sequence[Ruling], wanted: Filter, named: Named, language: str) -> str:
    """The table of rules where everything is wanted, else the findings.

    Args:
        rulings: what each rule found.
        wanted: the filter.
        named: gives a node its name.
        language: of the interface.
    """
    words = labels(language)
    total = sum(len(each.findings) for each in rulings)
    head = f'<h2 tabindex="-1">{escape(words["quality_title"])}</h2>'
    if wanted.empty:
        about = f"<p>{escape(words['quality_about'])}</p><p>{escape(words['quality_shapes'])}</p>"
        count = escape(words["quality_total"].format(rules=len(rulings), findings=f"{total:,}"))
        return f'<article class="kgview quality">{head}{about}<p class="note">{count}</p>{_index(rulings, language)}</article>'
    chosen = found(rulings, wanted)
    shown = chosen[wanted.start : wanted.start + PAGE]
    rule = next((each.rule for each in rulings if each.rule.name == wanted.rule), None)
    described = f'<p class="rule-about">{escape(rule.description_zh if language == "zh" else rule.description_en)}</p>' if rule else ""
    back = f'<p class="crumbs"><a href="{escape(Filter().address())}" data-quality="1">{escape(words["quality_back"])}</a></p>'
    items = "".join(_item(each, finding, named, language, rule is None) for each, finding in shown)
    listed = f'<ol class="findings" start="{wanted.start + 1}">{items}</ol>' if items else f"<p>{escape(words['quality_nothing'])}</p>"
    count = f'<p class="note" role="status">{escape(words["quality_found"].format(count=f"{len(chosen):,}", total=f"{total:,}"))}</p>'
    title = f"<h3>{escape(_title(rule, language))} {_mark(rule.severity, language)}</h3>" if rule else ""
    return f'<article class="kgview quality">{back}{head}{title}{described}{count}{listed}{_pages(len(chosen), wanted, language)}</article>'


def _index(rulings: Sequence[Ruling], language: str) -> str:
    """The table of rules and documents, each number a link to its findings."""
    words = labels(language)
    here = 0 if language == "zh" else 1
    present = [document for document in DOCUMENTS if any(one.document == document for each in rulings for one in _cited(each))]
    heads = (words["quality_severity"], words["quality_rule"], words["quality_all"], *(DOCUMENTS[each][here] for each in present))
    rows = []
    for each in rulings:
        cells = [_number(len(each.findings), Filter(rule=each.rule.name))]
        for document in present:
            count = sum(any(one.document == document for one in finding.citations) for finding in each.findings)
            cells.append(_number(count, Filter(rule=each.rule.name, document=document)))
        rows.append(f'<tr><td>{_mark(each.rule.severity, language)}</td><th scope="row">{escape(_title(each.rule, language))}</th>{"".join(cells)}</tr>')
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    label = escape(words["quality_title"])
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table class="facts rules"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _number(count: int, wanted: Filter) -> str:
    return f'<td class="n"><a href="{escape(wanted.address())}" data-quality="1">{count:,}</a></td>' if count else '<td class="n none">–</td>'


def _item(rule: Rule, finding: QualityFinding, named: Named, language: str, with_rule: bool) -> str:
    """One finding with its lines and the nodes it is about."""
    words = labels(language)
    head = f'<p class="rule-name">{_mark(rule.severity, language)} {escape(_title(rule, language))}</p>' if with_rule else ""
    nodes = [node for iri in dict.fromkeys(_IRI.findall(finding.about)) if (node := named(iri))]
    links = "".join(f"<li>{thing(each, _WHERE, language)}</li>" for each in nodes)
    about = f'<ul class="about-nodes" aria-label="{escape(words["quality_nodes"])}">{links}</ul>' if links else ""
    first, rest = finding.citations[:OPEN], finding.citations[OPEN:]
    lines = "".join(_line(each, language) for each in first)
    if rest:
        more = "".join(_line(each, language) for each in rest)
        lines += f'<details class="more"><summary>{escape(words["quality_more"].format(count=len(rest)))}</summary><ul>{more}</ul></details>'
    message = finding.message_zh if language == "zh" else finding.message_en
    return f'<li>{head}<p class="message-text">{escape(message)}</p>{about}<ul class="lines">{lines}</ul></li>'


def _line(citation: Citation, language: str) -> str:
    number = escape(labels(language)["line"].format(line=citation.line))
    mark = status_mark(citation.status, _STATUS.get(citation.status, Words(citation.status)), language)
    return (
        f'<li><blockquote lang="{TAGS["zh"]}">{escape(citation.text)}</blockquote><p class="place"><span lang="{TAGS["zh"]}">{escape(citation.place)}</span> '
        f'<span class="source">{escape(citation.document)} · {number}</span> {mark}</p></li>'
    )


def _pages(count: int, wanted: Filter, language: str) -> str:
    """The way to the pages before and after."""
    words = labels(language)
    last = min(count, wanted.start + PAGE)
    if count <= PAGE and not wanted.start:
        return ""
    before = (("browse_previous", max(0, wanted.start - PAGE)),) if wanted.start else ()
    after = (("browse_next", wanted.start + PAGE),) if last < count else ()

    def step(label: str, start: int) -> str:
        return f'<a class="small" href="{escape(wanted.address(start=start))}" data-quality="1">{escape(words[label])}</a>'

    at = escape(words["browse_range"].format(first=wanted.start + 1, last=last, total=f"{count:,}"))
    left, right = ("".join(step(*each) for each in several) for several in (before, after))
    return f'<nav class="pages" aria-label="{escape(words["browse_pages"])}">{left}<span>{at}</span>{right}</nav>'


def _cited(ruling: Ruling) -> Iterable[Citation]:
    return (one for finding in ruling.findings for one in finding.citations)


def _title(rule: Rule, language: str) -> str:
    return rule.title_zh if language == "zh" else rule.title_en


def _mark(severity: str, language: str) -> str:
    return f'<span class="severity {escape(severity)}">{escape(SEVERITY_NAMES[severity][0 if language == "zh" else 1])}</span>'
