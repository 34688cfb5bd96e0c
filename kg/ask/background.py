"""What a question names without asking about it: in a statement before it (ISO9000内审员可以，那ISO14001内审员呢), or for comparison (不是HCIP，是JNCIP)."""

import re
from collections.abc import Sequence

from kg.ask.request import Mention, Request
from kg.ask.rules import Cues

_cue = Cues("background")

#: Where one clause of a question ends and the next begins.
_BREAK = re.compile(r"[,，。;；!！]+ ?(?:but |and )?|(?<=\w)\. | but |(?<=[以算认行了的])(?=那)")

#: Clause ends that are tried, from the last on: nobody states more before he asks.
LAST = 8


def told_and_asked(text: str) -> tuple[str, str] | None:
    """A question in two parts: what the person says to be so, and what he asks; None where nothing is stated, or the statement itself is asked (对吗).

    Args:
        text: a normalised question.
    """
    for cut in list(_BREAK.finditer(text))[: -LAST - 1 : -1]:
        told, asked = text[: cut.start()], text[cut.end() :]
        if claimed := _cue("claimed").search(told):
            told = claimed["claim"]
        clause = _BREAK.split(told)[-1]
        states = _cue("states").search(clause) or (_cue("has").search(clause) and _cue("turns").match(asked))
        if _cue("no_fact").search(told):
            continue
        asks = _cue("asks").search(asked) or _cue("goes_on").match(asked)
        if states and asks and not _cue("asks").search(told) and not _cue("tag").search(asked):
            return told, asked
    return None


def of_another(told: Request, asked: Request) -> bool:
    """Whether the question is about something that the statement does not settle: another name, 专业类, tier or grade.

    Args:
        told: the statement, understood by itself.
        asked: the question, understood by itself.
    """
    names = bool(asked.mentions or asked.unlinked)
    same = {mention.nodes for mention in asked.mentions} == {mention.nodes for mention in told.mentions} and not asked.unlinked
    if not (told.mentions or told.unlinked) or (not names and not _cue("states").search(told.text)):
        return False
    return (names and not same) or bool(asked.categories or asked.tiers or asked.grades)


def meant(mentions: Sequence[Mention], unlinked: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """The mentions without the certificates that the person says he does not mean (不是HCIP，是JNCIP; 跟HCIP同级别的JNCIP), where he names another.

    Args:
        mentions: the names found.
        unlinked: names that nothing is near enough to.
        text: the normalised question.
    """
    certificates = [mention for mention in mentions if mention.of("Credential", "Occupation", "WorkType")]
    aside = [mention for mention in certificates if _is_aside(mention, text)]
    if not aside or not (unlinked or len(aside) < len(certificates)):
        return tuple(mentions)
    return tuple(mention for mention in mentions if mention not in aside)


def _is_aside(mention: Mention, text: str) -> bool:
    """Whether the words around a name say that another one is meant."""
    before, after = text[: mention.start], text[mention.end :]
    compared = _cue("like_before").search(before) and _cue("like_after").match(after)
    return bool(compared or _cue("not_before").search(before) or _cue("not_after").match(after))
