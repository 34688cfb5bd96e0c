"""Questions about Shanghai's catalogue: what a 专业类 recognises, by family and tier."""

from collections.abc import Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, Row
from kg.ask.kinds.catalogue import FAMILIES, TIER_NAMES, Coverage, coverage, describe, family_of, lost, say_missing, tier_of
from kg.ask.reply import Reply, agreed, caution
from kg.ask.request import Request

#: Entries shown of a long list in the text; the items hold all.
SHOWN = 60


def answer_list(request: Request, context: Context) -> Answer | None:
    """What a 专业类 recognises, by family and tier."""
    reply = Reply(request, context)
    if not request.categories and not request.families and not request.tiers:
        return None
    if not request.categories:
        reply.say("请告诉我是哪个专业类（代码或名称）。", "Which 专业类 (major category) do you mean? Give its code or name.")
        return reply.build("clarify", "list")
    if not request.families and not request.tiers and not request.scores:
        return _ask_what(reply)
    verdicts: list[Verdict] = []
    for category in request.categories:
        state = coverage(context, category)
        where = f"{category.code} {category.name}"
        if state.state == "missing":
            verdicts.append(say_missing(reply, where, "", state, ()))
            continue
        rows = [
            row
            for row in context.rows("list", category=category.iri)
            if (not request.families or family_of(row) in request.families) and (not request.tiers or tier_of(row) in request.tiers)
        ]
        verdicts.append(_say_list(reply, where, rows, state))
    return reply.build(agreed(verdicts), "list")


def _say_list(reply: Reply, where: str, rows: Sequence[Row], state: Coverage) -> Verdict:
    """The entries, one line a family and tier."""
    request = reply.request
    wanted = "".join(request.tiers) + "".join(FAMILIES[family][0] for family in request.families)
    if not rows:
        if state.state == "empty" or not lost(state, request.families or FAMILIES, request.tiers or TIER_NAMES):
            reply.say(f"{where}的{wanted}一栏在文件里是空的。", f"{where} prints nothing there ({wanted}).", [state.row])
            return "na"
        reply.say(
            f"**无法判断**：{where}的{wanted}一栏在现存文本里没有内容，但这一行有缺损（{state.row.get('loss', '')}）。",
            f"**Unknown**: nothing is left of that column of {where}, and the row is damaged ({state.row.get('reason', '')}).",
            [state.row],
        )
        return "unknown"
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((family_of(row), tier_of(row)), []).append(row)
    for (family, tier), some in sorted(groups.items(), key=lambda pair: (list(FAMILIES).index(pair[0][0]), TIER_NAMES.index(pair[0][1]))):
        entries = list(dict.fromkeys(describe(row) for row in some))
        shown = "、".join(entries[:SHOWN]) + (f"等{len(entries)}项" if len(entries) > SHOWN else "")
        reply.say(
            f"{where}{tier}的{FAMILIES[family][0]}（{len(entries)}项）：{shown}。", f"{where}, {tier}, {FAMILIES[family][1]} ({len(entries)}): {shown}.", some
        )
        for row in some:
            reply.item(describe(row), row["credential"])
    if lost(state, {family for family, _ in groups} if request.families else FAMILIES, request.tiers or TIER_NAMES):
        reply.say(
            f"这一行有缺损，可能还有别的条目（{state.row.get('loss', '')}）。",
            f"The row is damaged; more entries may have stood there ({state.row.get('reason', '')}).",
            [state.row],
        )
    caution(reply, rows)
    return "na"


def _ask_what(reply: Reply) -> Answer:
    """Only a 专业类 was named: offer what can be asked of it."""
    category = reply.request.categories[0]
    state = coverage(reply.context, category)
    rows = reply.context.rows("list", category=category.iri)
    counts = "、".join(f"{FAMILIES[family][0]}{number}项" for family in FAMILIES if (number := sum(family_of(row) == family for row in rows)))
    reply.say(
        f"{category.code} 是{category.name}（{category.group}），目录中印有{counts or '（无条目）'}。您想问它的哪一类证书、哪一级，还是某个证书算不算？",
        f"{category.code} is {category.name} ({category.group}). Which family and tier do you want listed, or which certificate should be checked?",
        [state.row],
    )
    for tier in TIER_NAMES:
        reply.suggest(f"{category.code}{tier}有哪些证书？", f"List the certificates for {category.code} {tier}")
    return reply.build("clarify", "list")
