"""Questions about a second subsidy for the same occupation: which claims the notes forbid."""

import re
from collections.abc import Sequence

from kg.ask.answer import Answer
from kg.ask.kinds.subsidy.things import Thing, rule
from kg.ask.reply import Reply
from kg.ask.rules import Cues, Match

_cue = Cues("subsidy")

#: 初级, 中级 … from low to high.
GRADE_ORDER = {"5": 1, "4": 2, "3": 3, "2": 4, "1": 5, "special": 6, "chief": 7}


def answer_claims(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """A second claim: forbidden for the same or a lower grade of the same occupation once a higher one was paid."""
    if not _cue("claimed").search(text) or not (_cue("again").search(text) or _cue("same_or_lower").search(text)):
        return None
    notes = rule(reply.context, "no_double_claim")
    held, asked = _held_and_asked(text, grades)
    occupations = {thing.occupation for thing in things if thing.occupation}
    statement = notes[0]["statement"]
    if len(occupations) > 1:
        reply.say(
            f"**可以**：备注第3条只限制同一职业（“{statement}”），您说的是不同职业，该条没有禁止。",
            f"**Yes**: note 3 restricts only the same occupation (“{statement}”); these are two, so it does not forbid it.",
            notes,
        )
        return reply.build("yes", "subsidy")
    lower = (
        _cue("same_or_lower").search(text)
        or (held and asked and all(GRADE_ORDER[grade] <= max(GRADE_ORDER[each] for each in held) for grade in asked))
        or (held and not asked and _cue("twice").search(text))
    )
    higher = not lower and (
        _cue("higher").search(text) or (held and asked and any(GRADE_ORDER[grade] > max(GRADE_ORDER[each] for each in held) for grade in asked))
    )
    if lower:
        reply.say(
            f"**不能**：备注第3条规定，{statement}。",
            f"**No**: by note 3, who has a higher certificate may not claim again for the same or a lower grade of the same occupation (“{statement}”).",
            notes,
        )
        return reply.build("no", "subsidy")
    if higher:
        reply.say(
            f"**可以**：备注第3条只规定“{statement}”，没有禁止领了低等级补贴之后再申领更高等级的补贴。",
            f"**Yes**: note 3 forbids only the same or a lower grade (“{statement}”); a higher grade after a lower one is not forbidden by it.",
            notes,
        )
        return reply.build("yes", "subsidy")
    reply.say(f"备注第3条：{statement}。请告诉我领过哪一级、还想领哪一级。", f"Note 3: “{statement}”. Which grade was paid, and which is asked for?", notes)
    return reply.build("clarify", "subsidy")


def _held_and_asked(text: str, grades: Sequence[Match]) -> tuple[list[str], list[str]]:
    """The grades already paid and those asked for: by clause, else by what stands after 再 or 还能."""
    clauses = [(each.start(), each.end(), each[0]) for each in re.finditer(r"[^,，。;；?？]+", text)]
    paid = [clause for clause in clauses if _cue("paid").search(clause[2])]
    if not paid:
        return [], [grade.says for grade in grades]
    start, end, clause = paid[0]
    if (said := re.search(r"already (?:claimed|received|got)|after", clause)) and not re.search(r"[一-龥]领", clause):
        cut = start + said.start()
        after, before = [grade.says for grade in grades if cut <= grade.start < end], [grade.says for grade in grades if not cut <= grade.start < end]
        return (after, before) if after else (before, [])
    again = _cue("again").search(clause)
    cut = start + again.start() if again and re.search(r"[一-龥]", clause[: again.start()]) else end
    held = [grade.says for grade in grades if start <= grade.start < cut]
    asked = [grade.says for grade in grades if not start <= grade.start < cut]
    if not held and asked and len(clauses) > 1:
        before = [grade.says for grade in grades if grade.start < start]
        held, asked = before[-1:], [grade.says for grade in grades if grade.start >= cut]
    return held, asked
