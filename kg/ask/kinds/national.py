"""Questions about the national qualification list (annex 8): listed or not, class, departments, legal basis, remarks, sub-items, counts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, Row, Value, chinese
from kg.ask.forms import asks_yes_no, has_form, one_clause_asks_yes_no, said
from kg.ask.reply import Reply, caution
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues, patterns
from kg.ask.tables import read_table, table, told
from kg.ask.text import normalize

_cue = Cues("national")

LIST = "附件8《国家职业资格目录（2021年版）》"
LIST_EN = "annex 8, the national qualification list (2021)"
#: The end of a printed name that a short one leaves out (翻译: 翻译专业资格).
_STEM = re.compile("(?:专业技术人员|专业人员|专业技术|专业)?(?:职业资格|资格)?(?:（.*）)?$")
_CLASSES = {"准入类": _cue("access_type"), "水平评价类": _cue("level_assessment")}
_CLASSES_EN = {"准入类": "准入类 (required for practice)", "水平评价类": "水平评价类 (assessment of level)"}
_PARTS = {"专业技术人员职业资格": _cue("professionals"), "技能人员职业资格": _cue("skilled_workers")}
_ORGANISATIONS = ("Organization", "AdministrativeBody", "IndustryAssociation", "EvaluationOrganization", "CertificateIssuer")


@dataclass(frozen=True)
class Listed:
    """A qualification that the question names, with its listings: its own, those of its sub-items, or the one that covers it (`covered`)."""

    mention: Mention
    rows: tuple[Row, ...]
    parent: bool = False
    covered: bool = False


def answer_national_qualification(request: Request, context: Context) -> Answer | None:
    """Annex 8; None where the question names a 专业类, or nothing that the list could settle."""
    asked = aspects(request)
    withdrawn = bool(_cue("withdrawn").search(request.text))
    about_list = bool(_cue("listed").search(said(request))) or (withdrawn and (bool(request.named("PracticeQualification")) or "资格" in request.text))
    if request.categories or not (asked or about_list):
        return None
    reply = Reply(request, context)
    departments = departments_named(request, context)
    names = _qualifications(request, departments)
    found = [_listed(context, mention) for mention in names]
    if any(each.rows for each in found):
        found = [each for each in found if each.rows or each.mention.nodes]
    reply.understood((*names, *(() if found else request.unlinked)))
    if not any(each.rows for each in found) and not about_list and not (asked & {"class"}) and not departments:
        return None
    if not found:
        return _about_list(reply, departments)
    verdicts = [_say(reply, each, asked, departments) for each in found]
    if len(found) == 1 and found[0].rows:
        name = found[0].mention.label
        reply.suggest(f"{name}在附件11里对应什么职称？", f"Which title does {name} correspond to?")
        reply.suggest(f"{name}的设定依据是什么？", f"What is the legal basis of {name}?")
    verdict = verdicts[0] if len(set(verdicts)) == 1 else "no" if "都" in request.text and "no" in verdicts else "na"
    if withdrawn:
        reply.say("目录是2021年版的；四份文件没有记载其后取消或移出了哪些。", "The list is that of 2021; no document tells what was struck off later.")
        verdict = "na"  # Asked whether it was struck off, a “no” would say the contrary; the sentences tell whether the list prints it.
    return reply.build(verdict, "national_qualification")


def aspects(request: Request) -> set[str]:
    """What is asked of the list: class, department, basis, remarks, number, items, parent; of the turn before where this one says nothing of it."""
    turns = (request.text, *reversed(request.earlier)) if "kind" in request.inherited else (request.text,)
    rules = patterns("qualification_aspects", "aspect")
    return next((found for turn in turns if (found := {rule.says for rule in rules if rule.regex.search(turn)})), set())


def departments_named(request: Request, context: Context) -> tuple[str, ...]:
    """The departments of the list that the question names."""
    printed = {name for row in read_table(context, "national_qualification") for name in row.get("departments", "").split("|") if name}
    exact = [name for name in sorted(printed, key=len, reverse=True) if normalize(name) in request.text]
    exact = [name for name in exact if not any(name != other and name in other for other in exact)]
    everyday = [rule.says for rule in patterns("departments", "department") if rule.regex.search(request.text)]
    return tuple(dict.fromkeys((*exact, *(name for name in everyday if not exact))))


def _qualifications(request: Request, departments: Sequence[str]) -> list[Mention]:
    """The mentions that can be qualifications, and the names that nothing was near to."""
    names = [mention for mention in request.mentions if not _is_organisation(mention) and not mention.of("TitleSeries", "MajorCategory", "MajorGroup")]
    taken = {
        *departments,
        *(
            mention.text
            for mention in (*request.mentions, *request.unlinked)
            if any(rule.regex.fullmatch(mention.text) for rule in patterns("departments", "department"))
        ),
    }
    named = [*names, *(mention for mention in request.unlinked if not any(name in mention.text or mention.text in name for name in taken))]
    return [mention for mention in named if not _cue("part_word").fullmatch(mention.text)]


def _is_organisation(mention: Mention) -> bool:
    return mention.of(*_ORGANISATIONS) and not mention.of("Credential", "Occupation", "WorkType")


def _listed(context: Context, mention: Mention) -> Listed:
    """The listings of a qualification: found in memory, then selected by what the listings are of."""
    every = read_table(context, "national_qualification")
    own = [row for node in mention.nodes for row in every if row["credential"] == node]
    if own:
        return Listed(mention, tuple(told(context, "national_qualification", own, "credential")))
    below = [row for node in mention.nodes for row in read_table(context, "national_qualification_items") if row["parent"] == node]
    below = [row for row in below if any(normalize(name) in normalize(row["place"]) for name in (mention.label, mention.text))]
    if below:
        return Listed(mention, tuple(told(context, "national_qualification_items", below, "parent")), parent=True)
    names = [normalize(name) for name in (mention.text, mention.label)]
    rules = patterns("qualification_names", "listed", "alias")
    rule = next((rule for rule in rules if any(rule.regex.fullmatch(name) for name in names)), None)
    if rule is None and not mention.nodes:
        rule = next((rule for rule in rules if (match := rule.regex.search(names[0])) and len(match[0]) >= 3), None)
        mention = replace(mention, text=rule.regex.search(names[0])[0]) if rule else mention  # type: ignore[index]
    if rule:
        covering = [row for row in every if printed_name(row) == rule.says]
    else:
        above = {row["broader"] for row in read_table(context, "national_qualification_broader") if row["credential"] in mention.nodes}
        covering = [row for row in every if row["credential"] in above]
    return Listed(mention, tuple(told(context, "national_qualification", covering, "credential")), covered=True)


def parent_name(row: Row) -> str:
    """The common name over a sub-item, else nothing; it stands in the place of the listing."""
    return "，".join(row["place"].split("，")[3:])


def printed_name(row: Row) -> str:
    """The name of a listing as the list prints it."""
    cells = [cell for cell in row["text"].split(" | ") if cell and not cell.isdigit()]
    return cells[1] if parent_name(row) == cells[0] and len(cells) > 1 else cells[0]


def departments(row: Row) -> list[str]:
    """The departments of a listing, in the order printed."""
    names = [name for name in row.get("departments", "").split("|") if name]
    return sorted(names, key=lambda name: (row["text"].find(name) if name in row["text"] else 0, name))


def _say(reply: Reply, found: Listed, asked: set[str], named: Sequence[str]) -> Verdict:
    """One qualification: the verdict first, then what was asked of it, then the rest."""
    request = reply.request
    if not found.rows:
        return _not_listed(reply, found.mention, asked)
    verdict = _verdict(request, found, asked, named)
    head, head_en = _head(request, found, asked, named, verdict)
    if head:
        reply.say(head, head_en, found.rows)
    if found.covered:
        names = "、".join(dict.fromkeys(printed_name(row) for row in found.rows))
        reply.say(
            f"目录印的名称是“{names}”，没有单列“{found.mention.label or found.mention.text}”。",
            f"The list prints “{names}”, not “{found.mention.label or found.mention.text}” by itself.",
            found.rows,
        )
    if found.parent:
        number = found.rows[0]["number"]
        names = "、".join(printed_name(row) for row in found.rows)
        reply.say(
            f"“{found.mention.label}”是第{number}项，下分{len(found.rows)}个子项：{names}。",
            f"“{found.mention.label}” is number {number}, with {len(found.rows)} sub-items: {names}.",
            found.rows,
        )
    for row in found.rows:
        _say_row(reply, row)
        reply.item(printed_name(row), row["credential"])
    caution(reply, found.rows)
    return verdict


def _verdict(request: Request, found: Listed, asked: set[str], named: Sequence[str]) -> Verdict:
    """Yes or no where the question is closed: on the class, on the department, or on being listed at all."""
    if not (asks_yes_no(request) or one_clause_asks_yes_no(request)):
        return "na"
    classes = [name for name, pattern in _CLASSES.items() if pattern.search(said(request))]
    if "class" in asked and len(classes) == 1:
        if _cue("future").search(request.text):
            return "na"
        printed = {row["className"] for row in found.rows}
        return "yes" if printed == set(classes) else "no" if classes[0] not in printed else "na"
    if "department" in asked and named:
        return "yes" if all(any(name in departments(row) for row in found.rows) for name in named) else "no"
    parents = [parent for parent in {parent_name(row) for row in found.rows} if parent and parent in said(request)]
    if asked - {"class"} and not _cue("listed").search(said(request)) and not parents:
        return "na"
    return "yes"


def _head(request: Request, found: Listed, asked: set[str], named: Sequence[str], verdict: Verdict) -> tuple[str, str]:
    """The first sentence, for a verdict."""
    if verdict not in ("yes", "no"):
        return "", ""
    classes = [name for name, pattern in _CLASSES.items() if pattern.search(said(request))]
    printed = "、".join(dict.fromkeys(row["className"] for row in found.rows))
    if "class" in asked and len(classes) == 1:
        name = found.mention.label or found.mention.text
        zh = f"**是**：{name}在{LIST}里是{printed}" if verdict == "yes" else f"**不是**{classes[0]}：{name}在{LIST}里印的是{printed}"
        en = f"**{verdict.capitalize()}**: {LIST_EN}, prints {name} as {', '.join(_CLASSES_EN[each] for each in printed.split('、'))}"
        return zh + "。", en + "."
    if "department" in asked and named:
        names = "、".join(dict.fromkeys(name for row in found.rows for name in departments(row)))
        return (f"**{'是' if verdict == 'yes' else '不是'}**：实施部门（单位）为{names}。", f"**{verdict.capitalize()}**: it is implemented by {names}.")
    return f"**在**：{LIST}印有它（{printed}）。", f"**Yes**: it is on {LIST_EN} ({printed})."


def _say_row(reply: Reply, row: Row) -> None:
    """A listing: number, class, departments, basis, remarks."""
    parent = parent_name(row)
    name = printed_name(row)
    under = f"（属“{parent}”）" if parent else ""
    laws = sorted((law for law in row.get("basis", "").split("|") if law), key=lambda law: row["text"].replace(" ", "").find(law.replace(" ", "")))
    by, basis = "、".join(departments(row)), "、".join(laws)
    english = f" (under “{parent}”)" if parent else ""
    reply.say(
        f"{name}{under}：{row['part']}第{row['number']}项，{row['className']}；实施部门（单位）：{by or '（未印）'}；设定依据：{basis or '（未印）'}。",
        f"{name}{english}: {row['part']}, number {row['number']}, {_CLASSES_EN[row['className']]}; "
        f"implemented by {by or '(not printed)'}; legal basis: {basis or '(not printed)'}.",
        _printing(reply.context, row, basis),
    )
    if row.get("remarks"):
        reply.say(f"备注：{row['remarks']}", f"Remarks: {row['remarks']}", _printing(reply.context, row, row["remarks"]))
        if "拟依法调整为准入类" in row["remarks"] and row["className"] == "水平评价类":
            reply.say("这是“拟”调整：目录本身印的类别仍是水平评价类。", "That is planned only: the list itself still prints 水平评价类.", [row])


def _printing(context: Context, row: Row, words: str) -> list[Row]:
    """The row, and where its line does not print these words the row of the same number that does: a merged cell prints them once."""
    if not words or all(_letters(word) in _letters(row["text"]) for word in words.split("、")):
        return [row]
    same = [each for each in read_table(context, "national_qualification") if (each["part"], each["number"]) == (row["part"], row["number"])]
    printing = [each for each in same if each["fact"] != row["fact"] and any(_letters(word) in _letters(each["text"]) for word in words.split("、"))]
    return [row, *told(context, "national_qualification", printing, "credential")]


def _letters(text: str) -> str:
    """A text without punctuation and space, which the cells of one remark print differently."""
    return re.sub(r"\W", "", text)


def _not_listed(reply: Reply, mention: Mention, asked: set[str]) -> Verdict:
    """The list is complete and numbered, so a name that it does not print is not in it."""
    rows = read_table(reply.context, "national_qualification")
    name = mention.label or mention.text
    if (word := _cue("about").sub("", name)) != name and (about := [row for row in rows if word in row["text"].split("《")[0]]):
        found = told(reply.context, "national_qualification", about, "credential")
        names = "、".join(dict.fromkeys(printed_name(row) for row in found))
        reply.say(f"{LIST}里名称带“{word}”的有：{names}。", f"On {LIST_EN}, these carry “{word}” in their names: {names}.", found)
        return "na"
    if "资格" in reply.request.text and (inside := [row for row in rows if _STEM.sub("", printed_name(row)).endswith(name)]):
        found = told(reply.context, "national_qualification", inside, "credential")
        names = "、".join(dict.fromkeys(printed_name(row) for row in found))
        reply.say(f"{LIST}没有单印“{name}”，印的是：{names}。", f"{LIST_EN}, prints not “{name}” by itself but: {names}.", found)
        return "na"
    rows = table(reply.context, "national_qualification")
    near = list(dict.fromkeys(printed_name(row) for row in rows if name in printed_name(row) or (len(printed_name(row)) > 2 and printed_name(row) in name)))
    hint = f"名称相近的有：{'、'.join(near[:4])}。" if near else ""
    hint_en = f" Near names on it: {'、'.join(near[:4])}." if near else ""
    proof = [*(row for row in rows if printed_name(row) in near[:4]), *_ends(rows)]
    closed = asks_yes_no(reply.request) or one_clause_asks_yes_no(reply.request) or not asked
    reply.say(
        f"**{'不在' if closed else '没有'}**：{LIST}（{_totals(rows)}）没有印“{name}”。{hint}",
        f"**No**: {LIST_EN} ({_totals(rows)}), does not print “{name}”.{hint_en}",
        proof,
    )
    return "no" if closed or mention.nodes else "unknown"


def _ends(rows: Sequence[Row]) -> list[Row]:
    """The last listing of each part: their numbers prove how many there are."""
    return [[row for row in rows if row["part"] == part][-1] for part in _PARTS]


def _totals(rows: Sequence[Row]) -> str:
    return "、".join(f"{part}{len({row['number'] for row in rows if row['part'] == part})}项" for part in _PARTS)


def _about_list(reply: Reply, named: Sequence[str]) -> Answer | None:
    """Counts and lists by part, class and department."""
    request = reply.request
    text = said(request)
    parts = [name for name, pattern in _PARTS.items() if pattern.search(text)]
    classes = [name for name, pattern in _CLASSES.items() if pattern.search(text)]
    if not (named or classes or parts or has_form(request, "count") or has_form(request, "list")):
        return None
    bound: dict[str, Value | list[Value]] = {}
    if len(parts) == 1:
        bound["part"] = chinese(parts[0])
    if len(classes) == 1:
        bound["className"] = chinese(classes[0])
    if named:
        wanted = reply.context.rows("national_qualification_of_department", wanted=[chinese(name) for name in named], **bound)
    else:
        wanted = reply.context.rows("national_qualification", **bound)
    what = "、".join([*named, *(parts if len(parts) == 1 else ()), *(classes if len(classes) == 1 else ())])
    if not wanted:
        ends = _ends(table(reply.context, "national_qualification"))
        reply.say(f"{LIST}里没有这样的职业资格（{what}）。", f"{LIST_EN} has none ({what}).", ends)
        return reply.build("no" if asks_yes_no(request) else "na", "national_qualification")
    _say_count(reply, wanted, what, len(classes) != 1)
    if has_form(request, "list") or named:
        reply.list_rows(wanted, printed_name, "credential")
        for part in dict.fromkeys(row["part"] for row in wanted):
            own = [row for row in wanted if row["part"] == part]
            names = "、".join(dict.fromkeys(f"{printed_name(row)}（{row['className']}）" for row in own))
            reply.say(f"{part}：{names}。", f"{part}: {names}.", own)
    return reply.build("na", "national_qualification")


def _say_count(reply: Reply, wanted: Sequence[Row], what: str, by_class: bool) -> None:
    """How many numbers of the list, and how many sub-items where a number holds several; computed by counting."""
    items = {(row["part"], row["number"]) for row in wanted}
    more = f"（含子项共{len(wanted)}条）" if len(wanted) > len(items) else ""
    more_en = f" ({len(wanted)} with sub-items)" if more else ""
    detail = (
        "，其中" + "、".join(f"{name}{len({(row['part'], row['number']) for row in wanted if row['className'] == name})}项" for name in _CLASSES)
        if by_class
        else ""
    )
    both = by_class and sum(len({(row["part"], row["number"]) for row in wanted if row["className"] == name}) for name in _CLASSES) > len(items)
    detail += "（有的项下两类都有）" if both else ""
    split = f"：{_totals(wanted)}" if len({row["part"] for row in wanted}) > 1 else ""
    reply.say(
        f"{LIST}里{what + '的' if what else ''}职业资格共{len(items)}项{more}{split}{detail}（按序号计数得出）。",
        f"On {LIST_EN}, {what + ': ' if what else ''}{len(items)} numbered qualifications{more_en}{split}{detail} (counted by number).",
        [wanted[-1], wanted[0]],
    )
