"""What a search found."""

from collections.abc import Sequence
from html import escape

from kg.describe import Description, Found
from kg.web.labels import TAGS, labels
from kg.web.nodes.addresses import Addresses, node_key
from kg.web.nodes.node import comparable
from kg.web.nodes.parts import link, said


def results(text: str, found: Sequence[Found], where: Addresses, language: str, here: Description | None = None) -> str:
    """The nodes found, as links; those that can be compared with the node that is open have a link for that.

    Args:
        text: what was typed.
        found: the nodes.
        where: where pages are.
        language: of the interface.
        here: the node that is open.
    """
    words = labels(language)
    if not text.strip():
        return ""
    if not found:
        return f'<div class="kgview"><p class="nothing" role="status">{escape(words["browse_nothing"].format(text=text.strip()[:60]))}</p></div>'
    items = "".join(f"<li>{_result(each, where, language, here)}</li>" for each in found)
    count = escape(words["browse_found"].format(count=len(found)))
    return f'<div class="kgview"><p class="unseen" role="status">{count}</p><ul class="results">{items}</ul></div>'


def _result(each: Found, where: Addresses, language: str, here: Description | None) -> str:
    words = labels(language)
    name, spoken = each.thing.name.best(language)
    code = f' <code class="code">{escape(each.code)}</code>' if each.code else ""
    also = f'<span class="matched">{escape(words["browse_matched"])}<span lang="{TAGS["zh"]}">{escape(each.matched)}</span></span>'
    near = f'<span class="matched">{escape(words["browse_similar"])}</span>' if each.way == "similar" else ""
    shown = f'<span class="name" lang="{TAGS[spoken]}">{escape(name)}</span>{code} <span class="about">{said(each.kind.name, language)}</span>'
    matched = also if each.matched not in (name, each.code) else ""
    return link(each.thing.iri, f"{shown} {matched}{near}", where, ' class="result"') + _compare(each, where, language, here)


def _compare(each: Found, where: Addresses, language: str, here: Description | None) -> str:
    """A link that compares with the node that is open, if both are 专业类 or both credentials."""
    if here is None or not comparable(here) or here.iri == each.thing.iri or _sort(here.iri) != _sort(each.thing.iri):
        return ""
    address = where.search(compare=node_key(here.iri), with_=node_key(each.thing.iri))
    label = escape(labels(language)["browse_compare_with"].format(name=here.name.best(language)[0]))
    return f'<a class="small" href="{escape(address)}"{where.attributes}>{label}</a>'


def _sort(iri: str) -> str:
    """The first part of a node's address, which tells credentials from 专业类."""
    return node_key(iri).partition("/")[0]
