"""Skill grades in digits and in words: 5 (五级, lowest) to 1 (一级); grades said together."""

import re

NUMERALS = {"5": "五级", "4": "四级", "3": "三级", "2": "二级", "1": "一级"}
#: The Chinese numeral of a grade → its digit.
DIGITS = {name[0]: digit for digit, name in NUMERALS.items()}

_DIGIT = "[1-5五四三二一]"
#: Grades said together: as a range (5级到1级, 五至三级) or one after another (5、4、3).
_TOGETHER = re.compile(
    rf"(?<![\d.第-])(?P<first>{_DIGIT})级? ?(?:到|至|~|-|—|–){{1,2}} ?(?P<last>{_DIGIT})(?:级|(?=[对吗是,，。？?!]|$))"
    rf"|(?<![\d.第-])(?P<each>{_DIGIT}级?(?:[、,，/和与及]{_DIGIT}(?!\d)级?)+)(?![\d-]|[类批年号])"
)


def said_together(text: str) -> list[str]:
    """The grades that a text says together, as a range or as a list; none where it does not.

    Args:
        text: normalised, the names masked.
    """
    found: list[str] = []
    for match in _TOGETHER.finditer(text):
        if match["each"]:
            said = [DIGITS.get(each, each) for each in re.findall(_DIGIT, match["each"])]
            # 一、二 alone are no grades; 5、4、3 are, and so are numerals with 级.
            if "级" not in match[0] and "级" not in text[max(0, match.start() - 8) : match.start()]:
                continue
        else:
            ends = sorted(int(DIGITS.get(match[name], match[name])) for name in ("first", "last"))
            said = [str(grade) for grade in range(ends[0], ends[1] + 1)]
        found += said
    return sorted(dict.fromkeys(found), reverse=True)
