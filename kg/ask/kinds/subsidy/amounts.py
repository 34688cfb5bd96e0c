"""Questions about money: the rates of the projects, the amount for an occupation at a grade, the uplift of the shortage list."""

import re
from collections.abc import Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, chinese
from kg.ask.kinds.subsidy.things import (
    LIST_NAMES,
    NANTONG,
    SHORTAGE,
    Thing,
    class_row,
    classes_said,
    listed,
    printed_entry,
    rule,
    say_outside,
    told_entries,
    where_listed,
    with_parent,
)
from kg.ask.reply import Reply, opening
from kg.ask.rules import Cues, Match, matches, patterns
from kg.ask.tables import Row, read_table, told

_cue = Cues("subsidy")

CERTIFICATE = "职业资格证书、职业技能等级证书"
#: An amount put up for checking (是800元吗), with what it is compared by (超过800元吗, 800元以上吗).
_PROPOSED = re.compile(
    r"(?P<before>[^\d,，。;；]*)(?<!\d)(?P<amount>\d{3,4}) ?(?:元|块)?(?:钱)?(?P<after>以上|及以上|以下|及以下|以内|左右|上下|多|出头)?(?:元|块)?(?:钱)?"
    r",?(?:吗|么|对吗|对不对|是不是|对吧|是吗|是吧|没错吧)"
)
#: Words so many characters before an amount say what it is compared by; farther ones may be of a name (网约配送员).
BESIDE = 6


def rates_of(context: Context, project: str, label: str = "", group: str = "", grade: str = "") -> list[Row]:
    """The rates of a project, by label, class and grade where given; the three highest grades share one rate."""
    wanted = "1" if grade in ("special", "chief") else grade
    found = [
        row
        for row in read_table(context, "subsidy_rates")
        if project == row["project"]
        and re.search(label, row["name"])
        and (not group or row.get("class") == group)
        and (not wanted or wanted in row["grades"].split("|"))
    ]
    if found and all("class" in row for row in found):
        return told(context, "subsidy_rates_of_class", found, "class", *(("name",) if label or grade else ()), project=chinese(project))
    return told(context, "subsidy_rates", found, "name", project=chinese(project))


def answer_project(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """A project with its own rates: training certificates, special skills, business start-up courses, assessment."""
    found = [(start.says, label.says) for start, label in _projects(reply.request.text) or _projects(text)]
    found = [pair for pair in found if pair[1]] or found
    if not found or any(row.get("project") in ("专项职业能力证书", "培训合格证书") for thing in things for row in thing.rows):
        return None
    classes = classes_said(text)
    rates: list[Row] = []
    for project, label in dict.fromkeys(found):
        for group in classes if classes and not label else ("",):
            for grade in dict.fromkeys(each.says for each in grades) if project == "职业技能评价补贴" and grades else ("",):
                rates += rates_of(reply.context, project, label, group, grade)
    say_rates(reply, rates)
    if rates and _cue("has_amount").search(text) and all("元**" not in line for line in reply.lines):
        return reply.build("no", "subsidy")
    return reply.build(_checked_rate(reply, rates), "subsidy") if rates else None


def _projects(text: str) -> list[tuple[Match, Match]]:
    """The projects that a text names, each with the label of its rate."""
    projects, labels = matches(text, patterns("subsidy_projects", "project")), matches(text, patterns("subsidy_projects", "label"))
    return list(zip(projects, labels, strict=True))


def say_rates(reply: Reply, rows: Sequence[Row]) -> bool:
    """One line a rate; a project without an amount says what its cell prints."""
    for row in rows:
        of = f"{row['project']}{' ' + row['class'] + '类' if row.get('class') else ''}，{row['name']}"
        if "amount" in row:
            reply.say(f"{of}：每人**{row['amount']}元**。", f"{of}: **{row['amount']}元** (yuan) a person.", [row])
            reply.item(f"{row['name']}：{row['amount']}元", row["fact"])
        else:
            reply.say(f"{of}：没有印金额，印的是“{row['note']}”。", f"{of}: no amount is printed; the cell says “{row['note']}”.", [row])
    return bool(rows)


def answer_amounts(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
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
    classes = classes_said(text)
    if not classes and (reply.request.unlinked or reply.request.named("Credential")):
        return None
    if not classes and not grades:
        return None
    found: list[Row] = []
    for group in classes or ("A", "B", "C"):
        for grade in dict.fromkeys("1" if each.says in ("special", "chief") else each.says for each in grades) if grades else ("",):
            rows = rates_of(reply.context, CERTIFICATE, "", group, grade)
            found += rows
            say_rates(reply, rows)
    if len(found) == 2 and _cue("difference").search(text):
        high, low = sorted((int(row["amount"]) for row in found), reverse=True)
        reply.say(f"计算：{high} − {low} = **{high - low}元**。", f"Computed: {high} − {low} = **{high - low}元**.", found)
    return reply.build(_checked_rate(reply, found), "subsidy")


def _checked_amount(reply: Reply, things: Sequence[Thing]) -> Verdict | None:
    """Yes or no where one amount was put up for checking (是800元吗): the base rate, or the uplifted one where the uplift was named."""
    asked = _PROPOSED.search(reply.request.text)
    if not asked or len(things) != 1 or len(things[0].grades) != 1 or things[0].grades[0] in ("special", "chief"):
        return None
    row = class_row(reply.context, things[0])
    rates = rates_of(reply.context, CERTIFICATE, "", row["class"] if row else "C", things[0].grades[0])
    shortage = _shortage_row(reply, things[0])
    if not rates or (row and row.get("project") in ("培训合格证书", "专项职业能力证书")):
        return None
    base = int(rates[0]["amount"])
    more = base * int(shortage["uplift"]) // 100 if shortage else 0
    uplifted = shortage and _cue("uplift").search(reply.request.text)
    if _cue("more_by").search(asked["before"][-BESIDE:]):
        if not uplifted:
            return None
        return _say_checked(reply, asked, more, rates, f"{base + more} − {base} = ")
    return _say_checked(reply, asked, base + more if uplifted else base, rates)


def compared(asked: re.Match[str], right: int) -> Verdict:
    """Whether an amount put up for checking holds: equal, or more or less than the right one as the words beside it say; `na` where they are vague.

    Args:
        asked: what the question puts up, with the words before and after it.
        right: the right amount.
    """
    proposed, words = int(asked["amount"]), asked["before"][-BESIDE:] + (asked["after"] or "")
    # 不低于 holds 低于, and 不超过 holds 超过: the longer words come first.
    comparisons = (
        (_cue("at_least"), right >= proposed),
        (_cue("at_most"), right <= proposed),
        (_cue("more_than"), right > proposed),
        (_cue("less_than"), right < proposed),
    )
    for words_of, holds in comparisons:
        if words_of.search(words):
            return "yes" if holds else "no"
    if proposed != right and _cue("about_so_much").search(words):
        return "na"
    return "yes" if proposed == right else "no"


def _say_checked(reply: Reply, asked: re.Match[str], right: int, rates: Sequence[Row], sum_of: str = "") -> Verdict:
    """Whether an amount put up for checking is the right one, which `sum_of` works out."""
    verdict = compared(asked, right)
    lead, lead_en = opening(verdict, "对", "不对")
    reply.say(
        f"{lead}{f'计算：{sum_of}' if sum_of else '应为'}{right}元（问的是{asked['amount']}元）。",
        f"{lead_en}{f'computed: {sum_of}' if sum_of else 'it is '}{right}元 ({asked['amount']} was asked about).",
        rates,
    )
    return verdict


def _checked_rate(reply: Reply, rates: Sequence[Row]) -> Verdict:
    """Yes or no where one amount was put up for checking and one rate is meant; else a value was asked for."""
    asked = _PROPOSED.search(reply.request.text)
    if not asked or len(rates) != 1 or "amount" not in rates[0]:
        return "na"
    return _say_checked(reply, asked, int(rates[0]["amount"]), rates)


def proposes_amount(text: str) -> bool:
    """Whether a question puts an amount up for checking."""
    return bool(_PROPOSED.search(text))


def _say_difference(reply: Reply, things: Sequence[Thing], text: str) -> None:
    """The difference of two amounts, where it was asked for."""
    if not _cue("difference_of_things").search(text):
        return
    pairs = [(thing, grade) for thing in things for grade in thing.grades]
    rates = [rates_of(reply.context, CERTIFICATE, "", row["class"] if (row := class_row(reply.context, thing)) else "C", grade) for thing, grade in pairs]
    found = [each[0] for each in rates if each]
    if len(found) == 2:
        high, low = sorted((int(row["amount"]) for row in found), reverse=True)
        reply.say(f"计算：{high} − {low} = **{high - low}元**。", f"Computed: {high} − {low} = **{high - low}元**.", found)


def _say_amount(reply: Reply, thing: Thing) -> None:
    row = class_row(reply.context, thing)
    if row and row.get("project") in ("培训合格证书", "专项职业能力证书"):
        reply.say(
            f"{where_listed(row)}，{row['name']}是{row['class']}类的{row['project']}。",
            f"{row['name']} is class {row['class']} of {row['project']} ({LIST_NAMES[row['list']][1]}).",
            [row],
        )
        say_rates(reply, rates_of(reply.context, row["project"], "", row["class"]))
        return
    if row:
        reply.say(
            f"{where_listed(row)}，{with_parent(thing, row)}是{row['class']}类。",
            f"{with_parent(thing, row)} is class {row['class']} ({LIST_NAMES[row['list']][1]}).",
            [row],
        )
    else:
        say_outside(reply, thing.label)
    group = row["class"] if row else "C"
    shortage = _shortage_row(reply, thing)
    rates = [rate for grade in thing.grades for rate in rates_of(reply.context, CERTIFICATE, "", group, grade)] or rates_of(
        reply.context, CERTIFICATE, "", group
    )
    say_rates(reply, rates)
    for rate in rates:
        if shortage:
            _say_uplift(reply, rate, shortage)
    if not shortage and _cue("uplift").search(" ".join((*reply.request.earlier[-1:], reply.request.text))):
        every = listed(reply.context, SHORTAGE)
        reply.say(
            f"{thing.label}不在{LIST_NAMES[SHORTAGE][0]}里，没有30%上浮。",
            f"{thing.label} is not on {LIST_NAMES[SHORTAGE][1]}: no uplift.",
            [every[0], every[-1]],
        )
    if row and row["list"] == NANTONG:
        _outside_note(reply, thing, rates)


def _shortage_row(reply: Reply, thing: Thing) -> Row | None:
    """The entry of a thing on Nantong's shortage list, whose subsidies are raised."""
    return next(iter(told_entries(reply.context, [row for row in thing.rows if row["list"] == SHORTAGE][:1])), None)


def _say_uplift(reply: Reply, rate: Row, shortage: Row) -> None:
    """The uplift, computed and shown."""
    percent = int(shortage["uplift"])
    total = int(rate["amount"]) * (100 + percent) / 100
    bracket = f"（目录印的是{printed_entry(shortage)}）" if shortage.get("qualifier") else ""
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
    notes = rule(reply.context, "outside_directory_class_c")
    low = [each for rate in rates for each in rates_of(reply.context, CERTIFICATE, "", "C", rate["grades"].split("|")[0])]
    amounts = "、".join(f"{each['name']}{each['amount']}元" for each in low)
    reply.say(
        f"注意：{thing.label}只在南通市指导目录里，不在江苏省指导目录里；备注第3条按字面，江苏省目录以外的，"
        f"参保职工技能提升补贴按C类（{amounts}）。请向经办机构核实。",
        f"Note: {thing.label} is only in Nantong's own directory; note 3, word by word, pays the skill-upgrading "
        f"subsidy outside Jiangsu's directory as class C ({amounts}).",
        [*notes, *low],
    )
