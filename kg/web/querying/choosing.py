"""The collection on the page: the list to choose from, and the chosen query with its parameters as a form."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from kg.collection import NUMBER, Parameter, Query, read_topics, value_in
from kg.web.labels import TAGS, labels
from kg.web.querying.words import Words

#: Classes with more nodes than this are asked for by address: nobody reads such a list.
MOST_CHOICES = 300


def collection_list(queries: Iterable[Query], language: str) -> str:
    """The list of queries by topic, with a box to search it.

    Args:
        queries: in the order of their topics.
        language: of the interface.
    """
    said, topics = labels(language), read_topics()
    parts = []
    for topic, of_topic in groupby(queries, key=lambda query: query.topic):
        entries = "".join(_entry(query, language) for query in of_topic)
        parts.append(f'<section data-topic="{escape(topic)}"><h3>{escape(topics[topic][language])}</h3><ul>{entries}</ul></section>')
    return (
        f'<details class="collection" open lang="{TAGS[language]}"><summary><h2>{escape(said["sparql_collection"])}</h2></summary>'
        f'<label class="unseen" for="sparql-filter">{escape(said["sparql_filter"])}</label>'
        f'<input id="sparql-filter" type="search" autocomplete="off" placeholder="{escape(said["sparql_filter"])}">'
        f'<p class="unseen" role="status" data-words="{escape(said["sparql_filtered"])}"></p><div class="topics" tabindex="0" role="group" '
        f'aria-label="{escape(said["sparql_collection"])}">{"".join(parts)}<p class="none" hidden>{escape(said["sparql_filter_none"])}</p></div></details>'
    )


def _entry(query: Query, language: str) -> str:
    """A query of the list; it is found by its words in both languages."""
    words = " ".join((query.name, *query.title.values(), *query.description.values(), *query.keywords)).lower()
    return f'<li data-found-by="{escape(words)}"><button type="button" data-choose="{escape(query.name)}">{escape(query.title[language])}</button></li>'


def chosen_form(query: Query | None, text: str, words: Words, language: str) -> str:
    """The chosen query's title, description and parameters; nothing for a query of the person's own.

    Args:
        query: of the collection.
        text: the query as it is in the editor, which has the values.
        words: the nodes to choose from.
        language: of the interface.
    """
    if query is None:
        return ""
    fields = "".join(_field(each, value_in(text, each), words, language) for each in query.parameters)
    form = f'<form class="parameters" data-parameters="1">{fields}</form>' if fields else ""
    return (
        f'<section class="chosen" data-name="{escape(query.name)}" lang="{TAGS[language]}"><h2>{escape(query.title[language])}</h2>'
        f"<p>{escape(query.description[language])}</p>{form}</section>"
    )


def _field(parameter: Parameter, value: str, words: Words, language: str) -> str:
    """A parameter as a labelled field."""
    name, label = escape(parameter.name), escape(parameter.label[language])
    choices = words.choices(parameter.node_class) if parameter.chooses else ()
    if choices and len(choices) <= MOST_CHOICES:
        options = "".join(
            f'<option value="{escape(each.iri)}"{" selected" if each.iri == value else ""}>{escape(f"{each.code} {each.name[language]}".strip())}</option>'
            for each in choices
        )
        other = "" if any(each.iri == value for each in choices) else f'<option value="{escape(value)}" selected>{escape(value)}</option>'
        field = f'<select name="{name}" id="parameter-{name}">{other}{options}</select>'
    else:
        mode = ' inputmode="numeric"' if parameter.kind == NUMBER else ""
        field = f'<input name="{name}" id="parameter-{name}" type="text"{mode} maxlength="300" value="{escape(value)}" autocomplete="off">'
    return f'<div><label for="parameter-{name}">{label} <code>?{name}</code></label>{field}</div>'
