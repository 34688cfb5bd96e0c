"""Damage treatments: the named ways in which people, forms and scanners spoil a name; each is a function of a seeded random source and a name."""

import random
from collections.abc import Callable
from functools import cache

from embeddings.text import is_chinese, read_rows, syllable

Treatment = Callable[[random.Random, str], str]
_PREFIXES = ("考了个", "我有", "本人有", "拿了", "想报考", "持有")
_SUFFIXES = ("证", "证书", "资格证", "职业资格证书", "职业技能等级证书", "四级证", "（高级）", "考试", "这个工种")
_OFF = ("职业技能等级证书", "资格证书", "资格证", "证书", "协会", "师", "员", "工", "类", "执照")


@cache
def confused() -> dict[str, str]:
    """Character → characters that people and scanners are known to take for it."""
    found: dict[str, str] = {}
    for row in read_rows("confusable.csv"):
        for char in row["characters"]:
            found[char] = found.get(char, "") + row["characters"].replace(char, "")
    return found


@cache
def alike() -> dict[str, str]:
    """Character → characters that look like it: the known ones first, then those that a font draws alike."""
    found = {row["character"]: row["alike"] for row in read_rows("shapes.csv")}
    for char, others in confused().items():
        found[char] = others + "".join(each for each in found.get(char, "") if each not in others)
    return found


@cache
def look_alikes() -> dict[str, str]:
    """Character → characters that it may have been written for, whichever of the two the tables name first."""
    found: dict[str, set[str]] = {}
    for char, others in alike().items():
        for other in others:
            found.setdefault(char, set()).add(other)
            found.setdefault(other, set()).add(char)
    return {char: "".join(sorted(others)) for char, others in found.items()}


@cache
def _homophones() -> dict[str, str]:
    """Syllable → the characters of the shape tables that sound so."""
    found: dict[str, list[str]] = {}
    for char in sorted({char for key, others in alike().items() for char in key + others}):
        found.setdefault(syllable(char), []).append(char)
    return {sound: "".join(chars) for sound, chars in found.items()}


def _place(rng: random.Random, text: str) -> int:
    places = [at for at, char in enumerate(text) if is_chinese(char)]
    return rng.choice(places) if places else rng.randrange(len(text))


def drop(rng: random.Random, text: str) -> str:
    """One character is missing."""
    at = _place(rng, text)
    return text[:at] + text[at + 1 :] if len(text) > 2 else text


def double(rng: random.Random, text: str) -> str:
    """One character stands twice."""
    at = _place(rng, text)
    return text[:at] + text[at] + text[at:]


def swap(rng: random.Random, text: str) -> str:
    """Two neighbours change places."""
    if len(text) < 3:
        return text
    at = rng.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def homophone(rng: random.Random, text: str) -> str:
    """One character is another of the same sound."""
    at = _place(rng, text)
    others = _homophones().get(syllable(text[at]), "").replace(text[at], "")
    return text[:at] + rng.choice(others) + text[at + 1 :] if others else text


def shape(rng: random.Random, text: str) -> str:
    """One character is another that looks like it."""
    at = _place(rng, text)
    others = alike().get(text[at], "")[:3]
    return text[:at] + rng.choice(others) + text[at + 1 :] if others else text


def wrap(rng: random.Random, text: str) -> str:
    """Words stand around the name."""
    return rng.choice((*_PREFIXES, "")) + text + rng.choice((*_SUFFIXES, ""))


def issuer(rng: random.Random, text: str) -> str:
    """An issuer stands before the name."""
    return rng.choice(("人社部门发的", "教育部", "国家", "上海市人社局", "1+X", "人社部")) + text


def suffix_off(rng: random.Random, text: str) -> str:
    """The last word of the name is missing."""
    return next((text.removesuffix(end) for end in _OFF if text.endswith(end) and len(text) > len(end) + 1), text)


def prefix_off(rng: random.Random, text: str) -> str:
    """The first word of the name is missing."""
    return next((text.removeprefix(start) for start in ("中国", "全国", "国际", "注册") if text.startswith(start) and len(text) > len(start) + 2), text)


TREATMENTS: dict[str, Treatment] = {
    "drop": drop,
    "double": double,
    "swap": swap,
    "homophone": homophone,
    "shape": shape,
    "wrap": wrap,
    "issuer": issuer,
    "suffix off": suffix_off,
    "prefix off": prefix_off,
}
