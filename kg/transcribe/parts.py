"""An entry of the catalogue taken apart: name, issuer, grades, level word, qualifier."""

import re
from dataclasses import dataclass

from kg.transcribe.document import tidy

_NUMERAL = {"五": 5, "四": 4, "三": 3, "二": 2, "一": 1}
_OPEN, _CLOSE = "（(【[", "）)】]"
#: One word that says a level and nothing else.
_LEVEL_WORD = (
    r"(?:国家职业资格)?[五四三二一](?:级|[/、](?=[五四三二一]))|(?:国家职业资格)?[初中高]级(?:工|认证|证书|资格)?|高级技师|正高级|副高级|技师|高级以上|[五四三二一]级[及以]*上|"
    r"(?:三级|高级)?及以上|专家级|资深工程师级|注册|等级|级别"
)
_LEVEL = re.compile(rf"^(?:(?:{_LEVEL_WORD})[/、,，或和及\s-]*)+$")
_GRADE = re.compile(r"([五四三二一])(?=级|[/、][五四三二一]级|[/、][五四三二一][/、])")
_BRACKET = re.compile(r"[（(【\[]([^（(【\[）)】\]]*)[）)】\]]")
_ISSUER = re.compile(r"^(?P<issuer>[^:：（(]*(?:[（(][^:：）)]*[）)])?[^:：（(]*)[:：](?P<rest>.+)$")
_ORGANIZATION = re.compile(r"(?:局|部|厅|协会|学会|中心|公司|委员会|委|总局|办公室|学院|大学|院|公会|基地|馆|联盟|组织|联合会|集团|H3C|华为|思科|微软|IBM|Adobe|阿里云|甲骨文)(?:[（(][^（）()]*[）)])?$")


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

    A bracket that only says a level leaves the name and becomes `level`; an issuer before a colon, or in a last bracket that names an organisation, becomes
    `issuer`; any other last bracket stays in the name (it may be part of it) and is repeated as `qualifier`. Grades are the numerals of the level brackets, or of a
    grade at the very end of the name (心理咨询师三级).

    Args:
        text: the entry as printed; white space does not matter.
    """
    text = tidy(text)
    issuer = ""
    if (match := _ISSUER.match(text)) and _ORGANIZATION.search(match["issuer"]):
        issuer, text = match["issuer"], match["rest"].strip()
    levels: list[str] = []
    if (start := _unclosed(text)) and _LEVEL.match(text[start + 1 :] + "级"):
        levels, text = [text[start + 1 :]], text[:start]
    qualifier = ""
    for match in list(_BRACKET.finditer(text)):
        inner = match[1].strip()
        if _LEVEL.match(inner):
            levels.append(inner)
            text = text.replace(match[0], "", 1)
    while text and text[-1] in _CLOSE:
        start = _opening(text)
        inner = text[start + 1 : -1]
        if start > 0 and not issuer and _ORGANIZATION.search(inner):
            issuer, text = inner, text[:start]
            continue
        if start > 0:
            qualifier = inner
        break
    if text and text[-1] in _CLOSE and _opening(text) == 0 and text[0] in _OPEN:
        text = text[1:-1]
    level = " ".join(levels)
    if not level and (match := re.search(r"([五四三二一]级|[初中高]级)$", text)) and match.start() > 2:
        level = match[1]
    return Parts(tidy(text), issuer, _grades(level), level, qualifier)


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
