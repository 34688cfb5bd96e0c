"""Reading a query before it runs: what it is, and whether it would leave the store.

A text that has none of the words by which a query could leave the store, or go beyond SPARQL 1.1, is run as it is: that is sound however
it is read, and saves the twenty milliseconds that rdflib takes for a page of SPARQL. Any other is read by rdflib and its tree is walked;
Oxigraph then runs the same text. Where the two are known to read one text differently (escapes of syntax characters, a bare carriage
return after a comment) the text is refused or made plain first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from kg.store.errors import QueryRefused, QuerySyntaxError

_BACKSLASH = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
# What rdflib would still take for an escape.
_ESCAPE_LEFT = re.compile(r"\\u[0-9A-F]{4}", re.IGNORECASE)
_MAY_LEAVE = re.compile(r"service|\bfrom\b|\\u", re.IGNORECASE)
# What Oxigraph reads beyond SPARQL 1.1.
_BEYOND = re.compile(r"lateral|<<|\{\||~|--|\b(?:version|adjust|triple|istriple|subject|predicate|object|\w*langdir|haslang)\b", re.IGNORECASE)
# More than queries of people have; a query that is nested so deeply that it fills the stack has far more.
_BRACKETS = 400
_OPENING = re.compile(r"[({[]")
_EXTENSION = re.compile(r"<\s*(?:bif|sqlx?|virt\w*):", re.IGNORECASE)
_PREFIX_LINE = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^<>\s]*)>", re.IGNORECASE)
# Oxigraph mixes its reasons, which are sentences, with the tokens that it would have liked.
_SENTENCE = re.compile(r"(?:The|Duplicated|SELECT) [^,\[]*\w")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Inspection:
    """A query that may run.

    Attributes:
        text: The text to run.
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        prefixes: The prefixes it declares.
        default_graphs: The graphs that its FROM clauses name.
        named_graphs: The graphs that its FROM NAMED clauses name.
    """

    text: str
    form: str
    prefixes: dict[str, str]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def must_be_read(text: str) -> bool:
    """Whether a query has to be read before it runs: it might leave the store, go beyond SPARQL 1.1, or fill the stack.

    Args:
        text: The query, made plain.
    """
    return bool(_MAY_LEAVE.search(text) or _BEYOND.search(text)) or len(_OPENING.findall(text)) > _BRACKETS


def declared(text: str) -> dict[str, str]:
    """Find what looks like declared prefixes in a text that was not read; good enough to shorten addresses in a result."""
    return dict(_PREFIX_LINE.findall(text))


def inspect(text: str, graphs: frozenset[str] | None) -> Inspection:
    """Read a query and refuse what the store does not do.

    Args:
        text: The query.
        graphs: The addresses of the named graphs in the store; None if any may be named.

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
    nodes = [node for node in _nodes(query) if isinstance(node, CompValue)]
    for node in nodes:
        if node.name == "pname" and _prefix(node) not in prefixes:
            raise _undeclared(text, _prefix(node))
    chosen: dict[str, list[str]] = {"default": [], "named": []}
    for node in nodes:
        if node.name == "ServiceGraphPattern":
            raise QueryRefused("SERVICE is refused: this endpoint does not ask other endpoints. Send that part of the query to the other endpoint itself.")
        if node.name == "DatasetClause":
            kind = "default" if "default" in node else "named"
            address = _expanded(node[kind], prefixes) if isinstance(node[kind], CompValue) else _join(base, str(node[kind]))
            known_graph(address, graphs)
            chosen[kind].append(address)
    return Inspection(text, query.name.removesuffix("Query").upper(), prefixes, tuple(chosen["default"]), tuple(chosen["named"]))


def refuse_extensions(inspection: Inspection) -> None:
    """Refuse addresses by which some engines call what is theirs alone: files, procedures, full-text search.

    Args:
        inspection: A query that was read.

    Raises:
        QueryRefused: If there is one in the query.
    """
    if _EXTENSION.search(inspection.text) or any(_EXTENSION.match(f"<{address}") for address in inspection.prefixes.values()):
        raise QueryRefused("Functions and predicates of one engine (bif:, sql:) are refused; use those of SPARQL 1.1.")


def _expanded(name: Any, prefixes: dict[str, str]) -> str:  # noqa: ANN401
    """The address that a prefixed name stands for."""
    return prefixes[_prefix(name)] + (str(name["localname"]) if "localname" in name else "")


def _addresses(declarations: Iterable[Any]) -> tuple[str, dict[str, str]]:
    """Read BASE and PREFIX lines into the base address and the address of each prefix."""
    base, prefixes = "", {}
    for declaration in declarations:
        address = _join(base, str(declaration["iri"]))
        if declaration.name == "Base":
            base = address
        else:
            prefixes[_prefix(declaration)] = address
    return base, prefixes


def _join(base: str, address: str) -> str:
    """Make an address absolute; one that is no address stays as it is, and is in no store."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _prefix(node: Any) -> str:  # noqa: ANN401
    """Read the prefix of a name or a declaration; the empty one is left out of the tree."""
    return str(node["prefix"]) if "prefix" in node else ""


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


def known_graph(address: str, graphs: frozenset[str] | None) -> None:
    """Refuse the address of a graph that the store does not have.

    Args:
        address: The address.
        graphs: The addresses of the named graphs in the store; None if any may be named.

    Raises:
        QueryRefused: If it is not among them.
    """
    if graphs is not None and address not in graphs:
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
    """Say why rdflib could not read a query: it is an update, or where the part begins that cannot be read."""
    from rdflib.plugins.sparql.parser import parseUpdate

    if not text.strip():
        return QuerySyntaxError("the query is empty", 1, 1)
    try:
        parseUpdate(text)
    except RecursionError:
        return _too_deep()
    except Exception:
        place = getattr(error, "loc", None)
        if place is None:
            return QuerySyntaxError(f"the query cannot be read as SPARQL 1.1: {error}")
        rest = text[place:].split("\n")[0].strip()[:60]
        reason = f"this cannot be read as SPARQL 1.1: {rest}" if rest else "the query ends too early; a bracket or a quote may be open"
        return QuerySyntaxError(reason, *_line_and_column(text, place))
    return QueryRefused("Updates are refused: the store is read-only. It is made from the tables in kg/sources/ with `certkg build`.")


def _undeclared(text: str, prefix: str) -> QuerySyntaxError:
    """Say that a prefix is not declared, and where it first stands."""
    found = re.search(rf"(?<![\w.:-]){re.escape(prefix)}:", text)
    return QuerySyntaxError(f"the prefix {prefix}: is not declared; add a line PREFIX {prefix}: <…>", *(_line_and_column(text, found.start()) if found else ()))


def _line_and_column(text: str, place: int) -> tuple[int, int]:
    """Turn an index into a line and a column, both 1-based."""
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)


def syntax_error(error: SyntaxError) -> QuerySyntaxError:
    """Turn Oxigraph's syntax error into one for people.

    Args:
        error: What Oxigraph raised.

    Returns:
        The error, with its place; Oxigraph tells the end of the part that it could not read.
    """
    match = _PLACE.match(str(error))
    if not match:
        return QuerySyntaxError(str(error))
    reason = match[3]
    if "Prefix not found" in reason:
        message = "the prefix before here is not declared; add a line PREFIX …: <…>"
    elif "IRI parsing failed" in reason:
        message = "what stands between < and > before here is not a full address; write all of it, or declare a BASE"
    else:
        sentence = _SENTENCE.search(reason)
        message = f"the query cannot be read up to here{f': {sentence[0]}' if sentence else ''}"
    return QuerySyntaxError(message, int(match[1]), int(match[2]))


def _too_deep() -> QueryRefused:
    """Say that a query is nested too deeply to be read."""
    return QueryRefused("The query is nested too deeply, or has too many patterns in a row; put long lists in VALUES, or ask in parts.")
