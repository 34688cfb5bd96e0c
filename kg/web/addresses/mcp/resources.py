"""The resources: the vocabulary and example queries, to be read before a query is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial

from kg.collection import Query, read_collection, read_topics
from kg.graph.build import ONTOLOGY
from kg.graph.namespaces import PREFIXES

TURTLE, MARKDOWN, SPARQL = "text/turtle", "text/markdown", "application/sparql-query"


@dataclass(frozen=True)
class Resource:
    """A text that clients may read: its address, name, description, media type, and what makes it."""

    uri: str
    name: str
    about: str
    media_type: str
    text: Callable[[], str]


@cache
def resources() -> Mapping[str, Resource]:
    """All of them, by their addresses."""
    files = sorted((ONTOLOGY / "vocabularies").glob("*.ttl"))
    made = [
        Resource("certkg://ontology", "ontology", "Classes and properties with their definitions.", TURTLE, (ONTOLOGY / "certkg.ttl").read_text),
        Resource("certkg://prefixes", "prefixes", "The prefixes to begin a query with.", SPARQL, _prefixes),
        *(Resource(f"certkg://vocabulary/{path.stem}", path.stem, f"The controlled words: {path.stem}.", TURTLE, path.read_text) for path in files),
        Resource("certkg://queries", "queries", "The example queries by topic, with title and description.", MARKDOWN, _queries),
        *(
            Resource(f"certkg://queries/{query.name}", query.name, f"{query.title['en']} · {query.title['zh']}", SPARQL, partial(_query, query))
            for query in read_collection()
        ),
    ]
    return {each.uri: each for each in made}


def _prefixes() -> str:
    return "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())


def _queries() -> str:
    """The list of the queries."""
    topics, lines, topic = read_topics(), ["# Example queries", ""], ""
    for query in read_collection():
        if query.topic != topic:
            topic = query.topic
            lines += ["", f"## {topics[topic]['en']} · {topics[topic]['zh']}", ""]
        lines.append(f"- `certkg://queries/{query.name}`: {query.title['en']} {query.description['en']}")
    return "\n".join(lines)


def _query(query: Query) -> str:
    """A query with what it is about; it runs as it stands."""
    parameters = "".join(f"# change ?{each.name} ({each.kind}): {each.label['en']}\n" for each in query.parameters)
    return f"# {query.title['en']}\n# {query.title['zh']}\n# {query.description['en']}\n{parameters}{query.text}"
