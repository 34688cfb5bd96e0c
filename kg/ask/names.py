"""Names of one class of things in a question: the spotter of all names is made to choose between classes, some kinds know which class they need."""

from functools import lru_cache

from kg.ask.context import Context, Selects
from kg.ask.spots import Spot, Spotter, choose


@lru_cache(maxsize=32)
def _spotter(store: Selects, queries: tuple[str, ...]) -> Spotter:
    """A spotter of the (label, node) pairs that the queries select; made once a store."""
    context = Context(store, None)  # type: ignore[arg-type]
    return Spotter((row["label"], row["node"]) for query in queries for row in context.rows(query))


def named(context: Context, text: str, *queries: str, slips: bool = True) -> list[Spot]:
    """The things that a text names, left to right; an exact name is preferred to a longer one with slips.

    Args:
        context: the store to take the names from.
        text: a normalised question.
        queries: the queries (in `queries/`) that select ?label and ?node.
        slips: whether names with a slip of the pen count too.
    """
    spotter = _spotter(context.store, queries)
    exact = choose(spotter.exact(text))
    if not slips:
        return exact
    free = [spot for spot in spotter.slips(text) if all(spot.end <= other.start or spot.start >= other.end or other.length < 0.6 * spot.length for other in exact)]
    return choose([*exact, *free])
