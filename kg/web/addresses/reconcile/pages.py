"""Small pages for other programs to show: the preview of a thing, and what the features of a score mean."""

from html import escape

from kg.describe import Description, Property, Source, Thing, Value
from kg.web.addresses.pages import page
from kg.web.addresses.reconcile.answers import features
from kg.web.labels import labels

#: Values of a property, facts, and lines of documents, that a preview has room for.
_VALUES, _FACTS, _LINES = 4, 3, 3


def preview(node: Description, language: str) -> str:
    """A page of some twenty lines on a thing: its types, other names, facts, and the first lines that name it.

    Args:
        node: the thing.
        language: zh or en.
    """
    said = labels(language)
    name = node.name.best(language)[0]
    names = ", ".join(escape(each.text) for each in node.labels[:_VALUES])
    rows = [(said["reconcile_names"], names)] if names else []
    rows += [(each.name.best(language)[0], _values(each.values, language)) for each in node.properties if _telling(each)]
    facts = [f"<dt>{escape(what)}</dt><dd>{value}</dd>" for what, value in rows[:_FACTS]]
    for each in node.incoming:
        lines = [_line(fact.source, said["reconcile_line"]) for fact in each.facts[:_LINES] if fact.source]
        if lines:
            facts.append(f"<dt>{escape(each.kind_name.best(language)[0])} ({each.total})</dt><dd><ul>{''.join(lines)}</ul></dd>")
    type = escape(node.types[0].name.best(language)[0]) if node.types else ""
    return page(f"<h1>{escape(name)}</h1><p>{type}</p><dl>{''.join(facts)}</dl>", name, language)


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


def _telling(property: Property) -> bool:
    """Whether a property leads to other things and not only to the scheme that all things of a kind are in; codes stand among the names."""
    return isinstance(property.values[0], Thing) and not property.iri.endswith(("#inScheme", "#topConceptOf"))


def _values(values: tuple[Value, ...], language: str) -> str:
    said = [each.name.best(language)[0] if isinstance(each, Thing) else each.text for each in values]
    return ", ".join(escape(each) for each in said[:_VALUES]) + (f" … ({len(said)})" if len(said) > _VALUES else "")


def _line(source: Source, line: str) -> str:
    return f"<li>{escape(source.text)} <small>({escape(source.place)}, {escape(line.format(line=source.line))})</small></li>"
