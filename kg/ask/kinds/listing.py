"""Questions about Shanghai's catalogue: what a 专业类 recognises, by family and tier."""

from collections.abc import Mapping, Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, Row
from kg.ask.forms import said
from kg.ask.kinds.catalogue import FAMILIES, TIER_NAMES, Coverage, coverage, describe, entries_of, family_of, lost, say_missing, say_no_code, tier_of
from kg.ask.reply import Reply, agreed, caution
from kg.ask.request import Request
from kg.ask.rules import Cues

_cue = Cues("listing")

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
    counts: dict[str, int] = {}
    for category in request.categories:
        state = coverage(context, category)
        where = f"{category.code} {category.name}"
        if state.state == "missing":
            verdicts.append(say_missing(reply, where, "", state, ()))
            continue
        rows = entries_of(context, category, request.families, request.tiers)
        if rows and _cue("counts").search(said(request)):
            _say_total(reply, where, rows)
        verdicts.append(_say_list(reply, where, rows, state))
        counts[where] = len(_entries(rows))
    if len(counts) > 1 and _cue("more").search(request.text):
        _say_most(reply, counts)
    verdicts += [say_no_code(reply, code) for code in request.unknown_codes]
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


def _entries(rows: Sequence[Row]) -> list[str]:
    """The entries as they read, each once."""
    return list(dict.fromkeys(f"{family_of(row)} {tier_of(row)} {describe(row)}" for row in rows))


def _say_total(reply: Reply, where: str, rows: Sequence[Row]) -> None:
    """How many entries were found, by tier where several are asked about."""
    request = reply.request
    wanted = "、".join(request.tiers) + "、".join(FAMILIES[family][0] for family in request.families)
    tiers = [tier for tier in TIER_NAMES if any(tier_of(row) == tier for row in rows)]
    parts = "、".join(f"{tier}{len(_entries([row for row in rows if tier_of(row) == tier]))}项" for tier in tiers) if len(tiers) > 1 else ""
    total = len(_entries(rows))
    reply.say(
        f"{where}{wanted}在现存文本里一共**{total}项**（数出）{'：' + parts if parts else ''}。",
        f"{where} {wanted}: **{total}** entries in the text that is left (counted){': ' + parts if parts else ''}.",
        rows[:1],
    )


def _say_most(reply: Reply, counts: Mapping[str, int]) -> None:
    """Which 专业类 prints most entries of those asked about."""
    most = max(counts.values())
    first = [where for where, count in counts.items() if count == most]
    parts, parts_en = "、".join(f"{where}{count}项" for where, count in counts.items()), ", ".join(f"{where} {count}" for where, count in counts.items())
    result, result_en = ("两者一样多", "the same") if len(first) > 1 else (f"{first[0]}多", f"more in {first[0]}")
    reply.say(f"比较（现存文本里数出）：{parts}，{result}。", f"Compared (counted in the text that is left): {parts_en}; {result_en}.")


def _ask_what(reply: Reply) -> Answer:
    """Only a 专业类 was named: offer what can be asked of it."""
    category = reply.request.categories[0]
    state = coverage(reply.context, category)
    rows = entries_of(reply.context, category)
    counts = "、".join(f"{FAMILIES[family][0]}{number}项" for family in FAMILIES if (number := sum(family_of(row) == family for row in rows)))
    reply.say(
        f"{category.code} 是{category.name}（{category.group}），目录中印有{counts or '（无条目）'}。您想问它的哪一类证书、哪一级，还是某个证书算不算？",
        f"{category.code} is {category.name} ({category.group}). Which family and tier do you want listed, or which certificate should be checked?",
        [state.row],
    )
    for tier in TIER_NAMES:
        reply.suggest(f"{category.code}{tier}有哪些证书？", f"List the certificates for {category.code} {tier}")
    return reply.build("clarify", "list")
