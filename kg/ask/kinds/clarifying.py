"""Where a question on the catalogue needs a choice: the 专业类 that a tier depends on, a code and a name that disagree, a code that does not exist."""

import re
from collections.abc import Iterable, Sequence

from kg.ask.answer import Answer
from kg.ask.context import Category, Context, Row
from kg.ask.kinds.catalogue import TIER_NAMES, credentials, elsewhere, entries_for, fits, not_printed, said_level, say_no_code, tier_of
from kg.ask.kinds.comparison import compare
from kg.ask.kinds.ranks import title_rows, within
from kg.ask.reply import Reply
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues

_cue = Cues("clarifying")

#: The two characters before 类 or 专业: what an everyday name says of a 专业类.
_BARE = re.compile(r"([\u4e00-\u9fff]{2})(?=类|专业)")
#: 专业类 shown of one tier; the others are counted.
SHOWN = 10


def answer_unknown_code(request: Request, context: Context) -> Answer | None:
    """A code that no 专业类 has, and where the catalogue prints what is named beside it; None where the number is no code of the catalogue's."""
    if not request.unknown_codes or request.categories or request.kind not in ("recognition", "where", "list", "unknown"):
        return None
    reply = Reply(request, context)
    mentions = credentials(request)
    reply.understood((*mentions, *request.unlinked))
    for code in request.unknown_codes:
        say_no_code(reply, code)
    for mention in mentions:
        elsewhere(reply, mention)
        reply.suggest(f"{mention.label}能用在哪些专业类？", f"Where does {mention.label} count?")
    return reply.build("unknown", "recognition" if mentions else "list")


def ask_category(reply: Reply, mentions: Sequence[Mention]) -> Answer | None:
    """The answer depends on the 专业类: say so, with the possibilities; None where annex 10 alone settles it (讲师算中级吗)."""
    request, context = reply.request, reply.context
    if request.tiers and not _cue("of_catalogue").search(request.text) and all(_is_settled(mention, context.fork()) for mention in mentions):
        return None
    if request.scores and not {"recognition", "where", "list"} & set(request.scores):
        return _say_not_settled(reply, mentions)
    any_row = False
    for mention in mentions:
        rows = [row for node in mention.nodes for row in entries_for(context, node)]
        rows = [row for row in rows if fits(row, mention, request)] or rows
        if not rows:
            continue
        any_row = True
        by_tier: dict[str, list[Row]] = {}
        for row in rows:
            by_tier.setdefault(tier_of(row), []).append(row)
        parts = [f"{tier}：{_places(by_tier[tier])}" for tier in TIER_NAMES if tier in by_tier]
        reply.say(
            f"“{mention.label}”{said_level(mention, request)}算哪一级取决于专业类，请告诉我是哪个专业类。目录中——{'；'.join(parts)}。",
            f"It depends on the 专业类 (major category): which one do you mean? In the catalogue “{mention.label}”{said_level(mention, request)} "
            f"stands under {'; '.join(parts)}.",
            [row for some in by_tier.values() for row in _first_of_each(some)],
        )
        for row in rows[:3]:
            reply.suggest(
                f"{mention.label}在{row['code']}{row['categoryName']}算什么级别？", f"Does {mention.label} count for {row['code']} {row['categoryName']}?"
            )
    if not any_row and all(mention.exact and title_rows(context, mention) for mention in mentions):
        return None
    if not any_row:
        return not_printed(reply, mentions, "recognition")
    return reply.build("na" if compare(reply, mentions) else "clarify", "recognition")


def also_meant(request: Request, context: Context) -> list[Category]:
    """The other 专业类 that an everyday name may mean (航空类: 航空运输类, 航空装备类); none where a code or a full name is said.

    Args:
        request: the question understood.
        context: the 专业类.
    """
    plain = [each for each in request.categories if each.name not in request.text and not any(code in request.text for code in each.codes)]
    said = [bare for bare in _BARE.findall(request.text) if any(bare in each.name for each in plain)]
    return [each for each in context.categories if each not in request.categories and any(bare in each.name for bare in said)]


def _is_settled(mention: Mention, context: Context) -> bool:
    """Whether annex 10 ranks a title as every row of the catalogue does that surely prints it (二级飞行员): then its tier depends on no 专业类.

    The context is one of its own: the answer does not tell what is looked up here.
    """
    titles = title_rows(context, mention) if mention.exact else []
    rows = [row for node in mention.nodes for row in entries_for(context, node) if not row["status"].endswith("uncertain")]
    return bool(titles) and all(within(title["rank"], [tier_of(row)]) for title in titles for row in rows)


def _say_not_settled(reply: Reply, mentions: Sequence[Mention]) -> Answer | None:
    """Something else than its tier is asked of a certificate, and no kind could answer it: say so, with where it is printed; None where it is nowhere."""
    names = "、".join(f"“{mention.label}”" for mention in mentions)
    reply.say(
        f"**无法判断**：四份文件里没有找到这个问题的答案（问的是{names}）。", f"**Unknown**: I found no answer to this in the four documents (about {names})."
    )
    for mention in mentions:
        elsewhere(reply, mention)
        reply.suggest(f"{mention.label}能用在哪些专业类？", f"Where does {mention.label} count?")
    return reply.build("unknown", "recognition") if reply.citations else None


def _first_of_each(rows: Iterable[Row]) -> list[Row]:
    """The first entry of each 专业类, of as many as are shown."""
    return list({row["code"]: row for row in reversed(list(rows))}.values())[::-1][:SHOWN]


def _places(rows: Iterable[Row]) -> str:
    """The 专业类 of some entries, the first of them where there are very many, with their number."""
    names = list(dict.fromkeys(f"{row['code']}{row['categoryName']}" for row in rows))
    return "、".join(names[:SHOWN]) + (f"等{len(names)}个专业类（数出）" if len(names) > SHOWN else "")


def contradiction(reply: Reply) -> Answer:
    """Code and name of the 专业类 do not agree: which one is meant?"""
    first, second = reply.request.contradiction
    reply.say(
        f"代码和名称对不上：{first.code} 是{first.name}，{second.name}的代码是 {second.code}。您问的是哪一个？",
        f"The code and the name do not agree: {first.code} is {first.name}, and {second.name} is {second.code}. Which one do you mean?",
        [row for category in (first, second) for row in reply.context.rows("coverage", category=category.iri)[:1]],
    )
    for category in (first, second):
        reply.suggest(f"{category.code}{category.name}", f"{category.code} {category.name}")
    return reply.build("clarify", "recognition")
