"""What points to a node: facts as rows with their lines, other things as a list; a page at a time."""

from html import escape

from kg.describe import Description, Fact, Incoming, Property
from kg.describe.reading import kinds
from kg.web.labels import labels
from kg.web.nodes.addresses import Addresses
from kg.web.nodes.parts import link, plain, said, source_cell, thing, values


def incoming(found: Description, each: Incoming, where: Addresses, language: str, page: int) -> str:
    """One list of what points to a node, its first page.

    Args:
        found: the node.
        each: the list.
        where: where pages are.
        language: of the interface.
        page: how many stand on a page.
    """
    body = _body(found.iri, each, where, language) + _pages(found.iri, each, where, language, page)
    return f'<section class="incoming">{heading(each, language)}{body}</section>'


def list_page(found: Description, each: Incoming, where: Addresses, language: str, page: int) -> str:
    """The page for one list of a node.

    Args:
        found: the node.
        each: the list, at the page wanted.
        where: where pages are.
        language: of the interface.
        page: how many stand on a page.
    """
    back = escape(labels(language)["browse_back_to"].format(name=found.name.best(language)[0]))
    return (
        f'<article class="kgview node"><p class="crumbs">{link(found.iri, back, where)}</p><h2 tabindex="-1">{said(found.name, language)}</h2>'
        f"{heading(each, language)}{_body(found.iri, each, where, language)}{_pages(found.iri, each, where, language, page)}</article>"
    )


def heading(each: Incoming, language: str) -> str:
    """What the list has, how many, and by which property they point here."""
    words = labels(language)
    role = words["browse_as"].format(property=each.name.best(language)[0])
    name = said(each.kind_name, language) if each.kind else escape(words["browse_things"])
    return f'<h3>{name} <span class="count">{each.total:,}</span> <span class="about">{escape(role)}</span></h3>'


def _body(iri: str, each: Incoming, where: Addresses, language: str) -> str:
    if each.facts:
        return _table(iri, each, where, language)
    if each.things:
        return f'<ul class="things">{"".join(f"<li>{thing(one, where, language)}</li>" for one in each.things)}</ul>'
    return f"<p>{escape(labels(language)['browse_nothing_here'])}</p>"


def _table(iri: str, each: Incoming, where: Addresses, language: str) -> str:
    """Facts as rows; a column that only repeats the node or another column is left out."""
    order = kinds()[each.kind].columns if each.kind in kinds() else ()
    names = {one.iri: one.name for fact in each.facts for one in fact.properties}
    columns = [column for column in (*order, *sorted(set(names) - set(order))) if column in names]
    columns = [column for at, column in enumerate(columns) if not _repeats(iri, column, columns[:at], each.facts, language)]
    words = labels(language)
    head = "".join(f'<th scope="col">{said(names[column], language)}</th>' for column in columns)
    rows = []
    for fact in each.facts:
        cells = "".join(f"<td>{values(fact.values(column), where, language)}</td>" for column in columns)
        whole = link(fact.iri, f'<span aria-hidden="true">›</span><span class="unseen">{escape(words["browse_open_fact"])}</span>', where, ' class="open"')
        rows.append(f'<tr>{cells}<td class="source">{source_cell(fact.source, where, language)}</td><td>{whole}</td></tr>')
    last = f'<th scope="col">{escape(words["browse_source"])}</th><th scope="col"><span class="unseen">{escape(words["browse_open_fact"])}</span></th>'
    label = escape(each.kind_name.best(language)[0])
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table class="facts"><thead><tr>{head}{last}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _repeats(iri: str, column: str, before: list[str], facts: tuple[Fact, ...], language: str) -> bool:
    """Whether a column says nothing new on this page."""

    def texts(fact: Fact, name: str) -> str:
        return plain(fact.values(name), language)

    if all([getattr(value, "iri", "") for value in fact.values(column)] == [iri] for fact in facts):
        return True
    return all(not texts(fact, column) or texts(fact, column) in [texts(fact, name) for name in before] for fact in facts)


def _pages(iri: str, each: Incoming, where: Addresses, language: str, page: int) -> str:
    """The way to the pages before and after."""
    shown = len(each.facts) + len(each.things)
    if shown >= each.total and not each.start:
        return ""
    words = labels(language)
    at = escape(words["browse_range"].format(first=each.start + bool(shown), last=each.start + shown, total=f"{each.total:,}"))
    steps = [("browse_first", 0, each.start > page), ("browse_previous", max(0, each.start - page), each.start > 0)]
    after = [
        ("browse_next", each.start + page, each.start + shown < each.total),
        ("browse_last", (each.total - 1) // page * page, each.start + 2 * page < each.total),
    ]

    def step(text: str, start: int) -> str:
        return f'<a class="small" href="{escape(where.members(iri, each.property, each.kind, start))}"{where.attributes}>{escape(words[text])}</a>'

    label = escape(f"{words['browse_pages']}: {(each.kind_name if each.kind else each.name).best(language)[0]} ({each.name.best(language)[0]})")
    left, right = ("".join(step(text, start) for text, start, wanted in several if wanted) for several in (steps, after))
    return f'<nav class="pages" aria-label="{label}">{left}<span>{at}</span>{right}</nav>'


def property_list(properties: tuple[Property, ...], where: Addresses, language: str) -> str:
    """What a node says itself."""
    if not properties:
        return ""
    rows = "".join(f"<div><dt>{said(each.name, language)}</dt><dd>{values(each.values, where, language)}</dd></div>" for each in properties)
    return f'<section><h3>{escape(labels(language)["browse_says"])}</h3><dl class="properties">{rows}</dl></section>'
