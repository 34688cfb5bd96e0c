"""Compare ways of linking names: `python -m benchmarks.linking [--index build/index] [--damaged 400] [--json FILE]`.

Hand-written mentions (`mentions.jsonl`) and names damaged by program, over the same labels, without the network.
Thresholds of the single methods are set on the calibration part; the other parts say what they are worth.
"""

import argparse
import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.linking.mentions import Mention, Ranking, place, read_mentions
from benchmarks.linking.methods import Method, all_methods
from embeddings import Linker
from embeddings.damage import TREATMENTS
from embeddings.index import Index, read_index


def damaged(index: Index, count: int) -> list[Mention]:
    """Preferred labels of credentials, occupations and associations, each damaged by every treatment (seeded)."""
    rng = random.Random(5)
    kinds = {"Credential": "credential", "Occupation": "occupation", "IndustryAssociation": "association"}
    nodes = [(node, kind) for node in index.nodes for name, kind in kinds.items() if name in node.classes and len(node.label) > 3]
    found = []
    for node, kind in rng.sample(nodes, min(count, len(nodes))):
        for name, treatment in TREATMENTS.items():
            found.append(Mention(treatment(rng, node.label), (node.label,), kind, name, "damaged"))
    return found


def right(ranking: Ranking, mention: Mention, threshold: float) -> bool:
    """Whether the decision is right: the right node linked, or nothing linked where nothing is meant."""
    linked = ranking.linked if ranking.linked is not None else ranking.score >= threshold
    return linked and place(ranking, mention) == 1 if mention.expect else not linked


def calibrate(rankings: Sequence[Ranking], mentions: Sequence[Mention]) -> float:
    """The threshold with most right decisions."""
    return max(
        sorted({ranking.score for ranking in rankings} | {0.0}), key=lambda each: sum(right(*pair, each) for pair in zip(rankings, mentions, strict=True))
    )


def measure(rankings: Sequence[Ranking], mentions: Sequence[Mention], threshold: float) -> dict[str, float]:
    """Recall at 1 and 5, mean reciprocal rank, share of right decisions, precision and recall of refusals."""
    pairs = list(zip(rankings, mentions, strict=True))
    places = [place(*pair) for pair in pairs if pair[1].expect]
    refused = [not (ranking.linked if ranking.linked is not None else ranking.score >= threshold) for ranking, _ in pairs]
    empty = [not mention.expect for mention in mentions]
    both = sum(a and b for a, b in zip(refused, empty, strict=True))
    return {
        "recall@1": sum(each == 1 for each in places) / max(1, len(places)),
        "recall@5": sum(0 < each < 6 for each in places) / max(1, len(places)),
        "MRR": sum(1 / each for each in places if each) / max(1, len(places)),
        "right": sum(right(*pair, threshold) for pair in pairs) / max(1, len(pairs)),
        "refusal precision": both / max(1, sum(refused)),
        "refusal recall": both / max(1, sum(empty)),
    }


def table(title: str, columns: Sequence[str], rows: dict[str, Sequence[float | str]]) -> Table:
    """A table of figures."""
    shown = Table("method", *columns, title=title)
    for name, values in rows.items():
        shown.add_row(name, *(f"{value:.3f}" if isinstance(value, float) else value for value in values))
    return shown


def speed(linker: Linker, mentions: Sequence[Mention]) -> dict[str, float]:
    """Median milliseconds of one mention (warm), and different mentions a second in batches, by one process and by two."""
    names = [mention.mention for mention in mentions]
    times: list[float] = []
    for _ in range(2):
        times = []
        for name in names:
            start = time.perf_counter()
            linker.link(name)
            times.append(time.perf_counter() - start)
    figures = {"median_ms": 1000 * statistics.median(times), "p95_ms": 1000 * sorted(times)[int(0.95 * len(times))]}
    printed = [node.label for node in linker.nodes if "Credential" in node.classes]
    rng = random.Random(9)
    spoilt = [TREATMENTS[name](rng, label) for label in printed for name in ("wrap", "homophone", "drop")]
    for batch, some in (("printed", printed), ("written", names), ("spoilt", spoilt), ("all", printed + names + spoilt)):
        distinct = list(dict.fromkeys(some))
        for processes in (1, 2):
            start = time.perf_counter()
            linker.link_many(distinct, "credential", 10, processes)
            figures[f"{batch}_per_second_{processes}"] = len(distinct) / (time.perf_counter() - start)
    return figures


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description="Compare ways of linking names.")
    parser.add_argument("--index", type=Path, default=Path("build/index"))
    parser.add_argument("--damaged", type=int, default=300, help="names that are damaged by program")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()
    index = read_index(arguments.index)
    mentions, spoiled = read_mentions(), damaged(index, arguments.damaged)
    calibration = [at for at, mention in enumerate(mentions) if mention.part == "calibration"]
    methods: dict[str, Method] = all_methods(index)
    figures: dict[str, dict[str, dict[str, float]]] = defaultdict(dict)
    for name, method in methods.items():
        rankings = method([each.mention for each in mentions], [each.type for each in mentions])
        threshold = calibrate([rankings[at] for at in calibration], [mentions[at] for at in calibration])
        parts = {"all": list(range(len(mentions)))}
        for at, mention in enumerate(mentions):
            parts.setdefault(mention.part, []).append(at)
            parts.setdefault(f"style: {mention.style}", []).append(at)
        for part, places in parts.items():
            figures[part][name] = measure([rankings[at] for at in places], [mentions[at] for at in places], threshold)
        answers = method([each.mention for each in spoiled], [each.type for each in spoiled])
        for style in ["all damaged", *TREATMENTS]:
            chosen = [at for at, each in enumerate(spoiled) if style in ("all damaged", each.style)]
            figures[f"damage: {style}"][name] = measure([answers[at] for at in chosen], [spoiled[at] for at in chosen], threshold)
    console = Console(width=200)
    columns = ("recall@1", "recall@5", "MRR", "right", "refusal precision", "refusal recall")
    for part in [part for part in figures if ":" not in part]:
        console.print(table(part, columns, {name: [values[column] for column in columns] for name, values in figures[part].items()}))
    for prefix, column, title in (("style: ", "right", "right decisions by style"), ("damage: ", "recall@1", "recall@1 of damaged names by treatment")):
        chosen_parts = [part for part in figures if part.startswith(prefix)]
        console.print(
            table(
                title, [part.removeprefix(prefix) for part in chosen_parts], {name: [figures[part][name][column] for part in chosen_parts] for name in methods}
            )
        )
    pace = speed(Linker(index), mentions)
    console.print(", ".join(f"{name} {value:.2f}" for name, value in pace.items()))
    if arguments.json:
        arguments.json.write_text(json.dumps({"figures": figures, "speed": pace}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
