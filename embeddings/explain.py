"""The features of a candidate in words."""

from collections.abc import Mapping
from functools import cache

from embeddings.text import read_rows


@cache
def _words() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in read_rows("features.csv")}


def in_words(features: Mapping[str, float | str | bool], language: str = "en") -> list[str]:
    """Why a candidate may be meant, one reason a phrase, the most telling first.

    Args:
        features: the features of a candidate.
        language: en or zh.
    """
    words = _words()
    found = [words[str(features["match"])][language]]
    for name, value in features.items():
        if name == "issuer":
            found += [words[f"issuer {value}"][language]] if f"issuer {value}" in words else []
        elif name in words:
            found.append(words[name][language].format(_shown(name, value)))
    return found


def _shown(name: str, value: float | str | bool) -> str:
    if isinstance(value, str):
        return f"“{value}”"
    return f"{value:.0%}" if name in ("said", "covered") else f"{value:.2f}" if name == "vector" else f"{value:.0f}"
