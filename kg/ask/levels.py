"""Grades and levels that stand beside a name (电工三级, 五级电工, 植保无人机应用（中级）): they belong to the name, not to the question."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.ask.request import Mention
from kg.ask.rules import Cues, mask, matches, patterns
from kg.ask.slots import LEVELS
from kg.ask.spots import Spot
from kg.ask.text import normalize
from kg.ask.vocabulary import Vocabulary

_cue = Cues("levels")

_LEVEL_AFTER = re.compile(
    r"^(?:1\+x)?(?:职业技能等级(?:证书|正书)?|资格证书|资格证|资格|等级证书|正书|证书|证)?(?:[(](?P<inner>[^()]*)[)]|(?P<bare>(?:国家职业资格)?[五四三二一1-5]级(?:/[初中高]级工?|/高级技师|/技师)?|初级工|中级工|高级工|高级技师|技师|[初中高]级))"
)
_ALSO = re.compile(r"(?:、|和|与|跟|及)[初中高]级")
#: What stands between a name and a part of it said again.
_APPOSED = re.compile(r"[(]|[那这]一?[个张本种]")
#: Levels in letters named together, and one more of them after a name.
_TOGETHER = re.compile(r"(?<![a-z])[a-e]级?(?:[、,，/和与及或跟]+[a-e]级?)*[、,，/和与及或跟]+[a-e]级(?!别)")
_SIBLING = re.compile(r"[、,，/和与及或跟]+(?P<level>[a-e]级)")
_SIBLING_BEFORE = re.compile(r"(?<![a-z])(?P<level>[a-e]级)[、,，/和与及或跟]+$")
_LEVEL_BEFORE = re.compile(r"(?P<bare>(?:国家职业资格)?[五四三二一1-5]级|[初中高]级)(?:的)?$")


def with_levels(spots: Sequence[Spot], rest: str, text: str, vocabulary: Vocabulary) -> tuple[tuple[Mention, ...], str]:
    """The spots as mentions, each with the grade or level that stands directly after it (植保无人机应用（中级）) or before it (五级电工); that text is masked.

    Args:
        spots: the names found, left to right.
        rest: the text without the names.
        text: the whole normalised text.
        vocabulary: the names of the graph.
    """
    mentions: list[Mention] = []
    tier_words = len(matches(rest, patterns("tiers", "tier")))
    for spot in spots:
        grades: tuple[int, ...] = ()
        level = ""
        after, before = _LEVEL_AFTER.match(rest[spot.end :]), _LEVEL_BEFORE.search(rest[: spot.start])
        # 注安初级、中级、高级分别算哪级: the levels are asked about together.
        together = after is not None and after["bare"] in LEVELS and _ALSO.match(rest[spot.end + after.end() :])
        if after and not together and (after["inner"] or not after["bare"] or after["bare"] not in LEVELS or tier_words > 1):
            said = after["inner"] if after["inner"] is not None else after["bare"]
            grades, level = level_of(said)
            if grades or level:
                rest = mask(rest, [(spot.end, spot.end + after.end())])
        elif before and not together and (before["bare"] not in LEVELS or tier_words > 1):
            grades, level = level_of(before["bare"])
            if grades or level:
                rest = mask(rest, [(before.start(), spot.start)])
        mentions.append(
            Mention(
                text[spot.start : spot.end],
                vocabulary.label(spot.nodes[0]),
                spot.nodes,
                vocabulary.types_of(spot.nodes),
                spot.score,
                grades,
                level,
                (),
                spot.exact,
                spot.start,
                spot.end,
            )
        )
    return tuple(mentions), rest


def own_level(rest: str) -> tuple[str, str]:
    """The level that the person says his certificate has (我只考到初级), where another one is asked about, and the text without it.

    Args:
        rest: normalised text in which names and codes are masked.

    Returns:
        The level, empty where none is said, and the text that is left.
    """
    cues = (_cue("own"), _cue("own_named"), _cue("own_used"), _cue("own_passed"))
    found = sorted((each for cue in cues for each in cue.finditer(rest)), key=lambda each: each.start("said"))
    left = mask(rest, [(each.start("said"), each.end("said")) for each in found])
    levels = [each.says for one in found for each in matches(one["said"], patterns("tiers", "tier"))]
    asked = {each.says for each in matches(left, patterns("tiers", "tier"))}
    return (levels[-1], left) if levels and asked - {levels[-1]} else ("", rest)


def at_level(mentions: Sequence[Mention], level: str) -> tuple[Mention, ...]:
    """The mentions, the certificates among them at a level, unless one was said beside their names."""
    return tuple(
        replace(mention, level=level) if level and not mention.grades and not mention.level and mention.of("Credential", "Occupation", "WorkType") else mention
        for mention in mentions
    )


def each_level(text: str) -> str:
    """A text in which levels named together stand apart: 外语等级a、b、c级 → 外语等级a级、b级、c级.

    Args:
        text: a normalised question.
    """
    return _TOGETHER.sub(lambda match: re.sub(r"([a-e])(?!级)", r"\1级", match[0]), text)


def with_siblings(spots: Sequence[Spot], text: str, vocabulary: Vocabulary) -> list[Spot]:
    """The spots, and the names that differ from one of them only in a level that is said alone, after it (外语等级a级、b级) or before it (a级、b级安全员).

    Args:
        spots: the names found, left to right.
        text: the text that they stand in.
        vocabulary: the names of the graph.
    """
    found = list(spots)
    for spot in spots:
        end = spot.end
        while (other := _SIBLING.match(text[end:])) and spot.label[-2:-1] in "abcde" and spot.label.endswith("级"):
            label = spot.label[:-2] + other["level"]
            if label not in vocabulary.spotter.nodes or any(end < each.end and each.start < end + other.end() for each in spots):
                break
            found.append(Spot(end + other.start("level"), end + other.end(), label, vocabulary.spotter.nodes[label], spot.exact, spot.score))
            end += other.end()
        start = spot.start
        while (other := _SIBLING_BEFORE.search(text[:start])) and re.match("[a-e]级", spot.label):
            label = other["level"] + spot.label[2:]
            if label not in vocabulary.spotter.nodes or any(other.start() < each.end and each.start < start for each in spots):
                break
            found.append(Spot(other.start("level"), other.end("level"), label, vocabulary.spotter.nodes[label], spot.exact, spot.score))
            start = other.start()
    return sorted(found, key=lambda each: each.start)


def one_name(spots: Sequence[Spot]) -> list[Spot]:
    """A Chinese name and the abbreviation written directly after it (国际注册内部审计师CIA) as one spot, where both name one thing."""
    found: list[Spot] = []
    for spot in spots:
        last = found[-1] if found else None
        if last and last.end == spot.start and last.label.isascii() != spot.label.isascii() and set(last.nodes) & set(spot.nodes):
            nodes = (*last.nodes, *(node for node in spot.nodes if node not in last.nodes))
            found[-1] = Spot(last.start, spot.end, last.label, nodes, last.exact, min(last.score, spot.score))
        else:
            found.append(spot)
    return found


def without_brackets(mentions: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """The mentions without those that a bracket or 那个 repeats of the name before it (华为认证ICT高级工程师（ICT）, 消防设施监控操作那个操作员证)."""
    kept = []
    for before, mention in zip((None, *mentions), mentions, strict=False):
        again = before and _APPOSED.fullmatch(text[before.end : mention.start]) and normalize(mention.text) in normalize(before.label)
        if not again:
            kept.append(mention)
    return tuple(kept)


def level_of(text: str) -> tuple[tuple[int, ...], str]:
    """The skill grades and the level word that a piece of text says: 五级/初级工 → ((5,), ""), 中级 → ((), "中级")."""
    found = matches(text, patterns("grades", "grade"))
    if found:
        return tuple(dict.fromkeys(int(each.says) for each in found)), ""
    words = matches(text, patterns("tiers", "tier"))
    return (), words[0].says if words else ""


def cuts_slot(spot: Spot, text: str) -> bool:
    """Whether a misspelt label would eat words that say a family, or cut a tier word in two: then it is no misspelling."""
    families = matches(text, patterns("families", "family"))
    tiers = matches(text, patterns("tiers", "tier"))
    return any(spot.start < each.end and each.start < spot.end for each in families) or any(
        each.start < edge < each.end for each in tiers for edge in (spot.start, spot.end)
    )
