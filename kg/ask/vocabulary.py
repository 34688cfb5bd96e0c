"""The names of the graph, as the question layer needs them: labels to nodes, classes of nodes, 专业类 by code and name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.ask.context import Category, Context
from kg.ask.rules import patterns
from kg.ask.spots import Spot, Spotter
from kg.ask.text import normalize

#: A work type that is a job of its own is named without its occupation too: 家务服务员 for 家政服务员（家务服务员）.
_WORK_TYPE = re.compile(r"（([^（）]{2,}[员工师])）$")
_ABBREVIATED = re.compile(r"^([^()]{4,})\([a-z][a-z0-9+-]+\)$")
#: Classes of things that questions name, the most telling first (`data/classes.csv`).
NAMED = tuple(rule.regex.pattern for rule in patterns("classes", "why", "class"))


@dataclass(frozen=True)
class Vocabulary:
    """Names of the graph; made once."""

    spotter: Spotter
    types: Mapping[str, frozenset[str]]
    preferred: Mapping[str, str]
    by_code: Mapping[str, Category]
    by_iri: Mapping[str, Category]
    same: Mapping[str, tuple[str, ...]]
    #: Labels that questions use as words (`data/common_words.csv`): a tier, a grade, a kind of certificate; never taken for the thing of that name.
    common: frozenset[str]
    short: Mapping[str, Category]

    def label(self, node: str) -> str:
        """The preferred name of a node."""
        return self.preferred.get(node, node.rsplit("/", 1)[-1])

    def types_of(self, nodes: Iterable[str]) -> frozenset[str]:
        """The classes of some nodes, together."""
        return frozenset(kind for node in nodes for kind in self.types[node])

    def is_category(self, spot: Spot) -> bool:
        """Whether a spot names a 专业类."""
        return any(node in self.by_iri for node in spot.nodes)

    def category_of(self, spot: Spot) -> Category:
        """The 专业类 that a spot names."""
        return next(self.by_iri[node] for node in spot.nodes if node in self.by_iri)

    def alike(self, node: str) -> tuple[str, ...]:
        """The nodes that share the preferred name of a node, itself among them."""
        return self.same.get(normalize(self.label(node)), (node,))


def load_vocabulary(context: Context) -> tuple[Vocabulary, tuple[Category, ...]]:
    """Read the names from the store.

    Args:
        context: the store; what is asked of it here is noted for no answer.
    """
    categories = tuple(
        dict.fromkeys(
            Category(row["code"], (row["code"], row["college"], row["bachelor"]), row["name"], row["category"], row["groupName"])
            for row in context.rows("categories")
        )
    )
    types, labels = _things(context)
    preferred = {row["node"]: row["label"] for row in context.rows("preferred")}
    labels |= _category_labels(categories) | _other_labels(types, preferred)
    same: dict[str, set[str]] = defaultdict(set)
    for node in types:
        if node in preferred:
            same[normalize(preferred[node])].add(node)
    for name, together in _with_abbreviation((label, node) for label, node in labels if "Credential" in types.get(node, ())):
        labels |= {(name, node) for node in together}
        for each in {normalize(name), *(normalize(preferred[node]) for node in together if node in preferred)}:
            same[each] |= together
    context.trace.clear()
    vocabulary = Vocabulary(
        Spotter(labels),
        types,
        preferred,
        {code: category for category in categories for code in category.codes},
        {category.iri: category for category in categories},
        {name: tuple(sorted(nodes)) for name, nodes in same.items()},
        frozenset(rule.regex.pattern for rule in patterns("common_words", "why", "word")),
        _short_categories(categories),
    )
    return vocabulary, categories


def _things(context: Context) -> tuple[dict[str, frozenset[str]], set[tuple[str, str]]]:
    """The things that questions name: node → classes, and their printed labels with their nodes."""
    types: dict[str, set[str]] = defaultdict(set)
    labels: set[tuple[str, str]] = set()
    for row in context.rows("labels"):
        kind = row["type"].rsplit("#", 1)[-1]
        if kind in NAMED and "/id/" in row["node"]:
            types[row["node"]].add(kind)
            labels.add((row["label"], row["node"]))
    return {node: frozenset(kinds) for node, kinds in types.items()}, labels


def _category_labels(categories: Iterable[Category]) -> set[tuple[str, str]]:
    """The 专业类 with 专业 in their names: 计算机专业 for 计算机类."""
    bare = [(category.name.removesuffix("类"), category) for category in categories]
    return {(name, category.iri) for short, category in bare for name in (f"{short}专业", f"{short}专业类", f"{category.name}专业")}


def _other_labels(types: Mapping[str, frozenset[str]], preferred: Mapping[str, str]) -> set[tuple[str, str]]:
    """What people call titles, title series and work types beside their printed names."""
    nodes = defaultdict(list)
    for node in types:
        nodes[preferred.get(node, "")].append(node)
    titles = {(alias.regex.pattern, node) for alias in patterns("title_aliases", "title", "alias") for node in nodes[alias.says]}
    series = _series_labels({node: preferred[node] for node, kinds in types.items() if "TitleSeries" in kinds and node in preferred})
    return titles | series | {(bare[1], node) for node, kinds in types.items() if "WorkType" in kinds and (bare := _WORK_TYPE.search(preferred.get(node, "")))}


def _with_abbreviation(labels: Iterable[tuple[str, str]]) -> list[tuple[str, set[str]]]:
    """Names and their nodes where a name is printed with its abbreviation (国际注册内部审计师（CIA）) and without it, and one node has both labels."""
    nodes: dict[str, set[str]] = defaultdict(set)
    for label, node in labels:
        nodes[normalize(label)].add(node)
    found = [(match[1], nodes[label]) for label in list(nodes) if (match := _ABBREVIATED.match(label))]
    return [(name, together) for name, together in found if nodes.get(name, set()) & together and len(together) > 1]


def _short_categories(categories: tuple[Category, ...]) -> dict[str, Category]:
    """What people call the 专业类 when nothing else in the question does (市政, 财会): their names without 类, and `data/category_names.csv`."""
    by_name = {category.name: category for category in categories}
    short = {category.name.removesuffix("类"): category for category in categories}
    return short | {alias.regex.pattern: by_name[alias.says] for alias in patterns("category_names", "category", "alias")}


def _series_labels(series: Mapping[str, str]) -> set[tuple[str, str]]:
    """What people call the title series: 档案系列 for 档案专业人员 (`data/title_series.csv`), and each name with 系列 after it."""
    names = [(name, node) for node, name in series.items()]
    short = [(alias.regex.pattern, node) for alias in patterns("title_series", "series", "alias") for name, node in names if name in alias.says.split("|")]
    return {(f"{name}{tail}", node) for name, node in (*names, *short) for tail in ("系列", "系列职称", "职称系列")}
