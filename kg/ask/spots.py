"""Where a question names something: exact labels first, then labels with a slip of the pen; what is left is text that no label explains."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from embeddings.text import read_rows
from kg.ask.text import normalize

#: Characters that are never a slip of the pen: another grade, number, letter or rank is another thing.
_HARD = re.compile(r"[、,;0-9a-z一二三四五六七八九十初中高正副特首甲乙丙丁助+#]")
#: In a name this short one wrong character is a slip only where it sounds or looks like the right one.
SHORT = 7
_LATIN_EDGE = re.compile(r"[0-9a-z]")


@dataclass(frozen=True)
class Spot:
    """A stretch of the question (start, end in the normalised text) that names `nodes`; `exact` or with slips."""

    start: int
    end: int
    label: str
    nodes: tuple[str, ...]
    exact: bool
    score: float

    @property
    def length(self) -> int:
        """How many characters it covers."""
        return self.end - self.start


class Spotter:
    """Finds labels in text: a table of exact labels, and an index of character pairs for the others."""

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        """Index (label, node) pairs; labels are compared in the normal form of `kg.ask.text`."""
        nodes: dict[str, set[str]] = defaultdict(set)
        for label, node in labels:
            normal = normalize(label)
            if len(normal) >= 2 and not normal.isdigit():
                nodes[normal].add(node)
        self.nodes: Mapping[str, tuple[str, ...]] = {label: tuple(sorted(nodes[label])) for label in sorted(nodes)}
        self.by_first: dict[str, list[str]] = defaultdict(list)
        for label in sorted(self.nodes, key=len, reverse=True):
            self.by_first[label[:2]].append(label)
        self.fuzzy = [label for label in self.nodes if len(label) >= 4 and re.search(r"[\u4e00-\u9fff]{3}", label)]
        self.pairs: dict[str, list[int]] = defaultdict(list)
        for index, label in enumerate(self.fuzzy):
            for pair in set(_pairs(label)):
                self.pairs[pair].append(index)

    def exact(self, text: str) -> list[Spot]:
        """All labels that stand in `text`, also overlapping ones."""
        found = []
        for start in range(len(text) - 1):
            for label in self.by_first.get(text[start : start + 2], ()):
                end = start + len(label)
                if text.startswith(label, start) and _whole(text, start, end):
                    found.append(Spot(start, end, label, self.nodes[label], exact=True, score=1.0))
        return found

    def slips(self, text: str) -> list[Spot]:
        """Labels that stand in `text` with one or two characters wrong, missing or too many; never a grade, number or letter."""
        counts: dict[int, int] = defaultdict(int)
        for pair in set(_pairs(text)):
            for index in self.pairs.get(pair, ()):
                counts[index] += 1
        found = []
        shares = ((count / (len(self.fuzzy[index]) - 1), index) for index, count in counts.items())
        for _, index in sorted((-share, index) for share, index in shares if share >= 0.34)[:60]:
            if spot := self._align(self.fuzzy[index], text):
                found.append(spot)
        return found

    def _align(self, label: str, text: str) -> Spot | None:
        """The window of `text` nearest to `label`, where it is near enough."""
        allowed = 1 if len(label) < 8 else 2
        best: tuple[int, int, int] | None = None
        for size in range(len(label) - 1, len(label) + 2):
            for start in range(0, max(1, len(text) - size + 1)):
                end = start + size
                distance = Levenshtein.distance(label, text[start:end], score_cutoff=allowed)
                if distance <= allowed and (best is None or (distance, abs(size - len(label))) < (best[0], abs(best[2] - best[1] - len(label)))):
                    best = (distance, start, end)
        if best is None or best[0] == 0 or not _whole(text, best[1], best[2]):
            return None
        window = text[best[1] : best[2]]
        for edit in Levenshtein.editops(label, window):
            changed = label[edit.src_pos : edit.src_pos + 1] if edit.tag != "insert" else ""
            put = window[edit.dest_pos : edit.dest_pos + 1] if edit.tag != "delete" else ""
            if (changed and _HARD.match(changed)) or (put and _HARD.match(put)):
                return None
            if edit.tag == "insert" and edit.dest_pos in (0, len(window) - 1):
                return None
        if best[0] == 2 and _another_word(label, window):
            return None
        if best[0] == 1 and len(label) <= SHORT and len(label) == len(window) and not (_sounds_alike(label, window) or _looks_alike(label, window)):
            return None
        if best[0] == 1 and len(label) == 4 and len(label) != len(window):
            return None
        return Spot(best[1], best[2], label, self.nodes[label], exact=False, score=round(1 - best[0] / len(label) * 0.6, 3))


def choose(spots: Sequence[Spot]) -> list[Spot]:
    """The spots that explain most without overlapping: longer first, exact before slips, left before right."""
    taken: list[Spot] = []
    exact = [spot for spot in spots if spot.exact]
    sound = [spot for spot in spots if spot.exact or not any(_only_edge(spot, other) or _explained(spot, other) for other in exact)]
    for spot in sorted(sound, key=lambda each: (-(each.length - (0 if each.exact else 0.5)), not each.exact, each.start)):
        if all(spot.end <= other.start or spot.start >= other.end for other in taken):
            taken.append(spot)
    return sorted(taken, key=lambda each: each.start)


def _explained(slip: Spot, exact: Spot) -> bool:
    """Whether an exact label explains so much of a slip that the slip is another word (执业医师 in 执业医师资格证, which is no slip of 执业药师资格证)."""
    return exact.length >= 4 and slip.start < exact.end and exact.start < slip.end and slip.length - exact.length <= 3 and exact.label not in slip.label


def _only_edge(slip: Spot, exact: Spot) -> bool:
    """Whether a slip is an exact label with one or two characters after it that do not agree (导游资格由 for 导游资格证): these are the sentence's."""
    return slip.start == exact.start and exact.length >= 4 and 0 < slip.length - exact.length <= 2 and slip.label.startswith(exact.label)


def _another_word(label: str, window: str) -> bool:
    """Whether two characters side by side differ, in sound too, and are not just swapped: another word (技能人员 for 认证人员), no slip."""
    places = [edit.src_pos for edit in Levenshtein.editops(label, window) if edit.tag == "replace"]
    if len(places) != 2 or places[1] - places[0] != 1 or len(label) != len(window):
        return False
    one, other = (text[places[0] : places[1] + 1] for text in (label, window))
    return sorted(one) != sorted(other) and not any(_sounds_alike(here, there) for here, there in zip(one, other, strict=True))


def _pairs(text: str) -> list[str]:
    return [text[index : index + 2] for index in range(len(text) - 1)]


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch does not cut a Latin word or number, or 中国, in two (国铁 in 中国铁路协会)."""
    before = start > 0 and _LATIN_EDGE.match(text[start - 1]) and _LATIN_EDGE.match(text[start])
    after = end < len(text) and _LATIN_EDGE.match(text[end - 1]) and _LATIN_EDGE.match(text[end])
    country = text[start - 1 : start + 1] == "中国" and text[start : start + 2] != "国家"
    return not before and not after and not country


def _sounds_alike(one: str, other: str) -> bool:
    return [_plain_sound(each) for each in lazy_pinyin(one)] == [_plain_sound(each) for each in lazy_pinyin(other)]


def _plain_sound(syllable: str) -> str:
    """A syllable as many speakers say it: zh as z, ang as an."""
    return re.sub(r"(?<=[zcs])h|(?<=n)g$", "", syllable)


def _looks_alike(one: str, other: str) -> bool:
    """Whether the characters that differ look alike (砍, 斫)."""
    return all(a == b or b in _shapes().get(a, "") or a in _shapes().get(b, "") for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=1)
def _shapes() -> dict[str, str]:
    """Characters that look alike, as the linker knows them."""
    found: dict[str, str] = defaultdict(str)
    for row in read_rows("shapes.csv"):
        found[row["character"]] += row["alike"]
    for row in read_rows("confusable.csv"):
        for character in row["characters"]:
            found[character] += row["characters"]
    return dict(found)
