"""Normal forms of a text: what two spellings of one name have in common."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import opencc
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.contrib.tone_convert import to_normal

DATA = Path(__file__).parent / "data"
#: A mention longer than this is a sentence, not a name; the rest is not read.
LONGEST = 120
_NOISE = re.compile(r"[^0-9a-z\u4e00-\u9fff+#]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[a-z]+")
_RUNS = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|\d+")
_DIGITS = re.compile(r"\d+")


@cache
def _simplified() -> dict[int, str]:
    """Traditional or Japanese character → simplified character, from OpenCC's tables of single characters."""
    table: dict[int, str] = {}
    folder = files(opencc) / "dictionary"
    for line in (folder / "TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        traditional, _, simple = line.partition("\t")
        if len(traditional) == 1 and simple:
            table[ord(traditional)] = simple.split(" ")[0]
    for line in (folder / "JPVariants.txt").read_text(encoding="utf-8").splitlines():
        traditional, _, japanese = line.partition("\t")
        # a Japanese form that GB 2312 has is a Chinese character of its own (芸, 予)
        if len(traditional) == len(japanese) == 1 and ord(japanese) not in table and not japanese.encode("gb2312", "ignore"):
            table[ord(japanese)] = table.get(ord(traditional), traditional)
    return table


def half_width(text: str) -> str:
    """Half-width, lower case, simplified characters; control characters and right-to-left marks become nothing, any white space one space."""
    text = unicodedata.normalize("NFKC", text[: 4 * LONGEST]).lower().translate(_simplified())
    if not text.isprintable():
        text = "".join(" " if char.isspace() else char for char in text if char.isspace() or unicodedata.category(char)[0] != "C")
    return " ".join(text.split())[:LONGEST]


def bare(text: str) -> str:
    """Only what names are made of: letters, digits, Chinese characters, + and #."""
    return _NOISE.sub("", text)


def is_chinese(char: str) -> bool:
    """Whether a character is Chinese."""
    return "\u4e00" <= char <= "\u9fff"


def has_chinese(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return _CHINESE.search(text) is not None


def latin_words(text: str) -> tuple[str, ...]:
    """The runs of Latin letters in a half-width text."""
    return tuple(_LATIN.findall(text))


def numbers(text: str) -> tuple[str, ...]:
    """The runs of digits in a text, sorted."""
    return tuple(sorted(_DIGITS.findall(text)))


@cache
def syllable(char: str) -> str:
    """The first reading of a character without tone; of any other character, the character."""
    return lazy_pinyin(char, style=Style.NORMAL)[0] if is_chinese(char) else char


#: A reading that fewer of the words with a character have is not counted among its readings (映 is yang in no word, 会 is kuai in one of fifty).
RARE_READING = 0.01


@cache
def _used_readings() -> dict[str, Counter[str]]:
    """Character → how many words read it in which way (with tones), counted in pypinyin's table of words."""
    found: dict[str, Counter[str]] = {}
    for word, sounds in PHRASES_DICT.items():
        if len(word) == len(sounds):
            for char, sound in zip(word, sounds, strict=True):
                found.setdefault(char, Counter())[sound[0]] += 1
    return found


@cache
def readings(char: str) -> frozenset[str]:
    """The readings without tone that a character has in words; the first one always."""
    if not is_chinese(char):
        return frozenset()
    used = Counter[str]()
    for sound, count in _used_readings().get(char, Counter()).items():
        used[to_normal(sound)] += count
    return frozenset(sound for sound, count in used.items() if count >= RARE_READING * used.total()) | {syllable(char)}


@cache
def is_common(char: str) -> bool:
    """Whether a character is one of the 3,755 most used ones (level 1 of GB 2312)."""
    code = char.encode("gb2312", "ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def pinyin_of(text: str) -> tuple[str, str]:
    """The pinyin of a name as people type it: all syllables run together, and their first letters; readings fit the words (会计 is kuaiji)."""
    syllables = lazy_pinyin(text, style=Style.NORMAL)
    return "".join(syllables).replace("ü", "v"), "".join(each if not each.isalpha() or len(each) == 1 else each[0] for each in syllables)


@lru_cache(maxsize=4096)
def grams(text: str) -> tuple[str, ...]:
    """What a name is known by: its characters and pairs of characters, pairs of syllables, its Latin words and their trigrams.

    The text is half-width; what is given is the vocabulary of both the lexical index and the trained model.
    """
    found: list[str] = []
    for run in _RUNS.findall(text):
        if is_chinese(run[0]):
            found += run
            found += [run[at : at + 2] for at in range(len(run) - 1)]
            sounds = [syllable(char) for char in run]
            found += [f"~{first}{second}" for first, second in pairwise(sounds)]
        else:
            found.append(f"={run}")
            marked = f"<{run}>"
            found += [marked[at : at + 3] for at in range(len(marked) - 2)] if run[0].isalpha() else []
    return tuple(found)


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file in `embeddings/data`."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_words(name: str) -> tuple[str, ...]:
    """The words of a text file in `embeddings/data`, longest first; a line starting with # is a remark."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return longest_first(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Words without repetition, the longest first, then in code order."""
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))
