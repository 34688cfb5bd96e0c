"""Organisations that a question names: those that a table lists, those that it does not, and when two names are one with a slip of the pen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from embeddings import Candidate
from kg.ask.answer import EntityRef, Verdict
from kg.ask.context import Context
from kg.ask.names import named
from kg.ask.reply import Reply
from kg.ask.request import Request
from kg.ask.rules import Cues, mask, matches, patterns
from kg.ask.text import normalize

_cue = Cues("organizations")

#: How the linker may have matched a name for it to be that name: not by likeness alone.
SURE = frozenset({"exact name", "everyday name", "code", "part of the name"})
#: A part of a name names it from this score on.
ENOUGH = 0.8
#: Unlisted names taken up of one question.
MOST = 10
#: A name this long may have lost a character.
LONG = 6
_SOUNDS = str.maketrans({"h": "", "g": ""})
_RUN = re.compile(r"[\u4e00-\u9fff()]+")


@dataclass(frozen=True)
class Named:
    """An organisation that a question names; `nodes` is empty where the table has none of that name, `nearest` then holds like names."""

    text: str
    label: str
    nodes: tuple[str, ...]
    exact: bool
    start: int
    nearest: tuple[tuple[str, str], ...] = ()


def asks(request: Request, kind: str) -> frozenset[str]:
    """What a question asks of a kind (`data/asked.csv`); a follow-up that says nothing of it asks what the turn before asked."""
    now = _asked(request.text, kind)
    return now or _asked(request.carried, kind)


@lru_cache(maxsize=256)
def _asked(text: str, kind: str) -> frozenset[str]:
    rules = zip(patterns("asked", "kind"), patterns("asked", "says"), strict=True)
    return frozenset(rule.says for about, rule in rules if about.says == kind and rule.regex.search(text))


def said(request: Request, *kinds: str) -> frozenset[str]:
    """What a question asks of several kinds together."""
    return frozenset().union(*(asks(request, kind) for kind in kinds))


@lru_cache(maxsize=16)
def words(says: str) -> str:
    """The pattern of `data/organization_words.csv` that says this."""
    return "|".join(rule.regex.pattern for rule in patterns("organization_words", "says") if rule.says == says)


def listed(request: Request, context: Context, *queries: str) -> list[Named]:
    """The things that the question names out of those that the queries select (?label, ?node), exactly or with a slip that sounds the same."""
    text = request.text
    found = []
    exact = named(context, text, *queries, slips=False)
    slips = [spot for spot in named(context, text, *queries) if all(spot.end <= other.start or spot.start >= other.end for other in exact)]
    for spot in (*exact, *slips):
        printed = text[spot.start : spot.end]
        longer = re.match(rf"[\u4e00-\u9fff]{{0,8}}?(?:{words('branch')})", text[spot.end :])
        if not longer and not _local(text[: spot.start], printed, spot.label) and (spot.exact or same_name(printed, spot.label)):
            label = context.rows("name_of", node=spot.nodes[0])
            found.append(Named(printed, label[0]["name"] if label else spot.label, spot.nodes, spot.exact, spot.start))
    return found


def unlisted(request: Request, context: Context, taken: Sequence[Named], kind: str) -> list[Named]:
    """Names that end like an organisation's and are not among `taken`; the linker is asked whether one of them is of this kind after all."""
    free = mask(request.text, [(each.start, each.start + len(each.text)) for each in taken])
    if "mentions" not in request.inherited:
        free = mask(free, [(each.start, each.end) for each in request.mentions if each.exact and each.of("Credential", "Occupation", "WorkType")])
    free = mask(free, [(each.start, each.end) for each in matches(free, patterns("grades", "grade"))])
    free = mask(free, [(each.start, each.end) for each in matches(free, [rule for rule in patterns("organization_words", "says") if rule.says == "generic"])])
    phrases: dict[str, int] = {}
    for run in _RUN.finditer(free):
        for phrase, start in _phrases(run[0]):
            phrases.setdefault(phrase, run.start() + start)
    return [linked(context, phrase, kind, start) for phrase, start in list(phrases.items())[:MOST]]


def linked(context: Context, text: str, kind: str, start: int = 0) -> Named:
    """What the linker takes a text for among things of a kind; only sure names, or names with a slip of the pen, count."""
    link = context.linker.link(text, type=kind, top=5)
    sure = [
        each for each in link.candidates if (each.features.get("match") in SURE and each.score >= ENOUGH and _part(text, each)) or same_name(text, each.label)
    ]
    sure = [each for each in sure if not _local("", text, each.label)]
    best = [each for each in sure if each.score >= sure[0].score - 0.02]
    nearest = tuple((each.label, each.iri) for each in link.candidates[:2] if each.score >= 0.3)
    if not best:
        return Named(text, text, (), False, start, nearest)
    return Named(text, best[0].label, tuple(each.iri for each in best), best[0].features.get("match") == "exact name", start)


def _part(text: str, candidate: Candidate) -> bool:
    """Whether a name matched by a part of it has that part in one piece: 中国物流协会 is no part of 中国物流技术协会."""
    return candidate.features.get("match") != "part of the name" or any(normalize(text) in normalize(label) for label in candidate.labels)


def _local(before: str, said: str, label: str) -> bool:
    """Whether a place stands before or in a name as said that the listed name does not have: 上海市广告协会 is not 中国广告协会."""
    place = re.search(rf"(?:{words('place')})$", before) or re.match(rf"(?:{words('place')})", said)
    return place is not None and place[0] not in normalize(label)


def _phrases(run: str) -> list[tuple[str, int]]:
    """The names in a run of Chinese characters: each ends with a word such as 协会, what leads up to it is taken off."""
    found, at = [], 0
    for tail in re.finditer(rf"(?:{words('tail')})(?:[\u4e00-\u9fff]{{0,8}}?(?:{words('branch')}))?", run):
        if tail.end() <= at:
            continue
        start = at + len(re.match(rf"(?:{words('lead')})*", run[at : tail.end()])[0])  # type: ignore[index]
        phrase = run[start : tail.end()]
        if len(re.sub(r"[()]", "", phrase)) > max(2, len(tail[0]) if len(tail[0]) <= 4 else 2):
            found.append((phrase.strip("()") if phrase.count("(") != phrase.count(")") else phrase, start))
        at = tail.end()
    return found


def note(reply: Reply, name: Named) -> None:
    """Show what a name was taken for."""
    node = name.nodes[0] if name.nodes else ""
    entity = EntityRef(name.text, name.label if name.nodes else "", node, "Organization" if node else "", 1.0 if name.exact else 0.9 if node else 0.0)
    if entity not in reply.entities:
        reply.entities.append(entity)


def together(verdicts: Sequence[Verdict], request: Request) -> Verdict:
    """One verdict for several things: theirs where they agree; no where all were asked about and one is not so; else a list."""
    if len(set(verdicts)) == 1:
        return verdicts[0]
    return "no" if set(verdicts) == {"yes", "no"} and _cue("all_of_them").search(request.text) else "na"


def same_name(text: str, label: str) -> bool:
    """Whether a text is a name with a slip of the pen: a character that sounds the same or is doubled, 中国, 上海, 市 or 和 left out."""
    given, name = _comparable(text, label)
    if given == name or (len(given) >= 4 and re.sub(rf"^(?:{words('prefix')})", "", name) == given):
        return True
    edits = Levenshtein.editops(name, given)
    if len(name) < LONG or len(edits) > (2 if len(name) >= 2 * LONG else 1):
        return False
    return all(_slip(edit.tag, name, given, edit.src_pos, edit.dest_pos) for edit in edits)


def lacks_a_character(text: str, label: str) -> bool:
    """Whether a text is a name but for one or two single characters: a slip of the pen, or another body (中国工业协会, 中国膜工业协会)."""
    given, name = _comparable(text, label)
    edits = Levenshtein.editops(name, given)
    places = [edit.src_pos for edit in edits]
    return (
        len(given) >= LONG
        and 0 < len(edits) <= 2
        and all(edit.tag == "delete" for edit in edits)
        and all(later - earlier > 1 for earlier, later in pairwise(places))
    )


def _comparable(text: str, label: str) -> tuple[str, str]:
    """A text and a name without brackets, and without Latin words in the text where the name has none."""
    given, name = normalize(text), normalize(label)
    if not re.search("[a-z]", name):
        given = re.sub(r"[a-z ]", "", given)
    return re.sub(r"[()\"]", "", given), re.sub(r"[()\"]", "", name)


def _slip(tag: str, name: str, given: str, source: int, place: int) -> bool:
    """Whether one edit is a slip of the pen and no other word."""
    if tag == "replace":
        return _sound(name[source]) == _sound(given[place])
    if tag == "insert":
        return given[place] in (given[place - 1 : place], given[place + 1 : place + 2])
    return re.fullmatch(words("light"), name[source]) is not None


def _sound(character: str) -> str:
    return lazy_pinyin(character)[0].translate(_SOUNDS)
