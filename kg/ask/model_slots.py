"""What a language model may say about a question: slots, checked here, and what becomes of them in a request.

The model's words never reach an answer: a name or 专业类 is only taken where vocabulary or linker know it, and then under the graph's own label.
What the question prints wins.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.ask.answer import Answer
from kg.ask.context import Category, Context
from kg.ask.request import Mention, Request
from kg.ask.rules import matches, patterns
from kg.ask.text import normalize
from kg.ask.vocabulary import Vocabulary

#: Kinds that a model may name, as it is told them. `unknown` and `out_of_scope` are verdicts, so they are not among them.
KINDS: Mapping[str, str] = {
    "recognition": "does a certificate count for a 专业类 (major category) and tier in Shanghai",
    "where": "in which 专业类 a certificate counts",
    "list": "which certificates a 专业类 recognises",
    "title_equivalence": "to which professional title a qualification corresponds",
    "title_levels": "what the titles of a series are called at each level, or of which level a title is",
    "association": "is an association listed, its number or supervising body",
    "issuer": "who issues a 1+X or overseas certificate, its batch or class",
    "evaluator": "who may assess an occupation, or what an organisation may assess",
    "national_qualification": "class, department, legal basis or remarks of a qualification in the national list",
    "pathway": "from skill grade to professional title or back (Zhejiang): years, awards, requirements",
    "series": "to which title series an occupation belongs",
    "subsidy": "training subsidy (Nantong, Jiangsu): amounts, classes, conditions",
    "directory": "occupation codes, work types and grades in the evaluation directory",
    "competition": "awards, administrative bodies and designated contests of annexes 1 to 3",
}
TIERS = ("初级", "中级", "高级")
FAMILIES = {"title": "职称", "skill": "技能等级证书", "practice": "执业资格证书", "onex": "1+X证书", "industry": "行业内其它权威证书"}
NO_KIND = "none"
#: Entries of a list, and characters of a name, that are read.
MOST, LONGEST = 10, 100
#: Score of a kind that only the model found; above the hints that a mention gives.
KIND_SCORE = 5.0
_ABBREVIATION = re.compile(r"[a-z][a-z0-9+]+")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9+]+")
_GRADE, _LEVEL = re.compile(r"[一二三四五]级"), re.compile(r"初级|中级|高级")
_NUMERALS = str.maketrans("12345", "一二三四五")


def _list_of(**items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


#: The JSON schema that the model is given; lengths are checked here, because some servers refuse them in a schema.
SCHEMA: Mapping[str, object] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["kind", "names", "categories", "tiers", "grades", "families"],
    "properties": {
        "kind": {"type": "string", "enum": [*KINDS, NO_KIND]},
        "names": _list_of(type="string"),
        "categories": _list_of(type="string"),
        "tiers": _list_of(type="string", enum=list(TIERS)),
        "grades": _list_of(type="integer", enum=[1, 2, 3, 4, 5]),
        "families": _list_of(type="string", enum=list(FAMILIES)),
    },
}


class SlotsError(ValueError):
    """What the model said is not the JSON object that was asked for."""


@dataclass(frozen=True)
class Slots:
    """A model's reading of a question; `kind` is empty where it found none."""

    kind: str
    names: tuple[str, ...]
    categories: tuple[str, ...]
    tiers: tuple[str, ...]
    grades: tuple[int, ...]
    families: tuple[str, ...]


def read_slots(text: str) -> Slots:
    """The slots in a model's reply: all of them valid, or none.

    Raises:
        SlotsError: it is not JSON, or not exactly these slots with values that exist.
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise SlotsError("not JSON") from None
    if not isinstance(said, dict) or set(said) != set(SCHEMA["required"]):  # type: ignore[call-overload]
        raise SlotsError("not exactly the slots")
    if said["kind"] not in (*KINDS, NO_KIND):
        raise SlotsError("kind does not exist")
    return Slots(
        kind="" if said["kind"] == NO_KIND else said["kind"],
        names=_texts(said["names"]),
        categories=_texts(said["categories"]),
        tiers=_some_of(said["tiers"], TIERS),
        grades=_some_of(said["grades"], (1, 2, 3, 4, 5)),
        families=_some_of(said["families"], tuple(FAMILIES)),
    )


def _entries(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST:
        raise SlotsError("not a list, or too long")
    return value


def _texts(value: object) -> tuple[str, ...]:
    """A list of short, printable texts."""
    entries = _entries(value)
    if not all(isinstance(each, str) and each.strip() and each.isprintable() and len(each) <= LONGEST for each in entries):
        raise SlotsError("not short texts")
    return tuple(dict.fromkeys(each.strip() for each in entries))


def _some_of(value: object, allowed: Sequence[Any]) -> tuple[Any, ...]:
    """A list of allowed values, of the very type (true is not 1)."""
    entries = _entries(value)
    if not all(any(type(each) is type(other) and each == other for other in allowed) for each in entries):
        raise SlotsError("a value that does not exist")
    return tuple(dict.fromkeys(entries))


def unsure(request: Request) -> bool:
    """Whether the embedded parser has doubts: no kind found, nothing linked, or text that nothing explains; a code and a name that clash are none."""
    return not request.contradiction and (not request.scores or bool(request.unlinked) or not (request.mentions or request.categories))


def apply(slots: Slots, request: Request, context: Context, vocabulary: Vocabulary) -> Request:
    """The request with what the slots add to it; the very same request where they add nothing, or contradict a code, grade or tier that it has."""
    if _contradicts(slots, request, vocabulary):
        return request
    mentions, unlinked, guessed = _with_names(slots.names, request, context, vocabulary)
    categories = request.categories
    if not categories and not request.unknown_codes:
        categories = tuple(dict.fromkeys(found for each in slots.categories if (found := _category(each, vocabulary))))
        guessed += [("", f"{each.code} {each.name}") for each in categories]
    if not mentions and not categories:
        return request  # Nothing that the graph knows: a kind alone is no understanding.
    changed = replace(request, mentions=mentions, unlinked=unlinked, categories=categories)
    if not _levels_said(request):
        changed = replace(changed, tiers=slots.tiers, grades=slots.grades)
        guessed += [("", tier) for tier in slots.tiers] + [("", f"{grade}级") for grade in slots.grades]
    if not matches(request.text, patterns("families", "family")) and not request.families:
        changed = replace(changed, families=slots.families)
        guessed += [("", FAMILIES[family]) for family in slots.families]
    if not request.scores and slots.kind:
        changed = replace(changed, kinds=(slots.kind,), scores={slots.kind: KIND_SCORE})
    return replace(changed, guessed=(*request.guessed, *guessed)) if changed != request else request


def _levels_said(request: Request) -> bool:
    """Whether the question says a tier, grade or level itself, on its own or beside a name."""
    return bool(request.tiers or request.grades or request.ranks or any(each.grades or each.level for each in (*request.mentions, *request.unlinked)))


def _contradicts(slots: Slots, request: Request, vocabulary: Vocabulary) -> bool:
    """Whether the slots disagree with a hard fact: a code (or 专业类), a tier or a grade of the request."""
    named = (*request.mentions, *request.unlinked)
    codes = {each.code for each in request.categories} | set(request.unknown_codes)
    tiers = {*request.tiers, *(each.level for each in named if each.level)}
    grades = {*request.grades, *(grade for each in named for grade in each.grades)}
    said = {found.code if (found := _category(each, vocabulary)) else each for each in slots.categories}
    return any(printed and not set(others) <= printed for printed, others in ((codes, said), (tiers, set(slots.tiers)), (grades, set(slots.grades))))


def _category(text: str, vocabulary: Vocabulary) -> Category | None:
    """The 专业类 of a code or a name."""
    normal = normalize(text)
    by_name = (vocabulary.by_iri[node] for node in vocabulary.spotter.nodes.get(normal, ()) if node in vocabulary.by_iri)
    return vocabulary.by_code.get(normal) or next(by_name, None) or vocabulary.short.get(normal)


@dataclass(frozen=True)
class _Known:
    """A name that the graph knows, with all labels of its nodes."""

    name: str
    label: str
    nodes: tuple[str, ...]
    labels: tuple[str, ...]
    score: float


def _known(name: str, context: Context, vocabulary: Vocabulary) -> _Known | None:
    """What a name means by vocabulary or linker; None where neither knows it, or several things are equally likely."""
    normal = normalize(name)
    if normal in vocabulary.common:
        return None
    link = context.linker.link(name, top=5)
    exact = tuple(node for node in vocabulary.spotter.nodes.get(normal, ()) if node not in vocabulary.by_iri)
    if not exact and (not link.linked or link.tie or not link.candidates):
        return None
    nodes = exact or tuple(node for node in vocabulary.alike(link.candidates[0].iri) if node in vocabulary.types and node not in vocabulary.by_iri)
    if not nodes:
        return None
    labels = [label for each in link.candidates if each.iri in nodes for label in each.labels]
    labels += [vocabulary.label(node) for node in nodes]
    return _Known(normal, vocabulary.label(nodes[0]), nodes, tuple(map(normalize, labels)), 1.0 if exact else link.candidates[0].score)


def _with_names(
    names: Iterable[str], request: Request, context: Context, vocabulary: Vocabulary
) -> tuple[tuple[Mention, ...], tuple[Mention, ...], list[tuple[str, str]]]:
    """Mentions, unlinked stretches and guesses, with the names that the graph knows.

    A name that stands in the question is a mention there, if no other stands there. Another one is a guess at what the unlinked text means: it needs such
    text, or a question in which nothing is linked; beside linked names there must be one guess for each stretch of such text.
    """
    mentions, unlinked = list(request.mentions), list(request.unlinked)
    guesses: list[_Known] = []
    for known in filter(None, (_known(name, context, vocabulary) for name in names)):
        if any(set(known.nodes) & set(mention.nodes) for mention in mentions) or not _spelt(known, request):
            continue
        start = request.text.find(known.name)
        end = start + len(known.name)
        if start < 0:
            guesses.append(known)
        elif not any(mention.start < end and start < mention.end for mention in mentions):
            covered = [each for each in unlinked if each.start < end and start < each.end]
            mentions.append(_mention(known, covered, vocabulary, request.text[start:end], (start, end)))
            unlinked = [each for each in unlinked if each not in covered]
    distinct = [each for place, each in enumerate(guesses) if not any(set(each.nodes) & set(other.nodes) for other in guesses[:place])]
    guessed: list[tuple[str, str]] = []
    if not mentions or len(distinct) == len(unlinked):
        mentions, unlinked, guessed = _guessed(distinct, mentions, unlinked, request, vocabulary)
    return tuple(sorted(mentions, key=lambda mention: mention.start)), tuple(unlinked), guessed


def _guessed(
    guesses: Sequence[_Known], mentions: list[Mention], unlinked: list[Mention], request: Request, vocabulary: Vocabulary
) -> tuple[list[Mention], list[Mention], list[tuple[str, str]]]:
    """The guesses put in place of the unlinked stretches: one each, or all for all; stretches stay where there are fewer guesses."""
    guessed = []
    named = list(mentions)
    for place, known in enumerate(guesses):
        stretches = [unlinked[place]] if len(guesses) == len(unlinked) else unlinked
        said = "、".join(each.text for each in stretches)
        if _levels_differ(_GRADE, request.text, known) or _levels_differ(_LEVEL, said, known):
            return mentions, unlinked, []
        guessed.append((said, known.label))
        named.append(_mention(known, stretches, vocabulary, said or known.label, None))
    return named, unlinked if len(guesses) < len(unlinked) else [], guessed


def _mention(known: _Known, stretches: Sequence[Mention], vocabulary: Vocabulary, text: str, place: tuple[int, int] | None) -> Mention:
    """A mention of what is known, with the grade and level said in the stretches that it stands for; exact only where its name stands in the question."""
    grades = next((each.grades for each in stretches if each.grades), ())
    level = next((each.level for each in stretches if each.level), "")
    start, end = place or (stretches[0].start if stretches else 0, stretches[-1].end if stretches else 0)
    types = vocabulary.types_of(known.nodes)
    return Mention(text, known.label, known.nodes, types, known.score, grades, level, (), place is not None and known.score == 1.0, start, end)


def _spelt(known: _Known, request: Request) -> bool:
    """Whether every abbreviation in the unlinked text (PMP) is in a label of the thing: another abbreviation is another thing, whatever a model thinks."""
    runs = {run for each in request.unlinked for run in _ABBREVIATION.findall(each.text)}
    if request.language == "en":
        runs &= {run.lower() for run in _CAPITALS.findall(unicodedata.normalize("NFKC", request.question))}
    return all(any(run in label for label in known.labels) for run in runs)


def _levels_differ(level: re.Pattern[str], said: str, known: _Known) -> bool:
    """Whether both the text and the label print levels, and the label one that the text does not (二级 and 一级建造师)."""
    printed, meant = (set(level.findall(text.translate(_NUMERALS))) for text in (said, normalize(known.label)))
    return bool(printed and meant and not meant <= printed)


def told(answer: Answer, request: Request) -> Answer:
    """The answer with a last line that says what of the question was a language model's reading, so that a misreading is seen."""
    current = {each.label for each in request.mentions} | {f"{each.code} {each.name}" for each in request.categories}
    current |= {*request.tiers, *(f"{grade}级" for grade in request.grades), *(FAMILIES[family] for family in request.families)}
    pairs = [f"“{said}” → “{meant}”" if said else f"“{meant}”" for said, meant in dict.fromkeys(request.guessed) if meant in current]
    if not pairs:
        return answer
    zh = f"说明：问题中有的说法由语言模型辅助理解：{'；'.join(pairs)}。如理解有误，请写出证书全名或专业类代码再问。"
    en = f"Note: a language model helped to read the question: {'; '.join(pairs)}. If that is wrong, ask again with the full name or the code."
    return replace(answer, answer=f"{answer.answer}\n\n{en if request.language == 'en' else zh}")
