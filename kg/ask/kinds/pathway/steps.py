"""Questions about the steps between skill grade and title: after how many years a grade leads to a title, and which grade a title leads to."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

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
    read,
    requirement,
    series_rows,
    title_ranks,
    told_facts,
)
from kg.ask.kinds.pathway.time import NO_TIME, Time, time_said
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
    without = [word.says.removeprefix("grade/") for word in said.grades if _cue("no_grade").search(text[: word.start]) or _cue("grade_or_not").search(text)]
    grades = [grade for grade in grades if grade not in without]
    if not grades:
        return _without(reply, without, text)
    rows = facts(reply.context, "grade_to_title")
    parts = _parts(said, text) if len(grades) > 1 else {}
    unlisted = _unlisted(reply, said)
    verdicts: list[Verdict] = []
    for grade in grades:
        mine = [row for row in rows if row["fromGrade"].rsplit("/", 1)[-1] == grade]
        if not mine:
            verdicts.append(_too_low(reply, GRADE_NAMES[grade]))
            continue
        (row,) = told_facts(reply.context, mine[:1])
        asked, time = levels, said.time if said.years == said.time.years else Time(said.years)
        if part := parts.get(grade):
            own = read(part, reply.context)
            asked, time = levels_said(reply.context, own) or levels, replace(own.time, claimed=own.time.claimed or bool(own.levels))
        verdict = _forth_verdict(row, asked, time, text)
        if verdict == "yes" and (unlisted or ("years" not in row and _cue("left_work").search(text))):
            verdict = "unknown"
        _say_forth(reply, row, verdict, asked, time, rows, unlisted)
        reply.item(f"{row['from']}→{row['to']}职称", row["fact"])
        verdicts.append(verdict)
    _say_series(reply)
    if unlisted:
        note = requirement(reply.context, "未列明")
        names = "、".join(unlisted)
        reply.say(
            f"浙江的对应关系表里没有印“{names}”；表后的注说：{note[0]['to']}。",
            f"Zhejiang's table does not print “{names}”; by its note the review committee of the series decides: “{note[0]['to']}”.",
            note,
        )
    (appraisal,) = requirement(reply.context, "年度考核合格")
    reply.say(f"另外：{appraisal['to']}。", f"Also: {appraisal['to']}.", [appraisal])
    reply.suggest("技师报职称要不要发论文？", "Is a thesis required?")
    return reply.build(agreed(verdicts), "pathway")


def _parts(said: Said, text: str) -> dict[str, str]:
    """Where each grade has years of its own (高级工2年报助理级，技师3年报中级): the stretch that speaks of it."""
    starts = [word.start for word in said.grades]
    parts = {word.says.removeprefix("grade/"): text[start:end] for word, start, end in zip(said.grades, starts, [*starts[1:], len(text)], strict=True)}
    return parts if all(time_said(part).years is not None for part in parts.values()) else {}


def _unlisted(reply: Reply, said: Said) -> list[str]:
    """The occupations of the question that Zhejiang's table does not print: whether they may apply is left to the committees."""
    context, request = reply.context, reply.request
    spots = [(spot.label, spot.nodes) for spot in named(context, request.text, "occupation_names", slips=False) if spot.label not in GRADE_NAMES.values()]
    spots = spots or [(mention.text, mention.nodes) for mention in request.named("Occupation", "WorkType") if mention.exact]
    if any(series_rows(context, nodes) or named(context, label, "series_occupation_names") for label, nodes in spots):
        return []
    # 网约车司机技师: a name that no document prints, right before the grade.
    starts = {word.start for word in said.grades}
    strange = [mention.text for mention in request.unlinked if mention.end in starts and _cue("occupation_end").search(mention.text)]
    return list(dict.fromkeys([*(label for label, _ in spots), *strange]))


def _without(reply: Reply, without: Sequence[str], text: str) -> Answer:
    """The person has none of the grades that are named: below 高级工 nothing leads to a title, of the others the rules do not say."""
    basis = requirement(reply.context, "具备高级工以上")
    verdict: Verdict = "no" if without == ["3"] and not _cue("must_sit").search(text) and _cue("yes_no").search(text) else "unknown"
    lead = "**不能**" if verdict == "no" else "**无法判断**"
    lead_en = "**No**" if verdict == "no" else "**Unknown**"
    rows = told_facts(reply.context, facts(reply.context, "grade_to_title"))
    reply.say(f"{lead}：文件的基本条件是：{basis[0]['to']}。", f"{lead_en}: the basic condition is: “{basis[0]['to']}”.", basis)
    for row in rows:
        _say_forth(reply, row, "na", (), NO_TIME, rows)
    return reply.build(verdict, "pathway")


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
    return len(rows) < len(grades) or any(_forth_verdict(row, levels, said.time, text) in ("no", "unknown") for row in rows)


def _forth_verdict(row: Row, levels: Sequence[str], time: Time, text: str) -> Verdict:
    """Yes or no where the question names a level or the years worked and asks neither which nor how long."""
    if _cue("either").search(text):
        return "na"
    to = row["toLevel"].rsplit("/", 1)[-1]
    if levels and all(LEVEL_ORDER[level] > LEVEL_ORDER[to] for level in levels) and not _cue("asks_which").search(_cue("asks_years").sub("", text)):
        return "no"
    if _cue("asks_years").search(text) and time.years is None:
        return "na"
    if not levels:
        if time == NO_TIME:
            return "yes" if _cue("any_title").search(text) else "na"
        # 刚拿到技师证能评职称吗: which of the titles is not said.
        vague = time.years is None or (time.below and not time.claimed)
        return "na" if vague or _cue("asks_which").search(text) else _years_verdict(row, time)
    if _cue("asks_which").search(text) and not _cue("yes_no_enough").search(text):
        return "na"
    if not any(covers(to, level) for level in levels):
        return "unknown" if all(LEVEL_ORDER[level] < LEVEL_ORDER[to] for level in levels) else "no"
    return _years_verdict(row, time)


def _years_verdict(row: Row, time: Time) -> Verdict:
    """Whether the years are enough, or, where they are said to be required, whether these are the printed ones."""
    needed = int(row["years"]) if "years" in row else 0
    if time.claimed and time.years is not None:
        return "yes" if (time.years > needed if time.refused else time.years == needed) else "no"
    if not needed:
        return "yes"
    if time.years is None:
        return "unknown" if time.unclear else "yes"
    if time.years < needed or (time.below and not time.dated and time.years <= needed):
        return "no"
    if time.below and time.dated:
        return "yes" if time.years > needed else "unknown"
    return "unknown" if time.below or time.total else "yes"


def _say_forth(reply: Reply, row: Row, verdict: Verdict, levels: Sequence[str], time: Time, rows: Sequence[Row], unlisted: Sequence[str] = ()) -> None:
    asked = "、".join(LEVEL_NAMES[level] for level in levels)
    to = row["toLevel"].rsplit("/", 1)[-1]
    lower = bool(levels) and not any(covers(to, level) for level in levels)
    why, why_en = (
        (f"文件没有说{row['from']}能否申报更低的{asked}职称", f"whether {row['from']} may apply for the lower level {asked} is not printed")
        if lower
        else ("一般的规定如下，这个职业由评委会定", "the general rule is below; for this occupation the committee decides")
        if unlisted
        else ("文件要求目前仍在与申报职业工作相关的技术技能领域工作", "one must at present still work in a field of the occupation")
        if "years" not in row
        else ("要看取得证书后是否已满年限，您说的时间看不出来", "it depends on the years since the certificate, which what you say does not tell")
    )
    claimed = time.claimed and not lower
    yes, no = ("对", "不对") if claimed else ("可以", "不能")
    lead = {"yes": f"**{yes}**：", "no": f"**{no}**：", "unknown": f"**无法判断**：{why}。"}.get(verdict, "")
    lead_en = {"yes": "**Yes**: ", "no": "**No**: ", "unknown": f"**Unknown**: {why_en}. "}.get(verdict, "")
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
    _say_years(reply, row, time)
    if verdict == "no" and levels:
        right = [] if leading_to([row], levels) else told_facts(reply.context, leading_to(rows, levels))
        if right:
            names = "、".join(each["from"] for each in right)
            reply.say(f"能申报{asked}职称的是{names}。", f"The grade that leads to {asked} is {names}.", right)


def _say_years(reply: Reply, row: Row, time: Time) -> None:
    """The years said beside those required."""
    if time.years is None or "years" not in row:
        return
    needed, has = int(row["years"]), f"{round(time.years, 2):g}"
    if time.claimed:
        reply.say(f"比较：您说的是{has}年，文件印的是{needed}年。", f"Compared: you say {has} years, the document prints {needed}.", [row])
    elif time.below and not time.dated:
        reply.say(f"比较：取得证书不到{has}年，需要{needed}年。", f"Compared: less than {has} years since the certificate, {needed} needed.", [row])
    elif time.years < needed:
        short = f"{round(needed - time.years, 2):g}"
        reply.say(f"计算：已有{has}年，需要{needed}年，还差{short}年。", f"Computed: {has} years worked, {needed} needed: {short} short.", [row])
    elif time.total:
        reply.say(
            f"年限从取得证书后算起：工作{has}年里取得证书之后的部分要满{needed}年。",
            f"The years count from the certificate: of the {has} years worked {needed} must come after it.",
            [row],
        )
    elif time.dated:
        reply.say(
            f"计算：相隔{has}年，需要{needed}年；以申报时已满{needed}年为准。",
            f"Computed: {has} years apart, {needed} needed; they must be full when one applies.",
            [row],
        )
    else:
        reply.say(f"计算：已有{has}年，需要{needed}年，年限够了。", f"Computed: {has} years worked, {needed} needed: enough.", [row])


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
        _say_forth(reply, row, "na", levels, NO_TIME, rows)
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
