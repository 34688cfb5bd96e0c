"""What a code, an abbreviation, a name or a level means: what the documents print of it; where they don't define it, that is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.ask.answer import Answer, Verdict
from kg.ask.context import ID, Category, Context, Row
from kg.ask.grades import NUMERALS
from kg.ask.kinds.catalogue import FAMILIES, NOTE_3, TIER_NAMES, TIERS, coverage, say_no_code
from kg.ask.names import named
from kg.ask.reply import Reply, agreed, opening
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues, Match, mask, matches, patterns
from kg.ask.slots import codes
from kg.ask.tables import table
from kg.ask.text import normalize

_cue = Cues("meaning")

#: Places shown of one name, and of one table; the others are counted.
SHOWN, SHOWN_OF_TABLE = 12, 4
#: How the catalogue prints a grade in numeral and word.
_IN_WORDS = {"5": "五级/初级工", "4": "四级/中级工", "3": "三级/高级工", "2": "二级/技师", "1": "一级/高级技师"}
_NAMED_CLASSES = ("Credential", "Occupation", "WorkType")


@dataclass(frozen=True)
class _Target:
    """A stretch of the question whose meaning may be asked: what sort of thing it is, and what it says (a code, a grade, a family)."""

    start: int
    end: int
    sort: str
    says: str = ""
    mention: Mention | None = None


def answer_meaning(request: Request, context: Context) -> Answer | None:
    """What the things that the question names mean; None where it asks something else of them."""
    if _cue("rank_name").search(request.text):
        return None  # 公证员中级叫什么: a title of annex 10.
    targets = () if _cue("marks").search(request.text) else _targets(request)
    if not targets:
        return _say_undefined(request, context)
    if not _asks_meaning(request, targets):
        return None
    reply = Reply(request, context)
    reply.understood(target.mention for target in targets if target.mention)
    grades, tiers = ([each.says for each in targets if each.sort == sort] for sort in ("grade", "tier"))
    if grades and tiers:
        return reply.build(_judge_levels(reply, grades, tiers), "recognition")
    if not tiers and _one_grade_another(request.text, targets):
        return reply.build(_judge_grades(reply, grades), "recognition")
    if len(targets) > 1 and {each.sort for each in targets} == {"code"} and _cue("same").match(request.text[targets[-1].end :]):
        return reply.build(_judge_same_code(reply, targets), "list")
    say = {"name": _say_name, "class": _say_class, "code": _say_code, "group": _say_group, "grade": _say_grade, "tier": _say_tier, "family": _say_family}
    verdicts = [say[each.sort](reply, each) for each in _once(targets, context)]
    kinds = {"name": "where", "class": "subsidy", "code": "list", "group": "list", "grade": "recognition", "tier": "recognition", "family": "list"}
    return reply.build(agreed(verdicts), kinds[targets[0].sort])


def _say_undefined(request: Request, context: Context) -> Answer | None:
    """A word that is no name of the graph (双师型): no document was found to define it; None where another kind knows the word."""
    asked = _cue("strong").search(request.text)
    word = _cue("filler").sub("", request.text[: asked.start()]) if asked else ""
    if len(word) < 2 or set(request.kinds) - {"recognition", "where", "list"} or request.inherited:
        return None
    reply = Reply(request, context)
    reply.say(
        f"**无法判断**：没有在四份文件里找到对“{word}”的解释。可以问某个证书、专业类代码或等级的意思。",
        f"**Unknown**: I found no explanation of “{word}” in the four documents. You can ask what a certificate, a code of a 专业类 or a grade means.",
    )
    return reply.build("unknown", "unknown")


def _targets(request: Request) -> list[_Target]:
    """What the question names, left to right: names, codes, levels, families; nothing that it takes over from the turn before."""
    text = request.text
    own = () if "mentions" in request.inherited else (*request.mentions, *request.unlinked)
    here = [each for each in own if text[each.start : each.end] == each.text]
    found = [
        _Target(each.start, each.end, "group", _code_of_group(each), each) if each.of("MajorGroup") else _Target(each.start, each.end, "name", mention=each)
        for each in here
    ]
    found += [_Target(each.start, each.end, "code", each.text) for each in codes(text)]
    free = mask(text, [(each.start, each.end) for each in found])
    found += [
        _Target(free.index(category.name), free.index(category.name) + len(category.name), "code", category.code)
        for category in request.categories
        if category.name in free and not any(each.says in category.codes for each in found)
    ]
    if letters := [_Target(each.start(), each.end(), "class", each[1]) for each in _cue("letter_class").finditer(text)]:
        return letters
    for sort, file in (("grade", "grades"), ("tier", "tiers"), ("family", "families")):
        free = mask(text, [(each.start, each.end) for each in found])
        found += [_Target(each.start, each.end, sort, each.says) for each in _words(free, file, sort)]
    return sorted(found, key=lambda each: each.start)


def _code_of_group(mention: Mention) -> str:
    """The code of the group that a mention names (71 for 51, 71 or 电子与信息大类)."""
    return next(node for node in mention.nodes if "/major-group/" in node).rsplit("/", 1)[-1]


def _once(targets: Sequence[_Target], context: Context) -> list[_Target]:
    """The targets without the codes of a 专业类 that an earlier one names."""
    iris = {code: category.iri for category in context.categories for code in category.codes}
    return list({iris.get(each.says, each) if each.sort == "code" else each: each for each in reversed(targets)}.values())[::-1]


def _words(text: str, file: str, column: str) -> list[Match]:
    """The words of a slot in a text."""
    return matches(text, patterns(file, column))


def _asks_meaning(request: Request, targets: Sequence[_Target]) -> bool:
    """Whether the meaning of the targets, and nothing else, is asked: what stands before, between and after them says so."""
    text = request.text
    before, after = text[: targets[0].start], text[targets[-1].end :]
    joints = [text[one.end : other.start] for one, other in pairwise(targets)]
    sorts = {each.sort for each in targets}
    if {"grade", "tier"} == sorts and targets[0].sort == "grade" and not request.mentions and not request.categories:
        return all(_cue("equals").match(joint) for joint in joints) and bool(_cue("opener").match(before) and _cue("closes").match(after))
    if _one_grade_another(text, targets) and not request.mentions and not request.categories:
        return bool(_cue("opener").match(before) and _cue("closes").match(after))
    if not all(_cue("joint").match(joint) for joint in joints):
        return False
    if any(each.sort == "name" and not (each.mention and (not each.mention.nodes or each.mention.of(*_NAMED_CLASSES))) for each in targets):
        return False
    if _cue("strong").search(after) and (_cue("opener").match(before) or len(before) <= len("上海目录里印的")):
        return True
    if _cue("asks_before").match(before) and _cue("ends").match(after):
        return True
    if "kind" in request.inherited and _cue("opener").match(before) and _cue("ends").match(after):
        return bool(_cue("earlier").search(request.carried))
    if not _cue("opener").match(before):
        return False
    if sorts == {"group"} and _cue("asks_group").match(after):
        return True
    if sorts <= {"code", "group"}:
        return bool(_cue("asks_code").match(after) or _cue("same").match(after))
    if sorts == {"family"} and targets[0].says == "skill" and _cue("asks_scale").match(after):
        return True
    if sorts == {"class"}:
        return not {"mentions", "categories"} & set(request.inherited) and bool(_cue("opener").match(before))
    if sorts <= {"grade", "tier"} and not request.mentions:
        return bool(_cue("asks_level").match(after))
    return bool(_cue("asks_after").match(after))


def _one_grade_another(text: str, targets: Sequence[_Target]) -> bool:
    """Whether a grade is asked to be one of others (中级工是四级还是三级)."""
    joints = [text[one.end : other.start] for one, other in pairwise(targets)]
    return {each.sort for each in targets} == {"grade"} and bool(joints) and bool(_cue("is").match(joints[0])) and all(map(_cue("equals").match, joints[1:]))


def _say_name(reply: Reply, target: _Target) -> Verdict:
    """Where a name is printed, in whatever table: the documents define none."""
    mention = target.mention
    assert mention is not None
    if not mention.nodes:
        reply.say(
            f"**无法判断**：四份文件里没有找到“{mention.text}”，也就没有说明它的意思。",
            f"**Unknown**: none of the four documents prints “{mention.text}”, so they do not say what it means.",
        )
        return "unknown"
    context = reply.context
    others = named(context, mention.text, "overseas_names", "onex_names", slips=False)
    nodes = dict.fromkeys((*mention.nodes, *(node for spot in others if spot.length == len(mention.text) for node in spot.nodes)))
    narrower = [row["narrower"] for node in nodes for row in context.rows("narrower", credential=node)]
    rows = list({row["fact"]: row for node in (*nodes, *narrower) for row in context.rows("printed", node=node)}.values())
    if not rows:
        reply.say(f"**无法判断**：没有哪一行单独印出“{mention.label}”。", f"**Unknown**: no line prints “{mention.label}” by itself.")
        return "unknown"
    name = mention.label if normalize(mention.label) == mention.text else f"{mention.text.upper()}（{mention.label}）"
    reply.say(
        f"四份文件没有给“{name}”下定义，只是印出了它。印出它的有{len(rows)}处（数出）：",
        f"The four documents do not define “{name}”; they only print it. Places that print it: {len(rows)} (counted):",
    )
    shown = _of_every_table(rows)
    for row in shown:
        reply.say(f"- {row['place']}：{_plain(row['text'])}", f"- {row['place']}: {_plain(row['text'])}", [row])
    if len(rows) > len(shown):
        reply.say(f"另有{len(rows) - len(shown)}处没有逐一列出（数出）。", f"{len(rows) - len(shown)} more places are not listed here (counted).")
    reply.item(mention.label, mention.nodes[0])
    reply.suggest(f"{mention.label}能用在哪些专业类？", f"Where does {mention.label} count?")
    return "na"


def _plain(text: str) -> str:
    """A printed text on one line of a list."""
    return text.replace("\n", " ").replace(" | ", "，")


def _of_every_table(rows: Sequence[Row]) -> list[Row]:
    """The first rows of every table that prints a name, so that a long table does not hide the others."""
    by_table: dict[str, list[Row]] = {}
    for row in rows:
        by_table.setdefault(row["place"].split("，")[0], []).append(row)
    most = SHOWN_OF_TABLE if len(by_table) > 1 else SHOWN
    return [row for some in by_table.values() for row in some[:most]][:SHOWN]


def _say_code(reply: Reply, target: _Target) -> Verdict:
    """The 专业类 of a code, with its other codes, from the line that heads its row."""
    category = next((each for each in reply.context.categories if target.says in each.codes), None)
    if category is None:
        return say_no_code(reply, target.says)
    state = coverage(reply.context, category)
    if state.state == "missing":
        reply.say(
            f"{target.says}是专业类“{category.name}”（{category.group}）的代码；目录里这一行的标题和内容在现存文本里缺失，代码只能按专业目录的编号推出。",
            f"{target.says} is the code of the 专业类 {category.name} ({category.group}); the heading of this row is lost in the text that reached us, "
            f"so the code is inferred from the numbering.",
            [state.row],
        )
        return "na"
    levels = zip(("中职", "高职专科", "职业本科"), category.codes, strict=True)
    own = next(level for level, code in levels if code == target.says)
    printed = [code for code in category.codes if code in state.row["text"]]
    reply.say(
        f"{target.says}是专业类“{category.name}”的代码（{own}），属于{category.group}"
        + (f"；目录这一行印的三个代码是{'、'.join(printed)}（中职、高职专科、职业本科），指同一个专业类。" if len(printed) == 3 else "。"),
        f"{target.says} is the code of the 专业类 {category.name} (group {category.group})"
        + (f"; its row prints the codes {', '.join(printed)} (secondary, college, bachelor), all for the same 专业类." if len(printed) == 3 else "."),
        [state.row],
    )
    reply.item(f"{category.code} {category.name}", category.iri)
    for tier in TIER_NAMES:
        reply.suggest(f"{category.code}{tier}有哪些证书？", f"List the certificates for {category.code} {tier}")
    return "na"


def _judge_same_code(reply: Reply, targets: Sequence[_Target]) -> Verdict:
    """Do these codes name one 专业类? Each is explained, then judged."""
    verdicts = [_say_code(reply, each) for each in targets]
    if "unknown" in verdicts:
        return "unknown"
    same = any({each.says for each in targets} <= set(category.codes) for category in reply.context.categories)
    reply.say("所以它们指同一个专业类。" if same else "所以它们不是同一个专业类。", "So they name one 专业类." if same else "So they name different 专业类.")
    return "yes" if same else "no"


def _say_class(reply: Reply, target: _Target) -> Verdict:
    """A class by its letter: Nantong classes occupations, annex 9 of the Shanghai rules classes overseas qualifications."""
    letter = target.says.upper()
    rules = reply.context.rows("subsidy_rule", rule=f"class_{target.says}")
    basis = reply.context.rows("subsidy_rule", rule="class_basis") if rules else []
    for row in rules:
        reply.say(
            f"南通补贴目录里，{row['statement']}；分类依据：{basis[0]['statement']}。",
            f"In Nantong's subsidy directories: {row['statement']} (basis: {basis[0]['statement']}).",
            [row, *basis],
        )
    overseas = reply.context.rows("overseas", **{"class": f"{ID}overseas-class/{target.says}"})
    reply.say(
        f"上海细则附件9（境外职业资格证书认可清单）也有{letter}类，列了{len(overseas)}项（数出）；文件没有说明这个{letter}类的含义。",
        f"Annex 9 of the Shanghai rules (overseas qualifications) has a class {letter} too, with {len(overseas)} entries (counted); "
        f"it does not say what the class means.",
        [overseas[0], overseas[-1]],
    )
    return "na"


def _say_group(reply: Reply, target: _Target) -> Verdict:
    """The 专业类 of a group (71 电子与信息大类), by any of its codes."""
    assert target.mention is not None
    said = target.mention.text
    inside: list[Category] = [each for each in reply.context.categories if each.code.startswith(target.says)]
    rows = [coverage(reply.context, each).row for each in inside]
    names = "、".join(f"{each.code}{each.name}" for each in inside)
    reply.say(
        f"“{said}”指**{inside[0].group}**（中职代码{target.says}），目录中它下面的专业类有{len(inside)}个（数出）：{names}。",
        f"“{said}” is the group **{inside[0].group}** (code {target.says} at secondary level), with {len(inside)} 专业类 (counted): {names}.",
        rows,
    )
    for each in inside:
        reply.item(f"{each.code} {each.name}", each.iri)
    return "na"


def _say_grade(reply: Reply, target: _Target) -> Verdict:
    """A skill grade: its word, its tier by note 3, and the rows that print it elsewhere."""
    grade = target.says
    words = table(reply.context, "grade_words", printed=_IN_WORDS[grade])
    numeral, word = _IN_WORDS[grade].split("/")
    reply.say(
        f"职业技能等级的{numeral}即{word}：目录把它印作“{_IN_WORDS[grade]}”。",
        f"Skill grade {numeral} (grade {grade}) is {word}: the catalogue prints it as “{_IN_WORDS[grade]}”.",
        words,
    )
    rule = reply.context.rows("tier_rule")
    reply.say(
        f"按上海细则说明第3条，{NUMERALS[grade]}对应**{NOTE_3[grade]}**：{rule[0]['statement']}",
        f"By note 3 of the Shanghai rules {NUMERALS[grade]} corresponds to **{NOTE_3[grade]}**: {rule[0]['statement']}",
        rule,
    )
    _say_exceptions(reply, grade)
    return "na"


def _say_exceptions(reply: Reply, grade: str) -> None:
    """Rows of the catalogue that print a grade under another tier than note 3 says."""
    tier = next(iri for iri, name in TIERS.items() if name == NOTE_3[grade])
    rows = table(reply.context, "grade_conflicts", grade=f"{ID}skill-grade/{grade}", expected=tier)
    first = list({(row["code"], row["tier"]): row for row in reversed(rows)}.values())[::-1]
    if first:
        places = "、".join(f"{row['code']}{row['category']}（{TIERS[row['tier']]}栏）" for row in first[:SHOWN])
        more = "等" if len(first) > SHOWN else ""
        reply.say(
            f"但有的专业类把{NUMERALS[grade]}印在别的栏：{places}{more}；问具体证书时按该行的栏目回答。",
            f"But some rows print {NUMERALS[grade]} in another column: {places}; for a certificate the column of its row is followed.",
            first[:SHOWN],
        )


def _say_tier(reply: Reply, target: _Target) -> Verdict:
    """A tier: the grades that note 3 puts under it."""
    tier = target.says
    grades = "、".join(NUMERALS[grade] for grade, name in NOTE_3.items() if name == tier)
    rule = reply.context.rows("tier_rule")
    reply.say(
        f"“{tier}”是上海目录的一级；按说明第3条，职业资格证书等级的{grades}对应{tier}：{rule[0]['statement']}",
        f"{tier} is a tier of the Shanghai catalogue; by note 3 the grades {grades} correspond to it: {rule[0]['statement']}",
        rule,
    )
    return "na"


def _judge_levels(reply: Reply, grades: Sequence[str], tiers: Sequence[str]) -> Verdict:
    """Is this grade that tier, by the document's own rule?"""
    rule = reply.context.rows("tier_rule")
    verdicts: list[Verdict] = []
    for grade in dict.fromkeys(grades):
        right = NOTE_3[grade] in tiers
        verdict: Verdict = "na" if len(set(tiers)) > 1 else "yes" if right else "no"
        lead, lead_en = opening(verdict, "是", "不是")
        reply.say(
            f"{lead}按上海细则说明第3条，{NUMERALS[grade]}对应{NOTE_3[grade]}：{rule[0]['statement']}",
            f"{lead_en}by note 3 of the Shanghai rules {NUMERALS[grade]} corresponds to {NOTE_3[grade]}: {rule[0]['statement']}",
            rule,
        )
        _say_exceptions(reply, grade)
        verdicts.append(verdict)
    return agreed(verdicts)


def _judge_grades(reply: Reply, grades: Sequence[str]) -> Verdict:
    """Is the first grade, by its word or numeral, one of the others? Of several offered the right one is told."""
    grade, offered = grades[0], grades[1:]
    verdict: Verdict = "na" if len(offered) > 1 else "yes" if grade in offered else "no"
    words = table(reply.context, "grade_words", printed=_IN_WORDS[grade])
    lead, lead_en = opening(verdict, "是", "不是")
    numeral, word = _IN_WORDS[grade].split("/")
    reply.say(
        f"{lead}{word}即**{numeral}**：目录把它印作“{_IN_WORDS[grade]}”。",
        f"{lead_en}{word} is **{numeral}** (grade {grade}): the catalogue prints it as “{_IN_WORDS[grade]}”.",
        words,
    )
    return verdict


def _say_family(reply: Reply, target: _Target) -> Verdict:
    """A family of the catalogue: the documents print it as a column and do not define it; 1+X has its own annex."""
    if target.says == "onex":
        whole = table(reply.context, "onex")
        batches = "、".join(dict.fromkeys(row["batch"] for row in whole))
        reply.say(
            f"四份文件没有给“1+X”下定义。上海细则附件7（教育部1+X证书目录）列了{len(whole)}个（数出），分{batches}，每个印有证书名称和评价组织；目录各专业类也有一栏1+X证书。",
            f"The four documents do not define 1+X. Annex 7 of the Shanghai rules (the Ministry of Education's list of 1+X certificates) "
            f"lists {len(whole)} (counted) in the batches {batches}, each with name and issuer; every row of the catalogue has a column for them too.",
            [whole[0], whole[-1]],
        )
        return "na"
    if target.says == "skill" and _cue("asks_scale").search(reply.request.text[target.end :]):
        rule = reply.context.rows("tier_rule")
        reply.say(f"上海细则说明第3条：{rule[0]['statement']}", f"Note 3 of the Shanghai rules: {rule[0]['statement']}", rule)
        return "na"
    name, name_en = FAMILIES.get(target.says, ("证书和职称", "certificates and titles"))
    reply.say(
        f"四份文件没有给“{name}”下定义；它是上海目录每个专业类的一类栏目，按初级、中级、高级列出条目。要看条目，请说专业类。",
        f"The four documents do not define {name_en}; it is a family of columns in every row of the Shanghai catalogue. Name a 专业类 to see its entries.",
    )
    return "na"
