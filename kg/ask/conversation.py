"""Follow-ups: a turn in the light of the one before takes over what it leaves out, unless it changes the subject."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kg.ask.levels import at_level
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues
from kg.ask.text import normalize
from kg.ask.vocabulary import Vocabulary

_cue = Cues("conversation")

_LEVEL_IN_NAME = re.compile(r"[一二三四五a-e]级|初级|中级|高级")
#: A turn that only names another level, grade or place (副高呢？): the kind is that of the turn before.
_BARE = re.compile(r"^(?:那么?)?.{1,8}呢[?？]?$")
#: A turn this short is part of the conversation, if no rule says strongly what it asks.
SHORT = 14
#: The kinds that ask about the catalogue.
CATALOGUE = ("recognition", "where", "list")
#: The classes of things that have skill grades.
SKILLED = ("SkillCertificate", "Occupation", "WorkType")
#: From this weight on a rule says what a turn asks, whatever was asked before.
STRONG = 4.0
#: The same where the turn names nothing: more is needed, and most where it only names a level (副高呢？).
STRONG_UNNAMED, STRONG_BARE = 5.0, 5.5


def follow(before: Request | None, now: Request, vocabulary: Vocabulary, goes_on: bool = False) -> Request:
    """A turn with what it takes over from the turn before.

    Args:
        before: the turn before, as understood; None at the beginning.
        now: this turn, understood by itself.
        vocabulary: the names of the graph.
        goes_on: whether this turn is known to go on with the subject.

    Returns:
        The turn as meant; `inherited` says what was taken over.
    """
    if before is None or is_courtesy(now.text):
        return now
    if _cue("proof_only").match(now.text):
        return replace(before, question=now.question, language=now.language, asks_proof=True, inherited=("everything",))
    if not (goes_on or _follows(now)):
        return now
    inherited: list[str] = []
    changes: dict[str, Any] = {"previous": before.mentions, "earlier": (*before.earlier, before.text)}
    if before.language == "en" and _cue("english").search(now.text):
        changes["language"] = "en"
    keeps = _keeps_kind(now)
    if keeps:
        changes["kinds"] = tuple(dict.fromkeys((*before.kinds, *now.kinds)))
        changes["scores"] = {**now.scores, **before.scores}
        changes["carried"] = f"{before.carried} {before.text}".strip()
        inherited.append("kind")
    named, taken_over = _named(before, now, vocabulary)
    changes |= named
    if taken_over:
        inherited.append("mentions")
    for name in ("categories", "tiers", "families", "ranks", "years"):
        # 另外，电工技师南通补贴多少: another subject has no use for the 专业类 of the one before.
        strange = name in ("categories", "tiers", "families") and not keeps and bool(now.mentions) and not set(CATALOGUE) & set(now.scores)
        # HCIP呢，是什么级别: the tier of the turn before is not the one that is asked about.
        open_tier = name in ("tiers", "ranks") and bool(_cue("which_level").search(now.text))
        said_here = getattr(now, name) or (name == "categories" and now.unknown_codes)
        if not said_here and getattr(before, name) and not strange and not open_tier:
            changes[name] = getattr(before, name)
            inherited.append(name)
    return replace(now, inherited=tuple(inherited), guessed=before.guessed, **changes)


def is_courtesy(text: str) -> bool:
    """Whether a turn only thanks or agrees (谢谢, 好的).

    Args:
        text: the normalised turn.
    """
    return bool(_cue("courtesy").match(text))


def _follows(now: Request) -> bool:
    """Whether a turn goes on with the subject: it begins or ends so, names nothing, or is short and asks nothing strongly."""
    opens = bool(_cue("follow_up").search(now.text))
    if now.unlinked and not now.mentions and not now.categories and not now.scores and not opens:
        return False
    says_something = bool(now.mentions or now.unlinked or now.categories)
    return opens or not says_something or (len(now.text) <= SHORT and _strength(now) < STRONG)


def _strength(now: Request) -> float:
    """How strongly the words of a turn say what it asks."""
    return max(now.scores.values(), default=0.0)


def _keeps_kind(now: Request) -> bool:
    """Whether what is asked is what the turn before asked."""
    if "recognition" in now.scores and (now.categories or now.tiers):
        return False
    enough = STRONG_BARE if _BARE.match(now.text) else STRONG_UNNAMED
    return _strength(now) < STRONG or (not now.mentions and not now.unlinked and _strength(now) < enough)


def _named(before: Request, now: Request, vocabulary: Vocabulary) -> tuple[dict[str, Any], bool]:
    """What a turn is about, where that depends on the turn before: the fields that change, and whether things are taken over."""
    if not now.mentions and not now.unlinked:
        if now.own:
            return {"mentions": at_level([replace(mention, level="") for mention in before.mentions], now.own), "unlinked": before.unlinked}, True
        return _same_things(before, now, vocabulary), True
    if _is_part(now.mentions, before.mentions) and (now.grades or now.mentions[0].grades):
        # 三级安全员 after 一级安全员（中国民用航空安全员执照）: the licence, at another grade.
        grades = now.mentions[0].grades or now.grades
        return {"mentions": tuple(replace(mention, grades=grades, level="") for mention in before.mentions if mention.of("Credential"))}, True
    if before.mentions and now.mentions and not now.mentions[0].grades and not now.mentions[0].level and not now.grades:
        first = before.mentions[0]
        if first.grades or first.level:
            # 三级 of an occupation says nothing of a certificate without such grades (电工三级, then HCIP).
            return {"mentions": tuple(replace(each, grades=first.grades, level=first.level) if _alike(first, each) else each for each in now.mentions)}, False
    return {}, False


def _alike(one: Mention, other: Mention) -> bool:
    """Whether two mentions are certificates of one sort: skill certificates with their occupations, or others of one class."""
    if one.of(*SKILLED) or other.of(*SKILLED):
        return one.of(*SKILLED) and other.of(*SKILLED)
    return bool((one.types & other.types) - {"Credential"})


def _same_things(before: Request, now: Request, vocabulary: Vocabulary) -> dict[str, Any]:
    """The things of the turn before, at the level or grade that this turn says."""
    changes: dict[str, Any] = {"mentions": before.mentions, "unlinked": before.unlinked}
    series = tuple(mention for mention in before.mentions if mention.of("TitleSeries"))
    if series and (now.ranks or now.tiers) and before.kind == "title_levels":
        # 体育系列的中级教练是哪一级, then 正高级的呢: the title of the series at that rank, not the one of the turn before.
        return changes | {"mentions": series}
    if other := _other_level(before.mentions, now.text, vocabulary):
        return changes | {"mentions": other, "grades": (), "tiers": ()}
    if now.grades or (now.tiers and before.mentions and before.mentions[0].level and not before.tiers):
        mentions = tuple(replace(mention, grades=now.grades, level="") for mention in before.mentions)
        return changes | {"mentions": mentions, "grades": now.grades}
    return changes


def _is_part(now: Sequence[Mention], before: Sequence[Mention]) -> bool:
    """Whether all that is named now is part of the name of a credential of the turn before, and no credential itself."""
    names = [normalize(mention.label) for mention in before if mention.of("Credential")]
    return bool(now) and bool(names) and all(not mention.of("Credential") and any(normalize(mention.label) in name for name in names) for mention in now)


def _other_level(mentions: Sequence[Mention], text: str, vocabulary: Vocabulary) -> tuple[Mention, ...]:
    """The mentions with another level in their names: 一级建造师, then “二级的呢” → 二级建造师; none where no such name exists."""
    said = _LEVEL_IN_NAME.search(text)
    found = []
    for mention in mentions:
        label = _LEVEL_IN_NAME.sub(said[0], normalize(mention.label), count=1) if said else ""
        if not said or not _LEVEL_IN_NAME.search(normalize(mention.label)) or label not in vocabulary.spotter.nodes:
            return ()
        nodes = vocabulary.spotter.nodes[label]
        found.append(replace(mention, text=label, label=vocabulary.label(nodes[0]), nodes=nodes, types=vocabulary.types_of(nodes), grades=(), level=""))
    return tuple(found)
