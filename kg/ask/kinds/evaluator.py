"""Questions about annexes 5 and 6 of the Shanghai rules: who may assess what at which grade, and what an organisation may assess."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.ask.answer import Answer, Verdict
from kg.ask.context import ID, Context, Row, chinese
from kg.ask.grades import NUMERALS, said_together
from kg.ask.organizations import Named, asks, listed, note, said, same_name, together, unlisted, words
from kg.ask.reply import Reply, caution, opening
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues, mask, matches, patterns
from kg.ask.tables import read_table, table, told
from kg.ask.text import normalize

_cue = Cues("evaluator")

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


@dataclass(frozen=True)
class Skill:
    """What the question wants assessed: the offers for it, and the occupations, work types, skills or code that make them out."""

    rows: tuple[Row, ...]
    about: tuple[str, ...]

    def told(self, context: Context, rows: Sequence[Row], grades: Sequence[str] = ()) -> list[dict[str, str]]:
        """Those of its offers that are to be told, by a query for it at these grades; of some organisations, where they are not all of them."""
        every = [row for row in self.rows if not grades or set(grades) & set(grades_of(row))]
        keys = ("organization",) if len(rows) < len(every) else ()
        if grades:
            return told(context, "offers_at_grade", rows, *keys, about=self.about, wanted=_grade_nodes(grades))
        return told(context, "offers_of", rows, *keys, about=self.about)


def answer_evaluator(request: Request, context: Context) -> Answer | None:
    """Annexes 5 and 6: an organisation, an occupation, a record number or code, or the lists as a whole."""
    asked = asks(request, "evaluator")
    rows = read_table(context, "offers")
    reply = Reply(request, context)
    if record := _RECORD.search(request.text):
        number = record[0].upper()
        return _say_organizations(reply, [row for row in rows if row.get("recordNumber") == number], number, number)
    organizations = _organizations(request, context)
    skill = _skill(request, rows)
    if not organizations and (subject := _subject(request)):
        organizations = [_body_of_part(subject, rows)]
    known = [each for each in organizations if each.nodes]
    strangers = [each for each in organizations if not each.nodes]
    supervisors = listed(request, context, "evaluator_supervisors")
    reply.understood(request.named("Occupation", "WorkType", "SpecialSkillCertificate", "EvaluationOrganization"))
    if known and (skill.rows or _named_skill(request)):
        return _say_can(reply, known, skill)
    if strangers and (skill.rows or _named_skill(request)):
        return _say_stranger(reply, strangers, skill)
    if known:
        return _say_organizations(reply, [row for row in rows if any(row["organization"] in each.nodes for each in known)])
    if skill.rows or _named_skill(request):
        return _say_elsewhere(reply) if _cue("elsewhere").search(request.text) else _say_who(reply, skill)
    if supervisors and "supervisor" in asked:
        nodes = [node for each in supervisors for node in each.nodes]
        return _say_organizations(reply, [row for row in rows if row.get("supervisor") in nodes], supervisors[0].label, *nodes)
    if strangers:
        return _say_stranger(reply, strangers, skill)
    if {"annex5", "annex6", "special"} & asked:
        return _say_lists(reply)
    return None


def _say_elsewhere(reply: Reply) -> Answer:
    """Another place is asked about: the annexes list Shanghai's organisations alone."""
    reply.say(
        "**无法判断**：附件5、附件6只列上海的评价机构；四份文件没有印别处由谁评价。",
        "**Unknown**: annexes 5 and 6 list Shanghai's organisations only; no document prints who assesses elsewhere.",
    )
    return reply.build("unknown", "evaluator")


def _organizations(request: Request, context: Context) -> list[Named]:
    """The organisations that the question names, listed or not, or took over from the turn before."""
    found = listed(request, context, "evaluator_names")
    found += unlisted(request, context, found, "evaluator")
    if not found and request.carried:
        before = request.mentions if "mentions" in request.inherited else request.previous
        found = [Named(each.text, each.label, each.nodes, each.exact, -1) for each in before if each.of("EvaluationOrganization")]
    return [each for number, each in enumerate(found) if not any(set(each.nodes) & set(other.nodes) for other in found[:number])]


def _subject(request: Request) -> str:
    """Who is asked about by the words before 能评, where no listed body was recognised in them; nothing where they name no body (上海能评美容师吗)."""
    found = _cue("subject").match(request.text)
    if not found or "mentions" in request.inherited:
        return ""
    start, end = found.span("subject")
    if any(mention.start < end for mention in _skill_mentions(request)):
        return ""
    subject = re.sub(rf"^(?:{words('lead')}|{words('generic')})*", "", request.text[start:end])
    return "" if _cue("no_body").fullmatch(subject) else subject


def _body_of_part(subject: str, rows: Sequence[Row]) -> Named:
    """The only listed body whose name has these words in it (库帕思: 上海库帕思科技有限公司); a stranger where not one has them or a district is named."""
    part = re.sub(rf"^(?:{words('prefix')})", "", subject)
    names = {row["organization"]: row["organizationName"] for row in rows}
    found = [node for node, name in names.items() if len(part) >= 2 and part in re.sub(rf"^(?:{words('prefix')})", "", normalize(name))]
    if len(found) != 1 or _cue("district").match(subject):
        return Named(subject, subject, (), False, 0)
    return Named(subject, names[found[0]], (found[0],), False, 0)


def _named_skill(request: Request) -> Mention | None:
    """The occupation or skill that the question names, whether or not anybody offers it."""
    return next(iter(_skill_mentions(request)), None)


def _skill_mentions(request: Request) -> list[Mention]:
    """The mentions that surely name an occupation or skill; 职业 alone is none."""
    found = request.named("Occupation", "WorkType", "SpecialSkillCertificate", "SkillCertificate")
    found = tuple(each for each in found if not re.fullmatch(words("generic"), each.text))
    found_surely = [each for each in found if each.exact or each.score >= SURE_SKILL or same_name(each.text, each.label)]
    # 铣工普通铣工 names the work type, which stands right behind its occupation.
    types = [each for each in found_surely if each.of("WorkType") and not each.of("Occupation")]
    return [each for each in found_surely if not any(each.end == work.start and work.label.startswith(each.label) for work in types)]


def _behind(request: Request) -> str:
    """Words right behind the occupation that are neither grade nor sentence: they may name a work type (建筑信息模型技术员市政工程)."""
    text = mask(request.text, [(each.start, each.end) for each in matches(request.text, patterns("grades", "grade"))])
    for mention in _skill_mentions(request):
        if "mentions" not in request.inherited and (found := _cue("behind").match(text[mention.end :])):
            return found["words"]
    return ""


def _skill(request: Request, rows: Sequence[Row]) -> Skill:
    """The offers for the code, or for the occupations and work types, that the question names; an occupation has its work types with it."""
    if code := _CODE.search(request.text):
        return Skill(tuple(row for row in rows if row.get("code") == code[0]), (code[0],))
    found: list[Row] = []
    for mention in _skill_mentions(request):
        narrow = [row for row in rows if row.get("workType") in mention.nodes]
        broad = [row for row in rows if row["assesses"] in mention.nodes]
        found += broad if broad and not _inside(request, mention, narrow) else narrow
    about = [node for mention in _skill_mentions(request) for node in mention.nodes if any(node in (row["assesses"], row.get("workType")) for row in found)]
    if not found:
        # 电工证 is linked to a certificate, the offers to the occupation of that name.
        labels = {each.label for each in _skill_mentions(request)}
        found = [row for row in rows if re.split("[(（]", row["name"])[0] in labels]
        about = [row.get("workType") or row["assesses"] for row in found]
    if not found:
        found = [row for row in rows if (work := _WORK_TYPE.search(row["name"])) and work[1] in request.text]
        about = [row.get("workType") or row["assesses"] for row in found]
    if (behind := _behind(request)) and (of_type := [row for row in found if (work := _WORK_TYPE.search(row["name"])) and _is_type(behind, work[1])]):
        found, about = of_type, [row.get("workType") or row["assesses"] for row in of_type]
    return Skill(tuple({row["fact"]: row for row in found}.values()), tuple(about))


def _is_type(words_behind: str, work_type: str) -> bool:
    """Whether words behind an occupation name a work type, with or without 员, 工 or 师."""
    return re.sub("[员工师]$", "", words_behind) == re.sub("[员工师]$", "", normalize(work_type))


def _inside(request: Request, mention: Mention, narrow: Sequence[Row]) -> bool:
    """Whether a name that may be an occupation or a work type is the work type."""
    return bool(narrow) and not mention.of("Occupation")


def wanted_grades(request: Request) -> list[str]:
    """The grades that the question is about."""
    free = mask(request.text, [(mention.start, mention.end) for mention in request.mentions if "mentions" not in request.inherited])
    if several := said_together(free):
        return several
    grades = [grade for mention in request.mentions for grade in mention.grades] or list(request.grades)
    return [str(grade) for grade in dict.fromkeys(grades)]


def grades_of(row: Row) -> list[str]:
    """The grades of an offer, from low to high."""
    return sorted(filter(None, row.get("grades", "").split("|")), reverse=True)


def in_words(grades: Sequence[str]) -> str:
    """Grades as the questions name them, with the printed digits."""
    return "、".join(f"{NUMERALS[grade]}（{grade}）" for grade in grades)


def _grade_nodes(grades: Sequence[str]) -> list[str]:
    return [f"{ID}skill-grade/{grade}" for grade in grades]


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


def _records(context: Context, rows: Sequence[Row]) -> Mapping[str, Row]:
    """Organisation → the row that prints its record number, where not all of its rows do: a merged cell prints it once for all."""
    without = {row["organization"] for row in rows if row.get("recordNumber", "") not in row["text"]}
    printing = {row["organization"]: row for row in reversed(read_table(context, "offers")) if row.get("recordNumber", "\n") in row["text"]}
    return {row["organization"]: row for row in told(context, "offers", [printing[each] for each in sorted(without & set(printing))], "fact")}


def _evidence(records: Mapping[str, Row], rows: Sequence[Row]) -> list[Row]:
    """Rows with those that print the record numbers which they do not print themselves."""
    more = [records[row["organization"]] for row in rows if row.get("recordNumber", "") not in row["text"] and row["organization"] in records]
    return list({row["fact"]: row for row in (*rows, *more)}.values())


def about_organization(reply: Reply, name: Named) -> None:
    """Say of a body that another list does not name that it is an organisation of annex 5 or 6."""
    rows = told(reply.context, "offers", [row for row in read_table(reply.context, "offers") if row["organization"] in name.nodes][:1], "fact")
    if rows:
        zh, en = describe_organization(rows)
        reply.say(
            f"它是上海的评价机构：{zh}，不是附件4的全国性协会。",
            f"It is an assessment organisation in Shanghai: {en}, not a national association of annex 4.",
            _evidence(_records(reply.context, rows), rows),
        )


def _by_organization(rows: Sequence[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["organization"], []).append(row)
    return groups


def _say_organizations(reply: Reply, found: Sequence[Row], asked: str = "", *about: str) -> Answer:
    """What organisations may assess, with record number and supervising body; `about` is the number or the body (`asked`) that makes them out."""
    context = reply.context
    if not found:
        reply.say(f"**无法判断**：附件5、附件6里没有{asked}。", f"**Unknown**: annexes 5 and 6 do not name {asked}.")
        return reply.build("unknown", "evaluator")
    rows = told(context, "offers_of", found, about=about) if about else told(context, "offers", found, "organization")
    records = _records(context, rows)
    for node, some in _by_organization(rows).items():
        zh, en = describe_organization(some)
        offers = "；".join(_offer(row) for row in some)
        reply.say(f"{zh}可以评价{len(some)}项：{offers}。", f"{en} may assess {len(some)}: {offers}.", _evidence(records, some))
        if "supervisor" in asks(reply.request, "evaluator") and not some[0].get("supervisorName"):
            reply.say("附件6没有印评价机构的主管部门。", "Annex 6 prints no supervising bodies.", some[:1])
        reply.item(some[0]["organizationName"], node)
        for row in some:
            reply.item(row["name"], row.get("workType") or row["assesses"])
        reply.suggest(f"{some[0]['organizationName']}能评{some[0]['occupation']}吗？", f"May {some[0]['organizationName']} assess {some[0]['occupation']}?")
    caution(reply, rows)
    return reply.build("na", "evaluator")


def _say_can(reply: Reply, organizations: Sequence[Named], skill: Skill) -> Answer:
    """Whether organisations may assess something at the grades wanted."""
    verdicts: list[Verdict] = []
    for organization in organizations:
        note(reply, organization)
        if organization.text == _subject(reply.request) and not same_name(organization.text, organization.label):
            reply.say(
                f"您说的“{organization.text}”按“{organization.label}”理解，请核对是否同一个。",
                f"“{organization.text}” was read as “{organization.label}”; check that it is the same.",
            )
        verdicts.append(_say_judgement(reply, organization, skill))
    verdict = together(verdicts, reply.request)
    if "yesno" not in said(reply.request, "any") and "grades" in asks(reply.request, "evaluator"):
        verdict = "na"
    return reply.build(verdict, "evaluator")


def _say_judgement(reply: Reply, organization: Named, skill: Skill) -> Verdict:
    """One organisation: what it offers of what is asked, at the grades wanted."""
    context, grades = reply.context, wanted_grades(reply.request)
    offered = [row for row in skill.rows if row["organization"] in organization.nodes]
    if offered and (verdict := _say_unjudged(reply, skill, offered, grades)):
        return verdict
    right = [row for row in offered if set(grades) <= set(grades_of(row))] or _together_right(offered, grades)
    if right:
        rows = skill.told(context, right, grades)
        zh, en = describe_organization(rows)
        offers = "；".join(_offer(row) for row in rows)
        reply.say(f"**能**：{zh}的评价项目有{offers}。", f"**Yes**: {en} may assess {offers}.", _evidence(_records(context, rows), rows))
        caution(reply, rows)
        return "yes"
    if offered:
        missing = [grade for grade in grades if all(grade not in grades_of(row) for row in offered)] or grades
        at = "、".join(NUMERALS[grade] for grade in missing)
        rows = skill.told(context, offered)
        zh, en = describe_organization(rows)
        offers = "；".join(_offer(row) for row in rows)
        reply.say(
            f"**不能**：{zh}的这一项没有列出{at}，只能评价{offers}。",
            f"**No**: {en} is not listed for grade {', '.join(missing)}; it may assess {offers}.",
            _evidence(_records(context, rows), rows),
        )
        _say_others(reply, rows, missing)
        caution(reply, rows)
        return "no"
    rows = told(context, "offers", [row for row in read_table(context, "offers") if row["organization"] in organization.nodes], "organization")
    zh, en = describe_organization(rows)
    mention = _named_skill(reply.request)
    offers = "；".join(_offer(row) for row in rows)
    named = mention.label if mention else "所问的职业"
    reply.say(
        f"**不能**：{zh}的评价项目里没有{named}，它能评价的是{offers}。",
        f"**No**: {en} is not listed for {named}; it may assess {offers}.",
        _evidence(_records(context, rows), rows),
    )
    return "no"


def _together_right(offered: Sequence[Row], grades: Sequence[str]) -> list[Row]:
    """The offers that have the grades wanted between them (汽车维修工 at 5 and 1: by its work types); none where one is missing."""
    right = [row for row in offered if set(grades) & set(grades_of(row))]
    return right if set(grades) <= {grade for row in right for grade in grades_of(row)} else []


def _say_unjudged(reply: Reply, skill: Skill, offered: Sequence[Row], grades: Sequence[str]) -> Verdict | None:
    """What is listed, where the question says more than a listed name and grades: words that may be a work type, or which grade is the highest."""
    behind, text = _behind(reply.request), reply.request.text
    unknown = behind and not any((work := _WORK_TYPE.search(row["name"])) and _is_type(behind, work[1]) for row in offered)
    edge = min if _cue("highest").search(text) else max if _cue("lowest").search(text) else None
    edge = edge if len(grades) == 1 and "yesno" in said(reply.request, "any") else None
    beyond = _cue("beyond").search(text) if len(grades) == 1 else None
    wanted = {grade for grade in NUMERALS if beyond and (grade <= grades[0] if beyond["up"] else grade >= grades[0])}
    # 四级及以上: some of these grades are listed, some not.
    partly = bool(wanted) and wanted > (wanted & {grade for row in offered for grade in grades_of(row)}) != set()
    if not unknown and not edge and not partly:
        return None
    rows = skill.told(reply.context, offered)
    zh, en = describe_organization(rows)
    offers = "；".join(_offer(row) for row in rows)
    verdict: Verdict = "unknown" if unknown else "na"
    lead = ("**无法判断**：", "**Unknown**: ") if unknown else ("", "")
    if unknown:
        lead = (f"{lead[0]}没有读懂“{behind}”，它也许是工种；", f"{lead[1]}“{behind}” is not known here; it may be a work type. ")
    elif edge:
        printed = [grades_of(row) for row in offered if grades_of(row)]
        right = {edge(some) for some in printed}
        verdict = "yes" if right == set(grades) else "no" if not right & set(grades) else "na"
        lead = opening(verdict, "是", "不是")
        whole = {grade for some in printed for grade in some}
        offers += f"；最高{NUMERALS[min(whole)]}，最低{NUMERALS[max(whole)]}" if whole else ""
    reply.say(f"{lead[0]}{zh}的评价项目有{offers}。", f"{lead[1]}{en} may assess {offers}.", _evidence(_records(reply.context, rows), rows))
    caution(reply, rows)
    return verdict


def _say_others(reply: Reply, rows: Sequence[Row], grades: Sequence[str]) -> None:
    """Who may assess at the grade that one organisation may not."""
    things = list(dict.fromkeys(row["assesses"] for row in rows))
    others = reply.context.rows("offers_at_grade", about=things, wanted=_grade_nodes(grades))
    if others:
        names = "、".join(dict.fromkeys(f"{row['organizationName']}（{row['name']}）" for row in others))
        reply.say(f"这个等级列在：{names}。", f"That grade is listed for {names}.", others)


def _say_stranger(reply: Reply, strangers: Sequence[Named], skill: Skill) -> Answer:
    """An organisation that annexes 5 and 6 do not list."""
    names = "、".join(each.text for each in strangers)
    asked_list = "annexes" in said(reply.request, "any")
    ends = _ends(reply.context)
    reply.say(
        f"{'**不在**' if asked_list else '**无法判断**'}：附件5和附件6都没有列出“{names}”，文件没有说它能评价什么。",
        f"{'**No**' if asked_list else '**Unknown**'}: neither annex 5 nor annex 6 lists “{names}”; the documents do not say what it may assess.",
        ends if asked_list else (),
    )
    if skill.rows:
        rows = skill.told(reply.context, skill.rows)
        others = "；".join(f"{some[0]['organizationName']}（{'；'.join(_offer(row) for row in some)}）" for some in _by_organization(rows).values())
        reply.say(f"列出的评价机构有：{others}。", f"Those listed: {others}.", rows)
    return reply.build("no" if asked_list else "unknown", "evaluator")


def _ends(context: Context) -> list[Row]:
    """The last row of each list: they show that the lists were read to the end."""
    last = {row["kind"]: row for row in table(context, "offers")}
    return list(last.values())


def _say_who(reply: Reply, skill: Skill) -> Answer:
    """Who may assess something, at the grades wanted."""
    grades, mention = wanted_grades(reply.request), _named_skill(reply.request)
    general = said(reply.request, "any")
    label = mention.label if mention else skill.rows[0]["name"]
    fitting = [row for row in skill.rows if not grades or set(grades) & set(grades_of(row))]
    right = skill.told(reply.context, fitting, grades)
    at = f"{'、'.join(NUMERALS[grade] for grade in grades)}" if grades else ""
    if right:
        groups, records = _by_organization(right), _records(reply.context, right)
        reply.say(
            f"“{label}”{at}的评价机构，附件5、附件6列出{len(groups)}家（数出）：",
            f"Annexes 5 and 6 list {len(groups)} organisations for “{label}” {at} (counted):",
            right,
        )
        for node, some in groups.items():
            zh, en = describe_organization(some)
            offers = "；".join(f"{row.get('code', '')} {_offer(row)}".strip() for row in some)
            reply.say(f"- {zh}：{offers}", f"- {en}: {offers}", _evidence(records, some))
            reply.item(some[0]["organizationName"], node)
        caution(reply, right)
        if behind := _behind(reply.request):
            reply.say(f"没有读懂“{behind}”，它也许是工种，请对照上面列的。", f"“{behind}” is not known here; it may be a work type: compare the list above.")
        return reply.build("yes" if "yesno" in general and "which" not in general and not behind else "na", "evaluator")
    if skill.rows:
        rows = skill.told(reply.context, skill.rows)
        offers = "；".join(f"{row['organizationName']}：{_offer(row)}" for row in rows)
        reply.say(
            f"附件5、附件6里没有机构列出“{label}”{at}；列出的只有{offers}。",
            f"No organisation of annexes 5 and 6 is listed for “{label}” at grade {', '.join(grades)}; there is only {offers}.",
            rows,
        )
        return reply.build("no", "evaluator")
    reply.say(
        f"附件5、附件6没有列出“{label}”的评价机构；文件没有说别处有没有。",
        f"Annexes 5 and 6 list no organisation for “{label}”; the documents do not say whether there is one elsewhere.",
        _ends(reply.context),
    )
    return reply.build("no" if "annexes" in general and "yesno" in general else "unknown", "evaluator")


def _say_lists(reply: Reply) -> Answer:
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
        groups = _by_organization(reply.context.rows("offers", kind=chinese(kind)))
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
