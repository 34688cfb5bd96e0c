"""Queries as Virtuoso 7 can read them too: the same query for every other engine, in words that it knows."""

import json
import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.store.binding import TOKEN
from kg.store.checking import declared

_AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
#: What ends the list of ORDER BY.
_AFTER_ORDER = ("LIMIT", "OFFSET", "VALUES", "}")


def adapted(query: str) -> tuple[str, Mapping[bytes, bytes]]:
    r"""Write a query in words that every engine knows.

    Virtuoso 7 cannot read `\/` in a prefixed name, nor an aggregate without brackets in ORDER BY, and it turns the letters of a
    SEPARATOR that are not ASCII into question marks.

    Args:
        query: The text of a query.

    Returns:
        The text, and what stands in the result for text of the query, with that text as JSON and N-Triples write it.
    """
    prefixes = declared(query)
    tokens = list(TOKEN.finditer(query))
    parts: list[str] = []
    marks: dict[bytes, bytes] = {}
    last, closing = 0, {}
    ordering, depth = False, 0
    for number, token in enumerate(tokens):
        text, word = token[0], token[0].upper()
        new = text
        if not depth and word in _AFTER_ORDER:
            ordering = False
        if word == "BY" and number and tokens[number - 1][0].upper() == "ORDER":
            ordering, depth = True, 0
        elif ordering and not depth and word in _AGGREGATES:
            new = f"({text}"
            closing[_closing(tokens, number + 1)] = True
        elif number and tokens[number - 1][0].upper() == "SEPARATOR" and text[0] in "\"'" and not text.isascii():
            mark = f"~certkg{len(marks)}~"
            marks[mark.encode()] = json.dumps(_value(text), ensure_ascii=False)[1:-1].encode()
            new = f'"{mark}"'
        elif ":" in text and "\\" in text:
            new = _plain_name(text, prefixes)
        if ordering:
            depth += {"(": 1, ")": -1}.get(word, 0)
        if number in closing:
            new += ")"
        parts += [query[last : token.start()], new]
        last = token.end()
    return "".join(parts) + query[last:], marks


def _closing(tokens: list[re.Match[str]], number: int) -> int:
    """The number of the bracket that closes the first one from here on."""
    depth = 0
    for place in range(number, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[place][0], 0)
        if not depth:
            return place
    return len(tokens)


def _value(literal: str) -> str:
    """The text that a string of a query stands for."""
    (quad,) = ox.parse(f"<urn:s> <urn:p> {literal} .".encode(), format=ox.RdfFormat.TURTLE)
    assert isinstance(quad.object, ox.Literal)
    return quad.object.value


def _plain_name(text: str, prefixes: Mapping[str, str]) -> str:
    """A prefixed name with escapes as the address that it stands for; anything else as it is."""
    prefix, _, local = text.partition(":")
    if "\\" not in local or prefix not in prefixes:
        return text
    # A dot at the end belongs to the pattern, unless it is escaped.
    name = re.sub(r"(?<!\\)\.+$", "", local)
    plain = re.sub(r"\\(.)", r"\1", name)
    return f"<{prefixes[prefix]}{plain}>{local[len(name) :]}"
