"""Reading a query before it runs: what it is, and whether it would leave the store.

rdflib reads the query and its tree is walked; Oxigraph then runs the same text. Where the two are known to read one text differently
(escapes of syntax characters, a bare carriage return after a comment) the text is refused or made plain first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.store.errors import QueryRefused, QuerySyntaxError

_BACKSLASH = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
# What rdflib would still take for an escape.
_ESCAPE_LEFT = re.compile(r"\\u[0-9A-F]{4}", re.IGNORECASE)
_MAY_LEAVE = re.compile(r"service|\bfrom\b|\\u", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Inspection:
    """A query that may run.

    Attributes:
        text: The text to run.
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        prefixes: The prefixes it declares.
    """

    text: str
    form: str
    prefixes: dict[str, str]


def inspect(text: str, graphs: frozenset[str]) -> Inspection:
    """Read a query and refuse what the store does not do.

    Args:
        text: The query.
        graphs: The addresses of the named graphs in the store.

    Returns:
        What to run.

    Raises:
        QueryRefused: If it is an update, calls another service, names a graph that is not in the store, or is nested too deeply.
        QuerySyntaxError: If it is not SPARQL 1.1.
    """
    # rdflib takes a tenth of a second to import, which trusted templates never need.
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    text = plain(text)
    try:
        declarations, query = parseQuery(text)
    except RecursionError as error:
        raise _too_deep() from error
    except Exception as error:
        raise _explain(text, error) from error
    base, prefixes = _addresses(declarations)
    for node in _nodes(query):
        if not isinstance(node, CompValue):
            continue
        if node.name == "ServiceGraphPattern":
            raise QueryRefused("SERVICE is refused: this endpoint does not ask other endpoints. Send that part of the query to the other endpoint itself.")
        if node.name == "DatasetClause":
            named = node["default"] if "default" in node else node["named"]
            if isinstance(named, CompValue):
                # A prefix that is not declared is Oxigraph's to report; no graph has such an address.
                prefix, local = str(named["prefix"]) if "prefix" in named else "", str(named["localname"]) if "localname" in named else ""
                known_graph(prefixes.get(prefix, f"{prefix}:") + local, graphs)
            else:
                known_graph(urljoin(base, str(named)), graphs)
    return Inspection(text, query.name.removesuffix("Query").upper(), prefixes)


def _addresses(declarations: Iterable[Any]) -> tuple[str, dict[str, str]]:
    """Read BASE and PREFIX lines into the base address and the address of each prefix."""
    base, prefixes = "", {}
    for declaration in declarations:
        address = urljoin(base, str(declaration["iri"]))
        if declaration.name == "Base":
            base = address
        else:
            prefixes[str(declaration["prefix"]) if "prefix" in declaration else ""] = address
    return base, prefixes


def check_template(text: str, graphs: frozenset[str]) -> None:
    """Refuse a template that would leave the store.

    Args:
        text: A trusted query.
        graphs: The addresses of the named graphs in the store.

    Raises:
        QueryRefused: If it calls another service or names a graph that is not in the store.
        QuerySyntaxError: If it is not SPARQL 1.1.
    """
    # A text without these words cannot leave the store, however it is read: only the others are worth a parse.
    if _MAY_LEAVE.search(text):
        inspect(text, graphs)


def check_bindings(text: str, names: Iterable[str]) -> None:
    """Refuse bindings that Oxigraph would pass over in silence.

    Args:
        text: The query.
        names: The variables that are bound from outside.

    Raises:
        QueryRefused: If a variable is not in the query, or is used where a binding does not reach.
    """
    for name in names:
        if not re.search(rf"[?$]{re.escape(name)}(?!\w)", text):
            raise QueryRefused(f"The query has no variable ?{name} to bind.")
        # Oxigraph leaves the copy unbound, and BOUND(…) false, where no pattern binds the variable.
        if re.search(rf"(?:\(\s*[?$]{re.escape(name)}\s+AS\s|\bBOUND\s*\(\s*[?$]{re.escape(name)}\s*\))", text, re.IGNORECASE):
            raise QueryRefused(f"?{name} is bound from outside, which does not reach (?{name} AS …) or BOUND(?{name}): use ?{name} itself.")


def known_graph(address: str, graphs: frozenset[str]) -> None:
    """Refuse the address of a graph that the store does not have.

    Args:
        address: The address.
        graphs: The addresses of the named graphs in the store.

    Raises:
        QueryRefused: If it is not among them.
    """
    if address not in graphs:
        have = f"it has {', '.join(f'<{g}>' for g in sorted(graphs)[:10])}" if graphs else "everything is in its default graph; leave FROM out"
        raise QueryRefused(f"The store has no graph <{address}>, and nothing is fetched from the web: {have}.")


def plain(text: str) -> str:
    r"""Make a query's text one that every parser reads alike.

    Args:
        text: The query.

    Returns:
        The text without byte order mark, with `\n` line ends, and with the escapes `\uXXXX` of letters expanded.

    Raises:
        QueryRefused: If it is not Unicode, or an escape stands for a character that could be syntax.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryRefused("The query is not valid Unicode (half of a surrogate pair); send it as UTF-8.") from error
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = _BACKSLASH.sub(_expand, text)
    if _ESCAPE_LEFT.search(text):
        raise QueryRefused(r"A backslash before u and four digits can be read in two ways; write the character itself.")
    return text


def _expand(match: re.Match[str]) -> str:
    """Expand one escape, if it is of a character that is never syntax."""
    escape = match[1]
    if len(escape) == 1:
        return match[0]
    code = int(escape[1:], 16)
    if code < 0xA0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        raise QueryRefused(f"The escape {match[0]} is refused, because it can hide syntax; write the character itself.")
    return chr(code)


def _nodes(tree: Any) -> Iterator[Any]:  # noqa: ANN401
    """Walk a parse tree of rdflib without recursion."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, CompValue):
            waiting.extend(node.values())
        elif isinstance(node, (list, tuple, ParseResults)):
            waiting.extend(node)


def _explain(text: str, error: Exception) -> QueryRefused | QuerySyntaxError:
    """Say why rdflib could not read a query: an update, a fault that Oxigraph can place, or else rdflib's own word."""
    from rdflib.plugins.sparql.parser import parseUpdate

    if not text.strip():
        return QuerySyntaxError("the query is empty", 1, 1)
    try:
        parseUpdate(text)
    except RecursionError:
        return _too_deep()
    except Exception:
        pass
    else:
        return QueryRefused("Updates are refused: the store is read-only. It is made from the tables in kg/sources/ with `certkg build`.")
    try:
        # Oxigraph tells the furthest place it could read to; an empty store has nothing to answer with.
        ox.Store().query(text)
    except SyntaxError as fault:
        return syntax_error(text, fault)
    except Exception:
        pass
    line, column = getattr(error, "lineno", None), getattr(error, "column", None)
    rest = _split(text, line, column)[1][:40] if line and column else ""
    return QuerySyntaxError(f"this is not SPARQL 1.1, which is all that the endpoint's checker reads{f': {rest}' if rest else ''}", line, column)


def _split(text: str, line: int, column: int) -> tuple[str, str]:
    """Give what stands before and after a place, on its line."""
    source = [*text.split("\n"), ""][line - 1]
    return source[: column - 1].strip(), source[column - 1 :].strip()


def syntax_error(text: str, error: SyntaxError) -> QuerySyntaxError:
    """Turn Oxigraph's syntax error into one for people.

    Args:
        text: The query.
        error: What Oxigraph raised.

    Returns:
        The error, with its place where Oxigraph tells it.
    """
    match = _PLACE.match(str(error))
    if not match:
        return QuerySyntaxError(str(error))
    line, column, reason = int(match[1]), int(match[2]), match[3]
    before, after = _split(text, line, column)
    if "Prefix not found" in reason:
        name = re.search(r"([\w.-]*):\S*$", before)
        message = f"the prefix {name[1] if name else ''}: is not declared; add a line PREFIX {name[1] if name else ''}: <…>"
    elif "IRI parsing failed" in reason:
        message = "what stands between < and > is not a full address; write all of it, or declare a BASE"
    elif "The SELECT contains a variable that is unbound" in reason:
        message = "SELECT names a variable that is neither grouped by nor aggregated"
    elif after:
        message = f"this cannot be read: {after[:40]}"
    elif before:
        message = f"something is wrong or missing after: {before[-40:]}"
    else:
        message = "something is missing here; a bracket may be open"
    return QuerySyntaxError(message, line, column)


def _too_deep() -> QueryRefused:
    """Say that a query is nested too deeply to be read."""
    return QueryRefused("The query is nested too deeply, or has too many patterns in a row; put long lists in VALUES, or ask in parts.")
