"""How long a grade was held by what a question says: years, months, two dates, or words such as 刚; and whether the years are claimed as a requirement."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.ask.numbers import number
from kg.ask.rules import Cues, mask

_cue = Cues("pathway")

_ENGLISH_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = rf"\d{{1,2}}|[一两二三四五六七八九]?十[一二三四五六七八九]?|[一两二三四五六七八九]|{'|'.join(_ENGLISH_NUMBERS)}"
_DURATION = re.compile(
    rf"(?<![0-9a-z近第前十])(?P<digits>{_NUMBER})(?P<half>半)?(?P<more>[几多])?(?:个)?(?:整)?"
    rf"(?:年|years?\b| years?\b)(?!度|级|后(?:晋|才))(?P<tail>半)?(?:零|又|and)?(?:(?P<months>{_NUMBER})个月)?"
)
_MONTHS = re.compile(rf"(?<![0-9a-z近第前十年零又])(?P<digits>\d{{1,3}}|{_NUMBER})个?半?(?:个月| ?months?\b)")
_HALF = re.compile(r"(?<![0-9一两二三四五六七八九十年])(?:大)?半年|half a year")
_CLAUSE = re.compile(r"[,，。;；!！?？]")
_FULL_YEAR = re.compile(r"(?<![\d(〔\[])(?:19|20)\d\d(?![\d)〕\]号])")
_SHORT_YEAR = re.compile(r"(?<![\d满了过第])(?:1[5-9]|2\d)(?=年)")
_MONTH = re.compile(r"年?(\d{1,2})月")
_RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "明年": 1, "后年": 2, "last year": -1, "this year": 0, "next year": 1}


@dataclass(frozen=True)
class Time:
    """What is said of years: of the person's, or, claimed, of those that are required.

    Attributes:
        years: their number; None where none is said or none can be worked out.
        claimed: they are said to be required (才, 要, 至少), and are to be compared for equality.
        refused: they are said not to be required (不用满3年).
        below: the number is not reached (不到3年, 快3年), or, of dates, perhaps not.
        total: all years of work, perhaps not those since the certificate.
        dated: worked out of two dates, so that months are not known.
        unclear: a time is said that tells no number of years.
    """

    years: float | None = None
    claimed: bool = False
    refused: bool = False
    below: bool = False
    total: bool = False
    dated: bool = False
    unclear: bool = False


NO_TIME = Time()


def time_said(text: str, grades: Sequence[tuple[int, int]] = ()) -> Time:
    """What a normalised question says of years.

    Args:
        text: the question, with other names blanked out.
        grades: where it names grades.
    """
    if _cue("just_got").search(text):
        return Time(1, below=True)
    dates, text = _dates(text)
    found = [(each, _years(each)) for each in _DURATION.finditer(text)] or [(each, _number(each["digits"]) / 12) for each in _MONTHS.finditer(text)]
    found = found or [(each, 0.5) for each in _HALF.finditer(text)]
    if not found:
        return dates if dates is not None else Time(unclear=bool(_cue("some_time").search(text)))
    beside = [pair for pair in found if any(_same_clause(text, pair[0], place) for place in grades)]
    each, years = (beside or found)[-1]
    before, after = text[: each.start()], text[each.end() :]
    if any(_cue("years_more").search(text[: one.start()]) for one, _ in found):
        return Time(unclear=True)
    if _cue("years_refused").search(before):
        return Time(years, claimed=True, refused=True)
    if _cue("under_before").search(before):
        # 不满3年不能评 claims that three are required; 不满3年能评吗 doesn't.
        return Time(years, claimed=True) if _cue("not_then").search(after) else Time(years, below=True)
    required = _cue("years_required_after").match(after) or (_cue("years_required").search(before) and not _cue("held_before").search(before))
    if required and not _cue("held_after").match(after):
        return Time(years, claimed=True)
    if dates is not None and dates.years is not None:
        return dates
    later = bool(grades) and not beside and each.end() <= min(start for start, _ in grades)
    clause = _CLAUSE.split(before)[-1] + each[0] + _CLAUSE.split(after)[0]
    total = bool(_cue("years_got_late").match(after)) or bool(_cue("all_work").search(clause)) or (later and bool(_cue("some_work").search(clause)))
    return Time(years, total=total)


def _number(digits: str) -> float:
    return float(_ENGLISH_NUMBERS.index(digits) + 1 if digits in _ENGLISH_NUMBERS else number(digits))


def _years(each: re.Match[str]) -> float:
    months = _number(each["months"]) / 12 if each["months"] else 0.0
    return _number(each["digits"]) + (0.5 if each["half"] or each["tail"] else 0.0) + months


def _same_clause(text: str, each: re.Match[str], place: tuple[int, int]) -> bool:
    first, last = sorted(((each.start(), each.end()), place))
    return not _CLAUSE.search(text[first[1] : last[0]])


def _dates(text: str) -> tuple[Time | None, str]:
    """The years between two dates, the first that of the certificate; and the text without the dates."""
    found = [(each.start(), each.end(), int(each[0]), False) for each in _FULL_YEAR.finditer(text)]
    if any(_cue("got_then").match(text[each.end() :]) for each in _SHORT_YEAR.finditer(text)):
        found += [(each.start(), each.end(), 2000 + int(each[0]), False) for each in _SHORT_YEAR.finditer(text)]
    found += [(each.start(), each.end(), shift, True) for word, shift in _RELATIVE.items() for each in re.finditer(word, text)]
    found.sort()
    free = mask(text, [(start, end + (text[end : end + 1] == "年")) for start, end, *_ in found])
    got = [date for date in found if _cue("got_then").match(text[date[1] :]) or _cue("got_before").search(text[: date[0]])]
    if not got:
        # 2015年参加工作，技师，2025年能评中级吗: the year of the certificate isn't said.
        worked = any(_cue("all_work").search(_CLAUSE.split(text[end:])[0]) for _, end, *_ in found)
        return (Time(unclear=True) if len(found) > 1 or worked or any(relative for *_, relative in found) else None), free
    first = got[0]
    others = [date for date in found if date is not first and date[3] == first[3]]
    if others:
        years = max(others[-1][2] - first[2], 0)
        begun, ended = (_MONTH.match(text[date[1] :]) for date in (first, others[-1]))
        if begun and ended:
            return Time(max(years + (int(ended[1]) - int(begun[1])) / 12, 0.0), dated=True), free
        # 2021年10月 … 2024年: two years and some months, or three.
        return Time(float(years), dated=True, below=bool(begun and int(begun[1]) > 1)), free
    return (Time(float(max(-first[2], 0)), dated=True) if first[3] and len(found) == 1 else Time(unclear=True)), free
