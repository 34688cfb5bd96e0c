"""The entries of Shanghai's catalogue as all questions about it see them: tier, family, level, what of a row is lost."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.ask.answer import Answer, Verdict
from kg.ask.context import ID, Category, Context, Row
from kg.ask.grades import DIGITS, NUMERALS
from kg.ask.reply import Reply
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues

_cue = Cues("catalogue")

TIERS = {f"{ID}tier/junior": "初级", f"{ID}tier/intermediate": "中级", f"{ID}tier/senior": "高级"}
TIER_NAMES = tuple(TIERS.values())
TIERS_EN = {"初级": "初级 (junior)", "中级": "中级 (intermediate)", "高级": "高级 (senior)"}
FAMILIES = {
    "title": ("职称", "professional titles"),
    "skill": ("技能等级证书", "skill certificates"),
    "practice": ("执业资格证书", "practice qualifications"),
    "onex": ("1+X证书", "1+X certificates"),
    "industry": ("行业内其它权威证书", "other authoritative industry certificates"),
}
CREDENTIAL = "Credential"
#: Note 3 of the document: printed skill grade → tier.
NOTE_3 = {"5": "初级", "4": "中级", "3": "高级", "2": "高级", "1": "高级"}
_GRADE_IN_NAME = re.compile(r"(?<=[^（(])([一二三四五])级(?:证书|证|及以上)?$|[（(]([一二三四五])级")
_AND_ABOVE = re.compile(r"([一二三四五])级(?:/[^/（）()]{2,4})?(?:及|或)?以上")


@dataclass(frozen=True)
class Coverage:
    """What the text has of a 专业类: its state, the columns (family, tier) where entries may be lost, and the row that says so."""

    state: str
    damaged: frozenset[tuple[str, str]]
    row: Row


def coverage(context: Context, category: Category) -> Coverage:
    """The state of a 专业类 in the catalogue's text."""
    rows = context.rows("coverage", category=category.iri)
    damaged = frozenset((row["family"].rsplit("/", 1)[-1], TIERS[row["tier"]]) for row in rows if "family" in row)
    return Coverage(rows[0]["state"].rsplit("/", 1)[-1], damaged, rows[0])


def entries_of(context: Context, category: Category, families: Sequence[str] = (), tiers: Sequence[str] = ()) -> list[dict[str, str]]:
    """What the row of a 专业类 prints; of some families and tiers only, where they are given."""
    columns = {"family": [f"{ID}family/{family}" for family in families], "tier": [iri for iri, tier in TIERS.items() if tier in tiers]}
    return context.rows("list", category=category.iri, **{column: iris for column, iris in columns.items() if iris})


def entries_for(context: Context, credential: str) -> list[dict[str, str]]:
    """Every entry of the catalogue for a credential, with code and name of its 专业类, in code order."""
    by_iri = {category.iri: category for category in context.categories}
    return [row | {"code": by_iri[row["category"]].code, "categoryName": by_iri[row["category"]].name} for row in context.rows("where", credential=credential)]


def credentials(request: Request) -> tuple[Mention, ...]:
    """The mentions that can be credentials, each thing once; an occupation counts as the certificate of its name."""
    found = request.named(CREDENTIAL) or request.named("Occupation", "WorkType")
    return tuple({(mention.nodes, mention.grades, mention.level): mention for mention in reversed(found)}.values())[::-1]


def tier_of(row: Row) -> str:
    """The tier of a recognition."""
    return TIERS[row["tier"]]


def family_of(row: Row) -> str:
    """The family of a recognition."""
    return row["family"].rsplit("/", 1)[-1]


def describe(row: Row) -> str:
    """An entry as a reader of the catalogue sees it: name, level, issuer."""
    level = f"（{row['level']}）" if row.get("level") and not row["name"].endswith(row["level"]) else ""
    issuer = f"{row['issuer']}：" if row.get("issuer") else ""
    return f"{issuer}{row['name']}{level}"


def tiers_of(rows: Iterable[Row]) -> list[str]:
    """The tiers of some recognitions, from low to high."""
    return sorted({tier_of(row) for row in rows}, key=TIER_NAMES.index)


def with_tiers(rows: Iterable[Row]) -> str:
    """Entries as a reader of the catalogue sees them, each once with the tier of its column."""
    return "、".join(dict.fromkeys(f"{describe(row)}→{tier_of(row)}" for row in rows))


def fits(row: Row, mention: Mention, request: Request) -> bool:
    """Whether an entry is of the grade or level that the person has."""
    grades = {str(grade) for grade in said_grades(mention, request)}
    printed = entry_grades(row)
    if grades:
        return bool(grades & printed) if printed else _word_fits(row, grades)
    if mention.level:
        word = next((tier for tier in TIER_NAMES if tier in row.get("level", "")), "")
        return word == mention.level if word else tier_of(row) == mention.level if not printed else any(NOTE_3[grade] == mention.level for grade in printed)
    return True


def said_grades(mention: Mention, request: Request) -> tuple[int, ...]:
    """The grades that the person named for a mention, or for the question as a whole (一级、二级、三级安全员)."""
    if mention.grades and _cue("each_apart").search(request.text):
        return tuple(dict.fromkeys((*mention.grades, *request.grades)))
    if mention.grades:
        return mention.grades
    loose = tuple(grade for other in request.mentions if not other.of(CREDENTIAL) for grade in other.grades)
    return tuple(dict.fromkeys((*request.grades, *loose)))


def said_level(mention: Mention, request: Request) -> str:
    """The level that the person named, in brackets, for a sentence."""
    grades = said_grades(mention, request)
    if grades:
        return f"（{'、'.join(NUMERALS[str(grade)] for grade in grades)}）"
    return f"（{mention.level}）" if mention.level else ""


def entry_grades(row: Row) -> set[str]:
    """The grades that an entry prints: in its level bracket, or in its name (珠算四级证书, 安全员执照(一级安全员)); 四级及以上 are four."""
    printed = set(filter(None, row.get("grades", "").split("|")))
    if lowest := _AND_ABOVE.search(f"{row['name']} {row.get('level', '')}"):
        return set("12345"[: int(DIGITS[lowest[1]])])
    return printed or {DIGITS[first or second] for first, second in _GRADE_IN_NAME.findall(row["name"])}


def _word_fits(row: Row, grades: set[str]) -> bool:
    """Whether a level word without a numeral (初级工, 技师) is one of the grades; an entry without any level word fits all."""
    level = row.get("level", "")
    if not level:
        return True
    words = {"5": ("初级",), "4": ("中级",), "3": ("高级工", "高级"), "2": ("技师",), "1": ("高级技师",)}
    if "技师" in level and "高级技师" not in level and "2" in grades:
        return True
    return any(word in level and not (grade == "3" and "高级技师" in level) for grade in grades for word in words[grade] if grade != "2")


def lost(state: Coverage, families: Iterable[str], tiers: Iterable[str]) -> bool:
    """Whether an entry of one of these families may have stood, under one of these tiers, on text that is lost."""
    return any((family, tier) in state.damaged for family in families for tier in tiers)


def say_missing(reply: Reply, where: str, named: str, state: Coverage, rows: Sequence[Row]) -> Verdict:
    """The row's heading is lost: what a lost page might hold is unknown."""
    reply.say(
        f"**无法判断**：{where}这一行不在现存文本里（{state.row.get('loss', '')}），不能据此说认或不认{named}；请查原件的该行。",
        f"**Unknown**: the row {where} is not in the text that reached us ({state.row.get('reason', '')}); "
        f"whether {named} counts there cannot be told. Check the original.",
        [state.row],
    )
    if rows:
        entries = "、".join(dict.fromkeys(f"{describe(row)}（{tier_of(row)}）" for row in rows))
        reply.say(
            f"残存的片段里有{entries}，按内容推断属于这一行，仅供参考。",
            f"A fragment that probably belongs to this row prints {entries}; take it as a hint only.",
            rows,
        )
    return "unknown"


def elsewhere(reply: Reply, mention: Mention) -> None:
    """What it does count for, so that a `no` helps."""
    rows = [row for node in mention.nodes for row in entries_for(reply.context, node)]
    if rows:
        places = "、".join(dict.fromkeys(f"{row['code']}{row['categoryName']}（{tier_of(row)}）" for row in rows[:8]))
        reply.say(f"目录中印有“{mention.label}”的是：{places}{'等' if len(rows) > 8 else ''}。", f"Rows that do print “{mention.label}”: {places}.", rows[:8])


def say_no_code(reply: Reply, code: str) -> Verdict:
    """No 专业类 has this code: say so, with those whose codes begin alike."""
    alike = [category for category in reply.context.categories if any(each[:2] == code[:2] for each in category.codes)]
    reply.say(
        f"**无法判断**：目录里没有代码是{code}的专业类，请核对代码或写出专业类名称。",
        f"**Unknown**: no 专业类 of the catalogue has the code {code}; check the code or give the name.",
    )
    if alike:
        position = next(number for number, each in enumerate(alike[0].codes) if each[:2] == code[:2])
        names = "、".join(f"{category.codes[position]}{category.name}" for category in alike)
        reply.say(
            f"{alike[0].group}里有：{names}。",
            f"The group {alike[0].group} has: {names}.",
            [coverage(reply.context, category).row for category in alike],
        )
    for category in alike[:3]:
        reply.suggest(f"{category.code}{category.name}有哪些证书？", f"List the certificates for {category.code} {category.name}")
    return "unknown"


def not_printed(reply: Reply, mentions: Sequence[Mention], kind: str) -> Answer:
    """The answer where the catalogue's text prints none of the things named."""
    names = "、".join(mention.label for mention in mentions)
    reply.say(
        f"**无法判断**：目录现存的文本里没有印“{names}”。没有记录不等于不认：缺页上可能有它。",
        f"**Unknown**: the catalogue's text does not print “{names}”. No record is not a “no”: some pages are lost.",
    )
    return reply.build("unknown", kind)
