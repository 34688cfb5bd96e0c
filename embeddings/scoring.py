"""How well a reading of a mention fits a label: hard constraints first, then the features a person understands, then one score."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import cast

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from embeddings.damage import alike, confused
from embeddings.entries import Entry
from embeddings.mention import ONEX, Form
from embeddings.text import bare, has_chinese, is_chinese, is_common, readings, syllable

#: What a label of this sort loses against the preferred one.
SORT_LOSS = {"prefLabel": 0.0, "altLabel": 0.002, "hiddenLabel": 0.004, "notation": 0.002}
#: What a replaced character costs, of its weight: same sound, known to be confused, nearly the same sound, drawn alike, something else.
SAME_SOUND, CONFUSED, NEAR_SOUND, SAME_SHAPE, OTHER = 0.25, 0.3, 0.45, 0.45, 1.25
SWAPPED = 0.15
#: What is given back of a sign charged as another, when it has only changed its place (of its weight).
SWAP_BACK = OTHER
#: How much a sign at least counts in the place of another, if it stands in names; what one costs that stands in none, of the other's weight.
OTHER_WORD, SLIP = 0.7, 0.9
#: What remains when the mention has a word of its own and the name has one too: they are more likely two names.
BOTH_OWN = 0.86
#: What remains when the name has a rank, number or code that was not written (two at most count).
LOST_MARK = 0.87
#: What remains when only the letters of a name that has Chinese words too were written (CPA for 美国CPA).
MIXED = 0.93
#: What remains when an organisation's name lacks the word that says what it is about.
OTHER_HEAD = 0.7
LATIN_WEIGHT = 0.3


_NOTHING: Mapping[str, int] = {}


@dataclass(slots=True)
class Fit:
    """A score between 0 and 1, what kind of match it is, how much was said and covered (none: the names are equal), and which signs differ and why."""

    score: float
    match: str
    said: float | None = None
    covered: float = 1.0
    seen: Mapping[str, int] = field(default_factory=lambda: _NOTHING)

    @property
    def features(self) -> dict[str, float | str | bool]:
        """The features for a person to read."""
        found: dict[str, float | str | bool] = {} if self.said is None else {"said": round(self.said, 3), "covered": round(self.covered, 3)}
        for name in sorted(self.seen):
            found[name.replace(" ", "_")] = float(self.seen[name])
        return found


@cache
def _near(first: str) -> str:
    """A syllable with the distinctions that many speakers do not make put aside."""
    for long, short in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in")):
        first = first.replace(long, short)
    return "l" + first[1:] if first.startswith("n") else first


@lru_cache(maxsize=1 << 16)
def replacement(written: str, meant: str) -> tuple[float, str]:
    """What one character for another costs (of its weight), and why: sound, near sound, shape, other."""
    if is_chinese(written) and is_chinese(meant):
        if syllable(written) == syllable(meant):
            return SAME_SOUND, "sound"
        if written in confused().get(meant, ""):
            return CONFUSED, "shape"
        mine, theirs = readings(written), readings(meant)
        if mine & theirs:
            return NEAR_SOUND, "near sound"
        if written in alike().get(meant, "") or meant in alike().get(written, ""):
            return SAME_SHAPE, "shape"
        if {_near(each) for each in mine} & {_near(each) for each in theirs}:
            return NEAR_SOUND, "near sound"
    return OTHER, "other"


@lru_cache(maxsize=1 << 14)
def _bracketed(name: str) -> tuple[str, str]:
    """The keys of a name without the bracket at its end and of a name that the bracket holds; empty where there is none."""
    if not name.endswith(")") or "(" not in name:
        return "", ""
    outside, _, inside = name[:-1].partition("(")
    named = len(inside) > 2 and inside.endswith(("师", "员", "工", "士"))
    return bare(outside), bare(inside) if named else ""


def blocked(form: Form, entry: Entry) -> bool:
    """Whether a rank, number, or Latin word of the mention contradicts the label: no similarity may bridge that."""
    if form.marks or entry.marks:
        marks = frozenset(entry.marks)
        if form.marks - marks or (marks - form.marks and (form.grades or form.level)):
            return True
    if form.numbers and blocked_numbers(form, entry):
        return True
    if not form.latin:
        return False
    return any(code not in entry.key for code in form.codes) or not all(_latin_known(word, entry.latin) for word in form.latin)


def _latin_known(word: str, known: tuple[str, ...]) -> bool:
    if word in known:
        return True
    return len(word) > 5 and any(len(each) > 5 and ratio(word, each) >= 82 for each in known)


class Weights(dict[str, float]):
    """How much each character says; one that stands in no name says most, a letter or digit little (Latin words and numbers are compared as wholes)."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Keep the weights of the characters that stand in names."""
        super().__init__(weights)
        self.signs = frozenset(weights)
        self.total = lru_cache(maxsize=1 << 15)(self._total)

    def __missing__(self, char: str) -> float:
        """The weight of a character that stands in no name; kept."""
        self[char] = 1.0 if is_chinese(char) else LATIN_WEIGHT
        return self[char]

    def _total(self, text: str) -> float:
        """How much all signs of a text say (never 0)."""
        return sum([self[char] for char in text]) or 1.0


def align(written: str, meant: str, weights: Weights) -> tuple[float, float, dict[str, int]]:
    """Compare two keys sign by sign.

    Returns:
        How much of what was written stands in the name, how much of the name was written (both 0 to 1), and how many signs were replaced for which
        reason, left out, or too many.
    """
    extra = missing = 0.0
    reasons: list[str] = []
    removed: list[str] = []
    added: list[str] = []
    charged: dict[str, float] = {}
    # the stubs say objects; plain tuples are what comes, and are read much faster
    steps = cast("list[tuple[str, int, int]]", Levenshtein.editops(written, meant).as_list())
    for operation, at, there in steps:
        if operation == "insert":
            char = meant[there]
            added.append(char)
            missing += weights[char]
            reasons.append("missing")
        elif operation == "delete":
            char = written[at]
            removed.append(char)
            # a sign written twice is a slip of the finger, not a different name
            doubled = at > 0 and written[at - 1] == char
            extra += weights[char] * (0.2 if doubled else 1.0)
            reasons.append("doubled" if doubled else "extra")
        else:
            first, second = written[at], meant[there]
            cost, why = replacement(first, second)
            if cost > 1:
                # a sign of names or of everyday words in the place of another makes another name; any other is more likely a slip
                word = first in weights.signs or is_common(first)
                charge = cost * max(weights[first], weights[second], OTHER_WORD) if word else SLIP * weights[second]
                extra += charge
                charged[first] = charge
                missing += weights[second]
                removed.append(first)
                added.append(second)
            else:
                extra += cost * weights[second]
                missing += cost * weights[second]
            reasons.append(why)
    if removed and added:
        for char in sorted({*removed} & {*added}):
            # the same sign taken out here and put in there has only changed its place
            count = min(removed.count(char), added.count(char))
            extra -= count * min(charged.get(char, weights[char]), SWAP_BACK * weights[char]) * (1 - SWAPPED)
            missing -= count * weights[char] * (1 - SWAPPED)
            reasons.append("swapped")
    seen = {why: reasons.count(why) for why in {*reasons}}
    whole, known = weights.total(written), weights.total(meant)
    return max(0.0, 1 - max(0.0, extra) / whole), max(0.0, 1 - max(0.0, missing) / known), seen


def fit(form: Form, entry: Entry, weights: Weights, words: Mapping[str, float], form_pinyin: str) -> Fit | None:
    """How well a reading fits a label; None where a hard constraint forbids it."""
    loss = SORT_LOSS[entry.sort]
    if form.key == entry.key:
        return Fit(1.0 - loss, "exact name" if entry.sort in ("prefLabel", "altLabel") else "code" if entry.sort == "notation" else "everyday name")
    if form.key == entry.core:
        return Fit(0.97 - loss, "same name but for certificate words")
    if entry.sort == "notation" or form.exact_only or form.key == ONEX:
        return None
    if form_pinyin and form.latin and entry.pinyin:
        if form_pinyin == entry.pinyin:
            return Fit(0.93 - loss, "pinyin")
        if form.key == entry.initials and len(form.key) > 2:
            return Fit(0.86 - loss, "pinyin initials")
        if len(form_pinyin) > 6 and not has_chinese(form.key) and has_chinese(entry.core) and not blocked_numbers(form, entry):
            alikeness = Levenshtein.normalized_similarity(form_pinyin, entry.pinyin, score_cutoff=0.8)
            if alikeness:
                return Fit(0.9 * alikeness - loss, "nearly the same pinyin")
    if blocked(form, entry):
        return None
    if form.latin and entry.latin and not has_chinese(form.key):
        return _fit_english(form, entry, words, loss)
    said, covered, seen = align(form.key, entry.core, weights)
    if entry.key != entry.core and len(form.key) > len(entry.core) + 1:
        # certificate words that are spoilt themselves could not be taken off
        said, covered, seen = max((said, covered, seen), align(form.key, entry.key, weights), key=lambda found: found[0])
    score = said**1.6 * (0.5 + 0.5 * covered)
    if form.key in _bracketed(entry.spaced):
        # what a bracket adds to a name is often not said, and what it holds may be all that is said
        score = max(score, 0.9)
    elif entry.marks or entry.numbers or entry.latin:
        lost = len(set(entry.marks) - form.marks)
        lost += len([each for each in entry.numbers if each not in form.numbers]) + len([each for each in entry.latin if each not in form.latin])
        score *= LOST_MARK ** min(lost, 2)
    match = "similar name"
    if not seen.keys() - {"missing"}:
        match = "part of the name" if form.key in entry.core else "abbreviation"
        # an abbreviation keeps the first sign of the name
        anchored = form.key[0] == entry.core[0]
        if match == "abbreviation" and (shorter := _organization(form.key, entry.core)):
            # without the country and the word for its kind an organisation's name is what it is about
            kept, content = shorter
            anchored = anchored or kept[0] == content[0]
            if kept in content and len(kept) < 3 and 2 * len(kept) <= len(content) and not content.endswith(kept):
                # what it is about stands last: 中国煤矿协会 is not 中国煤矿体育协会
                score *= OTHER_HEAD
            elif kept in content:
                covered = max(covered, weights.total(kept) / weights.total(content))
                match, score = "part of the name", max(score, 0.5 + 0.5 * covered)
            elif kept[0] == content[0]:
                covered = max(covered, weights.total(kept) / weights.total(content))
        # one sign too few is a slip; more than one in a long name is more likely another name
        score *= (
            1.0 if match == "part of the name" or (anchored and seen["missing"] < 2) else 0.98 if anchored and len(form.key) < 4 else 0.88 if anchored else 0.8
        )
    elif not seen.keys() - {"sound"}:
        match = "same sound"
    elif not seen.keys() - {"sound", "near sound", "shape"}:
        match = "sounds or looks alike"
    elif (
        _few_equal(form, seen)
        or (seen.get("other", 0) and seen.get("missing", 0) > 3)
        or (seen.get("extra", 0) > seen.get("swapped", 0) and seen.get("missing", 0) > seen.get("swapped", 0) + 1)
    ):
        score *= BOTH_OWN
    if form.prefixed:
        # a rank was taken off before the name: what is left must be a name, not nearly one
        score *= 0.8
    return Fit(min(score, 0.955) - loss, match, said, covered, seen)


def _few_equal(form: Form, seen: Mapping[str, int]) -> bool:
    """Whether signs are left out or too many and of the others, ranks aside, more differ than are equal (二级驾驶, 二级造价师)."""
    if not seen.keys() & {"missing", "extra"}:
        return False
    alike = seen.get("sound", 0) + seen.get("near sound", 0) + seen.get("shape", 0)
    equal = len(form.key) - sum(map(len, form.marks)) - sum(count for why, count in seen.items() if why not in ("missing", "swapped"))
    return alike > equal


#: Where an organisation is from: often not said.
COUNTRY = re.compile(r"^(?:中国|全国|中华|国际|上海市?|江苏省?|浙江省?|全联)")
_KIND = re.compile(r"(?:行业|工业|专业)?(?:协会|学会|商会|联合会|研究会|促进会|基金会|联盟)$")


def _organization(written: str, meant: str) -> tuple[str, str] | None:
    """Both names of organisations of one kind without the country and the word for the kind; None where they are not."""
    kind = _KIND.search(meant)
    if kind is None or not written.endswith(kind.group()[-2:]):
        return None
    kept, content = (COUNTRY.sub("", _KIND.sub("", each)) for each in (written, meant))
    return (kept, content) if len(kept) > 1 and content else None


def only_kind(key: str) -> bool:
    """Whether of an organisation only country and kind were written (中国工业协会)."""
    return not _KIND.sub("", COUNTRY.sub("", key))


def blocked_numbers(form: Form, entry: Entry) -> bool:
    """Whether a number of the mention is not in the label."""
    return any(number not in entry.numbers for number in form.numbers)


_SMALL = frozenset(["of", "the", "a", "an", "and", "for", "in", "on", "de", "der", "und", "at"])


def _fit_english(form: Form, entry: Entry, weights: Mapping[str, float], loss: float) -> Fit | None:
    """English against English: whole words by their rarity, near spellings allowed in long ones."""
    written = [word for word in form.latin if word not in _SMALL]
    meant = [word for word in entry.latin if word not in _SMALL]
    if not written or not meant:
        return None
    known = sum(weights.get(word, 1.0) for word in written if _latin_known(word, entry.latin))
    covered = sum(weights.get(word, 1.0) for word in meant if _latin_known(word, form.latin))
    said, covered_part = known / sum(weights.get(word, 1.0) for word in written), covered / sum(weights.get(word, 1.0) for word in meant)
    whole = said > 0.99 and covered_part < 0.99
    score = min(0.95, said**1.6 * (0.5 + 0.46 * covered_part)) * (MIXED if has_chinese(entry.core) else 1.0)
    return Fit(score - loss, "part of the English name" if whole else "English name", said, covered_part)
