"""Questions about Zhejiang's rules that join skill grades and titles; each module answers one topic."""

import re
from dataclasses import replace

from kg.ask.answer import Answer
from kg.ask.context import Context
from kg.ask.kinds.pathway.awards import answer_award
from kg.ask.kinds.pathway.reading import Said, facts, read, told_facts
from kg.ask.kinds.pathway.rules import answer_education, answer_topic
from kg.ask.kinds.pathway.steps import answer_grade_or_title, denied, is_back
from kg.ask.reply import Reply
from kg.ask.request import Request
from kg.ask.rules import Cues, matches, patterns

_cue = Cues("pathway")


def answer_pathway(request: Request, context: Context) -> Answer | None:
    """Answer from Zhejiang's rules; None where the question says nothing that they speak of."""
    text = request.text
    if request.categories and ("计算机" not in text or _cue("of_catalogue").search(text)):
        return None
    said = read(text, context)
    every = " ".join((*request.earlier, text))
    if _cue("of_shanghai").search(text) and not _cue("zhejiang").search(every):
        return None
    if request.earlier and not (said.awards or (said.grades and (said.levels or said.titles))):
        said = _with_earlier(said, read(request.earlier[-1], context), text, request.earlier[-1])
    if _cue("places").search(every) and not _cue("zhejiang").search(every):
        return _elsewhere(Reply(request, context), said)
    reply = Reply(request, context)
    for part in (answer_education, answer_topic, answer_award, answer_grade_or_title):
        answer = part(reply, said, every if part is not answer_topic else text)
        if answer is not None and answer.verdict == "yes" and part is answer_topic and denied(context, said, text):
            reply = Reply(request, context)  # 高级工没有论文能评副高吗: no thesis is required, but the grade does not lead there.
        elif answer is not None:
            return answer
    return None


def _with_earlier(said: Said, before: Said, text: str, earlier: str) -> Said:
    """A follow-up in the light of the turn before: what it names replaces what was named of that class."""
    if before.awards and not said.awards and (scope := re.search(r"全国|国家级?|省级?", text)):
        other = scope[0].removesuffix("级") if scope[0].startswith("省") else scope[0]
        stems = [re.sub(r"^(?:全国|国家级|省级|省)", "", award) for award in before.awards]
        awards = [each.says for stem in stems for each in matches(f"{other}{stem}", patterns("pathway_awards", "award"))]
        return replace(before, awards=tuple(awards) or before.awards, levels=said.levels or before.levels)
    pair_before = before.grades and (before.levels or before.titles)
    if said.years is not None and not (said.grades or said.levels or said.titles):
        return Said(before.grades, before.levels, before.titles, before.classes, before.awards, said.years, time=said.time)
    if not (said.grades or said.levels or said.titles or said.classes):
        return Said(
            before.grades, before.levels, before.titles, before.classes, before.awards, before.years, time=said.time if said.time.unclear else before.time
        )
    if pair_before and said.grades and not (said.levels or said.titles):
        follower = replace(before, grades=said.grades, classes=said.classes, awards=(), years=said.years or before.years, back=is_back(before, earlier))
        # 技师满几年可以报中级 asks for a value, and so does 高级工呢: it does not claim that 高级工 leads to 中级.
        value = _cue("asks_years").search(earlier) and follower.years is None and not follower.back and not _cue("yes_no").search(text)
        return replace(follower, levels=(), titles=()) if value else follower
    if pair_before and not said.grades and (said.levels or said.titles):
        return replace(before, levels=said.levels, titles=said.titles, classes=(), awards=(), back=is_back(before, earlier))
    if before.awards and said.levels and not said.grades:
        return Said((), said.levels, (), (), before.awards, None)
    return said


def _elsewhere(reply: Reply, said: Said) -> Answer | None:
    """Another place is named: only Zhejiang's rules are here."""
    if not (said.grades and (said.levels or said.titles)) and not said.awards:
        return None
    if said.awards and not _cue("title").search(reply.request.text):
        return None
    if not _cue("asks_rule").search(reply.request.text):
        return None
    rows = told_facts(reply.context, facts(reply.context, "grade_to_title")[:1])
    reply.say(
        "**无法判断**：四份文件里只有浙江省的职业发展贯通办法（浙人社发〔2022〕77号），没有您问的地方的规定。",
        "**Unknown**: of these rules only Zhejiang's (浙人社发〔2022〕77号) is among the four documents, not those of the place you name.",
        rows,
    )
    return reply.build("unknown", "pathway")
