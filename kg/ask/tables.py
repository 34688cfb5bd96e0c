"""Small tables that a kind reads as a whole: read once a store, then filtered in memory."""

from kg.ask.context import Context, select

Row = dict[str, str]


def table(context: Context, name: str) -> tuple[Row, ...]:
    """All rows of a query without parameters; the query is noted for the answer as if it ran now.

    Args:
        context: the store to read from.
        name: the query file's name without `.rq`.
    """
    context.trace.append((name, {}))
    return read_table(context, name)


def read_table(context: Context, name: str) -> tuple[Row, ...]:
    """The same for what no answer shows: look-ups and names."""
    return context.once(("table", name), lambda: tuple(select(context.store, name, {})))
