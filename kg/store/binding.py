"""The text of a query, taken apart where an engine takes nothing but text: terms for its variables, its prologue, its pattern."""

import re
from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox

from kg.store.errors import QueryRefused
from kg.store.results import Bindings

#: What can hold a bracket or a word that is no syntax comes first: an IRI, a string, a comment, an escaped character.
TOKEN = re.compile(
    r"""<[^<>"{}|^`\\\s]*>|\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*|\\.
    |[?$]\w+|[\w.-]*:(?:[\w.:%-]|\\.)*|[(){}]|\w+""",
    re.DOTALL | re.VERBOSE,
)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def with_values(query: str, bindings: Bindings) -> str:
    """A query with its bindings in it, each as a VALUES clause at the start of its pattern, written by the library that also reads terms.

    Args:
        query: The text of a SELECT, ASK, CONSTRUCT or DESCRIBE.
        bindings: By the name of the variable a term, or several of which each row has one.

    Raises:
        QueryRefused: If a term cannot stand in VALUES, or the query has no pattern to put it in.
    """
    if not bindings:
        return query
    start, subqueries = _patterns(query)
    if start is None:
        raise QueryRefused("The query has no pattern { … } in which its variables could be bound.")
    clauses: dict[str, str] = {}
    for name, value in bindings.items():
        terms = value if isinstance(value, tuple) else (value,)
        for term in terms:
            if not isinstance(term, ox.NamedNode | ox.Literal):
                raise QueryRefused(f"?{name} can be bound to an address or a literal here, not to a {type(term).__name__}.")
        clauses[name] = f"\n  VALUES ?{name} {{ {' '.join(map(str, terms))} }}"
    # A subquery is evaluated before what stands around it, so the terms of the variables that it gives out have to be in it as well.
    places = {start: set(clauses)} | {place: names & set(clauses) for place, names in subqueries if place != start}
    parts, last = [], 0
    for place, names in sorted(places.items()):
        parts.append(query[last : place + 1] + "".join(clause for name, clause in clauses.items() if name in names))
        last = place + 1
    return "".join(parts) + query[last:]


@lru_cache(maxsize=512)
def _patterns(query: str) -> tuple[int | None, tuple[tuple[int, set[str]], ...]]:
    """Where the outer pattern begins, and `_subqueries`; our own queries come again and again."""
    return pattern_start(query), tuple(_subqueries(query))


def _subqueries(query: str) -> Iterator[tuple[int, set[str]]]:
    """Where the pattern of each subquery begins, and the variables that it gives out by name."""
    tokens = iter(TOKEN.finditer(query, _form(query).end()))
    for token in tokens:
        if token[0].upper() != "SELECT":
            continue
        depth = 0
        names: set[str] = set()
        for inner in tokens:
            if inner[0] == "{" and not depth:
                yield inner.start(), names
                break
            depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(inner[0], 0)
            if not depth and inner[0][0] in "?$":
                names.add(inner[0][1:])


def prologue(query: str) -> str:
    """The declarations before SELECT, ASK, CONSTRUCT or DESCRIBE.

    Args:
        query: The text of a query.
    """
    return query[: _form(query).start()]


def body(query: str) -> str:
    """What comes after the declarations.

    Args:
        query: The text of a query.
    """
    return query[_form(query).start() :]


def without_dataset(query: str) -> str:
    """A query without its FROM clauses, for engines that add the graphs of a request to them.

    Args:
        query: The text of a query.
    """
    kept, last, skipping = [], 0, False
    for token in _outside(query):
        word = token[0].upper()
        if word == "FROM" and not skipping:
            kept.append(query[last : token.start()])
            skipping = True
        elif skipping and word != "NAMED" and not word.startswith("#"):
            last, skipping = token.end(), False
    return "".join(kept) + query[last:]


def pattern_start(query: str) -> int | None:
    """Where the outer pattern of a query begins: its first bracket that is no template of CONSTRUCT and stands in no parenthesis.

    Args:
        query: The text of a query.

    Returns:
        The index of the bracket; None if there is none, as in `DESCRIBE <…>`.
    """
    construct, where, brackets = False, None, []
    depth = 0
    for token in TOKEN.finditer(query, _form(query).start()):
        word = token[0].upper()
        construct = construct or word == "CONSTRUCT"
        if word == "WHERE" and not depth and where is None:
            where = token.end()
        elif word in ("(", "{"):
            if word == "{" and not depth:
                brackets.append(token.start())
            depth += 1
        elif word in (")", "}"):
            depth -= 1
    # CONSTRUCT { template } { pattern }, and CONSTRUCT WHERE { pattern }, whose template is the pattern.
    template = construct and len(brackets) > 1 and (where is None or where > brackets[0])
    return brackets[int(template)] if len(brackets) > int(template) else None


def _form(query: str) -> re.Match[str]:
    """The word that tells the form of a query."""
    found = next((token for token in TOKEN.finditer(query) if token[0].upper() in _FORMS), None)
    if found is None:
        raise QueryRefused("The text has none of SELECT, ASK, CONSTRUCT and DESCRIBE.")
    return found


def _outside(query: str) -> Iterator[re.Match[str]]:
    """The tokens between the form and the pattern, outside of every bracket."""
    depth = 0
    end = pattern_start(query)
    for token in TOKEN.finditer(query, _form(query).start(), len(query) if end is None else end):
        if token[0] in ("(", "{"):
            depth += 1
        elif token[0] in (")", "}"):
            depth -= 1
        elif not depth:
            yield token
