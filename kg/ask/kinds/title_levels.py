"""Questions about titles by series and rank (annex 10): which rank a title has, what a series calls a rank, which series a title is of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, Row
from kg.ask.forms import asks_yes_no, has_form
from kg.ask.kinds.equivalence import answer_by_rank
from kg.ask.kinds.ranks import full_rank, rank_en, ranks, title_rows, within
from kg.ask.kinds.refusals import unknown_name
from kg.ask.reply import Reply, caution
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues, mask, patterns
from kg.ask.tables import read_table, table, told

_cue = Cues("title_levels")

_RANK_PREFIX = re.compile(r"^(?:正高级|副高级|高级|中级|初级|助理|教授级)+")
_COLUMN = "附件10的“高级”分两栏，前一栏为正高级、后一栏为副高级；“初级”两栏依次为助理级、员级。"
_COLUMN_EN = "Annex 10 prints two columns under 高级 (full senior, then associate senior) and two under 初级 (assistant, then technician)."


@dataclass(frozen=True)
class Series:
    """A series that the question names, with its titles; `whole`, unless the name says one line of it (护理)."""

    name: str
    said: str
    rows: tuple[Row, ...]
    exact: bool
    whole: bool


def answer_title_levels(request: Request, context: Context) -> Answer | None:
    """Titles and ranks of annex 10; None where the question names neither a title nor a series and asks nothing of annex 10 itself."""
    if request.categories and not (_cue("annex").search(request.text) or "系列" in request.text):
        return None
    reply = Reply(request, context)
    found = [(mention, rows) for mention in request.mentions if (rows := title_rows(context, mention))]
    series = series_named(request, context, [mention for mention, _ in found])
    reply.understood(request.mentions)
    if found:
        return _about_titles(reply, found, series)
    others = [each for each in request.named("Credential", "Occupation") if each.exact and each.text not in {one.said for one in series}]
    if series and (any(each.exact for each in series) or not others):
        return _about_series(reply, series)
    if has_form(request, "count") and _cue("about_series").search(request.text) and (_cue("annex").search(request.text) or "职称" in request.text):
        return _count_series(reply)
    if request.mentions:
        return _no_title(request, context)
    if request.unlinked and "title_levels" in request.scores:
        return unknown_name(reply, "title_levels")
    if request.ranks and ("职称" in request.text or "title" in request.text) and (has_form(request, "list") or _cue("annex").search(request.text)):
        return _say_rank(reply)
    return None


def _no_title(request: Request, context: Context) -> Answer | None:
    """A name that annex 10 does not print: what annex 11 lets it correspond to (注册会计师), or the titles of annex 10 that are named alike (初级会计师)."""
    if not ("职称" in request.text or "title" in request.text or _cue("annex").search(request.text)):
        return None
    if request.ranks and (answer := answer_by_rank(request, context)):
        return answer
    rows = read_table(context, "title_levels")
    mention = request.mentions[0]
    base = _RANK_PREFIX.sub("", mention.label)
    near = [row for row in rows if base in row["titleName"]] if len(base) >= 3 and base != mention.label else []
    if not near or len(request.mentions) > 1:
        return None
    reply = Reply(request, context)
    reply.understood(request.mentions)
    printed = told(context, "title_levels", near, "title")
    names = "、".join(dict.fromkeys(f"{row['titleName']}（{full_rank(row['rank'])}）" for row in printed))
    reply.say(
        f"**无法判断**：附件10没有印“{mention.label}”，印有名称相近的{names}。",
        f"**Unknown**: annex 10 does not print “{mention.label}”; it prints these, named alike: {names}.",
        printed,
    )
    return reply.build("unknown", "title_levels")


def series_named(request: Request, context: Context, titles: Sequence[Mention]) -> list[Series]:
    """The series of annex 10 that a question names: as a label (档案系列), or by a short name beside the titles (中小学的一级教师)."""
    rows = read_table(context, "title_levels")
    found = []
    for mention in request.named("TitleSeries"):
        names = tuple(dict.fromkeys(row["seriesName"] for row in rows if row["series"] in mention.nodes))
        found += [_series(name, mention.text, rows, True) for name in names]
    if found:
        return found
    aliases = sorted(patterns("title_series", "series", "alias"), key=lambda rule: -len(rule.regex.pattern))
    here = [
        mention
        for mention in request.mentions
        if request.text[mention.start : mention.end] == mention.text
        and (mention in titles or (mention.exact and not mention.of("TitleSeries", "MajorCategory")))
        # 翻译, which the catalogue prints as a title too, is the series where annex 10 has no such title.
        and (mention in titles or not any(rule.regex.fullmatch(mention.text) for rule in aliases))
    ]
    free = mask(request.text, [(mention.start, mention.end) for mention in here])
    # What was named the turn before stands among the names that nothing was near to, and no more in this text.
    places = [free, *(each.text for each in request.unlinked if "mentions" in request.inherited)]
    alias = next((rule for place in places for rule in aliases if rule.regex.search(place)), None)
    if alias is None or not ("title_levels" in request.scores or titles):
        return []
    return [_series(name, alias.regex.pattern, rows, False) for name in alias.says.split("|")]


def _series(name: str, said: str, rows: Sequence[Row], exact: bool) -> Series:
    """A series with its titles, or only those of the line that the short name means."""
    own = [row for row in rows if row["seriesName"] == name]
    short = re.sub(r"(?:职称)?系列(?:职称)?$", "", said)
    lines = next((rule.says for rule in patterns("title_series", "titles", "alias") if rule.regex.pattern == short and rule.says), "")
    kept = tuple(row for row in own if not lines or re.search(lines, row["titleName"]))
    return Series(name, short, kept, exact, {row["line"] for row in kept} == {row["line"] for row in own})


def _about_titles(reply: Reply, found: Sequence[tuple[Mention, Sequence[Row]]], series: Sequence[Series]) -> Answer:
    """Rank and series of each title named."""
    request = reply.request
    if len(found) == 1 and request.ranks and _cue("name_of_rank").search(request.text) and not asks_yes_no(request):
        return _same_line(reply, *found[0])
    verdicts: list[Verdict] = []
    for mention, rows in found:
        names = {each.name for each in series}
        own = [row for row in rows if not names or row["seriesName"] in names]
        if not own and any(each.exact for each in series):
            verdicts.append(_not_in_series(reply, mention, rows, series))
            continue
        verdicts.append(_say_title(reply, mention, own or rows, bool(own and names)))
    split = told(reply.context, "title_levels", [row for _, rows in found for row in rows if ranks()[row["rank"]][0] != row["rank"]], "title")
    if split:
        reply.say(_COLUMN, _COLUMN_EN, split)
    for mention, rows in found[:1]:
        reply.suggest(f"{rows[0]['seriesName']}各层级职称叫什么？", f"Which titles are there in {rows[0]['seriesName']}, by rank?")
        reply.suggest(f"哪些职业资格可以对应{mention.label}？", f"Which national qualifications correspond to {mention.label}?")
    return reply.build(verdicts[0] if len(set(verdicts)) == 1 else "no" if "no" in verdicts and asks_yes_no(request) else "na", "title_levels")


def _say_title(reply: Reply, mention: Mention, found: Sequence[Row], in_named: bool) -> Verdict:
    """One title: yes or no where a rank or series is asked about, else its rank and series."""
    request = reply.request
    rows = told(reply.context, "title_levels", found, "title", *(("series",) if in_named else ()))
    rank = rows[0]["rank"]
    name = rows[0]["titleName"]
    where = "、".join(dict.fromkeys(row["seriesName"] for row in rows))
    as_printed = f"“{mention.label}”附件10印作“{name}”，" if name != mention.label else ""
    as_printed_en = f"“{mention.label}” is printed in annex 10 as {name}; " if name != mention.label else ""
    fact = f"{as_printed}{name}列在附件10的{where}系列，层级为{full_rank(rank)}"
    fact_en = f"{as_printed_en}annex 10 prints {name} in the series {where}, at the rank {rank_en(rank)}"
    for each in dict.fromkeys(row["seriesName"] for row in rows):
        reply.item(f"{name}：{each}，{full_rank(rank)}", next(row["series"] for row in rows if row["seriesName"] == each))
    verdict: Verdict = "na"
    if request.ranks and asks_yes_no(request):
        verdict = "yes" if within(rank, request.ranks) else "no"
        asked = "、".join(request.ranks)
        reply.say(f"**{'是' if verdict == 'yes' else '不是'}{asked}职称**：{fact}。", f"**{verdict.capitalize()}** ({asked}): {fact_en}.", rows)
    elif in_named and asks_yes_no(request):
        verdict = "yes"
        reply.say(f"**是**：{fact}。", f"**Yes**: {fact_en}.", rows)
    else:
        reply.say(f"{fact}。", f"{fact_en[:1].upper()}{fact_en[1:]}.", rows)
    caution(reply, rows)
    return verdict


def _not_in_series(reply: Reply, mention: Mention, rows: Sequence[Row], series: Sequence[Series]) -> Verdict:
    """The title is of another series than the one named; annex 10 prints both series whole."""
    asked = "、".join(each.name for each in series)
    own = "、".join(dict.fromkeys(row["seriesName"] for row in rows))
    first = told(reply.context, "title_levels", [each.rows[0] for each in series], "series")
    proof = [*told(reply.context, "title_levels", rows, "title"), *first]
    reply.say(
        f"**不是**：附件10的{asked}没有“{mention.label}”，它列在{own}（{full_rank(rows[0]['rank'])}）。",
        f"**No**: annex 10 does not print {mention.label} in {asked}; it stands in {own} ({rank_en(rows[0]['rank'])}).",
        proof,
    )
    return "no" if asks_yes_no(reply.request) else "na"


def _same_line(reply: Reply, mention: Mention, rows: Sequence[Row]) -> Answer:
    """What the line of a title calls another rank: 工程师的副高叫什么."""
    lines = {(row["document"], row["line"]) for row in rows}
    every = read_table(reply.context, "title_levels")
    same = [row for row in every if (row["document"], row["line"]) in lines and within(row["rank"], reply.request.ranks)]
    others = told(reply.context, "title_levels", same, "title", "series")
    asked = "、".join(reply.request.ranks)
    if not others:
        reply.say(
            f"附件10在{mention.label}所在的一行没有印{asked}。",
            f"Annex 10 prints no {asked} in the line of {mention.label}.",
            told(reply.context, "title_levels", rows, "title"),
        )
        return reply.build("na", "title_levels")
    for row in others:
        reply.say(
            f"附件10的{row['seriesName']}系列，{mention.label}这一行的{full_rank(row['rank'])}是{row['titleName']}。",
            f"In annex 10, series {row['seriesName']}, the {rank_en(row['rank'])} title in the line of {mention.label} is {row['titleName']}.",
            [row],
        )
        reply.item(row["titleName"], row["title"])
    return reply.build("na", "title_levels")


def _about_series(reply: Reply, series: Sequence[Series]) -> Answer:
    """The titles of a series, at the ranks asked for or at all."""
    request = reply.request
    verdict: Verdict = "na"
    every = [told(reply.context, "title_levels", each.rows, "series", *(() if each.whole else ("title",))) for each in series]
    for each, rows in zip(series, every, strict=True):
        wanted = [row for row in rows if not request.ranks or within(row["rank"], request.ranks)]
        asked = "、".join(request.ranks)
        if not wanted:
            verdict = "no" if asks_yes_no(request) else "na"
            reply.say(
                f"**没有**：附件10的{each.name}系列没有印{asked}职称，印有{_ladder(rows)}。",
                f"**None**: annex 10 prints no {asked} title in {each.name}; it prints {_ladder(rows)}.",
                rows,
            )
            continue
        if request.ranks and asks_yes_no(request) and "有" in request.text:
            verdict = "yes"
        reply.list_rows(wanted, "titleName", "title")
        kept = "" if each.whole else f"（只列与“{each.said}”有关的行）"
        reply.say(
            f"附件10的{each.name}系列{asked and asked + '职称'}{kept}：{_ladder(wanted)}。",
            f"Annex 10, series {each.name}{', ' + asked if asked else ''}: {_ladder(wanted)}.",
            wanted,
        )
    reply.say(_COLUMN, _COLUMN_EN, every[0])
    caution(reply, [row for rows in every for row in rows])
    return reply.build(verdict, "title_levels")


def _ladder(rows: Sequence[Row]) -> str:
    """Titles by rank, from high to low."""
    parts = [(rank, list(dict.fromkeys(row["titleName"] for row in rows if row["rank"] == rank))) for rank in ranks()]
    return "；".join(f"{full_rank(rank)}——{'、'.join(names)}" for rank, names in parts if names)


def _count_series(reply: Reply) -> Answer:
    """How many series annex 10 has."""
    rows = table(reply.context, "title_levels")
    first = {row["seriesName"]: row for row in reversed(rows)}
    names = sorted(first, key=lambda name: int(first[name]["line"]))
    for name in names:
        reply.item(name, first[name]["series"])
    proof = [first[names[-1]], *(first[name] for name in names[:-1])]
    reply.say(
        f"附件10一共列了{len(names)}个职称系列（按表中各系列计数）：{'、'.join(names)}。",
        f"Annex 10 lists {len(names)} title series (counted from its rows): {'、'.join(names)}.",
        proof,
    )
    return reply.build("na", "title_levels")


def _say_rank(reply: Reply) -> Answer:
    """The titles of a rank in all series."""
    asked = "、".join(reply.request.ranks)
    every = read_table(reply.context, "title_levels")
    rows = told(reply.context, "title_levels", [row for row in every if within(row["rank"], reply.request.ranks)], "level")
    reply.say(f"附件10列为{asked}的职称，按系列：", f"The titles that annex 10 ranks as {asked}, by series:")
    for series in dict.fromkeys(row["seriesName"] for row in rows):
        own = [row for row in rows if row["seriesName"] == series]
        names = "、".join(dict.fromkeys(row["titleName"] for row in own))
        reply.say(f"- {series}：{names}", f"- {series}: {names}", own)
        reply.list_rows(own, "titleName", "title")
    return reply.build("na", "title_levels")
