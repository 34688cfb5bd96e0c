"""The report as one HTML page: no script, nothing from elsewhere; links and anchors filter by rule and by document, radio buttons by language."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import PurePath

from kg import __version__
from kg.check.quality import LEVELS, Citation, QualityFinding, Ruling
from kg.check.run import NO_FACTS, Check
from kg.check.shapes import Finding, short

#: Documents by the names that a reader knows.
DOCUMENTS = {
    "shanghai-shuangshi-2025": ("上海双师型教师认定细则（2025）", "Shanghai rules 2025"),
    "evaluation-directory": ("社会培训评价组织职业目录", "Evaluation directory"),
    "nantong-subsidy-2025": ("南通补贴文件（2025）", "Nantong subsidies 2025"),
    "zhejiang-pathway-2022": ("浙江贯通文件（2022）", "Zhejiang pathways 2022"),
}
SEVERITY_NAMES = {"violation": ("违规", "violation"), "warning": ("警告", "warning"), "info": ("提示", "info")}
STYLE = """
:root { --line: #d5dade; --soft: #5a6570; --back: #f5f7f8 }
* { box-sizing: border-box }
body { font: 15px/1.55 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; color: #1b2228 }
body { max-width: 72rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.5rem }
h2 { font-size: 1.25rem; margin-top: 2.2rem; border-bottom: 2px solid var(--line) }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .3rem }
h4 { margin: 1rem 0 .2rem; color: var(--soft) }
a, summary { color: #0b5c8c }
p { margin: .3rem 0 }
table { border-collapse: collapse; width: 100%; font-size: .92em }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top }
th { background: var(--back) }
td.n { text-align: right }
ol { padding-left: 1.6rem }
li { margin: .45rem 0 }
summary { cursor: pointer }
.en { color: var(--soft) }
.lines { font-size: .9em; margin: .2rem 0 0; padding-left: 1rem; border-left: 3px solid var(--line) }
.lines p { margin: .1rem 0 }
.text { background: var(--back); padding: 0 .25rem }
.mark { display: inline-block; padding: 0 .5rem; border-radius: .7rem; font-size: .85em; border: 1px solid currentColor }
.violation { color: #a31515 }
.warning { color: #8a5a00 }
.info { color: #2b5d34 }
:target { scroll-margin-top: .5rem; background: #fff6d6 }
#only-zh:checked ~ main .en, #only-en:checked ~ main .zh { display: none }
#only-en:checked ~ main .en { color: inherit }
@media print {
  body { max-width: none; font-size: 10.5pt; padding: 0 }
  input, label, .back { display: none }
  h2, h3, h4 { break-after: avoid }
  li, tr { break-inside: avoid }
  details::details-content { content-visibility: visible; height: auto }
  a { color: inherit; text-decoration: none }
}
"""
#: Lines of a finding that stand open; the others fold away.
OPEN = 6


def page(checks: Sequence[Check]) -> str:
    """The page on one or more graphs.

    Args:
        checks: what was found in each graph.
    """
    bodies = "\n".join(_graph(check, f"g{number}-" if len(checks) > 1 else "") for number, check in enumerate(checks, 1))
    return (
        f'<!doctype html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>certkg 检查报告 · check report</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        '<input type="radio" name="language" id="both" checked><label for="both">中文 + English</label>\n'
        '<input type="radio" name="language" id="only-zh"><label for="only-zh">只看中文</label>\n'
        '<input type="radio" name="language" id="only-en"><label for="only-en">English only</label>\n'
        f"<main>\n<h1>{_both('certkg 检查报告', 'certkg check report')}</h1>\n{bodies}\n"
        f'<p class="en">certkg {escape(__version__)}</p>\n</main>\n</body>\n</html>\n'
    )


def _both(zh: str, en: str, tag: str = "span") -> str:
    """A text in both languages, escaped."""
    if zh == en:
        return f"<{tag}>{escape(zh)}</{tag}>"
    space = " " if tag == "span" else ""
    return f'<{tag} class="zh" lang="zh">{escape(zh)}</{tag}>{space}<{tag} class="en" lang="en">{escape(en)}</{tag}>'


def _mark(severity: str) -> str:
    return f'<span class="mark {severity}">{_both(*SEVERITY_NAMES[severity])}</span>'


def _graph(check: Check, prefix: str) -> str:
    good = check.violations == 0
    verdict = _both("没有违规", "no violation") if good else _both(f"{check.violations}项违规", f"{check.violations} violations")
    head = f'<h2>{escape(PurePath(check.graph).name)}</h2>\n<p class="{"info" if good else "violation"}"><b>{verdict}</b></p>'
    triples = _both(f"{check.shapes.triples:,}个三元组，用时{check.seconds:.0f}秒", f"{check.shapes.triples:,} triples, {check.seconds:.0f} s", "p")
    return "\n".join([head, triples, _shapes(check), _consistency(check), _quality(check, prefix)])


def _shapes(check: Check) -> str:
    found = check.shapes.findings
    title = f"<h2>{_both('一、数据形状（SHACL）', '1. Shapes (SHACL)')}</h2>"
    if not found:
        return title + _both(f"{check.shapes.shapes}个形状都没有发现问题。", f"None of {check.shapes.shapes} shapes found anything.", "p")
    rows = "\n".join(_shape_row(each) for each in found)
    head = "".join(f"<th>{_both(zh, en)}</th>" for zh, en in (("级别", "Severity"), ("节点", "Node"), ("说明", "What to do"), ("行", "Line")))
    return f"{title}\n<table><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>"


def _shape_row(each: Finding) -> str:
    value = f"<br>{escape(short(each.path))} {escape(short(each.value))}" if each.path or each.value else ""
    message = _both(each.message_zh, each.message_en, "p")
    return f"<tr><td>{_mark(each.severity)}</td><td>{escape(short(each.node))}{value}</td><td>{message}</td><td>{each.line or ''}</td></tr>"


def _consistency(check: Check) -> str:
    found = check.consistency
    if found is None:
        zh = "推理机中途停止，不知道是否一致。" if check.reasoner_failed else "没有检查一致性。"
        body = _both(zh, "The reasoner stopped; nobody knows." if check.reasoner_failed else "Not checked.", "p") + f"<p>{escape(check.consistency_note)}</p>"
    elif found.consistent and not found.unsatisfiable:
        en = "The ontology and a sample of the data are consistent; every class can have members (HermiT)."
        body = _both("本体与数据样本一致，每个类都可以有成员（HermiT）。", en, "p")
    else:
        named = "、".join(map(short, found.culprits if not found.consistent else found.unsatisfiable))
        zh, en = "本体与数据相矛盾", "The ontology and the data contradict one another"
        if found.consistent:
            zh, en = "有的类不可能有成员", "Some classes can have no member"
        body = f'<div class="violation">{_both(zh, en, "p")}<p>{escape(named)}</p></div>'
    return f"<h2>{_both('二、本体一致性（OWL）', '2. Consistency (OWL)')}</h2>\n{body}"


def _quality(check: Check, prefix: str) -> str:
    title = f"<h2>{_both('三、文件本身的问题', '3. The documents themselves')}</h2>"
    if check.quality is None:
        return title + _both("图里没有文件的事实，质量规则没有可问的。", NO_FACTS[0].upper() + NO_FACTS[1:] + ".", "p")
    note = _both(
        "这些是文件自身的矛盾、缺漏和存疑之处，每项附原文所在的行；程序没有改动它们。点规则名或数字可直接跳到该规则、该文件的发现。",
        "What the documents contradict, lack or leave in doubt, each with its lines; the program changed nothing. "
        "A rule's name or a number leads to the findings of that rule and document.",
        "p",
    )
    sections = "\n".join(_section(each, prefix) for each in check.quality)
    return f"{title}\n{note}\n{_index(check.quality, prefix)}\n{sections}"


def _documents(findings: Iterable[QualityFinding]) -> dict[str, list[QualityFinding]]:
    """The findings by the document of their first line."""
    grouped: dict[str, list[QualityFinding]] = {}
    for each in findings:
        grouped.setdefault(each.citations[0].document if each.citations else "", []).append(each)
    return {document: grouped[document] for document in sorted(grouped, key=lambda name: [*DOCUMENTS, name].index(name))}


def _index(rulings: Sequence[Ruling], prefix: str) -> str:
    """The table of rules and documents, each number a link."""
    present = [document for document in DOCUMENTS if any(document in _documents(each.findings) for each in rulings)]
    head = "".join(f"<th>{_both(*DOCUMENTS[document])}</th>" for document in present)
    rows = []
    for level in LEVELS:
        for each in (each for each in rulings if each.rule.severity == level):
            counts = {document: len(found) for document, found in _documents(each.findings).items()}
            cells = "".join(f'<td class="n">{_link(prefix + each.rule.name, document, counts)}</td>' for document in present)
            name = f'<a href="#{prefix}{each.rule.name}">{_both(each.rule.title_zh, each.rule.title_en)}</a>'
            rows.append(f'<tr><td>{_mark(level)}</td><td>{name}</td><td class="n">{len(each.findings)}</td>{cells}</tr>')
    columns = f"<th>{_both('级别', 'Severity')}</th><th>{_both('规则', 'Rule')}</th><th>{_both('合计', 'All')}</th>{head}"
    return f'<table id="{prefix}index"><thead><tr>{columns}</tr></thead>\n<tbody>{"".join(rows)}</tbody></table>'


def _link(anchor: str, document: str, counts: dict[str, int]) -> str:
    return f'<a href="#{anchor}--{document}">{counts[document]}</a>' if document in counts else ""


def _section(ruling: Ruling, prefix: str) -> str:
    """One rule: its paragraph, then its findings by document."""
    rule, anchor = ruling.rule, prefix + ruling.rule.name
    parts = [
        f'<section><h3 id="{anchor}">{_both(rule.title_zh, rule.title_en)} {_mark(rule.severity)} {len(ruling.findings)}</h3>',
        _both(rule.description_zh, rule.description_en, "p"),
        f'<p class="back"><a href="#{prefix}index">↑ {_both("目录", "index")}</a> <code>queries/quality/{rule.name}.rq</code></p>',
    ]
    if not ruling.findings:
        parts.append(_both("没有发现。", "Nothing found.", "p"))
    for document, findings in _documents(ruling.findings).items():
        parts.append(f'<h4 id="{anchor}--{escape(document)}">{_both(*DOCUMENTS.get(document, (document, document)))}</h4>')
        parts.append(f"<ol>{''.join(_item(each) for each in findings)}</ol>")
    return "\n".join([*parts, "</section>"])


def _item(finding: QualityFinding) -> str:
    first, rest = finding.citations[:OPEN], finding.citations[OPEN:]
    lines = "".join(_line(each) for each in first)
    if rest:
        lines += f"<details><summary>{_both(f'另有{len(rest)}行', f'{len(rest)} more lines')}</summary>{''.join(_line(each) for each in rest)}</details>"
    return f'<li>{_both(finding.message_zh, finding.message_en, "div")}<div class="lines">{lines}</div></li>\n'


def _line(citation: Citation) -> str:
    number = _both(f"第{citation.line}行", f"line {citation.line}")
    return f'<p>{escape(citation.place)} · <code>{escape(citation.document)}</code> {number}: <span class="text">{escape(citation.text)}</span></p>'
