"""Small tables: read whole once a store, to find in memory what a question means; what is then told comes from the query that the answer shows."""

from collections.abc import Iterable, Mapping, Sequence

from kg.ask.context import Context, Value, bound, select

Row = dict[str, str]


def table(context: Context, name: str, **bindings: Value) -> tuple[Row, ...]:
    """All rows of a table or of a part of it, noted for the answer as if the query ran now: to tell how much it is or what it has not.

    Args:
        context: the store to read from.
        name: the query file's name without `.rq`.
        bindings: what the part is of, if it is one.
    """
    context.trace.append((name, bound(bindings)))
    return read_table(context, name, **bindings)


def read_table(context: Context, name: str, **bindings: Value) -> tuple[Row, ...]:
    """The same for what no answer shows: look-ups and names."""
    terms = bound(bindings)
    return context.once(("table", name, *sorted(terms.items())), lambda: tuple(select(context.store, name, terms)))


def told(context: Context, name: str, rows: Iterable[Mapping[str, str]], *keys: str, **bindings: Value | Sequence[Value]) -> list[Row]:
    """Rows that were found in memory, selected anew by what makes them out, so that the query which the answer shows gives what is told.

    Args:
        context: the store to read from.
        name: the query file's name without `.rq`; it selects `fact`.
        rows: the rows found, each with its `fact`.
        keys: the variables whose values in these rows are bound: IRIs, or texts without language.
        bindings: further values.

    Returns:
        The rows of the query that were found, in the order found.

    Raises:
        KeyError: the query does not give one of the rows, or a row has no value for a key.
    """
    found = {row["fact"]: row for row in rows}
    if not found:
        return []
    values = {key: [row[key] for row in found.values()] for key in keys}
    selected = {row["fact"]: row for row in context.rows(name, **values, **bindings)}
    return [selected[fact] for fact in found]
