"""Entries: every label of every node in the forms that a mention is compared with, and an index of what they are made of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from embeddings.mention import _BRACKETS, marks_of, only_filler, split_issuer, unwrap
from embeddings.names import Node
from embeddings.text import bare, grams, half_width, has_chinese, latin_words, numbers, pinyin_of

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Entry:
    """One label of a node: `key` the whole name, `core` the name without issuer and certificate words, and what must agree with a mention."""

    node: int
    text: str
    sort: str
    key: str
    core: str
    spaced: str
    marks: tuple[str, ...]
    numbers: tuple[str, ...]
    latin: tuple[str, ...]
    issuer: str
    pinyin: str
    initials: str


def make_entries(nodes: Sequence[Node]) -> list[Entry]:
    """The entries of all nodes, in their order."""
    found = []
    for number, node in enumerate(nodes):
        for label in node.labels:
            text = half_width(label.text).translate(_BRACKETS)
            if label.sort == "notation" and not any(char.isdigit() or char.isalpha() for char in text):
                continue
            organization = any(name.endswith(("Association", "Organization", "Issuer", "Body")) for name in node.classes)
            issuer, spaced = ("", text) if organization else _taken_apart(text)
            if "Jurisdiction" in node.classes:
                spaced = text.rstrip("省市")
            core = bare(spaced)
            pinyin, initials = pinyin_of(core) if has_chinese(core) else ("", "")
            found.append(
                Entry(
                    number,
                    label.text,
                    label.sort,
                    bare(text),
                    core,
                    spaced,
                    tuple(sorted(marks_of(core))),
                    numbers(core),
                    latin_words(spaced),
                    issuer,
                    pinyin,
                    initials,
                )
            )
    return [entry for entry in found if entry.key]


def _taken_apart(text: str) -> tuple[str, str]:
    """The issuer of a name and the name without it and without certificate words; what would leave only words that say nothing stays (华为认证, 初级职称)."""
    issuer, _, rest = split_issuer(text)
    if only_filler(unwrap(rest)):
        issuer, rest = "", text
    shorter = unwrap(rest)
    return issuer, rest if only_filler(shorter) else shorter


@dataclass(frozen=True)
class Lexical:
    """What the entries are made of: token → its rarity and the entries it stands in, in compressed rows."""

    tokens: tuple[str, ...]
    starts: npt.NDArray[np.int32]
    entries: npt.NDArray[np.int32]
    rarity: Floats
    norms: Floats


def make_lexical(entries: Sequence[Entry]) -> Lexical:
    """Index the entries by their tokens (characters, pairs of characters and of syllables, Latin words and trigrams)."""
    postings: dict[str, list[int]] = {}
    for at, entry in enumerate(entries):
        for token in sorted(set(grams(entry.spaced))):
            postings.setdefault(token, []).append(at)
    tokens = tuple(sorted(postings))
    counts = np.array([len(postings[token]) for token in tokens], dtype=np.float32)
    rarity = np.log1p(len(entries) / counts).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    flat = np.array([at for token in tokens for at in postings[token]], dtype=np.int32)
    squares = np.zeros(len(entries), dtype=np.float64)
    np.add.at(squares, flat, np.repeat(rarity.astype(np.float64) ** 2, counts.astype(int)))
    return Lexical(tokens, starts, flat, rarity, np.sqrt(squares).astype(np.float32))


def character_weights(entries: Sequence[Entry]) -> dict[str, float]:
    """How much a character says about which name is meant: 0.25 (in very many names) to 1 (in few)."""
    counts = Counter(char for core in {entry.core for entry in entries} for char in set(core))
    return {char: float(np.clip(1.15 - 0.13 * np.log(count), 0.25, 1.0)) for char, count in counts.items()}


def word_weights(entries: Sequence[Entry]) -> dict[str, float]:
    """How much a Latin word says about which name is meant, as `character_weights`."""
    counts = Counter(word for entry in entries for word in set(entry.latin))
    return {word: float(np.clip(1.1 - 0.17 * np.log(count), 0.2, 1.0)) for word, count in counts.items()}
