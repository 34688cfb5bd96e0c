"""Questions as text: width, script and case made one, language told."""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

MAX_LENGTH = 2000
_ENGLISH = re.compile(
    r"\b(?:does|do|is|are|can|could|what|which|who|whom|where|when|how|why|the|for|of|and|list|count|counts|certificate|certificates|my|i|in|at|to|please|show|tell|if|it|a|an)\b"
)
#: Words with which an English question begins (Who supervises 中国物流与采购联合会?).
_ENGLISH_OPENING = re.compile(r"\s*(?:who|whose|what|which|where|when|how|why|does|do|did|is|are|can|could|may|should|list|show)\s+[a-z]")
_ROMAN_GRADE = re.compile(r"(?<![a-z])(iv|v|i{1,3})\s?(?=级)")
_ROMAN = {"i": "一", "ii": "二", "iii": "三", "iv": "四", "v": "五"}
_CONTROL = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class QuestionError(ValueError):
    """A question that cannot be taken: empty, too long, or not text."""


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def clean(question: object) -> str:
    """A question as typed, without control characters and outer white space.

    Raises:
        QuestionError: it is not text, is empty, or has more than `MAX_LENGTH` characters.
    """
    if not isinstance(question, str):
        raise QuestionError("a question is a text; got " + type(question).__name__)
    text = _CONTROL.sub("", question).strip()
    if not text:
        raise QuestionError("the question is empty; ask for example: 华为HCIP在7102中级认不认？")
    if len(text) > MAX_LENGTH:
        raise QuestionError(f"the question has {len(text)} characters; {MAX_LENGTH} are accepted: ask about one certificate at a time")
    return text


@lru_cache(maxsize=4096)
def normalize(text: str) -> str:
    """Half-width, simplified, lower case, Roman grades in Chinese; white space single, none beside Chinese characters. Rules and labels compare it."""
    text = _simplifier().convert(unicodedata.normalize("NFKC", text)).lower()
    text = text.replace("“", '"').replace("”", '"').replace("【", "(").replace("】", ")").replace("〔", "(").replace("〕", ")")
    text = _ROMAN_GRADE.sub(lambda match: _ROMAN[match[1]], text)
    text = re.sub(r"\s+", " ", re.sub(r"(?<=[a-z])(?=\d+年)", " ", text)).strip()
    return re.sub(r"(?<=[\u4e00-\u9fff()]) (?=[\u4e00-\u9fff(])|(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", text)


def language(text: str) -> str:
    """`en` where English words carry the sentence, else `zh`."""
    words = len(_ENGLISH.findall(text.lower()))
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    latin = len(re.findall(r"[a-z]+", text.lower()))
    opened = latin >= 2 and _ENGLISH_OPENING.match(text.lower())
    return (
        "en"
        if ((words >= 2 and latin >= 3) or opened) and not re.search(r"[吗呢么]|认不认|算不算|哪些|什么|多少|怎么|能不能|是不是", text)
        else "zh"
        if han or not latin
        else "en"
        if words
        else "zh"
    )
