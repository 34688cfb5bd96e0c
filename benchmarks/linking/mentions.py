"""The hand-written mentions, and when an answer to one is right."""

import json
from dataclasses import dataclass
from pathlib import Path

from embeddings.mention import unwrap
from embeddings.names import Node
from embeddings.text import bare, half_width

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Mention:
    """A mention, the names that are right first results (none: nothing is meant), its kind, its style, and when it was added (its part)."""

    mention: str
    expect: tuple[str, ...]
    type: str
    style: str
    part: str


def same(name: str) -> str:
    """A name as it is compared: without certificate words, brackets' signs and the 1+X mark."""
    return bare(unwrap(half_width(name))).removeprefix("1+x")


def read_mentions() -> list[Mention]:
    """The hand-written set."""
    lines = (HERE / "mentions.jsonl").read_text(encoding="utf-8").splitlines()
    return [Mention(row["mention"], tuple(row["expect"]), row["type"], row["style"], row["part"]) for row in map(json.loads, lines)]


@dataclass(frozen=True)
class Ranking:
    """What a method says of a mention: nodes (the best first, ten at most), the best score, whether it links (None: its threshold is still to be found)."""

    nodes: tuple[Node, ...]
    score: float
    linked: bool | None = None


def place(ranking: Ranking, mention: Mention) -> int:
    """The place of the first right node (1 is the first); 0: not among those found."""
    wanted = {same(name) for name in mention.expect}
    return next((at for at, node in enumerate(ranking.nodes, 1) if wanted & {same(label.text) for label in node.labels}), 0)
