"""Questions about the steps between skill grade and title: after how many years a grade leads to a title, and which grade a title leads to."""

import re
from collections.abc import Iterable, Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context
from kg.ask.kinds.pathway.reading import (
    LEVEL_NAMES,
    LEVEL_ORDER,
    Said,
    covers,
    facts,
    leading_to,
    levels_said,
    requirement,
    title_ranks,
    told_facts,
)
from kg.ask.names import named
from kg.ask.reply import Reply, agreed
from kg.ask.rules import Cues
from kg.ask.tables import Row, told

_cue = Cues("pathway")

GRADE_NAMES = {"5": "初级工", "4": "中级工", "3": "高级工", "2": "技师", "1": "高级技师", "special": "特级技师", "chief": "首席技师"}
#: From low to high.
GRADE_ORDER = tuple(GRADE_NAMES)
#: What the rules say of 首席技师.
CHIEF_AFTER = "原则上需先取得特级技师"


def answer_grade_or_title(reply: Reply, said: Said, text: str) -> Answer | None:
    """From a skill grade to a title level, or back."""
    levels = levels_said(reply.context, said)
    grades = tuple(dict.fromkeys(word.says.removeprefix("grade/") for word in said.grades))
    if not grades and not levels:
        return None
    if _cue("which_level").match(reply.request.text):
        return _unnumbered(reply, grades)
    if not _cue("of_this_kind").search(text):
        return None
    if grades and levels:
        back = said.back if said.back is not None else is_back(said, reply.request.text)
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


def is_back(said: Said, text: str) -> bool:
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
    rows = facts(reply.context, "grade_to_title")
    verdicts: list[Verdict] = []
    for grade in grades:
        mine = [row for row in rows if row["fromGrade"].rsplit("/", 1)[-1] == grade]
        if not mine:
            verdicts.append(_too_low(reply, GRADE_NAMES[grade]))
            continue
        (row,) = told_facts(reply.context, mine[:1])
        verdict = _forth_verdict(row, levels, said.years, text)
        _say_forth(reply, row, verdict, levels, said.years, rows)
        reply.item(f"{row['from']}→{row['to']}职称", row["fact"])
        verdicts.append(verdict)
    _say_series(reply)
    (appraisal,) = requirement(reply.context, "年度考核合格")
    reply.say(f"另外：{appraisal['to']}。", f"Also: {appraisal['to']}.", [appraisal])
    reply.suggest("技师报职称要不要发论文？", "Is a thesis required?")
    return reply.build(agreed(verdicts), "pathway")


def denied(context: Context, said: Said, text: str) -> bool:
    """Whether a grade does not lead to the level that is named with it, or not after the years that are.

    Args:
        context: the store to take the rules from.
        said: what the question says.
        text: the normalised question.
    """
    levels = levels_said(context, said)
    grades = {word.says.removeprefix("grade/") for word in said.grades}
    if not grades or not (levels or said.years is not None) or is_back(said, text):
        return False
    rows = [row for row in facts(context, "grade_to_title") if row["fromGrade"].rsplit("/", 1)[-1] in grades]
    return len(rows) < len(grades) or any(_forth_verdict(row, levels, said.years, text) == "no" for row in rows)


def _forth_verdict(row: Row, levels: Sequence[str], years: float | None, text: str) -> Verdict:
    """Yes or no where the question names a level or the years worked and asks neither which nor how long."""
    if _cue("either").search(text):
        return "na"
    to = row["toLevel"].rsplit("/", 1)[-1]
    if levels and all(LEVEL_ORDER[level] > LEVEL_ORDER[to] for level in levels) and not _cue("asks_which").search(_cue("asks_years").sub("", text)):
        return "no"
    if _cue("asks_years").search(text) and years is None:
        return "na"
    if not levels:
        if years is None and _cue("any_title").search(text):
            return "yes"
        asked = years is not None and not _cue("asks_which").search(text)
        return "na" if not asked else "no" if years is not None and "years" in row and years < int(row["years"]) else "yes"
    if _cue("asks_which").search(text) and not _cue("yes_no_enough").search(text):
        return "na"
    if not any(covers(to, level) for level in levels):
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
        right = [] if leading_to([row], levels) else told_facts(reply.context, leading_to(rows, levels))
        if right:
            names = "、".join(each["from"] for each in right)
            reply.say(f"能申报{asked}职称的是{names}。", f"The grade that leads to {asked} is {names}.", right)


def _too_low(reply: Reply, grade: str) -> Verdict:
    """初级工 and 中级工 are below the grade that the rules begin with."""
    reply.say(
        f"**不能**：{grade}不在范围内，文件要求具备高级工以上职业资格或职业技能等级。",
        f"**No**: the rules begin with 高级工 (grade 3); {grade} is below it.",
        requirement(reply.context, "具备高级工以上"),
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
    rows = told_facts(reply.context, leading_to(facts(reply.context, "grade_to_title"), levels))
    for row in rows:
        _say_forth(reply, row, "na", levels, None, rows)
        reply.item(f"{row['from']}→{row['to']}职称", row["fact"])
    return reply.build("na", "pathway") if rows else None


def _back_needed(reply: Reply, grades: Sequence[str]) -> Answer | None:
    """Which title level lets one apply for a grade."""
    found = [row for row in facts(reply.context, "title_to_grade") if row["toGrade"].rsplit("/", 1)[-1] in grades]
    rows = told_facts(reply.context, found)
    for row in rows:
        _say_back(reply, row, "na")
    return reply.build("na", "pathway") if rows else _chief(reply) if "chief" in grades else None


def _chief(reply: Reply) -> Answer:
    rows = requirement(reply.context, CHIEF_AFTER)
    reply.say(f"{rows[0]['to']}。", f"In principle 特级技师 comes first: “{rows[0]['to']}”.", rows)
    return reply.build("na", "pathway")


def _unnumbered(reply: Reply, grades: Sequence[str]) -> Answer:
    """特级技师 and 首席技师 stand above 高级技师, and no document gives them a numeral of the five grades."""
    names = "、".join(GRADE_NAMES[grade] for grade in grades)
    rows = [row for row in facts(reply.context, "grade_to_title") if row["fromGrade"].rsplit("/", 1)[-1] in grades]
    reply.say(
        f"**无法判断**：四份文件没有说{names}是五级制里的第几级，只印了它们通向哪一级职称和由哪一级职称申请。",
        f"**Unknown**: no document says which of the five numbered grades {names} is; only their steps to and from titles are printed.",
        [*told_facts(reply.context, rows), *requirement(reply.context, CHIEF_AFTER)],
    )
    return reply.build("unknown", "pathway")


def _back(reply: Reply, said: Said, grades: Sequence[str], levels: Sequence[str]) -> Answer | None:
    """Title → grade: which assessment a holder of a title may apply for."""
    rows = facts(reply.context, "title_to_grade")
    for spot in said.titles:
        ranks = told(reply.context, "title_levels", title_ranks(reply.context, spot), "title")
        where = "；".join(f"{row['seriesName']}：{row['rank']}" for row in ranks)
        reply.say(
            f"按上海附件10，“{ranks[0]['titleName']}”的级别是：{where}。", f"By Shanghai's annex 10 the rank of “{ranks[0]['titleName']}” is: {where}.", ranks
        )
    # 初级（员级） is 员级: the narrower word counts.
    held = [level for level in levels if level != "junior" or "technician" not in levels]
    holding = [row for row in rows if any(_holds(level, row["fromLevel"].rsplit("/", 1)[-1]) for level in held)]
    if not holding:
        if "technician" not in levels:
            return None
        basis = requirement(reply.context, "具有助理级以上职称")
        reply.say("**不能**：文件要求具有助理级以上职称，员级不够。", "**No**: a title of 助理级 or above is required; 员级 is below it.", basis)
        return reply.build("no", "pathway")
    fitting = told_facts(reply.context, holding)
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
    for row in requirement(reply.context, "1年后", *([CHIEF_AFTER] if "chief" in grades else [])):
        reply.say(f"{row['to']}。", f"Later steps: “{row['to']}”.", [row])
