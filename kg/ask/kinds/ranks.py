"""Ranks of professional titles, as annex 10 orders them; used by the questions on titles and on what corresponds to a title."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kg.ask.context import Context, Row
from kg.ask.request import Mention
from kg.ask.rules import DATA
from kg.ask.tables import read_table

_PREFIX = re.compile(r"^(?P<rank>中级|初级)(?P<rest>.{2,})$")


@lru_cache(maxsize=1)
def ranks() -> Mapping[str, tuple[str, str]]:
    """Rank → (the broader word that holds it, its English name), from high to low."""
    with (DATA / "rank_order.csv").open(encoding="utf-8", newline="") as file:
        return {row["rank"]: (row["within"], row["en"]) for row in csv.DictReader(file)}


def rank_en(rank: str) -> str:
    """A rank in an English sentence: the printed word and what it means."""
    meaning = ranks()[rank][1] if rank in ranks() else {"高级": "senior", "初级": "junior"}.get(rank, "")
    return f"{rank} ({meaning})" if meaning else rank


def within(rank: str, asked: Iterable[str]) -> bool:
    """Whether a rank is one of the ranks asked for, or in one of them: 副高级 is in 高级."""
    return any(rank == each or ranks().get(rank, ("", ""))[0] == each for each in asked)


def full_rank(rank: str) -> str:
    """A rank with its broader word: 副高级 → 高级（副高级）."""
    broader = ranks().get(rank, (rank, ""))[0]
    return rank if broader == rank else f"{broader}（{rank}）"


def _titles(context: Context) -> Mapping[str, list[Row]]:
    """Title → where annex 10 prints it."""

    def make() -> Mapping[str, list[Row]]:
        titles: dict[str, list[Row]] = {}
        for row in read_table(context, "title_levels"):
            titles.setdefault(row["title"], []).append(row)
        return titles

    return context.once("titles of annex 10", make)


def rows_of_title(context: Context, title: str) -> Sequence[Row]:
    """Where annex 10 prints a title, found in memory."""
    return _titles(context).get(title, ())


def title_rows(context: Context, mention: Mention) -> list[Row]:
    """Where annex 10 prints a title, found in memory.

    中级会计师 is looked for as 会计师 where annex 10 does not print the longer name and its rank is that one.
    """
    rows = [row for node in mention.nodes for row in rows_of_title(context, node)]
    match = _PREFIX.match(mention.label)
    if rows or match is None or not mention.of("ProfessionalTitle", "Credential"):
        return rows
    link = context.linker.link(match["rest"], top=1, type="title")
    if not link.candidates or link.candidates[0].label != match["rest"]:
        return []
    return [row for row in rows_of_title(context, link.candidates[0].iri) if within(row["rank"], [match["rank"]])]


def rank_of_title(context: Context, title: str, name: str) -> tuple[str, Sequence[Row]]:
    """The rank of a title with the row of annex 10 that proves it, found in memory; annex 11 prints 高级职称 itself for some."""
    rows = rows_of_title(context, title)
    if rows:
        return rows[0]["rank"], rows[:1]
    match = re.match(r"^(高级|中级|初级)职称$", name)
    return (match[1], ()) if match else ("", ())
