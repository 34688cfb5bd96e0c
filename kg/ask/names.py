"""Names of one class of things in a question: the spotter of all names is made to choose between classes, some kinds know which class they need."""

from kg.ask.context import Context
from kg.ask.request import Request
from kg.ask.rules import Cues
from kg.ask.spots import Spot, Spotter, choose
from kg.ask.tables import read_table

_cue = Cues("names")


def spotter(context: Context, *queries: str) -> Spotter:
    """The spotter of the (label, node) pairs that the queries select; made once a store.

    Args:
        context: the store to take the names from.
        queries: the queries (in `queries/`) that select ?label and ?node.
    """
    return context.once(("spotter", queries), lambda: Spotter((row["label"], row["node"]) for query in queries for row in read_table(context, query)))


def named(context: Context, text: str, *queries: str, slips: bool = True) -> list[Spot]:
    """The things that a text names, left to right; an exact name is preferred to a longer one with slips.

    Args:
        context: the store to take the names from.
        text: a normalised question.
        queries: the queries (in `queries/`) that select ?label and ?node.
        slips: whether names with a slip of the pen count too.
    """
    names = spotter(context, *queries)
    exact = choose(names.exact(text))
    if not slips:
        return exact
    free = [
        spot for spot in names.slips(text) if all(spot.end <= other.start or spot.start >= other.end or other.length < 0.6 * spot.length for other in exact)
    ]
    return choose([*exact, *free])


def occupations(request: Request, context: Context, text: str, *queries: str) -> list[Spot]:
    """The occupations that a text names; for the question itself, where none is named letter by letter, those that the linker took a name for.

    Args:
        request: the question understood.
        context: the store to take the names from.
        text: the question's normalised text, or that of the turn before.
        queries: more queries that select names (?label, ?node) of the wanted class.
    """
    spots = named(context, text, "occupation_names", *queries)
    if spots or text != request.text or {"mentions", "everything"} & set(request.inherited):
        return spots
    linked = [mention for mention in request.named("Occupation", "WorkType") if len(mention.text) >= 3]
    nodes = {mention: tuple(node for node in mention.nodes if "/occupation/" in node or "/work-type/" in node) for mention in linked}
    return [Spot(mention.start, mention.end, mention.label, nodes[mention], exact=False, score=mention.score) for mention in linked if nodes[mention]]


def other_names(request: Request, *types: str) -> list[str]:
    """What the question names that no list of the kind prints: names nothing was near to, and names of other classes (`types`), longest first."""
    found = [_cue("sentence").sub("", mention.text) for mention in (*request.unlinked, *request.named(*types))]
    return sorted(dict.fromkeys(name for name in found if len(name) >= 2), key=len, reverse=True)
