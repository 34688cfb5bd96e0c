"""Questions about annexes 5 and 6 of the Shanghai rules: who may assess what at which grade, and what an organisation may assess."""

import re
from collections.abc import Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, Row
from kg.ask.grades import NUMERALS
from kg.ask.organizations import Named, asks, listed, note, said, same_name, together, unlisted, words
from kg.ask.reply import Reply, caution
from kg.ask.request import Mention, Request
from kg.ask.tables import table

ANNEXES = {"社会培训评价组织": "附件5", "社会化职业技能等级认定": "附件6", "专项职业能力考核": "附件6"}
SPECIAL = "专项职业能力考核"
#: With so few organisations what they assess is said beside each.
FEW = 10
#: A mention that is not printed so names a skill from this score on.
SURE_SKILL = 0.85
_RECORD = re.compile(r"s\d{12}")
_CODE = re.compile(r"(?<!\d)\d-\d{2}-\d{2}-\d{2}(?!\d)")
#: The words with which work types end that people name alone: 家务服务员 for 家政服务员（家务服务员）.
_WORK_TYPE = re.compile(r"[(（]([^()（）]{2,})[)）]$")


def answer_evaluator(request: Request, context: Context) -> Answer | None:
    """Annexes 5 and 6: an organisation, an occupation, a record number or code, or the lists as a whole."""
    asked = asks(request, "evaluator")
    rows = table(context, "offers")
    reply = Reply(request, context)
    record, code = _RECORD.search(request.text), _CODE.search(request.text)
    if record:
        return _say_organizations(reply, [row for row in rows if row.get("recordNumber", "").lower() == record[0]], record[0].upper())
    organizations = _organizations(request, context)
    known = [each for each in organizations if each.nodes]
    strangers = [each for each in organizations if not each.nodes]
    skills = [row for row in rows if code and row.get("code") == code[0]] if code else _skills(request, rows)
    supervisors = listed(request, context, "evaluator_supervisors")
    reply.understood(request.named("Occupation", "WorkType", "SpecialSkillCertificate", "EvaluationOrganization"))
    if known and (skills or _named_skill(request)):
        return _say_can(reply, known, skills)
    if strangers and (skills or _named_skill(request)):
        return _say_stranger(reply, strangers, skills)
    if known:
        return _say_organizations(reply, [row for row in rows if any(row["organization"] in each.nodes for each in known)], "")
    if skills or _named_skill(request):
        return _say_who(reply, skills)
    if supervisors and "supervisor" in asked:
        return _say_organizations(reply, [row for row in rows if any(row.get("supervisor") in each.nodes for each in supervisors)], supervisors[0].label)
    if strangers:
        return _say_stranger(reply, strangers, [])
    if {"annex5", "annex6", "special"} & asked:
        return _say_lists(reply, rows)
    return None


def _organizations(request: Request, context: Context) -> list[Named]:
    """The organisations that the question names, listed or not, or took over from the turn before."""
    found = listed(request, context, "evaluator_names")
    found += unlisted(request, context, found, "evaluator")
    if not found and request.carried:
        before = request.mentions if "mentions" in request.inherited else request.previous
        found = [Named(each.text, each.label, each.nodes, each.exact, -1) for each in before if each.of("EvaluationOrganization")]
    return [each for number, each in enumerate(found) if not any(set(each.nodes) & set(other.nodes) for other in found[:number])]


def _named_skill(request: Request) -> Mention | None:
    """The occupation or skill that the question names, whether or not anybody offers it."""
    return next(iter(_skill_mentions(request)), None)


def _skill_mentions(request: Request) -> list[Mention]:
    """The mentions that surely name an occupation or skill; 职业 alone is none."""
    found = request.named("Occupation", "WorkType", "SpecialSkillCertificate", "SkillCertificate")
    found = tuple(each for each in found if not re.fullmatch(words("generic"), each.text))
    return [each for each in found if each.exact or each.score >= SURE_SKILL or same_name(each.text, each.label)]


def _skills(request: Request, rows: Sequence[Row]) -> list[Row]:
    """The offers for the occupations and work types that the question names; an occupation has its work types with it."""
    found = []
    for mention in _skill_mentions(request):
        narrow = [row for row in rows if row.get("workType") in mention.nodes]
        broad = [row for row in rows if row["assesses"] in mention.nodes]
        found += broad if broad and not _inside(request, mention, narrow) else narrow
    if not found:
        found = [row for row in rows if (work := _WORK_TYPE.search(row["name"])) and work[1] in request.text]
    return list({row["fact"]: row for row in found}.values())


def _inside(request: Request, mention: Mention, narrow: Sequence[Row]) -> bool:
    """Whether a name that may be an occupation or a work type is the work type."""
    return bool(narrow) and not mention.of("Occupation")


def wanted_grades(request: Request) -> list[str]:
    """The grades that the question is about."""
    grades = [grade for mention in request.mentions for grade in mention.grades] or list(request.grades)
    return [str(grade) for grade in dict.fromkeys(grades)]


def grades_of(row: Row) -> list[str]:
    """The grades of an offer, from low to high."""
    return sorted(filter(None, row.get("grades", "").split("|")), reverse=True)


def in_words(grades: Sequence[str]) -> str:
    """Grades as the questions name them, with the printed digits."""
    return "、".join(f"{NUMERALS[grade]}（{grade}）" for grade in grades)


def _offer(row: Row) -> str:
    """An offer: what, at which grades."""
    return row["name"] + (f"：{in_words(grades_of(row))}" if grades_of(row) else "")


def describe_organization(rows: Sequence[Row]) -> tuple[str, str]:
    """An organisation of annexes 5 and 6: annex, record number, supervising body."""
    row = rows[0]
    annex, english = ANNEXES[row["kind"]], f"annex {ANNEXES[row['kind']][-1]}"
    record = f"，机构备案号{row['recordNumber']}" if row.get("recordNumber") else ""
    supervisor = f"，主管部门：{row['supervisorName']}" if row.get("supervisorName") else ""
    zh = f"{row['organizationName']}（{annex}，{row['kind']}{record}{supervisor}）"
    en = (
        f"{row['organizationName']} ({english}, {row['kind']}"
        + (f", record number {row['recordNumber']}" if record else "")
        + (f", supervising body {row['supervisorName']}" if supervisor else "")
        + ")"
    )
    return zh, en


def evidence(context: Context, rows: Sequence[Row]) -> list[Row]:
    """The rows, and for each organisation the row that prints its record number: a merged cell prints it once for all."""
    found = list(rows)
    for row in rows:
        number = row.get("recordNumber", "")
        if number and number not in row["text"]:
            found += [each for each in table(context, "offers") if each["organization"] == row["organization"] and number in each["text"]][:1]
    return list({row["fact"]: row for row in found}.values())


def about_organization(reply: Reply, name: Named) -> None:
    """Say of a body that another list does not name that it is an organisation of annex 5 or 6."""
    rows = [row for row in table(reply.context, "offers") if row["organization"] in name.nodes]
    if rows:
        zh, en = describe_organization(rows)
        reply.say(
            f"它是上海的评价机构：{zh}，不是附件4的全国性协会。",
            f"It is an assessment organisation in Shanghai: {en}, not a national association of annex 4.",
            evidence(reply.context, rows[:1]),
        )


def _by_organization(rows: Sequence[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["organization"], []).append(row)
    return groups


def _say_organizations(reply: Reply, rows: Sequence[Row], about: str) -> Answer:
    """What organisations may assess, with record number and supervising body."""
    if not rows:
        reply.say(f"**无法判断**：附件5、附件6里没有{about}。", f"**Unknown**: annexes 5 and 6 do not name {about}.")
        return reply.build("unknown", "evaluator")
    for node, some in _by_organization(rows).items():
        zh, en = describe_organization(some)
        offers = "；".join(_offer(row) for row in some)
        reply.say(f"{zh}可以评价{len(some)}项：{offers}。", f"{en} may assess {len(some)}: {offers}.", evidence(reply.context, some))
        if "supervisor" in asks(reply.request, "evaluator") and not some[0].get("supervisorName"):
            reply.say("附件6没有印评价机构的主管部门。", "Annex 6 prints no supervising bodies.", some[:1])
        reply.item(some[0]["organizationName"], node)
        for row in some:
            reply.item(row["name"], row.get("workType") or row["assesses"])
        reply.suggest(f"{some[0]['organizationName']}能评{some[0]['occupation']}吗？", f"May {some[0]['organizationName']} assess {some[0]['occupation']}?")
    caution(reply, rows)
    return reply.build("na", "evaluator")


def _say_can(reply: Reply, organizations: Sequence[Named], skills: Sequence[Row]) -> Answer:
    """Whether organisations may assess something at the grades wanted."""
    verdicts: list[Verdict] = []
    grades = wanted_grades(reply.request)
    for organization in organizations:
        note(reply, organization)
        own = [row for row in table(reply.context, "offers") if row["organization"] in organization.nodes]
        rows = [row for row in skills if row in own]
        right = [row for row in rows if not grades or set(grades) <= set(grades_of(row))] or [row for row in rows if set(grades) & set(grades_of(row))]
        verdicts.append(_say_judgement(reply, own, rows, right, grades))
    verdict = together(verdicts, reply.request)
    if "yesno" not in said(reply.request, "any") and "grades" in asks(reply.request, "evaluator"):
        verdict = "na"
    return reply.build(verdict, "evaluator")


def _say_judgement(reply: Reply, own: Sequence[Row], rows: Sequence[Row], right: Sequence[Row], grades: Sequence[str]) -> Verdict:
    """One organisation: what it offers of what is asked (`rows`), at the right grade (`right`)."""
    zh, en = describe_organization(own)
    at = f"的{'、'.join(NUMERALS[grade] for grade in grades)}" if grades else ""
    if right:
        offers = "；".join(_offer(row) for row in right)
        reply.say(f"**能**：{zh}的评价项目有{offers}。", f"**Yes**: {en} may assess {offers}.", evidence(reply.context, right))
        caution(reply, right)
        return "yes"
    if rows:
        offers = "；".join(_offer(row) for row in rows)
        reply.say(
            f"**不能**：{zh}的这一项没有列出{at.removeprefix('的')}，只能评价{offers}。",
            f"**No**: {en} is not listed for grade {', '.join(grades)}; it may assess {offers}.",
            evidence(reply.context, rows),
        )
        _say_others(reply, rows, grades)
        caution(reply, rows)
        return "no"
    skill = _named_skill(reply.request)
    offers = "；".join(_offer(row) for row in own)
    named = skill.label if skill else "所问的职业"
    reply.say(
        f"**不能**：{zh}的评价项目里没有{named}，它能评价的是{offers}。",
        f"**No**: {en} is not listed for {named}; it may assess {offers}.",
        evidence(reply.context, own),
    )
    return "no"


def _say_others(reply: Reply, rows: Sequence[Row], grades: Sequence[str]) -> None:
    """Who may assess at the grade that one organisation may not."""
    things = {row["assesses"] for row in rows}
    others = [row for row in table(reply.context, "offers") if row["assesses"] in things and set(grades) & set(grades_of(row))]
    if others:
        names = "、".join(dict.fromkeys(f"{row['organizationName']}（{row['name']}）" for row in others))
        reply.say(f"这个等级列在：{names}。", f"That grade is listed for {names}.", others)


def _say_stranger(reply: Reply, strangers: Sequence[Named], skills: Sequence[Row]) -> Answer:
    """An organisation that annexes 5 and 6 do not list."""
    names = "、".join(each.text for each in strangers)
    asked_list = "annexes" in said(reply.request, "any")
    reply.say(
        f"{'**不在**' if asked_list else '**无法判断**'}：附件5和附件6都没有列出“{names}”，文件没有说它能评价什么。",
        f"{'**No**' if asked_list else '**Unknown**'}: neither annex 5 nor annex 6 lists “{names}”; the documents do not say what it may assess.",
        _ends(reply.context) if asked_list else (),
    )
    if skills:
        others = "；".join(f"{some[0]['organizationName']}（{'；'.join(_offer(row) for row in some)}）" for some in _by_organization(skills).values())
        reply.say(f"列出的评价机构有：{others}。", f"Those listed: {others}.", skills)
    return reply.build("no" if asked_list else "unknown", "evaluator")


def _ends(context: Context) -> list[Row]:
    """The last row of each list: they show that the lists were read to the end."""
    last = {row["kind"]: row for row in table(context, "offers")}
    return list(last.values())


def _say_who(reply: Reply, skills: Sequence[Row]) -> Answer:
    """Who may assess something, at the grades wanted."""
    grades, mention = wanted_grades(reply.request), _named_skill(reply.request)
    general = said(reply.request, "any")
    label = mention.label if mention else skills[0]["name"]
    right = [row for row in skills if not grades or set(grades) & set(grades_of(row))]
    at = f"{'、'.join(NUMERALS[grade] for grade in grades)}" if grades else ""
    if right:
        groups = _by_organization(right)
        reply.say(
            f"“{label}”{at}的评价机构，附件5、附件6列出{len(groups)}家（数出）：",
            f"Annexes 5 and 6 list {len(groups)} organisations for “{label}” {at} (counted):",
            right,
        )
        for node, some in groups.items():
            zh, en = describe_organization(some)
            offers = "；".join(f"{row.get('code', '')} {_offer(row)}".strip() for row in some)
            reply.say(f"- {zh}：{offers}", f"- {en}: {offers}", evidence(reply.context, some))
            reply.item(some[0]["organizationName"], node)
        caution(reply, right)
        return reply.build("yes" if "yesno" in general and "which" not in general else "na", "evaluator")
    if skills:
        offers = "；".join(f"{row['organizationName']}：{_offer(row)}" for row in skills)
        reply.say(
            f"附件5、附件6里没有机构列出“{label}”{at}；列出的只有{offers}。",
            f"No organisation of annexes 5 and 6 is listed for “{label}” at grade {', '.join(grades)}; there is only {offers}.",
            skills,
        )
        return reply.build("no", "evaluator")
    reply.say(
        f"附件5、附件6没有列出“{label}”的评价机构；文件没有说别处有没有。",
        f"Annexes 5 and 6 list no organisation for “{label}”; the documents do not say whether there is one elsewhere.",
        _ends(reply.context),
    )
    return reply.build("no" if "annexes" in general and "yesno" in general else "unknown", "evaluator")


def _say_lists(reply: Reply, rows: Sequence[Row]) -> Answer:
    """The organisations of annex 5, annex 6 or of its second part."""
    asked = asks(reply.request, "evaluator")
    kinds = (
        [SPECIAL]
        if "special" in asked
        else [kind for kind in ANNEXES if (ANNEXES[kind] == "附件5" and "annex5" in asked) or (ANNEXES[kind] == "附件6" and "annex6" in asked)]
    )
    if kinds == list(ANNEXES)[1:] and "社会化" in f"{reply.request.carried}{reply.request.text}":
        kinds = kinds[:1]
    for kind in kinds:
        groups = _by_organization([row for row in rows if row["kind"] == kind])
        some = [own[0] for own in groups.values()]
        what = "考核" if kind == SPECIAL else "评价"
        names = "、".join(
            f"{own[0]['organizationName']}（{'、'.join(row['name'] for row in own)}）" if len(groups) <= FEW else own[0]["organizationName"]
            for own in groups.values()
        )
        every = [row for own in groups.values() for row in own]
        reply.say(
            f"{ANNEXES[kind]}（{kind}）列出{len(groups)}家{what}机构、{len(every)}个{what}项目（数出）：{names}。",
            f"Annex {ANNEXES[kind][-1]} ({kind}) lists {len(groups)} organisations with {len(every)} entries (counted): {names}.",
            every if len(groups) <= FEW else some,
        )
        for own in groups.values():
            reply.item(own[0]["organizationName"], own[0]["organization"])
    return reply.build("na", "evaluator")
