"""What a query gave, as a part of the page: table, chart, graph or truth value. Every text is escaped here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.graph.namespaces import ID, PREFIXES
from kg.store import FORMATS, Row, Rows, Term, Triples, Truth
from kg.store.results import XSD_STRING, write_triples
from kg.web.labels import TAGS, labels
from kg.web.nodes import TabAddresses
from kg.web.querying.chart import chart
from kg.web.querying.words import Names

#: Rows of a table that the page gets, at most so many cells of them, and rows that are shown at a time.
SHOWN_ROWS, SHOWN_CELLS, PAGE = 1000, 12_000, 50
#: Triples that the page gets.
SHOWN_TRIPLES = 1000
#: Longest query that a link carries: longer addresses are cut by some programs.
LINK_LENGTH = 7000
_WHERE = TabAddresses()
_XSD = PREFIXES["xsd"]
_NUMBERS = {f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long")}


@dataclass(frozen=True)
class Shown:
    """How a result is shown.

    Attributes:
        language: of the interface.
        names: of the nodes.
        query: the text that ran.
        name: of the query of the collection that it was made from; empty for a query of the person's own.
        changed: whether the text is another than the collection's.
    """

    language: str
    names: Names
    query: str
    name: str = ""
    changed: bool = True


def result(outcome: Rows | Truth | Triples, shown: Shown) -> str:
    """A result with its summary and what can be done with it.

    Args:
        outcome: what the store gave.
        shown: how it is shown.
    """
    said = labels(shown.language)
    if isinstance(outcome, Truth):
        word = said["sparql_true" if outcome.value else "sparql_false"]
        body, count, graph = f'<p class="truth {str(outcome.value).lower()}">{escape(word)}</p>', "", False
    elif isinstance(outcome, Triples):
        body, count, graph = _graph(outcome, shown.language), _count("sparql_triples", len(outcome.triples), outcome.capped, shown.language), True
    else:
        body, count, graph = _rows(outcome, shown), _count("sparql_rows", len(outcome.rows), outcome.capped, shown.language), False
    taken = said["sparql_taken"].format(seconds=f"{outcome.seconds:.3f}")
    told = f"{count}{said['sparql_comma']}{taken}" if count else taken
    summary = f'<p class="summary" role="status">{escape(told)}</p>'
    return (
        f'<section class="sparql-result" data-query="{escape(shown.query)}" lang="{TAGS[shown.language]}">'
        f'<h3 class="unseen">{escape(said["sparql_result"])}</h3>{summary}{_actions(shown, graph)}{body}</section>'
    )


def _count(label: str, count: int, capped: bool, language: str) -> str:
    """How many there are; more than that where the store stopped counting."""
    return labels(language)[f"{label}_more" if capped else label].format(count=f"{count:,}")


def _actions(shown: Shown, graph: bool) -> str:
    """Downloads and the permanent link."""
    said = labels(shown.language)
    formats = [(name, each) for name, each in FORMATS.items() if each.graph == graph]
    buttons = "".join(
        f'<button type="button" class="small" data-download="{escape(name)}" data-type="{escape(each.media_type)}" data-extension="{escape(each.extension)}">'
        f"{escape(said[f'sparql_format_{name}'])}</button>"
        for name, each in formats
    )
    address = permanent_link(shown)
    link = f'<a class="small" href="{escape(address)}" data-copy-link="1">{escape(said["sparql_link"])}</a>' if address else ""
    return f'<div class="result-actions"><span>{escape(said["sparql_download"])}</span>{buttons}{link}</div>'


def permanent_link(shown: Shown) -> str:
    """The address that opens and runs a query; empty where the query is too long for one.

    Args:
        shown: the query and its name.
    """
    given = [("tab", "sparql"), *([("name", shown.name)] if shown.name else []), *([("query", shown.query)] if shown.changed else [])]
    address = f"?{urlencode(given)}"
    return address if len(address) <= LINK_LENGTH else ""


def _graph(outcome: Triples, language: str) -> str:
    """Triples as Turtle."""
    said = labels(language)
    if not outcome.triples:
        return f'<p class="message">{escape(said["sparql_nothing"])}</p>'
    kept = outcome.triples[:SHOWN_TRIPLES]
    text = write_triples(sorted(kept, key=str), "turtle", _prefixes(kept)).decode()
    note = _note("sparql_triples_shown", len(kept), language) if len(kept) < len(outcome.triples) or outcome.capped else ""
    return f'{note}<pre class="turtle" tabindex="0" aria-label="Turtle"><code>{escape(text)}</code></pre>'


def _prefixes(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The prefixes that triples use; not that of the nodes, whose slashes would have to be escaped."""
    written = " ".join(map(str, triples))
    return {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in written and space != str(ID)}


def _note(label: str, count: int, language: str) -> str:
    return f'<p class="cut">{escape(labels(language)[label].format(count=f"{count:,}"))}</p>'


def _rows(outcome: Rows, shown: Shown) -> str:
    """A table, page by page, with a chart where it says something."""
    said = labels(shown.language)
    if not outcome.rows:
        return f'<p class="message">{escape(said["sparql_nothing"])}</p>'
    kept = outcome.rows[: min(SHOWN_ROWS, max(PAGE, SHOWN_CELLS // max(1, len(outcome.variables))))]
    note = _note("sparql_rows_shown", len(kept), shown.language) if len(kept) < len(outcome.rows) or outcome.capped else ""
    picture = "" if outcome.capped else chart(outcome, lambda term: plain(term, shown.names, shown.language), is_number, shown.language)
    numbers = [all(row[place] is None or is_number(row[place]) for row in kept) for place in range(len(outcome.variables))]
    heads = "".join(
        f'<th scope="col"{" class=n" if number else ""}>{escape(variable)}</th>' for variable, number in zip(outcome.variables, numbers, strict=True)
    )
    pages = [kept[start : start + PAGE] for start in range(0, len(kept), PAGE)]
    bodies = "".join(
        f'<tbody data-page-of="{number}"{" hidden" if number else ""}>{"".join(_row(row, shown) for row in page)}</tbody>' for number, page in enumerate(pages)
    )
    region = f'<div class="table" role="region" tabindex="0" aria-label="{escape(said["sparql_table"])}">'
    return f"{note}{picture}{region}<table><thead><tr>{heads}</tr></thead>{bodies}</table></div>{_pager(len(kept), len(pages), shown.language)}"


def _pager(rows: int, pages: int, language: str) -> str:
    """The buttons from page to page; the script hides and shows, and fills in the words."""
    if pages < 2:
        return ""
    said = labels(language)
    words = f'data-words="{escape(said["sparql_page"])}" data-size="{PAGE}" data-rows="{rows}"'
    now = said["sparql_page"].format(first=1, last=PAGE, count=rows)
    return (
        f'<nav class="pager" aria-label="{escape(said["sparql_pages"])}" {words}>'
        f'<button type="button" class="small" data-step="-1" disabled>{escape(said["sparql_before"])}</button>'
        f'<span role="status">{escape(now)}</span><button type="button" class="small" data-step="1">{escape(said["sparql_after"])}</button></nav>'
    )


def _row(row: Row, shown: Shown) -> str:
    return f"<tr>{''.join(_cell(term, shown) for term in row)}</tr>"


def _cell(term: Term | None, shown: Shown) -> str:
    """A value: a node as a link with its name, a text with its language, a number to the right."""
    if term is None:
        return f'<td><span class="unseen">{escape(labels(shown.language)["sparql_unbound"])}</span></td>'
    if isinstance(term, ox.Literal):
        return _literal(term, shown.language)
    return f"<td>{_node(term, shown)}</td>"


def _literal(term: ox.Literal, language: str) -> str:
    text = escape(term.value)
    if term.language:
        tag = TAGS.get(term.language, term.language)
        lang = f' lang="{escape(tag)}"' if tag != TAGS[language] else ""
        return f'<td><span{lang}>{text}</span> <span class="type">@{escape(term.language)}</span></td>'
    kind = term.datatype.value
    if kind == XSD_STRING:
        return f"<td>{text}</td>"
    mark = f'<span class="type">{escape(compact(kind))}</span>'
    return f'<td class="n">{text} {mark}</td>' if is_number(term) else f"<td>{text} {mark}</td>"


def _node(term: ox.NamedNode | ox.BlankNode | ox.Triple, shown: Shown) -> str:
    if not isinstance(term, ox.NamedNode):
        return f"<code>{escape(str(term))}</code>"
    iri, short = term.value, escape(compact(term.value))
    name = shown.names.get(iri, {}).get(shown.language, "")
    text, more = (escape(name), f" <code>{short}</code>") if name else (f"<code>{short}</code>", "")
    address = _WHERE.node(iri)
    if address:
        return f'<a href="{escape(address)}"{_WHERE.attributes} title="{escape(iri)}">{text}</a>{more}'
    return f'<span title="{escape(iri)}">{text}</span>{more}'


def compact(iri: str) -> str:
    """An address with a prefix of the project, for reading: paths keep their slashes, which SPARQL would not take.

    Args:
        iri: the address.
    """
    found = max((space for space in PREFIXES.values() if iri.startswith(space)), key=len, default="")
    prefix = next((prefix for prefix, space in PREFIXES.items() if space == found), "")
    return f"{prefix}:{iri.removeprefix(found)}" if found else iri


def plain(term: Term | None, names: Mapping[str, Mapping[str, str]], language: str) -> str:
    """A value as text: a node's name, or its address in short.

    Args:
        term: the value; None where a variable is not bound.
        names: of the nodes.
        language: of the names.
    """
    if isinstance(term, ox.NamedNode):
        return names.get(term.value, {}).get(language, "") or compact(term.value)
    return "" if term is None else term.value if isinstance(term, ox.Literal) else str(term)


def is_number(term: Term | None) -> bool:
    """Whether a value is a number."""
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS
