"""What else would count: the other entries of a 专业类 at a tier, beside the certificates that were named."""

from collections.abc import Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Category, Context, Row
from kg.ask.kinds.catalogue import FAMILIES, TIER_NAMES, coverage, credentials, describe, entries_of, family_of, lost, say_missing, tier_of
from kg.ask.reply import Reply, agreed
from kg.ask.request import Request
from kg.ask.rules import MASK, Cues, mask, matches, patterns
from kg.ask.text import normalize

_cue = Cues("alternatives")

#: Entries shown of one family; the items of the answer hold all.
SHOWN = 8


def answer_alternatives(request: Request, context: Context) -> Answer | None:
    """The other entries of the row; None where the question doesn't ask for others."""
    names_nothing = "mentions" in request.inherited or not credentials(request)
    goes_on = "kind" in request.inherited and names_nothing and bool(_cue("others").search(request.carried))
    if not (_cue("others").search(request.text) or goes_on or _asks_next(request)) or _cue("other_subject").search(request.text):
        return None
    if not request.categories:
        return _ask_category(request, context)
    reply = Reply(request, context)
    reply.understood(credentials(request))
    verdicts = [_say_others(reply, category) for category in request.categories]
    return reply.build(agreed(verdicts), "list")


def _asks_next(request: Request) -> bool:
    """Whether a follow-up asks what the person could get instead (那我可以考什么), after a question on the catalogue."""
    return bool({"categories", "mentions"} & set(request.inherited) and request.categories and _cue("next").search(request.text))


def _ask_category(request: Request, context: Context) -> Answer | None:
    """What else counts depends on the 专业类; None where nothing of the catalogue is asked."""
    of_catalogue = request.kind in ("recognition", "list", "unknown") and (request.tiers or request.named("Credential"))
    if not of_catalogue:
        return None
    reply = Reply(request, context)
    reply.understood(credentials(request))
    reply.say(
        "还有哪些证书能算，要看专业类：请告诉我是哪个专业类（代码或名称）。",
        "What else counts depends on the 专业类 (major category): which one do you mean?",
    )
    return reply.build("clarify", "list")


def _say_others(reply: Reply, category: Category) -> Verdict:
    """The other entries of one row, with counts by family and tier; what of the row is lost."""
    request, context = reply.request, reply.context
    state, where = coverage(context, category), f"{category.code} {category.name}"
    if state.state == "missing":
        return say_missing(reply, where, "", state, ())
    tiers = request.tiers or TIER_NAMES
    families, left_out = _families(request), _left_out(request)
    named = _named(request, context)
    rows = entries_of(context, category, families, request.tiers) if families else []
    others = [row for row in rows if row["credential"] not in named and not any(name in f"{row.get('issuer', '')} {row['name']}".lower() for name in left_out)]
    told = [mention.label for mention in credentials(request)] + [FAMILIES[family][0] for family in FAMILIES if len(families) > 1 and family not in families]
    besides = "、".join(f"“{name}”" for name in told or left_out)
    asked = "、".join(request.tiers)
    if not others:
        beside = f"除{besides}外，" if besides else ""
        reply.say(f"{where}的{asked}目录，{beside}在现存文本里没有印别的条目。", f"{where} prints no other entry there.", [state.row])
    else:
        total = len(_entries(others))
        lead = f"除{besides}以外，" if besides else ""
        lead_en = f"Besides {besides}, " if besides else ""
        reply.say(
            f"{lead}{where}{asked}还印有{total}项（数出），按类别：",
            f"{lead_en}{where} {asked} prints {total} other entries (counted), by family:",
            [state.row],
        )
    for family in FAMILIES:
        for tier in tiers:
            _say_family(reply, family, tier, [row for row in others if family_of(row) == family and tier_of(row) == tier])
    if lost(state, families, tiers):
        reply.say(
            f"这一行有缺损，可能还有别的条目（{state.row.get('loss', '')}）。",
            f"The row is damaged; more entries may have stood there ({state.row.get('reason', '')}).",
            [state.row],
        )
    for tier in tiers[:1]:
        for family, (name, name_en) in FAMILIES.items():
            if any(family_of(row) == family for row in others):
                reply.suggest(f"{category.code}{tier}的{name}有哪些？", f"List the {name_en} for {category.code} {tier}")
    return "na"


def _named(request: Request, context: Context) -> set[str]:
    """The credentials that the question names, with their more specific ones."""
    nodes = {node for mention in credentials(request) for node in mention.nodes}
    return nodes | {row["narrower"] for node in nodes for row in context.rows("narrower", credential=node)}


def _besides(request: Request) -> str:
    """What the question says that it already knows of (除了职称还有什么): the words, normalised; nothing where it does not say."""
    said = _cue("besides").search(request.text)
    return said[1] if said else ""


def _families(request: Request) -> tuple[str, ...]:
    """The families to look in: those that are asked for; all but those that are known already, from this turn (除了职称) or the one before."""
    known = {each.says for each in matches(_besides(request), patterns("families", "family"))}
    if "families" in request.inherited and not credentials(request):
        known = set(request.families)
    wanted = [family for family in request.families if family not in known] or list(FAMILIES)
    return tuple(family for family in FAMILIES if family in wanted and family not in known)


def _left_out(request: Request) -> list[str]:
    """Texts that mark an entry as one of those that are known already: an abbreviation that stands in it, an issuer that is named (除了华为的证书)."""
    abbreviations = [normalize(mention.label) for mention in credentials(request) if mention.label.isascii()]
    free = mask(_besides(request), [(each.start, each.end) for each in matches(_besides(request), patterns("families", "family"))])
    issuer = _cue("filler").sub("", free).strip(MASK)
    return [*abbreviations, *([issuer] if len(issuer) >= 2 and not credentials(request) and MASK not in issuer else [])]


def _entries(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(describe(row) for row in rows))


def _say_family(reply: Reply, family: str, tier: str, rows: Sequence[Row]) -> None:
    """The entries of one family and tier, the first of them by name; those read with doubt come last and say so."""
    if not rows:
        return
    ordered = sorted(rows, key=lambda row: row["status"].endswith("uncertain"))
    shown = {describe(row): row for row in reversed(ordered)}
    names = list(dict.fromkeys(describe(row) for row in ordered))[:SHOWN]
    marked = [f"{name}（转录存疑）" if shown[name]["status"].endswith("uncertain") else name for name in names]
    count = len(_entries(rows))
    more, more_en = ("等", "…") if count > SHOWN else ("", "")
    reply.say(
        f"- {tier}{FAMILIES[family][0]}{count}项（数出）：{'、'.join(marked)}{more}",
        f"- {tier}, {FAMILIES[family][1]}, {count} (counted): {'、'.join(marked)}{more_en}",
        [shown[name] for name in names],
    )
    for row in ordered:
        reply.item(describe(row), row["credential"])
