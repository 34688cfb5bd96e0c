"""Small pages for other programs to show: the preview of a thing, and what the features of a score mean."""

from html import escape

from kg.describe import Description, Source, Thing, Value
from kg.web.addresses.reconcile.answers import features
from kg.web.labels import TAGS, labels

_STYLE = (
    ":root{color-scheme:light dark}body{font:14px/1.45 system-ui,'Noto Sans CJK SC',sans-serif;margin:10px;overflow-wrap:anywhere}"
    "h1{font-size:17px;margin:0 0 2px}p{margin:2px 0 8px;opacity:.8}dl{margin:0}dt{font-weight:600;margin-top:6px}dd{margin:0 0 0 10px}"
    "li{margin:3px 0}ul{padding-left:18px;margin:0}"
)
#: Values of a property, and lines of documents, that a preview has room for.
_VALUES, _LINES = 4, 3


def preview(node: Description, language: str) -> str:
    """A page of some twenty lines on a thing: its types, other names, facts, and the first lines that name it.

    Args:
        node: the thing.
        language: zh or en.
    """
    said = labels(language)
    rows = [(each.name.best(language)[0], _values(each.values, language)) for each in node.properties]
    names = ", ".join(escape(each.text) for each in node.labels[:_VALUES])
    if names:
        rows.insert(0, (said["reconcile_names"], names))
    facts = [f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in rows]
    for each in node.incoming:
        lines = [_line(fact.source, said["reconcile_line"]) for fact in each.facts[:_LINES] if fact.source]
        if lines:
            facts.append(f"<dt>{escape(each.kind_name.best(language)[0])} ({each.total})</dt><dd><ul>{''.join(lines)}</ul></dd>")
    types = " · ".join(escape(each.name.best(language)[0]) for each in node.types[:2])
    return page(f"<h1>{escape(node.name.best(language)[0])}</h1><p>{types}</p><dl>{''.join(facts)}</dl>", node.name.best(language)[0], language)


def flyout(name: str, about: str) -> str:
    """A few words on a thing, type or property, without a page around them."""
    return f"<p><strong>{escape(name)}</strong><br>{escape(about)}</p>"


def explained(language: str) -> str:
    """The page on the features, each with its identifier as anchor."""
    rows = (
        f'<dt id="{escape(id)}">{escape(name.best(language)[0])} <code>{escape(id)}</code></dt><dd>{escape(about.best(language)[0])}</dd>'
        for id, (name, about) in features().items()
    )
    title = labels(language)["reconcile_features"]
    return page(f"<h1>{escape(title)}</h1><dl>{''.join(rows)}</dl>", title, language)


def page(body: str, title: str, language: str) -> str:
    """A page with its style in it, as it may stand in a frame of another program.

    Args:
        body: HTML.
        title: text.
        language: of the page.
    """
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="{TAGS[language]}"><head>{head}</head><body>{body}</body></html>'


def _values(values: tuple[Value, ...], language: str) -> str:
    said = [each.name.best(language)[0] if isinstance(each, Thing) else each.text for each in values]
    return ", ".join(escape(each) for each in said[:_VALUES]) + (f" … ({len(said)})" if len(said) > _VALUES else "")


def _line(source: Source, line: str) -> str:
    return f"<li>{escape(source.text)} <small>({escape(source.place)}, {escape(line.format(line=source.line))})</small></li>"
