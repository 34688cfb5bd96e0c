"""When two printed names are one thing.

A credential named in several rows is one node: its names agree once the 1+X mark, certificate suffixes, level brackets, punctuation and white space are put
aside (`stem`). Decisions that the rule can't make stand in `kg/sources/names/identity.csv`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_LEVEL_BRACKET = re.compile(r"[(\[][^()\[\]]*(?:[初中高一二三四五]级|高级工|中级工|初级工|技师|级别)[^()\[\]]*[)\]]")
_PRINTED_LEVEL = re.compile(r"[（(][^（()）]*(?:[初中高一二三四五]级|高级工|中级工|初级工|技师|级别)[^（()）]*[)）]")
_TAILS = ("职业技能等级标准证书", "职业技能等级证书", "职业技能等级", "职业技能证书", "职业资格证书", "资格证书", "资格证", "证书")
_TRAILING_GRADE = re.compile(r"(?<=[师员工人算员])([五四三二一]级|[初中高]级)$")
_NOISE = re.compile(r"[^0-9a-z\u4e00-\u9fff+#]")


def plain(text: str) -> str:
    """Half-width, lower case, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=1 << 14)
def stem(name: str) -> str:
    """What a credential's name says beside levels, certificate suffixes and punctuation; two names with one stem are one credential."""
    text = plain(name)
    while _LEVEL_BRACKET.search(text):
        text = _LEVEL_BRACKET.sub("", text)
    text = re.sub(r"^1\+x(?=.{2})", "", text)
    for tail in _TAILS:
        if text.endswith(tail) and len(text) > len(tail) + 1:
            text = text.removesuffix(tail)
            break
    text = _TRAILING_GRADE.sub("", text)
    return _NOISE.sub("", text) or plain(name)


def short_name(name: str) -> str:
    """A certificate's name as people say it: without the 1+X mark and the certificate suffix; the name itself where little would be left."""
    short = re.sub(r"^1\+[xX]", "", name)
    for tail in _TAILS:
        if short.endswith(tail) and len(short) > len(tail) + 2:
            return short.removesuffix(tail)
    return short


def without_grade(name: str) -> str:
    """A printed name without the grade at its very end (公共营养师三级, 珠算四级证书): a label must not say a grade that qualifies only one entry."""
    name = _PRINTED_LEVEL.sub("", name) or name
    for tail in ("", *_TAILS):
        base = name.removesuffix(tail) if tail else name
        if base != name or not tail:
            short = _TRAILING_GRADE.sub("", base)
            if short != base and len(short) > 1:
                return short
    return name


@dataclass(frozen=True)
class Names:
    """The printed names of one thing: the preferred one, and the others."""

    preferred: str
    others: tuple[str, ...]


def choose_names(printed: Iterable[str]) -> Names:
    """The preferred name (printed most often, then shortest, then first in code order) and the others, sorted."""
    counts = Counter(printed)
    preferred = min(counts, key=lambda name: (-counts[name], len(name), name))
    return Names(preferred, tuple(sorted(set(counts) - {preferred})))
