"""Questions about annex 4 of the Shanghai rules.

Is an association listed, in which list, as which number; who supervises it; who heads its self-regulation group; whom a body supervises; how many there are.
"""

import re
from collections.abc import Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import ID, Context, Row
from kg.ask.forms import one_clause_asks_yes_no
from kg.ask.kinds.evaluator import about_organization, answer_evaluator
from kg.ask.kinds.refusals import unknown_name
from kg.ask.names import spotter
from kg.ask.organizations import Named, asks, lacks_a_character, listed, note, said, together, unlisted
from kg.ask.reply import Reply, caution, enumerated, opening
from kg.ask.request import Request
from kg.ask.rules import Cues, matches, patterns
from kg.ask.tables import table
from kg.ask.text import normalize

_cue = Cues("association")

LISTS = {
    f"{ID}association-list/dual": ("双重管理", "业务主管单位", "the list of associations under dual management", "dual"),
    f"{ID}association-list/decoupled": ("脱钩", "原业务主管单位/行业管理部门", "the list of decoupled associations", "decoupled"),
}
_NUMBER = re.compile(r"(?:第|number |no\. ?|entry |#)(\d{1,3})(?!\d|批)")
#: Names shown of a long list in the text; the items hold all.
SHOWN = 80


def answer_association(request: Request, context: Context) -> Answer | None:
    """Annex 4: an association named or numbered; those of a supervising body or head unit; how many there are."""
    asked = asks(request, "association")
    national = _national(request)
    if not national and not asked and (request.categories or _cue("certificate").search(request.text)):
        return None  # What an association issues is another question.
    associations = _named(request, context)
    local = [] if associations else listed(request, context, "evaluator_names")
    reply = Reply(request, context)
    if associations and "headed" in asked:
        return _say_headed(reply, associations)
    if associations:
        return _say_named(reply, associations)
    if local and not _cue("national").search(f"{request.carried} {request.text}"):
        return answer_evaluator(request, context)
    number = _NUMBER.search(request.text)
    if number and not local:
        return _say_number(reply, int(number[1]))
    supervisors = [each for each in _bodies(request, context) if each.nodes]
    strangers = [*local, *unlisted(request, context, [*local, *supervisors], "association")]
    if supervisors and ({"supervisor"} & asked or not strangers) and not local:
        return _say_supervised(reply, supervisors)
    if strangers and (national or asked):
        return _say_named(reply, strangers)
    if request.unlinked and national and "yesno" in said(request, "any"):
        return unknown_name(reply, "association")
    if "4" in request.text or {"list", "count"} & asked:
        return _say_totals(reply)
    return None


def _national(request: Request) -> bool:
    """Whether a question speaks of annex 4: by its name, or of a list of associations that it does not say to be another one."""
    text = f"{request.carried} {request.text}"
    return bool(_cue("national").search(text) or _cue("any_list").search(text))


def _named(request: Request, context: Context) -> list[Named]:
    """The associations of annex 4 that the question names, or took over from the turn before."""
    found = listed(request, context, "association_names")
    bodies = _bodies(request, context)
    found += [each for each in unlisted(request, context, [*found, *bodies], "association") if each.nodes]
    if found or "mentions" not in request.inherited:
        return found
    return [Named(each.text, each.label, each.nodes, each.exact, -1) for each in request.mentions if each.of("IndustryAssociation")]


def _bodies(request: Request, context: Context) -> list[Named]:
    """The supervising bodies that the question names, by a name of annex 4 or an everyday one (工信部); without nodes where annex 4 names none so."""
    found = listed(request, context, "association_supervisors")
    taken = [(each.start, each.start + len(each.text)) for each in found]
    for mention in request.named("Organization", "AdministrativeBody"):
        free = all(mention.end <= start or mention.start >= end for start, end in taken)
        if (
            free
            and mention.exact
            and not _cue("begins_name").match(request.text[mention.end :])
            and "mentions" not in request.inherited
            and not mention.of("IndustryAssociation", "EvaluationOrganization")
        ):
            official = [each.says for each in matches(mention.text, patterns("departments", "department"))]
            known = spotter(context, "association_supervisors").nodes
            nodes = next((known[name] for name in map(normalize, official) if name in known), ())
            found.append(Named(mention.text, mention.label, nodes, bool(nodes), mention.start))
    return found


def _said_lists(text: str) -> set[str]:
    """The lists of annex 4 that a text names."""
    return {key for key, (short, _, _, english) in LISTS.items() if short in text or english in text}


def entries(context: Context, name: Named) -> list[dict[str, str]]:
    """The rows of annex 4 for a name; a name printed twice has two."""
    return [row for node in name.nodes for row in context.rows("association", association=node)]


def describe(context: Context, row: Row) -> tuple[str, str]:
    """An entry of annex 4 in Chinese and English: list, number, supervising body, head unit."""
    short, heading, english, _ = LISTS[row["list"]]
    head = context.rows("name_of", node=row["head"])[0]["name"] if row.get("head") else ""
    zh = f"附件4《{short}全国性行业协会商会参考名单》（{short}）第{row['number']}号，{heading}：{row['supervisorName']}" + (
        f"，自律服务小组牵头单位：{head}" if head else ""
    )
    en = f"annex 4, {english} ({short}), number {row['number']}; supervising body: {row['supervisorName']}" + (
        f"; head unit of its self-regulation group: {head}" if head else ""
    )
    return zh, en


def _say_named(reply: Reply, names: Sequence[Named]) -> Answer:
    """Each association: where it stands, or that it does not; the verdict where the question wants one."""
    verdicts: list[Verdict] = []
    bodies = _bodies(reply.request, reply.context)
    others = [each for each in unlisted(reply.request, reply.context, [*names, *bodies], "association") if each.text not in {name.text for name in names}]
    for name in (*names, *others):
        note(reply, name)
        rows = entries(reply.context, name)
        verdicts.append(_say_entry(reply, name, rows) if rows else _say_absent(reply, name))
    for name in names[:1]:
        reply.suggest(f"{name.label}的自律服务小组牵头单位是谁？", f"Which association heads the self-regulation group of {name.label}?")
        reply.suggest("附件4一共有多少家协会？", "How many associations does annex 4 list?")
    return reply.build(together(verdicts, reply.request), "association")


def _say_entry(reply: Reply, name: Named, rows: Sequence[Row]) -> Verdict:
    """An association that annex 4 lists."""
    verdict = _verdict(reply.request, reply.context, rows)
    lead = opening(verdict, "是", "不是")
    printed = rows[0]["name"]
    if not name.exact and name.text != printed:
        reply.say(
            f"名单里印的是“{printed}”，不是“{name.text}”，按它回答。",
            f"The list prints “{printed}”, not “{name.text}”; the answer is about the former.",
            rows[:1],
        )
    texts = [describe(reply.context, row) for row in rows]
    times = f"在附件4印了{len(rows)}次：" if len(rows) > 1 else "："
    reply.say(
        f"{lead[0]}“{printed}”{times}{'；'.join(zh for zh, _ in texts)}。",
        f"{lead[1]}“{printed}” stands in {'; and in '.join(en for _, en in texts)}.",
        rows,
    )
    if len(rows) > 1:
        reply.say("同一名称在两份名单各有一条，两条都照原文列出。", "The name is printed in both lists; both entries are given as printed.", rows)
    for row in rows:
        reply.item(f"{row['name']}（{LISTS[row['list']][0]}，第{row['number']}号）", row["association"])
    caution(reply, rows)
    return verdict


def _verdict(request: Request, context: Context, rows: Sequence[Row]) -> Verdict:
    """What a question about a listed association wants: yes or no to being listed, to a list, to a supervising body; else a value."""
    asked, general = asks(request, "association"), said(request, "any")
    if "yesno" not in general and not one_clause_asks_yes_no(request):
        return "na"
    text = request.text if _NUMBER.search(request.text) or _cue("names_list").search(request.text) else request.carried or request.text
    lists = _said_lists(text)
    if len(lists) == 1:
        return "yes" if any(row["list"] in lists for row in rows) else "no"
    if "annexes" in general and "number" not in asked and "times" not in asked:
        return "yes"
    bodies = _bodies(request, context)
    if len(bodies) == 1 and "supervisor" in asked:
        return "yes" if any(row["supervisor"] in bodies[0].nodes for row in rows) else "no"
    return (
        "na"
        if ({"supervisor", "head", "number", "times"} & asked and not one_clause_asks_yes_no(request)) or "alternatives" in general or not _national(request)
        else "yes"
    )


def _say_absent(reply: Reply, name: Named) -> Verdict:
    """A name that annex 4 does not list: both its lists are complete, so the answer is no, unless only a character lacks to one that it lists."""
    if near := [node for label, node in name.nearest if lacks_a_character(name.text, label)]:
        return _ask_which(reply, name, [row for node in near for row in reply.context.rows("association", association=node)])
    totals, last = _totals(reply.context)
    counts = "、".join(f"{LISTS[row['list']][0]}{row['entries']}家" for row in totals)
    english = ", ".join(f"{row['entries']} {LISTS[row['list']][0]}" for row in totals)
    whole = sum(int(row["entries"]) for row in totals)
    reply.say(
        f"**不在**：附件4的全国性行业协会商会名单（{counts}，共{whole}家，按序号数出）里没有“{name.label}”。",
        f"**No**: annex 4 ({english}; {whole} entries, counted) does not list “{name.label}”.",
        last,
    )
    about_organization(reply, name)
    national = _national(reply.request)
    for label, node in name.nearest:
        rows = reply.context.rows("association", association=node)
        if rows:
            reply.say(
                f"名称相近、但不是同一个的有：{label}（第{rows[0]['number']}号）。",
                f"A similar name, but another body: {label} (number {rows[0]['number']}).",
                rows,
            )
    return "no" if national else "unknown"


def _ask_which(reply: Reply, name: Named, rows: Sequence[Row]) -> Verdict:
    """A name that is one of the list but for a character: a slip of the pen or another body, which only the person knows."""
    names = "、".join(f"“{row['name']}”（第{row['number']}号）" for row in rows)
    english = ", ".join(f"“{row['name']}” (number {row['number']})" for row in rows)
    reply.say(
        f"附件4没有印“{name.label}”，只差个别字的有{names}。您指的是它吗？如果是，请用全名再问；如果是另一家，则它不在名单里。",
        f"Annex 4 does not print “{name.label}”; but for a character it is {english}. "
        f"Is that the one you mean? If so, ask by its full name; if not, it is not listed.",
        rows,
    )
    for row in rows:
        reply.suggest(f"{row['name']}在附件4里吗？", f"Is {row['name']} in annex 4?")
    return "clarify"


def _totals(context: Context) -> tuple[Sequence[Row], list[Row]]:
    """How many entries each list has, and the entries with the last numbers."""
    totals = table(context, "association_totals")
    return totals, [row for each in totals for row in context.rows("association_number", number=int(each["last"])) if row["list"] == each["list"]]


def _say_totals(reply: Reply) -> Answer:
    """How many associations annex 4 lists."""
    totals, last = _totals(reply.context)
    lists = _said_lists(reply.request.text)
    wanted = [row for row in totals if row["list"] in lists] or totals
    parts = "，".join(f"{LISTS[row['list']][0]}名单{row['entries']}家（按序号数出，第{row['first']}至{row['last']}号）" for row in wanted)
    english = ", ".join(
        f"{LISTS[row['list']][2]} ({LISTS[row['list']][0]}) has {row['entries']} (counted by number, {row['first']} to {row['last']})" for row in wanted
    )
    whole = sum(int(row["entries"]) for row in totals)
    total_zh = f"；合计 {' + '.join(row['entries'] for row in totals)} = {whole}家（计算得出）" if len(wanted) > 1 else ""
    total_en = f"; {' + '.join(row['entries'] for row in totals)} = {whole} together (computed)" if len(wanted) > 1 else ""
    reply.say(f"附件4的{parts}{total_zh}。", f"Annex 4: {english}{total_en}.", [row for row in last if row["list"] in {each["list"] for each in wanted}])
    reply.suggest("财政部主管的协会有哪些？", "Which associations does 财政部 supervise?")
    return reply.build("na", "association")


def _say_number(reply: Reply, number: int) -> Answer | None:
    """The association with a number."""
    rows = [row for row in reply.context.rows("association_number", number=number) if row["list"] in LISTS]
    if not rows:
        reply.say("附件4没有这个序号。", "Annex 4 has no such number.", _totals(reply.context)[1])
        return reply.build("unknown", "association")
    for row in rows:
        zh, en = describe(reply.context, row)
        reply.say(f"第{number}号是“{row['name']}”：{zh}。", f"Number {number} is “{row['name']}”: {en}.", [row])
        reply.item(row["name"], row["association"])
    caution(reply, rows)
    return reply.build("na", "association")


def _say_supervised(reply: Reply, bodies: Sequence[Named]) -> Answer:
    """The associations of a supervising body."""
    lists = _said_lists(f"{reply.request.carried} {reply.request.text}")
    for body in bodies:
        rows = [row for node in body.nodes for row in reply.context.rows("association_supervised", supervisor=node) if not lists or row["list"] in lists]
        shown = enumerated([row["name"] for row in rows], SHOWN)
        parts = "，".join(
            f"{short}{sum(row['list'] == key for row in rows)}家" for key, (short, *_) in LISTS.items() if any(row["list"] == key for row in rows)
        )
        reply.say(
            f"附件4里主管单位（或原业务主管单位）是{body.label}的有{len(rows)}家（{parts}，数出）：{shown}。",
            f"Annex 4 names {body.label} as the supervising body of {len(rows)} (counted): {shown}.",
            rows,
        )
        reply.list_rows(rows, "name", "association")
        caution(reply, rows)
    return reply.build("na", "association")


def _say_headed(reply: Reply, names: Sequence[Named]) -> Answer:
    """The associations of the self-regulation group that an association heads."""
    for name in names:
        rows = [row for node in name.nodes for row in reply.context.rows("association_headed", head=node)]
        shown = enumerated([row["name"] for row in rows], SHOWN)
        if rows:
            reply.say(
                f"自律服务小组由{name.label}牵头的有{len(rows)}家（含它自己，数出）：{shown}。",
                f"{name.label} heads the self-regulation group of {len(rows)} associations, itself among them (counted): {shown}.",
                rows,
            )
        else:
            reply.say(
                f"附件4没有印{name.label}牵头的自律服务小组。", f"Annex 4 prints no self-regulation group headed by {name.label}.", entries(reply.context, name)
            )
        reply.list_rows(rows, "name", "association")
        caution(reply, rows)
    return reply.build("na", "association")
