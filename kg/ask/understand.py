"""From question to request: what it asks (kind) and about what (named things, 专业类, tiers, grades, families), with what earlier turns said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from embeddings import Link
from kg.ask.context import Category, Context
from kg.ask.sameness import resembles
from kg.ask.slots import MASK, Match, Pattern, codes, leftovers, mask, matches, patterns, years
from kg.ask.spots import Spot, choose
from kg.ask.text import language, normalize
from kg.ask.vocabulary import Vocabulary

#: A link below this is no answer to "what did they mean", whatever its rank.
LEVELS = ("初级", "中级", "高级")
_LEVEL_AFTER = re.compile(r"^(?:证书|证|职业技能等级证书)?(?:[(](?P<inner>[^()]*)[)]|(?P<bare>(?:国家职业资格)?[五四三二一1-5]级(?:/[初中高]级工?|/高级技师|/技师)?|初级工|中级工|高级工|高级技师|技师|[初中高]级))")
_LEVEL_BEFORE = re.compile(r"(?P<bare>(?:国家职业资格)?[五四三二一1-5]级|[初中高]级)(?:的)?$")
_FOLLOW_UP = re.compile(r"^(?:那么?|换成|换|如果是|要是|改成|还有|另外|再|and|what about|how about|what if|then|also)|呢[?？]?$|^(?:为什么|为啥|why|依据|理由|证据|来源|出处|哪一行|第几行|原文)", re.I)
_LEVEL_IN_NAME = re.compile(r"[一二三四五a-e]级|初级|中级|高级")
#: A turn that only names another level, grade or place (副高呢？): the kind is that of the turn before.
_BARE = re.compile(r"^(?:那么?)?.{1,8}呢[?？]?$")
#: A stretch of masked text between slots, names and punctuation, and the words that may stand beside the everyday name of a 专业类 in it.
_RUN = re.compile(rf"[^{MASK}\s,，。；;：:？?！!、（）()\"']+")
_ABOUT_CATEGORY = re.compile(r"^(?:我?(?:是|在)?(?:教|任教于?|申报|报|对|在|能认|能算|认|算)的?)+|(?:专业|方向|老师|教师|系|的|类|上|里|能认|能算|认|算|够|吗|呢|能|可以|行)+$")
#: Words that noise removal takes from the end of a name that has them.
_SUFFIX = re.compile(r"^(?:等级证书|等级|资格证书|资格证|资格|执照|认证|证书|证)")
_WHY = re.compile(r"^(?:为什么|为啥|why|依据|理由|证据|来源|出处|哪一行|第几行|原文|凭什么)", re.I)
_PROOF_ONLY = re.compile(r"^(?:为什么|为啥|why|(?:有什么|什么)?(?:依据|理由|证据|来源|出处)|哪一行|第几行|原文(?:是什么|怎么写)?|凭什么)[呢吗么是在哪里啊?？!。 ]*$", re.I)


@dataclass(frozen=True)
class Mention:
    """Something that the question names: the text, the nodes it may be (all equally well), and the grade or level said beside it.

    `nodes` is empty where nothing is near enough; then `nearest` holds the nearest names.
    """

    text: str
    label: str
    nodes: tuple[str, ...]
    types: frozenset[str]
    score: float
    grades: tuple[int, ...] = ()
    level: str = ""
    nearest: tuple[tuple[str, str], ...] = ()
    exact: bool = True
    start: int = 0
    end: int = 0

    def of(self, *types: str) -> bool:
        """Whether it can be a thing of one of these classes."""
        return bool(self.types & set(types))


@dataclass(frozen=True)
class Request:
    """A question understood; `earlier` are the normalised texts of the turns that it follows, oldest first."""

    question: str
    text: str
    language: str
    kinds: tuple[str, ...]
    mentions: tuple[Mention, ...] = ()
    unlinked: tuple[Mention, ...] = ()
    categories: tuple[Category, ...] = ()
    unknown_codes: tuple[str, ...] = ()
    contradiction: tuple[Category, ...] = ()
    tiers: tuple[str, ...] = ()
    grades: tuple[int, ...] = ()
    families: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    asks_proof: bool = False
    previous: tuple[Mention, ...] = ()
    earlier: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()
    carried: str = ""
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The likeliest kind."""
        return self.kinds[0] if self.kinds else "unknown"

    def named(self, *types: str) -> tuple[Mention, ...]:
        """The mentions that can be a thing of one of these classes."""
        return tuple(mention for mention in self.mentions if mention.of(*types))


def understand(question: str, history: Sequence[str], context: Context, vocabulary: Vocabulary) -> Request:
    """Understand a question, taking what it leaves out from the turns before.

    Args:
        question: as typed, already cleaned.
        history: the person's earlier questions, oldest first.
        context: store and linker.
        vocabulary: the names of the graph.
    """
    request: Request | None = None
    for turn in (*history[-6:], question):
        request = _follow(request, _alone(turn, context, vocabulary), vocabulary)
    assert request is not None
    return replace(request, question=question)


def _alone(question: str, context: Context, vocabulary: Vocabulary) -> Request:
    """A question by itself."""
    text = normalize(question)
    numbers = codes(text)
    known = [each for each in numbers if each.text in vocabulary.by_code]
    spots = vocabulary.spotter.exact(text)
    longer = [spot for spot in spots if not vocabulary.is_category(spot)]
    # 通信专业 inside 通信专业技术人员职业资格 is no 专业类.
    category_spots = choose([spot for spot in spots if vocabulary.is_category(spot) and not any(each.start <= spot.start and spot.end < each.end for each in longer)])
    by_name = [vocabulary.category_of(spot) for spot in category_spots]
    by_code = [vocabulary.by_code[each.text] for each in known]
    blocked = [(each.start, each.end) for each in known] + [(spot.start, spot.end) for spot in category_spots]
    free = mask(text, blocked)
    slips = [spot for spot in vocabulary.spotter.slips(free) if not _cuts_slot(spot, free)]
    chosen = choose([spot for spot in (*vocabulary.spotter.exact(free), *slips) if not vocabulary.is_category(spot) and spot.label not in vocabulary.common])
    rest = mask(free, [(spot.start, spot.end) for spot in chosen])
    mentions, rest = _with_levels(chosen, rest, text, vocabulary)
    grades = matches(rest, patterns("grades", "grade"))
    rest = mask(rest, [(each.start, each.end) for each in grades])
    ranks = matches(rest, patterns("ranks", "rank"))
    rest = mask(rest, [(each.start, each.end) for each in ranks if each.says not in LEVELS])
    said_years = years(rest)
    rest = mask(rest, [(each.start, each.end) for each, _ in said_years])
    tiers = matches(rest, patterns("tiers", "tier"))
    rest = mask(rest, [(each.start, each.end) for each in tiers])
    families = matches(rest, patterns("families", "family"))
    rest_without = mask(rest, [(each.start, each.end) for each in families])
    if not by_code and not by_name and (named := _short_category(rest_without, text, vocabulary)):
        by_name = [named[1]]
        rest_without = mask(rest_without, [(named[0].start, named[0].end)])
    mentions, unlinked = _link_leftovers(rest_without, text, mentions, context, vocabulary)
    scores = _kind_scores(text)
    categories = tuple(dict.fromkeys((*by_code, *by_name)))
    if categories and (unlinked or any(mention.of("Credential", "Occupation") for mention in mentions)) and ("recognition" in scores or not {"where", "list"} & set(scores)):
        # A certificate and a 专业类 together ask whether it counts there, whatever else the wording recalls.
        scores["recognition"] = scores.get("recognition", 3.0) + 4.5
    if not categories and _qualification_then_title(mentions):
        scores["title_equivalence"] = max(scores.get("title_equivalence", 0.0), 5.0)
    clash = categories if by_code and by_name and not set(by_code) & set(by_name) and len(by_code) == len(by_name) == 1 else ()
    unknown_codes = tuple(each.text for each in numbers if each.text not in vocabulary.by_code and not (1949 <= int(each.text) <= 2035))
    return Request(
        question=question, text=text, language=language(question), kinds=tuple(sorted(scores, key=lambda kind: -scores[kind])), mentions=mentions, unlinked=unlinked,
        categories=categories, unknown_codes=unknown_codes, contradiction=clash, tiers=tuple(dict.fromkeys(each.says for each in tiers)),
        grades=tuple(dict.fromkeys(int(each.says) for each in grades)), families=tuple(dict.fromkeys(each.says for each in families if each.says != "all")) if all(each.says != "all" for each in families) else (),
        ranks=tuple(dict.fromkeys(each.says for each in ranks)), years=tuple(span for _, span in said_years),
        asks_proof=bool(_WHY.search(text)), scores=scores,
    )  # fmt: skip


def _qualification_then_title(mentions: Sequence[Mention]) -> bool:
    """Whether a practice qualification is named before a professional title (房地产估价师 … 工程师): then the one may be asked to stand for the other."""
    qualifications = [mention.start for mention in mentions if mention.of("PracticeQualification") and not mention.of("ProfessionalTitle")]
    titles = [mention.start for mention in mentions if mention.of("ProfessionalTitle") and not mention.of("PracticeQualification", "TitleSeries")]
    return bool(qualifications and titles and qualifications[0] < titles[-1])


def _short_category(rest: str, text: str, vocabulary: Vocabulary) -> tuple[Match, Category] | None:
    """A 专业类 by its everyday name (市政), where it stands by itself in text that nothing else explains."""
    for run in _RUN.finditer(rest):
        said = _ABOUT_CATEGORY.sub("", run[0])
        if said in vocabulary.short:
            start = run.start() + run[0].index(said)
            return Match(start, start + len(said), said, said), vocabulary.short[said]
    return None


def _cuts_slot(spot: Spot, text: str) -> bool:
    """Whether a misspelt label would eat words that say a family, or cut a tier word in two: then it is no misspelling."""
    families = matches(text, patterns("families", "family"))
    tiers = matches(text, patterns("tiers", "tier"))
    return any(spot.start < each.end and each.start < spot.end for each in families) or any(each.start < edge < each.end for each in tiers for edge in (spot.start, spot.end))


def _with_levels(chosen: Sequence[Spot], rest: str, text: str, vocabulary: Vocabulary) -> tuple[tuple[Mention, ...], str]:
    """The spots as mentions, each with the grade or level that stands directly after it (植保无人机应用（中级）) or before it (五级电工); that text is masked."""
    mentions: list[Mention] = []
    tier_words = len(matches(rest, patterns("tiers", "tier")))
    for spot in chosen:
        grades: tuple[int, ...] = ()
        level = ""
        after, before = _LEVEL_AFTER.match(rest[spot.end :]), _LEVEL_BEFORE.search(rest[: spot.start])
        if after and (after["inner"] or not after["bare"] or after["bare"] not in LEVELS or tier_words > 1):
            said = after["inner"] if after["inner"] is not None else after["bare"]
            grades, level = level_of(said)
            if grades or level:
                rest = mask(rest, [(spot.end, spot.end + after.end())])
        elif before and (before["bare"] not in LEVELS or tier_words > 1):
            grades, level = level_of(before["bare"])
            if grades or level:
                rest = mask(rest, [(before.start(), spot.start)])
        types = frozenset(kind for node in spot.nodes for kind in vocabulary.types[node])
        mentions.append(Mention(text[spot.start : spot.end], vocabulary.label(spot.nodes[0]), spot.nodes, types, spot.score, grades, level, (), spot.exact, spot.start, spot.end))
    return tuple(mentions), rest


def level_of(text: str) -> tuple[tuple[int, ...], str]:
    """The skill grades and the level word that a piece of text says: 五级/初级工 → ((5,), ""), 中级 → ((), "中级")."""
    found = matches(text, patterns("grades", "grade"))
    if found:
        return tuple(dict.fromkeys(int(each.says) for each in found)), ""
    words = matches(text, patterns("tiers", "tier"))
    return (), words[0].says if words else ""


def _link_leftovers(rest: str, text: str, mentions: tuple[Mention, ...], context: Context, vocabulary: Vocabulary) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Text that nothing explains: ask the linker; a spot beside such text may be part of a longer name that is meant."""
    kept, found, unlinked = list(mentions), [], []
    for chunk in leftovers(rest, _cue_patterns(), text):
        neighbours = [mention for mention in kept if _touches(mention, chunk, text)]
        start = min([chunk.start, *(mention.start for mention in neighbours)])
        end = max([chunk.end, *(mention.end for mention in neighbours)])
        whole = Match(start, end, text[start:end], "" if neighbours else chunk.says)
        linked = _linked(whole, context, vocabulary, text)
        if linked and linked.nodes:
            for mention in neighbours:
                kept.remove(mention)
            found.append(_inherit_levels(linked, neighbours))
            continue
        if joined := _joined(chunk, context, vocabulary):
            found += joined
            continue
        explained = sum(mention.end - mention.start for mention in neighbours)
        if neighbours and explained >= (end - start) * 0.5:
            continue
        alone = _linked(chunk, context, vocabulary) if neighbours else None
        if alone and alone.nodes:
            found.append(alone)
            continue
        for mention in neighbours:
            if not mention.of("MajorCategory") and explained < (end - start) * 0.5:
                kept.remove(mention)
        if linked:
            unlinked.append(linked)
    merged = sorted([*kept, *found], key=lambda mention: mention.start)
    return tuple(merged), tuple(unlinked)


def _touches(mention: Mention, chunk: Match, text: str) -> bool:
    """Whether unexplained text stands so close to a mention that they may be one name; a change from letters to Chinese is a border (CFA持证人)."""
    if mention.start in (chunk.end, chunk.end + 1):
        edge, other = text[chunk.end - 1], text[mention.start]
    elif mention.end in (chunk.start, chunk.start - 1):
        edge, other = text[mention.end - 1], text[chunk.start]
    else:
        return False
    return edge.isascii() == other.isascii()


def _joined(chunk: Match, context: Context, vocabulary: Vocabulary) -> list[Mention]:
    """Names that a conjunction joins (一建和二建), each linked by itself; none where one of them is not found."""
    pieces = [Match(each.start() + chunk.start, each.end() + chunk.start, each[0], "") for each in re.finditer(r"[^和与跟及或、]+", chunk.text)]
    linked = [_linked(piece, context, vocabulary) for piece in pieces] if len(pieces) > 1 and all(len(piece.text) >= 2 for piece in pieces) else []
    found = [mention for mention in linked if mention and mention.nodes]
    return found if len(found) == len(pieces) else []


def _inherit_levels(mention: Mention, parts: Sequence[Mention]) -> Mention:
    """A longer mention keeps the grade and level said beside its parts."""
    for part in parts:
        mention = replace(mention, grades=mention.grades or part.grades, level=mention.level or part.level)
    return mention


def _linked(chunk: Match, context: Context, vocabulary: Vocabulary, whole: str = "") -> Mention | None:
    """What the linker makes of a stretch of text; a mention without nodes where nothing is near enough."""
    said, link = _best_link(chunk, context, whole)
    unnamed = Mention(
        chunk.text, "", (), frozenset(), link.candidates[0].score if link.candidates else 0.0, tuple(link.grades), link.level,
        tuple((candidate.label, candidate.iri) for candidate in link.candidates[:3]), False, chunk.start, chunk.end,
    )  # fmt: skip
    label, nodes = "", ()
    if link.linked and link.candidates:
        label, nodes = link.candidates[0].label, vocabulary.alike(link.candidates[0].iri)
    elif tracks := [candidate for candidate in link.candidates if len(chunk.text) >= 4 and normalize(candidate.label).startswith(chunk.text)]:
        # The beginning of several names (旅游饭店外语等级 for its A, B and C): all of them.
        label, nodes = chunk.text, tuple(candidate.iri for candidate in tracks)
    elif link.candidates and resembles(said, link.candidates[0].label):
        label, nodes = link.candidates[0].label, vocabulary.alike(link.candidates[0].iri)
    nodes = tuple(node for node in nodes if node in vocabulary.types)
    if not nodes:
        return unnamed
    types = frozenset(kind for node in nodes for kind in vocabulary.types[node])
    return replace(unnamed, label=label, nodes=nodes, types=types)


def _best_link(chunk: Match, context: Context, whole: str) -> tuple[str, Link]:
    """The link of a chunk, or of it with the certificate word after it, or with the function words at its edges; and the text that was linked."""
    tries = [chunk.text]
    if longer := _SUFFIX.match(whole[chunk.end :]):
        tries.append(chunk.text + longer[0])
    if chunk.says:
        tries.append(chunk.says)
    links = [(said, context.linker.link(said, top=5)) for said in dict.fromkeys(tries)]
    return next(((said, link) for said, link in links if link.linked), links[-1] if len(links) > 1 and links[-1][1].candidates else links[0])


def _cue_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(rule.regex for rule in patterns("kinds", "kind"))


def _kind_scores(text: str) -> dict[str, float]:
    """Kind → sum of the weights of its patterns that match."""
    scores: dict[str, float] = {}
    for rule, weight in zip(patterns("kinds", "kind"), patterns("kinds", "weight"), strict=True):
        if rule.regex.search(text):
            scores[rule.says] = max(scores.get(rule.says, 0.0), float(weight.says)) + (0.5 if rule.says in scores else 0.0)
    return scores


def _follow(before: Request | None, now: Request, vocabulary: Vocabulary) -> Request:
    """A turn in the light of the one before: what it leaves out is taken over, unless it changes the subject."""
    if before is None:
        return now
    if _PROOF_ONLY.match(now.text):
        return replace(before, question=now.question, language=now.language, asks_proof=True, inherited=("everything",))
    says_something = bool(now.mentions or now.unlinked or now.categories)
    strong = max(now.scores.values(), default=0.0)
    opens = bool(_FOLLOW_UP.search(now.text))
    if now.unlinked and not now.mentions and not now.categories and not now.scores and not opens:
        return now
    follows = opens or not says_something or (len(now.text) <= 14 and strong < 4)
    if not follows:
        return now
    inherited = []
    kinds, scores = now.kinds, now.scores
    decides = "recognition" in now.scores and bool(now.categories or now.tiers)
    if not decides and (strong < 4 or (not now.mentions and not now.unlinked and strong < (5.5 if _BARE.match(now.text) else 5))):
        kinds, scores = tuple(dict.fromkeys((*before.kinds, *now.kinds))), {**now.scores, **before.scores}
        inherited.append("kind")
        now = replace(now, carried=f"{before.carried} {before.text}".strip())
    changes: dict[str, object] = {"kinds": kinds, "scores": scores, "previous": before.mentions, "earlier": (*before.earlier, before.text)}
    if not now.mentions and not now.unlinked:
        mentions = before.mentions
        if other := _other_level(before.mentions, now.text, vocabulary):
            mentions = other
            changes["grades"], changes["tiers"] = (), ()
        elif now.grades or (now.tiers and before.mentions and before.mentions[0].level and not before.tiers):
            mentions = tuple(replace(mention, grades=now.grades, level="") for mention in mentions)
            changes["grades"] = now.grades
        changes["mentions"], changes["unlinked"] = mentions, before.unlinked
        inherited.append("mentions")
    elif _is_part(now.mentions, before.mentions) and (now.grades or now.mentions[0].grades):
        # 三级安全员 after 一级安全员（中国民用航空安全员执照）: the licence, at another grade.
        grades = now.mentions[0].grades or now.grades
        changes["mentions"] = tuple(replace(mention, grades=grades, level="") for mention in before.mentions if mention.of("Credential"))
        inherited.append("mentions")
    elif before.mentions and now.mentions and not now.mentions[0].grades and not now.mentions[0].level and not now.grades:
        grades, level = before.mentions[0].grades, before.mentions[0].level
        if grades or level:
            changes["mentions"] = tuple(replace(mention, grades=grades, level=level) for mention in now.mentions)
    for name in ("categories", "tiers", "families", "ranks", "years"):
        if not getattr(now, name) and getattr(before, name):
            changes[name] = getattr(before, name)
            inherited.append(name)
    return replace(now, inherited=tuple(inherited), **changes)  # type: ignore[arg-type]


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
        found.append(replace(mention, text=label, label=vocabulary.label(nodes[0]), nodes=nodes, types=frozenset(kind for node in nodes for kind in vocabulary.types[node]), grades=(), level=""))
    return tuple(found)


__all__ = ["Mention", "Pattern", "Request", "level_of", "understand"]
