"""When an entry of a row and the name that a person uses are one certificate, though their words differ.

A name and its level can be said in several orders (注册安全工程师（中级）, 中级安全工程师), an entry can print several names (美容师/美发师,
钳工（含工具钳工）), a title can be called by its rank (中级会计师 for 会计师, 初级会计师 for 助理会计师: annexes 10 and 11). All are brought to one
form: base name and level.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.ask.grades import DIGITS
from kg.ask.rules import patterns
from kg.graph.identity import plain, stem

Form = tuple[str, str]
_LEADING_GRADE = re.compile(r"^(?:国家(?:职业资格)?)?([一二三四五])级(?=.{2})")
_LEADING_LEVEL = re.compile(r"^(初级|中级|高级)(?=.{2})")
_ROLE = re.compile(r"[师工员人家手士长副]$")
_INCLUDED = re.compile(r"^(?P<base>[^(（\[]+)[(（]含(?P<inner>[^)）]+)[)）]")
_BRACKET = re.compile(r"^(?P<base>[^(（]+)[(（](?P<inner>[^)）含、]+)[)）]$")
_SQUARE = re.compile(r"^(?P<base>[^\[]+)\[(?P<inner>[^\]]+)\]")
_NUMERAL = re.compile(r"[一二三四五1-5]级(?:/[^，。；？?]{0,4}(?:工|技师))?|初级工?|中级工?|高级工?|高级技师|技师")
#: Words that make another thing of a name: a rank, a number.
_RANK = re.compile(r"[一二三四五六七八九十0-9初中高正副助特]")


#: What stands in brackets, or in Latin letters behind a hyphen, and is no level.
_VARIANT = re.compile(r"[(\[]([^()\[\]]+)[)\]]|(?<=[a-z])-([a-z][a-z0-9]+)")
_LEVEL_SAID = re.compile(r".*[一二三四五六七八九十\d初中高]级.*|.*(?:初级|中级|高级|技师|级别).*|含.*|\d+.*")
_AND_ABOVE = re.compile(r"^(?P<base>.{2,}?)[一二三四五]级(?:及|或)?以上$")
_MALE_OR_STAFF = re.compile(r"^(?P<base>.+)工(?:[(（]员[)）]|/员)$")


def variants(name: str) -> frozenset[str]:
    """The tracks or variants that a name says in brackets or behind a hyphen: 暖通空调, java, datacom.

    Args:
        name: as printed or said.
    """
    found = (bracket or track for bracket, track in _VARIANT.findall(plain(name)))
    return frozenset(each for each in found if not _LEVEL_SAID.fullmatch(each))


def other_variant(said: Iterable[str], printed: Iterable[str]) -> bool:
    """Whether two names say variants and none of the one is one of the other: 给排水, 暖通空调.

    Args:
        said: the variants of the one.
        printed: the variants of the other.
    """
    said, printed = tuple(said), tuple(printed)
    return bool(said and printed) and not any(one in other or other in one for one in said for other in printed)


def names_in(name: str) -> list[str]:
    """The names that one printed entry holds: itself, the parts of a slash or of a “含…” list, the name before square brackets."""
    found = [name]
    if match := _AND_ABOVE.match(name):
        found.append(match["base"])
    if match := _MALE_OR_STAFF.match(name):
        found += [f"{match['base']}工", f"{match['base']}员"]
    if match := _INCLUDED.match(name):
        found += [match["base"], *re.split(r"[、，,]", match["inner"])]
    if match := _SQUARE.match(name):
        found += [match["base"], *(part for part in re.split(r"[、，,]", match["inner"]) if _ROLE.search(part))]
    if (match := _BRACKET.match(name)) and _ROLE.search(match["inner"]):
        found.append(match["inner"])
    found += [part for part in name.split("、") if part != name and _ROLE.search(part) and not re.search(r"[(（\[]", name)]
    for each in list(found):
        parts = [part.strip() for part in re.split(r"\s*/\s*", each)]
        if len(parts) > 1 and all(len(part) > 1 and _ROLE.search(part) for part in parts):
            found += parts
    return found


def forms(name: str, levels: Iterable[str], ranked: Mapping[str, str], licence: bool) -> frozenset[Form]:
    """The forms (base, level) of a name with the levels said or printed beside it.

    Args:
        name: as printed or said.
        levels: grades as digits, or 初级, 中级, 高级; none where no level is said.
        ranked: titles of annex 10 → their tier (会计师 → 中级).
        licence: whether it is a practice qualification, whose name may or may not begin with 注册.
    """
    marks = set(levels) or {""}
    found: set[Form] = set()
    for each in names_in(name):
        base = stem(each)
        found |= {(base, mark) for mark in marks}
        if match := _LEADING_GRADE.match(base):
            found.add((base[match.end() :], DIGITS[match[1]]))
        elif match := _LEADING_LEVEL.match(base):
            found.add((base[match.end() :], match[1]))
            found |= {(base[match.end() :], mark) for mark in marks if mark.isdigit()}
        elif base.startswith("助理") and base[2:] in ranked:
            found.add((base[2:], "初级"))
        elif base in ranked and marks == {""}:
            found.add((base, ranked[base]))
    if licence:
        found |= {(base.removeprefix("注册"), mark) for base, mark in found if base.startswith("注册") and base.removeprefix("注册") not in ranked}
    return frozenset(found)


def resembles(said: str, printed: str) -> bool:
    """Whether a printed name is the said one but for words that name no other thing (中国民用航空安全员执照 for 航空安全员).

    Or it holds the characters of the said one in order (民航安全员执照).
    """
    if other_variant(variants(said), variants(printed)):
        return False
    if same_core(said, printed):
        return True
    said, printed = _core(said), _core(printed)
    if min(len(said), len(printed)) < 3 or said in printed or printed in said:
        return False
    return len(said) >= 5 and len(printed) <= 2 * len(said) and in_order(said, printed) and not _RANK.search(_without(said, printed))


def same_core(said: str, printed: str) -> bool:
    """Whether two names are one but for words that name no other thing (data/decor.csv): 民航安全员, 中国民用航空安全员执照."""
    one, other = _decor().sub("", _core(said)), _decor().sub("", _core(printed))
    return one == other and len(one) >= 3 and not other_variant(variants(said), variants(printed))


def without_level(text: str) -> str:
    """A name as said without the grade or level said inside it (民航安全员一级执照 → 民航安全员执照)."""
    return _NUMERAL.sub("", text)


@lru_cache(maxsize=1 << 14)
def _core(name: str) -> str:
    return re.sub(r"[^0-9a-z\u4e00-\u9fff]", "", re.sub(r"[(\[][^()\[\]]*[)\]]", "", plain(name)))


@lru_cache(maxsize=1)
def _decor() -> re.Pattern[str]:
    return re.compile("|".join(each.regex.pattern for each in patterns("decor", "why", "word")))


def in_order(said: str, printed: str) -> bool:
    """Whether the characters of what was said stand in what is printed, in their order (人社局 in 人力资源和社会保障局)."""
    characters = iter(printed)
    return all(character in characters for character in said)


def _without(said: str, printed: str) -> str:
    """The characters of `printed` that `said` leaves out."""
    rest, position = "", 0
    for character in printed:
        if position < len(said) and character == said[position]:
            position += 1
        else:
            rest += character
    return rest
