"""What questions about subsidies name: occupations and listed items with their entries in the lists, grades and classes; and how entries are told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.ask.claims import is_name
from kg.ask.context import Context, chinese
from kg.ask.names import occupations, other_names
from kg.ask.reply import Reply
from kg.ask.request import Request
from kg.ask.rules import Cues, Match, mask, matches, patterns
from kg.ask.spots import Spot
from kg.ask.tables import Row, read_table, table, told

_cue = Cues("subsidy")

SHORTAGE, SHORTAGE_JIANGSU = "南通紧缺目录", "江苏附件5"
NANTONG, JIANGSU = "南通指导目录", "江苏指导目录"
LIST_NAMES = {
    SHORTAGE: ("南通市紧缺型目录（附件3）", "Nantong's shortage list (annex 3)"),
    SHORTAGE_JIANGSU: ("江苏省紧缺型目录（附件5）", "Jiangsu's shortage list (annex 5)"),
    NANTONG: ("南通市指导目录（附件2）", "Nantong's directory (annex 2)"),
    JIANGSU: ("江苏省指导目录（附件4）", "Jiangsu's directory (annex 4)"),
}
#: A class by its letter (A to D) in a normalised text.
CLASS = re.compile(r"(?<![a-z])([abcd])(?: ?类|(?= ?class)|(?= ?[、,和 ] ?[abcd])|三类)|class ([abcd])\b")


@dataclass(frozen=True)
class Thing:
    """An occupation or a listed item that the question names, with the grades said of it."""

    spot: Spot
    occupation: str
    rows: tuple[Row, ...]
    grades: tuple[str, ...]

    @property
    def label(self) -> str:
        """Its name as the lists print it, or as the question says it."""
        return self.spot.label


def spots_of(request: Request, context: Context, text: str) -> list[Spot]:
    """The occupations and listed items that a text names."""
    return occupations(request, context, text, "subsidy_names")


def grades_said(text: str, spots: Sequence[Spot]) -> list[Match]:
    """The grades that a text names, outside the names themselves."""
    return matches(mask(text, [(spot.start, spot.end) for spot in spots]), patterns("subsidy_grades", "grade"))


def things_of(context: Context, spots: Sequence[Spot], grades: Sequence[Match]) -> list[Thing]:
    """The named things with the rows of the lists, and the grades said after each (or the only ones said)."""
    found = []
    for index, spot in enumerate(spots):
        until = spots[index + 1].start if index + 1 < len(spots) else 10_000
        own = [grade.says for grade in grades if spot.end <= grade.start < until] or [grade.says for grade in grades if grade.end == spot.start]
        occupation, rows = _rows(context, spot)
        found.append(Thing(spot, occupation, tuple(rows), tuple(dict.fromkeys(own or [grade.says for grade in grades]))))
    return found


def _rows(context: Context, spot: Spot) -> tuple[str, list[Row]]:
    """The occupation and the entries that a name means, found in memory; for a work type those of its occupation, as the lists include all work types."""
    rows: list[Row] = []
    occupation = ""
    for node in spot.nodes:
        if "/work-type/" in node:
            (parent,) = context.rows("occupation_of_work_type", work_type=node)[:1]
            occupation = occupation or parent["occupation"]
            rows += [row | {"parent": parent["label"]} for row in _entries(context, "occupation", parent["occupation"])]
        elif "/occupation/" in node:
            occupation = node
            rows += _entries(context, "occupation", node)
        elif "/subsidy-eligibility/" in node:
            rows += _entries(context, "fact", node)
            occupation = occupation or next((each["occupation"] for each in rows if "occupation" in each), "")
            rows += _entries(context, "occupation", occupation) if occupation else []
        else:
            rows += _entries(context, "credential", node)
    return occupation, list({row["fact"]: row for row in rows}.values())


def _entries(context: Context, variable: str, node: str) -> list[Row]:
    """The entries of all lists with a node."""

    def make() -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in read_table(context, "subsidy_entries"):
            found.setdefault(row.get(variable, ""), []).append(row)
        return found

    return context.once(("subsidy entries", variable), make).get(node, [])


def told_entries(context: Context, rows: Sequence[Row]) -> list[Row]:
    """Entries as the query for their names and lists gives them; what was found beside them (the occupation of a work type) stays."""
    found = told(context, "subsidy_entries", rows, "name", list=[chinese(row["list"]) for row in rows])
    return [old | new for old, new in zip(rows, found, strict=True)]


def listed(context: Context, name: str) -> tuple[Row, ...]:
    """All entries of a list, to tell how many there are or what is not among them."""
    return table(context, "subsidy_entries", list=chinese(name))


def rule(context: Context, name: str) -> list[Row]:
    """One note of the tables."""
    return context.rows("subsidy_rule", rule=name)


def printed_entry(row: Mapping[str, str]) -> str:
    """An entry's name as printed, with its bracket."""
    return row["name"] + (f"（{row['qualifier']}）" if row.get("qualifier") else "")


def names_beside(request: Request) -> list[str]:
    """What the question names that is neither an occupation nor an entry of the lists."""
    found = other_names(request, "Credential", "Occupation", "WorkType", "Award", "Organization")
    return [name for name in found if not _cue("no_name").search(name) and is_name(name)]


def classes_said(text: str) -> list[str]:
    """The classes (A to D) that a text names, in order."""
    return [(each[1] or each[2]).upper() for each in CLASS.finditer(text)]


def class_row(context: Context, thing: Thing) -> Row | None:
    """The entry that gives a thing its class: of Jiangsu's directory, else of Nantong's own."""
    for name, project in ((JIANGSU, "职业资格"), (NANTONG, "职业技能"), (JIANGSU, ""), (NANTONG, "")):
        for row in thing.rows:
            if row["list"] == name and row.get("class") and project in row.get("project", ""):
                return told_entries(context, [row])[0]
    return None


def where_listed(row: Row) -> str:
    """The list and number of an entry, in Chinese."""
    return f"{LIST_NAMES[row['list']][0]}第{row['number']}号"


def with_parent(thing: Thing, row: Row) -> str:
    """The name, with the occupation where it is a work type of it (the lists include all work types)."""
    return f"{row['parent']}（含工种{thing.label}）" if row.get("parent") else row["name"]


def say_outside(reply: Reply, label: str, lead: str = "", lead_en: str = "") -> None:
    """What no directory prints is paid as class C."""
    reply.say(
        f"{lead}江苏省指导目录和南通市指导目录都没有印“{label}”；按备注第3条，江苏省指导目录以外的职业（工种），参保职工技能提升补贴按**C类**执行。",
        f"{lead_en}neither Jiangsu's nor Nantong's directory prints “{label}”; by note 3 an occupation outside "
        f"Jiangsu's directory is paid as **class C** (C类).",
        rule(reply.context, "outside_directory_class_c"),
    )


def say_not_listed(reply: Reply, name: str, label: str) -> None:
    """A list, numbered without a gap, does not print a label."""
    every = listed(reply.context, name)
    zh, en = LIST_NAMES[name]
    numbered, numbered_en = (
        ("个，编号完整", "numbered entries") if name in (SHORTAGE, SHORTAGE_JIANGSU) else ("项，各部分编号完整", "entries, numbered without a gap")
    )
    reply.say(
        f"**不在**：{zh}（共{len(every)}{numbered}）没有印{label}。",
        f"**No**: {en} ({len(every)} {numbered_en}) does not print {label}.",
        [every[0], every[-1]],
    )
