"""Questions about the directory of occupations open to social evaluation organisations: codes, occupations, work types, grades, what is listed."""

import re
from collections.abc import Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, Row
from kg.ask.forms import one_clause_asks_yes_no, said
from kg.ask.grades import NUMERALS, said_together
from kg.ask.kinds.directory_rows import CODE, codes_in, codes_of, described, entries, occupation_of, of_work_type, places, printed_elsewhere
from kg.ask.names import occupations, other_names
from kg.ask.reply import Reply, agreed, caution, enumerated, opening
from kg.ask.request import Request
from kg.ask.rules import Cues, mask, matches, patterns
from kg.ask.spots import Spot
from kg.ask.tables import read_table, table, told
from kg.ask.text import normalize

_cue = Cues("directory")

_PREFIX = re.compile(r"(?<![\d.-])([1-8](?:-\d\d){0,2})-?(?=开头|打头|大类|中类|小类|这一?类|类别|下面|下的|里)")
_NUMBER = re.compile(r"第 ?(\d{1,3}) ?(?:号|个|条|项|行)|(?:no\.?|number) ?(\d{1,3})\b")
#: Rows shown of a long list in the text; the items hold all.
SHOWN = 40


def answer_directory(request: Request, context: Context) -> Answer | None:
    """By code, by number, by prefix, by occupation; None where the question is about another list."""
    text = request.text
    codes = codes_in(text)
    if _cue("other_list").search(text) and not _cue("this_list").search(text) and not codes and not _cue("asks_code").search(text):
        return None
    reply = Reply(request, context)
    spots = _spots(request, context, text)
    if request.categories:
        return None
    siblings = () if spots or codes else _siblings(request, context)
    earlier = not spots and not codes and bool(request.earlier) and not request.unlinked and not siblings
    if earlier:
        spots = _spots(request, context, request.earlier[-1])
    if codes:
        return _by_code(reply, codes, spots)
    prefix = _PREFIX.search(text)
    if prefix:
        return _by_prefix(reply, prefix[1])
    reply.understood(request.mentions)
    if siblings:
        return reply.build(_say_rows_of(reply, siblings[0]["name"], siblings, _grades_of(text, ())), "directory")
    if spots:
        about_list = _cue("any_directory").search(said(request)) or _cue("asks_code").search(text)
        return _by_name(reply, spots, earlier) if about_list or any(entries(context.fork(), spot) for spot in spots) else None
    if (grades := _grades_of(text, ())) and _cue("which_occupations").search(text):
        return _by_grade(reply, grades)
    number = _NUMBER.search(text)
    if number:
        return _by_number(reply, int(number[1] or number[2]))
    if _cue("asks_how_many").search(text):
        return _size(reply)
    return _absent(reply)


def _siblings(request: Request, context: Context) -> list[Row]:
    """The rows of the occupation of an earlier turn whose work types this turn names by a part (植保无人机驾驶员是几级, then 航拍的呢)."""
    unshown = context.fork()  # What the turn before was about is no part of this answer.
    for turn in reversed(request.earlier):
        codes = {row["code"] for spot in _spots(request, context, turn) for row in entries(unshown, spot)}
        if codes:
            rows = [row for row in read_table(context, "directory") if row["code"] in codes]
            found = of_work_type(rows, request.text)
            return list(told(context, "directory", found, "name")) if len(found) < len(rows) else []
    return []


def _spots(request: Request, context: Context, text: str) -> list[Spot]:
    """The occupations, work types and special skills that a text names."""
    return occupations(request, context, text, "directory_skill_names", "work_type_short_names")


def _grades_of(text: str, spots: Sequence[Spot]) -> list[str]:
    """The skill grades that the question names."""
    free = mask(text, [(spot.start, spot.end) for spot in spots if text[spot.start : spot.end]])
    free = re.sub(r"[哪那同几]一级", "", free)
    return said_together(free) or list(dict.fromkeys(each.says for each in matches(free, patterns("grades", "grade"))))


def _by_code(reply: Reply, codes: Sequence[str], spots: Sequence[Spot]) -> Answer:
    """Code → occupation; where the directory does not print it, where else it is printed."""
    text = reply.request.text
    verdicts: list[Verdict] = []
    for code in codes:
        rows = reply.context.rows("directory", code=code)
        asks_in = bool(_cue("asks_in").search(text)) and not _cue("asks_types").search(text)
        if spots and asks_in and not _cue("this_list").search(text):
            verdicts += [_same_code(reply, code, spots, rows), *_beside_code(reply, spots)]
        elif rows:
            verdicts.append(_say_code(reply, code, rows, asks_in))
        elif others := printed_elsewhere(reply.context, code):
            verdicts.append(_say_elsewhere(reply, code, others, asks_in))
        else:
            reply.say(f"**无法判断**：四份文件里都没有印编码{code}。", f"**Unknown**: none of the four documents prints the code {code}.")
            verdicts.append("no" if asks_in and _cue("this_list").search(text) else "unknown")
    return reply.build("no" if len(codes) == 1 and set(verdicts) == {"yes", "no"} else agreed(verdicts), "directory")


def _beside_code(reply: Reply, spots: Sequence[Spot]) -> list[Verdict]:
    """What else is said of an occupation beside its code: its grades, which are judged, or a class of another list, which is not."""
    text = reply.request.text
    verdicts: list[Verdict] = []
    free = mask(text, [(spot.start, spot.end) for spot in spots] + [each.span() for each in CODE.finditer(text)])
    grades = _grades_of(free, ())
    rows = [row for spot in spots for row in entries(reply.context, spot)]
    if grades and rows:
        verdicts.append(_judge_claim(reply, spots[0].label, rows, grades) or _judge_grades(reply, spots[0].label, rows, grades))
    other = _cue("another_list").search(free)
    open_part = other[0] if other else "等级" if grades and not rows else ""
    if open_part:
        reply.say(f"**无法判断**：“{open_part}”不由编码判断，请单独问它。", f"**Unknown**: “{open_part}” is not settled by the code; ask about it by itself.")
        verdicts.append("na")
    return verdicts


def _say_code(reply: Reply, code: str, rows: Sequence[Row], asks_in: bool) -> Verdict:
    name = occupation_of(rows[0])
    lead, lead_en = ("**在**：", "**Yes**: ") if asks_in else ("", "")
    reply.say(f"{lead}编码{code}是**{name}**。", f"{lead_en}the code {code} is **{name}**.", rows)
    _say_rows(reply, rows)
    return "yes" if asks_in else "na"


def _say_rows(reply: Reply, rows: Sequence[Row]) -> None:
    """The directory's rows with work types and grades."""
    shown = "；".join(f"第{row['number']}号 {described(row)}" for row in rows[:SHOWN])
    reply.say(f"目录里共{len(rows)}条：{shown}。", f"The directory has {len(rows)} row(s) for it: {shown}.", rows)
    reply.list_rows(rows, "name", "fact")
    caution(reply, rows)


def _say_elsewhere(reply: Reply, code: str, others: Sequence[Row], asks_in: bool) -> Verdict:
    names = "、".join(dict.fromkeys(row["name"] for row in others))
    lead, lead_en = ("**不在**：", "**No**: ") if asks_in else ("", "")
    reply.say(
        f"{lead}编码{code}是**{names}**；征集遴选目录没有印这个编码，印它的是：{places(others)}。",
        f"{lead_en}the code {code} is **{names}**; the evaluation directory does not print it, but these do: {places(others)}.",
        others,
    )
    reply.item(names, others[0]["fact"])
    return "no" if asks_in else "na"


def _same_code(reply: Reply, code: str, spots: Sequence[Spot], rows: Sequence[Row]) -> Verdict:
    """Is this code that occupation's?"""
    mine = [row for spot in spots for row in codes_of(reply.context, spot)]
    same = [row for row in mine if row["code"] == code]
    name = spots[0].label
    if same:
        reply.say(f"**是**：{name}的编码是{code}。", f"**Yes**: {name} has the code {code}.", same)
        return "yes"
    rows = [*rows, *printed_elsewhere(reply.context, code)]
    if not mine and not rows:
        reply.say(f"**无法判断**：四份文件都没有印{name}的编码，也没有印{code}。", f"**Unknown**: neither a code of {name} nor {code} is printed.")
        return "unknown"
    if mine:
        reply.say(f"**不是**：{name}的编码是{'、'.join(dict.fromkeys(row['code'] for row in mine))}。", f"**No**: {name} has the code {mine[0]['code']}.", mine)
    if rows:
        reply.say(f"{code}是{occupation_of(rows[0])}的编码。", f"{code} is {occupation_of(rows[0])}.", rows)
    return "no"


def _by_prefix(reply: Reply, prefix: str) -> Answer:
    rows = told(reply.context, "directory", [row for row in read_table(reply.context, "directory") if row["code"].startswith(f"{prefix}-")], "code")
    if not rows:
        reply.say(f"征集遴选目录里没有{prefix}开头的编码。", f"The directory prints no code that begins with {prefix}.")
        return reply.build("na", "directory")
    names = list(dict.fromkeys(occupation_of(row) for row in rows))
    reply.say(
        f"征集遴选目录里{prefix}开头的有{len(names)}个职业（{len(rows)}条，由编码数出）：{'、'.join(names[:SHOWN])}。",
        f"The directory has {len(names)} occupations ({len(rows)} rows, counted by code) that begin with {prefix}: {', '.join(names[:SHOWN])}.",
        rows,
    )
    reply.list_rows(rows, "name", "fact")
    return reply.build("na", "directory")


def _by_number(reply: Reply, number: int) -> Answer:
    rows = reply.context.rows("directory", number=number)
    if not rows:
        last = reply.context.rows("directory_size")[0]
        reply.say(
            f"征集遴选目录编到第{last['number']}号，没有第{number}号。", f"The directory's rows are numbered to {last['number']}; there is no {number}.", [last]
        )
        return reply.build("na", "directory")
    reply.say(f"征集遴选目录第{number}号是{described(rows[0])}。", f"Row {number} of the directory is {described(rows[0])}.", rows)
    reply.item(rows[0]["name"], rows[0]["fact"])
    return reply.build("na", "directory")


def _by_grade(reply: Reply, grades: Sequence[str]) -> Answer:
    """The rows that are open at some grades, or (只有, 仅) at these alone."""
    only = bool(_cue("only").search(reply.request.text))
    wanted = set(grades)
    found = [
        row
        for row in read_table(reply.context, "directory")
        if (printed := set(filter(None, row.get("grades", "").split("|")))) == wanted or (not only and wanted <= printed)
    ]
    rows = told(reply.context, "directory", found, "name")
    named_grades = "、".join(NUMERALS[grade] for grade in grades)
    names = enumerated([row["name"] for row in rows], SHOWN)
    reply.say(
        f"征集遴选目录里{'只' if only else ''}开放{named_grades}的有{len(rows)}条（由各行数出）：{names}。",
        f"{len(rows)} rows of the directory are open at {named_grades}{' only' if only else ''} (counted): {names}.",
        rows,
    )
    reply.list_rows(rows, "name", "fact")
    return reply.build("na", "directory")


def _size(reply: Reply) -> Answer:
    rows = table(reply.context, "directory")
    occupations = {row["code"] for row in rows}
    reply.say(
        f"征集遴选目录按序号共**{rows[-1]['number']}**条职业（工种）；按编码数出{len(occupations)}个不同的职业编码。",
        f"The directory has **{rows[-1]['number']}** numbered rows, with {len(occupations)} different codes (counted).",
        [rows[-1]],
    )
    return reply.build("na", "directory")


def _by_name(reply: Reply, spots: Sequence[Spot], earlier: bool = False) -> Answer:
    """One judgement or description a name; `earlier` where the turn before named them."""
    text = reply.request.text
    grades = _grades_of(text, () if earlier else spots)
    types = {occupation_of(row) for spot in spots for row in entries(reply.context, spot) if any("/work-type/" in node for node in spot.nodes)}
    # 互联网营销师直播销售员 names one work type, not the occupation and the work type.
    spots = [spot for spot in spots if spot.label not in types or any("/work-type/" in node for node in spot.nodes)]
    listed_too = one_clause_asks_yes_no(reply.request) and _cue("this_list").search(text)
    verdicts: list[Verdict] = []
    for label in dict.fromkeys(spot.label for spot in spots):
        spot = next(each for each in spots if each.label == label)
        every = entries(reply.context, spot)
        rows = of_work_type(every, text if earlier else mask(text, [(spot.start, spot.end)]))
        name = rows[0]["name"] if len(rows) == 1 < len(every) else spot.label
        if _cue("asks_code").search(text) and not (grades and _cue("asks_in").search(text)):
            if listed_too and rows:
                reply.say(f"**在**：征集遴选目录印有{name}。", f"**Yes**: the directory prints {name}.", rows)
            verdict = _say_absent(reply, spot) if listed_too and not rows else _say_codes(reply, spot, rows)
            verdicts.append("yes" if listed_too and rows else verdict)
        elif not rows:
            verdicts.append(_say_absent(reply, spot))
        else:
            verdicts.append(_say_rows_of(reply, name, rows, grades))
    return reply.build(agreed(verdicts), "directory")


def _say_rows_of(reply: Reply, name: str, rows: Sequence[Row], grades: Sequence[str]) -> Verdict:
    """What the directory prints of a name: whether it is open at the grades asked about, else what is printed."""
    if grades and not _wants_list(reply.request.text):
        return _judge_claim(reply, name, rows, grades) or _judge_grades(reply, name, rows, grades)
    return _describe(reply, name, rows)


def _judge_claim(reply: Reply, name: str, rows: Sequence[Row], grades: Sequence[str]) -> Verdict | None:
    """Whether the grades printed of a name are just these, or its highest or lowest one is this; None where the question states no such thing."""
    text = reply.request.text
    edge = min if _cue("highest").search(text) else max if _cue("lowest").search(text) else None
    printed = [set(filter(None, row.get("grades", "").split("|"))) for row in rows]
    if not one_clause_asks_yes_no(reply.request) or not any(printed):
        return None
    whole = set().union(*printed)
    claimed = set(grades)
    if edge and len(grades) == 1:
        each = [{edge(some)} for some in printed if some]
        right = {edge(whole)}
    elif not edge and (len(grades) > 1 or _cue("just_these").search(text)) and _cue("states_grades").search(text):
        each, right = [some for some in printed if some], whole
    else:
        return None
    verdict: Verdict = "yes" if all(some == claimed for some in each) else "no" if right != claimed and claimed not in each else "na"
    lead = opening(verdict, "是", "不是")
    ends = f"，最高{NUMERALS[min(whole)]}，最低{NUMERALS[max(whole)]}" if edge else ""
    ends_en = f"; the highest is grade {min(whole)}, the lowest grade {max(whole)}" if edge else ""
    reply.say(
        f"{lead[0]}征集遴选目录里{name}印的等级是{'；'.join(described(row) for row in rows)}{ends}。",
        f"{lead[1]}the directory prints these grades of {name}: {'; '.join(described(row) for row in rows)}{ends_en}.",
        rows,
    )
    reply.list_rows(rows, "name", "fact")
    return verdict


def _wants_list(text: str) -> bool:
    return bool(_cue("wants_list").search(text))


def _say_codes(reply: Reply, spot: Spot, rows: Sequence[Row]) -> Verdict:
    """The code of an occupation, from the directory or else from another document."""
    found = rows or codes_of(reply.context, spot)
    if not found:
        reply.say(f"**无法判断**：四份文件都没有印{spot.label}的职业编码。", f"**Unknown**: no document prints a code for {spot.label}.")
        return "unknown"
    codes = "、".join(dict.fromkeys(row["code"] for row in found))
    occupation = occupation_of(found[0])
    of = f"，它属于职业**{occupation}**" if occupation != spot.label else ""
    reply.say(
        f"{spot.label}的职业编码是**{codes}**{of}。",
        f"The code of {spot.label} is **{codes}**{f' (occupation: {occupation})' if of else ''}.",
        found,
    )
    if rows:
        _say_rows(reply, rows)
    else:
        reply.say(f"征集遴选目录没有印它；印编码的是：{places(found)}。", f"The evaluation directory does not print it; these do: {places(found)}.", found)
        reply.item(codes, found[0]["fact"])
    return "na"


def _say_absent(reply: Reply, spot: Spot) -> Verdict:
    """The directory is complete and numbered, so what it does not print is not in it."""
    last = reply.context.rows("directory_size")
    reply.say(
        f"**不在**：征集遴选目录（共{last[0]['number']}条，编号完整）没有印“{spot.label}”。",
        f"**No**: the directory (numbered 1 to {last[0]['number']}, complete) does not print “{spot.label}”.",
        last,
    )
    codes = codes_of(reply.context, spot)
    if codes:
        reply.say(
            f"别处印有它，编码{codes[0]['code']}：{places(codes)}。", f"It is printed elsewhere, with the code {codes[0]['code']}: {places(codes)}.", codes
        )
    return "no"


def _judge_grades(reply: Reply, name: str, rows: Sequence[Row], grades: Sequence[str]) -> Verdict:
    """Is this occupation open at these grades?"""
    verdicts: list[Verdict] = []
    for grade in grades:
        fitting = [row for row in rows if grade in row.get("grades", "").split("|")]
        named_grade = NUMERALS[grade]
        if fitting:
            reply.say(
                f"**在**：{name}{named_grade}在征集遴选目录里：{'；'.join(described(row) for row in fitting)}。",
                f"**Yes**: {name} at {named_grade} (grade {grade}) is in the directory: {'; '.join(described(row) for row in fitting)}.",
                fitting,
            )
            reply.list_rows(fitting, "name", "fact")
        else:
            reply.say(
                f"**不在**：征集遴选目录里{name}没有开放{named_grade}，只印有：{'；'.join(described(row) for row in rows)}。",
                f"**No**: the directory does not open {name} at {named_grade} (grade {grade}); it prints {'; '.join(described(row) for row in rows)}.",
                rows,
            )
        verdicts.append("yes" if fitting else "no")
    return agreed(verdicts)


def _describe(reply: Reply, name: str, rows: Sequence[Row]) -> Verdict:
    """What the directory prints of an occupation: yes where it was asked whether, else the list."""
    text = said(reply.request)
    asks_in = bool(_cue("asks_in").search(text)) and (not _wants_list(text) or bool(_cue("asks_first").search(text)))
    occupation = occupation_of(rows[0])
    lead, lead_en = ("**在**：", "**Yes**: ") if asks_in else ("", "")
    of = f"（职业{occupation}的工种）" if not name.startswith(occupation) else ""
    types = [row for row in rows if "（" in row["name"]]
    grades = sorted({grade for row in rows for grade in row.get("grades", "").split("|") if grade}, reverse=True)
    if _cue("asks_types").search(text) and types:
        names = "、".join(row["name"].split("（", 1)[1].removesuffix("）") for row in types)
        reply.say(
            f"{occupation}在征集遴选目录里的工种有{len(types)}个：{names}。", f"Work types of {occupation} in the directory ({len(types)}): {names}.", types
        )
    elif _cue("asks_grades").search(text) and not asks_in and grades:
        counted = f"，共{len(grades)}个等级" if _cue("counts_grades").search(text) else ""
        edges = ((_cue("highest"), "最高", "highest", grades[-1]), (_cue("lowest"), "最低", "lowest", grades[0]))
        asked = [(zh, en, grade) for cue, zh, en, grade in edges if cue.search(text)]
        reply.say(
            f"{name}{of}在征集遴选目录里的等级是**{'、'.join(grades)}**{counted}（{'、'.join(NUMERALS[each] for each in grades)}）"
            + "".join(f"，{zh}是**{NUMERALS[grade]}**" for zh, _, grade in asked)
            + "。",
            f"Grades of {name} in the directory: **{', '.join(grades)}**" + "".join(f"; the {en} is grade {grade}" for _, en, grade in asked) + ".",
            rows,
        )
    elif _cue("asks_number").search(text):
        reply.say(
            f"{name}在征集遴选目录里是第{'、'.join(row['number'] for row in rows)}号。",
            f"{name} is row {', '.join(row['number'] for row in rows)}.",
            rows,
        )
    else:
        reply.say(f"{lead}征集遴选目录印有{name}{of}。", f"{lead_en}the directory prints {name}{' under ' + occupation if of else ''}.", rows)
    _say_rows(reply, rows)
    return "yes" if asks_in else "na"


def _absent(reply: Reply) -> Answer | None:
    """A name that is no occupation of the documents: not in the directory, if it was asked whether; else unknown."""
    request = reply.request
    names = [name for name in other_names(request, "Credential", "Occupation", "WorkType", "TitleSeries") if not _cue("no_name").search(name)]
    if not names:
        return None
    name = names[0]
    if _cue("asks_code").search(request.text):
        reply.say(f"**无法判断**：四份文件都没有印“{name}”的职业编码。", f"**Unknown**: no document prints an occupation code for “{name}”.")
        return reply.build("unknown", "directory")
    if not (_cue("this_list").search(request.text) or request.scores.get("directory", 0) >= 6):
        return None
    if part := [row for row in read_table(reply.context, "directory") if normalize(name) in normalize(row["name"])]:
        return _by_part(reply, name, told(reply.context, "directory", part, "name"))
    last = reply.context.rows("directory_size")
    candidates = [label for mention in request.unlinked for label, _ in mention.nearest[:3]]
    nearest = "、".join(label for label in candidates if len(set(label) & set(name)) >= 2 and len(label) <= len(name) + 4)
    reply.say(
        f"**不在**：征集遴选目录（共{last[0]['number']}条，编号完整）没有印“{name}”。" + (f"名称相近但不同的有：{nearest}。" if nearest else ""),
        f"**No**: the directory (numbered 1 to {last[0]['number']}, complete) does not print “{name}”.",
        last,
    )
    return reply.build("no", "directory")


def _by_part(reply: Reply, name: str, rows: Sequence[Row]) -> Answer:
    """A part of printed names (航拍): what the only row with it prints; asked whether it is listed, or with several such rows, which is meant."""
    text = reply.request.text
    if len(rows) == 1 and not _cue("asks_in").search(text):
        reply.say(f"“{name}”按“{rows[0]['name']}”理解。", f"“{name}” is read as “{rows[0]['name']}”.", rows)
        return reply.build(_say_rows_of(reply, rows[0]["name"], rows, _grades_of(text, ())), "directory")
    reply.say(
        f"征集遴选目录没有单独印“{name}”；名称里有它的是下面{len(rows)}条（数出），您问的是哪一条？",
        f"The directory does not print “{name}” by itself; these {len(rows)} (counted) have it in their names. Which one do you mean?",
    )
    _say_rows(reply, rows)
    return reply.build("clarify", "directory")
