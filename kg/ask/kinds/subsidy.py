"""Questions about Nantong's and Jiangsu's subsidies: class, amount by grade, uplift, shortage lists, other projects, the notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.ask.answer import Answer, Verdict
from kg.ask.context import ID, Context, Row
from kg.ask.names import occupations, other_names
from kg.ask.reply import Reply, agreed, caution, enumerated, opening
from kg.ask.request import Request
from kg.ask.rules import Cues, Match, mask, matches, patterns
from kg.ask.spots import Spot

_cue = Cues("subsidy")

CERTIFICATE = "职业资格证书、职业技能等级证书"
SHORTAGE, SHORTAGE_JIANGSU = "南通紧缺目录", "江苏附件5"
NANTONG, JIANGSU = "南通指导目录", "江苏指导目录"
LIST_NAMES = {
    SHORTAGE: ("南通市紧缺型目录（附件3）", "Nantong's shortage list (annex 3)"),
    SHORTAGE_JIANGSU: ("江苏省紧缺型目录（附件5）", "Jiangsu's shortage list (annex 5)"),
    NANTONG: ("南通市指导目录（附件2）", "Nantong's directory (annex 2)"),
    JIANGSU: ("江苏省指导目录（附件4）", "Jiangsu's directory (annex 4)"),
}
#: 初级, 中级 … from low to high; the three highest share one rate.
GRADE_ORDER = {"5": 1, "4": 2, "3": 3, "2": 4, "1": 5, "special": 6, "chief": 7}
GRADE_NAMES = {
    "5": "初级（五级）",
    "4": "中级（四级）",
    "3": "高级（三级）",
    "2": "技师（二级）",
    "1": "高级技师（一级）",
    "special": "特级技师",
    "chief": "首席技师",
}
#: Entries shown of a long list in the text; the items hold all.
SHOWN = 60
_CLASS = re.compile(r"(?<![a-z])([abcd])(?: ?类|(?= ?class)|(?= ?[、,和 ] ?[abcd])|三类)|class ([abcd])\b")
_MARK = re.compile(r"(?<![a-z/])(?:l/s|[ls])(?![a-z/])")
_CODE_9 = re.compile(r"(?<!\d)(1000\d{5})(?!\d)")


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


def answer_subsidy(request: Request, context: Context) -> Answer | None:
    """Answer from the subsidy tables; None where the question says nothing that they speak of."""
    text = request.text
    reply = Reply(request, context)
    spots = _spots(request, context, text)
    grades = _grades(text, spots)
    if request.categories or not (_cue("about").search(" ".join((*request.earlier[-1:], text))) or spots):
        return None
    if _cue("other_places").search(text) and not _cue("our_places").search(text):
        return _elsewhere(reply)
    if request.earlier and not (request.unlinked and not spots):
        spots, grades = _with_earlier(request, context, spots, grades)
    things = _things(context, spots, grades)
    reply.understood(request.mentions)
    every = " ".join((*request.earlier[-1:], text))
    for part in (_marks, _hours, _claims, _class_meaning, _transition, _shortage, _listing, _on_directory, _code, _class_of, _project, _amounts):
        answer = part(reply, things, grades, every if part in (_amounts, _project, _shortage) else text)
        if answer is not None:
            return answer
    return _unknown(reply, things, grades, every)


def _elsewhere(reply: Reply) -> Answer | None:
    """Another place's subsidies are in none of the documents."""
    if not _cue("subsidy_or_amount").search(reply.request.text):
        return None
    reply.say(
        "**无法判断**：四份文件里只有南通市（和江苏省）2025年的补贴，没有您问的地方的标准。",
        "**Unknown**: only the subsidies of Nantong (and Jiangsu) for 2025 are among the four documents.",
    )
    return reply.build("unknown", "subsidy")


def _spots(request: Request, context: Context, text: str) -> list[Spot]:
    return occupations(request, context, text, "subsidy_names")


def _grades(text: str, spots: Sequence[Spot]) -> list[Match]:
    """The grades that a text names, outside the names themselves."""
    return matches(mask(text, [(spot.start, spot.end) for spot in spots]), patterns("subsidy_grades", "grade"))


def _with_earlier(request: Request, context: Context, spots: list[Spot], grades: list[Match]) -> tuple[list[Spot], list[Match]]:
    """A follow-up: what it does not name is taken from the turn before."""
    before = request.earlier[-1]
    earlier = _spots(request, context, before)
    if not spots and not _cue("other_subject").search(request.text):
        return earlier, grades or _grades(before, earlier)
    if not grades:
        return spots, _grades(before, earlier)
    return spots, grades


def _things(context: Context, spots: Sequence[Spot], grades: Sequence[Match]) -> list[Thing]:
    """The named things with the rows of the lists, and the grades said after each (or the only ones said)."""
    found = []
    for index, spot in enumerate(spots):
        until = spots[index + 1].start if index + 1 < len(spots) else 10_000
        own = [grade.says for grade in grades if spot.end <= grade.start < until] or [grade.says for grade in grades if grade.end == spot.start]
        occupation, rows = _rows(context, spot)
        found.append(Thing(spot, occupation, tuple(rows), tuple(dict.fromkeys(own or [grade.says for grade in grades]))))
    return found


def _rows(context: Context, spot: Spot) -> tuple[str, list[Row]]:
    """The rows of the lists for a name; for a work type those of its occupation, whose work types the lists include."""
    rows: list[Row] = []
    occupation = ""
    for node in spot.nodes:
        if "/work-type/" in node:
            parents = context.rows("occupation_of_work_type", work_type=node)
            occupation = occupation or parents[0]["occupation"]
            rows += [row | {"parent": parents[0]["label"]} for row in context.rows("subsidy_of_occupation", item=parents[0]["occupation"])]
        elif "/occupation/" in node:
            occupation = node
            rows += context.rows("subsidy_of_occupation", item=node)
        elif "/subsidy-eligibility/" in node:
            rows += context.rows("subsidy_entry", fact=node)
            occupation = occupation or next((each["occupation"] for each in rows if "occupation" in each), "")
            rows += context.rows("subsidy_of_occupation", item=occupation) if occupation else []
        else:
            rows += context.rows("subsidy_of_skill", item=node)
    return occupation, list({row["fact"]: row for row in rows}.values())


def _rule(context: Context, name: str) -> list[dict[str, str]]:
    return context.rows("subsidy_rule", rule=name)


def _marks(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """What *, S and L after a name mean: only * has a legend; and whether an occupation has it."""
    if (_cue("star").search(text) and (_cue("mark_means").search(text) or _cue("what").search(text))) or (
        _cue("online").search(text) and not things and _cue("online_share").search(text)
    ):
        rows = [*_rule(reply.context, "online_share_with_star_annex_4"), *_rule(reply.context, "online_share_without_star_annex_4")]
        statements = "；".join(row["statement"] for row in rows)
        reply.say(
            f"“*”的含义印在备注里：{statements}。",
            f"The note explains the *: online training may exceed 40% of the hours with it and in principle not without it (“{statements}”).",
            rows,
        )
        return reply.build("na", "subsidy")
    if _cue("online").search(text) and things:
        return _online(reply, things[0])
    spots = [(thing.spot.start, thing.spot.end) for thing in things if thing.spot.end <= len(text)]
    if _MARK.search(mask(text, spots)) and _cue("mark_means").search(text):
        marked = [row for thing in things for row in thing.rows if row.get("marks")]
        reply.say(
            "**无法判断**：目录在一些职业名称后印有S、L、L/S，但文件没有说明它们的含义（只说明了“*”）；它们不是名称的一部分。",
            "**Unknown**: some names are followed by S, L or L/S, but the document prints no legend for them (only for *); they are no part of the name.",
            marked,
        )
        return reply.build("unknown", "subsidy")
    return None


def _online(reply: Reply, thing: Thing) -> Answer | None:
    """May online hours of an occupation exceed 40 %?"""
    rows = [row for row in thing.rows if row["list"] in (JIANGSU, SHORTAGE_JIANGSU)]
    if not rows:
        return None
    starred = [row for row in rows if "*" in row.get("marks", "")]
    name = "online_share_with_star_annex_4" if starred else "online_share_without_star_annex_4"
    rule = _rule(reply.context, name)
    asks = _cue("exceeds").search(reply.request.text)
    verdict: Verdict = "na" if not asks else "yes" if starred else "no"
    lead, lead_en = {"yes": ("**可以**：", "**Yes**: "), "no": ("**不能（原则上）**：", "**No (in principle)**: ")}.get(verdict, ("", ""))
    printed = "带“*”" if starred else "不带“*”"
    reply.say(
        f"{lead}江苏省目录里{thing.label}{printed}；{rule[0]['statement']}。",
        f"{lead_en}{thing.label} is printed {'with' if starred else 'without'} * in Jiangsu's directory: “{rule[0]['statement']}”.",
        [*(starred or rows), *rule],
    )
    return reply.build(verdict, "subsidy")


def _hours(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """Course hours by grade, and how long one is."""
    if not _cue("hours").search(text):
        return None
    rows = _rule(reply.context, "hours")
    low = [grade for grade in grades if grade.says == "5"]
    high = [grade for grade in grades if grade.says != "5"]
    if low and not high:
        reply.say("初级工培训不低于**40**课时。", "At least **40** class hours for 初级工 (grade 5).", rows)
    elif high and not low:
        reply.say("中级工和高级工及以上培训不低于**56**课时。", "At least **56** class hours for 中级工, 高级工 and above (grades 4 to 1).", rows)
    elif not _cue("hour_length").search(text) or grades:
        reply.say(
            "初级工培训不低于**40**课时，中级工和高级工及以上培训不低于**56**课时。",
            "At least **40** class hours for grade 5, at least **56** for grade 4 and above.",
            rows,
        )
    length = _rule(reply.context, "hour_length")
    reply.say(f"{length[0]['statement']}。", "One class hour is 45 minutes.", length)
    return reply.build("na", "subsidy")


def _claims(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """A second claim: forbidden for the same or a lower grade of the same occupation once a higher one was paid."""
    if not _cue("claimed").search(text) or not (_cue("again").search(text) or _cue("same_or_lower").search(text)):
        return None
    rule = _rule(reply.context, "no_double_claim")
    held, asked = _held_and_asked(text, grades)
    occupations = {thing.occupation for thing in things if thing.occupation}
    statement = rule[0]["statement"]
    if len(occupations) > 1:
        reply.say(
            f"**可以**：备注第3条只限制同一职业（“{statement}”），您说的是不同职业，该条没有禁止。",
            f"**Yes**: note 3 restricts only the same occupation (“{statement}”); these are two, so it does not forbid it.",
            rule,
        )
        return reply.build("yes", "subsidy")
    lower = (
        _cue("same_or_lower").search(text)
        or (held and asked and all(GRADE_ORDER[grade] <= max(GRADE_ORDER[each] for each in held) for grade in asked))
        or (held and not asked and _cue("twice").search(text))
    )
    higher = not lower and (
        _cue("higher").search(text) or (held and asked and any(GRADE_ORDER[grade] > max(GRADE_ORDER[each] for each in held) for grade in asked))
    )
    if lower:
        reply.say(
            f"**不能**：备注第3条规定，{statement}。",
            f"**No**: by note 3, who has a higher certificate may not claim again for the same or a lower grade of the same occupation (“{statement}”).",
            rule,
        )
        return reply.build("no", "subsidy")
    if higher:
        reply.say(
            f"**可以**：备注第3条只规定“{statement}”，没有禁止领了低等级补贴之后再申领更高等级的补贴。",
            f"**Yes**: note 3 forbids only the same or a lower grade (“{statement}”); a higher grade after a lower one is not forbidden by it.",
            rule,
        )
        return reply.build("yes", "subsidy")
    reply.say(f"备注第3条：{statement}。请告诉我领过哪一级、还想领哪一级。", f"Note 3: “{statement}”. Which grade was paid, and which is asked for?", rule)
    return reply.build("clarify", "subsidy")


def _held_and_asked(text: str, grades: Sequence[Match]) -> tuple[list[str], list[str]]:
    """The grades already paid and those asked for: by clause, else by what stands after 再 or 还能."""
    clauses = [(each.start(), each.end(), each[0]) for each in re.finditer(r"[^,，。;；?？]+", text)]
    paid = [clause for clause in clauses if _cue("paid").search(clause[2])]
    if not paid:
        return [], [grade.says for grade in grades]
    start, end, clause = paid[0]
    if (said := re.search(r"already (?:claimed|received|got)|after", clause)) and not re.search(r"[一-龥]领", clause):
        cut = start + said.start()
        after, before = [grade.says for grade in grades if cut <= grade.start < end], [grade.says for grade in grades if not cut <= grade.start < end]
        return (after, before) if after else (before, [])
    again = _cue("again").search(clause)
    cut = start + again.start() if again and re.search(r"[一-龥]", clause[: again.start()]) else end
    held = [grade.says for grade in grades if start <= grade.start < cut]
    asked = [grade.says for grade in grades if not start <= grade.start < cut]
    if not held and asked and len(clauses) > 1:
        before = [grade.says for grade in grades if grade.start < start]
        held, asked = before[-1:], [grade.says for grade in grades if grade.start >= cut]
    return held, asked


def _class_meaning(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """What the classes A, B and C stand for."""
    classes = [each[1] or each[2] for each in _CLASS.finditer(text)]
    if things or (not classes and not _cue("classified").search(text)) or not _cue("class_means").search(text) or _cue("outside_or_certificate").search(text):
        return None
    for name in dict.fromkeys(classes) if classes else ():
        if name in "abc":
            rows = _rule(reply.context, f"class_{name}")
            reply.say(f"{rows[0]['statement']}。", f"Class {name.upper()}: “{rows[0]['statement']}”.", rows)
    rows = _rule(reply.context, "class_basis")
    reply.say(f"{rows[0]['statement']}。", f"The classes follow the major group, costs and length of training: “{rows[0]['statement']}”.", rows)
    return reply.build("na", "subsidy")


def _transition(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """Occupations under revision; and the class of those outside Jiangsu's directory, in general."""
    if _cue("transition").search(text):
        rows = _rule(reply.context, "transition")
        reply.say(f"{rows[0]['statement']}。", f"“{rows[0]['statement']}”", rows)
        caution(reply, rows)
        return reply.build("na", "subsidy")
    if not things and not grades and _cue("outside_directory").search(text):
        rows = _rule(reply.context, "outside_directory_class_c")
        reply.say(f"按**C类**：{rows[0]['statement']}。", f"**Class C** (C类): “{rows[0]['statement']}”.", rows)
        return reply.build("na", "subsidy")
    return None


def _shortage(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
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
    others = _other_names(reply.request)
    if others and _cue("asks_in").search(text) and not _cue("how_many").search(text):
        name = max(others, key=len)
        rows = _listed(reply.context, names[0])
        reply.say(
            f"**不在**：{LIST_NAMES[names[0]][0]}（共{len(rows)}个，编号完整）没有印“{name}”。",
            f"**No**: {LIST_NAMES[names[0]][1]} ({len(rows)} entries) does not print “{name}”.",
            [rows[0], rows[-1]],
        )
        return reply.build("no", "subsidy")
    return _whole_shortage_list(reply, names[0]) if _cue("how_many").search(text) or _cue("uplift_or_share").search(text) else None


def _whole_shortage_list(reply: Reply, name: str) -> Answer:
    """All entries of a shortage list."""
    rows = _listed(reply.context, name)
    labels = "、".join(_printed(row) for row in rows)
    uplift = "，上浮比例都是30%" if name == SHORTAGE else "；该目录没有印上浮比例"
    reply.say(
        f"{LIST_NAMES[name][0]}共**{len(rows)}**个职业{uplift}：{labels}。",
        f"{LIST_NAMES[name][1]} has **{len(rows)}** occupations{', each with an uplift of 30%' if name == SHORTAGE else ''}: {labels}.",
        rows,
    )
    for row in rows:
        reply.item(_printed(row), row["fact"])
    return reply.build("na", "subsidy")


def _numbered(reply: Reply, name: str, number: str) -> Answer:
    """The entry of a list with a number."""
    every = _listed(reply.context, name)
    rows = [row for row in every if row["number"] == number]
    zh, en = LIST_NAMES[name]
    if rows:
        reply.say(
            f"{zh}第{number}号是**{_printed(rows[0])}**（{rows[0]['code']}）。", f"No. {number} of {en} is **{_printed(rows[0])}** ({rows[0]['code']}).", rows
        )
        reply.item(_printed(rows[0]), rows[0]["fact"])
    else:
        reply.say(f"{zh}编到第{every[-1]['number']}号，没有第{number}号。", f"{en} ends at no. {every[-1]['number']}.", [every[-1]])
    return reply.build("na", "subsidy")


def _wants_amount(text: str, things: Sequence[Thing]) -> bool:
    """Whether a question that speaks of the shortage list or the uplift asks for an amount."""
    if _cue("wants_amount").search(text):
        return True
    return bool(things and things[0].grades) and not _cue("on_list").search(text)


def _other_names(request: Request) -> list[str]:
    """What the question names that is neither an occupation nor an entry of the lists."""
    found = other_names(request, "Credential", "Occupation", "WorkType", "Award", "Organization")
    return [name for name in found if not _cue("no_name").search(name)]


def _shortage_lists(text: str) -> list[str]:
    """The shortage list that is meant: Jiangsu's where only Jiangsu is named, else Nantong's first."""
    if _cue("jiangsu_shortage").search(text) and not _cue("nantong_shortage").search(text):
        return [SHORTAGE_JIANGSU]
    return [SHORTAGE] if _cue("nantong_shortage_or_uplift").search(text) else [SHORTAGE, SHORTAGE_JIANGSU]


def _listed(context: Context, name: str) -> list[dict[str, str]]:
    place = "nantong" if name in (SHORTAGE, NANTONG) else "jiangsu"
    return context.rows("subsidy_list", jurisdiction=f"{ID}jurisdiction/{place}", list=name)


def _printed(row: Row) -> str:
    """An entry's name as printed, with its bracket."""
    return row["name"] + (f"（{row['qualifier']}）" if row.get("qualifier") else "")


def _say_asked_uplift(reply: Reply, row: Row) -> Verdict:
    """Whether the share that the question names is the one that the list's subsidy is raised by."""
    asked = {float(each[1]) for each in re.finditer(r"(?:上浮|提高|多补|加)[^0-9，。；]{0,6}(\d+(?:\.\d+)?) ?[%％]", reply.request.text)}
    if not asked or not row.get("uplift") or float(row["uplift"]) in asked:
        return "yes"
    reply.say(f"上浮的是{row['uplift']}%，不是您说的比例。", f"The uplift is {row['uplift']}%, not the share you name.", [row])
    return "no"


def _say_shortage(reply: Reply, thing: Thing, names: Sequence[str]) -> Verdict:
    verdicts: list[Verdict] = []
    for name in names:
        zh, en = LIST_NAMES[name]
        rows = [row for row in thing.rows if row["list"] == name]
        if rows:
            row = rows[0]
            uplift = f"，上浮{row['uplift']}%" if row.get("uplift") else ""
            parent = f"（“{thing.label}”是{row['parent']}的工种；目录按职业列）" if row.get("parent") else ""
            reply.say(
                f"**在**：{zh}第{row['number']}号印有{_printed(row)}（{row['code']}）{uplift}{parent}。",
                f"**Yes**: {en} prints {_printed(row)} ({row['code']}) as no. {row['number']}"
                f"{', uplift ' + row['uplift'] + '%' if row.get('uplift') else ''}{parent}.",
                rows,
            )
            reply.item(_printed(row), row["fact"])
            verdicts.append(_say_asked_uplift(reply, row))
        else:
            every = _listed(reply.context, name)
            reply.say(
                f"**不在**：{zh}（共{len(every)}个，编号完整）没有印{thing.label}。",
                f"**No**: {en} ({len(every)} numbered entries) does not print {thing.label}.",
                [every[0], every[-1]],
            )
            verdicts.append("no")
    other = next((row for row in thing.rows if row["list"] in (SHORTAGE, SHORTAGE_JIANGSU) and row["list"] not in names), None)
    if other:
        zh, en = LIST_NAMES[other["list"]]
        reply.say(f"不过{zh}第{other['number']}号印有{_printed(other)}。", f"It is, however, on {en} (no. {other['number']}).", [other])
    return agreed(verdicts)


def _classes(text: str) -> list[str]:
    """The classes (A to D) that a text names, in order."""
    return [(each[1] or each[2]).upper() for each in _CLASS.finditer(text)]


def _listing(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """What a directory lists under a project and a class, with its number."""
    if things or not _cue("how_many").search(text) or _cue("money").search(text) or not _cue("listed_things").search(text) or grades:
        return None
    found = matches(text, patterns("subsidy_projects", "project"))
    project = next((each.says for each in found), "项目制培训" if "项目制" in text else "")
    if project == "其他培训":
        project = "项目制培训"
    if not project and _cue("grade_certificate").search(text):
        project = "等级证书"
    classes = set(_classes(text))
    name = JIANGSU if _cue("jiangsu_directory").search(text) and "南通" not in text else NANTONG
    if not _cue("directory_or_project").search(text) or (not classes and not project and "目录" not in text):
        return None
    rows = [row for row in _listed(reply.context, name) if (not classes or row.get("class") in classes) and (not project or project in row.get("project", ""))]
    if not rows:
        return None
    labels = enumerated([row["name"] for row in rows], SHOWN)
    what = f"{'、'.join(sorted(classes)) + '类' if classes else ''}{project}"
    reply.say(
        f"{LIST_NAMES[name][0]}{what}共**{len(rows)}**项（由各行数出）：{labels}。",
        f"{LIST_NAMES[name][1]}, {what}: **{len(rows)}** entries (counted): {labels}.",
        rows,
    )
    reply.list_rows(rows, "name", "fact")
    return reply.build("na", "subsidy")


def _on_directory(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """Is it on Nantong's or Jiangsu's directory: by each that is meant, both numbered without a gap."""
    if not _cue("subsidy_directory").search(text) or _cue("how_much").search(text) or _cue("outside_directory").search(text):
        return None
    if _CLASS.search(text) or not (_cue("asks_in").search(text) or _cue("which_number").search(text)):
        return None
    names = _directories(text)
    if not things:
        others = _other_names(reply.request)
        if others and _cue("asks_in").search(text) and not _cue("how_many").search(text):
            _say_not_on(reply, max(others, key=len), names)
            return reply.build("no", "subsidy")
        return None
    verdicts = [_say_on_directory(reply, thing, names) for thing in things]
    return reply.build("na" if _cue("which_number").search(text) else agreed(verdicts), "subsidy")


def _directories(text: str) -> list[str]:
    """The directory that is meant; both where none is named, or where 南通 is the place of the subsidy only."""
    if _cue("jiangsu_directory").search(text) and not _cue("nantong_directory").search(text):
        return [JIANGSU]
    return [NANTONG] if _cue("nantong_directory").search(text) and not _cue("jiangsu_directory").search(text) else [NANTONG, JIANGSU]


def _say_on_directory(reply: Reply, thing: Thing, names: Sequence[str]) -> Verdict:
    """Yes with the number and class of each entry; no with the size of the lists, and where else it is printed."""
    rows = [row for row in thing.rows if row["list"] in (NANTONG, JIANGSU)]
    meant = [row for row in rows if row["list"] in names]
    for row in meant:
        printed, group = _with_parent(thing, row), row.get("class", "")
        reply.say(
            f"**在**：{_where(row)}（{row.get('project', '')}）印有{printed}{f'，{group}类' if group else ''}。",
            f"**Yes**: {LIST_NAMES[row['list']][1]} prints {printed} as no. {row['number']}{f', class {group}' if group else ''}.",
            [row],
        )
        reply.item(_printed(row), row["fact"])
    if meant:
        return "yes"
    _say_not_on(reply, thing.label, names)
    for row in rows:
        reply.say(f"不过{_where(row)}印有{_with_parent(thing, row)}。", f"It is, however, no. {row['number']} of {LIST_NAMES[row['list']][1]}.", [row])
    return "no"


def _say_not_on(reply: Reply, label: str, names: Sequence[str]) -> None:
    for name in names:
        every = _listed(reply.context, name)
        reply.say(
            f"**不在**：{LIST_NAMES[name][0]}（共{len(every)}项，各部分编号完整）没有印“{label}”。",
            f"**No**: {LIST_NAMES[name][1]} ({len(every)} entries, numbered without a gap) does not print “{label}”.",
            [every[0], every[-1]],
        )


def _class_row(thing: Thing) -> Row | None:
    """The row that gives a thing its class: Jiangsu's directory, else Nantong's own."""
    for name, project in ((JIANGSU, "职业资格"), (NANTONG, "职业技能"), (JIANGSU, ""), (NANTONG, "")):
        for row in thing.rows:
            if row["list"] == name and row.get("class") and project in row.get("project", ""):
                return row
    return None


def _class_of(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """The class of each thing; yes or no where one class was named."""
    named_class = _classes(text)
    if not things or _cue("how_much").search(text) or not (_cue("asks_class").search(text) or (named_class and _cue("asks_in").search(text))):
        return None
    verdicts: list[Verdict] = []
    for thing in things:
        row = _class_row(thing)
        asks = len(set(named_class)) == 1 and not _cue("which_class").search(text)
        printed = row["class"] if row else "C"
        verdict: Verdict = "na" if not asks else "yes" if printed == named_class[0] else "no"
        lead, lead_en = opening(verdict, "是", "不是")
        if row:
            reply.say(
                f"{lead}{_where(row)}，{_with_parent(thing, row)}是**{printed}类**。",
                f"{lead_en}{_with_parent(thing, row)} is **class {printed}** ({printed}类; {LIST_NAMES[row['list']][1]}).",
                [row],
            )
            reply.item(f"{thing.label}：{printed}类", row["fact"])
        else:
            _outside(reply, thing.label, lead, lead_en)
        verdicts.append(verdict)
    return reply.build(agreed(verdicts), "subsidy")


def _where(row: Row) -> str:
    return f"{LIST_NAMES[row['list']][0]}第{row['number']}号"


def _with_parent(thing: Thing, row: Row) -> str:
    """The name, with the occupation where it is a work type of it (the lists include all work types)."""
    return f"{row['parent']}（含工种{thing.label}）" if row.get("parent") else row["name"]


def _outside(reply: Reply, label: str, lead: str = "", lead_en: str = "") -> None:
    rule = _rule(reply.context, "outside_directory_class_c")
    reply.say(
        f"{lead}江苏省指导目录和南通市指导目录都没有印“{label}”；按备注第3条，江苏省指导目录以外的职业（工种），参保职工技能提升补贴按**C类**执行。",
        f"{lead_en}neither Jiangsu's nor Nantong's directory prints “{label}”; by note 3 an occupation outside "
        f"Jiangsu's directory is paid as **class C** (C类).",
        rule,
    )


def _rates(context: Context, project: str, label: str = "", group: str = "", grade: str = "") -> list[dict[str, str]]:
    """The rates of a project, by label, class and grade where given."""
    return [
        row
        for row in context.rows("subsidy_rates")
        if project == row["project"]
        and re.search(label, row["name"])
        and (not group or row.get("class") == group)
        and (not grade or grade in row["grades"].split("|"))
    ]


def _project(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """A project with its own rates: training certificates, special skills, business start-up courses, assessment."""
    found = [(start.says, label.says) for start, label in _projects(reply.request.text) or _projects(text)]
    found = [pair for pair in found if pair[1]] or found
    if not found or any(row.get("project") == "专项职业能力证书" or row.get("project") == "培训合格证书" for thing in things for row in thing.rows):
        return None
    classes = _classes(text)
    told = False
    for project, label in dict.fromkeys(found):
        for group in classes if classes and not label else ("",):
            for grade in dict.fromkeys(each.says for each in grades) if project == "职业技能评价补贴" and grades else ("",):
                told |= _say_rates(reply, _rates(reply.context, project, label, group, "1" if grade in ("special", "chief") else grade))
    if told and _cue("has_amount").search(text) and all("元**" not in line for line in reply.lines):
        return reply.build("no", "subsidy")
    return reply.build("na", "subsidy") if told else None


def _projects(text: str) -> list[tuple[Match, Match]]:
    """The projects that a text names, each with the label of its rate."""
    projects, labels = matches(text, patterns("subsidy_projects", "project")), matches(text, patterns("subsidy_projects", "label"))
    return list(zip(projects, labels, strict=True))


def _say_rates(reply: Reply, rows: Sequence[Row]) -> bool:
    """One line a rate; a project without an amount says what its cell prints."""
    for row in rows:
        of = f"{row['project']}{' ' + row['class'] + '类' if row.get('class') else ''}，{row['name']}"
        if "amount" in row:
            reply.say(f"{of}：每人**{row['amount']}元**。", f"{of}: **{row['amount']}元** (yuan) a person.", [row])
            reply.item(f"{row['name']}：{row['amount']}元", row["fact"])
        else:
            reply.say(f"{of}：没有印金额，印的是“{row['note']}”。", f"{of}: no amount is printed; the cell says “{row['note']}”.", [row])
    return bool(rows)


def _amounts(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """Occupation or item → class → amount, with the uplift of the shortage list where it applies."""
    if not _cue("amount").search(text) and not (grades and _cue("place").search(text)):
        return None
    if _cue("other_kinds").search(text) and not _cue("subsidy_money").search(text):
        return None
    if things:
        for thing in things:
            _say_amount(reply, thing)
        _say_difference(reply, things, text)
        if verdict := _checked_amount(reply, things):
            return reply.build(verdict, "subsidy")
        reply.suggest(f"{things[0].label}在不在南通紧缺目录里？", f"Is {things[0].label} on Nantong's shortage list?")
        return reply.build("na", "subsidy")
    classes = _classes(text)
    if not classes and (reply.request.unlinked or reply.request.named("Credential")):
        return None
    if not classes and not grades:
        return None
    told: list[dict[str, str]] = []
    for group in classes or ("A", "B", "C"):
        for grade in dict.fromkeys("1" if each.says in ("special", "chief") else each.says for each in grades) if grades else ("",):
            rows = _rates(reply.context, CERTIFICATE, "", group, grade)
            told += rows
            _say_rates(reply, rows)
    if len(told) == 2 and _cue("difference").search(text):
        high, low = sorted((int(row["amount"]) for row in told), reverse=True)
        reply.say(f"计算：{high} − {low} = **{high - low}元**。", f"Computed: {high} − {low} = **{high - low}元**.", told)
    return reply.build("na", "subsidy")


def _checked_amount(reply: Reply, things: Sequence[Thing]) -> Verdict | None:
    """Yes or no where one amount was put up for checking (是800元吗): the base rate, or the uplifted one where the uplift was named."""
    asked = re.search(r"(?<!\d)(\d{3,4}) ?(?:元|块)?(?:钱)?(?:吗|么|对吗|对不对|是不是|,?对吧)", reply.request.text)
    if not asked or len(things) != 1 or len(things[0].grades) != 1 or things[0].grades[0] in ("special", "chief"):
        return None
    row = _class_row(things[0])
    rates = _rates(reply.context, CERTIFICATE, "", row["class"] if row else "C", things[0].grades[0])
    shortage = next((each for each in things[0].rows if each["list"] == SHORTAGE), None)
    if not rates or (row and row.get("project") in ("培训合格证书", "专项职业能力证书")):
        return None
    base = int(rates[0]["amount"])
    right = base * (100 + int(shortage["uplift"])) // 100 if shortage and _cue("uplift").search(reply.request.text) else base
    verdict: Verdict = "yes" if int(asked[1]) == right else "no"
    reply.say(f"{'**对**' if verdict == 'yes' else '**不对**'}：应为{right}元。", f"{'**Yes**' if verdict == 'yes' else '**No**'}: it is {right}元.", rates)
    return verdict


def _say_difference(reply: Reply, things: Sequence[Thing], text: str) -> None:
    """The difference of two amounts, where it was asked for."""
    if not _cue("difference_of_things").search(text):
        return
    pairs = [(thing, grade) for thing in things for grade in thing.grades]
    rates = [
        _rates(reply.context, CERTIFICATE, "", row["class"] if (row := _class_row(thing)) else "C", "1" if grade in ("special", "chief") else grade)
        for thing, grade in pairs
    ]
    found = [each[0] for each in rates if each]
    if len(found) == 2:
        high, low = sorted((int(row["amount"]) for row in found), reverse=True)
        reply.say(f"计算：{high} − {low} = **{high - low}元**。", f"Computed: {high} − {low} = **{high - low}元**.", found)


def _say_amount(reply: Reply, thing: Thing) -> None:
    row = _class_row(thing)
    if row and row.get("project") in ("培训合格证书", "专项职业能力证书"):
        reply.say(
            f"{_where(row)}，{row['name']}是{row['class']}类的{row['project']}。",
            f"{row['name']} is class {row['class']} of {row['project']} ({LIST_NAMES[row['list']][1]}).",
            [row],
        )
        _say_rates(reply, _rates(reply.context, row["project"], "", row["class"]))
        return
    if row:
        reply.say(
            f"{_where(row)}，{_with_parent(thing, row)}是{row['class']}类。",
            f"{_with_parent(thing, row)} is class {row['class']} ({LIST_NAMES[row['list']][1]}).",
            [row],
        )
    else:
        _outside(reply, thing.label)
    group = row["class"] if row else "C"
    shortage = next((each for each in thing.rows if each["list"] == SHORTAGE), None)
    rates = [rate for grade in thing.grades for rate in _rates(reply.context, CERTIFICATE, "", group, grade)] or _rates(reply.context, CERTIFICATE, "", group)
    _say_rates(reply, rates)
    for rate in rates:
        if shortage:
            _say_uplift(reply, rate, shortage)
    if not shortage and _cue("uplift").search(" ".join((*reply.request.earlier[-1:], reply.request.text))):
        every = _listed(reply.context, SHORTAGE)
        reply.say(
            f"{thing.label}不在{LIST_NAMES[SHORTAGE][0]}里，没有30%上浮。",
            f"{thing.label} is not on {LIST_NAMES[SHORTAGE][1]}: no uplift.",
            [every[0], every[-1]],
        )
    if row and row["list"] == NANTONG:
        _outside_note(reply, thing, rates)


def _say_uplift(reply: Reply, rate: Row, shortage: Row) -> None:
    """The uplift, computed and shown."""
    percent = int(shortage["uplift"])
    total = int(rate["amount"]) * (100 + percent) / 100
    bracket = f"（目录印的是{_printed(shortage)}）" if shortage.get("qualifier") else ""
    reply.say(
        f"它在{LIST_NAMES[SHORTAGE][0]}第{shortage['number']}号{bracket}，上浮{percent}%，计算：{rate['amount']} × "
        f"{1 + percent / 100:g} = **{total:g}元**（{rate['name']}）。",
        f"It is no. {shortage['number']} on {LIST_NAMES[SHORTAGE][1]}{bracket}, uplift {percent}%; computed: "
        f"{rate['amount']} × {1 + percent / 100:g} = **{total:g}元**.",
        [rate, shortage],
    )
    reply.item(f"{rate['name']}上浮{percent}%：{total:g}元", rate["fact"])
    if set(rate["grades"].split("|")) & {"4", "5"} and len(reply.items) < 4:
        reply.say(
            "注意：该目录的标题是“高技能人才培训补贴”，初级、中级是否适用上浮，文件没有说明。",
            "Note: the list's title speaks of highly skilled workers (高技能人才); whether grades 5 and 4 are uplifted is not printed.",
            [shortage],
        )


def _outside_note(reply: Reply, thing: Thing, rates: Sequence[Row]) -> None:
    """Only Nantong's own directory prints it: note 3, read word by word, gives class C for one of the two subsidies."""
    rule = _rule(reply.context, "outside_directory_class_c")
    low = [each for rate in rates for each in _rates(reply.context, CERTIFICATE, "", "C", rate["grades"].split("|")[0])]
    amounts = "、".join(f"{each['name']}{each['amount']}元" for each in low)
    reply.say(
        f"注意：{thing.label}只在南通市指导目录里，不在江苏省指导目录里；备注第3条按字面，江苏省目录以外的，"
        f"参保职工技能提升补贴按C类（{amounts}）。请向经办机构核实。",
        f"Note: {thing.label} is only in Nantong's own directory; note 3, word by word, pays the skill-upgrading "
        f"subsidy outside Jiangsu's directory as class C ({amounts}).",
        [*rule, *low],
    )


def _code(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """The code that the lists print for a thing; a special skill's stands in its remarks."""
    if (asked := _CODE_9.search(text)) and not things:
        found = [row for row in _listed(reply.context, JIANGSU) if row.get("note", "").endswith(asked[1])]
        for row in found:
            reply.say(
                f"编码{asked[1]}是**{row['name']}**（{row['class']}类，{row['project']}）。",
                f"The code {asked[1]} is **{row['name']}** (class {row['class']}, {row['project']}).",
                [row],
            )
        return reply.build("na" if found else "unknown", "subsidy") if found else None
    things = [
        replace(thing, rows=tuple({**row, "code": row.get("code") or row.get("note", "").removeprefix("编码：")} for row in thing.rows)) for thing in things
    ]
    rows = [row for thing in things for row in thing.rows if row.get("code")]
    if not rows or not _cue("code").search(text) or _cue("subsidy_or_money").search(text):
        return None
    for thing in things:
        mine = [row for row in thing.rows if row.get("code")]
        if mine:
            reply.say(f"{mine[0]['name']}的编码是**{mine[0]['code']}**。", f"The code of {mine[0]['name']} is **{mine[0]['code']}**.", mine)
            reply.item(mine[0]["code"], mine[0]["fact"])
    return reply.build("na", "subsidy")


def _unknown(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """A name that no list prints: outside the directory, class C by note 3; nothing named: ask."""
    request = reply.request
    names = _other_names(request)
    jobs = [name for name in names if _cue("occupation").search(name)]
    if not _cue("of_this_kind").search(text):
        return None
    if printed := [thing for thing in things if thing.rows]:
        for thing in printed:
            _say_on_directory(reply, thing, [NANTONG, JIANGSU])
        return reply.build("na", "subsidy")
    if jobs and _cue("amount").search(text):
        name = max(jobs, key=len)
        _outside(reply, name)
        rates = [rate for grade in dict.fromkeys(each.says for each in grades) for rate in _rates(reply.context, CERTIFICATE, "", "C", grade)]
        _say_rates(reply, rates or _rates(reply.context, CERTIFICATE, "", "C"))
        reply.say(
            "前提是它确实是一个可领补贴的职业（工种）；四份文件都没有印它。",
            "This supposes that it is an occupation that can be subsidised at all; none of the four documents names it.",
            (),
        )
        return reply.build("na", "subsidy")
    if names:
        reply.say(f"**无法判断**：补贴文件里没有印“{names[0]}”。", f"**Unknown**: the subsidy document does not print “{names[0]}”.")
        return reply.build("unknown", "subsidy")
    if _cue("subsidy").search(text):
        reply.say(
            "请告诉我是哪个职业（工种）、哪一级证书，例如“电工技师在南通补贴多少？”", "Which occupation and grade do you mean, for example 电工 at grade 2?"
        )
        return reply.build("clarify", "subsidy")
    return None
