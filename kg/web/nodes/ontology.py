"""The ontology as one page: every class and property at the fragment of its IRI."""

from html import escape

from kg.ask.context import Selects
from kg.describe.description import Words
from kg.describe.reading import rows, text_of
from kg.graph.namespaces import CKG
from kg.web.labels import labels
from kg.web.nodes.addresses import Addresses
from kg.web.nodes.node import FORMATS
from kg.web.nodes.parts import link, said

_SORTS = ("class", "property")


def ontology_page(store: Selects, where: Addresses, language: str, root: str) -> str:
    """Every term with its names, definition, domain and range.

    Args:
        store: the open store.
        where: where pages are.
        language: of the page.
        root: the path under which the application is published.

    Raises:
        kg.store.StoreError: the store cannot be read.
    """
    words = labels(language)
    terms = _terms(store)
    links = "".join(f'<a class="small" href="{escape(root)}/ontology.{suffix}" download>{name}</a>' for suffix, name in FORMATS)
    parts = [
        f'<article class="kgview node"><h2>{escape(words["linked_ontology"])}</h2><p>{escape(words["linked_ontology_about"])}</p>'
        f'<div class="identity"><p class="iri"><code>{escape(str(CKG))}</code></p><p class="links">{links}</p></div>'
    ]
    for sort in _SORTS:
        mine = {iri: said_of for iri, said_of in terms.items() if said_of["sort"] == Words(sort, sort)}
        parts.append(f"<h3>{escape(words[f'linked_{sort}'])} <span class='count'>{len(mine)}</span></h3>")
        parts += [_term(iri, told, terms, where, language) for iri, told in mine.items()]
    return "".join([*parts, "</article>"])


def _term(iri: str, told: dict[str, Words], terms: dict[str, dict[str, Words]], where: Addresses, language: str) -> str:
    """One term."""
    words = labels(language)
    name = iri.removeprefix(str(CKG))
    about = []
    for key in ("broader", "domain", "range"):
        target = told.get(key, Words()).zh
        if target:
            known = terms.get(target, {}).get("name")
            shown = said(known, language) if known else escape(target.rpartition("#")[2].rpartition("/")[2])
            about.append(f"<div><dt>{escape(words[f'linked_{key}'])}</dt><dd>{link(target, shown, where)}</dd></div>")
    listed = f'<dl class="properties">{"".join(about)}</dl>' if about else ""
    more = f'<a class="small" href="{escape(where.search(node=f"ckg:{name}"))}"{where.attributes}>{escape(words["linked_use"])}</a>'
    definition = f"<p>{said(told['definition'], language)}</p>" if "definition" in told else ""
    head = f'<h4>{said(told["name"], language)} <code class="code">ckg:{escape(name)}</code></h4>'
    return f'<section id="{escape(name)}">{head}{definition}{listed}<p>{more}</p></section>'


def _terms(store: Selects) -> dict[str, dict[str, Words]]:
    """The terms of the ontology: name, definition, and IRIs of domain, range and what is broader."""
    found: dict[str, dict[str, Words]] = {}
    for row in rows(store, "ontology"):
        told = found.setdefault(text_of(row["term"]), {"sort": Words(text_of(row["sort"]), text_of(row["sort"]))})
        for key, zh, en in (("name", "zh", "en"), ("definition", "definition_zh", "definition_en")):
            if zh in row or en in row:
                told[key] = Words(*(text_of(row[each]) if each in row else "" for each in (zh, en)))
        for key in ("domain", "range", "broader"):
            if key in row:
                told[key] = Words(text_of(row[key]))
    return {iri: {"name": Words(iri.rpartition("#")[2]), **told} for iri, told in found.items()}
