"""An entry of the catalogue taken apart: name, issuer, grades, level word, qualifier."""

import re
from dataclasses import dataclass
from functools import cache

from kg.tables import SOURCES, read_rows
from kg.transcribe.document import tidy

_NUMERAL = {"五": 5, "四": 4, "三": 3, "二": 2, "一": 1, "5": 5, "4": 4, "3": 3, "2": 2, "1": 1}
_OPEN, _CLOSE = "（(【[", "）)】]"
_SEPARATOR = r"[/、,，或和及\s-]*"
#: One word that says a level and nothing else.
_LEVEL_WORD = (
    r"(?:国家职业资格)?[五四三二一5-1](?:级|[/、](?=[五四三二一]))|(?:国家职业资格)?[初中高]级(?:工|技能|认证|证书|资格)?|高级技师|正高级|副高级|技师|高级以上|"
    r"(?:[五四三二一]级|高级)?(?:及?以上)|专家级|资深工程师级|注册|等级|级别"
).replace("5-1", "12345")
_LEVEL = re.compile(rf"^{_SEPARATOR}(?:(?:{_LEVEL_WORD}){_SEPARATOR})+$")
_LEVEL_EDGE = re.compile(rf"^(?P<before>(?:(?:{_LEVEL_WORD})[/、]?)+)(?P<rest>.+?)$|^(?P<rest2>.+?)[/、](?P<after>(?:(?:{_LEVEL_WORD}){_SEPARATOR})+)$")
#: Levels of a scale of its own, whose 1级 is the lowest (of dance: 1级/2级/3级); a skill grade in such numerals has its word beside it (5级/初级).
_OWN_SCALE = re.compile(r"\d+级(?:[/、]\d+级)*")
_GRADE = re.compile(r"([五四三二一12345])(?=级|[/、][五四三二一]级|[/、][五四三二一][/、])")
_BRACKET = re.compile(r"[（(【\[]([^（(【\[）)】\]]*)[）)】\]]")
_LOST_BRACKET = re.compile(r"^(?P<name>[^（(]+?)(?P<level>[五四三二一]级[/、][^（()）]*)[)）]$")
#: What may stand after a level bracket at the end of a name: brackets only.
_ENDS = re.compile(r"(?:[（(【\[][^（()）]*[）)】\]]|[）)】\]\s])*")
_TRAILING_GRADE = re.compile(r"([五四三二一]级|[初中高]级)$")
_ISSUER = re.compile(r"^(?P<issuer>[^:：（(]*(?:[（(][^:：）)]*[）)])?[^:：（(]*)[:：](?P<rest>.+)$")
_ORGANIZATION = re.compile(
    r"(?:局|部|厅|协会|学会|中心|公司|委员会|委|总局|办公室|学院|大学|院|公会|基地|馆|联盟|组织|联合会|集团|软件|网)(?:[（(][^（）()]*[）)])?$"
)


@cache
def _known_issuers() -> frozenset[str]:
    """Issuers that their name alone does not show to be organisations (`kg/sources/names/issuers.csv`)."""
    return frozenset(row["name"] for row in read_rows(SOURCES / "names" / "issuers.csv"))


def _is_issuer(text: str) -> bool:
    """Whether a text names an organisation."""
    return text in _known_issuers() or bool(_ORGANIZATION.search(text))


@dataclass(frozen=True)
class Parts:
    """The fields of one entry; `grades` from 5 (五级) to 1 (一级) in printed order."""

    name: str
    issuer: str
    grades: tuple[int, ...]
    level: str
    qualifier: str


def parse_entry(text: str) -> Parts:
    """Take one printed entry apart.

    A bracket that only says a level leaves the name and becomes `level`; an issuer before a colon, or in a last bracket that names an organisation,
    becomes `issuer`; any other last bracket stays in the name (it may be part of it) and is repeated as `qualifier`. Grades are the numerals of the
    level brackets, or of a grade at the very end of the name (心理咨询师三级).

    Args:
        text: the entry as printed; white space does not matter.
    """
    text, issuer = tidy(text), ""
    if (match := _ISSUER.match(text)) and _is_issuer(match["issuer"]):
        issuer, text = match["issuer"], match["rest"].strip()
    text, levels = _damaged_level(text)
    text, issuer, more = _level_brackets(text, issuer)
    levels += more
    text, issuer, more, qualifier = _last_brackets(text, issuer)
    levels += more
    if text and text[-1] in _CLOSE and text[0] in _OPEN and _opening(text) == 0:
        text = text[1:-1]
    text = text.strip('“”"')
    level = " ".join(levels)
    trailing = match[1] if (match := _TRAILING_GRADE.search(text)) and match.start() > 2 else ""
    return Parts(tidy(text), issuer, _grades(f"{level} {trailing}"), level or trailing, qualifier)


def _damaged_level(text: str) -> tuple[str, list[str]]:
    """The text without a level whose bracket lost its beginning or its end, and that level."""
    levels: list[str] = []
    if match := _LOST_BRACKET.match(text):
        text, levels = match["name"], [match["level"]]
    if (start := _unclosed(text)) and any(_LEVEL.match(text[start + 1 :] + rest) for rest in ("", "级", "一级")):
        levels, text = [text[start + 1 :]], text[:start]
    return text, levels


def _level_brackets(text: str, issuer: str) -> tuple[str, str, list[str]]:
    """The text without the brackets at its end that only say a level, the issuer (it may stand after them), and the levels."""
    levels: list[str] = []
    for match in list(_BRACKET.finditer(text)):
        inner, rest = match[1].strip(), text.partition(match[0])[2]
        if not _LEVEL.match(inner) or _OWN_SCALE.fullmatch(inner):
            continue
        if rest and not issuer and _is_issuer(rest):
            issuer, text = rest, text.removesuffix(rest)
        elif not _ENDS.fullmatch(rest):
            continue
        levels.append(inner.strip("/"))
        text = text.replace(match[0], "", 1)
    return text, issuer, levels


def _last_brackets(text: str, issuer: str) -> tuple[str, str, list[str], str]:
    """The text without a last bracket that names an organisation, the issuer, a level beside it in the bracket, and any other last bracket as qualifier."""
    levels: list[str] = []
    while text and text[-1] in _CLOSE and (start := _opening(text)) > 0:
        inner = text[start + 1 : -1]
        edge = _LEVEL_EDGE.match(inner)
        name = (edge["rest"] or edge["rest2"]) if edge else inner
        if issuer or not _is_issuer(name):
            return text, issuer, levels, inner
        issuer, text = name.strip("/、"), text[:start]
        if edge:
            levels.append((edge["before"] or edge["after"]).strip("/、"))
    return text, issuer, levels, ""


def _unclosed(text: str) -> int:
    """The index of a bracket that is opened and never closed (its end lies on a lost page); 0 where there is none."""
    start = max(text.rfind(bracket) for bracket in _OPEN)
    return start if start > 0 and not any(bracket in text[start:] for bracket in _CLOSE) else 0


def _opening(text: str) -> int:
    """The index of the bracket that the last character of `text` closes; 0 where it is not balanced."""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += (text[index] in _CLOSE) - (text[index] in _OPEN)
        if depth == 0:
            return index
    return 0


def _grades(level: str) -> tuple[int, ...]:
    """The skill grades that a level word prints, each once, in printed order."""
    return tuple(dict.fromkeys(_NUMERAL[numeral] for numeral in _GRADE.findall(level)))
