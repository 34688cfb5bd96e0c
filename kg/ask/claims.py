"""Claims that a question puts up for checking: how long a list is, and parts of a claim that an answer of yes did not judge."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from kg.ask.answer import Answer
from kg.ask.numbers import NUMERALS, number
from kg.ask.request import Request
from kg.ask.rules import patterns
from kg.ask.text import normalize

#: What the person is told of a part that was not judged.
_UNJUDGED = {
    "only": ("是否“只有”如此", "whether it is so “only” there"),
    "highest": ("哪一级最高或最低", "which level is the highest or the lowest"),
    "ordinal": ("您说的序号", "the number that you name"),
    "batch": ("您说的批次或序号", "the batch or number that you name"),
    "figure": ("您说的数字", "the figure that you name"),
    "levels": ("您列的各个等级是否都对", "whether all the levels that you list are right"),
}


@cache
def _pattern(part: str) -> re.Pattern[str]:
    """The pattern of a part of a claim (`data/claims.csv`)."""
    says = patterns("claims", "part")
    return next(rule.regex for rule in says if rule.says == part)


def checked_size(question: str, ask: Callable[[str], Answer]) -> Answer | None:
    """The answer to a claim of how long a list is (附件2有6家机构对吗): the list is counted by asking how many; None where no such claim is made.

    Args:
        question: the question as typed.
        ask: answers a question.
    """
    claim = _pattern("size").search(normalize(question))
    if not claim or not _pattern("list_word").search(claim["list"] + claim["noun"]):
        return None
    claimed = number(claim["number"])
    for counter in dict.fromkeys((claim["counter"], "个")):
        answer = ask(f"{claim['list']}有多少{counter}{claim['noun']}")
        first, *others = answer.answer.split("\n\n")
        totals = [int(each[1]) for each in _pattern("total").finditer(first)]
        if answer.verdict == "na" and answer.citations and totals:
            break
    else:
        return None
    total = int(sums[1]) if (sums := _pattern("sum").search(first)) else totals[0]
    whole = _pattern("list_words").fullmatch(claim["list"]) and not any(_pattern("more_parts").search(line) for line in others)
    if not whole or (claimed != total and claimed in map(int, re.findall(r"\d+(?=[个项家种条类])", first))):
        # What else the question says of the list was not counted by, the list is told in parts, or the figure is another one of the list's.
        return replace(answer, question=question)
    if claimed == total:
        return replace(answer, question=question, verdict="yes", answer=f"**对**：数出的是{total}{claim['counter']}。\n\n{answer.answer}")
    return replace(answer, question=question, verdict="no", answer=f"**不对**：数出的是{total}{claim['counter']}，不是{claimed}。\n\n{answer.answer}")


def is_name(text: str) -> bool:
    """Whether words can name a thing: no count (27个职业), no general word (工种)."""
    return not _pattern("no_name").fullmatch(normalize(text))


def judged(answer: Answer, request: Request) -> Answer:
    """An answer without a yes to a part of the claim that it does not tell of, and without a no to words that are no name.

    Args:
        answer: what a kind answered.
        request: the question understood.
    """
    if answer.kind == "recognition":
        return answer
    if answer.verdict in ("no", "unknown"):
        return _without_denied_words(answer, request)
    if answer.verdict != "yes" or not (open_parts := _open_parts(answer, request.text)):
        return answer
    english = request.language == "en"
    told = "; ".join(en for _, en in open_parts) if english else "、".join(zh for zh, _ in open_parts)
    note = f"Not judged: {told}; compare it with what is printed above." if english else f"没有判断的是：{told}；请对照上面印的内容。"
    body = re.sub(r"\*\*(?:是|在|能|可以|对|Yes)\*\*(?:：|: )", "", answer.answer)
    body = body[:1].upper() + body[1:]
    return replace(answer, verdict="na", answer=f"{body}\n\n{note}")


def _open_parts(answer: Answer, text: str) -> list[tuple[str, str]]:
    """What a question claims and a yes does not tell of, for a sentence in Chinese and English."""
    told = normalize(" ".join(line for line in re.split(r"[。\n]", re.sub(r"\[\d+\]", "", answer.answer)) if "没有" not in line and "does not" not in line))
    found = []
    asked = _asked(text)
    for part in ("only", "highest"):
        if (match := _pattern(part).search(asked)) and match[0] not in told:
            found.append(_UNJUDGED[part])
    if any(not re.search(rf"(?:第|number |no\. ?) ?{number(each[1] or each[2])}(?!\d)", told) for each in _pattern("ordinal").finditer(text)):
        found.append(_UNJUDGED["ordinal"])
    if any(f"第{NUMERALS[number(each[1])]}批" not in told for each in _pattern("batch").finditer(text)):
        found.append(_UNJUDGED["batch"])
    if any(not re.search(rf"(?<![\d.]){re.escape(each[1])}(?![\d.])", told) for each in _pattern("figure").finditer(text)):
        found.append(_UNJUDGED["figure"])
    if (match := _pattern("levels").search(text)) and not _levels_hold(match[0], told):
        found.append(_UNJUDGED["levels"])
    if found or answer.kind == "pathway":  # Conditions, years among them, are what a pathway is judged by.
        return found
    return [(f"“{words}”", f"“{words}”") for words in _untold_clauses(text, told)]


def _asked(text: str) -> str:
    """The clauses that are put up for checking: all with a tag (对吗), else without those before the one that asks (本人仅高中毕业，…吗)."""
    if _pattern("tag").search(text):
        return text
    clauses = re.split("[,，;；。]", text)
    first = next((place for place, clause in enumerate(clauses) if re.search("[吗么]|是不是|能不能|是否", clause)), 0)
    return ",".join(clauses[first:])


def _levels(text: str) -> set[int]:
    """The levels of a list or range (五级、四级; 5、4、3; 五级到三级)."""
    levels = [number(each) for each in re.findall(r"[1-5一二三四五]", text)]
    return set(range(min(levels), max(levels) + 1)) if re.search("[到至~-]", text) else set(levels)


def _levels_hold(claimed: str, told: str) -> bool:
    """Whether the levels claimed are told, and, where they are said to be all (等级是…), no others are."""
    printed = {number(each) for found in re.findall(r"等级([1-5](?:、[1-5])*)|([一二三四五])级|\(([1-5])\)", told) for each in "".join(found) if each != "、"}
    return _levels(claimed) <= printed and (not re.match("等级[是为]", claimed) or _levels(claimed) == printed)


def _untold_clauses(text: str, told: str) -> list[str]:
    """The words of a claim of several clauses (…，主管单位是教育部，对吗) that an answer does not hold."""
    if not _pattern("tag").search(text):
        return []
    clauses = [each.strip() for each in _pattern("clause").split(_pattern("tag").sub("", text)) if each.strip()]
    official = patterns("departments", "department")
    runs = [run for clause in clauses[1:] for run in _pattern("frame").split(clause) if len(run) >= 2]
    return [run for run in runs if run not in told and not any(rule.regex.fullmatch(run) and normalize(rule.says) in told for rule in official)]


def _without_denied_words(answer: Answer, request: Request) -> Answer:
    """An answer that denies a count or a general word as if it were a name (没有“27个职业”), without that."""
    names = [each[1] or each[2] or "" for each in _pattern("denied").finditer(answer.answer)]
    wrong = [name for name in names if name and not is_name(name)]
    if not wrong or len(set(wrong)) < len({name for name in names if name}):
        return answer
    body = answer.answer
    for name in wrong:
        body = re.sub(rf"(?:里|中|，)?没有(?:印|列)?“?{re.escape(name)}”?", "", body)
    body = re.sub(r"\*\*(?:不在|没有|不是|无法判断)\*\*：", "", body)
    words = "、".join(f"“{name}”" for name in dict.fromkeys(wrong))
    note = f"Not judged: {words} is no name." if request.language == "en" else f"没有判断的是：{words}不是名称；请写出要查的名称。"
    return replace(answer, verdict="na", answer=f"{body}\n\n{note}")
