"""Pinyin as people shorten it: some syllables written out, of others only the first letter (jixiu qg, 机修qg)."""

import re
from collections.abc import Iterator

_INITIALS = "bcdfghjklmnpqrstwxyz"
_FINALS = "a|o|e|i|u|v|ai|ei|ui|ao|ou|iu|ie|ve|ue|an|en|in|un|ang|eng|ing|ong|ia|iao|ian|iang|iong|ua|uo|uai|uan|uang"
_SYLLABLE = re.compile(rf"(?:[zcs]h|[{_INITIALS}])(?:{_FINALS})|[ae](?:i|n|ng|o)?|er|ou?")
#: Certificate words at the end of a name in pinyin.
_SUFFIX = re.compile(r"(?<=.{4})(?:zhiye|zhicheng|zhiyejineng|dengji|cong ?ye|shanggang)?(?:zigezhengshu|zigezheng|zhengshu|zige|kaoshi|zhizhao|zheng)$")
#: Ways to read one text at most.
_WAYS = 64


def without_suffix(pinyin: str) -> str:
    """Pinyin without certificate words at its end; the same where there are none."""
    return _SUFFIX.sub("", pinyin)


def shortened(text: str) -> dict[str, list[str]]:
    """The ways to read Latin letters as syllables and first letters of syllables: the first letters of all → the parts.

    Only where at least one syllable is written out and at least one is not; a gap ends a syllable.
    """
    found: dict[str, list[str]] = {}
    for parts in _readings(text.split()):
        letters = sum(len(part) == 1 for part in parts)
        if 2 < len(parts) < 16 and 0 < letters < len(parts):
            found.setdefault("".join(part[0] for part in parts), parts)
        if len(found) >= _WAYS:
            break
    return found


def pattern(parts: list[str]) -> re.Pattern[str]:
    """The pinyin that parts may stand for."""
    return re.compile("".join(part if len(part) > 1 else f"{part}[a-z]{{0,5}}" for part in parts))


def _readings(words: list[str], limit: int = 400) -> Iterator[list[str]]:
    """All ways to part words into syllables and initials, those with long syllables first (so many at most)."""
    waiting: list[tuple[int, int, list[str]]] = [(0, 0, [])]
    while waiting and limit:
        word, at, parts = waiting.pop()
        if word == len(words):
            limit -= 1
            yield parts
            continue
        rest = words[word][at:]
        ends = [size for size in range(1, min(6, len(rest)) + 1) if (size == 1 and rest[0] in _INITIALS) or _SYLLABLE.fullmatch(rest[:size])]
        for size in ends:
            done = size == len(rest)
            waiting.append((word + done, 0 if done else at + size, [*parts, rest[:size]]))
