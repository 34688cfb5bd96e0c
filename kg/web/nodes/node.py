"""The page of one node."""

from html import escape

from kg.describe import GENERAL, Catalogue, Description, Entry, Thing, Words
from kg.graph.namespaces import CKG, ID
from kg.web.labels import TAGS, labels
from kg.web.nodes.addresses import Addresses, PageAddresses, node_key
from kg.web.nodes.catalogue import matrix
from kg.web.nodes.listing import incoming, property_list
from kg.web.nodes.parts import link, said, source_block, thing
from kg.web.nodes.picture import pictures

_CATEGORY, _CREDENTIAL, _RECOGNITION = str(CKG.MajorCategory), str(CKG.Credential), str(CKG.Recognition)
_CODE = "#notation"
#: Formats of the data of a node: suffix and name.
FORMATS = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"), ("rdf", "RDF/XML"))


def node_page(
    found: Description, where: Addresses, language: str, page: int, table: Catalogue | None = None, row: tuple[Entry, ...] = (), root: str = ""
) -> str:
    """A node with everything that is known of it.

    Args:
        found: the node.
        where: where other pages are.
        language: of the interface.
        page: how many stand on a page of each list.
        table: the catalogue, for a node that is a row of it.
        row: the entries of that row.
        root: the path under which the application is published.

    Returns:
        HTML, everything escaped.
    """
    telling = [each for each in found.types if each.iri not in GENERAL] or found.types
    kinds = "".join(f'<span class="kind">{thing(each, where, language)}</span>' for each in telling)
    codes = "".join(f'<code class="code">{escape(each.text)}</code>' for each in found.labels if each.kind.endswith(_CODE))
    spoken = found.name.best(language)[1]
    definition = f'<p class="definition">{said(found.definition, language)}</p>' if found.definition.best(language)[0] else ""
    lists = [each for each in found.incoming if not (row and each.kind == _RECOGNITION)]
    parts = (
        crumbs(found, where, language),
        f'<h2 tabindex="-1"><span lang="{TAGS[spoken]}">{escape(found.name.best(language)[0])}</span> {codes}</h2><p class="kinds">{kinds}</p>',
        definition,
        _other_names(found, language),
        _actions(found, where, language, root),
        source_block(found.source, where, language) if found.source else "",
        source_block(found.place, where, language) if found.place else "",
        matrix(table, found.iri, row, where, language) if table else "",
        pictures(found, where, language),
        "" if found.place else property_list(found.properties, where, language),
        *(incoming(found, each, where, language, page) for each in lists),
    )
    return f'<article class="kgview node">{"".join(parts)}</article>'


def crumbs(found: Description, where: Addresses, language: str) -> str:
    """The way here: the catalogue, what is broader, or the class."""
    words = labels(language)
    broader = [each for one in found.properties if one.iri.endswith("#broader") for each in one.values if isinstance(each, Thing)]
    steps = [f'<a href="{escape(where.search())}"{where.attributes}>{escape(words["browse_start"])}</a>']
    steps += [thing(each, where, language) for each in broader[:1]] or [thing(each, where, language) for each in found.types[:1]]
    items = "".join(f"<li>{each}</li>" for each in (*steps, f'<span aria-current="page">{said(found.name, language)}</span>'))
    return f'<nav class="crumbs" aria-label="{escape(words["browse_crumbs"])}"><ol>{items}</ol></nav>'


def _other_names(found: Description, language: str) -> str:
    """The other names by their kind."""
    words = labels(language)
    other = found.name.best("en" if language == "zh" else "zh")
    grouped: dict[Words, list[tuple[str, str]]] = {}
    if not found.source and found.name.zh and found.name.en and other[0] != found.name.best(language)[0]:
        grouped[Words(words["browse_other_language"], words["browse_other_language"])] = [other]
    for each in found.labels:
        if not each.kind.endswith(_CODE):
            grouped.setdefault(each.kind_name, []).append((each.text, each.language))
    if not grouped:
        return ""
    rows = []
    for kind, names in grouped.items():
        shown = " · ".join(f'<span lang="{TAGS.get(spoken, "zh-Hans")}">{escape(name)}</span>' for name, spoken in names)
        rows.append(f"<div><dt>{said(kind, language)}</dt><dd>{shown}</dd></div>")
    return f'<dl class="properties names">{"".join(rows)}</dl>'


def _actions(found: Description, where: Addresses, language: str, root: str) -> str:
    """The IRI, the same node elsewhere, its data, and what can be done with it."""
    words = labels(language)
    links, copy = [], ""
    if isinstance(where, PageAddresses):
        links.append(f'<a class="small" href="{escape(where.search(node=node_key(found.iri)))}">{escape(words["browse_here"])}</a>')
    else:
        copy = f' <button type="button" class="small" data-copy="{escape(found.iri)}">{escape(words["browse_copy"])}</button>'
    if found.iri.startswith(str(ID)):
        plain = PageAddresses(root).node(found.iri)
        links += [] if isinstance(where, PageAddresses) else [f'<a class="small" href="{escape(plain)}">{escape(words["browse_linked"])}</a>']
        links += [f'<a class="small" href="{escape(plain)}.{suffix}" rel="alternate" download>{name}</a>' for suffix, name in FORMATS]
    if comparable(found):
        links.append(f'<a class="small" href="{escape(where.search(compare=node_key(found.iri)))}"{where.attributes}>{escape(words["browse_compare"])}</a>')
    exact = "".join(f"<li>{link(each, escape(each), where)}</li>" for each in found.exact)
    same = f'<p>{escape(words["browse_exact"])}</p><ul class="exact">{exact}</ul>' if exact else ""
    return f'<div class="identity"><p class="iri"><code>{escape(found.iri)}</code>{copy}</p><p class="links">{"".join(links)}</p>{same}</div>'


def comparable(found: Description) -> bool:
    """Whether a node can be compared with another: a 专业类 or a credential."""
    kinds = {each.iri for each in found.types}
    return bool(kinds & {_CATEGORY, _CREDENTIAL})
