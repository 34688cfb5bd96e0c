"""Questions about what the notes of the subsidy tables say: marks after a name, online hours, course hours, the classes, occupations under revision."""

import re
from collections.abc import Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.kinds.subsidy.things import JIANGSU, SHORTAGE_JIANGSU, Thing, classes_said, rule, told_entries
from kg.ask.reply import Reply, caution
from kg.ask.rules import Cues, Match, mask

_cue = Cues("subsidy")

_MARK = re.compile(r"(?<![a-z/])(?:l/s|[ls])(?![a-z/])")


def answer_marks(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """What *, S and L after a name mean: only * has a legend; and whether an occupation has it."""
    if (_cue("star").search(text) and (_cue("mark_means").search(text) or _cue("what").search(text))) or (
        _cue("online").search(text) and not things and _cue("online_share").search(text)
    ):
        rows = [*rule(reply.context, "online_share_with_star_annex_4"), *rule(reply.context, "online_share_without_star_annex_4")]
        statements = "；".join(row["statement"] for row in rows)
        reply.say(
            f"“*”的含义印在备注里：{statements}。",
            f"The note explains the *: online training may exceed 40% of the hours with it and in principle not without it (“{statements}”).",
            rows,
        )
        return reply.build("na", "subsidy")
    if _cue("online").search(text) and things:
        return _online(reply, things[0])
    spots = [(thing.spot.start, thing.spot.end) for thing in things if thing.spot.end <= len(text)]
    if _MARK.search(mask(text, spots)) and _cue("mark_means").search(text):
        marked = told_entries(reply.context, [row for thing in things for row in thing.rows if row.get("marks")])
        reply.say(
            "**无法判断**：目录在一些职业名称后印有S、L、L/S，但文件没有说明它们的含义（只说明了“*”）；它们不是名称的一部分。",
            "**Unknown**: some names are followed by S, L or L/S, but the document prints no legend for them (only for *); they are no part of the name.",
            marked,
        )
        return reply.build("unknown", "subsidy")
    return None


def _online(reply: Reply, thing: Thing) -> Answer | None:
    """May online hours of an occupation exceed 40 %?"""
    rows = [row for row in thing.rows if row["list"] in (JIANGSU, SHORTAGE_JIANGSU)]
    if not rows:
        return None
    starred = [row for row in rows if "*" in row.get("marks", "")]
    name = "online_share_with_star_annex_4" if starred else "online_share_without_star_annex_4"
    notes = rule(reply.context, name)
    asks = _cue("exceeds").search(reply.request.text)
    verdict: Verdict = "na" if not asks else "yes" if starred else "no"
    lead, lead_en = {"yes": ("**可以**：", "**Yes**: "), "no": ("**不能（原则上）**：", "**No (in principle)**: ")}.get(verdict, ("", ""))
    printed = "带“*”" if starred else "不带“*”"
    reply.say(
        f"{lead}江苏省目录里{thing.label}{printed}；{notes[0]['statement']}。",
        f"{lead_en}{thing.label} is printed {'with' if starred else 'without'} * in Jiangsu's directory: “{notes[0]['statement']}”.",
        [*told_entries(reply.context, starred or rows), *notes],
    )
    return reply.build(verdict, "subsidy")


def answer_hours(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """Course hours by grade, and how long one is."""
    if not _cue("hours").search(text):
        return None
    rows = rule(reply.context, "hours")
    low = [grade for grade in grades if grade.says == "5"]
    high = [grade for grade in grades if grade.says != "5"]
    if low and not high:
        reply.say("初级工培训不低于**40**课时。", "At least **40** class hours for 初级工 (grade 5).", rows)
    elif high and not low:
        reply.say("中级工和高级工及以上培训不低于**56**课时。", "At least **56** class hours for 中级工, 高级工 and above (grades 4 to 1).", rows)
    elif not _cue("hour_length").search(text) or grades:
        reply.say(
            "初级工培训不低于**40**课时，中级工和高级工及以上培训不低于**56**课时。",
            "At least **40** class hours for grade 5, at least **56** for grade 4 and above.",
            rows,
        )
    length = rule(reply.context, "hour_length")
    reply.say(f"{length[0]['statement']}。", "One class hour is 45 minutes.", length)
    return reply.build("na", "subsidy")


def answer_class_meaning(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """What the classes A, B and C stand for."""
    classes = classes_said(text)
    if things or (not classes and not _cue("classified").search(text)) or not _cue("class_means").search(text) or _cue("outside_or_certificate").search(text):
        return None
    for name in dict.fromkeys(classes):
        if name in "ABC":
            rows = rule(reply.context, f"class_{name.lower()}")
            reply.say(f"{rows[0]['statement']}。", f"Class {name}: “{rows[0]['statement']}”.", rows)
    rows = rule(reply.context, "class_basis")
    reply.say(f"{rows[0]['statement']}。", f"The classes follow the major group, costs and length of training: “{rows[0]['statement']}”.", rows)
    return reply.build("na", "subsidy")


def answer_transition(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """Occupations under revision; and the class of those outside Jiangsu's directory, in general."""
    if _cue("transition").search(text):
        rows = rule(reply.context, "transition")
        reply.say(f"{rows[0]['statement']}。", f"“{rows[0]['statement']}”", rows)
        caution(reply, rows)
        return reply.build("na", "subsidy")
    if not things and not grades and _cue("outside_directory").search(text):
        rows = rule(reply.context, "outside_directory_class_c")
        reply.say(f"按**C类**：{rows[0]['statement']}。", f"**Class C** (C类): “{rows[0]['statement']}”.", rows)
        return reply.build("na", "subsidy")
    return None
