"""What completes an answer of any kind: names that it says nothing of or read otherwise, years that the documents do not reach, where it all stands."""

import re
from dataclasses import replace

from kg.ask.answer import Answer, Citation, Verdict
from kg.ask.claims import judged
from kg.ask.mentions import untold
from kg.ask.request import Mention, Request
from kg.ask.sameness import same_core
from kg.ask.text import normalize

#: Lines told of one answer, and how much of a printed line.
TOLD, PRINTED = 6, 90
#: A name of so many characters that stands in what was read is what was meant.
LONG = 5
#: So many characters at the end of two names say that both are certificates of one sort.
SAME_END = 3
#: The year of the newest document.
LATEST = 2025
_YEAR = re.compile(r"(?<![\d.-])(?:(20\d\d) ?年|(?:in|by|after|since|from) (20\d\d)(?![\d-]))")


def completed(answer: Answer, request: Request) -> Answer:
    """An answer with what it leaves open, a warning where it is asked of a year that the documents don't reach, and, where that is asked, its places.

    Args:
        answer: what a kind answered.
        request: the question understood.
    """
    dated = _of_later_years(_with_readings(_with_untold(judged(answer, request), request), request), request)
    return _with_places(dated, request) if request.asks_proof else dated


def _with_untold(answer: Answer, request: Request) -> Answer:
    """The answer with a word on what the question names beside other things and it says nothing of: a verdict on the others is none on that."""
    if answer.verdict not in ("yes", "no", "na"):
        return answer
    left_out = dict.fromkeys((*untold(request, answer.answer), *_named_alike(request, answer.answer)))
    lines = [_unknown(mention, request.language == "en") for mention in left_out]
    if not lines:
        return answer
    # 光伏工程师 is asked about, 工程师 was judged: of the longer name nothing is known but that.
    if answer.verdict != "na" and all(_is_longer(each, request) for each in left_out):
        lines.append("What is printed of the name that it ends with:" if request.language == "en" else "文件印的是它的后半，关于后半：")
        return replace(answer, verdict="unknown", answer="\n\n".join((*dict.fromkeys(lines), answer.answer)))
    return replace(answer, verdict="na", answer="\n\n".join((answer.answer, *dict.fromkeys(lines))))


def _named_alike(request: Request, told: str) -> list[Mention]:
    """Unknown names that end as a certificate of the question does (ISO14001内审员 beside ISO9000内审员): these are certificates too."""
    own = () if "mentions" in request.inherited else request.unlinked
    ends = {mention.text[-SAME_END:] for mention in request.named("Credential", "Occupation") if not mention.text.isascii() and len(mention.text) >= SAME_END}
    return [mention for mention in own if (mention.text.endswith(tuple(ends)) or _is_longer(mention, request)) and mention.text not in normalize(told)]


def _is_longer(mention: Mention, request: Request) -> bool:
    """Whether an unknown name ends with one that is known (高压电工 with 电工)."""
    return any(mention.start < other.start and mention.end == other.end for other in request.mentions)


def _with_readings(answer: Answer, request: Request) -> Answer:
    """The answer with a word on each name that was not written as the documents print it, but taken for one that they do."""
    if answer.verdict not in ("yes", "no", "na"):
        return answer
    told = normalize(answer.answer)
    own = () if "mentions" in request.inherited else request.mentions
    read = {
        each.text: each.label
        for each in own
        if each.nodes and not each.exact and normalize(each.label) in told and each.text not in told and not _same_words(each)
    }
    lines = [
        f"Note: “{said}” was read as “{label}”; check that it is the same."
        if request.language == "en"
        else f"注意：您说的“{said}”按“{label}”理解，请核对是否同一个。"
        for said, label in read.items()
    ]
    return replace(answer, answer="\n\n".join((answer.answer, *lines)))


def _same_words(mention: Mention) -> bool:
    """Whether a name was written as it is printed, but for decorating words or words of the sentence around it."""
    label = normalize(mention.label)
    return same_core(mention.text, mention.label) or (len(label) >= LONG and label in mention.text)


def _unknown(mention: Mention, english: bool) -> str:
    """That nothing was said of a name: no document prints it, or it belongs to another question."""
    if not mention.nodes:
        return f"**Unknown**: none of the four documents names “{mention.text}”." if english else f"**无法判断**：四份文件里没有找到“{mention.text}”。"
    alone = f"**Unknown**: “{mention.text}” is not settled by this; ask about it by itself."
    return alone if english else f"**无法判断**：以上没有说到“{mention.text}”，请单独问它。"


def _with_places(answer: Answer, request: Request) -> Answer:
    """The answer with the place, line and printed text of what it cites."""
    english = request.language == "en"
    if answer.verdict in ("clarify", "out_of_scope") and not answer.citations:
        return answer
    if not answer.citations:
        none = "No line of the documents is cited for this answer." if english else "这个回答没有引用文件的行：文件里没有可以指出的依据。"
        return replace(answer, answer=f"{answer.answer}\n\n{none}")
    lines = ["Where it stands:" if english else "出处："]
    for number, citation in enumerate(answer.citations[:TOLD], start=1):
        lines.append(f"- {_place(citation, english)} [{number}]")
    if (more := len(answer.citations) - TOLD) > 0:
        lines.append(f"{more} more lines are listed as evidence (counted)." if english else f"另有{more}行见所附的依据（数出）。")
    return replace(answer, answer="\n\n".join((answer.answer, *lines)))


def _place(citation: Citation, english: bool) -> str:
    """Place, line and printed text of a citation, for a sentence."""
    text = " ".join(citation.text.split())
    text = text if len(text) <= PRINTED else f"{text[:PRINTED]}…"
    return f"{citation.place}, line {citation.line} of the text: “{text}”" if english else f"{citation.place}，文本第{citation.line}行：“{text}”"


def _of_later_years(answer: Answer, request: Request) -> Answer:
    """The answer as one on the documents' own years, where a later one is asked about: what holds then they do not say."""
    later = [year for match in _YEAR.finditer(request.text) if (year := int(match[1] or match[2])) > LATEST]
    if not later or answer.verdict not in ("yes", "no", "na"):
        return answer
    warning = (
        f"**Unknown** for {max(later)}: the newest of the documents is of {LATEST}, and they do not say what holds later. What they say:"
        if request.language == "en"
        else f"**无法判断**{max(later)}年的情况：最新的文件是{LATEST}年的，没有说以后如何。以下是文件现有的规定："
    )
    verdict: Verdict = "na" if answer.verdict == "na" else "unknown"
    return replace(answer, verdict=verdict, answer=f"{warning}\n\n{answer.answer}")
