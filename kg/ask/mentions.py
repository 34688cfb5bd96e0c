"""Text that no label, slot or cue explains: what the linker takes it for, alone or with the names beside it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from embeddings import Link
from kg.ask.context import Context
from kg.ask.request import Mention, Request
from kg.ask.rules import MASK, Cues, Match, english_words, matches, patterns
from kg.ask.sameness import resembles
from kg.ask.text import normalize
from kg.ask.vocabulary import Vocabulary

_cue = Cues("mentions")

#: Classes of things that a question asks to be judged; bodies are also named beside these, as issuers or in other words.
JUDGED = ("Credential", "Occupation", "WorkType", "Award", "IndustryAssociation")


def link_leftovers(
    rest: str, text: str, mentions: tuple[Mention, ...], context: Context, vocabulary: Vocabulary, question: str
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Text that nothing explains: ask the linker; a spot beside such text may be part of a longer name that is meant.

    Args:
        rest: normalised text in which all that is explained is masked.
        text: the same without masks.
        mentions: the names found in it.
        context: store and linker.
        vocabulary: the names of the graph.
        question: as typed, for its capitals.

    Returns:
        The mentions with those that the linker found, and those that nothing is near enough to.
    """
    kept, found, unlinked = list(mentions), [], []
    for chunk in leftovers(rest, [rule.regex for rule in patterns("kinds", "kind")], text):
        if _cue("number").match(chunk.text) and not _cue("group").search(text):
            continue  # 上浮30%: a number is the code of a group only where groups are spoken of.
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
        # HCIE-Security names something of HCIE, and no 保安员; Oracle OCM is no Oracle certificate that anybody else means.
        hyphenated = any("-" in (text[chunk.start], text[mention.end : mention.end + 1]) for mention in neighbours if mention.end <= chunk.start)
        if neighbours and explained >= (end - start) * 0.5 and not hyphenated and not _is_abbreviation(chunk.text, question):
            unlinked += [_longer(chunk, mention, text) for mention in neighbours if chunk.end == mention.start and mention.of("Credential", "Occupation")]
            continue
        alone = _linked(chunk, context, vocabulary, text) if neighbours and not hyphenated else None
        if alone and alone.nodes:
            found.append(alone)
            continue
        for mention in neighbours:
            if not mention.of("MajorCategory") and explained < (end - start) * 0.5 and not hyphenated:
                kept.remove(mention)
        if linked:
            unlinked.append(linked)
    merged = sorted([*kept, *found], key=lambda mention: mention.start)
    unlinked += [_together(one, other, text) for one, other in pairwise(merged) if _is_one_name(one, other)]
    return tuple(merged), tuple(unlinked)


def _longer(chunk: Match, mention: Mention, text: str) -> Mention:
    """The unknown name that ends with a known one (光伏工程师 with 工程师): it may be another thing."""
    return _unknown(chunk.start, mention.end, text)


def _is_one_name(one: Mention, other: Mention) -> bool:
    """Whether an occupation and a title written directly after it are one name, which is neither (软件测试工程师)."""
    return one.end == other.start and one.of("Occupation", "WorkType") and other.of("ProfessionalTitle") and not one.of("Credential")


def _together(one: Mention, other: Mention, text: str) -> Mention:
    """The name that two mentions make together."""
    return _unknown(one.start, other.end, text)


def _unknown(start: int, end: int, text: str) -> Mention:
    """A name that no document prints."""
    return Mention(text[start:end], "", (), frozenset(), 0.0, exact=False, start=start, end=end)


def unprinted_names(text: str) -> tuple[Mention, ...]:
    """Well-known certificates that no document prints (`data/unprinted.csv`), so that no part of their names is taken for something else.

    Args:
        text: a normalised question.

    Returns:
        A mention without nodes for each.
    """
    found = matches(text, patterns("unprinted", "name"))
    return tuple(_unknown(each.start, each.end, text) for each in found)


def leftovers(text: str, cues: Sequence[re.Pattern[str]], whole: str = "") -> list[Match]:
    """Stretches of masked text that no label, slot, cue or noise word explains, two characters or more.

    Args:
        text: normalised text in which names, codes and slots are masked.
        cues: patterns of words that say what is asked.
        whole: the text without masks; a stretch that a cue cut out of one of its words is none.

    Returns:
        The stretches; `says` holds each with the function words at its edges.
    """
    blank = text
    for rule in (*(each.regex for each in patterns("noise", "where") if each.says == "any"), *cues, english_words()):
        blank = rule.sub(lambda match: MASK * len(match[0]), blank)
    edge = next(each.regex.pattern for each in patterns("noise", "where") if each.says == "edge")
    found = []
    for each in re.finditer(rf"[^{MASK}\s,，。；;：:？?！!、（）()\"'\[\]<>→/]+(?: [^{MASK}\s,，。；;：:？?！!、（）()\"'\[\]<>→/]+)*", blank):
        chunk = re.sub(rf"^(?:{edge})+|(?:{edge})+$", "", each[0])
        start = each.start() + each[0].index(chunk) if chunk else each.start()
        if len(chunk) >= 2 and not _cut_word(whole, start, start + len(chunk)):
            found.append(Match(start, start + len(chunk), chunk, each[0]))
    return found


def _cut_word(whole: str, start: int, end: int) -> bool:
    """Whether a stretch is what a blanked cue left of a Latin word (“ed” of “listed”)."""
    before, after = whole[start - 1 : start], whole[end : end + 1]
    return any(
        edge.isascii() and edge.isalpha() and near.isascii() and near.isalpha()
        for edge, near in ((whole[start : start + 1], before), (whole[end - 1 : end], after))
    )


def untold(request: Request, told: str) -> list[Mention]:
    """What the question names beside other things (HCIP和PMP) and an answer says nothing of: names nothing was near to, and names of other kinds.

    Args:
        request: the question understood.
        told: the answer's text.
    """
    text, said = request.text, normalize(told)
    known = (each for each in request.named(*JUDGED) if each.exact)
    own = () if "mentions" in request.inherited else (*request.unlinked, *known)
    return [
        mention
        for mention in own
        if text[mention.start : mention.end] == mention.text
        and mention.text not in said
        and (not mention.label or normalize(mention.label) not in said)
        and (_beside_others(mention, text) or _ends_name(mention, request))
        and (mention.nodes or _may_be_name(mention.text, request.question))
    ]


def _may_be_name(text: str, question: str) -> bool:
    """Whether unknown words may be a name: Chinese, or Latin ones that the person wrote with a capital or a number (PMP, no “foreign language”)."""
    at = question.lower().find(text)
    return not text.isascii() or at < 0 or not question[at : at + len(text)].islower() or any(each.isdigit() for each in text)


def _is_abbreviation(text: str, question: str) -> bool:
    """Whether unknown words are one Latin name (OCM)."""
    return bool(_cue("abbreviation").match(text)) and _may_be_name(text, question)


def _beside_others(mention: Mention, text: str) -> bool:
    """Whether a conjunction joins a name to others; one that offers a choice (还是, 或) is enough for a name that nobody knows."""
    before, after = text[: mention.start], text[mention.end :]
    if _cue("and_before").search(before) or _cue("and_after").match(after):
        return True
    joined = _cue("joined_before").search(before) or _cue("joined_after").match(after) or _stands_apart(mention, text)
    return not mention.nodes and bool(joined)


def _ends_name(mention: Mention, request: Request) -> bool:
    """Whether an unknown abbreviation stands right behind a Chinese name (红帽认证工程师RHCSA): it names the thing again, or another one."""
    behind = any(other.end == mention.start and not other.text[-1:].isascii() for other in request.mentions)
    return behind and bool(_cue("abbreviation").match(mention.text))


def _stands_apart(mention: Mention, text: str) -> bool:
    """Whether an abbreviation stands beside a comma (HCIP, PMP); other words beside one are rather the sentence's."""
    edges = text[: mention.start].rstrip()[-1:] + text[mention.end :].lstrip()[:1]
    return bool(_cue("abbreviation").match(mention.text)) and bool({",", "，"} & set(edges))


def _touches(mention: Mention, chunk: Match, text: str) -> bool:
    """Whether unexplained text stands so close to a mention that they may be one name.

    A change from letters to Chinese is a border (CFA持证人), and so is a conjunction (HCIP和PMP).
    """
    between = text[mention.end : chunk.start] or text[chunk.end : mention.start]
    if _cue("joint").match(between):
        return False
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
    contest = _cue("contest").match(whole[chunk.end :])
    if contest:
        # ICT大赛 is a contest, whatever ICT alone is the beginning of.
        chunk = Match(chunk.start, chunk.end + contest.end(), chunk.text + contest[0], "")
    said, link = _best_link(chunk, context, whole)
    unnamed = Mention(
        chunk.text,
        "",
        (),
        frozenset(),
        link.candidates[0].score if link.candidates else 0.0,
        tuple(link.grades),
        link.level,
        tuple((candidate.label, candidate.iri) for candidate in link.candidates[:3]),
        False,
        chunk.start,
        chunk.end,
    )
    label = ""
    nodes: tuple[str, ...] = ()
    if contest and not any("赛" in candidate.label for candidate in link.candidates[:1]):
        return unnamed
    if link.linked and link.candidates:
        label, nodes = link.candidates[0].label, vocabulary.alike(link.candidates[0].iri)
    elif tracks := _tracks(chunk, link):
        # The beginning of several names (旅游饭店外语等级 for its A, B and C): all of them.
        label, nodes = tracks[0], tuple(tracks[1:])
    elif link.candidates and resembles(said, link.candidates[0].label):
        label, nodes = link.candidates[0].label, vocabulary.alike(link.candidates[0].iri)
    nodes = tuple(node for node in nodes if node in vocabulary.types)
    if not nodes:
        return unnamed
    return replace(unnamed, label=label, nodes=nodes, types=vocabulary.types_of(nodes))


def _with_lead(chunk: Match) -> str:
    """A chunk with the function word before it, which may be the beginning of the name (中 of 中医养生保健师)."""
    return chunk.says[: chunk.says.find(chunk.text) + len(chunk.text)] if chunk.text in chunk.says else chunk.text


def _tracks(chunk: Match, link: Link) -> list[str]:
    """The beginning of names that a chunk is, and their nodes; nothing where it is none."""
    for said in dict.fromkeys((chunk.text, _with_lead(chunk))):
        nodes = [candidate.iri for candidate in link.candidates if len(said) >= 4 and normalize(candidate.label).startswith(said)]
        if nodes:
            return [said, *nodes]
    return []


def _best_link(chunk: Match, context: Context, whole: str) -> tuple[str, Link]:
    """The link of a chunk, or of it with the certificate word after it, or with the function words at its edges; and the text that was linked."""
    tries = [chunk.text]
    if longer := _cue("suffix").match(whole[chunk.end :]):
        tries.append(chunk.text + longer[0])
    if chunk.says:
        tries += [_with_lead(chunk), chunk.says]
    links = [(said, context.linker.link(said, top=5)) for said in dict.fromkeys(tries)]
    return next(((said, link) for said, link in links if link.linked), links[-1] if len(links) > 1 and links[-1][1].candidates else links[0])
