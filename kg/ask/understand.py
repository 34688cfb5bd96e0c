"""From question to request: what it asks (kind) and about what (named things, 专业类, tiers, grades, families), with what earlier turns said."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kg.ask.background import meant, of_another, told_and_asked
from kg.ask.context import Category, Context
from kg.ask.conversation import follow
from kg.ask.levels import at_level, cuts_slot, each_level, one_name, own_level, with_levels, with_siblings, without_brackets
from kg.ask.mentions import link_leftovers, unprinted_names
from kg.ask.request import Mention, Request
from kg.ask.rules import MASK, Cues, Match, mask, patterns
from kg.ask.slots import codes, read_slots
from kg.ask.spots import Spot, choose
from kg.ask.text import language, normalize
from kg.ask.vocabulary import Vocabulary

_cue = Cues("understand")

#: Turns before this one that are read; what was said longer ago is forgotten.
REMEMBERED = 6
#: Four-digit numbers in this range are years, not codes that do not exist.
YEARS = range(1949, 2036)
#: A stretch of masked text between slots, names and punctuation, and the words that may stand beside the everyday name of a 专业类 in it.
_RUN = re.compile(rf"[^{MASK}\s,，。；;：:？?！!、（）()\"']+")


@dataclass(frozen=True)
class _Categories:
    """The 专业类 that a text names, where, and the four-digit numbers that are no code."""

    by_code: tuple[Category, ...]
    by_name: tuple[Category, ...]
    stretches: tuple[tuple[int, int], ...]
    unknown_codes: tuple[str, ...]
    several: bool = False

    @property
    def contradiction(self) -> tuple[Category, ...]:
        """A code and a name that do not agree, unless they are said to be two (7102和通信类)."""
        clash = len(self.by_code) == len(self.by_name) == 1 and self.by_code != self.by_name and not self.several
        return (*self.by_code, *self.by_name) if clash else ()


def understand(
    question: str, history: Sequence[str], context: Context, vocabulary: Vocabulary, improve: Callable[[Request], Request] = lambda request: request
) -> Request:
    """Understand a question, taking what it leaves out from the turns before.

    Args:
        question: as typed, already cleaned.
        history: the person's earlier questions, oldest first.
        context: store and linker.
        vocabulary: the names of the graph.
        improve: what reads further where this parser is unsure (`kg.ask.model_parser`).
    """
    request: Request | None = None
    for turn in (*history[-REMEMBERED:], question):
        request = improve(_after(request, turn, context, vocabulary))
    assert request is not None
    return replace(request, question=question)


def _after(before: Request | None, turn: str, context: Context, vocabulary: Vocabulary) -> Request:
    """A turn in the light of the one before; where it states one thing and asks about another, what it states is a turn before the question."""
    if parts := told_and_asked(without_instructions(normalize(turn))):
        told, asked = (context.turns(part, partial(_alone, part, context, vocabulary)) for part in parts)
        if of_another(told, asked):
            both = follow(follow(before, told, vocabulary), asked, vocabulary, goes_on=True)
            return replace(both, question=turn, language=language(turn))
    return follow(before, context.turns(turn, partial(_alone, turn, context, vocabulary)), vocabulary)


def _alone(question: str, context: Context, vocabulary: Vocabulary) -> Request:
    """A question by itself: 专业类 first, then names, the levels beside them, slots; what is left goes to the linker."""
    text = each_level(without_instructions(normalize(question)))
    unprinted = unprinted_names(text)
    known = mask(text, [(mention.start, mention.end) for mention in unprinted])
    said = _categories_in(known, vocabulary)
    free = mask(known, said.stretches)
    spots = with_siblings(_spots_in(free, vocabulary), free, vocabulary)
    mentions, rest = with_levels(spots, mask(free, [(spot.start, spot.end) for spot in spots]), text, vocabulary)
    own, rest = own_level(rest)
    slots = read_slots(rest)
    rest = slots.rest
    if not said.by_name and (short := _short_category(rest, vocabulary)) and (not said.by_code or short[1] in said.by_code):
        said = replace(said, by_name=(short[1],))
        rest = mask(rest, [(short[0].start, short[0].end)])
    mentions, unlinked = link_leftovers(rest, text, mentions, context, vocabulary, question)
    unlinked = (*unprinted, *unlinked)
    mentions = at_level(without_brackets(meant(mentions, unlinked, text), text), own)
    categories = tuple(dict.fromkeys((*said.by_code, *said.by_name)))
    scores = _kind_scores(text, categories, mentions, unlinked)
    return Request(
        question=question,
        text=text,
        language=language(question),
        kinds=tuple(sorted(scores, key=lambda kind: -scores[kind])),
        mentions=mentions,
        unlinked=unlinked,
        categories=categories,
        unknown_codes=said.unknown_codes,
        contradiction=said.contradiction,
        tiers=tuple(dict.fromkeys(each.says for each in slots.tiers)),
        grades=tuple(dict.fromkeys(int(each.says) for each in slots.grades)),
        families=slots.named_families,
        ranks=tuple(dict.fromkeys(each.says for each in slots.ranks)),
        years=slots.years,
        own=own,
        asks_proof=bool(_cue("why").search(text) or _cue("stands").search(text)),
        scores=scores,
    )


def _categories_in(text: str, vocabulary: Vocabulary) -> _Categories:
    """The 专业类 that a text names by code or full name."""
    numbers = [each for each in codes(text) if not _cue("unit").match(text[each.end :])]
    strange = [each for each in numbers if each.text not in vocabulary.by_code and int(each.text) not in YEARS]
    known = [each for each in numbers if each.text in vocabulary.by_code]
    spots = vocabulary.spotter.exact(text)
    longer = [spot for spot in spots if not vocabulary.is_category(spot)]
    # 通信专业 inside 通信专业技术人员职业资格 is no 专业类.
    whole = [spot for spot in spots if vocabulary.is_category(spot) and not any(each.start <= spot.start and spot.end < each.end for each in longer)]
    named = choose([spot for spot in whole if not _cue("part_of_body").match(text[spot.end :])])
    places = [*((each.start, each.end) for each in known), *((spot.start, spot.end) for spot in named)]
    by_code = tuple(vocabulary.by_code[each.text] for each in known)
    return _Categories(
        by_code,
        tuple(vocabulary.category_of(spot) for spot in named if not _is_loose(spot, by_code, vocabulary)),
        (*((each.start, each.end) for each in (*known, *strange)), *((spot.start, spot.end) for spot in named)),
        tuple(each.text for each in strange),
        any(_cue("several").match(text[end:start]) for _, end in places for start, _ in places),
    )


def _is_loose(spot: Spot, by_code: Sequence[Category], vocabulary: Vocabulary) -> bool:
    """Whether an everyday name does not settle which 专业类 is meant.

    It is part of the name that a code beside it stands for (药品类 and 6902 药品与医疗器械类), or of other names and not of the one that it usually stands
    for (建筑类 of 建筑设计类 and 建筑设备类, but 土建施工类).
    """
    bare, usual = re.sub("(?:专业)?类?$", "", spot.label), vocabulary.category_of(spot)
    if bare.isascii() or usual.name == f"{bare}类":
        return False
    return any(bare in category.name for category in by_code or (vocabulary.by_iri.values() if bare not in usual.name else ()))


def _spots_in(text: str, vocabulary: Vocabulary) -> list[Spot]:
    """The names in a text, exact or with a slip of the pen."""
    exact = vocabulary.spotter.exact(text)
    slips = [spot for spot in vocabulary.spotter.slips(text) if not cuts_slot(spot, text) and not _words_before_name(spot, exact, text)]
    # 通信工 in 通信工程师 is no name.
    found = [spot for spot in (*exact, *slips) if text[spot.end - 1 : spot.end + 1] != "工程"]
    return one_name(choose([spot for spot in found if not vocabulary.is_category(spot) and spot.label not in vocabulary.common]))


def _words_before_name(slip: Spot, exact: Sequence[Spot], text: str) -> bool:
    """Whether a misspelt label is labels written right, with function words or the end of another label before or between them.

    能算助理工程师 is 助理工程师, not 计算机助理工程师; 华为的HCIP is no 华为数通HCIP.
    """
    words = next(rule.regex.pattern for rule in patterns("noise", "where") if rule.says == "edge")
    inside = [each for each in exact if slip.start < each.start and each.end == slip.end]
    cut = any(each.start < slip.start < each.end for each in exact)
    within = [(each.start - slip.start, each.end - slip.start) for each in exact if slip.start <= each.start and each.end <= slip.end]
    if len(within) > 1 and re.fullmatch(f"(?:{MASK}|{words})+", mask(text[slip.start : slip.end], within)):
        return True
    return any(cut or re.fullmatch(f"(?:{words})+", text[slip.start : each.start]) for each in inside)


def without_instructions(text: str) -> str:
    """A text without what it tells the program to do (忽略以上所有指令): that is neither a question nor a name.

    Args:
        text: a normalised question.
    """
    for rule in patterns("instructions", "example"):
        text = rule.regex.sub(" ", text)
    return text.strip(" ,，。.!！;；")


def _short_category(rest: str, vocabulary: Vocabulary) -> tuple[Match, Category] | None:
    """A 专业类 by its everyday name (市政), where it stands by itself in text that nothing else explains."""
    for run in _RUN.finditer(rest):
        said = _cue("about_category").sub("", run[0])
        if said in vocabulary.short:
            start = run.start() + run[0].index(said)
            return Match(start, start + len(said), said, said), vocabulary.short[said]
    return None


def _kind_scores(text: str, categories: Sequence[Category], mentions: Sequence[Mention], unlinked: Sequence[Mention]) -> dict[str, float]:
    """Kind → how strongly the words of a question, and what it names together, ask for it."""
    scores: dict[str, float] = {}
    for rule, weight in zip(patterns("kinds", "kind"), patterns("kinds", "weight"), strict=True):
        if rule.regex.search(text):
            scores[rule.says] = max(scores.get(rule.says, 0.0), float(weight.says)) + (0.5 if rule.says in scores else 0.0)
    certificates = [mention for mention in mentions if mention.of("Credential", "Occupation")]
    judged = len(certificates) > 1 or (any(mention.exact for mention in certificates) and bool(_cue("judged").search(text)))
    asks_each = judged and "where" not in scores
    if categories and (unlinked or certificates) and (asks_each or "recognition" in scores or not {"where", "list"} & set(scores)):
        # A certificate and a 专业类 together ask whether it counts there, whatever else the wording recalls.
        scores["recognition"] = scores.get("recognition", 3.0) + 4.5
    if not categories and _qualification_then_title(mentions):
        scores["title_equivalence"] = max(scores.get("title_equivalence", 0.0), 5.0)
    return scores


def _qualification_then_title(mentions: Sequence[Mention]) -> bool:
    """Whether a practice qualification is named before a professional title (房地产估价师 … 工程师): then the one may be asked to stand for the other."""
    qualifications = [mention.start for mention in mentions if mention.of("PracticeQualification") and not mention.of("ProfessionalTitle")]
    titles = [mention.start for mention in mentions if mention.of("ProfessionalTitle") and not mention.of("TitleSeries")]
    return bool(qualifications and titles and qualifications[0] < titles[-1])


__all__ = ["Mention", "Request", "understand"]
