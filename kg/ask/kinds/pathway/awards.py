"""Questions about awards and honours: which title they let one apply for directly, and which of them lead to a level."""

from collections.abc import Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.kinds.pathway.reading import LEVEL_NAMES, LEVEL_ORDER, Said, covers, facts, leading_to, levels_said, told_facts
from kg.ask.reply import Reply, agreed
from kg.ask.rules import Cues
from kg.ask.tables import Row, table

_cue = Cues("pathway")


def answer_award(reply: Reply, said: Said, text: str) -> Answer | None:
    """An award or honour: which title it lets one apply for directly; or which awards lead to a level."""
    direct = _cue("directly").search(text)
    if not said.awards:
        levels = levels_said(reply.context, said)
        if direct and levels and _cue("which_awards").search(text):
            return _awards_of(reply, levels)
        return _unknown_award(reply, text) if direct and _cue("award").search(text) else None
    if _cue("contest").search(text) and _cue("medal").search(text) and not _cue("worldskills").search(text):
        return _unknown_award(reply, text)
    if not _cue("award_context").search(text):
        return None
    rows = {row["from"]: row for row in facts(reply.context, "award_to_title")}
    specific = tuple(award for award in said.awards if award in rows) or said.awards
    awards = [name for award in specific for name in ([award] if award in rows else [each for each in rows if each.startswith(award)])]
    if not _cue("award_for_title").search(text):
        return None
    levels = levels_said(reply.context, said)
    verdicts: list[Verdict] = []
    for row in told_facts(reply.context, [rows[award] for award in dict.fromkeys(awards)]):
        to = row["toLevel"].rsplit("/", 1)[-1]
        verdict: Verdict = (
            "na"
            if not levels or _cue("asks_which").search(reply.request.text) or _cue("either").search(reply.request.text)
            else "yes"
            if any(covers(to, level) for level in levels)
            else "no"
        )
        if verdict == "no" and all(LEVEL_ORDER[level] < LEVEL_ORDER[to] for level in levels):
            # Whether one may apply for less than the award allows is not printed.
            verdict = "unknown"
        _say_award(reply, row, verdict, levels)
        reply.item(f"{row['from']}→{row['to']}职称", row["fromAward"])
        verdicts.append(verdict)
    reply.suggest("哪些人可以直接申报正高级职称？", "Who may apply directly for a 正高级 title in Zhejiang?")
    return reply.build(agreed(verdicts), "pathway")


def _say_award(reply: Reply, row: Row, verdict: Verdict, levels: Sequence[str]) -> None:
    asked = "、".join(LEVEL_NAMES[level] for level in levels)
    lead = {"yes": "**可以**：", "no": f"**不能直接申报{asked}**：", "unknown": f"**无法判断**：文件没有说可否只申报更低的{asked}。"}.get(verdict, "")
    lead_en = {"yes": "**Yes**: ", "no": "**No**: ", "unknown": f"**Unknown**: whether one may apply for the lower level {asked} is not printed. "}.get(
        verdict, ""
    )
    reply.say(
        f"{lead}{row['from']}可直接申报**{row['to']}**职称（浙江；条件：{row['condition']}）。",
        f"{lead_en}{row['from']} may apply directly for a **{row['to']}** title in Zhejiang (condition: {row['condition']}).",
        [row],
    )


def _awards_of(reply: Reply, levels: Sequence[str]) -> Answer:
    """The awards that lead directly to a level."""
    rows = told_facts(reply.context, leading_to(facts(reply.context, "award_to_title"), levels))
    asked = "、".join(LEVEL_NAMES[level] for level in levels)
    names = "、".join(row["from"] for row in rows)
    if not rows:
        reply.say(f"文件没有印出可以直接申报{asked}职称的奖项或称号。", f"The document prints no award that leads directly to a {asked} title.")
        return reply.build("unknown", "pathway")
    reply.say(f"可直接申报{asked}职称的（{len(rows)}类）：{names}。", f"Those who may apply directly for a {asked} title ({len(rows)}): {names}.", rows)
    reply.list_rows(rows, "from", "fromAward")
    return reply.build("na", "pathway")


def _unknown_award(reply: Reply, text: str) -> Answer:
    """An award that the list of direct applications does not name."""
    rows = table(reply.context, "pathway_facts", direction="award_to_title")
    names = "、".join(row["from"] for row in rows)
    reply.say(
        f"**无法判断**：浙江的直接申报条件里没有印这个奖项或称号；印出的是：{names}。",
        f"**Unknown**: Zhejiang's list of direct applications does not print this award. It prints: {names}.",
        rows,
    )
    return reply.build("unknown", "pathway")
