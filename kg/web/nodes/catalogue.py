"""The catalogue as a table 专业类 × family × tier, and one of its rows with its entries."""

from collections.abc import Iterable
from html import escape

from kg.describe import Catalogue, CatalogueRow, Entry, Thing
from kg.web.labels import TAGS, labels
from kg.web.nodes.addresses import Addresses
from kg.web.nodes.parts import entry_line, said, thing

#: States by which the table can be filtered, in the order of the buttons.
STATES = ("complete", "damaged", "empty", "missing")
#: Entries of a cell that stand open; the others fold away.
OPEN = 12


def catalogue_page(table: Catalogue, where: Addresses, language: str, state: str = "", root: str = "") -> str:
    """The whole catalogue.

    Args:
        table: the catalogue.
        where: where pages are.
        language: of the interface.
        state: only rows of this state; empty or unknown: all.
        root: the path under which the application is published.
    """
    words = labels(language)
    state = state if state in STATES else ""
    shown = [row for row in table.rows if not state or row.state.iri.endswith(f"/{state}")]
    others = (("dataset", "browse_dataset"), ("ontology", "linked_ontology"))
    elsewhere = " · ".join(f'<a href="{escape(root)}/{path}">{escape(words[key])}</a>' for path, key in others)
    return (
        f'<article class="kgview catalogue"><h2 tabindex="-1">{escape(words["browse_catalogue"])}</h2>'
        f"<p>{escape(words['browse_catalogue_about'])} {elsewhere}</p>"
        f"{_filters(table, state, where, language)}{_legend(language)}"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(words["browse_catalogue"])}"><table class="grid">{_head(table, language)}'
        f"<tbody>{''.join(_rows(table, shown, where, language))}</tbody></table></div></article>"
    )


def _filters(table: Catalogue, state: str, where: Addresses, language: str) -> str:
    words = labels(language)
    found = [("", words["browse_all_rows"], len(table.rows))]
    for each in STATES:
        mine = [row for row in table.rows if row.state.iri.endswith(f"/{each}")]
        found += [(each, mine[0].state.name.best(language)[0], len(mine))] if mine else []
    items = "".join(
        f'<li><a class="small" href="{escape(where.search(state=each))}"{where.attributes}{_current(each == state)}>{escape(name)} {count}</a></li>'
        for each, name, count in found
    )
    return f'<nav class="filters" aria-label="{escape(words["browse_filter"])}"><ul>{items}</ul></nav>'


def _current(current: bool) -> str:
    return ' aria-current="true"' if current else ""


def _legend(language: str) -> str:
    words = labels(language)
    parts = (("7", "browse_legend_count"), ("7+?", "browse_legend_more"), ("?", "browse_legend_unknown"), ("–", "browse_legend_none"))
    items = "".join(f"<li><b>{mark}</b> {escape(words[key])}</li>" for mark, key in parts)
    return f'<ul class="legend">{items}</ul>'


def _head(table: Catalogue, language: str) -> str:
    """Families over tiers."""
    words = labels(language)
    over = "".join(f'<th scope="colgroup" colspan="{len(table.tiers)}">{thing_name(each.name.best(language))}</th>' for each in table.families)
    tiers = "".join(f'<th scope="col">{_short(tier, language)}</th>' for tier in table.tiers)
    under = tiers * len(table.families)
    first = f'<th scope="col" rowspan="2">{escape(words["browse_category"])}</th><th scope="col" rowspan="2">{escape(words["browse_state"])}</th>'
    return f"<thead><tr>{first}{over}</tr><tr>{under}</tr></thead>"


def _short(tier: Thing, language: str) -> str:
    """The name of a tier in as few letters as the interface has for it."""
    name = tier.name.best(language)[0]
    short = labels(language).get(f"browse_short_{tier.iri.rpartition('/')[2]}", name)
    return escape(name) if short == name else f'<abbr title="{escape(name)}">{escape(short)}</abbr>'


def thing_name(spoken: tuple[str, str]) -> str:
    """A name with its language."""
    return f'<span lang="{TAGS[spoken[1]]}">{escape(spoken[0])}</span>'


def _rows(table: Catalogue, shown: Iterable[CatalogueRow], where: Addresses, language: str) -> Iterable[str]:
    """The rows, each group under its heading."""
    columns = [(family, tier) for family in table.families for tier in table.tiers]
    group = ""
    for row in shown:
        if row.group.iri != group:
            group = row.group.iri
            name = f"{escape(row.group_code)} {thing(row.group, where, language)}"
            yield f'<tr class="group"><th scope="colgroup" colspan="{len(columns) + 2}">{name}</th></tr>'
        state = row.state.iri.rpartition("/")[2]
        title = f' title="{escape(row.loss)}"' if row.loss else ""
        cells = "".join(_count(row, (family.iri, tier.iri)) for family, tier in columns)
        yield (
            f'<tr><th scope="row"><code>{escape(row.code)}</code> {thing(row.category, where, language)}</th>'
            f'<td><span class="row-state {escape(state)}"{title}>{said(row.state.name, language)}</span></td>{cells}</tr>'
        )


def _count(row: CatalogueRow, column: tuple[str, str]) -> str:
    count, lost = row.counts.get(column, 0), row.lost(column)
    text = f"{count}+?" if count and lost else "?" if lost else str(count) if count else "–"
    kind = "lost" if lost else "some" if count else "none"
    return f'<td class="n {kind}">{text}</td>'


def matrix(table: Catalogue, category: str, found: tuple[Entry, ...], where: Addresses, language: str) -> str:
    """One row of the catalogue with all its entries, family by family.

    Args:
        table: the catalogue.
        category: the IRI of the 专业类.
        found: its entries.
        where: where pages are.
        language: of the interface.

    Returns:
        HTML; nothing for what is no row of the catalogue.
    """
    row = table.by_category.get(category)
    if row is None:
        return ""
    words = labels(language)
    state = row.state.iri.rpartition("/")[2]
    loss = f'<p class="loss" lang="{TAGS["zh"]}">{escape(row.loss)}</p>' if row.loss else ""
    about = escape(words[f"browse_row_{state}"]) if f"browse_row_{state}" in words else ""
    sections = []
    for family in table.families:
        cells = "".join(
            f"<div><h5>{thing_name(tier.name.best(language))}</h5>"
            f"{_cell([each for each in found if (each.family, each.tier) == (family.iri, tier.iri)], row.lost((family.iri, tier.iri)), where, language)}</div>"
            for tier in table.tiers
        )
        sections.append(f'<section class="family"><h4>{thing_name(family.name.best(language))}</h4><div class="tiers">{cells}</div></section>')
    return (
        f'<section class="row"><h3>{escape(words["browse_row"])} <span class="count">{len(found)}</span></h3>'
        f'<p><span class="row-state {escape(state)}">{said(row.state.name, language)}</span> {about}</p>{loss}{"".join(sections)}</section>'
    )


def _cell(found: list[Entry], lost: bool, where: Addresses, language: str) -> str:
    """The entries of a cell."""
    words = labels(language)
    warning = f'<p class="lost">{escape(words["browse_cell_lost"])}</p>' if lost else ""
    if not found:
        return warning or f'<p class="none">{escape(words["browse_cell_none"])}</p>'
    items = [f"<li>{thing(each.other, where, language)}{_level(each)} {entry_line(each, where, language)}</li>" for each in found]
    rest = len(items) - OPEN
    more = (
        f'<details class="more"><summary>{escape(words["browse_more"].format(count=rest))}</summary><ul>{"".join(items[OPEN:])}</ul></details>'
        if rest > 0
        else ""
    )
    return f"<ul>{''.join(items[:OPEN])}</ul>{more}{warning}"


def _level(entry: Entry) -> str:
    """The level that is printed with a name, where the name does not say it."""
    return f' <span class="about" lang="{TAGS["zh"]}">（{escape(entry.level)}）</span>' if entry.level and entry.level not in str(entry.other.name) else ""
