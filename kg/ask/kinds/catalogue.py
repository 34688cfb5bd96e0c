"""Questions about Shanghai's catalogue: does a credential count (recognition), where (where), what is there (list)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.ask.answer import Answer, Verdict
from kg.ask.context import ID, Category, Context
from kg.ask.reply import Reply, caution
from kg.ask.sameness import forms, resembles, same_core, without_level
from kg.ask.tables import table
from kg.ask.text import normalize
from kg.ask.understand import Mention, Request
from kg.graph.identity import stem

Row = Mapping[str, str]
TIERS = {f"{ID}tier/junior": "初级", f"{ID}tier/intermediate": "中级", f"{ID}tier/senior": "高级"}
TIERS_EN = {"初级": "初级 (junior)", "中级": "中级 (intermediate)", "高级": "高级 (senior)"}
FAMILIES = {
    "title": ("职称", "professional titles"), "skill": ("技能等级证书", "skill certificates"), "practice": ("执业资格证书", "practice qualifications"),
    "onex": ("1+X证书", "1+X certificates"), "industry": ("行业内其它权威证书", "other authoritative industry certificates"),
}  # fmt: skip
CREDENTIAL = "Credential"
#: Note 3 of the document: printed skill grade → tier.
NOTE_3 = {"5": "初级", "4": "中级", "3": "高级", "2": "高级", "1": "高级"}
NUMERALS = {"5": "五级", "4": "四级", "3": "三级", "2": "二级", "1": "一级"}
#: Words in the reason of an uncertain entry that say that its column, not its name, is in doubt.
_COLUMN_DOUBT = re.compile(r"tier|column|shift|cell|practice\.|onex\.|skill\.|industry\.|title\.")
_DIGITS = {name[0]: digit for digit, name in NUMERALS.items()}
_GRADE_IN_NAME = re.compile(r"(?<=[^（(])([一二三四五])级(?:证书|证|及以上)?$|[（(]([一二三四五])级")
#: Entries shown of a long list in the text; the items hold all.
SHOWN = 60


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


def issuers_entries(request: Request, context: Context) -> tuple[Mention, ...]:
    """Where only an issuer is named with a 专业类 (思科初级认证, Oracle中级证书): the entries of the row that it issues or that begin with its name, as one mention."""
    named = [*request.named("CertificateIssuer", "Organization"), *(mention for mention in request.unlinked if mention.text.isascii() or len(mention.text) >= 3)]
    found = []
    for mention in named:
        nodes = [
            row["credential"] for category in request.categories for row in context.rows("list", category=category.iri)
            if normalize(row["name"]).startswith((normalize(mention.text), normalize(mention.label or mention.text))) or (mention.label and mention.label in row.get("issuer", ""))
        ]  # fmt: skip
        if nodes and len(mention.text) >= 2:
            found.append(replace(mention, label=mention.label or mention.text, nodes=tuple(dict.fromkeys(nodes)), types=frozenset({CREDENTIAL, "IndustryCertificate"})))
    return tuple(found)


def entries_for(context: Context, credential: str) -> list[dict[str, str]]:
    """Every entry of the catalogue for a credential, with code and name of its 专业类, in code order."""
    by_iri = {category.iri: category for category in context.categories}
    return [row | {"code": by_iri[row["category"]].code, "categoryName": by_iri[row["category"]].name} for row in context.rows("where", credential=credential)]


def credentials(request: Request) -> tuple[Mention, ...]:
    """The mentions that can be credentials; an occupation counts as the certificate of its name."""
    return request.named(CREDENTIAL) or request.named("Occupation", "WorkType")


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


def recognitions(context: Context, mention: Mention, category: Category) -> list[dict[str, str]]:
    """The entries of a 专业类 for what a mention may be, the more specific ones included and marked (`specific`)."""
    found: dict[str, dict[str, str]] = {}
    for node in mention.nodes:
        for row in context.rows("recognition", credential=node, category=category.iri):
            found[row["fact"]] = row
    for node in mention.nodes:
        for narrower in context.rows("narrower", credential=node):
            for row in context.rows("recognition", credential=narrower["narrower"], category=category.iri):
                found.setdefault(row["fact"], row | {"specific": "1"})
    return list(found.values())


def same_in_row(context: Context, mention: Mention, request: Request, category: Category) -> list[dict[str, str]]:
    """The entries of a 专业类 that are the mentioned certificate in other words: level and name in another order, one of several names in one entry, the general
    name where a track is meant; or that resemble it so much that no other certificate can be meant (`other_words`)."""
    ranked = {stem(row["titleName"]): row["tier"].rsplit("/", 1)[-1] for row in table(context, "title_levels_all")}
    ranked = {name: TIERS[f"{ID}tier/{tier}"] for name, tier in ranked.items()}
    levels = [str(grade) for grade in said_grades(mention, request)] or ([mention.level] if mention.level else [])
    licence = mention.of("PracticeQualification")
    said = forms(mention.label, levels, ranked, licence=licence) | forms(without_level(mention.text), levels, ranked, licence=licence)
    broader = {row["broader"] for node in mention.nodes for row in context.rows("broader", credential=node)}
    found = []
    for row in context.rows("list", category=category.iri):
        printed = entry_grades(row) or {tier for tier in TIERS.values() if tier in row.get("level", "")}
        if said & forms(row["name"], printed, ranked, licence=family_of(row) == "practice"):
            found.append(row | {"same": "1"})
        elif row["credential"] in broader:
            found.append(row | {"general": "1"})
        elif resembles(mention.label, row["name"]) or resembles(without_level(mention.text), row["name"]):
            found.append(row | {"other_words": "1"})
    context.trace[:] = [each for each in context.trace if each[0] != "title_levels_all"]
    return found


def fits(row: Row, mention: Mention, request: Request) -> bool:
    """Whether an entry is of the grade or level that the person has."""
    grades = {str(grade) for grade in said_grades(mention, request)}
    printed = entry_grades(row)
    if grades:
        return bool(grades & printed) if printed else _word_fits(row, grades)
    if mention.level:
        word = next((tier for tier in TIERS.values() if tier in row.get("level", "")), "")
        return word == mention.level if word else tier_of(row) == mention.level if not printed else any(NOTE_3[grade] == mention.level for grade in printed)
    return True


def said_grades(mention: Mention, request: Request) -> tuple[int, ...]:
    """The grades that the person named for a mention, or for the question as a whole (一级、二级、三级安全员)."""
    if mention.grades and re.search("分别|各", request.text):
        return tuple(dict.fromkeys((*mention.grades, *request.grades)))
    if mention.grades:
        return mention.grades
    loose = tuple(grade for other in request.mentions if not other.of(CREDENTIAL) for grade in other.grades)
    return tuple(dict.fromkeys((*request.grades, *loose)))


def entry_grades(row: Row) -> set[str]:
    """The grades that an entry prints: in its level bracket, or in its name (珠算四级证书, 安全员执照(一级安全员))."""
    printed = set(filter(None, row.get("grades", "").split("|")))
    return printed or {_DIGITS[first or second] for first, second in _GRADE_IN_NAME.findall(row["name"])}


def _word_fits(row: Row, grades: set[str]) -> bool:
    """Whether a level word without a numeral (初级工, 技师) is one of the grades; an entry without any level word fits all."""
    level = row.get("level", "")
    if not level:
        return True
    words = {"5": ("初级",), "4": ("中级",), "3": ("高级工", "高级"), "2": ("技师",), "1": ("高级技师",)}
    if "技师" in level and "高级技师" not in level and "2" in grades:
        return True
    return any(word in level and not (grade == "3" and "高级技师" in level) for grade in grades for word in words[grade] if grade != "2")


def answer_recognition(request: Request, context: Context) -> Answer | None:
    """Does it count? One judgement for each mention, 专业类 and tier; the verdict is theirs where they agree."""
    if not credentials(request) and not request.categories and "recognition" not in request.scores:
        return None
    if request.unlinked and not request.scores and not request.categories and not any(mention.exact for mention in credentials(request)):
        return None
    reply = Reply(request, context)
    mentions = credentials(request) or issuers_entries(request, context)
    if request.categories and not mentions and not request.unlinked:
        return answer_list(request, context)
    reply.understood((*mentions, *request.unlinked))
    if request.contradiction:
        return _contradiction(reply)
    if not mentions:
        return unknown_name(reply, "recognition")
    if not request.categories:
        return _ask_category(reply, mentions)
    verdicts = [_judge(reply, mention, category) for category in request.categories for mention in mentions]
    for mention in request.unlinked:
        if len(mentions) == 1 and mention.nearest and not mentions[0].exact:
            continue
    verdict: Verdict = verdicts[0] if len(set(verdicts)) == 1 else "na"
    for mention in mentions[:1]:
        reply.suggest(f"{mention.label}能用在哪些专业类？", f"Where does {mention.label} count?")
    for category in request.categories[:1]:
        tier = request.tiers[0] if request.tiers else ""
        reply.suggest(f"{category.code}{category.name}{tier}还有哪些证书？", f"List the certificates for {category.code} {category.name} {tier}".strip())
    return reply.build(verdict, "recognition")


def _judge(reply: Reply, mention: Mention, category: Category) -> Verdict:
    """One mention in one 专业类."""
    request, context = reply.request, reply.context
    state = coverage(context, category)
    where = f"{category.code} {category.name}"
    named = f"“{mention.label}”" + _said_level(mention, request)
    rows = recognitions(context, mention, category)
    if state.state == "missing":
        return _missing(reply, where, named, state, rows)
    tiers = request.tiers
    fitting = [row for row in rows if fits(row, mention, request)]
    right = [row for row in fitting if not tiers or tier_of(row) in tiers]
    if not right or not mention.exact:
        others = same_in_row(context, mention, request, category)
        said_name = without_level(mention.text)
        if not mention.exact and not same_core(said_name, mention.label) and any(same_core(said_name, row["name"]) for row in others):
            rows, others = [], [row for row in others if row.get("same") or same_core(said_name, row["name"])]  # The linker's name resembles what was said less than this row's own entry does.
        known = {row["fact"] for row in rows}
        rows = [*rows, *(row for row in others if row["fact"] not in known)]
        fitting = [row for row in rows if row.get("same") or fits(row, mention, request)]
        right = [row for row in fitting if not tiers or tier_of(row) in tiers]
        right = [row for row in right if not row.get("other_words") and not row.get("general")] or right
    sure = [row for row in right if not row["status"].endswith("uncertain")]
    if right and tiers and not sure and all(_COLUMN_DOUBT.search(row.get("reason", "")) for row in right):
        entries = "、".join(dict.fromkeys(describe(row) for row in right))
        reply.say(
            f"**无法判断**：{where}印有{entries}，但该处栏目受损，它属于哪一级读不确定（可能就是{'、'.join(tiers)}），请核对原件。",
            f"**Unknown**: {where} prints {entries}, but the columns are damaged there and its tier is uncertain; check the original.", right,
        )  # fmt: skip
        caution(reply, right)
        return "unknown"
    covered = {tier_of(row) for row in sure}
    sure += [row for row in right if row not in sure and tier_of(row) not in covered]
    if right:
        found_tiers = sorted({tier_of(row) for row in sure}, key=list(TIERS.values()).index)
        _say_yes(reply, where, named, sure, found_tiers, mention)
        missing_tiers = [tier for tier in tiers if tier not in found_tiers]
        if missing_tiers:
            reply.say(f"{'、'.join(missing_tiers)}栏没有印出它。", f"It is not printed under {', '.join(missing_tiers)}.")
        return "yes"
    return _say_not(reply, where, named, rows, fitting, state, mention, category)


def _said_level(mention: Mention, request: Request) -> str:
    grades = said_grades(mention, request)
    if grades:
        return f"（{'、'.join(NUMERALS[str(grade)] for grade in grades)}）"
    return f"（{mention.level}）" if mention.level else ""


def _say_yes(reply: Reply, where: str, named: str, rows: Sequence[Row], tiers: Sequence[str], mention: Mention) -> None:
    """It counts: under which tier, as which entry, by which line; and what a careful reader would add."""
    entries = "、".join(dict.fromkeys(describe(row) for row in rows))
    families = "、".join(dict.fromkeys(FAMILIES[family_of(row)][0] for row in rows))
    families_en = ", ".join(dict.fromkeys(FAMILIES[family_of(row)][1] for row in rows))
    reply.say(
        f"**可以**：{where}的{'、'.join(tiers)}目录（{families}）印有{entries}，{named}对应{'、'.join(tiers)}。",
        f"**Yes**: the catalogue row {where} prints {entries} under {', '.join(TIERS_EN[tier] for tier in tiers)} ({families_en}), so {named} counts there.",
        rows,
    )
    if all(row.get("specific") for row in rows):
        reply.say(
            f"注意：该行印的是更具体的条目（{entries}），不是笼统的“{mention.label}”；其他方向的证书不能据此认定。",
            f"Note: the row names a more specific entry ({entries}), not “{mention.label}” in general; another track is not proved by it.", rows,
        )  # fmt: skip
        _same_issuer(reply, rows)
    if all(row.get("other_words") or row.get("same") for row in rows):
        reply.say(
            f"注意：该行印的名称是{entries}，与您说的“{mention.text}”写法不同，请核对是否同一证书。",
            f"Note: the row prints it as {entries}, not as “{mention.text}”; check that it is the same certificate.", rows,
        )  # fmt: skip
    if all(row.get("general") for row in rows):
        reply.say(f"注意：该行印的是总称{entries}，没有单独列出“{mention.label}”。", f"Note: the row prints the general name {entries} and does not list “{mention.label}” by itself.", rows)
    if said_grades(mention, reply.request) and not any(entry_grades(row) or row.get("level") for row in rows):
        reply.say("该条没有印等级，因此文件没有区分是几级。", "The entry prints no grade, so the document does not tell grades apart.", rows)
    _say_conflicts(reply, rows)
    caution(reply, rows)


def _same_issuer(reply: Reply, rows: Sequence[Row]) -> None:
    """Name the general entries of the same issuer in the same column: they may cover what the specific one does not."""
    issuers = {row.get("issuer") for row in rows} - {None}
    if not issuers:
        return
    category = reply.request.categories[0]
    others = [
        row for row in reply.context.rows("list", category=category.iri)
        if row.get("issuer") in issuers and any(row["tier"] == each["tier"] and row["family"] == each["family"] for each in rows) and row["fact"] not in {each["fact"] for each in rows}
    ]  # fmt: skip
    if others:
        entries = "、".join(dict.fromkeys(describe(row) for row in others))
        reply.say(f"同一栏里该发证单位还印有：{entries}。", f"The same column also prints, of the same issuer: {entries}.", others)


def _say_conflicts(reply: Reply, rows: Sequence[Row]) -> None:
    """Say where the column's tier and the printed grade disagree under note 3 of the document."""
    for row in rows:
        printed = [grade for grade in row.get("grades", "").split("|") if grade]
        expected = {NOTE_3[grade] for grade in printed}
        if printed and tier_of(row) not in expected:
            rule = reply.context.rows("tier_rule")
            grades = "、".join(NUMERALS[grade] for grade in printed)
            reply.say(
                f"说明：文件自相矛盾——该条印的是{grades}，按说明第3条应归{'、'.join(sorted(expected))}，但它印在{tier_of(row)}栏；此处按栏目回答，请向认定部门核实。",
                f"The document contradicts itself: the entry prints {grades}, which note 3 maps to {', '.join(sorted(expected))}, but it stands in the {tier_of(row)} column; the column is followed here.",
                [row, *rule],
            )  # fmt: skip
            return


def _say_not(reply: Reply, where: str, named: str, rows: Sequence[Row], fitting: Sequence[Row], state: Coverage, mention: Mention, category: Category) -> Verdict:
    """Not printed: `no` where the row's text is whole there, `unknown` where the entry may stand on lost text."""
    request = reply.request
    asked = "、".join(request.tiers)
    asked_en = ", ".join(TIERS_EN[tier] for tier in request.tiers)
    if fitting:
        tiers = sorted({tier_of(row) for row in fitting}, key=list(TIERS.values()).index)
        if _fixed_elsewhere(fitting) or not _lost(state, {family_of(row) for row in fitting}, request.tiers):
            entries = "、".join(dict.fromkeys(describe(row) for row in fitting))
            reply.say(
                f"**不能**：{where}把{named}印在{'、'.join(tiers)}（{entries}），不在{asked}。",
                f"**No**: {where} prints {named} under {', '.join(tiers)} ({entries}), not under {asked_en}.", fitting,
            )  # fmt: skip
            _say_conflicts(reply, fitting)
            caution(reply, fitting)
            return "no"
    elif rows and not _lost(state, {family_of(row) for row in rows}, request.tiers or tuple(TIERS.values())):
        entries = "、".join(dict.fromkeys(f"{describe(row)}→{tier_of(row)}" for row in rows))
        reply.say(f"**不能**：{where}只印有{entries}，没有{named}。", f"**No**: {where} prints only {entries}, not {named}.", rows)
        caution(reply, rows)
        return "no"
    families = {family_of(row) for node in mention.nodes for row in entries_for(reply.context, node)} or _families_by_type(mention)
    if state.state == "empty":
        reply.say(
            f"**无法判断**：{where}这一行在文件里是空的，没有印出任何证书。", f"**Unknown**: the row {where} is printed without any entry.", [state.row],
        )  # fmt: skip
        return "unknown"
    if _lost(state, families, request.tiers or tuple(TIERS.values())):
        reply.say(
            f"**无法判断**：在现存文本里，{where}{'的' + asked if asked else ''}没有{named}，但这一行有缺损（{state.row.get('loss', '')}），缺失的部分可能印有它。",
            f"**Unknown**: the text that is left of {where} does not print {named}{' under ' + asked_en if asked_en else ''}, but the row is damaged ({state.row.get('reason', '')}).", [state.row],
        )  # fmt: skip
        return "unknown"
    reply.say(
        f"**不能**：{where}{'的' + asked if asked else ''}目录没有印{named}。", f"**No**: the row {where} does not print {named}{' under ' + asked_en if asked_en else ''}.", [state.row],
    )  # fmt: skip
    _elsewhere(reply, mention)
    return "no"


def _fixed_elsewhere(rows: Iterable[Row]) -> bool:
    """Whether the printed level itself fixes the tier (中级认证 under 中级, 四级 under 中级): damage elsewhere cannot change it."""
    for row in rows:
        words = {tier for tier in TIERS.values() if tier in row.get("level", "")} | {NOTE_3[grade] for grade in row.get("grades", "").split("|") if grade}
        if words == {tier_of(row)}:
            return True
    return False


def _lost(state: Coverage, families: Iterable[str], tiers: Iterable[str]) -> bool:
    """Whether an entry of one of these families may have stood, under one of these tiers, on text that is lost."""
    return any((family, tier) in state.damaged for family in families for tier in tiers)


def _families_by_type(mention: Mention) -> set[str]:
    """The families in which a credential of these classes would stand."""
    by_type = {
        "ProfessionalTitle": "title", "SkillCertificate": "skill", "Occupation": "skill", "WorkType": "skill", "PracticeQualification": "practice", "OnePlusXCertificate": "onex",
        "IndustryCertificate": "industry", "OverseasQualification": "industry",
    }  # fmt: skip
    return {by_type[kind] for kind in mention.types if kind in by_type} or set(FAMILIES)


def _elsewhere(reply: Reply, mention: Mention) -> None:
    """What it does count for, so that a `no` helps."""
    rows = [row for node in mention.nodes for row in entries_for(reply.context, node)]
    if rows:
        places = "、".join(dict.fromkeys(f"{row['code']}{row['categoryName']}（{tier_of(row)}）" for row in rows[:8]))
        reply.say(f"目录中印有“{mention.label}”的是：{places}{'等' if len(rows) > 8 else ''}。", f"Rows that do print “{mention.label}”: {places}.", rows[:8])


def _missing(reply: Reply, where: str, named: str, state: Coverage, rows: Sequence[Row]) -> Verdict:
    """The row's heading is lost: what a lost page might hold is unknown."""
    reply.say(
        f"**无法判断**：{where}这一行不在现存文本里（{state.row.get('loss', '')}），不能据此说认或不认{named}；请查原件的该行。",
        f"**Unknown**: the row {where} is not in the text that reached us ({state.row.get('reason', '')}); whether {named} counts there cannot be told. Check the original.", [state.row],
    )  # fmt: skip
    if rows:
        entries = "、".join(dict.fromkeys(f"{describe(row)}（{tier_of(row)}）" for row in rows))
        reply.say(f"残存的片段里有{entries}，按内容推断属于这一行，仅供参考。", f"A fragment that probably belongs to this row prints {entries}; take it as a hint only.", rows)
    return "unknown"


def _ask_category(reply: Reply, mentions: Sequence[Mention]) -> Answer:
    """The answer depends on the 专业类: say so, with the possibilities."""
    request, context = reply.request, reply.context
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
        parts = [
            f"{tier}：{'、'.join(dict.fromkeys(row['code'] + row['categoryName'] for row in by_tier[tier]))}" for tier in TIERS.values() if tier in by_tier
        ]
        reply.say(
            f"“{mention.label}”{_said_level(mention, request)}算哪一级取决于专业类，请告诉我是哪个专业类。目录中——{'；'.join(parts)}。",
            f"It depends on the 专业类 (major category): which one do you mean? In the catalogue “{mention.label}”{_said_level(mention, request)} stands under {'; '.join(parts)}.", rows,
        )  # fmt: skip
        for row in rows[:3]:
            reply.suggest(f"{mention.label}在{row['code']}{row['categoryName']}算什么级别？", f"Does {mention.label} count for {row['code']} {row['categoryName']}?")
    if not any_row:
        names = "、".join(mention.label for mention in mentions)
        reply.say(
            f"**无法判断**：目录现存的文本里没有印“{names}”。没有记录不等于不认：缺页上可能有它。",
            f"**Unknown**: the catalogue's text does not print “{names}”. No record is not a “no”: some pages are lost.",
        )
        return reply.build("unknown", "recognition")
    return reply.build("clarify", "recognition")


def _contradiction(reply: Reply) -> Answer:
    first, second = reply.request.contradiction
    reply.say(
        f"代码和名称对不上：{first.code} 是{first.name}，{second.name}的代码是 {second.code}。您问的是哪一个？",
        f"The code and the name do not agree: {first.code} is {first.name}, and {second.name} is {second.code}. Which one do you mean?",
        [row for category in (first, second) for row in reply.context.rows("coverage", category=category.iri)[:1]],
    )
    for category in (first, second):
        reply.suggest(f"{category.code}{category.name}", f"{category.code} {category.name}")
    return reply.build("clarify", "recognition")


def unknown_name(reply: Reply, kind: str) -> Answer:
    """Nothing that the question names is in the documents: say so, with the nearest names marked as such."""
    for mention in reply.request.unlinked[:3]:
        nearest = "、".join(f"“{label}”" for label, _ in mention.nearest)
        reply.say(
            f"**无法判断**：四份文件里没有找到“{mention.text}”。" + (f"名称相近的有{nearest}，但不能确定是同一个。" if nearest else ""),
            f"**Unknown**: none of the four documents names “{mention.text}”." + (f" The nearest names are {nearest}, but they may be something else." if nearest else ""),
        )  # fmt: skip
        for label, _ in mention.nearest[:2]:
            reply.suggest(f"{label}能用在哪些专业类？", f"Where does {label} count?")
    if not reply.lines:
        reply.say("**无法判断**：没有看出您问的是哪个证书，请写出证书名称。", "**Unknown**: I could not tell which certificate you mean; please name it.")
    return reply.build("unknown", kind)


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
            row | {"specific": "1"} for node in mention.nodes for each in context.rows("narrower", credential=node) for row in entries_for(context, each["narrower"])
        ]  # fmt: skip
        rows = [row for row in (*exact, *specific) if fits(row, mention, request) and (not request.tiers or tier_of(row) in request.tiers)]
        if not rows:
            continue
        found = True
        _say_where(reply, mention, rows)
    if not found:
        names = "、".join(mention.label for mention in mentions)
        reply.say(
            f"**无法判断**：目录现存的文本里没有印“{names}”。没有记录不等于不认：缺页上可能有它。",
            f"**Unknown**: the catalogue's text does not print “{names}”. No record is not a “no”: some pages are lost.",
        )
        return reply.build("unknown", "where")
    reply.say(
        "有些专业类的页面缺失或破损，那里是否也认，无法判断。", "Some rows of the catalogue are lost or damaged; whether it counts there too cannot be told.",
    )  # fmt: skip
    return reply.build("na", "where")


def _say_where(reply: Reply, mention: Mention, rows: Sequence[Row]) -> None:
    """One line a 专业类: tiers with the entries as printed."""
    by_category: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by_category.setdefault((row["code"], row["categoryName"]), []).append(row)
    reply.say(f"“{mention.label}”在目录的{len(by_category)}个专业类里印出：", f"“{mention.label}” is printed in {len(by_category)} rows of the catalogue:")
    for (code, name), some in by_category.items():
        parts = []
        for tier in TIERS.values():
            entries = list(dict.fromkeys(describe(row) for row in some if tier_of(row) == tier))
            if entries:
                parts.append(f"{tier}：{'、'.join(entries)}")
        reply.say(f"- {code} {name} — {'；'.join(parts)}", f"- {code} {name} — {'; '.join(parts)}", some)
        reply.item(f"{code} {name}（{'、'.join(tier for tier in TIERS.values() if any(tier_of(row) == tier for row in some))}）", some[0]["category"])
    caution(reply, rows)


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
    for category in request.categories:
        state = coverage(context, category)
        where = f"{category.code} {category.name}"
        if state.state == "missing":
            verdicts.append(_missing(reply, where, "", state, ()))
            continue
        rows = [
            row for row in context.rows("list", category=category.iri)
            if (not request.families or family_of(row) in request.families) and (not request.tiers or tier_of(row) in request.tiers)
        ]  # fmt: skip
        verdicts.append(_say_list(reply, where, rows, state))
    return reply.build(verdicts[0] if len(set(verdicts)) == 1 else "na", "list")


def _say_list(reply: Reply, where: str, rows: Sequence[Row], state: Coverage) -> Verdict:
    """The entries, one line a family and tier."""
    request = reply.request
    wanted = "".join(request.tiers) + "".join(FAMILIES[family][0] for family in request.families)
    if not rows:
        if state.state == "empty" or not _lost(state, request.families or FAMILIES, request.tiers or tuple(TIERS.values())):
            reply.say(f"{where}的{wanted}一栏在文件里是空的。", f"{where} prints nothing there ({wanted}).", [state.row])
            return "na"
        reply.say(
            f"**无法判断**：{where}的{wanted}一栏在现存文本里没有内容，但这一行有缺损（{state.row.get('loss', '')}）。",
            f"**Unknown**: nothing is left of that column of {where}, and the row is damaged ({state.row.get('reason', '')}).", [state.row],
        )  # fmt: skip
        return "unknown"
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((family_of(row), tier_of(row)), []).append(row)
    for (family, tier), some in sorted(groups.items(), key=lambda pair: (list(FAMILIES).index(pair[0][0]), list(TIERS.values()).index(pair[0][1]))):
        entries = list(dict.fromkeys(describe(row) for row in some))
        shown = "、".join(entries[:SHOWN]) + (f"等{len(entries)}项" if len(entries) > SHOWN else "")
        reply.say(f"{where}{tier}的{FAMILIES[family][0]}（{len(entries)}项）：{shown}。", f"{where}, {tier}, {FAMILIES[family][1]} ({len(entries)}): {shown}.", some)
        for row in some:
            reply.item(describe(row), row["credential"])
    if _lost(state, {family for family, _ in groups} if request.families else FAMILIES, request.tiers or tuple(TIERS.values())):
        reply.say(f"这一行有缺损，可能还有别的条目（{state.row.get('loss', '')}）。", f"The row is damaged; more entries may have stood there ({state.row.get('reason', '')}).", [state.row])
    caution(reply, rows)
    return "na"


def _ask_what(reply: Reply) -> Answer:
    """Only a 专业类 was named: offer what can be asked of it."""
    category = reply.request.categories[0]
    state = coverage(reply.context, category)
    rows = reply.context.rows("list", category=category.iri)
    counts = "、".join(f"{FAMILIES[family][0]}{number}项" for family in FAMILIES if (number := sum(family_of(row) == family for row in rows)))
    reply.say(
        f"{category.code} 是{category.name}（{category.group}），目录中印有{counts or '（无条目）'}。您想问它的哪一类证书、哪一级，还是某个证书算不算？",
        f"{category.code} is {category.name} ({category.group}). Which family and tier do you want listed, or which certificate should be checked?", [state.row],
    )  # fmt: skip
    for tier in TIERS.values():
        reply.suggest(f"{category.code}{tier}有哪些证书？", f"List the certificates for {category.code} {tier}")
    return reply.build("clarify", "list")
