"""Two 专业类 or two credentials side by side: what both have, what only one has, what nobody can know."""

from collections.abc import Sequence
from html import escape

from kg.describe import Catalogue, Compared, Comparison, Entry, Thing
from kg.web.labels import labels
from kg.web.nodes.addresses import Addresses
from kg.web.nodes.catalogue import thing_name
from kg.web.nodes.parts import entry_line, said, thing


def comparison_page(found: Comparison, table: Catalogue, where: Addresses, language: str) -> str:
    """The comparison.

    Args:
        found: the comparison.
        table: the catalogue.
        where: where pages are.
        language: of the interface.
    """
    words = labels(language)
    categories = found.first.iri in table.by_category
    names = [each.name.best(language)[0] for each in (found.first, found.second)]
    head = " ".join((thing(found.first, where, language), f'<span class="about">{escape(words["browse_versus"])}</span>', thing(found.second, where, language)))
    about = escape(words["browse_compared_categories" if categories else "browse_compared_credentials"])
    parts = [
        f'<article class="kgview comparison"><h2 tabindex="-1">{head}</h2><p>{about}</p>',
        _states(found, table, where, language) if categories else "",
    ]
    titles = (words["browse_both"], *(words["browse_only"].format(name=name) for name in names))
    for title, part in zip(titles, (found.both, found.only_first, found.only_second), strict=True):
        parts.append(_section(title, part, found, table, where, language))
    if not categories and found.unknown:
        rows = "".join(f"<li>{escape(row.code)} {thing(row.category, where, language)} ({said(row.state.name, language)})</li>" for row in found.unknown)
        parts.append(
            f'<section><h3>{escape(words["browse_neither"])} <span class="count">{len(found.unknown)}</span></h3>'
            f'<p>{escape(words["browse_neither_about"])}</p><ul class="things">{rows}</ul></section>'
        )
    return "".join([*parts, "</article>"])


def comparison_start(first: Thing, where: Addresses, language: str) -> str:
    """What is shown while the second is not chosen yet.

    Args:
        first: the one that is chosen.
        where: where pages are.
        language: of the interface.
    """
    words = labels(language)
    name = first.name.best(language)[0]
    return (
        f'<article class="kgview comparison"><h2 tabindex="-1">{escape(words["browse_compare_title"].format(name=name))}</h2>'
        f"<p>{escape(words['browse_compare_how'])}</p><p>{thing(first, where, language)}</p></article>"
    )


def _states(found: Comparison, table: Catalogue, where: Addresses, language: str) -> str:
    """How whole the two rows are."""
    items = []
    for each in (found.first, found.second):
        row = table.by_category[each.iri]
        state = row.state.iri.rpartition("/")[2]
        loss = f' <span lang="zh-Hans">{escape(row.loss)}</span>' if row.loss else ""
        items.append(f'<li>{thing(each, where, language)}: <span class="row-state {escape(state)}">{said(row.state.name, language)}</span>{loss}</li>')
    return f'<ul class="states">{"".join(items)}</ul>'


def _section(title: str, part: Sequence[Compared], found: Comparison, table: Catalogue, where: Addresses, language: str) -> str:
    words = labels(language)
    head = f'<section><h3>{escape(title)} <span class="count">{len(part)}</span></h3>'
    if not part:
        return f"{head}<p>{escape(words['browse_none'])}</p></section>"
    names = [each.name.best(language) for each in (found.first, found.second)]
    columns = "".join(f'<th scope="col">{thing_name(each)}</th>' for each in names)
    what = escape(words["browse_credential" if found.first.iri in table.by_category else "browse_category"])
    rows = "".join(
        f'<tr><th scope="row">{thing(each.other, where, language)}</th>'
        f"<td>{_cells(each.first, each.first_unknown, table, where, language)}</td>"
        f"<td>{_cells(each.second, each.second_unknown, table, where, language)}</td></tr>"
        for each in part
    )
    return (
        f'{head}<div class="scroll" role="region" tabindex="0" aria-label="{escape(title)}"><table class="facts compared">'
        f'<thead><tr><th scope="col">{what}</th>{columns}</tr></thead><tbody>{rows}</tbody></table></div></section>'
    )


def _cells(found: Sequence[Entry], unknown: bool, table: Catalogue, where: Addresses, language: str) -> str:
    """Tiers and families of the entries, each with its line; or that there is none, or that nobody knows."""
    words = labels(language)
    if not found:
        return f'<span class="{"lost" if unknown else "none"}">{escape(words["browse_unknown" if unknown else "browse_absent"])}</span>'
    concepts = {each.iri: each.name.best(language) for each in (*table.families, *table.tiers)}
    order = [each.iri for each in (*table.tiers, *table.families)]
    ordered = sorted(found, key=lambda each: (order.index(each.tier), order.index(each.family), each.line))
    cells = (
        f'<li>{thing_name(concepts[each.tier])} <span class="about">{thing_name(concepts[each.family])}</span> {entry_line(each, where, language)}</li>'
        for each in ordered
    )
    return f'<ul class="cells">{"".join(cells)}</ul>'
