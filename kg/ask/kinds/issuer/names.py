"""What questions about issuers name: the rows of annexes 7 and 9 for a thing, and issuers by their names or short names."""

import re
from collections.abc import Sequence

from kg.ask.context import Context
from kg.ask.names import spotter
from kg.ask.organizations import SURE, Named, listed, said, same_name, unlisted, words
from kg.ask.request import Request
from kg.ask.tables import read_table
from kg.ask.text import normalize

#: A short name of a company stands for every issuer whose name has it, from this score on.
WIDE = 0.6


def found_rows(context: Context, name: str, variable: str, *things: Named) -> list[dict[str, str]]:
    """The rows of a table for the things named, found in memory."""
    rows = [row for each in things for node in each.nodes for row in read_table(context, name) if row[variable] == node]
    return list({row["fact"]: row for row in rows}.values())


def wants_yes_or_no(request: Request) -> bool:
    """Whether the question wants yes or no."""
    return "yesno" in said(request, "any") and "alternatives" not in said(request, "any")


def issuers_named(request: Request, context: Context, taken: Sequence[Named], queries: tuple[str, ...] = ("onex_issuers",)) -> list[Named]:
    """The issuers that the question names; a company's short name stands for each issuer whose name has it (百度: two)."""
    spans = [(each.start, each.start + len(each.text)) for each in taken]
    found = [each for each in listed(request, context, *queries) if not any(start <= each.start < end for start, end in spans)]
    mentions = [
        (each.text, each.start)
        for each in (*request.named("CertificateIssuer", "Organization"), *request.unlinked)
        if not any(start <= each.start < end for start, end in spans)
    ]
    for text, start in [*((each.text, each.start) for each in found), *mentions]:
        wide = context.linker.link(text, type="issuer", top=8)
        nodes = [
            each.iri
            for each in wide.candidates
            if (each.features.get("match") in SURE and each.score >= WIDE) or same_name(text, each.label) or (len(text) >= 3 and text in normalize(each.label))
        ]
        if nodes:
            nodes += [node for node in whose_name_has(context, text, *queries) if node not in nodes]
            found.append(Named(text, wide.candidates[0].label, tuple(nodes), False, start))
    found += [each for each in unlisted(request, context, [*taken, *found], "issuer") if each.nodes]
    return found


def whose_name_has(context: Context, text: str, *queries: str) -> list[str]:
    """The issuers whose printed names have a short Chinese name in them, after the place that they may begin with (北京东大… has no 京东).

    Args:
        context: store and linker.
        text: the name, normalised.
        queries: they select the issuers (?label, ?node).
    """
    if re.fullmatch(r"[\u4e00-\u9fff]{2,}", text) is None:
        return []
    place = re.compile(f"^(?:{words('place')})")
    return [node for label, nodes in spotter(context, *queries).nodes.items() if text in place.sub("", label) or label.startswith(text) for node in nodes]
