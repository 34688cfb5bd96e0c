"""What a question says of Zhejiang's rules, and the rules themselves: found in memory, and told from the query that the answer shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.ask.context import Context, chinese
from kg.ask.kinds.pathway.time import NO_TIME, Time, time_said
from kg.ask.kinds.ranks import rows_of_title
from kg.ask.names import named
from kg.ask.rules import Cues, Match, mask, matches, patterns
from kg.ask.spots import Spot
from kg.ask.tables import Row, read_table, told

_cue = Cues("pathway")

LEVEL_NAMES = {
    "technician": "员级",
    "junior": "初级",
    "assistant": "助理级",
    "intermediate": "中级",
    "senior": "高级",
    "associate-senior": "副高级",
    "full-senior": "正高级",
}
#: From low to high; senior stands for both of its halves.
LEVEL_ORDER = {"technician": 0, "junior": 1, "assistant": 1, "intermediate": 2, "senior": 3, "associate-senior": 3, "full-senior": 4}


@dataclass(frozen=True)
class Said:
    """What a question says for this kind: grades and levels in order of place, titles, classes, awards, years of work."""

    grades: tuple[Match, ...]
    levels: tuple[Match, ...]
    titles: tuple[Spot, ...]
    classes: tuple[str, ...]
    awards: tuple[str, ...]
    years: float | None
    back: bool | None = None
    time: Time = NO_TIME


def read(text: str, context: Context) -> Said:
    """Read a normalised question."""
    rules = patterns("pathway_words", "says")
    grade_words = [rule.regex for rule in rules if rule.says.startswith("grade/")]
    titles = [spot for spot in named(context, text, "title_names", slips=False) if not any(word.fullmatch(spot.label) for word in grade_words)]
    awards = matches(text, patterns("pathway_awards", "award"))
    occupations = [spot for spot in named(context, text, "occupation_names", slips=False) if not any(word.search(spot.label) for word in grade_words)]
    # 主任工程师 is another title than 工程师.
    titles = [spot for spot in titles if not _cue("other_title").search(text[: spot.start])]
    titles = [spot for spot in titles if not any(spot.start >= other.start and spot.end <= other.end and spot.length < other.length for other in occupations)]
    named_places = [(spot.start, spot.end) for spot in (*titles, *occupations)]
    free = mask(text, [*named_places, *((award.start, award.end) for award in awards)])
    words = matches(free, rules)
    grades = tuple(word for word in words if word.says.startswith("grade/"))
    time = time_said(free, [(word.start, word.end) for word in grades])
    return Said(
        grades,
        tuple(word for word in words if word.says.startswith("level/")),
        tuple(titles),
        tuple(dict.fromkeys(word.says.removeprefix("class/") for word in words if word.says.startswith("class/"))),
        tuple(dict.fromkeys(each.says for each in awards)),
        time.years,
        time=time,
    )


def facts(context: Context, direction: str) -> list[Row]:
    """The rules of one direction, found in memory."""
    return list(read_table(context, "pathway_facts", direction=direction))


def told_facts(context: Context, rows: Sequence[Row]) -> list[Row]:
    """Rules of one direction as the query for them gives them: by what is asked for, or by what it leads from."""
    side = "to" if rows and rows[0]["direction"] == "requirement" else "from"
    return told(context, "pathway_facts", rows, "direction", **{side: [chinese(row[side]) for row in rows]})


def requirement(context: Context, *words: str) -> list[Row]:
    """The requirements that print one of these words."""
    return told_facts(context, [row for row in facts(context, "requirement") if any(word in row["to"] for word in words)])


def leading_to(rows: Sequence[Row], levels: Sequence[str]) -> list[Row]:
    """The rules that lead to one of these title levels."""
    return [row for row in rows if any(covers(row["toLevel"].rsplit("/", 1)[-1], level) for level in levels)]


def levels_said(context: Context, said: Said) -> tuple[str, ...]:
    """The title levels that are named: as words, or by titles whose rank annex 10 prints."""
    found = [level.says.removeprefix("level/") for level in said.levels]
    for spot in said.titles:
        found += [row["level"].rsplit("/", 1)[-1] for row in title_ranks(context, spot)]
    return tuple(dict.fromkeys(found))


def title_ranks(context: Context, spot: Spot) -> list[Mapping[str, str]]:
    """Where annex 10 prints a title, found in memory."""
    return [row for node in spot.nodes for row in rows_of_title(context, node)]


def covers(printed: str, asked: str) -> bool:
    """Whether a printed level is the asked one; 高级 asks for either half of it, 初级 for its upper half."""
    return printed == asked or (asked == "senior" and printed in ("associate-senior", "full-senior")) or (asked == "junior" and printed == "assistant")


def series_rows(context: Context, nodes: Sequence[str]) -> list[Row]:
    """The rows of Zhejiang's table for an occupation; for a work type those of its occupation."""
    found: list[Row] = []
    for node in nodes:
        found += context.rows("series_of_occupation", occupation=node)
        if not found and "/work-type/" in node:
            for parent in context.rows("occupation_of_work_type", work_type=node):
                found += context.rows("series_of_occupation", occupation=parent["occupation"])
    return found
