"""Questions about annexes 1 to 3 of the Shanghai rules: awards and honours, bodies whose contests count, designated contests.

An organiser may be an association of annex 4 instead; then that is said.
"""

import re
from collections.abc import Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, chinese
from kg.ask.kinds.association import describe as describe_association
from kg.ask.kinds.association import entries
from kg.ask.kinds.evaluator import about_organization
from kg.ask.organizations import ENOUGH, SURE, Named, asks, listed, note, said, same_name, together, unlisted
from kg.ask.reply import Reply, opening
from kg.ask.request import Request
from kg.ask.rules import Cues, patterns
from kg.ask.tables import Row, read_table, table, told
from kg.ask.text import normalize

_cue = Cues("competition")

KINDS = {"kind_title": "高技能人才称号", "kind_teaching": "教学技能比赛、教学成果奖", "kind_science": "本专业相关科技或发明奖项"}
SCOPES = {"scope_national": "国家级", "scope_city": "省部级（直辖市）"}
_STATE = "中华人民共和国"
_PLACE = re.compile("(?:上海市?|市)?")
#: The place that an award is named by; a province's or city's award is another one than the country's.
_AWARD_PLACE = re.compile("(全国|中国|国家|上海|长三角|北京|天津|重庆|江苏|浙江|[一-龥]{2}(?=省))(?:市|省|级)?")
_PLACE_BEFORE = re.compile(_AWARD_PLACE.pattern + "$")
_NATIONAL = frozenset({"全国", "中国", "国家"})


def answer_competition(request: Request, context: Context) -> Answer | None:
    """Annexes 1 to 3: what is named stands there or not; else the lists themselves."""
    asked, general = asks(request, "competition"), said(request, "any")
    reply = Reply(request, context)
    awards = [] if any(kind in request.text for kind in KINDS.values()) and "yesno" not in general else listed(request, context, "award_names")
    contests = listed(request, context, "competition_names")
    if _cue("applying").search(request.text) and not asked & {"annex1", "annex2", "annex3"}:
        # What an honour lets one apply for is no matter of these annexes.
        return _say_no_title(reply, awards) if awards else None
    if awards and not ({"annex2", "annex3", "annex4"} & asked):
        return _say_other_award(reply, awards) if all(_is_other(request.text, award) for award in awards) else _say_awards(reply, awards)
    if contests and not ({"annex1", "annex2"} & asked - {"annex1"} or "附件1" in request.text):
        return _say_contests(reply, contests)
    organisers = _organisers(request, context)
    if organisers and ({"annex2", "annex4", "organiser"} & asked or not {"annex1", "annex3"} & asked):
        return _say_organisers(reply, organisers)
    listing = ("which" in general or "count" in general) and "yesno" not in general
    stranger = "" if listing else _stranger(request)
    alike = [row for row in read_table(context, "competitions") if stranger and same_name(stranger, row["name"])]
    if alike:
        return _say_contests(reply, [Named(stranger, row["name"], (row["competition"],), False, 0) for row in alike])
    parts = _award_parts(context, stranger) if "annex1" in asked and not {"annex2", "annex3"} & asked else []
    unplaced = [row for row in read_table(context, "awards") if stranger and stranger == _core(row["name"])[1]] if "annex1" in asked and not parts else []
    if unplaced:
        return _say_other_award(reply, [Named(stranger, row["name"], (row["award"],), False, 0) for row in unplaced])
    if parts:
        return _say_other_award(reply, parts) if all(_is_other(request.text, part) for part in parts) else _say_awards(reply, parts)
    if stranger:
        return _say_stranger(reply, stranger, asked, [*awards, *contests])
    if {"annex1", "annex2", "annex3"} & asked or listing:
        return _say_lists(reply, asked)
    return None


def _core(label: str) -> tuple[str, str]:
    """The place that an award is named by, and its name without that (上海, 首席技师)."""
    place = _AWARD_PLACE.match(label)
    return (place[1], label[place.end() :]) if place else ("", label)


def _said(text: str, award: Named) -> tuple[str, str]:
    """The place that a question says right before the name of an award, and the whole name as it is said."""
    core = normalize(_core(award.label)[1])
    at = text.find(core)
    place = _PLACE_BEFORE.search(text[:at]) if at >= 0 else _AWARD_PLACE.match(award.text)
    return (place[1] if place else "", text[place.start() : at + len(core)] if place and at >= 0 else award.text)


def _begins_longer(text: str, award: Named) -> bool:
    """Whether a question says only the beginning of an award's name: 全国职业院校技能大赛 is not its 教学能力大赛."""
    said, label = normalize(award.text), normalize(award.label)
    core = normalize(_core(award.label)[1])
    return label not in text and core not in text and (label.startswith(said) or core.startswith(said)) and said not in (label, core)


def _is_other(text: str, award: Named) -> bool:
    """Whether a question names another award than the one that its words are nearest to: of another place (全国首席技师), or a whole of which it is a part."""
    said, printed = _said(text, award)[0], _core(award.label)[0]
    return _begins_longer(text, award) or bool(said and said != printed and not (not printed and said in _NATIONAL))


def _say_other_award(reply: Reply, awards: Sequence[Named]) -> Answer:
    """Awards of which annex 1 prints only one of another place, or only a part: no where the places cannot be one, else neither yes nor no."""
    general = said(reply.request, "any")
    verdicts: list[Verdict] = []
    for award in awards:
        (place, name), printed = _said(reply.request.text, award), _core(award.label)[0]
        found = told(reply.context, "awards", [row for row in read_table(reply.context, "awards") if row["award"] in award.nodes], "award")
        note(reply, award)
        other = bool(place) and not _begins_longer(reply.request.text, award) and not {place, printed} <= _NATIONAL and "yesno" in general
        verdicts.append("no" if other else "na")
        lead, lead_en = opening(verdicts[-1], "在", "不在")
        reply.say(
            f"{lead}附件1没有印“{name}”，印的是“{award.label}”，名称不同，不能当作同一个。",
            f"{lead_en}annex 1 does not print “{name}” but “{award.label}”, which is another name.",
            table(reply.context, "awards") if other else found,
        )
        texts = [_describe_award(row) for row in found]
        reply.say(f"{'；'.join(zh for zh, _ in texts)}。", f"{'; '.join(en for _, en in texts)}.", found)
    return reply.build(together(verdicts, reply.request), "competition")


def _say_no_title(reply: Reply, awards: Sequence[Named]) -> Answer:
    """An honour of annex 1 that no document joins to a title."""
    _say_awards(reply, awards)
    names = "、".join(award.label for award in awards)
    reply.say(
        f"**无法判断**：四份文件都没有印“{names}”可以直接申报什么职称；附件1只说它列为哪一类称号。",
        f"**Unknown**: no document prints which title “{names}” lets one apply for; annex 1 only says what kind of honour it is.",
    )
    return reply.build("unknown", "competition")


def _bare(name: str) -> str:
    """The name of a body without 中华人民共和国 and joining 和: 人力资源社会保障部 is 中华人民共和国人力资源和社会保障部."""
    return name.removeprefix(_STATE).replace("和", "")


def _abbreviates(short: str, name: str) -> bool:
    """Whether a short name is one of a body: 工信部 of 工业和信息化部, 上海市经信委 of 上海市经济和信息化委员会.

    It is where place, first and last character are the same and the others stand in the name in their order.
    """
    place, bare = _PLACE.match(short), _PLACE.match(name.removeprefix(_STATE))
    if not place or not bare:
        return False
    given, full = short[place.end() :], name.removeprefix(_STATE)[bare.end() :].replace("委员会", "委")
    if bool(place[0]) != bool(bare[0]) or not 3 - bool(place[0]) <= len(given) < len(full) or given[0] != full[0] or given[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(character in rest for character in given)


def _organisers(request: Request, context: Context) -> list[Named]:
    """The bodies and associations that the question names; names of annex 2 first."""
    bodies = listed(request, context, "body_names")
    associations = listed(request, context, "association_names")
    local = [each for each in listed(request, context, "evaluator_names") if all(each.start != other.start for other in associations)]
    others = [Named(each.text, each.label, each.nodes, each.exact, each.start) for each in request.named("Organization", "CertificateIssuer") if each.exact]
    others = [each for each in others if "mentions" not in request.inherited and all(each.start != other.start for other in (*bodies, *associations, *local))]
    found = sorted([*bodies, *associations, *local, *others], key=lambda each: each.start)
    found = [
        each
        for each in found
        if not any(
            other is not each and other.start <= each.start and len(other.text) > len(each.text) and each.start < other.start + len(other.text)
            for other in found
        )
    ]
    return [*found, *(each for each in unlisted(request, context, found, "body"))]


def _body_rows(context: Context, name: Named) -> list[Row]:
    """The rows of annex 2 for a body, under any of its names."""
    names = {_bare(name.label), _bare(name.text)} | {_bare(row["name"]) for node in name.nodes for row in context.rows("name_of", node=node)}
    every = read_table(context, "bodies")
    rows = [row for row in every if row["body"] in name.nodes or _bare(row["name"]) in names or _abbreviates(name.text, row["name"])]
    return told(context, "bodies", rows, "body")


def _say_organisers(reply: Reply, names: Sequence[Named]) -> Answer:
    """Whether the organisers of a contest stand in annex 2 (or annex 4)."""
    asked = asks(reply.request, "competition")
    verdicts: list[Verdict] = []
    for name in names:
        bodies, associations = _body_rows(reply.context, name), entries(reply.context, name)
        in_two, in_four = bool(bodies), bool(associations)
        right = (in_two and ("annex2" in asked or "annex4" not in asked)) or (in_four and ("annex4" in asked or "annex2" not in asked))
        verdicts.append("yes" if right else "no")
        note(reply, name)
        if bodies:
            row = bodies[0]
            reply.say(
                f"{'**是**：' if right else ''}附件2（比赛主办单位为行政机构名单）第{row['number']}号就是“{row['name']}”。",
                f"{'**Yes**: ' if right else ''}annex 2 (administrative bodies that organise contests) lists “{row['name']}” as number {row['number']}.",
                bodies,
            )
            reply.item(row["name"], row["body"])
        else:
            whole = table(reply.context, "bodies")
            lead = ("", "") if right else ("**不是**：", "**No**: ")
            reply.say(
                f"{lead[0]}附件2只列了{len(whole)}家行政机构（{'、'.join(row['name'] for row in whole)}），没有“{name.label}”。",
                f"{lead[1]}annex 2 lists {len(whole)} administrative bodies ({', '.join(row['name'] for row in whole)}); “{name.label}” is not among them.",
                whole,
            )
        if associations:
            zh, en = zip(*(describe_association(reply.context, row) for row in associations), strict=True)
            reply.say(
                f"{'**是**：' if right and not bodies else ''}“{name.label}”列在附件4的全国性行业协会商会名单里：{'；'.join(zh)}。",
                f"{'**Yes**: ' if right and not bodies else ''}“{name.label}” is a national association of annex 4: {'; '.join(en)}.",
                associations,
            )
            reply.item(name.label, name.nodes[0])
        elif not bodies:
            about_organization(reply, name)
    general = said(reply.request, "any")
    verdict: Verdict = "na" if "number" in general and "yesno" not in general else together(verdicts, reply.request)
    return reply.build(verdict, "competition")


def _describe_award(row: Row) -> tuple[str, str]:
    """An award of annex 1: its kind and scope."""
    scope = f"，{row['scope']}" if row.get("scope") else ""
    return f"“{row['name']}”列在附件1的“{row['kind']}”{scope}", f"“{row['name']}” stands in annex 1 under “{row['kind']}”" + (
        f", {row['scope']}" if scope else ""
    )


def _say_awards(reply: Reply, names: Sequence[Named]) -> Answer:
    """Awards that the question names: whether annex 1 lists them, under what kind and scope."""
    general = said(reply.request, "any")
    verdicts: list[Verdict] = []
    rest = reply.request.text
    for name in names:
        rest = rest.replace(name.text, " ")
    for name in names:
        found = told(reply.context, "awards", [row for row in read_table(reply.context, "awards") if row["award"] in name.nodes], "award")
        note(reply, name)
        kinds = {KINDS[each] for each in KINDS if KINDS[each] in rest}
        scopes = {SCOPES[each] for each in SCOPES if SCOPES[each][:3] in rest}
        wrong = (kinds and not any(row["kind"] in kinds for row in found)) or (len(scopes) == 1 and not any(row.get("scope") in scopes for row in found))
        verdict: Verdict = "na" if "yesno" not in general or "alternatives" in general else "no" if wrong or not found else "yes"
        verdicts.append(verdict)
        lead = opening(verdict, "在", "不是")
        texts = [_describe_award(row) for row in found]
        reply.say(f"{lead[0]}{'；'.join(zh for zh, _ in texts)}。", f"{lead[1]}{'; '.join(en for _, en in texts)}.", found)
        if not all(row["status"].endswith("exact") for row in found):
            reply.say(
                "“国家级”一栏的表头在文本里没有印出，级别按各栏的内容推断。",
                "The heading of the national column is not printed; the level is inferred from its contents.",
                found,
            )
        reply.list_rows(found, "name", "award")
    reply.suggest("附件1的高技能人才称号有哪些？", "Which honours for skilled workers does annex 1 list?")
    return reply.build(together(verdicts, reply.request), "competition")


def _say_contests(reply: Reply, names: Sequence[Named]) -> Answer:
    """Contests that annex 3 names."""
    general = said(reply.request, "any")
    every = read_table(reply.context, "competitions")
    rows = told(reply.context, "competitions", [row for name in names for row in every if row["competition"] in name.nodes], "competition")
    yes = "yesno" in general and "alternatives" not in general and not ("which" in general and "annexes" not in general)
    for row in rows:
        reply.say(
            f"{'**在**：' if yes else ''}附件3第{row['number']}号，制定类型“{row['kind']}”，举例“{row['name']}”。",
            f"{'**Yes**: ' if yes else ''}annex 3, number {row['number']}: type “{row['kind']}”, example “{row['name']}”.",
            [row],
        )
        reply.item(row["name"], row["competition"])
    return reply.build("yes" if yes else "na", "competition")


def _stranger(request: Request) -> str:
    """The name of an award, contest or body that no list has: what is left of the question beside the words of its kind."""
    text = request.text
    for rule in patterns("contest_words", "says"):
        text = rule.regex.sub(" ", text) if rule.says == "any" else text
    edge = next(rule.regex.pattern for rule in patterns("contest_words", "says") if rule.says == "edge")
    runs = (re.sub(rf"^(?:{edge})+|(?:{edge})+$", "", run) for run in re.findall(r"[\u4e00-\u9fffa-z0-9\"+·]+", text))
    return max((run.strip('"') for run in runs if len(run) >= 2), key=len, default="")


def _award_parts(context: Context, text: str) -> list[Named]:
    """The awards of annex 1 that a short name stands for (首席技师: 上海市首席技师), unless it is the name of another award."""
    link = context.linker.link(text, type="award", top=4) if len(text) >= 3 else None
    mine = {row["award"] for row in read_table(context, "awards")}
    sure = [each for each in (link.candidates if link else ()) if each.features.get("match") in SURE and each.score >= ENOUGH]
    return [Named(text, each.label, (each.iri,), False, 0) for each in sure if each.iri in mine] if sure and sure[0].iri in mine else []


def _say_stranger(reply: Reply, name: str, asked: frozenset[str], near: Sequence[Named]) -> Answer:
    """A name that the annexes asked about do not print."""
    annexes = sorted(
        each[-1] for each in asked if re.fullmatch(r"annex[123]", each) and re.search(rf"(?:附件|annex) ?{each[-1]}", reply.request.text)
    ) or sorted(each[-1] for each in asked if re.fullmatch(r"annex[123]", each))
    tables = {"1": "awards", "2": "bodies", "3": "competitions"}
    annexes = annexes or ["1", "2", "3"]
    types = [row for row in read_table(reply.context, "competitions") if row["kind"] in name] if annexes == ["3"] else []
    if types:
        types = told(reply.context, "competitions", types, "competition")
        reply.say(
            f"**无法判断**：附件3按类型列比赛，“{types[0]['kind']}”类型举的例子是“{types[0]['name']}”，没有印“{name}”。",
            f"**Unknown**: annex 3 lists contests by type; for “{types[0]['kind']}” it gives “{types[0]['name']}” as the example, not “{name}”.",
            types,
        )
        return reply.build("unknown", "competition")
    rows = [row for annex in annexes for row in table(reply.context, tables[annex])]
    which = "、".join(f"附件{annex}" for annex in annexes)
    explicit = "annexes" in said(reply.request, "any")
    lead = ("不在", "No") if explicit else ("无法判断", "Unknown")
    reply.say(
        f"**{lead[0]}**：{which}列了{len(rows)}项（数出），没有“{name}”。",
        f"**{lead[1]}**: annex {', '.join(annexes)} lists {len(rows)} entries (counted); “{name}” is not among them.",
        rows,
    )
    if annexes in (["2"], ["3"]):
        reply.say(f"那里列的是：{'、'.join(row['name'] for row in rows)}。", f"It lists: {', '.join(row['name'] for row in rows)}.", rows)
    link = reply.context.linker.link(name, type="award", top=3) if annexes == ["1"] else None
    for each in link.candidates if link else ():
        found = [row for row in rows if row.get("award") == each.iri]
        if found and (each.score >= 0.3 or each.features.get("match") in SURE):
            reply.say(
                f"名称相近、但不是同一个的有：{_describe_award(found[0])[0]}。", f"A similar name, but another award: {_describe_award(found[0])[1]}.", found
            )
    return reply.build("no" if explicit else "unknown", "competition")


def _say_lists(reply: Reply, asked: frozenset[str]) -> Answer:
    """The lists of annexes 1 to 3, as far as asked."""
    if "annex3" in asked or (not {"annex1", "annex2"} & asked and "contest" in asked):
        rows = table(reply.context, "competitions")
        names = "；".join(f"{row['number']}. {row['kind']}（举例：{row['name']}）" for row in rows)
        reply.say(f"附件3列了{len(rows)}类制定比赛：{names}。", f"Annex 3 lists {len(rows)} types of designated contests: {names}.", rows)
        reply.list_rows(rows, "name", "competition")
    if "annex2" in asked:
        rows = table(reply.context, "bodies")
        reply.say(
            f"附件2列了{len(rows)}家行政机构：{'、'.join(row['number'] + '. ' + row['name'] for row in rows)}。",
            f"Annex 2 lists {len(rows)} administrative bodies: {', '.join(row['number'] + '. ' + row['name'] for row in rows)}.",
            rows,
        )
        reply.list_rows(rows, "name", "body")
    if "annex1" in asked and not {"annex2", "annex3"} & asked:
        _say_award_lists(reply, asked)
    return reply.build("na", "competition")


def _say_award_lists(reply: Reply, asked: frozenset[str]) -> None:
    """The awards of annex 1, by kind and scope."""
    kinds = {KINDS[each] for each in KINDS if each in asked}
    if KINDS["kind_science"] in kinds and len(kinds) > 1 and not _cue("science").search(reply.request.text):
        kinds.discard(KINDS["kind_science"])
    scopes = {SCOPES[each] for each in SCOPES if each in asked}
    every = read_table(reply.context, "awards")
    found = [row for row in every if (not kinds or row["kind"] in kinds) and (not scopes or row.get("scope") in scopes)]
    bound = {"kind": [chinese(kind) for kind in sorted(kinds)]} if kinds else {}
    rows = told(reply.context, "awards", found, *(("award",) if scopes else ()), **bound)
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault((row["kind"], row.get("scope", "")), []).append(row)
    for (kind, scope), some in groups.items():
        names = "、".join(row["name"] for row in some)
        reply.say(f"附件1“{kind}”{scope}列了{len(some)}项：{names}。", f"Annex 1, “{kind}” {scope}, lists {len(some)}: {names}.", some)
        reply.list_rows(some, "name", "award")
