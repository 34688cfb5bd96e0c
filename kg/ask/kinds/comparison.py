"""Two certificates, or one in two 专业类, compared by the tiers that the catalogue prints them under."""

from collections.abc import Sequence

from kg.ask.answer import Verdict
from kg.ask.context import Category, Row
from kg.ask.forms import asks_yes_no
from kg.ask.kinds.catalogue import TIER_NAMES, entries_for, fits, said_level, tiers_of
from kg.ask.reply import Reply
from kg.ask.request import Mention
from kg.ask.rules import Cues

_cue = Cues("comparison")


def compare(reply: Reply, mentions: Sequence[Mention]) -> Verdict | None:
    """Say which of two stands higher; the verdict where the question asks it, `na` where several tiers settle nothing, None where it compares nothing.

    Args:
        reply: the answer, with what was said of each.
        mentions: the certificates named.
    """
    request = reply.request
    if not _cue("compare").search(request.text):
        return None
    categories: Sequence[Category | None] = request.categories or (None,)
    cases = [(mention, category) for category in categories for mention in mentions]
    if len(cases) != 2:
        return None
    found = [_rows(reply, mention, category) for mention, category in cases]
    tiers = [tiers_of(rows) for rows in found]
    if any(len(each) != 1 for each in tiers):
        return "na" if all(tiers) else None
    names = [_name(reply, mention, category, len(mentions) > 1) for mention, category in cases]
    first, second = (TIER_NAMES.index(each[0]) for each in tiers)
    parts = "，".join(f"{name}印在{each[0]}" for name, each in zip(names, tiers, strict=True))
    parts_en = ", ".join(f"{name} stands under {each[0]}" for name, each in zip(names, tiers, strict=True))
    higher = names[0] if first > second else names[1]
    result = "两者同级" if first == second else f"{higher}的级别高"
    result_en = "they are of the same tier" if first == second else f"{higher} is higher"
    reply.say(f"比较（按所在栏）：{parts}，所以{result}。", f"Compared by column: {parts_en}; {result_en}.", [rows[0] for rows in found])
    if not asks_yes_no(request):
        return "na"
    if _cue("same").search(request.text):
        return "yes" if first == second else "no"
    if _cue("lower").search(request.text):
        return "yes" if first < second else "no"
    return "yes" if first > second else "no"


def _rows(reply: Reply, mention: Mention, category: Category | None) -> list[Row]:
    """The entries of a certificate, of one 专业类 or of all, its more specific entries with it; none that was read with doubt."""
    context = reply.context
    nodes = [*mention.nodes, *(row["narrower"] for node in mention.nodes for row in context.rows("narrower", credential=node))]
    return [
        row
        for node in nodes
        for row in entries_for(context, node)
        if (category is None or row["category"] == category.iri) and fits(row, mention, reply.request) and not row["status"].endswith("uncertain")
    ]


def _name(reply: Reply, mention: Mention, category: Category | None, several: bool) -> str:
    """What is compared, for a sentence: the certificate, or the 专业类 it stands in."""
    if several or category is None:
        return f"“{mention.label}”{said_level(mention, reply.request)}"
    return f"{category.code} {category.name}"
