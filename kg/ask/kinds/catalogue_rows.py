"""The rows of the catalogue as such: how many 专业类 there are, whose codes begin with some digits, which are lost, damaged or printed empty."""

from collections.abc import Sequence

from kg.ask.answer import Answer
from kg.ask.context import Category, Context, Row
from kg.ask.forms import said
from kg.ask.reply import Reply
from kg.ask.request import Request
from kg.ask.rules import Cues
from kg.ask.tables import read_table, table, told

_cue = Cues("catalogue_rows")

#: State of a row → how it is called; the order in which states are told.
STATES = {
    "complete": ("完整", "whole"),
    "damaged": ("有缺损", "damaged"),
    "missing": (
        "标题行缺失、内容全缺或只剩片段（代码和名称按编号推出）",
        "lost, or left in fragments without their heading (codes inferred from the numbering)",
    ),
    "empty": ("印出但没有任何条目", "printed without any entry"),
}


def answer_catalogue_rows(request: Request, context: Context) -> Answer | None:
    """The 专业类 that the catalogue has, or those of them in a state or with codes that begin alike; None where a certificate or one 专业类 is asked about."""
    named = [mention for mention in request.mentions if mention.exact and not mention.of("MajorGroup")]
    if request.categories or named or _cue("other_subject").search(request.text):
        return None
    reply = Reply(request, context)
    if begins := _cue("begins").search(request.text):
        return _say_beginning(reply, next(filter(None, begins.groups())))
    cues = {"missing": _cue("missing"), "damaged": _cue("damaged"), "empty": _cue("empty")}
    states = [state for state, cue in cues.items() if cue.search(request.text)]
    if states and _cue("rows").search(said(request)):
        return _say_states(reply, states)
    if _cue("how_many").search(request.text) and not request.mentions and not request.unlinked:
        return _say_all(reply)
    return None


def _say_beginning(reply: Reply, digits: str) -> Answer:
    """The 专业类 with a code that begins with some digits, by group."""
    found = [each for each in reply.context.categories if any(code.startswith(digits) for code in each.codes)]
    if not found:
        reply.say(f"**无法判断**：目录里没有代码以{digits}开头的专业类。", f"**Unknown**: no 专业类 of the catalogue has a code that begins with {digits}.")
        return reply.build("unknown", "list")
    groups = "、".join(dict.fromkeys(each.group for each in found))
    reply.say(
        f"代码以{digits}开头的属于**{groups}**，专业类有{len(found)}个（数出）：{_names(found, digits)}。",
        f"Codes that begin with {digits} are of **{groups}**, {len(found)} 专业类 (counted): {_names(found, digits)}.",
        _rows(reply.context, found),
    )
    return _listed(reply, found)


def _say_states(reply: Reply, states: Sequence[str]) -> Answer:
    """The 专业类 whose rows are in these states; of the groups named, if any are."""
    groups = tuple(node.rsplit("/", 1)[-1] for mention in reply.request.named("MajorGroup") for node in mention.nodes if "/major-group/" in node)
    inside = [each for each in reply.context.categories if not groups or each.code.startswith(groups)]
    found: list[Category] = []
    state_of = _state(reply.context)
    for state in states:
        some = [each for each in inside if state_of[each.iri] == state]
        found += some
        name, name_en = STATES[state]
        names = _names(some) or "—"
        reply.say(
            f"目录里{name}的专业类有{len(some)}个（数出）：{names}。",
            f"专业类 whose rows are {name_en}, {len(some)} (counted): {names}.",
            _rows(reply.context, some),
        )
    return _listed(reply, found)


def _say_all(reply: Reply) -> Answer:
    """How many 专业类 the catalogue has, and how many rows are in each state."""
    every = reply.context.categories
    counts = {state: sum(each == state for each in _state(reply.context).values()) for state in STATES}
    rows = list({row["category"]: row for row in reversed(table(reply.context, "coverage"))}.values())[::-1]
    parts = "、".join(f"{STATES[state][0]}{count}个" for state, count in counts.items())
    parts_en = ", ".join(f"{count} {STATES[state][1]}" for state, count in counts.items())
    reply.say(f"目录的专业类一共{len(every)}个（数出）：{parts}。", f"The catalogue has {len(every)} 专业类 (counted): {parts_en}.", rows)
    return reply.build("na", "list")


def _listed(reply: Reply, found: Sequence[Category]) -> Answer:
    """The answer, with the 专业类 as its items."""
    for each in found:
        reply.item(f"{each.code} {each.name}", each.iri)
    return reply.build("na", "list")


def _names(found: Sequence[Category], digits: str = "") -> str:
    """The 专业类 by code and name; by the code that begins so, where one was asked for."""
    return "、".join(f"{next((code for code in each.codes if digits and code.startswith(digits)), each.code)}{each.name}" for each in found)


def _state(context: Context) -> dict[str, str]:
    """专业类 → the state of its row."""
    return {row["category"]: row["state"].rsplit("/", 1)[-1] for row in read_table(context, "coverage")}


def _rows(context: Context, found: Sequence[Category]) -> Sequence[Row]:
    """The line that heads the row of each 专业类, or says that it is lost."""
    wanted = {each.iri for each in found}
    return told(context, "coverage", [row for row in read_table(context, "coverage") if row["category"] in wanted], "category")
