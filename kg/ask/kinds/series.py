"""Questions about Zhejiang's table: which title series an occupation leads to, and which occupations lead to a series."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.ask.answer import Answer, Verdict
from kg.ask.context import ID, Context, Row
from kg.ask.kinds.pathway.reading import requirement
from kg.ask.kinds.ranks import title_rows
from kg.ask.names import named, occupations, other_names
from kg.ask.reply import Reply, agreed, caution, opening
from kg.ask.request import Request
from kg.ask.rules import Cues, mask, matches, patterns
from kg.ask.tables import read_table, table, told
from kg.ask.text import normalize

_cue = Cues("series")

_NUMBER = re.compile(r"第 ?(\d{1,3}) ?(?:号|个|条|项|行)")

#: Occupations shown of a long list in the text; the items hold all.
SHOWN = 40


@dataclass(frozen=True)
class Asked:
    """A series named in the question, with the specialty in brackets where one was named."""

    series: str
    specialty: str


def answer_series(request: Request, context: Context) -> Answer | None:
    """Occupation → series, or series → occupations; None where neither is named."""
    text = request.text
    reply = Reply(request, context)
    occupations = _occupations_in(request, text, context)
    free = mask(text, [(start, end) for _, start, end, _ in occupations])
    series = _series(free)
    rows = {label: found for label, _, _, nodes in occupations if (found := _rows(context, nodes))}
    if not occupations and request.earlier and not request.unlinked and series and not _cue("reverse").search(text):
        earlier = _occupations_in(request, request.earlier[-1], context)
        rows = {label: found for label, _, _, nodes in earlier if (found := _rows(context, nodes))}
        occupations = earlier
    if not occupations and _cue("other_rule").search(text):
        return None
    if not occupations and _cue("absent").search(text):
        return _absent_note(reply)
    if not occupations and _cue("size").search(text) and not series:
        return _size(reply)
    number = _NUMBER.search(text)
    if number and not occupations and not series and _cue("zhejiang").search(f"{request.carried} {text}"):
        return _by_number(reply, int(number[1]))
    reply.understood(request.mentions)
    if occupations:
        return _answer_occupations(reply, [label for label, *_ in occupations], rows, series)
    if series and (_cue("reverse").search(text) or _cue("count").search(text) or _cue("which").search(text) or request.earlier):
        return _members(reply, series) if not _about_title_ranks(request) else None
    return _unknown(reply)


def _about_title_ranks(request: Request) -> bool:
    """Whether the question is about the titles within a series (annex 10), not about occupations."""
    return bool(_cue("title_ranks").search(request.text)) and not _cue("occupation").search(request.text)


def _occupations_in(request: Request, text: str, context: Context) -> list[tuple[str, int, int, tuple[str, ...]]]:
    """The occupations of a text: label, place, nodes."""
    spots = occupations(request, context, text)
    free = mask(text, [(spot.start, spot.end) for spot in spots if spot.exact])
    series = matches(free, patterns("series_words", "series"))
    # 农业技术系列 names the series and is no slip of 农业技术员.
    spots = [spot for spot in spots if spot.exact or all(spot.end <= name.start or spot.start >= name.end for name in series)]
    found = [(spot.label, spot.start, spot.end, spot.nodes) for spot in spots]
    if not found:
        for school in matches(text, patterns("series_school", "occupation")):
            found += [
                (spot.label, school.start, school.end, spot.nodes) for spot in named(context, normalize(school.says), "occupation_names", slips=False)[:1]
            ]
    return found


def _rows(context: Context, nodes: Sequence[str]) -> list[dict[str, str]]:
    """The table's rows for an occupation; for a work type those of its occupation."""
    found: list[dict[str, str]] = []
    for node in nodes:
        found += context.rows("series_of_occupation", occupation=node)
        if not found and "/work-type/" in node:
            for parent in context.rows("occupation_of_work_type", work_type=node):
                found += [row | {"parent": parent["label"]} for row in context.rows("series_of_occupation", occupation=parent["occupation"])]
    return found


def _series(text: str) -> list[Asked]:
    """The series that a text names; a specialty covers its series."""
    names = matches(text, patterns("series_words", "series"))
    specialties = matches(text, patterns("series_words", "specialty"))
    found = [Asked(name.says, next((each.says for each in specialties if each.start == name.start), "")) for name in names]
    special = {asked.series for asked in found if asked.specialty}
    return list(dict.fromkeys(asked for asked in found if asked.specialty or asked.series not in special))


def _answer_occupations(reply: Reply, labels: Sequence[str], rows: Mapping[str, Sequence[Row]], series: Sequence[Asked]) -> Answer:
    """One sentence an occupation; yes or no where a series was named and not asked for."""
    asks = bool(series) and bool(_cue("yes_no").search(reply.request.text) or not _cue("which").search(reply.request.text))
    verdicts: list[Verdict] = []
    for label in dict.fromkeys(labels):
        if label not in rows:
            verdicts.append(_near(reply, label) or _not_listed(reply, label))
            continue
        verdicts.append(_say_occupation(reply, label, rows[label], series if asks else ()))
    reply.suggest("哪些职业对应群众文化系列？", "Which occupations lead to the series 群众文化?")
    return reply.build(agreed(verdicts), "series")


def _printed(row: Row) -> str:
    """The series as printed: 或 between them, the specialty in brackets."""
    return "或".join(sorted(row["series"].split("|"), key=row["text"].find)) + (f"（{row['qualifier']}）" if row.get("qualifier") else "")


def _say_occupation(reply: Reply, label: str, rows: Sequence[Row], series: Sequence[Asked]) -> Verdict:
    row = rows[0]
    printed = _printed(row)
    fits = any(asked.series in row["series"].split("|") and (not asked.specialty or asked.specialty == row.get("qualifier")) for asked in series)
    verdict: Verdict = "na" if not series else "yes" if fits else "no"
    lead, lead_en = opening(verdict, "可以", "不能")
    of = f"（“{label}”是它的工种）" if "parent" in row else ""
    reply.say(
        f"{lead}浙江的对应关系表里，{row['label']}{of}（第{row['number']}号）对应的职称系列是**{printed}**。",
        f"{lead_en}in Zhejiang's table, {row['label']} (no. {row['number']}"
        f"){' with its work type ' + label if of else ''} leads to the title series **{printed}**.",
        rows,
    )
    if not series or fits:
        for name in row["series"].split("|"):
            reply.item(name + (f"（{row['qualifier']}）" if row.get("qualifier") else ""), f"{ID}title-series/zhejiang-{name}")
    caution(reply, rows)
    return verdict


def _note(reply: Reply) -> list[dict[str, str]]:
    """The note below the table, on occupations that it does not print."""
    return requirement(reply.context, "未列明")


def _near(reply: Reply, label: str) -> Verdict | None:
    """A row whose printed name looks misprinted and is nearly the asked one (石灰锻烧工 for 石灰煅烧工): told with the doubt."""
    for spot in named(reply.context, label, "series_occupation_names"):
        rows = [row for row in _rows(reply.context, spot.nodes) if row["status"].endswith("uncertain")]
        if rows and not spot.exact and spot.length >= len(label) - 1:
            reply.say(
                f"浙江的对应关系表里没有印“{label}”，但第{rows[0]['number']}号印的“{rows[0]['label']}"
                f"”看来就是它（疑为误印），对应的职称系列是**{_printed(rows[0])}**。",
                f"Zhejiang's table does not print “{label}”, but no. {rows[0]['number']}, “{rows[0]['label']}”, looks like "
                f"a misprint of it: **{_printed(rows[0])}**.",
                rows,
            )
            caution(reply, rows)
            return "na"
    return None


def _not_listed(reply: Reply, label: str) -> Verdict:
    """The table does not print it: by its note the committee decides, so this is no `no`."""
    note = _note(reply)
    reply.say(
        f"**无法判断**：浙江的对应关系表里没有印“{label}”；表后的注说：{note[0]['to']}。",
        f"**Unknown**: Zhejiang's table does not print “{label}”; by its note the review committee of the series (评审委员会) may decide: “{note[0]['to']}”.",
        note,
    )
    return "unknown"


def _absent_note(reply: Reply) -> Answer:
    note = _note(reply)
    reply.say(f"{note[0]['to']}。", f"The review committee (评审委员会) of the series decides: “{note[0]['to']}”.", note)
    return reply.build("na", "series")


def _size(reply: Reply) -> Answer:
    rows = reply.context.rows("series_size")
    reply.say(
        f"浙江的对应关系表一共列了**{rows[0]['number']}**个职业（工种），按序号编到{rows[0]['number']}。",
        f"Zhejiang's table has **{rows[0]['number']}** numbered rows.",
        rows,
    )
    return reply.build("na", "series")


def _by_number(reply: Reply, number: int) -> Answer:
    """The row with a number."""
    rows = reply.context.rows("series_of_occupation", number=number)
    if not rows:
        return _size(reply)
    _say_occupation(reply, rows[0]["label"], rows, ())
    return reply.build("na", "series")


def _members(reply: Reply, series: Sequence[Asked]) -> Answer:
    """The occupations that lead to a series; of two series joined by 或 those that lead to either of both."""
    if len(series) > 1 and re.search(r"[或/]", reply.request.text):
        fitting = [_fitting(reply.context, asked) for asked in series]
        shared = set.intersection(*({row["fact"] for row in rows} for rows in fitting))
        if shared:
            found = [row for row in fitting[0] if row["fact"] in shared]
            rows = told(reply.context, "series_members", found, "occupation", series=[_node(asked) for asked in series])
            return _say_members(reply, {"或".join(asked.series for asked in series): rows})
    return _say_members(reply, {asked.series + (f"（{asked.specialty}）" if asked.specialty else ""): _told(reply.context, asked) for asked in series})


def _node(asked: Asked) -> str:
    return f"{ID}title-series/zhejiang-{asked.series}"


def _fitting(context: Context, asked: Asked) -> list[dict[str, str]]:
    """The rows of a series, or of one specialty of it, found in memory."""
    rows = read_table(context, "series_members", series=_node(asked))
    return [row for row in rows if not asked.specialty or row.get("qualifier") == asked.specialty]


def _told(context: Context, asked: Asked) -> Sequence[Row]:
    """The same as the query for them gives them."""
    if not asked.specialty:
        return table(context, "series_members", series=_node(asked))
    return told(context, "series_members", _fitting(context, asked), "occupation", series=_node(asked))


def _say_members(reply: Reply, groups: Mapping[str, Sequence[Row]]) -> Answer:
    for name, rows in groups.items():
        labels = [row["label"] + (f"（专业：{row['qualifier']}）" if row.get("qualifier") and row["qualifier"] not in name else "") for row in rows]
        shown = "、".join(labels[:SHOWN]) + (f"等（此处列出{SHOWN}个，其余见列表）" if len(labels) > SHOWN else "")
        reply.say(
            f"浙江的对应关系表里，对应{name}的职业（工种）有**{len(rows)}**个（由表中各行数出）：{shown}。",
            f"In Zhejiang's table **{len(rows)}** occupations lead to {name} (counted from its rows): {shown}.",
            rows,
        )
        reply.list_rows(rows, "label", "occupation")
    return reply.build("na", "series")


def _unknown(reply: Reply) -> Answer | None:
    """Something is named that is no occupation of the table."""
    request = reply.request
    if not _cue("of_this_kind").search(request.text):
        return None
    titles = [mention for mention in request.named("ProfessionalTitle") if title_rows(reply.context, mention)]
    if titles and not _cue("zhejiang").search(request.text):
        return None
    names = [name for name in other_names(request, "Credential", "Occupation", "WorkType") if not _cue("no_name").search(name)]
    names = names or [mention.label for mention in request.named("Credential")]
    if not names:
        return None
    for name in names[:2]:
        _not_listed(reply, name)
    return reply.build("unknown", "series")
