"""Questions about annex 11: which title a national qualification corresponds to, by level and year, and back."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, Row
from kg.ask.forms import asks_yes_no, has_form
from kg.ask.grades import NUMERALS
from kg.ask.kinds.ranks import full_rank, rank_en, rank_of_title, within
from kg.ask.kinds.refusals import unknown_name
from kg.ask.reply import Reply, agreed, caution
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues, mask, patterns
from kg.ask.slots import LATEST, years
from kg.ask.tables import read_table, table, told
from kg.ask.text import normalize

_cue = Cues("equivalence")


@dataclass(frozen=True)
class Entry:
    """A qualification that the question names, its entries in annex 11, and those of them that fit the level and year said."""

    mention: Mention
    rows: tuple[Row, ...]
    fitting: tuple[Row, ...]


@dataclass(frozen=True)
class Level:
    """What a question says of the level of a qualification and the rank of a title."""

    words: tuple[str, ...]
    ranks: tuple[str, ...]


def answer_title_equivalence(request: Request, context: Context) -> Answer | None:
    """Qualification → title; None where the question names a 专业类 or nothing that could be a qualification or a title."""
    if (request.categories and not _cue("annex").search(request.text)) or _cue("occupations").search(request.text):
        return None
    reply = Reply(request, context)
    reply.understood((*request.mentions, *request.unlinked))
    level = levels(request)
    entries, titles, others = _sort(request, context, level)
    if not entries and titles and request.previous and "kind" in request.inherited:
        before = [mention for mention in request.previous if _rows(context, mention)]
        entries = [_entry(context, request, mention, level) for mention in before[:1]]
    if (titles or level.ranks) and not entries and _asks_back(request):
        return _back(reply, titles, level.ranks)
    if entries:
        return _forth(reply, entries, titles, level)
    if not request.mentions and not request.unlinked and has_form(request, "count") and _cue("annex").search(request.text):
        return _count(reply)
    if others and not _belongs_elsewhere(request, others):
        return _no_entry(reply, others)
    if request.unlinked and not others:
        return unknown_name(reply, "title_equivalence")
    return None


def answer_by_rank(request: Request, context: Context) -> Answer | None:
    """一级建造师是中级职称吗: not a title, but annex 11 says which title it corresponds to, and that has a rank."""
    level = levels(request)
    entries, titles, _ = _sort(request, context, level)
    if not entries:
        return None
    reply = Reply(request, context)
    reply.understood(request.mentions)
    return _forth(reply, entries, titles, Level(level.words, level.ranks or request.ranks))


def levels(request: Request) -> Level:
    """Which level words are of the qualification (软考中级) and which are of the title asked for (中级职称)."""
    here = [(mention.start, mention.end) for mention in request.mentions if request.text[mention.start : mention.end] == mention.text]
    text = mask(request.text, here)
    words = [NUMERALS[str(grade)] for grade in request.grades]
    asked = []
    for rule in patterns("ranks", "rank"):
        for each in rule.regex.finditer(text):
            if rule.says not in request.ranks:
                continue
            if _cue("rank_after").match(text[each.end() :]) or _cue("rank_before").search(text[: each.start()]) or rule.says not in ("高级", "中级", "初级"):
                asked.append(rule.says)
            else:
                words.append(rule.says)
    if "ranks" in request.inherited and not asked:
        asked = list(request.ranks)
    return Level(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(asked)))


def _rows(context: Context, mention: Mention) -> Sequence[Row]:
    """The entries of annex 11 that a mention means, or is a level of, or that are its levels (注册消防工程师: 一级消防工程师), found in memory."""
    every = read_table(context, "title_equivalence")
    above = [row["qualification"] for node in mention.nodes for row in every if row.get("levelQualification") == node]
    found = [row for node in dict.fromkeys((*mention.nodes, *above)) for row in every if row["qualification"] == node]
    if not found:
        below = {item["credential"] for item in read_table(context, "national_qualification_items") if item["parent"] in mention.nodes}
        found = [row for row in every if row["qualification"] in below]
    if found or not mention.of("PracticeQualification"):
        return found
    core = _core(mention.label)
    alike = [row for row in every if _core(printed_name(row)) == core and re.match(r"[一二三]级", printed_name(row))]
    return [{**row, "levelWord": printed_name(row)} for row in alike]


def _sort(request: Request, context: Context, level: Level) -> tuple[list[Entry], list[Mention], list[Mention]]:
    """The mentions as qualifications of annex 11, titles, and other things; a name that is both (医师) is a qualification where it stands first."""
    entries: list[Entry] = []
    titles: list[Mention] = []
    others: list[Mention] = []
    for mention in request.mentions:
        is_title = _is_title(context, mention)
        if not (is_title and entries) and not (is_title and _asks_back(request)) and (entry := _entry(context, request, mention, level)).rows:
            entries.append(entry)
        elif is_title or (mention.of("ProfessionalTitle") and entries):
            titles.append(mention)
        elif not mention.of("TitleSeries", "MajorCategory", "MajorGroup"):
            others.append(mention)
    after = [mention for mention in titles if entries and mention.start > entries[0].mention.start]
    return entries, after or titles, others


def _is_title(context: Context, mention: Mention) -> bool:
    tables = ("title_levels", "title_equivalence")
    titles = context.once("titles of annexes 10 and 11", lambda: {row["title"] for name in tables for row in read_table(context, name)})
    return not titles.isdisjoint(mention.nodes)


def _entry(context: Context, request: Request, mention: Mention, level: Level) -> Entry:
    """A qualification with its entries, and those that fit what is said."""
    rows = _rows(context, mention)
    return Entry(mention, tuple(rows), tuple(_fitting(rows, mention, request, level)))


def _fitting(rows: Sequence[Row], mention: Mention, request: Request, level: Level) -> list[Row]:
    """The entries that hold for the year and level said; a level said beside the name goes before the one in the name (一级建造师 … 二级的呢)."""
    dated = [row for row in rows if not request.years or _year_fits(row, request.years[0])]
    grades = mention.grades if "mentions" in request.inherited else (*mention.grades, *request.grades)
    words = [NUMERALS[str(grade)] for grade in grades if mention.grades] or ([mention.level] if mention.level else []) or list(level.words)
    if words:
        found = [row for row in dated if any(word in row.get("levelWord", "") for word in words)] or [
            row for row in dated if any(word in row["titleName"] for word in words)
        ]
        if found:
            return found + ([row for row in dated if "levelWord" not in row] if "一级" in words else [])
        return [row for row in dated if "levelWord" not in row]
    return _of_level(dated, mention)


def _of_level(rows: Sequence[Row], mention: Mention) -> list[Row]:
    """Where a mention is one level of the qualification: its entries, and for the highest level the entries printed without level (before levels were made)."""
    printed = {row["levelWord"] for row in rows if "levelWord" in row}
    said = normalize(mention.text)
    if not mention.exact and re.search(r"[一二三]级", mention.label) and not re.search(r"[一二三123]", said):
        return list(rows)
    of_level = [row for row in rows if row.get("levelQualification") in mention.nodes]
    qualification = any(row["qualification"] in mention.nodes for row in rows)
    if not of_level or qualification:
        exact = [row for row in rows if normalize(row.get("levelWord", "")) == said != normalize(printed_name(row))]
        return exact or list(rows)
    unlevelled = [row for row in rows if "levelWord" not in row]
    first = min(printed, key=lambda word: next(index for index, numeral in enumerate((*reversed(NUMERALS.values()), "")) if numeral in word))
    return of_level + (unlevelled if of_level[0]["levelWord"] == first else [])


def _year_fits(row: Row, said: tuple[int, int]) -> bool:
    """Whether the years said lie within the condition of an entry; an entry without years holds for all."""
    spans = years(normalize(row.get("condition", "")))
    spans = [(match, span) for match, span in spans if span[0] == 0 or span[1] == LATEST]
    return all(first <= said[0] and said[1] <= last for _, (first, last) in spans)


def _asks_back(request: Request) -> bool:
    """Whether the question goes from title to qualification."""
    return bool(_cue("reverse").search(request.text) or _cue("reverse_end").search(request.text))


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


def printed_name(row: Row) -> str:
    """The name in the left column of annex 11, as printed."""
    cells = row["text"].split(" | ")
    return cells[1] if len(cells) > 1 else cells[0]


def describe(row: Row) -> str:
    """An entry's left side: the name with its level and condition."""
    name = printed_name(row)
    level = row.get("levelWord", "")
    # 一级建造师 says its qualification; 中级资格 doesn't.
    named = level if level and not re.fullmatch(r"[初中高]级(?:资格)?", level) and len(level) > 2 else f"{name}{'（' + level + '）' if level else ''}"
    dated = row.get("condition", "") if years(normalize(row.get("condition", ""))) else ""
    return f"{named}（{dated}）" if dated else named


def _groups(rows: Sequence[Row]) -> Mapping[tuple[str, str, str], list[Row]]:
    """Entries by left side: number, level and condition."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["number"], row.get("levelWord", ""), row.get("condition", "")), []).append(row)
    return groups


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
    verdicts = [_judge(reply, _told(reply.context, entry), titles, level) for entry in entries]
    first = entries[0]
    if first.fitting:
        reply.suggest(f"哪些职业资格可以对应{first.fitting[0]['titleName']}？", f"Which national qualifications correspond to {first.fitting[0]['titleName']}?")
        reply.suggest(f"{printed_name(first.fitting[0])}是准入类职业资格吗？", f"Is {printed_name(first.fitting[0])} a 准入类 qualification?")
    return reply.build(agreed(verdicts), "title_equivalence")


def _told(context: Context, entry: Entry) -> Entry:
    """An entry with its rows as the query for its qualifications gives them; a level that the printed name says stays with its row."""
    rows = told(context, "title_equivalence", entry.rows, "qualification")
    rows = [new | {"levelWord": found["levelWord"]} if "levelWord" in found else new for new, found in zip(rows, entry.rows, strict=True)]
    return replace(entry, rows=tuple(rows), fitting=tuple(row for fact in [each["fact"] for each in entry.fitting] for row in rows if row["fact"] == fact))


def _judge(reply: Reply, entry: Entry, titles: Sequence[Mention], level: Level) -> Verdict:
    """One qualification: the titles asked for are its titles, or not, or under a condition that was not said."""
    if not entry.fitting:
        return _nothing_fits(reply, entry, level)
    groups = _groups(entry.fitting)
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
        parts = "；".join(
            f"{describe(some[0])}：{('或' if some[0]['relation'] == 'or' else '、').join(each['titleName'] for each in some)}"
            for some in _groups(rest).values()
        )
        reply.say(f"同一项里还印有：{parts}。", f"The same entry also prints: {parts}.", rest)


def _nothing_fits(reply: Reply, entry: Entry, level: Level) -> Verdict:
    """Annex 11 has the qualification, but not the level or year said."""
    said = "、".join((*(NUMERALS[str(grade)] for grade in entry.mention.grades), *([entry.mention.level] if entry.mention.level else []), *level.words))
    year = str(reply.request.years[0][0]) if reply.request.years else ""
    what = "、".join(filter(None, (said, year and f"{year}年取得")))
    parts = "；".join(
        f"{describe(some[0])}：{('或' if some[0]['relation'] == 'or' else '、').join(each['titleName'] for each in some)}"
        for some in _groups(entry.rows).values()
    )
    reply.say(
        f"**无法判断**：附件11第{entry.rows[0]['number']}项“{printed_name(entry.rows[0])}”没有写{what or '这种情形'}，只写有{parts}。",
        f"**Unknown**: number {entry.rows[0]['number']} of annex 11, {printed_name(entry.rows[0])}, does not say this ({what}); it prints {parts}.",
        entry.rows,
    )
    return "unknown"


def _core(name: str) -> str:
    """What a qualification's name says beside the words that many names have."""
    return _cue("common_words").sub("", normalize(name))


def _near(rows: Iterable[Row], mention: Mention) -> list[Row]:
    """The entries of annex 11 whose names share four characters or more with a name that it does not print: another name of it, perhaps."""
    core = _core(mention.label or mention.text)
    pieces = {core[start : start + 4] for start in range(len(core) - 3)}
    return [row for row in rows if any(piece in _core(f"{printed_name(row)}{row.get('levelWord', '')}") for piece in pieces)]


def _no_entry(reply: Reply, others: Sequence[Mention]) -> Answer:
    """Annex 11 is complete and numbered: what it does not print has no title there; where it prints a name much like it, that is left open."""
    verdicts: list[Verdict] = []
    for mention in others:
        if near := told(reply.context, "title_equivalence", _near(read_table(reply.context, "title_equivalence"), mention), "qualification", "title"):
            parts = "、".join(dict.fromkeys(f"{_left(row)}：{row['titleName']}" for row in near))
            reply.say(
                f"**无法判断**：附件11没有印“{mention.label}”，印有名称相近的{parts}，是否同一项请核对。",
                f"**Unknown**: annex 11 does not print “{mention.label}”; it prints these, named alike: {parts}.",
                near,
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
    parts = list(dict.fromkeys(_left(row) for row in rows))
    reply.say(
        f"附件11里可对应{names}的职业资格有{len(parts)}种：{'、'.join(parts)}。",
        f"In annex 11 these correspond to {names} ({len(parts)}): {'、'.join(parts)}.",
        rows,
    )
    for row in rows:
        reply.item(_left(row), row["qualification"])
    caution(reply, rows)
    return reply.build("na", "title_equivalence")


def _left(row: Row) -> str:
    """An entry's left side for a list: with the printed name of the qualification where its level is not told from it."""
    name, described = printed_name(row), describe(row)
    further = row.get("condition", "") if row.get("condition") and not years(normalize(row["condition"])) else ""
    return (
        described + (f"（{further}）" if len(further) in range(1, 8) else "")
        if name in described or described.startswith(row.get("levelWord", "?"))
        else f"{name}（{described}）"
    )


def _count(reply: Reply) -> Answer:
    """How many entries annex 11 has."""
    rows = table(reply.context, "title_equivalence")
    count = len({row["number"] for row in rows})
    reply.say(f"附件11一共有{count}项职业资格（按序号计数）。", f"Annex 11 has {count} entries (counted by number).", [rows[-1], rows[0]])
    return reply.build("na", "title_equivalence")
