"""Annex 11: the entries that a question means, by qualification, level and year, and how their left side is said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.ask.context import Context, Row
from kg.ask.grades import NUMERALS
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues, mask, patterns
from kg.ask.slots import LATEST, years
from kg.ask.tables import read_table, told
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


def sort_mentions(request: Request, context: Context, level: Level) -> tuple[list[Entry], list[Mention], list[Mention]]:
    """The mentions as qualifications of annex 11, titles, and other things; a name that is both (医师) is a qualification where it stands first."""
    entries: list[Entry] = []
    titles: list[Mention] = []
    others: list[Mention] = []
    for mention in request.mentions:
        is_title = _is_title(context, mention)
        if not (is_title and entries) and not (is_title and asks_back(request)) and (entry := entry_of(context, request, mention, level)).rows:
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


def entry_of(context: Context, request: Request, mention: Mention, level: Level) -> Entry:
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


def asks_back(request: Request) -> bool:
    """Whether the question goes from title to qualification."""
    return bool(_cue("reverse").search(request.text) or _cue("reverse_end").search(request.text))


def told_entry(context: Context, entry: Entry) -> Entry:
    """An entry with its rows as the query for its qualifications gives them; a level that the printed name says stays with its row."""
    rows = told(context, "title_equivalence", entry.rows, "qualification")
    rows = [new | {"levelWord": found["levelWord"]} if "levelWord" in found else new for new, found in zip(rows, entry.rows, strict=True)]
    return replace(entry, rows=tuple(rows), fitting=tuple(row for fact in [each["fact"] for each in entry.fitting] for row in rows if row["fact"] == fact))


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


def left_side(row: Row) -> str:
    """An entry's left side for a list: with the printed name of the qualification where its level is not told from it."""
    name, described = printed_name(row), describe(row)
    further = row.get("condition", "") if row.get("condition") and not years(normalize(row["condition"])) else ""
    return (
        described + (f"（{further}）" if len(further) in range(1, 8) else "")
        if name in described or described.startswith(row.get("levelWord", "?"))
        else f"{name}（{described}）"
    )


def groups_of(rows: Sequence[Row]) -> Mapping[tuple[str, str, str], list[Row]]:
    """Entries by left side: number, level and condition."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["number"], row.get("levelWord", ""), row.get("condition", "")), []).append(row)
    return groups


def _core(name: str) -> str:
    """What a qualification's name says beside the words that many names have."""
    return _cue("common_words").sub("", normalize(name))


def entries_named_alike(context: Context, mention: Mention) -> list[Row]:
    """The entries whose names share four characters or more with a name that annex 11 does not print, or are a part of it: another name of it, perhaps."""
    name = mention.label or mention.text
    core = _core(name)
    pieces = {core[start : start + 4] for start in range(len(core) - 3)}
    every = read_table(context, "title_equivalence")
    return [
        row
        for row in every
        if any(piece in _core(f"{printed_name(row)}{row.get('levelWord', '')}") for piece in pieces)
        # 执业兽医 in 执业兽医师, whose core 兽医师 is short.
        or (len(printed_name(row)) >= 4 and printed_name(row) in name)
    ]
