"""Questions about the shortage lists: what is on them, under which number, and how many entries they have."""

import re
from collections.abc import Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.kinds.subsidy.amounts import proposes_amount
from kg.ask.kinds.subsidy.things import (
    LIST_NAMES,
    SHORTAGE,
    SHORTAGE_JIANGSU,
    Thing,
    listed,
    names_beside,
    printed_entry,
    say_not_listed,
    told_entries,
)
from kg.ask.reply import Reply, agreed
from kg.ask.rules import Cues, Match
from kg.ask.tables import Row, read_table

_cue = Cues("subsidy")


#: A share put up for checking (上浮20%吗).
_ASKED_UPLIFT = re.compile(r"(?:上浮|提高|多补|加)[^0-9，。；]{0,6}(\d+(?:\.\d+)?) ?[%％](?!.*(?:多少|几个|哪))")


def answer_shortage(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """Is it on a shortage list; how many are; which."""
    if not _cue("shortage").search(text) or _wants_amount(reply.request.text, things):
        return None
    names = _shortage_lists(text)
    if things and not things[0].grades and _cue("uplift_how_much").search(text):
        for thing in things:
            _say_shortage(reply, thing, [SHORTAGE])
        return reply.build("na", "subsidy")
    if number := re.search(r"第 ?(\d{1,3}) ?(?:号|个|项|位)", text):
        return _numbered(reply, names[0], number[1])
    if things and (_cue("asks_in").search(text) or not _cue("amount_word").search(text)):
        verdicts = [_say_shortage(reply, thing, names) for thing in things]
        if _cue("which_occupation").search(text):
            return reply.build("na", "subsidy")
        return reply.build(agreed(verdicts), "subsidy")
    if things or grades:
        return None
    others = names_beside(reply.request)
    if not others and _cue("uplift").search(text) and (rows := listed(reply.context, SHORTAGE)) and _ASKED_UPLIFT.search(text) and names[0] == SHORTAGE:
        reply.say(
            f"{LIST_NAMES[SHORTAGE][0]}里的职业上浮比例都是{rows[0]['uplift']}%。",
            f"Each occupation of {LIST_NAMES[SHORTAGE][1]} has an uplift of {rows[0]['uplift']}%.",
            rows,
        )
        return reply.build(_say_asked_uplift(reply, rows[0]), "subsidy")
    if others and _cue("asks_in").search(text) and not _cue("how_many").search(text):
        name = max(others, key=len)
        say_not_listed(reply, names[0], f"“{name}”")
        return reply.build("no", "subsidy")
    return _whole_shortage_list(reply, names[0]) if _cue("how_many").search(text) or _cue("uplift_or_share").search(text) else None


def _whole_shortage_list(reply: Reply, name: str) -> Answer:
    """All entries of a shortage list."""
    rows = listed(reply.context, name)
    labels = "、".join(printed_entry(row) for row in rows)
    uplift = "，上浮比例都是30%" if name == SHORTAGE else "；该目录没有印上浮比例"
    reply.say(
        f"{LIST_NAMES[name][0]}共**{len(rows)}**个职业{uplift}：{labels}。",
        f"{LIST_NAMES[name][1]} has **{len(rows)}** occupations{', each with an uplift of 30%' if name == SHORTAGE else ''}: {labels}.",
        rows,
    )
    reply.list_rows(rows, printed_entry, "fact")
    return reply.build("na", "subsidy")


def _numbered(reply: Reply, name: str, number: str) -> Answer:
    """The entry of a list with a number."""
    zh, en = LIST_NAMES[name]
    rows = told_entries(reply.context, [row for row in read_table(reply.context, "subsidy_entries") if (row["list"], row["number"]) == (name, number)])
    if rows:
        reply.say(
            f"{zh}第{number}号是**{printed_entry(rows[0])}**（{rows[0]['code']}）。",
            f"No. {number} of {en} is **{printed_entry(rows[0])}** ({rows[0]['code']}).",
            rows,
        )
        reply.item(printed_entry(rows[0]), rows[0]["fact"])
    else:
        every = listed(reply.context, name)
        reply.say(f"{zh}编到第{every[-1]['number']}号，没有第{number}号。", f"{en} ends at no. {every[-1]['number']}.", [every[-1]])
    return reply.build("na", "subsidy")


def _wants_amount(text: str, things: Sequence[Thing]) -> bool:
    """Whether a question that speaks of the shortage list or the uplift asks for an amount."""
    if _cue("wants_amount").search(text) or (things and proposes_amount(text)):
        return True
    return bool(things and things[0].grades) and not _cue("on_list").search(text)


def _shortage_lists(text: str) -> list[str]:
    """The shortage list that is meant: Jiangsu's where only Jiangsu is named, else Nantong's first."""
    if _cue("jiangsu_shortage").search(text) and not _cue("nantong_shortage").search(text):
        return [SHORTAGE_JIANGSU]
    return [SHORTAGE] if _cue("nantong_shortage_or_uplift").search(text) else [SHORTAGE, SHORTAGE_JIANGSU]


def _say_asked_uplift(reply: Reply, row: Row) -> Verdict:
    """Whether the share that the question names is the one that the list's subsidy is raised by."""
    asked = {float(each[1]) for each in _ASKED_UPLIFT.finditer(reply.request.text)}
    if not asked or not row.get("uplift") or float(row["uplift"]) in asked:
        return "yes"
    reply.say(f"上浮的是{row['uplift']}%，不是您说的比例。", f"The uplift is {row['uplift']}%, not the share you name.", [row])
    return "no"


def _say_shortage(reply: Reply, thing: Thing, names: Sequence[str]) -> Verdict:
    verdicts: list[Verdict] = []
    for name in names:
        zh, en = LIST_NAMES[name]
        rows = told_entries(reply.context, [row for row in thing.rows if row["list"] == name])
        if rows:
            row = rows[0]
            uplift = f"，上浮{row['uplift']}%" if row.get("uplift") else ""
            parent = f"（“{thing.label}”是{row['parent']}的工种；目录按职业列）" if row.get("parent") else ""
            reply.say(
                f"**在**：{zh}第{row['number']}号印有{printed_entry(row)}（{row['code']}）{uplift}{parent}。",
                f"**Yes**: {en} prints {printed_entry(row)} ({row['code']}) as no. {row['number']}"
                f"{', uplift ' + row['uplift'] + '%' if row.get('uplift') else ''}{parent}.",
                rows,
            )
            reply.item(printed_entry(row), row["fact"])
            verdicts.append(_say_asked_uplift(reply, row))
        else:
            say_not_listed(reply, name, thing.label)
            verdicts.append("no")
    others = [row for row in thing.rows if row["list"] in (SHORTAGE, SHORTAGE_JIANGSU) and row["list"] not in names]
    for other in told_entries(reply.context, others[:1]):
        zh, en = LIST_NAMES[other["list"]]
        reply.say(f"不过{zh}第{other['number']}号印有{printed_entry(other)}。", f"It is, however, on {en} (no. {other['number']}).", [other])
    return agreed(verdicts)
