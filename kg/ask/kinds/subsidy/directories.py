"""Questions about the directories: what they list, under which number, class and code."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.ask.answer import Answer, Verdict
from kg.ask.context import chinese
from kg.ask.kinds.subsidy.things import (
    CLASS,
    JIANGSU,
    LIST_NAMES,
    NANTONG,
    Thing,
    class_row,
    classes_said,
    names_beside,
    printed_entry,
    say_not_listed,
    say_outside,
    told_entries,
    where_listed,
    with_parent,
)
from kg.ask.reply import Reply, agreed, enumerated, opening
from kg.ask.rules import Cues, Match, matches, patterns
from kg.ask.tables import read_table

_cue = Cues("subsidy")

#: Entries shown of a long list in the text; the items hold all.
SHOWN = 60
_CODE_9 = re.compile(r"(?<!\d)(1000\d{5})(?!\d)")


def answer_listing(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """What a directory lists under a project and a class, with its number."""
    if things or not _cue("how_many").search(text) or _cue("money").search(text) or not _cue("listed_things").search(text) or grades:
        return None
    projects = matches(text, patterns("subsidy_projects", "project"))
    project = next((each.says for each in projects), "项目制培训" if "项目制" in text else "")
    if project == "其他培训":
        project = "项目制培训"
    if not project and _cue("grade_certificate").search(text):
        project = "等级证书"
    classes = set(classes_said(text))
    name = JIANGSU if _cue("jiangsu_directory").search(text) and "南通" not in text else NANTONG
    if not _cue("directory_or_project").search(text) or (not classes and not project and "目录" not in text):
        return None
    every = [row for row in read_table(reply.context, "subsidy_entries") if row["list"] == name and project in row.get("project", "")]
    found = [row for row in every if not classes or row.get("class") in classes]
    if not found:
        return None
    printed = [chinese(row["project"]) for row in found]
    rows = reply.context.rows("subsidy_directory", list=chinese(name), project=printed, **({"class": sorted(classes)} if classes else {}))
    labels = enumerated([row["name"] for row in rows], SHOWN)
    what = f"{'、'.join(sorted(classes)) + '类' if classes else ''}{project}"
    reply.say(
        f"{LIST_NAMES[name][0]}{what}共**{len(rows)}**项（由各行数出）：{labels}。",
        f"{LIST_NAMES[name][1]}, {what}: **{len(rows)}** entries (counted): {labels}.",
        rows,
    )
    reply.list_rows(rows, "name", "fact")
    return reply.build("na", "subsidy")


def answer_on_directory(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """Is it on Nantong's or Jiangsu's directory: by each that is meant, both numbered without a gap."""
    if not _cue("subsidy_directory").search(text) or _cue("how_much").search(text) or _cue("outside_directory").search(text):
        return None
    if CLASS.search(text) or not (_cue("asks_in").search(text) or _cue("which_number").search(text)):
        return None
    names = _directories(text)
    if not things:
        others = names_beside(reply.request)
        if others and _cue("asks_in").search(text) and not _cue("how_many").search(text):
            for name in names:
                say_not_listed(reply, name, f"“{max(others, key=len)}”")
            return reply.build("no", "subsidy")
        return None
    verdicts = [say_on_directory(reply, thing, names) for thing in things]
    return reply.build("na" if _cue("which_number").search(text) else agreed(verdicts), "subsidy")


def _directories(text: str) -> list[str]:
    """The directory that is meant; both where none is named, or where 南通 is the place of the subsidy only."""
    if _cue("jiangsu_directory").search(text) and not _cue("nantong_directory").search(text):
        return [JIANGSU]
    return [NANTONG] if _cue("nantong_directory").search(text) and not _cue("jiangsu_directory").search(text) else [NANTONG, JIANGSU]


def say_on_directory(reply: Reply, thing: Thing, names: Sequence[str]) -> Verdict:
    """Yes with the number and class of each entry; no with the size of the lists, and where else it is printed."""
    rows = [row for row in thing.rows if row["list"] in (NANTONG, JIANGSU)]
    meant = told_entries(reply.context, [row for row in rows if row["list"] in names])
    for row in meant:
        printed, group = with_parent(thing, row), row.get("class", "")
        reply.say(
            f"**在**：{where_listed(row)}（{row.get('project', '')}）印有{printed}{f'，{group}类' if group else ''}。",
            f"**Yes**: {LIST_NAMES[row['list']][1]} prints {printed} as no. {row['number']}{f', class {group}' if group else ''}.",
            [row],
        )
        reply.item(printed_entry(row), row["fact"])
    if meant:
        return "yes"
    for name in names:
        say_not_listed(reply, name, f"“{thing.label}”")
    for row in told_entries(reply.context, rows):
        reply.say(f"不过{where_listed(row)}印有{with_parent(thing, row)}。", f"It is, however, no. {row['number']} of {LIST_NAMES[row['list']][1]}.", [row])
    return "no"


def answer_class(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """The class of each thing; yes or no where one class was named."""
    named_class = classes_said(text)
    if not things or _cue("how_much").search(text) or not (_cue("asks_class").search(text) or (named_class and _cue("asks_in").search(text))):
        return None
    verdicts: list[Verdict] = []
    for thing in things:
        row = class_row(reply.context, thing)
        asks = len(set(named_class)) == 1 and not _cue("which_class").search(text)
        printed = row["class"] if row else "C"
        verdict: Verdict = "na" if not asks else "yes" if printed == named_class[0] else "no"
        lead, lead_en = opening(verdict, "是", "不是")
        if row:
            reply.say(
                f"{lead}{where_listed(row)}，{with_parent(thing, row)}是**{printed}类**。",
                f"{lead_en}{with_parent(thing, row)} is **class {printed}** ({printed}类; {LIST_NAMES[row['list']][1]}).",
                [row],
            )
            reply.item(f"{thing.label}：{printed}类", row["fact"])
        else:
            say_outside(reply, thing.label, lead, lead_en)
        verdicts.append(verdict)
    return reply.build(agreed(verdicts), "subsidy")


def answer_code(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """The code that the lists print for a thing; a special skill's stands in its remarks."""
    if (asked := _CODE_9.search(text)) and not things:
        every = [row for row in read_table(reply.context, "subsidy_entries") if row["list"] == JIANGSU]
        found = told_entries(reply.context, [row for row in every if row.get("note", "").endswith(asked[1])])
        for row in found:
            reply.say(
                f"编码{asked[1]}是**{row['name']}**（{row['class']}类，{row['project']}）。",
                f"The code {asked[1]} is **{row['name']}** (class {row['class']}, {row['project']}).",
                [row],
            )
        return reply.build("na" if found else "unknown", "subsidy") if found else None
    things = [
        replace(thing, rows=tuple(row | {"code": row.get("code") or row.get("note", "").removeprefix("编码：")} for row in thing.rows)) for thing in things
    ]
    rows = [row for thing in things for row in thing.rows if row.get("code")]
    if not rows or not _cue("code").search(text) or _cue("subsidy_or_money").search(text):
        return None
    for thing in things:
        mine = told_entries(reply.context, [row for row in thing.rows if row.get("code")])
        if mine:
            reply.say(f"{mine[0]['name']}的编码是**{mine[0]['code']}**。", f"The code of {mine[0]['name']} is **{mine[0]['code']}**.", mine)
            reply.item(mine[0]["code"], mine[0]["fact"])
    return reply.build("na", "subsidy")
