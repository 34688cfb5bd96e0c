"""Questions about annex 11: which title a national qualification corresponds to, by level and year, and back."""

from collections.abc import Iterable, Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, Row
from kg.ask.forms import asks_yes_no, has_form
from kg.ask.grades import NUMERALS
from kg.ask.kinds.equivalence.entries import (
    Entry,
    Level,
    asks_back,
    describe,
    entries_named_alike,
    entry_of,
    groups_of,
    left_side,
    levels,
    printed_name,
    sort_mentions,
    told_entry,
)
from kg.ask.kinds.pathway.reading import series_rows
from kg.ask.kinds.ranks import full_rank, rank_en, rank_of_title, within
from kg.ask.kinds.refusals import unknown_name
from kg.ask.kinds.series import answer_series
from kg.ask.reply import Reply, agreed, caution
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues
from kg.ask.slots import years
from kg.ask.tables import read_table, table, told
from kg.ask.text import normalize

_cue = Cues("equivalence")


def answer_title_equivalence(request: Request, context: Context) -> Answer | None:
    """Qualification → title; None where the question names a 专业类 or nothing that could be a qualification or a title."""
    if (request.categories and not _cue("annex").search(request.text)) or _cue("occupations").search(request.text):
        return None
    reply = Reply(request, context)
    reply.understood((*request.mentions, *request.unlinked))
    level = levels(request)
    entries, titles, others = sort_mentions(request, context, level)
    if not entries and titles and request.previous and "kind" in request.inherited:
        entries = [entry for mention in request.previous if (entry := entry_of(context, request, mention, level)).rows][:1]
    if (titles or level.ranks) and not entries and asks_back(request):
        return _back(reply, titles, level.ranks)
    if entries:
        return _forth(reply, entries, titles, level)
    if not request.mentions and not request.unlinked and has_form(request, "count") and _cue("annex").search(request.text):
        return _count(reply)
    if not _cue("annex").search(request.text) and any(_series_tell(request, context, mention) for mention in others):
        return answer_series(request, context)
    if others and not _belongs_elsewhere(request, others):
        return _no_entry(reply, others)
    if request.unlinked and not others:
        return unknown_name(reply, "title_equivalence")
    return None


def answer_by_rank(request: Request, context: Context) -> Answer | None:
    """一级建造师是中级职称吗: not a title, but annex 11 says which title it corresponds to, and that has a rank."""
    level = levels(request)
    entries, titles, _ = sort_mentions(request, context, level)
    if not entries:
        return None
    reply = Reply(request, context)
    reply.understood(request.mentions)
    return _forth(reply, entries, titles, Level(level.words, level.ranks or request.ranks))


def _belongs_elsewhere(request: Request, others: Iterable[Mention]) -> bool:
    """Whether the question is about a skill grade's way to a title, or a series, and not about annex 11."""
    if _cue("annex").search(request.text):
        return False
    skill = all(mention.of("Occupation", "WorkType", "Award", "SpecialSkillCertificate") and not mention.of("PracticeQualification") for mention in others)
    graded = bool(request.grades or any(mention.grades for mention in others))
    return (skill and (graded or bool({"series", "pathway", "subsidy", "directory", "evaluator"} & set(request.scores)))) or all(
        mention.of("IndustryAssociation", "EvaluationOrganization", "AdministrativeBody", "CertificateIssuer", "Organization", "Award", "Competition")
        and not mention.of("Credential")
        for mention in others
    )


def _series_tell(request: Request, context: Context, mention: Mention) -> bool:
    """Whether annex 11 isn't all that the documents say: Zhejiang's table gives an occupation its series, or its note leaves it to the committee."""
    listed = bool(series_rows(context, mention.nodes))
    return listed or (mention.of("Occupation", "WorkType", "SkillCertificate", "PracticeQualification") and bool(_cue("applies").search(request.text)))


def _right_side(reply: Reply, rows: Sequence[Row]) -> tuple[str, str, list[Row]]:
    """The titles of one left side, with their ranks in annex 10, in Chinese and English, and the rows that prove it."""
    joint, joint_en = ("或", " or ") if rows[0]["relation"] == "or" else ("、", ", ")
    parts, parts_en = [], []
    ranked: list[Row] = []
    for row in rows:
        rank, own = rank_of_title(reply.context, row["title"], row["titleName"])
        ranked += own
        parts.append(row["titleName"] + (f"（附件10列为{full_rank(rank)}）" if own else ""))
        parts_en.append(row["titleName"] + (f" (in annex 10: {rank_en(rank)})" if own else ""))
    return joint.join(parts), joint_en.join(parts_en), [*rows, *told(reply.context, "title_levels", ranked, "fact")]


def _forth(reply: Reply, entries: Sequence[Entry], titles: Sequence[Mention], level: Level) -> Answer:
    """From qualifications to titles."""
    verdicts = [_judge(reply, told_entry(reply.context, entry), titles, level) for entry in entries]
    first = entries[0]
    if first.fitting:
        reply.suggest(f"哪些职业资格可以对应{first.fitting[0]['titleName']}？", f"Which national qualifications correspond to {first.fitting[0]['titleName']}?")
        reply.suggest(f"{printed_name(first.fitting[0])}是准入类职业资格吗？", f"Is {printed_name(first.fitting[0])} a 准入类 qualification?")
    return reply.build(agreed(verdicts), "title_equivalence")


def _judge(reply: Reply, entry: Entry, titles: Sequence[Mention], level: Level) -> Verdict:
    """One qualification: the titles asked for are its titles, or not, or under a condition that was not said."""
    if not entry.fitting:
        return _nothing_fits(reply, entry, level)
    groups = groups_of(entry.fitting)
    asked = "、".join([*(f"“{mention.label}”" for mention in titles), *(f"{rank}职称" for rank in level.ranks)])
    closed = bool(asked) and (asks_yes_no(reply.request) or bool(reply.request.previous)) and not has_form(reply.request, "choice")
    hits = {key: _hits(reply, rows, titles, level) for key, rows in groups.items()}
    verdict: Verdict = "na"
    if closed:
        verdict = "yes" if all(hits.values()) else "clarify" if any(hits.values()) else "unknown" if _renamed(reply, entry, titles) else "no"
        head, head_en = {
            "yes": ("**可以**", "**Yes**"),
            "no": (f"**不能**对应{asked}", f"**No**, not {asked}"),
            "clarify": (f"**要看级别或取得时间**，能否对应{asked}请先确认", f"**It depends on the level or the year** whether it is {asked}"),
            "unknown": (
                f"**无法判断**：附件11没有印{asked}，是否就是其中所印职称的另一名称，文件没有说",
                f"**Unknown**: annex 11 does not print {asked}; whether it is another name is not said",
            ),
        }[verdict]
        reply.say(f"{head}。附件11第{_numbers(entry)}项这样写：", f"{head_en}. Annex 11, number {_numbers(entry)}, says:", entry.fitting[:1])
    elif asks_yes_no(reply.request) and not has_form(reply.request, "list"):
        verdict = "yes"
        reply.say(f"**有**，见附件11第{_numbers(entry)}项：", f"**Yes**, number {_numbers(entry)} of annex 11:", entry.fitting[:1])
    for rows in groups.values():
        right, right_en, proof = _right_side(reply, rows)
        reply.say(f"{describe(rows[0])}可对应{right}。", f"{describe(rows[0])} corresponds to {right_en}.", proof)
        for row in rows:
            reply.item(f"{describe(row)}：{row['titleName']}", row["title"])
    _remarks(reply, entry)
    caution(reply, entry.fitting)
    return verdict


def _renamed(reply: Reply, entry: Entry, titles: Sequence[Mention]) -> bool:
    """Whether a title of annex 11 that annex 10 does not know stands in the name asked for (翻译 in 二级翻译): perhaps the same, the documents do not say."""
    unranked = [row["titleName"] for row in entry.fitting if not rank_of_title(reply.context, row["title"], row["titleName"])[0]]
    return any(name in mention.label for mention in titles for name in unranked)


def _numbers(entry: Entry) -> str:
    """The numbers in annex 11 of the entries that fit."""
    return "、".join(dict.fromkeys(row["number"] for row in entry.fitting))


def _hits(reply: Reply, rows: Sequence[Row], titles: Sequence[Mention], level: Level) -> bool:
    """Whether one of the titles of a left side is one asked for, by name or by rank."""
    for row in rows:
        rank, _ = rank_of_title(reply.context, row["title"], row["titleName"])
        for mention in titles:
            same = row["title"] in mention.nodes or row["titleName"] == mention.label
            ranked = mention.label in (f"{rank}{row['titleName']}", f"{full_rank(rank)[:2]}{row['titleName']}") and rank == "中级"
            if same or ranked:
                return True
        if level.ranks and not titles and (within(rank, level.ranks) or (rank in ("高级", "初级") and rank in level.ranks)):
            return True
    return False


def _remarks(reply: Reply, entry: Entry) -> None:
    """What a careful reader adds: the entry's further condition, its printed name, the entries of other levels and years."""
    row = entry.fitting[0]
    condition = row.get("condition", "")
    if condition and not years(normalize(condition)):
        reply.say(f"附件11另写条件：{condition}。", f"Annex 11 adds a condition: {condition}.", entry.fitting[:1])
    name = printed_name(row)
    if normalize(name) not in normalize(reply.request.text) and entry.mention.label != name and row["qualification"] in entry.mention.nodes:
        reply.say(f"附件11印的名称是“{name}”。", f"Annex 11 prints the name as “{name}”.", entry.fitting[:1])
    rest = [each for each in entry.rows if each not in entry.fitting]
    if rest:
        parts = _both_sides(rest)
        reply.say(f"同一项里还印有：{parts}。", f"The same entry also prints: {parts}.", rest)


def _both_sides(rows: Sequence[Row]) -> str:
    """Entries by left side, each with its titles."""
    groups = groups_of(rows).values()
    return "；".join(f"{describe(some[0])}：{('或' if some[0]['relation'] == 'or' else '、').join(each['titleName'] for each in some)}" for some in groups)


def _nothing_fits(reply: Reply, entry: Entry, level: Level) -> Verdict:
    """Annex 11 has the qualification, but not the level or year said."""
    said = "、".join((*(NUMERALS[str(grade)] for grade in entry.mention.grades), *([entry.mention.level] if entry.mention.level else []), *level.words))
    year = str(reply.request.years[0][0]) if reply.request.years else ""
    what = "、".join(filter(None, (said, year and f"{year}年取得")))
    parts = _both_sides(entry.rows)
    reply.say(
        f"**无法判断**：附件11第{entry.rows[0]['number']}项“{printed_name(entry.rows[0])}”没有写{what or '这种情形'}，只写有{parts}。",
        f"**Unknown**: number {entry.rows[0]['number']} of annex 11, {printed_name(entry.rows[0])}, does not say this ({what}); it prints {parts}.",
        entry.rows,
    )
    return "unknown"


def _no_entry(reply: Reply, others: Sequence[Mention]) -> Answer:
    """Annex 11 is complete and numbered: what it does not print has no title there; where it prints a name much like it, that is left open."""
    verdicts: list[Verdict] = []
    for mention in others:
        if near := told(reply.context, "title_equivalence", entries_named_alike(reply.context, mention), "qualification", "title"):
            parts = "、".join(dict.fromkeys(f"{left_side(row)}：{row['titleName']}" for row in near))
            reply.say(
                f"**无法判断**：附件11没有印“{mention.label}”，印有名称相近的{parts}，是否同一项请核对。",
                f"**Unknown**: annex 11 does not print “{mention.label}”; it prints these, named alike: {parts}.",
            )
            verdicts.append("unknown")
            continue
        verdicts.append("no")
        national = [row for row in read_table(reply.context, "national_qualification") if row["credential"] in mention.nodes]
        listed = told(reply.context, "national_qualification", national, "credential")
        in_list = f"它列在附件8（国家职业资格目录）第{listed[0]['number']}项，但" if listed else ""
        total = table(reply.context, "title_equivalence")
        count = len({row["number"] for row in total})
        in_list_en = f"it stands in annex 8 (the national qualification list) as number {listed[0]['number']}, but " if listed else ""
        reply.say(
            f"**没有**：{in_list}附件11的{count}项里没有“{mention.label}”这一项，附件11没有给出它对应的职称。",
            f"**No**: {in_list_en}annex 11 has no such entry among its {count} (“{mention.label}”), so it names no title for it.",
            [*listed, *total[:1], *total[-1:]],
        )
    reply.suggest("附件11里哪些职业资格可以对应工程师？", "Which national qualifications correspond to 工程师?")
    return reply.build("no" if set(verdicts) == {"no"} else "unknown", "title_equivalence")


def _back(reply: Reply, titles: Sequence[Mention], asked_ranks: Sequence[str]) -> Answer:
    """From titles to the qualifications that correspond to them."""
    context = reply.context
    every = read_table(context, "title_equivalence")
    if titles:
        wanted = {node for mention in titles for node in mention.nodes}
        names = "、".join(mention.label for mention in titles)
        found = [row for row in every if row["title"] in wanted]
    else:
        names = "、".join(f"{rank}职称" for rank in asked_ranks)
        found = [row for row in every if within(rank_of_title(context, row["title"], row["titleName"])[0], asked_ranks)]
    rows = told(context, "title_equivalence", found, "title")
    if not rows:
        total = table(context, "title_equivalence")
        reply.say(f"附件11没有可对应{names}的职业资格。", f"Annex 11 names no qualification that corresponds to {names}.", [total[0], total[-1]])
        return reply.build("no" if asks_yes_no(reply.request) else "na", "title_equivalence")
    rows = sorted(rows, key=lambda row: int(row["number"]))
    parts = list(dict.fromkeys(left_side(row) for row in rows))
    reply.say(
        f"附件11里可对应{names}的职业资格有{len(parts)}种：{'、'.join(parts)}。",
        f"In annex 11 these correspond to {names} ({len(parts)}): {'、'.join(parts)}.",
        rows,
    )
    reply.list_rows(rows, left_side, "qualification")
    caution(reply, rows)
    return reply.build("na", "title_equivalence")


def _count(reply: Reply) -> Answer:
    """How many entries annex 11 has."""
    rows = table(reply.context, "title_equivalence")
    count = len({row["number"] for row in rows})
    reply.say(f"附件11一共有{count}项职业资格（按序号计数）。", f"Annex 11 has {count} entries (counted by number).", [rows[-1], rows[0]])
    return reply.build("na", "title_equivalence")
