"""Questions about Shanghai's catalogue: where a credential counts."""

from collections.abc import Sequence

from kg.ask.answer import Answer
from kg.ask.context import Context, Row
from kg.ask.kinds.catalogue import TIER_NAMES, credentials, describe, entries_for, fits, not_printed, tier_of
from kg.ask.kinds.refusals import unknown_name
from kg.ask.reply import Reply, caution
from kg.ask.request import Mention, Request


def answer_where(request: Request, context: Context) -> Answer | None:
    """Where a credential counts: every 专业类 and tier."""
    reply = Reply(request, context)
    mentions = credentials(request)
    if not mentions and request.categories and not request.unlinked:
        return None
    reply.understood((*mentions, *request.unlinked))
    if not mentions:
        return unknown_name(reply, "where")
    found = False
    for mention in mentions:
        exact = [row for node in mention.nodes for row in entries_for(context, node)]
        specific = [
            row | {"specific": "1"}
            for node in mention.nodes
            for each in context.rows("narrower", credential=node)
            for row in entries_for(context, each["narrower"])
        ]
        every = [row for row in (*exact, *specific) if fits(row, mention, request)]
        if not every:
            continue
        found = True
        rows = [row for row in every if not request.tiers or tier_of(row) in request.tiers]
        if not rows:
            wanted = "、".join(request.tiers)
            reply.say(f"现存文本没有在{wanted}栏印“{mention.label}”。", f"The text that is left does not print “{mention.label}” under {wanted}.")
        _say_where(reply, mention, rows or every, request.tiers if rows else ())
    if not found:
        return not_printed(reply, mentions, "where")
    reply.say(
        "有些专业类的页面缺失或破损，那里是否也认，无法判断。",
        "Some rows of the catalogue are lost or damaged; whether it counts there too cannot be told.",
    )
    return reply.build("na", "where")


def _say_where(reply: Reply, mention: Mention, rows: Sequence[Row], tiers: Sequence[str]) -> None:
    """One line a 专业类: tiers with the entries as printed; `tiers` are those asked about, where the rows are theirs alone."""
    under, under_en = (f"的{'、'.join(tiers)}栏", f", under {', '.join(tiers)}") if tiers else ("", "")
    by_category: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by_category.setdefault((row["code"], row["categoryName"]), []).append(row)
    reply.say(
        f"“{mention.label}”在目录的{len(by_category)}个专业类{under or '里'}印出：",
        f"“{mention.label}” is printed in {len(by_category)} rows of the catalogue{under_en}:",
    )
    for (code, name), some in by_category.items():
        parts = []
        for tier in TIER_NAMES:
            entries = list(dict.fromkeys(describe(row) for row in some if tier_of(row) == tier))
            if entries:
                parts.append(f"{tier}：{'、'.join(entries)}")
        reply.say(f"- {code} {name} — {'；'.join(parts)}", f"- {code} {name} — {'; '.join(parts)}", some)
        reply.item(f"{code} {name}（{'、'.join(tier for tier in TIER_NAMES if any(tier_of(row) == tier for row in some))}）", some[0]["category"])
    caution(reply, rows)
