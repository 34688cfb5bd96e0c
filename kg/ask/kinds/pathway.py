"""Questions about Zhejiang's rules that join skill grades and titles: years of work, awards, the way back, education, what is not required."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, Row
from kg.ask.names import named
from kg.ask.reply import Reply, agreed
from kg.ask.request import Request
from kg.ask.rules import Cues, Match, mask, matches, patterns
from kg.ask.spots import Spot

_cue = Cues("pathway")

GRADE_NAMES = {"5": "初级工", "4": "中级工", "3": "高级工", "2": "技师", "1": "高级技师", "special": "特级技师", "chief": "首席技师"}
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
GRADE_ORDER = tuple(GRADE_NAMES)
LEVEL_ORDER = {"technician": 0, "junior": 1, "assistant": 1, "intermediate": 2, "senior": 3, "associate-senior": 3, "full-senior": 4}
_NUMERALS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_DURATION = re.compile(
    r"(?<![0-9近第前])(?P<digits>\d{1,2}|[一两二三四五六七八九十])(?P<half>半)?(?:个)?(?:整)?(?:年|years?\b| years?\b)(?!度|级|后(?:晋|才))(?P<tail>半)?"
)


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


def read(text: str, context: Context) -> Said:
    """Read a normalised question."""
    rules = patterns("pathway_words", "says")
    grade_words = [rule.regex for rule in rules if rule.says.startswith("grade/")]
    titles = [spot for spot in named(context, text, "title_names", slips=False) if not any(word.fullmatch(spot.label) for word in grade_words)]
    awards = matches(text, patterns("pathway_awards", "award"))
    occupations = [spot for spot in named(context, text, "occupation_names", slips=False) if not any(word.search(spot.label) for word in grade_words)]
    titles = [spot for spot in titles if not any(spot.start >= other.start and spot.end <= other.end and spot.length < other.length for other in occupations)]
    named_places = [(spot.start, spot.end) for spot in (*titles, *occupations)]
    free = mask(text, [*named_places, *((award.start, award.end) for award in awards)])
    words = matches(free, rules)
    return Said(
        tuple(word for word in words if word.says.startswith("grade/")),
        tuple(word for word in words if word.says.startswith("level/")),
        tuple(titles),
        tuple(dict.fromkeys(word.says.removeprefix("class/") for word in words if word.says.startswith("class/"))),
        tuple(dict.fromkeys(each.says for each in awards)),
        _duration(free),
    )


def _duration(text: str) -> float | None:
    """The years of work that the person has (满3年, 两年半), where a number stands there."""
    found = None
    for each in _DURATION.finditer(text):
        number = float(each["digits"]) if each["digits"].isdigit() else float(_NUMERALS[each["digits"]])
        found = number + (0.5 if each["half"] or each["tail"] else 0.0)
    return found


def answer_pathway(request: Request, context: Context) -> Answer | None:
    """Answer from Zhejiang's rules; None where the question says nothing that they speak of."""
    text = request.text
    if request.categories and ("计算机" not in text or _cue("of_catalogue").search(text)):
        return None
    said = read(text, context)
    every = " ".join((*request.earlier, text))
    if request.earlier and not (said.awards or (said.grades and (said.levels or said.titles))):
        said = _with_earlier(said, read(request.earlier[-1], context), text, request.earlier[-1])
    if _cue("places").search(every) and not _cue("zhejiang").search(every):
        return _elsewhere(Reply(request, context), said)
    reply = Reply(request, context)
    for part in (_education, _topic, _award, _grade_or_title):
        answer = part(reply, said, every if part is not _topic else text)
        if answer is not None:
            return answer
    return None


def _with_earlier(said: Said, before: Said, text: str, earlier: str) -> Said:
    """A follow-up in the light of the turn before: what it names replaces what was named of that class."""
    if before.awards and not said.awards and (scope := re.search(r"全国|国家级?|省级?", text)):
        other = scope[0].removesuffix("级") if scope[0].startswith("省") else scope[0]
        stems = [re.sub(r"^(?:全国|国家级|省级|省)", "", award) for award in before.awards]
        awards = [each.says for stem in stems for each in matches(f"{other}{stem}", patterns("pathway_awards", "award"))]
        return replace(before, awards=tuple(awards) or before.awards, levels=said.levels or before.levels)
    pair_before = before.grades and (before.levels or before.titles)
    if said.years is not None and not (said.grades or said.levels or said.titles):
        return Said(before.grades, before.levels, before.titles, before.classes, before.awards, said.years)
    if not (said.grades or said.levels or said.titles or said.classes):
        return Said(before.grades, before.levels, before.titles, before.classes, before.awards, before.years)
    if pair_before and said.grades and not (said.levels or said.titles):
        return replace(before, grades=said.grades, classes=said.classes, awards=(), years=said.years or before.years, back=_is_back(before, earlier))
    if pair_before and not said.grades and (said.levels or said.titles):
        return replace(before, levels=said.levels, titles=said.titles, classes=(), awards=(), back=_is_back(before, earlier))
    if before.awards and said.levels and not said.grades:
        return Said((), said.levels, (), (), before.awards, None)
    return said


def _elsewhere(reply: Reply, said: Said) -> Answer | None:
    """Another place is named: only Zhejiang's rules are here."""
    if not (said.grades and (said.levels or said.titles)) and not said.awards:
        return None
    if said.awards and not _cue("title").search(reply.request.text):
        return None
    if not _cue("asks_rule").search(reply.request.text):
        return None
    rows = reply.context.rows("pathway_facts", direction="grade_to_title")[:1]
    reply.say(
        "**无法判断**：四份文件里只有浙江省的职业发展贯通办法（浙人社发〔2022〕77号），没有您问的地方的规定。",
        "**Unknown**: of these rules only Zhejiang's (浙人社发〔2022〕77号) is among the four documents, not those of the place you name.",
        rows,
    )
    return reply.build("unknown", "pathway")


def _education(reply: Reply, said: Said, text: str) -> Answer | None:
    """中级工班, 高级工班, 预备技师班: as which education they count when signing up for the examinations."""
    if not said.classes and not _cue("school_education").search(text):
        return None
    rows = [row for row in reply.context.rows("pathway_facts", direction="education") if not said.classes or any(name in row["from"] for name in said.classes)]
    asked = next((word for word in ("本科", "大专", "中专", "高中", "研究生", "硕士") if word in text), "")
    verdict: Verdict = "na"
    if asked and not _cue("asks_which").search(text):
        verdict = "yes" if any(row["to"] == asked for row in rows) else "no"
    for row in rows:
        lead = {"yes": "**可以**：", "no": "**不是**：", "na": ""}[verdict]
        reply.say(
            f"{lead}{row['from']}，{row['condition']}，按相当于**{row['to']}**学历对待。",
            f"{'**Yes**: ' if verdict == 'yes' else '**No**: ' if verdict == 'no' else ''}{row['from']} counts as "
            f"{row['to']} education when signing up for those examinations ({row['condition']}).",
            [row],
        )
    reply.suggest("高技能人才可以报考哪些职业资格证书考试？", "Which examinations are open to skilled workers in Zhejiang?")
    return reply.build(verdict, "pathway")


def _topic(reply: Reply, said: Said, text: str) -> Answer | None:
    """A single rule that a word of the question points to: what is not required, appraisals, the platform, exemptions."""
    found = matches(text, patterns("pathway_topics", "statement"))
    if not found:
        return None
    requirements = reply.context.rows("pathway_facts", direction="requirement")
    verdicts: list[str] = []
    for statement in dict.fromkeys(each.says for each in found):
        about = next(rule for rule in _topics() if rule["statement"] == statement)
        rows = [row for row in requirements if statement in row["to"]]
        if not rows:
            continue
        verdict = _topic_verdict(about["verdict"], text, said)
        lead = {"yes": "**可以**：", "no": "**不要求**：" if about["verdict"] == "not_required" else "**不能**：", "na": ""}[verdict]
        lead_en = {"yes": "**Yes**: ", "no": "**No**: ", "na": ""}[verdict]
        reply.say(f"{lead}{about['zh']}。文件原文：“{rows[0]['to']}”。", f"{lead_en}{about['en']}. The document prints: “{rows[0]['to']}”.", rows[:1])
        verdicts.append(verdict)
    if not verdicts:
        return None
    reply.suggest("技师要满几年才能报中级职称？", "How many years must a 技师 work before applying for a 中级 title?")
    return reply.build(verdicts[0], "pathway")  # type: ignore[arg-type]


def _topics() -> list[dict[str, str]]:
    columns = ("statement", "verdict", "zh", "en")
    table = [patterns("pathway_topics", column) for column in columns]
    return [dict(zip(columns, (rule.says for rule in row), strict=True)) for row in zip(*table, strict=True)]


def _topic_verdict(kind: str, text: str, said: Said) -> str:
    """The verdict on a rule by how it was asked about."""
    if kind == "not_required":
        return "na" if _cue("which_not_required").search(text) else "yes" if _cue("not_asked").search(text) else "no"
    if kind == "chief":
        if _cue("skips").search(text):
            return "no"
        asked = len(said.grades) > 1 and not _cue("asks_which").search(text)
        return (
            "yes"
            if asked and any(word.says == "grade/special" for word in said.grades)
            else "na"
            if (not said.titles and not said.levels) or _cue("asks_which").search(text)
            else "no"
        )
    if kind == "yes" and _cue("asks_which").search(text) and not _cue("yes_no").search(text):
        return "na"
    return kind


def _award(reply: Reply, said: Said, text: str) -> Answer | None:
    """An award or honour: which title it lets one apply for directly; or which awards lead to a level."""
    direct = _cue("directly").search(text)
    if not said.awards:
        levels = _levels(reply, said)
        if direct and levels and _cue("which_awards").search(text):
            return _awards_of(reply, levels)
        return _unknown_award(reply, text) if direct and _cue("award").search(text) else None
    if _cue("contest").search(text) and _cue("medal").search(text) and not _cue("worldskills").search(text):
        return _unknown_award(reply, text)
    if not _cue("award_context").search(text):
        return None
    rows = {row["from"]: row for row in reply.context.rows("pathway_facts", direction="award_to_title")}
    specific = tuple(award for award in said.awards if award in rows) or said.awards
    awards = [name for award in specific for name in ([award] if award in rows else [each for each in rows if each.startswith(award)])]
    if not _cue("award_for_title").search(text):
        return None
    levels = _levels(reply, said)
    verdicts: list[Verdict] = []
    for award in awards:
        row = rows[award]
        to = row["toLevel"].rsplit("/", 1)[-1]
        verdict: Verdict = (
            "na" if not levels or _cue("asks_which").search(reply.request.text) else "yes" if any(_covers(to, level) for level in levels) else "no"
        )
        if verdict == "no" and all(LEVEL_ORDER[level] < LEVEL_ORDER[to] for level in levels):
            # Whether one may apply for less than the award allows is not printed.
            verdict = "unknown"
        _say_award(reply, row, verdict, levels)
        reply.item(f"{row['from']}→{row['to']}职称", row["fromAward"])
        verdicts.append(verdict)
    reply.suggest("哪些人可以直接申报正高级职称？", "Who may apply directly for a 正高级 title in Zhejiang?")
    return reply.build(agreed(verdicts), "pathway")


def _say_award(reply: Reply, row: Row, verdict: Verdict, levels: Sequence[str]) -> None:
    asked = "、".join(LEVEL_NAMES[level] for level in levels)
    lead = {"yes": "**可以**：", "no": f"**不能直接申报{asked}**：", "unknown": f"**无法判断**：文件没有说可否只申报更低的{asked}。"}.get(verdict, "")
    lead_en = {"yes": "**Yes**: ", "no": "**No**: ", "unknown": f"**Unknown**: whether one may apply for the lower level {asked} is not printed. "}.get(
        verdict, ""
    )
    reply.say(
        f"{lead}{row['from']}可直接申报**{row['to']}**职称（浙江；条件：{row['condition']}）。",
        f"{lead_en}{row['from']} may apply directly for a **{row['to']}** title in Zhejiang (condition: {row['condition']}).",
        [row],
    )


def _awards_of(reply: Reply, levels: Sequence[str]) -> Answer:
    """The awards that lead directly to a level."""
    rows = [
        row
        for row in reply.context.rows("pathway_facts", direction="award_to_title")
        if any(_covers(row["toLevel"].rsplit("/", 1)[-1], level) for level in levels)
    ]
    asked = "、".join(LEVEL_NAMES[level] for level in levels)
    names = "、".join(row["from"] for row in rows)
    if not rows:
        reply.say(f"文件没有印出可以直接申报{asked}职称的奖项或称号。", f"The document prints no award that leads directly to a {asked} title.")
        return reply.build("unknown", "pathway")
    reply.say(f"可直接申报{asked}职称的（{len(rows)}类）：{names}。", f"Those who may apply directly for a {asked} title ({len(rows)}): {names}.", rows)
    reply.list_rows(rows, "from", "fromAward")
    return reply.build("na", "pathway")


def _unknown_award(reply: Reply, text: str) -> Answer:
    """An award that the list of direct applications does not name."""
    rows = reply.context.rows("pathway_facts", direction="award_to_title")
    names = "、".join(row["from"] for row in rows)
    reply.say(
        f"**无法判断**：浙江的直接申报条件里没有印这个奖项或称号；印出的是：{names}。",
        f"**Unknown**: Zhejiang's list of direct applications does not print this award. It prints: {names}.",
        rows,
    )
    return reply.build("unknown", "pathway")


def _levels(reply: Reply, said: Said) -> tuple[str, ...]:
    """The title levels that are named: as words, or by titles whose rank annex 10 prints."""
    found = [level.says.removeprefix("level/") for level in said.levels]
    for spot in said.titles:
        found += [row["level"].rsplit("/", 1)[-1] for row in _ranks(reply.context, spot)]
    return tuple(dict.fromkeys(found))


def _ranks(context: Context, spot: Spot) -> list[dict[str, str]]:
    return [row for node in spot.nodes for row in context.rows("title_ranks", title=node)]


def _covers(printed: str, asked: str) -> bool:
    """Whether a printed level is the asked one; 高级 asks for either half of it, 初级 for its upper half."""
    return printed == asked or (asked == "senior" and printed in ("associate-senior", "full-senior")) or (asked == "junior" and printed == "assistant")


def _grade_or_title(reply: Reply, said: Said, text: str) -> Answer | None:
    """From a skill grade to a title level, or back."""
    levels = _levels(reply, said)
    grades = tuple(dict.fromkeys(word.says.removeprefix("grade/") for word in said.grades))
    if not grades and not levels:
        return None
    if not _cue("of_this_kind").search(text):
        return None
    if grades and levels:
        back = said.back if said.back is not None else _is_back(said, reply.request.text)
        return _back(reply, said, grades, levels) if back else _forth(reply, said, grades, levels, text)
    if grades:
        if _cue("which_title").search(text) and _cue("needs").search(text) and not _cue("may_apply_for_which").search(text):
            return _back_needed(reply, grades)
        return _forth(reply, said, grades, (), text) if _cue("grade_to_title").search(text) else None
    if (_cue("skill_assessment").search(text) and not _cue("which_grade").search(text)) or (
        (said.titles or _cue("has").search(text)) and not _cue("needs").search(text)
    ):
        return _back(reply, said, (), levels)
    if _cue("which_grade").search(text) and (_cue("needs").search(text) or _cue("asks_years").search(text)) and not _cue("applies_for_which").search(text):
        return _forth_needed(reply, levels)
    if _cue("which_grade").search(text) or _cue("skill").search(text):
        return _back(reply, said, (), levels)
    return _forth_needed(reply, levels) if _cue("asks_years").search(text) or _cue("needs").search(text) else None


def _is_back(said: Said, text: str) -> bool:
    """Whether a question with grade and title goes from title to grade.

    What one has comes first, what one wants stands after 报, 评 or 考; years of work only lead to a title.
    """
    first_grade = said.grades[0].start if said.grades else 0
    first_title = min([word.start for word in said.levels] + [spot.start for spot in said.titles], default=0)
    wants = r"(?:申报|申请|报考|报|评|考|参加|参评|apply for|take|go for)[^,，。;；]{0,6}$"
    wants_grade = bool(re.search(wants, text[:first_grade]))
    wants_title = bool(re.search(wants, text[:first_title]))
    if wants_grade != wants_title:
        return wants_grade and said.years is None
    if said.years is not None or _cue("asks_years").search(text):
        return False
    return first_title < first_grade


def _forth(reply: Reply, said: Said, grades: Sequence[str], levels: Sequence[str], text: str) -> Answer | None:
    """Grade → title: which level, after how many years."""
    rows = reply.context.rows("pathway_facts", direction="grade_to_title")
    verdicts: list[Verdict] = []
    for grade in grades:
        mine = [row for row in rows if row["fromGrade"].rsplit("/", 1)[-1] == grade]
        if not mine:
            verdicts.append(_too_low(reply, GRADE_NAMES[grade]))
            continue
        row = mine[0]
        verdict = _forth_verdict(row, levels, said.years, text)
        _say_forth(reply, row, verdict, levels, said.years, rows)
        reply.item(f"{row['from']}→{row['to']}职称", row["fact"])
        verdicts.append(verdict)
    _say_series(reply)
    appraisal = [row for row in reply.context.rows("pathway_facts", direction="requirement") if "年度考核合格" in row["to"]]
    reply.say(f"另外：{appraisal[0]['to']}。", f"Also: {appraisal[0]['to']}.", appraisal[:1])
    reply.suggest("技师报职称要不要发论文？", "Is a thesis required?")
    return reply.build(agreed(verdicts), "pathway")


def _forth_verdict(row: Row, levels: Sequence[str], years: float | None, text: str) -> Verdict:
    """Yes or no where the question names a level or the years worked and asks neither which nor how long."""
    to = row["toLevel"].rsplit("/", 1)[-1]
    if levels and all(LEVEL_ORDER[level] > LEVEL_ORDER[to] for level in levels) and not _cue("asks_which").search(_cue("asks_years").sub("", text)):
        return "no"
    if _cue("asks_years").search(text) and years is None:
        return "na"
    if not levels:
        asked = years is not None and not _cue("asks_which").search(text)
        return "na" if not asked else "no" if years is not None and "years" in row and years < int(row["years"]) else "yes"
    if _cue("asks_which").search(text) and not _cue("yes_no_enough").search(text):
        return "na"
    if not any(_covers(to, level) for level in levels):
        return "unknown" if all(LEVEL_ORDER[level] < LEVEL_ORDER[to] for level in levels) else "no"
    if years is not None and "years" in row and years < int(row["years"]):
        return "no"
    return "yes"


def _say_forth(reply: Reply, row: Row, verdict: Verdict, levels: Sequence[str], years: float | None, rows: Sequence[Row]) -> None:
    asked = "、".join(LEVEL_NAMES[level] for level in levels)
    lead = {"yes": "**可以**：", "no": "**不能**：", "unknown": f"**无法判断**：文件没有说{row['from']}能否申报更低的{asked}职称。"}.get(verdict, "")
    lead_en = {
        "yes": "**Yes**: ",
        "no": "**No**: ",
        "unknown": f"**Unknown**: whether {row['from']} may apply for the lower level {asked} is not printed. ",
    }.get(verdict, "")
    if "years" in row:
        reply.say(
            f"{lead}在浙江，获得{row['from']}后从事技术技能工作满**{row['years']}年**，可申报相应系列**{row['to']}**职称评审。",
            f"{lead_en}in Zhejiang, after {row['years']} years (满{row['years']}年) of technical skilled work as "
            f"{row['from']} one may apply for a **{row['to']}** title.",
            [row],
        )
    else:
        reply.say(
            f"{lead}在浙江，{row['condition']}，可申报相应系列**{row['to']}**职称评审；文件没有给{row['from']}印年限。",
            f"{lead_en}in Zhejiang, {row['from']} ({row['condition']}) may apply for a **{row['to']}** title; no number of years is printed for this grade.",
            [row],
        )
    if years is not None and "years" in row:
        needed, has = int(row["years"]), f"{years:g}"
        if years < needed:
            reply.say(
                f"计算：已有{has}年，需要{needed}年，还差{needed - years:g}年。",
                f"Computed: {has} years worked, {needed} needed: {needed - years:g} short.",
                [row],
            )
        else:
            reply.say(f"计算：已有{has}年，需要{needed}年，年限够了。", f"Computed: {has} years worked, {needed} needed: enough.", [row])
    if verdict == "no" and levels:
        right = [each for each in rows if any(_covers(each["toLevel"].rsplit("/", 1)[-1], level) for level in levels) and each["fact"] != row["fact"]]
        if right and not any(_covers(row["toLevel"].rsplit("/", 1)[-1], level) for level in levels):
            names = "、".join(each["from"] for each in right)
            reply.say(f"能申报{asked}职称的是{names}。", f"The grade that leads to {asked} is {names}.", right)


def _too_low(reply: Reply, grade: str) -> Verdict:
    """初级工 and 中级工 are below the grade that the rules begin with."""
    rows = [row for row in reply.context.rows("pathway_facts", direction="requirement") if "具备高级工以上" in row["to"]]
    reply.say(
        f"**不能**：{grade}不在范围内，文件要求具备高级工以上职业资格或职业技能等级。",
        f"**No**: the rules begin with 高级工 (grade 3); {grade} is below it.",
        rows[:1],
    )
    return "no"


def _say_series(reply: Reply) -> None:
    """The series of an occupation that is named beside the grade."""
    for spot in named(reply.context, reply.request.text, "occupation_names", slips=False)[:2]:
        rows = [row for node in spot.nodes for row in reply.context.rows("series_of_occupation", occupation=node)]
        if rows:
            series = "或".join(sorted(rows[0]["series"].split("|"), key=rows[0]["text"].find))
            reply.say(f"{rows[0]['label']}对应的职称系列是{series}。", f"The title series of {rows[0]['label']}: {series}.", rows)


def _forth_needed(reply: Reply, levels: Sequence[str]) -> Answer | None:
    """Which grade, after how many years, leads to a level."""
    rows = [
        row
        for row in reply.context.rows("pathway_facts", direction="grade_to_title")
        if any(_covers(row["toLevel"].rsplit("/", 1)[-1], level) for level in levels)
    ]
    for row in rows:
        _say_forth(reply, row, "na", levels, None, rows)
        reply.item(f"{row['from']}→{row['to']}职称", row["fact"])
    return reply.build("na", "pathway") if rows else None


def _back_needed(reply: Reply, grades: Sequence[str]) -> Answer | None:
    """Which title level lets one apply for a grade."""
    rows = [row for row in reply.context.rows("pathway_facts", direction="title_to_grade") if row["toGrade"].rsplit("/", 1)[-1] in grades]
    for row in rows:
        _say_back(reply, row, "na")
    return reply.build("na", "pathway") if rows else _chief(reply) if "chief" in grades else None


def _chief(reply: Reply) -> Answer:
    rows = [row for row in reply.context.rows("pathway_facts", direction="requirement") if "原则上需先取得特级技师" in row["to"]]
    reply.say(f"{rows[0]['to']}。", f"In principle 特级技师 comes first: “{rows[0]['to']}”.", rows)
    return reply.build("na", "pathway")


def _back(reply: Reply, said: Said, grades: Sequence[str], levels: Sequence[str]) -> Answer | None:
    """Title → grade: which assessment a holder of a title may apply for."""
    rows = reply.context.rows("pathway_facts", direction="title_to_grade")
    for spot in said.titles:
        ranks = _ranks(reply.context, spot)
        where = "；".join(f"{row['series']}：{row['levelName']}" for row in ranks)
        reply.say(f"按上海附件10，“{ranks[0]['label']}”的级别是：{where}。", f"By Shanghai's annex 10 the rank of “{ranks[0]['label']}” is: {where}.", ranks)
    # 初级（员级） is 员级: the narrower word counts.
    held = [level for level in levels if level != "junior" or "technician" not in levels]
    fitting = [row for row in rows if any(_holds(level, row["fromLevel"].rsplit("/", 1)[-1]) for level in held)]
    if not fitting:
        if "technician" not in levels:
            return None
        basis = [row for row in reply.context.rows("pathway_facts", direction="requirement") if "具有助理级以上职称" in row["to"]]
        reply.say("**不能**：文件要求具有助理级以上职称，员级不够。", "**No**: a title of 助理级 or above is required; 员级 is below it.", basis)
        return reply.build("no", "pathway")
    verdict = _back_verdict(reply, grades, fitting)
    for row in fitting:
        _say_back(reply, row, verdict)
    if verdict == "no":
        _say_later(reply, grades)
    if _cue("asks_years").search(reply.request.text):
        reply.say("文件没有给这一步印取得职称后的年限。", "No number of years after the title is printed for this step.", fitting)
    reply.suggest("取得技能等级多久以后可以申报晋级评价？", "After how long may one apply for the next grade?")
    return reply.build(verdict, "pathway")


def _holds(level: str, required: str) -> bool:
    """Whether a title level is the one that a rule asks for; 副高级 is a 高级, and 初级 may be 助理级."""
    return level == required or (required == "senior" and level == "associate-senior") or (required == "assistant" and level == "junior")


def _back_verdict(reply: Reply, grades: Sequence[str], fitting: Iterable[Row]) -> Verdict:
    """Yes where the printed grade is asked for, no above it, unknown below it."""
    if not grades or (_cue("asks_which").search(reply.request.text) and not _cue("yes_no_back").search(reply.request.text)):
        return "na"
    allowed = [row["toGrade"].rsplit("/", 1)[-1] for row in fitting]
    if any(grade in allowed for grade in grades):
        return "yes"
    return "no" if all(GRADE_ORDER.index(grade) > max(GRADE_ORDER.index(each) for each in allowed) for grade in grades) else "unknown"


def _say_back(reply: Reply, row: Row, verdict: Verdict) -> None:
    lead = {"yes": "**可以**：", "no": "**不能**：", "unknown": "**无法判断**：文件没有说可以申请更低的等级。"}.get(verdict, "")
    lead_en = {"yes": "**Yes**: ", "no": "**No**: ", "unknown": "**Unknown**: a lower grade is not spoken of. "}.get(verdict, "")
    reply.say(
        f"{lead}在浙江，取得{row['from']}职称，可申请参加相应职业（工种）**{row['to']}**职业技能评价（{row['condition']}）。",
        f"{lead_en}in Zhejiang, a {row['from']} title lets one apply for the **{row['to']}** skill assessment of "
        f"the corresponding occupation ({row['condition']}).",
        [row],
    )
    reply.item(f"{row['from']}职称→{row['to']}", row["fact"])


def _say_later(reply: Reply, grades: Sequence[str]) -> None:
    """A higher grade comes later: after a year, or, for 首席技师, after 特级技师."""
    wanted = ["1年后"] + (["原则上需先取得特级技师"] if "chief" in grades else [])
    for row in reply.context.rows("pathway_facts", direction="requirement"):
        if any(word in row["to"] for word in wanted):
            reply.say(f"{row['to']}。", f"Later steps: “{row['to']}”.", [row])
