"""Small tables that a kind reads as a whole: read once a store, then filtered in memory."""

from functools import lru_cache

from kg.ask.context import Context, Selects

Row = dict[str, str]


@lru_cache(maxsize=64)
def _rows(store: Selects, name: str) -> tuple[Row, ...]:
    return tuple(Context(store, None).rows(name))  # type: ignore[arg-type]


def table(context: Context, name: str) -> tuple[Row, ...]:
    """All rows of `queries/<name>.rq`, a query without parameters; the query is noted for the answer as if it ran now."""
    context.trace.append((name, {}))
    return _rows(context.store, name)  # type: ignore[arg-type]
