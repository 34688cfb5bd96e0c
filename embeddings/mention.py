"""Taking a mention apart: year, 1+X mark, issuer, grade or level, wrapping words; what is left may be the name."""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from embeddings.text import bare, half_width, has_chinese, latin_words, longest_first, numbers, read_rows, read_words, syllable

_BRACKETS = str.maketrans("[]{}【】〔〕〖〗「」『』《》〈〉", "()" * 9)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\s*(?:年度|年版|年|版|届)(?:初|底|上半年|下半年|度)?(?:考的|取得的?|拿的|获得的?|发的)?")
#: A grade in Roman numerals (Ⅳ级).
_ROMAN = re.compile(r"(?<![a-z])(iv|v|i{1,3}) ?(?=级)")
_ROMAN_GRADES = {"v": "5", "iv": "4", "iii": "3", "ii": "2", "i": "1"}
_ONEX = re.compile(r"(?:教育部)?[“\"]?1\s*(?:[+十加]\s*x|x(?=证))[”\"]?(?:试点)?(?:证书?[::]?(?=.{2})|证书?$)?")
#: The key of the 1+X mark.
ONEX = "1+x"
_EDGES = " ,.;:、，。;:!?！？…·-_/|\"'“”‘’~～*#"
_LEFT_EDGES = _EDGES.replace("#", "")
_BRACKET = re.compile(r"\(([^()]*)\)")
_AFTER_ISSUER = re.compile(r"^(?:公司|集团)?(?:的|'s)?(?:颁发的|认证的|发的|颁发|出的|家的|主办的|认定的|考的|认证)?[ :：、-]*")
_GRADE_WORDS = {
    **{f"{word}级": grade for word, grade in zip("五四三二一", (5, 4, 3, 2, 1), strict=True)},
    **{f"{grade}级": grade for grade in (5, 4, 3, 2, 1)},
    **{"初级工": 5, "中级工": 4, "高级工": 3, "技师": 2, "高级技师": 1, "初级技能": 5, "中级技能": 4, "高级技能": 3, "特级技师": 1, "首席技师": 1},
}
_LEVEL_WORDS = {"初级": "初级", "中级": "中级", "高级": "高级"}
_ONE_GRADE = "高级技师|特级技师|首席技师|高级技能|中级技能|初级技能|高级工|中级工|初级工|技师|[一二三四五1-5]级|高级|中级|初级"
_SAID = re.compile(_ONE_GRADE)
#: A grade after a name: 四级, 五级/初级工, 国家职业资格三级, (中级).
_GRADE_AFTER = re.compile(
    rf"[ ,，:：/、(-]*(?:国家)?(?:职业资格|职业技能等级|职业技能|技能等级)?[ (/:：]*(?:{_ONE_GRADE})(?:及以上|以上)?(?:[ /、(,]*(?:{_ONE_GRADE})\)?)*[ )]*$"
)
_GRADE_BEFORE = re.compile(
    rf"^\(?(?:国家)?(?:职业资格|职业技能等级|技能等级)?((?:{_ONE_GRADE})(?:[ /、(,]*(?:{_ONE_GRADE})\)?)*)\)?(?=.{{2}})[ :：/、,-]*(?:证书?[::])?"
)
_SHORT_RANK = re.compile(r"^([一二三])(?=[造建消注监级]|[^级十\d].{1,})(?!级)")
_CODE_BEFORE = re.compile(r"^(\d{4}|\d-\d\d-\d\d-\d\d)[ :：、-]*(?=[\u4e00-\u9fff]{2})")
_GENERIC = re.compile(r"认证|工程师|证书?|国际|专业|资格|专家|考试|注册|[初中高]级|的|持证人?")
_CODES = re.compile(r"(?=[a-z0-9]*[a-z])(?=[a-z0-9]*[0-9])[a-z0-9]+")
_CODE = re.compile(r"[a-z][a-z0-9+.-]{2,}")
#: Words after which a name begins, whatever was told before them (大学期间考的…, 退休前是…).
_OPENING = re.compile(r"(?:的|了|是|有|考|过|学|拿|到|得|下|用|聘|为|报|评|持|当|做|干|叫|领|说|讲|问|查|加入|参加|培训|上了?|[几两一二三][个张本门份])$")
#: Words with which something is said about the name before them (…证怎么考, …挺好考的, …的官网); what follows may not end like a longer name.
_CLOSING = re.compile(
    r"(?:职业|专项)?(?:资格证书?|资格|证书|证(?![券件据])|职称|执照)?(?:[的这那有没不能可要需怎咋如难好挺很太最真是已还也都就吗么吧呢啊嘛呀哪几多了在过]|什么|为什么|值得|容易|组织|举办|哪里"
    r"|考(?![评官级勤古务试])|考试|培训(?!师|员)|报名|复审|年审|官网|网站|秘书处|会员|理事|章程|成绩|编号|复印|原件|扫描|盖章|补贴|工资|待遇|前景|条件|费用|难度|$)"
)
_NAME_END = re.compile(r"(?:[师员工士]|协会|学会|商会|专业|类)$")
_TWICE = re.compile(r"([\u4e00-\u9fff])\1")
#: Words of rank that are part of a name: two names that differ in one are two things.
_MARKS = re.compile(
    r"国家级|正高级|副高级|高级|中级|初级|特级|员级|助理|副主任|主任|主治|主管|资深|首席|[一二三四五六七八九十]级|(?<![a-z])[abcd]级|[一二三]类|[一二三]段|副(?=教授|研究|编|译)|特许|初学|\d级"
)
_AFTER_SIGN = re.compile(r".(?:高级|主任|教授|研究员)")


class Form(NamedTuple):
    """One reading of a mention: the text left, what was taken off, and the marks that the name must have or may not have."""

    text: str
    key: str
    marks: frozenset[str]
    numbers: tuple[str, ...]
    latin: tuple[str, ...]
    off: tuple[str, ...] = ()
    grades: tuple[int, ...] = ()
    level: str = ""
    prefixed: bool = False
    exact_only: bool = False
    translated: bool = False
    bracket_off: bool = False
    rewritten: bool = False

    @property
    def codes(self) -> list[str]:
        """Runs of letters and digits (B2B, 5G, ISO9000)."""
        return _CODES.findall(self.key)


@dataclass(frozen=True)
class Parsed:
    """A mention taken apart: the readings (as written first, then with ever more taken off), the issuer and the year named, and whether 1+X was said."""

    text: str
    forms: tuple[Form, ...]
    issuer: str
    issuer_form: str
    year: str
    onex: bool


@cache
def issuer_forms() -> dict[str, str]:
    """Form of an issuer's name (half-width) → the issuer."""
    return {half_width(row["form"]): row["issuer"] for row in read_rows("issuers.csv")}


@cache
def companies() -> frozenset[str]:
    """The issuers that are companies: what they issue bears their name, unlike what an authority stands behind."""
    return frozenset(row["issuer"] for row in read_rows("issuers.csv") if row["kind"] == "company")


def _alternatives(words: tuple[str, ...], after: str = "(?![a-z])") -> str:
    """The words as a pattern; after one that ends in a Latin letter stands `after`."""
    return "|".join(re.escape(word) + (after if word[-1].isascii() and word[-1].isalpha() else "") for word in words)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns of wrapping words before and after a name, of brackets that say nothing, of issuers before a name."""
    before = re.compile(rf"^(?:{_alternatives(read_words('prefixes.txt'), ' ')}|国家(?!职业|级|[一二三])|职业(?!资格|技能))[ :：]*(?=.{{2}})")
    words = read_words("suffixes.txt")
    after = re.compile(rf"(?<=.{{2}})[ :：/-]*(?:{_alternatives(words)})$")
    empty = re.compile(rf"\((?:{_alternatives(read_words('brackets.txt'))}|)\)")
    issuers = re.compile(rf"^(?:{_alternatives(longest_first(issuer_forms()))})")
    return before, after, empty, issuers


def marks_of(key: str) -> frozenset[str]:
    """The words of rank in a name's key; also "?" where the first sign may be a slip for 正 or 副, so that the rank cannot be told (郑高级工程师)."""
    found = _MARKS.findall(key)
    if _AFTER_SIGN.match(key) and key[0] not in "正副" and syllable(key[0]) in ("zheng", "fu"):
        found.append("?")
    return frozenset(found)


def make_form(text: str, off: tuple[str, ...] = (), grades: tuple[int, ...] = (), level: str = "", prefixed: bool = False, exact_only: bool = False) -> Form:
    """A reading with its key and marks."""
    key = bare(text)
    return Form(text, key, marks_of(key), numbers(key), latin_words(text), off, grades, level, prefixed, exact_only)


def unwrap(text: str) -> str:
    """A name without the certificate words at its end (never down to less than two signs)."""
    _, after, empty, _ = _patterns()
    text = empty.sub("", text)
    while True:
        shorter = after.sub("", text).strip(_EDGES)
        if shorter == text or len(bare(shorter)) < 2:
            return text
        text = shorter


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives(read_words('fillers.txt'))}|{_ONE_GRADE}|(?:19|20)\d\d|[^0-9a-z\u4e00-\u9fff])*")


def only_filler(text: str) -> bool:
    """Whether a text is made only of words that say nothing about which name is meant (and of grades, or of the 1+X mark)."""
    return _filler().fullmatch(text.replace(ONEX, "")) is not None


def _closes(text: str) -> bool:
    """Whether what stands after a name says something about it and is not more of a name."""
    return _CLOSING.match(text) is not None and _NAME_END.search(text) is None


_CLAUSE = re.compile(r"[,;:。!?、]+|\.\.+|…+")
_TALK_BEFORE = re.compile(r"^.*?(?:的|了|是|到|过|下|[一两几][个张本门份])(?=[^的了是到过下]{3,}$)")
_TALK_AFTER = re.compile(
    r"(?<=...)(?:[的了吗呢吧]|[那这该][本张个份种门些]|怎么|如何|挺|很难|好难|好考|难考|值得|可以|需要|(?:职业)?(?:资格)?证书?(?![券件据])).*$"
)


def peeled(parsed: Parsed) -> list[str]:
    """What is left of a mention's clauses when talk before and after a name is taken off; only what is shorter than every reading had."""
    text = parsed.text
    if not 5 < len(text) <= 60:
        return []
    known = {form.key for form in parsed.forms}
    found: dict[str, str] = {}
    for clause in _CLAUSE.split(text)[:4]:
        clause = clause.strip(_EDGES)
        words = _long_fillers()
        shorter = words[1].sub("", words[0].sub("", clause))
        for each in (shorter, _TALK_AFTER.sub("", shorter), _TALK_BEFORE.sub("", _TALK_AFTER.sub("", shorter))):
            each = each.strip(_EDGES)
            key = bare(each)
            if len(key) > 2 and key not in known:
                found.setdefault(key, each)
    return list(found.values())[:4]


@cache
def _long_fillers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Fillers of two signs and more at the beginning and at the end of a text (shorter ones may be part of a name)."""
    words = _alternatives(tuple(word for word in read_words("fillers.txt") if len(word) > 1))
    return re.compile(rf"^(?:{words})+(?=...)"), re.compile(rf"(?<=...)(?:{words})+$")


def inner_form(parsed: "Parsed", start: int, end: int) -> Form | None:
    """The reading of a mention as the name that stands at a place in it, where only filler follows and filler or an opening word comes before; None where not.

    Args:
        parsed: the mention.
        start: where the name begins in the key of the first reading.
        end: where it ends.
    """
    key = parsed.forms[0].key
    before, after = key[:start], key[end:]
    if not (only_filler(after) or _closes(after)) or not (only_filler(before) or _OPENING.search(before)):
        return None
    grades, level = _grades_in(before + " " + after)
    said = tuple(_SAID.findall(before)) + tuple(_SAID.findall(after))
    return make_form(key[start:end], said, grades, level)._replace(prefixed=bool(_SAID.search(before)))


def after_issuer(text: str) -> str:
    """What stands after an issuer without the words that lead to the name (的, 颁发的, …)."""
    return _AFTER_ISSUER.sub("", text).strip(_LEFT_EDGES)


def split_issuer(text: str) -> tuple[str, str, str]:
    """Issuer, its form and the rest of a half-width text that begins with a known issuer; empty issuer and the text itself otherwise."""
    match = _patterns()[3].match(text)
    if match is None:
        return "", "", text
    rest = after_issuer(text[match.end() :])
    if len(bare(rest)) < 2:
        return "", "", text
    return issuer_forms()[match.group()], match.group(), rest


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """Pattern and table of words that have another word of the same meaning in the names, and those of them that mean only nearly the same."""
    rows = read_rows("words.csv")
    table = {row["written"]: row["meant"] for row in rows}
    return re.compile(_alternatives(longest_first(table))), table, frozenset(row["written"] for row in rows if row["reason"] == "near word")


def _rewritten(core: str, last: Form) -> list[Form]:
    """Readings in which a short or doubled word is written out: 二消 → 二级消, 电商 → 电子商务, 正高 → 正高级, a code beside the name."""
    found = []
    if match := _CODE_BEFORE.match(core):
        found += [core[match.end() :], match.group(1)]
    full = _SHORT_RANK.sub(r"\1级", core)
    full = re.sub(r"^(正高|副高)(?!级)", r"\1级", full)
    once = _TWICE.sub(r"\1", full)
    pattern, table, near = _words()
    written_out = pattern.sub(lambda match: table[match.group()], full)
    found += [each for each in (full, unwrap(once), written_out, core.replace("的", " ")) if each != core]
    code = "".join(latin_words(core))
    if len(code) > 2 and has_chinese(core) and not bare(_GENERIC.sub("", core).replace(code, "")):
        found.append(code)
    forms = [make_form(each, last.off, last.grades, last.level, last.prefixed) for each in found]
    # a word of nearly the same meaning is less sure than a short one written out
    return [form._replace(rewritten=form.text == written_out and not near.isdisjoint(pattern.findall(full))) for form in forms]


_ENGLISH_RANK = re.compile(r"\b(?:level|grade|class)[ -]?([1-5])\b")
#: Words of English that need no translation.
_ENGLISH_SMALL = frozenset(["of", "the", "a", "an", "and", "for", "in", "&", "on"])
#: An English word no longer than this that is not in the glossary is kept as an abbreviation (ESG analyst).
ABBREVIATION = 4
#: Readings of one English mention in Chinese at most.
TRANSLATIONS = 6


@cache
def _glossary() -> dict[str, tuple[str, ...]]:
    return {row["english"]: tuple(row["chinese"].split("|")) for row in read_rows("glossary.csv")}


def translations(text: str) -> list[str]:
    """An English name word for word in Chinese, abbreviations kept; nothing where a longer word is not in the glossary.

    Args:
        text: a half-width text without Chinese characters.
    """
    rank = _ENGLISH_RANK.search(text)
    words = re.findall(r"[a-z][a-z-]*", _ENGLISH_RANK.sub(" ", text).replace("'s", ""))
    found = [f"{'一二三四五'[int(rank.group(1)) - 1]}级" if rank else ""]
    at = 0
    while at < len(words):
        size = next((size for size in (3, 2, 1) if " ".join(words[at : at + size]) in _glossary() or _singular(words[at : at + size]) in _glossary()), 0)
        if size:
            phrase = " ".join(words[at : at + size])
            meanings = _glossary().get(phrase) or _glossary()[_singular(words[at : at + size])]
            found = [start + meaning for start in found for meaning in meanings][:TRANSLATIONS]
            at += size
        elif words[at] in _ENGLISH_SMALL:
            at += 1
        elif len(words[at]) <= ABBREVIATION and len(words) > 1:
            found = [start + words[at] for start in found]
            at += 1
        else:
            return []
    return [each for each in found if len(each) > 1 and has_chinese(each)]


def _singular(words: list[str]) -> str:
    return " ".join(words).removesuffix("s")


def _grades_in(text: str) -> tuple[tuple[int, ...], str]:
    words = _SAID.findall(text)
    grades = tuple(sorted({_GRADE_WORDS[word] for word in words if word in _GRADE_WORDS}, reverse=True))
    level = next((_LEVEL_WORDS[word] for word in words if word in _LEVEL_WORDS), "")
    return grades, level


def parse(mention: str) -> Parsed:
    """Take a mention apart.

    Args:
        mention: any text.
    """
    before, _, empty, _ = _patterns()
    text = half_width(mention).translate(_BRACKETS)
    text = _ROMAN.sub(lambda match: _ROMAN_GRADES[match[1]], text)
    forms = [make_form(text)]
    year = ""
    if found := _YEAR.search(text):
        year, text = found.group(), (text[: found.start()] + text[found.end() :]).strip(_EDGES)
    onex = False
    if (found := _ONEX.search(text)) and len(bare(text[: found.start()] + text[found.end() :])) > 1:
        onex, text = True, (text[: found.start()] + " " + text[found.end() :]).strip(_LEFT_EDGES)
    off: tuple[str, ...] = ()
    text = empty.sub("", text).strip(_EDGES) or text
    # some names begin with a word that is elsewhere a wrapping one: 浙江工匠称号
    forms.append(make_form(unwrap(text)))
    issuer, issuer_form = "", ""
    for _ in range(4):
        shorter = before.sub("", text, count=1).strip(_LEFT_EDGES)
        if shorter != text and len(bare(shorter)) > 1:
            text = shorter
        elif not issuer and (split := split_issuer(text))[0]:
            forms.append(make_form(text, off))
            issuer, issuer_form, text = split
            # some names begin with the issuer: 阿里云的大数据分析师
            forms.append(make_form(issuer_form + text, off))
        else:
            break
    forms.append(make_form(text, off))
    core, level = text, ""
    grades: tuple[int, ...] = ()
    for _ in range(4):
        shorter = unwrap(core)
        if shorter != core:
            forms.append(make_form(shorter, off, grades, level))
        match = _GRADE_AFTER.search(shorter)
        if match and len(bare(shorter[: match.start()])) > 1:
            said, word = _grades_in(match.group())
            grades, level = grades or said, level or word
            off += (match.group().strip(_EDGES + "()"),)
            shorter = shorter[: match.start()].strip(_EDGES)
            moved = bare(match.group())
            if moved in _LEVEL_WORDS or moved in _GRADE_WORDS:
                forms.append(make_form(moved + shorter, off))
            forms.append(make_form(shorter, off, grades, level))
        if shorter == core:
            break
        core = shorter
    if match := _GRADE_BEFORE.match(core):
        said, word = _grades_in(match.group(1))
        rest = core[match.end() :].strip(_LEFT_EDGES)
        if len(bare(rest)) > 1:
            forms.append(make_form(rest, (*off, match.group(1)), grades or said, level or word, prefixed=True))
            core = rest
    if (dropped := _BRACKET.sub("", core).strip(_EDGES)) != core and len(bare(dropped)) > 1:
        inside = _BRACKET.findall(core)
        # a code or a number in a bracket tells two certificates apart: without it only the exact name will do
        telling = any(char.isascii() and char.isalnum() for each in inside for char in each)
        forms.append(make_form(unwrap(dropped), (*off, *inside), grades, level, forms[-1].prefixed, telling)._replace(bracket_off=True))
        # the code may be the name of the very thing: 会员(MRICS)
        forms += [make_form(each, off, grades, level, exact_only=True) for each in inside if _CODE.fullmatch(each)]
    last = forms[-1]
    forms += _rewritten(core, last)
    if text != core:
        forms += _rewritten(text, make_form(text))
    if not has_chinese(core):
        forms += [make_form(each, ("English",))._replace(translated=True) for each in translations(core)]
    unique: dict[str, Form] = {}
    for form in forms:
        if form.key:
            unique.setdefault(form.key, form)
    return Parsed(text, tuple(unique.values()), issuer, issuer_form, year, onex)
